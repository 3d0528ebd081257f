//! Many people at once.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use cognito_srp::{Claim, ClientEphemeral, Credentials, encoding, timestamp};
use serde_json::{Value, json};
use ureq::Agent;

use crate::server::{Server, agent, call};

const CLIENTS: usize = 64;
const SIGN_INS: usize = 10_000;

/// Sign-ins until most threads have been at work and every cache is full.
const WARM_UP: usize = 5_000;

/// Every one of so many sign-ins is by SRP, the others are by password.
const SRP_SHARE: usize = 4;

/// What the server may grow by after that: two kilobytes for each sign-in, half of what its answer with the tokens takes.
/// Measured: one megabyte, and four where the machine had so much else to do that threads still came.
#[cfg(target_os = "linux")]
const GROWTH_KB: u64 = 10_000;

const PASSWORD: &str = "Correct-horse-1";
const POOL: &str = "us-east-1_LoadTest1";
const CLIENT: &str = "loadtestclient";

#[test]
fn sign_ins_by_many_at_once_do_not_fail_and_leave_no_memory_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let seed = path("seed.json");
    std::fs::write(&seed, pool().to_string()).unwrap();
    let server = Server::start(&["--seed", &seed, "--data", &path("pools.db")]);

    sign_in(&server, WARM_UP);
    #[cfg(target_os = "linux")]
    let before = server.memory_kb();
    sign_in(&server, SIGN_INS - WARM_UP);
    #[cfg(target_os = "linux")]
    {
        let after = server.memory_kb();
        println!("{before} kB after {WARM_UP} sign-ins, {after} kB after {SIGN_INS}");
        assert!(after < before + GROWTH_KB, "{before} kB became {after} kB");
    }
}

/// As many sign-ins, by all clients at once.
fn sign_in(server: &Server, sign_ins: usize) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (next, url) = (&next, &server.url);
            scope.spawn(move || {
                let person = Person::new(client, url);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= sign_ins {
                        break;
                    }
                    let tokens = match number % SRP_SHARE {
                        0 => person.sign_in_by_srp(),
                        _ => person.sign_in_by_password(),
                    };
                    assert!(tokens["AccessToken"].is_string(), "{tokens}");
                }
            });
        }
    });
}

/// Each client is a user of its own.
struct Person<'a> {
    name: String,
    url: &'a str,
    agent: Agent,
}

impl<'a> Person<'a> {
    fn new(number: usize, url: &'a str) -> Self {
        Self {
            name: name(number),
            url,
            agent: agent(),
        }
    }

    fn sign_in_by_password(&self) -> Value {
        let parameters = json!({ "USERNAME": self.name, "PASSWORD": PASSWORD });
        let answer = self.initiate("USER_PASSWORD_AUTH", parameters);
        answer["AuthenticationResult"].clone()
    }

    fn sign_in_by_srp(&self) -> Value {
        let ephemeral = ClientEphemeral::new(&[0x5a; 36]).unwrap();
        let parameters = json!({ "USERNAME": self.name, "SRP_A": ephemeral.public_hex() });
        let challenge = self.initiate("USER_SRP_AUTH", parameters);
        let parameter = |name: &str| challenge["ChallengeParameters"][name].as_str().unwrap();
        let (group, identity) = (&POOL[POOL.len() - 9..], parameter("USER_ID_FOR_SRP"));
        let credentials = Credentials {
            group,
            identity,
            password: PASSWORD,
        };
        let key = ephemeral
            .authentication_key(credentials, parameter("SRP_B"), parameter("SALT"))
            .unwrap();
        let time = timestamp(now());
        let claim = Claim {
            group,
            identity,
            secret_block: &encoding::base64_decode_lenient(parameter("SECRET_BLOCK")),
            timestamp: &time,
        };
        let responses = json!({
            "USERNAME": identity,
            "PASSWORD_CLAIM_SECRET_BLOCK": parameter("SECRET_BLOCK"),
            "PASSWORD_CLAIM_SIGNATURE": encoding::base64_encode(&key.sign_claim(&claim)),
            "TIMESTAMP": time,
        });
        let answer = self.call(
            "RespondToAuthChallenge",
            json!({
                "ClientId": CLIENT, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses,
            }),
        );
        answer["AuthenticationResult"].clone()
    }

    fn initiate(&self, flow: &str, parameters: Value) -> Value {
        let input = json!({ "ClientId": CLIENT, "AuthFlow": flow, "AuthParameters": parameters });
        self.call("InitiateAuth", input)
    }

    fn call(&self, operation: &str, input: Value) -> Value {
        let (status, answer) = call(&self.agent, self.url, operation, input).unwrap();
        assert_eq!(status, 200, "{answer}");
        answer
    }
}

fn pool() -> Value {
    let users: Vec<_> = (0..CLIENTS)
        .map(|number| json!({ "Username": name(number), "Password": PASSWORD }))
        .collect();
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]);
    let clients = json!([{ "ClientId": CLIENT, "ExplicitAuthFlows": flows }]);
    json!({ "UserPools": [{ "Id": POOL, "Clients": clients, "Users": users }] })
}

fn name(number: usize) -> String {
    format!("person-{number}")
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.unwrap().as_millis()).unwrap()
}
