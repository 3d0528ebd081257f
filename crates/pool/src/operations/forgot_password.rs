//! `ForgotPassword`, `ConfirmForgotPassword`.

use cognito_idp::{
    Error,
    types::{
        ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse, EventFilterType,
        EventResponseType, EventType, ForgotPasswordRequest, ForgotPasswordResponse,
        RecoveryOptionNameType, UserStatusType,
    },
};

use super::limits::{self, Named};
use crate::{
    attempts::Limited,
    client::Client,
    code::{self, Purpose},
    delivery::{self, Destination},
    errors, lockout,
    outbox::MessageKind,
    password::Password,
    password_policy,
    pool::Pool,
    service::Call,
    threat::{Watch, history},
    unsupported,
    user::User,
};

pub(super) fn forgot_password(
    call: Call<'_>,
    input: ForgotPasswordRequest,
) -> Result<ForgotPasswordResponse, Error> {
    let name = input.username.as_str();
    limits::admit(
        call,
        &input.client_id,
        input.secret_hash.as_deref(),
        name,
        Limited::ForgotPassword,
    )?;
    call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        let context = input.user_context_data.as_ref();
        let watch = Watch::of_user(records, call, &pool, &client, context)?;
        unsupported::check_messages(&pool)?;
        if pool
            .recovery_options()
            .contains(&RecoveryOptionNameType::AdminOnly)
        {
            return Err(errors::not_authorized(
                "Contact administrator to reset password.",
            ));
        }
        let Named { user, subject } = Named::find(records, &pool, name)?;
        let purpose = Purpose::ForgotPassword;
        let details = match user {
            Some(user) if !client.hides_users() || is_reachable(&pool, &user) => {
                let to = recovery_destination(&pool, &user)?;
                if let Some(watch) = watch {
                    let (kind, begun) = (EventType::ForgotPassword, EventResponseType::InProgress);
                    watch.record(records, &pool, &user, kind, begun, None)?;
                }
                call.sender().send(
                    records,
                    &pool,
                    &user,
                    purpose,
                    MessageKind::ForgotPassword,
                    &to,
                )?
            }
            None if !client.hides_users() => return Err(errors::combination_not_found()),
            // Nobody, somebody disabled and somebody whom no code would reach look the same.
            _ => {
                let to = Destination::decoy(&pool, name);
                code::pretend(records, &pool, &subject, purpose, &to)?
            }
        };
        Ok(ForgotPasswordResponse {
            code_delivery_details: Some(details),
        })
    })
}

pub(super) fn confirm_forgot_password(
    call: Call<'_>,
    input: ConfirmForgotPasswordRequest,
) -> Result<ConfirmForgotPasswordResponse, Error> {
    let name = input.username.as_str();
    limits::admit(
        call,
        &input.client_id,
        input.secret_hash.as_deref(),
        name,
        Limited::ConfirmForgotPassword,
    )?;
    let (client, pool, found, watch) = call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        let context = input.user_context_data.as_ref();
        let watch = Watch::of_user(records, call, &pool, &client, context)?;
        let found = User::find(records, &pool, name)?;
        Ok((client, pool, found, watch))
    })?;
    if found.is_none() && !client.hides_users() {
        return Err(errors::combination_not_found());
    }
    password_policy::check(&pool.password_policy(), &input.password, "password")?;
    if let Some(watch) = &watch {
        watch.check_new_password(&input.password, EventFilterType::PasswordChange)?;
    }
    let username = found.as_ref().map_or(name, |user| &user.username);
    let password = Password::new(call.random(), &pool, username, &input.password)?;
    let outcome = call.transact(|records| {
        let Named { user, subject } = Named::find(records, &pool, name)?;
        let code = code::redeem(
            records,
            &pool,
            &subject,
            Purpose::ForgotPassword,
            &input.confirmation_code,
        )?;
        // Nobody but a user has a code that can be redeemed.
        let mut user = user.ok_or_else(errors::combination_not_found)?;
        if client.hides_users() && !user.enabled {
            return Err(code::mismatch());
        }
        check_resettable(&user)?;
        user.set_password(&pool, &input.password, password, call.now)?;
        user.status = UserStatusType::Confirmed;
        if Destination::of(&user, code.attribute).is_some_and(|now| now.address == code.address) {
            delivery::set_verified(&mut user, code.attribute, true);
        }
        user.claim_aliases(records, &pool, false)?;
        user.save(records, &pool)?;
        lockout::clear(records, &pool, &user.sub)?;
        if watch.is_some() {
            history::conclude(records, &pool, &user, EventType::ForgotPassword)?;
        }
        Ok(ConfirmForgotPasswordResponse {})
    });
    if let (Some(watch), Some(user), Err(_)) = (&watch, &found, &outcome) {
        let (kind, failed) = (EventType::ForgotPassword, EventResponseType::Fail);
        call.transact(|records| watch.record(records, &pool, user, kind, failed, None))?;
    }
    outcome
}

/// Where the code that resets this user's password goes.
///
/// # Errors
///
/// If the password cannot be reset, or there is no address to show so.
pub(super) fn recovery_destination(pool: &Pool, user: &User) -> Result<Destination, Error> {
    check_resettable(user)?;
    Destination::for_recovery(pool, user).ok_or_else(|| {
        errors::invalid_parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
    })
}

/// Whether a code for a new password would come to a user, as far as a client that hides who exists may tell.
fn is_reachable(pool: &Pool, user: &User) -> bool {
    user.enabled && Destination::for_recovery(pool, user).is_some()
}

fn check_resettable(user: &User) -> Result<(), Error> {
    match user.status {
        _ if !user.enabled => Err(errors::user_is_disabled()),
        UserStatusType::ForceChangePassword => Err(errors::not_authorized(
            "User password cannot be reset in the current state.",
        )),
        _ => Ok(()),
    }
}
