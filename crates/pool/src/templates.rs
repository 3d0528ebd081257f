//! What messages say: the pool's templates with the code in its place.

use std::borrow::Cow;

use cognito_idp::types::{
    DeliveryMediumType, EmailConfigurationType, MessageTemplateType,
    VerificationMessageTemplateType,
};

use crate::{outbox::MessageKind, pool::Pool};

/// Stands for the code; in an invitation for the temporary password.
const CODE: &str = "{####}";

/// Stands for the user's name. Invitations alone have it.
const USERNAME: &str = "{username}";

/// What the service sends from unless the pool says otherwise.
const USUAL_SENDER: &str = "no-reply@verificationemail.com";

/// What a message says.
pub(crate) struct Text {
    /// Of an e-mail message.
    pub subject: Option<String>,
    /// HTML in an e-mail message.
    pub body: String,
}

/// The pool's text for a message of this kind, or the service's if the pool has none.
pub(crate) fn text(
    pool: &Pool,
    kind: MessageKind,
    medium: DeliveryMediumType,
    username: &str,
    code: &str,
) -> Text {
    match medium {
        DeliveryMediumType::Email => {
            let (subject, template) = email(pool, kind);
            Text {
                subject: Some(subject.to_owned()),
                body: fill(template, kind, &escape(username), &escape(code)),
            }
        }
        DeliveryMediumType::Sms => Text {
            subject: None,
            body: fill(sms(pool, kind), kind, username, code),
        },
    }
}

/// The pool's text for the e-mail message with the link that confirms a sign-up.
pub(crate) fn with_link(pool: &Pool, link: &str) -> Text {
    let template = verification(pool);
    let subject = template
        .and_then(|template| template.email_subject_by_link.as_deref())
        .unwrap_or("Your verification link");
    let body = template
        .and_then(|template| template.email_message_by_link.as_deref())
        .unwrap_or("Please click the link below to verify your email address. {##Verify Email##}");
    Text {
        subject: Some(subject.to_owned()),
        body: fill_link(body, link),
    }
}

/// Who the pool's e-mail messages are from.
pub(crate) fn sender(pool: &Pool) -> &str {
    let email = pool.settings.email_configuration.as_ref();
    email
        .and_then(|email| email.from.as_deref().or_else(|| identity(email)))
        .unwrap_or(USUAL_SENDER)
}

/// Who gets the answers, if not the sender.
pub(crate) fn reply_to(pool: &Pool) -> Option<&str> {
    let email = pool.settings.email_configuration.as_ref()?;
    email.reply_to_email_address.as_deref()
}

/// The address in the ARN of an identity of SES. (Of a domain's it does not say which address.)
fn identity(email: &EmailConfigurationType) -> Option<&str> {
    let (_, identity) = email.source_arn.as_deref()?.split_once(":identity/")?;
    identity.contains('@').then_some(identity)
}

/// Subject and body.
fn email(pool: &Pool, kind: MessageKind) -> (&str, &str) {
    let (subject, body, usual) = match kind {
        MessageKind::AdminCreateUser => {
            let invitation = invitation(pool);
            (
                invitation.and_then(|template| template.email_subject.as_deref()),
                invitation.and_then(|template| template.email_message.as_deref()),
                (
                    "Your temporary password",
                    "Your username is {username} and temporary password is {####}.",
                ),
            )
        }
        MessageKind::Authentication => {
            let email = pool.factors.email.as_ref();
            (
                email.and_then(|email| email.subject.as_deref()),
                email.and_then(|email| email.message.as_deref()),
                (
                    "Your authentication code",
                    "Your authentication code is {####}.",
                ),
            )
        }
        _ => {
            let (template, settings) = (verification(pool), &pool.settings);
            (
                template
                    .and_then(|template| template.email_subject.as_deref())
                    .or(settings.email_verification_subject.as_deref()),
                template
                    .and_then(|template| template.email_message.as_deref())
                    .or(settings.email_verification_message.as_deref()),
                (
                    "Your verification code",
                    "Your verification code is {####}.",
                ),
            )
        }
    };
    (subject.unwrap_or(usual.0), body.unwrap_or(usual.1))
}

fn sms(pool: &Pool, kind: MessageKind) -> &str {
    let settings = &pool.settings;
    match kind {
        MessageKind::AdminCreateUser => invitation(pool)
            .and_then(|template| template.sms_message.as_deref())
            .unwrap_or("Your username is {username} and temporary password is {####}."),
        MessageKind::Authentication => pool
            .factors
            .sms
            .as_ref()
            .and_then(|sms| sms.sms_authentication_message.as_deref())
            .or(settings.sms_authentication_message.as_deref())
            .unwrap_or("Your authentication code is {####}."),
        _ => verification(pool)
            .and_then(|template| template.sms_message.as_deref())
            .or(settings.sms_verification_message.as_deref())
            .unwrap_or("Your verification code is {####}."),
    }
}

fn invitation(pool: &Pool) -> Option<&MessageTemplateType> {
    let config = pool.settings.admin_create_user_config.as_ref()?;
    config.invite_message_template.as_ref()
}

fn verification(pool: &Pool) -> Option<&VerificationMessageTemplateType> {
    pool.settings.verification_message_template.as_ref()
}

/// Makes a link of the text between `{##` and `##}`.
fn fill_link(template: &str, link: &str) -> String {
    let place = template
        .split_once("{##")
        .and_then(|(before, rest)| Some((before, rest.split_once("##}")?)));
    match place {
        Some((before, (text, after))) => {
            let link = escape(link);
            format!("{before}<a href=\"{link}\">{text}</a>{after}")
        }
        // No template is without one, by its pattern.
        None => template.to_owned(),
    }
}

/// Puts the values into their places: each at once, so that a name that looks like a place stays what it is.
fn fill(template: &str, kind: MessageKind, username: &str, code: &str) -> String {
    let with_code = |part: &str| part.replace(CODE, code);
    if kind != MessageKind::AdminCreateUser {
        return with_code(template);
    }
    let parts: Vec<_> = template.split(USERNAME).map(with_code).collect();
    parts.join(username)
}

/// Text as HTML shows it.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>']) {
        return text.into();
    }
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .into()
}
