//! The devices that users sign in from, in pools that track them.

use cognito_idp::{
    Error,
    types::{
        AttributeType, DeviceConfigurationType, DeviceRememberedStatusType,
        DeviceSecretVerifierConfigType, DeviceType, NewDeviceMetadataType,
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    UnixMillis, errors, identifiers, keys, password::Password, pool::Pool, random::Random,
    records::Records, user::User,
};

/// What the service calls a device when one signs in that it does not know: the parts of its SRP proofs.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct DeviceIds {
    pub key: String,
    pub group_key: String,
}

/// A device that a user has confirmed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Device {
    pub ids: DeviceIds,
    name: Option<String>,
    /// Of the device's own password.
    pub password: Password,
    pub remembered: DeviceRememberedStatusType,
    created: UnixMillis,
    modified: UnixMillis,
    last_authenticated: UnixMillis,
}

impl DeviceIds {
    pub fn new(random: &Random, pool: &Pool) -> Self {
        Self {
            key: identifiers::device_key(random, pool.region()),
            group_key: identifiers::device_group_key(random),
        }
    }

    /// What a sign-in tells of them.
    pub fn metadata(&self) -> NewDeviceMetadataType {
        NewDeviceMetadataType {
            device_key: Some(self.key.clone()),
            device_group_key: Some(self.group_key.clone()),
        }
    }
}

impl Device {
    /// A device that its user confirms, remembered at once unless the pool leaves that to the user.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` for a verifier that is none.
    pub fn new(
        pool: &Pool,
        ids: DeviceIds,
        name: Option<String>,
        verifier: &DeviceSecretVerifierConfigType,
        now: UnixMillis,
    ) -> Result<Self, Error> {
        let part = |part: &Option<String>, name: &str| {
            part.clone().ok_or_else(|| errors::missing_parameter(name))
        };
        let salt = part(&verifier.salt, "Salt")?;
        let verifier = part(&verifier.password_verifier, "PasswordVerifier")?;
        Ok(Self {
            ids,
            name,
            password: Password::of_device(&salt, &verifier)?,
            remembered: if pool.asks_before_remembering() {
                DeviceRememberedStatusType::NotRemembered
            } else {
                DeviceRememberedStatusType::Remembered
            },
            created: now,
            modified: now,
            last_authenticated: now,
        })
    }

    /// One of a user's devices. A *subject* is a user's `sub`, or stands for somebody who does not exist.
    pub fn find(
        records: &Records<'_>,
        pool: &Pool,
        subject: &str,
        key: &str,
    ) -> Result<Option<Self>, Error> {
        records.get(&keys::device(&pool.id, subject, key))
    }

    /// The same, of a device that must be there.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if it is not.
    pub fn load(
        records: &Records<'_>,
        pool: &Pool,
        subject: &str,
        key: &str,
    ) -> Result<Self, Error> {
        Self::find(records, pool, subject, key)?.ok_or_else(does_not_exist)
    }

    /// The device that a sign-in says it comes from; none where nobody says or tracks it.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if the user has no such device.
    pub fn of_sign_in(
        records: &Records<'_>,
        pool: &Pool,
        subject: &str,
        key: Option<&str>,
    ) -> Result<Option<Self>, Error> {
        key.filter(|_| pool.tracks_devices())
            .map(|key| Self::load(records, pool, subject, key))
            .transpose()
    }

    pub fn save(&self, records: &mut Records<'_>, pool: &Pool, user: &User) -> Result<(), Error> {
        records.put(&keys::device(&pool.id, &user.sub, &self.ids.key), self)
    }

    pub fn forget(&self, records: &mut Records<'_>, pool: &Pool, user: &User) -> Result<(), Error> {
        records.delete(&keys::device(&pool.id, &user.sub, &self.ids.key))
    }

    /// Whether its own proof stands for a second factor of the user's.
    pub fn stands_for_second_factor(&self, pool: &Pool) -> bool {
        pool.trusts_remembered_devices()
            && self.remembered == DeviceRememberedStatusType::Remembered
    }

    pub fn set_remembered(&mut self, remembered: DeviceRememberedStatusType, now: UnixMillis) {
        self.remembered = remembered;
        self.modified = now;
    }

    /// Records a sign-in in which the device has proved itself.
    pub fn authenticated(&mut self, now: UnixMillis) {
        self.last_authenticated = now;
    }

    /// What answers show of it. The service also tells the address and the SDK that it was last used with.
    pub fn describe(&self, pool: &Pool, user: &User) -> DeviceType {
        let owner = format!("{}.{}", user.username, pool.id);
        let arn = pool.settings.arn.as_deref().unwrap_or_default();
        let account = arn
            .split_once(":userpool/")
            .map_or(arn, |(account, _)| account);
        let attributes = [
            ("device_status", Some("valid".to_owned())),
            ("device_name", self.name.clone()),
            (
                "dev:device_arn",
                Some(format!("{account}:owner/{owner}/device/{}", self.ids.key)),
            ),
            ("dev:device_owner", Some(owner)),
            (
                "dev:device_remembered_status",
                Some(self.remembered.to_string()),
            ),
        ];
        let attributes = attributes.into_iter().filter_map(|(name, value)| {
            Some(AttributeType {
                name: name.to_owned(),
                value: Some(value?.into()),
            })
        });
        DeviceType {
            device_key: Some(self.ids.key.clone()),
            device_attributes: Some(attributes.collect()),
            device_create_date: Some(self.created.api_timestamp()),
            device_last_modified_date: Some(self.modified.api_timestamp()),
            device_last_authenticated_date: Some(self.last_authenticated.api_timestamp()),
        }
    }
}

impl Pool {
    /// Whether sign-ins are tied to devices. Any setting turns this on, an empty one too.
    pub fn tracks_devices(&self) -> bool {
        self.settings.device_configuration.is_some()
    }

    /// Whether a device is remembered only when its user says so.
    pub fn asks_before_remembering(&self) -> bool {
        self.device_setting(|settings| settings.device_only_remembered_on_user_prompt)
    }

    /// Whether a remembered device stands for a second factor.
    pub fn trusts_remembered_devices(&self) -> bool {
        self.device_setting(|settings| settings.challenge_required_on_new_device)
    }

    fn device_setting(&self, setting: impl Fn(&DeviceConfigurationType) -> Option<bool>) -> bool {
        let settings = self.settings.device_configuration.as_ref();
        settings.and_then(setting) == Some(true)
    }
}

/// The error of whoever names a device that is none of the user's: clients know it by its text and go on without.
fn does_not_exist() -> Error {
    errors::resource_not_found("Device does not exist.")
}
