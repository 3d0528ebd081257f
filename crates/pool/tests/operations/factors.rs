//! Second factors of the tests' users: phones, mailboxes, and tokens by another implementation.

use cognito_idp::Error;
use serde_json::{Value, json};
use totp_rs::{Algorithm, Secret, TOTP};

use crate::stage::{PASSWORD, Stage, merged, text};

/// Goes on with a pool that asks for a second factor, `ON` or `OPTIONAL`, and offers all of them.
pub fn asks(stage: &mut Stage, mfa: &str) {
    stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"] }));
    offers(stage, mfa, &["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]);
}

/// The same, offering only these.
pub fn offers(stage: &Stage, mfa: &str, factors: &[&str]) {
    let mut config = json!({ "MfaConfiguration": mfa });
    for factor in factors {
        config = merged(
            config,
            match *factor {
                "SMS_MFA" => json!({ "SmsMfaConfiguration": {
                "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" },
            } }),
                "SOFTWARE_TOKEN_MFA" => {
                    json!({ "SoftwareTokenMfaConfiguration": { "Enabled": true } })
                }
                _ => json!({ "EmailMfaConfiguration": { "Subject": "Code" } }),
            },
        );
    }
    stage.ok("SetUserPoolMfaConfig", stage.with_pool(config));
}

/// A confirmed user with a phone.
pub fn user(stage: &Stage, name: &str) {
    stage.confirmed(name);
    stage.ok("AdminUpdateUserAttributes", stage.with_pool(json!({
        "Username": name, "UserAttributes": [{ "Name": "phone_number", "Value": "+15550001234" }],
    })));
}

/// Turns factors on, the first of them preferred if `prefers`.
pub fn turn_on(stage: &Stage, name: &str, factors: &[&str], prefers: bool) {
    let mut input = stage.with_pool(json!({ "Username": name }));
    for (place, factor) in factors.iter().enumerate() {
        let settings = json!({ "Enabled": true, "PreferredMfa": prefers && place == 0 });
        input = merged(input, json!({ settings_of(factor): settings }));
    }
    stage.ok("AdminSetUserMFAPreference", input);
}

pub fn settings_of(factor: &str) -> &'static str {
    match factor {
        "SMS_MFA" => "SMSMfaSettings",
        "SOFTWARE_TOKEN_MFA" => "SoftwareTokenMfaSettings",
        _ => "EmailMfaSettings",
    }
}

/// The next challenge after a password.
#[track_caller]
pub fn challenged(stage: &Stage, name: &str) -> Value {
    let challenge = stage.password_sign_in(name, PASSWORD).unwrap();
    assert!(
        challenge.get("AuthenticationResult").is_none(),
        "{challenge}"
    );
    challenge
}

/// The input that answers a challenge.
pub fn answer_input(
    stage: &Stage,
    name: &str,
    challenge: &Value,
    response: &str,
    value: &str,
) -> Value {
    stage.with_client(json!({
        "ChallengeName": challenge["ChallengeName"],
        "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": name, response: value },
    }))
}

/// Answers a challenge whose answer is a code.
pub fn answer(stage: &Stage, name: &str, challenge: &Value, code: &str) -> Result<Value, Error> {
    let response = format!("{}_CODE", text(&challenge["ChallengeName"]));
    stage.call(
        "RespondToAuthChallenge",
        answer_input(stage, name, challenge, &response, code),
    )
}

/// A code of the same length that is another.
pub fn another_than(code: &str) -> String {
    let other = if code.starts_with('0') { "1" } else { "0" };
    format!("{other}{}", &code[1..])
}

/// A token with a secret that the pool has given.
pub struct Token(TOTP);

impl Token {
    pub fn new(secret: &Value) -> Self {
        let secret = Secret::Encoded(text(secret)).to_bytes().unwrap();
        Self(TOTP::new(Algorithm::SHA1, 6, 1, 30, secret).unwrap())
    }

    /// A token that its user has set up.
    pub fn of(stage: &Stage, access_token: &str) -> Self {
        let input = json!({ "AccessToken": access_token });
        let associated = stage.ok("AssociateSoftwareToken", input.clone());
        let token = Self::new(&associated["SecretCode"]);
        let code = json!({ "UserCode": token.code(stage) });
        assert_eq!(
            stage.ok("VerifySoftwareToken", merged(input, code)),
            json!({ "Status": "SUCCESS" })
        );
        // The code of this step is used.
        stage.advance(30);
        token
    }

    pub fn code(&self, stage: &Stage) -> String {
        self.code_in(stage, 0)
    }

    /// The code that the token shows so many seconds later.
    pub fn code_in(&self, stage: &Stage, seconds: i64) -> String {
        let time = stage.now().seconds() + seconds;
        self.0.generate(u64::try_from(time).unwrap())
    }
}
