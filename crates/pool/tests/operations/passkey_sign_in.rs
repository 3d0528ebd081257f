//! Sign-ins with passkeys.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    authenticator::Browser,
    factors, over_both_stores,
    stage::{Stage, claims, refusal, text},
};

const ORIGIN: &str = "https://app.example.com";
const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const INVALID_SESSION: &str = "NotAuthorizedException: Invalid session for the user.";
const USED_SESSION: &str =
    "NotAuthorizedException: Invalid session for the user, session can only be used once.";

over_both_stores! {
    fn another_passkey_is_refused(stage) {
        let (stage, _) = with_ann(stage);
        stage.confirmed("bob");
        let mut bobs = register(&stage, "bob", Browser::new());
        let challenge = begin(&stage, "ann");
        let mut options = options(&challenge);
        options["allowCredentials"].take();
        let foreign = bobs.get(ORIGIN, &options);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &foreign)), INCORRECT);
    }

    fn a_signature_over_another_challenge_is_refused(stage) {
        let (stage, mut browser) = with_ann(stage);
        let first = begin(&stage, "ann");
        let got = browser.get(ORIGIN, &options(&first));
        let second = begin(&stage, "ann");
        assert_eq!(refusal(answer(&stage, "ann", &second, &got)), INCORRECT);
    }

    fn an_altered_answer_is_refused(stage) {
        let (stage, mut browser) = with_ann(stage);
        let other = browser.clone().get(ORIGIN, &options(&begin(&stage, "ann")));
        for member in ["signature", "authenticatorData", "clientDataJSON", "userHandle"] {
            let challenge = begin(&stage, "ann");
            let mut got = browser.get(ORIGIN, &options(&challenge));
            let altered = match member {
                "signature" | "clientDataJSON" => other["response"][member].clone(),
                "userHandle" => json!("Ym9i"),
                // The flags without "user verified": what was signed says otherwise.
                _ => json!(flipped(&text(&got["response"][member]))),
            };
            got["response"][member] = altered;
            assert_eq!(refusal(answer(&stage, "ann", &challenge, &got)), INCORRECT, "{member}");
        }
        for nonsense in [json!("x"), json!({}), json!({ "rawId": "AAAA", "type": "public-key", "response": {} })] {
            let challenge = begin(&stage, "ann");
            assert_eq!(refusal(answer(&stage, "ann", &challenge, &nonsense)), INCORRECT);
        }
    }

    fn other_origins_and_relying_parties_are_refused(stage) {
        let (stage, browser) = with_ann(stage);
        // What an attacker's page can get: the same authenticator's signature for its own domain.
        let challenge = begin(&stage, "ann");
        let foreign = browser.clone().get_for("evil.net", "https://evil.net", &options(&challenge));
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &foreign)), INCORRECT);
        let challenge = begin(&stage, "ann");
        let foreign = browser.clone().get_for("app.example.com", ORIGIN, &options(&challenge));
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &foreign)), INCORRECT);
        // What a browser that does not care which page asks would give, and one that asks for a registration.
        for (origin, kind, is_right) in [
            ("https://evil.net", "webauthn.get", false),
            (ORIGIN, "webauthn.create", false),
            (ORIGIN, "webauthn.get", true),
        ] {
            let challenge = begin(&stage, "ann");
            let got = browser.clone().sign(kind, origin, &options(&challenge));
            assert_eq!(answer(&stage, "ann", &challenge, &got).is_ok(), is_right, "{origin} {kind}");
        }
    }

    fn a_copied_authenticator_is_refused(stage) {
        let (stage, mut browser) = with_ann(stage);
        let mut copy = browser.clone();
        sign_in(&stage, &mut browser).unwrap();
        sign_in(&stage, &mut browser).unwrap();
        assert_eq!(refusal(sign_in(&stage, &mut copy)), INCORRECT);
        sign_in(&stage, &mut browser).unwrap();
    }

    fn a_challenge_is_good_once_whatever_comes_of_it(stage) {
        let (stage, mut browser) = with_ann(stage);
        let challenge = begin(&stage, "ann");
        let got = browser.get(ORIGIN, &options(&challenge));
        let mut wrong = got.clone();
        wrong["response"]["signature"] = json!("AAAA");
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &wrong)), INCORRECT);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &got)), USED_SESSION);
        stage.confirmed("bob");
        let challenge = begin(&stage, "ann");
        let got = browser.get(ORIGIN, &options(&challenge));
        assert_eq!(refusal(answer(&stage, "bob", &challenge, &got)), INVALID_SESSION);
        stage.advance(3 * 60);
        assert_eq!(
            refusal(answer(&stage, "ann", &challenge, &got)),
            "NotAuthorizedException: Invalid session for the user, session is expired."
        );
    }

    fn who_must_be_verified_is(stage) {
        let (stage, _) = with_ann(stage);
        let mut browser = register(&stage, "ann", Browser::without_verification());
        sign_in(&stage, &mut browser).unwrap();
        configure(&stage, json!({ "RelyingPartyId": "example.com", "UserVerification": "required" }));
        let challenge = begin(&stage, "ann");
        let mut options = options(&challenge);
        assert_eq!(options["userVerification"], "required");
        options["userVerification"] = json!("discouraged");
        let got = browser.get(ORIGIN, &options);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &got)), INCORRECT);
    }

    fn who_needs_two_factors_needs_a_passkey_that_is_both(stage) {
        let (stage, mut browser) = with_ann(stage);
        let mut unverified = register(&stage, "ann", Browser::without_verification());
        let demand = |factors: &str| stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({
            "MfaConfiguration": "ON",
            "SoftwareTokenMfaConfiguration": { "Enabled": true },
            "WebAuthnConfiguration": { "RelyingPartyId": "example.com", "FactorConfiguration": factors },
        })));
        demand("SINGLE_FACTOR");
        assert_eq!(begin(&stage, "ann")["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
        demand("MULTI_FACTOR_WITH_USER_VERIFICATION");
        let challenge = begin(&stage, "ann");
        let mut options = options(&challenge);
        assert_eq!(options["userVerification"], "required");
        options["userVerification"] = json!("discouraged");
        let got = unverified.get(ORIGIN, &options);
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &got)), INCORRECT);
        assert!(sign_in(&stage, &mut browser).unwrap()["AuthenticationResult"].is_object());
    }

    fn a_user_may_want_a_passkey_to_be_one_factor_only(stage) {
        let (stage, _) = with_ann(stage);
        let token = stage.access_token("ann");
        let want = |enabled: bool| stage.call("SetUserMFAPreference", json!({
            "AccessToken": token, "WebAuthnMfaSettings": { "Enabled": enabled },
        }));
        assert_eq!(
            refusal(want(true)),
            "InvalidParameterException: Passkey MFA is not enabled for the user pool."
        );
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({
            "MfaConfiguration": "OPTIONAL",
            "SmsMfaConfiguration": { "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" } },
            "WebAuthnConfiguration": {
                "RelyingPartyId": "example.com", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
            },
        })));
        assert_eq!(
            refusal(want(true)),
            "InvalidParameterException: Passkey MFA needs another MFA that is enabled."
        );
        let number = json!([{ "Name": "phone_number", "Value": "+15550001234" }]);
        stage.ok("AdminUpdateUserAttributes", stage.with_pool(json!({ "Username": "ann", "UserAttributes": number })));
        factors::turn_on(&stage, "ann", &["SMS_MFA"], false);
        want(false).unwrap();
        assert_eq!(begin(&stage, "ann")["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
        want(true).unwrap();
        assert_eq!(begin(&stage, "ann")["ChallengeName"], "WEB_AUTHN");
    }

    fn a_deleted_passkey_is_none(stage) {
        let (stage, mut browser) = with_ann(stage);
        let challenge = begin(&stage, "ann");
        let got = browser.get(ORIGIN, &options(&challenge));
        stage.ok("DeleteWebAuthnCredential", json!({
            "AccessToken": stage.access_token("ann"), "CredentialId": got["rawId"],
        }));
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &got)), INCORRECT);
        let challenge = begin(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "SELECT_CHALLENGE");
        assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    }

    fn a_disabled_user_does_not_get_in(stage) {
        let (stage, mut browser) = with_ann(stage);
        let challenge = begin(&stage, "ann");
        let got = browser.get(ORIGIN, &options(&challenge));
        stage.ok("AdminDisableUser", stage.with_pool(json!({ "Username": "ann" })));
        assert_eq!(refusal(answer(&stage, "ann", &challenge, &got)), "NotAuthorizedException: User is disabled.");
    }

    fn a_passkey_signs_its_user_in(stage) {
        let (stage, mut browser) = with_ann(stage);
        let challenge = begin(&stage, "ann");
        assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
        assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD", "WEB_AUTHN"]));
        let options = options(&challenge);
        assert_eq!(options["rpId"], "example.com");
        assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1);
        let got = browser.get(ORIGIN, &options);
        let tokens = answer(&stage, "ann", &challenge, &got).unwrap()["AuthenticationResult"].clone();
        assert_eq!(claims(&tokens["AccessToken"])["username"], "ann");
        stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    }

    fn a_passkey_may_be_selected(stage) {
        let (stage, mut browser) = with_ann(stage);
        let asked = stage.ok("InitiateAuth", stage.with_client(json!({
            "AuthFlow": "USER_AUTH", "AuthParameters": { "USERNAME": "ann" },
        })));
        let challenge = stage.ok("RespondToAuthChallenge", stage.with_client(json!({
            "ChallengeName": "SELECT_CHALLENGE", "Session": asked["Session"],
            "ChallengeResponses": { "USERNAME": "ann", "ANSWER": "WEB_AUTHN" },
        })));
        let got = browser.get(ORIGIN, &options(&challenge));
        assert!(answer(&stage, "ann", &challenge, &got).unwrap()["AuthenticationResult"].is_object());
    }
}

/// A pool with passkeys for a domain, Ann, and a browser with a passkey of hers.
fn with_ann(mut stage: Stage) -> (Stage, Browser) {
    stage.use_pool(json!({
        "AutoVerifiedAttributes": ["email"],
        "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } },
    }));
    stage.use_client(json!({
        "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
    }));
    configure(&stage, json!({ "RelyingPartyId": "example.com" }));
    stage.confirmed("ann");
    let browser = register(&stage, "ann", Browser::new());
    (stage, browser)
}

fn configure(stage: &Stage, settings: Value) {
    let input = stage.with_pool(json!({ "WebAuthnConfiguration": settings }));
    stage.ok("SetUserPoolMfaConfig", input);
}

fn register(stage: &Stage, name: &str, mut browser: Browser) -> Browser {
    let token = stage.access_token(name);
    let started = stage.ok("StartWebAuthnRegistration", json!({ "AccessToken": token }));
    let mut options = started["CredentialCreationOptions"].clone();
    // This authenticator holds one passkey for each browser.
    options["excludeCredentials"] = json!([]);
    let made = browser.create(ORIGIN, &options);
    let input = json!({ "AccessToken": token, "Credential": made });
    stage.ok("CompleteWebAuthnRegistration", input);
    browser
}

fn begin(stage: &Stage, name: &str) -> Value {
    let parameters = json!({ "USERNAME": name, "PREFERRED_CHALLENGE": "WEB_AUTHN" });
    let input = json!({ "AuthFlow": "USER_AUTH", "AuthParameters": parameters });
    stage.ok("InitiateAuth", stage.with_client(input))
}

fn options(challenge: &Value) -> Value {
    let options = text(&challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]);
    serde_json::from_str(&options).unwrap()
}

fn answer(stage: &Stage, name: &str, challenge: &Value, got: &Value) -> Result<Value, Error> {
    let input = json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": name, "CREDENTIAL": got.to_string() },
    });
    stage.call("RespondToAuthChallenge", stage.with_client(input))
}

fn sign_in(stage: &Stage, browser: &mut Browser) -> Result<Value, Error> {
    let challenge = begin(stage, "ann");
    let got = browser.get(ORIGIN, &options(&challenge));
    answer(stage, "ann", &challenge, &got)
}

/// Authenticator data with another set of flags.
fn flipped(data: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut data = URL_SAFE_NO_PAD.decode(data).unwrap();
    data[32] ^= 1 << 2;
    URL_SAFE_NO_PAD.encode(data)
}
