//! What administrators do to users who are there.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, refusal, text},
};

const NOT_FOUND: &str = "UserNotFoundException: User does not exist.";
const DISABLED: &str = "NotAuthorizedException: User is disabled.";
const REVOKED: &str = "NotAuthorizedException: Access Token has been revoked";

over_both_stores! {
    fn unknown_pools_and_users_are_named(stage) {
        for operation in [
            "AdminDeleteUser", "AdminDeleteUserAttributes", "AdminDisableUser", "AdminEnableUser",
            "AdminResetUserPassword", "AdminUpdateUserAttributes", "AdminUserGlobalSignOut",
        ] {
            let mut input = stage.with_pool(json!({
                "Username": "ann", "UserAttributes": [], "UserAttributeNames": [],
            }));
            assert_eq!(stage.refused(operation, input.clone()), NOT_FOUND, "{operation}");
            input["UserPoolId"] = json!("us-east-1_000000000");
            assert_eq!(
                stage.refused(operation, input),
                "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
                "{operation}"
            );
        }
    }

    fn a_deleted_user_is_gone(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        assert_eq!(admin(&stage, "AdminDeleteUser").unwrap(), json!({}));
        assert_eq!(refusal(admin(&stage, "AdminGetUser")), NOT_FOUND);
        assert_eq!(refusal(admin(&stage, "AdminDeleteUser")), NOT_FOUND);
        assert!(stage.password_sign_in("ann", PASSWORD).is_err());
        assert!(stage.call("GetUser", json!({ "AccessToken": tokens["AccessToken"] })).is_err());
        assert!(stage.call("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])).is_err());
        stage.confirmed("ann");
        assert_ne!(stage.admin_user("ann")["UserAttributes"][0]["Value"], text(&crate::stage::claims(&tokens["IdToken"])["sub"]));
    }

    fn a_disabled_user_can_do_nothing_until_enabled(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        assert_eq!(admin(&stage, "AdminDisableUser").unwrap(), json!({}));
        assert_eq!(stage.admin_user("ann")["Enabled"], false);
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), DISABLED);
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), DISABLED);
        assert_eq!(stage.refused("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])), DISABLED);
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": tokens["AccessToken"] })), REVOKED);

        assert_eq!(admin(&stage, "AdminEnableUser").unwrap(), json!({}));
        assert_eq!(stage.admin_user("ann")["Enabled"], true);
        stage.tokens("ann");
        // What was ended stays so.
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": tokens["AccessToken"] })), REVOKED);
        assert_eq!(
            stage.refused("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])),
            "NotAuthorizedException: Refresh Token has been revoked"
        );
    }

    fn a_wrong_password_does_not_tell_that_the_user_is_disabled(stage) {
        stage.confirmed("ann");
        admin(&stage, "AdminDisableUser").unwrap();
        assert_eq!(
            refusal(stage.password_sign_in("ann", "Wrong-horse-7")),
            "NotAuthorizedException: Incorrect username or password."
        );
    }

    fn signing_a_user_out_ends_all_their_sign_ins_and_nobody_elses(stage) {
        stage.confirmed("ann");
        stage.confirmed("bob");
        let (first, second, bobs) = (stage.tokens("ann"), stage.tokens("ann"), stage.access_token("bob"));
        assert_eq!(admin(&stage, "AdminUserGlobalSignOut").unwrap(), json!({}));
        for tokens in [first, second] {
            assert_eq!(stage.refused("GetUser", json!({ "AccessToken": tokens["AccessToken"] })), REVOKED);
            assert_eq!(
                stage.refused("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"])),
                "NotAuthorizedException: Refresh Token has been revoked"
            );
        }
        stage.ok("GetUser", json!({ "AccessToken": bobs }));
        stage.tokens("ann");
    }

    fn attributes_that_the_schema_does_not_take_are_refused(stage) {
        stage.confirmed("ann");
        for (name, value, complaint) in [
            ("custom:x", "1", "Attributes did not conform to the schema: Type for attribute {custom:x} could not be determined"),
            ("sub", "1", "Cannot modify the non-mutable attribute sub"),
            ("email", "ann", "Invalid email address format."),
        ] {
            assert_eq!(refusal(update(&stage, &[(name, value)])), format!("InvalidParameterException: {complaint}"));
        }
        let unchanged = &stage.admin_user("ann")["UserAttributes"];
        assert_eq!(attribute(unchanged, "email"), Some("ann@example.com"));
        assert_eq!(attribute(unchanged, "email_verified"), Some("true"));
    }

    fn required_attributes_cannot_be_taken_away_and_fixed_ones_not_be_changed(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "Schema": [
            { "Name": "email", "Required": true },
            { "Name": "badge", "AttributeDataType": "String", "Mutable": false },
        ] }));
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "ann" })));
        update(&stage, &[("email", "ann@example.com"), ("custom:badge", "A1")]).unwrap();
        let required = "InvalidParameterException: Attributes did not conform to the schema: email: The attribute is required\n";
        assert_eq!(refusal(delete(&stage, "email")), required);
        assert_eq!(refusal(update(&stage, &[("email", "")])), required);
        let fixed = "InvalidParameterException: Attributes did not conform to the schema: custom:badge: Attribute \
                     cannot be updated.\n";
        assert_eq!(refusal(update(&stage, &[("custom:badge", "B2")])), fixed);
        assert_eq!(refusal(delete(&stage, "custom:badge")), fixed);
    }

    fn an_administrator_vouches_for_an_address_or_the_user_proves_it(stage) {
        stage.confirmed("ann");
        let sent = stage.sent();
        for order in [
            [("email", "ann@vouched.example"), ("email_verified", "true")],
            [("email_verified", "true"), ("email", "ann@once-more.example")],
        ] {
            assert_eq!(update(&stage, &order).unwrap(), json!({}));
            assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email_verified"), Some("true"));
        }
        assert_eq!(stage.sent(), sent);
        update(&stage, &[("email", "ann@to-prove.example")]).unwrap();
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email_verified"), Some("false"));
        assert_eq!(stage.service.outbox().unwrap().last().unwrap().destination, "ann@to-prove.example");
    }

    fn where_new_addresses_wait_for_their_proof_a_vouched_one_does_not(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "AutoVerifiedAttributes": ["email"],
            "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
        }));
        stage.confirmed("ann");
        update(&stage, &[("email", "ann@to-prove.example")]).unwrap();
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email"), Some("ann@example.com"));
        update(&stage, &[("email", "ann@vouched.example"), ("email_verified", "true")]).unwrap();
        let user = stage.admin_user("ann");
        assert_eq!(attribute(&user["UserAttributes"], "email"), Some("ann@vouched.example"));
        assert_eq!(attribute(&user["UserAttributes"], "email_verified"), Some("true"));
    }

    fn an_alias_is_one_persons_and_only_while_it_is_verified(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"] }));
        stage.confirmed("ann");
        stage.confirmed("bob");
        let input = stage.with_pool(json!({ "Username": "bob", "UserAttributes": [
            { "Name": "email", "Value": "ann@example.com" }, { "Name": "email_verified", "Value": "true" },
        ] }));
        assert_eq!(
            stage.refused("AdminUpdateUserAttributes", input),
            "AliasExistsException: An account with the email already exists."
        );
        assert_eq!(attribute(&stage.admin_user("bob")["UserAttributes"], "email"), Some("bob@example.com"));
        stage.tokens("ann@example.com");
        update(&stage, &[("email_verified", "false")]).unwrap();
        assert!(stage.password_sign_in("ann@example.com", PASSWORD).is_err());
        update(&stage, &[("email_verified", "true")]).unwrap();
        stage.tokens("ann@example.com");
        delete(&stage, "email").unwrap();
        assert!(stage.password_sign_in("ann@example.com", PASSWORD).is_err());
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email_verified"), None);
    }

    fn a_password_is_not_reset_without_a_way_to_set_a_new_one(stage) {
        stage.sign_up("ann");
        assert_eq!(
            refusal(admin(&stage, "AdminResetUserPassword")),
            "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or \
             phone_number"
        );
        assert_eq!(stage.admin_user("ann")["UserStatus"], "UNCONFIRMED");
        let temporary = json!({ "Username": "ann", "Password": "Battery-staple-8", "Permanent": false });
        stage.ok("AdminSetUserPassword", stage.with_pool(temporary));
        assert_eq!(
            refusal(admin(&stage, "AdminResetUserPassword")),
            "NotAuthorizedException: User password cannot be reset in the current state."
        );
    }

    fn a_reset_password_is_set_anew_with_the_code_that_is_sent(stage) {
        stage.confirmed("ann");
        assert_eq!(admin(&stage, "AdminResetUserPassword").unwrap(), json!({}));
        assert_eq!(stage.admin_user("ann")["UserStatus"], "RESET_REQUIRED");
        let required = "PasswordResetRequiredException: Password reset required for the user";
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), required);
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), required);
        let code = stage.last_code();
        let confirm = |code: &str| stage.call("ConfirmForgotPassword", stage.with_client(json!({
            "Username": "ann", "ConfirmationCode": code, "Password": "Battery-staple-8",
        })));
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(
            refusal(confirm(wrong)),
            "CodeMismatchException: Invalid verification code provided, please try again."
        );
        confirm(&code).unwrap();
        assert_eq!(stage.admin_user("ann")["UserStatus"], "CONFIRMED");
        assert!(stage.password_sign_in("ann", PASSWORD).is_err());
        stage.password_sign_in("ann", "Battery-staple-8").unwrap();
    }

    fn accounts_are_recovered_in_the_pools_order(stage) {
        let mut stage = stage;
        let addresses = [
            ("email", "ann@example.com"), ("email_verified", "true"),
            ("phone_number", "+15551231234"), ("phone_number_verified", "true"),
        ];
        let mechanism = |priority: u32, name: &str| json!({ "Priority": priority, "Name": name });
        let (phone, email) = ("verified_phone_number", "verified_email");
        for (mechanisms, expected) in [
            (json!([mechanism(1, email), mechanism(2, phone)]), Some("ann@example.com")),
            (json!([mechanism(2, email), mechanism(1, phone)]), Some("+15551231234")),
            (json!([mechanism(1, phone)]), Some("+15551231234")),
            (json!([mechanism(1, "admin_only")]), None),
        ] {
            stage.use_pool(json!({ "AccountRecoverySetting": { "RecoveryMechanisms": mechanisms } }));
            stage.sign_up("ann");
            admin(&stage, "AdminConfirmSignUp").unwrap();
            update(&stage, &addresses).unwrap();
            let sent = stage.sent();
            let reset = admin(&stage, "AdminResetUserPassword");
            assert_eq!(reset.is_ok(), expected.is_some());
            if let Some(expected) = expected {
                assert_eq!(stage.service.outbox().unwrap()[sent].destination, expected);
            }
        }
    }
}

fn admin(stage: &Stage, operation: &str) -> Result<Value, Error> {
    stage.call(operation, stage.with_pool(json!({ "Username": "ann" })))
}

fn update(stage: &Stage, attributes: &[(&str, &str)]) -> Result<Value, Error> {
    let attributes: Vec<_> = attributes
        .iter()
        .map(|(name, value)| json!({ "Name": name, "Value": value }))
        .collect();
    let input = json!({ "Username": "ann", "UserAttributes": attributes });
    stage.call("AdminUpdateUserAttributes", stage.with_pool(input))
}

fn delete(stage: &Stage, name: &str) -> Result<Value, Error> {
    let input = json!({ "Username": "ann", "UserAttributeNames": [name] });
    stage.call("AdminDeleteUserAttributes", stage.with_pool(input))
}
