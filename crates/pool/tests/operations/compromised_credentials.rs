//! Passwords that everybody knows: a few of them are in `src/threat/compromised.rs`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal},
};

const KNOWN: &str = "Password123!";
const REFUSED: &str =
    "InvalidPasswordException: Provided password cannot be used for security reasons.";

over_both_stores! {
    fn no_new_password_is_a_known_one(stage) {
        let mut stage = stage;
        watched(&mut stage, "ENFORCED", json!({ "Actions": { "EventAction": "BLOCK" } }));
        let known = json!({ "Password": KNOWN });
        assert_eq!(stage.refused("SignUp", merged(stage.sign_up_input("ann"), known.clone())), REFUSED);
        stage.confirmed("ann");
        let change = json!({ "AccessToken": stage.access_token("ann"), "PreviousPassword": PASSWORD, "ProposedPassword": KNOWN });
        assert_eq!(stage.refused("ChangePassword", change), REFUSED);
        let named = stage.with_client(json!({ "Username": "ann" }));
        stage.ok("ForgotPassword", named.clone());
        let code = json!({ "ConfirmationCode": stage.last_code() });
        let reset = merged(merged(named, code), known);
        assert_eq!(stage.refused("ConfirmForgotPassword", reset.clone()), REFUSED);
        stage.ok("ConfirmForgotPassword", merged(reset, json!({ "Password": "Another-horse-8" })));

        let created = json!({ "Username": "bob", "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS" });
        stage.ok("AdminCreateUser", stage.with_pool(created));
        let challenge = stage.password_sign_in("bob", PASSWORD).unwrap();
        let answer = stage.with_client(json!({
            "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "bob", "NEW_PASSWORD": KNOWN },
        }));
        assert_eq!(stage.refused("RespondToAuthChallenge", answer), REFUSED);
    }

    fn a_known_password_signs_nobody_in_and_must_be_reset(stage) {
        let mut stage = stage;
        watched(&mut stage, "ENFORCED", json!({ "EventFilter": ["SIGN_IN"], "Actions": { "EventAction": "BLOCK" } }));
        // A filter without them lets sign-ups pass.
        stage.ok("SignUp", merged(stage.sign_up_input("ann"), json!({ "Password": KNOWN })));
        stage.confirm("ann");
        // By SRP the password is not seen.
        stage.srp_sign_in("ann", KNOWN).unwrap();
        // A wrong one says nothing of the right one.
        assert_eq!(refusal(stage.password_sign_in("ann", "Welcome123!")), "NotAuthorizedException: Incorrect username or password.");
        let required = "PasswordResetRequiredException: Password reset required for the user";
        assert_eq!(refusal(stage.password_sign_in("ann", KNOWN)), required);
        let event = stage.events("ann")[0].clone();
        assert_eq!(event["EventResponse"], "Fail");
        assert_eq!(event["EventRisk"], json!({ "RiskDecision": "Block", "CompromisedCredentialsDetected": true }));
        assert_eq!(stage.admin_user("ann")["UserStatus"], "RESET_REQUIRED");
        assert_eq!(refusal(stage.srp_sign_in("ann", KNOWN)), required);
    }

    fn without_enforcement_it_is_only_recorded(stage) {
        let mut stage = stage;
        for (mode, action) in [("AUDIT", "BLOCK"), ("ENFORCED", "NO_ACTION")] {
            watched(&mut stage, mode, json!({ "Actions": { "EventAction": action } }));
            stage.ok("SignUp", merged(stage.sign_up_input("ann"), json!({ "Password": KNOWN })));
            stage.confirm("ann");
            stage.password_sign_in("ann", KNOWN).unwrap();
            for event in stage.events("ann") {
                assert_eq!(event["EventRisk"]["CompromisedCredentialsDetected"], true, "{mode}");
                assert_eq!(event["EventResponse"], "Pass");
            }
        }
    }
}

/// Goes on with a pool that watches for known passwords so.
fn watched(stage: &mut Stage, mode: &str, configuration: Value) {
    stage.use_protected_pool(mode);
    let input = json!({ "CompromisedCredentialsRiskConfiguration": configuration });
    stage.ok("SetRiskConfiguration", stage.with_pool(input));
}
