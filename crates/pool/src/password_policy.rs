//! What a pool asks of a new password.

use cognito_idp::{Error, ErrorCode, types::PasswordPolicyType};

use crate::{errors, random::Random};

/// The characters that count as symbols; a space does too, but not at either end.
const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";

/// How long a temporary password is if the policy does not ask for more.
const GENERATED_LENGTH: usize = 12;

/// The service's own lower bound and shape of any password, whatever the pool's policy.
const SHORTEST: usize = 6;

/// What a pool asks for if its creator did not say.
pub(crate) fn usual() -> PasswordPolicyType {
    PasswordPolicyType {
        minimum_length: Some(8),
        require_uppercase: Some(true),
        require_lowercase: Some(true),
        require_numbers: Some(true),
        require_symbols: Some(true),
        password_history_size: None,
        temporary_password_validity_days: Some(7),
    }
}

/// Checks a new password. `member` is its name in the request, as the service's text names it.
///
/// # Errors
///
/// `InvalidParameterException` for what no pool takes, otherwise `InvalidPasswordException` for the first rule of the
/// policy that the password breaks.
pub(crate) fn check(
    policy: &PasswordPolicyType,
    password: &str,
    member: &str,
) -> Result<(), Error> {
    check_form(password, member)?;
    let minimum = policy
        .minimum_length
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    let rules: [(bool, &str); 5] = [
        (
            password.chars().count() >= minimum,
            "Password not long enough",
        ),
        (
            has(policy.require_uppercase, password, char::is_uppercase),
            "Password must have uppercase characters",
        ),
        (
            has(policy.require_lowercase, password, char::is_lowercase),
            "Password must have lowercase characters",
        ),
        (
            has(policy.require_numbers, password, char::is_numeric),
            "Password must have numeric characters",
        ),
        (
            has(policy.require_symbols, password, |c| SYMBOLS.contains(c)),
            "Password must have symbol characters",
        ),
    ];
    match rules.iter().find(|(kept, _)| !kept) {
        Some((_, violation)) => Err(Error::new(
            ErrorCode::InvalidPasswordException,
            format!("Password did not conform with policy: {violation}"),
        )),
        None => Ok(()),
    }
}

/// A random temporary password that the policy accepts.
pub(crate) fn generate(policy: &PasswordPolicyType, random: &Random) -> String {
    // One character of each kind satisfies any policy; the rest, and the order, are random. Without look-alikes.
    const KINDS: [&str; 4] = [
        "ABCDEFGHJKLMNPQRSTUVWXYZ",
        "abcdefghijkmnopqrstuvwxyz",
        "23456789",
        "!@#%&*+-=",
    ];
    let minimum = policy
        .minimum_length
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    let length = minimum.max(GENERATED_LENGTH);
    let mut characters: Vec<char> = KINDS
        .iter()
        .flat_map(|kind| random.text(kind, 1).chars().collect::<Vec<_>>())
        .collect();
    characters.extend(random.text(&KINDS.concat(), length - KINDS.len()).chars());
    for last in (1..characters.len()).rev() {
        let other = random.below(u32::try_from(last + 1).unwrap_or(1)) as usize;
        characters.swap(last, other);
    }
    characters.into_iter().collect()
}

fn has(required: Option<bool>, password: &str, kind: impl Fn(char) -> bool) -> bool {
    required != Some(true) || password.chars().any(kind)
}

/// The form of any password: the model's own pattern is looser than what the service answers.
fn check_form(password: &str, member: &str) -> Result<(), Error> {
    let mut violations = Vec::new();
    let mut violated = |constraint: &str| {
        violations.push(format!(
            "Value at '{member}' failed to satisfy constraint: Member must {constraint}"
        ));
    };
    if password.chars().count() < SHORTEST {
        violated("have length greater than or equal to 6");
    }
    let ends_in_space =
        password.starts_with(char::is_whitespace) || password.ends_with(char::is_whitespace);
    if ends_in_space || password.chars().count() < 2 || password.contains(['\n', '\r']) {
        violated(r"satisfy regular expression pattern: ^[\S]+.*[\S]+$");
    }
    if violations.is_empty() {
        return Ok(());
    }
    let plural = if violations.len() == 1 { "" } else { "s" };
    Err(errors::invalid_parameter(format!(
        "{} validation error{plural} detected: {}",
        violations.len(),
        violations.join("; ")
    )))
}

#[cfg(test)]
mod tests {
    use super::{check, generate, usual};
    use crate::random::Random;

    #[test]
    fn what_is_generated_is_accepted() {
        let random = Random::system();
        let long = cognito_idp::types::PasswordPolicyType {
            minimum_length: Some(99),
            ..usual()
        };
        for policy in [usual(), long] {
            for _ in 0..200 {
                check(&policy, &generate(&policy, &random), "password").unwrap();
            }
        }
    }

    #[test]
    fn all_that_is_wrong_with_the_form_is_listed() {
        assert_eq!(
            check(&usual(), " a1$", "password").unwrap_err().message,
            "2 validation errors detected: Value at 'password' failed to satisfy constraint: Member must have length \
             greater than or equal to 6; Value at 'password' failed to satisfy constraint: Member must satisfy regular \
             expression pattern: ^[\\S]+.*[\\S]+$"
        );
    }
}
