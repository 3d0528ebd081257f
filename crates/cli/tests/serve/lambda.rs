//! Triggers that another program runs.

use std::{
    fs,
    sync::{Arc, Mutex},
    thread,
};

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::Request,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::server::{Server, cognito};

const PASSWORD: &str = "Correct-horse-1";
const CLIENT: &str = "exampleclient";

#[test]
fn without_an_endpoint_the_missing_option_is_named() {
    let server = serve(&[], "riddle");
    let (status, answer) = begin(&server);
    assert_eq!(
        (status, &answer["__type"]),
        (400, &json!("UnexpectedLambdaException"))
    );
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("--lambda-endpoint"),
        "{answer}"
    );
}

#[test]
fn an_endpoint_is_an_address() {
    for wrong in [
        "",
        "127.0.0.1:9001",
        "https://127.0.0.1:9001",
        "http://127.0.0.1:9001/?x",
        "ftp://x",
    ] {
        let output = cognito(&["serve", "--lambda-endpoint", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn what_goes_wrong_is_told_apart() {
    let runner = Runner::start();
    for (function, expected) in [
        (
            "fails",
            "UserLambdaValidationException: DefineAuthChallenge failed with error not today.",
        ),
        // As Lambda's Runtime Interface Emulator says it.
        (
            "fails-quietly",
            "UserLambdaValidationException: DefineAuthChallenge failed with error not today.",
        ),
        (
            "exits",
            "UserLambdaValidationException: DefineAuthChallenge failed with error Runtime.ExitError.",
        ),
        (
            "nowhere",
            "UnexpectedLambdaException: DefineAuthChallenge invocation failed due to error ResourceNotFoundException.",
        ),
        (
            "breaks",
            "UnexpectedLambdaException: DefineAuthChallenge invocation failed due to error 500 Internal Server Error.",
        ),
        (
            "mumbles",
            "InvalidLambdaResponseException: Unrecognizable lambda output",
        ),
        (
            "says-nothing",
            "InvalidLambdaResponseException: Unrecognizable lambda output",
        ),
    ] {
        let server = serve(&["--lambda-endpoint", &runner.url], function);
        let (status, answer) = begin(&server);
        let text = |member: &str| answer[member].as_str().unwrap().to_owned();
        assert_eq!(format!("{}: {}", text("__type"), text("message")), expected);
        assert_eq!(status, 400);
    }
}

#[test]
fn a_runner_that_hangs_up_is_told_of() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || listener.incoming().for_each(drop));
    let server = serve(&["--lambda-endpoint", &url], "riddle");
    let (status, answer) = begin(&server);
    assert_eq!(
        (status, &answer["__type"]),
        (400, &json!("UnexpectedLambdaException"))
    );
}

#[test]
fn a_runner_leads_a_sign_in() {
    let runner = Runner::start();
    let server = serve(&["--lambda-endpoint", &runner.url], "riddle");
    let (_, challenge) = begin(&server);
    assert_eq!(
        challenge["ChallengeName"], "CUSTOM_CHALLENGE",
        "{challenge}"
    );
    let (status, again) = answer(&server, &challenge, "wrong");
    assert_eq!(
        (status, &again["ChallengeName"]),
        (200, &json!("CUSTOM_CHALLENGE"))
    );
    assert_eq!(answer(&server, &challenge, "right").0, 400);
    let (_, done) = answer(&server, &again, "right");
    assert!(
        done["AuthenticationResult"]["AccessToken"].is_string(),
        "{done}"
    );

    let calls = runner.calls.lock().unwrap();
    let sources: Vec<_> = calls
        .iter()
        .map(|event| event["triggerSource"].as_str().unwrap())
        .collect();
    assert_eq!(
        sources,
        [
            "DefineAuthChallenge_Authentication",
            "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication",
            "DefineAuthChallenge_Authentication",
            "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication",
            "DefineAuthChallenge_Authentication",
        ]
    );
    assert!(server.logged("function riddle").contains(" ok "));
}

/// A server with a pool whose triggers are all this function, and Ann in it.
fn serve(arguments: &[&str], function: &str) -> Server {
    let arn = format!("arn:aws:lambda:us-east-1:123456789012:function:{function}");
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    let content = json!({ "UserPools": [{
        "Id": "us-east-1_Example01",
        "LambdaConfig": {
            "DefineAuthChallenge": arn, "CreateAuthChallenge": arn, "VerifyAuthChallengeResponse": arn,
        },
        "Clients": [{ "ClientId": CLIENT, "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"] }],
        "Users": [{ "Username": "ann", "Password": PASSWORD }],
    }] });
    fs::write(&seed, content.to_string()).unwrap();
    Server::start(&[&["--seed", seed.to_str().unwrap()], arguments].concat())
}

fn begin(server: &Server) -> (u16, Value) {
    let input = json!({ "AuthFlow": "CUSTOM_AUTH", "ClientId": CLIENT, "AuthParameters": { "USERNAME": "ann" } });
    server.call("InitiateAuth", input)
}

fn answer(server: &Server, challenge: &Value, answer: &str) -> (u16, Value) {
    server.call(
        "RespondToAuthChallenge",
        json!({
            "ClientId": CLIENT,
            "ChallengeName": "CUSTOM_CHALLENGE",
            "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "ann", "ANSWER": answer },
        }),
    )
}

/// Lambda's Invoke operation, with functions of several manners.
struct Runner {
    url: String,
    calls: Arc<Mutex<Vec<Value>>>,
    // Ends with the test.
    _runtime: Runtime,
}

impl Runner {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&calls);
        let router = Router::new().fallback(async move |request: Request| {
            let path = request.uri().path().to_owned();
            let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
            invoke(&path, &body, &kept)
        });
        runtime.spawn(async { axum::serve(listener, router).await });
        Self {
            url,
            calls,
            _runtime: runtime,
        }
    }
}

fn invoke(path: &str, body: &Bytes, calls: &Mutex<Vec<Value>>) -> Response {
    let name = path.strip_prefix("/2015-03-31/functions/").unwrap();
    let error = json!({ "errorMessage": "not today", "errorType": "Error" });
    match name.strip_suffix("/invocations").unwrap() {
        "riddle" => {
            let event: Value = serde_json::from_slice(body).unwrap();
            calls.lock().unwrap().push(event.clone());
            riddle(event).to_string().into_response()
        }
        "fails" => ([("x-amz-function-error", "Unhandled")], error.to_string()).into_response(),
        "fails-quietly" => error.to_string().into_response(),
        "exits" => (
            [("x-amz-function-error", "Unhandled")],
            json!({ "errorType": "Runtime.ExitError" }).to_string(),
        )
            .into_response(),
        "breaks" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "mumbles" => "yes and no".into_response(),
        "says-nothing" => "null".into_response(),
        _ => (
            StatusCode::NOT_FOUND,
            [("x-amzn-errortype", "ResourceNotFoundException")],
            json!({ "Message": "Function not found" }).to_string(),
        )
            .into_response(),
    }
}

/// Lets in who says "right".
fn riddle(mut event: Value) -> Value {
    let request = &event["request"];
    let last = request["session"]
        .as_array()
        .and_then(|session| session.last());
    let passed = last.is_some_and(|last| last["challengeResult"] == true);
    event["response"] = match event["triggerSource"].as_str() {
        Some("DefineAuthChallenge_Authentication") if passed => json!({ "issueTokens": true }),
        Some("DefineAuthChallenge_Authentication") => {
            json!({ "challengeName": "CUSTOM_CHALLENGE" })
        }
        Some("CreateAuthChallenge_Authentication") => {
            json!({ "privateChallengeParameters": { "answer": "right" } })
        }
        _ => {
            let right = &request["privateChallengeParameters"]["answer"];
            json!({ "answerCorrect": request["challengeAnswer"] == *right })
        }
    };
    event
}
