//! `SELECT_CHALLENGE`: the user says what to begin with.

use cognito_idp::{Error, types::ChallengeNameType};

use super::{
    super::{
        flows::{user_password, user_srp},
        limits::Named,
        sign_in::{Challenge, Outcome, Request},
    },
    one_time_code, web_authn,
};
use crate::{
    errors, first_factor,
    session::{self, Progress, Session},
};

const NAME: ChallengeNameType = ChallengeNameType::SelectChallenge;

/// Asks somebody, who need not exist.
pub(in super::super) fn ask(request: &Request<'_>, named: &Named) -> Result<Outcome, Error> {
    wait(request, named, NAME, request.beginning())
}

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request { call, pool, .. } = request;
    let answer = request.parameters.required("ANSWER")?;
    let (named, chosen, progress) = call.transact(|records| {
        let (user, progress) = request.close_anyones_session(records, NAME)?;
        let chosen = first_factor::available(records, pool, user.as_ref())?
            .into_iter()
            .find(|challenge| challenge.as_str() == answer)
            // The service's text is not known.
            .ok_or_else(|| {
                errors::invalid_parameter(format!("The challenge {answer} is not available."))
            })?;
        let named = Named::find(records, pool, request.username()?)?;
        Ok((named, chosen, progress))
    })?;
    begin(request, &named, chosen, progress)
}

/// Begins with one of the challenges that are available: at once where the request has what it takes.
pub(in super::super) fn begin(
    request: &Request<'_>,
    named: &Named,
    challenge: ChallengeNameType,
    progress: Progress,
) -> Result<Outcome, Error> {
    let has = |parameter| request.parameters.optional(parameter).is_some();
    match challenge {
        ChallengeNameType::Password if has("PASSWORD") => user_password::sign_in(request),
        ChallengeNameType::PasswordSrp if has("SRP_A") => user_srp::begin(request),
        ChallengeNameType::WebAuthn => {
            let user = named.user.as_ref().ok_or_else(session::unknown)?;
            let asked = request
                .call
                .transact(|records| web_authn::ask(request, records, user, progress))?;
            Ok(Outcome::Challenge(asked))
        }
        ChallengeNameType::Password | ChallengeNameType::PasswordSrp => {
            wait(request, named, challenge, progress)
        }
        code => {
            let asked = request.call.transact(|records| match &named.user {
                Some(user) => one_time_code::ask(request, records, user, code, progress),
                None => one_time_code::pretend(request, records, named, code, progress),
            })?;
            Ok(Outcome::Challenge(asked))
        }
    }
}

/// A challenge that says nothing but its name.
fn wait(
    request: &Request<'_>,
    named: &Named,
    challenge: ChallengeNameType,
    progress: Progress,
) -> Result<Outcome, Error> {
    let Request { call, client, .. } = request;
    let subject = &named.subject;
    let session = call.transact(|records| {
        Session::open(records, call.random(), client, subject, challenge, progress)
    })?;
    Ok(Outcome::Challenge(Challenge::new(
        challenge,
        Some(session),
        [],
    )))
}
