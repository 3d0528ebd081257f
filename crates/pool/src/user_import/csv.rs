//! The format of import files. It is not the CSV of RFC 4180: a comma within a value follows a backslash, quotation
//! marks are part of the value, and white space around a value is not.

use crate::pool::Pool;

/// The column with the user's name.
pub(crate) const USERNAME: &str = "cognito:username";

/// The column that says whether the user has a second factor.
pub(crate) const MFA_ENABLED: &str = "cognito:mfa_enabled";

/// What a file for this pool begins with. The order of its columns does not matter.
pub(crate) fn header(pool: &Pool) -> Vec<String> {
    let names = pool
        .schema()
        .iter()
        .filter_map(|attribute| attribute.name.as_deref())
        .filter(|name| *name != "sub");
    let (custom, standard): (Vec<_>, Vec<_>) = names.partition(|name| name.contains("custom:"));
    standard
        .into_iter()
        .chain([MFA_ENABLED, USERNAME])
        .chain(custom)
        .map(str::to_owned)
        .collect()
}

/// The values of one line.
pub(crate) fn values(line: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ',' => values.push(String::new()),
            _ => {
                let is_escape = character == '\\' && characters.peek() == Some(&',');
                let kept = if is_escape {
                    characters.next()
                } else {
                    Some(character)
                };
                if let Some(value) = values.last_mut() {
                    value.extend(kept);
                }
            }
        }
    }
    values.iter().map(|value| value.trim().to_owned()).collect()
}
