//! Custom authentication of users who do not exist, through clients that must not tell.

use serde_json::{Value, json};

use crate::{
    lambda::{answer_input, custom_input, custom_srp_input, use_client, use_riddle},
    over_both_stores,
    stage::{PASSWORD, Stage},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";

over_both_stores! {
    fn nobody_is_asked_as_everybody_and_never_let_in(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        hide(&mut stage);
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "nobody"));
        assert_eq!(challenge["ChallengeParameters"], json!({ "USERNAME": "nobody", "question": "2 + 2" }));
        let again = stage.ok("RespondToAuthChallenge", answer_input(&stage, "nobody", &challenge, "5"));
        assert_eq!(stage.refused("RespondToAuthChallenge", answer_input(&stage, "nobody", &again, "4")), INCORRECT);
        let events = stage.lambda.events();
        assert_eq!(events.len(), 7);
        for event in events {
            assert_eq!(event["userName"], "nobody");
            assert_eq!(event["request"]["userNotFound"], true);
            assert_eq!(event["request"]["userAttributes"], json!({}));
        }
    }

    fn triggers_are_told_that_somebody_is_there(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        hide(&mut stage);
        stage.confirmed("ann");
        stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        for event in stage.lambda.events() {
            assert_eq!(event["request"]["userNotFound"], false);
        }
    }

    fn where_usernames_are_made_up_nobody_has_one_too(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        hide(&mut stage);
        let input = stage.with_client(json!({ "Username": "ann@example.com", "Password": PASSWORD }));
        stage.ok("SignUp", input);
        stage.confirm("ann@example.com");
        let name_of = |challenge: &Value| challenge["ChallengeParameters"]["USERNAME"].as_str().unwrap().to_owned();
        let ann = stage.ok("InitiateAuth", custom_input(&stage, "ann@example.com"));
        let nobody = stage.ok("InitiateAuth", custom_input(&stage, "nobody@example.com"));
        let name = name_of(&nobody);
        assert_eq!(name.len(), name_of(&ann).len());
        assert!(!name.contains('@'));
        assert_eq!(name, name_of(&stage.ok("InitiateAuth", custom_input(&stage, "nobody@example.com"))));

        // The answer comes under either name, and under no other.
        let again = stage.ok("RespondToAuthChallenge", answer_input(&stage, &name, &nobody, "5"));
        let again = stage.ok("RespondToAuthChallenge", answer_input(&stage, "nobody@example.com", &again, "5"));
        for other in ["somebody@example.com", "ann@example.com"] {
            assert_eq!(
                stage.refused("RespondToAuthChallenge", answer_input(&stage, other, &again, "4")),
                "NotAuthorizedException: Invalid session for the user."
            );
        }
        assert_eq!(stage.refused("RespondToAuthChallenge", answer_input(&stage, &name, &again, "4")), INCORRECT);
    }

    fn the_disabled_are_asked_too_and_told_at_the_end(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        hide(&mut stage);
        stage.confirmed("ann");
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "4")),
            "NotAuthorizedException: User is disabled."
        );
    }

    fn nobody_proves_a_password(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({}));
        hide(&mut stage);
        let challenge = stage.ok("InitiateAuth", custom_srp_input(&stage, "nobody"));
        assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
        assert_eq!(stage.refused("RespondToAuthChallenge", stage.proof(&challenge, PASSWORD)), INCORRECT);
    }

    fn who_signs_up_meanwhile_does_not_take_over_the_session(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        hide(&mut stage);
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        stage.confirmed("ann");
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "4")),
            "NotAuthorizedException: Invalid session for the user."
        );
    }
}

fn hide(stage: &mut Stage) {
    use_client(stage, json!({ "PreventUserExistenceErrors": "ENABLED" }));
}
