//! Where a request comes from, as far as that is told.

use std::net::IpAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{
    Error,
    types::{ContextDataType, EventContextDataType, UserContextDataType},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{client::Client, errors};

/// An address and a device.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Origin {
    pub address: Option<IpAddr>,
    /// What the context data library calls the device.
    pub device_id: Option<String>,
    device_name: Option<String>,
    time_zone: Option<String>,
}

impl Origin {
    /// Of a request of a user's own application, which `address` sent. An address in the context data is believed only
    /// where the client propagates it, as the service has it: such a client has a secret, and runs on a server.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` for an address that is none.
    pub fn of_user(
        address: Option<IpAddr>,
        client: &Client,
        context: Option<&UserContextDataType>,
    ) -> Result<Self, Error> {
        let propagates = client
            .settings
            .enable_propagate_additional_user_context_data
            == Some(true);
        let told = context.and_then(|context| context.ip_address.as_deref());
        let address = match told.filter(|_| propagates) {
            Some(told) => Some(parse(told)?),
            None => address,
        };
        let encoded = context.and_then(|context| context.encoded_data.as_deref());
        Ok(Self {
            address,
            ..Self::of_device(encoded)
        })
    }

    /// Of a user on whose behalf an administrator's server asks: that server's own address says nothing.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` for an address that is none.
    pub fn of_server(context: Option<&ContextDataType>) -> Result<Self, Error> {
        let Some(context) = context else {
            return Ok(Self::default());
        };
        let device = Self::of_device(context.encoded_data.as_deref());
        let is_user_agent = |name: &String| name.eq_ignore_ascii_case("user-agent");
        let user_agent = context
            .http_headers
            .iter()
            .find(|header| header.header_name.as_ref().is_some_and(is_user_agent))
            .and_then(|header| header.header_value.clone());
        Ok(Self {
            address: Some(parse(&context.ip_address)?),
            device_name: device.device_name.clone().or(user_agent),
            ..device
        })
    }

    /// What `AdminListUserAuthEvents` shows.
    pub fn description(&self) -> EventContextDataType {
        EventContextDataType {
            ip_address: self.address.map(|address| address.to_string()),
            device_name: self.device_name.clone(),
            timezone: self.time_zone.clone(),
            ..EventContextDataType::default()
        }
    }

    pub fn device_name(&self) -> Option<&str> {
        self.device_name.as_deref()
    }

    /// The device that `EncodedData` tells of: base64 of JSON, whose `payload` is JSON again. Its signature proves
    /// nothing, since its key is the client's id. What cannot be read tells nothing.
    fn of_device(encoded: Option<&str>) -> Self {
        let payload = || {
            let data: Value = serde_json::from_slice(&STANDARD.decode(encoded?).ok()?).ok()?;
            serde_json::from_str::<Value>(data.get("payload")?.as_str()?).ok()
        };
        let payload = payload().unwrap_or_default();
        let context = payload.get("contextData");
        let text = |name: &str| Some(context?.get(name)?.as_str()?.to_owned());
        Self {
            address: None,
            device_id: text("DeviceId"),
            device_name: text("DeviceName").or_else(|| text("UserAgent")),
            time_zone: text("ClientTimezone"),
        }
    }
}

fn parse(address: &str) -> Result<IpAddr, Error> {
    let parsed: Result<IpAddr, _> = address.parse();
    parsed
        .map(|address| address.to_canonical())
        // The text has no source.
        .map_err(|_| errors::invalid_parameter("IpAddress is not a valid IP address."))
}
