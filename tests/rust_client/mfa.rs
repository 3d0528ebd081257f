//! Journeys over HTTP with second factors.

use std::time::SystemTime;

use amazon_cognito_identity::{Mfa, MfaPreference, Password, SecretCode, SignIn};
use cognito_idp::Operation;
use serde_json::{Value, json};
use totp_rs::{Algorithm, Secret, TOTP};

use crate::stage::{HttpUser, Stage, handle};
use crate::{another_than, code_of, done};

const PASSWORD: &str = "Correct-horse-1";

/// A pool that asks for a second factor, `ON` or `OPTIONAL`, and a user of it.
async fn stage(mfa: &str, settings: Value) -> (Stage, HttpUser) {
    let stage = Stage::with(settings).await;
    let user = stage.registered("alice", &PASSWORD.into()).await;
    let mut config = json!({
        "UserPoolId": stage.pool_id, "MfaConfiguration": mfa,
        "SoftwareTokenMfaConfiguration": { "Enabled": true },
    });
    if mfa == "OPTIONAL" {
        config["SmsMfaConfiguration"] = json!({ "SmsConfiguration": {
            "SnsCallerArn": "arn:aws:iam::123456789012:role/sms",
        } });
    }
    handle(&stage.service, Operation::SetUserPoolMfaConfig, config);
    (stage, user)
}

/// An authenticator application of another make.
struct Application(TOTP);

impl Application {
    fn new(secret: &SecretCode) -> Self {
        let secret = Secret::Encoded(secret.secret().to_owned());
        let secret = secret.to_bytes().unwrap();
        Self(TOTP::new(Algorithm::SHA1, 6, 1, 30, secret).unwrap())
    }

    fn code(&self) -> String {
        self.code_in(0)
    }

    /// A code is good once, and the next one is good early.
    fn next_code(&self) -> String {
        self.code_in(30)
    }

    fn code_in(&self, seconds: u64) -> String {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
        self.0.generate(now + seconds)
    }
}

#[tokio::test]
async fn a_required_factor_is_set_up_at_the_first_sign_in() {
    let (stage, user) = stage("ON", json!({})).await;
    let password = Password::from(PASSWORD);
    let step = user.sign_in(&password).await.unwrap();
    assert!(matches!(step, SignIn::MfaSetup(mfas) if mfas == [Mfa::SoftwareToken]));
    assert!(user.session().await.is_err(), "no tokens yet");

    let secret = user.associate_software_token().await.unwrap();
    let application = Application::new(&secret);
    let wrong = another_than(&application.code());
    let refused = user.verify_software_token(&wrong, "phone").await;
    assert_eq!(
        code_of(refused.unwrap_err()),
        "EnableSoftwareTokenMFAException"
    );
    let code = application.code();
    done(user.verify_software_token(&code, "phone").await.unwrap());
    user.sign_out().await.unwrap();

    let user = stage.pool.user("alice");
    let step = user.sign_in(&password).await.unwrap();
    let SignIn::SoftwareTokenMfa {
        friendly_device_name,
        ..
    } = step
    else {
        panic!("{step:?}")
    };
    assert_eq!(friendly_device_name.as_deref(), Some("phone"));
    let code = application.next_code();
    let refused = user
        .answer_mfa(Mfa::SoftwareToken, &another_than(&code))
        .await;
    assert_eq!(code_of(refused.unwrap_err()), "CodeMismatchException");
    assert!(user.session().await.is_err());
    done(user.answer_mfa(Mfa::SoftwareToken, &code).await.unwrap());
}

#[tokio::test]
async fn a_user_sets_up_factors_and_chooses_at_sign_in() {
    let (stage, user) = stage("OPTIONAL", json!({})).await;
    let password = Password::from(PASSWORD);
    done(user.sign_in(&password).await.unwrap());
    let secret = user.associate_software_token().await.unwrap();
    let application = Application::new(&secret);
    done(
        user.verify_software_token(&application.code(), "phone")
            .await
            .unwrap(),
    );
    user.update_attributes(&[("phone_number", "+15550001234")])
        .await
        .unwrap();
    let both = [
        (Mfa::Sms, MfaPreference::Enabled),
        (Mfa::SoftwareToken, MfaPreference::Enabled),
    ];
    user.set_mfa_preference(&both).await.unwrap();
    let data = user.data().await.unwrap();
    assert_eq!(data.mfas, [Mfa::Sms, Mfa::SoftwareToken]);
    assert_eq!(data.preferred_mfa, None);
    user.sign_out().await.unwrap();

    let user = stage.pool.user("alice");
    let step = user.sign_in(&password).await.unwrap();
    assert!(matches!(step, SignIn::SelectMfaType(mfas) if mfas == [Mfa::Sms, Mfa::SoftwareToken]));
    let step = user.select_mfa(Mfa::Sms).await.unwrap();
    let SignIn::SmsMfa { destination, .. } = step else {
        panic!("{step:?}")
    };
    assert!(destination.ends_with("1234"), "{destination}");
    done(user.answer_mfa(Mfa::Sms, &stage.code()).await.unwrap());

    let preference = [(Mfa::SoftwareToken, MfaPreference::Preferred)];
    user.set_mfa_preference(&preference).await.unwrap();
    assert_eq!(
        user.data().await.unwrap().preferred_mfa,
        Some(Mfa::SoftwareToken)
    );
    let user = stage.pool.user("alice");
    let step = user.sign_in_with_password(&password).await.unwrap();
    assert!(matches!(step, SignIn::SoftwareTokenMfa { .. }));
    let code = application.next_code();
    done(user.answer_mfa(Mfa::SoftwareToken, &code).await.unwrap());
}

#[tokio::test]
async fn a_remembered_device_stands_for_the_second_factor() {
    let remembers = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
    } });
    let (stage, user) = stage("OPTIONAL", remembers).await;
    let password = Password::from(PASSWORD);
    done(user.sign_in(&password).await.unwrap());
    user.update_attributes(&[("phone_number", "+15550001234")])
        .await
        .unwrap();
    user.set_mfa_preference(&[(Mfa::Sms, MfaPreference::Preferred)])
        .await
        .unwrap();
    let again = stage.pool.user("alice");
    done(again.sign_in(&password).await.unwrap());

    user.forget_device().await.unwrap();
    let again = stage.pool.user("alice");
    let step = again.sign_in(&password).await.unwrap();
    assert!(matches!(step, SignIn::SmsMfa { .. }), "{step:?}");
    done(again.answer_mfa(Mfa::Sms, &stage.code()).await.unwrap());
    assert!(again.device_key().unwrap().is_some());
}
