//! Clients that must not tell who has an account.

use serde_json::json;

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, refusal},
};

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
