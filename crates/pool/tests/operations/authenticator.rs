//! A browser with an authenticator, by another project: it makes passkeys and signs in with them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use passkey::{
    authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod},
    client::{Client, DefaultClientData},
    crypto::rust_crypto::RustCryptoBackend,
    types::{
        Passkey,
        ctap2::{Aaguid, Ctap2Error, get_assertion},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::runtime;
use url::Url;

#[derive(Clone)]
pub struct Browser {
    /// Whether the authenticator makes sure who uses it, or only feels that somebody is there.
    verifies: bool,
    passkey: Option<Passkey>,
}

/// The authenticator's owner, who lets it do what it is asked to.
struct Owner {
    verifies: bool,
}

impl Browser {
    pub fn new() -> Self {
        Self {
            verifies: true,
            passkey: None,
        }
    }

    pub fn without_verification() -> Self {
        Self {
            verifies: false,
            passkey: None,
        }
    }

    /// What a page of this origin gets from `navigator.credentials.create`, as JSON.
    pub fn create(&mut self, origin: &str, options: &Value) -> Value {
        let mut client =
            Client::new(self.authenticator()).user_verification_when_preferred(self.verifies);
        let origin = Url::parse(origin).unwrap();
        let created = wait(client.register(&origin, request(options), DefaultClientData));
        self.passkey = client.authenticator().store().clone();
        json(&created.unwrap())
    }

    /// The same of `navigator.credentials.get`.
    pub fn get(&mut self, origin: &str, options: &Value) -> Value {
        let mut client =
            Client::new(self.authenticator()).user_verification_when_preferred(self.verifies);
        let origin = Url::parse(origin).unwrap();
        let got = wait(client.authenticate(&origin, request(options), DefaultClientData));
        self.passkey = client.authenticator().store().clone();
        json(&got.unwrap())
    }

    /// What a page gets for a passkey of the same key that is another relying party's.
    pub fn get_for(&mut self, party: &str, origin: &str, options: &Value) -> Value {
        let mut options = options.clone();
        options["rpId"] = json!(party);
        if let Some(passkey) = &mut self.passkey {
            passkey.rp_id = party.to_owned();
        }
        self.get(origin, &options)
    }

    /// What a browser would give that lets its authenticator sign whatever a page says about itself.
    pub fn sign(&mut self, kind: &str, origin: &str, options: &Value) -> Value {
        let client_data =
            json!({ "type": kind, "challenge": options["challenge"], "origin": origin })
                .to_string();
        let request = get_assertion::Request {
            rp_id: options["rpId"].as_str().unwrap().to_owned(),
            client_data_hash: Sha256::digest(&client_data).to_vec().into(),
            allow_list: None,
            extensions: None,
            options: get_assertion::Options { up: true, uv: true },
            pin_auth: None,
            pin_protocol: None,
        };
        let response = wait(self.authenticator().get_assertion(request)).unwrap();
        json!({
            "rawId": response.credential.unwrap().id,
            "type": "public-key",
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
                "authenticatorData": URL_SAFE_NO_PAD.encode(response.auth_data.to_vec()),
                "signature": response.signature,
            },
        })
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Owner, RustCryptoBackend> {
        let owner = Owner {
            verifies: self.verifies,
        };
        let passkey = self.passkey.clone();
        let mut authenticator =
            Authenticator::new(Aaguid::new_empty(), passkey, owner, RustCryptoBackend);
        authenticator.set_make_credentials_with_signature_counter(true);
        authenticator
    }
}

#[async_trait::async_trait]
impl UserValidationMethod for Owner {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence,
            verification: verification && self.verifies,
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        self.verifies.then_some(true)
    }
}

fn request<T: DeserializeOwned>(options: &Value) -> T {
    serde_json::from_value(json!({ "publicKey": options })).unwrap()
}

fn json(credential: &impl Serialize) -> Value {
    serde_json::to_value(credential).unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(future)
}
