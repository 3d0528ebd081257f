//! Sign-ins by SRP: the client's mathematics is done between the requests, while no clock runs.

use std::time::SystemTime;

use anyhow::Context as _;
use cognito_srp::{Claim, ClientEphemeral, Credentials, encoding, timestamp};
use serde_json::{Value, json};

use super::rounds::{Load, Taken};

/// Signs users in, and their names and passwords are by their numbers.
pub(super) struct Signer<'a> {
    pub(super) pool: &'a str,
    pub(super) client: &'a str,
    pub(super) name: fn(usize) -> String,
    pub(super) password: &'a str,
    /// The same for each sign-in, which no server can tell.
    pub(super) ephemeral: ClientEphemeral,
}

impl Signer<'_> {
    pub(super) fn round(
        &self,
        load: &Load<'_>,
        users: impl Iterator<Item = usize> + Clone,
    ) -> anyhow::Result<Taken> {
        let begin = |user| {
            json!({
                "AuthFlow": "USER_SRP_AUTH",
                "ClientId": self.client,
                "AuthParameters": {
                    "USERNAME": (self.name)(user),
                    "SRP_A": self.ephemeral.public_hex(),
                },
            })
        };
        let (begun, challenges) = load.round("InitiateAuth", users.clone().map(begin))?;
        let answers: Vec<_> = users
            .zip(&challenges)
            .map(|(user, challenge)| self.answer(user, challenge))
            .collect::<Result<_, _>>()?;
        let (ended, outputs) = load.round("RespondToAuthChallenge", answers.into_iter())?;
        for output in outputs {
            output
                .pointer("/AuthenticationResult/AccessToken")
                .with_context(|| format!("no tokens: {output}"))?;
        }
        Ok(begun.and(ended))
    }

    fn answer(&self, user: usize, challenge: &Value) -> anyhow::Result<Value> {
        let parameter = |name: &str| {
            let value = challenge.pointer(&format!("/ChallengeParameters/{name}"));
            value
                .and_then(Value::as_str)
                .with_context(|| format!("no {name}: {challenge}"))
        };
        let identity = parameter("USER_ID_FOR_SRP")?;
        let group = self
            .pool
            .split_once('_')
            .map_or(self.pool, |(_, name)| name);
        let credentials = Credentials {
            group,
            identity,
            password: self.password,
        };
        let key = self.ephemeral.authentication_key(
            credentials,
            parameter("SRP_B")?,
            parameter("SALT")?,
        )?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
        let timestamp = timestamp(now.as_millis().try_into()?);
        let secret_block = parameter("SECRET_BLOCK")?;
        let signature = key.sign_claim(&Claim {
            group,
            identity,
            secret_block: &encoding::base64_decode_lenient(secret_block),
            timestamp: &timestamp,
        });
        let mut answer = json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ClientId": self.client,
            "ChallengeResponses": {
                "USERNAME": (self.name)(user),
                "PASSWORD_CLAIM_SECRET_BLOCK": secret_block,
                "PASSWORD_CLAIM_SIGNATURE": encoding::base64_encode(&signature),
                "TIMESTAMP": timestamp,
            },
        });
        // Not every server does without.
        if let (Some(session), Some(answer)) = (challenge.get("Session"), answer.as_object_mut()) {
            answer.insert("Session".to_owned(), session.clone());
        }
        Ok(answer)
    }
}
