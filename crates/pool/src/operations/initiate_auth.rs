//! `InitiateAuth`.

use cognito_idp::{
    Error,
    types::{AuthFlowType, InitiateAuthRequest, InitiateAuthResponse},
};

use super::{flows, parameters::Parameters};
use crate::{client::Client, errors, service::Call};

pub(super) fn initiate_auth(
    call: Call<'_>,
    input: InitiateAuthRequest,
) -> Result<InitiateAuthResponse, Error> {
    let (client, pool) =
        call.transact(|records| Client::load_with_pool(records, &input.client_id))?;
    let parameters = Parameters::new(input.auth_parameters);
    let flow = input.auth_flow;
    if matches!(
        flow,
        AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth
    ) {
        return Err(errors::invalid_parameter(
            "Initiate Auth method not supported.",
        ));
    }
    if !client.allows(flow) {
        return Err(errors::invalid_parameter(format!(
            "{flow} flow not enabled for this client"
        )));
    }
    match flow {
        AuthFlowType::UserSrpAuth => flows::user_srp::begin(call, &client, &pool, &parameters),
        AuthFlowType::UserPasswordAuth => {
            flows::user_password::sign_in(call, &client, &pool, &parameters)
        }
        AuthFlowType::RefreshTokenAuth | AuthFlowType::RefreshToken => {
            flows::refresh::refresh(call, &client, &pool, &parameters)
        }
        AuthFlowType::CustomAuth => Err(match &pool.settings.lambda_config {
            Some(triggers) if triggers.define_auth_challenge.is_some() => {
                errors::not_implemented("The DefineAuthChallenge trigger")
            }
            _ => errors::invalid_parameter(
                "Custom auth lambda trigger is not configured for the user pool.",
            ),
        }),
        other => Err(errors::not_implemented(other.as_str())),
    }
}
