//! A device of somebody who signs in, by this project's own client half.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use cognito_srp::{
    Claim, ClientEphemeral, Credentials, DeviceVerifier, device_verifier, encoding, timestamp,
};
use serde_json::{Value, json};

use crate::stage::{PASSWORD, Stage, merged, text};

pub struct Device {
    pub key: String,
    pub group_key: String,
    /// Its own password.
    pub password: String,
    /// The tokens of the sign-in that made it.
    pub tokens: Value,
}

impl Device {
    /// A device that somebody has signed in from for the first time, not confirmed yet.
    #[track_caller]
    pub fn new(stage: &Stage, name: &str) -> Self {
        let tokens = stage.tokens(name);
        let metadata = &tokens["NewDeviceMetadata"];
        Self {
            key: text(&metadata["DeviceKey"]),
            group_key: text(&metadata["DeviceGroupKey"]),
            password: String::new(),
            tokens,
        }
    }

    /// One that is confirmed, too.
    #[track_caller]
    pub fn confirmed(stage: &Stage, name: &str) -> Self {
        let mut device = Self::new(stage, name);
        device.confirm(stage).unwrap();
        device
    }

    pub fn confirm(&mut self, stage: &Stage) -> Result<Value, Error> {
        let verifier = self.verifier();
        self.password = verifier.password.to_string();
        stage.call("ConfirmDevice", self.confirmation(&verifier))
    }

    pub fn verifier(&self) -> DeviceVerifier {
        device_verifier(&self.group_key, &self.key, &[0xc3; 40], &[0x9d; 16]).unwrap()
    }

    pub fn confirmation(&self, verifier: &DeviceVerifier) -> Value {
        merged(
            self.input(),
            json!({
                "DeviceName": "Ann's phone",
                "DeviceSecretVerifierConfig": {
                    "Salt": verifier.salt, "PasswordVerifier": verifier.verifier,
                },
            }),
        )
    }

    /// The input of an operation on this device, with the token of its first sign-in.
    pub fn input(&self) -> Value {
        json!({ "AccessToken": self.tokens["AccessToken"], "DeviceKey": self.key })
    }

    /// The answer to a sign-in by password that names this device.
    pub fn password_sign_in(&self, stage: &Stage, name: &str) -> Result<Value, Error> {
        let mut input = stage.password_input(name, PASSWORD);
        input["AuthParameters"]["DEVICE_KEY"] = json!(self.key);
        stage.call("InitiateAuth", input)
    }

    /// What answers a `DEVICE_SRP_AUTH` challenge.
    pub fn srp_input(&self, stage: &Stage, name: &str, session: &Value) -> Value {
        stage.with_client(json!({
            "ChallengeName": "DEVICE_SRP_AUTH",
            "Session": session,
            "ChallengeResponses": {
                "USERNAME": name, "DEVICE_KEY": self.key, "SRP_A": ephemeral().public_hex(),
            },
        }))
    }

    /// What answers the `DEVICE_PASSWORD_VERIFIER` challenge that followed.
    pub fn proof(&self, stage: &Stage, name: &str, challenge: &Value) -> Value {
        let parameters = &challenge["ChallengeParameters"];
        let credentials = Credentials {
            group: &self.group_key,
            identity: &self.key,
            password: &self.password,
        };
        let (public, salt) = (text(&parameters["SRP_B"]), text(&parameters["SALT"]));
        let key = ephemeral()
            .authentication_key(credentials, &public, &salt)
            .unwrap();
        let secret_block = text(&parameters["SECRET_BLOCK"]);
        let time = timestamp(stage.now().0);
        let claim = Claim {
            group: &self.group_key,
            identity: &self.key,
            secret_block: &encoding::base64_decode_lenient(&secret_block),
            timestamp: &time,
        };
        stage.with_client(json!({
            "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
            "Session": challenge["Session"],
            "ChallengeResponses": {
                "USERNAME": name,
                "DEVICE_KEY": self.key,
                "PASSWORD_CLAIM_SECRET_BLOCK": secret_block,
                "PASSWORD_CLAIM_SIGNATURE": STANDARD.encode(key.sign_claim(&claim)),
                "TIMESTAMP": time,
            },
        }))
    }

    /// Goes on from a `DEVICE_SRP_AUTH` challenge to the proof, not sent yet.
    #[track_caller]
    pub fn answer(&self, stage: &Stage, name: &str, challenge: &Value) -> Value {
        assert_eq!(challenge["ChallengeName"], "DEVICE_SRP_AUTH");
        let input = self.srp_input(stage, name, &challenge["Session"]);
        let verifier = stage.ok("RespondToAuthChallenge", input);
        assert_eq!(verifier["ChallengeName"], "DEVICE_PASSWORD_VERIFIER");
        self.proof(stage, name, &verifier)
    }

    /// A whole sign-in by password and device.
    pub fn sign_in(&self, stage: &Stage, name: &str) -> Result<Value, Error> {
        let challenge = self.password_sign_in(stage, name)?;
        stage.call(
            "RespondToAuthChallenge",
            self.answer(stage, name, &challenge),
        )
    }
}

fn ephemeral() -> ClientEphemeral {
    ClientEphemeral::new(&[0x3c; 40]).unwrap()
}

/// A pool that remembers devices at once.
pub fn remembers(stage: &mut Stage) {
    tracks(stage, true, false);
}

/// A pool that tracks devices in this way.
pub fn tracks(stage: &mut Stage, suppresses_mfa: bool, asks: bool) {
    stage.use_pool(json!({
        "AutoVerifiedAttributes": ["email"],
        "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": suppresses_mfa,
            "DeviceOnlyRememberedOnUserPrompt": asks,
        },
    }));
}
