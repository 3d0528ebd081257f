//! `GetClientToken`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, claims, merged, text},
};

over_both_stores! {
    fn the_flow_is_a_confidential_clients_only_one(stage) {
        let refused = |settings: Value| {
            let input = merged(stage.with_pool(json!({ "ClientName": "machine" })), settings);
            stage.refused("CreateUserPoolClient", input)
        };
        for settings in [
            json!({ "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"] }),
            json!({ "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"], "GenerateSecret": true }),
        ] {
            let refused = refused(settings);
            assert!(refused.starts_with("InvalidParameterException: ALLOW_CLIENT_TOKEN_AUTH "), "{refused}");
        }
    }

    fn nothing_is_given_without_the_secret(stage) {
        let (client, secret) = machine(&stage);
        for (id, wrong, expected) in [
            (client.as_str(), format!("{secret}x"), "NotAuthorizedException: Invalid client secret"),
            (&stage.client, secret.clone(), "NotAuthorizedException: Invalid client secret"),
            ("nobody", secret, "ResourceNotFoundException: User pool client nobody does not exist."),
        ] {
            assert_eq!(stage.refused("GetClientToken", json!({ "ClientId": id, "Secret": wrong })), expected);
        }
    }

    fn a_client_of_users_gets_none(stage) {
        let input = stage.with_pool(json!({ "ClientName": "confidential", "GenerateSecret": true }));
        let client = stage.ok("CreateUserPoolClient", input)["UserPoolClient"].clone();
        let refused = stage.refused("GetClientToken", json!({ "ClientId": client["ClientId"], "Secret": client["ClientSecret"] }));
        assert_eq!(refused, "InvalidParameterException: CLIENT_TOKEN_AUTH flow not enabled for this client");
    }

    fn a_scope_that_is_not_the_clients_is_refused(stage) {
        let (client, secret) = machine(&stage);
        for scope in ["api/delete", "api", "openid", "aws.cognito.signin.user.admin"] {
            assert_eq!(
                stage.refused("GetClientToken", json!({ "ClientId": client, "Secret": secret, "Scopes": ["api/read", scope] })),
                format!("InvalidParameterException: Invalid scope requested: {scope}")
            );
        }
    }

    fn the_token_says_what_the_services_says(stage) {
        let (client, secret) = machine(&stage);
        let answer = stage.ok("GetClientToken", json!({ "ClientId": client, "Secret": secret, "Scopes": ["api/read"] }));
        let result = &answer["ClientAuthenticationResult"];
        assert_eq!((&result["ExpiresIn"], &result["TokenType"]), (&json!(3600), &json!("Bearer")));
        let claims = claims(&result["AccessToken"]);
        assert_eq!(claims, json!({
            "sub": client,
            "token_use": "access",
            "scope": "api/read",
            "auth_time": 1_700_000_000,
            "iss": format!("https://cognito-idp.us-east-1.amazonaws.com/{}", stage.pool),
            "exp": 1_700_003_600,
            "iat": 1_700_000_000,
            "version": 2,
            "jti": claims["jti"],
            "client_id": client,
        }));
    }

    fn without_scopes_it_has_all_that_are_still_there(stage) {
        let (client, secret) = machine(&stage);
        let scope = || {
            let answer = stage.call("GetClientToken", json!({ "ClientId": client, "Secret": secret }))?;
            Ok::<_, cognito_idp::Error>(claims(&answer["ClientAuthenticationResult"]["AccessToken"])["scope"].clone())
        };
        assert_eq!(scope().unwrap(), "api/read api/write");
        let reduced = json!({ "Identifier": "api", "Name": "api", "Scopes": [{ "ScopeName": "write", "ScopeDescription": "write" }] });
        stage.ok("UpdateResourceServer", stage.with_pool(reduced));
        assert_eq!(scope().unwrap(), "api/write");
        stage.ok("DeleteResourceServer", stage.with_pool(json!({ "Identifier": "api" })));
        assert!(scope().unwrap_err().to_string().starts_with("InvalidParameterException: "));
    }

    fn the_second_secret_is_as_good_and_a_deleted_one_is_not(stage) {
        let (client, first) = machine(&stage);
        let input = stage.with_pool(json!({ "ClientId": client }));
        let second = stage.ok("AddUserPoolClientSecret", input.clone())["ClientSecretDescriptor"]["ClientSecretValue"].clone();
        stage.ok("GetClientToken", json!({ "ClientId": client, "Secret": second }));
        let listed = stage.ok("ListUserPoolClientSecrets", input.clone())["ClientSecrets"].clone();
        let oldest = json!({ "ClientSecretId": listed[0]["ClientSecretId"] });
        stage.ok("DeleteUserPoolClientSecret", merged(input, oldest));
        assert!(stage.call("GetClientToken", json!({ "ClientId": client, "Secret": first })).is_err());
    }

    fn no_user_is_behind_the_token(stage) {
        let (client, secret) = machine(&stage);
        let token = stage.ok("GetClientToken", json!({ "ClientId": client, "Secret": secret }))["ClientAuthenticationResult"]["AccessToken"].clone();
        for operation in ["GetUser", "GlobalSignOut", "ListDevices"] {
            assert_eq!(stage.refused(operation, json!({ "AccessToken": token })), "NotAuthorizedException: Invalid Access Token");
        }
    }

    fn its_client_signs_nobody_in(stage) {
        let mut stage = stage;
        stage.confirmed("ann");
        (stage.client, _) = machine(&stage);
        assert_eq!(
            stage.refused("InitiateAuth", stage.password_input("ann", "any")),
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client"
        );
    }
}

/// A client that gets tokens for itself, with two scopes; its id and its secret.
fn machine(stage: &Stage) -> (String, String) {
    let scope = |name: &str| json!({ "ScopeName": name, "ScopeDescription": name });
    let server = json!({ "Identifier": "api", "Name": "api", "Scopes": [scope("read"), scope("write"), scope("delete")] });
    stage.ok("CreateResourceServer", stage.with_pool(server));
    let settings = json!({
        "ClientName": "machine",
        "GenerateSecret": true,
        "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
        "AllowedOAuthScopes": ["api/read", "api/write"],
    });
    let client =
        stage.ok("CreateUserPoolClient", stage.with_pool(settings))["UserPoolClient"].clone();
    (text(&client["ClientId"]), text(&client["ClientSecret"]))
}
