//! What follows a password, however it was proved.

use std::collections::BTreeMap;

use cognito_idp::{
    Error, ErrorCode,
    types::{
        AuthenticationResultType, ChallengeNameType, InitiateAuthResponse,
        RespondToAuthChallengeResponse, UserStatusType,
    },
};
use serde_json::Value;

use super::challenges::device_srp_auth;
use crate::{
    attributes,
    client::Client,
    device::{Device, DeviceIds},
    errors, lockout,
    pool::Pool,
    records::Records,
    service::Call,
    session,
    tokens::grants::{self, Issued, Origin},
    user::User,
};

/// What the user gets.
pub(super) enum Outcome {
    Tokens(AuthenticationResultType),
    Challenge(Challenge),
}

/// What the user is asked next.
pub(super) struct Challenge {
    name: ChallengeNameType,
    session: String,
    parameters: BTreeMap<String, String>,
}

impl Challenge {
    pub fn new<const N: usize>(
        name: ChallengeNameType,
        session: String,
        parameters: [(&str, String); N],
    ) -> Self {
        Self {
            name,
            session,
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
        }
    }
}

/// [`Outcome`] before it is signed.
enum Step {
    Tokens(Issued),
    Challenge(Challenge),
}

/// Goes on with a user who has shown the password, or, without one, refuses what was wrong about it.
///
/// `subject` is whom the attempt counts against, `device_key` the device that it says it comes from.
pub(super) fn settle(
    call: Call<'_>,
    client: &Client,
    pool: &Pool,
    subject: &str,
    proved: Option<User>,
    device_key: Option<&str>,
) -> Result<Outcome, Error> {
    let Some(proved) = proved else {
        call.transact(|records| lockout::fail(records, pool, subject))?;
        return Err(errors::incorrect_username_or_password());
    };
    let step = call.transact(|records| {
        // Looked at once more: while the proof was checked, others may have failed, or the password have changed.
        if !lockout::admits(records, pool, subject)? {
            return Err(lockout::error());
        }
        let user = User::find_again(records, pool, &proved.username, &proved.sub)?
            .filter(|user| has_same_password(user, &proved))
            .ok_or_else(errors::incorrect_username_or_password)?;
        lockout::clear(records, pool, subject)?;
        let device = Device::of_sign_in(records, pool, &user.sub, device_key)?;
        next(call, records, client, pool, &user, device)
    })?;
    match step {
        Step::Challenge(challenge) => Ok(Outcome::Challenge(challenge)),
        Step::Tokens(issued) => Ok(Outcome::Tokens(call.sign(&pool.id, issued)?)),
    }
}

fn has_same_password(user: &User, proved: &User) -> bool {
    match (&user.password, &proved.password) {
        (Some(now), Some(then)) => now.is_same_as(then),
        _ => false,
    }
}

fn next(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
    pool: &Pool,
    user: &User,
    device: Option<Device>,
) -> Result<Step, Error> {
    check_standing(user)?;
    match user.status {
        UserStatusType::Confirmed => match device {
            Some(device) => device_srp_auth::challenge(call, records, client, user, &device)
                .map(Step::Challenge),
            None => issue(call, records, client, pool, user).map(Step::Tokens),
        },
        UserStatusType::ForceChangePassword
            if user.temporary_password_has_expired(pool, call.now) =>
        {
            Err(errors::not_authorized(
                "Temporary password has expired and must be reset by an administrator.",
            ))
        }
        UserStatusType::ForceChangePassword => {
            new_password(call, records, client, pool, user).map(Step::Challenge)
        }
        _ => Err(errors::incorrect_username_or_password()),
    }
}

/// Refuses users who may not sign in, whatever they know.
pub(super) fn check_standing(user: &User) -> Result<(), Error> {
    match user.status {
        _ if !user.enabled => Err(errors::user_is_disabled()),
        UserStatusType::Unconfirmed => Err(Error::new(
            ErrorCode::UserNotConfirmedException,
            "User is not confirmed.",
        )),
        UserStatusType::ResetRequired => Err(reset_required()),
        _ => Ok(()),
    }
}

/// What users hear whose password an administrator has reset. They hear it before any proof: there is nothing to prove.
pub(super) fn reset_required() -> Error {
    Error::new(
        ErrorCode::PasswordResetRequiredException,
        "Password reset required for the user",
    )
}

/// The tokens of a user who has done all that was asked, on a device that is new where devices are tracked.
pub(super) fn issue(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
    pool: &Pool,
    user: &User,
) -> Result<Issued, Error> {
    let origin = if pool.tracks_devices() {
        Origin::NewDevice(DeviceIds::new(call.random(), pool))
    } else {
        Origin::Untracked
    };
    issue_from(call, records, client, pool, user, origin)
}

/// The same on a device that has proved itself.
pub(super) fn issue_on(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
    pool: &Pool,
    user: &User,
    device: DeviceIds,
) -> Result<Issued, Error> {
    issue_from(call, records, client, pool, user, Origin::Device(device))
}

fn issue_from(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
    pool: &Pool,
    user: &User,
    origin: Origin,
) -> Result<Issued, Error> {
    grants::issue(
        records,
        call.random(),
        &call.issuer(&pool.id),
        pool,
        client,
        user,
        origin,
    )
}

fn new_password(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
    pool: &Pool,
    user: &User,
) -> Result<Challenge, Error> {
    let name = ChallengeNameType::NewPasswordRequired;
    let required: Vec<_> = attributes::missing(pool, user)
        .map(|name| format!("userAttributes.{name}"))
        .collect();
    let parameters = [
        ("USER_ID_FOR_SRP", user.username.clone()),
        ("requiredAttributes", Value::from(required).to_string()),
        (
            "userAttributes",
            serde_json::json!(user.attributes).to_string(),
        ),
    ];
    let session = session::open(records, call.random(), client, user, name, None)?;
    Ok(Challenge::new(name, session, parameters))
}

impl From<Outcome> for RespondToAuthChallengeResponse {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Tokens(tokens) => Self {
                authentication_result: Some(tokens),
                challenge_parameters: Some(BTreeMap::new()),
                challenge_name: None,
                session: None,
                available_challenges: None,
            },
            Outcome::Challenge(challenge) => Self {
                challenge_name: Some(challenge.name),
                session: Some(challenge.session.into()),
                challenge_parameters: Some(challenge.parameters),
                authentication_result: None,
                available_challenges: None,
            },
        }
    }
}

impl From<Outcome> for InitiateAuthResponse {
    fn from(outcome: Outcome) -> Self {
        let RespondToAuthChallengeResponse {
            challenge_name,
            session,
            challenge_parameters,
            authentication_result,
            available_challenges,
        } = outcome.into();
        Self {
            challenge_name,
            session,
            challenge_parameters,
            authentication_result,
            available_challenges,
        }
    }
}
