//! The link by which users confirm their sign-up, in pools that send one in a code's place (`CONFIRM_WITH_LINK`).

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Where it leads, below the address of the service.
pub(crate) const PATH: &str = "/confirmUser";

/// The link, made as the service makes it at a user pool's domain.
pub(crate) fn url(base_url: &str, client_id: &str, username: &str, code: &str) -> String {
    let [name, code] = [username, code].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC));
    format!("{base_url}{PATH}?client_id={client_id}&user_name={name}&confirmation_code={code}")
}
