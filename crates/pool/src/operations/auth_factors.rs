//! `GetUserAuthFactors`, `AdminGetUserAuthFactors`: what a user can sign in with.

use cognito_idp::{
    Error,
    types::{
        AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse, AuthFactorType,
        ChallengeNameType, GetUserAuthFactorsRequest, GetUserAuthFactorsResponse,
    },
};

use crate::{
    first_factor,
    pool::Pool,
    records::Records,
    service::Call,
    tokens::access::{self, Bearer},
    user::User,
};

pub(super) fn get_user_auth_factors(
    call: Call<'_>,
    input: GetUserAuthFactorsRequest,
) -> Result<GetUserAuthFactorsResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        Ok(GetUserAuthFactorsResponse {
            username: user.username.as_str().into(),
            preferred_mfa_setting: user.mfa.preferred_setting(),
            user_mfa_setting_list: user.mfa.setting_list(),
            configured_user_auth_factors: Some(configured(records, &pool, &user)?),
        })
    })
}

pub(super) fn admin_get_user_auth_factors(
    call: Call<'_>,
    input: AdminGetUserAuthFactorsRequest,
) -> Result<AdminGetUserAuthFactorsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        Ok(AdminGetUserAuthFactorsResponse {
            username: user.username.as_str().into(),
            preferred_mfa_setting: user.mfa.preferred_setting(),
            user_mfa_setting_list: user.mfa.setting_list(),
            configured_user_auth_factors: Some(configured(records, &pool, &user)?),
        })
    })
}

/// The first factors. Both ways to show a password are one.
fn configured(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
) -> Result<Vec<AuthFactorType>, Error> {
    let available = first_factor::available(records, pool, Some(user))?;
    let factors = available
        .into_iter()
        .filter_map(|challenge| match challenge {
            ChallengeNameType::Password => Some(AuthFactorType::Password),
            ChallengeNameType::EmailOtp => Some(AuthFactorType::EmailOtp),
            ChallengeNameType::SmsOtp => Some(AuthFactorType::SmsOtp),
            ChallengeNameType::WebAuthn => Some(AuthFactorType::WebAuthn),
            _ => None,
        });
    Ok(factors.collect())
}
