//! Remembered devices: a new one is confirmed, a known one proves itself.

use cognito_srp::{ClientEphemeral, device_verifier};

use crate::error::Error;
use crate::json::Json;

use super::{Field, Flow, Host, Request, State, Step};

impl<J: Json> Flow<J> {
    /// DEVICE_SRP_AUTH: A, for the proof of the device.
    pub(crate) fn offer_device<H: Host<Value = J>>(
        &mut self,
        host: &H,
        client_metadata: Option<J>,
    ) -> Result<Request<J>, H::Error> {
        if std::mem::replace(&mut self.device_is_offered, true) {
            return Err(Error::UnexpectedResponse("a device is challenged again").into());
        }
        let random = host.random(ClientEphemeral::EXPONENT_BYTES)?;
        let ephemeral = ClientEphemeral::new(&random).map_err(Error::Srp)?;
        let responses = J::object()
            .with("USERNAME", host.get(Field::Username))
            .with("DEVICE_KEY", host.get(Field::DeviceKey))
            .with_text("SRP_A", &ephemeral.public_hex());
        self.state = State::DeviceOffered(ephemeral.into());
        let body = J::object()
            .with_text("ChallengeName", "DEVICE_SRP_AUTH")
            .with("ClientId", host.client_id()?)
            .with("ChallengeResponses", responses)
            .with("ClientMetadata", client_metadata)
            .with("Session", host.get(Field::Session));
        Ok(Request::new("RespondToAuthChallenge", body))
    }

    /// ConfirmDevice: a verifier for the device that the service sees for the first time.
    pub(super) fn confirm_device<H: Host<Value = J>>(
        &mut self,
        host: &H,
        metadata: &J,
        access_token: Option<J>,
    ) -> Result<Request<J>, H::Error> {
        let missing = || Error::UnexpectedResponse("a member of NewDeviceMetadata is missing");
        let group_key = metadata.text("DeviceGroupKey").ok_or_else(missing)?;
        let device_key = metadata.text("DeviceKey").ok_or_else(missing)?;
        let (password, salt) = (host.random(40)?, host.random(16)?);
        let (Ok(password), Ok(salt)) = (password.as_slice().try_into(), salt.as_slice().try_into())
        else {
            return Err(Error::NoRandomness.into());
        };
        let device =
            device_verifier(&group_key, &device_key, password, salt).map_err(Error::Srp)?;
        host.set(Field::VerifierDevices, Some(J::string(&device.verifier)));
        host.set(Field::DeviceGroupKey, Some(J::string(&group_key)));
        host.set(Field::RandomPassword, Some(J::string(&device.password)));

        let device_key = J::string(&device_key);
        self.state = State::Confirming(device_key.clone());
        let verifier = J::object()
            .with_text("Salt", &device.salt)
            .with_text("PasswordVerifier", &device.verifier);
        let body = J::object()
            .with("DeviceKey", device_key)
            .with("AccessToken", access_token)
            .with("DeviceSecretVerifierConfig", verifier)
            .with("DeviceName", host.device_name());
        Ok(Request::new("ConfirmDevice", body))
    }
}

/// Whether the answer to A asks for the proof of the device.
pub(super) fn is_challenged<J: Json>(response: &J) -> bool {
    match response.text("ChallengeName") {
        Some(name) => name == "DEVICE_PASSWORD_VERIFIER",
        None => response.get("ChallengeParameters").is_some(),
    }
}

/// The service knows the device from now on, and the device itself.
pub(super) fn confirmed<H: Host>(
    host: &H,
    device_key: H::Value,
    response: &H::Value,
) -> Result<Step<H::Value>, H::Error> {
    host.set(Field::DeviceKey, Some(device_key));
    host.store_device()?;
    let necessary = response.get("UserConfirmationNecessary");
    Ok(Step::Done {
        confirmation_necessary: necessary.is_some_and(|value| value.is_true()),
    })
}
