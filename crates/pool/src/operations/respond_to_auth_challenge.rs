//! `RespondToAuthChallenge`, `AdminRespondToAuthChallenge`.

use cognito_idp::{
    Error,
    types::{
        AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse, ChallengeNameType,
        RespondToAuthChallengeRequest, RespondToAuthChallengeResponse,
    },
};

use super::{
    challenges::{
        custom_challenge, device_password_verifier, device_srp_auth, mfa_setup,
        new_password_required, one_time_code, password, password_verifier, second_factor,
        select_challenge, software_token_mfa, web_authn,
    },
    parameters::Parameters,
    sign_in::{Outcome, Request},
};
use crate::{client::Client, errors, pool::Pool, service::Call, threat::Origin};

pub(super) fn respond_to_auth_challenge(
    call: Call<'_>,
    input: RespondToAuthChallengeRequest,
) -> Result<RespondToAuthChallengeResponse, Error> {
    let (client, pool) =
        call.transact(|records| Client::load_with_pool(records, &input.client_id))?;
    let request = Request {
        call,
        client,
        pool,
        parameters: Parameters::new(input.challenge_responses),
        session: input.session,
        watched: None,
        client_metadata: input.client_metadata,
    };
    let context = input.user_context_data;
    let request =
        request.watched(|it| Origin::of_user(call.address, &it.client, context.as_ref()))?;
    let challenge = input.challenge_name;
    request.observed(|it| answer(it, challenge)).map(Into::into)
}

pub(super) fn admin_respond_to_auth_challenge(
    call: Call<'_>,
    input: AdminRespondToAuthChallengeRequest,
) -> Result<AdminRespondToAuthChallengeResponse, Error> {
    let (client, pool) = call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        Ok((client, pool))
    })?;
    let request = Request {
        call,
        client,
        pool,
        parameters: Parameters::new(input.challenge_responses),
        session: input.session,
        watched: None,
        client_metadata: input.client_metadata,
    };
    let context = input.context_data;
    let request = request.watched(|_| Origin::of_server(context.as_ref()))?;
    let challenge = input.challenge_name;
    request.observed(|it| answer(it, challenge)).map(Into::into)
}

fn answer(request: &Request<'_>, challenge: ChallengeNameType) -> Result<Outcome, Error> {
    request.username()?;
    match challenge {
        ChallengeNameType::CustomChallenge => custom_challenge::answer(request),
        ChallengeNameType::DevicePasswordVerifier => device_password_verifier::answer(request),
        ChallengeNameType::DeviceSrpAuth => device_srp_auth::answer(request),
        ChallengeNameType::EmailOtp | ChallengeNameType::SmsMfa | ChallengeNameType::SmsOtp => {
            one_time_code::answer(request, challenge)
        }
        ChallengeNameType::MfaSetup => mfa_setup::answer(request),
        ChallengeNameType::SelectMfaType => second_factor::answer(request),
        ChallengeNameType::SoftwareTokenMfa => software_token_mfa::answer(request),
        ChallengeNameType::PasswordVerifier => password_verifier::answer(request),
        ChallengeNameType::NewPasswordRequired => new_password_required::answer(request),
        ChallengeNameType::Password | ChallengeNameType::PasswordSrp => {
            password::answer(request, challenge)
        }
        ChallengeNameType::SelectChallenge => select_challenge::answer(request),
        ChallengeNameType::WebAuthn => web_authn::answer(request),
        other => Err(errors::not_implemented(&format!("The challenge {other}"))),
    }
}
