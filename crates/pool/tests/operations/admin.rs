use serde_json::json;

use crate::{
    over_both_stores,
    stage::{PASSWORD, attribute},
};

over_both_stores! {
    fn unknown_pools_and_users_are_named(stage) {
        let input = json!({ "UserPoolId": "us-east-1_000000000", "Username": "ann" });
        assert_eq!(
            stage.refused("AdminGetUser", input),
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist."
        );
        for operation in ["AdminGetUser", "AdminConfirmSignUp"] {
            assert_eq!(
                stage.refused(operation, stage.with_pool(json!({ "Username": "ann" }))),
                "UserNotFoundException: User does not exist."
            );
        }
    }

    fn a_created_user_is_invited_with_a_temporary_password(stage) {
        let answer = stage.ok("AdminCreateUser", stage.with_pool(json!({
            "Username": "ann",
            "DesiredDeliveryMediums": ["EMAIL"],
            "UserAttributes": [
                { "Name": "email", "Value": "ann@example.com" },
                { "Name": "email_verified", "Value": "true" },
            ],
        })));
        assert_eq!(answer["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
        assert_eq!(answer["User"]["Enabled"], true);
        assert_eq!(answer["User"]["UserCreateDate"], json!(1_700_000_000.0));
        assert_eq!(attribute(&answer["User"]["Attributes"], "email_verified"), Some("true"));
        let message = &stage.service.outbox().unwrap()[0];
        assert_eq!(message.destination, "ann@example.com");
        assert_eq!(serde_json::to_value(message.kind).unwrap(), "AdminCreateUser");
        let challenge = stage.password_sign_in("ann", &message.code).unwrap();
        assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    }

    fn a_suppressed_or_undeliverable_invitation_is_not_sent(stage) {
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "ann" })));
        stage.ok("AdminCreateUser", stage.with_pool(json!({
            "Username": "bob",
            "MessageAction": "SUPPRESS",
            "UserAttributes": [{ "Name": "phone_number", "Value": "+15551231234" }],
        })));
        assert_eq!(stage.sent(), 0);
    }

    fn a_taken_name_is_refused(stage) {
        stage.sign_up("ann");
        assert_eq!(
            stage.refused("AdminCreateUser", stage.with_pool(json!({ "Username": "ann" }))),
            "UsernameExistsException: User account already exists"
        );
    }

    fn an_invitation_can_be_sent_again_until_it_is_used(stage) {
        let invite = |action: Option<&str>| stage.call("AdminCreateUser", stage.with_pool(json!({
            "Username": "ann",
            "MessageAction": action,
            "DesiredDeliveryMediums": ["EMAIL"],
            "UserAttributes": [{ "Name": "email", "Value": "ann@example.com" }],
        })));
        invite(None).unwrap();
        let first = stage.last_code();
        stage.advance(6 * 24 * 60 * 60);
        invite(Some("RESEND")).unwrap();
        stage.advance(6 * 24 * 60 * 60);
        assert!(stage.password_sign_in("ann", &first).is_err());
        stage.password_sign_in("ann", &stage.last_code()).unwrap();
        let permanent = json!({ "Username": "ann", "Password": PASSWORD, "Permanent": true });
        stage.ok("AdminSetUserPassword", stage.with_pool(permanent));
        let refused = crate::stage::refusal(invite(Some("RESEND")));
        assert!(refused.starts_with("UnsupportedUserStateException: "), "{refused}");
    }

    fn a_set_password_is_permanent_or_temporary(stage) {
        stage.sign_up("ann");
        let set = |permanent| {
            let input = json!({ "Username": "ann", "Password": "Battery-staple-8", "Permanent": permanent });
            stage.ok("AdminSetUserPassword", stage.with_pool(input));
            stage.admin_user("ann")["UserStatus"].clone()
        };
        assert_eq!(set(false), "FORCE_CHANGE_PASSWORD");
        assert_eq!(set(true), "CONFIRMED");
        stage.password_sign_in("ann", "Battery-staple-8").unwrap();
    }

    fn users_are_found_by_their_sub(stage) {
        let sub = stage.sign_up("ann")["UserSub"].clone();
        assert_eq!(stage.admin_user(sub.as_str().unwrap())["Username"], "ann");
    }
}
