//! The stores themselves.

use cognito_idp::Operation;
use cognito_pool::{
    MemoryStore, Service, Settings, SqliteStore, UnixMillis,
    store::{Store, StoreError},
};
use serde_json::json;

const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

fn both(test: impl Fn(&dyn Store)) {
    test(&MemoryStore::new());
    let folder = tempfile::tempdir().unwrap();
    test(&SqliteStore::open(folder.path().join("store")).unwrap());
}

#[test]
fn what_is_not_committed_never_was() {
    both(|store| {
        let mut first = store.begin().unwrap();
        first.put("a", b"1").unwrap();
        first.put("b", b"1").unwrap();
        first.commit().unwrap();

        let mut second = store.begin().unwrap();
        second.put("a", b"2").unwrap();
        second.put("a", b"3").unwrap();
        second.delete("b").unwrap();
        second.put("c", b"2").unwrap();
        assert_eq!(second.get("a").unwrap().as_deref(), Some(b"3".as_slice()));
        assert_eq!(second.get("b").unwrap(), None);
        drop(second);

        let third = store.begin().unwrap();
        assert_eq!(
            third.scan("", None, 9).unwrap(),
            [
                ("a".to_owned(), b"1".to_vec()),
                ("b".to_owned(), b"1".to_vec())
            ]
        );
    });
}

#[test]
fn a_scan_is_ordered_limited_and_within_its_prefix() {
    both(|store| {
        let mut transaction = store.begin().unwrap();
        for key in [
            "b\u{1f}é",
            "a",
            "b\u{1f}z",
            "b\u{1f}",
            "b",
            "c",
            "b\u{1f}a",
            "b ",
        ] {
            transaction.put(key, b"").unwrap();
        }
        let scan = |after, limit| {
            let found = transaction.scan("b\u{1f}", after, limit).unwrap();
            found.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
        };
        assert_eq!(
            scan(None, 9),
            ["b\u{1f}", "b\u{1f}a", "b\u{1f}z", "b\u{1f}é"]
        );
        assert_eq!(scan(None, 2), ["b\u{1f}", "b\u{1f}a"]);
        assert_eq!(scan(Some("b\u{1f}a"), 9), ["b\u{1f}z", "b\u{1f}é"]);
        // What the last page ended with may be gone, or never have been in this list.
        assert_eq!(scan(Some("b\u{1f}b"), 1), ["b\u{1f}z"]);
        assert_eq!(scan(Some("a"), 1), ["b\u{1f}"]);
        assert!(scan(Some("c"), 9).is_empty());
    });
}

#[test]
fn a_file_keeps_everything_its_keys_included() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        Service::new(
            SqliteStore::open(folder.path().join("store")).unwrap(),
            Settings::default(),
        )
    };
    let first = open();
    let created = first
        .handle(
            Operation::CreateUserPool,
            json!({ "PoolName": "pool" }),
            NOW,
        )
        .unwrap();
    let pool = created["UserPool"]["Id"].as_str().unwrap();
    let keys = first.jwks(pool).unwrap();
    drop(first);
    let second = open();
    assert_eq!(second.jwks(pool).unwrap(), keys);
    let described = second
        .handle(
            Operation::DescribeUserPool,
            json!({ "UserPoolId": pool }),
            NOW,
        )
        .unwrap();
    assert_eq!(described["UserPool"], created["UserPool"]);
}

#[test]
fn the_outbox_keeps_the_newest_thousand() {
    let service = Service::new(MemoryStore::new(), Settings::default());
    let call = |operation, input| service.handle(operation, input, NOW).unwrap();
    let pool =
        call(Operation::CreateUserPool, json!({ "PoolName": "pool" }))["UserPool"]["Id"].clone();
    let input = json!({
        "UserPoolId": pool, "Username": "ann", "DesiredDeliveryMediums": ["EMAIL"],
        "UserAttributes": [{ "Name": "email", "Value": "ann@example.com" }],
    });
    call(Operation::AdminCreateUser, input.clone());
    let mut again = input;
    again["MessageAction"] = json!("RESEND");
    for number in 0..1001 {
        again["TemporaryPassword"] = json!(format!("Temporary-{number}"));
        call(Operation::AdminCreateUser, again.clone());
    }
    let codes: Vec<_> = service
        .outbox()
        .unwrap()
        .into_iter()
        .map(|message| message.code)
        .collect();
    assert_eq!(codes.len(), 1000);
    assert_eq!(
        (codes[0].as_str(), codes[999].as_str()),
        ("Temporary-1", "Temporary-1000")
    );
}

#[test]
fn keys_that_are_asked_for_at_once_are_the_same() {
    let service = Service::new(MemoryStore::new(), Settings::default());
    let created = service
        .handle(
            Operation::CreateUserPool,
            json!({ "PoolName": "pool" }),
            NOW,
        )
        .unwrap();
    let pool = created["UserPool"]["Id"].as_str().unwrap();
    let ask = || service.jwks(pool).unwrap();
    let all = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        asking
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert!(all.iter().all(|keys| *keys == ask()));
}

#[test]
fn foreign_and_newer_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let error = |name: &str| open_error(&folder.path().join(name));
    std::fs::write(folder.path().join("text"), "x".repeat(4096)).unwrap();
    assert!(
        error("text").ends_with("file is not a database"),
        "{}",
        error("text")
    );

    let sqlite = |name: &str| rusqlite::Connection::open(folder.path().join(name)).unwrap();
    sqlite("foreign")
        .execute_batch("CREATE TABLE songs (title TEXT)")
        .unwrap();
    assert!(
        error("foreign").ends_with("this SQLite file does not hold user pools"),
        "{}",
        error("foreign")
    );

    drop(SqliteStore::open(folder.path().join("newer")).unwrap());
    sqlite("newer")
        .execute_batch("PRAGMA user_version = 4")
        .unwrap();
    assert!(
        error("newer").ends_with(
            "this data has format 4; this version of the program reads and writes format 3"
        ),
        "{}",
        error("newer")
    );
}

#[test]
fn old_records_are_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let service = Service::new(SqliteStore::open(&path).unwrap(), Settings::default());
    let call = |operation, input, at| service.handle(operation, input, at).unwrap();
    let pool = call(
        Operation::CreateUserPool,
        json!({ "PoolName": "pool" }),
        NOW,
    )["UserPool"]["Id"]
        .clone();
    let input = json!({ "UserPoolId": pool, "ClientName": "client", "PreventUserExistenceErrors": "ENABLED" });
    let client =
        call(Operation::CreateUserPoolClient, input, NOW)["UserPoolClient"]["ClientId"].clone();
    let challenge = json!({
        "ClientId": client, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": { "USERNAME": "nobody", "SRP_A": "2" },
    });
    let entries = || -> u32 {
        let sqlite = rusqlite::Connection::open(&path).unwrap();
        sqlite
            .query_row("SELECT count(*) FROM entries", [], |row| row.get(0))
            .unwrap()
    };
    for _ in 0..20 {
        call(Operation::InitiateAuth, challenge.clone(), NOW);
    }
    let crowded = entries();
    let later = UnixMillis(NOW.0 + 2 * 24 * 60 * 60 * 1000);
    for _ in 0..20 {
        call(Operation::InitiateAuth, challenge.clone(), later);
    }
    assert_eq!(entries(), crowded);
}

fn open_error(path: &std::path::Path) -> String {
    let error: StoreError = SqliteStore::open(path).unwrap_err();
    error.to_string()
}
