//! What the triggers of a custom authentication are told, and what becomes of what they say.

use std::sync::Arc;

use cognito_idp::Operation;
use cognito_pool::LambdaError;
use serde_json::{Value, json};

use crate::{
    lambda::{answer_input, custom_input, riddle, trigger, use_riddle},
    over_both_stores,
    stage::{Stage, attribute, merged, refusal},
};

const TRIGGERS: [&str; 3] = [
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
];
const UNRECOGNIZABLE: &str = "InvalidLambdaResponseException: Unrecognizable lambda output";

over_both_stores! {
    fn a_trigger_that_is_missing_is_named(stage) {
        let mut stage = stage;
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
        for (triggers, expected) in [(json!({}), 0), (json!({ "DefineAuthChallenge": arn }), 1)] {
            use_riddle(&mut stage, json!({ "LambdaConfig": triggers, "AutoVerifiedAttributes": ["email"] }));
            stage.confirmed("ann");
            assert_eq!(
                stage.refused("InitiateAuth", custom_input(&stage, "ann")),
                "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool."
            );
            assert_eq!(stage.lambda.events().len(), expected);
        }
    }

    fn a_trigger_of_later_is_not_passed_over(stage) {
        let mut stage = with_ann(stage);
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
        for later in ["PreAuthentication", "PostAuthentication", "PreTokenGeneration", "UserMigration"] {
            let triggers = json!({ "DefineAuthChallenge": arn, later: arn });
            stage.ok("UpdateUserPool", stage.with_pool(json!({ "LambdaConfig": triggers })));
            let refused = stage.refused("InitiateAuth", custom_input(&stage, "ann"));
            assert!(refused.starts_with("UnsupportedOperationException: "), "{later}: {refused}");
        }
        assert!(stage.lambda.events().is_empty());
        stage = with_ann(stage);
        stage.ok("InitiateAuth", custom_input(&stage, "ann"));
    }

    fn who_fails_is_quoted(stage) {
        let stage = with_ann(stage);
        for name in TRIGGERS {
            stage.lambda.are(move |event| match trigger(event) == name {
                true => Err(LambdaError::Failed("no \"luck\"".to_owned())),
                false => { riddle(event); Ok(()) }
            });
            assert_eq!(
                refusal(sign_in(&stage)),
                format!("UserLambdaValidationException: {name} failed with error no \"luck\".")
            );
        }
    }

    fn who_cannot_be_reached_is_named(stage) {
        let stage = with_ann(stage);
        for name in TRIGGERS {
            stage.lambda.are(move |event| match trigger(event) == name {
                true => Err(LambdaError::Unreachable("Socket timeout while invoking Lambda function".to_owned())),
                false => { riddle(event); Ok(()) }
            });
            assert_eq!(
                refusal(sign_in(&stage)),
                format!("UnexpectedLambdaException: {name} invocation failed due to error Socket timeout while invoking Lambda function.")
            );
        }
    }

    fn rubbish_is_refused(stage) {
        let stage = with_ann(stage);
        let cases = [
            ("DefineAuthChallenge", json!({ "challengeName": 1 })),
            ("DefineAuthChallenge", json!({ "issueTokens": "true" })),
            ("DefineAuthChallenge", json!({ "issueTokens": true, "challengeParameters": {} })),
            ("CreateAuthChallenge", json!({ "publicChallengeParameters": [] })),
            ("CreateAuthChallenge", json!({ "publicChallengeParameters": { "question": 2 } })),
            ("CreateAuthChallenge", json!({ "privateChallengeParameters": "4" })),
            ("CreateAuthChallenge", json!({ "challengeMetadata": {} })),
            ("VerifyAuthChallengeResponse", json!({ "answerCorrect": 1 })),
            ("VerifyAuthChallengeResponse", json!({ "answerCorrect": "true" })),
        ];
        let anything = [json!(null), json!("CUSTOM_CHALLENGE"), json!([true]), json!(1)];
        let cases = cases.into_iter().chain(TRIGGERS.into_iter().flat_map(|name| anything.clone().map(|response| (name, response))));
        for (name, response) in cases {
            let said = response.clone();
            stage.lambda.are_riddle_but(move |event| if trigger(event) == name { event["response"] = said.clone() });
            assert_eq!(refusal(sign_in(&stage)), UNRECOGNIZABLE, "{name} {response}");
        }
        for answer in [json!(null), json!("yes"), json!([]), json!({}), json!({ "issueTokens": true })] {
            stage.lambda.are_riddle_but(move |event| *event = answer.clone());
            assert_eq!(refusal(sign_in(&stage)), UNRECOGNIZABLE);
        }
        stage.lambda.are(|_| Err(LambdaError::Malformed));
        assert_eq!(refusal(sign_in(&stage)), UNRECOGNIZABLE);
    }

    fn who_decides_nothing_or_what_is_not_theirs_is_refused(stage) {
        let stage = with_ann(stage);
        for response in [
            json!({}),
            json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null }),
            json!({ "challengeName": "", "issueTokens": false, "failAuthentication": false }),
            json!({ "challengeName": "PASSWORD_VERIFIER" }),
            json!({ "challengeName": "SRP_A" }),
            json!({ "challengeName": "SMS_MFA" }),
            json!({ "challengeName": "NEW_PASSWORD_REQUIRED" }),
            json!({ "challengeName": "MY_CHALLENGE" }),
        ] {
            let said = response.clone();
            stage.lambda.are_riddle_but(move |event| event["response"] = said.clone());
            assert_eq!(stage.refused("InitiateAuth", custom_input(&stage, "ann")), UNRECOGNIZABLE, "{response}");
        }
    }

    fn a_trigger_that_never_lets_in_is_asked_for_ever(stage) {
        let stage = with_ann(stage);
        stage.lambda.are_riddle_but(|event| if trigger(event) == "DefineAuthChallenge" {
            event["response"] = json!({ "challengeName": "CUSTOM_CHALLENGE" });
        });
        let mut challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        for _ in 0..20 {
            challenge = stage.ok("RespondToAuthChallenge", answer_input(&stage, "ann", &challenge, "4"));
        }
        let last = stage.lambda.events().into_iter().rfind(|event| trigger(event) == "DefineAuthChallenge").unwrap();
        assert_eq!(last["request"]["session"].as_array().unwrap().len(), 20);
    }

    fn an_answer_that_nobody_judges_is_wrong(stage) {
        let stage = with_ann(stage);
        for response in [json!({}), json!({ "answerCorrect": null }), json!({ "answerCorrect": false })] {
            stage.lambda.are_riddle_but(move |event| if trigger(event) == "VerifyAuthChallengeResponse" { event["response"] = response.clone() });
            assert_eq!(sign_in(&stage).unwrap()["ChallengeName"], "CUSTOM_CHALLENGE");
        }
    }

    fn a_question_need_not_say_anything(stage) {
        let stage = with_ann(stage);
        stage.lambda.are_riddle_but(|event| if trigger(event) == "CreateAuthChallenge" { event["response"] = json!({}) });
        let challenge = stage.ok("InitiateAuth", custom_input(&stage, "ann"));
        assert_eq!(challenge["ChallengeParameters"], json!({ "USERNAME": "ann" }));
    }

    /// The events are those of the developer guide, with the members that its page on Lambda triggers says all have.
    fn triggers_are_told_what_the_service_tells_them(stage) {
        let stage = with_ann(stage);
        let challenge = stage.ok("InitiateAuth", merged(custom_input(&stage, "ann"), json!({ "ClientMetadata": { "of": "InitiateAuth" } })));
        let answer = merged(answer_input(&stage, "ann", &challenge, "5"), json!({ "ClientMetadata": { "of": "RespondToAuthChallenge" } }));
        stage.ok("RespondToAuthChallenge", answer);

        let shown = stage.admin_user("ann");
        let attributes = json!({
            "sub": attribute(&shown["UserAttributes"], "sub"),
            "email": "ann@example.com", "email_verified": "true",
            "cognito:user_status": "CONFIRMED",
        });
        let event = |name: &str, request: Value, response: Value| json!({
            "version": "1",
            "region": "us-east-1",
            "userPoolId": stage.pool,
            "userName": "ann",
            "callerContext": { "awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": stage.client },
            "triggerSource": name,
            "request": merged(json!({ "userAttributes": attributes }), request),
            "response": response,
        });
        let define = json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null });
        let create = json!({ "publicChallengeParameters": null, "privateChallengeParameters": null, "challengeMetadata": null });
        let wrong = json!([{ "challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": "RIDDLE" }]);
        let metadata = json!({ "of": "RespondToAuthChallenge" });
        let expected = [
            event("DefineAuthChallenge_Authentication", json!({ "session": [] }), define.clone()),
            event("CreateAuthChallenge_Authentication", json!({ "challengeName": "CUSTOM_CHALLENGE", "session": [] }), create.clone()),
            event(
                "VerifyAuthChallengeResponse_Authentication",
                json!({ "privateChallengeParameters": { "answer": "4" }, "challengeAnswer": "5", "clientMetadata": metadata }),
                json!({ "answerCorrect": null }),
            ),
            event("DefineAuthChallenge_Authentication", json!({ "session": wrong, "clientMetadata": metadata }), define),
            event(
                "CreateAuthChallenge_Authentication",
                json!({ "challengeName": "CUSTOM_CHALLENGE", "session": wrong, "clientMetadata": metadata }),
                create,
            ),
        ];
        assert_eq!(stage.lambda.events(), expected);
    }

    /// No transaction is open while a trigger is asked, and what it changed counts.
    fn a_trigger_may_use_the_pool(stage) {
        let stage = with_ann(stage);
        let (service, now) = (Arc::clone(&stage.service), stage.now());
        let input = stage.with_pool(json!({ "Username": "ann" }));
        stage.lambda.are_riddle_but(move |event| if trigger(event) == "VerifyAuthChallengeResponse" {
            service.handle(Operation::AdminGetUser, input.clone(), now).unwrap();
            service.handle(Operation::AdminDeleteUser, input.clone(), now).unwrap();
        });
        assert_eq!(refusal(sign_in(&stage)), "NotAuthorizedException: Incorrect username or password.");
    }
}

/// A sign-in by the right answer.
fn sign_in(stage: &Stage) -> Result<Value, cognito_idp::Error> {
    let challenge = stage.call("InitiateAuth", custom_input(stage, "ann"))?;
    stage.call(
        "RespondToAuthChallenge",
        answer_input(stage, "ann", &challenge, "4"),
    )
}

/// A pool with the riddle, and Ann.
fn with_ann(mut stage: Stage) -> Stage {
    use_riddle(&mut stage, json!({ "AutoVerifiedAttributes": ["email"] }));
    stage.confirmed("ann");
    stage
}
