//! `SetUserPoolSessionConfiguration`, `GetUserPoolSessionConfiguration`, `SetUserPoolClientSessionConfiguration`,
//! `GetUserPoolClientSessionConfiguration`: how many sign-ins a user may have at a time, and for how long managed login
//! (which is not served yet) would remember one.

use cognito_idp::{
    Error,
    types::{
        ClientSSOSessionConfigType, GetUserPoolClientSessionConfigurationRequest,
        GetUserPoolClientSessionConfigurationResponse, GetUserPoolSessionConfigurationRequest,
        GetUserPoolSessionConfigurationResponse, SetUserPoolClientSessionConfigurationRequest,
        SetUserPoolClientSessionConfigurationResponse, SetUserPoolSessionConfigurationRequest,
        SetUserPoolSessionConfigurationResponse, UserPoolTokenSessionConfigType,
        UserSessionTrackingType,
    },
};

use crate::{
    client::Client, keys, pool::Pool, service::Call, session_tracking::SessionTracking, tier,
};

/// What is not of the lowest tier.
const FEATURE: &str = "Session Tracking";

/// For how many minutes a client reuses a sign-in where nobody has said.
const USUAL_VALIDITY: i32 = 60;

pub(super) fn set_user_pool_session_configuration(
    call: Call<'_>,
    input: SetUserPoolSessionConfigurationRequest,
) -> Result<SetUserPoolSessionConfigurationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        tier::check_above_lite(&pool.settings, FEATURE)?;
        let tracking = SessionTracking {
            is_on: input.user_session_tracking == UserSessionTrackingType::Enabled,
            most: input.token_session.max_per_user,
        };
        tracking.save(records, &pool)?;
        Ok(SetUserPoolSessionConfigurationResponse {
            user_pool_id: Some(pool.id.clone()),
            user_session_tracking: Some(input.user_session_tracking),
            token_session: Some(input.token_session),
        })
    })
}

pub(super) fn get_user_pool_session_configuration(
    call: Call<'_>,
    input: GetUserPoolSessionConfigurationRequest,
) -> Result<GetUserPoolSessionConfigurationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let tracking = SessionTracking::load(records, &pool)?;
        Ok(GetUserPoolSessionConfigurationResponse {
            user_pool_id: Some(pool.id.clone()),
            user_session_tracking: Some(if tracking.is_on {
                UserSessionTrackingType::Enabled
            } else {
                UserSessionTrackingType::Disabled
            }),
            token_session: Some(UserPoolTokenSessionConfigType {
                max_per_user: tracking.most,
            }),
        })
    })
}

pub(super) fn set_user_pool_client_session_configuration(
    call: Call<'_>,
    input: SetUserPoolClientSessionConfigurationRequest,
) -> Result<SetUserPoolClientSessionConfigurationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        tier::check_above_lite(&pool.settings, FEATURE)?;
        SessionTracking::load(records, &pool)?.check_on()?;
        records.put(&keys::sso_session(&pool.id, &client.id), &input.sso_session)?;
        Ok(SetUserPoolClientSessionConfigurationResponse {
            user_pool_id: Some(pool.id.clone()),
            client_id: Some(input.client_id),
            sso_session: Some(input.sso_session),
        })
    })
}

pub(super) fn get_user_pool_client_session_configuration(
    call: Call<'_>,
    input: GetUserPoolClientSessionConfigurationRequest,
) -> Result<GetUserPoolClientSessionConfigurationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        let set = records.get(&keys::sso_session(&pool.id, &client.id))?;
        Ok(GetUserPoolClientSessionConfigurationResponse {
            user_pool_id: Some(pool.id.clone()),
            client_id: Some(input.client_id),
            sso_session: Some(set.unwrap_or(ClientSSOSessionConfigType {
                max_validity_minutes: USUAL_VALIDITY,
            })),
        })
    })
}
