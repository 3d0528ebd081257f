//! `GetTokensFromRefreshToken` and the rotation of refresh tokens.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, claims, merged, refusal},
};

const DAY: i64 = 24 * 60 * 60;
const REUSED: &str = "RefreshTokenReuseException: ";

over_both_stores! {
    fn a_replaced_token_is_refused(stage) {
        let mut stage = stage;
        rotate(&mut stage, 0);
        stage.confirmed("ann");
        let first = stage.tokens("ann")["RefreshToken"].clone();
        let second = refresh(&stage, &first).unwrap()["RefreshToken"].clone();
        assert_ne!(first, second);
        let refused = refusal(refresh(&stage, &first));
        assert!(refused.starts_with(REUSED), "{refused}");
        let third = refresh(&stage, &second).unwrap()["RefreshToken"].clone();
        assert_ne!(second, third);
    }

    fn a_replaced_token_has_its_grace(stage) {
        let mut stage = stage;
        rotate(&mut stage, 30);
        stage.confirmed("ann");
        let first = stage.tokens("ann")["RefreshToken"].clone();
        refresh(&stage, &first).unwrap();
        stage.advance(29);
        let again = refresh(&stage, &first).unwrap()["RefreshToken"].clone();
        // Being used in its grace does not lengthen it.
        stage.advance(1);
        let refused = refusal(refresh(&stage, &first));
        assert!(refused.starts_with(REUSED), "{refused}");
        refresh(&stage, &again).unwrap();
    }

    fn a_new_token_lives_for_the_rest_of_the_olds_time(stage) {
        let mut stage = stage;
        rotate(&mut stage, 0);
        stage.confirmed("ann");
        let first = stage.tokens("ann")["RefreshToken"].clone();
        stage.advance(29 * DAY);
        let second = refresh(&stage, &first).unwrap()["RefreshToken"].clone();
        stage.advance(DAY);
        assert_eq!(refusal(refresh(&stage, &second)), "NotAuthorizedException: Refresh Token has expired");
    }

    fn a_sign_out_ends_the_new_token_too(stage) {
        let mut stage = stage;
        rotate(&mut stage, 60);
        stage.confirmed("ann");
        let first = stage.tokens("ann")["RefreshToken"].clone();
        let tokens = refresh(&stage, &first).unwrap();
        stage.ok("GlobalSignOut", json!({ "AccessToken": tokens["AccessToken"] }));
        assert_eq!(
            refusal(refresh(&stage, &tokens["RefreshToken"])),
            "NotAuthorizedException: Refresh Token has been revoked"
        );
        assert!(refresh(&stage, &first).is_err());
    }

    fn another_clients_token_and_a_made_up_one_are_refused(stage) {
        let mut stage = stage;
        rotate(&mut stage, 0);
        stage.confirmed("ann");
        let token = stage.tokens("ann")["RefreshToken"].clone();
        let invalid = "NotAuthorizedException: Invalid Refresh Token";
        assert_eq!(refusal(refresh(&stage, &json!("made-up"))), invalid);
        rotate(&mut stage, 0);
        assert_eq!(refusal(refresh(&stage, &token)), invalid);
    }

    fn a_clients_secret_is_checked(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "GenerateSecret": true }));
        let input = stage.with_client(json!({ "RefreshToken": "made-up" }));
        for input in [input.clone(), merged(input, json!({ "ClientSecret": "0".repeat(52) }))] {
            let refused = stage.refused("GetTokensFromRefreshToken", input);
            assert!(refused.starts_with("NotAuthorizedException: ") && !refused.contains("Refresh"), "{refused}");
        }
    }

    fn without_rotation_the_token_stays(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        stage.advance(60);
        for _ in 0..2 {
            let fresh = refresh(&stage, &tokens["RefreshToken"]).unwrap();
            assert!(fresh.get("RefreshToken").is_none());
            let (old, new) = (claims(&tokens["AccessToken"]), claims(&fresh["AccessToken"]));
            assert_eq!(old["origin_jti"], new["origin_jti"]);
            assert_eq!(old["auth_time"], new["auth_time"]);
            assert_ne!(old["jti"], new["jti"]);
        }
    }
}

/// Goes on with a client that rotates.
fn rotate(stage: &mut Stage, grace: i64) {
    stage.use_client(json!({
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": grace },
    }));
}

fn refresh(stage: &Stage, token: &Value) -> Result<Value, Error> {
    let input = stage.with_client(json!({ "RefreshToken": token }));
    let answer = stage.call("GetTokensFromRefreshToken", input)?;
    Ok(answer["AuthenticationResult"].clone())
}
