//! USER_SRP_AUTH: the password is proved, not sent.

use cognito_srp::{Claim, ClientEphemeral, Credentials, encoding, timestamp};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::error::{Error, Failure};
use crate::json::Json;
use crate::secret::Password;
use crate::storage::Storage;

use super::challenge::dispatch;
use super::{Flow, Request, Step};

/// InitiateAuth with A, then RespondToAuthChallenge with the proof.
pub(crate) struct SignInSrp<J> {
    password: Password,
    client_metadata: Option<J>,
    random: Zeroizing<Vec<u8>>,
    state: State<J>,
}

enum State<J> {
    Start,
    /// A is sent.
    Offered(Box<ClientEphemeral>),
    /// The proof is sent. It is kept, to send it again without the device.
    Proved {
        proof: Request<J>,
        responses: J,
    },
    /// The same without the device.
    ProvedWithoutDevice,
}

impl<J: Json> SignInSrp<J> {
    /// Bytes of randomness that a sign-in takes.
    pub(crate) const RANDOM_BYTES: usize = ClientEphemeral::EXPONENT_BYTES;

    pub(crate) fn new(password: Password, client_metadata: Option<J>, random: Vec<u8>) -> Self {
        Self {
            password,
            client_metadata,
            random: random.into(),
            state: State::Start,
        }
    }

    /// The proof that the password is known, as the answer to PASSWORD_VERIFIER.
    fn prove<S: Storage>(
        &self,
        account: &Account<S>,
        ephemeral: &ClientEphemeral,
        response: &J,
        now_millis: i64,
    ) -> Result<(Request<J>, J), S::Error> {
        let parameters = response.get("ChallengeParameters");
        let parameter = |key| {
            let text = parameters
                .as_ref()
                .and_then(|parameters| parameters.text(key));
            text.ok_or(Error::UnexpectedResponse(
                "a parameter of PASSWORD_VERIFIER is missing",
            ))
        };
        // The service's name for the user enters the proof, and is who they are from now on.
        let user_id = parameter("USER_ID_FOR_SRP")?;
        account.fields().username = Some(user_id.clone());
        account.load_device()?;

        let (group, identity) = (account.pool_name(), user_id.as_str());
        let credentials = Credentials {
            group,
            identity,
            password: self.password.secret(),
        };
        let key = ephemeral
            .authentication_key(credentials, &parameter("SRP_B")?, &parameter("SALT")?)
            .map_err(Error::Srp)?;
        let secret_block = parameter("SECRET_BLOCK")?;
        let timestamp = timestamp(now_millis);
        let signature = key.sign_claim(&Claim {
            group,
            identity,
            secret_block: &encoding::base64_decode_lenient(&secret_block),
            timestamp: &timestamp,
        });

        let responses = J::object()
            .with_text("USERNAME", &user_id)
            .with_text("PASSWORD_CLAIM_SECRET_BLOCK", &secret_block)
            .with_text("TIMESTAMP", &timestamp)
            .with_text(
                "PASSWORD_CLAIM_SIGNATURE",
                &encoding::base64_encode(&signature),
            )
            .with("DEVICE_KEY", account.device_key_value());
        let body = J::object()
            .with_text("ChallengeName", "PASSWORD_VERIFIER")
            .with_text("ClientId", account.client_id())
            .with("ChallengeResponses", responses.clone())
            .with("Session", response.get("Session"))
            .with("ClientMetadata", self.client_metadata.clone());
        Ok((
            Request::with_context("RespondToAuthChallenge", body),
            responses,
        ))
    }
}

impl<J: Json, S: Storage> Flow<J, S> for SignInSrp<J> {
    fn start(&mut self, account: &Account<S>) -> Result<Request<J>, S::Error> {
        let ephemeral = ClientEphemeral::new(&self.random).map_err(Error::Srp)?;
        let parameters = J::object()
            .with("DEVICE_KEY", account.device_key_value())
            .with("USERNAME", account.username_value())
            .with_text("SRP_A", &ephemeral.public_hex());
        self.state = State::Offered(Box::new(ephemeral));
        let body = J::object()
            .with_text("AuthFlow", "USER_SRP_AUTH")
            .with_text("ClientId", account.client_id())
            .with("AuthParameters", parameters)
            .with("ClientMetadata", self.client_metadata.clone());
        Ok(Request::with_context("InitiateAuth", body))
    }

    fn on_response(
        &mut self,
        account: &Account<S>,
        response: Result<J, S::Error>,
        now_millis: i64,
    ) -> Result<Step<J>, S::Error> {
        match (std::mem::replace(&mut self.state, State::Start), response) {
            (State::Offered(ephemeral), Ok(response)) if asks_for_proof(&response) => {
                let (proof, responses) = self.prove(account, &ephemeral, &response, now_millis)?;
                self.state = State::Proved {
                    proof: proof.clone(),
                    responses,
                };
                Ok(Step::Send(proof))
            }
            // Once: if the service then still misses a device, it is not ours.
            (
                State::Proved {
                    mut proof,
                    mut responses,
                },
                Err(error),
            ) if misses_device(&error) => {
                account.forget_device()?;
                responses.insert("DEVICE_KEY", J::null());
                proof.body.insert("ChallengeResponses", responses);
                self.state = State::ProvedWithoutDevice;
                Ok(Step::Send(proof))
            }
            (_, response) => Ok(dispatch(account, &response?)?),
        }
    }
}

/// Upstream takes any first answer for PASSWORD_VERIFIER; an answer that has another name is not.
fn asks_for_proof<J: Json>(response: &J) -> bool {
    match response.text("ChallengeName") {
        Some(name) => name == "PASSWORD_VERIFIER",
        None => response.get("ChallengeParameters").is_some(),
    }
}

/// Whether the service has forgotten the device whose key was sent.
fn misses_device(error: &impl Failure) -> bool {
    let message = error.message().unwrap_or_default();
    // Not `str::contains`, which weighs 14 kB in wasm.
    let mut words = message.as_bytes().windows(b"device".len());
    error.is("ResourceNotFoundException") && words.any(|word| word.eq_ignore_ascii_case(b"device"))
}
