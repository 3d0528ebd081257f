//! `AdminInitiateAuth`, `AdminRespondToAuthChallenge`.

use serde_json::{Value, json};

use crate::{
    factors::{asks, turn_on, user},
    over_both_stores,
    stage::{PASSWORD, Stage, claims, merged, refusal, text},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";

over_both_stores! {
    fn a_wrong_password_is_refused(stage) {
        let mut stage = stage;
        allow(&mut stage);
        stage.confirmed("ann");
        assert_eq!(stage.refused("AdminInitiateAuth", input(&stage, "ADMIN_USER_PASSWORD_AUTH", "Correct-horse-8")), INCORRECT);
    }

    fn a_flow_that_the_client_does_not_allow_is_refused(stage) {
        stage.confirmed("ann");
        for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH"] {
            assert_eq!(
                stage.refused("AdminInitiateAuth", input(&stage, flow, PASSWORD)),
                "InvalidParameterException: Auth flow not enabled for this client"
            );
        }
        assert_eq!(
            stage.refused("AdminInitiateAuth", input(&stage, "USER_PASSWORD_AUTH", PASSWORD)),
            "InvalidParameterException: Initiate Auth method not supported."
        );
    }

    fn users_cannot_take_the_administrators_flow(stage) {
        let mut stage = stage;
        allow(&mut stage);
        stage.confirmed("ann");
        for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
            let mut input = stage.password_input("ann", PASSWORD);
            input["AuthFlow"] = json!(flow);
            assert_eq!(
                stage.refused("InitiateAuth", input),
                "InvalidParameterException: Initiate Auth method not supported."
            );
        }
    }

    fn another_pools_client_does_not_exist(stage) {
        let mut stage = stage;
        let foreign = stage.client.clone();
        stage.use_pool(json!({}));
        let input = merged(input(&stage, "USER_SRP_AUTH", PASSWORD), json!({ "ClientId": foreign }));
        let expected = format!("ResourceNotFoundException: User pool client {foreign} does not exist.");
        assert_eq!(stage.refused("AdminInitiateAuth", input), expected);
        let answer = stage.with_pool(json!({ "ClientId": foreign, "ChallengeName": "SMS_MFA" }));
        assert_eq!(stage.refused("AdminRespondToAuthChallenge", answer), expected);
    }

    fn both_names_of_the_flow_sign_in(stage) {
        let mut stage = stage;
        allow(&mut stage);
        stage.confirmed("ann");
        for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
            let answer = stage.ok("AdminInitiateAuth", input(&stage, flow, PASSWORD));
            assert_eq!(claims(&answer["AuthenticationResult"]["AccessToken"])["username"], "ann");
        }
    }

    fn srp_and_refresh_work_for_administrators_too(stage) {
        stage.confirmed("ann");
        let proof = merged(stage.srp_answer("ann", PASSWORD).unwrap(), stage.with_pool(json!({})));
        let answer = stage.ok("AdminRespondToAuthChallenge", proof);
        let token = &answer["AuthenticationResult"]["RefreshToken"];
        let refresh = merged(stage.refresh_input(token), stage.with_pool(json!({})));
        let answer = stage.ok("AdminInitiateAuth", refresh);
        assert!(answer["AuthenticationResult"]["AccessToken"].is_string());
    }

    fn a_second_factor_is_asked_for(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        allow(&mut stage);
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        let challenge = stage.ok("AdminInitiateAuth", input(&stage, "ADMIN_USER_PASSWORD_AUTH", PASSWORD));
        assert_eq!(challenge["ChallengeName"], "SMS_MFA");
        let answer = |code: String| stage.call("AdminRespondToAuthChallenge", stage.with_pool(stage.with_client(json!({
            "ChallengeName": "SMS_MFA",
            "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "ann", "SMS_MFA_CODE": code },
        }))));
        assert_eq!(
            refusal(answer("wrong".to_owned())),
            "CodeMismatchException: Invalid code or auth state for the user."
        );
        let tokens = answer(stage.last_code()).unwrap();
        text(&tokens["AuthenticationResult"]["IdToken"]);
    }
}

fn allow(stage: &mut Stage) {
    stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }));
}

fn input(stage: &Stage, flow: &str, password: &str) -> Value {
    stage.with_pool(stage.with_client(json!({
        "AuthFlow": flow,
        "AuthParameters": { "USERNAME": "ann", "PASSWORD": password },
    })))
}
