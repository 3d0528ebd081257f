//! `ConfirmSignUp`, `AdminConfirmSignUp`, `ResendConfirmationCode`.

use cognito_idp::{
    Error, ErrorCode, Operation,
    types::{
        AdminConfirmSignUpRequest, AdminConfirmSignUpResponse, ConfirmSignUpRequest,
        ConfirmSignUpResponse, EventResponseType, EventType, ResendConfirmationCodeRequest,
        ResendConfirmationCodeResponse, UserStatusType,
    },
    validate,
};
use serde_json::json;

use super::limits::{self, Named};
use crate::{
    attempts::{self, Limited},
    client::Client,
    code::{self, Purpose},
    delivery::{self, Destination},
    errors, first_factor,
    outbox::MessageKind,
    pool::Pool,
    service::Call,
    sign_up_session::SignUpSession,
    threat::{Watch, history},
    unsupported,
    user::User,
};

pub(super) fn confirm_sign_up(
    call: Call<'_>,
    input: ConfirmSignUpRequest,
) -> Result<ConfirmSignUpResponse, Error> {
    let name = input.username.as_str();
    limits::admit(
        call,
        &input.client_id,
        input.secret_hash.as_deref(),
        name,
        Limited::ConfirmSignUp,
    )?;
    confirm(call, &input)
}

/// `ConfirmSignUp` by whoever follows the link in a message, which shows the code and needs no client's secret.
pub(crate) fn confirm_by_link(
    call: Call<'_>,
    client_id: &str,
    username: &str,
    code: &str,
) -> Result<(), Error> {
    let input = json!({
        "ClientId": client_id, "Username": username, "ConfirmationCode": code,
    });
    validate(Operation::ConfirmSignUp, &input)?;
    let input: ConfirmSignUpRequest =
        serde_json::from_value(input).map_err(|error| errors::internal(error.to_string()))?;
    call.transact(|records| {
        let (_, pool) = Client::load_with_pool(records, &input.client_id)?;
        let named = Named::find(records, &pool, &input.username)?;
        attempts::count(records, &pool, &named.subject, Limited::ConfirmSignUp)
    })?;
    confirm(call, &input).map(drop)
}

fn confirm(call: Call<'_>, input: &ConfirmSignUpRequest) -> Result<ConfirmSignUpResponse, Error> {
    let name = input.username.as_str();
    call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        let context = input.user_context_data.as_ref();
        let watch = Watch::of_user(records, call, &pool, &client, context)?;
        unsupported::check_confirmation(&pool)?;
        let Named { user, subject } = Named::find(records, &pool, name)?;
        if user.is_none() && !client.hides_users() {
            return Err(errors::combination_not_found());
        }
        if let Some(user) = &user {
            check_unconfirmed(user)?;
        }
        let code = code::redeem(
            records,
            &pool,
            &subject,
            Purpose::SignUp,
            &input.confirmation_code,
        )?;
        // Nobody but a user has a code that can be redeemed.
        let mut user = user.ok_or_else(errors::combination_not_found)?;
        user.status = UserStatusType::Confirmed;
        if Destination::of(&user, code.attribute).is_some_and(|now| now.address == code.address) {
            delivery::set_verified(&mut user, code.attribute, true);
        }
        user.claim_aliases(records, &pool, input.force_alias_creation == Some(true))?;
        user.save(records, &pool)?;
        if watch.is_some() {
            history::conclude(records, &pool, &user, EventType::SignUp)?;
        }
        if let Some(text) = &input.session {
            SignUpSession::close(records, text, &client, &user, false)?;
        }
        // It is the code that counts: Amplify sends no session along, and goes on with the one that it gets.
        let session = first_factor::is_code_to(&client, &pool, code.attribute)
            .then(|| SignUpSession::open(records, call.random(), &client, &user, true))
            .transpose()?;
        Ok(ConfirmSignUpResponse {
            session: session.map(Into::into),
        })
    })
}

pub(super) fn admin_confirm_sign_up(
    call: Call<'_>,
    input: AdminConfirmSignUpRequest,
) -> Result<AdminConfirmSignUpResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        check_unconfirmed(&user)?;
        unsupported::check_confirmation(&pool)?;
        user.status = UserStatusType::Confirmed;
        user.claim_aliases(records, &pool, false)?;
        user.save(records, &pool)?;
        code::withdraw(records, &pool, &user.sub, Purpose::SignUp)?;
        Ok(AdminConfirmSignUpResponse {})
    })
}

pub(super) fn resend_confirmation_code(
    call: Call<'_>,
    input: ResendConfirmationCodeRequest,
) -> Result<ResendConfirmationCodeResponse, Error> {
    let name = input.username.as_str();
    limits::admit(
        call,
        &input.client_id,
        input.secret_hash.as_deref(),
        name,
        Limited::ResendConfirmationCode,
    )?;
    call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        let context = input.user_context_data.as_ref();
        let watch = Watch::of_user(records, call, &pool, &client, context)?;
        unsupported::check_messages(&pool)?;
        let Named { user, subject } = Named::find(records, &pool, name)?;
        let is_hidden = client.hides_users() && user.as_ref().is_none_or(|user| !user.enabled);
        let details = match user {
            _ if is_hidden => {
                let to = Destination::decoy(&pool, name);
                code::pretend(records, &pool, &subject, Purpose::SignUp, &to)?
            }
            None => return Err(errors::combination_not_found()),
            Some(user) if user.status != UserStatusType::Unconfirmed => {
                return Err(errors::invalid_parameter("User is already confirmed."));
            }
            Some(user) => {
                let to = Destination::for_sign_up(&pool, &user).ok_or_else(|| {
                    errors::invalid_parameter(
                        "Cannot resend codes. Auto verification not turned on.",
                    )
                })?;
                if let Some(watch) = watch {
                    let (kind, done) = (EventType::ResendCode, EventResponseType::Pass);
                    watch.record(records, &pool, &user, kind, done, None)?;
                }
                let kind = MessageKind::ResendCode;
                call.sender()
                    .send_confirmation(records, &pool, &client, &user, kind, &to)?
            }
        };
        Ok(ResendConfirmationCodeResponse {
            code_delivery_details: Some(details),
        })
    })
}

fn check_unconfirmed(user: &User) -> Result<(), Error> {
    if user.status == UserStatusType::Unconfirmed {
        return Ok(());
    }
    let text = format!(
        "User cannot be confirmed. Current status is {}",
        user.status
    );
    Err(Error::new(ErrorCode::NotAuthorizedException, text))
}
