use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, attribute, merged, refusal, text},
};

over_both_stores! {
    fn ids_have_the_services_form(stage) {
        let (region, name) = stage.pool.split_once('_').unwrap();
        assert_eq!(region, "us-east-1");
        assert!(name.len() == 9 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name}");
        let is_lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        assert!(stage.client.len() == 26 && stage.client.bytes().all(is_lower), "{}", stage.client);
    }

    fn a_pool_is_described_with_its_defaults(stage) {
        let mut stage = stage;
        stage.use_pool(json!({}));
        let described = stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"].clone();
        assert_eq!(described["Arn"], json!(format!("arn:aws:cognito-idp:us-east-1:123456789012:userpool/{}", stage.pool)));
        assert_eq!(described["Policies"]["PasswordPolicy"], json!({
            "MinimumLength": 8, "RequireUppercase": true, "RequireLowercase": true, "RequireNumbers": true,
            "RequireSymbols": true, "TemporaryPasswordValidityDays": 7,
        }));
        assert_eq!(described["MfaConfiguration"], "OFF");
        assert_eq!(described["UserPoolTier"], "ESSENTIALS");
        assert_eq!(described["DeletionProtection"], "INACTIVE");
        assert_eq!(described["CreationDate"], json!(1_700_000_000.0));
        let names: Vec<_> =
            described["SchemaAttributes"].as_array().unwrap().iter().map(|one| text(&one["Name"])).collect();
        assert_eq!(names, [
            "sub", "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile",
            "picture", "website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale",
            "phone_number", "phone_number_verified", "address", "updated_at",
        ]);
        assert_eq!(described["SchemaAttributes"][0], json!({
            "Name": "sub", "AttributeDataType": "String", "DeveloperOnlyAttribute": false, "Mutable": false,
            "Required": true, "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "2048" },
        }));
    }

    fn what_is_asked_for_is_shown(stage) {
        let mut stage = stage;
        let asked = json!({
            "MfaConfiguration": "OPTIONAL",
            "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" },
            "LambdaConfig": { "PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:f" },
            "UserPoolTags": { "team": "blue" },
            "DeletionProtection": "ACTIVE",
            "AliasAttributes": ["email"],
        });
        stage.use_pool(asked.clone());
        let described = stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"].clone();
        for (member, value) in asked.as_object().unwrap() {
            assert_eq!(&described[member], value);
        }
    }

    fn custom_attributes_get_their_prefix(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "Schema": [{ "Name": "seat", "AttributeDataType": "Number" }] }));
        let described = stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"].clone();
        let last = described["SchemaAttributes"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["Name"], "custom:seat");
        assert_eq!(attribute(&json!([]), "seat"), None);
    }

    fn impossible_pools_are_refused(stage) {
        let create = |settings| refusal(stage.call("CreateUserPool", merged(json!({ "PoolName": "pool" }), settings)));
        assert_eq!(
            create(json!({ "Schema": [{ "Name": "seat", "Required": true }] })),
            "InvalidParameterException: Required custom attributes are not supported currently."
        );
        for settings in [
            json!({ "AliasAttributes": ["email"], "UsernameAttributes": ["email"] }),
            json!({ "Schema": [{ "Name": "email", "AttributeDataType": "Number" }] }),
            json!({ "Schema": [{ "Name": "seat" }, { "Name": "seat" }] }),
        ] {
            let refused = create(settings);
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
    }

    fn a_client_is_described_with_its_defaults(stage) {
        let created = stage.ok("CreateUserPoolClient", stage.with_pool(json!({ "ClientName": "plain" })));
        let client = &created["UserPoolClient"];
        assert_eq!(client["ExplicitAuthFlows"], json!(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]));
        assert_eq!(client["PreventUserExistenceErrors"], "LEGACY");
        assert_eq!(client["EnableTokenRevocation"], true);
        assert_eq!(client["RefreshTokenValidity"], 30);
        assert_eq!(client["AuthSessionValidity"], 3);
        assert!(client.get("ClientSecret").is_none());
        let described = stage.ok("DescribeUserPoolClient", stage.with_pool(json!({ "ClientId": client["ClientId"] })));
        assert_eq!(&described["UserPoolClient"], client);
    }

    fn a_secret_is_made_on_request(stage) {
        let input = stage.with_pool(json!({ "ClientName": "server", "GenerateSecret": true }));
        let secret = text(&stage.ok("CreateUserPoolClient", input)["UserPoolClient"]["ClientSecret"]);
        assert!(secret.len() >= 51 && secret.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    }

    fn impossible_clients_are_refused(stage) {
        for (settings, expected) in [
            (json!({ "AccessTokenValidity": 4, "TokenValidityUnits": { "AccessToken": "minutes" } }), "InvalidParameterException: "),
            (json!({ "AccessTokenValidity": 25 }), "InvalidParameterException: "),
            (json!({ "IdTokenValidity": 299, "TokenValidityUnits": { "IdToken": "seconds" } }), "InvalidParameterException: "),
            (json!({ "IdTokenValidity": 2, "TokenValidityUnits": { "IdToken": "days" } }), "InvalidParameterException: "),
            (json!({ "RefreshTokenValidity": 3651 }), "InvalidParameterException: "),
            (json!({ "RefreshTokenValidity": 59, "TokenValidityUnits": { "RefreshToken": "minutes" } }), "InvalidParameterException: "),
            (json!({ "AuthSessionValidity": 2 }), "InvalidParameterException: "),
            (json!({ "AuthSessionValidity": 16 }), "InvalidParameterException: "),
            (json!({ "ReadAttributes": ["custom:none"] }), "InvalidParameterException: "),
            (json!({ "WriteAttributes": ["email_verified"] }), "InvalidParameterException: "),
            (json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] }), "InvalidParameterException: "),
        ] {
            let refused = refusal(create_client(&stage, settings));
            assert!(refused.starts_with(expected), "{refused}");
        }
    }

    fn another_pools_client_is_none(stage) {
        let mut stage = stage;
        let first = stage.client.clone();
        stage.use_pool(json!({}));
        assert_eq!(
            stage.refused("DescribeUserPoolClient", stage.with_pool(json!({ "ClientId": first }))),
            format!("ResourceNotFoundException: User pool client {first} does not exist.")
        );
    }

    fn a_pool_is_found_by_its_name(stage) {
        let mut stage = stage;
        assert_eq!(stage.service.find_pool("nameless").unwrap(), None);
        stage.use_pool(json!({ "PoolName": "local" }));
        let found = stage.service.find_pool("local").unwrap();
        assert_eq!(found, Some((stage.pool.clone(), vec![stage.client.clone()])));
    }
}

fn create_client(stage: &Stage, settings: Value) -> Result<Value, cognito_idp::Error> {
    stage.call(
        "CreateUserPoolClient",
        merged(stage.with_pool(json!({ "ClientName": "client" })), settings),
    )
}
