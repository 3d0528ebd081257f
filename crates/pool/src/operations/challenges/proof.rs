//! The proof that ends an SRP exchange.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use cognito_srp::{Claim, Verifier, encoding, parse_timestamp};

use super::super::parameters::Parameters;
use crate::{UnixMillis, errors, exchange::Exchange};

/// What an answer says to have computed.
pub(super) struct Proof<'a> {
    pub secret_block: &'a str,
    signature: &'a str,
    timestamp: &'a str,
    seconds: i64,
}

impl<'a> Proof<'a> {
    /// # Errors
    ///
    /// `InvalidParameterException` if a part is missing or the time is none.
    pub fn parse(responses: &'a Parameters) -> Result<Self, Error> {
        let secret_block = responses.required("PASSWORD_CLAIM_SECRET_BLOCK")?;
        let signature = responses.required("PASSWORD_CLAIM_SIGNATURE")?;
        let timestamp = responses.required("TIMESTAMP")?;
        let seconds = parse_timestamp(timestamp).ok_or_else(|| {
            errors::invalid_parameter(
                "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
            )
        })?;
        Ok(Self {
            secret_block,
            signature,
            timestamp,
            seconds,
        })
    }

    /// Whether it can have been computed while the exchange was open.
    pub fn is_timely(&self, exchange: &Exchange, now: UnixMillis) -> bool {
        exchange.could_be_at(self.seconds, now)
    }

    /// Whether who computed it knows the password that the verifier is of.
    pub fn shows(
        &self,
        exchange: &Exchange,
        group: &str,
        verifier: &Verifier,
    ) -> Result<bool, Error> {
        let claim = Claim {
            group,
            identity: exchange.identity(),
            secret_block: &encoding::base64_decode_lenient(self.secret_block),
            timestamp: self.timestamp,
        };
        let signature = STANDARD.decode(self.signature).unwrap_or_default();
        Ok(exchange
            .authentication_key(verifier)?
            .verify_claim(&claim, &signature))
    }
}
