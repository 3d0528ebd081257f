//! Sign-ins from devices that the pool knows.

use cognito_srp::timestamp;
use serde_json::{Value, json};

use crate::{
    device::{Device, remembers, tracks},
    factors::offers,
    over_both_stores,
    stage::{PASSWORD, Stage, claims, refusal, text},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const INVALID_REFRESH: &str = "NotAuthorizedException: Invalid Refresh Token";
const INVALID_SESSION: &str = "NotAuthorizedException: Invalid session for the user.";
const NO_DEVICE: &str = "ResourceNotFoundException: Device does not exist.";
const USED_SESSION: &str =
    "NotAuthorizedException: Invalid session for the user, session can only be used once.";

over_both_stores! {
    fn a_device_without_its_password_is_refused(stage) {
        let (stage, mut device) = with_device(stage);
        device.password.replace_range(..1, "!");
        assert_eq!(refusal(device.sign_in(&stage, "ann")), INCORRECT);
        device.password = device.verifier().password.to_string();
        device.group_key.push('x');
        assert_eq!(refusal(device.sign_in(&stage, "ann")), INCORRECT);
    }

    fn a_devices_proof_is_good_once(stage) {
        let (stage, device) = with_device(stage);
        let proof = device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        stage.ok("RespondToAuthChallenge", proof.clone());
        assert_eq!(stage.refused("RespondToAuthChallenge", proof.clone()), USED_SESSION);
        // With another session it is no better: its exchange is over.
        let challenge = device.password_sign_in(&stage, "ann").unwrap();
        let mut replayed = proof;
        replayed["Session"] = device.answer(&stage, "ann", &challenge)["Session"].clone();
        assert_eq!(stage.refused("RespondToAuthChallenge", replayed), INCORRECT);
    }

    fn a_wrong_proof_uses_up_the_exchange(stage) {
        let (stage, device) = with_device(stage);
        let right = device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        let wrong = changed(&right, "PASSWORD_CLAIM_SIGNATURE", "AAAA");
        assert_eq!(stage.refused("RespondToAuthChallenge", wrong), INCORRECT);
        assert_eq!(stage.refused("RespondToAuthChallenge", right), USED_SESSION);
    }

    fn a_proof_has_its_time(stage) {
        let (stage, device) = with_device(stage);
        let answer = || device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        let late = timestamp(stage.now().0 + 1000);
        assert_eq!(stage.refused("RespondToAuthChallenge", changed(&answer(), "TIMESTAMP", &late)), INCORRECT);
        let proof = answer();
        stage.advance(31);
        assert_eq!(stage.refused("RespondToAuthChallenge", proof), INCORRECT);
        let challenge = device.password_sign_in(&stage, "ann").unwrap();
        stage.advance(3 * 60);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", device.srp_input(&stage, "ann", &challenge["Session"])),
            "NotAuthorizedException: Invalid session for the user, session is expired."
        );
    }

    fn public_values_that_prove_nothing_are_refused(stage) {
        let (stage, device) = with_device(stage);
        let challenge = device.password_sign_in(&stage, "ann").unwrap();
        for public in ["0", "xyz", &"1".repeat(4000)] {
            let input = changed(&device.srp_input(&stage, "ann", &challenge["Session"]), "SRP_A", public);
            assert_eq!(stage.refused("RespondToAuthChallenge", input), "InvalidParameterException: Invalid SRP_A");
        }
    }

    fn sessions_are_their_challenges_users_and_clients(stage) {
        let (mut stage, device) = with_device(stage);
        stage.confirmed("bob");
        let challenge = device.password_sign_in(&stage, "ann").unwrap();
        let session = &challenge["Session"];
        let made_up = json!("a-session-that-was-never-opened");
        for (name, session) in [("bob", session), ("ann", &made_up)] {
            let input = device.srp_input(&stage, name, session);
            assert_eq!(stage.refused("RespondToAuthChallenge", input), INVALID_SESSION);
        }
        let mut proof = device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        let answered = proof["Session"].take();
        proof["Session"] = session.clone();
        assert_eq!(stage.refused("RespondToAuthChallenge", proof.clone()), INVALID_SESSION);
        assert_eq!(stage.refused("RespondToAuthChallenge", device.srp_input(&stage, "ann", &answered)), INVALID_SESSION);
        let input = device.srp_input(&stage, "ann", session);
        stage.use_client(json!({}));
        let mut foreign = input.clone();
        foreign["ClientId"] = json!(stage.client);
        assert_eq!(stage.refused("RespondToAuthChallenge", foreign), INVALID_SESSION);
        stage.ok("RespondToAuthChallenge", input);
    }

    /// As pycognito does.
    fn a_device_may_answer_without_the_session(stage) {
        let (mut stage, device) = with_device(stage);
        let other = Device::confirmed(&stage, "ann");
        let begin = |stage: &Stage, device: &Device| sessionless(device.srp_input(stage, "ann", &json!("")));
        assert_eq!(
            stage.refused("RespondToAuthChallenge", begin(&stage, &device)),
            "InvalidParameterException: Missing required parameter Session"
        );
        device.password_sign_in(&stage, "ann").unwrap();
        assert_eq!(
            stage.refused("RespondToAuthChallenge", begin(&stage, &other)),
            "InvalidParameterException: Missing required parameter Session"
        );
        let own = stage.client.clone();
        stage.use_client(json!({}));
        assert_eq!(stage.refused("RespondToAuthChallenge", begin(&stage, &device)), INVALID_SESSION);
        stage.client = own;
        let verifier = stage.ok("RespondToAuthChallenge", begin(&stage, &device));
        let proof = sessionless(device.proof(&stage, "ann", &verifier));
        assert_eq!(stage.refused("RespondToAuthChallenge", begin(&stage, &device)), INVALID_SESSION);
        assert!(stage.ok("RespondToAuthChallenge", proof.clone())["AuthenticationResult"].is_object());
        assert_eq!(stage.refused("RespondToAuthChallenge", proof), USED_SESSION);

        device.password_sign_in(&stage, "ann").unwrap();
        stage.advance(3 * 60);
        assert!(stage.call("RespondToAuthChallenge", begin(&stage, &device)).is_err());
    }

    fn the_device_that_was_named_is_the_one_to_prove(stage) {
        let (stage, named) = with_device(stage);
        let other = Device::confirmed(&stage, "ann");
        let challenge = named.password_sign_in(&stage, "ann").unwrap();
        let session = &challenge["Session"];
        assert_eq!(stage.refused("RespondToAuthChallenge", other.srp_input(&stage, "ann", session)), INVALID_SESSION);
        let verifier = stage.ok("RespondToAuthChallenge", named.srp_input(&stage, "ann", session));
        let proof = changed(&other.proof(&stage, "ann", &verifier), "DEVICE_KEY", &named.key);
        assert_eq!(stage.refused("RespondToAuthChallenge", proof), INCORRECT);
    }

    fn a_devices_exchange_proves_no_password(stage) {
        let (stage, device) = with_device(stage);
        let mut proof = device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        proof["ChallengeName"] = json!("PASSWORD_VERIFIER");
        proof["Session"].take();
        proof["ChallengeResponses"]["DEVICE_KEY"].take();
        assert_eq!(stage.refused("RespondToAuthChallenge", changed(&proof, "USERNAME", &device.key)), INCORRECT);
        let password = stage.srp_answer("ann", PASSWORD).unwrap();
        let challenge = device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        let mut mixed = password;
        mixed["ChallengeName"] = json!("DEVICE_PASSWORD_VERIFIER");
        mixed["Session"] = challenge["Session"].clone();
        assert_eq!(stage.refused("RespondToAuthChallenge", changed(&mixed, "DEVICE_KEY", &device.key)), INCORRECT);
    }

    fn a_device_that_the_user_does_not_have_is_said_not_to_exist(stage) {
        let (stage, device) = with_device(stage);
        stage.confirmed("bob");
        let unconfirmed = Device::new(&stage, "ann");
        assert_eq!(refusal(device.password_sign_in(&stage, "bob")), NO_DEVICE);
        assert_eq!(refusal(unconfirmed.password_sign_in(&stage, "ann")), NO_DEVICE);
        stage.ok("ForgetDevice", device.input());
        assert_eq!(refusal(device.password_sign_in(&stage, "ann")), NO_DEVICE);
    }

    fn nobody_learns_from_a_device_who_exists(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.use_client(json!({ "PreventUserExistenceErrors": "ENABLED" }));
        stage.confirmed("ann");
        stage.confirmed("bob");
        let device = Device::confirmed(&stage, "ann");
        for name in ["bob", "nobody"] {
            assert_eq!(refusal(device.password_sign_in(&stage, name)), NO_DEVICE, "{name}");
            let answer = changed(&stage.srp_answer(name, PASSWORD).unwrap(), "DEVICE_KEY", &device.key);
            assert_eq!(stage.refused("RespondToAuthChallenge", answer), NO_DEVICE, "{name}");
        }
    }

    /// As amazon-cognito-identity-js does when its device has been forgotten.
    fn the_same_proof_may_be_sent_again_without_the_device(stage) {
        let (stage, device) = with_device(stage);
        stage.ok("ForgetDevice", device.input());
        let answer = changed(&stage.srp_answer("ann", PASSWORD).unwrap(), "DEVICE_KEY", &device.key);
        assert_eq!(stage.refused("RespondToAuthChallenge", answer.clone()), NO_DEVICE);
        let mut without = answer;
        without["ChallengeResponses"]["DEVICE_KEY"] = json!(null);
        let tokens = &stage.ok("RespondToAuthChallenge", without)["AuthenticationResult"];
        assert_ne!(tokens["NewDeviceMetadata"]["DeviceKey"], json!(device.key));
        assert!(tokens["NewDeviceMetadata"]["DeviceKey"].is_string());
    }

    fn a_device_does_not_stand_for_the_password(stage) {
        let (stage, device) = with_device(stage);
        let mut input = stage.password_input("ann", "Wrong-horse-7");
        input["AuthParameters"]["DEVICE_KEY"] = json!(device.key);
        assert_eq!(stage.refused("InitiateAuth", input), INCORRECT);
        let answer = changed(&stage.srp_answer("ann", "Wrong-horse-7").unwrap(), "DEVICE_KEY", &device.key);
        assert_eq!(stage.refused("RespondToAuthChallenge", answer), INCORRECT);
    }

    fn a_known_device_proves_itself_and_is_not_new(stage) {
        let (stage, device) = with_device(stage);
        let first = claims(&device.tokens["AccessToken"]);
        stage.advance(60);
        let challenge = device.password_sign_in(&stage, "ann").unwrap();
        assert!(challenge.get("AuthenticationResult").is_none());
        let tokens = stage.ok("RespondToAuthChallenge", device.answer(&stage, "ann", &challenge))["AuthenticationResult"].clone();
        assert!(tokens.get("NewDeviceMetadata").is_none());
        let access = claims(&tokens["AccessToken"]);
        assert_eq!(access["device_key"], json!(device.key));
        assert_ne!(access["origin_jti"], first["origin_jti"]);
        assert!(claims(&tokens["IdToken"]).get("device_key").is_none());

        let input = stage.with_pool(json!({ "Username": "ann", "DeviceKey": device.key }));
        let seen = &stage.ok("AdminGetDevice", input)["Device"];
        assert_eq!(seen["DeviceCreateDate"], json!(1_700_000_000.0));
        assert_eq!(seen["DeviceLastAuthenticatedDate"], json!(1_700_000_060.0));
    }

    fn a_known_device_proves_itself_after_srp_too(stage) {
        let (stage, device) = with_device(stage);
        let answer = changed(&stage.srp_answer("ann", PASSWORD).unwrap(), "DEVICE_KEY", &device.key);
        let challenge = stage.ok("RespondToAuthChallenge", answer);
        let proof = device.answer(&stage, "ann", &challenge);
        assert!(stage.ok("RespondToAuthChallenge", proof)["AuthenticationResult"]["AccessToken"].is_string());
    }

    /// amazon-cognito-identity-js goes on with the session that it answered the second factor with.
    fn after_a_second_factor_the_session_goes_on(stage) {
        let mut stage = stage;
        tracks(&mut stage, false, false);
        stage.confirmed("ann");
        let device = Device::confirmed(&stage, "ann");
        offers(&stage, "ON", &["EMAIL_OTP"]);
        let asked = device.password_sign_in(&stage, "ann").unwrap();
        let code = stage.with_client(json!({
            "ChallengeName": "EMAIL_OTP", "Session": asked["Session"],
            "ChallengeResponses": { "USERNAME": "ann", "EMAIL_OTP_CODE": stage.last_code() },
        }));
        let mut challenge = stage.ok("RespondToAuthChallenge", code.clone());
        assert_eq!(stage.refused("RespondToAuthChallenge", code), INVALID_SESSION);
        challenge["Session"] = asked["Session"].clone();
        let proof = device.answer(&stage, "ann", &challenge);
        assert_eq!(
            stage.refused("RespondToAuthChallenge", device.srp_input(&stage, "ann", &asked["Session"])),
            USED_SESSION
        );
        assert!(stage.ok("RespondToAuthChallenge", proof)["AuthenticationResult"]["AccessToken"].is_string());
    }

    fn a_session_that_a_client_made_up_is_not_taken_over(stage) {
        let (stage, device) = with_device(stage);
        let mut input = stage.password_input("ann", PASSWORD);
        input["AuthParameters"]["DEVICE_KEY"] = json!(device.key);
        input["Session"] = json!("a-session-that-was-never-opened");
        assert_ne!(stage.ok("InitiateAuth", input.clone())["Session"], input["Session"]);
    }

    fn a_device_that_is_forgotten_meanwhile_ends_the_sign_in(stage) {
        let (stage, device) = with_device(stage);
        let challenge = device.password_sign_in(&stage, "ann").unwrap();
        let proof = device.answer(&stage, "ann", &device.password_sign_in(&stage, "ann").unwrap());
        stage.ok("ForgetDevice", device.input());
        assert_eq!(stage.refused("RespondToAuthChallenge", device.srp_input(&stage, "ann", &challenge["Session"])), NO_DEVICE);
        assert_eq!(stage.refused("RespondToAuthChallenge", proof), NO_DEVICE);
    }

    fn a_refresh_token_works_on_its_confirmed_device_only(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let mut device = Device::new(&stage, "ann");
        assert_eq!(refusal(refresh(&stage, &device, Some(&device.key))), INVALID_REFRESH);
        device.confirm(&stage).unwrap();
        let other = Device::confirmed(&stage, "ann");
        for key in [None, Some(other.key.as_str())] {
            assert_eq!(refusal(refresh(&stage, &device, key)), INVALID_REFRESH);
        }
        let tokens = refresh(&stage, &device, Some(&device.key)).unwrap()["AuthenticationResult"].clone();
        assert_eq!(claims(&tokens["AccessToken"])["device_key"], json!(device.key));
        assert!(tokens.get("NewDeviceMetadata").is_none());
        stage.ok("ForgetDevice", other.input());
        assert_eq!(refusal(refresh(&stage, &other, Some(&other.key))), INVALID_REFRESH);
        refresh(&stage, &device, Some(&device.key)).unwrap();
        stage.ok("UpdateUserPool", stage.with_pool(json!({})));
        refresh(&stage, &device, None).unwrap();
    }
}

/// A pool that remembers devices, Ann, and a device of hers.
fn with_device(mut stage: Stage) -> (Stage, Device) {
    remembers(&mut stage);
    stage.confirmed("ann");
    let device = Device::confirmed(&stage, "ann");
    (stage, device)
}

fn refresh(stage: &Stage, device: &Device, key: Option<&str>) -> Result<Value, cognito_idp::Error> {
    let mut input = stage.refresh_input(&device.tokens["RefreshToken"]);
    input["AuthParameters"]["DEVICE_KEY"] = json!(key);
    stage.call("InitiateAuth", input)
}

fn changed(answer: &Value, response: &str, value: &str) -> Value {
    let mut answer = answer.clone();
    answer["ChallengeResponses"][response] = json!(value);
    assert_eq!(text(&answer["ChallengeResponses"][response]), value);
    answer
}

fn sessionless(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("Session");
    answer
}
