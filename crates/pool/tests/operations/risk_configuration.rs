//! `SetRiskConfiguration`, `DescribeRiskConfiguration`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged},
};

over_both_stores! {
    fn what_is_no_range_is_refused_and_named(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        for list in ["BlockedIPRangeList", "SkippedIPRangeList"] {
            for range in ["", "nowhere", "10.0.0.1", "10.0.0.0/33", "10.0.0/8", "2001:db8::", "2001:db8::/129", "10.0.0.0/8 "] {
                let input = stage.with_pool(json!({ "RiskExceptionConfiguration": { list: ["192.0.2.0/24", range] } }));
                assert_eq!(
                    stage.refused("SetRiskConfiguration", input),
                    format!("InvalidParameterException: {list}: {range} is not an IP address range in CIDR notation.")
                );
            }
        }
        assert_eq!(described(&stage, json!({})), stage.with_pool(json!({})));
    }

    fn a_notification_must_be_described(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        let actions = json!({ "HighAction": { "Notify": true, "EventAction": "BLOCK" } });
        let input = stage.with_pool(json!({ "AccountTakeoverRiskConfiguration": { "Actions": actions } }));
        let refused = stage.refused("SetRiskConfiguration", input);
        assert!(refused.starts_with("InvalidParameterException: NotifyConfiguration "), "{refused}");
    }

    fn anothers_client_has_none_here(stage) {
        let mut stage = stage;
        let client = stage.client.clone();
        stage.use_protected_pool("ENFORCED");
        for operation in ["SetRiskConfiguration", "DescribeRiskConfiguration"] {
            assert_eq!(
                stage.refused(operation, stage.with_pool(json!({ "ClientId": client }))),
                format!("ResourceNotFoundException: User pool client {client} does not exist.")
            );
        }
    }

    fn pool_and_client_have_their_own_until_it_is_taken_back(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        let client = json!({ "ClientId": stage.client });
        let credentials = json!({ "CompromisedCredentialsRiskConfiguration": {
            "EventFilter": ["SIGN_UP"], "Actions": { "EventAction": "BLOCK" },
        } });
        let exceptions = json!({ "RiskExceptionConfiguration": { "BlockedIPRangeList": ["10.0.0.0/8", "2001:db8::/32"] } });
        let of_pool = set(&stage, credentials);
        assert_eq!(of_pool["LastModifiedDate"], 1_700_000_000.0);
        stage.advance(60);
        let of_client = set(&stage, merged(client.clone(), exceptions.clone()));
        assert_eq!(of_client, merged(stage.with_pool(merged(client.clone(), exceptions)), json!({ "LastModifiedDate": 1_700_000_060.0 })));
        assert_eq!(described(&stage, json!({})), of_pool);
        assert_eq!(described(&stage, client.clone()), of_client);

        set(&stage, client.clone());
        assert_eq!(described(&stage, client.clone()), stage.with_pool(client));
        assert_eq!(described(&stage, json!({})), of_pool);
        set(&stage, json!({}));
        assert_eq!(described(&stage, json!({})), stage.with_pool(json!({})));
    }

    fn a_deleted_client_leaves_none(stage) {
        let mut stage = stage;
        stage.use_protected_pool("ENFORCED");
        let client = json!({ "ClientId": stage.client });
        set(&stage, merged(client.clone(), json!({ "RiskExceptionConfiguration": { "SkippedIPRangeList": ["10.0.0.0/8"] } })));
        let remembers = || stage.service.export_pool(&stage.pool).unwrap().to_string().contains("risk-configuration");
        assert!(remembers());
        stage.ok("DeleteUserPoolClient", stage.with_pool(client));
        assert!(!remembers());
    }
}

fn set(stage: &Stage, configuration: Value) -> Value {
    stage.ok("SetRiskConfiguration", stage.with_pool(configuration))["RiskConfiguration"].clone()
}

fn described(stage: &Stage, more: Value) -> Value {
    stage.ok("DescribeRiskConfiguration", stage.with_pool(more))["RiskConfiguration"].clone()
}
