//! The `cognito` command as a test uses it: started on a free port, talked to over HTTP, ended with the test.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, PipeReader, Read},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use ureq::{Agent, RequestBuilder, typestate::WithBody};

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
        Self::from(command(arguments))
    }

    /// The same where no file can grow beyond so many blocks of at least 512 bytes, as on a disk that is full.
    #[cfg(unix)]
    pub fn start_on_small_disk<S: AsRef<OsStr>>(blocks: u32, arguments: &[S]) -> Self {
        // Writing more is an error then, and no reason to be killed.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let small = command(arguments);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &script])
            .arg(small.get_program())
            .args(small.get_args())
            .stdin(Stdio::null());
        Self::from(shell)
    }

    /// The same with a log that nobody reads but the caller, from the pipe that comes with it.
    pub fn start_unread<S: AsRef<OsStr>>(arguments: &[S]) -> (Self, PipeReader) {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut command = command(arguments);
        command.stderr(writer);
        (Self::spawn(command), reader)
    }

    fn from(mut command: Command) -> Self {
        command.stderr(Stdio::piped());
        Self::spawn(command)
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let log = child.stderr.take().map_or_else(|| channel().1, lines);
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

    /// The memory that it holds, without the files that are mapped into it, in units of 1024 bytes.
    #[cfg(target_os = "linux")]
    pub fn memory_kb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        let number = line.unwrap().trim().split(' ').next();
        number.unwrap().parse().unwrap()
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

/// Runs a `cognito serve` that is expected to end by itself, as a user whom the modes of files bind: they do not bind
/// root.
#[cfg(unix)]
pub fn run_unprivileged<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Output {
    use std::os::unix::{fs::MetadataExt as _, process::CommandExt as _};

    const NOBODY: u32 = 65534;

    if folder.metadata().unwrap().uid() != 0 {
        return run(arguments);
    }
    // Nobody may not see where it was built.
    let copy = folder.join("cognito");
    std::fs::copy(env!("CARGO_BIN_EXE_cognito"), &copy).unwrap();
    let mut command = Command::new(copy);
    command
        .args(command_arguments(arguments))
        .stdin(Stdio::null());
    command.uid(NOBODY).gid(NOBODY).output().unwrap()
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
    send(agent.post(url), operation, input)
}

/// The same with a signature that `--accept-any-signature` takes.
pub fn call_as_administrator(
    agent: &Agent,
    url: &str,
    operation: &str,
    input: Value,
) -> Result<(u16, Value), ureq::Error> {
    let signature = "AWS4-HMAC-SHA256 Credential=any/20260101/any/cognito-idp/aws4_request, SignedHeaders=host, Signature=00";
    let request = agent.post(url).header("Authorization", signature);
    send(request, operation, input)
}

fn send(
    request: RequestBuilder<WithBody>,
    operation: &str,
    input: Value,
) -> Result<(u16, Value), ureq::Error> {
    let mut answer = request
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
        .args(command_arguments(arguments))
        .stdin(Stdio::null());
    command
}

fn command_arguments<S: AsRef<OsStr>>(arguments: &[S]) -> impl Iterator<Item = &OsStr> {
    let first = ["serve", "--port", "0"].into_iter().map(OsStr::new);
    first.chain(arguments.iter().map(AsRef::as_ref))
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
