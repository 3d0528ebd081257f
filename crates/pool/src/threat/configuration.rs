//! What a pool, or one of its clients, does about a risk.

use std::net::IpAddr;

use cognito_idp::{
    Error,
    types::{
        AccountTakeoverActionType, CompromisedCredentialsEventActionType, EventFilterType,
        NotifyConfigurationType, RiskConfigurationType, RiskLevelType,
    },
};
use ipnet::IpNet;

use crate::{errors, keys, pool::Pool, records::Records};

/// A risk configuration: what `DescribeRiskConfiguration` shows.
#[derive(Default)]
pub(crate) struct RiskConfiguration(RiskConfigurationType);

impl RiskConfiguration {
    /// The client's, or without one the pool's.
    pub fn effective(records: &Records<'_>, pool: &Pool, client: &str) -> Result<Self, Error> {
        let own = records.get(&keys::risk_configuration(&pool.id, Some(client)))?;
        let set = match own {
            Some(own) => Some(own),
            None => records.get(&keys::risk_configuration(&pool.id, None))?,
        };
        Ok(Self(set.unwrap_or_default()))
    }

    /// What is done at this level, if anything was said.
    pub fn action(&self, level: RiskLevelType) -> Option<AccountTakeoverActionType> {
        let takeover = self.0.account_takeover_risk_configuration.as_ref()?;
        match level {
            RiskLevelType::Low => takeover.actions.low_action.clone(),
            RiskLevelType::Medium => takeover.actions.medium_action.clone(),
            RiskLevelType::High => takeover.actions.high_action.clone(),
        }
    }

    pub fn notification(&self) -> Option<&NotifyConfigurationType> {
        let takeover = self.0.account_takeover_risk_configuration.as_ref()?;
        takeover.notify_configuration.as_ref()
    }

    /// Whether requests from this address are refused.
    pub fn blocks(&self, address: Option<IpAddr>) -> bool {
        let exceptions = self.0.risk_exception_configuration.as_ref();
        contains(
            exceptions.and_then(|exceptions| exceptions.blocked_ip_range_list.as_deref()),
            address,
        )
    }

    /// Whether requests from this address are not judged.
    pub fn skips(&self, address: Option<IpAddr>) -> bool {
        let exceptions = self.0.risk_exception_configuration.as_ref();
        contains(
            exceptions.and_then(|exceptions| exceptions.skipped_ip_range_list.as_deref()),
            address,
        )
    }

    /// Whether a compromised password is refused on this occasion. Without a filter that is all of them.
    pub fn blocks_compromised(&self, occasion: EventFilterType) -> bool {
        let configuration = self.0.compromised_credentials_risk_configuration.as_ref();
        configuration.is_some_and(|configuration| {
            let filter = configuration.event_filter.as_deref().unwrap_or_default();
            let is_filtered = filter.is_empty() || filter.contains(&occasion);
            let action = configuration.actions.event_action;
            is_filtered && action == CompromisedCredentialsEventActionType::Block
        })
    }
}

/// Checks what was asked for.
///
/// # Errors
///
/// `InvalidParameterException` for a range that is none, or a notification that nothing is said about. The texts have no
/// source.
pub(crate) fn check(asked: &RiskConfigurationType) -> Result<(), Error> {
    if let Some(exceptions) = &asked.risk_exception_configuration {
        for (name, ranges) in [
            ("BlockedIPRangeList", &exceptions.blocked_ip_range_list),
            ("SkippedIPRangeList", &exceptions.skipped_ip_range_list),
        ] {
            let mut ranges = ranges.iter().flatten();
            if let Some(wrong) = ranges.find(|range| parse(range).is_none()) {
                return Err(errors::invalid_parameter(format!(
                    "{name}: {wrong} is not an IP address range in CIDR notation."
                )));
            }
        }
    }
    if let Some(takeover) = &asked.account_takeover_risk_configuration {
        let actions = &takeover.actions;
        let mut notifies = [
            &actions.low_action,
            &actions.medium_action,
            &actions.high_action,
        ]
        .into_iter()
        .flatten()
        .map(|action| action.notify);
        if takeover.notify_configuration.is_none() && notifies.any(|notifies| notifies) {
            return Err(errors::invalid_parameter(
                "NotifyConfiguration is required if an action notifies users.",
            ));
        }
    }
    Ok(())
}

fn contains(ranges: Option<&[String]>, address: Option<IpAddr>) -> bool {
    let Some(address) = address else { return false };
    let mut ranges = ranges.unwrap_or_default().iter();
    ranges.any(|range| parse(range).is_some_and(|range| range.contains(&address)))
}

fn parse(range: &str) -> Option<IpNet> {
    range.parse().ok()
}
