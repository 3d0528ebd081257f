//! `SetRiskConfiguration`, `DescribeRiskConfiguration`: what a pool, or one of its clients in the pool's place, does about
//! a risk.

use cognito_idp::{
    Error,
    types::{
        DescribeRiskConfigurationRequest, DescribeRiskConfigurationResponse, RiskConfigurationType,
        SetRiskConfigurationRequest, SetRiskConfigurationResponse,
    },
};

use crate::{
    client::Client, keys, pool::Pool, records::Records, service::Call, threat::configuration,
};

/// A request that says nothing but whose configuration it is about takes it back.
pub(super) fn set_risk_configuration(
    call: Call<'_>,
    input: SetRiskConfigurationRequest,
) -> Result<SetRiskConfigurationResponse, Error> {
    call.transact(|records| {
        let key = key(records, &input.user_pool_id, input.client_id.as_deref())?;
        let asked = RiskConfigurationType {
            user_pool_id: Some(input.user_pool_id),
            client_id: input.client_id,
            compromised_credentials_risk_configuration: input
                .compromised_credentials_risk_configuration,
            account_takeover_risk_configuration: input.account_takeover_risk_configuration,
            risk_exception_configuration: input.risk_exception_configuration,
            last_modified_date: Some(call.now.api_timestamp()),
        };
        configuration::check(&asked)?;
        let is_empty = asked.compromised_credentials_risk_configuration.is_none()
            && asked.account_takeover_risk_configuration.is_none()
            && asked.risk_exception_configuration.is_none();
        if is_empty {
            records.delete(&key)?;
        } else {
            records.put(&key, &asked)?;
        }
        Ok(SetRiskConfigurationResponse {
            risk_configuration: asked,
        })
    })
}

pub(super) fn describe_risk_configuration(
    call: Call<'_>,
    input: DescribeRiskConfigurationRequest,
) -> Result<DescribeRiskConfigurationResponse, Error> {
    call.transact(|records| {
        let key = key(records, &input.user_pool_id, input.client_id.as_deref())?;
        let set: Option<RiskConfigurationType> = records.get(&key)?;
        Ok(DescribeRiskConfigurationResponse {
            risk_configuration: set.unwrap_or_else(|| RiskConfigurationType {
                user_pool_id: Some(input.user_pool_id),
                client_id: input.client_id,
                ..RiskConfigurationType::default()
            }),
        })
    })
}

/// Where the configuration lies.
fn key(records: &Records<'_>, pool_id: &str, client_id: Option<&str>) -> Result<String, Error> {
    let pool = Pool::load(records, pool_id)?;
    pool.check_threat_protection()?;
    if let Some(client_id) = client_id {
        Client::load_in(records, &pool, client_id)?;
    }
    Ok(keys::risk_configuration(&pool.id, client_id))
}
