use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, refusal},
};

const HOUR: i64 = 60 * 60;
const MISMATCH: &str =
    "CodeMismatchException: Invalid verification code provided, please try again.";
const EXPIRED: &str = "ExpiredCodeException: Invalid code provided, please request a code again.";
const LIMIT: &str = "LimitExceededException: Attempt limit exceeded, please try after some time.";
const NEW_PASSWORD: &str = "Battery-staple-8";

over_both_stores! {
    fn a_wrong_code_confirms_nobody(stage) {
        stage.sign_up("ann");
        let input = confirmation(&stage, &another_than(&stage.last_code()));
        assert_eq!(stage.refused("ConfirmSignUp", input), MISMATCH);
        assert_eq!(stage.admin_user("ann")["UserStatus"], "UNCONFIRMED");
    }

    fn a_sign_up_code_lives_a_day(stage) {
        stage.sign_up("ann");
        let input = confirmation(&stage, &stage.last_code());
        stage.advance(24 * HOUR);
        assert_eq!(stage.refused("ConfirmSignUp", input), EXPIRED);
    }

    fn a_new_code_replaces_the_old(stage) {
        stage.sign_up("ann");
        let old = stage.last_code();
        let answer = stage.ok("ResendConfirmationCode", stage.with_client(json!({ "Username": "ann" })));
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "a***@e***");
        assert_ne!(stage.last_code(), old);
        assert_eq!(stage.refused("ConfirmSignUp", confirmation(&stage, &old)), MISMATCH);
        stage.confirm("ann");
        assert_eq!(
            stage.refused("ResendConfirmationCode", stage.with_client(json!({ "Username": "ann" }))),
            "InvalidParameterException: User is already confirmed."
        );
    }

    fn codes_can_be_tried_fifteen_times_an_hour(stage) {
        stage.sign_up("ann");
        let right = stage.last_code();
        let wrong = another_than(&right);
        for _ in 0..15 {
            assert_eq!(stage.refused("ConfirmSignUp", confirmation(&stage, &wrong)), MISMATCH);
        }
        assert_eq!(stage.refused("ConfirmSignUp", confirmation(&stage, &right)), LIMIT);
        stage.advance(HOUR);
        stage.ok("ConfirmSignUp", confirmation(&stage, &right));
    }

    fn codes_can_be_sent_again_five_times_an_hour(stage) {
        stage.sign_up("ann");
        for _ in 0..5 {
            stage.ok("ResendConfirmationCode", stage.with_client(json!({ "Username": "ann" })));
        }
        assert_eq!(stage.refused("ResendConfirmationCode", stage.with_client(json!({ "Username": "ann" }))), LIMIT);
        assert_eq!(stage.sent(), 6);
    }

    fn a_forgotten_password_is_replaced_by_a_code(stage) {
        stage.confirmed("ann");
        let answer = stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        assert_eq!(answer["CodeDeliveryDetails"], json!({
            "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        }));
        let code = stage.last_code();
        assert_eq!(stage.refused("ConfirmForgotPassword", reset(&stage, &another_than(&code))), MISMATCH);
        stage.password_sign_in("ann", PASSWORD).unwrap();

        stage.ok("ConfirmForgotPassword", reset(&stage, &code));
        assert!(stage.password_sign_in("ann", PASSWORD).is_err());
        stage.password_sign_in("ann", NEW_PASSWORD).unwrap();
        assert_eq!(stage.refused("ConfirmForgotPassword", reset(&stage, &code)), EXPIRED);
    }

    fn a_weak_password_does_not_use_up_the_code(stage) {
        stage.confirmed("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        let mut input = reset(&stage, &stage.last_code());
        input["Password"] = json!("lower-case-1");
        assert_eq!(
            stage.refused("ConfirmForgotPassword", input),
            "InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters"
        );
        stage.ok("ConfirmForgotPassword", reset(&stage, &stage.last_code()));
    }

    fn a_reset_code_lives_an_hour(stage) {
        stage.confirmed("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        let input = reset(&stage, &stage.last_code());
        stage.advance(HOUR);
        assert_eq!(stage.refused("ConfirmForgotPassword", input), EXPIRED);
    }

    fn reset_codes_cannot_be_tried_for_ever(stage) {
        stage.confirmed("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        let right = stage.last_code();
        for _ in 0..10 {
            assert_eq!(stage.refused("ConfirmForgotPassword", reset(&stage, &another_than(&right))), MISMATCH);
        }
        assert_eq!(stage.refused("ConfirmForgotPassword", reset(&stage, &right)), LIMIT);
    }

    fn reset_codes_cannot_be_asked_for_for_ever(stage) {
        stage.confirmed("ann");
        let forgot = || stage.call("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        for _ in 0..10 {
            forgot().unwrap();
        }
        assert_eq!(refusal(forgot()), LIMIT);
        stage.advance(HOUR);
        forgot().unwrap();
    }

    fn without_a_verified_address_nothing_can_be_sent(stage) {
        stage.sign_up("ann");
        stage.ok("AdminConfirmSignUp", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(
            stage.refused("ForgotPassword", stage.with_client(json!({ "Username": "ann" }))),
            "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or \
             phone_number"
        );
    }

    fn a_temporary_password_cannot_be_forgotten(stage) {
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "ann", "MessageAction": "SUPPRESS" })));
        assert_eq!(
            stage.refused("ForgotPassword", stage.with_client(json!({ "Username": "ann" }))),
            "NotAuthorizedException: User password cannot be reset in the current state."
        );
    }

    fn a_code_is_good_for_its_own_purpose_and_user_only(stage) {
        stage.sign_up("bob");
        let bobs = stage.last_code();
        stage.confirmed("ann");
        assert_eq!(stage.refused("ConfirmForgotPassword", reset(&stage, &bobs)), EXPIRED);
    }
}

fn confirmation(stage: &Stage, code: &str) -> Value {
    stage.with_client(json!({ "Username": "ann", "ConfirmationCode": code }))
}

fn reset(stage: &Stage, code: &str) -> Value {
    stage.with_client(
        json!({ "Username": "ann", "ConfirmationCode": code, "Password": NEW_PASSWORD }),
    )
}

fn another_than(code: &str) -> String {
    if code == "000000" {
        "000001".to_owned()
    } else {
        "000000".to_owned()
    }
}
