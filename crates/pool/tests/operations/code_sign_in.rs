//! `EMAIL_OTP` and `SMS_OTP` as the first factor.

use serde_json::{Value, json};

use crate::{
    factors::{another_than, answer, offers, turn_on},
    over_both_stores,
    stage::{Stage, claims, refusal},
};

const WRONG_CODE: &str = "CodeMismatchException: Invalid code or auth state for the user.";

over_both_stores! {
    fn a_code_by_mail_signs_in(stage) {
        let mut stage = stage;
        allow(&mut stage);
        let challenge = begin(&stage, "EMAIL_OTP");
        assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
        assert_eq!(challenge["ChallengeParameters"], json!({
            "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL", "CODE_DELIVERY_DESTINATION": "a***@e***",
        }));
        let code = stage.last_code();
        // As the service was seen to send.
        assert_eq!(code.len(), 8);
        for _ in 0..6 {
            assert_eq!(refusal(answer(&stage, "ann", &challenge, &another_than(&code))), WRONG_CODE);
        }
        let tokens = answer(&stage, "ann", &challenge, &code).unwrap();
        assert_eq!(claims(&tokens["AuthenticationResult"]["AccessToken"])["username"], "ann");
        assert_eq!(
            refusal(answer(&stage, "ann", &challenge, &code)),
            "NotAuthorizedException: Invalid session for the user, session can only be used once."
        );
    }

    fn a_code_by_sms_signs_in(stage) {
        let mut stage = stage;
        allow(&mut stage);
        let challenge = begin(&stage, "SMS_OTP");
        assert_eq!(challenge["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "+*******1234");
        let code = stage.last_code();
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &another_than(&code))), WRONG_CODE);
        answer(&stage, "ann", &challenge, &code).unwrap();
    }

    fn a_code_does_not_pass_over_the_second_factor(stage) {
        let mut stage = stage;
        allow(&mut stage);
        offers(&stage, "OPTIONAL", &["SMS_MFA"]);
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        let challenge = begin(&stage, "EMAIL_OTP");
        assert_eq!(challenge["ChallengeName"], "SELECT_CHALLENGE");
        assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    }

    fn what_can_be_begun_with_is_told(stage) {
        let mut stage = stage;
        allow(&mut stage);
        let of_user = stage.ok("GetUserAuthFactors", json!({ "AccessToken": stage.access_token("ann") }));
        assert_eq!(of_user, json!({ "Username": "ann", "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] }));
        let ann = stage.with_pool(json!({ "Username": "ann" }));
        assert_eq!(stage.ok("AdminGetUserAuthFactors", ann), of_user);
        let nobody = stage.with_pool(json!({ "Username": "nobody" }));
        assert_eq!(stage.refused("AdminGetUserAuthFactors", nobody), "UserNotFoundException: User does not exist.");
    }

    fn an_unverified_address_gets_no_code(stage) {
        let mut stage = stage;
        allow(&mut stage);
        stage.ok("AdminUpdateUserAttributes", stage.with_pool(json!({
            "Username": "ann", "UserAttributes": [{ "Name": "email_verified", "Value": "false" }],
        })));
        let sent = stage.sent();
        let challenge = begin(&stage, "EMAIL_OTP");
        assert_eq!(challenge["ChallengeName"], "SELECT_CHALLENGE");
        assert_eq!(stage.sent(), sent);
    }
}

/// A pool and a client that let a user with both addresses begin with a code.
fn allow(stage: &mut Stage) {
    stage.use_pool(json!({
        "AutoVerifiedAttributes": ["email"],
        "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } },
    }));
    stage.use_client(
        json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"] }),
    );
    stage.confirmed("ann");
    stage.ok(
        "AdminUpdateUserAttributes",
        stage.with_pool(json!({
            "Username": "ann", "UserAttributes": [
                { "Name": "phone_number", "Value": "+15550001234" },
                { "Name": "phone_number_verified", "Value": "true" },
            ],
        })),
    );
}

fn begin(stage: &Stage, preferred: &str) -> Value {
    stage.ok(
        "InitiateAuth",
        stage.with_client(json!({
            "AuthFlow": "USER_AUTH",
            "AuthParameters": { "USERNAME": "ann", "PREFERRED_CHALLENGE": preferred },
        })),
    )
}
