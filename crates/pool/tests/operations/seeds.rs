use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, claims, refusal},
};

const POOL: &str = "us-east-1_Example01";

over_both_stores! {
    fn what_no_operation_takes_makes_no_pool(stage) {
        for (pointer, value, complaint) in [
            ("/Users/0/Password", json!("short1"), "InvalidPasswordException: UserPools[0].Users[0]: Password did not conform with policy: Password not long enough"),
            ("/Users/0/Attributes/email", json!("nowhere"), "InvalidParameterException: UserPools[0].Users[0]: Invalid email address format."),
            ("/Users/0/Groups/0", json!("writers"), "ResourceNotFoundException: UserPools[0].Users[0]: Group not found."),
            ("/Clients/0/ClientId", json!("with space"), "InvalidParameterException: UserPools[0].Clients[0]: "),
            ("/Clients/0/ExplicitAuthFlows/0", json!("ALL"), "InvalidParameterException: UserPools[0].Clients[0]: "),
            ("/Clients/1/ClientSecret", json!(7), "InvalidParameterException: UserPools[0].Clients[1].ClientSecret: expected a string"),
            ("/MfaConfig/MfaConfiguration", json!("SOMETIMES"), "InvalidParameterException: UserPools[0].MfaConfig: "),
            ("/MfaConfig/SoftwareTokenMfaConfiguration", json!({ "enabled": true }), "InvalidParameterException: UserPools[0].MfaConfig.SoftwareTokenMfaConfiguration.enabled: expected one of Enabled"),
            ("/AutoVerifiedAttributes", json!("email"), "InvalidParameterException: UserPools[0].AutoVerifiedAttributes: expected a list"),
            ("/Groups/0", json!({ "Name": "readers" }), "InvalidParameterException: UserPools[0].Groups[0].Name: expected one of GroupName, "),
            ("/Id", json!("nowhere"), "InvalidParameterException: UserPools[0]: "),
            ("/Id", json!(format!("{}\u{1f}x", stage.pool)), "InvalidParameterException: "),
            ("/Id", json!(7), "InvalidParameterException: UserPools[0].Id: "),
            ("/Users/0/Username", json!(null), "InvalidParameterException: UserPools[0].Users[0].Username: "),
        ] {
            let mut seed = example();
            *seed["UserPools"][0].pointer_mut(pointer).unwrap() = value;
            let refused = refusal(plant(&stage, seed));
            assert!(refused.starts_with(complaint), "{pointer}: {refused}");
            assert!(stage.call("DescribeUserPool", json!({ "UserPoolId": POOL })).is_err());
            assert!(stage.password_sign_in("ann", PASSWORD).is_err());
        }
        assert!(refusal(plant(&stage, json!({}))).starts_with("InvalidParameterException: "));
        assert!(refusal(plant(&stage, json!({ "Pools": [] }))).starts_with("InvalidParameterException: "));
        // Nothing of the failures stands in the way.
        plant(&stage, example()).unwrap();
    }

    fn a_clients_id_is_its_own(stage) {
        let mut seed = example();
        seed["UserPools"][0]["Clients"][0]["ClientId"] = json!(stage.client);
        assert_eq!(
            refusal(plant(&stage, seed)),
            format!("InvalidParameterException: UserPools[0].Clients[0]: There is a client {} already.", stage.client)
        );
        stage.confirmed("ann");
    }

    fn a_seed_makes_pools_with_clients_groups_and_users(stage) {
        let mut stage = stage;
        assert_eq!(plant(&stage, example()).unwrap(), [POOL]);
        stage.pool = POOL.to_owned();
        stage.client = "exampleclient".to_owned();
        let tokens = stage.tokens("ann");
        assert_eq!(claims(&tokens["IdToken"])["cognito:groups"], json!(["readers"]));
        stage.srp_sign_in("ann", PASSWORD).unwrap();
        let ann = stage.admin_user("ann");
        assert_eq!(ann["UserStatus"], "CONFIRMED");
        assert_eq!(attribute(&ann["UserAttributes"], "email_verified"), Some("true"));
        assert_eq!(stage.admin_user("bob")["UserStatus"], "FORCE_CHANGE_PASSWORD");
        let described = stage.ok("DescribeUserPool", json!({ "UserPoolId": POOL }));
        assert_eq!(described["UserPool"]["Name"], POOL);
        assert_eq!(described["UserPool"]["AutoVerifiedAttributes"], json!(["email"]));
        let described = stage.ok("DescribeUserPoolClient", stage.with_pool(json!({ "ClientId": "secretive" })));
        assert_eq!(described["UserPoolClient"]["ClientSecret"], "0123456789abcdef0123456789abcdef");
        let mfa = stage.ok("GetUserPoolMfaConfig", json!({ "UserPoolId": POOL }));
        assert_eq!(mfa["SoftwareTokenMfaConfiguration"], json!({ "Enabled": true }));
        assert_eq!(stage.sent(), 0);
    }

    fn a_pool_that_is_there_stays_as_it_is(stage) {
        plant(&stage, example()).unwrap();
        stage.ok("AdminDeleteUser", json!({ "UserPoolId": POOL, "Username": "ann" }));
        assert_eq!(plant(&stage, example()).unwrap(), [""; 0]);
        assert!(stage.call("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "ann" })).is_err());
    }
}

fn plant(stage: &Stage, seed: Value) -> Result<Vec<String>, Error> {
    stage.service.seed(seed, stage.now())
}

fn example() -> Value {
    json!({ "UserPools": [{
        "Id": POOL,
        "AutoVerifiedAttributes": ["email"],
        "Clients": [
            { "ClientId": "exampleclient", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"] },
            { "ClientId": "secretive", "ClientSecret": "0123456789abcdef0123456789abcdef" },
        ],
        "MfaConfig": { "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } },
        "Groups": [{ "GroupName": "readers" }],
        "Users": [
            {
                "Username": "ann", "Password": PASSWORD, "Groups": ["readers"],
                "Attributes": { "email": "ann@example.com", "email_verified": "true" },
            },
            { "Username": "bob" },
        ],
    }] })
}
