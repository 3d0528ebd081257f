//! Clients with a secret. (That the hash is the service's is shown where it is computed.)

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage},
};

const SECRET: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

fn with_secret(mut stage: Stage) -> Stage {
    stage.use_client(json!({ "ClientSecret": SECRET }));
    stage
}

fn hash(stage: &Stage, name: &str) -> String {
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
