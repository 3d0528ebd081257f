//! Pools from a seed, and pools that move from one file to another.

use std::fs;

use serde_json::json;

use crate::server::{Server, cognito, run};

const POOL: &str = "us-east-1_Example01";
const PASSWORD: &str = "Correct-horse-1";

#[test]
fn a_seed_that_cannot_be_made_ends_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    for text in ["", "{}", r#"{ "UserPools": [{ "Id": "x" }] }"#] {
        fs::write(&seed, text).unwrap();
        let output = run(&["--seed", seed.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_seed_s_error_says_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text, expected) in [
        ("a.json", "{ \"UserPools\": [\n  oops\n] }", &["line 2"][..]),
        ("a.yaml", "UserPools:\n  - Id: [\n", &["line "]),
        (
            "b.yaml",
            "UserPools:\n  - Id: us-east-1_Example01\n    Id: us-east-1_Example02\n",
            &["line 3", "Id"],
        ),
        (
            "c.yaml",
            "UserPools:\n  - Id: us-east-1_Example01\n    AutoVerifiedAttributes: email\n",
            &["UserPools[0].AutoVerifiedAttributes: expected a list"],
        ),
        (
            "d.yaml",
            "UserPools:\n  - Id: us-east-1_Example01\n    Users:\n      - Username: ann\n        Attributes: { email_verified: yes, name: no, locale: true }\n",
            &[
                "UserPools[0].Users[0].Attributes.locale",
                "expected a string",
            ],
        ),
    ] {
        let seed = folder.path().join(name);
        fs::write(&seed, text).unwrap();
        let output = run(&["--seed", seed.to_str().unwrap()]);
        let log = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{log}");
        assert_eq!(log.lines().count(), 1, "{log}");
        for part in expected.iter().chain(&[name]) {
            assert!(log.contains(part), "{part}: {log}");
        }
    }
}

#[test]
fn a_seed_may_be_yaml() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("pools.yml");
    let text = format!(
        "
# The pool of the tests
UserPools:
  - Id: {POOL}
    AutoVerifiedAttributes: [email]
    Policies: {{ PasswordPolicy: {{ MinimumLength: 8 }} }}
    Clients:
      - ClientId: exampleclient
        ExplicitAuthFlows:
          - ALLOW_USER_PASSWORD_AUTH
    Users:
      - Username: no
        Password: {PASSWORD}
        Attributes: {{ email: ann@example.com, email_verified: \"true\" }}
"
    );
    fs::write(&seed, text).unwrap();
    let server = Server::start(&["--seed", seed.to_str().unwrap()]);
    assert_eq!(server.sign_in("exampleclient", "no", PASSWORD).0, 200);
}

#[test]
fn a_seeded_pool_moves_from_file_to_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (seed, first, second, document) = (
        path("seed.json"),
        path("first"),
        path("second"),
        path("document"),
    );
    let content = json!({ "UserPools": [{
        "Id": POOL,
        "Clients": [{ "ClientId": "exampleclient", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }],
        "Users": [{ "Username": "ann", "Password": PASSWORD }],
    }] });
    fs::write(&seed, content.to_string()).unwrap();
    // The second start finds the pool.
    for _ in 0..2 {
        let server = Server::start(&["--data", &first, "--seed", &seed]);
        assert_eq!(server.sign_in("exampleclient", "ann", PASSWORD).0, 200);
        assert_eq!(
            server.sign_in("exampleclient", "ann", "Wrong-horse-1").0,
            400
        );
        server.terminate();
    }

    let missing = cognito(&["export", "--data", &path("nowhere"), POOL]);
    assert_eq!(missing.status.code(), Some(1));
    let unknown = cognito(&["export", "--data", &first, "us-east-1_000000000"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(unknown.stdout.is_empty());

    let exported = cognito(&["export", "--data", &first, POOL]);
    fs::write(&document, exported.stdout).unwrap();
    let imported = cognito(&["import", "--data", &second, &document]);
    assert_eq!(imported.stdout, format!("user pool {POOL}\n").as_bytes());
    let again = cognito(&["import", "--data", &second, &document]);
    assert_eq!(again.status.code(), Some(1));

    let server = Server::start(&["--data", &second]);
    assert_eq!(server.sign_in("exampleclient", "ann", PASSWORD).0, 200);
}
