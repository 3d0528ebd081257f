//! Fresh identifiers in the service's formats.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Builder;

use crate::random::Random;

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const MIXED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A user pool's id: `<region>_<9 letters and digits>`.
pub(crate) fn pool_id(random: &Random, region: &str) -> String {
    format!("{region}_{}", random.text(MIXED, 9))
}

/// An app client's id: 26 lower-case letters and digits.
pub(crate) fn client_id(random: &Random) -> String {
    random.text(LOWER, 26)
}

/// An app client's secret: 52 lower-case letters and digits, 268 bits.
pub(crate) fn client_secret(random: &Random) -> String {
    random.text(LOWER, 52)
}

/// A CloudFront distribution's name, in its place: there is none.
pub(crate) fn distribution(random: &Random) -> String {
    format!("d{}.cloudfront.net", random.text(LOWER, 13))
}

/// A user import job's id: `import-<10 letters and digits>`.
pub(crate) fn import_job_id(random: &Random) -> String {
    format!("import-{}", random.text(MIXED, 10))
}

/// A `sub`, `jti`, `origin_jti` or `event_id`: a random UUID.
pub(crate) fn uuid(random: &Random) -> String {
    Builder::from_random_bytes(random.bytes())
        .into_uuid()
        .to_string()
}

/// A device's key: `<region>_<random UUID>`.
pub(crate) fn device_key(random: &Random, region: &str) -> String {
    format!("{region}_{}", uuid(random))
}

/// A device's group: a hyphen, and 8 letters and digits.
pub(crate) fn device_group_key(random: &Random) -> String {
    format!("-{}", random.text(MIXED, 8))
}

/// Text that is worth as much as the `N` random bytes in it: sessions, secret blocks, refresh tokens.
pub(crate) fn secret<const N: usize>(random: &Random) -> String {
    URL_SAFE_NO_PAD.encode(random.bytes::<N>())
}
