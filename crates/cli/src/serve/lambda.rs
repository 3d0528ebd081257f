//! `--lambda-endpoint`: triggers that another program runs, which speaks the Invoke operation of Lambda's API.

use std::time::{Duration, Instant};

use cognito_pool::{Lambda, LambdaError};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use ureq::{
    Agent, Body,
    http::{HeaderMap, Response, Uri},
};

use super::log;

/// As long as the service waits.
const TIMEOUT: Duration = Duration::from_secs(5);

/// As often as the service asks a function that does not answer in time.
const ATTEMPTS: usize = 3;

/// What a segment of a path takes as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Functions that nobody runs.
pub fn nowhere() -> Lambda {
    Lambda::new(|_, _| {
        let reason = "No --lambda-endpoint is given to cognito serve";
        Err(LambdaError::Unreachable(reason.to_owned()))
    })
}

/// Where functions are run.
#[derive(Clone)]
pub struct Endpoint(String);

impl Endpoint {
    /// Reads the option's value.
    pub fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|error| format!("{error}"))?;
        if uri.scheme_str() != Some("http") || uri.host().is_none() || uri.query().is_some() {
            return Err("expected the address of a local runner, as http://127.0.0.1:9001".into());
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// The functions there.
    pub fn functions(self) -> Lambda {
        let agent = agent(TIMEOUT);
        Lambda::new(move |arn, event| {
            let start = Instant::now();
            let outcome = invoke(&agent, &self.url(arn), event);
            let (name, _) = name(arn);
            let millis = start.elapsed().as_millis();
            match &outcome {
                Ok(_) => log(format_args!("function {name} ok {millis} ms")),
                Err(error) => log(format_args!("function {name} {error:?} {millis} ms")),
            }
            outcome
        })
    }

    /// Functions go by their names there and not by their ARNs, which the smaller runners do not know.
    fn url(&self, arn: &str) -> String {
        let (name, qualifier) = name(arn);
        let name = utf8_percent_encode(name, UNRESERVED);
        let qualifier = qualifier.map(|qualifier| {
            let qualifier = utf8_percent_encode(qualifier, UNRESERVED);
            format!("?Qualifier={qualifier}")
        });
        format!(
            "{}/2015-03-31/functions/{name}/invocations{}",
            self.0,
            qualifier.unwrap_or_default()
        )
    }
}

/// The name of a function, and which version or alias of it is meant if it matters.
fn name(arn: &str) -> (&str, Option<&str>) {
    let mut parts = arn.split(':').skip(6);
    (parts.next().unwrap_or(arn), parts.next())
}

fn agent(timeout: Duration) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        // A runner is on this machine or in a container of it.
        .proxy(None)
        .timeout_global(Some(timeout))
        .build()
        .into()
}

fn invoke(agent: &Agent, url: &str, event: &Value) -> Result<Value, LambdaError> {
    let event = event.to_string();
    let mut answer = post(agent, url, &event);
    for _ in 1..ATTEMPTS {
        if !matches!(answer, Err(ureq::Error::Timeout(_))) {
            break;
        }
        answer = post(agent, url, &event);
    }
    let (response, body) = answer.map_err(unreachable)?;
    outcome(&response, serde_json::from_str(&body).ok())
}

fn post(agent: &Agent, url: &str, event: &str) -> Result<(Response<Body>, String), ureq::Error> {
    let mut response = agent
        .post(url)
        .header("Content-Type", "application/json")
        .header("X-Amz-Invocation-Type", "RequestResponse")
        .send(event)?;
    let body = response.body_mut().read_to_string()?;
    Ok((response, body))
}

fn outcome(response: &Response<Body>, answer: Option<Value>) -> Result<Value, LambdaError> {
    let header = |name| header(response.headers(), name);
    if !response.status().is_success() {
        let error = header("x-amzn-errortype").map(|kind| kind.trim_end_matches(':'));
        let error = error.map_or_else(|| response.status().to_string(), str::to_owned);
        return Err(LambdaError::Unreachable(error));
    }
    let text = |member: &str| {
        let text = answer.as_ref()?.get(member)?.as_str()?;
        Some(text.to_owned())
    };
    // Lambda's Runtime Interface Emulator leaves the header out.
    let has_failed = header("x-amz-function-error").is_some()
        || text("errorType").is_some() && text("errorMessage").is_some();
    if has_failed {
        let message = text("errorMessage").or_else(|| text("errorType"));
        return Err(LambdaError::Failed(message.unwrap_or_default()));
    }
    answer.ok_or(LambdaError::Malformed)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn unreachable(error: ureq::Error) -> LambdaError {
    LambdaError::Unreachable(match error {
        // The service's words.
        ureq::Error::Timeout(_) => "Socket timeout while invoking Lambda function".to_owned(),
        other => other.to_string(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail loudly")]
mod tests {
    use std::net::TcpListener;

    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:riddle";

    #[test]
    fn functions_go_by_their_names() {
        let endpoint = Endpoint::parse("http://127.0.0.1:9001/").unwrap();
        for (arn, path) in [
            (ARN.to_owned(), "riddle/invocations"),
            (format!("{ARN}:live"), "riddle/invocations?Qualifier=live"),
            (format!("{ARN}+/@"), "riddle%2B%2F%40/invocations"),
        ] {
            let url = format!("http://127.0.0.1:9001/2015-03-31/functions/{path}");
            assert_eq!(endpoint.url(&arn), url);
        }
    }

    #[test]
    fn who_does_not_answer_is_asked_three_times_and_not_waited_for() {
        // Takes connections and nothing more.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let outcome = invoke(&agent(Duration::from_millis(50)), &url, &json!({}));
        let reason = "Socket timeout while invoking Lambda function".to_owned();
        assert_eq!(outcome, Err(LambdaError::Unreachable(reason)));
        listener.set_nonblocking(true).unwrap();
        assert_eq!(listener.incoming().map_while(Result::ok).count(), 3);
    }
}
