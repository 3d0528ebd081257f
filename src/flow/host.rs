//! What a flow stands on.

use crate::error::{Error, Failure};
use crate::json::Json;

/// The user whom a flow is about, as the face keeps them, with the clock and randomness. No lock or
/// borrow of the host's is held while it runs: storage may be application code that calls back.
pub(crate) trait Host {
    /// JSON as this face has it.
    type Value: Json;
    /// Failures as this face has them.
    type Error: Failure;

    /// The app client's id.
    fn client_id(&self) -> Result<Self::Value, Self::Error>;

    /// What follows `_` in the pool's id.
    fn pool_name(&self) -> Result<String, Self::Error>;

    /// A field of the user; `None` where it is not set.
    fn get(&self, field: Field) -> Option<Self::Value>;

    /// Sets a field of the user, or takes it away.
    fn set(&self, field: Field, value: Option<Self::Value>);

    /// Takes over the device that storage has for the user, if any.
    fn load_device(&self) -> Result<(), Self::Error>;

    /// Writes the user's device to storage.
    fn store_device(&self) -> Result<(), Self::Error>;

    /// Drops the user's device, here and in storage.
    fn forget_device(&self) -> Result<(), Self::Error>;

    /// Makes an `AuthenticationResult` the user's session, here and in storage.
    fn adopt(&self, result: &Self::Value) -> Result<(), Self::Error>;

    /// What the device is called in the user's list of devices.
    fn device_name(&self) -> Self::Value;

    /// The time as a claim has it (see [`cognito_srp::timestamp`]).
    fn timestamp(&self) -> String;

    /// Secure random bytes.
    fn random(&self, length: usize) -> Result<Vec<u8>, Self::Error>;
}

/// What flows read and change of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    /// As typed; after SRP the service's name for the user.
    Username,
    /// Of the challenge that waits for an answer.
    Session,
    /// Of the device that is remembered for the user.
    DeviceKey,
    /// What its proof calls the pool.
    DeviceGroupKey,
    /// What it proves.
    RandomPassword,
    /// What the service checks that by, base64.
    VerifierDevices,
}

/// A field as text; a flow that cannot go on without it ends in the service's fault.
pub(super) fn text<H: Host>(host: &H, field: Field) -> Result<String, Error> {
    host.get(field)
        .and_then(|value| value.as_text())
        .ok_or(Error::UnexpectedResponse(
            "a challenge to a device that is not remembered",
        ))
}
