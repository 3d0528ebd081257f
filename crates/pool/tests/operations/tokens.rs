use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, claims, merged, refusal, text},
};

const INVALID: &str = "NotAuthorizedException: Invalid Access Token";
const REVOKED: &str = "NotAuthorizedException: Access Token has been revoked";

over_both_stores! {
    fn an_access_token_says_what_the_services_says(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        let sub = stage.admin_user("ann")["UserAttributes"][0]["Value"].clone();
        let claims = claims(&tokens["AccessToken"]);
        assert_eq!(claims, json!({
            "sub": sub,
            "iss": format!("https://cognito-idp.us-east-1.amazonaws.com/{}", stage.pool),
            "client_id": stage.client,
            "origin_jti": claims["origin_jti"],
            "event_id": claims["event_id"],
            "token_use": "access",
            "scope": "aws.cognito.signin.user.admin",
            "auth_time": 1_700_000_000,
            "iat": 1_700_000_000,
            "exp": 1_700_003_600,
            "jti": claims["jti"],
            "username": "ann",
        }));
    }

    fn an_id_token_says_what_the_services_says(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        let access = claims(&tokens["AccessToken"]);
        let claims = claims(&tokens["IdToken"]);
        assert_eq!(claims, json!({
            "sub": access["sub"],
            "aud": stage.client,
            "iss": access["iss"],
            "cognito:username": "ann",
            "origin_jti": access["origin_jti"],
            "event_id": access["event_id"],
            "token_use": "id",
            "auth_time": 1_700_000_000,
            "iat": 1_700_000_000,
            "exp": 1_700_003_600,
            "jti": claims["jti"],
            "email": "ann@example.com",
            "email_verified": true,
        }));
        assert_ne!(claims["jti"], access["jti"]);
    }

    fn two_keys_of_the_pool_sign_them(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        let jwks = stage.service.jwks(&stage.pool).unwrap();
        let kids: Vec<_> = jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect();
        assert_eq!(kids, [header(&tokens["IdToken"])["kid"].clone(), header(&tokens["AccessToken"])["kid"].clone()]);
        assert_ne!(kids[0], kids[1]);
        assert_eq!(header(&tokens["IdToken"])["alg"], "RS256");
        for key in jwks["keys"].as_array().unwrap() {
            assert_eq!((&key["kty"], &key["alg"], &key["use"], &key["e"]), (&json!("RSA"), &json!("RS256"), &json!("sig"), &json!("AQAB")));
            assert_eq!(URL_SAFE_NO_PAD.decode(text(&key["n"])).unwrap().len(), 256);
        }
        assert_eq!(stage.service.jwks(&stage.pool).unwrap(), jwks);
        assert_eq!(
            refusal(stage.service.jwks("us-east-1_000000000")),
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist."
        );
    }

    fn forged_altered_and_misused_tokens_are_refused(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        let token = text(&tokens["AccessToken"]);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (head, body) = signed.split_once('.').unwrap();
        let altered = part(merged(claims(&tokens["AccessToken"]), json!({ "username": "bob" })));
        let unsigned = part(json!({ "alg": "none", "kid": header(&tokens["AccessToken"])["kid"] }));
        let secret = part(json!({ "alg": "HS256", "kid": header(&tokens["AccessToken"])["kid"] }));
        for forged in [
            "x.y.z".to_owned(),
            format!("{signed}."),
            format!("{signed}.{}", "A".repeat(signature.len())),
            format!("{head}.{altered}.{signature}"),
            format!("{unsigned}.{body}."),
            format!("{unsigned}.{body}.{signature}"),
            format!("{secret}.{body}.{signature}"),
            text(&tokens["IdToken"]),
        ] {
            assert_eq!(stage.refused("GetUser", json!({ "AccessToken": forged })), INVALID, "{forged}");
        }
        stage.ok("GetUser", json!({ "AccessToken": token }));
    }

    fn another_pools_signature_is_no_signature(stage) {
        let mut stage = stage;
        stage.confirmed("ann");
        let anns = text(&stage.tokens("ann")["AccessToken"]);
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let others = text(&stage.tokens("ann")["AccessToken"]);
        let mixed = format!("{}.{}", anns.rsplit_once('.').unwrap().0, others.rsplit_once('.').unwrap().1);
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": mixed })), INVALID);
        let parts: Vec<_> = anns.split('.').collect();
        let swapped = format!("{}.{}", others.split('.').next().unwrap(), parts[1..].join("."));
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": swapped })), INVALID);
    }

    fn an_access_token_expires(stage) {
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        stage.advance(3599);
        stage.ok("GetUser", json!({ "AccessToken": token }));
        stage.advance(1);
        assert_eq!(
            stage.refused("GetUser", json!({ "AccessToken": token })),
            "NotAuthorizedException: Access Token has expired"
        );
    }

    fn a_refresh_renews_the_sign_in_without_a_new_one(stage) {
        stage.confirmed("ann");
        let first = stage.tokens("ann");
        stage.advance(7200);
        let second = stage.ok("InitiateAuth", stage.refresh_input(&first["RefreshToken"]))["AuthenticationResult"].clone();
        assert!(second.get("RefreshToken").is_none());
        for kind in ["AccessToken", "IdToken"] {
            let (old, new) = (claims(&first[kind]), claims(&second[kind]));
            for same in ["sub", "auth_time", "origin_jti"] {
                assert_eq!(old[same], new[same], "{same}");
            }
            assert_ne!(old["jti"], new["jti"]);
            assert_eq!(new["iat"], 1_700_007_200);
        }
        stage.ok("GetUser", json!({ "AccessToken": second["AccessToken"] }));
    }

    fn a_refresh_token_is_its_clients_and_expires(stage) {
        let mut stage = stage;
        stage.confirmed("ann");
        let token = stage.tokens("ann")["RefreshToken"].clone();
        let first = stage.client.clone();
        stage.use_client(json!({}));
        let invalid = "NotAuthorizedException: Invalid Refresh Token";
        assert_eq!(stage.refused("InitiateAuth", stage.refresh_input(&token)), invalid);
        stage.client = first;
        assert_eq!(stage.refused("InitiateAuth", stage.refresh_input(&json!("made-up"))), invalid);
        stage.advance(30 * 24 * 60 * 60);
        assert_eq!(
            stage.refused("InitiateAuth", stage.refresh_input(&token)),
            "NotAuthorizedException: Refresh Token has expired"
        );
    }

    fn revoking_a_refresh_token_revokes_its_access_tokens_only(stage) {
        stage.confirmed("ann");
        let (one, other) = (stage.tokens("ann"), stage.tokens("ann"));
        let refreshed = stage.ok("InitiateAuth", stage.refresh_input(&one["RefreshToken"]))["AuthenticationResult"].clone();
        let revoke = || stage.ok("RevokeToken", stage.with_client(json!({ "Token": one["RefreshToken"] })));
        assert_eq!(revoke(), json!({}));
        assert_eq!(revoke(), json!({}));
        assert_eq!(
            stage.refused("InitiateAuth", stage.refresh_input(&one["RefreshToken"])),
            "NotAuthorizedException: Refresh Token has been revoked"
        );
        for token in [&one["AccessToken"], &refreshed["AccessToken"]] {
            assert_eq!(stage.refused("GetUser", json!({ "AccessToken": token })), REVOKED);
        }
        stage.ok("GetUser", json!({ "AccessToken": other["AccessToken"] }));
    }

    fn only_refresh_tokens_of_ones_own_can_be_revoked(stage) {
        let mut stage = stage;
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        let refused = stage.refused("RevokeToken", stage.with_client(json!({ "Token": tokens["AccessToken"] })));
        assert!(refused.starts_with("UnsupportedTokenTypeException: "), "{refused}");
        stage.use_client(json!({}));
        for client in [&stage.client, "0123456789abcdefghijklmnop"] {
            let refused = stage.refused("RevokeToken", json!({ "ClientId": client, "Token": tokens["RefreshToken"] }));
            assert!(refused.starts_with("UnauthorizedException: "), "{refused}");
        }
        stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    }

    fn a_global_sign_out_ends_every_sign_in(stage) {
        stage.confirmed("ann");
        let (one, other) = (stage.tokens("ann"), stage.tokens("ann"));
        stage.ok("GlobalSignOut", json!({ "AccessToken": one["AccessToken"] }));
        for tokens in [&one, &other] {
            assert_eq!(stage.refused("GetUser", json!({ "AccessToken": tokens["AccessToken"] })), REVOKED);
            assert_eq!(
                stage.refused("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])),
                "NotAuthorizedException: Refresh Token has been revoked"
            );
        }
        stage.ok("GetUser", json!({ "AccessToken": stage.access_token("ann") }));
    }

    fn without_revocation_there_is_nothing_to_revoke_by(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "EnableTokenRevocation": false }));
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        assert!(claims(&tokens["AccessToken"]).get("origin_jti").is_none());
        let refused = stage.refused("RevokeToken", stage.with_client(json!({ "Token": tokens["RefreshToken"] })));
        assert!(refused.starts_with("UnsupportedOperationException: "), "{refused}");
    }

    fn lifetimes_are_the_clients(stage) {
        let mut stage = stage;
        stage.use_client(json!({
            "AccessTokenValidity": 10, "IdTokenValidity": 1, "RefreshTokenValidity": 2,
            "TokenValidityUnits": { "AccessToken": "minutes", "IdToken": "days", "RefreshToken": "days" },
        }));
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        assert_eq!(tokens["ExpiresIn"], 600);
        let life = |kind: &str| {
            let claims = claims(&tokens[kind]);
            claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap()
        };
        assert_eq!((life("AccessToken"), life("IdToken")), (600, 86_400));
        stage.advance(2 * 86_400);
        assert!(stage.call("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])).is_err());
    }

    fn the_discovery_document_names_issuer_and_keys(stage) {
        let document = stage.service.openid_configuration(&stage.pool).unwrap();
        let issuer = format!("https://cognito-idp.us-east-1.amazonaws.com/{}", stage.pool);
        assert_eq!(document["issuer"], json!(issuer));
        assert_eq!(document["jwks_uri"], json!(format!("{issuer}/.well-known/jwks.json")));
        assert_eq!(document["id_token_signing_alg_values_supported"], json!(["RS256"]));
    }

    fn an_alias_is_not_the_username(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let answer = stage.srp_sign_in("ann@example.com", PASSWORD).unwrap();
        assert_eq!(claims(&answer["AuthenticationResult"]["AccessToken"])["username"], "ann");
    }
}

fn header(token: &Value) -> Value {
    let head = token.as_str().unwrap().split('.').next().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).unwrap()).unwrap()
}

fn part(value: Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}
