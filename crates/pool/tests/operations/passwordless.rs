//! Users without a password, in pools where a code is enough to sign in; and the first sign-in right after a sign-up.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, claims, merged, refusal, text},
};

const NO_PASSWORD: &str = "InvalidParameterException: 1 validation error detected: Value at 'password' failed to \
                           satisfy constraint: Member must not be null";
const FOREIGN: &str = "NotAuthorizedException: Invalid session for the user.";

over_both_stores! {
    fn a_password_is_needed_where_no_code_signs_in(stage) {
        let mut stage = stage;
        let email = json!([{ "Name": "email", "Value": "ann@example.com" }]);
        let phone = json!([{ "Name": "phone_number", "Value": "+15550001234" }]);
        let refused = |stage: &Stage, attributes: &Value| {
            refusal(sign_up(stage, json!({ "UserAttributes": attributes })))
        };
        // The pool knows no codes.
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }));
        assert_eq!(refused(&stage, &email), NO_PASSWORD);
        // The client does not.
        allow(&mut stage, "EMAIL_OTP");
        stage.use_client(json!({}));
        assert_eq!(refused(&stage, &email), NO_PASSWORD);
        // The user could not be sent any.
        allow(&mut stage, "EMAIL_OTP");
        assert_eq!(refused(&stage, &phone), NO_PASSWORD);
        // The address would never be verified.
        allow(&mut stage, "SMS_OTP");
        assert_eq!(refused(&stage, &phone), NO_PASSWORD);
    }

    fn who_signs_up_without_a_password_signs_in_by_code(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        ann(&stage);
        stage.confirm("ann");
        assert_eq!(stage.admin_user("ann")["UserStatus"], "CONFIRMED");
        let challenge = begin(&stage, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" }), None).unwrap();
        assert_eq!(challenge["AvailableChallenges"], json!(["EMAIL_OTP"]));
        let answer = stage.ok("RespondToAuthChallenge", stage.with_client(json!({
            "ChallengeName": "EMAIL_OTP", "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "ann", "EMAIL_OTP_CODE": stage.last_code() },
        })));
        assert!(answer["AuthenticationResult"]["AccessToken"].is_string());
    }

    fn no_password_signs_in_who_has_none(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        ann(&stage);
        stage.confirm("ann");
        let incorrect = "NotAuthorizedException: Incorrect username or password.";
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), incorrect);
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), incorrect);
    }

    fn a_first_password_is_set_without_one_before(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let session = ann(&stage);
        let tokens = begin(&stage, json!({}), Some(&confirm(&stage, &session))).unwrap();
        let change = |previous: Value| stage.call("ChangePassword", merged(previous, json!({
            "AccessToken": tokens["AuthenticationResult"]["AccessToken"], "ProposedPassword": PASSWORD,
        })));
        assert_eq!(
            refusal(change(json!({ "PreviousPassword": PASSWORD }))),
            "NotAuthorizedException: Incorrect username or password."
        );
        change(json!({})).unwrap();
        stage.tokens("ann");
        assert_eq!(
            refusal(change(json!({}))),
            "InvalidParameterException: Missing required parameter PreviousPassword"
        );
    }

    fn a_confirmed_sign_up_signs_in_once_with_its_session(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let session = ann(&stage);
        let sent = stage.sent();
        let session = confirm(&stage, &session);
        let signed_in = begin(&stage, json!({}), Some(&session)).unwrap();
        assert_eq!(claims(&signed_in["AuthenticationResult"]["IdToken"])["email_verified"], true);
        assert_eq!(stage.sent(), sent);
        assert_eq!(refusal(begin(&stage, json!({}), Some(&session))), FOREIGN);
    }

    fn with_a_password_it_does_too(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let session = stage.sign_up("ann")["Session"].clone();
        begin(&stage, json!({}), Some(&confirm(&stage, &session))).unwrap();
    }

    fn the_session_of_a_sign_up_signs_nobody_in_before_it_is_confirmed(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let session = ann(&stage);
        assert_eq!(refusal(begin(&stage, json!({}), Some(&session))), FOREIGN);
        let select = stage.with_client(json!({
            "ChallengeName": "SELECT_CHALLENGE", "Session": session,
            "ChallengeResponses": { "USERNAME": "ann", "ANSWER": "PASSWORD" },
        }));
        assert_eq!(stage.refused("RespondToAuthChallenge", select), FOREIGN);
        // It is still good for what it is for.
        confirm(&stage, &session);
    }

    fn it_is_its_users_its_clients_and_its_times(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let of_bob = stage.sign_up("bob")["Session"].clone();
        let bob = stage.client.clone();
        ann(&stage);
        let code = stage.last_code();
        let input = |session: &Value| stage.with_client(json!({
            "Username": "ann", "ConfirmationCode": code, "Session": session,
        }));
        assert_eq!(stage.refused("ConfirmSignUp", input(&of_bob)), FOREIGN);
        // That used up neither the code nor the sign-up.
        stage.ok("ConfirmSignUp", input(&Value::Null));

        let session = sign_up_and_confirm(&stage, "eve");
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }));
        let eve = |stage: &Stage| refusal(stage.call("InitiateAuth", stage.with_client(json!({
            "AuthFlow": "USER_AUTH", "Session": session, "AuthParameters": { "USERNAME": "eve" },
        }))));
        assert_eq!(eve(&stage), FOREIGN);
        stage.client = bob;
        stage.advance(3 * 60);
        assert_eq!(eve(&stage), "NotAuthorizedException: Invalid session for the user, session is expired.");
    }

    /// As Amplify 6 does.
    fn the_confirmation_needs_no_session_to_give_one(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        ann(&stage);
        let session = confirm(&stage, &Value::Null);
        assert!(begin(&stage, json!({}), Some(&session)).unwrap()["AuthenticationResult"].is_object());
        assert!(begin(&stage, json!({}), Some(&session)).is_err());
    }

    fn without_codes_as_first_factors_there_is_no_session(stage) {
        let mut stage = stage;
        stage.use_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }));
        assert!(stage.sign_up("ann").get("Session").is_none());
        let input = json!({ "Username": "ann", "ConfirmationCode": stage.last_code() });
        assert_eq!(stage.ok("ConfirmSignUp", stage.with_client(input)), json!({}));
    }

    fn who_is_disabled_meanwhile_does_not_get_in(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let session = confirm(&stage, &ann(&stage));
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(
            refusal(begin(&stage, json!({}), Some(&session))),
            "NotAuthorizedException: User is disabled."
        );
    }

    fn an_administrator_makes_users_without_passwords_if_a_code_can_reach_them(stage) {
        let mut stage = stage;
        allow(&mut stage, "EMAIL_OTP");
        let create = |name: &str, verified: &str, more: Value| {
            let input = json!({ "Username": name, "DesiredDeliveryMediums": ["EMAIL"], "UserAttributes": [
                { "Name": "email", "Value": format!("{name}@example.com") }, { "Name": "email_verified", "Value": verified },
            ] });
            stage.ok("AdminCreateUser", merged(stage.with_pool(input), more))["User"]["UserStatus"].clone()
        };
        let sent = stage.sent();
        assert_eq!(create("ann", "true", json!({})), "CONFIRMED");
        assert_eq!(stage.sent(), sent);
        let challenge = begin(&stage, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" }), None).unwrap();
        assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
        assert_eq!(create("bob", "false", json!({})), "FORCE_CHANGE_PASSWORD");
        assert_eq!(create("eve", "true", json!({ "TemporaryPassword": PASSWORD })), "FORCE_CHANGE_PASSWORD");
    }

    fn a_pool_that_demands_two_factors_lets_nobody_begin_with_a_code(stage) {
        let mut stage = stage;
        let expected = "InvalidParameterException: EMAIL_OTP and SMS_OTP cannot be allowed first auth factors when \
                        MFA is required.";
        allow(&mut stage, "SMS_OTP");
        let demands = json!({
            "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": { "Enabled": true },
        });
        assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(demands)), expected);
        let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } });
        let pool = json!({ "PoolName": "pool", "MfaConfiguration": "ON", "Policies": policies });
        assert_eq!(stage.refused("CreateUserPool", pool), expected);
    }
}

/// Goes on with a pool and a client that let users begin with this code, if it goes to the address that is verified.
fn allow(stage: &mut Stage, factor: &str) {
    stage.use_pool(json!({
        "AutoVerifiedAttributes": ["email"],
        "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", factor] } },
    }));
    stage.use_client(json!({
        "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    }));
}

fn sign_up(stage: &Stage, more: Value) -> Result<Value, Error> {
    let input = stage.with_client(json!({ "Username": "ann" }));
    stage.call("SignUp", merged(input, more))
}

/// Ann signs up without a password; the session of that.
fn ann(stage: &Stage) -> Value {
    let email = json!([{ "Name": "email", "Value": "ann@example.com" }]);
    sign_up(stage, json!({ "UserAttributes": email })).unwrap()["Session"].clone()
}

/// Ann confirms her sign-up; the session of that.
fn confirm(stage: &Stage, session: &Value) -> Value {
    let input =
        json!({ "Username": "ann", "ConfirmationCode": stage.last_code(), "Session": session });
    let session = stage.ok("ConfirmSignUp", stage.with_client(input))["Session"].clone();
    assert!(session.is_string());
    session
}

fn sign_up_and_confirm(stage: &Stage, name: &str) -> String {
    let session = stage.sign_up(name)["Session"].clone();
    let input =
        json!({ "Username": name, "ConfirmationCode": stage.last_code(), "Session": session });
    text(&stage.ok("ConfirmSignUp", stage.with_client(input))["Session"])
}

fn begin(stage: &Stage, parameters: Value, session: Option<&Value>) -> Result<Value, Error> {
    let parameters = merged(json!({ "USERNAME": "ann" }), parameters);
    let input =
        json!({ "AuthFlow": "USER_AUTH", "AuthParameters": parameters, "Session": session });
    stage.call("InitiateAuth", stage.with_client(input))
}
