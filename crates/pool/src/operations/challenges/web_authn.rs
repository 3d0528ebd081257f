//! `WEB_AUTHN`: a proof of a passkey.

use cognito_idp::{Error, types::ChallengeNameType};

use super::super::sign_in::{self, Challenge, Outcome, Request};
use crate::{
    errors, identifiers,
    records::Records,
    session::Progress,
    user::User,
    webauthn::{Credential, RelyingParty, authenticate, request_options},
};

const NAME: ChallengeNameType = ChallengeNameType::WebAuthn;

/// Asks for one of the user's passkeys.
pub(in super::super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    progress: Progress,
) -> Result<Challenge, Error> {
    let party = RelyingParty::of(&request.pool)?;
    let challenge = identifiers::secret::<32>(request.call.random());
    let credentials = Credential::all(records, &request.pool, user)?;
    let lifetime = request.client.session_lifetime();
    let options = request_options(&party, &challenge, lifetime, &credentials);
    let progress = Progress {
        web_authn_challenge: Some(challenge),
        ..progress
    };
    let session = request.open_session(records, user, NAME, progress)?;
    let parameters = [("CREDENTIAL_REQUEST_OPTIONS", options.to_string())];
    Ok(Challenge::new(NAME, Some(session), parameters))
}

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let answer = request.parameters.required("CREDENTIAL")?;
    let pool = &request.pool;
    let party = RelyingParty::of(pool)?;
    // In a transaction of its own: a challenge is good once, whatever becomes of the answer.
    let (user, mut progress) = request
        .call
        .transact(|records| request.close_session(records, NAME))?;
    let challenge = progress.web_authn_challenge.take().unwrap_or_default();
    sign_in::go_on(request, |records| {
        let user = User::find_again(records, pool, &user.username, &user.sub)?
            .ok_or_else(errors::incorrect_username_or_password)?;
        let credentials = Credential::all(records, pool, &user)?;
        authenticate(&party, &user, &challenge, credentials, answer)
            .ok_or_else(errors::incorrect_username_or_password)?
            .save(records, pool, &user)?;
        Ok((user, progress))
    })
}
