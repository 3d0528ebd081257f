//! What the server checks of a client's half of SRP.

use cognito_idp::Error;
use cognito_srp::{Verifier, encoding};

use crate::errors;

/// Hexadecimal digits of the group's numbers.
const GROUP_DIGITS: usize = 768;

/// Refuses an `SRP_A` with which anybody could prove anything (0 and the multiples of N), or that is no such number.
pub(super) fn check_client_public(hex: &str) -> Result<(), Error> {
    // A verifier has the same range, 1 to N - 1: making one is the check.
    let is_group_element = hex.len() <= GROUP_DIGITS
        && encoding::hex_decode_number(hex)
            .is_some_and(|number| Verifier::from_parts(&[0], &number).is_ok());
    if is_group_element {
        Ok(())
    } else {
        Err(errors::invalid_parameter("Invalid SRP_A"))
    }
}
