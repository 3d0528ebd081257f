//! `SetLogDeliveryConfiguration`, `GetLogDeliveryConfiguration`.

use serde_json::{Value, json};

use crate::{over_both_stores, stage::Stage};

over_both_stores! {
    fn what_does_not_fit_is_refused_and_changes_nothing(stage) {
        let before = get(&stage);
        let elsewhere = json!({ "LogGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:g" });
        for (configurations, expected) in [
            (json!([messages(), messages()]), "InvalidParameterException: Following event sources appear more then once in a request"),
            (
                json!([{ "LogLevel": "ERROR", "EventSource": "userNotification", "CloudWatchLogsConfiguration": elsewhere }]),
                "InvalidParameterException: ARN does not belong to current region",
            ),
            (
                json!([activity()]),
                "FeatureUnavailableInTierException: The following feature is not available for the ESSENTIALS pricing \
                 tier configured: Log Streaming",
            ),
        ] {
            assert_eq!(stage.refused("SetLogDeliveryConfiguration", input(&stage, &configurations)), expected);
        }
        for wrong in [
            json!([{ "LogLevel": "INFO", "EventSource": "userNotification", "CloudWatchLogsConfiguration": group() }]),
            json!([{ "LogLevel": "ERROR", "EventSource": "userNotification" }]),
        ] {
            let refused = stage.refused("SetLogDeliveryConfiguration", input(&stage, &wrong));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
        assert_eq!(get(&stage), before);
        assert_eq!(before, json!([]));
    }

    fn a_configuration_is_kept_and_taken_away(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UserPoolTier": "PLUS" }));
        let both = json!([messages(), activity()]);
        let set = stage.ok("SetLogDeliveryConfiguration", input(&stage, &both));
        assert_eq!(set["LogDeliveryConfiguration"]["LogConfigurations"], both);
        assert_eq!(get(&stage), both);
        stage.ok("SetLogDeliveryConfiguration", input(&stage, &json!([])));
        assert_eq!(get(&stage), json!([]));
    }
}

fn group() -> Value {
    json!({ "LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:g" })
}

fn messages() -> Value {
    json!({ "LogLevel": "ERROR", "EventSource": "userNotification", "CloudWatchLogsConfiguration": group() })
}

fn activity() -> Value {
    json!({ "LogLevel": "INFO", "EventSource": "userAuthEvents", "S3Configuration": { "BucketArn": "arn:aws:s3:::bucket" } })
}

fn input(stage: &Stage, configurations: &Value) -> Value {
    stage.with_pool(json!({ "LogConfigurations": configurations }))
}

fn get(stage: &Stage) -> Value {
    let got = stage.ok("GetLogDeliveryConfiguration", stage.with_pool(json!({})));
    got["LogDeliveryConfiguration"]["LogConfigurations"].clone()
}
