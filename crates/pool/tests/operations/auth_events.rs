//! The history of what users did, where a pool has threat protection.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    factors::{another_than, answer, challenged, offers, turn_on, user},
    over_both_stores,
    secret_hash::{SECRET, hash},
    stage::{PASSWORD, Stage, claims, merged, refusal, text},
};

const WRONG: &str = "Wrong-horse-7";

over_both_stores! {
    fn a_pool_without_the_add_on_records_nothing_and_says_so(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "OFF" } }));
        stage.confirmed("ann");
        stage.tokens("ann");
        let user = stage.with_pool(json!({ "Username": "ann" }));
        let event = merged(user.clone(), json!({ "EventId": "event", "FeedbackValue": "Valid" }));
        for (operation, input) in [
            ("AdminListUserAuthEvents", user),
            ("AdminUpdateAuthEventFeedback", event.clone()),
            ("UpdateAuthEventFeedback", merged(event, json!({ "FeedbackToken": "token" }))),
            ("DescribeRiskConfiguration", stage.with_pool(json!({}))),
            ("SetRiskConfiguration", stage.with_pool(json!({}))),
        ] {
            let refused = stage.refused(operation, input);
            assert!(refused.starts_with("UserPoolAddOnNotEnabledException: "), "{operation} {refused}");
        }
        let add_on = json!({ "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } });
        stage.ok("UpdateUserPool", stage.with_pool(add_on));
        assert!(stage.events("ann").is_empty());
    }

    fn the_add_on_is_for_the_plus_tier(stage) {
        for tier in ["LITE", "ESSENTIALS"] {
            let input = json!({ "PoolName": "pool", "UserPoolTier": tier, "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } });
            let refused = stage.refused("CreateUserPool", input);
            assert!(refused.starts_with("FeatureUnavailableInTierException: "), "{refused}");
        }
    }

    fn who_does_not_exist_has_no_history(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        let list = |pool: &str, token: Option<&str>| {
            let input = json!({ "UserPoolId": pool, "Username": "nobody", "NextToken": token });
            stage.refused("AdminListUserAuthEvents", input)
        };
        assert_eq!(list(&stage.pool, None), "UserNotFoundException: User does not exist.");
        assert_eq!(list("us-east-1_000000000", None), "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.");
        stage.confirmed("ann");
        let foreign = stage.with_pool(json!({ "Username": "ann", "NextToken": "b3V0Ym94" }));
        assert_eq!(stage.refused("AdminListUserAuthEvents", foreign), "InvalidParameterException: Invalid pagination token.");
    }

    fn a_sign_in_is_an_event_with_its_tokens_id(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        let tokens = stage.call_from("203.0.113.7", "InitiateAuth", stage.password_input("ann", PASSWORD)).unwrap()["AuthenticationResult"].clone();
        assert_eq!(stage.events("ann")[0], json!({
            "EventId": claims(&tokens["AccessToken"])["event_id"],
            "EventType": "SignIn",
            "CreationDate": 1_700_000_000.0,
            "EventResponse": "Pass",
            "EventRisk": { "RiskDecision": "NoRisk", "CompromisedCredentialsDetected": false },
            "ChallengeResponses": [{ "ChallengeName": "Password", "ChallengeResponse": "Success" }],
            "EventContextData": { "IpAddress": "203.0.113.7" },
        }));
        let refreshed = stage.ok("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"]))["AuthenticationResult"].clone();
        assert_eq!(claims(&refreshed["IdToken"])["event_id"], stage.events("ann")[0]["EventId"]);
        let srp = stage.srp_sign_in("ann", PASSWORD).unwrap();
        assert_eq!(claims(&srp["AuthenticationResult"]["IdToken"])["event_id"], stage.events("ann")[0]["EventId"]);
        // The sign-up, and two sign-ins.
        assert_eq!(stage.events("ann").len(), 3);
    }

    fn a_wrong_password_is_a_failure_whichever_way_it_comes(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        assert!(stage.password_sign_in("ann", WRONG).is_err());
        assert!(stage.srp_sign_in("ann", WRONG).is_err());
        for event in &stage.events("ann")[..2] {
            assert_eq!((&event["EventType"], &event["EventResponse"]), (&json!("SignIn"), &json!("Fail")));
            assert_eq!(event["ChallengeResponses"], json!([{ "ChallengeName": "Password", "ChallengeResponse": "Failure" }]));
        }
        // What is no answer of the user's is no event.
        let before = stage.events("ann").len();
        let missing = stage.with_client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": { "USERNAME": "ann" } }));
        assert!(stage.call("InitiateAuth", missing).is_err());
        assert!(stage.password_sign_in("nobody", WRONG).is_err());
        assert_eq!(stage.events("ann").len(), before);
    }

    fn a_second_factor_is_part_of_the_same_event(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        offers(&stage, "OPTIONAL", &["SMS_MFA"]);
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], true);
        let challenge = challenged(&stage, "ann");
        let code = stage.last_code();
        let begun = stage.events("ann")[0].clone();
        assert_eq!(begun["EventResponse"], "InProgress");
        assert!(answer(&stage, "ann", &challenge, &another_than(&code)).is_err());
        assert_eq!(stage.events("ann")[0]["EventResponse"], "Fail");
        let tokens = answer(&stage, "ann", &challenge, &code).unwrap()["AuthenticationResult"].clone();
        let done = stage.events("ann")[0].clone();
        assert_eq!(done["EventResponse"], "Pass");
        assert_eq!(done["EventId"], begun["EventId"]);
        assert_eq!(done["EventId"], claims(&tokens["IdToken"])["event_id"]);
        assert_eq!(done["ChallengeResponses"], json!([
            { "ChallengeName": "Password", "ChallengeResponse": "Success" },
            { "ChallengeName": "Mfa", "ChallengeResponse": "Failure" },
            { "ChallengeName": "Mfa", "ChallengeResponse": "Success" },
        ]));
    }

    fn everything_else_that_a_user_does_is_there_with_the_newest_first(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.sign_up("ann");
        let seen = |name: &str| stage.events(name).iter().map(|event| format!("{} {}", text(&event["EventType"]), text(&event["EventResponse"]))).collect::<Vec<_>>();
        assert_eq!(seen("ann"), ["SignUp InProgress"]);
        let named = stage.with_client(json!({ "Username": "ann" }));
        stage.ok("ResendConfirmationCode", named.clone());
        stage.confirm("ann");
        assert_eq!(seen("ann"), ["ResendCode Pass", "SignUp Pass"]);
        stage.ok("ForgotPassword", named.clone());
        let code = stage.last_code();
        let confirm = |code: &str| stage.call("ConfirmForgotPassword", merged(named.clone(), json!({ "ConfirmationCode": code, "Password": PASSWORD })));
        assert!(confirm(&another_than(&code)).is_err());
        assert_eq!(seen("ann")[..2], ["ForgotPassword Fail", "ForgotPassword InProgress"]);
        confirm(&code).unwrap();
        assert_eq!(seen("ann")[..2], ["ForgotPassword Fail", "ForgotPassword Pass"]);
        let token = stage.access_token("ann");
        let change = |previous: &str| stage.call("ChangePassword", json!({ "AccessToken": token, "PreviousPassword": previous, "ProposedPassword": "Another-horse-8" }));
        assert!(change(WRONG).is_err());
        change(PASSWORD).unwrap();
        assert_eq!(seen("ann")[..3], ["PasswordChange Pass", "PasswordChange Fail", "SignIn Pass"]);
    }

    fn pages_go_on_where_they_ended_whatever_comes_meanwhile(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        for _ in 0..4 {
            stage.tokens("ann");
        }
        let all: Vec<_> = stage.events("ann").iter().map(|event| event["EventId"].clone()).collect();
        let mut found = Vec::new();
        let mut token = Value::Null;
        loop {
            let input = stage.with_pool(json!({ "Username": "ann", "MaxResults": 2, "NextToken": token }));
            let page = stage.ok("AdminListUserAuthEvents", input);
            found.extend(page["AuthEvents"].as_array().unwrap().iter().map(|event| event["EventId"].clone()));
            stage.tokens("ann");
            match page.get("NextToken") {
                Some(next) => token = next.clone(),
                None => break,
            }
        }
        assert_eq!(found, all);
    }

    fn a_user_keeps_two_hundred_and_for_two_years(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        stage.call_from("203.0.113.7", "InitiateAuth", stage.password_input("ann", PASSWORD)).unwrap();
        let count = || {
            let mut count = 0;
            let mut token = Value::Null;
            loop {
                let input = stage.with_pool(json!({ "Username": "ann", "NextToken": token }));
                let page = stage.ok("AdminListUserAuthEvents", input);
                count += page["AuthEvents"].as_array().unwrap().len();
                match page.get("NextToken") {
                    Some(next) => token = next.clone(),
                    None => return count,
                }
            }
        };
        // Most of them are refused because there were too many.
        for _ in 0..210 {
            assert!(stage.password_sign_in("ann", WRONG).is_err());
        }
        assert_eq!(count(), 200);
        // None of them has pushed out where the user has passed.
        stage.advance(60 * 60);
        stage.call_from("198.51.100.9", "InitiateAuth", stage.password_input("ann", PASSWORD)).unwrap();
        assert_eq!(stage.events("ann")[0]["EventRisk"]["RiskLevel"], "Low");
        assert_eq!(count(), 200);
        stage.advance(2 * 365 * 24 * 60 * 60 + 1);
        stage.tokens("ann");
        assert_eq!(count(), 1);
    }

    fn a_deleted_user_leaves_no_history(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        stage.tokens("ann");
        let remembers = || stage.service.export_pool(&stage.pool).unwrap().to_string().contains("\"auth-event\"");
        assert!(remembers());
        stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": "ann" })));
        assert!(!remembers());
    }

    fn a_history_goes_with_its_pool(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        stage.tokens("ann");
        let document = stage.service.export_pool(&stage.pool).unwrap();
        let mut other = Stage::in_memory();
        other.service.import_pool(document).unwrap();
        other.pool.clone_from(&stage.pool);
        assert_eq!(other.events("ann"), stage.events("ann"));
    }

    fn an_applications_word_on_the_address_counts_where_its_client_propagates_it(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        let told = json!({ "UserContextData": { "IpAddress": "198.51.100.9" } });
        let sign_in = |stage: &Stage, more: Value| {
            let input = merged(stage.password_input("ann", PASSWORD), more);
            stage.call_from("::ffff:203.0.113.7", "InitiateAuth", input)
        };
        let address = |stage: &Stage| stage.events("ann")[0]["EventContextData"]["IpAddress"].clone();
        sign_in(&stage, told.clone()).unwrap();
        assert_eq!(address(&stage), "203.0.113.7");

        stage.use_client(json!({ "ClientSecret": SECRET, "EnablePropagateAdditionalUserContextData": true }));
        let hash = hash(&stage, "ann");
        let parameters = json!({ "AuthParameters": { "USERNAME": "ann", "PASSWORD": PASSWORD, "SECRET_HASH": hash } });
        sign_in(&stage, merged(parameters.clone(), told)).unwrap();
        assert_eq!(address(&stage), "198.51.100.9");
        let nonsense = json!({ "UserContextData": { "IpAddress": "nowhere" } });
        assert_eq!(
            refusal(sign_in(&stage, merged(parameters, nonsense))),
            "InvalidParameterException: IpAddress is not a valid IP address."
        );
    }

    fn an_administrators_server_tells_of_the_users_device_and_not_of_itself(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] }));
        stage.confirmed("ann");
        let sign_in = |context: Value| {
            let input = stage.with_pool(stage.with_client(json!({
                "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
                "AuthParameters": { "USERNAME": "ann", "PASSWORD": PASSWORD },
            })));
            stage.call_from("192.0.2.1", "AdminInitiateAuth", merged(input, context)).unwrap();
            stage.events("ann")[0]["EventContextData"].clone()
        };
        assert_eq!(sign_in(json!({})), json!({}));
        let browser = json!({ "headerName": "User-Agent", "headerValue": "Firefox" });
        let context = |encoded: Value| json!({ "ContextData": {
            "IpAddress": "2001:db8::7", "ServerName": "example.com", "ServerPath": "/", "HttpHeaders": [browser], "EncodedData": encoded,
        } });
        assert_eq!(sign_in(context(json!("no fingerprint"))), json!({ "IpAddress": "2001:db8::7", "DeviceName": "Firefox" }));
        assert_eq!(
            sign_in(context(json!(fingerprint("device-1")))),
            json!({ "IpAddress": "2001:db8::7", "DeviceName": "Mozilla/5.0 (X11; Linux x86_64)", "Timezone": "05:30" })
        );
    }
}

/// What the context data library for browsers sends.
pub fn fingerprint(device: &str) -> String {
    let payload = json!({
        "contextData": {
            "UserAgent": "Mozilla/5.0 (X11; Linux x86_64)",
            "DeviceId": device,
            "DeviceLanguage": "en-US",
            "DeviceFingerprint": "Mozilla/5.0 (X11; Linux x86_64)PDF Viewer:en-US",
            "DevicePlatform": "Linux x86_64",
            "ClientTimezone": "05:30",
        },
        "username": "ann",
        "userPoolId": "us-east-1_Example01",
        "timestamp": "1700000000000",
    });
    let data = json!({ "payload": payload.to_string(), "signature": "EVz9vPKeSOLcbMQ9AWtDrUYyExrwg7snz2wwKjmOCDM=", "version": "JS20171115" });
    STANDARD.encode(data.to_string())
}
