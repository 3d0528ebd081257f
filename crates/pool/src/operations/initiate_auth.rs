//! `InitiateAuth`.

use cognito_idp::{
    Error,
    types::{AuthFlowType, InitiateAuthRequest, InitiateAuthResponse},
};

use super::{flows, parameters::Parameters, sign_in::Request};
use crate::{client::Client, errors, service::Call};

pub(super) fn initiate_auth(
    call: Call<'_>,
    input: InitiateAuthRequest,
) -> Result<InitiateAuthResponse, Error> {
    let (client, pool) =
        call.transact(|records| Client::load_with_pool(records, &input.client_id))?;
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
    let request = Request {
        call,
        client,
        pool,
        parameters: Parameters::new(input.auth_parameters),
        session: input.session,
    };
    let outcome = match flow {
        AuthFlowType::UserSrpAuth => flows::user_srp::begin(&request),
        AuthFlowType::UserPasswordAuth => flows::user_password::sign_in(&request),
        AuthFlowType::RefreshTokenAuth | AuthFlowType::RefreshToken => {
            flows::refresh::refresh(&request)
        }
        AuthFlowType::CustomAuth => Err(match &request.pool.settings.lambda_config {
            Some(triggers) if triggers.define_auth_challenge.is_some() => {
                errors::not_implemented("The DefineAuthChallenge trigger")
            }
            _ => errors::invalid_parameter(
                "Custom auth lambda trigger is not configured for the user pool.",
            ),
        }),
        AuthFlowType::UserAuth => flows::user_auth::begin(&request),
        other => Err(errors::not_implemented(other.as_str())),
    };
    outcome.map(Into::into)
}
