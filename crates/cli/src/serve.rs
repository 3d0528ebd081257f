//! `cognito serve`.

mod arguments;
mod lambda;
mod log;
mod ready_pool;
mod relay;
mod seed;

use std::{
    io::{ErrorKind, Write as _},
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::middleware;
use cognito_pool::{Codes, MemoryStore, Message, Service, Settings, http, store::Store};
use tokio::net::TcpListener;

use crate::data;
use arguments::LOCAL;
use lambda::Endpoint;
use relay::Relay;

pub use arguments::Arguments;
pub use log::log;

/// How long requests under way may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until it is told to stop.
pub fn run(arguments: Arguments) -> Result<()> {
    // Two threads serve connections and do what is brief, so that a long list does not hold up everybody; others compute.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start")?;
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
    let url = arguments.issuer.clone().unwrap_or_else(|| url(address));
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
        lambda: arguments
            .lambda_endpoint
            .clone()
            .map_or_else(lambda::nowhere, Endpoint::functions),
        ..Settings::default()
    };
    let signatures = arguments.signatures()?;
    let relay = arguments.smtp.as_deref().map(Relay::new).transpose()?;
    let service = Service::over(store(&arguments)?, settings).announcing(announcer(relay)?);
    let mut http = http::Settings {
        signatures,
        www: arguments.www.clone(),
        ..http::Settings::default()
    };
    if let Some(path) = &arguments.seed {
        for id in seed::make(&service, path, (http.clock)())? {
            log(format_args!("user pool {id} was made"));
        }
    }
    if arguments.create_pool {
        let pool = ready_pool::find_or_create(&service, (http.clock)(), &url)?;
        say(format_args!("user pool {}", pool.user_pool_id));
        say(format_args!("client {}", pool.client_id));
        http.ready_pool = Some(pool);
    }

    tell(&arguments);
    let (stop, give_up) = (told_to_stop()?, told_to_stop()?);
    say(format_args!("listening on http://{address}"));

    let router = http::router(Arc::new(service), http).layer(middleware::from_fn(log::request));
    let app = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(stop);
    tokio::select! {
        outcome = server => outcome.context("the server failed"),
        // A client that never finishes its request must not keep the server.
        () = async { give_up.await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

/// Tells the server's developer who may do what.
fn tell(arguments: &Arguments) {
    if let Some(code) = &arguments.fixed_code {
        log(format_args!(
            "warning: every code is {code}: anybody can confirm any address and reset any password"
        ));
    }
    if arguments.accept_any_signature {
        log(format_args!(
            "warning: any signature is accepted: whoever reaches this server administers its pools"
        ));
    } else {
        let key = &arguments.access_key;
        let secret = match arguments.secret_key.as_str() {
            LOCAL => "the secret `local`",
            _ => "its secret",
        };
        log(format_args!(
            "administration is signed with the access key `{key}` and {secret}"
        ));
    }
}

/// Tells of each message in the log and, if there is one, through the SMTP server.
fn announcer(relay: Option<Relay>) -> Result<impl Fn(&Message) + Send + Sync + 'static> {
    let send = relay.map(Relay::start).transpose()?;
    Ok(move |message: &Message| {
        log::message(message);
        if let Some(send) = &send {
            send(message);
        }
    })
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
