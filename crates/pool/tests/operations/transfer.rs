//! Whole pools that leave one store and come into another.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    authenticator::Browser,
    device::Device,
    over_both_stores,
    stage::{PASSWORD, Stage, merged, refusal, text},
};

/// What stays behind: what holds for a time only, and what is not of a pool but of the account or of the store itself.
const STAYS: [&str; 14] = [
    "attempts",
    "code",
    "device-session",
    "exchange",
    "expiry",
    "grant",
    "import-file",
    "lockout",
    "outbox",
    "provisioned-limit",
    "refresh",
    "registration",
    "session",
    "sign-up-session",
];

over_both_stores! {
    fn an_unknown_pool_is_not_exported(stage) {
        assert_eq!(
            refusal(stage.service.export_pool("us-east-1_000000000")),
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist."
        );
    }

    fn a_pool_that_is_here_is_not_taken_in(stage) {
        stage.confirmed("ann");
        let document = stage.service.export_pool(&stage.pool).unwrap();
        assert_eq!(
            refusal(stage.service.import_pool(document)),
            format!("InvalidParameterException: The user pool {}, or a client or domain of it, is here already.", stage.pool)
        );
        stage.tokens("ann");
    }

    fn what_was_not_exported_is_not_taken_in(stage) {
        let mut stage = stage;
        let document = full(&mut stage);
        let other = Stage::in_memory();
        for (pointer, value) in [
            ("", json!("pool")),
            ("/Format", json!(1)),
            ("/UserPoolId", json!("us-east-1_000000000")),
            ("/UserPoolId", json!("us-east-1_000000000\u{1f}x")),
            ("/Records", json!([])),
            ("/Records/0/Key/1", json!("us-east-1_000000000")),
            ("/Records/0/Key", json!(["outbox-next"])),
            ("/Records/0/Key", json!(["client", "x"])),
        ] {
            let mut altered = document.clone();
            *altered.pointer_mut(pointer).unwrap() = value;
            assert!(other.service.import_pool(altered).is_err(), "{pointer}");
            // Nothing of it has come in.
            assert!(other.call("DescribeUserPool", json!({ "UserPoolId": stage.pool })).is_err());
        }
        other.service.import_pool(document).unwrap();
    }

    fn every_kind_of_record_goes_along_or_is_said_to_stay(stage) {
        let mut stage = stage;
        let document = full(&mut stage);
        let gone: BTreeSet<_> = document["Records"].as_array().unwrap().iter().map(|one| text(&one["Key"][0])).collect();
        let expected: BTreeSet<_> = kinds().into_iter().filter(|kind| !STAYS.contains(&kind.as_str())).collect();
        assert_eq!(gone, expected);
    }

    fn a_pool_is_the_same_in_another_store(stage) {
        let mut stage = stage;
        let document = full(&mut stage);
        let keys = stage.service.jwks(&stage.pool).unwrap();
        let mut other = Stage::in_sqlite();
        assert_eq!(other.service.import_pool(document.clone()).unwrap(), stage.pool);
        assert_eq!(other.service.export_pool(&stage.pool).unwrap(), document);
        (other.pool, other.client) = (stage.pool.clone(), stage.client.clone());
        for (operation, input) in [
            ("DescribeUserPool", json!({})),
            ("DescribeUserPoolClient", json!({ "ClientId": stage.client })),
            ("AdminGetUser", json!({ "Username": "ann" })),
            ("ListUsers", json!({ "Filter": "email = \"ann@example.com\"" })),
            ("ListUsersInGroup", json!({ "GroupName": "readers" })),
            ("AdminListGroupsForUser", json!({ "Username": "ann" })),
            ("DescribeUserPoolDomain", json!({ "Domain": "example-domain" })),
        ] {
            let mut input = stage.with_pool(input);
            if operation == "DescribeUserPoolDomain" {
                input.as_object_mut().unwrap().remove("UserPoolId");
            }
            assert_eq!(other.ok(operation, input.clone()), stage.ok(operation, input), "{operation}");
        }
        assert_eq!(other.service.jwks(&other.pool).unwrap(), keys);
        other.tokens("ann");
        other.srp_sign_in("ann", PASSWORD).unwrap();
        assert!(other.password_sign_in("ann", "Wrong-horse-7").is_err());
    }

    fn an_older_pool_is_taken_in_and_brought_to_todays_format(stage) {
        let mut stage = stage;
        let mut document = full(&mut stage);
        let mut other = Stage::in_memory();
        document["Format"] = json!(1);
        assert!(other.service.import_pool(document.clone()).is_err());
        // Format 2 knew no searches.
        document["Format"] = json!(2);
        document["Records"].as_array_mut().unwrap().retain(|one| one["Key"][0] != "users-by");
        other.service.import_pool(document).unwrap();
        (other.pool, other.client) = (stage.pool.clone(), stage.client.clone());
        let search = other.with_pool(json!({ "Filter": "email = \"ann@example.com\"" }));
        assert_eq!(other.ok("ListUsers", search)["Users"][0]["Username"], "ann");
    }

    fn sign_ins_and_codes_stay_behind(stage) {
        let mut stage = stage;
        let without_history = |mut document: Value| {
            document["Records"].as_array_mut().unwrap().retain(|one| one["Key"][0] != "auth-event");
            document
        };
        let before = without_history(full(&mut stage));
        stage.tokens("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        let _ = stage.password_sign_in("ann", "Wrong-horse-7");
        assert_eq!(without_history(stage.service.export_pool(&stage.pool).unwrap()), before);
    }
}

/// The first parts of all keys, as the layout of the store names them.
fn kinds() -> BTreeSet<String> {
    include_str!("../../src/keys.rs")
        .split("join(&[")
        .filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Goes on with a pool that has every kind of record, and exports it.
fn full(stage: &mut Stage) -> Value {
    stage.use_pool(json!({
        "AutoVerifiedAttributes": ["email"],
        "AliasAttributes": ["email"],
        "DeviceConfiguration": {},
        "UserPoolTier": "PLUS",
        "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" },
        "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } },
    }));
    let stage = &*stage;
    stage.confirmed("ann");
    Device::confirmed(stage, "ann");
    passkey(stage);
    for (operation, input) in [
        ("CreateGroup", json!({ "GroupName": "readers" })),
        (
            "AdminAddUserToGroup",
            json!({ "Username": "ann", "GroupName": "readers" }),
        ),
        (
            "CreateUserPoolDomain",
            json!({ "Domain": "example-domain" }),
        ),
        (
            "SetUICustomization",
            json!({ "CSS": ".banner-customizable { color: red; }" }),
        ),
        (
            "CreateManagedLoginBranding",
            json!({ "ClientId": stage.client, "UseCognitoProvidedValues": true }),
        ),
        (
            "CreateTerms",
            json!({
                "ClientId": stage.client, "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE",
                "Links": { "cognito:default": "https://example.com/terms" },
            }),
        ),
        (
            "CreateResourceServer",
            json!({ "Identifier": "api", "Name": "api" }),
        ),
        (
            "CreateIdentityProvider",
            json!({
                "ProviderName": "Google", "ProviderType": "Google", "IdpIdentifiers": ["mail"],
                "ProviderDetails": { "client_id": "id", "client_secret": "secret", "authorize_scopes": "email" },
            }),
        ),
        (
            "AdminLinkProviderForUser",
            json!({
                "DestinationUser": { "ProviderName": "Cognito", "ProviderAttributeValue": "ann" },
                "SourceUser": {
                    "ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1",
                },
            }),
        ),
        ("GetSigningCertificate", json!({})),
        (
            "SetLogDeliveryConfiguration",
            json!({ "LogConfigurations": [{
            "LogLevel": "ERROR", "EventSource": "userNotification",
            "CloudWatchLogsConfiguration": { "LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:g" },
        }] }),
        ),
        (
            "CreateUserPoolReplica",
            json!({ "RegionName": "eu-west-1" }),
        ),
        (
            "SetRiskConfiguration",
            json!({ "RiskExceptionConfiguration": { "BlockedIPRangeList": ["192.0.2.0/24"] } }),
        ),
        (
            "SetUserPoolSessionConfiguration",
            json!({
                "UserSessionTracking": "ENABLED", "TokenSession": { "MaxPerUser": 5 },
            }),
        ),
        (
            "SetUserPoolClientSessionConfiguration",
            json!({
                "ClientId": stage.client, "SSOSession": { "MaxValidityMinutes": 5 },
            }),
        ),
    ] {
        stage.ok(operation, stage.with_pool(input));
    }
    import_users(stage);
    stage.service.export_pool(&stage.pool).unwrap()
}

/// Ann gets a passkey.
fn passkey(stage: &Stage) {
    let party = json!({ "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } });
    stage.ok("SetUserPoolMfaConfig", stage.with_pool(party));
    let token = json!({ "AccessToken": stage.access_token("ann") });
    let mut started = stage.ok("StartWebAuthnRegistration", token.clone());
    let options = started["CredentialCreationOptions"].take();
    let credential = Browser::new().create("https://example.com", &options);
    stage.ok(
        "CompleteWebAuthnRegistration",
        merged(token, json!({ "Credential": credential })),
    );
}

/// A job that imports nobody leaves its log.
fn import_users(stage: &Stage) {
    let input =
        json!({ "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs" });
    let mut created = stage.ok("CreateUserImportJob", stage.with_pool(input));
    let job = created["UserImportJob"].take();
    let header = stage.ok("GetCSVHeader", stage.with_pool(json!({})))["CSVHeader"].clone();
    let header: Vec<_> = header.as_array().unwrap().iter().map(text).collect();
    let url = text(&job["PreSignedUrl"]);
    let (_, key) = url.split_once("?key=").unwrap();
    let (file, id) = (header.join(",") + "\nnobody\n", text(&job["JobId"]));
    stage
        .service
        .upload_user_import(&stage.pool, &id, key, &file, stage.now())
        .unwrap();
    stage.ok(
        "StartUserImportJob",
        stage.with_pool(json!({ "JobId": id })),
    );
}
