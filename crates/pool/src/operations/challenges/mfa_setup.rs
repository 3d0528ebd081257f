//! `MFA_SETUP`: a second factor for a user who has none and must not sign in without.
//!
//! A software token is set up by `AssociateSoftwareToken` and `VerifySoftwareToken` with this challenge's session, and
//! the latter's session answers it; an email address is the answer itself, and a code is sent there. A phone number has
//! to be an administrator's doing.

use cognito_idp::{
    Error, ErrorCode,
    types::{AttributeType, ChallengeNameType},
};

use super::{
    super::sign_in::{self, Challenge, Outcome, Request, Step},
    one_time_code,
    second_factor::names,
};
use crate::{attributes, mfa::Factor, records::Records, session::Progress, user::User};

const NAME: ChallengeNameType = ChallengeNameType::MfaSetup;

pub(super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    factors: &[Factor],
    progress: Progress,
) -> Result<Challenge, Error> {
    let session = request.open_session(records, user, NAME, progress)?;
    let parameters = [("MFAS_CAN_SETUP", names(factors))];
    Ok(Challenge::new(NAME, Some(session), parameters))
}

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    request.session()?;
    let email = request.parameters.optional("EMAIL");
    let email = email.filter(|_| request.pool.offers(Factor::Email));
    if let Some(email) = email {
        let address = AttributeType {
            name: "email".to_owned(),
            value: Some(email.into()),
        };
        attributes::check(&request.pool, &[address])?;
    }
    sign_in::go_on_with(request, |records| {
        let (mut user, progress) = request.close_session(records, NAME)?;
        if let Some(email) = email {
            sign_in::check_standing(request, &user)?;
            let challenge =
                one_time_code::ask_at_new_email(request, records, &user, email, progress)?;
            return Ok(Step::Challenge(challenge));
        }
        if !progress.has_set_up_token {
            return Err(Error::new(
                ErrorCode::SoftwareTokenMFANotFoundException,
                "Software Token MFA does not exist for the user.",
            ));
        }
        user.mfa.enable(Factor::SoftwareToken);
        user.save(records, &request.pool)?;
        let progress = Progress {
            has_shown_second_factor: true,
            ..progress
        };
        sign_in::next(request, records, &user, progress)
    })
}
