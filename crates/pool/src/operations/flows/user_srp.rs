//! `USER_SRP_AUTH`: asks for a proof of the password.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{
    Error,
    types::{ChallengeNameType, UserStatusType},
};
use cognito_srp::ServerEphemeral;

use super::super::{
    sign_in::{self, Challenge, Outcome, Request},
    srp,
};
use crate::{
    decoy::Decoy,
    errors,
    exchange::{Exchange, SECRET_BLOCK_BYTES},
    session::Progress,
    unsupported,
    user::User,
};

pub(in super::super) fn begin(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    let client_public = request.parameters.required("SRP_A")?;
    srp::check_client_public(client_public)?;
    unsupported::check_sign_in(pool)?;

    let user = call.transact(|records| User::find(records, pool, name))?;
    match &user {
        Some(user) if user.status == UserStatusType::ResetRequired => {
            Err(sign_in::reset_required())
        }
        None if !client.hides_users() => Err(errors::user_does_not_exist()),
        user => ask(request, user.as_ref(), client_public, request.beginning()),
    }
}

/// Asks for a proof by somebody who need not exist.
pub(super) fn ask(
    request: &Request<'_>,
    user: Option<&User>,
    client_public: &str,
    progress: Progress,
) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    let (user_id, verifier, sub) = match user {
        Some(User {
            username,
            password: Some(password),
            sub,
            ..
        }) => (username.clone(), password.verifier()?, Some(sub.as_str())),
        _ => {
            let decoy = Decoy::new(pool, name)?;
            (decoy.user_id, decoy.verifier, None)
        }
    };
    let random = call.random().bytes::<{ ServerEphemeral::EXPONENT_BYTES }>();
    let ephemeral = ServerEphemeral::new(&verifier, &random)
        .map_err(|error| errors::internal(error.to_string()))?;
    let secret_block = STANDARD.encode(call.random().bytes::<SECRET_BLOCK_BYTES>());
    let exchange = Exchange::new(
        client,
        [name, &user_id],
        sub,
        client_public,
        &ephemeral,
        progress,
        call.now,
    );
    call.transact(|records| exchange.keep(records, &secret_block))?;

    let challenge_parameters = [
        ("SALT", ephemeral.salt_hex()),
        ("SECRET_BLOCK", secret_block),
        ("SRP_B", ephemeral.public_hex()),
        ("USERNAME", user_id.clone()),
        ("USER_ID_FOR_SRP", user_id),
    ];
    // No session: the secret block finds the exchange.
    let name = ChallengeNameType::PasswordVerifier;
    Ok(Outcome::Challenge(Challenge::new(
        name,
        None,
        challenge_parameters,
    )))
}
