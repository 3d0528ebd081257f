//! What a sign-in leads to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Error;
use crate::flow::Challenge;
use crate::json::Json;
use crate::session::Session;

use super::mfa::Mfa;

/// Where a sign-in has got to. What is not the end is a question that a method of
/// [`User`](crate::User) answers, which leads to a `SignIn` again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SignIn {
    /// The user is signed in, and storage knows.
    Done(Session),
    /// The same, on a device that the service remembers only if the user wants it to:
    /// [`set_device_status`](crate::User::set_device_status).
    UserConfirmationNecessary(Session),
    /// The password was a temporary one:
    /// [`complete_new_password`](crate::User::complete_new_password).
    NewPasswordRequired(NewPasswordRequired),
    /// A code came by text message: [`answer_mfa`](crate::User::answer_mfa) with [`Mfa::Sms`].
    #[non_exhaustive]
    SmsMfa {
        /// The number it went to, mostly masked.
        destination: String,
    },
    /// The authenticator application has a code: [`answer_mfa`](crate::User::answer_mfa) with
    /// [`Mfa::SoftwareToken`].
    #[non_exhaustive]
    SoftwareTokenMfa {
        /// What the user called the application, if they did.
        friendly_device_name: Option<String>,
    },
    /// One of these factors is wanted: [`select_mfa`](crate::User::select_mfa).
    SelectMfaType(Vec<Mfa>),
    /// One of these factors has to be set up first:
    /// [`associate_software_token`](crate::User::associate_software_token).
    MfaSetup(Vec<Mfa>),
    /// The pool's own question, as its triggers put it:
    /// [`answer_custom_challenge`](crate::User::answer_custom_challenge).
    CustomChallenge(BTreeMap<String, String>),
    /// Any other challenge, such as `EMAIL_OTP`, which the caller knows:
    /// [`answer_challenge`](crate::User::answer_challenge).
    #[non_exhaustive]
    OtherChallenge {
        /// As the service calls it.
        name: String,
        /// `ChallengeParameters`.
        parameters: BTreeMap<String, String>,
        /// What `SELECT_CHALLENGE` lets the user choose from.
        available: Vec<String>,
    },
}

/// What the service asks beside a new password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewPasswordRequired {
    /// What the service knows of the user.
    pub attributes: BTreeMap<String, String>,
    /// Attributes that the answer must have.
    pub required: Vec<String>,
}

impl SignIn {
    /// The session of a user who is signed in; `None` while there is a question.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Done(session) | Self::UserConfirmationNecessary(session) => Some(session),
            _ => None,
        }
    }
}

impl TryFrom<Challenge<Value>> for SignIn {
    type Error = Error;

    fn try_from(challenge: Challenge<Value>) -> Result<Self, Error> {
        Ok(match challenge {
            Challenge::NewPassword {
                user_attributes,
                required_attributes,
            } => Self::NewPasswordRequired(NewPasswordRequired {
                attributes: texts(&user_attributes),
                required: required_attributes
                    .elements()
                    .iter()
                    .filter_map(Json::as_text)
                    .collect(),
            }),
            Challenge::SmsMfa(parameters) => Self::SmsMfa {
                destination: parameters
                    .text("CODE_DELIVERY_DESTINATION")
                    .unwrap_or_default(),
            },
            Challenge::SoftwareTokenMfa(parameters) => Self::SoftwareTokenMfa {
                friendly_device_name: parameters.text("FRIENDLY_DEVICE_NAME"),
            },
            Challenge::SelectMfaType(parameters) => {
                Self::SelectMfaType(factors(&parameters, "MFAS_CAN_CHOOSE")?)
            }
            Challenge::MfaSetup(parameters) => {
                Self::MfaSetup(factors(&parameters, "MFAS_CAN_SETUP")?)
            }
            Challenge::Custom(parameters) => Self::CustomChallenge(texts(&parameters)),
            Challenge::Other {
                name,
                parameters,
                available,
            } => Self::OtherChallenge {
                name,
                parameters: texts(&parameters),
                available: available
                    .unwrap_or_else(Value::null)
                    .elements()
                    .iter()
                    .filter_map(Json::as_text)
                    .collect(),
            },
        })
    }
}

/// The members of an object that are texts.
fn texts(object: &Value) -> BTreeMap<String, String> {
    let text = |(name, value): (String, Value)| Some((name, value.as_text()?));
    object.members().into_iter().filter_map(text).collect()
}

/// A list of factors, which is JSON text inside the answer; those that this version cannot answer left
/// out.
fn factors(parameters: &Value, key: &str) -> Result<Vec<Mfa>, Error> {
    let text = Json::get(parameters, key).unwrap_or_else(|| "[]".into());
    let list = text
        .parsed()
        .ok_or(Error::UnexpectedResponse("factors are not JSON"))?;
    let factor = |name: &Value| Mfa::from_name(name.as_str()?);
    Ok(list.elements().iter().filter_map(factor).collect())
}
