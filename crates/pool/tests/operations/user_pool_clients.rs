//! `UpdateUserPoolClient`, `DeleteUserPoolClient`, `ListUserPoolClients`, and what a client's settings may be.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal, text},
};

over_both_stores! {
    fn an_unknown_or_another_pools_client_is_refused(stage) {
        let mut stage = stage;
        let foreign = stage.client.clone();
        stage.use_pool(json!({}));
        for client in [foreign.as_str(), "0123456789abcdefghijklmnop"] {
            for operation in ["UpdateUserPoolClient", "DeleteUserPoolClient", "DescribeUserPoolClient"] {
                assert_eq!(
                    stage.refused(operation, stage.with_pool(json!({ "ClientId": client }))),
                    format!("ResourceNotFoundException: User pool client {client} does not exist."),
                );
            }
        }
        let nobodys = json!({ "UserPoolId": "us-east-1_aaaaaaaaa" });
        assert_eq!(
            stage.refused("ListUserPoolClients", nobodys),
            "ResourceNotFoundException: User pool us-east-1_aaaaaaaaa does not exist."
        );
    }

    fn settings_that_do_not_go_together_are_refused_and_change_nothing(stage) {
        let before = describe(&stage);
        for (settings, expected) in [
            (
                json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] }),
                "InvalidParameterException: Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
            ),
            (
                json!({ "AccessTokenValidity": 2, "RefreshTokenValidity": 1, "TokenValidityUnits": { "RefreshToken": "hours" } }),
                "InvalidParameterException: Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
            ),
            (
                json!({ "EnablePropagateAdditionalUserContextData": true }),
                "InvalidParameterException: Client Secret is required to set EnablePropagateAdditionalUserContextData as true",
            ),
            (
                json!({ "AnalyticsConfiguration": { "ApplicationId": "0af9" } }),
                "InvalidParameterException: Invalid analytics configuration given, either <application arn> or \
                 <application id, role arn, external id> are valid",
            ),
            (
                json!({ "CallbackURLs": ["https://a.example"], "DefaultRedirectURI": "https://b.example" }),
                "InvalidParameterException: The default redirect URI https://b.example is not in the callback URIs list.",
            ),
            (
                json!({ "CallbackURLs": ["http://a.example/back"] }),
                "InvalidParameterException: http://a.example/back cannot use the HTTP protocol.",
            ),
            (
                json!({ "LogoutURLs": ["http://localhost.a.example"] }),
                "InvalidParameterException: http://localhost.a.example cannot use the HTTP protocol.",
            ),
            (
                json!({ "AllowedOAuthFlowsUserPoolClient": true }),
                "InvalidParameterException: AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client \
                 is allowed to use OAuth flows.",
            ),
            (
                json!({ "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"] }),
                "InvalidOAuthFlowException: CallbackUrls can not be empty when code flow or implicit flow is selected",
            ),
            (
                json!({ "AllowedOAuthFlows": ["code", "client_credentials"], "CallbackURLs": ["https://a.example"] }),
                "InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow.",
            ),
            (
                json!({ "AllowedOAuthFlows": ["client_credentials"] }),
                "InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.",
            ),
        ] {
            let input = merged(settings, json!({ "UserPoolId": stage.pool }));
            let named = |name: &str, value: &str| merged(input.clone(), json!({ name: value }));
            assert_eq!(stage.refused("UpdateUserPoolClient", named("ClientId", &stage.client)), expected);
            assert_eq!(stage.refused("CreateUserPoolClient", named("ClientName", "client")), expected);
        }
        let machine = stage.with_pool(json!({
            "ClientName": "machine", "GenerateSecret": true,
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["openid"],
        }));
        assert_eq!(
            stage.refused("CreateUserPoolClient", machine),
            "InvalidOAuthFlowException: openid is not supported with client_credentials flow"
        );
        assert_eq!(describe(&stage), before);
    }

    fn what_an_update_leaves_out_is_reset_and_name_and_secret_stay(stage) {
        let mut stage = stage;
        stage.use_client(json!({
            "ClientName": "first", "GenerateSecret": true, "RefreshTokenValidity": 5, "AccessTokenValidity": 2,
            "ReadAttributes": ["email"], "PreventUserExistenceErrors": "ENABLED", "EnableTokenRevocation": false,
            "AuthSessionValidity": 10, "CallbackURLs": ["http://localhost:3000/back"],
        }));
        let before = describe(&stage);
        stage.advance(10);
        let updated = stage.ok("UpdateUserPoolClient", input(&stage, json!({ "IdTokenValidity": 3 })))["UserPoolClient"].clone();
        assert_eq!(describe(&stage), updated);
        for kept in ["ClientId", "ClientName", "ClientSecret", "UserPoolId", "CreationDate"] {
            assert_eq!(updated[kept], before[kept], "{kept}");
        }
        assert!(updated["ClientSecret"].is_string());
        assert_eq!(updated["LastModifiedDate"], json!(1_700_000_010.0));
        assert_eq!(updated["IdTokenValidity"], 3);
        assert_eq!(updated["RefreshTokenValidity"], 30);
        assert_eq!(updated["PreventUserExistenceErrors"], "LEGACY");
        assert_eq!(updated["EnableTokenRevocation"], true);
        assert_eq!(updated["AuthSessionValidity"], 3);
        assert_eq!(
            updated["ExplicitAuthFlows"],
            json!(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"])
        );
        for gone in ["AccessTokenValidity", "ReadAttributes", "CallbackURLs"] {
            assert_eq!(updated.get(gone), None, "{gone}");
        }
    }

    fn a_flow_that_is_taken_away_is_refused_at_once(stage) {
        stage.confirmed("ann");
        stage.tokens("ann");
        stage.ok("UpdateUserPoolClient", input(&stage, json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] })));
        assert_eq!(
            refusal(stage.password_sign_in("ann", PASSWORD)),
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client"
        );
        stage.srp_sign_in("ann", PASSWORD).unwrap();
    }

    fn a_deleted_clients_tokens_are_worth_nothing(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        assert_eq!(stage.ok("DeleteUserPoolClient", input(&stage, json!({}))), json!({}));
        let gone = format!("ResourceNotFoundException: User pool client {} does not exist.", stage.client);
        assert_eq!(stage.refused("DescribeUserPoolClient", input(&stage, json!({}))), gone);
        assert_eq!(stage.refused("DeleteUserPoolClient", input(&stage, json!({}))), gone);
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), gone);
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": tokens["AccessToken"] })), gone);
        assert_eq!(stage.ok("ListUserPoolClients", stage.with_pool(json!({})))["UserPoolClients"], json!([]));
    }

    fn clients_are_listed_page_by_page_and_by_type(stage) {
        let mut made = vec![stage.client.clone()];
        for number in 0..4 {
            let created = stage.ok("CreateUserPoolClient", stage.with_pool(json!({ "ClientName": format!("client-{number}") })));
            made.push(text(&created["UserPoolClient"]["ClientId"]));
        }
        made.sort_unstable();
        let list = |more: Value| stage.ok("ListUserPoolClients", stage.with_pool(more));
        let first = list(json!({ "MaxResults": 3 }));
        let second = list(json!({ "MaxResults": 3, "NextToken": first["NextToken"] }));
        assert_eq!(second.get("NextToken"), None);
        assert_eq!([ids(&first), ids(&second)].concat(), made);
        let one = &first["UserPoolClients"][0];
        assert_eq!(one["UserPoolId"], json!(stage.pool));
        assert!(one["ClientName"].is_string() && one.get("ClientSecret").is_none());
        assert_eq!(ids(&list(json!({ "ClientType": "REGULAR" }))), made);
        assert_eq!(list(json!({ "ClientType": "DCR" }))["UserPoolClients"], json!([]));
    }
}

/// The input of an operation that names the pool and the client.
fn input(stage: &Stage, more: Value) -> Value {
    merged(stage.with_pool(json!({ "ClientId": stage.client })), more)
}

fn describe(stage: &Stage) -> Value {
    stage.ok("DescribeUserPoolClient", input(stage, json!({})))["UserPoolClient"].clone()
}

fn ids(page: &Value) -> Vec<String> {
    let clients = page["UserPoolClients"].as_array().unwrap();
    clients
        .iter()
        .map(|client| text(&client["ClientId"]))
        .collect()
}
