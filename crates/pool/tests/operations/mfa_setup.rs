//! `MFA_SETUP`, `AssociateSoftwareToken`, `VerifySoftwareToken`.

use serde_json::{Value, json};

use crate::{
    factors::{Token, another_than, answer, answer_input, asks, challenged, offers},
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, claims, refusal},
};

const MISMATCH: &str =
    "EnableSoftwareTokenMFAException: Code mismatch and fail enable Software Token MFA";
const FOREIGN: &str = "NotAuthorizedException: Invalid session for the user.";
const ONCE: &str =
    "NotAuthorizedException: Invalid session for the user, session can only be used once.";
const NOT_ENABLED: &str =
    "SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool";

over_both_stores! {
    fn a_pool_without_tokens_gives_no_secret(stage) {
        stage.confirmed("ann");
        let input = json!({ "AccessToken": stage.access_token("ann") });
        assert_eq!(stage.refused("AssociateSoftwareToken", input), NOT_ENABLED);
    }

    fn a_token_or_a_session_is_needed(stage) {
        let refused = stage.refused("AssociateSoftwareToken", json!({}));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        let made_up = json!({ "Session": "a-session-that-was-never-opened" });
        assert_eq!(stage.refused("AssociateSoftwareToken", made_up), FOREIGN);
        assert_eq!(
            stage.refused("AssociateSoftwareToken", json!({ "AccessToken": "a.b.c" })),
            "NotAuthorizedException: Invalid Access Token"
        );
    }

    fn a_token_counts_when_it_has_shown_its_code(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        stage.confirmed("ann");
        let access = stage.access_token("ann");
        let verify = |code: &str| stage.call("VerifySoftwareToken", json!({ "AccessToken": access, "UserCode": code }));
        assert_eq!(refusal(verify("123456")), MISMATCH);
        let associated = stage.ok("AssociateSoftwareToken", json!({ "AccessToken": access }));
        assert!(associated.get("Session").is_none());
        assert_eq!(associated["SecretCode"].as_str().unwrap().len(), 52);
        let token = Token::new(&associated["SecretCode"]);
        assert_eq!(refusal(verify(&another_than(&token.code(&stage)))), MISMATCH);
        let preference = json!({ "AccessToken": access, "SoftwareTokenMfaSettings": { "Enabled": true } });
        assert_eq!(
            stage.refused("SetUserMFAPreference", preference.clone()),
            "InvalidParameterException: User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
        );
        assert_eq!(verify(&token.code(&stage)).unwrap(), json!({ "Status": "SUCCESS" }));
        stage.ok("SetUserMFAPreference", preference);
    }

    fn a_new_secret_leaves_the_old_token_until_it_is_verified(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        stage.confirmed("ann");
        let access = stage.access_token("ann");
        let old = Token::of(&stage, &access);
        stage.ok("SetUserMFAPreference", json!({
            "AccessToken": access, "SoftwareTokenMfaSettings": { "Enabled": true },
        }));
        let new = Token::new(&stage.ok("AssociateSoftwareToken", json!({ "AccessToken": access }))["SecretCode"]);
        let challenge = challenged(&stage, "ann");
        assert!(answer(&stage, "ann", &challenge, &new.code(&stage)).is_err());
        answer(&stage, "ann", &challenge, &old.code(&stage)).unwrap();
        stage.ok("VerifySoftwareToken", json!({
            "AccessToken": access, "UserCode": new.code(&stage), "FriendlyDeviceName": "phone",
        }));
        stage.advance(30);
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeParameters"], json!({ "FRIENDLY_DEVICE_NAME": "phone" }));
        assert!(answer(&stage, "ann", &challenge, &old.code(&stage)).is_err());
        answer(&stage, "ann", &challenge, &new.code(&stage)).unwrap();
    }

    fn a_token_that_an_administrator_deletes_is_asked_for_no_more(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        stage.confirmed("ann");
        let access = stage.access_token("ann");
        Token::of(&stage, &access);
        let preference = json!({ "AccessToken": access, "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
        stage.ok("SetUserMFAPreference", preference.clone());
        challenged(&stage, "ann");
        assert_eq!(
            stage.refused("AdminDeleteSoftwareToken", stage.with_pool(json!({ "Username": "nobody" }))),
            "UserNotFoundException: User does not exist."
        );
        stage.ok("AdminDeleteSoftwareToken", stage.with_pool(json!({ "Username": "ann" })));
        stage.access_token("ann");
        assert!(stage.admin_user("ann").get("PreferredMfaSetting").is_none());
        assert_eq!(
            stage.refused("SetUserMFAPreference", preference),
            "InvalidParameterException: User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
        );
    }

    fn who_must_have_a_factor_and_has_none_sets_one_up(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        offers(&stage, "ON", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
        stage.confirmed("ann");
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "MFA_SETUP");
        assert_eq!(challenge["ChallengeParameters"]["MFAS_CAN_SETUP"], r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#);

        // Nothing is set up yet.
        let refused = stage.refused("RespondToAuthChallenge", set_up(&stage, "ann", &challenge["Session"]));
        assert!(refused.starts_with("SoftwareTokenMFANotFoundException: "), "{refused}");

        let session = json!({ "Session": challenge["Session"] });
        let associated = stage.ok("AssociateSoftwareToken", session.clone());
        assert_eq!(stage.refused("AssociateSoftwareToken", session), ONCE);
        let token = Token::new(&associated["SecretCode"]);
        let verify = |code: &str| stage.call("VerifySoftwareToken", json!({ "Session": associated["Session"], "UserCode": code }));
        assert_eq!(refusal(verify(&another_than(&token.code(&stage)))), MISMATCH);
        let verified = verify(&token.code(&stage)).unwrap();
        assert_eq!(verified["Status"], "SUCCESS");
        assert_eq!(refusal(verify(&token.code(&stage))), ONCE);

        assert_eq!(stage.refused("RespondToAuthChallenge", set_up(&stage, "bob", &verified["Session"])), FOREIGN);
        let tokens = stage.ok("RespondToAuthChallenge", set_up(&stage, "ann", &verified["Session"]));
        assert_eq!(claims(&tokens["AuthenticationResult"]["AccessToken"])["username"], "ann");
        assert_eq!(stage.admin_user("ann")["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));

        stage.advance(30);
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        answer(&stage, "ann", &challenge, &token.code(&stage)).unwrap();
    }

    fn another_challenges_session_sets_nothing_up(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        stage.confirmed("ann");
        // By mail: the address is verified.
        let challenge = challenged(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
        let session = json!({ "Session": challenge["Session"] });
        assert_eq!(stage.refused("AssociateSoftwareToken", session), FOREIGN);
    }

    fn a_new_password_is_followed_by_a_second_factor(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        offers(&stage, "ON", &["SOFTWARE_TOKEN_MFA"]);
        stage.ok("AdminCreateUser", stage.with_pool(json!({
            "Username": "ann", "TemporaryPassword": "Temporary-1", "MessageAction": "SUPPRESS",
        })));
        let challenge = stage.password_sign_in("ann", "Temporary-1").unwrap();
        assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        let next = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "NEW_PASSWORD", PASSWORD));
        assert_eq!(next["ChallengeName"], "MFA_SETUP");
        assert!(next.get("AuthenticationResult").is_none());
    }

    fn an_email_address_is_set_up_by_a_code_sent_there(stage) {
        let mut stage = stage;
        asks(&mut stage, "ON");
        offers(&stage, "ON", &["EMAIL_OTP"]);
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "ann", "MessageAction": "SUPPRESS" })));
        stage.ok("AdminSetUserPassword", stage.with_pool(json!({
            "Username": "ann", "Password": PASSWORD, "Permanent": true,
        })));
        let setup = challenged(&stage, "ann");
        assert_eq!(setup["ChallengeParameters"]["MFAS_CAN_SETUP"], r#"["EMAIL_OTP"]"#);
        let email = |address| answer_input(&stage, "ann", &setup, "EMAIL", address);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", email("nowhere")),
            "InvalidParameterException: Invalid email address format."
        );
        let challenge = stage.ok("RespondToAuthChallenge", email("ann@example.com"));
        assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
        let code = stage.last_code();
        assert!(answer(&stage, "ann", &challenge, &another_than(&code)).is_err());
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email"), None);
        answer(&stage, "ann", &challenge, &code).unwrap();
        let user = stage.admin_user("ann");
        assert_eq!(attribute(&user["UserAttributes"], "email"), Some("ann@example.com"));
        assert_eq!(attribute(&user["UserAttributes"], "email_verified"), Some("true"));
        assert_eq!(user["UserMFASettingList"], json!(["EMAIL_OTP"]));
    }
}

fn set_up(stage: &Stage, name: &str, session: &Value) -> Value {
    stage.with_client(json!({
        "ChallengeName": "MFA_SETUP", "Session": session, "ChallengeResponses": { "USERNAME": name },
    }))
}
