//! `CUSTOM_AUTH` and `CUSTOM_CHALLENGE`.

use serde_json::json;

use crate::{
    lambda::{answer_input, custom_input, use_client, use_riddle},
    over_both_stores,
    stage::{PASSWORD, Stage, claims, merged, text},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const INVALID_SESSION: &str = "NotAuthorizedException: Invalid session for the user.";
const USED_SESSION: &str =
    "NotAuthorizedException: Invalid session for the user, session can only be used once.";

over_both_stores! {
    fn a_wrong_answer_is_not_let_in_and_what_follows_is_the_triggers_decision(stage) {
        let stage = with_ann(stage);
        let mut challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        for _ in 0..2 {
            let again = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "5"));
            assert_eq!(again["ChallengeName"], "CUSTOM_CHALLENGE");
            assert_ne!(again["Session"], challenge["Session"]);
            challenge = again;
        }
        let third = answer_input(&stage, "ann", &challenge, "5");
        assert_eq!(stage.refused("RespondToAuthChallenge", third.clone()), INCORRECT);
        assert_eq!(stage.refused("RespondToAuthChallenge", third), USED_SESSION);
    }

    fn a_session_is_good_for_one_answer(stage) {
        let stage = with_ann(stage);
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "5"));
        stage.lambda.events();
        let right = answer_input(&stage, "ann", &challenge, "4");
        assert_eq!(stage.refused("RespondToAuthChallenge", right), USED_SESSION);
        assert!(stage.lambda.events().is_empty(), "nobody is asked about it");
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let right = answer_input(&stage, "ann", &challenge, "4");
        stage.ok("RespondToAuthChallenge", right.clone());
        assert_eq!(stage.refused("RespondToAuthChallenge", right), USED_SESSION);
    }

    fn sessions_are_their_challenges_users_and_clients(stage) {
        let mut stage = with_ann(stage);
        stage.confirmed("bob");
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let right = answer_input(&stage, "ann", &challenge, "4");
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer_input(&stage, "bob", &challenge, "4")),
            INVALID_SESSION
        );
        for (member, value) in [("Session", "a-session-that-was-never-opened"), ("ChallengeName", "SMS_MFA")] {
            let mut other = merged(right.clone(), json!({ member: value }));
            other["ChallengeResponses"]["SMS_MFA_CODE"] = json!("4");
            assert_eq!(stage.refused("RespondToAuthChallenge", other), INVALID_SESSION);
        }
        let client = stage.client.clone();
        use_client(&mut stage, json!({}));
        let foreign = merged(right.clone(), json!({ "ClientId": stage.client }));
        assert_eq!(stage.refused("RespondToAuthChallenge", foreign), INVALID_SESSION);
        stage.client = client;
        stage.advance(3 * 60);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", right),
            "NotAuthorizedException: Invalid session for the user, session is expired."
        );
    }

    fn a_missing_parameter_is_named(stage) {
        let stage = with_ann(stage);
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let right = answer_input(&stage, "ann", &challenge, "4");
        for (pointer, name) in [("/Session", "Session"), ("/ChallengeResponses/ANSWER", "ANSWER"), ("/ChallengeResponses/USERNAME", "USERNAME")] {
            let mut without = right.clone();
            without.pointer_mut(pointer).unwrap().take();
            assert_eq!(
                stage.refused("RespondToAuthChallenge", without),
                format!("InvalidParameterException: Missing required parameter {name}")
            );
        }
        stage.ok("RespondToAuthChallenge", right);
    }

    fn only_clients_that_allow_it_begin_one(stage) {
        let mut stage = with_ann(stage);
        stage.use_client(json!({}));
        assert_eq!(
            stage.refused("InitiateAuth", custom_input(&stage, "ann")),
            "InvalidParameterException: CUSTOM_AUTH flow not enabled for this client"
        );
        let input = merged(custom_input(&stage, "ann"), stage.with_pool(json!({})));
        assert_eq!(
            stage.refused("AdminInitiateAuth", input),
            "InvalidParameterException: Auth flow not enabled for this client"
        );
    }

    fn who_may_not_sign_in_is_not_asked(stage) {
        let stage = with_ann(stage);
        stage.sign_up("bob");
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        for (name, expected) in [
            ("ann", "NotAuthorizedException: User is disabled."),
            ("bob", "UserNotConfirmedException: User is not confirmed."),
            ("nobody", "UserNotFoundException: User does not exist."),
        ] {
            assert_eq!(stage.refused("InitiateAuth", custom_input(&stage, name)), expected);
        }
        stage.ok("AdminEnableUser", stage.with_pool(json!({ "Username": "ann" })));
        stage.ok("AdminResetUserPassword", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(
            stage.refused("InitiateAuth", custom_input(&stage, "ann")),
            "PasswordResetRequiredException: Password reset required for the user"
        );
        assert!(stage.lambda.events().is_empty());
    }

    fn who_is_disabled_meanwhile_gets_no_tokens(stage) {
        let stage = with_ann(stage);
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "4")),
            "NotAuthorizedException: User is disabled."
        );
    }

    fn a_secret_is_to_be_known(stage) {
        let mut stage = with_ann(stage);
        use_client(&mut stage, json!({ "GenerateSecret": true }));
        assert_eq!(
            stage.refused("InitiateAuth", custom_input(&stage, "ann")),
            format!("NotAuthorizedException: Client {} is configured with secret but SECRET_HASH was not received", stage.client)
        );
    }

    fn the_right_answer_is_let_in(stage) {
        let stage = with_ann(stage);
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        assert_eq!(challenge["ChallengeParameters"], json!({ "USERNAME": "ann", "question": "2 + 2" }));
        let again = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "5"));
        let done = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &again, "4"));
        assert!(done.get("ChallengeName").is_none());
        let tokens = &done["AuthenticationResult"];
        assert_eq!(claims(&tokens["IdToken"])["email"], "ann@example.com");
        let refreshed = stage.ok("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"]));
        assert_eq!(claims(&refreshed["AuthenticationResult"]["AccessToken"])["username"], "ann");
    }

    fn triggers_may_let_in_at_once_or_never(stage) {
        let stage = with_ann(stage);
        stage.lambda.are_riddle_but(|event| event["response"] = json!({ "issueTokens": true, "challengeName": "CUSTOM_CHALLENGE" }));
        let done = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
        stage.lambda.are_riddle_but(|event| event["response"] = json!({ "issueTokens": true, "failAuthentication": true }));
        assert_eq!(stage.refused("InitiateAuth", custom_input(&stage, "ann")), INCORRECT);
    }

    fn administrators_take_the_same_way(stage) {
        let stage = with_ann(stage);
        let admin = |input| merged(input, stage.with_pool(json!({})));
        let challenge = stage.ok("AdminInitiateAuth", admin(custom_input(&stage, "ann")));
        let wrong = admin(answer_input(&stage, "ann", &challenge, "5"));
        let again = stage.ok("AdminRespondToAuthChallenge", wrong);
        let done = stage.ok("AdminRespondToAuthChallenge", admin(answer_input(&stage, "ann", &again, "4")));
        assert_eq!(claims(&done["AuthenticationResult"]["AccessToken"])["username"], "ann");
    }

    fn the_other_flows_do_not_ask_the_triggers(stage) {
        let stage = with_ann(stage);
        stage.tokens("ann");
        stage.srp_sign_in("ann", PASSWORD).unwrap();
        assert!(stage.lambda.events().is_empty());
    }

    fn users_are_found_by_their_addresses(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann@example.com"));
        assert_eq!(challenge["ChallengeParameters"]["USERNAME"], "ann");
        let answer = answer_input(&stage, "ann@example.com", &challenge, "4");
        let done = stage.ok("RespondToAuthChallenge", answer);
        assert_eq!(text(&claims(&done["AuthenticationResult"]["AccessToken"])["username"]), "ann");
        for event in stage.lambda.events() {
            assert_eq!(event["userName"], "ann");
        }
    }
}

/// A pool with the riddle, and Ann.
fn with_ann(mut stage: Stage) -> Stage {
    use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
    stage.confirmed("ann");
    stage
}
