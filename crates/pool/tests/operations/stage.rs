//! A service with one pool and one client, a clock that stands still until it is moved, and people who sign in.

use std::{cell::Cell, fmt::Debug, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{Error, Operation};
use cognito_pool::{
    Codes, MemoryStore, Random, Service, Settings, SqliteStore, UnixMillis, store::Store,
};
use cognito_srp::{Claim, ClientEphemeral, Credentials, encoding, timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::lambda::Functions;

/// A password that every usual policy takes.
pub const PASSWORD: &str = "Correct-horse-7";

/// 2023-11-14 22:13:20 UTC.
const START: i64 = 1_700_000_000_000;

pub struct Stage {
    pub service: Arc<Service>,
    /// What runs the pools' triggers.
    pub lambda: Arc<Functions>,
    pub pool: String,
    pub client: String,
    now: Cell<i64>,
    _folder: Option<TempDir>,
}

/// Makes each function a test over the memory store and one over the SQLite store.
#[macro_export]
macro_rules! over_both_stores {
    ($($(#[$meta:meta])* fn $name:ident($stage:ident) $body:block)+) => {
        $(
            $(#[$meta])*
            mod $name {
                #[allow(unused_imports)]
                use super::*;

                fn run($stage: $crate::stage::Stage) $body

                #[test]
                fn memory() {
                    run($crate::stage::Stage::in_memory());
                }

                #[test]
                fn sqlite() {
                    run($crate::stage::Stage::in_sqlite());
                }
            }
        )+
    };
}

impl Stage {
    pub fn in_memory() -> Self {
        Self::over(Box::new(MemoryStore::new()))
    }

    pub fn in_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("pools.sqlite")).unwrap();
        Self::new(Box::new(store), Some(folder))
    }

    pub fn over(store: Box<dyn Store>) -> Self {
        Self::new(store, None)
    }

    fn new(store: Box<dyn Store>, folder: Option<TempDir>) -> Self {
        let lambda = Arc::new(Functions::default());
        let settings = Settings {
            random: seeded(7),
            codes: Codes::Random,
            lambda: Functions::runner(&lambda),
            ..Settings::default()
        };
        let mut stage = Self {
            service: Arc::new(Service::over(store, settings)),
            lambda,
            pool: String::new(),
            client: String::new(),
            now: Cell::new(START),
            _folder: folder,
        };
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"] }));
        stage
    }

    /// Goes on with a new pool of these settings, and a client of it that allows the usual flows.
    pub fn use_pool(&mut self, settings: Value) {
        let created = self.ok(
            "CreateUserPool",
            merged(json!({ "PoolName": "pool" }), settings),
        );
        self.pool = text(&created["UserPool"]["Id"]);
        self.use_client(json!({}));
    }

    /// Goes on with a new client of these settings, over those of one that allows the usual flows.
    pub fn use_client(&mut self, settings: Value) {
        let usual = json!({
            "UserPoolId": self.pool,
            "ClientName": "client",
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        let created = self.ok("CreateUserPoolClient", merged(usual, settings));
        self.client = text(&created["UserPoolClient"]["ClientId"]);
    }

    /// Goes on with a pool that has threat protection, `AUDIT` or `ENFORCED`.
    pub fn use_protected_pool(&mut self, mode: &str) {
        self.use_pool(json!({
            "AutoVerifiedAttributes": ["email"],
            "UserPoolTier": "PLUS",
            "UserPoolAddOns": { "AdvancedSecurityMode": mode },
        }));
    }

    /// What threat protection recorded of a user, the newest first.
    #[track_caller]
    pub fn events(&self, name: &str) -> Vec<Value> {
        let input = self.with_pool(json!({ "Username": name }));
        let listed = self.ok("AdminListUserAuthEvents", input);
        listed["AuthEvents"].as_array().unwrap().clone()
    }

    pub fn now(&self) -> UnixMillis {
        UnixMillis(self.now.get())
    }

    pub fn advance(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds * 1000);
    }

    pub fn call(&self, operation: &str, input: Value) -> Result<Value, Error> {
        let operation = Operation::from_name(operation).unwrap();
        self.service.handle(operation, input, self.now())
    }

    /// The same for a request that comes from this address.
    pub fn call_from(&self, address: &str, operation: &str, input: Value) -> Result<Value, Error> {
        let operation = Operation::from_name(operation).unwrap();
        let address = Some(address.parse().unwrap());
        self.service
            .handle_from(address, operation, input, self.now())
            .map(|output| serde_json::from_str(&output).unwrap())
    }

    #[track_caller]
    pub fn ok(&self, operation: &str, input: Value) -> Value {
        self.call(operation, input).unwrap()
    }

    /// The error, as `Type: text`.
    #[track_caller]
    pub fn refused(&self, operation: &str, input: Value) -> String {
        refusal(self.call(operation, input))
    }

    /// The input of an operation that names the client, and more.
    pub fn with_client(&self, input: Value) -> Value {
        merged(json!({ "ClientId": self.client }), input)
    }

    pub fn with_pool(&self, input: Value) -> Value {
        merged(json!({ "UserPoolId": self.pool }), input)
    }

    pub fn sign_up(&self, name: &str) -> Value {
        self.ok("SignUp", self.sign_up_input(name))
    }

    pub fn sign_up_input(&self, name: &str) -> Value {
        self.with_client(json!({
            "Username": name,
            "Password": PASSWORD,
            "UserAttributes": [{ "Name": "email", "Value": format!("{name}@example.com") }],
        }))
    }

    /// A user who is confirmed with the code that was sent.
    pub fn confirmed(&self, name: &str) {
        self.sign_up(name);
        self.confirm(name);
    }

    pub fn confirm(&self, name: &str) {
        let code = self.last_code();
        self.ok(
            "ConfirmSignUp",
            self.with_client(json!({ "Username": name, "ConfirmationCode": code })),
        );
    }

    pub fn last_code(&self) -> String {
        self.service.outbox().unwrap().last().unwrap().code.clone()
    }

    pub fn sent(&self) -> usize {
        self.service.outbox().unwrap().len()
    }

    pub fn password_input(&self, name: &str, password: &str) -> Value {
        self.with_client(json!({
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": name, "PASSWORD": password },
        }))
    }

    pub fn password_sign_in(&self, name: &str, password: &str) -> Result<Value, Error> {
        self.call("InitiateAuth", self.password_input(name, password))
    }

    /// The tokens of a sign-in by password.
    #[track_caller]
    pub fn tokens(&self, name: &str) -> Value {
        self.password_sign_in(name, PASSWORD).unwrap()["AuthenticationResult"].clone()
    }

    #[track_caller]
    pub fn access_token(&self, name: &str) -> String {
        text(&self.tokens(name)["AccessToken"])
    }

    pub fn refresh_input(&self, token: &Value) -> Value {
        self.with_client(json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": { "REFRESH_TOKEN": token } }))
    }

    pub fn admin_user(&self, name: &str) -> Value {
        self.ok("AdminGetUser", self.with_pool(json!({ "Username": name })))
    }

    /// An SRP sign-in by this project's own client half.
    pub fn srp_sign_in(&self, name: &str, password: &str) -> Result<Value, Error> {
        let answer = self.srp_answer(name, password)?;
        self.call("RespondToAuthChallenge", answer)
    }

    /// An SRP sign-in up to the answer that proves the password, not sent yet.
    pub fn srp_answer(&self, name: &str, password: &str) -> Result<Value, Error> {
        let challenge = self.call("InitiateAuth", self.srp_input(name, &srp_a()))?;
        Ok(self.proof(&challenge, password))
    }

    /// What answers a `PASSWORD_VERIFIER` challenge to [`srp_a`].
    pub fn proof(&self, challenge: &Value, password: &str) -> Value {
        let parameters = &challenge["ChallengeParameters"];
        let identity = text(&parameters["USER_ID_FOR_SRP"]);
        let group = self.pool.split('_').nth(1).unwrap();
        let credentials = Credentials {
            group,
            identity: &identity,
            password,
        };
        let key = ephemeral()
            .authentication_key(
                credentials,
                &text(&parameters["SRP_B"]),
                &text(&parameters["SALT"]),
            )
            .unwrap();
        let secret_block = text(&parameters["SECRET_BLOCK"]);
        let time = timestamp(self.now.get());
        let claim = Claim {
            group,
            identity: &identity,
            secret_block: &encoding::base64_decode_lenient(&secret_block),
            timestamp: &time,
        };
        self.with_client(json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": identity,
                "PASSWORD_CLAIM_SECRET_BLOCK": secret_block,
                "PASSWORD_CLAIM_SIGNATURE": STANDARD.encode(key.sign_claim(&claim)),
                "TIMESTAMP": time,
            },
        }))
    }

    pub fn srp_input(&self, name: &str, public: &str) -> Value {
        self.with_client(json!({
            "AuthFlow": "USER_SRP_AUTH",
            "AuthParameters": { "USERNAME": name, "SRP_A": public },
        }))
    }
}

/// The public value of all SRP sign-ins here.
pub fn srp_a() -> String {
    ephemeral().public_hex()
}

fn ephemeral() -> ClientEphemeral {
    ClientEphemeral::new(&[0x5a; 40]).unwrap()
}

/// The error of a call that must fail, as `Type: text`.
#[track_caller]
pub fn refusal<T: Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

/// The members of both objects, the second's where both have one.
pub fn merged(mut object: Value, other: Value) -> Value {
    let (Value::Object(members), Value::Object(others)) = (&mut object, other) else {
        panic!("not objects")
    };
    members.extend(others);
    object
}

#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The value of a user's attribute in a list of them.
pub fn attribute<'a>(list: &'a Value, name: &str) -> Option<&'a str> {
    list.as_array()
        .unwrap()
        .iter()
        .find(|attribute| attribute["Name"] == name)?["Value"]
        .as_str()
}

/// The claims of a token, unverified.
pub fn claims(token: &Value) -> Value {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// Bytes that are the same in each run (SplitMix64).
pub fn seeded(mut state: u64) -> Random {
    Random::new(move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..chunk.len()]);
        }
    })
}
