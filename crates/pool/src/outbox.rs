//! Messages to users. They wait here to be read; whoever serves the pools may send them, too.

use cognito_idp::{Error, types::DeliveryMediumType};
use serde::{Deserialize, Serialize};

use crate::{
    UnixMillis,
    delivery::Destination,
    keys,
    pool::Pool,
    records::Records,
    templates::{self, Text},
    user::User,
};

/// How many messages are kept; beyond it the oldest goes.
pub(crate) const CAPACITY: u64 = 1000;

/// A message that the service would have sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The user's pool.
    pub user_pool_id: String,
    /// The user's name.
    pub username: String,
    /// The email address or phone number.
    pub destination: String,
    /// How it goes there: `EMAIL` or `SMS`.
    pub medium: DeliveryMediumType,
    /// What it is for.
    pub kind: MessageKind,
    /// The verification code; in an invitation the temporary password, in a notification the feedback token.
    pub code: String,
    /// The link that confirms a sign-up, if it says that and not the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it was sent, in milliseconds since 1970.
    pub at: UnixMillis,
    /// The sender of an e-mail message: an address, or a name and an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Where answers to an e-mail message go, if not to its sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The subject of an e-mail message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What it says: HTML by e-mail, plain text by SMS.
    #[serde(default)]
    pub body: String,
}

impl Message {
    /// The message of this kind that the pool sends.
    pub(crate) fn new(
        pool: &Pool,
        user: &User,
        kind: MessageKind,
        to: Destination,
        code: String,
        link: Option<String>,
        at: UnixMillis,
    ) -> Self {
        let medium = to.medium();
        let is_email = medium == DeliveryMediumType::Email;
        let name = to.name_of(pool, user);
        let Text { subject, body } = match &link {
            Some(link) => templates::with_link(pool, link),
            None => templates::text(pool, kind, medium, name, &code),
        };
        Self {
            user_pool_id: pool.id.clone(),
            username: user.username.clone(),
            medium,
            kind,
            code,
            link,
            at,
            from: is_email.then(|| templates::sender(pool).to_owned()),
            reply_to: templates::reply_to(pool)
                .filter(|_| is_email)
                .map(str::to_owned),
            subject,
            body,
            destination: to.address,
        }
    }
}

/// What a message is for. The names are those that the service gives to a custom message trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MessageKind {
    /// The code that confirms a sign-up.
    SignUp,
    /// That code once more.
    ResendCode,
    /// The invitation of a user whom an administrator created, with a temporary password.
    AdminCreateUser,
    /// The code to sign in with, as first or second factor.
    Authentication,
    /// The code that resets a forgotten password.
    ForgotPassword,
    /// The code that verifies a changed email address or phone number.
    UpdateUserAttribute,
    /// The code that verifies the email address or phone number that is there.
    VerifyUserAttribute,
    /// A sign-in that threat protection found dangerous.
    AccountTakeOverNotification,
}

/// Appends a message.
pub(crate) fn push(records: &mut Records<'_>, message: Message) -> Result<(), Error> {
    let number: u64 = records.get(&keys::outbox_next())?.unwrap_or(0);
    records.put(&keys::outbox(number), &message)?;
    if let Some(oldest) = number.checked_sub(CAPACITY) {
        records.delete(&keys::outbox(oldest))?;
    }
    records.put(&keys::outbox_next(), &(number + 1))?;
    records.sent.push(message);
    Ok(())
}

/// The messages that are kept, oldest first.
pub(crate) fn messages(records: &Records<'_>) -> Result<Vec<Message>, Error> {
    records.scan(&keys::outbox_messages())
}
