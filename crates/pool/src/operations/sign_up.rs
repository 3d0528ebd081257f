//! `SignUp`.

use cognito_idp::{
    Error,
    types::{
        AliasAttributeType, AttributeType, AuthFlowType, EventFilterType, EventResponseType,
        EventType, SignUpRequest, SignUpResponse, UserStatusType,
    },
};

use crate::{
    attributes, client::Client, delivery::Destination, errors, first_factor, identifiers,
    outbox::MessageKind, password::Password, password_policy, pool::Pool, records::Records,
    service::Call, sign_up_session::SignUpSession, threat::Watch, unsupported, user::User,
    usernames,
};

pub(super) fn sign_up(call: Call<'_>, input: SignUpRequest) -> Result<SignUpResponse, Error> {
    let (client, pool, watch) = call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        let context = input.user_context_data.as_ref();
        let watch = Watch::of_user(records, call, &pool, &client, context)?;
        Ok((client, pool, watch))
    })?;
    client.check_secret_hash(&input.username, input.secret_hash.as_deref())?;
    if is_closed(&pool) {
        return Err(errors::not_authorized(
            "SignUp is not permitted for this user pool",
        ));
    }
    unsupported::check_sign_up(&pool)?;
    if let (Some(watch), Some(password)) = (&watch, &input.password) {
        watch.check_new_password(password, EventFilterType::SignUp)?;
    }
    let user = new_user(call, &client, &pool, &input)?;
    call.transact(|records| {
        if let Some(watch) = &watch {
            let (kind, begun) = (EventType::SignUp, EventResponseType::InProgress);
            let password = input.password.as_deref();
            watch.record(records, &pool, &user, kind, begun, password)?;
        }
        insert(call, records, &client, &pool, user, &input.username)
    })
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
    let plain = input.password.as_deref();
    if let Some(plain) = plain {
        password_policy::check(&pool.password_policy(), plain, "password")?;
    }
    let wanted = input.user_attributes.as_deref().unwrap_or_default();
    attributes::check_written(pool, client, wanted)?;
    check_no_second_name(pool, wanted)?;

    let sub = identifiers::uuid(call.random());
    let username = if name_attribute.is_some() {
        sub.clone()
    } else {
        input.username.to_string()
    };
    let password = plain
        .map(|plain| Password::new(call.random(), pool, &username, plain))
        .transpose()?;
    let status = UserStatusType::Unconfirmed;
    let mut user = User::new(username, sub, status, password, call.now);
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
    if plain.is_none() && !needs_no_password(client, pool, &user) {
        return Err(errors::invalid_parameter(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
        ));
    }
    Ok(user)
}

/// A second name to sign in with is for those who are confirmed.
fn check_no_second_name(pool: &Pool, wanted: &[AttributeType]) -> Result<(), Error> {
    let name = AliasAttributeType::PreferredUsername.as_str();
    if pool.has_alias(name) && wanted.iter().any(|attribute| attribute.name == name) {
        // The service's text is not known.
        return Err(errors::invalid_parameter(format!(
            "{name} cannot be provided at sign-up, since user pool is configured for {name} alias."
        )));
    }
    Ok(())
}

/// Whether the user can sign in by a code, to an address that the confirmation will verify.
fn needs_no_password(client: &Client, pool: &Pool, user: &User) -> bool {
    client.allows(AuthFlowType::UserAuth)
        && first_factor::needs_no_password(pool, |address| {
            pool.auto_verifies(address) && user.attributes.contains_key(address.as_str())
        })
}

fn insert(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
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
    let to = Destination::for_sign_up(pool, &user);
    let code_delivery_details = to
        .as_ref()
        .map(|to| {
            let kind = MessageKind::SignUp;
            call.sender()
                .send_confirmation(records, pool, client, &user, kind, to)
        })
        .transpose()?;
    // Where a code like the one that confirms is a first factor, nothing more is needed to sign in.
    let is_first_factor = to.is_some_and(|to| first_factor::is_code_to(client, pool, to.attribute));
    let session = is_first_factor
        .then(|| SignUpSession::open(records, call.random(), client, &user, false))
        .transpose()?;
    Ok(SignUpResponse {
        user_confirmed: false,
        code_delivery_details,
        user_sub: user.sub,
        session: session.map(Into::into),
    })
}
