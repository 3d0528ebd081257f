//! The typed shapes read what clients send and write what the service answers.

#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use cognito_idp::{Error, ErrorCode, Sensitive, types::*};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Reads a value and writes it again.
fn round_trip<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let typed: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&typed).unwrap(), value);
    typed
}

#[test]
fn requests_as_boto3_sends_them() {
    let request: InitiateAuthRequest = round_trip(json!({
        "AuthFlow": "USER_SRP_AUTH",
        "AuthParameters": { "USERNAME": "jane", "SRP_A": "abcdef" },
        "ClientId": "1example23456789",
    }));
    assert_eq!(request.auth_flow, AuthFlowType::UserSrpAuth);
    assert_eq!(
        request.auth_parameters.unwrap()["USERNAME"].as_str(),
        "jane"
    );
    assert_eq!(request.session, None);

    let request: CreateUserPoolRequest = round_trip(json!({
        "PoolName": "shop",
        "Policies": { "PasswordPolicy": {
            "MinimumLength": 10, "RequireUppercase": true, "RequireLowercase": true,
            "RequireNumbers": false, "RequireSymbols": false, "TemporaryPasswordValidityDays": 3,
        } },
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email"],
        "MfaConfiguration": "OFF",
        "Schema": [{
            "Name": "tenant", "AttributeDataType": "String", "Mutable": true, "Required": false,
            "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "64" },
        }],
        "UserPoolTags": { "stage": "test" },
        "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": false },
    }));
    assert_eq!(
        request.schema.unwrap()[0].attribute_data_type,
        Some(AttributeDataType::String)
    );

    let request: CreateUserPoolClientRequest = round_trip(json!({
        "UserPoolId": "local_abc",
        "ClientName": "web",
        "GenerateSecret": false,
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "CallbackURLs": ["https://example.com/"],
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "TokenValidityUnits": { "AccessToken": "minutes" },
    }));
    assert_eq!(request.callback_urls.unwrap(), ["https://example.com/"]);
}

#[test]
fn answers_as_the_service_writes_them() {
    round_trip::<SignUpResponse>(json!({
        "UserConfirmed": false,
        "UserSub": "2f1c8d0e-0000-4000-8000-000000000000",
        "CodeDeliveryDetails": {
            "Destination": "j***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        },
    }));
    let user: AdminGetUserResponse = round_trip(json!({
        "Username": "jane",
        "UserAttributes": [{ "Name": "email", "Value": "jane@example.com" }],
        "UserCreateDate": 1_700_000_000.125,
        "UserLastModifiedDate": 1_700_000_000.125,
        "Enabled": true,
        "UserStatus": "FORCE_CHANGE_PASSWORD",
    }));
    assert_eq!(user.user_create_date, Some(1_700_000_000.125));
    // An image is base64 text.
    let customization: SetUICustomizationRequest =
        round_trip(json!({ "UserPoolId": "local_abc", "ImageFile": "iVBORw==" }));
    assert_eq!(
        customization.image_file.unwrap().0,
        [0x89, b'P', b'N', b'G']
    );
    // A document is any JSON.
    round_trip::<ManagedLoginBrandingType>(json!({ "Settings": { "components": [1, null, "x"] } }));
    assert_eq!(
        serde_json::to_value(InitiateAuthResponse::default()).unwrap(),
        json!({})
    );
}

#[test]
fn sensitive_values_stay_out_of_debug_output() {
    let request: SignUpRequest = serde_json::from_value(json!({
        "ClientId": "1example23456789", "Username": "jane", "Password": "Correct-horse-1",
        "UserContextData": { "IpAddress": "192.0.2.1" },
    }))
    .unwrap();
    let shown = format!("{request:?}");
    for secret in ["1example", "jane", "horse", "192.0.2.1"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(Sensitive::from("a"), Sensitive::from("a".to_owned()));
    assert_ne!(Sensitive::from("a"), Sensitive::from("ab"));
}

#[test]
fn errors_have_the_service_s_body() {
    let mut error = Error::new(ErrorCode::InvalidParameterException, "no");
    assert_eq!(
        error.to_json(),
        json!({ "__type": "InvalidParameterException", "message": "no" })
    );
    error.reason_code = Some("because".to_owned());
    assert_eq!(error.to_json()["reasonCode"], "because");
    assert_eq!(ErrorCode::InternalErrorException.status(), 500);
}
