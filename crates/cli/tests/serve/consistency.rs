//! Whether a file of `cognito serve --data` is what it should be: SQLite's own check, and every index made again from
//! the records that it is of.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use cognito_pool::{SqliteStore, store::Store as _};
use rusqlite::Connection;
use serde_json::Value;

/// How long records outlive their time.
const RETENTION_MS: i64 = 24 * 60 * 60 * 1000;

/// The attributes that users are searched by.
const SEARCHED: [&str; 6] = [
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
];

/// All records of a store, by the parts of their keys.
pub struct Records(BTreeMap<Vec<String>, Value>);

impl Records {
    /// Reads a file that nobody else uses, after SQLite has checked it.
    pub fn read(file: &Path) -> Self {
        let connection = Connection::open(file).unwrap();
        let verdict: String = connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(verdict, "ok");
        drop(connection);
        let store = SqliteStore::open(file).unwrap();
        let entries = store.begin().unwrap().scan("", None, usize::MAX).unwrap();
        let record = |(key, value): (String, Vec<u8>)| {
            let key = key.split('\u{1f}').map(str::to_owned).collect();
            (key, serde_json::from_slice(&value).unwrap())
        };
        Self(entries.into_iter().map(record).collect())
    }

    pub fn get(&self, key: &[&str]) -> Option<&Value> {
        let key: Vec<_> = key.iter().map(|part| (*part).to_owned()).collect();
        self.0.get(&key)
    }

    /// The records of this family: the rest of each key, and the value.
    fn family<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (Vec<&'a str>, &'a Value)> {
        let of_family = self.0.iter().filter(move |(key, _)| key[0] == name);
        of_family.map(|(key, value)| (key[1..].iter().map(String::as_str).collect(), value))
    }

    /// Checks that every index says what the records say.
    ///
    /// For pools that do not tell case apart and take verified addresses for names.
    pub fn check(&self) {
        let mut expected = BTreeSet::new();
        let mut counts = BTreeMap::new();
        for (key, user) in self.family("user") {
            let [pool, name] = key[..] else {
                panic!("{key:?}")
            };
            *counts.entry(pool).or_insert(0) += 1;
            expected.extend(indexes_of(pool, name, user));
        }
        for (pool, count) in counts {
            assert_eq!(self.get(&["user-count", pool]), Some(&Value::from(count)));
        }
        for (key, group) in self.family("membership") {
            let [pool, name, group_name] = key[..] else {
                panic!("{key:?}")
            };
            assert_eq!(group, group_name);
            assert!(self.get(&["user", pool, name]).is_some(), "{key:?}");
            assert!(self.get(&["group", pool, group_name]).is_some(), "{key:?}");
            expected.insert((owned(&["member", pool, group_name, name]), name.into()));
        }
        for (key, _) in self.family("client") {
            let pool = self.get(&["client", key[0]]).unwrap()["pool_id"]
                .as_str()
                .unwrap();
            expected.insert((owned(&["pool-client", pool, key[0]]), key[0].into()));
        }
        let found = ["sub", "users-by", "alias", "member", "pool-client"]
            .into_iter()
            .flat_map(|family| {
                self.family(family)
                    .map(move |(key, value)| (family, key, value))
            })
            .map(|(family, key, value)| {
                let name = value.as_str().unwrap().to_owned();
                (owned(&[&[family], &key[..]].concat()), name)
            })
            .collect();
        assert_same(&expected, &found);
        self.check_members();
        self.check_sign_ins();
        self.check_expiries();
    }

    /// A group's members are those who are in it.
    fn check_members(&self) {
        for (key, _) in self.family("member") {
            let [pool, group, name] = key[..] else {
                panic!("{key:?}")
            };
            assert!(
                self.get(&["membership", pool, name, group]).is_some(),
                "{key:?}"
            );
        }
    }

    /// What hangs on a user hangs on one who is there; refresh tokens and sign-ins belong together.
    fn check_sign_ins(&self) {
        for family in [
            "grant",
            "code",
            "attempts",
            "lockout",
            "device",
            "credential",
        ] {
            for (key, _) in self.family(family) {
                let [pool, subject, ..] = key[..] else {
                    panic!("{key:?}")
                };
                let is_user = self.get(&["sub", pool, subject]).is_some();
                assert!(is_user || subject.starts_with('?'), "{family} {key:?}");
            }
        }
        for (key, grant) in self.family("grant") {
            let hash = grant["value"]["refresh_hash"].as_str().unwrap();
            let refresh = &self.get(&["refresh", hash]).unwrap()["value"];
            assert_eq!(
                (&refresh["event_id"], &refresh["revoked"]),
                (&key[2].into(), &false.into())
            );
        }
        for (key, refresh) in self.family("refresh") {
            let part = |name: &str| refresh["value"][name].as_str().unwrap();
            let grant = self.get(&["grant", part("pool_id"), part("sub"), part("event_id")]);
            assert_ne!(
                grant.is_some(),
                refresh["value"]["revoked"] == true,
                "{key:?}"
            );
        }
    }

    /// What holds for a time is found when the time is over, and the outbox has no gaps.
    fn check_expiries(&self) {
        for (key, record) in &self.0 {
            if let Some(until) = record["until"].as_i64() {
                let at = format!("{:020}", until + RETENTION_MS);
                let expiry = [owned(&["expiry", &at]), key.clone()].concat();
                assert!(self.0.contains_key(&expiry), "{key:?}");
            }
        }
        let numbers: Vec<u64> = self
            .family("outbox")
            .map(|(key, _)| key[0].parse().unwrap())
            .collect();
        let next = self
            .get(&["outbox-next"])
            .and_then(Value::as_u64)
            .unwrap_or(0);
        let first = next - numbers.len() as u64;
        assert_eq!(numbers, (first..next).collect::<Vec<_>>());
    }
}

type Index = (Vec<String>, String);

/// Everything that is to find a user.
fn indexes_of(pool: &str, name: &str, user: &Value) -> Vec<Index> {
    let (attributes, status) = (&user["attributes"], user["status"].as_str().unwrap());
    let enabled = if user["enabled"] == true {
        "Enabled"
    } else {
        "Disabled"
    };
    let mut values = vec![
        ("status", enabled.to_owned()),
        ("cognito:user_status", status.to_lowercase()),
    ];
    for attribute in SEARCHED {
        let value = attributes[attribute].as_str();
        values.extend(value.map(|value| (attribute, value.to_lowercase())));
    }
    let mut keys: Vec<_> = values
        .iter()
        .map(|(attribute, value)| owned(&["users-by", pool, attribute, value, name]))
        .collect();
    keys.push(owned(&["sub", pool, user["sub"].as_str().unwrap()]));
    if attributes["email_verified"] == "true" && status != "UNCONFIRMED" {
        let email = attributes["email"].as_str().unwrap().to_lowercase();
        keys.push(owned(&["alias", pool, "email", &email]));
    }
    keys.into_iter().map(|key| (key, name.into())).collect()
}

fn assert_same(expected: &BTreeSet<Index>, found: &BTreeSet<Index>) {
    let missing: Vec<_> = expected.difference(found).collect();
    let strange: Vec<_> = found.difference(expected).collect();
    assert!(
        missing.is_empty() && strange.is_empty(),
        "missing {missing:?}, strange {strange:?}"
    );
}

fn owned(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}
