//! What follows each factor that a user has shown, however they showed it:
//!
//! 1. their standing: the disabled, the unconfirmed and those who must reset their password go no further;
//! 2. `NEW_PASSWORD_REQUIRED` for a temporary password;
//! 3. a second factor after a password, as the pool and the user will have it;
//! 4. what the pool's triggers ask, in a custom authentication;
//! 5. `DEVICE_SRP_AUTH`, where devices are tracked, if the client says that this is one of the user's; it may stand for
//!    the second factor;
//! 6. tokens.
//!
//! [`next`] goes through this list each time, with the [`Progress`] that the session brought along; so a challenge's
//! answer says only what it has shown, and not what comes after it.

mod outcome;
mod request;
mod watched;

pub(super) use outcome::{Challenge, Outcome};
pub(super) use request::Request;
pub(super) use watched::Watched;

use cognito_idp::{
    Error, ErrorCode,
    types::{ChallengeNameType, UserStatusType},
};

use super::{
    challenges::{device_srp_auth, new_password_required, second_factor},
    flows::custom_auth,
};
use crate::{
    device::{Device, DeviceIds},
    errors, lockout,
    records::Records,
    session::{CustomAuth, Progress},
    tokens::grants::{self, Issued, Origin},
    user::User,
};

/// [`Outcome`] within the transaction: tokens are signed, and triggers asked, after it.
pub(super) enum Step {
    Tokens(Issued),
    Challenge(Challenge),
    Triggers(Box<(User, CustomAuth, Progress)>),
}

/// Goes on with a user who has shown the password, or, without one, refuses what was wrong about it.
///
/// `subject` is whom the attempt counts against.
pub(super) fn settle(
    request: &Request<'_>,
    subject: &str,
    proved: Option<User>,
    progress: Progress,
) -> Result<Outcome, Error> {
    let pool = &request.pool;
    let Some(proved) = proved else {
        request
            .call
            .transact(|records| lockout::fail(records, pool, subject))?;
        return Err(errors::incorrect_username_or_password());
    };
    go_on(request, |records| {
        // Looked at once more: while the proof was checked, others may have failed, or the password have changed.
        if !lockout::admits(records, pool, subject)? {
            return Err(lockout::error());
        }
        let user = User::find_again(records, pool, &proved.username, &proved.sub)?
            .filter(|user| user.has_same_password(&proved))
            .ok_or_else(errors::incorrect_username_or_password)?;
        lockout::clear(records, pool, subject)?;
        let progress = Progress {
            has_shown_password: true,
            ..progress.after(ChallengeNameType::PasswordVerifier)
        };
        Ok((user, progress))
    })
}

/// Goes on with the user whom `show` answers, in one transaction with it: what it uses up is used up only if there is a
/// next step.
pub(super) fn go_on(
    request: &Request<'_>,
    show: impl FnOnce(&mut Records<'_>) -> Result<(User, Progress), Error>,
) -> Result<Outcome, Error> {
    go_on_with(request, |records| {
        let (user, progress) = show(records)?;
        next(request, records, &user, progress)
    })
}

/// Goes on with the step that `step` answers, in one transaction with it.
pub(super) fn go_on_with(
    request: &Request<'_>,
    step: impl FnOnce(&mut Records<'_>) -> Result<Step, Error>,
) -> Result<Outcome, Error> {
    match request.call.transact(step)? {
        Step::Challenge(challenge) => Ok(Outcome::Challenge(challenge)),
        Step::Tokens(issued) => {
            let tokens = request.call.sign(&request.pool.id, issued)?;
            Ok(Outcome::Tokens(tokens))
        }
        Step::Triggers(undecided) => {
            let (user, custom, progress) = *undecided;
            custom_auth::go_on(request, Some(user), custom, progress)
        }
    }
}

/// The next step of a user who has shown what `progress` says.
pub(super) fn next(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    progress: Progress,
) -> Result<Step, Error> {
    check_standing(request, user)?;
    let mut progress = request.record_progress(records, user, progress)?;
    // A custom authentication without a password does not ask for a new one either.
    let is_by_password = progress.has_shown_password || progress.custom.is_none();
    if user.status == UserStatusType::ForceChangePassword && is_by_password {
        // And it ends where one is asked for: the service goes on as in every sign-in.
        progress.custom = None;
        let challenge = new_password_required::ask(request, records, user, progress)?;
        return Ok(Step::Challenge(challenge));
    }
    let pool = &request.pool;
    let key = progress.device_key.as_deref();
    let device = Device::of_sign_in(records, pool, &user.sub, key)?;
    let is_trusted = device
        .as_ref()
        .is_some_and(|device| device.stands_for_second_factor(pool) && !request.asks_for_factor());
    if progress.has_shown_password
        && !progress.has_shown_second_factor
        && !is_trusted
        && let Some(due) = request.due_second_factor(user)
    {
        let challenge = second_factor::ask(request, records, user, due, progress)?;
        return Ok(Step::Challenge(challenge));
    }
    if let Some(custom) = progress.custom.take_if(|custom| !custom.issues_tokens) {
        let undecided = (user.clone(), custom, progress);
        return Ok(Step::Triggers(Box::new(undecided)));
    }
    let origin = match device {
        Some(device) if progress.has_shown_device => Origin::Device(device.ids),
        Some(_) => {
            let challenge = device_srp_auth::ask(request, records, user, progress)?;
            return Ok(Step::Challenge(challenge));
        }
        // The service tracks no new devices in a custom authentication.
        None if pool.tracks_devices() && progress.custom.is_none() => {
            Origin::NewDevice(DeviceIds::new(request.call.random(), pool))
        }
        None => Origin::Untracked,
    };
    let event_id = request.record_pass(records, user, &progress)?;
    tokens(request, records, user, origin, event_id)
}

/// Refuses users who may not sign in, whatever they know.
pub(super) fn check_standing(request: &Request<'_>, user: &User) -> Result<(), Error> {
    match user.status {
        _ if !user.enabled => Err(errors::user_is_disabled()),
        UserStatusType::Unconfirmed => Err(Error::new(
            ErrorCode::UserNotConfirmedException,
            "User is not confirmed.",
        )),
        UserStatusType::ResetRequired => Err(reset_required()),
        UserStatusType::ForceChangePassword
            if user.temporary_password_has_expired(&request.pool, request.call.now) =>
        {
            Err(errors::not_authorized(
                "Temporary password has expired and must be reset by an administrator.",
            ))
        }
        UserStatusType::Confirmed | UserStatusType::ForceChangePassword => Ok(()),
        _ => Err(errors::incorrect_username_or_password()),
    }
}

/// What users hear whose password an administrator has reset. They hear it before any proof: there is nothing to prove.
pub(super) fn reset_required() -> Error {
    Error::new(
        ErrorCode::PasswordResetRequiredException,
        "Password reset required for the user",
    )
}

/// The tokens of a user who has done all that was asked.
fn tokens(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    origin: Origin,
    event_id: Option<String>,
) -> Result<Step, Error> {
    let issued = grants::issue(
        records,
        request.call,
        &request.pool,
        &request.client,
        user,
        origin,
        event_id,
    )?;
    Ok(Step::Tokens(issued))
}
