//! The mail that tells a user of a risk, and lets them say whether it was theirs.

use cognito_idp::types::{DeliveryMediumType, NotifyConfigurationType};

use super::history::AuthEvent;
use crate::{
    UnixMillis,
    outbox::{Message, MessageKind},
    pool::Pool,
    templates,
    user::User,
};

const BODY: &str = "<p>There was a sign-in to your account that we do not recognise:</p>\
    <ul><li>Time: {login-time}</li><li>Device: {device-name}</li><li>Address: {ip-address}</li></ul>\
    <p>If it was you, <a href=\"{one-click-link-valid}\">tell us so</a>. If it was not, change your password, and \
    <a href=\"{one-click-link-invalid}\">tell us that</a>.</p>";

/// What was done about the risk.
#[derive(Clone, Copy)]
pub(crate) enum Done {
    Blocked,
    AskedForFactor,
    Nothing,
}

/// What a notification is about.
pub(super) struct Notification<'a> {
    pub configuration: &'a NotifyConfigurationType,
    pub done: Done,
    pub event: &'a AuthEvent,
    pub feedback_token: &'a str,
    /// Where a link leads to by which the user judges the event; the judgement is yet to be added.
    pub feedback_url: &'a str,
}

impl Notification<'_> {
    /// The message, to the user's verified email address.
    pub fn message(&self, pool: &Pool, user: &User, address: String, at: UnixMillis) -> Message {
        let (template, subject) = match self.done {
            Done::Blocked => (&self.configuration.block_email, "Blocked sign-in attempt"),
            Done::AskedForFactor => (&self.configuration.mfa_email, "New sign-in attempt"),
            Done::Nothing => (&self.configuration.no_action_email, "New sign-in attempt"),
        };
        let template = template.as_ref();
        let subject = template.map_or(subject, |template| &template.subject);
        let html = template.and_then(|template| template.html_body.clone());
        let text = template.and_then(|template| template.text_body.as_ref());
        let body = html
            .or_else(|| text.map(|text| format!("<pre>{}</pre>", escape(text))))
            .unwrap_or_else(|| BODY.to_owned());
        let values = self.values(user);
        Message {
            user_pool_id: pool.id.clone(),
            username: user.username.clone(),
            destination: address,
            medium: DeliveryMediumType::Email,
            kind: MessageKind::AccountTakeOverNotification,
            code: self.feedback_token.to_owned(),
            link: None,
            at,
            from: Some(
                self.configuration
                    .from
                    .clone()
                    .unwrap_or_else(|| templates::sender(pool).to_owned()),
            ),
            reply_to: self.configuration.reply_to.clone(),
            subject: Some(fill(subject, &values, str::to_owned)),
            body: fill(&body, &values, escape),
        }
    }

    /// What stands for the event in a template; what is not known is a hyphen.
    fn values(&self, user: &User) -> [(&'static str, String); 10] {
        let origin = &self.event.origin;
        let address = origin.address.map(|address| address.to_string());
        let link = |value: &str| format!("{}&value={value}", self.feedback_url);
        [
            ("{username}", user.username.clone()),
            ("{ip-address}", known(address.as_deref())),
            ("{city}", known(None)),
            ("{country}", known(None)),
            ("{device-name}", known(origin.device_name())),
            ("{login-time}", login_time(self.event.created)),
            ("{event-id}", self.event.id.clone()),
            ("{feedback-token}", self.feedback_token.to_owned()),
            ("{one-click-link-valid}", link("Valid")),
            ("{one-click-link-invalid}", link("Invalid")),
        ]
    }
}

/// The template with each value in its place. A value's own braces are none of the template's.
fn fill(template: &str, values: &[(&str, String)], written: fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let place = values
            .iter()
            .find_map(|(place, value)| Some((from.strip_prefix(place)?, value)));
        rest = if let Some((after, value)) = place {
            filled.push_str(&written(value));
            after
        } else {
            filled.push('{');
            from.strip_prefix('{').unwrap_or_default()
        };
    }
    filled + rest
}

fn known(value: Option<&str>) -> String {
    value.unwrap_or("-").to_owned()
}

/// In UTC, to the second.
fn login_time(time: UnixMillis) -> String {
    let time = time::OffsetDateTime::from_unix_timestamp(time.seconds());
    time.map_or_else(
        |_| known(None),
        |time| {
            let (hour, minute, second) = time.to_hms();
            format!("{} {hour:02}:{minute:02}:{second:02} UTC", time.date())
        },
    )
}

/// The device's name is whatever somebody sent, and the body may be HTML.
fn escape(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
