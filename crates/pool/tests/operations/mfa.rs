//! Second factors at sign-in.

use serde_json::json;

use crate::{
    device::{Device, tracks},
    factors::{Token, another_than, answer, answer_input, asks, challenged, offers, turn_on, user},
    over_both_stores,
    stage::{PASSWORD, refusal},
};

const WRONG_CODE: &str = "CodeMismatchException: Invalid code or auth state for the user.";
const WRONG_TOKEN: &str = "CodeMismatchException: Invalid code received for user";
const LOCKED: &str = "NotAuthorizedException: Password attempts exceeded";
const FOREIGN: &str = "NotAuthorizedException: Invalid session for the user.";
const ONCE: &str =
    "NotAuthorizedException: Invalid session for the user, session can only be used once.";

over_both_stores! {
    fn a_wrong_token_code_is_refused_and_the_right_one_taken_after_it(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let token = Token::of(&stage, &stage.access_token("ann"));
        turn_on(&stage, "ann", &["SOFTWARE_TOKEN_MFA"], false);
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        let code = token.code(&stage);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &another_than(&code))), WRONG_TOKEN);
        for late in [-60, 60] {
            assert_eq!(refusal(answer(&stage, "ann", &challenge, &token.code_in(&stage, late))), WRONG_TOKEN);
        }
        let tokens = answer(&stage, "ann", &challenge, &code).unwrap();
        assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &code)), ONCE);
    }

    fn codes_cannot_be_tried_for_ever(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let token = Token::of(&stage, &stage.access_token("ann"));
        turn_on(&stage, "ann", &["SOFTWARE_TOKEN_MFA", "SMS_MFA"], true);
        let challenge = challenged(&stage, "ann");
        let wrong = || another_than(&token.code(&stage));
        for _ in 0..5 {
            assert_eq!(refusal(answer(&stage, "ann", &challenge, &wrong())), WRONG_TOKEN);
        }
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &token.code(&stage))), LOCKED);
        // Neither a new session nor another factor helps.
        let again = challenged(&stage, "ann");
        assert_eq!(refusal(answer(&stage, "ann", &again, &token.code(&stage))), LOCKED);
        stage.advance(1);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &wrong())), WRONG_TOKEN);
        stage.advance(1);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &token.code(&stage))), LOCKED);
        turn_on(&stage, "ann", &["SMS_MFA"], true);
        let by_sms = challenged(&stage, "ann");
        let code = stage.last_code();
        assert_eq!(refusal(answer(&stage, "ann", &by_sms, &code)), LOCKED);
        stage.advance(1);
        answer(&stage, "ann", &by_sms, &code).unwrap();
    }

    fn a_code_that_signs_in_forgets_the_wrong_ones(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        for _ in 0..3 {
            let challenge = challenged(&stage, "ann");
            let code = stage.last_code();
            for _ in 0..4 {
                assert_eq!(refusal(answer(&stage, "ann", &challenge, &another_than(&code))), WRONG_CODE);
            }
            answer(&stage, "ann", &challenge, &code).unwrap();
        }
    }

    fn a_token_code_is_good_once(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let token = Token::of(&stage, &stage.access_token("ann"));
        turn_on(&stage, "ann", &["SOFTWARE_TOKEN_MFA"], false);
        let code = token.code(&stage);
        answer(&stage, "ann", &challenged(&stage, "ann"), &code).unwrap();
        let used = "ExpiredCodeException: Your software token has already been used once.";
        assert_eq!(refusal(answer(&stage, "ann", &challenged(&stage, "ann"), &code)), used);
        // The clock of the token is fast: its next code comes early, and the one before is then too old.
        answer(&stage, "ann", &challenged(&stage, "ann"), &token.code_in(&stage, 30)).unwrap();
        assert_eq!(refusal(answer(&stage, "ann", &challenged(&stage, "ann"), &code)), used);
    }

    fn a_token_answer_may_carry_the_code_twice(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let token = Token::of(&stage, &stage.access_token("ann"));
        turn_on(&stage, "ann", &["SOFTWARE_TOKEN_MFA"], false);
        let challenge = challenged(&stage, "ann");
        let code = token.code(&stage);
        // As amazon-cognito-identity-js sends it.
        let mut input = answer_input(&stage, "ann", &challenge, "SMS_MFA_CODE", &code);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", input.clone()),
            "InvalidParameterException: Missing required parameter SOFTWARE_TOKEN_MFA_CODE"
        );
        input["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"] = json!(code);
        stage.ok("RespondToAuthChallenge", input);
    }

    fn a_wrong_sms_code_is_refused_and_the_right_one_taken_after_it(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "SMS_MFA");
        assert_eq!(challenge["ChallengeParameters"], json!({
            "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS", "CODE_DELIVERY_DESTINATION": "+*******1234",
        }));
        let message = stage.service.outbox().unwrap().pop().unwrap();
        assert_eq!((message.destination.as_str(), message.medium.as_str()), ("+15550001234", "SMS"));
        assert_eq!(message.code.len(), 6);
        for wrong in [another_than(&message.code), message.code[1..].to_owned()] {
            assert_eq!(refusal(answer(&stage, "ann", &challenge, &wrong)), WRONG_CODE);
        }
        answer(&stage, "ann", &challenge, &message.code).unwrap();
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &message.code)), ONCE);
    }

    fn a_code_is_good_in_its_own_session_alone(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        for name in ["ann", "bob"] {
            user(&stage, name);
            turn_on(&stage, name, &["SMS_MFA"], false);
        }
        let (first, code) = (challenged(&stage, "ann"), stage.last_code());
        let second = challenged(&stage, "ann");
        let bobs = challenged(&stage, "bob");
        assert_eq!(refusal(answer(&stage, "ann", &second, &code)), WRONG_CODE);
        assert_eq!(refusal(answer(&stage, "ann", &bobs, &stage.last_code())), FOREIGN);
        assert_eq!(refusal(answer(&stage, "bob", &first, &code)), FOREIGN);
        let mut as_mail = first.clone();
        as_mail["ChallengeName"] = json!("EMAIL_OTP");
        assert_eq!(refusal(answer(&stage, "ann", &as_mail, &code)), FOREIGN);
        let client = stage.client.clone();
        stage.use_client(json!({}));
        assert_eq!(refusal(answer(&stage, "ann", &first, &code)), FOREIGN);
        stage.client = client;
        stage.advance(3 * 60);
        assert_eq!(
            refusal(answer(&stage, "ann", &first, &code)),
            "NotAuthorizedException: Invalid session for the user, session is expired."
        );
    }

    fn a_code_by_mail_is_a_second_factor_too(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        turn_on(&stage, "ann", &["EMAIL_OTP"], false);
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
        assert_eq!(challenge["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "a***@e***");
        let code = stage.last_code();
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &another_than(&code))), WRONG_CODE);
        answer(&stage, "ann", &challenge, &code).unwrap();
    }

    fn who_has_several_factors_and_prefers_none_chooses(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        Token::of(&stage, &stage.access_token("ann"));
        turn_on(&stage, "ann", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"], false);
        let choice = challenged(&stage, "ann");
        assert_eq!(choice["ChallengeName"], "SELECT_MFA_TYPE");
        assert_eq!(choice["ChallengeParameters"], json!({ "MFAS_CAN_CHOOSE": r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"# }));
        let choose = |choice, factor| stage.call("RespondToAuthChallenge", answer_input(&stage, "ann", choice, "ANSWER", factor));
        for wrong in ["EMAIL_OTP", "NEW_PASSWORD_REQUIRED", "sms"] {
            let refused = refusal(choose(&choice, wrong));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
        let challenge = choose(&choice, "SMS_MFA").unwrap();
        assert_eq!(challenge["ChallengeName"], "SMS_MFA");
        assert_eq!(refusal(choose(&choice, "SMS_MFA")), ONCE);
        answer(&stage, "ann", &challenge, &stage.last_code()).unwrap();
    }

    fn a_preferred_factor_is_asked_for_at_once(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        Token::of(&stage, &stage.access_token("ann"));
        turn_on(&stage, "ann", &["SOFTWARE_TOKEN_MFA", "SMS_MFA"], true);
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        turn_on(&stage, "ann", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"], true);
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "SMS_MFA");
    }

    fn srp_is_followed_by_the_second_factor_too(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        let challenge = stage.srp_sign_in("ann", PASSWORD).unwrap();
        assert_eq!(challenge["ChallengeName"], "SMS_MFA");
        answer(&stage, "ann", &challenge, &stage.last_code()).unwrap();
    }

    fn a_pool_that_demands_a_factor_takes_what_the_user_has(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        offers(&stage, "ON", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
        user(&stage, "ann");
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "SMS_MFA");
        offers(&stage, "OPTIONAL", &["SMS_MFA"]);
        stage.access_token("ann");
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({ "MfaConfiguration": "OFF" })));
        stage.access_token("ann");
    }

    fn a_user_who_is_disabled_meanwhile_gets_no_tokens(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        let (challenge, code) = (challenged(&stage, "ann"), stage.last_code());
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &code)), "NotAuthorizedException: User is disabled.");
    }

    fn a_remembered_device_stands_for_the_second_factor_where_the_pool_says_so(stage) {
        let mut stage = stage;
        for suppresses_mfa in [true, false] {
            tracks(&mut stage, suppresses_mfa, false);
            stage.confirmed("ann");
            let device = Device::confirmed(&stage, "ann");
            offers(&stage, "ON", &["EMAIL_OTP"]);
            let challenge = device.password_sign_in(&stage, "ann").unwrap();
            let first = if suppresses_mfa { "DEVICE_SRP_AUTH" } else { "EMAIL_OTP" };
            assert_eq!(challenge["ChallengeName"], first);
            if !suppresses_mfa {
                let next = answer(&stage, "ann", &challenge, &stage.last_code()).unwrap();
                assert_eq!(next["ChallengeName"], "DEVICE_SRP_AUTH");
            }
            // From elsewhere the second factor is asked for.
            assert_eq!(challenged(&stage, "ann")["ChallengeName"], "EMAIL_OTP");
        }
    }

    fn a_device_that_is_not_remembered_stands_for_nothing(stage) {
        let mut stage = stage;
        tracks(&mut stage, true, true);
        stage.confirmed("ann");
        let device = Device::confirmed(&stage, "ann");
        offers(&stage, "ON", &["EMAIL_OTP"]);
        assert_eq!(device.password_sign_in(&stage, "ann").unwrap()["ChallengeName"], "EMAIL_OTP");
    }
}
