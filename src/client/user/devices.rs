//! Devices that the service remembers for a user.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::{Error, Misuse};
use crate::flow::Host;
use crate::json::Json;
use crate::storage::Storage;

use super::User;
use super::data::attributes;
use crate::client::transport::Transport;

/// A device.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Device {
    /// The service's name for it.
    pub key: String,
    /// Such as `device_name` and `device_status`.
    pub attributes: BTreeMap<String, String>,
    /// When it was new, as Unix time in seconds.
    pub created: Option<f64>,
    /// When it was changed.
    pub last_modified: Option<f64>,
    /// When the user last signed in on it.
    pub last_authenticated: Option<f64>,
}

/// A part of a user's list of devices.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DevicePage {
    /// The devices of this part.
    pub devices: Vec<Device>,
    /// What to ask for the next part by; `None` after the last.
    pub pagination_token: Option<String>,
}

/// Whether a device stands in for a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceStatus {
    /// It does.
    Remembered,
    /// It is only known.
    NotRemembered,
}

/// All methods are for signed-in users, and fail with [`Misuse::NotAuthenticated`] without a valid session.
/// Those about this device fail with [`Misuse::NoDevice`] where there is none.
impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// The key of this device, if the service has given it one.
    ///
    /// # Errors
    /// [`Error::Storage`]
    pub fn device_key(&self) -> Result<Option<String>, Error> {
        self.account().device_key()
    }

    /// What the service knows of this device.
    ///
    /// # Errors
    /// `NotAuthenticated`, `NoDevice`; [`Error::Service`], [`Error::Network`]
    pub async fn device(&self) -> Result<Device, Error> {
        let body = json!({ "DeviceKey": self.this_device()? });
        let answer = self.send_authorized("GetDevice", body).await?;
        let device = Json::get(&answer, "Device");
        device
            .map(|device| Device::from_json(&device))
            .ok_or(Error::UnexpectedResponse("no device"))
    }

    /// Up to `limit` (at most 60) of the user's devices; `pagination_token` is that of the part before.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], [`Error::Network`]
    pub async fn list_devices(
        &self,
        limit: u32,
        pagination_token: Option<&str>,
    ) -> Result<DevicePage, Error> {
        let token = pagination_token.map(Value::from);
        let body = json!({ "Limit": limit }).with("PaginationToken", token);
        let answer = self.send_authorized("ListDevices", body).await?;
        let devices = Json::get(&answer, "Devices").map(|list| list.elements());
        Ok(DevicePage {
            devices: devices.iter().flatten().map(Device::from_json).collect(),
            pagination_token: answer.text("PaginationToken"),
        })
    }

    /// Has the service remember this device, or not.
    ///
    /// # Errors
    /// `NotAuthenticated`, `NoDevice`; [`Error::Service`], [`Error::Network`]
    pub async fn set_device_status(&self, status: DeviceStatus) -> Result<(), Error> {
        let body = json!({
            "DeviceKey": self.this_device()?,
            "DeviceRememberedStatus": match status {
                DeviceStatus::Remembered => "remembered",
                DeviceStatus::NotRemembered => "not_remembered",
            },
        });
        let answer = self.send_authorized("UpdateDeviceStatus", body).await;
        answer.map(drop)
    }

    /// Makes the service and storage forget this device.
    ///
    /// # Errors
    /// `NotAuthenticated`, `NoDevice`; [`Error::Service`], [`Error::Network`], [`Error::Storage`]
    pub async fn forget_device(&self) -> Result<(), Error> {
        self.forget_specific_device(&self.this_device()?).await?;
        self.account().forget_device()
    }

    /// Makes the service forget any device of the user's.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], [`Error::Network`]
    pub async fn forget_specific_device(&self, device_key: &str) -> Result<(), Error> {
        let body = json!({ "DeviceKey": device_key });
        self.send_authorized("ForgetDevice", body).await.map(drop)
    }

    fn this_device(&self) -> Result<String, Error> {
        self.access_token()?;
        self.device_key()?.ok_or_else(|| Misuse::NoDevice.into())
    }
}

impl Device {
    fn from_json(device: &Value) -> Self {
        let time = |key| Json::get(device, key).and_then(|time| time.as_f64());
        Self {
            key: device.text("DeviceKey").unwrap_or_default(),
            attributes: attributes(device, "DeviceAttributes"),
            created: time("DeviceCreateDate"),
            last_modified: time("DeviceLastModifiedDate"),
            last_authenticated: time("DeviceLastAuthenticatedDate"),
        }
    }
}
