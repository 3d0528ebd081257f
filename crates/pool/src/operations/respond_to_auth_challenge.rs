//! `RespondToAuthChallenge`.

use cognito_idp::{
    Error,
    types::{ChallengeNameType, RespondToAuthChallengeRequest, RespondToAuthChallengeResponse},
};

use super::{
    challenges::{
        device_password_verifier, device_srp_auth, new_password_required, password_verifier,
    },
    parameters::Parameters,
};
use crate::{client::Client, errors, service::Call};

pub(super) fn respond_to_auth_challenge(
    call: Call<'_>,
    input: RespondToAuthChallengeRequest,
) -> Result<RespondToAuthChallengeResponse, Error> {
    let (client, pool) =
        call.transact(|records| Client::load_with_pool(records, &input.client_id))?;
    let responses = Parameters::new(input.challenge_responses);
    let name = responses.required("USERNAME")?;
    client.check_secret_hash(name, responses.optional("SECRET_HASH"))?;
    let session = input.session.as_deref();
    let outcome = match input.challenge_name {
        ChallengeNameType::DevicePasswordVerifier => {
            device_password_verifier::answer(call, &client, &pool, name, session, &responses)?
        }
        ChallengeNameType::DeviceSrpAuth => {
            device_srp_auth::answer(call, &client, &pool, name, session, &responses)?
        }
        ChallengeNameType::PasswordVerifier => {
            password_verifier::answer(call, &client, &pool, name, session, &responses)?
        }
        ChallengeNameType::NewPasswordRequired => {
            new_password_required::answer(call, &client, &pool, name, session, &responses)?
        }
        other => return Err(errors::not_implemented(&format!("The challenge {other}"))),
    };
    Ok(outcome.into())
}
