//! `AdminGetDevice`, `AdminListDevices`, `AdminUpdateDeviceStatus`, `AdminForgetDevice`.

use cognito_idp::{
    Error,
    types::{
        AdminForgetDeviceRequest, AdminGetDeviceRequest, AdminGetDeviceResponse,
        AdminListDevicesRequest, AdminListDevicesResponse, AdminUpdateDeviceStatusRequest,
        AdminUpdateDeviceStatusResponse,
    },
};
use serde_json::{Value, json};

use crate::{
    device::Device,
    errors, keys,
    page::{self, Page},
    pool::Pool,
    records::Records,
    service::Call,
    user::User,
};

pub(super) fn admin_get_device(
    call: Call<'_>,
    input: AdminGetDeviceRequest,
) -> Result<AdminGetDeviceResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = owner(records, &pool, &input.username)?;
        let device = Device::load(records, &pool, &user.sub, &input.device_key)?;
        Ok(AdminGetDeviceResponse {
            device: device.describe(&pool, &user),
        })
    })
}

pub(super) fn admin_list_devices(
    call: Call<'_>,
    input: AdminListDevicesRequest,
) -> Result<AdminListDevicesResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = owner(records, &pool, &input.username)?;
        let Page { items, next } = records.page::<Device>(
            &keys::device(&pool.id, &user.sub, ""),
            input.pagination_token.as_deref(),
            page::size(input.limit),
        )?;
        let describe = |device: &Device| device.describe(&pool, &user);
        Ok(AdminListDevicesResponse {
            devices: Some(items.iter().map(describe).collect()),
            pagination_token: next,
        })
    })
}

pub(super) fn admin_update_device_status(
    call: Call<'_>,
    input: AdminUpdateDeviceStatusRequest,
) -> Result<AdminUpdateDeviceStatusResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        let mut device = Device::load(records, &pool, &user.sub, &input.device_key)?;
        if let Some(remembered) = input.device_remembered_status {
            device.set_remembered(remembered, call.now);
            device.save(records, &pool, &user)?;
        }
        Ok(AdminUpdateDeviceStatusResponse {})
    })
}

pub(super) fn admin_forget_device(
    call: Call<'_>,
    input: AdminForgetDeviceRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        let device = Device::load(records, &pool, &user.sub, &input.device_key)?;
        device.forget(records, &pool, &user)?;
        Ok(json!({}))
    })
}

/// A device's owner, for operations that do not have the error of others for unknown users.
fn owner(records: &Records<'_>, pool: &Pool, name: &str) -> Result<User, Error> {
    User::find(records, pool, name)?
        .ok_or_else(|| errors::resource_not_found("User does not exist."))
}
