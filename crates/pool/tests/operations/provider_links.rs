//! Accounts with identity providers that are linked to users.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, claims, refusal},
};

over_both_stores! {
    fn unknown_pools_providers_and_users_are_named(stage) {
        google(&stage);
        stage.sign_up("ann");
        let google_1 = account("Google", "1");
        assert_eq!(
            refusal(link(&stage, "bob", &google_1)),
            "UserNotFoundException: User does not exist."
        );
        assert_eq!(
            refusal(link(&stage, "ann", &account("Facebook", "1"))),
            "ResourceNotFoundException: Identity provider Facebook does not exist."
        );
        assert_eq!(
            refusal(unlink(&stage, &google_1)),
            "UserNotFoundException: User does not exist."
        );
        let foreign = json!({
            "UserPoolId": "us-east-1_000000000", "DestinationUser": own("ann"), "SourceUser": google_1, "User": google_1,
        });
        for operation in ["AdminLinkProviderForUser", "AdminDisableProviderForUser"] {
            assert_eq!(
                stage.refused(operation, foreign.clone()),
                "ResourceNotFoundException: User pool us-east-1_000000000 does not exist."
            );
        }
    }

    fn an_account_is_named_in_full(stage) {
        google(&stage);
        stage.sign_up("ann");
        for missing in ["ProviderName", "ProviderAttributeName", "ProviderAttributeValue"] {
            let mut source = account("Google", "1");
            source.as_object_mut().unwrap().remove(missing);
            assert_eq!(
                refusal(link(&stage, "ann", &source)),
                format!("InvalidParameterException: Missing required parameter {missing}")
            );
        }
    }

    fn an_account_is_linked_once(stage) {
        google(&stage);
        stage.sign_up("ann");
        stage.sign_up("bob");
        link(&stage, "ann", &account("Google", "1")).unwrap();
        for name in ["ann", "bob"] {
            assert_eq!(
                refusal(link(&stage, name, &account("Google", "1"))),
                "InvalidParameterException: SourceUser is already linked to DestinationUser"
            );
        }
    }

    fn two_users_are_not_merged(stage) {
        google(&stage);
        stage.sign_up("ann");
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "Google_1" })));
        assert_eq!(
            refusal(link(&stage, "ann", &account("Google", "1"))),
            "InvalidParameterException: Merging is not currently supported, provide a SourceUser that has not been \
             signed up in order to link"
        );
    }

    fn a_user_has_five_accounts_at_most(stage) {
        google(&stage);
        stage.sign_up("ann");
        for number in 0..5 {
            link(&stage, "ann", &account("Google", &number.to_string())).unwrap();
        }
        assert!(refusal(link(&stage, "ann", &account("Google", "5"))).starts_with("LimitExceededException: "));
    }

    fn links_are_shown_and_told_in_id_tokens_until_they_end(stage) {
        google(&stage);
        stage.confirmed("ann");
        assert_eq!(claims(&stage.tokens("ann")["IdToken"]).get("identities"), None);
        assert_eq!(link(&stage, "ann", &account("Google", "1")).unwrap(), json!({}));
        let shown = json!([{
            "userId": "1", "providerName": "Google", "providerType": "Google", "issuer": null, "primary": false,
            "dateCreated": 1_700_000_000_000_i64,
        }]);
        let user = stage.admin_user("ann");
        let identities = attribute(&user["UserAttributes"], "identities").unwrap();
        assert_eq!(serde_json::from_str::<Value>(identities).unwrap(), shown);
        let tokens = stage.tokens("ann");
        let own = stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
        assert_eq!(attribute(&own["UserAttributes"], "identities"), Some(identities));
        assert_eq!(claims(&tokens["IdToken"])["identities"], json!([{
            "userId": "1", "providerName": "Google", "providerType": "Google", "issuer": null, "primary": "false",
            "dateCreated": "1700000000000",
        }]));

        assert_eq!(unlink(&stage, &account("Google", "1")).unwrap(), json!({}));
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "identities"), None);
        assert_eq!(claims(&stage.tokens("ann")["IdToken"]).get("identities"), None);
        stage.sign_up("bob");
        link(&stage, "bob", &account("Google", "1")).unwrap();
    }

    fn a_deleted_users_accounts_are_free(stage) {
        google(&stage);
        stage.sign_up("ann");
        stage.sign_up("bob");
        link(&stage, "ann", &account("Google", "1")).unwrap();
        stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": "ann" })));
        link(&stage, "bob", &account("Google", "1")).unwrap();
    }

    fn who_may_not_sign_in_with_the_pool_itself_has_no_password(stage) {
        stage.confirmed("ann");
        unlink(&stage, &own("ann")).unwrap();
        let incorrect = "NotAuthorizedException: Incorrect username or password.";
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), incorrect);
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), incorrect);
    }
}

fn google(stage: &Stage) {
    let input = json!({
        "ProviderName": "Google", "ProviderType": "Google",
        "ProviderDetails": { "client_id": "id", "client_secret": "secret", "authorize_scopes": "email" },
    });
    stage.ok("CreateIdentityProvider", stage.with_pool(input));
}

fn account(provider: &str, id: &str) -> Value {
    json!({ "ProviderName": provider, "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": id })
}

fn own(name: &str) -> Value {
    json!({ "ProviderName": "Cognito", "ProviderAttributeValue": name })
}

fn link(stage: &Stage, name: &str, account: &Value) -> Result<Value, Error> {
    let input = json!({ "DestinationUser": own(name), "SourceUser": account });
    stage.call("AdminLinkProviderForUser", stage.with_pool(input))
}

fn unlink(stage: &Stage, account: &Value) -> Result<Value, Error> {
    let input = stage.with_pool(json!({ "User": account }));
    stage.call("AdminDisableProviderForUser", input)
}
