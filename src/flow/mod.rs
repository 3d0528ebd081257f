//! Authentication flows without input and output.
//!
//! A flow is a value: it begins with a request, [`Flow::on_response`] takes the answer to the last
//! request and says what comes next. Drivers are loops around that (`src/client` over futures, `src/js`
//! over callbacks); tests are transcripts. What a flow needs of the world it asks of its [`Host`].

pub(crate) mod answer;
mod device;
mod dispatch;
mod host;
mod proof;
mod refresh;
pub(crate) mod sign_in;
#[cfg(test)]
mod tests;

use cognito_srp::ClientEphemeral;

use crate::error::Failure;
use crate::json::Json;
use crate::secret::Password;

pub(crate) use host::{Field, Host};
pub(crate) use refresh::Refresh;

/// One API call.
#[derive(Clone)]
pub(crate) struct Request<J> {
    /// Such as `InitiateAuth`.
    pub(crate) operation: &'static str,
    pub(crate) body: J,
}

/// A conversation with the service about one user, up to its tokens or the next question.
pub(crate) struct Flow<J> {
    /// Goes with the proof of a password as it went with the first request.
    client_metadata: Option<J>,
    state: State<J>,
    /// A device proves itself once in a flow: a service that asks again will ask for ever.
    device_is_offered: bool,
}

/// What the last request was.
enum State<J> {
    /// One that any answer may follow.
    Open,
    /// A, for the user's password.
    Offered {
        ephemeral: Box<ClientEphemeral>,
        password: Password,
    },
    /// The proof of the password. It is kept, to send it again without the device.
    Proved(Request<J>),
    /// A, for the device's password.
    DeviceOffered(Box<ClientEphemeral>),
    /// The verifier of a new device of this key, in a session that is the user's already.
    Confirming(J),
}

/// What follows an answer.
pub(crate) enum Step<J> {
    /// Another request.
    Send(Request<J>),
    /// A question that the application answers, with another flow.
    Challenge(Challenge<J>),
    /// The user is signed in.
    Done {
        /// Whether the new device is remembered only if the user says so.
        confirmation_necessary: bool,
    },
}

/// A question to the application, with `ChallengeParameters` (null if there are none).
pub(crate) enum Challenge<J> {
    /// The first sign-in with a temporary password.
    NewPassword {
        /// What is known of the user (null if the service did not say).
        user_attributes: J,
        /// An array of the names of the attributes that the answer must have, without the prefix
        /// `userAttributes.`.
        required_attributes: J,
    },
    /// A code came by text message.
    SmsMfa(J),
    /// The authenticator application has a code.
    SoftwareTokenMfa(J),
    /// Which of these two.
    SelectMfaType(J),
    /// A factor has to be set up first.
    MfaSetup(J),
    /// Whatever the pool's triggers ask.
    Custom(J),
    /// One that this version does not know, but the application may.
    Other {
        name: String,
        parameters: J,
        /// What SELECT_CHALLENGE lets the user choose from.
        available: Option<J>,
    },
}

impl<J: Json> Flow<J> {
    /// A flow whose first request is any that signs in or answers a challenge.
    pub(crate) fn open() -> Self {
        Self {
            client_metadata: None,
            state: State::Open,
            device_is_offered: false,
        }
    }

    /// Takes the answer to the last request.
    pub(crate) fn on_response<H: Host<Value = J>>(
        &mut self,
        host: &H,
        response: Result<J, H::Error>,
    ) -> Result<Step<J>, H::Error> {
        match (std::mem::replace(&mut self.state, State::Open), response) {
            (
                State::Offered {
                    ephemeral,
                    password,
                },
                Ok(response),
            ) if proof::is_asked_for(&response) => {
                let metadata = self.client_metadata.take();
                let proof = proof::of_user(host, &ephemeral, &password, &response, metadata)?;
                self.state = State::Proved(proof.clone());
                Ok(Step::Send(proof))
            }
            // Once: if the service then still misses a device, it is not ours.
            (State::Proved(proof), Err(error)) if is_about_device(&error) => {
                host.forget_device()?;
                Ok(Step::Send(proof::without_device(proof)))
            }
            (State::DeviceOffered(ephemeral), Ok(response)) if device::is_challenged(&response) => {
                proof::of_device(host, &ephemeral, &response).map(Step::Send)
            }
            (State::Confirming(device_key), Ok(response)) => {
                device::confirmed(host, device_key, &response)
            }
            (_, response) => self.dispatch(host, &response?),
        }
    }
}

/// Whether the service has forgotten the device whose key was sent.
fn is_about_device(error: &impl Failure) -> bool {
    let message = error.message().unwrap_or_default();
    // Not `str::contains`, which weighs 14 kB in wasm.
    let mut words = message.as_bytes().windows(b"device".len());
    error.is("ResourceNotFoundException") && words.any(|word| word.eq_ignore_ascii_case(b"device"))
}

impl<J> Request<J> {
    pub(crate) fn new(operation: &'static str, body: J) -> Self {
        Self { operation, body }
    }
}
