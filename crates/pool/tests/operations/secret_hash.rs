//! Clients with a secret. (That the hash is the service's is shown where it is computed.)

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged},
};

pub const SECRET: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

fn with_secret(mut stage: Stage) -> Stage {
    stage.use_client(json!({ "ClientSecret": SECRET }));
    stage
}

pub fn hash(stage: &Stage, name: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(name.as_bytes());
    mac.update(stage.client.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

over_both_stores! {
    fn it_is_asked_for(stage) {
        let stage = with_secret(stage);
        let expected = format!(
            "NotAuthorizedException: Client {} is configured with secret but SECRET_HASH was not received",
            stage.client
        );
        assert_eq!(stage.refused("SignUp", stage.sign_up_input("ann")), expected);
        assert_eq!(stage.refused("InitiateAuth", stage.password_input("ann", PASSWORD)), expected);
        assert_eq!(stage.refused("ForgotPassword", stage.with_client(json!({ "Username": "ann" }))), expected);
    }

    fn it_is_checked(stage) {
        let stage = with_secret(stage);
        let expected = format!("NotAuthorizedException: Unable to verify secret hash for client {}", stage.client);
        for wrong in [hash(&stage, "bob"), "AAAA".to_owned(), "====".to_owned()] {
            let mut input = stage.sign_up_input("ann");
            input["SecretHash"] = json!(wrong);
            assert_eq!(stage.refused("SignUp", input), expected);
            let mut input = stage.password_input("ann", PASSWORD);
            input["AuthParameters"]["SECRET_HASH"] = json!(wrong);
            assert_eq!(stage.refused("InitiateAuth", input), expected);
        }
    }

    fn every_operation_and_every_step_of_a_sign_in_minds_it(stage) {
        let mut stage = stage;
        stage.use_client(json!({
            "ClientSecret": SECRET,
            "ExplicitAuthFlows": [
                "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ],
        }));
        let (missing, wrong) = (
            format!(
                "NotAuthorizedException: Client {} is configured with secret but SECRET_HASH was not received",
                stage.client
            ),
            format!("NotAuthorizedException: Unable to verify secret hash for client {}", stage.client),
        );
        let foreign = hash(&stage, "bob");
        let mut input = stage.sign_up_input("ann");
        for (operation, more) in [
            ("ConfirmSignUp", json!({ "ConfirmationCode": "123456" })),
            ("ResendConfirmationCode", json!({})),
            ("ForgotPassword", json!({})),
            ("ConfirmForgotPassword", json!({ "ConfirmationCode": "123456", "Password": PASSWORD })),
            ("SignUp", json!({ "Password": PASSWORD })),
        ] {
            input = merged(stage.with_client(json!({ "Username": "ann" })), more);
            assert_eq!(stage.refused(operation, input.clone()), missing, "{operation}");
            input["SecretHash"] = json!(foreign);
            assert_eq!(stage.refused(operation, input.clone()), wrong, "{operation}");
        }
        input["SecretHash"] = json!(hash(&stage, "ann"));
        stage.ok("SignUp", input);

        let parameters = json!({ "USERNAME": "ann", "PASSWORD": PASSWORD, "SRP_A": "2" });
        let begun = ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "USER_AUTH", "ADMIN_USER_PASSWORD_AUTH"];
        let challenges = [
            "SMS_MFA", "EMAIL_OTP", "SMS_OTP", "SOFTWARE_TOKEN_MFA", "SELECT_MFA_TYPE", "MFA_SETUP", "PASSWORD_VERIFIER",
            "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "SELECT_CHALLENGE", "PASSWORD",
            "PASSWORD_SRP", "WEB_AUTHN",
        ];
        let steps = begun
            .map(|flow| ("InitiateAuth", "AuthFlow", flow, "AuthParameters"))
            .into_iter()
            .chain(challenges.map(|name| ("RespondToAuthChallenge", "ChallengeName", name, "ChallengeResponses")));
        for (operation, member, name, map) in steps {
            let is_admins = name.starts_with("ADMIN");
            for (operation, input) in [
                (operation.to_owned(), stage.with_client(json!({}))),
                (format!("Admin{operation}"), stage.with_pool(json!({ "ClientId": stage.client }))),
            ] {
                // Neither takes the flow of the other.
                if operation.ends_with("InitiateAuth") && (is_admins != operation.starts_with("Admin")) {
                    continue;
                }
                let mut input = merged(input, json!({ member: name, map: parameters, "Session": "x".repeat(20) }));
                assert_eq!(stage.refused(&operation, input.clone()), missing, "{operation} {name}");
                input[map]["SECRET_HASH"] = json!(foreign);
                assert_eq!(stage.refused(&operation, input), wrong, "{operation} {name}");
            }
        }
    }

    fn with_it_all_goes_well(stage) {
        let stage = with_secret(stage);
        let hash = hash(&stage, "ann");
        let mut input = stage.sign_up_input("ann");
        input["SecretHash"] = json!(hash);
        stage.ok("SignUp", input);
        let code = json!({ "Username": "ann", "ConfirmationCode": stage.last_code(), "SecretHash": hash });
        stage.ok("ConfirmSignUp", stage.with_client(code));
        let mut input = stage.password_input("ann", PASSWORD);
        input["AuthParameters"]["SECRET_HASH"] = json!(hash);
        let tokens = stage.ok("InitiateAuth", input)["AuthenticationResult"].clone();

        let refresh = |hash: Value| {
            let mut input = stage.refresh_input(&tokens["RefreshToken"]);
            input["AuthParameters"]["SECRET_HASH"] = hash;
            stage.call("InitiateAuth", input)
        };
        assert_eq!(
            crate::stage::refusal(refresh(json!("AAAA"))),
            format!("NotAuthorizedException: SecretHash does not match for the client: {}", stage.client)
        );
        refresh(json!(hash)).unwrap();

        let mut input = stage.with_client(json!({ "Token": tokens["RefreshToken"] }));
        let refused = stage.refused("RevokeToken", input.clone());
        assert!(refused.starts_with("UnauthorizedException: "), "{refused}");
        input["ClientSecret"] = json!(SECRET);
        stage.ok("RevokeToken", input);
    }
}
