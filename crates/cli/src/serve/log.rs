//! What the server tells its developer, one line each.

use std::{
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use cognito_idp::Operation;
use cognito_pool::{Message, MessageKind};

/// Lines that found no reader since the last one that did.
static LEFT_OUT: AtomicUsize = AtomicUsize::new(0);

/// Writes a line for people. A log that nobody can read any more is no reason to stop, and one that nobody reads, as of
/// a test that takes no more than the first line, no reason to wait: lines that do not fit into its pipe are left out.
pub fn log(line: std::fmt::Arguments<'_>) {
    if !has_room() {
        LEFT_OUT.fetch_add(1, Ordering::Relaxed);
        return;
    }
    let mut text = match LEFT_OUT.swap(0, Ordering::Relaxed) {
        0 => String::new(),
        lines => format!("warning: nobody read this log, {lines} lines were left out\n"),
    };
    text.push_str(&format!("{line}\n"));
    // At once: standard error has no buffer, and would be asked to write each part of the line by itself.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Whether standard error takes a line without waiting. What cannot say so is taken to.
#[cfg(unix)]
fn has_room() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let stderr = std::io::stderr();
    let mut files = [PollFd::new(&stderr, PollFlags::OUT)];
    !matches!(poll(&mut files, Some(&Timespec::default())), Ok(0))
}

#[cfg(not(unix))]
fn has_room() -> bool {
    true
}

/// A message that a user would have got.
pub(super) fn message(message: &Message) {
    let (what, text) = match (message.kind, &message.link) {
        (_, Some(link)) => ("link", link),
        (MessageKind::AdminCreateUser, _) => ("temporary password", &message.code),
        (MessageKind::AccountTakeOverNotification, _) => ("feedback token", &message.code),
        _ => ("code", &message.code),
    };
    // Users choose their addresses: nothing in them may look like another line, or do things to a terminal.
    let (user, destination) = (
        message.username.escape_debug(),
        message.destination.escape_debug(),
    );
    let (kind, pool) = (message.kind, &message.user_pool_id);
    log(format_args!(
        "{kind:?} {what} {text} to {destination} for {user} of {pool}"
    ));
}

/// An operation of the API: its name, how it ended, how long it took.
pub(super) async fn request(request: Request, next: Next) -> Response {
    let operation = (request.method() == Method::POST).then(|| operation(request.headers()));
    let start = Instant::now();
    let response = next.run(request).await;
    if let Some(operation) = operation {
        let line = outcome(operation, &response, start.elapsed());
        log(format_args!("{line}"));
    }
    response
}

fn outcome(operation: &str, response: &Response, taken: Duration) -> String {
    let text = |name| response.headers().get(name).map(HeaderValue::as_bytes);
    let error = text("x-amzn-errortype").map(String::from_utf8_lossy);
    let outcome = error.as_deref().unwrap_or("ok").trim_end_matches(':');
    let millis = taken.as_millis();
    match text("x-amzn-errormessage").map(String::from_utf8_lossy) {
        // It is this program that failed, or the disk, and not the request.
        Some(reason) if response.status().is_server_error() => {
            format!("{operation} {outcome} {millis} ms: {reason}")
        }
        _ => format!("{operation} {outcome} {millis} ms"),
    }
}

fn operation(headers: &HeaderMap) -> &'static str {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let name = target.and_then(|target| target.rsplit('.').next());
    name.and_then(Operation::from_name)
        .map_or("unknown operation", Operation::as_str)
}
