//! Validation: the texts are the service's.

#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use cognito_idp::{ErrorCode, Operation, misfit, validate};
use serde_json::{Value, json};

/// The message of the one `InvalidParameterException`.
fn violations(operation: Operation, input: Value) -> String {
    let error = validate(operation, &input).unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidParameterException);
    error.message
}

/// The message of the `SerializationException`.
fn wrong_type(operation: Operation, input: Value) -> String {
    let error = validate(operation, &input).unwrap_err();
    assert_eq!(error.code, ErrorCode::SerializationException);
    error.message
}

fn sign_up(password: &str) -> Value {
    json!({ "ClientId": "1example23456789", "Username": "jane", "Password": password })
}

#[test]
fn missing_members() {
    let one = "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: \
               Member must not be null";
    assert_eq!(
        violations(
            Operation::InitiateAuth,
            json!({ "AuthFlow": "USER_SRP_AUTH" })
        ),
        one
    );
    assert_eq!(
        violations(
            Operation::InitiateAuth,
            json!({ "AuthFlow": "USER_SRP_AUTH", "ClientId": null })
        ),
        one
    );
    assert_eq!(
        violations(Operation::InitiateAuth, json!({})),
        "2 validation errors detected: \
         Value null at 'authFlow' failed to satisfy constraint: Member must not be null; \
         Value null at 'clientId' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn patterns_repeat_values_that_are_not_sensitive() {
    assert_eq!(
        violations(
            Operation::VerifySoftwareToken,
            json!({ "UserCode": "123456", "AccessToken": "to ken" })
        ),
        "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"
    );
    assert_eq!(
        violations(
            Operation::DescribeUserPool,
            json!({ "UserPoolId": "nonsense" })
        ),
        r"1 validation error detected: Value 'nonsense' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"
    );
}

#[test]
fn short_passwords_and_spaces_at_their_ends() {
    let length = "Value at 'password' failed to satisfy constraint: \
                  Member must have length greater than or equal to 6";
    let pattern = r"Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\S]+.*[\S]+$";
    assert_eq!(
        violations(Operation::SignUp, sign_up("aB3$x")),
        format!("1 validation error detected: {length}")
    );
    assert_eq!(
        violations(Operation::SignUp, sign_up("")),
        format!("2 validation errors detected: {length}; {pattern}")
    );
    assert_eq!(
        violations(Operation::SignUp, sign_up(" Passw0rd!")),
        format!("1 validation error detected: {pattern}")
    );
    assert_eq!(validate(Operation::SignUp, &sign_up("Pass w0rd!")), Ok(()));
    assert_eq!(
        violations(Operation::SignUp, sign_up(&"x".repeat(257))),
        "1 validation error detected: Value at 'password' failed to satisfy constraint: \
         Member must have length less than or equal to 256"
    );
}

#[test]
fn enums() {
    assert_eq!(
        violations(
            Operation::InitiateAuth,
            json!({ "AuthFlow": "MAGIC", "ClientId": "1example23456789" })
        ),
        "1 validation error detected: Value 'MAGIC' at 'authFlow' failed to satisfy constraint: \
         Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, \
         ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH]"
    );
}

#[test]
fn ranges() {
    let limit = |limit: i64| json!({ "UserPoolId": "local_abc", "Limit": limit });
    assert_eq!(
        violations(Operation::ListUsers, limit(61)),
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: \
         Member must have value less than or equal to 60"
    );
    assert_eq!(
        violations(Operation::ListUsers, limit(-1)),
        "1 validation error detected: Value '-1' at 'limit' failed to satisfy constraint: \
         Member must have value greater than or equal to 0"
    );
    assert_eq!(validate(Operation::ListUsers, &limit(0)), Ok(()));
}

#[test]
fn elements_of_lists_have_a_path() {
    let mut input = sign_up("Passw0rd!");
    input["UserAttributes"] =
        json!([{ "Name": "email", "Value": "x@example.com" }, { "Value": "y" }]);
    assert_eq!(
        violations(Operation::SignUp, input.clone()),
        "1 validation error detected: Value null at 'userAttributes.2.member.name' failed to satisfy constraint: \
         Member must not be null"
    );
    input["UserAttributes"] = json!([null]);
    assert!(
        violations(Operation::SignUp, input).contains("Value null at 'userAttributes.1.member'")
    );
}

#[test]
fn scalars_in_lists_and_maps_are_judged_together() {
    let client = json!({
        "UserPoolId": "local_abc", "ClientName": "web",
        "CallbackURLs": ["https://example.com/a b", "https://example.com/"],
    });
    assert_eq!(
        violations(Operation::CreateUserPoolClient, client),
        r"1 validation error detected: Value '[https://example.com/a b, https://example.com/]' at 'callbackURLs' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+]"
    );
    let tags = json!({ "PoolName": "shop", "UserPoolTags": { "stage": "x".repeat(257), "": "y" } });
    let message = violations(Operation::CreateUserPool, tags);
    assert!(
        message.starts_with("2 validation errors detected: Value '{"),
        "{message}"
    );
    assert!(message.contains(
        "at 'userPoolTags' failed to satisfy constraint: Map keys must satisfy constraint: \
         [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]"
    ));
    assert!(message.contains(
        "Map value must satisfy constraint: \
         [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]"
    ));
}

#[test]
fn sensitive_maps_are_not_repeated() {
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "1example23456789",
        "AuthParameters": { "USERNAME": "jane", "PASSWORD": null, "OTHER": "hush" },
    });
    let message = violations(Operation::InitiateAuth, input);
    assert!(
        message.starts_with("1 validation error detected: Value at 'authParameters' failed"),
        "{message}"
    );
}

#[test]
fn lengths_of_lists() {
    let message = violations(
        Operation::CreateUserPool,
        json!({ "PoolName": "shop", "Schema": [] }),
    );
    assert_eq!(
        message,
        "1 validation error detected: Value '[]' at 'schema' failed to satisfy constraint: \
         Member must have length greater than or equal to 1"
    );
}

#[test]
fn wrong_json_types() {
    let initiate = |client: Value| json!({ "AuthFlow": "USER_SRP_AUTH", "ClientId": client });
    let message = |client: Value| wrong_type(Operation::InitiateAuth, initiate(client));
    assert_eq!(
        message(json!(5)),
        "NUMBER_VALUE can not be converted to a String"
    );
    assert_eq!(
        message(json!(true)),
        "TRUE_VALUE can not be converted to a String"
    );
    assert_eq!(
        message(json!({})),
        "Start of structure or map found where not expected."
    );
    assert_eq!(message(json!([])), "Start of list found where not expected");
    let limit = |limit: Value| json!({ "UserPoolId": "local_abc", "Limit": limit });
    assert_eq!(
        wrong_type(Operation::ListUsers, limit(json!("5"))),
        "STRING_VALUE can not be converted to an Integer"
    );
    assert_eq!(
        wrong_type(Operation::ListUsers, limit(json!(0.5))),
        "DECIMAL_VALUE can not be converted to an Integer"
    );
    wrong_type(Operation::ListUsers, limit(json!(i64::MAX)));
    wrong_type(Operation::SignUp, json!({ "UserAttributes": "x" }));
    wrong_type(Operation::SignUp, json!([]));
    wrong_type(Operation::SignUp, json!(null));
    wrong_type(Operation::SignUp, json!("x"));
    // Wrong types come before violated constraints.
    wrong_type(Operation::InitiateAuth, json!({ "ClientId": 5 }));
    wrong_type(
        Operation::SetUICustomization,
        json!({ "UserPoolId": "local_abc", "ImageFile": "not base64!" }),
    );
}

#[test]
fn unknown_members_are_ignored() {
    let mut input = sign_up("Passw0rd!");
    input["Nonsense"] = json!({ "deep": [1] });
    assert_eq!(validate(Operation::SignUp, &input), Ok(()));
}

/// What passes validation must also be readable as its type: nothing may fall between the two.
#[test]
fn valid_input_is_readable() {
    let input = json!({
        "AuthFlow": "USER_SRP_AUTH", "ClientId": "1example23456789", "Session": null,
        "AuthParameters": { "USERNAME": "jane", "SRP_A": "abcdef" },
        "ClientMetadata": {}, "UserContextData": { "EncodedData": "x" },
    });
    assert_eq!(validate(Operation::InitiateAuth, &input), Ok(()));
    let typed: cognito_idp::types::InitiateAuthRequest = serde_json::from_value(input).unwrap();
    assert!(typed.session.is_none());
}

#[test]
fn a_misfit_is_named_with_its_place() {
    for (input, expected) in [
        (json!({ "PoolName": "pool" }), None),
        (json!({ "PoolName": "pool", "Schema": null }), None),
        (json!({ "PoolName": 7 }), Some(("PoolName", "a string"))),
        (
            json!({ "AliasAttributes": "email" }),
            Some(("AliasAttributes", "a list")),
        ),
        (
            json!({ "AliasAttributes": ["email", 7] }),
            Some(("AliasAttributes[1]", "a string")),
        ),
        (
            json!({ "UsernameConfiguration": { "CaseSensitive": "no" } }),
            Some(("UsernameConfiguration.CaseSensitive", "true or false")),
        ),
        (
            json!({ "UsernameConfiguration": { "caseSensitive": false } }),
            Some((
                "UsernameConfiguration.caseSensitive",
                "one of CaseSensitive",
            )),
        ),
        (
            json!({ "Policies": { "PasswordPolicy": { "MinimumLength": 8.5 } } }),
            Some(("Policies.PasswordPolicy.MinimumLength", "a whole number")),
        ),
        (
            json!({ "UserPoolTags": { "team": [] } }),
            Some(("UserPoolTags.team", "a string")),
        ),
        (json!([]), Some(("", "an object"))),
    ] {
        let found = misfit(Operation::CreateUserPool, &input);
        let found = found.map(|misfit| (misfit.path, misfit.expected));
        let expected = expected.map(|(path, what)| (path.to_owned(), what.to_owned()));
        assert_eq!(found, expected, "{input}");
    }
}
