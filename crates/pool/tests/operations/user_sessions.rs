//! Session tracking: its configuration, and the operations that list and revoke a user's sessions.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged, text},
};

/// A session's id that is nobody's.
const NOBODYS: &str = "tknaaaaaaaaaaaaaaaaaaaaaaaaa";

over_both_stores! {
    fn nothing_is_listed_or_revoked_where_sessions_are_not_tracked(stage) {
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        let user = stage.with_pool(json!({ "Username": "ann", "SessionId": NOBODYS }));
        let own = json!({ "AccessToken": token, "SessionId": NOBODYS });
        for (operation, input) in [
            ("AdminListUserSessions", user.clone()), ("AdminRevokeUserSession", user),
            ("ListUserSessions", own.clone()), ("RevokeUserSession", own),
            ("SetUserPoolClientSessionConfiguration", client(&stage, json!({ "SSOSession": { "MaxValidityMinutes": 5 } }))),
        ] {
            let refused = stage.refused(operation, input);
            assert!(refused.starts_with("OperationNotEnabledException: "), "{operation} {refused}");
        }
    }

    fn the_lite_tier_tracks_no_sessions(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UserPoolTier": "LITE" }));
        let refused = stage.refused("SetUserPoolSessionConfiguration", configuration(&stage, 5));
        assert!(refused.starts_with("FeatureUnavailableInTierException: "), "{refused}");
    }

    fn the_configuration_has_the_services_defaults_and_is_replaced(stage) {
        let get = || stage.ok("GetUserPoolSessionConfiguration", stage.with_pool(json!({})));
        assert_eq!(get(), stage.with_pool(json!({ "UserSessionTracking": "DISABLED", "TokenSession": { "MaxPerUser": 20 } })));
        assert_eq!(stage.ok("SetUserPoolSessionConfiguration", configuration(&stage, 5)), configuration(&stage, 5));
        assert_eq!(get(), configuration(&stage, 5));
        let get = || stage.ok("GetUserPoolClientSessionConfiguration", client(&stage, json!({})));
        assert_eq!(get(), client(&stage, json!({ "SSOSession": { "MaxValidityMinutes": 60 } })));
        let five = client(&stage, json!({ "SSOSession": { "MaxValidityMinutes": 5 } }));
        stage.ok("SetUserPoolClientSessionConfiguration", five.clone());
        assert_eq!(get(), five);
    }

    fn a_user_sees_and_ends_their_other_sessions_alone(stage) {
        tracked(&stage, 20);
        stage.confirmed("bob");
        stage.tokens("bob");
        stage.confirmed("ann");
        let first = stage.tokens("ann");
        stage.advance(60);
        let second = stage.tokens("ann");
        let listed = stage.ok("ListUserSessions", json!({ "AccessToken": second["AccessToken"] }))["Sessions"].clone();
        let ids: Vec<String> = listed.as_array().unwrap().iter().map(|one| text(&one["SessionId"])).collect();
        assert_eq!(ids.len(), 2);
        assert!(ids.iter().all(|id| id.len() == 28 && id.starts_with("tkn")), "{ids:?}");
        assert_eq!((&listed[0]["IsCurrentSession"], &listed[1]["IsCurrentSession"]), (&json!(false), &json!(true)));
        assert_eq!(listed[0]["ClientId"], json!(stage.client));
        assert_eq!(listed[0]["CreateDate"], json!(1_700_000_000.0));

        let revoke = |id: &str| stage.call("RevokeUserSession", json!({ "AccessToken": second["AccessToken"], "SessionId": id }));
        let bobs = text(&sessions(&stage, "bob")[0]["SessionId"]);
        for (id, expected) in [(ids[1].as_str(), "InvalidParameterException: "), (&bobs, "ResourceNotFoundException: "), (NOBODYS, "ResourceNotFoundException: ")] {
            let refused = revoke(id).unwrap_err().to_string();
            assert!(refused.starts_with(expected), "{refused}");
        }
        revoke(&ids[0]).unwrap();
        assert_eq!(
            stage.refused("GetUser", json!({ "AccessToken": first["AccessToken"] })),
            "NotAuthorizedException: Access Token has been revoked"
        );
        assert_eq!(
            stage.refused("InitiateAuth", stage.refresh_input(&first["RefreshToken"])),
            "NotAuthorizedException: Refresh Token has been revoked"
        );
        stage.ok("GetUser", json!({ "AccessToken": second["AccessToken"] }));
        assert_eq!(sessions(&stage, "bob").as_array().unwrap().len(), 1);
    }

    fn an_administrator_ends_any_session_of_the_named_user(stage) {
        tracked(&stage, 20);
        stage.confirmed("ann");
        stage.confirmed("bob");
        let token = stage.access_token("ann");
        let id = sessions(&stage, "ann")[0]["SessionId"].clone();
        let revoke = |name: &str| stage.call("AdminRevokeUserSession", stage.with_pool(json!({ "Username": name, "SessionId": id })));
        assert!(revoke("bob").unwrap_err().to_string().starts_with("ResourceNotFoundException: "));
        assert_eq!(revoke("none").unwrap_err().to_string(), "UserNotFoundException: User does not exist.");
        revoke("ann").unwrap();
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": token })), "NotAuthorizedException: Access Token has been revoked");
        assert_eq!(sessions(&stage, "ann"), json!([]));
    }

    fn one_session_too_many_ends_the_oldest(stage) {
        tracked(&stage, 2);
        stage.confirmed("ann");
        let tokens: Vec<Value> = (0..3)
            .map(|_| {
                stage.advance(1);
                stage.tokens("ann")
            })
            .collect();
        assert_eq!(
            stage.refused("GetUser", json!({ "AccessToken": tokens[0]["AccessToken"] })),
            "NotAuthorizedException: Access Token has been revoked"
        );
        for kept in &tokens[1..] {
            stage.ok("GetUser", json!({ "AccessToken": kept["AccessToken"] }));
        }
    }
}

fn configuration(stage: &Stage, most: u32) -> Value {
    stage.with_pool(
        json!({ "UserSessionTracking": "ENABLED", "TokenSession": { "MaxPerUser": most } }),
    )
}

fn tracked(stage: &Stage, most: u32) {
    stage.ok(
        "SetUserPoolSessionConfiguration",
        configuration(stage, most),
    );
}

fn client(stage: &Stage, more: Value) -> Value {
    merged(stage.with_pool(json!({ "ClientId": stage.client })), more)
}

fn sessions(stage: &Stage, name: &str) -> Value {
    stage.ok(
        "AdminListUserSessions",
        stage.with_pool(json!({ "Username": name })),
    )["Sessions"]
        .clone()
}
