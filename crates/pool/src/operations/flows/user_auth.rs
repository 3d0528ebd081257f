//! `USER_AUTH`: a sign-in with the first factor that the user chooses.

use cognito_idp::{Error, types::UserStatusType};

use super::super::{
    challenges::select_challenge,
    limits::Named,
    sign_in::{self, Outcome, Request},
};
use crate::{errors, first_factor, session, sign_up_session::SignUpSession, unsupported};

pub(in super::super) fn begin(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    unsupported::check_sign_in(pool)?;
    if let Some(session) = request.session.as_deref() {
        return first_sign_in(request, session);
    }
    let preferred = request.parameters.optional("PREFERRED_CHALLENGE");

    let (named, available) = call.transact(|records| {
        let named = Named::find(records, pool, name)?;
        let available = first_factor::available(records, pool, named.user.as_ref())?;
        Ok((named, available))
    })?;
    match &named.user {
        Some(user) if user.status == UserStatusType::ResetRequired => {
            return Err(sign_in::reset_required());
        }
        None if !client.hides_users() => return Err(errors::user_does_not_exist()),
        _ => {}
    }
    let preferred = available
        .iter()
        .copied()
        .find(|challenge| Some(challenge.as_str()) == preferred);
    let mut outcome = match preferred {
        Some(challenge) => {
            select_challenge::begin(request, &named, challenge, request.beginning())?
        }
        None => select_challenge::ask(request, &named)?,
    };
    if let Outcome::Challenge(challenge) = &mut outcome {
        challenge.available = Some(available);
    }
    Ok(outcome)
}

/// The sign-in of a user who has just confirmed their sign-up, with the session of that: its code was the first factor.
fn first_sign_in(request: &Request<'_>, session: &str) -> Result<Outcome, Error> {
    let Request { client, pool, .. } = request;
    sign_in::go_on(request, |records| {
        let named = Named::find(records, pool, request.username()?)?;
        let user = named.user.ok_or_else(session::unknown)?;
        SignUpSession::close(records, session, client, &user, true)?;
        Ok((user, request.beginning()))
    })
}
