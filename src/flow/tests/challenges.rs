//! What the service asks, and the application's answers.

use serde_json::{Value, json};

use super::host::TestHost;
use super::{asked, assert_sent};
use crate::flow::{Challenge, Field, Flow, Host, Step, answer, sign_in};

fn host() -> TestHost {
    TestHost::new("pool", "alice")
}

fn metadata() -> Option<Value> {
    Some(json!({ "m": "1" }))
}

/// What a challenge becomes.
fn challenge(name: &str, parameters: Value) -> Challenge<Value> {
    let answer = json!({
        "ChallengeName": name, "Session": "next", "ChallengeParameters": parameters,
    });
    let host = host();
    let step = Flow::open().on_response(&host, Ok(answer)).unwrap();
    assert_eq!(host.get(Field::Session), Some(json!("next")));
    assert_eq!(host.adopted(), Vec::<Value>::new());
    asked(step)
}

#[test]
fn a_password_is_sent_with_the_device_of_the_typed_name() {
    let host = host().with_stored_device("device", "group", "secret");
    let request = sign_in::password(&host, json!("pw"), Some(json!({ "a": "b" }))).unwrap();
    assert_sent(
        &request,
        "InitiateAuth",
        r#"{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"client","AuthParameters":{"USERNAME":"alice","PASSWORD":"pw","DEVICE_KEY":"device"},"ClientMetadata":{"a":"b"}}"#,
    );
}

#[test]
fn custom_auth_without_srp_has_the_applications_parameters_and_the_name() {
    let parameters = json!({ "p": "1" });
    let request =
        sign_in::without_password(&host(), "CUSTOM_AUTH", parameters, metadata()).unwrap();
    assert_sent(
        &request,
        "InitiateAuth",
        r#"{"AuthFlow":"CUSTOM_AUTH","ClientId":"client","AuthParameters":{"p":"1","USERNAME":"alice"},"ClientMetadata":{"m":"1"}}"#,
    );
}

#[test]
fn a_temporary_password_leads_to_a_new_one() {
    let parameters = json!({
        "userAttributes": r#"{"email":"a@b"}"#,
        "requiredAttributes": r#"["userAttributes.name","bare"]"#,
    });
    let Challenge::NewPassword {
        user_attributes,
        required_attributes,
    } = challenge("NEW_PASSWORD_REQUIRED", parameters)
    else {
        panic!("another challenge");
    };
    assert_eq!(user_attributes, json!({ "email": "a@b" }));
    assert_eq!(required_attributes, json!(["name", "bare"]));

    let attributes = json!({ "name": "Alice" });
    let request = answer::new_password(&host(), json!("new"), &attributes, None).unwrap();
    assert_sent(
        &request,
        "RespondToAuthChallenge",
        r#"{"ChallengeName":"NEW_PASSWORD_REQUIRED","ClientId":"client","ChallengeResponses":{"userAttributes.name":"Alice","NEW_PASSWORD":"new","USERNAME":"alice"},"Session":"session"}"#,
    );
}

#[test]
fn a_new_password_may_come_without_a_word_about_attributes() {
    let Challenge::NewPassword {
        user_attributes,
        required_attributes,
    } = challenge("NEW_PASSWORD_REQUIRED", Value::Null)
    else {
        panic!("another challenge");
    };
    assert_eq!(user_attributes, Value::Null);
    assert_eq!(required_attributes, json!([]));
}

#[test]
fn challenges_are_known_by_name() {
    let parameters = || json!({ "p": "1" });
    for (name, found) in [
        ("SMS_MFA", challenge("SMS_MFA", parameters())),
        (
            "SOFTWARE_TOKEN_MFA",
            challenge("SOFTWARE_TOKEN_MFA", parameters()),
        ),
        (
            "SELECT_MFA_TYPE",
            challenge("SELECT_MFA_TYPE", parameters()),
        ),
        ("MFA_SETUP", challenge("MFA_SETUP", parameters())),
        (
            "CUSTOM_CHALLENGE",
            challenge("CUSTOM_CHALLENGE", parameters()),
        ),
    ] {
        let (is, with) = match found {
            Challenge::SmsMfa(with) => ("SMS_MFA", with),
            Challenge::SoftwareTokenMfa(with) => ("SOFTWARE_TOKEN_MFA", with),
            Challenge::SelectMfaType(with) => ("SELECT_MFA_TYPE", with),
            Challenge::MfaSetup(with) => ("MFA_SETUP", with),
            Challenge::Custom(with) => ("CUSTOM_CHALLENGE", with),
            Challenge::NewPassword { .. } | Challenge::Other { .. } => panic!("another challenge"),
        };
        assert_eq!((is, with), (name, parameters()));
    }
}

#[test]
fn a_challenge_that_is_not_known_is_handed_on_whole() {
    let host = host();
    let answer = json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": "s",
        "ChallengeParameters": { "p": "1" },
        "AvailableChallenges": ["EMAIL_OTP", "WEB_AUTHN"],
    });
    let Ok(Step::Challenge(Challenge::Other {
        name,
        parameters,
        available,
    })) = Flow::open().on_response(&host, Ok(answer))
    else {
        panic!("another step");
    };
    assert_eq!(name, "SELECT_CHALLENGE");
    assert_eq!(parameters, json!({ "p": "1" }));
    assert_eq!(available, Some(json!(["EMAIL_OTP", "WEB_AUTHN"])));
    assert_eq!(host.get(Field::Session), Some(json!("s")));
}

/// Upstream has `ChallengeResponses` before `ClientId` in some of these, and sends the code of an
/// authenticator application as `SMS_MFA_CODE` too, which the service does not read.
#[test]
fn answers_are_what_upstream_answers() {
    let host = host();
    host.set(Field::DeviceKey, Some(json!("device")));
    let answers = [
        answer::mfa(&host, "SMS_MFA", json!("1"), metadata()),
        answer::mfa(&host, "SOFTWARE_TOKEN_MFA", json!("1"), None),
        answer::mfa_type(&host, "SOFTWARE_TOKEN_MFA", None),
        answer::mfa_setup(&host, None),
        answer::custom_challenge(&host, json!("42"), metadata()),
        answer::other(&host, "EMAIL_OTP", &json!({ "EMAIL_OTP_CODE": "1" }), None),
    ];
    let expected = [
        r#"{"ChallengeName":"SMS_MFA","ClientId":"client","ChallengeResponses":{"USERNAME":"alice","SMS_MFA_CODE":"1","DEVICE_KEY":"device"},"Session":"session","ClientMetadata":{"m":"1"}}"#,
        r#"{"ChallengeName":"SOFTWARE_TOKEN_MFA","ClientId":"client","ChallengeResponses":{"USERNAME":"alice","SOFTWARE_TOKEN_MFA_CODE":"1","DEVICE_KEY":"device"},"Session":"session"}"#,
        r#"{"ChallengeName":"SELECT_MFA_TYPE","ClientId":"client","ChallengeResponses":{"USERNAME":"alice","ANSWER":"SOFTWARE_TOKEN_MFA"},"Session":"session"}"#,
        r#"{"ChallengeName":"MFA_SETUP","ClientId":"client","ChallengeResponses":{"USERNAME":"alice"},"Session":"session"}"#,
        r#"{"ChallengeName":"CUSTOM_CHALLENGE","ClientId":"client","ChallengeResponses":{"USERNAME":"alice","ANSWER":"42","DEVICE_KEY":"device"},"Session":"session","ClientMetadata":{"m":"1"}}"#,
        // As Amplify 6 sends it.
        r#"{"ChallengeName":"EMAIL_OTP","ClientId":"client","ChallengeResponses":{"USERNAME":"alice","EMAIL_OTP_CODE":"1"},"Session":"session"}"#,
    ];
    for (answer, expected) in answers.into_iter().zip(expected) {
        assert_sent(&answer.unwrap(), "RespondToAuthChallenge", expected);
    }
}
