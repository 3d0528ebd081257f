//! `USER_SRP_AUTH`: asks for a proof of the password.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{
    Error,
    types::{ChallengeNameType, InitiateAuthResponse, UserStatusType},
};
use cognito_srp::ServerEphemeral;

use super::super::{parameters::Parameters, sign_in, srp};
use crate::{
    client::Client,
    decoy::Decoy,
    errors,
    exchange::{Exchange, SECRET_BLOCK_BYTES},
    pool::Pool,
    service::Call,
    unsupported,
    user::User,
};

pub(in super::super) fn begin(
    call: Call<'_>,
    client: &Client,
    pool: &Pool,
    parameters: &Parameters,
) -> Result<InitiateAuthResponse, Error> {
    let name = parameters.required("USERNAME")?;
    let client_public = parameters.required("SRP_A")?;
    client.check_secret_hash(name, parameters.optional("SECRET_HASH"))?;
    srp::check_client_public(client_public)?;
    unsupported::check_sign_in(pool)?;

    let user = call.transact(|records| User::find(records, pool, name))?;
    let (user_id, verifier, sub) = match &user {
        Some(user) if user.status == UserStatusType::ResetRequired => {
            return Err(sign_in::reset_required());
        }
        Some(User {
            username,
            password: Some(password),
            sub,
            ..
        }) => (
            username.clone(),
            password.verifier().clone(),
            Some(sub.as_str()),
        ),
        None if !client.hides_users() => return Err(errors::user_does_not_exist()),
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
    Ok(InitiateAuthResponse {
        challenge_name: Some(ChallengeNameType::PasswordVerifier),
        challenge_parameters: Some(
            challenge_parameters
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
        ),
        session: None,
        authentication_result: None,
        available_challenges: None,
    })
}
