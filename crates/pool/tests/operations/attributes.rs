use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, claims, refusal},
};

const UNAUTHORIZED: &str =
    "NotAuthorizedException: A client attempted to write unauthorized attribute";

over_both_stores! {
    fn required_attributes_are_required(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "Schema": [{ "Name": "email", "Required": true }] }));
        let input = stage.with_client(json!({ "Username": "ann", "Password": PASSWORD }));
        assert_eq!(
            stage.refused("SignUp", input),
            "InvalidParameterException: Attributes did not conform to the schema: email: The attribute is required\n"
        );
    }

    fn unknown_attributes_are_refused(stage) {
        assert_eq!(
            refusal(sign_up_with(&stage, "custom:x", "1")),
            "InvalidParameterException: Attributes did not conform to the schema: Type for attribute {custom:x} could \
             not be determined"
        );
    }

    fn addresses_have_a_form(stage) {
        assert_eq!(
            refusal(sign_up_with(&stage, "email", "ann")),
            "InvalidParameterException: Invalid email address format."
        );
        assert_eq!(
            refusal(sign_up_with(&stage, "phone_number", "5551234")),
            "InvalidParameterException: Invalid phone number format."
        );
    }

    fn nobody_verifies_themselves(stage) {
        assert_eq!(refusal(sign_up_with(&stage, "email_verified", "true")), UNAUTHORIZED);
        stage.confirmed("ann");
        assert_eq!(refusal(update(&stage, "email_verified", "true")), UNAUTHORIZED);
    }

    fn a_client_writes_what_it_may(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "WriteAttributes": ["email"] }));
        stage.confirmed("ann");
        assert_eq!(refusal(update(&stage, "nickname", "annie")), UNAUTHORIZED);
        update(&stage, "email", "ann@example.org").unwrap();
    }

    fn a_client_reads_what_it_may(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "ReadAttributes": ["nickname"] }));
        stage.confirmed("ann");
        update(&stage, "nickname", "annie").unwrap();
        let tokens = stage.tokens("ann");
        let user = stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
        let names: Vec<_> = user["UserAttributes"].as_array().unwrap().iter().map(|one| one["Name"].clone()).collect();
        assert_eq!(names, ["sub", "nickname"]);
        let claims = claims(&tokens["IdToken"]);
        assert_eq!(claims["nickname"], "annie");
        assert!(claims.get("email").is_none());
    }

    fn custom_attributes_need_a_client_that_lists_them(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "Schema": [
            { "Name": "seat", "AttributeDataType": "Number", "NumberAttributeConstraints": { "MinValue": "1", "MaxValue": "9" } },
            { "Name": "badge", "Mutable": false, "StringAttributeConstraints": { "MaxLength": "4" } },
        ] }));
        assert_eq!(refusal(sign_up_with(&stage, "custom:seat", "1")), UNAUTHORIZED);
        let all = json!(["email", "custom:seat", "custom:badge"]);
        stage.use_client(json!({ "ReadAttributes": all, "WriteAttributes": all }));
        for (name, value) in [("custom:seat", "0"), ("custom:seat", "10"), ("custom:seat", "x"), ("custom:seat", "inf"), ("custom:seat", "NaN"), ("custom:badge", "12345")] {
            let refused = refusal(sign_up_with(&stage, name, value));
            let expected = format!("InvalidParameterException: Attributes did not conform to the schema: {name}: ");
            assert!(refused.starts_with(&expected), "{refused}");
        }
        stage.confirmed("ann");
        update(&stage, "custom:badge", "A1").unwrap();
        update(&stage, "custom:seat", "2").unwrap();
        assert_eq!(claims(&stage.tokens("ann")["IdToken"])["custom:seat"], "2");
        assert_eq!(
            refusal(update(&stage, "custom:badge", "B2")),
            "InvalidParameterException: Attributes did not conform to the schema: custom:badge: Attribute cannot be \
             updated.\n"
        );
    }

    fn a_changed_address_is_not_verified_and_gets_a_code(stage) {
        stage.confirmed("ann");
        let sent = stage.sent();
        let answer = update(&stage, "email", "ann@elsewhere.example").unwrap();
        assert_eq!(answer["CodeDeliveryDetailsList"], json!([{
            "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        }]));
        assert_eq!(stage.sent(), sent + 1);
        let user = stage.admin_user("ann");
        assert_eq!(attribute(&user["UserAttributes"], "email"), Some("ann@elsewhere.example"));
        assert_eq!(attribute(&user["UserAttributes"], "email_verified"), Some("false"));
    }

    fn the_same_address_stays_verified(stage) {
        stage.confirmed("ann");
        let answer = update(&stage, "email", "ann@example.com").unwrap();
        assert_eq!(answer["CodeDeliveryDetailsList"], json!([]));
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "email_verified"), Some("true"));
    }

    fn where_the_pool_wants_it_the_old_address_stays_until_the_new_is_proved(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "AutoVerifiedAttributes": ["email"],
            "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
        }));
        stage.confirmed("ann");
        update(&stage, "email", "ann@elsewhere.example").unwrap();
        assert_eq!(stage.service.outbox().unwrap().last().unwrap().destination, "ann@elsewhere.example");
        let user = stage.admin_user("ann");
        assert_eq!(attribute(&user["UserAttributes"], "email"), Some("ann@example.com"));
        assert_eq!(attribute(&user["UserAttributes"], "email_verified"), Some("true"));
    }

    fn an_empty_value_takes_an_attribute_away(stage) {
        stage.confirmed("ann");
        update(&stage, "nickname", "annie").unwrap();
        update(&stage, "nickname", "").unwrap();
        assert_eq!(attribute(&stage.admin_user("ann")["UserAttributes"], "nickname"), None);
    }
}

fn sign_up_with(stage: &Stage, name: &str, value: &str) -> Result<Value, cognito_idp::Error> {
    let mut input = stage.sign_up_input("ann");
    input["UserAttributes"] = json!([{ "Name": name, "Value": value }]);
    stage.call("SignUp", input)
}

fn update(stage: &Stage, name: &str, value: &str) -> Result<Value, cognito_idp::Error> {
    let token = stage.access_token("ann");
    stage.call(
        "UpdateUserAttributes",
        json!({
            "AccessToken": token, "UserAttributes": [{ "Name": name, "Value": value }],
        }),
    )
}
