//! Whole pools that leave one store and come into another.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, refusal},
};

over_both_stores! {
    fn an_unknown_pool_is_not_exported(stage) {
        assert_eq!(
            refusal(stage.service.export_pool("us-east-1_000000000")),
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist."
        );
    }

    fn a_pool_that_is_here_is_not_taken_in(stage) {
        stage.confirmed("ann");
        let document = stage.service.export_pool(&stage.pool).unwrap();
        assert_eq!(
            refusal(stage.service.import_pool(document)),
            format!("InvalidParameterException: The user pool {}, or a client or domain of it, is here already.", stage.pool)
        );
        stage.tokens("ann");
    }

    fn what_was_not_exported_is_not_taken_in(stage) {
        let document = full(&stage);
        let other = emptied(Stage::in_memory());
        for (pointer, value) in [
            ("", json!("pool")),
            ("/Format", json!(1)),
            ("/UserPoolId", json!("us-east-1_000000000")),
            ("/UserPoolId", json!("us-east-1_000000000\u{1f}x")),
            ("/Records", json!([])),
            ("/Records/0/Key/1", json!("us-east-1_000000000")),
            ("/Records/0/Key", json!(["outbox-next"])),
            ("/Records/0/Key", json!(["client", "x"])),
        ] {
            let mut altered = document.clone();
            *altered.pointer_mut(pointer).unwrap() = value;
            assert!(other.service.import_pool(altered).is_err(), "{pointer}");
            // Nothing of it has come in.
            assert!(other.call("DescribeUserPool", json!({ "UserPoolId": stage.pool })).is_err());
        }
        other.service.import_pool(document).unwrap();
    }

    fn a_pool_is_the_same_in_another_store(stage) {
        let document = full(&stage);
        let keys = stage.service.jwks(&stage.pool).unwrap();
        let mut other = emptied(Stage::in_sqlite());
        assert_eq!(other.service.import_pool(document.clone()).unwrap(), stage.pool);
        (other.pool, other.client) = (stage.pool.clone(), stage.client.clone());
        for (operation, input) in [
            ("DescribeUserPool", json!({})),
            ("DescribeUserPoolClient", json!({ "ClientId": stage.client })),
            ("AdminGetUser", json!({ "Username": "ann" })),
            ("ListUsers", json!({ "Filter": "email = \"ann@example.com\"" })),
            ("ListUsersInGroup", json!({ "GroupName": "readers" })),
            ("AdminListGroupsForUser", json!({ "Username": "ann" })),
            ("DescribeUserPoolDomain", json!({ "Domain": "example-domain" })),
        ] {
            let mut input = stage.with_pool(input);
            if operation == "DescribeUserPoolDomain" {
                input.as_object_mut().unwrap().remove("UserPoolId");
            }
            assert_eq!(other.ok(operation, input.clone()), stage.ok(operation, input), "{operation}");
        }
        assert_eq!(other.service.jwks(&other.pool).unwrap(), keys);
        other.tokens("ann");
        other.srp_sign_in("ann", PASSWORD).unwrap();
        assert!(other.password_sign_in("ann", "Wrong-horse-7").is_err());
    }

    fn sign_ins_and_codes_stay_behind(stage) {
        let before = full(&stage);
        stage.tokens("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        let _ = stage.password_sign_in("ann", "Wrong-horse-7");
        assert_eq!(stage.service.export_pool(&stage.pool).unwrap(), before);
    }
}

/// A pool with something of everything, exported.
fn full(stage: &Stage) -> Value {
    stage.confirmed("ann");
    stage.tokens("ann");
    stage.ok(
        "CreateGroup",
        stage.with_pool(json!({ "GroupName": "readers" })),
    );
    stage.ok(
        "AdminAddUserToGroup",
        stage.with_pool(json!({ "Username": "ann", "GroupName": "readers" })),
    );
    stage.ok(
        "CreateUserPoolDomain",
        stage.with_pool(json!({ "Domain": "example-domain" })),
    );
    stage.service.export_pool(&stage.pool).unwrap()
}

/// Without the pool that every stage has: it is the same in all.
fn emptied(stage: Stage) -> Stage {
    stage.ok("DeleteUserPool", stage.with_pool(json!({})));
    stage
}
