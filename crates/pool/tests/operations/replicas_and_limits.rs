//! The operations on replicas of a pool and on provisioned limits.

use serde_json::{Value, json};

use crate::{over_both_stores, stage::Stage};

over_both_stores! {
    fn a_replica_is_in_another_region_once(stage) {
        let refused = stage.refused("CreateUserPoolReplica", region(&stage, "us-east-1"));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        stage.ok("CreateUserPoolReplica", region(&stage, "eu-west-1"));
        let refused = stage.refused("CreateUserPoolReplica", region(&stage, "eu-west-1"));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        for none in ["us-east-1", "eu-west-3"] {
            let update = stage.with_pool(json!({ "RegionName": none, "Status": "ACTIVE" }));
            assert!(stage.refused("UpdateUserPoolReplica", update).starts_with("ResourceNotFoundException: "));
            assert!(stage.refused("DeleteUserPoolReplica", region(&stage, none)).starts_with("ResourceNotFoundException: "));
        }
    }

    fn an_active_replica_is_not_deleted(stage) {
        let set = |status: &str| stage.ok("UpdateUserPoolReplica", stage.with_pool(json!({ "RegionName": "eu-west-1", "Status": status })));
        let made = stage.ok("CreateUserPoolReplica", region(&stage, "eu-west-1"))["UserPoolReplica"].clone();
        assert_eq!(made, json!({
            "RegionName": "eu-west-1", "Status": "INACTIVE", "Role": "SECONDARY",
            "UserPoolArn": format!("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{}", stage.pool),
        }));
        assert_eq!(set("ACTIVE")["UserPoolReplica"]["Status"], "ACTIVE");
        let refused = stage.refused("DeleteUserPoolReplica", region(&stage, "eu-west-1"));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        let regions = || -> Vec<Value> {
            let listed = stage.ok("ListUserPoolReplicas", stage.with_pool(json!({})));
            listed["UserPoolReplicas"].as_array().unwrap().iter().map(|one| one["RegionName"].clone()).collect()
        };
        assert_eq!(regions(), ["us-east-1", "eu-west-1"]);
        let pools = stage.ok("ListUserPools", json!({ "MaxResults": 60 }));
        assert_eq!(pools["UserPools"][0]["ReplicaRegions"], json!(["eu-west-1"]));
        set("INACTIVE");
        assert_eq!(stage.ok("DeleteUserPoolReplica", region(&stage, "eu-west-1"))["UserPoolReplica"]["Status"], "DELETING");
        assert_eq!(regions(), ["us-east-1"]);
    }

    fn a_limit_is_between_the_free_one_and_the_accounts(stage) {
        let limit = |category: &str, value: Value| json!({
            "LimitDefinition": { "LimitClass": "API_CATEGORY", "Attributes": { "Category": category } },
            "RequestedLimitValue": value,
        });
        let refused = stage.refused("GetProvisionedLimit", limit("Lamps", json!(null)));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        let refused = stage.refused("UpdateProvisionedLimit", limit("UserCreation", json!(49)));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        let refused = stage.refused("UpdateProvisionedLimit", limit("UserCreation", json!(1_000_000)));
        assert!(refused.starts_with("ServiceQuotaExceededException: "), "{refused}");
        let get = || stage.ok("GetProvisionedLimit", limit("UserCreation", json!(null)))["Limit"].clone();
        assert_eq!((&get()["ProvisionedLimitValue"], &get()["FreeLimitValue"]), (&json!(50), &json!(50)));
        stage.ok("UpdateProvisionedLimit", limit("UserCreation", json!(80)));
        assert_eq!((&get()["ProvisionedLimitValue"], &get()["FreeLimitValue"]), (&json!(80), &json!(50)));
    }
}

fn region(stage: &Stage, name: &str) -> Value {
    stage.with_pool(json!({ "RegionName": name }))
}
