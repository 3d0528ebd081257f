//! Pricing tiers: what a pool of the lowest one lacks.

use cognito_idp::{
    Error, ErrorCode,
    types::{UserPoolTierType, UserPoolType},
};

/// Checks that a pool of these settings may have a feature that is not of the lowest tier.
///
/// # Errors
///
/// `FeatureUnavailableInTierException` if it may not, as the service says it of managed login. What it calls other
/// features is not known.
pub(crate) fn check_above_lite(settings: &UserPoolType, feature: &str) -> Result<(), Error> {
    if settings.user_pool_tier == Some(UserPoolTierType::Lite) {
        return Err(Error::new(
            ErrorCode::FeatureUnavailableInTierException,
            format!(
                "The following feature is not available for the LITE pricing tier configured: {feature}"
            ),
        ));
    }
    Ok(())
}
