//! Addresses that users show to be theirs, and attributes that they take away.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, refusal},
};

const HOUR: i64 = 60 * 60;
const MISMATCH: &str =
    "CodeMismatchException: Invalid verification code provided, please try again.";
const EXPIRED: &str = "ExpiredCodeException: Invalid code provided, please request a code again.";
const LIMIT: &str = "LimitExceededException: Attempt limit exceeded, please try after some time.";

over_both_stores! {
    fn a_wrong_code_verifies_nothing(stage) {
        let token = unverified(&stage);
        request(&stage, &token).unwrap();
        let wrong = another_than(&stage.last_code());
        assert_eq!(refusal(verify(&stage, &token, &wrong)), MISMATCH);
        assert_eq!(seen(&stage, "email_verified"), Some("false".to_owned()));
    }

    fn a_code_that_nobody_asked_for_verifies_nothing(stage) {
        let token = unverified(&stage);
        assert_eq!(refusal(verify(&stage, &token, "123456")), EXPIRED);
    }

    fn a_code_is_its_users_and_its_purposes(stage) {
        let token = unverified(&stage);
        request(&stage, &token).unwrap();
        let anns = stage.last_code();
        stage.confirmed("bob");
        let bobs_token = stage.access_token("bob");
        assert_eq!(refusal(verify(&stage, &bobs_token, &anns)), EXPIRED);
        let reset = stage.with_client(json!({
            "Username": "ann", "ConfirmationCode": anns, "Password": "Battery-staple-8",
        }));
        assert_eq!(stage.refused("ConfirmForgotPassword", reset), EXPIRED);
    }

    fn a_code_lives_a_day_and_is_good_once(stage) {
        let token = unverified(&stage);
        request(&stage, &token).unwrap();
        let code = stage.last_code();
        stage.advance(24 * HOUR);
        let token = stage.access_token("ann");
        assert_eq!(refusal(verify(&stage, &token, &code)), EXPIRED);
        request(&stage, &token).unwrap();
        let code = stage.last_code();
        verify(&stage, &token, &code).unwrap();
        assert_eq!(refusal(verify(&stage, &token, &code)), EXPIRED);
    }

    fn a_code_verifies_the_address_that_it_went_to(stage) {
        let token = unverified(&stage);
        let answer = request(&stage, &token).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"], json!({
            "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        }));
        assert_eq!(stage.service.outbox().unwrap().last().unwrap().destination, "ann@example.com");
        assert_eq!(verify(&stage, &token, &stage.last_code()).unwrap(), json!({}));
        assert_eq!(seen(&stage, "email_verified"), Some("true".to_owned()));
    }

    fn an_address_that_changed_meanwhile_is_not_verified_by_the_old_ones_code(stage) {
        let mut stage = stage;
        // Where a new address gets a code of its own, the old code would be replaced anyway.
        stage.use_pool(json!({}));
        let token = unverified(&stage);
        request(&stage, &token).unwrap();
        let code = stage.last_code();
        update(&stage, &token, "ann@elsewhere.example");
        assert_eq!(refusal(verify(&stage, &token, &code)), EXPIRED);
        assert_eq!(seen(&stage, "email"), Some("ann@elsewhere.example".to_owned()));
        assert_eq!(seen(&stage, "email_verified"), Some("false".to_owned()));
    }

    fn codes_are_limited_by_the_hour(stage) {
        let token = unverified(&stage);
        let sent = stage.sent();
        for _ in 0..5 {
            request(&stage, &token).unwrap();
        }
        assert_eq!(refusal(request(&stage, &token)), LIMIT);
        assert_eq!(stage.sent(), sent + 5);
        let right = stage.last_code();
        for _ in 0..15 {
            assert_eq!(refusal(verify(&stage, &token, &another_than(&right))), MISMATCH);
        }
        assert_eq!(refusal(verify(&stage, &token, &right)), LIMIT);
        stage.advance(HOUR);
        verify(&stage, &stage.access_token("ann"), &right).unwrap();
    }

    fn only_addresses_can_be_verified(stage) {
        let token = unverified(&stage);
        let input = json!({ "AccessToken": token, "AttributeName": "nickname" });
        assert!(stage.refused("GetUserAttributeVerificationCode", input).starts_with("InvalidParameterException: "));
        let absent = json!({ "AccessToken": token, "AttributeName": "phone_number" });
        assert!(stage.refused("GetUserAttributeVerificationCode", absent).starts_with("InvalidParameterException: "));
        let input = json!({ "AccessToken": token, "AttributeName": "nickname", "Code": "123456" });
        assert!(stage.refused("VerifyUserAttribute", input).starts_with("InvalidParameterException: "));
    }

    fn a_revoked_token_verifies_nothing(stage) {
        let token = unverified(&stage);
        request(&stage, &token).unwrap();
        stage.ok("GlobalSignOut", json!({ "AccessToken": token }));
        let revoked = "NotAuthorizedException: Access Token has been revoked";
        assert_eq!(refusal(verify(&stage, &token, &stage.last_code())), revoked);
        assert_eq!(refusal(request(&stage, &token)), revoked);
    }

    fn a_new_address_that_waits_for_its_proof_takes_the_olds_place(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"],
            "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
        }));
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        update(&stage, &token, "ann@elsewhere.example");
        let answer = request(&stage, &token).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "a***@e***");
        assert_eq!(stage.service.outbox().unwrap().last().unwrap().destination, "ann@elsewhere.example");
        assert_eq!(seen(&stage, "email"), Some("ann@example.com".to_owned()));

        verify(&stage, &token, &stage.last_code()).unwrap();
        assert_eq!(seen(&stage, "email"), Some("ann@elsewhere.example".to_owned()));
        assert_eq!(seen(&stage, "email_verified"), Some("true".to_owned()));
        stage.password_sign_in("ann@elsewhere.example", PASSWORD).unwrap();
        assert!(stage.password_sign_in("ann@example.com", PASSWORD).is_err());
    }

    fn an_address_that_somebody_else_signs_in_with_cannot_be_taken_by_a_code(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"] }));
        stage.confirmed("bob");
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        update(&stage, &token, "bob@example.com");
        assert_eq!(
            refusal(verify(&stage, &token, &stage.last_code())),
            "AliasExistsException: An account with the email already exists."
        );
        assert_eq!(seen(&stage, "email_verified"), Some("false".to_owned()));
        assert_eq!(attribute(&stage.admin_user("bob@example.com")["UserAttributes"], "email_verified"), Some("true"));
    }

    fn attributes_are_taken_away_by_who_may_write_them(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "Schema": [
            { "Name": "email", "Required": true },
            { "Name": "badge", "Mutable": false, "AttributeDataType": "String" },
        ] }));
        let all = json!(["email", "nickname", "custom:badge"]);
        stage.use_client(json!({ "ReadAttributes": all, "WriteAttributes": all }));
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        stage.ok("UpdateUserAttributes", json!({ "AccessToken": token, "UserAttributes": [
            { "Name": "nickname", "Value": "annie" }, { "Name": "custom:badge", "Value": "A1" },
        ] }));
        let conform = "InvalidParameterException: Attributes did not conform to the schema: ";
        let unauthorized = "NotAuthorizedException: A client attempted to write unauthorized attribute";
        for (name, expected) in [
            ("email", format!("{conform}email: The attribute is required\n")),
            ("custom:badge", format!("{conform}custom:badge: Attribute cannot be updated.\n")),
            ("custom:x", format!("{conform}Type for attribute {{custom:x}} could not be determined")),
            ("email_verified", unauthorized.to_owned()),
            ("birthdate", unauthorized.to_owned()),
        ] {
            assert_eq!(refusal(delete(&stage, &token, &["nickname", name])), expected);
            assert_eq!(seen(&stage, "nickname"), Some("annie".to_owned()));
        }
        assert_eq!(delete(&stage, &token, &["nickname"]).unwrap(), json!({}));
        assert_eq!(seen(&stage, "nickname"), None);
    }

    fn with_an_address_goes_all_that_hangs_on_it(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"] }));
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        request(&stage, &token).unwrap();
        let code = stage.last_code();
        delete(&stage, &token, &["email"]).unwrap();
        assert_eq!((seen(&stage, "email"), seen(&stage, "email_verified")), (None, None));
        assert!(stage.password_sign_in("ann@example.com", PASSWORD).is_err());
        assert_eq!(refusal(verify(&stage, &token, &code)), EXPIRED);
        assert_eq!(seen(&stage, "email"), None);
    }
}

/// A user whose address is not verified, signed in.
fn unverified(stage: &Stage) -> String {
    stage.sign_up("ann");
    stage.ok(
        "AdminConfirmSignUp",
        stage.with_pool(json!({ "Username": "ann" })),
    );
    stage.access_token("ann")
}

fn request(stage: &Stage, token: &str) -> Result<Value, Error> {
    stage.call(
        "GetUserAttributeVerificationCode",
        json!({ "AccessToken": token, "AttributeName": "email" }),
    )
}

fn verify(stage: &Stage, token: &str, code: &str) -> Result<Value, Error> {
    stage.call(
        "VerifyUserAttribute",
        json!({ "AccessToken": token, "AttributeName": "email", "Code": code }),
    )
}

fn update(stage: &Stage, token: &str, email: &str) {
    stage.ok(
        "UpdateUserAttributes",
        json!({ "AccessToken": token, "UserAttributes": [{ "Name": "email", "Value": email }] }),
    );
}

fn delete(stage: &Stage, token: &str, names: &[&str]) -> Result<Value, Error> {
    stage.call(
        "DeleteUserAttributes",
        json!({ "AccessToken": token, "UserAttributeNames": names }),
    )
}

/// An attribute of Ann's.
fn seen(stage: &Stage, name: &str) -> Option<String> {
    attribute(&stage.admin_user("ann")["UserAttributes"], name).map(str::to_owned)
}

fn another_than(code: &str) -> String {
    let changed = if code.starts_with('0') { "1" } else { "0" };
    format!("{changed}{}", &code[1..])
}
