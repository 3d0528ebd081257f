//! `TagResource`, `UntagResource`, `ListTagsForResource`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, text},
};

over_both_stores! {
    fn only_an_existing_pools_whole_name_is_tagged(stage) {
        let right = arn(&stage);
        for wrong in [
            right.replace("123456789012", "210987654321"),
            right.replace("us-east-1:", "eu-west-1:"),
            right.replace(&stage.pool, "us-east-1_aaaaaaaaa"),
            right.replace("userpool", "lamp"),
        ] {
            for (operation, more) in [("TagResource", json!({ "team": "blue" })), ("UntagResource", json!(["team"]))] {
                let refused = stage.refused(operation, json!({ "ResourceArn": wrong, "Tags": more, "TagKeys": more }));
                assert!(
                    refused.starts_with("ResourceNotFoundException: ") || refused.starts_with("InvalidParameterException: "),
                    "{operation} {wrong}: {refused}"
                );
            }
            assert!(stage.refused("ListTagsForResource", json!({ "ResourceArn": wrong })).starts_with("ResourceNotFoundException: "));
        }
    }

    fn too_many_and_reserved_tags_are_refused_and_change_nothing(stage) {
        let many: serde_json::Map<_, _> = (0..50).map(|number| (format!("tag{number}"), json!(""))).collect();
        tag(&stage, json!(many));
        for tags in [json!({ "one-more": "" }), json!({ "aws:mine": "" })] {
            let refused = stage.refused("TagResource", json!({ "ResourceArn": arn(&stage), "Tags": tags }));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
        assert_eq!(tags(&stage), json!(many));
        // One that is there already is no more.
        tag(&stage, json!({ "tag0": "new" }));
    }

    fn tags_come_change_and_go(stage) {
        assert_eq!(tags(&stage), json!({}));
        tag(&stage, json!({ "team": "blue", "stage": "test" }));
        tag(&stage, json!({ "team": "red" }));
        assert_eq!(tags(&stage), json!({ "team": "red", "stage": "test" }));
        let described = stage.ok("DescribeUserPool", stage.with_pool(json!({})));
        assert_eq!(described["UserPool"]["UserPoolTags"], tags(&stage));
        stage.ok("UntagResource", json!({ "ResourceArn": arn(&stage), "TagKeys": ["team", "never"] }));
        assert_eq!(tags(&stage), json!({ "stage": "test" }));
    }
}

fn arn(stage: &Stage) -> String {
    text(&stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"]["Arn"])
}

fn tag(stage: &Stage, tags: Value) {
    stage.ok(
        "TagResource",
        json!({ "ResourceArn": arn(stage), "Tags": tags }),
    );
}

fn tags(stage: &Stage) -> Value {
    stage.ok("ListTagsForResource", json!({ "ResourceArn": arn(stage) }))["Tags"].clone()
}
