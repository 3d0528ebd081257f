use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, refusal, text},
};

const TEMPORARY: &str = "Temporary-1";
const FOREIGN: &str = "NotAuthorizedException: Invalid session for the user.";

over_both_stores! {
    fn a_temporary_password_leads_to_a_new_one(stage) {
        invite(&stage, "ann");
        let challenge = stage.srp_sign_in("ann", TEMPORARY).unwrap();
        assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        let parameters = &challenge["ChallengeParameters"];
        assert_eq!(parameters["USER_ID_FOR_SRP"], "ann");
        assert_eq!(parameters["requiredAttributes"], "[]");
        let attributes: Value = serde_json::from_str(&text(&parameters["userAttributes"])).unwrap();
        assert_eq!(attributes, json!({ "email": "ann@example.com", "email_verified": "true" }));

        let answer = answer(&stage, "ann", &challenge["Session"], PASSWORD);
        let tokens = stage.ok("RespondToAuthChallenge", answer);
        assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(stage.admin_user("ann")["UserStatus"], "CONFIRMED");
        stage.srp_sign_in("ann", PASSWORD).unwrap();
        assert!(stage.password_sign_in("ann", TEMPORARY).is_err());
    }

    fn a_session_is_good_once(stage) {
        invite(&stage, "ann");
        let session = challenged(&stage, "ann");
        stage.ok("RespondToAuthChallenge", answer(&stage, "ann", &session, PASSWORD));
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer(&stage, "ann", &session, "Battery-staple-8")),
            "NotAuthorizedException: Invalid session for the user, session can only be used once."
        );
    }

    fn a_session_lives_as_long_as_its_client_says(stage) {
        let mut stage = stage;
        invite(&stage, "ann");
        let session = challenged(&stage, "ann");
        stage.advance(3 * 60);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer(&stage, "ann", &session, PASSWORD)),
            "NotAuthorizedException: Invalid session for the user, session is expired."
        );
        stage.use_client(json!({ "AuthSessionValidity": 15 }));
        let session = challenged(&stage, "ann");
        stage.advance(14 * 60);
        stage.ok("RespondToAuthChallenge", answer(&stage, "ann", &session, PASSWORD));
    }

    fn a_session_is_its_users_and_clients_alone(stage) {
        let mut stage = stage;
        invite(&stage, "ann");
        invite(&stage, "bob");
        let session = challenged(&stage, "ann");
        for (name, session) in [("bob", &session), ("nobody", &session), ("ann", &json!("never-opened-never-opened"))] {
            assert_eq!(stage.refused("RespondToAuthChallenge", answer(&stage, name, session, PASSWORD)), FOREIGN);
        }
        stage.use_client(json!({}));
        assert_eq!(stage.refused("RespondToAuthChallenge", answer(&stage, "ann", &session, PASSWORD)), FOREIGN);
    }

    fn a_weak_password_may_be_followed_by_a_better_one(stage) {
        invite(&stage, "ann");
        let session = challenged(&stage, "ann");
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer(&stage, "ann", &session, "lower-case-1")),
            "InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters"
        );
        stage.ok("RespondToAuthChallenge", answer(&stage, "ann", &session, PASSWORD));
    }

    fn a_temporary_password_expires(stage) {
        invite(&stage, "ann");
        stage.advance(7 * 24 * 60 * 60);
        assert_eq!(
            refusal(stage.srp_sign_in("ann", TEMPORARY)),
            "NotAuthorizedException: Temporary password has expired and must be reset by an administrator."
        );
    }

    fn missing_required_attributes_are_asked_for(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "Schema": [{ "Name": "name", "Required": true }] }));
        invite(&stage, "ann");
        let challenge = stage.password_sign_in("ann", TEMPORARY).unwrap();
        assert_eq!(challenge["ChallengeParameters"]["requiredAttributes"], r#"["userAttributes.name"]"#);
        let mut input = answer(&stage, "ann", &challenge["Session"], PASSWORD);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", input.clone()),
            "InvalidParameterException: Attributes did not conform to the schema: name: The attribute is required\n"
        );
        input["ChallengeResponses"]["userAttributes.email_verified"] = json!("true");
        assert_eq!(
            stage.refused("RespondToAuthChallenge", input.clone()),
            "NotAuthorizedException: A client attempted to write unauthorized attribute"
        );
        input["ChallengeResponses"].as_object_mut().unwrap().remove("userAttributes.email_verified");
        input["ChallengeResponses"]["userAttributes.name"] = json!("Ann");
        stage.ok("RespondToAuthChallenge", input);
    }
}

fn invite(stage: &Stage, name: &str) {
    stage.ok(
        "AdminCreateUser",
        stage.with_pool(json!({
            "Username": name,
            "TemporaryPassword": TEMPORARY,
            "MessageAction": "SUPPRESS",
            "UserAttributes": [
                { "Name": "email", "Value": format!("{name}@example.com") },
                { "Name": "email_verified", "Value": "true" },
            ],
        })),
    );
}

fn challenged(stage: &Stage, name: &str) -> Value {
    stage.password_sign_in(name, TEMPORARY).unwrap()["Session"].clone()
}

fn answer(stage: &Stage, name: &str, session: &Value, password: &str) -> Value {
    stage.with_client(json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeResponses": { "USERNAME": name, "NEW_PASSWORD": password },
    }))
}
