//! Real e-mail: what lies in the outbox is also sent through an SMTP server.

use std::{
    error::Error,
    io,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use cognito_idp::types::DeliveryMediumType;
use cognito_pool::Message;
use lettre::{SmtpTransport, Transport as _, message::header::ContentType, transport::smtp};

use super::log::log;

/// How long the SMTP server may take for each of its answers.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How many messages wait while the server is slow: as many as the outbox keeps.
const WAITING: usize = 1000;

/// Where messages are relayed.
pub struct Relay {
    /// Host and port, which is all that people are told of it.
    server: String,
    transport: SmtpTransport,
}

impl Relay {
    /// A relay to the server of this URL.
    pub fn new(url: &str) -> Result<Self> {
        // The URL may hold a password, so that no error may repeat it.
        let expected = "--smtp: expected smtp://[USER:PASSWORD@]HOST[:PORT], or smtps://";
        let Ok(transport) = SmtpTransport::from_url(url) else {
            bail!(expected);
        };
        let (_, address) = url.split_once("://").context(expected)?;
        let authority = address.split(['/', '?']).next().unwrap_or_default();
        let server = authority.rsplit('@').next().unwrap_or_default();
        Ok(Self {
            server: server.to_owned(),
            transport: transport.timeout(Some(TIMEOUT)).build(),
        })
    }

    /// Begins to send, on a thread of its own, and gives what takes messages. That never waits.
    pub fn start(self) -> Result<impl Fn(&Message)> {
        log(format_args!("e-mail is sent through {}", self.server));
        let (queue, waiting) = sync_channel(WAITING);
        thread::Builder::new()
            .name("relay".to_owned())
            .spawn(move || self.run(&waiting))
            .context("cannot start the relay")?;
        Ok(move |message: &Message| enqueue(&queue, message))
    }

    fn run(&self, waiting: &Receiver<Message>) {
        for message in waiting {
            if let Err(reason) = self.send(&message) {
                not_relayed(&message, &reason);
            }
        }
    }

    fn send(&self, message: &Message) -> Result<(), String> {
        let email = email(message)?;
        match self.transport.send(&email) {
            Ok(_) => Ok(()),
            Err(error) => Err(reason(&error)),
        }
    }
}

fn enqueue(queue: &SyncSender<Message>, message: &Message) {
    if message.medium == DeliveryMediumType::Email && queue.try_send(message.clone()).is_err() {
        not_relayed(message, "too many messages wait");
    }
}

/// Neither the code nor whose it is: an SMTP server's failures are read by others than its messages.
fn not_relayed(message: &Message, reason: &str) {
    log(format_args!(
        "warning: a message ({:?}) of {} was not relayed: {reason}",
        message.kind, message.user_pool_id
    ));
}

fn email(message: &Message) -> Result<lettre::Message, String> {
    let no_address = |whose: &str| format!("{whose} is no address that mail can go to");
    let address = |text: &str, whose: &str| text.parse().map_err(|_| no_address(whose));
    let mut builder = lettre::Message::builder()
        .to(address(&message.destination, "the user's")?)
        .from(address(
            message.from.as_deref().unwrap_or_default(),
            "From of the pool's EmailConfiguration",
        )?)
        .subject(message.subject.clone().unwrap_or_default())
        .header(ContentType::TEXT_HTML);
    if let Some(reply_to) = &message.reply_to {
        let whose = "ReplyToEmailAddress of the pool's EmailConfiguration";
        builder = builder.reply_to(address(reply_to, whose)?);
    }
    builder
        .body(message.body.clone())
        .map_err(|error| error.to_string())
}

/// Why the server did not take a message. Of its answer only the number: the text may repeat the address.
fn reason(error: &smtp::Error) -> String {
    if let Some(status) = error.status() {
        return format!("the SMTP server answered {status}");
    }
    if error.is_timeout() {
        return "the SMTP server takes too long".to_owned();
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<io::Error>() {
            return format!("no connection to the SMTP server: {cause}");
        }
        source = cause.source();
    }
    if error.is_tls() {
        return "no TLS connection to the SMTP server".to_owned();
    }
    "the SMTP server does not speak as expected".to_owned()
}
