//! Every operation on a pool's client, called with another pool's.

use serde_json::{Value, json};

use super::model::operations_with;
use crate::{
    over_both_stores,
    stage::{PASSWORD, merged},
};

over_both_stores! {
    fn another_pools_client_is_not_there(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "GenerateSecret": true }));
        let theirs = stage.with_pool(json!({ "ClientId": stage.client }));
        let before = stage.ok("DescribeUserPoolClient", theirs.clone());
        let client = stage.client.clone();
        // Some operations are for pools with a domain, or with threat protection, alone.
        stage.use_protected_pool("AUDIT");
        stage.ok("CreateUserPoolDomain", stage.with_pool(json!({ "Domain": "mine" })));
        stage.client = client;

        for operation in operations_with(&["UserPoolId", "ClientId"]) {
            let input = merged(input(&operation), stage.with_pool(json!({ "ClientId": stage.client })));
            let refused = stage.refused(&operation, input);
            assert!(
                refused.starts_with("ResourceNotFoundException: ") || is_unsupported(&refused),
                "{operation}: {refused}"
            );
        }
        assert_eq!(stage.ok("DescribeUserPoolClient", theirs), before);
    }

    /// The test above proves something only if the same input does for a client of the pool's own.
    fn a_pools_own_client_is_there(stage) {
        let mut stage = stage;
        stage.ok("CreateUserPoolDomain", stage.with_pool(json!({ "Domain": "mine" })));
        for operation in operations_with(&["UserPoolId", "ClientId"]) {
            stage.use_client(json!({ "GenerateSecret": true }));
            let input = merged(input(&operation), stage.with_pool(json!({ "ClientId": stage.client })));
            if let Err(error) = stage.call(&operation, input) {
                let refused = error.to_string();
                assert!(!refused.contains(&format!("client {}", stage.client)) || is_about_its_secret(&refused), "{operation}: {refused}");
            }
        }
    }
}

fn is_unsupported(refused: &str) -> bool {
    refused.starts_with("UnsupportedOperationException: ")
}

fn is_about_its_secret(refused: &str) -> bool {
    refused.contains("secret")
}

/// What an operation takes beside pool and client, good enough for the client to be looked for.
fn input(operation: &str) -> Value {
    match operation {
        "AddUserPoolClientSecret"
        | "DeleteUserPoolClient"
        | "DescribeManagedLoginBrandingByClient"
        | "DescribeRiskConfiguration"
        | "DescribeUserPoolClient"
        | "GetUICustomization"
        | "GetUserPoolClientSessionConfiguration"
        | "ListUserPoolClientSecrets"
        | "UpdateUserPoolClient" => json!({}),
        "AdminInitiateAuth" => json!({
            "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "ann", "PASSWORD": PASSWORD },
        }),
        "AdminRespondToAuthChallenge" => json!({
            "ChallengeName": "SMS_MFA",
            "ChallengeResponses": { "USERNAME": "ann", "SMS_MFA_CODE": "123456" },
            "Session": "A".repeat(64),
        }),
        "CreateManagedLoginBranding" => json!({ "UseCognitoProvidedValues": true }),
        "CreateTerms" => json!({
            "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE",
            "Links": { "cognito:default": "https://example.com/terms" },
        }),
        "DeleteUserPoolClientSecret" => json!({ "ClientSecretId": "none" }),
        "DescribeTermsByClient" => json!({ "TermsName": "terms-of-use" }),
        "SetRiskConfiguration" => {
            json!({ "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "BLOCK" } } })
        }
        "SetUICustomization" => json!({ "CSS": ".label-customizable { font-weight: 400; }" }),
        "SetUserPoolClientSessionConfiguration" => {
            json!({ "SSOSession": { "MaxValidityMinutes": 5 } })
        }
        other => panic!("{other} is about a pool's client: say here what else it takes"),
    }
}
