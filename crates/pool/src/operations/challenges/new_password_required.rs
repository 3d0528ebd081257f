//! `NEW_PASSWORD_REQUIRED`: a password of the user's own in the place of the temporary one.

use cognito_idp::{
    Error,
    types::{AttributeType, ChallengeNameType, UserStatusType},
};
use serde_json::{Value, json};

use super::super::sign_in::{self, Challenge, Outcome, Request};
use crate::{
    attributes,
    password::Password,
    password_policy,
    records::Records,
    session::{self, Progress},
    unsupported,
    user::User,
};

const NAME: ChallengeNameType = ChallengeNameType::NewPasswordRequired;

pub(in super::super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    progress: Progress,
) -> Result<Challenge, Error> {
    let required: Vec<_> = attributes::missing(&request.pool, user)
        .map(|name| format!("userAttributes.{name}"))
        .collect();
    let parameters = [
        ("USER_ID_FOR_SRP", user.username.clone()),
        ("requiredAttributes", Value::from(required).to_string()),
        ("userAttributes", json!(user.attributes).to_string()),
    ];
    let session = request.open_session(records, user, NAME, progress)?;
    Ok(Challenge::new(NAME, Some(session), parameters))
}

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    request.session()?;
    let plain = request.parameters.required("NEW_PASSWORD")?;
    unsupported::check_sign_in(pool)?;
    let found = call
        .transact(|records| User::find(records, pool, request.username()?))?
        .ok_or_else(session::unknown)?;
    password_policy::check(&pool.password_policy(), plain, "NEW_PASSWORD")?;
    request.check_new_password(plain)?;
    let wanted: Vec<_> = request
        .parameters
        .with_prefix("userAttributes.")
        .map(|(name, value)| AttributeType {
            name: name.to_owned(),
            value: Some(value.clone()),
        })
        .collect();
    attributes::check_written(pool, client, &wanted)?;
    let password = Password::new(call.random(), pool, &found.username, plain)?;

    // The session is used up only if the rest succeeds: who sent a password that was used before may try another.
    sign_in::go_on(request, |records| {
        let (mut user, progress) = request.close_session(records, NAME)?;
        if user.username != found.username || user.status != UserStatusType::ForceChangePassword {
            return Err(session::unknown());
        }
        attributes::check_mutable(pool, &user, &wanted)?;
        attributes::change(records, pool, &mut user, &wanted)?;
        attributes::check_required(pool, &user)?;
        user.set_password(pool, plain, password, call.now)?;
        user.status = UserStatusType::Confirmed;
        user.claim_aliases(records, pool, false)?;
        user.save(records, pool)?;
        Ok((user, progress))
    })
}
