//! What is done about a dangerous sign-in. How one is judged stands in `src/threat/mod.rs`.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    auth_events::fingerprint,
    factors::{Token, answer, offers, user},
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal},
};

const BLOCKED: &str = "NotAuthorizedException: Request not allowed due to security reasons.";
const DANGEROUS: &str = "NotAuthorizedException: Unable to login because of security reasons.";
const WRONG: &str = "Wrong-horse-7";

const HOME: &str = "203.0.113.7";
const AWAY: &str = "198.51.100.9";

over_both_stores! {
    fn a_blocked_range_is_refused_whatever_is_asked(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        stage.confirmed("ann");
        let exceptions = json!({ "BlockedIPRangeList": ["203.0.113.0/24", "2001:db8::/32"], "SkippedIPRangeList": ["203.0.113.7/32"] });
        set(&stage, json!({ "RiskExceptionConfiguration": exceptions }));
        let named = stage.with_client(json!({ "Username": "ann" }));
        let code = merged(named.clone(), json!({ "ConfirmationCode": "123456" }));
        for (operation, input) in [
            ("InitiateAuth", stage.password_input("ann", PASSWORD)),
            ("InitiateAuth", stage.password_input("nobody", PASSWORD)),
            ("RespondToAuthChallenge", stage.srp_answer("ann", PASSWORD).unwrap()),
            ("SignUp", stage.sign_up_input("bob")),
            ("ConfirmSignUp", code.clone()),
            ("ResendConfirmationCode", named.clone()),
            ("ForgotPassword", named),
            ("ConfirmForgotPassword", merged(code, json!({ "Password": PASSWORD }))),
        ] {
            for address in [HOME, "2001:db8::1", "::ffff:203.0.113.200"] {
                assert_eq!(refusal(stage.call_from(address, operation, input.clone())), BLOCKED, "{operation}");
            }
        }
        let event = stage.events("ann")[0].clone();
        assert_eq!((&event["EventResponse"], &event["EventRisk"]["RiskDecision"]), (&json!("Fail"), &json!("Block")));
        for address in ["203.0.114.1", "2001:db9::1"] {
            sign_in(&stage, address, json!({})).unwrap();
        }
    }

    fn an_audit_refuses_nothing(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        set(&stage, json!({
            "RiskExceptionConfiguration": { "BlockedIPRangeList": ["203.0.113.0/24"] },
            "AccountTakeoverRiskConfiguration": actions("BLOCK"),
        }));
        sign_in(&stage, HOME, json!({})).unwrap();
        sign_in(&stage, AWAY, json!({})).unwrap();
        let risk = &stage.events("ann")[0]["EventRisk"];
        assert_eq!((&risk["RiskDecision"], &risk["RiskLevel"]), (&json!("NoRisk"), &json!("Low")));
    }

    fn the_level_is_by_what_is_new_and_what_was_judged(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        stage.confirmed("ann");
        let level = |address: &str, device: &str| {
            sign_in(&stage, address, json!({ "UserContextData": { "EncodedData": fingerprint(device) } })).unwrap();
            stage.events("ann")[0]["EventRisk"].get("RiskLevel").cloned()
        };
        // Of the first sign-in there is nothing to say.
        assert_eq!(level(HOME, "laptop"), None);
        assert_eq!(level(HOME, "laptop"), None);
        assert_eq!(level(HOME, "phone"), Some(json!("Low")));
        assert_eq!(level(AWAY, "laptop"), Some(json!("Low")));
        assert_eq!(level("192.0.2.1", "tablet"), Some(json!("Medium")));
        // It has passed, so it is known.
        assert_eq!(level("192.0.2.1", "tablet"), None);
        judge(&stage, "Invalid");
        assert_eq!(level("192.0.2.1", "laptop"), Some(json!("High")));
        assert_eq!(level(HOME, "tablet"), Some(json!("High")));
        judge(&stage, "Valid");
        assert_eq!(level(HOME, "tablet"), None);
    }

    fn a_failure_makes_nothing_known(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        stage.confirmed("ann");
        sign_in(&stage, HOME, json!({})).unwrap();
        assert!(stage.call_from(AWAY, "InitiateAuth", stage.password_input("ann", WRONG)).is_err());
        sign_in(&stage, AWAY, json!({})).unwrap();
        assert_eq!(stage.events("ann")[0]["EventRisk"]["RiskLevel"], "Low");
    }

    fn what_is_blocked_is_so_for_a_right_password_too_until_the_user_says_it_was_them(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        stage.confirmed("ann");
        set(&stage, json!({ "AccountTakeoverRiskConfiguration": actions("BLOCK") }));
        sign_in(&stage, HOME, json!({})).unwrap();
        for password in [WRONG, PASSWORD] {
            assert_eq!(refusal(stage.call_from(AWAY, "InitiateAuth", stage.password_input("ann", password))), DANGEROUS);
        }
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        assert_eq!(refusal(stage.call_from(AWAY, "RespondToAuthChallenge", answer)), DANGEROUS);
        let event = stage.events("ann")[0].clone();
        assert_eq!(event["EventRisk"], json!({ "RiskDecision": "Block", "RiskLevel": "Low", "CompromisedCredentialsDetected": false }));
        assert_eq!(event["ChallengeResponses"], json!([]));
        judge(&stage, "Valid");
        sign_in(&stage, AWAY, json!({})).unwrap();
    }

    fn a_skipped_range_is_not_judged(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        stage.confirmed("ann");
        set(&stage, json!({
            "RiskExceptionConfiguration": { "SkippedIPRangeList": ["198.51.100.0/24"] },
            "AccountTakeoverRiskConfiguration": actions("BLOCK"),
        }));
        sign_in(&stage, HOME, json!({})).unwrap();
        sign_in(&stage, AWAY, json!({})).unwrap();
        assert_eq!(stage.events("ann")[0]["EventRisk"].get("RiskLevel"), None);
    }

    fn who_has_no_second_factor_is_refused_where_one_is_required(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        offers(&stage, "OPTIONAL", &["SMS_MFA"]);
        stage.confirmed("ann");
        sign_in(&stage, HOME, json!({})).unwrap();
        set(&stage, json!({ "AccountTakeoverRiskConfiguration": actions("MFA_REQUIRED") }));
        assert_eq!(refusal(sign_in(&stage, AWAY, json!({}))), DANGEROUS);
        set(&stage, json!({ "AccountTakeoverRiskConfiguration": actions("MFA_IF_CONFIGURED") }));
        let answer = sign_in(&stage, AWAY, json!({})).unwrap();
        assert!(answer["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(stage.events("ann")[0]["EventRisk"]["RiskDecision"], "AccountTakeover");
    }

    fn who_has_one_is_asked_for_it_though_it_is_not_turned_on(stage) {
        let mut stage = stage;
        for action in ["MFA_REQUIRED", "MFA_IF_CONFIGURED"] {
            stage.use_protected_pool("ENFORCED");
            offers(&stage, "OPTIONAL", &["SMS_MFA"]);
            user(&stage, "ann");
            set(&stage, json!({ "AccountTakeoverRiskConfiguration": actions(action) }));
            sign_in(&stage, HOME, json!({})).unwrap();
            let challenge = sign_in(&stage, AWAY, json!({})).unwrap();
            assert_eq!(challenge["ChallengeName"], "SMS_MFA");
            let code = stage.last_code();
            let tokens = answer(&stage, "ann", &challenge, &code).unwrap();
            assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
            let event = stage.events("ann")[0].clone();
            assert_eq!((&event["EventResponse"], &event["EventRisk"]["RiskDecision"]), (&json!("Pass"), &json!("AccountTakeover")));
            // From now on it is known there.
            let again = sign_in(&stage, AWAY, json!({})).unwrap();
            assert!(again["AuthenticationResult"]["AccessToken"].is_string());
        }
    }

    fn who_has_several_chooses(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        offers(&stage, "OPTIONAL", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
        user(&stage, "ann");
        let first = sign_in(&stage, HOME, json!({})).unwrap();
        let token = Token::of(&stage, first["AuthenticationResult"]["AccessToken"].as_str().unwrap());
        set(&stage, json!({ "AccountTakeoverRiskConfiguration": actions("MFA_REQUIRED") }));
        let choice = sign_in(&stage, AWAY, json!({})).unwrap();
        assert_eq!(choice["ChallengeName"], "SELECT_MFA_TYPE");
        let chosen = stage.with_client(json!({
            "ChallengeName": "SELECT_MFA_TYPE", "Session": choice["Session"],
            "ChallengeResponses": { "USERNAME": "ann", "ANSWER": "SOFTWARE_TOKEN_MFA" },
        }));
        let challenge = stage.call_from(AWAY, "RespondToAuthChallenge", chosen).unwrap();
        assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        answer(&stage, "ann", &challenge, &token.code(&stage)).unwrap();
        assert_eq!(stage.events("ann")[0]["EventResponse"], "Pass");
    }

    fn a_clients_own_configuration_stands_in_the_pools_place(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        stage.confirmed("ann");
        set(&stage, json!({ "AccountTakeoverRiskConfiguration": actions("BLOCK") }));
        sign_in(&stage, HOME, json!({})).unwrap();
        let own = json!({ "ClientId": stage.client, "AccountTakeoverRiskConfiguration": actions("NO_ACTION") });
        set(&stage, own);
        sign_in(&stage, AWAY, json!({})).unwrap();
        stage.use_client(json!({}));
        assert_eq!(refusal(sign_in(&stage, "192.0.2.1", json!({}))), DANGEROUS);
    }
}

fn set(stage: &Stage, configuration: Value) {
    stage.ok("SetRiskConfiguration", stage.with_pool(configuration));
}

/// The same action at every level, without a notification.
fn actions(action: &str) -> Value {
    let action = json!({ "Notify": false, "EventAction": action });
    json!({ "Actions": { "LowAction": action, "MediumAction": action, "HighAction": action } })
}

fn sign_in(stage: &Stage, address: &str, more: Value) -> Result<Value, Error> {
    let input = merged(stage.password_input("ann", PASSWORD), more);
    stage.call_from(address, "InitiateAuth", input)
}

/// What an administrator says to the user's last event.
fn judge(stage: &Stage, value: &str) {
    let event = stage.events("ann")[0]["EventId"].clone();
    let input = json!({ "Username": "ann", "EventId": event, "FeedbackValue": value });
    stage.ok("AdminUpdateAuthEventFeedback", stage.with_pool(input));
}
