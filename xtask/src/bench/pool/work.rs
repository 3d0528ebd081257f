//! What each server is measured at, in order.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use cognito_srp::ClientEphemeral;
use serde_json::{Value, json};

use super::{
    peers::Server,
    process::Process,
    report::{Figure, Unit},
    rounds::{Load, Taken, Typical, median},
    srp::Signer,
};

/// How often a server is started.
const STARTS: usize = 5;

/// A pool's size at first, and what a later one is to the one before.
const FIRST: usize = 1000;
const STEP: usize = 10;

/// Users who are made between two looks at the clock.
const AT_ONCE: usize = 200;

/// The longest that it may take to fill a pool to its next size.
const PATIENCE: Duration = Duration::from_secs(75);

/// Users who sign in, one after the other.
const SIGNING_IN: usize = 50;

const PASSWORD: &str = "Correct-horse-1";

/// Measures a server, with pools of up to `most` users.
pub(super) fn measure(server: &Server, most: usize) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let starts: Vec<_> = (0..STARTS)
        .map(|_| Process::start(|port| (server.command)(port)).map(|process| process.start_up))
        .collect::<Result<_, _>>()?;
    let start_up = median(starts.iter().map(|start| 1000.0 * start.as_secs_f64()));
    figures.push(Figure::one("start-up", Unit::Milliseconds, start_up));

    let process = Process::start(|port| (server.command)(port))?;
    figures.push(memory("memory, idle", &process)?);
    let stage = Stage::prepare(&process)?;
    if stage.fill(FIRST)?.is_some() {
        stage.sign_ins(&mut figures)?;
    }
    drop(process);

    // Started anew, so that its memory holds users and nothing of those sign-ins.
    let process = Process::start(|port| (server.command)(port))?;
    let stage = Stage::prepare(&process)?;
    let mut size = FIRST;
    while size <= most {
        let Some(made) = stage.fill(size)? else { break };
        let users = thousands(size);
        figures.push(Figure::of(format!("AdminCreateUser, at {users}"), made));
        stage.lists(size, &users, &mut figures)?;
        figures.push(memory(&format!("memory, {users} users"), &process)?);
        size *= STEP;
    }
    Ok(figures)
}

/// A server with a pool and a client.
struct Stage<'a> {
    load: Load<'a>,
    pool: String,
    client: String,
    made: std::cell::Cell<usize>,
}

impl<'a> Stage<'a> {
    fn prepare(process: &'a Process) -> anyhow::Result<Self> {
        let load = Load {
            process,
            connections: 1,
        };
        let made = load.one("CreateUserPool", json!({ "PoolName": "bench" }))?;
        let pool = text(&made, "/UserPool/Id")?;
        let client = json!({
            "UserPoolId": pool,
            "ClientName": "bench",
            "ExplicitAuthFlows":
                ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        let client = text(
            &load.one("CreateUserPoolClient", client)?,
            "/UserPoolClient/ClientId",
        )?;
        Ok(Self {
            load,
            pool,
            client,
            made: 0.into(),
        })
    }

    /// Makes users until there are `size`, and tells what is typical of the last ones; nothing if that would take too long.
    fn fill(&self, size: usize) -> anyhow::Result<Option<Typical>> {
        let (start, from) = (Instant::now(), self.made.get());
        let mut rounds = Vec::new();
        while self.made.get() < size {
            let made = self.made.get();
            let users = (made..size.min(made + AT_ONCE)).map(|user| {
                json!({
                    "UserPoolId": self.pool,
                    "Username": name(user),
                    "UserAttributes": [
                        { "Name": "email", "Value": email(user) },
                        { "Name": "email_verified", "Value": "true" },
                    ],
                    "TemporaryPassword": PASSWORD,
                    "MessageAction": "SUPPRESS",
                })
            });
            let (taken, _) = self.load.round("AdminCreateUser", users)?;
            self.made.set(made + taken.operations);
            rounds.push(taken);
            let done = (self.made.get() - from) as f64 / (size - from) as f64;
            if start.elapsed().div_f64(done) > PATIENCE && start.elapsed() > PATIENCE / 20 {
                return Ok(None);
            }
        }
        let last = rounds.len().saturating_sub(FIRST / AT_ONCE);
        Ok(rounds.get(last..).map(Typical::of))
    }

    fn sign_ins(&self, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
        for user in 0..SIGNING_IN {
            let input = json!({
                "UserPoolId": self.pool,
                "Username": name(user),
                "Password": PASSWORD,
                "Permanent": true,
            });
            self.load.one("AdminSetUserPassword", input)?;
        }
        let four = Load {
            connections: 4,
            ..self.load
        };
        let by_password = |load: &Load<'_>, from, count| self.by_password(load, from, count);
        let line = "sign-in by password, 1 connection";
        figures.push(Figure::of(line, self.load.typical(by_password)?));
        let line = "sign-in by password, 4 connections";
        figures.push(Figure::of(line, four.typical(by_password)?));

        let signer = Signer {
            pool: &self.pool,
            client: &self.client,
            name,
            password: PASSWORD,
            ephemeral: ClientEphemeral::new(&[0x5a; ClientEphemeral::EXPONENT_BYTES])?,
        };
        let by_srp = |load: &Load<'_>, from, count| signer.round(load, signing_in(from, count));
        let line = "sign-in by SRP, 1 connection";
        match self.load.typical(by_srp) {
            Ok(typical) => {
                figures.push(Figure::of(line, typical));
                let line = "sign-in by SRP, 4 connections";
                figures.push(Figure::of(line, four.typical(by_srp)?));
            }
            Err(error) => eprintln!("no sign-in by SRP: {error:#}"),
        }

        let sign_in = self.load.one("InitiateAuth", self.password_input(0))?;
        let (access, refresh) = (
            text(&sign_in, "/AuthenticationResult/AccessToken")?,
            text(&sign_in, "/AuthenticationResult/RefreshToken")?,
        );
        let input = json!({
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "ClientId": self.client,
            "AuthParameters": { "REFRESH_TOKEN": refresh },
        });
        let refresh = |load: &Load<'_>, _, count| again(load, "InitiateAuth", &input, count);
        figures.push(Figure::of("refresh", self.load.typical(refresh)?));
        let input = json!({ "AccessToken": access });
        let get_user = |load: &Load<'_>, _, count| again(load, "GetUser", &input, count);
        figures.push(Figure::of("GetUser", self.load.typical(get_user)?));
        Ok(())
    }

    fn by_password(&self, load: &Load<'_>, from: usize, count: usize) -> anyhow::Result<Taken> {
        let inputs = signing_in(from, count).map(|user| self.password_input(user));
        let (taken, outputs) = load.round("InitiateAuth", inputs)?;
        for output in outputs {
            text(&output, "/AuthenticationResult/AccessToken")?;
        }
        Ok(taken)
    }

    fn password_input(&self, user: usize) -> Value {
        json!({
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": self.client,
            "AuthParameters": { "USERNAME": name(user), "PASSWORD": PASSWORD },
        })
    }

    fn lists(&self, size: usize, users: &str, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
        let page = json!({ "UserPoolId": self.pool, "Limit": 60 });
        let pages = |load: &Load<'_>, _, count| again(load, "ListUsers", &page, count);
        let line = format!("page of 60 users, of {users}");
        figures.push(Figure::of(line, self.load.typical(pages)?));

        let one = |load: &Load<'_>, from, count| {
            let inputs = (from..from + count).map(|number| {
                // Here and there in the pool.
                let user = number * 7919 % size;
                json!({ "UserPoolId": self.pool, "Filter": format!("email = \"{}\"", email(user)) })
            });
            let (taken, outputs) = load.round("ListUsers", inputs)?;
            for output in outputs {
                text(&output, "/Users/0/Username")?;
            }
            Ok(taken)
        };
        let line = format!("user by email, of {users}");
        figures.push(Figure::of(line, self.load.typical(one)?));
        Ok(())
    }
}

fn memory(line: &str, process: &Process) -> anyhow::Result<Figure> {
    let bytes = process.resident()?;
    Ok(Figure::one(line, Unit::Megabytes, bytes as f64 / 1e6))
}

/// The same request again and again.
fn again(load: &Load<'_>, operation: &str, input: &Value, count: usize) -> anyhow::Result<Taken> {
    let inputs = std::iter::repeat_n(input.clone(), count);
    Ok(load.round(operation, inputs)?.0)
}

fn signing_in(from: usize, count: usize) -> impl Iterator<Item = usize> + Clone {
    (from..from + count).map(|number| number % SIGNING_IN)
}

/// Every server takes an address for a username; cognito-local takes nothing else.
fn name(user: usize) -> String {
    email(user)
}

fn email(user: usize) -> String {
    format!("user-{user:06}@example.com")
}

fn thousands(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{thousands},{:03}", number % 1000),
    }
}

fn text(output: &Value, pointer: &str) -> anyhow::Result<String> {
    let text = output.pointer(pointer).and_then(Value::as_str);
    Ok(text
        .with_context(|| format!("no {pointer}: {output}"))?
        .to_owned())
}
