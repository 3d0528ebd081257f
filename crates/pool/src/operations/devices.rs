//! `ConfirmDevice`, `GetDevice`, `ListDevices`, `UpdateDeviceStatus`, `ForgetDevice`: users about their devices.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        ConfirmDeviceRequest, ConfirmDeviceResponse, ForgetDeviceRequest, GetDeviceRequest,
        GetDeviceResponse, ListDevicesRequest, ListDevicesResponse, UpdateDeviceStatusRequest,
        UpdateDeviceStatusResponse,
    },
};
use serde_json::{Value, json};

use crate::{
    device::Device,
    errors, keys,
    page::{self, Page},
    service::Call,
    tokens::access::{self, Bearer},
};

pub(super) fn confirm_device(
    call: Call<'_>,
    input: ConfirmDeviceRequest,
) -> Result<ConfirmDeviceResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        // Only the sign-in that a device's key was made for can confirm it.
        let ids = token
            .device(records, &pool, &user)?
            .filter(|ids| ids.key == input.device_key)
            .ok_or_else(|| errors::invalid_parameter("Invalid device key given."))?;
        let verifier = input
            .device_secret_verifier_config
            .ok_or_else(|| errors::missing_parameter("DeviceSecretVerifierConfig"))?;
        if Device::find(records, &pool, &user.sub, &ids.key)?.is_some() {
            // The service's text is not known.
            return Err(Error::new(
                ErrorCode::DeviceKeyExistsException,
                "Device already exists.",
            ));
        }
        let device = Device::new(&pool, ids, input.device_name, &verifier, call.now)?;
        device.save(records, &pool, &user)?;
        Ok(ConfirmDeviceResponse {
            user_confirmation_necessary: Some(pool.asks_before_remembering()),
        })
    })
}

pub(super) fn get_device(
    call: Call<'_>,
    input: GetDeviceRequest,
) -> Result<GetDeviceResponse, Error> {
    let token = access::verify(call, required(input.access_token.as_deref())?)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let device = Device::load(records, &pool, &user.sub, &input.device_key)?;
        Ok(GetDeviceResponse {
            device: device.describe(&pool, &user),
        })
    })
}

pub(super) fn list_devices(
    call: Call<'_>,
    input: ListDevicesRequest,
) -> Result<ListDevicesResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let Page { items, next } = records.page::<Device>(
            &keys::device(&pool.id, &user.sub, ""),
            input.pagination_token.as_deref(),
            page::size(input.limit),
        )?;
        let describe = |device: &Device| device.describe(&pool, &user);
        Ok(ListDevicesResponse {
            devices: Some(items.iter().map(describe).collect()),
            pagination_token: next,
        })
    })
}

pub(super) fn update_device_status(
    call: Call<'_>,
    input: UpdateDeviceStatusRequest,
) -> Result<UpdateDeviceStatusResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let mut device = Device::load(records, &pool, &user.sub, &input.device_key)?;
        if let Some(remembered) = input.device_remembered_status {
            device.set_remembered(remembered, call.now);
            device.save(records, &pool, &user)?;
        }
        Ok(UpdateDeviceStatusResponse {})
    })
}

pub(super) fn forget_device(call: Call<'_>, input: ForgetDeviceRequest) -> Result<Value, Error> {
    let token = access::verify(call, required(input.access_token.as_deref())?)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let device = Device::load(records, &pool, &user.sub, &input.device_key)?;
        device.forget(records, &pool, &user)?;
        Ok(json!({}))
    })
}

/// The model lets the token be absent, for signers of old.
fn required(token: Option<&str>) -> Result<&str, Error> {
    token.ok_or_else(|| errors::missing_parameter("AccessToken"))
}
