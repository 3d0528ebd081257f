//! `InitiateAuth`, `AdminInitiateAuth`.

use cognito_idp::{
    Error,
    types::{
        AdminInitiateAuthRequest, AdminInitiateAuthResponse, AuthFlowType, InitiateAuthRequest,
        InitiateAuthResponse,
    },
};

use super::{
    flows,
    parameters::Parameters,
    sign_in::{Outcome, Request},
};
use crate::{client::Client, errors, pool::Pool, service::Call, threat::Origin};

pub(super) fn initiate_auth(
    call: Call<'_>,
    input: InitiateAuthRequest,
) -> Result<InitiateAuthResponse, Error> {
    let (client, pool) =
        call.transact(|records| Client::load_with_pool(records, &input.client_id))?;
    let flow = input.auth_flow;
    if is_for_administrators(flow) {
        return Err(not_supported());
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
        watched: None,
        client_metadata: None,
    };
    let context = input.user_context_data;
    let request =
        request.watched(|it| Origin::of_user(call.address, &it.client, context.as_ref()))?;
    request.observed(|it| begin(it, flow)).map(Into::into)
}

pub(super) fn admin_initiate_auth(
    call: Call<'_>,
    input: AdminInitiateAuthRequest,
) -> Result<AdminInitiateAuthResponse, Error> {
    let (client, pool) = call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        Ok((client, pool))
    })?;
    let flow = input.auth_flow;
    if flow == AuthFlowType::UserPasswordAuth {
        return Err(not_supported());
    }
    if !client.allows(flow) {
        return Err(errors::invalid_parameter(
            "Auth flow not enabled for this client",
        ));
    }
    let request = Request {
        call,
        client,
        pool,
        parameters: Parameters::new(input.auth_parameters),
        session: input.session,
        watched: None,
        client_metadata: None,
    };
    let context = input.context_data;
    let request = request.watched(|_| Origin::of_server(context.as_ref()))?;
    request.observed(|it| begin(it, flow)).map(Into::into)
}

fn begin(request: &Request<'_>, flow: AuthFlowType) -> Result<Outcome, Error> {
    match flow {
        AuthFlowType::UserSrpAuth => flows::user_srp::begin(request),
        AuthFlowType::UserPasswordAuth
        | AuthFlowType::AdminUserPasswordAuth
        | AuthFlowType::AdminNoSrpAuth => flows::user_password::sign_in(request),
        AuthFlowType::RefreshTokenAuth | AuthFlowType::RefreshToken => {
            flows::refresh::refresh(request)
        }
        AuthFlowType::CustomAuth => flows::custom_auth::begin(request),
        AuthFlowType::UserAuth => flows::user_auth::begin(request),
    }
}

fn is_for_administrators(flow: AuthFlowType) -> bool {
    matches!(
        flow,
        AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth
    )
}

/// The error for a flow of the other operation.
fn not_supported() -> Error {
    errors::invalid_parameter("Initiate Auth method not supported.")
}
