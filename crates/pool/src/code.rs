//! Verification codes: six digits that show that an address is the user's.

use std::time::Duration;

use cognito_idp::{
    Error, ErrorCode, Sensitive,
    types::{CodeDeliveryDetailsType, VerifiedAttributeType},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::{
    Settings,
    client::Client,
    confirmation_link,
    delivery::Destination,
    keys,
    outbox::{self, Message, MessageKind},
    pool::Pool,
    records::Records,
    user::User,
};

const DIGITS: usize = 6;

/// What the service was seen to send where a code is the first factor.
const FIRST_FACTOR_DIGITS: usize = 8;

/// How verification codes are made.
#[derive(Clone, Debug, Default)]
pub enum Codes {
    /// At random, as the service does.
    #[default]
    Random,
    /// Always this one. For tests and demonstrations only: anybody who knows it confirms any address and resets any
    /// password.
    Fixed(String),
}

/// What a code is good for. A user has at most one code for each purpose; a new one replaces it.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    SignUp,
    ForgotPassword,
    Attribute(VerifiedAttributeType),
}

/// A code on its way back from a user.
#[derive(Serialize, Deserialize)]
pub(crate) struct Code {
    /// None in a decoy, which nothing matches.
    code: Option<String>,
    /// The attribute that the code went to.
    pub attribute: VerifiedAttributeType,
    /// The value of that attribute which the code proves to be the user's.
    pub address: String,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::ForgotPassword => "forgot-password",
            Self::Attribute(attribute) => attribute.as_str(),
        }
    }

    fn lifetime(self) -> Duration {
        let hours = match self {
            Self::SignUp | Self::Attribute(_) => 24,
            Self::ForgotPassword => 1,
        };
        Duration::from_secs(60 * 60 * hours)
    }
}

/// What it takes to send a code.
#[derive(Clone, Copy)]
pub(crate) struct Sender<'a> {
    pub settings: &'a Settings,
}

impl Sender<'_> {
    /// Sends a user a new code and says where it went.
    pub fn send(
        self,
        records: &mut Records<'_>,
        pool: &Pool,
        user: &User,
        purpose: Purpose,
        kind: MessageKind,
        destination: &Destination,
    ) -> Result<CodeDeliveryDetailsType, Error> {
        let code = self.keep_new(records, pool, user, purpose, destination)?;
        deliver(records, pool, user, kind, destination, code, None)?;
        Ok(destination.details())
    }

    /// Sends a user a new code that confirms a sign-up with this client, or a link that has it in it if the pool says so.
    pub fn send_confirmation(
        self,
        records: &mut Records<'_>,
        pool: &Pool,
        client: &Client,
        user: &User,
        kind: MessageKind,
        destination: &Destination,
    ) -> Result<CodeDeliveryDetailsType, Error> {
        let code = self.keep_new(records, pool, user, Purpose::SignUp, destination)?;
        let is_by_link =
            destination.attribute == VerifiedAttributeType::Email && pool.confirms_by_link();
        let link = is_by_link.then(|| {
            let base_url = self.settings.base_url();
            confirmation_link::url(&base_url, &client.id, &user.username, &code)
        });
        deliver(records, pool, user, kind, destination, code, link)?;
        Ok(destination.details())
    }

    /// Sends a user a code to sign in with, and gives it back: it is good in one session alone, which keeps it.
    pub fn send_factor(
        self,
        records: &mut Records<'_>,
        pool: &Pool,
        user: &User,
        is_first: bool,
        destination: &Destination,
    ) -> Result<Sensitive, Error> {
        let digits = if is_first {
            FIRST_FACTOR_DIGITS
        } else {
            DIGITS
        };
        let code = self.make(digits);
        let kind = MessageKind::Authentication;
        deliver(records, pool, user, kind, destination, code.clone(), None)?;
        Ok(code.into())
    }

    fn make(self, digits: usize) -> String {
        match &self.settings.codes {
            Codes::Random => self.settings.random.text("0123456789", digits),
            Codes::Fixed(code) => code.clone(),
        }
    }

    fn keep_new(
        self,
        records: &mut Records<'_>,
        pool: &Pool,
        user: &User,
        purpose: Purpose,
        destination: &Destination,
    ) -> Result<String, Error> {
        let code = self.make(DIGITS);
        let kept = Some(code.clone());
        keep(records, pool, &user.sub, purpose, destination, kept)?;
        Ok(code)
    }
}

/// Pretends to send a code to somebody who does not exist, so that what follows is what follows for a user.
pub(crate) fn pretend(
    records: &mut Records<'_>,
    pool: &Pool,
    subject: &str,
    purpose: Purpose,
    destination: &Destination,
) -> Result<CodeDeliveryDetailsType, Error> {
    keep(records, pool, subject, purpose, destination, None)?;
    Ok(destination.details())
}

/// Where a code is on its way to that the user can still give back, if there is one.
pub(crate) fn destination(
    records: &Records<'_>,
    pool: &Pool,
    subject: &str,
    purpose: Purpose,
) -> Result<Option<Destination>, Error> {
    let code: Option<Code> = records.current(&keys::code(&pool.id, subject, purpose.name()))?;
    Ok(code.map(|code| Destination {
        attribute: code.attribute,
        address: code.address,
    }))
}

/// Checks the code that a user gives, and uses it up.
///
/// # Errors
///
/// `ExpiredCodeException` if there is no code or not any more, `CodeMismatchException` if it is another.
pub(crate) fn redeem(
    records: &mut Records<'_>,
    pool: &Pool,
    subject: &str,
    purpose: Purpose,
    given: &str,
) -> Result<Code, Error> {
    let key = keys::code(&pool.id, subject, purpose.name());
    let code: Code = records.current(&key)?.ok_or_else(|| {
        Error::new(
            ErrorCode::ExpiredCodeException,
            "Invalid code provided, please request a code again.",
        )
    })?;
    let matches = code
        .code
        .as_ref()
        .is_some_and(|code| code.as_bytes().ct_eq(given.as_bytes()).into());
    if !matches {
        return Err(mismatch());
    }
    records.delete(&key)?;
    Ok(code)
}

/// The error of whoever gives another code than the one that was sent.
pub(crate) fn mismatch() -> Error {
    Error::new(
        ErrorCode::CodeMismatchException,
        "Invalid verification code provided, please try again.",
    )
}

/// Takes back a code that nobody needs any more.
pub(crate) fn withdraw(
    records: &mut Records<'_>,
    pool: &Pool,
    subject: &str,
    purpose: Purpose,
) -> Result<(), Error> {
    records.delete(&keys::code(&pool.id, subject, purpose.name()))
}

fn deliver(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    kind: MessageKind,
    destination: &Destination,
    code: String,
    link: Option<String>,
) -> Result<(), Error> {
    let to = destination.clone();
    let message = Message::new(pool, user, kind, to, code, link, records.now);
    outbox::push(records, message)
}

fn keep(
    records: &mut Records<'_>,
    pool: &Pool,
    subject: &str,
    purpose: Purpose,
    destination: &Destination,
    code: Option<String>,
) -> Result<(), Error> {
    let until = records.now + purpose.lifetime();
    let record = Code {
        code,
        attribute: destination.attribute,
        address: destination.address.clone(),
    };
    records.put_until(
        &keys::code(&pool.id, subject, purpose.name()),
        until,
        record,
    )
}
