//! Functions in the place of Lambda's, and a custom authentication by three of them.

use std::sync::{Arc, Mutex};

use cognito_pool::{Lambda, LambdaError};
use serde_json::{Value, json};

use crate::stage::{Stage, merged, srp_a};

type Function = dyn Fn(&mut Value) -> Result<(), LambdaError> + Send + Sync;

/// What runs the functions of a stage's pools.
#[derive(Default)]
pub struct Functions {
    function: Mutex<Option<Arc<Function>>>,
    events: Mutex<Vec<Value>>,
}

impl Functions {
    pub fn runner(functions: &Arc<Self>) -> Lambda {
        let functions = Arc::clone(functions);
        Lambda::new(move |_, event| {
            functions.events.lock().unwrap().push(event.clone());
            let function = functions.function.lock().unwrap().clone();
            let mut event = event.clone();
            function.unwrap()(&mut event)?;
            Ok(event)
        })
    }

    /// From now on every function is this one, which writes its answer into the event.
    pub fn are(
        &self,
        function: impl Fn(&mut Value) -> Result<(), LambdaError> + Send + Sync + 'static,
    ) {
        *self.function.lock().unwrap() = Some(Arc::new(function));
    }

    /// From now on the functions are those of [`riddle`], but for what this one does after them.
    pub fn are_riddle_but(&self, then: impl Fn(&mut Value) + Send + Sync + 'static) {
        self.are(move |event| {
            riddle(event);
            then(event);
            Ok(())
        });
    }

    /// The events since this was last asked.
    pub fn events(&self) -> Vec<Value> {
        std::mem::take(&mut *self.events.lock().unwrap())
    }
}

/// Which trigger an event is of.
pub fn trigger(event: &Value) -> &str {
    let source = event["triggerSource"].as_str().unwrap();
    source.strip_suffix("_Authentication").unwrap()
}

/// Functions that let in who knows what 2 + 2 is, after the password if the sign-in began with SRP, and send away who
/// gave three wrong answers.
pub fn riddle(event: &mut Value) {
    let session = event["request"]["session"].clone();
    let results = session.as_array().map_or(&[][..], Vec::as_slice);
    let answers = results
        .iter()
        .filter(|result| result["challengeMetadata"] == "RIDDLE");
    event["response"] = match trigger(event) {
        "DefineAuthChallenge" => match results.last() {
            Some(last) if last["challengeName"] == "SRP_A" => asks("PASSWORD_VERIFIER"),
            Some(last) if last["challengeMetadata"] == "RIDDLE" => match last["challengeResult"] {
                Value::Bool(true) => json!({ "issueTokens": true, "failAuthentication": false }),
                _ if answers.count() < 3 => asks("CUSTOM_CHALLENGE"),
                _ => json!({ "issueTokens": false, "failAuthentication": true }),
            },
            _ => asks("CUSTOM_CHALLENGE"),
        },
        "CreateAuthChallenge" => json!({
            "publicChallengeParameters": { "question": "2 + 2" },
            "privateChallengeParameters": { "answer": "4" },
            "challengeMetadata": "RIDDLE",
        }),
        _ => {
            let request = &event["request"];
            let right = &request["privateChallengeParameters"]["answer"];
            json!({ "answerCorrect": request["challengeAnswer"] == *right })
        }
    };
}

fn asks(challenge: &str) -> Value {
    json!({ "challengeName": challenge, "issueTokens": false, "failAuthentication": false })
}

/// Goes on with a pool of these settings whose functions are those of [`riddle`].
pub fn use_riddle(stage: &mut Stage, settings: Value) {
    let arn = |name: &str| format!("arn:aws:lambda:us-east-1:123456789012:function:{name}");
    let triggers = json!({ "LambdaConfig": {
        "DefineAuthChallenge": arn("define"),
        "CreateAuthChallenge": arn("create"),
        "VerifyAuthChallengeResponse": arn("verify"),
    } });
    stage.use_pool(merged(triggers, settings));
    use_client(stage, json!({}));
    stage.lambda.are_riddle_but(|_| ());
}

/// Goes on with another client of that pool.
pub fn use_client(stage: &mut Stage, settings: Value) {
    let flows = [
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ];
    stage.use_client(merged(json!({ "ExplicitAuthFlows": flows }), settings));
}

/// What begins a custom authentication.
pub fn custom_input(stage: &Stage, name: &str) -> Value {
    stage.with_client(json!({ "AuthFlow": "CUSTOM_AUTH", "AuthParameters": { "USERNAME": name } }))
}

/// What begins one with SRP.
pub fn custom_srp_input(stage: &Stage, name: &str) -> Value {
    stage.with_client(json!({
        "AuthFlow": "CUSTOM_AUTH",
        "AuthParameters": { "USERNAME": name, "CHALLENGE_NAME": "SRP_A", "SRP_A": srp_a() },
    }))
}

/// What answers the riddle.
pub fn answer_input(stage: &Stage, name: &str, challenge: &Value, answer: &str) -> Value {
    assert_eq!(
        challenge["ChallengeName"], "CUSTOM_CHALLENGE",
        "{challenge}"
    );
    crate::factors::answer_input(stage, name, challenge, "ANSWER", answer)
}
