//! `USER_AUTH`: sign-ins that begin with a choice. What is available when is as observed on a live pool.

use cognito_idp::Error;
use cognito_srp::ClientEphemeral;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const INVALID_SESSION: &str = "NotAuthorizedException: Invalid session for the user.";
const USED_SESSION: &str =
    "NotAuthorizedException: Invalid session for the user, session can only be used once.";

over_both_stores! {
    fn a_client_that_does_not_allow_it_refuses(stage) {
        stage.confirmed("ann");
        assert_eq!(
            refusal(begin(&stage, "ann", json!({}))),
            "InvalidParameterException: USER_AUTH flow not enabled for this client"
        );
    }

    fn without_a_preference_the_user_is_asked(stage) {
        let stage = with_ann(stage);
        let challenge = begin(&stage, "ann", json!({})).unwrap();
        assert_eq!(challenge["ChallengeName"], "SELECT_CHALLENGE");
        assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
        let unknown = begin(&stage, "ann", json!({ "PREFERRED_CHALLENGE": "WEB_AUTHN" })).unwrap();
        assert_eq!(unknown["ChallengeName"], "SELECT_CHALLENGE");
    }

    fn what_is_not_available_cannot_be_chosen(stage) {
        let stage = with_ann(stage);
        let session = begin(&stage, "ann", json!({})).unwrap()["Session"].clone();
        for answer in ["WEB_AUTHN", "EMAIL_OTP", "SMS_MFA", "NEW_PASSWORD_REQUIRED", "password"] {
            let refused = refusal(select(&stage, "ann", &session, json!({ "ANSWER": answer })));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
    }

    fn a_choice_is_made_once_by_whom_it_was_given_to(stage) {
        let mut stage = with_ann(stage);
        stage.confirmed("bob");
        let session = begin(&stage, "ann", json!({})).unwrap()["Session"].clone();
        let with_password = json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD });
        for (name, session) in [("bob", &session), ("ann", &json!("a-session-that-was-never-opened"))] {
            assert_eq!(refusal(select(&stage, name, session, with_password.clone())), INVALID_SESSION);
        }
        let anns = stage.client.clone();
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }));
        assert_eq!(refusal(select(&stage, "ann", &session, with_password.clone())), INVALID_SESSION);
        stage.client = anns;
        assert_tokens(&select(&stage, "ann", &session, with_password.clone()).unwrap());
        assert_eq!(refusal(select(&stage, "ann", &session, with_password)), USED_SESSION);
    }

    fn a_wrong_password_is_wrong_however_it_comes(stage) {
        let stage = with_ann(stage);
        let wrong = json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "Wrong-horse-7" });
        assert_eq!(refusal(begin(&stage, "ann", wrong)), INCORRECT);
        let session = begin(&stage, "ann", json!({})).unwrap()["Session"].clone();
        let wrong = json!({ "ANSWER": "PASSWORD", "PASSWORD": "Wrong-horse-7" });
        assert_eq!(refusal(select(&stage, "ann", &session, wrong)), INCORRECT);
        let asked = begin(&stage, "ann", json!({ "PREFERRED_CHALLENGE": "PASSWORD" })).unwrap();
        assert_eq!(refusal(respond(&stage, "PASSWORD", "ann", &asked["Session"], json!({ "PASSWORD": "Wrong-horse-7" }))), INCORRECT);
    }

    fn a_preferred_password_signs_in_at_once(stage) {
        let stage = with_ann(stage);
        let preferred = json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD });
        assert_tokens(&begin(&stage, "ann", preferred).unwrap());
    }

    fn a_password_may_follow(stage) {
        let stage = with_ann(stage);
        let asked = begin(&stage, "ann", json!({ "PREFERRED_CHALLENGE": "PASSWORD" })).unwrap();
        assert_eq!(asked["ChallengeName"], "PASSWORD");
        let password = json!({ "PASSWORD": PASSWORD });
        assert_eq!(refusal(respond(&stage, "PASSWORD_SRP", "ann", &asked["Session"], json!({ "SRP_A": public() }))), INVALID_SESSION);
        assert_tokens(&respond(&stage, "PASSWORD", "ann", &asked["Session"], password.clone()).unwrap());
        assert_eq!(refusal(respond(&stage, "PASSWORD", "ann", &asked["Session"], password)), USED_SESSION);
    }

    fn srp_may_be_chosen(stage) {
        let stage = with_ann(stage);
        let at_once = begin(&stage, "ann", json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": public() })).unwrap();
        let session = begin(&stage, "ann", json!({})).unwrap()["Session"].clone();
        let selected = select(&stage, "ann", &session, json!({ "ANSWER": "PASSWORD_SRP", "SRP_A": public() })).unwrap();
        let asked = begin(&stage, "ann", json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP" })).unwrap();
        assert_eq!(asked["ChallengeName"], "PASSWORD_SRP");
        let later = respond(&stage, "PASSWORD_SRP", "ann", &asked["Session"], json!({ "SRP_A": public() })).unwrap();
        for challenge in [at_once, selected, later] {
            assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
            assert_eq!(challenge["ChallengeParameters"]["USER_ID_FOR_SRP"], "ann");
        }
    }

    fn a_temporary_password_is_all_there_is(stage) {
        let stage = with_ann(stage);
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "bob", "TemporaryPassword": PASSWORD })));
        let challenge = begin(&stage, "bob", json!({})).unwrap();
        assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
        let next = select(&stage, "bob", &challenge["Session"], json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD }));
        assert_eq!(next.unwrap()["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    }

    fn nobody_learns_who_exists(stage) {
        let mut stage = with_ann(stage);
        assert_eq!(refusal(begin(&stage, "nobody", json!({}))), "UserNotFoundException: User does not exist.");
        stage.use_client(json!({
            "ExplicitAuthFlows": ["ALLOW_USER_AUTH"], "PreventUserExistenceErrors": "ENABLED",
        }));
        for name in ["ann", "nobody"] {
            let challenge = begin(&stage, name, json!({})).unwrap();
            assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]), "{name}");
            let wrong = json!({ "ANSWER": "PASSWORD", "PASSWORD": "Wrong-horse-7" });
            assert_eq!(refusal(select(&stage, name, &challenge["Session"], wrong)), INCORRECT, "{name}");
        }
    }
}

/// A pool with a client for this flow, and Ann.
fn with_ann(mut stage: Stage) -> Stage {
    stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }));
    stage.confirmed("ann");
    stage
}

fn begin(stage: &Stage, name: &str, parameters: Value) -> Result<Value, Error> {
    let parameters = merged(json!({ "USERNAME": name }), parameters);
    let input = json!({ "AuthFlow": "USER_AUTH", "AuthParameters": parameters });
    stage.call("InitiateAuth", stage.with_client(input))
}

fn select(stage: &Stage, name: &str, session: &Value, responses: Value) -> Result<Value, Error> {
    respond(stage, "SELECT_CHALLENGE", name, session, responses)
}

fn respond(
    stage: &Stage,
    challenge: &str,
    name: &str,
    session: &Value,
    responses: Value,
) -> Result<Value, Error> {
    let input = json!({
        "ChallengeName": challenge,
        "Session": session,
        "ChallengeResponses": merged(json!({ "USERNAME": name }), responses),
    });
    stage.call("RespondToAuthChallenge", stage.with_client(input))
}

fn public() -> String {
    ClientEphemeral::new(&[0x5a; 40]).unwrap().public_hex()
}

#[track_caller]
fn assert_tokens(answer: &Value) {
    assert!(
        answer["AuthenticationResult"]["AccessToken"].is_string(),
        "{answer}"
    );
}
