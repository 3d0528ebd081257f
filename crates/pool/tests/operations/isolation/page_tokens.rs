//! What leads on in one list leads nowhere in another, nor in the same list of another pool.

use serde_json::{Value, json};

use super::model::operations_with;
use crate::{
    device::Device,
    over_both_stores,
    stage::{Stage, merged},
};

const INVALID: &str = "InvalidParameterException: Invalid pagination token.";

/// Lists that come whole, whatever token is sent.
const WHOLE: [&str; 3] = [
    "AdminListUserSessions",
    "ListUserPoolClientSecrets",
    "ListUserSessions",
];

over_both_stores! {
    fn a_token_of_one_list_is_none_of_any_other(stage) {
        let (mut stage, here) = full(stage);
        let tokens: Vec<_> = here.iter().filter_map(|list| Some((list, list.next(&stage)?))).collect();
        assert!(tokens.len() >= 10, "{}", tokens.len());
        stage.use_pool(json!({}));
        let (stage, there) = full(stage);
        for (from, token) in &tokens {
            for to in here.iter().chain(&there).filter(|to| !to.is(from)) {
                match stage.call(&to.operation, to.with_token(token)) {
                    Ok(page) => panic!("{} takes a token of {}: {page}", to.operation, from.operation),
                    Err(error) => assert_eq!(error.to_string(), INVALID, "{} in {}", from.operation, to.operation),
                }
            }
            stage.ok(&from.operation, from.with_token(token));
        }
    }
}

/// A list, and what it takes to ask for its first page.
struct List {
    pool: String,
    operation: String,
    input: Value,
}

impl List {
    /// What leads on from the first page of one, if there is more.
    fn next(&self, stage: &Stage) -> Option<Value> {
        let answer = stage.ok(&self.operation, self.input.clone());
        answer
            .get("NextToken")
            .or_else(|| answer.get("PaginationToken"))
            .cloned()
    }

    /// Whether both list the same, if by two doors.
    fn is(&self, other: &Self) -> bool {
        let names = [self, other].map(|list| list.operation.trim_start_matches("Admin"));
        let of_one_pool = self.pool == other.pool || self.operation == "ListUserPools";
        names[0] == names[1] && of_one_pool
    }

    fn with_token(&self, token: &Value) -> Value {
        let member = self.token_member();
        merged(self.input.clone(), json!({ member: token }))
    }

    fn token_member(&self) -> &'static str {
        if operations_with(&["NextToken"]).contains(&self.operation) {
            "NextToken"
        } else {
            "PaginationToken"
        }
    }
}

/// A pool with two of everything, and all its lists.
fn full(mut stage: Stage) -> (Stage, Vec<List>) {
    stage.use_pool(json!({
        "AutoVerifiedAttributes": ["email"],
        "UserPoolTier": "PLUS",
        "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" },
        "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false },
    }));
    for place in 0..2 {
        let name = |kind: &str| format!("{kind}{place}");
        stage.confirmed(&name("user"));
        let make = |operation: &str, input: Value| stage.ok(operation, stage.with_pool(input));
        make("CreateGroup", json!({ "GroupName": name("group") }));
        make(
            "CreateResourceServer",
            json!({ "Identifier": name("api"), "Name": "API" }),
        );
        make(
            "CreateUserPoolClient",
            json!({ "ClientName": name("client") }),
        );
        make(
            "CreateUserImportJob",
            json!({
                "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs",
            }),
        );
        make(
            "CreateIdentityProvider",
            json!({
                "ProviderName": name("provider"), "ProviderType": "OIDC",
                "ProviderDetails": {
                    "client_id": "id", "authorize_scopes": "openid", "attributes_request_method": "GET",
                    "oidc_issuer": "https://idp.example.com",
                },
            }),
        );
        let terms = ["terms-of-use", "privacy-policy"][place];
        make(
            "CreateTerms",
            json!({
                "ClientId": stage.client, "TermsName": terms,
                "TermsSource": "LINK", "Enforcement": "NONE",
                "Links": { "cognito:default": "https://example.com/terms" },
            }),
        );
    }
    for (group, user) in [
        ("group0", "user0"),
        ("group0", "user1"),
        ("group1", "user0"),
    ] {
        let input = json!({ "GroupName": group, "Username": user });
        stage.ok("AdminAddUserToGroup", stage.with_pool(input));
    }
    let token = Device::confirmed(&stage, "user0").tokens["AccessToken"].clone();
    Device::confirmed(&stage, "user0");
    let lists = lists(&stage, &token);
    (stage, lists)
}

fn lists(stage: &Stage, token: &Value) -> Vec<List> {
    let mut operations = operations_with(&["NextToken"]);
    operations.extend(operations_with(&["PaginationToken"]));
    operations
        .into_iter()
        .filter(|operation| !WHOLE.contains(&operation.as_str()))
        .map(|operation| {
            let input = input(stage, &operation, token);
            List {
                pool: stage.pool.clone(),
                operation,
                input,
            }
        })
        .collect()
}

/// The input for a first page of one.
fn input(stage: &Stage, operation: &str, token: &Value) -> Value {
    match operation {
        "AdminListDevices" | "AdminListGroupsForUser" => {
            stage.with_pool(json!({ "Username": "user0", "Limit": 1 }))
        }
        "AdminListUserAuthEvents" => {
            stage.with_pool(json!({ "Username": "user0", "MaxResults": 1 }))
        }
        "ListGroups" | "ListUsers" => stage.with_pool(json!({ "Limit": 1 })),
        "ListUsersInGroup" => stage.with_pool(json!({ "GroupName": "group0", "Limit": 1 })),
        "ListIdentityProviders"
        | "ListResourceServers"
        | "ListTerms"
        | "ListUserImportJobs"
        | "ListUserPoolClients" => stage.with_pool(json!({ "MaxResults": 1 })),
        "ListUserPoolReplicas" => stage.with_pool(json!({})),
        "ListUserPools" => json!({ "MaxResults": 1 }),
        "ListDevices" => json!({ "AccessToken": token, "Limit": 1 }),
        "ListWebAuthnCredentials" => json!({ "AccessToken": token, "MaxResults": 1 }),
        other => panic!("{other} gives pages: say here what it takes"),
    }
}
