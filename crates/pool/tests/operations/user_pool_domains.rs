//! `CreateUserPoolDomain`, `DescribeUserPoolDomain`, `UpdateUserPoolDomain`, `DeleteUserPoolDomain`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged},
};

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/1";

over_both_stores! {
    fn impossible_domains_are_refused(stage) {
        for (name, more, expected) in [
            ("my-cognito", json!({}), "InvalidParameterException: Domain cannot contain reserved word: cognito"),
            ("aws", json!({}), "InvalidParameterException: Domain cannot contain reserved word: aws"),
            (
                "auth.example.com", json!({}),
                "InvalidParameterException: The domain name contains an invalid character. Domain names can only \
                 contain lower-case letters, numbers, and hyphens.",
            ),
            (
                "auth.example.com",
                json!({ "CustomDomainConfig": { "CertificateArn": CERTIFICATE.replace("us-east-1", "eu-west-1") } }),
                "InvalidParameterException: The specified SSL certificate doesn't exist, isn't in us-east-1 region, \
                 isn't valid, or doesn't include a valid certificate chain.",
            ),
        ] {
            assert_eq!(stage.refused("CreateUserPoolDomain", domain(&stage, name, more)), expected);
        }
        for (name, more) in [
            ("Upper", json!({})),
            ("prefix", json!({ "ManagedLoginVersion": 3 })),
            ("prefix", json!({ "Routing": { "Failover": {
                "SecondaryRegion": "eu-west-1", "PrimaryRoute53HealthCheckId": "abcdef11-2222-3333-4444-555555fedcba",
            } } })),
        ] {
            let refused = stage.refused("CreateUserPoolDomain", domain(&stage, name, more));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
        assert_eq!(described(&stage, "prefix"), json!({}));
    }

    fn managed_login_is_not_of_the_lite_tier(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UserPoolTier": "LITE" }));
        assert_eq!(
            stage.refused("CreateUserPoolDomain", domain(&stage, "prefix", json!({ "ManagedLoginVersion": 2 }))),
            "FeatureUnavailableInTierException: The following feature is not available for the LITE pricing tier \
             configured: Managed Login Version 2"
        );
    }

    fn a_prefix_is_unique_over_the_installation_and_one_of_its_kind_in_a_pool(stage) {
        let mut stage = stage;
        stage.ok("CreateUserPoolDomain", domain(&stage, "prefix", json!({})));
        assert_eq!(
            stage.refused("CreateUserPoolDomain", domain(&stage, "another", json!({}))),
            "InvalidParameterException: User pool already has a domain configured."
        );
        let first = stage.pool.clone();
        stage.use_pool(json!({}));
        assert_eq!(
            stage.refused("CreateUserPoolDomain", domain(&stage, "prefix", json!({}))),
            "InvalidParameterException: Domain already associated with another user pool."
        );
        // Another pool's domain is none of ours.
        for operation in ["UpdateUserPoolDomain", "DeleteUserPoolDomain"] {
            assert_eq!(
                stage.refused(operation, domain(&stage, "prefix", json!({}))),
                "InvalidParameterException: No such domain or user pool exists."
            );
        }
        assert_eq!(described(&stage, "prefix")["UserPoolId"], json!(first));
    }

    fn a_pool_has_a_prefix_and_a_domain_of_its_own(stage) {
        let made = stage.ok("CreateUserPoolDomain", domain(&stage, "prefix", json!({})));
        assert_eq!(made, json!({ "ManagedLoginVersion": 1 }));
        let custom = json!({ "CustomDomainConfig": { "CertificateArn": CERTIFICATE }, "ManagedLoginVersion": 2 });
        let made = stage.ok("CreateUserPoolDomain", domain(&stage, "auth.example.com", custom.clone()));
        assert!(made["CloudFrontDomain"].as_str().unwrap().ends_with(".cloudfront.net"));
        let pool = stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"].clone();
        assert_eq!(pool["Domain"], "prefix");
        assert_eq!(pool["CustomDomain"], "auth.example.com");
        let shown = described(&stage, "auth.example.com");
        assert_eq!(shown["Status"], "ACTIVE");
        assert_eq!(shown["AWSAccountId"], "123456789012");
        assert_eq!(shown["CustomDomainConfig"], custom["CustomDomainConfig"]);
        assert_eq!(shown["CloudFrontDistribution"], made["CloudFrontDomain"]);
    }

    fn a_domain_outlives_the_pools_update_and_keeps_the_pool_from_deletion(stage) {
        stage.ok("CreateUserPoolDomain", domain(&stage, "prefix", json!({})));
        stage.ok("UpdateUserPool", stage.with_pool(json!({})));
        assert_eq!(
            stage.refused("DeleteUserPool", stage.with_pool(json!({}))),
            "InvalidParameterException: User pool cannot be deleted. It has a domain configured that should be deleted first."
        );
        let updated = stage.ok("UpdateUserPoolDomain", domain(&stage, "prefix", json!({ "ManagedLoginVersion": 2 })));
        assert_eq!(updated["ManagedLoginVersion"], 2);
        assert_eq!(described(&stage, "prefix")["ManagedLoginVersion"], 2);
        stage.ok("DeleteUserPoolDomain", domain(&stage, "prefix", json!({})));
        assert_eq!(described(&stage, "prefix"), json!({}));
        stage.ok("DeleteUserPool", stage.with_pool(json!({})));
    }

    fn a_prefix_is_free_again_once_deleted(stage) {
        let mut stage = stage;
        stage.ok("CreateUserPoolDomain", domain(&stage, "prefix", json!({})));
        stage.ok("DeleteUserPoolDomain", domain(&stage, "prefix", json!({})));
        stage.use_pool(json!({}));
        stage.ok("CreateUserPoolDomain", domain(&stage, "prefix", json!({})));
    }
}

fn domain(stage: &Stage, name: &str, more: Value) -> Value {
    merged(stage.with_pool(json!({ "Domain": name })), more)
}

fn described(stage: &Stage, name: &str) -> Value {
    stage.ok("DescribeUserPoolDomain", json!({ "Domain": name }))["DomainDescription"].clone()
}
