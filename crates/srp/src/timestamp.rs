//! The time of a claim, as both sides hash it: `Tue Nov 14 22:13:20 UTC 2023`.

use alloc::string::String;

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const SECONDS_PER_DAY: i64 = 86_400;

/// The `TIMESTAMP` of a moment given in Unix milliseconds: always English, always UTC, the day of the
/// month without a leading zero (Java's `EEE MMM d HH:mm:ss 'UTC' yyyy`).
pub fn timestamp(unix_millis: i64) -> String {
    let seconds = unix_millis.div_euclid(1000);
    let (days, second) = (
        seconds.div_euclid(SECONDS_PER_DAY),
        seconds.rem_euclid(SECONDS_PER_DAY),
    );
    let (year, month, day) = civil_from_days(days);
    let mut text = String::with_capacity(32);
    text.push_str(pick(&WEEKDAYS, days.rem_euclid(7)));
    text.push(' ');
    text.push_str(pick(&MONTHS, month - 1));
    text.push(' ');
    push_number(&mut text, day, 1);
    text.push(' ');
    push_number(&mut text, second / 3600, 2);
    text.push(':');
    push_number(&mut text, second / 60 % 60, 2);
    text.push(':');
    push_number(&mut text, second % 60, 2);
    text.push_str(" UTC ");
    if year < 0 {
        text.push('-');
    }
    push_number(&mut text, year.abs(), 1);
    text
}

/// The server's side of [`timestamp`]: Unix seconds, or `None` for a text that `timestamp` would not have
/// written (a zero-padded day, a wrong weekday, another zone).
pub fn parse_timestamp(text: &str) -> Option<i64> {
    let mut words = text.split(' ');
    let (_weekday, month, day) = (words.next()?, words.next()?, words.next()?);
    let (time, _zone, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let mut parts = time.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let days = days_from_civil(
        year.parse::<u16>().ok()?.into(),
        month,
        day.parse::<u8>().ok()?.into(),
    );
    let seconds = days * SECONDS_PER_DAY
        + i64::from(hour) * 3600
        + i64::from(minute) * 60
        + i64::from(second);
    // Whatever this reading was too generous with is caught by writing it again.
    (timestamp(seconds * 1000) == text).then_some(seconds)
}

fn pick(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or_default()
}

/// Decimal digits, at least `width` of them. Not `format!`, which would cost the WebAssembly module 10 kB.
fn push_number(text: &mut String, value: i64, width: u32) {
    if value >= 10 || width > 1 {
        push_number(text, value / 10, width.saturating_sub(1));
    }
    text.push(char::from(b'0' + (value % 10) as u8));
}

/// Year, month (1 to 12) and day of the month in the proleptic Gregorian calendar, from days since
/// 1970-01-01. The year is counted from March, so that the leap day is its last.
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (year_of_era + era * 400 + (month <= 2) as i64, month, day)
}

const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - (month <= 2) as i64;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}
