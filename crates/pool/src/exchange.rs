//! SRP exchanges: between the challenge and the proof.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use cognito_srp::{AuthenticationKey, ServerEphemeral, Verifier};
use serde::{Deserialize, Serialize};

use crate::{
    UnixMillis, client::Client, errors, keys, records::Records, session::Progress, tokens::hash,
};

/// How long the service waits for the proof, as measured from outside: one after 29 s passes, one after 31 s does not.
const LIFETIME: Duration = Duration::from_secs(30);

/// How far the client's clock may be off. The service does not say; five minutes is what its signatures allow.
const CLOCK_SKEW: Duration = Duration::from_secs(5 * 60);

/// The length of the secret block: a multiple of three, so that its base64 has no padding to disagree about.
pub(crate) const SECRET_BLOCK_BYTES: usize = 192;

/// What is kept from the challenge to the proof. The secret block finds it and is good once.
#[derive(Serialize, Deserialize)]
pub(crate) struct Exchange {
    client_id: String,
    /// What the user typed, and what the challenge called them: the proof may come under either. The latter is the
    /// device's key where a device proves itself.
    names: [String; 2],
    /// The user's `sub`; none if there is no such user.
    pub sub: Option<String>,
    /// `SRP_A`.
    client_public: String,
    /// The server's ephemeral in base64.
    ephemeral: String,
    pub progress: Progress,
    issued: UnixMillis,
}

impl Exchange {
    pub fn new(
        client: &Client,
        names: [&str; 2],
        sub: Option<&str>,
        client_public: &str,
        ephemeral: &ServerEphemeral,
        progress: Progress,
        now: UnixMillis,
    ) -> Self {
        Self {
            client_id: client.id.clone(),
            names: names.map(str::to_owned),
            sub: sub.map(str::to_owned),
            client_public: client_public.to_owned(),
            ephemeral: STANDARD.encode(ephemeral.to_bytes()),
            progress,
            issued: now,
        }
    }

    /// The name in the challenge: part of the proof.
    pub fn identity(&self) -> &str {
        let [_, identity] = &self.names;
        identity
    }

    /// The name that the user typed.
    pub fn typed(&self) -> &str {
        let [typed, _] = &self.names;
        typed
    }

    pub fn keep(self, records: &mut Records<'_>, secret_block: &str) -> Result<(), Error> {
        let until = self.issued + LIFETIME;
        records.put_until(&keys::exchange(&hash(secret_block)), until, self)
    }

    /// Takes the exchange of this secret block, so that no second proof meets it.
    pub fn take(records: &mut Records<'_>, secret_block: &str) -> Result<Option<Self>, Error> {
        let key = keys::exchange(&hash(secret_block));
        let found = records.current(&key)?;
        records.delete(&key)?;
        Ok(found)
    }

    /// Whether an answer of this client, under this name, can be to this exchange.
    pub fn is_with(&self, client: &Client, name: &str) -> bool {
        self.client_id == client.id && self.names.iter().any(|known| known == name)
    }

    /// Whether an answer of this client can be to this exchange, with this device of this user.
    pub fn is_of(&self, client: &Client, sub: &str, device_key: &str) -> bool {
        self.client_id == client.id
            && self.sub.as_deref() == Some(sub)
            && self.identity() == device_key
    }

    /// Whether the client's clock, in seconds, can have shown this while the exchange was open.
    pub fn could_be_at(&self, seconds: i64, now: UnixMillis) -> bool {
        let shown = UnixMillis(seconds.saturating_mul(1000));
        shown + CLOCK_SKEW >= self.issued && now + CLOCK_SKEW >= shown
    }

    /// The key that the proof is made with, if the client knows the password that the verifier is of.
    pub fn authentication_key(&self, verifier: &Verifier) -> Result<AuthenticationKey, Error> {
        let ephemeral = STANDARD
            .decode(&self.ephemeral)
            .map_err(|error| errors::internal(error.to_string()))?;
        ServerEphemeral::from_bytes(verifier, &ephemeral)
            .and_then(|ephemeral| ephemeral.authentication_key(&self.client_public))
            .map_err(|error| errors::internal(error.to_string()))
    }
}
