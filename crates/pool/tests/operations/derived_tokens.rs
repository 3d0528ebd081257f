//! `GetDerivedToken`.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, claims, merged, text},
};

const USER_SCOPE: &str = "aws.cognito.signin.user.admin";

over_both_stores! {
    fn a_client_must_be_allowed_to_exchange_and_know_its_secret(stage) {
        let (token, actor) = (subject(&stage), actor(&stage));
        let exchanges = |client: &Value, more: Value| {
            let input = json!({ "ClientId": client["ClientId"], "SubjectToken": token, "SubjectTokenType": "ACCESS_TOKEN" });
            stage.call("GetDerivedToken", merged(input, more)).map_err(|error| error.to_string())
        };
        let acting = || json!({ "ActorToken": actor, "ActorTokenType": "ACCESS_TOKEN" });
        let plain = exchanger(&stage, json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
        let impersonator = exchanger(&stage, json!({ "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"] }));
        let delegate = exchanger(&stage, json!({ "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_DELEGATION"] }));
        for (client, more) in [(&plain, json!({})), (&plain, acting()), (&delegate, json!({})), (&impersonator, acting())] {
            let refused = exchanges(client, more).unwrap_err();
            assert!(refused.starts_with("NotAuthorizedException: TOKEN_EXCHANGE_"), "{refused}");
        }
        exchanges(&impersonator, json!({})).unwrap();
        exchanges(&delegate, acting()).unwrap();

        let confidential = exchanger(&stage, json!({ "GenerateSecret": true }));
        for wrong in [json!({}), json!({ "ClientSecret": "x".repeat(52) })] {
            assert_eq!(exchanges(&confidential, wrong).unwrap_err(), "NotAuthorizedException: Invalid client secret");
        }
        exchanges(&confidential, json!({ "ClientSecret": confidential["ClientSecret"] })).unwrap();
    }

    fn forged_altered_and_misnamed_tokens_are_refused(stage) {
        stage.confirmed("ann");
        let (tokens, actor) = (stage.tokens("ann"), actor(&stage));
        let client = exchanger(&stage, json!({}));
        let exchange = |member: &str, token: &str, kind: &str| {
            let usual = json!({
                "ClientId": client["ClientId"],
                "SubjectToken": tokens["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN",
                "ActorToken": actor, "ActorTokenType": "ACCESS_TOKEN",
            });
            let wrong = json!({ member: token, format!("{member}Type"): kind });
            stage.call("GetDerivedToken", merged(usual, wrong)).map_err(|error| error.to_string())
        };
        for (member, token, name) in [("SubjectToken", &tokens["AccessToken"], "Subject Token"), ("ActorToken", &actor, "Actor Token")] {
            for forged in forgeries(token) {
                assert_eq!(exchange(member, &forged, "ACCESS_TOKEN").unwrap_err(), format!("NotAuthorizedException: Invalid {name}"), "{forged}");
            }
            for (token, kind) in [(&tokens["IdToken"], "ACCESS_TOKEN"), (token, "ID_TOKEN"), (&tokens["RefreshToken"], "ACCESS_TOKEN")] {
                assert_eq!(exchange(member, &text(token), kind).unwrap_err(), format!("NotAuthorizedException: Invalid {name}"));
            }
        }
        exchange("SubjectToken", &text(&tokens["AccessToken"]), "ACCESS_TOKEN").unwrap();
        exchange("ActorToken", &text(&tokens["IdToken"]), "ID_TOKEN").unwrap();
    }

    fn another_pools_token_is_refused(stage) {
        let mut stage = stage;
        let foreign = subject(&stage);
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"] }));
        subject(&stage);
        let client = exchanger(&stage, json!({}));
        let input = json!({ "ClientId": client["ClientId"], "SubjectToken": foreign, "SubjectTokenType": "ACCESS_TOKEN" });
        assert_eq!(stage.refused("GetDerivedToken", input), "NotAuthorizedException: Invalid Subject Token");
    }

    fn a_token_whose_time_or_sign_in_is_over_is_refused(stage) {
        stage.confirmed("ann");
        let client = exchanger(&stage, json!({}));
        let refused = |token: &Value| {
            let input = json!({ "ClientId": client["ClientId"], "SubjectToken": token, "SubjectTokenType": "ACCESS_TOKEN" });
            stage.refused("GetDerivedToken", input)
        };
        let tokens = stage.tokens("ann");
        stage.ok("RevokeToken", stage.with_client(json!({ "Token": tokens["RefreshToken"] })));
        assert_eq!(refused(&tokens["AccessToken"]), "NotAuthorizedException: Subject Token has been revoked");
        let token = stage.tokens("ann")["AccessToken"].clone();
        stage.advance(3600);
        assert_eq!(refused(&token), "NotAuthorizedException: Subject Token has expired");
        let token = stage.tokens("ann")["AccessToken"].clone();
        stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(refused(&token), "UserNotFoundException: User does not exist.");
    }

    fn a_machine_is_no_subject_and_a_deleted_one_no_actor(stage) {
        let (token, machine) = (subject(&stage), actor(&stage));
        let client = exchanger(&stage, json!({}));
        let input = json!({ "ClientId": client["ClientId"], "SubjectTokenType": "ACCESS_TOKEN" });
        let as_subject = merged(input.clone(), json!({ "SubjectToken": machine }));
        assert_eq!(stage.refused("GetDerivedToken", as_subject), "NotAuthorizedException: Invalid Subject Token");
        stage.ok("DeleteUserPoolClient", stage.with_pool(json!({ "ClientId": claims(&machine)["sub"] })));
        let acting = merged(input, json!({ "SubjectToken": token, "ActorToken": machine, "ActorTokenType": "ACCESS_TOKEN" }));
        let refused = stage.refused("GetDerivedToken", acting);
        assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
    }

    fn what_does_not_fit_together_is_refused(stage) {
        let token = subject(&stage);
        let client = exchanger(&stage, json!({}));
        for (more, expected) in [
            (json!({ "Audiences": ["a"], "Resources": ["api"] }), "InvalidParameterException: "),
            (json!({ "Resources": ["none"] }), "ResourceNotFoundException: "),
            (json!({ "Scopes": ["api/read"] }), "InvalidParameterException: "),
            (json!({ "ActorToken": token }), "InvalidParameterException: Missing required parameter ActorTokenType"),
            (json!({ "SubjectTokenType": "SAML2" }), "UnsupportedOperationException: "),
            (json!({ "SubjectTokenProviderName": "corporate" }), "UnsupportedOperationException: "),
        ] {
            let input = json!({ "ClientId": client["ClientId"], "SubjectToken": token, "SubjectTokenType": "ACCESS_TOKEN" });
            let refused = stage.refused("GetDerivedToken", merged(input, more));
            assert!(refused.starts_with(expected), "{refused}");
        }
    }

    fn the_new_token_is_the_same_sign_ins(stage) {
        stage.confirmed("ann");
        let before = stage.tokens("ann");
        let client = exchanger(&stage, json!({}));
        stage.advance(600);
        let input = json!({ "ClientId": client["ClientId"], "SubjectToken": before["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN", "Resources": ["api"] });
        let answer = stage.ok("GetDerivedToken", input);
        // As long as the subject's token, not as long as the client's tokens usually live.
        assert_eq!(answer["ExpiresIn"], 3000);
        assert_eq!((&answer["IssuedTokenType"], &answer["TokenType"]), (&json!("ACCESS_TOKEN"), &json!("Bearer")));
        assert_eq!(answer["Scopes"], json!([USER_SCOPE]));
        let (old, new) = (claims(&before["AccessToken"]), claims(&answer["IssuedToken"]));
        for same in ["sub", "iss", "username", "origin_jti", "event_id", "auth_time", "scope", "exp"] {
            assert_eq!(old[same], new[same], "{same}");
        }
        assert_ne!(old["jti"], new["jti"]);
        assert_eq!((&new["client_id"], &new["aud"], new.get("act")), (&client["ClientId"], &json!("api"), None));
        stage.ok("GetUser", json!({ "AccessToken": answer["IssuedToken"] }));
        stage.ok("RevokeToken", stage.with_client(json!({ "Token": before["RefreshToken"] })));
        assert_eq!(
            stage.refused("GetUser", json!({ "AccessToken": answer["IssuedToken"] })),
            "NotAuthorizedException: Access Token has been revoked"
        );
    }

    fn scopes_are_what_subject_request_and_client_have_in_common(stage) {
        let token = subject(&stage);
        let client = exchanger(&stage, json!({ "AllowedOAuthScopes": [USER_SCOPE, "openid"] }));
        let input = json!({
            "ClientId": client["ClientId"], "SubjectToken": token, "SubjectTokenType": "ACCESS_TOKEN",
            "Scopes": ["openid", USER_SCOPE, "phone"],
        });
        let answer = stage.ok("GetDerivedToken", input);
        assert_eq!(answer["Scopes"], json!([USER_SCOPE]));
        assert_eq!(claims(&answer["IssuedToken"])["scope"], USER_SCOPE);
    }

    fn an_id_token_is_exchanged_for_what_was_asked(stage) {
        stage.confirmed("ann");
        let before = stage.tokens("ann");
        let client = exchanger(&stage, json!({}));
        let input = json!({ "ClientId": client["ClientId"], "SubjectToken": before["IdToken"], "SubjectTokenType": "ID_TOKEN" });
        let id = stage.ok("GetDerivedToken", merged(input.clone(), json!({ "RequestedTokenType": "ID_TOKEN", "Audiences": ["reports"] })));
        assert_eq!((&id["IssuedTokenType"], &id["TokenType"], id.get("Scopes")), (&json!("ID_TOKEN"), &json!("N_A"), None));
        let new = claims(&id["IssuedToken"]);
        assert_eq!((&new["aud"], &new["email"], &new["token_use"]), (&json!("reports"), &json!("ann@example.com"), &json!("id")));
        // It has no scope to give, so the access token is good for no operation here.
        let access = stage.ok("GetDerivedToken", input);
        assert_eq!((access.get("Scopes"), claims(&access["IssuedToken"]).get("scope")), (None, None));
        assert_eq!(
            stage.refused("GetUser", json!({ "AccessToken": access["IssuedToken"] })),
            "NotAuthorizedException: Access Token does not have required scopes"
        );
    }

    fn who_acts_is_named_and_who_acted_before_is_not_forgotten(stage) {
        let (token, actor) = (subject(&stage), actor(&stage));
        let machine = claims(&actor)["sub"].clone();
        stage.confirmed("bob");
        let bob = stage.tokens("bob")["IdToken"].clone();
        let client = exchanger(&stage, json!({}));
        let exchange = |subject: &Value, more: Value| {
            let input = json!({ "ClientId": client["ClientId"], "SubjectToken": subject, "SubjectTokenType": "ACCESS_TOKEN" });
            stage.ok("GetDerivedToken", merged(input, more))["IssuedToken"].clone()
        };
        let first = exchange(&token, json!({ "ActorToken": actor, "ActorTokenType": "ACCESS_TOKEN" }));
        assert_eq!(claims(&first)["act"], json!({ "sub": machine }));
        let second = exchange(&first, json!({ "ActorToken": bob, "ActorTokenType": "ID_TOKEN" }));
        assert_eq!(claims(&second)["act"], json!({ "sub": claims(&bob)["sub"], "act": { "sub": machine } }));
        let third = exchange(&second, json!({}));
        assert_eq!(claims(&third)["act"], claims(&second)["act"]);
        assert_eq!(claims(&third)["sub"], claims(&token)["sub"]);
    }
}

/// The access token of a user who has signed in.
fn subject(stage: &Stage) -> Value {
    stage.confirmed("ann");
    stage.password_sign_in("ann", PASSWORD).unwrap()["AuthenticationResult"]["AccessToken"].clone()
}

/// A client that may exchange tokens either way, unless the settings say otherwise.
fn exchanger(stage: &Stage, settings: Value) -> Value {
    let usual = stage.with_pool(json!({
        "ClientName": "exchanger",
        "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
    }));
    let server = stage.with_pool(json!({ "Identifier": "api", "Name": "api" }));
    let _ = stage.call("CreateResourceServer", server);
    stage.ok("CreateUserPoolClient", merged(usual, settings))["UserPoolClient"].clone()
}

/// The token of a machine.
fn actor(stage: &Stage) -> Value {
    let scope = json!({ "ScopeName": "act", "ScopeDescription": "act" });
    stage.ok(
        "CreateResourceServer",
        stage.with_pool(json!({ "Identifier": "machines", "Name": "m", "Scopes": [scope] })),
    );
    let settings = json!({
        "ClientName": "machine",
        "GenerateSecret": true,
        "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
        "AllowedOAuthScopes": ["machines/act"],
    });
    let client =
        stage.ok("CreateUserPoolClient", stage.with_pool(settings))["UserPoolClient"].clone();
    let input = json!({ "ClientId": client["ClientId"], "Secret": client["ClientSecret"] });
    stage.ok("GetClientToken", input)["ClientAuthenticationResult"]["AccessToken"].clone()
}

/// Texts that say what this token says, or more, and that nobody signed.
fn forgeries(token: &Value) -> Vec<String> {
    let token = text(token);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (head, body) = signed.split_once('.').unwrap();
    let kid =
        serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(head).unwrap()).unwrap()["kid"]
            .clone();
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let altered = part(merged(
        claims(&json!(token)),
        json!({ "sub": "11111111-1111-4111-8111-111111111111" }),
    ));
    let unsigned = part(json!({ "alg": "none", "kid": kid }));
    let secret = part(json!({ "alg": "HS256", "kid": kid }));
    vec![
        "x.y.z".to_owned(),
        format!("{signed}."),
        format!("{signed}.{}", "A".repeat(signature.len())),
        format!("{head}.{altered}.{signature}"),
        format!("{unsigned}.{body}."),
        format!("{unsigned}.{body}.{signature}"),
        format!("{secret}.{body}.{signature}"),
    ]
}
