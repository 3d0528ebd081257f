//! Stores that older versions of this program wrote.

use std::path::Path;

use cognito_pool::SqliteStore;
use serde_json::{Value, json};

use crate::stage::{PASSWORD, Stage, refusal, text};

/// What lay in a store of format 2, and when.
const FORMAT_2: &str = include_str!("../older/format-2.json");

#[test]
fn a_store_of_format_2_is_brought_to_todays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    write(&path, 2, FORMAT_2);
    // Once; the second time it is of today's format.
    drop(SqliteStore::open(&path).unwrap());
    let stage = opened(&path, FORMAT_2);

    let described = stage.ok("DescribeUserPool", stage.with_pool(json!({})));
    assert_eq!(described["UserPool"]["EstimatedNumberOfUsers"], 3);
    for name in ["ann", "bob", "eve"] {
        let filter = format!("email = \"{name}@example.com\"");
        let found = stage.ok("ListUsers", stage.with_pool(json!({ "Filter": filter })));
        assert_eq!(found["Users"][0]["Username"], name);
    }
    assert!(stage.password_sign_in("ann", "Wrong-horse-7").is_err());
    stage.srp_sign_in("ann@example.com", PASSWORD).unwrap();
    let invited = stage.password_sign_in("bob", PASSWORD).unwrap();
    assert_eq!(invited["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let code = json!({ "Username": "eve", "ConfirmationCode": "123456" });
    stage.ok("ConfirmSignUp", stage.with_client(code));
    stage.tokens("eve");
    let secret = client_of(&stage, "server");
    assert_eq!(secret["ClientSecret"].as_str().unwrap().len(), 52);
    assert_eq!(
        refusal(stage.call(
            "InitiateAuth",
            json!({
                "ClientId": secret["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": { "USERNAME": "ann", "PASSWORD": PASSWORD },
            })
        )),
        format!(
            "NotAuthorizedException: Client {} is configured with secret but SECRET_HASH was not received",
            text(&secret["ClientId"])
        )
    );
}

#[test]
fn a_store_that_is_too_old_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    write(&path, 1, FORMAT_2);
    for _ in 0..2 {
        let error = SqliteStore::open(&path).unwrap_err().to_string();
        assert!(
            error.ends_with(
                "this data has format 1; this version of the program reads and writes format 3"
            ),
            "{error}"
        );
    }
}

/// A file as a version of this program left it.
fn write(path: &Path, format: u32, recorded: &str) {
    let sqlite = rusqlite::Connection::open(path).unwrap();
    sqlite
        .execute_batch(&format!(
            "PRAGMA application_id = {}; PRAGMA user_version = {format};
             CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;",
            0x436f_676e
        ))
        .unwrap();
    for entry in parsed(recorded)["entries"].as_array().unwrap() {
        let (key, value) = (text(&entry[0]), entry[1].to_string());
        let row = rusqlite::params![key, value.as_bytes()];
        sqlite
            .execute("INSERT INTO entries VALUES (?1, ?2)", row)
            .unwrap();
    }
}

/// The pool in it and its client without a secret, just after it was written.
fn opened(path: &Path, recorded: &str) -> Stage {
    let mut stage = Stage::over(Box::new(SqliteStore::open(path).unwrap()));
    let now = parsed(recorded)["now"].as_i64().unwrap() / 1000 + 1;
    stage.advance(now - stage.now().seconds());
    let pools = stage.ok("ListUserPools", json!({ "MaxResults": 60 }));
    let old = pools["UserPools"]
        .as_array()
        .unwrap()
        .iter()
        .find(|pool| pool["Name"] == "old");
    stage.pool = text(&old.unwrap()["Id"]);
    stage.client = text(&client_of(&stage, "web")["ClientId"]);
    stage
}

fn client_of(stage: &Stage, name: &str) -> Value {
    let clients = stage.ok("ListUserPoolClients", stage.with_pool(json!({})));
    let clients = clients["UserPoolClients"].as_array().unwrap();
    let found = clients
        .iter()
        .find(|client| client["ClientName"] == name)
        .unwrap();
    let input = stage.with_pool(json!({ "ClientId": found["ClientId"] }));
    stage.ok("DescribeUserPoolClient", input)["UserPoolClient"].clone()
}

fn parsed(recorded: &str) -> Value {
    serde_json::from_str(recorded).unwrap()
}
