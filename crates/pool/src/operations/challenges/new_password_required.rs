//! `NEW_PASSWORD_REQUIRED`: a password of the user's own in the place of the temporary one.

use cognito_idp::{
    Error,
    types::{AttributeType, ChallengeNameType, UserStatusType},
};

use super::super::{
    parameters::Parameters,
    sign_in::{self, Outcome},
};
use crate::{
    attributes, client::Client, errors, password::Password, password_policy, pool::Pool,
    service::Call, session, unsupported, user::User,
};

pub(in super::super) fn answer(
    call: Call<'_>,
    client: &Client,
    pool: &Pool,
    name: &str,
    session: Option<&str>,
    responses: &Parameters,
) -> Result<Outcome, Error> {
    let session = session.ok_or_else(|| errors::missing_parameter("Session"))?;
    let plain = responses.required("NEW_PASSWORD")?;
    unsupported::check_sign_in(pool)?;
    let found = call
        .transact(|records| User::find(records, pool, name))?
        .ok_or_else(session::unknown)?;
    password_policy::check(&pool.password_policy(), plain, "NEW_PASSWORD")?;
    let wanted: Vec<_> = responses
        .with_prefix("userAttributes.")
        .map(|(name, value)| AttributeType {
            name: name.to_owned(),
            value: Some(value.clone()),
        })
        .collect();
    attributes::check_written(pool, client, &wanted)?;
    let password = Password::new(call.random(), pool, &found.username, plain)?;

    let issued = call.transact(|records| {
        let mut user = User::find_again(records, pool, &found.username, &found.sub)?
            .ok_or_else(session::unknown)?;
        // Used up only if the rest succeeds: who sent a password that was used before may try another.
        let challenge = ChallengeNameType::NewPasswordRequired;
        session::close(records, session, client, &user, challenge)?;
        if !user.enabled {
            return Err(errors::user_is_disabled());
        }
        if user.status != UserStatusType::ForceChangePassword {
            return Err(session::unknown());
        }
        attributes::check_mutable(pool, &user, &wanted)?;
        attributes::change(records, pool, &mut user, &wanted)?;
        attributes::check_required(pool, &user)?;
        user.set_password(pool, plain, password, call.now)?;
        user.status = UserStatusType::Confirmed;
        user.claim_aliases(records, pool, false)?;
        user.save(records, pool)?;
        sign_in::issue(call, records, client, pool, &user)
    })?;
    Ok(Outcome::Tokens(call.sign(&pool.id, issued)?))
}
