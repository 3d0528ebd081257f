//! How much an account and a pool may have of what is counted by the thousand. One store is enough: neither knows of quotas.

use serde_json::json;

use crate::stage::Stage;

#[test]
fn an_account_has_a_thousand_pools_at_most() {
    let stage = Stage::in_memory();
    let create = || stage.call("CreateUserPool", json!({ "PoolName": "pool" }));
    // The stage has made one.
    for _ in 1..1000 {
        create().unwrap();
    }
    assert!(is_too_many(create()));
    stage.ok("DeleteUserPool", json!({ "UserPoolId": stage.pool }));
    create().unwrap();
    assert!(is_too_many(create()));
}

#[test]
fn a_pool_has_ten_thousand_groups_at_most() {
    let stage = Stage::in_memory();
    let create = |number: u32| {
        let name = format!("group{number}");
        stage.call("CreateGroup", stage.with_pool(json!({ "GroupName": name })))
    };
    for number in 0..10_000 {
        create(number).unwrap();
    }
    assert!(is_too_many(create(10_000)));
    let first = stage.with_pool(json!({ "GroupName": "group0" }));
    stage.ok("DeleteGroup", first);
    create(10_000).unwrap();
    assert!(is_too_many(create(10_001)));
}

#[test]
fn a_pool_has_a_thousand_clients_at_most() {
    let stage = Stage::in_memory();
    let create = || {
        stage.call(
            "CreateUserPoolClient",
            stage.with_pool(json!({ "ClientName": "client" })),
        )
    };
    // The stage has made one.
    for _ in 1..1000 {
        create().unwrap();
    }
    assert!(is_too_many(create()));
    let client = stage.with_pool(json!({ "ClientId": stage.client }));
    stage.ok("DeleteUserPoolClient", client);
    create().unwrap();
}

#[test]
fn a_pool_has_three_hundred_identity_providers_at_most() {
    let stage = Stage::in_memory();
    let create = |number: u32| {
        let input = json!({
            "ProviderName": format!("provider{number}"),
            "ProviderType": "OIDC",
            "ProviderDetails": {
                "client_id": "id", "authorize_scopes": "openid", "oidc_issuer": "https://idp.example.com",
                "attributes_request_method": "GET",
            },
        });
        stage.call("CreateIdentityProvider", stage.with_pool(input))
    };
    for number in 0..300 {
        create(number).unwrap();
    }
    assert!(is_too_many(create(300)));
}

fn is_too_many<T>(answer: Result<T, cognito_idp::Error>) -> bool {
    answer.is_err_and(|error| error.code == cognito_idp::ErrorCode::LimitExceededException)
}
