use serde_json::json;

use crate::{
    over_both_stores,
    stage::{PASSWORD, refusal, text},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";

over_both_stores! {
    fn a_wrong_password_is_refused(stage) {
        stage.confirmed("ann");
        assert_eq!(refusal(stage.password_sign_in("ann", "Correct-horse-8")), INCORRECT);
    }

    fn an_unknown_user_is_named_as_such_by_a_legacy_client(stage) {
        let expected = "UserNotFoundException: User does not exist.";
        assert_eq!(refusal(stage.password_sign_in("nobody", PASSWORD)), expected);
        assert_eq!(refusal(stage.srp_answer("nobody", PASSWORD)), expected);
    }

    fn an_unconfirmed_user_hears_so_only_with_the_password(stage) {
        stage.sign_up("ann");
        assert_eq!(refusal(stage.password_sign_in("ann", "Correct-horse-8")), INCORRECT);
        let expected = "UserNotConfirmedException: User is not confirmed.";
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), expected);
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), expected);
    }

    fn a_sign_in_gives_three_tokens(stage) {
        stage.confirmed("ann");
        let answer = stage.password_sign_in("ann", PASSWORD).unwrap();
        assert_eq!(answer["ChallengeParameters"], json!({}));
        assert_eq!(answer["AuthenticationResult"]["TokenType"], "Bearer");
        assert_eq!(answer["AuthenticationResult"]["ExpiresIn"], 3600);
        for token in ["AccessToken", "IdToken", "RefreshToken"] {
            assert!(answer["AuthenticationResult"][token].is_string(), "{token}");
        }
    }

    fn a_flow_that_the_client_does_not_allow_is_refused(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
        assert_eq!(
            refusal(stage.password_sign_in("ann", PASSWORD)),
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client"
        );
        stage.use_client(json!({ "ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"] }));
        stage.sign_up("ann");
        stage.confirm("ann");
        stage.srp_sign_in("ann", PASSWORD).unwrap();
        stage.use_client(json!({ "ExplicitAuthFlows": ["CUSTOM_AUTH_FLOW_ONLY"] }));
        assert!(stage.srp_sign_in("ann", PASSWORD).is_err());
    }

    fn custom_authentication_needs_a_trigger(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"] }));
        let custom = stage.with_client(json!({ "AuthFlow": "CUSTOM_AUTH", "AuthParameters": { "USERNAME": "ann" } }));
        assert_eq!(
            stage.refused("InitiateAuth", custom),
            "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool."
        );
    }

    fn a_missing_parameter_is_named(stage) {
        let input = stage.with_client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": { "USERNAME": "ann" } }));
        assert_eq!(
            stage.refused("InitiateAuth", input),
            "InvalidParameterException: Missing required parameter PASSWORD"
        );
    }

    fn a_null_is_an_absent_value(stage) {
        stage.confirmed("ann");
        let refresh = stage.tokens("ann")["RefreshToken"].clone();
        let mut input = stage.refresh_input(&refresh);
        input["AuthParameters"]["DEVICE_KEY"] = json!(null);
        stage.ok("InitiateAuth", input);
    }

    fn a_null_in_a_list_is_no_value(stage) {
        let mut input = stage.sign_up_input("ann");
        input["UserAttributes"] = json!([{ "Name": "email", "Value": "ann@example.com" }, null, { "Name": null }]);
        assert_eq!(
            stage.refused("SignUp", input),
            "InvalidParameterException: 2 validation errors detected: Value null at 'userAttributes.2.member' failed to \
             satisfy constraint: Member must not be null; Value null at 'userAttributes.3.member.name' failed to \
             satisfy constraint: Member must not be null"
        );
    }

    fn a_changed_password_is_the_only_one(stage) {
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        let change = |previous: &str| stage.call("ChangePassword", json!({
            "AccessToken": token, "PreviousPassword": previous, "ProposedPassword": "Battery-staple-8",
        }));
        assert_eq!(refusal(change("Wrong-horse-7")), INCORRECT);
        change(PASSWORD).unwrap();
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), INCORRECT);
        stage.srp_sign_in("ann", "Battery-staple-8").unwrap();
    }

    fn passwords_can_be_changed_five_times_an_hour(stage) {
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        let change = |proposed: &str| stage.call("ChangePassword", json!({
            "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": proposed,
        }));
        for _ in 0..5 {
            assert_eq!(
                refusal(change("lower-case-1")),
                "InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters"
            );
        }
        assert_eq!(
            refusal(change("Battery-staple-8")),
            "LimitExceededException: Attempt limit exceeded, please try after some time."
        );
    }

    fn a_deleted_user_is_gone(stage) {
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        assert_eq!(stage.ok("DeleteUser", json!({ "AccessToken": token })), json!({}));
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": token })), "UserNotFoundException: User does not exist.");
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), "UserNotFoundException: User does not exist.");
        let sub = text(&stage.sign_up("ann")["UserSub"]);
        stage.confirm("ann");
        assert_eq!(stage.ok("GetUser", json!({ "AccessToken": stage.access_token("ann") }))["UserAttributes"][0]["Value"], sub);
        assert_eq!(stage.refused("GetUser", json!({ "AccessToken": token })), "UserNotFoundException: User does not exist.");
    }
}
