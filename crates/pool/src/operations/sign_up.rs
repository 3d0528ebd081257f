//! `SignUp`.

use cognito_idp::{
    Error,
    types::{AttributeType, SignUpRequest, SignUpResponse, UserStatusType},
};

use crate::{
    attributes, client::Client, code::Purpose, delivery::Destination, errors, identifiers,
    outbox::MessageKind, password::Password, password_policy, pool::Pool, records::Records,
    service::Call, unsupported, user::User, usernames,
};

pub(super) fn sign_up(call: Call<'_>, input: SignUpRequest) -> Result<SignUpResponse, Error> {
    let (client, pool) =
        call.transact(|records| Client::load_with_pool(records, &input.client_id))?;
    client.check_secret_hash(&input.username, input.secret_hash.as_deref())?;
    if is_closed(&pool) {
        return Err(errors::not_authorized(
            "SignUp is not permitted for this user pool",
        ));
    }
    unsupported::check_sign_up(&pool)?;
    let user = new_user(call, &client, &pool, &input)?;
    call.transact(|records| insert(call, records, &pool, user, &input.username))
}

fn is_closed(pool: &Pool) -> bool {
    let config = pool.settings.admin_create_user_config.as_ref();
    config.is_some_and(|config| config.allow_admin_create_user_only == Some(true))
}

/// Everything that can be said about the new user without looking at others.
fn new_user(
    call: Call<'_>,
    client: &Client,
    pool: &Pool,
    input: &SignUpRequest,
) -> Result<User, Error> {
    let name_attribute = usernames::attribute_of(pool, &input.username)?;
    let plain = input.password.as_deref().ok_or_else(|| {
        errors::invalid_parameter(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
        )
    })?;
    password_policy::check(&pool.password_policy(), plain, "password")?;
    let wanted = input.user_attributes.as_deref().unwrap_or_default();
    attributes::check_written(pool, client, wanted)?;

    let sub = identifiers::uuid(call.random());
    let username = if name_attribute.is_some() {
        sub.clone()
    } else {
        input.username.to_string()
    };
    let password = Password::new(call.random(), pool, &username, plain)?;
    let mut user = User::new(
        username,
        sub,
        UserStatusType::Unconfirmed,
        Some(password),
        call.now,
    );
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
    attributes::check_required(pool, &user)?;
    Ok(user)
}

fn insert(
    call: Call<'_>,
    records: &mut Records<'_>,
    pool: &Pool,
    mut user: User,
    name: &str,
) -> Result<SignUpResponse, Error> {
    user.check_is_new(records, pool, name, "User already exists")?;
    for attribute in ["email", "phone_number"] {
        if user.attributes.contains_key(attribute) {
            user.attributes
                .insert(format!("{attribute}_verified"), "false".to_owned());
        }
    }
    user.insert(records, pool)?;
    user.claim_aliases(records, pool, false)?;
    let code_delivery_details = Destination::for_sign_up(pool, &user)
        .map(|to| {
            call.sender().send(
                records,
                pool,
                &user,
                Purpose::SignUp,
                MessageKind::SignUp,
                &to,
            )
        })
        .transpose()?;
    Ok(SignUpResponse {
        user_confirmed: false,
        code_delivery_details,
        user_sub: user.sub,
        session: None,
    })
}
