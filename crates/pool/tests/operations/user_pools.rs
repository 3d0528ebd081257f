//! `UpdateUserPool`, `DeleteUserPool`, `ListUserPools`, `AddCustomAttributes`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal, text},
};

/// A pool that does not exist.
const NOBODYS: &str = "us-east-1_aaaaaaaaa";

over_both_stores! {
    fn an_unknown_pool_is_refused(stage) {
        let attribute = json!([{ "Name": "seat", "AttributeDataType": "String" }]);
        for (operation, input) in [
            ("UpdateUserPool", json!({})),
            ("DeleteUserPool", json!({})),
            ("AddCustomAttributes", json!({ "CustomAttributes": attribute })),
        ] {
            assert_eq!(
                stage.refused(operation, merged(json!({ "UserPoolId": NOBODYS }), input)),
                format!("ResourceNotFoundException: User pool {NOBODYS} does not exist."),
                "{operation}"
            );
        }
    }

    fn settings_that_do_not_go_together_are_refused_and_change_nothing(stage) {
        let before = describe(&stage);
        for (settings, expected) in [
            (
                json!({ "AccountRecoverySetting": { "RecoveryMechanisms": [
                    { "Priority": 1, "Name": "admin_only" }, { "Priority": 2, "Name": "verified_email" },
                ] } }),
                "InvalidParameterException: Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
            ),
            (
                json!({ "AccountRecoverySetting": { "RecoveryMechanisms": [
                    { "Priority": 1, "Name": "verified_email" }, { "Priority": 1, "Name": "verified_phone_number" },
                ] } }),
                "InvalidParameterException: Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
            ),
            (
                json!({
                    "AdminCreateUserConfig": { "UnusedAccountValidityDays": 3 },
                    "Policies": { "PasswordPolicy": { "TemporaryPasswordValidityDays": 3 } },
                }),
                "InvalidParameterException: Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
            ),
            (
                json!({ "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["EMAIL_OTP"] } } }),
                "InvalidParameterException: Password should be configured as one of the allowed first auth factors.",
            ),
            (
                json!({ "EmailConfiguration": { "EmailSendingAccount": "DEVELOPER" } }),
                "InvalidParameterException: Source ARN is required to use DEVELOPER email sending owner",
            ),
            (
                json!({ "LambdaConfig": {
                    "PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:one",
                    "PreTokenGenerationConfig": {
                        "LambdaVersion": "V2_0", "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:two",
                    },
                } }),
                "InvalidParameterException: Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
            ),
        ] {
            assert_eq!(stage.refused("UpdateUserPool", stage.with_pool(settings.clone())), expected);
            assert_eq!(stage.refused("CreateUserPool", merged(json!({ "PoolName": "pool" }), settings)), expected);
        }
        let tags = json!({ "UserPoolTags": { "aws:team": "blue" } });
        let refused = stage.refused("UpdateUserPool", stage.with_pool(tags));
        assert!(refused.starts_with("UserPoolTaggingException: "), "{refused}");
        assert_eq!(describe(&stage), before);
    }

    fn what_an_update_leaves_out_is_reset_and_what_is_for_ever_stays(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "PoolName": "first",
            "Policies": { "PasswordPolicy": { "MinimumLength": 12 } },
            "DeletionProtection": "ACTIVE",
            "LambdaConfig": { "PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:f" },
            "AutoVerifiedAttributes": ["email"],
            "AliasAttributes": ["email"],
            "UsernameConfiguration": { "CaseSensitive": false },
            "UserPoolTags": { "team": "blue" },
            "UserPoolTier": "LITE",
            "EmailVerificationSubject": "Hello",
            "Schema": [{ "Name": "seat", "AttributeDataType": "Number" }],
        }));
        let before = describe(&stage);
        stage.advance(10);
        assert_eq!(stage.ok("UpdateUserPool", stage.with_pool(json!({ "MfaConfiguration": "OFF" }))), json!({}));
        let after = describe(&stage);
        for kept in ["Id", "Arn", "Name", "CreationDate", "SchemaAttributes", "AliasAttributes", "UsernameConfiguration"] {
            assert_eq!(after[kept], before[kept], "{kept}");
        }
        assert_eq!(after["LastModifiedDate"], json!(1_700_000_010.0));
        assert_eq!(after["Policies"]["PasswordPolicy"]["MinimumLength"], 8);
        assert_eq!(after["DeletionProtection"], "INACTIVE");
        assert_eq!(after["UserPoolTier"], "ESSENTIALS");
        assert_eq!(after["LambdaConfig"], json!({}));
        assert_eq!(after["UserPoolTags"], json!({}));
        for gone in ["AutoVerifiedAttributes", "EmailVerificationSubject"] {
            assert_eq!(after.get(gone), None, "{gone}");
        }
    }

    fn a_new_policy_counts_at_once(stage) {
        let policy = json!({ "PoolName": "second", "Policies": { "PasswordPolicy": { "MinimumLength": 20 } } });
        stage.ok("UpdateUserPool", stage.with_pool(policy));
        assert_eq!(describe(&stage)["Name"], "second");
        assert_eq!(
            stage.refused("SignUp", stage.sign_up_input("ann")),
            "InvalidPasswordException: Password did not conform with policy: Password not long enough"
        );
    }

    fn a_protected_pool_is_not_deleted(stage) {
        stage.ok("UpdateUserPool", stage.with_pool(json!({ "DeletionProtection": "ACTIVE" })));
        assert_eq!(
            stage.refused("DeleteUserPool", stage.with_pool(json!({}))),
            "InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. \
             Deletion protection must be inactivated first."
        );
        describe(&stage);
        stage.ok("UpdateUserPool", stage.with_pool(json!({})));
        assert_eq!(stage.ok("DeleteUserPool", stage.with_pool(json!({}))), json!({}));
    }

    fn everything_of_a_deleted_pool_goes_and_nothing_else(stage) {
        let mut stage = stage;
        stage.confirmed("bob");
        let other = (stage.pool.clone(), stage.client.clone());
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        stage.sign_up("unconfirmed");
        stage.ok("DeleteUserPool", stage.with_pool(json!({})));

        let gone = format!("ResourceNotFoundException: User pool {} does not exist.", stage.pool);
        assert_eq!(stage.refused("DescribeUserPool", stage.with_pool(json!({}))), gone);
        assert_eq!(refusal(stage.service.jwks(&stage.pool)), gone);
        let client = format!("ResourceNotFoundException: User pool client {} does not exist.", stage.client);
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), client);
        assert_eq!(stage.refused("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])), client);
        assert_eq!(
            stage.refused("GetUser", json!({ "AccessToken": tokens["AccessToken"] })),
            "NotAuthorizedException: Invalid Access Token"
        );
        (stage.pool, stage.client) = other;
        assert_eq!(describe(&stage)["EstimatedNumberOfUsers"], 1);
        stage.tokens("bob");
    }

    fn pools_are_listed_page_by_page(stage) {
        // The stage has made one.
        let mut made = vec![stage.pool.clone()];
        for number in 0..6 {
            let created = stage.ok("CreateUserPool", json!({ "PoolName": format!("pool-{number}") }));
            made.push(text(&created["UserPool"]["Id"]));
        }
        let mut listed = Vec::new();
        let mut token = Value::Null;
        loop {
            let page = stage.ok("ListUserPools", json!({ "MaxResults": 3, "NextToken": token }));
            let pools = page["UserPools"].as_array().unwrap();
            listed.extend(pools.iter().map(|pool| text(&pool["Id"])));
            token = page["NextToken"].clone();
            if token.is_null() {
                break;
            }
            assert_eq!(pools.len(), 3);
        }
        made.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, made);
    }

    fn a_page_survives_what_happens_between_it_and_the_next(stage) {
        for number in 0..5 {
            stage.ok("CreateUserPool", json!({ "PoolName": format!("pool-{number}") }));
        }
        let all = ids(&stage.ok("ListUserPools", json!({ "MaxResults": 60 })));
        let first = stage.ok("ListUserPools", json!({ "MaxResults": 2 }));
        // Both what the page ended with and what the next one would begin with go.
        for pool in &all[1..3] {
            stage.ok("DeleteUserPool", json!({ "UserPoolId": pool }));
        }
        let next = stage.ok("ListUserPools", json!({ "MaxResults": 60, "NextToken": first["NextToken"] }));
        assert_eq!(ids(&next), all[3..]);
        assert_eq!(next.get("NextToken"), None);
    }

    fn the_lite_tier_lacks_what_the_others_have(stage) {
        let lacks = |what: &str| format!(
            "FeatureUnavailableInTierException: The following feature is not available for the LITE pricing tier \
             configured: {what}"
        );
        for (policies, what) in [
            (json!({ "PasswordPolicy": { "PasswordHistorySize": 3 } }), "Password History"),
            (json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } }), "Passwordless Sign-In"),
        ] {
            let input = json!({ "UserPoolTier": "LITE", "Policies": policies });
            assert_eq!(stage.refused("UpdateUserPool", stage.with_pool(input.clone())), lacks(what));
            let input = merged(json!({ "PoolName": "pool" }), input);
            assert_eq!(stage.refused("CreateUserPool", input), lacks(what));
        }
        stage.ok("UpdateUserPool", stage.with_pool(json!({ "UserPoolTier": "LITE" })));
        for (config, what) in [
            (json!({ "MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": { "Subject": "Code" } }), "Email MFA"),
            (json!({ "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } }), "Passkeys"),
        ] {
            assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(config)), lacks(what));
        }
    }

    fn a_page_waits_an_hour_for_the_next(stage) {
        stage.ok("CreateUserPool", json!({ "PoolName": "second" }));
        let token = stage.ok("ListUserPools", json!({ "MaxResults": 1 }))["NextToken"].clone();
        let next = json!({ "MaxResults": 1, "NextToken": token });
        stage.advance(60 * 60 - 1);
        assert_eq!(ids(&stage.ok("ListUserPools", next.clone())).len(), 1);
        stage.advance(1);
        assert_eq!(
            stage.refused("ListUserPools", next),
            "InvalidParameterException: Invalid pagination token."
        );
    }

    fn a_foreign_pagination_token_is_refused(stage) {
        let of_clients = {
            stage.ok("CreateUserPoolClient", stage.with_pool(json!({ "ClientName": "second" })));
            stage.ok("ListUserPoolClients", stage.with_pool(json!({ "MaxResults": 1 })))["NextToken"].clone()
        };
        assert!(of_clients.is_string());
        for token in [of_clients, json!("nonsense"), json!("%")] {
            let refused = stage.refused("ListUserPools", json!({ "MaxResults": 1, "NextToken": token }));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
    }

    fn impossible_custom_attributes_are_refused_and_none_of_them_stays(stage) {
        stage.ok("AddCustomAttributes", stage.with_pool(json!({ "CustomAttributes": [{ "Name": "seat" }] })));
        let before = describe(&stage);
        for (attributes, expected) in [
            (json!([{ "Name": "row" }, { "Name": "seat" }]), "custom:seat: Existing attribute already has name custom:seat."),
            (json!([{ "Name": "row" }, { "Name": "row" }]), "custom:row: Existing attribute already has name custom:row."),
            (json!([{ "Name": "row", "Required": true }]), "Required custom attributes are not supported currently."),
            (
                json!([{ "Name": "row", "AttributeDataType": "Number", "NumberAttributeConstraints": { "MinValue": "9", "MaxValue": "10" } },
                       { "Name": "age", "AttributeDataType": "Number", "NumberAttributeConstraints": { "MinValue": "10", "MaxValue": "9" } }]),
                "Attribute custom:age cannot have a max value smaller than it's min value",
            ),
            (
                json!([{ "Name": "row", "AttributeDataType": "String", "StringAttributeConstraints": { "MinLength": "10", "MaxLength": "9" } }]),
                "Attribute custom:row cannot have a max length shorter than it's min length",
            ),
        ] {
            let input = stage.with_pool(json!({ "CustomAttributes": attributes }));
            assert_eq!(stage.refused("AddCustomAttributes", input), format!("InvalidParameterException: {expected}"));
        }
        assert_eq!(describe(&stage), before);
    }

    fn there_are_fifty_custom_attributes_at_most(stage) {
        let attributes = |numbers: std::ops::Range<u32>| {
            let list: Vec<_> = numbers.map(|number| json!({ "Name": format!("a{number}") })).collect();
            stage.with_pool(json!({ "CustomAttributes": list }))
        };
        stage.ok("AddCustomAttributes", attributes(0..25));
        stage.ok("AddCustomAttributes", attributes(25..50));
        let refused = stage.refused("AddCustomAttributes", attributes(50..51));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
    }

    fn users_carry_an_added_attribute(stage) {
        let attribute = json!([{ "Name": "custom:seat", "Value": "7" }]);
        let create = |name: &str| stage.call("AdminCreateUser", stage.with_pool(json!({
            "Username": name, "UserAttributes": attribute, "MessageAction": "SUPPRESS",
        })));
        assert_eq!(
            refusal(create("ann")),
            "InvalidParameterException: Attributes did not conform to the schema: \
             Type for attribute {custom:seat} could not be determined"
        );
        let added = json!([{ "Name": "seat", "AttributeDataType": "Number", "NumberAttributeConstraints": { "MaxValue": "9" } }]);
        stage.ok("AddCustomAttributes", stage.with_pool(json!({ "CustomAttributes": added })));
        create("ann").unwrap();
    }
}

fn describe(stage: &Stage) -> Value {
    stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"].clone()
}

fn ids(page: &Value) -> Vec<String> {
    let pools = page["UserPools"].as_array().unwrap();
    pools.iter().map(|pool| text(&pool["Id"])).collect()
}
