//! Clients that must not tell who has an account.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal},
};

const MISMATCH: &str =
    "CodeMismatchException: Invalid verification code provided, please try again.";
const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";

fn hiding(mut stage: Stage) -> Stage {
    stage.use_client(json!({ "PreventUserExistenceErrors": "ENABLED" }));
    stage
}

over_both_stores! {
    fn a_wrong_name_looks_like_a_wrong_password(stage) {
        let stage = hiding(stage);
        assert_eq!(refusal(stage.password_sign_in("nobody", PASSWORD)), INCORRECT);
        assert_eq!(refusal(stage.srp_sign_in("nobody", PASSWORD)), INCORRECT);
    }

    fn the_same_name_gets_the_same_salt_and_id(stage) {
        let stage = hiding(stage);
        let ask = |name| stage.ok("InitiateAuth", stage.srp_input(name, "2"))["ChallengeParameters"].clone();
        let (first, second, other) = (ask("nobody"), ask("nobody"), ask("no-one"));
        assert_eq!(first["SALT"], second["SALT"]);
        assert_eq!(first["USER_ID_FOR_SRP"], second["USER_ID_FOR_SRP"]);
        assert_ne!(first["SRP_B"], second["SRP_B"]);
        assert_ne!(first["SALT"], other["SALT"]);
        let id = first["USER_ID_FOR_SRP"].as_str().unwrap();
        assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);

        stage.confirmed("ann");
        let real = ask("ann");
        let length = |value: &serde_json::Value| value.as_str().unwrap().len();
        assert_eq!(length(&real["SALT"]), length(&first["SALT"]));
        assert_eq!(length(&real["SECRET_BLOCK"]), length(&first["SECRET_BLOCK"]));
    }

    fn codes_go_nowhere_and_are_wrong(stage) {
        let stage = hiding(stage);
        let confirm = || stage.refused("ConfirmForgotPassword", stage.with_client(json!({
            "Username": "nobody@example.com", "ConfirmationCode": "123456", "Password": PASSWORD,
        })));
        assert_eq!(confirm(), "ExpiredCodeException: Invalid code provided, please request a code again.");
        let name = stage.with_client(json!({ "Username": "nobody@example.com" }));
        for operation in ["ForgotPassword", "ResendConfirmationCode"] {
            assert_eq!(stage.ok(operation, name.clone())["CodeDeliveryDetails"], json!({
                "Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
            }));
        }
        assert_eq!(confirm(), "CodeMismatchException: Invalid verification code provided, please try again.");
        assert_eq!(stage.sent(), 0);
    }

    fn who_is_disabled_or_out_of_reach_looks_like_nobody(stage) {
        let stage = hiding(stage);
        stage.confirmed("bob");
        stage.confirmed("ann");
        stage.sign_up("eve");
        let change = |name: &str, operation: &str, more: Value| {
            stage.ok(operation, merged(stage.with_pool(json!({ "Username": name })), more))
        };
        change("ann", "AdminDisableUser", json!({}));
        change("eve", "AdminDisableUser", json!({}));
        change("bob", "AdminUpdateUserAttributes", json!({
            "UserAttributes": [{ "Name": "email_verified", "Value": "false" }],
        }));
        let sent = stage.sent();
        for (operation, name) in [
            ("ForgotPassword", "ann"),
            ("ForgotPassword", "bob"),
            ("ForgotPassword", "nobody"),
            ("ResendConfirmationCode", "eve"),
            ("ResendConfirmationCode", "nobody"),
        ] {
            let first = &name[..1];
            assert_eq!(
                stage.ok(operation, stage.with_client(json!({ "Username": name })))["CodeDeliveryDetails"],
                json!({ "Destination": format!("{first}***@{first}***"), "DeliveryMedium": "EMAIL", "AttributeName": "email" }),
                "{operation} {name}"
            );
        }
        assert_eq!(stage.sent(), sent);
        for name in ["ann", "bob", "nobody"] {
            let input = json!({ "Username": name, "ConfirmationCode": "123456", "Password": PASSWORD });
            assert_eq!(stage.refused("ConfirmForgotPassword", stage.with_client(input)), MISMATCH, "{name}");
        }
    }

    fn the_code_of_a_user_who_is_disabled_since_is_wrong(stage) {
        let stage = hiding(stage);
        stage.confirmed("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        let input = json!({ "Username": "ann", "ConfirmationCode": stage.last_code(), "Password": "Battery-staple-8" });
        assert_eq!(stage.refused("ConfirmForgotPassword", stage.with_client(input)), MISMATCH);
        stage.ok("AdminEnableUser", stage.with_pool(json!({ "Username": "ann" })));
        stage.tokens("ann");
    }

    fn a_pool_that_verifies_phones_pretends_to_send_there(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["phone_number"] }));
        let stage = hiding(stage);
        let forgot = |name: &str| {
            stage.ok("ForgotPassword", stage.with_client(json!({ "Username": name })))["CodeDeliveryDetails"].clone()
        };
        let first = forgot("nobody");
        assert_eq!(first["DeliveryMedium"], "SMS");
        assert_eq!(first["Destination"].as_str().unwrap().len(), "+*******1234".len());
        assert_eq!(forgot("nobody"), first);
        assert_ne!(forgot("no-one")["Destination"], first["Destination"]);
        assert_eq!(forgot("+15550001234")["Destination"], "+*******1234");
    }

    fn a_code_to_begin_with_is_pretended_too(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "AutoVerifiedAttributes": ["email"],
            "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } },
        }));
        stage.use_client(json!({
            "ExplicitAuthFlows": ["ALLOW_USER_AUTH"], "PreventUserExistenceErrors": "ENABLED",
        }));
        stage.confirmed("ann");
        let sent = stage.sent();
        let mut answers = Vec::new();
        for name in ["nobody@example.com", "ann"] {
            let mut challenge = stage.ok("InitiateAuth", stage.with_client(json!({
                "AuthFlow": "USER_AUTH",
                "AuthParameters": { "USERNAME": name, "PREFERRED_CHALLENGE": "EMAIL_OTP" },
            })));
            let wrong = stage.with_client(json!({
                "ChallengeName": "EMAIL_OTP", "Session": challenge["Session"],
                "ChallengeResponses": { "USERNAME": name, "EMAIL_OTP_CODE": "00000000" },
            }));
            for _ in 0..2 {
                assert_eq!(
                    stage.refused("RespondToAuthChallenge", wrong.clone()),
                    "CodeMismatchException: Invalid code or auth state for the user.",
                    "{name}"
                );
            }
            assert!(challenge["Session"].take().is_string());
            challenge["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"].take();
            answers.push(challenge);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(stage.sent(), sent + 1);
    }

    fn lockout_does_not_tell_either(stage) {
        let stage = hiding(stage);
        for _ in 0..5 {
            assert_eq!(refusal(stage.password_sign_in("nobody", PASSWORD)), INCORRECT);
        }
        assert_eq!(
            refusal(stage.password_sign_in("nobody", PASSWORD)),
            "NotAuthorizedException: Password attempts exceeded"
        );
    }

    fn a_legacy_client_tells(stage) {
        let name = stage.with_client(json!({ "Username": "nobody" }));
        let expected = "UserNotFoundException: Username/client id combination not found.";
        assert_eq!(stage.refused("ForgotPassword", name.clone()), expected);
        assert_eq!(stage.refused("ResendConfirmationCode", name.clone()), expected);
        let code = json!({ "Username": "nobody", "ConfirmationCode": "123456" });
        assert_eq!(stage.refused("ConfirmSignUp", stage.with_client(code)), expected);
    }
}
