//! `AdminCreateUser`.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        AdminCreateUserRequest, AdminCreateUserResponse, AttributeType, DeliveryMediumType,
        MessageActionType, UserStatusType, VerifiedAttributeType,
    },
};

use crate::{
    attributes,
    delivery::{self, Destination},
    first_factor, identifiers,
    outbox::{self, Message, MessageKind},
    password::Password,
    password_policy,
    pool::Pool,
    records::Records,
    service::Call,
    unsupported,
    user::User,
    usernames,
};

pub(super) fn admin_create_user(
    call: Call<'_>,
    input: AdminCreateUserRequest,
) -> Result<AdminCreateUserResponse, Error> {
    let pool = call.transact(|records| Pool::load(records, &input.user_pool_id))?;
    unsupported::check_sign_up(&pool)?;
    let policy = pool.password_policy();
    let given = input.temporary_password.as_deref();
    if let Some(given) = given {
        password_policy::check(&policy, given, "temporaryPassword")?;
    }
    let temporary = || {
        given.map_or_else(
            || password_policy::generate(&policy, call.random()),
            str::to_owned,
        )
    };
    let user = if input.message_action == Some(MessageActionType::Resend) {
        invite_again(call, &pool, &input, &temporary())?
    } else {
        create(call, &pool, &input, temporary)?
    };
    Ok(AdminCreateUserResponse {
        user: Some(user.description(|_| true)),
    })
}

/// A user with a temporary password; or with none, who signs in by codes, if nobody gave one and there is a verified
/// address to send them to.
fn create(
    call: Call<'_>,
    pool: &Pool,
    input: &AdminCreateUserRequest,
    temporary: impl FnOnce() -> String,
) -> Result<User, Error> {
    let name_attribute = usernames::attribute_of(pool, &input.username)?;
    let wanted = input.user_attributes.as_deref().unwrap_or_default();
    attributes::check(pool, wanted)?;
    let sub = identifiers::uuid(call.random());
    let username = if name_attribute.is_some() {
        sub.clone()
    } else {
        input.username.to_string()
    };
    let status = UserStatusType::ForceChangePassword;
    let mut user = User::new(username, sub, status, None, call.now);
    attributes::apply(&mut user, wanted);
    if let Some(name) = name_attribute {
        let value = Some(input.username.clone());
        attributes::apply(
            &mut user,
            &[AttributeType {
                name: name.to_owned(),
                value,
            }],
        );
    }
    let is_passwordless = input.temporary_password.is_none()
        && first_factor::needs_no_password(pool, |address| delivery::is_verified(&user, address));
    let temporary = (!is_passwordless).then(temporary);
    if let Some(temporary) = &temporary {
        let password = Password::new(call.random(), pool, &user.username, temporary)?;
        user.password = Some(password);
    } else {
        user.status = UserStatusType::Confirmed;
    }
    call.transact(|records| {
        user.check_is_new(
            records,
            pool,
            &input.username,
            "User account already exists",
        )?;
        user.insert(records, pool)?;
        user.claim_aliases(records, pool, input.force_alias_creation == Some(true))?;
        if let Some(temporary) = &temporary {
            invite(records, pool, input, &user, temporary)?;
        }
        Ok(user)
    })
}

/// A new temporary password, with a new time to use it in, for somebody who has not used the one before.
fn invite_again(
    call: Call<'_>,
    pool: &Pool,
    input: &AdminCreateUserRequest,
    temporary: &str,
) -> Result<User, Error> {
    let found = call.transact(|records| User::load(records, pool, &input.username))?;
    let password = Password::new(call.random(), pool, &found.username, temporary)?;
    call.transact(|records| {
        let mut user = User::load(records, pool, &input.username)?;
        if user.status != UserStatusType::ForceChangePassword {
            return Err(Error::new(
                ErrorCode::UnsupportedUserStateException,
                format!(
                    "Resend not possible. {} status is not FORCE_CHANGE_PASSWORD",
                    user.username
                ),
            ));
        }
        user.set_password(pool, temporary, password, call.now)?;
        user.save(records, pool)?;
        invite(records, pool, input, &user, temporary)?;
        Ok(user)
    })
}

/// Sends the temporary password by each of the ways asked for that the user has an address for.
fn invite(
    records: &mut Records<'_>,
    pool: &Pool,
    input: &AdminCreateUserRequest,
    user: &User,
    temporary: &str,
) -> Result<(), Error> {
    if input.message_action == Some(MessageActionType::Suppress) {
        return Ok(());
    }
    for medium in input
        .desired_delivery_mediums
        .as_deref()
        .unwrap_or(&[DeliveryMediumType::Sms])
    {
        let attribute = match medium {
            DeliveryMediumType::Email => VerifiedAttributeType::Email,
            DeliveryMediumType::Sms => VerifiedAttributeType::PhoneNumber,
        };
        let Some(to) = Destination::of(user, attribute) else {
            continue;
        };
        let kind = MessageKind::AdminCreateUser;
        let message = Message::new(
            pool,
            user,
            kind,
            to,
            temporary.to_owned(),
            None,
            records.now,
        );
        outbox::push(records, message)?;
    }
    Ok(())
}
