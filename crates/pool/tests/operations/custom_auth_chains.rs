//! Custom authentication with all that the pool puts between: proofs of the password, second factors, new passwords,
//! devices.

use serde_json::{Value, json};

use crate::{
    device::Device,
    factors::{self, offers, turn_on, user},
    lambda::{answer_input, custom_input, custom_srp_input, trigger, use_riddle},
    over_both_stores,
    stage::{PASSWORD, Stage, claims},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const OWN_PASSWORD: &str = "Battery-staple-8";

over_both_stores! {
    fn a_wrong_password_ends_it_before_any_question(stage) {
        let stage = with_ann(stage, json!({}));
        let challenge = stage.ok("InitiateAuth", custom_srp_input(&stage, "ann"));
        assert_eq!(sessions(&stage), [json!(["SRP_A"])]);
        assert_eq!(stage.refused("RespondToAuthChallenge", stage.proof(&challenge, "Wrong-horse-7")), INCORRECT);
        assert_eq!(stage.refused("RespondToAuthChallenge", stage.proof(&challenge, PASSWORD)), INCORRECT);
        assert!(stage.lambda.events().is_empty());
    }

    fn public_values_that_prove_nothing_are_refused(stage) {
        let stage = with_ann(stage, json!({}));
        for public in ["0", "xyz", ""] {
            let mut input = custom_srp_input(&stage, "ann");
            input["AuthParameters"]["SRP_A"] = json!(public);
            assert!(stage.refused("InitiateAuth", input).starts_with("InvalidParameterException: "));
        }
        assert!(stage.lambda.events().is_empty());
    }

    fn a_proof_does_not_stand_for_the_answer(stage) {
        let stage = with_ann(stage, json!({}));
        let mut question = proved(&stage, custom_srp_input(&stage, "ann"));
        for _ in 0..2 {
            question = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "5"));
        }
        assert_eq!(stage.refused("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "5")), INCORRECT);
    }

    fn the_password_comes_first_with_srp(stage) {
        let stage = with_ann(stage, json!({}));
        let question = proved(&stage, custom_srp_input(&stage, "ann"));
        let done = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert_eq!(claims(&done["AuthenticationResult"]["IdToken"])["email"], "ann@example.com");
        assert_eq!(sessions(&stage), [
            json!(["SRP_A"]),
            json!(["SRP_A", "PASSWORD_VERIFIER"]),
            json!(["SRP_A", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE"]),
        ]);
    }

    fn the_password_may_come_after_the_question_but_once(stage) {
        let stage = with_ann(stage, json!({}));
        stage.lambda.are_riddle_but(|event| if trigger(event) == "DefineAuthChallenge" {
            let next = match event["request"]["session"].as_array().unwrap().len() {
                1 => "CUSTOM_CHALLENGE",
                _ => "PASSWORD_VERIFIER",
            };
            event["response"] = json!({ "challengeName": next });
        });
        let question = stage.ok("InitiateAuth", custom_srp_input(&stage, "ann"));
        let challenge = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
        assert_eq!(
            stage.refused("RespondToAuthChallenge", stage.proof(&challenge, PASSWORD)),
            "InvalidLambdaResponseException: Unrecognizable lambda output"
        );
    }

    fn a_second_factor_comes_between_password_and_question(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        offers(&stage, "OPTIONAL", &["SMS_MFA"]);
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], true);
        let asked = proved(&stage, custom_srp_input(&stage, "ann"));
        assert_eq!(asked["ChallengeName"], "SMS_MFA");
        let code = stage.last_code();
        let wrong = factors::answer(&stage, "ann", &asked, &factors::another_than(&code));
        assert_eq!(crate::stage::refusal(wrong), "CodeMismatchException: Invalid code or auth state for the user.");
        let question = factors::answer(&stage, "ann", &asked, &code).unwrap();
        let done = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(sessions(&stage), [
            json!(["SRP_A"]),
            json!(["SRP_A", "PASSWORD_VERIFIER", "SMS_MFA"]),
            json!(["SRP_A", "PASSWORD_VERIFIER", "SMS_MFA", "CUSTOM_CHALLENGE"]),
        ]);
    }

    /// What the service's team says: a second factor is only asked for after a password.
    fn without_a_password_no_second_factor_is_asked_for(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        offers(&stage, "ON", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
        user(&stage, "ann");
        let question = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let done = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(proved(&stage, custom_srp_input(&stage, "ann"))["ChallengeName"], "SMS_MFA");
    }

    /// What the service does: the new password ends the sign-in, whatever the triggers would still ask.
    fn a_temporary_password_is_replaced_and_then_it_is_over(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        invite(&stage, "ann");
        let asked = proved(&stage, custom_srp_input(&stage, "ann"));
        assert_eq!(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        let done = stage.ok(
            "RespondToAuthChallenge",
            factors::answer_input(&stage, "ann", &asked, "NEW_PASSWORD", OWN_PASSWORD),
        );
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(sessions(&stage), [json!(["SRP_A"])]);
    }

    fn who_was_invited_signs_in_without_a_password(stage) {
        let mut stage = stage;
        use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
        invite(&stage, "ann");
        let question = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let done = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
        assert_eq!(stage.admin_user("ann")["UserStatus"], "FORCE_CHANGE_PASSWORD");
    }

    fn a_known_device_proves_itself_after_the_questions(stage) {
        let (stage, device) = with_device(stage);
        let question = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let mut answer = answer_input(&stage, "ann", &question, "4");
        answer["ChallengeResponses"]["DEVICE_KEY"] = json!(device.key);
        let challenge = stage.ok("RespondToAuthChallenge", answer);
        assert_eq!(challenge["ChallengeName"], "DEVICE_SRP_AUTH");
        stage.lambda.events();
        let done = stage.ok("RespondToAuthChallenge", device.answer(&stage, "ann", &challenge));
        let tokens = &done["AuthenticationResult"];
        assert_eq!(claims(&tokens["AccessToken"])["device_key"], json!(device.key));
        assert!(tokens.get("NewDeviceMetadata").is_none());
        assert!(stage.lambda.events().is_empty(), "the triggers have said their last");
    }

    fn a_device_that_stands_for_the_second_factor_does_so_here(stage) {
        let (stage, device) = with_device(stage);
        offers(&stage, "ON", &["EMAIL_OTP"]);
        let challenge = stage.ok("InitiateAuth", custom_srp_input(&stage, "ann"));
        let mut proof = stage.proof(&challenge, PASSWORD);
        proof["ChallengeResponses"]["DEVICE_KEY"] = json!(device.key);
        let question = stage.ok("RespondToAuthChallenge", proof);
        let challenge = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert_eq!(challenge["ChallengeName"], "DEVICE_SRP_AUTH");
        let done = stage.ok("RespondToAuthChallenge", device.answer(&stage, "ann", &challenge));
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
    }

    fn a_device_that_is_not_the_users_does_not_use_up_the_session(stage) {
        let (stage, device) = with_device(stage);
        stage.ok("ForgetDevice", device.input());
        let question = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        let without = answer_input(&stage, "ann", &question, "4");
        let mut with = without.clone();
        with["ChallengeResponses"]["DEVICE_KEY"] = json!(device.key);
        assert_eq!(stage.refused("RespondToAuthChallenge", with), "ResourceNotFoundException: Device does not exist.");
        stage.ok("RespondToAuthChallenge", without);
    }

    fn threat_protection_sees_one_sign_in(stage) {
        let stage = with_ann(stage, json!({ "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } }));
        let sign_ins = || {
            let events = stage.events("ann").into_iter();
            let sign_ins = events.filter(|event| event["EventType"] == "SignIn");
            sign_ins.map(|event| event["EventResponse"].clone()).collect::<Vec<_>>()
        };
        let question = proved(&stage, custom_srp_input(&stage, "ann"));
        let again = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "5"));
        assert_eq!(sign_ins(), ["InProgress"]);
        stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &again, "4"));
        assert_eq!(sign_ins(), ["Pass"]);
        let question = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
        assert_eq!(sign_ins(), ["Pass", "Pass"]);
    }

    /// What the service's team says: new devices are only tracked by the other flows.
    fn a_new_device_is_not_tracked(stage) {
        let (stage, _) = with_device(stage);
        for question in [
            stage.ok("InitiateAuth", custom_input(&stage, "ann")),
            proved(&stage, custom_srp_input(&stage, "ann")),
        ] {
            let done = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &question, "4"));
            let tokens = &done["AuthenticationResult"];
            assert!(tokens.get("NewDeviceMetadata").is_none());
            stage.ok("InitiateAuth", stage.refresh_input(&tokens["RefreshToken"]));
        }
    }
}

/// A pool with the riddle, and Ann.
fn with_ann(mut stage: Stage, settings: Value) -> Stage {
    use_riddle(
        &mut stage,
        crate::stage::merged(json!({ "AutoVerifiedAttributes": ["email"] }), settings),
    );
    stage.confirmed("ann");
    stage
}

/// One that remembers devices, too, and a device of Ann's.
fn with_device(stage: Stage) -> (Stage, Device) {
    let stage = with_ann(
        stage,
        json!({ "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false } }),
    );
    let device = Device::confirmed(&stage, "ann");
    (stage, device)
}

fn invite(stage: &Stage, name: &str) {
    stage.ok(
        "AdminCreateUser",
        stage.with_pool(json!({ "Username": name, "TemporaryPassword": PASSWORD })),
    );
}

/// What follows the proof of the password.
fn proved(stage: &Stage, input: Value) -> Value {
    let challenge = stage.ok("InitiateAuth", input);
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    stage.ok("RespondToAuthChallenge", stage.proof(&challenge, PASSWORD))
}

/// The challenges that `DefineAuthChallenge` was told of, each time since this was last asked.
fn sessions(stage: &Stage) -> Vec<Value> {
    let events = stage.lambda.events().into_iter();
    let defines = events.filter(|event| trigger(event) == "DefineAuthChallenge");
    let names = |event: Value| {
        let session = event["request"]["session"].as_array().unwrap().iter();
        session
            .map(|result| result["challengeName"].clone())
            .collect()
    };
    defines.map(names).collect()
}
