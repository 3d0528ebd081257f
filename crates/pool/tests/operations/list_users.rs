use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use cognito_pool::{
    MemoryStore,
    store::{Store, StoreError, Transaction},
};
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, attribute},
};

const UNREADABLE: &str = "InvalidParameterException: Error while parsing filter.";
const ABSENT: &str = "InvalidParameterException: One or more requested attributes do not exist.";
const BAD_TOKEN: &str = "InvalidParameterException: Invalid pagination token.";

over_both_stores! {
    fn an_unknown_pool_is_named(stage) {
        assert_eq!(
            stage.refused("ListUsers", json!({ "UserPoolId": "us-east-1_000000000" })),
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist."
        );
    }

    fn what_is_no_filter_is_refused(stage) {
        for filter in [
            "ann", "=", "email", "email = ann", "email \"ann\"", "email = \"ann", "email = ann\"", "= \"ann\"",
            "email ~= \"ann\"", "email = \"ann\" and name = \"ann\"", "email ^ = \"ann\"", "email = \"\\\"",
        ] {
            assert_eq!(refused(&stage, json!({ "Filter": filter })), UNREADABLE, "{filter}");
        }
    }

    fn users_are_not_searched_by_everything(stage) {
        for name in ["custom:seat", "nickname", "Email", "password", "email_verified"] {
            assert_eq!(
                refused(&stage, json!({ "Filter": format!("{name} = \"x\"") })),
                format!("InvalidParameterException: Invalid search attribute: {name}")
            );
        }
    }

    fn a_page_holds_sixty_at_most(stage) {
        assert_eq!(
            refused(&stage, json!({ "Limit": 61 })),
            "InvalidParameterException: 1 validation error detected: Value '61' at 'limit' failed to satisfy \
             constraint: Member must have value less than or equal to 60"
        );
    }

    fn a_token_is_good_for_its_own_list(stage) {
        let mut stage = stage;
        create_some(&stage);
        let token = list(&stage, json!({ "Limit": 1 }))["PaginationToken"].clone();
        let filtered = json!({ "Limit": 1, "Filter": "cognito:user_status = \"force_change_password\"" });
        let other = list(&stage, filtered)["PaginationToken"].clone();
        assert_eq!(refused(&stage, json!({ "PaginationToken": "x" })), BAD_TOKEN);
        assert_eq!(refused(&stage, json!({ "PaginationToken": other })), BAD_TOKEN);
        assert_eq!(refused(&stage, json!({ "PaginationToken": token, "Filter": "email ^= \"\"" })), BAD_TOKEN);
        stage.use_pool(json!({}));
        assert_eq!(refused(&stage, json!({ "PaginationToken": token })), BAD_TOKEN);
    }

    fn attributes_to_get_are_those_that_everybody_listed_has(stage) {
        create_some(&stage);
        assert_eq!(refused(&stage, json!({ "AttributesToGet": ["custom:x"] })), ABSENT);
        assert_eq!(refused(&stage, json!({ "AttributesToGet": ["email", "given_name"] })), ABSENT);
        let answer = list(&stage, json!({ "AttributesToGet": ["email"], "Filter": "username = \"ann\"" }));
        assert_eq!(answer["Users"][0]["Attributes"], json!([{ "Name": "email", "Value": "Ann@Example.com" }]));
    }

    fn a_user_is_shown_whole(stage) {
        create_some(&stage);
        let answer = list(&stage, json!({ "Filter": "username = \"ann\"" }));
        let user = &answer["Users"][0];
        let shown = stage.admin_user("ann");
        assert_eq!(user["Username"], "ann");
        assert_eq!(user["Attributes"], shown["UserAttributes"]);
        assert!(attribute(&user["Attributes"], "sub").is_some());
        for member in ["Enabled", "UserStatus", "UserCreateDate", "UserLastModifiedDate"] {
            assert_eq!(user[member], shown[member], "{member}");
        }
    }

    fn users_are_searched_by_these(stage) {
        create_some(&stage);
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "bob" })));
        stage.sign_up("dora");
        let sub = attribute(&stage.admin_user("bob")["UserAttributes"], "sub").unwrap().to_owned();
        let sub_prefix = &sub[..13];
        for (filter, expected) in [
            ("username = \"ann\"", "ann"),
            ("username = \"an\"", ""),
            ("username = \"Ann\"", ""),
            ("username ^= \"ann\"", "ann anna"),
            ("username ^= \"A\"", ""),
            ("email = \"ann@example.com\"", "ann"),
            ("email = \"ANN@example.com\"", "ann"),
            ("email = \"ann@example\"", ""),
            ("email ^= \"an\"", "ann anna"),
            ("email=\"ann@example.com\"", "ann"),
            ("email^=\"AN\"", "ann anna"),
            ("  email   =   \"ann@example.com\"  ", "ann"),
            ("phone_number = \"+15551230002\"", "bob"),
            ("phone_number ^= \"+1555\"", "ann bob"),
            ("name = \"bob the builder\"", "bob"),
            ("given_name ^= \"B\"", "bob"),
            ("family_name = \"say \\\"builder\\\"\"", "bob"),
            ("preferred_username ^= \"bob.\"", "bob"),
            ("cognito:user_status = \"UNCONFIRMED\"", "dora"),
            ("cognito:user_status = \"unconfirmed\"", "dora"),
            ("cognito:user_status ^= \"force\"", "ann anna bob"),
            ("status = \"Disabled\"", "bob"),
            ("status = \"Enabled\"", "ann anna dora"),
            ("status = \"disabled\"", ""),
            (&format!("sub = \"{sub}\""), "bob"),
            (&format!("sub = \"{sub_prefix}\""), ""),
            (&format!("sub ^= \"{sub_prefix}\""), "bob"),
            ("", "ann anna bob dora"),
        ] {
            let answer = list(&stage, json!({ "Filter": filter }));
            assert_eq!(names(&answer).join(" "), expected, "{filter}");
            assert_eq!(answer.get("PaginationToken"), None, "{filter}");
        }
    }

    fn an_alias_is_no_username_in_a_filter(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "UsernameConfiguration": { "CaseSensitive": false } }));
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "Ann@example.com" })));
        assert_eq!(names(&list(&stage, json!({ "Filter": "username = \"Ann@example.com\"" }))).len(), 0);
        let username = names(&list(&stage, json!({ "Filter": "email = \"ann@example.com\"" })))[0].clone();
        let by_username = json!({ "Filter": format!("username = \"{username}\"") });
        assert_eq!(names(&list(&stage, by_username)), [username.as_str()]);
    }

    fn usernames_in_a_filter_tell_case_apart_even_where_the_pool_does_not(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameConfiguration": { "CaseSensitive": false } }));
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "Ann" })));
        for (filter, found) in [
            ("username = \"Ann\"", 1), ("username = \"ann\"", 0), ("username ^= \"An\"", 1), ("username ^= \"an\"", 0),
        ] {
            assert_eq!(names(&list(&stage, json!({ "Filter": filter }))).len(), found, "{filter}");
        }
    }

    fn a_found_list_is_in_the_order_of_what_was_searched(stage) {
        for (name, email) in [("ann", "zoe@example.com"), ("bob", "Mia@example.com"), ("cid", "abe@example.com")] {
            create(&stage, name, &[("email", email)]);
        }
        assert_eq!(names(&list(&stage, json!({ "Filter": "email ^= \"\"" }))), ["cid", "bob", "ann"]);
    }

    fn a_search_follows_every_change(stage) {
        create_some(&stage);
        let by_email = |email: &str| names(&list(&stage, json!({ "Filter": format!("email = \"{email}\"") })));
        let change = |value: &str| stage.ok("AdminUpdateUserAttributes", stage.with_pool(json!({
            "Username": "ann", "UserAttributes": [{ "Name": "email", "Value": value }],
        })));
        change("new@example.com");
        assert_eq!(by_email("ann@example.com").len(), 0);
        assert_eq!(by_email("new@example.com"), ["ann"]);
        change("");
        assert_eq!(by_email("new@example.com").len(), 0);
        change("new@example.com");
        stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(by_email("new@example.com").len(), 0);
        create(&stage, "bert", &[("email", "new@example.com")]);
        assert_eq!(by_email("new@example.com"), ["bert"]);
    }

    fn pages_survive_what_comes_and_goes(stage) {
        for number in 0..7 {
            create(&stage, &format!("user{number}"), &[("email", "same@example.com")]);
        }
        for filter in ["", "email = \"same@example.com\"", "username ^= \"user\"", "status = \"Enabled\""] {
            let mut seen = Vec::new();
            let mut token = Value::Null;
            loop {
                let page = list(&stage, json!({ "Limit": 2, "Filter": filter, "PaginationToken": token }));
                let found = names(&page);
                assert!(found.len() <= 2);
                // The one that the token comes from goes, and one comes that the list is past.
                stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": found.last().unwrap() })));
                create(&stage, &format!("user{}-again", seen.len()), &[("email", "other@example.com")]);
                seen.extend(found);
                token = page["PaginationToken"].clone();
                if token.is_null() {
                    break;
                }
            }
            seen.retain(|name| !name.ends_with("again"));
            assert_eq!(seen, (0..7).map(|number| format!("user{number}")).collect::<Vec<_>>(), "{filter}");
            for user in names(&list(&stage, json!({}))) {
                stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": user })));
            }
            for number in 0..7 {
                create(&stage, &format!("user{number}"), &[("email", "same@example.com")]);
            }
        }
    }
}

/// What a page and a search cost is what they answer, however many users there are.
#[test]
fn a_page_reads_no_more_of_a_large_pool_than_of_a_small_one() {
    let read = Arc::new(AtomicUsize::new(0));
    let stage = Stage::over(Box::new(Counting {
        store: MemoryStore::new(),
        read: Arc::clone(&read),
    }));
    let created = Cell::new(0);
    let grow = |to: usize| {
        for number in created.replace(to)..to {
            create(
                &stage,
                &format!("user{number:03}"),
                &[("email", &format!("{number:03}@x.example"))],
            );
        }
    };
    let costs = || {
        [
            json!({}),
            json!({ "Filter": "username ^= \"user\"" }),
            json!({ "Filter": "email = \"007@x.example\"" }),
            json!({ "Filter": "email ^= \"0\"" }),
            json!({ "Filter": "status = \"Enabled\"" }),
            json!({ "Filter": "cognito:user_status ^= \"FORCE\"" }),
        ]
        .map(|input| {
            let mut input = input;
            input["Limit"] = json!(4);
            let before = read.load(Ordering::Relaxed);
            list(&stage, input);
            read.load(Ordering::Relaxed) - before
        })
    };
    grow(8);
    let small = costs();
    grow(40);
    assert_eq!(costs(), small);
}

/// Counts the entries that are read from a store.
struct Counting {
    store: MemoryStore,
    read: Arc<AtomicUsize>,
}

struct CountingTransaction<'a> {
    transaction: Box<dyn Transaction + 'a>,
    read: &'a AtomicUsize,
}

impl Store for Counting {
    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StoreError> {
        Ok(Box::new(CountingTransaction {
            transaction: self.store.begin()?,
            read: &self.read,
        }))
    }
}

impl Transaction for CountingTransaction<'_> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.transaction.get(key)
    }

    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.transaction.put(key, value)
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        self.transaction.delete(key)
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let found = self.transaction.scan(prefix, after, limit)?;
        self.read.fetch_add(found.len(), Ordering::Relaxed);
        Ok(found)
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.transaction.commit()
    }
}

fn create_some(stage: &Stage) {
    create(
        stage,
        "ann",
        &[
            ("email", "Ann@Example.com"),
            ("phone_number", "+15551230001"),
        ],
    );
    create(stage, "anna", &[("email", "anna@example.com")]);
    create(
        stage,
        "bob",
        &[
            ("email", "bob@example.com"),
            ("phone_number", "+15551230002"),
            ("name", "Bob the Builder"),
            ("given_name", "bob"),
            ("family_name", "Say \"Builder\""),
            ("preferred_username", "Bob.B"),
        ],
    );
}

fn create(stage: &Stage, name: &str, attributes: &[(&str, &str)]) {
    let attributes: Vec<_> = attributes
        .iter()
        .map(|(name, value)| json!({ "Name": name, "Value": value }))
        .collect();
    let input =
        json!({ "Username": name, "UserAttributes": attributes, "MessageAction": "SUPPRESS" });
    stage.ok("AdminCreateUser", stage.with_pool(input));
}

fn list(stage: &Stage, input: Value) -> Value {
    stage.ok("ListUsers", stage.with_pool(input))
}

fn refused(stage: &Stage, input: Value) -> String {
    stage.refused("ListUsers", stage.with_pool(input))
}

fn names(answer: &Value) -> Vec<String> {
    let users = answer["Users"].as_array().unwrap();
    users
        .iter()
        .map(|user| user["Username"].as_str().unwrap().to_owned())
        .collect()
}
