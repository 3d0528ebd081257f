use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, claims, merged, refusal},
};

const NO_GROUP: &str = "ResourceNotFoundException: Group not found.";
const NO_USER: &str = "UserNotFoundException: User does not exist.";

over_both_stores! {
    fn unknown_pools_groups_and_users_are_named(stage) {
        stage.sign_up("ann");
        group(&stage, "readers", json!({}));
        for operation in [
            "CreateGroup", "GetGroup", "UpdateGroup", "DeleteGroup", "ListGroups", "AdminAddUserToGroup",
            "AdminRemoveUserFromGroup", "AdminListGroupsForUser", "ListUsersInGroup",
        ] {
            let input = json!({ "UserPoolId": "us-east-1_000000000", "GroupName": "x", "Username": "ann" });
            assert_eq!(
                stage.refused(operation, input),
                "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
                "{operation}"
            );
        }
        for operation in [
            "GetGroup", "UpdateGroup", "DeleteGroup", "AdminAddUserToGroup", "AdminRemoveUserFromGroup", "ListUsersInGroup",
        ] {
            let input = stage.with_pool(json!({ "GroupName": "Readers", "Username": "ann" }));
            assert_eq!(stage.refused(operation, input), NO_GROUP, "{operation}");
        }
        for operation in ["AdminAddUserToGroup", "AdminRemoveUserFromGroup", "AdminListGroupsForUser"] {
            let input = stage.with_pool(json!({ "GroupName": "readers", "Username": "bob" }));
            assert_eq!(stage.refused(operation, input), NO_USER, "{operation}");
        }
    }

    fn a_name_is_taken_once(stage) {
        group(&stage, "readers", json!({}));
        assert_eq!(
            stage.refused("CreateGroup", stage.with_pool(json!({ "GroupName": "readers" }))),
            "GroupExistsException: A group with the name already exists."
        );
        group(&stage, "Readers", json!({}));
    }

    fn a_group_is_created_shown_changed_and_deleted(stage) {
        let role = "arn:aws:iam::123456789012:role/readers";
        let created = group(&stage, "readers", json!({ "Description": "They read.", "Precedence": 7, "RoleArn": role }));
        assert_eq!(created, json!({
            "GroupName": "readers", "UserPoolId": stage.pool, "Description": "They read.", "Precedence": 7,
            "RoleArn": role, "CreationDate": 1_700_000_000.0, "LastModifiedDate": 1_700_000_000.0,
        }));
        let get = || stage.call("GetGroup", stage.with_pool(json!({ "GroupName": "readers" })));
        assert_eq!(get().unwrap()["Group"], created);
        stage.advance(5);
        let input = stage.with_pool(json!({ "GroupName": "readers", "Precedence": 0 }));
        let updated = stage.ok("UpdateGroup", input)["Group"].clone();
        let expected = merged(created, json!({ "Precedence": 0, "LastModifiedDate": 1_700_000_005.0 }));
        assert_eq!(updated, expected);
        assert_eq!(get().unwrap()["Group"], expected);
        assert_eq!(stage.ok("DeleteGroup", stage.with_pool(json!({ "GroupName": "readers" }))), json!({}));
        assert_eq!(refusal(get()), NO_GROUP);
    }

    fn groups_are_listed_in_pages(stage) {
        for name in ["c", "a", "b"] {
            group(&stage, name, json!({}));
        }
        let first = stage.ok("ListGroups", stage.with_pool(json!({ "Limit": 2 })));
        assert_eq!(names(&first), ["a", "b"]);
        let rest = stage.with_pool(json!({ "Limit": 2, "NextToken": first["NextToken"] }));
        let last = stage.ok("ListGroups", rest);
        assert_eq!(names(&last), ["c"]);
        assert_eq!(last.get("NextToken"), None);
        let foreign = stage.with_pool(json!({ "GroupName": "a", "NextToken": first["NextToken"] }));
        assert_eq!(
            stage.refused("ListUsersInGroup", foreign),
            "InvalidParameterException: Invalid pagination token."
        );
    }

    fn users_come_and_go(stage) {
        for name in ["ann", "bob"] {
            stage.sign_up(name);
        }
        for name in ["readers", "writers"] {
            group(&stage, name, json!({}));
        }
        assert_eq!(add(&stage, "ann", "readers"), json!({}));
        add(&stage, "ann", "readers");
        add(&stage, "ann", "writers");
        add(&stage, "bob", "readers");
        assert_eq!(groups_of(&stage, "ann"), ["readers", "writers"]);
        assert_eq!(users_in(&stage, "readers"), ["ann", "bob"]);
        let input = stage.with_pool(json!({ "GroupName": "readers", "Limit": 1 }));
        let page = stage.ok("ListUsersInGroup", input);
        assert_eq!(page["Users"][0]["Attributes"], stage.admin_user("ann")["UserAttributes"]);
        let input = stage.with_pool(json!({ "GroupName": "readers", "Limit": 1, "NextToken": page["NextToken"] }));
        let page = stage.ok("ListUsersInGroup", input);
        assert_eq!(page["Users"][0]["Username"], "bob");
        assert_eq!(page.get("NextToken"), None);

        let remove = stage.with_pool(json!({ "Username": "ann", "GroupName": "readers" }));
        assert_eq!(stage.ok("AdminRemoveUserFromGroup", remove), json!({}));
        assert_eq!(groups_of(&stage, "ann"), ["writers"]);
        assert_eq!(users_in(&stage, "readers"), ["bob"]);
    }

    fn what_is_gone_is_in_no_group_and_has_no_members(stage) {
        for name in ["ann", "bob"] {
            stage.sign_up(name);
            for group_name in ["readers", "writers"] {
                let _ = stage.call("CreateGroup", stage.with_pool(json!({ "GroupName": group_name })));
                add(&stage, name, group_name);
            }
        }
        stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": "ann" })));
        stage.sign_up("ann");
        assert_eq!(groups_of(&stage, "ann"), [""; 0]);
        assert_eq!(users_in(&stage, "readers"), ["bob"]);
        stage.ok("DeleteGroup", stage.with_pool(json!({ "GroupName": "readers" })));
        group(&stage, "readers", json!({}));
        assert_eq!(groups_of(&stage, "bob"), ["writers"]);
        assert_eq!(users_in(&stage, "readers"), [""; 0]);
    }

    fn a_user_is_in_a_hundred_groups_at_most(stage) {
        stage.sign_up("ann");
        for number in 0..101 {
            group(&stage, &format!("group{number}"), json!({}));
        }
        for number in 0..100 {
            add(&stage, "ann", &format!("group{number}"));
        }
        add(&stage, "ann", "group7");
        let input = stage.with_pool(json!({ "Username": "ann", "GroupName": "group100" }));
        assert!(stage.refused("AdminAddUserToGroup", input).starts_with("LimitExceededException: "));
    }

    fn tokens_tell_nothing_of_groups_where_there_are_none(stage) {
        stage.confirmed("ann");
        group(&stage, "readers", json!({ "RoleArn": role("readers") }));
        let tokens = stage.tokens("ann");
        for token in [&tokens["AccessToken"], &tokens["IdToken"]] {
            for claim in ["cognito:groups", "cognito:roles", "cognito:preferred_role"] {
                assert_eq!(claims(token).get(claim), None, "{claim}");
            }
        }
    }

    fn tokens_tell_groups_and_roles_by_precedence(stage) {
        stage.confirmed("ann");
        for (name, settings) in [
            ("a-last", json!({ "RoleArn": role("a-last") })),
            ("b-second", json!({ "Precedence": 2, "RoleArn": role("b-second") })),
            ("c-first", json!({ "Precedence": 0, "RoleArn": role("c-first") })),
            ("d-third", json!({ "Precedence": 10 })),
        ] {
            group(&stage, name, settings);
            add(&stage, "ann", name);
        }
        let tokens = stage.tokens("ann");
        let (access, id) = (claims(&tokens["AccessToken"]), claims(&tokens["IdToken"]));
        let expected = json!(["c-first", "b-second", "d-third", "a-last"]);
        assert_eq!(access["cognito:groups"], expected);
        assert_eq!(id["cognito:groups"], expected);
        assert_eq!(id["cognito:roles"], json!([role("c-first"), role("b-second"), role("a-last")]));
        assert_eq!(id["cognito:preferred_role"], role("c-first"));
        for claim in ["cognito:roles", "cognito:preferred_role"] {
            assert_eq!(access.get(claim), None, "{claim}");
        }

        // A refresh tells what holds now.
        let remove = stage.with_pool(json!({ "Username": "ann", "GroupName": "c-first" }));
        stage.ok("AdminRemoveUserFromGroup", remove);
        let refreshed = stage.ok("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"]));
        let id = claims(&refreshed["AuthenticationResult"]["IdToken"]);
        assert_eq!(id["cognito:groups"], json!(["b-second", "d-third", "a-last"]));
        assert_eq!(id["cognito:preferred_role"], role("b-second"));
    }

    fn groups_of_one_precedence_prefer_a_role_only_if_they_agree(stage) {
        stage.confirmed("ann");
        let shared = role("shared");
        for name in ["a", "b"] {
            group(&stage, name, json!({ "Precedence": 1, "RoleArn": shared }));
            add(&stage, "ann", name);
        }
        group(&stage, "c", json!({ "Precedence": 2, "RoleArn": role("other") }));
        add(&stage, "ann", "c");
        assert_eq!(claims(&stage.tokens("ann")["IdToken"])["cognito:preferred_role"], shared);
        stage.ok("UpdateGroup", stage.with_pool(json!({ "GroupName": "c", "Precedence": 1 })));
        assert_eq!(claims(&stage.tokens("ann")["IdToken"]).get("cognito:preferred_role"), None);
    }
}

fn role(name: &str) -> String {
    format!("arn:aws:iam::123456789012:role/{name}")
}

fn group(stage: &Stage, name: &str, settings: Value) -> Value {
    let input = merged(stage.with_pool(json!({ "GroupName": name })), settings);
    stage.ok("CreateGroup", input)["Group"].clone()
}

fn add(stage: &Stage, user: &str, group: &str) -> Value {
    let added: Result<Value, Error> = stage.call(
        "AdminAddUserToGroup",
        stage.with_pool(json!({ "Username": user, "GroupName": group })),
    );
    added.unwrap()
}

fn groups_of(stage: &Stage, user: &str) -> Vec<String> {
    names(&stage.ok(
        "AdminListGroupsForUser",
        stage.with_pool(json!({ "Username": user })),
    ))
}

fn users_in(stage: &Stage, group: &str) -> Vec<String> {
    let input = stage.with_pool(json!({ "GroupName": group }));
    let answer = stage.ok("ListUsersInGroup", input);
    let users = answer["Users"].as_array().unwrap().iter();
    users
        .map(|user| user["Username"].as_str().unwrap().to_owned())
        .collect()
}

fn names(answer: &Value) -> Vec<String> {
    let groups = answer["Groups"].as_array().unwrap().iter();
    groups
        .map(|group| group["GroupName"].as_str().unwrap().to_owned())
        .collect()
}
