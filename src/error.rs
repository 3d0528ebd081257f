//! What can go wrong, by who is at fault.

use std::fmt;
use std::sync::Arc;

use cognito_srp::SrpError;

/// Any failure of this crate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The service refused the request.
    Service(ServiceError),
    /// No answer came.
    Network(Arc<dyn std::error::Error + Send + Sync>),
    /// The service answered with something that this protocol does not have; says what.
    UnexpectedResponse(&'static str),
    /// The service sent a number that SRP refuses.
    Srp(SrpError),
    /// The caller asked for what cannot be.
    Caller(Misuse),
    /// The machine gave no random numbers.
    NoRandomness,
    /// Tokens could not be read from storage or written to it.
    Storage(Arc<dyn std::error::Error + Send + Sync>),
}

/// An error answer of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceError {
    /// Such as `NotAuthorizedException`.
    pub code: String,
    /// The service's own words, where it had any.
    pub message: Option<String>,
    /// HTTP status.
    pub status: u16,
}

/// What a caller did wrong. The texts are `amazon-cognito-identity-js`'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misuse {
    /// A pool needs an id and a client id.
    PoolIdRequired,
    /// The pool id is not `region_name`.
    InvalidPoolId,
    /// A user needs a name and a pool.
    UserRequired,
    /// The operation needs a valid session.
    NotAuthenticated,
    /// The user's name was taken away.
    UsernameIsNull,
    /// Storage holds no session.
    NotSignedIn,
    /// The session has expired and cannot be renewed.
    NoRefreshToken,
    /// Neither `USER_SRP_AUTH` nor `USER_PASSWORD_AUTH`.
    InvalidFlow,
    /// There is no password.
    PasswordRequired,
    /// There is no new password.
    NewPasswordRequired,
    /// A session needs an ID token and an access token.
    TokensRequired,
    /// Storage knows no device of the user's.
    NoDevice,
}

impl Misuse {
    /// What the caller is told.
    pub const fn message(self) -> &'static str {
        match self {
            Self::PoolIdRequired => "Both UserPoolId and ClientId are required.",
            Self::InvalidPoolId => "Invalid UserPoolId format.",
            Self::UserRequired => "Username and Pool information are required.",
            Self::NotAuthenticated => "User is not authenticated",
            Self::UsernameIsNull => "Username is null. Cannot retrieve a new session",
            Self::NotSignedIn => "Local storage is missing an ID Token, Please authenticate",
            Self::NoRefreshToken => "Cannot retrieve a new session. Please authenticate.",
            Self::InvalidFlow => "Authentication flow type is invalid.",
            Self::PasswordRequired => "PASSWORD parameter is required",
            Self::NewPasswordRequired => "New password is required.",
            Self::TokensRequired => "Id token and Access Token must be present.",
            // Upstream has no text: it asks the service about a device without a key.
            Self::NoDevice => "No device is remembered.",
        }
    }
}

/// What a flow looks at in an error, whichever form it has outside.
pub trait Failure: From<Error> {
    /// The service's error code, or `NetworkError`.
    fn code(&self) -> Option<String>;

    /// The service's words.
    fn message(&self) -> Option<String>;

    /// HTTP status of the service's answer.
    fn status(&self) -> Option<u16>;

    /// Whether the service said just this.
    fn is(&self, code: &str) -> bool {
        self.code().is_some_and(|own| own == code)
    }
}

impl Failure for Error {
    fn code(&self) -> Option<String> {
        match self {
            Self::Service(error) => Some(error.code.clone()),
            Self::Network(_) => Some("NetworkError".to_owned()),
            _ => None,
        }
    }

    fn message(&self) -> Option<String> {
        match self {
            Self::Service(error) => error.message.clone(),
            _ => None,
        }
    }

    fn status(&self) -> Option<u16> {
        match self {
            Self::Service(error) => Some(error.status),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(ServiceError { code, message, .. }) => {
                f.write_str(code)?;
                if let Some(message) = message {
                    f.write_str(": ")?;
                    f.write_str(message)?;
                }
                Ok(())
            }
            Self::Network(_) => f.write_str("Network error"),
            Self::UnexpectedResponse(what) => {
                f.write_str("Unexpected response of the service: ")?;
                f.write_str(what)
            }
            Self::Srp(error) => error.fmt(f),
            Self::Caller(misuse) => f.write_str(misuse.message()),
            Self::NoRandomness => {
                f.write_str("Native crypto module could not be used to get secure random number.")
            }
            Self::Storage(_) => f.write_str("Storage failed"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Network(source) | Self::Storage(source) => Some(&**source),
            Self::Srp(source) => Some(source),
            _ => None,
        }
    }
}

impl std::error::Error for Misuse {}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl From<SrpError> for Error {
    fn from(error: SrpError) -> Self {
        Self::Srp(error)
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<Misuse> for Error {
    fn from(misuse: Misuse) -> Self {
        Self::Caller(misuse)
    }
}
