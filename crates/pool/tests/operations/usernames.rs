use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, refusal},
};

over_both_stores! {
    fn names_have_the_form_that_the_pool_asks_for(stage) {
        let mut stage = stage;
        for (attributes, text) in [
            (json!(["email"]), "Username should be an email."),
            (json!(["phone_number"]), "Username should be a phone number."),
            (json!(["phone_number", "email"]), "Username should be either an email or a phone number."),
        ] {
            stage.use_pool(json!({ "UsernameAttributes": attributes }));
            assert_eq!(refusal(sign_up(&stage, "ann")), format!("InvalidParameterException: {text}"));
        }
        stage.use_pool(json!({ "AliasAttributes": ["email"] }));
        assert_eq!(
            refusal(sign_up(&stage, "ann@example.com")),
            "InvalidParameterException: Username cannot be of email format, since user pool is configured for email \
             alias."
        );
    }

    fn an_address_as_username_stands_for_the_sub(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        let sub = sign_up(&stage, "ann@example.com").unwrap()["UserSub"].clone();
        stage.confirm("ann@example.com");
        let user = stage.admin_user("ann@example.com");
        assert_eq!(user["Username"], sub);
        assert_eq!(attribute(&user["UserAttributes"], "email"), Some("ann@example.com"));
        assert_eq!(
            refusal(sign_up(&stage, "ann@example.com")),
            "UsernameExistsException: An account with the given email already exists."
        );
        stage.password_sign_in("ann@example.com", PASSWORD).unwrap();
        stage.password_sign_in(sub.as_str().unwrap(), PASSWORD).unwrap();
    }

    fn case_matters_unless_the_pool_says_otherwise(stage) {
        let mut stage = stage;
        stage.confirmed("Ann");
        assert!(stage.password_sign_in("ann", PASSWORD).is_err());
        stage.sign_up("ann");

        stage.use_pool(json!({
            "AutoVerifiedAttributes": ["email"], "UsernameConfiguration": { "CaseSensitive": false },
        }));
        stage.confirmed("Ann");
        stage.password_sign_in("aNN", PASSWORD).unwrap();
        stage.srp_sign_in("ANN", PASSWORD).unwrap();
        assert_eq!(
            stage.refused("SignUp", stage.sign_up_input("ann")),
            "UsernameExistsException: User already exists"
        );
        assert_eq!(stage.admin_user("ann")["Username"], "Ann");
    }

    fn an_alias_is_one_only_when_verified(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        stage.sign_up("ann");
        assert!(stage.password_sign_in("ann@example.com", PASSWORD).is_err());
        stage.confirm("ann");
        stage.password_sign_in("ann@example.com", PASSWORD).unwrap();
        let token = stage.access_token("ann");
        stage.ok("UpdateUserAttributes", json!({
            "AccessToken": token, "UserAttributes": [{ "Name": "email", "Value": "ann@example.org" }],
        }));
        assert!(stage.password_sign_in("ann@example.com", PASSWORD).is_err());
        assert!(stage.password_sign_in("ann@example.org", PASSWORD).is_err());
    }

    fn a_taken_alias_shows_at_confirmation_and_can_be_taken_over(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let mut input = stage.sign_up_input("eve");
        input["UserAttributes"] = json!([{ "Name": "email", "Value": "ann@example.com" }]);
        stage.ok("SignUp", input);
        let mut input = stage.with_client(json!({ "Username": "eve", "ConfirmationCode": stage.last_code() }));
        assert_eq!(
            stage.refused("ConfirmSignUp", input.clone()),
            "AliasExistsException: An account with the email already exists."
        );
        assert_eq!(stage.admin_user("ann@example.com")["Username"], "ann");
        input["ForceAliasCreation"] = json!(true);
        stage.ok("ConfirmSignUp", input);
        assert_eq!(stage.admin_user("ann@example.com")["Username"], "eve");
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email_verified"), Some("false"));
    }

    fn an_administrator_takes_an_alias_over_only_by_force(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let mut input = stage.with_pool(json!({ "Username": "eve", "UserAttributes": [
            { "Name": "email", "Value": "ann@example.com" }, { "Name": "email_verified", "Value": "true" },
        ] }));
        assert_eq!(
            stage.refused("AdminCreateUser", input.clone()),
            "AliasExistsException: An account with the email already exists."
        );
        assert!(stage.call("AdminGetUser", stage.with_pool(json!({ "Username": "eve" }))).is_err());
        input["ForceAliasCreation"] = json!(true);
        stage.ok("AdminCreateUser", input);
        assert_eq!(stage.admin_user("ann@example.com")["Username"], "eve");
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email_verified"), Some("false"));
    }

    fn an_address_that_is_somebodys_username_is_not_taken_by_a_change(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        for name in ["ann@example.com", "eve@example.com"] {
            sign_up(&stage, name).unwrap();
            stage.confirm(name);
        }
        let token = stage.access_token("eve@example.com");
        let change = |value: &str| stage.call("UpdateUserAttributes", json!({
            "AccessToken": token, "UserAttributes": [{ "Name": "email", "Value": value }],
        }));
        assert_eq!(
            change("ann@example.com").unwrap_err().to_string(),
            "AliasExistsException: An account with the email already exists."
        );
        change("eve@example.org").unwrap();
        stage.tokens("eve@example.org");
        assert!(stage.password_sign_in("eve@example.com", PASSWORD).is_err());
    }

    fn a_preferred_username_that_is_an_alias_is_not_chosen_at_sign_up(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AliasAttributes": ["preferred_username"], "AutoVerifiedAttributes": ["email"] }));
        let mut input = stage.sign_up_input("ann");
        input["UserAttributes"] = json!([{ "Name": "preferred_username", "Value": "annie" }]);
        let refused = stage.refused("SignUp", input);
        assert!(refused.starts_with("InvalidParameterException: preferred_username "), "{refused}");
    }

    fn a_preferred_username_is_an_alias_once_confirmed(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AliasAttributes": ["preferred_username"], "AutoVerifiedAttributes": ["email"] }));
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        stage.ok("UpdateUserAttributes", json!({
            "AccessToken": token, "UserAttributes": [{ "Name": "preferred_username", "Value": "annie" }],
        }));
        stage.srp_sign_in("annie", PASSWORD).unwrap();
    }

    fn a_deleted_users_name_and_aliases_are_free(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        sign_up(&stage, "ann@example.com").unwrap();
        stage.confirm("ann@example.com");
        stage.ok("DeleteUser", json!({ "AccessToken": stage.access_token("ann@example.com") }));
        sign_up(&stage, "ann@example.com").unwrap();
    }
}

fn sign_up(stage: &Stage, name: &str) -> Result<Value, cognito_idp::Error> {
    stage.call(
        "SignUp",
        stage.with_client(json!({ "Username": name, "Password": PASSWORD })),
    )
}
