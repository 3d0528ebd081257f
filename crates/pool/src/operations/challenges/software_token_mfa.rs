//! `SOFTWARE_TOKEN_MFA`: a code that the user's token shows.

use cognito_idp::{Error, ErrorCode, types::ChallengeNameType};

use super::{
    super::sign_in::{Challenge, Outcome, Request},
    second_factor,
};
use crate::{
    records::Records,
    session::{self, Progress},
    totp::Refusal,
    user::User,
};

const NAME: ChallengeNameType = ChallengeNameType::SoftwareTokenMfa;

pub(in super::super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    progress: Progress,
) -> Result<Challenge, Error> {
    let session = request.open_session(records, user, NAME, progress)?;
    let token = user.mfa.token.as_ref();
    let name = token.and_then(|token| token.name.clone());
    let mut challenge = Challenge::new(NAME, Some(session), []);
    if let Some(name) = name {
        let parameter = "FRIENDLY_DEVICE_NAME".to_owned();
        challenge.parameters.insert(parameter, name);
    }
    Ok(challenge)
}

/// A wrong code does not use up the session: the user may have mistyped it.
pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    request.session()?;
    let code = request.parameters.required("SOFTWARE_TOKEN_MFA_CODE")?;
    second_factor::try_code(request, NAME, |records, user, progress| {
        let mut user = user.ok_or_else(session::unknown)?;
        let token = user.mfa.token.as_mut().ok_or_else(|| {
            Error::new(
                ErrorCode::SoftwareTokenMFANotFoundException,
                "Software Token MFA does not exist for the user.",
            )
        })?;
        token
            .redeem(code, request.call.now)
            .map_err(|refusal| match refusal {
                Refusal::Wrong => Error::new(
                    ErrorCode::CodeMismatchException,
                    "Invalid code received for user",
                ),
                Refusal::Used => Error::new(
                    ErrorCode::ExpiredCodeException,
                    "Your software token has already been used once.",
                ),
            })?;
        user.write(records, &request.pool)?;
        let progress = Progress {
            has_shown_second_factor: true,
            ..progress.after(NAME)
        };
        Ok((user, progress))
    })
}
