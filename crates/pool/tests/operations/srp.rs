use cognito_srp::timestamp;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, claims, refusal},
};

const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";

/// The group's prime, as RFC 3526 (section 4) prints it.
const N: &str = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD\
EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F\
83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510\
15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

over_both_stores! {
    fn a_wrong_password_is_refused(stage) {
        stage.confirmed("ann");
        assert_eq!(refusal(stage.srp_sign_in("ann", "Correct-horse-8")), INCORRECT);
    }

    fn public_values_that_prove_nothing_are_refused(stage) {
        stage.confirmed("ann");
        for public in ["0", "00", N, &format!("{N}0"), "xyz", "-1", &"1".repeat(4000)] {
            assert_eq!(
                stage.refused("InitiateAuth", stage.srp_input("ann", public)),
                "InvalidParameterException: Invalid SRP_A",
                "{public:.20}"
            );
        }
    }

    fn a_right_password_signs_in_without_a_session(stage) {
        stage.confirmed("ann");
        let answer = stage.srp_sign_in("ann", PASSWORD).unwrap();
        assert_eq!(claims(&answer["AuthenticationResult"]["AccessToken"])["username"], "ann");
    }

    fn the_challenge_has_the_five_parameters(stage) {
        stage.confirmed("ann");
        let challenge = stage.ok("InitiateAuth", stage.srp_input("ann", "2"));
        assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
        let names: Vec<_> = challenge["ChallengeParameters"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"]);
    }

    fn a_proof_is_good_once(stage) {
        stage.confirmed("ann");
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        stage.ok("RespondToAuthChallenge", answer.clone());
        assert_eq!(stage.refused("RespondToAuthChallenge", answer), INCORRECT);
    }

    fn a_failed_proof_uses_up_the_exchange(stage) {
        stage.confirmed("ann");
        let right = stage.srp_answer("ann", PASSWORD).unwrap();
        let wrong = changed(&right, "PASSWORD_CLAIM_SIGNATURE", "AAAA");
        assert_eq!(stage.refused("RespondToAuthChallenge", wrong), INCORRECT);
        assert_eq!(stage.refused("RespondToAuthChallenge", right), INCORRECT);
    }

    fn a_secret_block_cannot_be_made_up_or_moved(stage) {
        stage.confirmed("ann");
        stage.confirmed("bob");
        let anns = stage.srp_answer("ann", PASSWORD).unwrap();
        let bobs = stage.srp_answer("bob", PASSWORD).unwrap();
        let moved = changed(&anns, "PASSWORD_CLAIM_SECRET_BLOCK", bobs["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"].as_str().unwrap());
        assert_eq!(stage.refused("RespondToAuthChallenge", moved), INCORRECT);
        let made_up = changed(&anns, "PASSWORD_CLAIM_SECRET_BLOCK", "c2VjcmV0IGJsb2Nr");
        assert_eq!(stage.refused("RespondToAuthChallenge", made_up), INCORRECT);
        let renamed = changed(&anns, "USERNAME", "bob");
        assert_eq!(stage.refused("RespondToAuthChallenge", renamed), INCORRECT);
    }

    fn another_client_cannot_answer(stage) {
        let mut stage = stage;
        stage.confirmed("ann");
        let mut answer = stage.srp_answer("ann", PASSWORD).unwrap();
        stage.use_client(json!({}));
        answer["ClientId"] = json!(stage.client);
        assert_eq!(stage.refused("RespondToAuthChallenge", answer), INCORRECT);
    }

    fn a_session_from_nowhere_is_refused(stage) {
        stage.confirmed("ann");
        let mut answer = stage.srp_answer("ann", PASSWORD).unwrap();
        answer["Session"] = json!("a-session-that-was-never-opened");
        assert_eq!(
            stage.refused("RespondToAuthChallenge", answer),
            "NotAuthorizedException: Invalid session for the user."
        );
    }

    fn the_service_waits_half_a_minute_for_the_proof(stage) {
        stage.confirmed("ann");
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        stage.advance(29);
        stage.ok("RespondToAuthChallenge", answer);
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        stage.advance(31);
        assert_eq!(stage.refused("RespondToAuthChallenge", answer), INCORRECT);
    }

    fn a_time_that_cannot_be_is_refused(stage) {
        stage.confirmed("ann");
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        assert_eq!(
            stage.refused("RespondToAuthChallenge", changed(&answer, "TIMESTAMP", "2023-11-14T22:13:20Z")),
            "InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."
        );
        let yesterday = timestamp(stage.now().0 - 24 * 60 * 60 * 1000);
        assert_eq!(stage.refused("RespondToAuthChallenge", changed(&answer, "TIMESTAMP", &yesterday)), INCORRECT);
    }

    fn a_changed_time_breaks_the_proof(stage) {
        stage.confirmed("ann");
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        let later = timestamp(stage.now().0 + 1000);
        assert_eq!(stage.refused("RespondToAuthChallenge", changed(&answer, "TIMESTAMP", &later)), INCORRECT);
    }

    fn the_answer_may_come_under_either_name(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        stage.ok("SignUp", stage.with_client(json!({ "Username": "ann@example.com", "Password": PASSWORD })));
        stage.confirm("ann@example.com");
        let by_id = stage.srp_answer("ann@example.com", PASSWORD).unwrap();
        assert_ne!(by_id["ChallengeResponses"]["USERNAME"], "ann@example.com");
        stage.ok("RespondToAuthChallenge", by_id);
        let by_name = changed(&stage.srp_answer("ann@example.com", PASSWORD).unwrap(), "USERNAME", "ann@example.com");
        stage.ok("RespondToAuthChallenge", by_name);
    }

    fn a_password_that_changed_meanwhile_ends_the_exchange(stage) {
        stage.confirmed("ann");
        let answer = stage.srp_answer("ann", PASSWORD).unwrap();
        stage.ok("AdminSetUserPassword", stage.with_pool(json!({
            "Username": "ann", "Password": "Battery-staple-8", "Permanent": true,
        })));
        assert_eq!(stage.refused("RespondToAuthChallenge", answer), INCORRECT);
    }
}

fn changed(answer: &Value, response: &str, value: &str) -> Value {
    let mut answer = answer.clone();
    answer["ChallengeResponses"][response] = json!(value);
    answer
}
