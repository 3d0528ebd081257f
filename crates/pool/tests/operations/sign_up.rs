use serde_json::json;

use crate::{
    over_both_stores,
    stage::{PASSWORD, attribute},
};

over_both_stores! {
    fn an_unknown_client_is_refused(stage) {
        let input = json!({ "ClientId": "nobody", "Username": "ann", "Password": PASSWORD });
        assert_eq!(
            stage.refused("SignUp", input),
            "ResourceNotFoundException: User pool client nobody does not exist."
        );
    }

    fn a_taken_name_is_refused(stage) {
        stage.sign_up("ann");
        assert_eq!(
            stage.refused("SignUp", stage.sign_up_input("ann")),
            "UsernameExistsException: User already exists"
        );
    }

    fn a_pool_may_be_closed(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true } }));
        assert_eq!(
            stage.refused("SignUp", stage.sign_up_input("ann")),
            "NotAuthorizedException: SignUp is not permitted for this user pool"
        );
    }

    fn the_code_goes_to_the_outbox_and_confirms(stage) {
        let answer = stage.sign_up("ann");
        assert_eq!(answer["UserConfirmed"], false);
        assert_eq!(answer["CodeDeliveryDetails"], json!({
            "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        }));
        let outbox = serde_json::to_value(stage.service.outbox().unwrap()).unwrap();
        let code = outbox[0]["code"].as_str().unwrap();
        assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
        assert_eq!(outbox, json!([{
            "userPoolId": stage.pool, "username": "ann", "destination": "ann@example.com", "medium": "EMAIL",
            "kind": "SignUp", "code": code, "at": stage.now(), "from": "no-reply@verificationemail.com",
            "subject": "Your verification code", "body": format!("Your verification code is {code}."),
        }]));

        let before = stage.admin_user("ann");
        assert_eq!(before["UserStatus"], "UNCONFIRMED");
        assert_eq!(attribute(&before["UserAttributes"], "email_verified"), Some("false"));
        stage.confirm("ann");
        let after = stage.admin_user("ann");
        assert_eq!(after["UserStatus"], "CONFIRMED");
        assert_eq!(attribute(&after["UserAttributes"], "email_verified"), Some("true"));
        assert_eq!(attribute(&after["UserAttributes"], "sub"), answer["UserSub"].as_str());
    }

    fn nobody_is_confirmed_twice(stage) {
        stage.confirmed("ann");
        let input = stage.with_client(json!({ "Username": "ann", "ConfirmationCode": "123456" }));
        let expected = "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED";
        assert_eq!(stage.refused("ConfirmSignUp", input), expected);
        let input = stage.with_pool(json!({ "Username": "ann" }));
        assert_eq!(stage.refused("AdminConfirmSignUp", input), expected);
    }

    fn an_administrator_confirms_without_a_code_and_verifies_nothing(stage) {
        stage.sign_up("ann");
        stage.ok("AdminConfirmSignUp", stage.with_pool(json!({ "Username": "ann" })));
        let user = stage.admin_user("ann");
        assert_eq!(user["UserStatus"], "CONFIRMED");
        assert_eq!(attribute(&user["UserAttributes"], "email_verified"), Some("false"));
    }

    fn without_automatic_verification_no_code_is_sent(stage) {
        let mut stage = stage;
        stage.use_pool(json!({}));
        let answer = stage.sign_up("ann");
        assert!(answer.get("CodeDeliveryDetails").is_none());
        assert_eq!(stage.sent(), 0);
        assert_eq!(
            stage.refused("ResendConfirmationCode", stage.with_client(json!({ "Username": "ann" }))),
            "InvalidParameterException: Cannot resend codes. Auto verification not turned on."
        );
    }

    fn a_pool_that_verifies_both_sends_to_the_phone(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email", "phone_number"] }));
        let answer = stage.ok("SignUp", stage.with_client(json!({
            "Username": "ann",
            "Password": PASSWORD,
            "UserAttributes": [
                { "Name": "email", "Value": "ann@example.com" },
                { "Name": "phone_number", "Value": "+15551231234" },
            ],
        })));
        assert_eq!(answer["CodeDeliveryDetails"], json!({
            "Destination": "+*******1234", "DeliveryMedium": "SMS", "AttributeName": "phone_number",
        }));
    }

    fn a_refused_sign_up_leaves_nothing(stage) {
        stage.sign_up("ann");
        stage.refused("SignUp", stage.sign_up_input("ann"));
        assert_eq!(stage.sent(), 1);
        let described = stage.ok("DescribeUserPool", stage.with_pool(json!({})));
        assert_eq!(described["UserPool"]["EstimatedNumberOfUsers"], 1);
    }

    fn a_trigger_is_not_passed_over(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "LambdaConfig": { "PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:f" },
        }));
        assert_eq!(
            stage.refused("SignUp", stage.sign_up_input("ann")),
            "UnsupportedOperationException: The PreSignUp trigger is not implemented by this user pool."
        );
    }
}
