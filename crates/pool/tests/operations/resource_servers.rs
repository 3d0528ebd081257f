//! `CreateResourceServer`, `DescribeResourceServer`, `UpdateResourceServer`, `DeleteResourceServer`,
//! `ListResourceServers`, and the scopes that clients may list.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged, text},
};

/// An identifier with a slash in it, as URLs have.
const API: &str = "https://api.example.com/v1";

over_both_stores! {
    fn an_unknown_one_is_refused(stage) {
        for operation in ["DescribeResourceServer", "UpdateResourceServer", "DeleteResourceServer"] {
            assert_eq!(
                stage.refused(operation, server(&stage, json!({}))),
                format!("ResourceNotFoundException: Resource server {API} does not exist."),
            );
        }
    }

    fn an_identifier_is_taken_once_in_a_pool(stage) {
        let mut stage = stage;
        stage.ok("CreateResourceServer", server(&stage, json!({})));
        assert_eq!(
            stage.refused("CreateResourceServer", server(&stage, json!({ "Name": "other" }))),
            format!("InvalidParameterException: {API} already exists in user pool {}.", stage.pool)
        );
        stage.use_pool(json!({}));
        stage.ok("CreateResourceServer", server(&stage, json!({})));
    }

    fn a_scope_is_named_once(stage) {
        let scopes = json!({ "Scopes": [scope("read"), scope("read")] });
        let refused = stage.refused("CreateResourceServer", server(&stage, scopes));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        assert_eq!(list(&stage, json!({}))["ResourceServers"], json!([]));
    }

    fn there_are_twenty_five_at_most(stage) {
        let create = |number: u32| server(&stage, json!({ "Identifier": format!("api-{number}") }));
        for number in 0..25 {
            stage.ok("CreateResourceServer", create(number));
        }
        let refused = stage.refused("CreateResourceServer", create(25));
        assert!(refused.starts_with("LimitExceededException: "), "{refused}");
    }

    fn one_is_made_described_updated_and_deleted(stage) {
        let made = stage.ok("CreateResourceServer", server(&stage, json!({ "Scopes": [scope("read")] })));
        assert_eq!(made["ResourceServer"], json!({
            "UserPoolId": stage.pool, "Identifier": API, "Name": "api", "Scopes": [scope("read")],
        }));
        assert_eq!(stage.ok("DescribeResourceServer", server(&stage, json!({}))), made);
        // What is left out is reset.
        let updated = stage.ok("UpdateResourceServer", server(&stage, json!({ "Name": "new" })));
        assert_eq!(updated["ResourceServer"], json!({
            "UserPoolId": stage.pool, "Identifier": API, "Name": "new", "Scopes": [],
        }));
        assert_eq!(stage.ok("DeleteResourceServer", server(&stage, json!({}))), json!({}));
        assert_eq!(list(&stage, json!({}))["ResourceServers"], json!([]));
    }

    fn they_are_listed_page_by_page(stage) {
        for identifier in ["a", "b", "c"] {
            stage.ok("CreateResourceServer", server(&stage, json!({ "Identifier": identifier })));
        }
        let first = list(&stage, json!({ "MaxResults": 2 }));
        let second = list(&stage, json!({ "MaxResults": 2, "NextToken": first["NextToken"] }));
        let identifiers = |page: &Value| -> Vec<String> {
            page["ResourceServers"].as_array().unwrap().iter().map(|one| text(&one["Identifier"])).collect()
        };
        assert_eq!([identifiers(&first), identifiers(&second)].concat(), ["a", "b", "c"]);
        assert_eq!(second.get("NextToken"), None);
    }

    fn clients_list_only_scopes_that_the_pool_has(stage) {
        stage.ok("CreateResourceServer", server(&stage, json!({ "Scopes": [scope("read")] })));
        let create = |scopes: &[&str]| stage.with_pool(json!({ "ClientName": "client", "AllowedOAuthScopes": scopes }));
        let (read, write) = (format!("{API}/read"), format!("{API}/write"));
        for unknown in ["Cognito", "custom", &write, "https://api.example.com/read", "/read"] {
            assert_eq!(
                stage.refused("CreateUserPoolClient", create(&["openid", unknown])),
                format!("ScopeDoesNotExistException: Invalid scope requested: {unknown}")
            );
        }
        let all = ["aws.cognito.signin.user.admin", "email", "openid", "phone", "profile", &read];
        let client = stage.ok("CreateUserPoolClient", create(&all))["UserPoolClient"].clone();
        assert_eq!(client["AllowedOAuthScopes"], json!(all));
        stage.ok("DeleteResourceServer", server(&stage, json!({})));
        let update = stage.with_pool(json!({ "ClientId": client["ClientId"], "AllowedOAuthScopes": [read] }));
        assert_eq!(
            stage.refused("UpdateUserPoolClient", update),
            format!("ScopeDoesNotExistException: Invalid scope requested: {read}")
        );
    }
}

fn server(stage: &Stage, more: Value) -> Value {
    merged(
        stage.with_pool(json!({ "Identifier": API, "Name": "api" })),
        more,
    )
}

fn scope(name: &str) -> Value {
    json!({ "ScopeName": name, "ScopeDescription": "what it is for" })
}

fn list(stage: &Stage, more: Value) -> Value {
    stage.ok("ListResourceServers", stage.with_pool(more))
}
