//! `CUSTOM_CHALLENGE`: a question that the pool's triggers ask, and whose answer they judge.

use cognito_idp::{Error, types::ChallengeNameType};

use super::super::{
    flows::custom_auth,
    limits::Named,
    sign_in::{Challenge, Outcome, Request},
};
use crate::{
    decoy,
    device::Device,
    session::{self, CustomAuth, Progress, Session},
    triggers::ChallengeResult,
    user::User,
};

const NAME: ChallengeNameType = ChallengeNameType::CustomChallenge;

/// Asks somebody, who need not exist.
pub(in super::super) fn ask(
    request: &Request<'_>,
    user: Option<&User>,
    custom: CustomAuth,
    progress: Progress,
) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let username = custom.username().to_owned();
    let subject = match user {
        Some(user) => user.sub.clone(),
        None => decoy::subject(pool, &username),
    };
    let question = request
        .occasion(user, &username)
        .create_auth_challenge(&custom.results)?;
    let mut parameters = question.public.clone();
    parameters.insert("USERNAME".to_owned(), username);
    let progress = Progress {
        custom: Some(CustomAuth {
            question: Some(question),
            ..custom
        }),
        ..progress
    };
    let session = call.transact(|records| {
        Session::open(records, call.random(), client, &subject, NAME, progress)
    })?;
    Ok(Outcome::Challenge(Challenge {
        parameters,
        ..Challenge::new(NAME, Some(session), [])
    }))
}

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    let text = request.session()?;
    let answer = request.parameters.required("ANSWER")?;
    let device_key = request.parameters.optional("DEVICE_KEY");

    // Used up before the trigger is asked: one session is good for one answer, however many come at once.
    let (user, mut progress) = call.transact(|records| {
        let Named { user, subject } = Named::find(records, pool, name)?;
        Device::of_sign_in(records, pool, &subject, device_key)?;
        let session = Session::close(records, text, |session| {
            let is_nobodys = |custom: &CustomAuth| {
                custom.goes_by(name) && session.subject == decoy::subject(pool, custom.username())
            };
            session.client_id == client.id
                && session.challenge == NAME
                && (session.subject == subject
                    || user.is_none() && session.progress.custom.as_ref().is_some_and(is_nobodys))
        })?;
        Ok((user, session.progress))
    })?;
    let mut custom = progress.custom.take().ok_or_else(session::unknown)?;
    let question = custom.question.take().ok_or_else(session::unknown)?;
    let is_correct = request
        .occasion(user.as_ref(), custom.username())
        .verify_auth_challenge_response(&question, answer)?;
    custom
        .results
        .push(ChallengeResult::of_question(question, is_correct));
    let progress = Progress {
        device_key: device_key.map(str::to_owned).or(progress.device_key),
        ..progress
    };
    custom_auth::go_on(request, user, custom, progress)
}
