//! `AddUserPoolClientSecret`, `DeleteUserPoolClientSecret`, `ListUserPoolClientSecrets`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    over_both_stores,
    stage::{Stage, merged, text},
};

/// A secret of one's own: 24 characters at least, as the model has it.
const OWN: &str = "abcdefghijklmnopqrstuvwxyz012345";

over_both_stores! {
    fn a_public_client_gets_none(stage) {
        let refused = stage.refused("AddUserPoolClientSecret", input(&stage, json!({})));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        assert_eq!(secrets(&stage), json!([]));
    }

    fn unknown_ones_are_refused(stage) {
        let stage = confidential(stage);
        let nobodys = json!({ "ClientId": "0123456789abcdefghijklmnop", "ClientSecretId": "none" });
        for operation in ["AddUserPoolClientSecret", "DeleteUserPoolClientSecret", "ListUserPoolClientSecrets"] {
            let refused = stage.refused(operation, stage.with_pool(nobodys.clone()));
            assert_eq!(
                refused,
                "ResourceNotFoundException: User pool client 0123456789abcdefghijklmnop does not exist.",
                "{operation}"
            );
        }
        let refused = stage.refused("DeleteUserPoolClientSecret", input(&stage, json!({ "ClientSecretId": "none" })));
        assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
    }

    fn there_are_two_at_most_and_one_at_least(stage) {
        let stage = confidential(stage);
        let id = secrets(&stage)[0]["ClientSecretId"].clone();
        let refused = stage.refused("DeleteUserPoolClientSecret", input(&stage, json!({ "ClientSecretId": id })));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        stage.ok("AddUserPoolClientSecret", input(&stage, json!({})));
        let refused = stage.refused("AddUserPoolClientSecret", input(&stage, json!({})));
        assert!(refused.starts_with("LimitExceededException: "), "{refused}");
        assert_eq!(secrets(&stage).as_array().unwrap().len(), 2);
    }

    fn a_secret_is_shown_once_and_one_of_ones_own_never(stage) {
        let stage = confidential(stage);
        let added = stage.ok("AddUserPoolClientSecret", input(&stage, json!({})))["ClientSecretDescriptor"].clone();
        assert_eq!(added["ClientSecretValue"].as_str().unwrap().len(), 52);
        assert_eq!(added["ClientSecretCreateDate"], json!(1_700_000_000.0));
        let listed = secrets(&stage);
        assert_eq!(listed[1]["ClientSecretId"], added["ClientSecretId"]);
        assert!(listed.as_array().unwrap().iter().all(|one| one.get("ClientSecretValue").is_none()));

        stage.ok("DeleteUserPoolClientSecret", input(&stage, json!({ "ClientSecretId": added["ClientSecretId"] })));
        let own = stage.ok("AddUserPoolClientSecret", input(&stage, json!({ "ClientSecret": OWN })));
        assert_eq!(own["ClientSecretDescriptor"].get("ClientSecretValue"), None);
    }

    fn both_secrets_count_until_one_is_deleted(stage) {
        let stage = confidential(stage);
        let old = described_secret(&stage);
        stage.ok("AddUserPoolClientSecret", input(&stage, json!({ "ClientSecret": OWN })));
        stage.ok("SignUp", signed(&stage, "ann", &old));
        stage.ok("SignUp", signed(&stage, "bob", OWN));
        let wrong = format!("NotAuthorizedException: Unable to verify secret hash for client {}", stage.client);
        assert_eq!(stage.refused("SignUp", signed(&stage, "cid", "wrong")), wrong);
        // What is described is the old one as long as it is there.
        assert_eq!(described_secret(&stage), old);

        let first = secrets(&stage)[0]["ClientSecretId"].clone();
        stage.ok("DeleteUserPoolClientSecret", input(&stage, json!({ "ClientSecretId": first })));
        assert_eq!(stage.refused("SignUp", signed(&stage, "cid", &old)), wrong);
        stage.ok("SignUp", signed(&stage, "cid", OWN));
        assert_eq!(described_secret(&stage), OWN);
    }

    fn a_client_is_made_with_a_secret_of_ones_own_or_a_generated_one(stage) {
        let create = |more: Value| stage.with_pool(merged(json!({ "ClientName": "server" }), more));
        let created = stage.ok("CreateUserPoolClient", create(json!({ "ClientSecret": OWN })));
        assert_eq!(created["UserPoolClient"]["ClientSecret"], OWN);
        let refused = stage.refused("CreateUserPoolClient", create(json!({ "ClientSecret": OWN, "GenerateSecret": true })));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
    }
}

/// With a client that has a secret.
fn confidential(mut stage: Stage) -> Stage {
    stage.use_client(json!({ "GenerateSecret": true }));
    stage
}

fn input(stage: &Stage, more: Value) -> Value {
    merged(stage.with_pool(json!({ "ClientId": stage.client })), more)
}

fn secrets(stage: &Stage) -> Value {
    stage.ok("ListUserPoolClientSecrets", input(stage, json!({})))["ClientSecrets"].clone()
}

fn described_secret(stage: &Stage) -> String {
    text(
        &stage.ok("DescribeUserPoolClient", input(stage, json!({})))["UserPoolClient"]["ClientSecret"],
    )
}

/// A sign-up that proves this secret.
fn signed(stage: &Stage, name: &str, secret: &str) -> Value {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{name}{}", stage.client).as_bytes());
    let hash = STANDARD.encode(mac.finalize().into_bytes());
    merged(stage.sign_up_input(name), json!({ "SecretHash": hash }))
}
