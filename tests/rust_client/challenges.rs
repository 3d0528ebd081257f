//! Sign-ins whose service asks.

use amazon_cognito_identity::{Error, Mfa, SignIn};
use serde_json::{Value, json};

use crate::script::{Script, ScriptedUser, bringing, pool, signed_in, tokens};
use crate::{code_of, done};

fn user() -> (Script, ScriptedUser) {
    let (script, pool) = pool();
    let user = pool.user("alice");
    (script, user)
}

/// A sign-in that led to a challenge.
async fn challenged(
    name: &str,
    parameters: Value,
) -> (Script, ScriptedUser, Result<SignIn, Error>) {
    let (script, user) = user();
    script.answer(json!({
        "ChallengeName": name, "Session": "s1", "ChallengeParameters": parameters,
    }));
    let step = user.sign_in_with_password(&"pw".into()).await;
    script.requests();
    (script, user, step)
}

#[tokio::test]
async fn a_code_by_text_message_may_be_mistyped() {
    let parameters = json!({
        "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS", "CODE_DELIVERY_DESTINATION": "+*****1234",
    });
    let (script, user, step) = challenged("SMS_MFA", parameters).await;
    let SignIn::SmsMfa { destination, .. } = step.unwrap() else {
        panic!("another challenge")
    };
    assert_eq!(destination, "+*****1234");

    script.refuse("CodeMismatchException");
    let error = user.answer_mfa(Mfa::Sms, "000000").await.unwrap_err();
    assert_eq!(code_of(error), "CodeMismatchException");
    let tokens = tokens(3600);
    script.answer(bringing(&tokens));
    let session = done(user.answer_mfa(Mfa::Sms, "123456").await.unwrap());
    assert_eq!(session.tokens(), &tokens);
    for ((_, body), code) in script.requests().iter().zip(["000000", "123456"]) {
        assert_eq!(body["Session"], "s1", "a refusal leaves the session");
        assert_eq!(body["ChallengeResponses"]["SMS_MFA_CODE"], code);
    }
}

#[tokio::test]
async fn a_factor_is_chosen_of_several() {
    let parameters = json!({ "MFAS_CAN_CHOOSE": r#"["SMS_MFA","SOFTWARE_TOKEN_MFA","X"]"# });
    let (script, user, step) = challenged("SELECT_MFA_TYPE", parameters).await;
    let SignIn::SelectMfaType(choices) = step.unwrap() else {
        panic!("another challenge")
    };
    assert_eq!(choices, [Mfa::Sms, Mfa::SoftwareToken]);

    script.answer(json!({
        "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "s2",
        "ChallengeParameters": { "FRIENDLY_DEVICE_NAME": "phone" },
    }));
    let step = user.select_mfa(Mfa::SoftwareToken).await.unwrap();
    assert!(
        matches!(step, SignIn::SoftwareTokenMfa { friendly_device_name: Some(name), .. } if name == "phone")
    );
    script.answer(bringing(&tokens(3600)));
    done(user.answer_mfa(Mfa::SoftwareToken, "1").await.unwrap());
    let sessions: Vec<_> = script
        .requests()
        .iter()
        .map(|(_, body)| body["Session"].clone())
        .collect();
    assert_eq!(sessions, ["s1", "s2"]);
}

#[tokio::test]
async fn an_application_is_set_up_within_a_sign_in() {
    let parameters = json!({ "MFAS_CAN_SETUP": r#"["SOFTWARE_TOKEN_MFA"]"# });
    let (script, user, step) = challenged("MFA_SETUP", parameters).await;
    assert!(matches!(step.unwrap(), SignIn::MfaSetup(mfas) if mfas == [Mfa::SoftwareToken]));

    script.answer(json!({ "SecretCode": "SECRET", "Session": "s2" }));
    let secret = user.associate_software_token().await.unwrap();
    assert_eq!(secret.secret(), "SECRET");
    assert!(!format!("{secret:?}").contains("SECRET"));
    script.refuse("EnableSoftwareTokenMFAException");
    assert!(user.verify_software_token("0", "phone").await.is_err());
    script.answer(json!({ "Status": "SUCCESS", "Session": "s3" }));
    script.answer(bringing(&tokens(3600)));
    done(user.verify_software_token("1", "phone").await.unwrap());

    let verify = |code, session| json!({ "Session": session, "UserCode": code, "FriendlyDeviceName": "phone" });
    let expected = [
        (
            "AssociateSoftwareToken".to_owned(),
            json!({ "Session": "s1" }),
        ),
        ("VerifySoftwareToken".to_owned(), verify("0", "s2")),
        ("VerifySoftwareToken".to_owned(), verify("1", "s2")),
        (
            "RespondToAuthChallenge".to_owned(),
            json!({
                "ChallengeName": "MFA_SETUP", "ClientId": "client", "Session": "s3",
                "ChallengeResponses": { "USERNAME": "alice" },
            }),
        ),
    ];
    assert_eq!(script.requests(), expected);
}

#[tokio::test]
async fn an_application_is_set_up_by_a_signed_in_user() {
    let (script, user, tokens) = signed_in();
    script.answer(json!({ "SecretCode": "SECRET" }));
    user.associate_software_token().await.unwrap();
    script.answer(json!({ "Status": "SUCCESS" }));
    let session = done(user.verify_software_token("1", "phone").await.unwrap());
    assert_eq!(session.tokens(), &tokens);
    let expected = [
        (
            "AssociateSoftwareToken".to_owned(),
            json!({ "AccessToken": tokens.access }),
        ),
        (
            "VerifySoftwareToken".to_owned(),
            json!({ "AccessToken": tokens.access, "UserCode": "1", "FriendlyDeviceName": "phone" }),
        ),
    ];
    assert_eq!(script.requests(), expected);

    script.answer(json!({ "Status": "ERROR" }));
    let error = user.verify_software_token("1", "phone").await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedResponse(_)));
    script.answer(json!({}));
    let error = user.associate_software_token().await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedResponse(_)));
}

#[tokio::test]
async fn the_pools_own_questions_are_answered_in_turn() {
    let (script, user) = user();
    let question = |session: &str, text: &str| {
        script.answer(json!({
            "ChallengeName": "CUSTOM_CHALLENGE", "Session": session,
            "ChallengeParameters": { "question": text },
        }));
    };
    let asked = |step: SignIn| match step {
        SignIn::CustomChallenge(parameters) => parameters["question"].clone(),
        other => panic!("{other:?}"),
    };
    question("s1", "first");
    let step = user.sign_in_custom(&[("p", "1")]).await.unwrap();
    assert_eq!(asked(step), "first");
    question("s2", "second");
    assert_eq!(
        asked(user.answer_custom_challenge("a").await.unwrap()),
        "second"
    );
    script.answer(bringing(&tokens(3600)));
    done(user.answer_custom_challenge("b").await.unwrap());

    let requests = script.requests();
    assert_eq!(
        requests[0].1["AuthParameters"],
        json!({ "p": "1", "USERNAME": "alice" })
    );
    for ((_, body), (session, answer)) in requests[1..].iter().zip([("s1", "a"), ("s2", "b")]) {
        assert_eq!(body["Session"], session);
        assert_eq!(
            body["ChallengeResponses"],
            json!({ "USERNAME": "alice", "ANSWER": answer })
        );
    }
}

#[tokio::test]
async fn the_user_is_asked_whether_to_remember_a_new_device() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    let mut answer = bringing(&tokens(3600));
    answer["AuthenticationResult"]["NewDeviceMetadata"] =
        json!({ "DeviceKey": "d", "DeviceGroupKey": "g" });
    script.answer(answer);
    script.answer(json!({ "UserConfirmationNecessary": true }));
    let step = user.sign_in_with_password(&"pw".into()).await.unwrap();
    assert!(step.session().is_some());
    assert!(matches!(step, SignIn::UserConfirmationNecessary(_)));
    assert_eq!(script.operations(), ["InitiateAuth", "ConfirmDevice"]);

    // Another visit: the device is in storage.
    let again = pool.current_user().unwrap().unwrap();
    assert_eq!(again.device_key().unwrap().as_deref(), Some("d"));
    again.session().await.unwrap();
    again.forget_device().await.unwrap();
    assert_eq!(script.request().1["DeviceKey"], "d");
    assert_eq!(again.device_key().unwrap(), None);
    assert_eq!(pool.user("alice").device_key().unwrap(), None);
}

#[tokio::test]
async fn nothing_else_is_a_session() {
    for (name, parameters) in [
        ("SELECT_MFA_TYPE", json!({ "MFAS_CAN_CHOOSE": "SMS_MFA" })),
        ("MFA_SETUP", json!({ "MFAS_CAN_SETUP": "[" })),
        ("DEVICE_SRP_AUTH", json!({})),
    ] {
        let (_, user, step) = challenged(name, parameters).await;
        assert!(matches!(step.unwrap_err(), Error::UnexpectedResponse(_)));
        assert!(user.session().await.is_err());
    }
}

#[tokio::test]
async fn pages_from_between_are_errors() {
    for (status, body, code) in [
        (502, "<html>Bad gateway</html>", "UnknownError"),
        (403, "", "UnknownError"),
        (
            400,
            r#"{"code":"a.b#SomeException","Message":"m"}"#,
            "SomeException",
        ),
    ] {
        let (script, user) = user();
        script.answer_with(status, body.to_owned());
        let Error::Service(error) = user.sign_in_custom(&[]).await.unwrap_err() else {
            panic!("another error")
        };
        assert_eq!((&*error.code, error.status), (code, status));
    }
    let (script, user) = user();
    script.answer_with(200, "<html>Sign in to this network</html>".to_owned());
    let error = user.sign_in_with_password(&"pw".into()).await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedResponse(_)));
}
