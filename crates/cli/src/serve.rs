//! `cognito serve`.

mod log;
mod ready_pool;

use std::{
    io::{ErrorKind, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::middleware;
use cognito_pool::{
    Codes, MemoryStore, Service, Settings,
    http::{self, ACCESS_KEY, SECRET_KEY},
    store::Store,
};
use tokio::net::TcpListener;

use crate::{data, transfer};

pub use log::log;

/// How long requests under way may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Serve user pools over HTTP, as Amazon Cognito does
///
/// Point a client's endpoint at the printed address. Verification codes are not sent anywhere: they are logged, and
/// lie at /_local/outbox.
///
/// Administrative operations (CreateUserPool, AdminCreateUser and the like) must be signed, with the access key `local`
/// and the secret `local`; any region will do.
#[derive(clap::Args)]
pub struct Arguments {
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 9229)]
    port: u16,

    /// The address to listen on
    ///
    /// Anybody who reaches it can administer the pools, so think twice before it is not a loopback address.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// Keep everything in this file (SQLite), which is made if it is not there; without it, in memory
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,

    /// Make every verification code this one, for tests
    #[arg(long, value_name = "CODE", value_parser = code)]
    fixed_code: Option<String>,

    /// Have a pool and a public client ready, and print their ids
    ///
    /// The pool is named `local`, verifies email addresses, and is found again in --data. The client may use
    /// USER_SRP_AUTH, USER_PASSWORD_AUTH and REFRESH_TOKEN_AUTH. GET /_local/pool tells a page the ids.
    #[arg(long)]
    create_pool: bool,

    /// Make the user pools that this JSON file describes and that are not there yet
    ///
    /// { "UserPools": [{ "Id", "Clients": [{ "ClientId" }], "Groups": [{ "GroupName" }], "Users": [{ "Username",
    /// "Password", "Attributes": {}, "Groups": [] }], "MfaConfig": {} }] }, with everything else that CreateUserPool,
    /// CreateUserPoolClient, CreateGroup and SetUserPoolMfaConfig take.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,

    /// Serve the files of this folder too, so that a page and its pool share one origin
    #[arg(long, value_name = "DIR")]
    www: Option<PathBuf>,
}

/// Serves until it is told to stop.
pub fn run(arguments: Arguments) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: Arguments) -> Result<()> {
    if !arguments.host.is_loopback() {
        log(format_args!(
            "warning: {} is not a loopback address: whoever reaches it owns these pools",
            arguments.host
        ));
    }
    let listener = listen(SocketAddr::new(arguments.host, arguments.port)).await?;
    let address = listener.local_addr().context("cannot listen")?;
    let url = url(address);
    if let Some(www) = &arguments.www {
        www.read_dir()
            .with_context(|| format!("cannot serve {}", www.display()))?;
    }

    let settings = Settings {
        issuer_base: Some(url.clone()),
        codes: arguments
            .fixed_code
            .clone()
            .map_or(Codes::Random, Codes::Fixed),
        ..Settings::default()
    };
    let service = Service::over(store(&arguments)?, settings).announcing(log::message);
    let mut http = http::Settings {
        www: arguments.www,
        ..http::Settings::default()
    };
    if let Some(seed) = &arguments.seed {
        let seeded = service
            .seed(transfer::read(seed)?, (http.clock)())
            .with_context(|| format!("cannot make what {} describes", seed.display()))?;
        for id in seeded {
            log(format_args!("user pool {id} was made"));
        }
    }
    if arguments.create_pool {
        let pool = ready_pool::find_or_create(&service, (http.clock)(), &url)?;
        say(format_args!("user pool {}", pool.user_pool_id));
        say(format_args!("client {}", pool.client_id));
        http.ready_pool = Some(pool);
    }

    if let Some(code) = arguments.fixed_code {
        log(format_args!(
            "warning: every code is {code}: anybody can confirm any address and reset any password"
        ));
    }
    log(format_args!(
        "administration is signed with access key `{ACCESS_KEY}`, secret `{SECRET_KEY}`"
    ));
    let (stop, give_up) = (told_to_stop()?, told_to_stop()?);
    say(format_args!("listening on http://{address}"));

    let router = http::router(Arc::new(service), http).layer(middleware::from_fn(log::request));
    let server = axum::serve(listener, router).with_graceful_shutdown(stop);
    tokio::select! {
        outcome = server => outcome.context("the server failed"),
        // A client that never finishes its request must not keep the server.
        () = async { give_up.await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow::anyhow!(
                "port {} is taken: choose another with --port, or a free one with --port 0",
                address.port()
            ),
            _ => anyhow::Error::new(error).context(format!("cannot listen on {address}")),
        })
}

/// The server's own address, which is where the issuer's keys are found.
fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        // Of all the addresses it listens on, the one that certainly leads here.
        return format!(
            "http://{}",
            SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port())
        );
    }
    format!("http://{address}")
}

fn store(arguments: &Arguments) -> Result<Box<dyn Store>> {
    let Some(path) = &arguments.data else {
        return Ok(Box::new(MemoryStore::new()));
    };
    Ok(Box::new(data::open(path)?))
}

/// Ends at Ctrl-C or, where there is such a thing, SIGTERM. Listens for them from now on, not from the first poll.
fn told_to_stop() -> Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let (mut interrupt, mut terminate) = {
        use tokio::signal::unix::{SignalKind, signal};
        (
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        )
    };
    #[cfg(windows)]
    let (mut interrupt, mut terminate) = {
        use tokio::signal::windows::{ctrl_c, ctrl_close};
        (ctrl_c()?, ctrl_close()?)
    };
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Writes a line that programs read. Whoever closed the pipe does not want it.
fn say(line: std::fmt::Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn code(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err("a code is not empty and has no spaces".to_owned());
    }
    Ok(text.to_owned())
}
