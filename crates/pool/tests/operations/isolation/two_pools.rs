//! Two pools with a client each and people of the same names: what one of them gave out, shown to the other.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};

use crate::{
    authenticator::Browser,
    device::Device,
    factors::{self, Token},
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, merged, refusal, text},
};

const INVALID_SESSION: &str = "NotAuthorizedException: Invalid session for the user.";
const INVALID_REFRESH_TOKEN: &str = "NotAuthorizedException: Invalid Refresh Token";
const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const MISMATCH: &str =
    "CodeMismatchException: Invalid verification code provided, please try again.";
const TOKEN_MISMATCH: &str = "CodeMismatchException: Invalid code received for user";
const FACTOR_MISMATCH: &str = "CodeMismatchException: Invalid code or auth state for the user.";
const NO_DEVICE: &str = "ResourceNotFoundException: Device does not exist.";
const OWN_PASSWORD: &str = "Battery-staple-8";
const ORIGIN: &str = "https://app.example.com";

over_both_stores! {
    fn an_access_token_acts_in_its_own_pool_alone(stage) {
        let mut pools = Pools::new(stage, json!({}));
        pools.stage.confirmed("ann");
        let here = pools.stage.tokens("ann");
        pools.cross();
        pools.stage.confirmed("ann");
        let there = pools.stage.tokens("ann");
        let before = pools.stage.admin_user("ann");

        let stage = &pools.stage;
        let with_token = |more: Value| merged(json!({ "AccessToken": here["AccessToken"] }), more);
        let shown = stage.ok("GetUser", with_token(json!({})));
        assert_ne!(attribute(&shown["UserAttributes"], "sub"), attribute(&before["UserAttributes"], "sub"));
        stage.ok("UpdateUserAttributes", with_token(json!({ "UserAttributes": [{ "Name": "name", "Value": "Ann" }] })));
        stage.ok("ChangePassword", with_token(json!({ "PreviousPassword": PASSWORD, "ProposedPassword": OWN_PASSWORD })));
        stage.ok("GlobalSignOut", with_token(json!({})));
        assert_eq!(stage.admin_user("ann"), before);
        stage.ok("GetUser", json!({ "AccessToken": there["AccessToken"] }));
        assert_eq!(refusal(stage.password_sign_in("ann", OWN_PASSWORD)), INCORRECT);

        pools.cross();
        let fresh = pools.stage.password_sign_in("ann", OWN_PASSWORD).unwrap()["AuthenticationResult"]["AccessToken"].clone();
        pools.stage.ok("DeleteUser", json!({ "AccessToken": fresh }));
        pools.cross();
        assert_eq!(pools.stage.admin_user("ann"), before);
    }

    fn a_refresh_token_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        pools.stage.confirmed("ann");
        let here = pools.stage.tokens("ann");
        pools.cross();
        pools.stage.confirmed("ann");

        let stage = &pools.stage;
        let token = &here["RefreshToken"];
        assert_eq!(stage.refused("InitiateAuth", stage.refresh_input(token)), INVALID_REFRESH_TOKEN);
        assert_eq!(stage.refused("AdminInitiateAuth", stage.with_pool(stage.refresh_input(token))), INVALID_REFRESH_TOKEN);
        let input = stage.with_client(json!({ "RefreshToken": token }));
        assert_eq!(stage.refused("GetTokensFromRefreshToken", input), INVALID_REFRESH_TOKEN);
        let refused = stage.refused("RevokeToken", stage.with_client(json!({ "Token": token })));
        assert!(refused.starts_with("UnauthorizedException: "), "{refused}");
        pools.cross();
        pools.stage.ok("InitiateAuth", pools.stage.refresh_input(token));
    }

    fn the_session_of_a_temporary_password_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        let invite = |stage: &Stage| {
            stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "ann", "TemporaryPassword": PASSWORD })));
            stage.password_sign_in("ann", PASSWORD).unwrap()
        };
        let here = invite(&pools.stage);
        pools.cross();
        invite(&pools.stage);
        pools.is_none_here_but_there("ann", &here, json!({ "NEW_PASSWORD": OWN_PASSWORD }));
    }

    fn the_session_of_a_choice_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        pools.stage.confirmed("ann");
        let here = choose(&pools.stage, "ann");
        pools.cross();
        pools.stage.confirmed("ann");
        choose(&pools.stage, "ann");
        pools.is_none_here_but_there("ann", &here, json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD }));
    }

    fn the_session_and_code_of_a_second_factor_are_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        let ask = |stage: &Stage| {
            factors::offers(stage, "OPTIONAL", &["EMAIL_OTP"]);
            stage.confirmed("ann");
            factors::turn_on(stage, "ann", &["EMAIL_OTP"], true);
            (factors::challenged(stage, "ann"), stage.last_code())
        };
        let (here, code) = ask(&pools.stage);
        pools.cross();
        let (there, others) = ask(&pools.stage);
        assert_ne!(code, others);
        assert_eq!(refusal(factors::answer(&pools.stage, "ann", &there, &code)), FACTOR_MISMATCH);
        pools.is_none_here_but_there("ann", &here, json!({ "EMAIL_OTP_CODE": code }));
    }

    fn a_software_token_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        let set_up = |stage: &Stage| {
            factors::offers(stage, "OPTIONAL", &["SOFTWARE_TOKEN_MFA"]);
            stage.confirmed("ann");
            let token = Token::of(stage, &stage.access_token("ann"));
            factors::turn_on(stage, "ann", &["SOFTWARE_TOKEN_MFA"], true);
            (token, factors::challenged(stage, "ann"))
        };
        let (token, here) = set_up(&pools.stage);
        pools.cross();
        let (_, there) = set_up(&pools.stage);
        let code = token.code(&pools.stage);
        assert_eq!(refusal(factors::answer(&pools.stage, "ann", &there, &code)), TOKEN_MISMATCH);
        pools.is_none_here_but_there("ann", &here, json!({ "SOFTWARE_TOKEN_MFA_CODE": code }));
    }

    fn a_proof_of_the_password_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        pools.stage.confirmed("ann");
        pools.cross();
        pools.stage.confirmed("ann");
        let sub = pools.stage.admin_user("ann")["UserAttributes"][0]["Value"].clone();
        // As the challenge called them, by what they typed, and as this pool would call them.
        for name in [None, Some(json!("ann")), Some(sub)] {
            pools.cross();
            let proof = pools.stage.srp_answer("ann", PASSWORD).unwrap();
            pools.cross();
            let mut shown = merged(proof, pools.stage.with_client(json!({})));
            if let Some(name) = name {
                shown["ChallengeResponses"]["USERNAME"] = name;
            }
            assert_eq!(pools.stage.refused("RespondToAuthChallenge", shown), INCORRECT);
        }
        assert!(pools.stage.srp_sign_in("ann", PASSWORD).is_ok());
    }

    fn a_code_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({}));
        for (begin, end) in [
            ("SignUp", "ConfirmSignUp"),
            ("ForgotPassword", "ConfirmForgotPassword"),
            ("GetUserAttributeVerificationCode", "VerifyUserAttribute"),
        ] {
            let ask = |stage: &Stage| {
                match begin {
                    "SignUp" => stage.sign_up("ann"),
                    "ForgotPassword" => stage.ok(begin, stage.with_client(json!({ "Username": "ann" }))),
                    _ => stage.ok(begin, json!({ "AccessToken": stage.access_token("ann"), "AttributeName": "email" })),
                };
                stage.last_code()
            };
            let give = |stage: &Stage, code: &str| stage.call(end, match end {
                "VerifyUserAttribute" => json!({ "AccessToken": stage.access_token("ann"), "AttributeName": "email", "Code": code }),
                _ => stage.with_client(json!({ "Username": "ann", "ConfirmationCode": code, "Password": PASSWORD })),
            });
            let here = ask(&pools.stage);
            pools.cross();
            let there = ask(&pools.stage);
            assert_ne!(here, there);
            assert_eq!(refusal(give(&pools.stage, &here)), MISMATCH, "{end}");
            give(&pools.stage, &there).unwrap();
            pools.cross();
            assert_eq!(refusal(give(&pools.stage, &there)), MISMATCH, "{end}");
            give(&pools.stage, &here).unwrap();
        }
    }

    fn a_device_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({
            "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false },
        }));
        pools.stage.confirmed("ann");
        let device = Device::confirmed(&pools.stage, "ann");
        pools.cross();
        pools.stage.confirmed("ann");

        let stage = &pools.stage;
        let token = stage.access_token("ann");
        let own = json!({ "AccessToken": token, "DeviceKey": device.key });
        let by_administrator = stage.with_pool(json!({ "Username": "ann", "DeviceKey": device.key }));
        for (operation, input) in [
            ("GetDevice", own.clone()),
            ("ForgetDevice", own.clone()),
            ("UpdateDeviceStatus", merged(own, json!({ "DeviceRememberedStatus": "remembered" }))),
            ("AdminGetDevice", by_administrator.clone()),
            ("AdminForgetDevice", by_administrator.clone()),
            ("AdminUpdateDeviceStatus", merged(by_administrator, json!({ "DeviceRememberedStatus": "remembered" }))),
        ] {
            assert_eq!(stage.refused(operation, input), NO_DEVICE, "{operation}");
        }
        let confirmation = merged(device.confirmation(&device.verifier()), json!({ "AccessToken": token }));
        assert_eq!(stage.refused("ConfirmDevice", confirmation), "InvalidParameterException: Invalid device key given.");
        assert_eq!(refusal(device.password_sign_in(stage, "ann")), NO_DEVICE);
        pools.cross();
        let challenge = device.password_sign_in(&pools.stage, "ann").unwrap();
        pools.cross();
        assert_eq!(
            pools.stage.refused("RespondToAuthChallenge", device.srp_input(&pools.stage, "ann", &challenge["Session"])),
            INVALID_SESSION
        );
        pools.cross();
        pools.stage.ok("RespondToAuthChallenge", device.answer(&pools.stage, "ann", &challenge));
    }

    fn a_passkey_is_none_in_another_pool(stage) {
        let mut pools = Pools::new(stage, json!({ "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } } }));
        let begin = |stage: &Stage| {
            stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({ "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } })));
            stage.confirmed("ann");
            let token = stage.access_token("ann");
            let options = stage.ok("StartWebAuthnRegistration", json!({ "AccessToken": token }));
            let mut browser = Browser::new();
            let made = browser.create(ORIGIN, &options["CredentialCreationOptions"]);
            (browser, token, made)
        };
        let complete = |stage: &Stage, token: &str, made: &Value| {
            stage.call("CompleteWebAuthnRegistration", json!({ "AccessToken": token, "Credential": made }))
        };
        let (mut browser, anns, here) = begin(&pools.stage);
        pools.cross();
        let (_, others, there) = begin(&pools.stage);
        assert_eq!(
            refusal(complete(&pools.stage, &others, &here)),
            "WebAuthnChallengeNotFoundException: The challenge does not exist or has expired."
        );
        complete(&pools.stage, &anns, &here).unwrap();
        complete(&pools.stage, &others, &there).unwrap();

        let challenge = prefer(&pools.stage, "ann", "WEB_AUTHN");
        let id = json!({ "id": here["id"], "type": "public-key" });
        let mut options: Value = serde_json::from_str(&text(&challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])).unwrap();
        options["allowCredentials"] = json!([id]);
        let signed = browser.get(ORIGIN, &options);
        let refused = refusal(respond(&pools.stage, "ann", &challenge, json!({ "CREDENTIAL": signed.to_string() })));
        assert!(refused.starts_with("NotAuthorizedException: "), "{refused}");
    }

    fn a_clients_secret_is_none_of_another_pools(stage) {
        let mut pools = Pools::new(stage, json!({}));
        let confidential = |stage: &mut Stage| {
            stage.use_client(json!({ "GenerateSecret": true }));
            let described = stage.ok("DescribeUserPoolClient", stage.with_pool(stage.with_client(json!({}))));
            let listed = stage.ok("ListUserPoolClientSecrets", stage.with_pool(stage.with_client(json!({}))));
            (
                text(&described["UserPoolClient"]["ClientSecret"]),
                listed["ClientSecrets"][0]["ClientSecretId"].clone(),
            )
        };
        let (here, id) = confidential(&mut pools.stage);
        pools.cross();
        let (there, _) = confidential(&mut pools.stage);
        let stage = &pools.stage;
        let sign_up = |secret: &str| {
            let hash = secret_hash(secret, "ann", &stage.client);
            stage.call("SignUp", merged(stage.sign_up_input("ann"), json!({ "SecretHash": hash })))
        };
        assert_eq!(
            refusal(sign_up(&here)),
            format!("NotAuthorizedException: Unable to verify secret hash for client {}", stage.client)
        );
        sign_up(&there).unwrap();
        stage.ok("AddUserPoolClientSecret", stage.with_pool(stage.with_client(json!({}))));
        let refused = stage.refused("DeleteUserPoolClientSecret", stage.with_pool(stage.with_client(json!({ "ClientSecretId": id }))));
        assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
    }
}

/// A stage that goes from one pool to the other.
struct Pools {
    stage: Stage,
    /// The pool and client where the stage is not.
    other: (String, String),
}

impl Pools {
    fn new(mut stage: Stage, settings: Value) -> Self {
        let settings = merged(json!({ "AutoVerifiedAttributes": ["email"] }), settings);
        let flows = json!({
            "ExplicitAuthFlows": [
                "ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
            ],
        });
        stage.use_pool(settings.clone());
        stage.use_client(flows.clone());
        let other = (stage.pool.clone(), stage.client.clone());
        stage.use_pool(settings);
        stage.use_client(flows);
        Self { stage, other }
    }

    fn cross(&mut self) {
        std::mem::swap(&mut self.stage.pool, &mut self.other.0);
        std::mem::swap(&mut self.stage.client, &mut self.other.1);
    }

    /// Answers a challenge of the other pool's, here in vain and there with success.
    #[track_caller]
    fn is_none_here_but_there(&mut self, name: &str, challenge: &Value, answers: Value) {
        let stage = &self.stage;
        assert_eq!(
            refusal(respond(stage, name, challenge, answers.clone())),
            INVALID_SESSION
        );
        self.cross();
        let answer = respond(&self.stage, name, challenge, answers).unwrap();
        assert!(
            answer["AuthenticationResult"]["AccessToken"].is_string(),
            "{answer}"
        );
        self.cross();
    }
}

fn choose(stage: &Stage, name: &str) -> Value {
    let input = json!({ "AuthFlow": "USER_AUTH", "AuthParameters": { "USERNAME": name } });
    stage.ok("InitiateAuth", stage.with_client(input))
}

fn prefer(stage: &Stage, name: &str, factor: &str) -> Value {
    let parameters = json!({ "USERNAME": name, "PREFERRED_CHALLENGE": factor });
    let input = json!({ "AuthFlow": "USER_AUTH", "AuthParameters": parameters });
    let challenge = stage.ok("InitiateAuth", stage.with_client(input));
    assert_eq!(challenge["ChallengeName"], json!(factor));
    challenge
}

fn respond(stage: &Stage, name: &str, challenge: &Value, answers: Value) -> Result<Value, Error> {
    let input = stage.with_client(json!({
        "ChallengeName": challenge["ChallengeName"],
        "Session": challenge["Session"],
        "ChallengeResponses": merged(json!({ "USERNAME": name }), answers),
    }));
    stage.call("RespondToAuthChallenge", input)
}

fn secret_hash(secret: &str, name: &str, client: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(name.as_bytes());
    mac.update(client.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
