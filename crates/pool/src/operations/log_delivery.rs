//! `SetLogDeliveryConfiguration`, `GetLogDeliveryConfiguration`: where a pool's logs would go. Nothing is delivered.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        EventSourceName, GetLogDeliveryConfigurationRequest, GetLogDeliveryConfigurationResponse,
        LogConfigurationType, LogDeliveryConfigurationType, LogLevel,
        SetLogDeliveryConfigurationRequest, SetLogDeliveryConfigurationResponse, UserPoolTierType,
    },
};

use crate::{errors, keys, pool::Pool, service::Call};

pub(super) fn set_log_delivery_configuration(
    call: Call<'_>,
    input: SetLogDeliveryConfigurationRequest,
) -> Result<SetLogDeliveryConfigurationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        if let [first, second] = input.log_configurations.as_slice()
            && first.event_source == second.event_source
        {
            return Err(errors::invalid_parameter(
                "Following event sources appear more then once in a request",
            ));
        }
        for configuration in &input.log_configurations {
            check(call, &pool, configuration)?;
        }
        let delivery = LogDeliveryConfigurationType {
            user_pool_id: input.user_pool_id,
            log_configurations: input.log_configurations,
        };
        records.put(&keys::log_delivery(&pool.id), &delivery)?;
        Ok(SetLogDeliveryConfigurationResponse {
            log_delivery_configuration: Some(delivery),
        })
    })
}

pub(super) fn get_log_delivery_configuration(
    call: Call<'_>,
    input: GetLogDeliveryConfigurationRequest,
) -> Result<GetLogDeliveryConfigurationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let delivery = records.get(&keys::log_delivery(&pool.id))?;
        let delivery = delivery.unwrap_or_else(|| LogDeliveryConfigurationType {
            user_pool_id: pool.id.clone(),
            log_configurations: Vec::new(),
        });
        Ok(GetLogDeliveryConfigurationResponse {
            log_delivery_configuration: Some(delivery),
        })
    })
}

/// Errors about messages go to CloudWatch; what users did goes to one of three places, from pools of the Plus tier.
fn check(call: Call<'_>, pool: &Pool, wanted: &LogConfigurationType) -> Result<(), Error> {
    let group = wanted.cloud_watch_logs_configuration.as_ref();
    let destinations = [
        group.is_some(),
        wanted.s3_configuration.is_some(),
        wanted.firehose_configuration.is_some(),
    ];
    let count = destinations.iter().filter(|is_set| **is_set).count();
    let tier = pool.settings.user_pool_tier;
    let fits = match wanted.event_source {
        EventSourceName::UserAuthEvents if tier != Some(UserPoolTierType::Plus) => {
            return Err(Error::new(
                ErrorCode::FeatureUnavailableInTierException,
                format!(
                    "The following feature is not available for the {} pricing tier configured: Log Streaming",
                    tier.unwrap_or(UserPoolTierType::Essentials)
                ),
            ));
        }
        EventSourceName::UserAuthEvents => wanted.log_level == LogLevel::Info && count == 1,
        EventSourceName::UserNotification => {
            wanted.log_level == LogLevel::Error && group.is_some() && count == 1
        }
    };
    if !fits {
        // The text has no source.
        return Err(errors::invalid_parameter(format!(
            "The log level or the destination does not fit the event source {}.",
            wanted.event_source
        )));
    }
    let arn = group.and_then(|group| group.log_group_arn.as_deref());
    let region = arn.and_then(|arn| arn.split(':').nth(3));
    if region.is_some_and(|region| region != call.settings().region) {
        return Err(errors::invalid_parameter(
            "ARN does not belong to current region",
        ));
    }
    Ok(())
}
