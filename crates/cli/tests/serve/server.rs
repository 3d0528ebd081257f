//! The `cognito` command as a test uses it: started on a free port, talked to over HTTP, ended with the test.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use ureq::Agent;

/// How long a test waits for something that is sure to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `cognito serve`.
pub struct Server {
    child: Child,
    /// What it wrote before it listened.
    pub said: Vec<String>,
    pub url: String,
    log: Receiver<String>,
}

impl Server {
    /// Starts `cognito serve --port 0` with these further arguments and waits until it listens.
    pub fn start<S: AsRef<OsStr>>(arguments: &[S]) -> Self {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = lines(child.stderr.take().unwrap());
        let stdout = lines(child.stdout.take().unwrap());
        let mut server = Self {
            child,
            said: Vec::new(),
            url: String::new(),
            log,
        };
        for line in stdout {
            if let Some(url) = line.strip_prefix("listening on ") {
                server.url = url.to_owned();
                return server;
            }
            server.said.push(line);
        }
        panic!("ended: {:?}", server.log.iter().collect::<Vec<_>>());
    }

    /// The rest of the line that it wrote after this prefix before it listened.
    pub fn said_after(&self, prefix: &str) -> &str {
        let mut found = self
            .said
            .iter()
            .filter_map(|line| line.strip_prefix(prefix));
        found
            .next()
            .unwrap_or_else(|| panic!("no `{prefix}` in {:?}", self.said))
    }

    /// The next line of the log that contains this.
    pub fn logged(&self, part: &str) -> String {
        loop {
            let line = self
                .log
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("`{part}` is not logged"));
            if line.contains(part) {
                return line;
            }
        }
    }

    /// Calls an operation; an answer that is an error is an answer, too.
    pub fn call(&self, operation: &str, input: Value) -> (u16, Value) {
        call(&agent(), &self.url, operation, input).unwrap()
    }

    /// Signs a user in with name and password.
    pub fn sign_in(&self, client: &str, username: &str, password: &str) -> (u16, Value) {
        self.call(
            "InitiateAuth",
            json!({
                "AuthFlow": "USER_PASSWORD_AUTH",
                "ClientId": client,
                "AuthParameters": { "USERNAME": username, "PASSWORD": password },
            }),
        )
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        let mut answer = agent().get(format!("{}{path}", self.url)).call().unwrap();
        (
            answer.status().as_u16(),
            answer.body_mut().read_to_string().unwrap(),
        )
    }

    pub fn get_json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).1).unwrap()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and gives its exit code.
    #[cfg(unix)]
    pub fn terminate(mut self) -> Option<i32> {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &process])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a `cognito serve` that is expected to end by itself.
pub fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    command(arguments).output().unwrap()
}

/// An HTTP client with connections of its own.
pub fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .timeout_global(Some(PATIENCE))
        .build()
        .into()
}

/// Calls an operation; fails when the connection does.
pub fn call(
    agent: &Agent,
    url: &str,
    operation: &str,
    input: Value,
) -> Result<(u16, Value), ureq::Error> {
    let mut answer = agent
        .post(url)
        .header("Content-Type", "application/x-amz-json-1.1")
        .header(
            "X-Amz-Target",
            format!("AWSCognitoIdentityProviderService.{operation}"),
        )
        .send(input.to_string())?;
    let body = answer.body_mut().read_to_string()?;
    Ok((
        answer.status().as_u16(),
        serde_json::from_str(&body).unwrap(),
    ))
}

/// Runs `cognito` with these arguments to its end.
pub fn cognito<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cognito"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn command<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognito"));
    command
        .args(["serve", "--port", "0"])
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// Lines as they come, so that the other side never waits for a reader.
fn lines(source: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
