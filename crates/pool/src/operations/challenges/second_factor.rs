//! The second factor that a password must be followed by, and `SELECT_MFA_TYPE`, if the user is to choose one.

use cognito_idp::{Error, ErrorCode, types::ChallengeNameType};
use serde_json::Value;

use super::{
    super::sign_in::{self, Challenge, Outcome, Request, Step},
    mfa_setup, one_time_code, software_token_mfa,
};
use crate::{
    errors, lockout,
    mfa::{Due, Factor},
    records::Records,
    session::Progress,
    user::User,
};

const NAME: ChallengeNameType = ChallengeNameType::SelectMfaType;

pub(in super::super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    due: Due,
    progress: Progress,
) -> Result<Challenge, Error> {
    match due {
        Due::Factor(factor) => ask_for(request, records, user, factor, progress),
        Due::Choice(factors) => {
            let session = request.open_session(records, user, NAME, progress)?;
            let parameters = [("MFAS_CAN_CHOOSE", names(&factors))];
            Ok(Challenge::new(NAME, Some(session), parameters))
        }
        Due::SetUp(factors) => mfa_setup::ask(request, records, user, &factors, progress),
    }
}

/// The choice, and with it the factor that was chosen.
pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    request.session()?;
    let chosen = request.parameters.required("ANSWER")?;
    sign_in::go_on_with(request, |records| {
        let (user, progress) = request.close_session(records, NAME)?;
        sign_in::check_standing(request, &user)?;
        let Some(Due::Choice(factors)) = request.due_second_factor(&user) else {
            return sign_in::next(request, records, &user, progress);
        };
        // The service's text is not known.
        let factor = Factor::from_name(chosen)
            .filter(|factor| factors.contains(factor))
            .ok_or_else(|| errors::invalid_parameter("Invalid MFA type selected."))?;
        ask_for(request, records, &user, factor, progress).map(Step::Challenge)
    })
}

/// Answers with a code of a second factor that `check` looks at, unless too many have been wrong.
///
/// `check` gets the user and how far they have come, and fails with `CodeMismatchException` for a wrong code.
pub(super) fn try_code(
    request: &Request<'_>,
    challenge: ChallengeNameType,
    check: impl FnOnce(&mut Records<'_>, Option<User>, Progress) -> Result<(User, Progress), Error>,
) -> Result<Outcome, Error> {
    let mut counted = None;
    let outcome = sign_in::go_on(request, |records| {
        let (user, progress) = request.close_anyones_session(records, challenge)?;
        if let Some(user) = user.as_ref().filter(|_| progress.has_shown_password) {
            let subject = lockout::codes_of(&user.sub);
            if !lockout::admits(records, &request.pool, &subject)? {
                return Err(lockout::error());
            }
            counted = Some(subject);
        }
        check(records, user, progress)
    });
    // In a transaction of its own: that of a wrong code is rolled back, and with it the end of the session.
    if let Some(subject) = counted {
        request.call.transact(|records| match &outcome {
            Ok(_) => lockout::clear(records, &request.pool, &subject),
            Err(error) if error.code == ErrorCode::CodeMismatchException => {
                lockout::fail(records, &request.pool, &subject)
            }
            Err(_) => Ok(()),
        })?;
    }
    outcome
}

/// The factors' names, as the parameters have them: a JSON array in a string.
pub(super) fn names(factors: &[Factor]) -> String {
    let names = factors.iter().map(|factor| factor.as_str());
    names.collect::<Value>().to_string()
}

fn ask_for(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    factor: Factor,
    progress: Progress,
) -> Result<Challenge, Error> {
    match factor {
        Factor::SoftwareToken => software_token_mfa::ask(request, records, user, progress),
        Factor::Sms | Factor::Email => {
            one_time_code::ask(request, records, user, factor.challenge(), progress)
        }
    }
}
