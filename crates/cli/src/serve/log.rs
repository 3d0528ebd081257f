//! What the server tells its developer, one line each.

use std::{
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use axum::{
    extract::Request,
    http::{HeaderMap, Method},
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
    let what = match message.kind {
        MessageKind::AdminCreateUser => "temporary password",
        _ => "code",
    };
    // Users choose their addresses: nothing in them may look like another line, or do things to a terminal.
    let (user, destination) = (
        message.username.escape_debug(),
        message.destination.escape_debug(),
    );
    let (kind, pool) = (message.kind, &message.user_pool_id);
    log(format_args!(
        "{kind:?} {what} {} to {destination} for {user} of {pool}",
        message.code
    ));
}

/// An operation of the API: its name, how it ended, how long it took.
pub(super) async fn request(request: Request, next: Next) -> Response {
    let operation = (request.method() == Method::POST).then(|| operation(request.headers()));
    let start = Instant::now();
    let response = next.run(request).await;
    if let Some(operation) = operation {
        let error = response
            .headers()
            .get("x-amzn-errortype")
            .and_then(|value| value.to_str().ok());
        let outcome = error.map_or("ok", |error| error.trim_end_matches(':'));
        let millis = start.elapsed().as_millis();
        match response.headers().get("x-amzn-errormessage") {
            // It is this program that failed, or the disk, and not the request.
            Some(reason) if response.status().is_server_error() => {
                let reason = String::from_utf8_lossy(reason.as_bytes());
                log(format_args!("{operation} {outcome} {millis} ms: {reason}"));
            }
            _ => log(format_args!("{operation} {outcome} {millis} ms")),
        }
    }
    response
}

fn operation(headers: &HeaderMap) -> &'static str {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let name = target.and_then(|target| target.rsplit('.').next());
    name.and_then(Operation::from_name)
        .map_or("unknown operation", Operation::as_str)
}
