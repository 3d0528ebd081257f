//! Settings that would lead a request through what this pool does not do yet. They are stored and shown, and refused
//! where they would matter: never passed over in silence.

use cognito_idp::{Error, types::LambdaConfigType};

use crate::{errors::not_implemented, pool::Pool};

/// Refuses to sign users up where a trigger would have a say.
pub(crate) fn check_sign_up(pool: &Pool) -> Result<(), Error> {
    check_triggers(
        pool,
        |triggers| triggers.pre_sign_up.is_some(),
        "The PreSignUp trigger",
    )?;
    check_messages(pool)
}

/// Refuses to confirm users where a trigger would have a say.
pub(crate) fn check_confirmation(pool: &Pool) -> Result<(), Error> {
    check_triggers(
        pool,
        |triggers| triggers.post_confirmation.is_some(),
        "The PostConfirmation trigger",
    )
}

/// Refuses to send messages where a trigger would write or send them.
pub(crate) fn check_messages(pool: &Pool) -> Result<(), Error> {
    let custom = |triggers: &LambdaConfigType| {
        triggers.custom_message.is_some()
            || triggers.custom_email_sender.is_some()
            || triggers.custom_sms_sender.is_some()
    };
    check_triggers(pool, custom, "A trigger for messages")
}

/// Refuses to sign users in where a trigger would have a say.
pub(crate) fn check_sign_in(pool: &Pool) -> Result<(), Error> {
    let before = |triggers: &LambdaConfigType| {
        triggers.pre_authentication.is_some() || triggers.user_migration.is_some()
    };
    check_triggers(pool, before, "A trigger before authentication")?;
    check_triggers(
        pool,
        |triggers| triggers.post_authentication.is_some(),
        "The PostAuthentication trigger",
    )?;
    check_tokens(pool)
}

/// Refuses to make tokens where a trigger would change them.
pub(crate) fn check_tokens(pool: &Pool) -> Result<(), Error> {
    let generation = |triggers: &LambdaConfigType| {
        triggers.pre_token_generation.is_some() || triggers.pre_token_generation_config.is_some()
    };
    check_triggers(pool, generation, "The PreTokenGeneration trigger")
}

fn check_triggers(
    pool: &Pool,
    is_set: impl Fn(&LambdaConfigType) -> bool,
    what: &str,
) -> Result<(), Error> {
    match &pool.settings.lambda_config {
        Some(triggers) if is_set(triggers) => Err(not_implemented(what)),
        _ => Ok(()),
    }
}
