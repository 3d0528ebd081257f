//! `GetProvisionedLimit`, `UpdateProvisionedLimit`: how many requests of a category there may be in a second. The
//! numbers are kept; this pool slows nobody down.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        GetProvisionedLimitRequest, GetProvisionedLimitResponse, LimitDefinitionType, LimitType,
        UpdateProvisionedLimitRequest, UpdateProvisionedLimitResponse,
    },
};

use crate::{errors, keys, service::Call};

/// The categories and what each may do in a second for nothing, as the developer guide's quotas list them.
const CATEGORIES: [(&str, i32); 17] = [
    ("UserAuthentication", 120),
    ("UserCreation", 50),
    ("UserFederation", 25),
    ("UserAccountRecovery", 30),
    ("UserRead", 120),
    ("UserUpdate", 25),
    ("UserToken", 120),
    ("UserResourceRead", 50),
    ("UserResourceUpdate", 25),
    ("UserList", 30),
    ("UserPoolRead", 15),
    ("UserPoolUpdate", 15),
    ("UserPoolResourceRead", 20),
    ("UserPoolResourceUpdate", 15),
    ("UserPoolClientRead", 15),
    ("UserPoolClientUpdate", 15),
    ("ClientAuthentication", 150),
];

/// How many times the free number an account may have: a matter of the account's quotas, which there are none of here.
const MOST: i32 = 10;

pub(super) fn get_provisioned_limit(
    call: Call<'_>,
    input: GetProvisionedLimitRequest,
) -> Result<GetProvisionedLimitResponse, Error> {
    let (category, free) = category(&input.limit_definition)?;
    call.transact(|records| {
        let provisioned: Option<i32> = records.get(&keys::provisioned_limit(category))?;
        Ok(GetProvisionedLimitResponse {
            limit: LimitType {
                limit_definition: input.limit_definition,
                provisioned_limit_value: provisioned.unwrap_or(free),
                free_limit_value: free,
            },
        })
    })
}

pub(super) fn update_provisioned_limit(
    call: Call<'_>,
    input: UpdateProvisionedLimitRequest,
) -> Result<UpdateProvisionedLimitResponse, Error> {
    let (category, free) = category(&input.limit_definition)?;
    let wanted = input.requested_limit_value;
    // The texts have no source.
    if wanted < free {
        return Err(errors::invalid_parameter(format!(
            "The limit of {category} cannot be less than {free}."
        )));
    }
    if wanted > free * MOST {
        return Err(Error::new(
            ErrorCode::ServiceQuotaExceededException,
            format!(
                "The limit of {category} cannot be more than {}.",
                free * MOST
            ),
        ));
    }
    call.transact(|records| {
        records.put(&keys::provisioned_limit(category), &wanted)?;
        Ok(UpdateProvisionedLimitResponse {
            limit: LimitType {
                limit_definition: input.limit_definition,
                provisioned_limit_value: wanted,
                free_limit_value: free,
            },
        })
    })
}

fn category(definition: &LimitDefinitionType) -> Result<(&'static str, i32), Error> {
    let wanted = definition.attributes.get("Category").map(String::as_str);
    let known = CATEGORIES
        .into_iter()
        .find(|(name, _)| Some(*name) == wanted);
    known
        .filter(|_| definition.attributes.len() == 1)
        .ok_or_else(|| {
            errors::invalid_parameter(
                "The attributes of an API_CATEGORY limit are its Category alone.",
            )
        })
}
