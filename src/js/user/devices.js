import { SUCCESS, requestSignedInFor } from "./requests.js";

export const devices = {
  /** `onSuccess(answer)` about this device */
  getDevice(callbacks) {
    const body = (token) => ({ AccessToken: token, DeviceKey: this.deviceKey });
    return requestSignedInFor(this, callbacks, "GetDevice", body, (data) => callbacks.onSuccess(data));
  },

  /** `onSuccess('SUCCESS')` when the service has forgotten a device */
  forgetSpecificDevice(deviceKey, callbacks) {
    const body = (token) => ({ AccessToken: token, DeviceKey: deviceKey });
    return requestSignedInFor(this, callbacks, "ForgetDevice", body, () => callbacks.onSuccess(SUCCESS));
  },

  /** The same for this device, which then forgets itself */
  forgetDevice(callbacks) {
    this.forgetSpecificDevice(this.deviceKey, {
      onFailure: callbacks.onFailure,
      onSuccess: (result) => {
        this.deviceKey = null;
        this.deviceGroupKey = null;
        this.randomPassword = null;
        this.clearCachedDeviceKeyAndPassword();
        return callbacks.onSuccess(result);
      },
    });
  },

  /** `onSuccess('SUCCESS')` when this device counts instead of a second factor */
  setDeviceStatusRemembered(callbacks) {
    return setStatus(this, "remembered", callbacks);
  },

  /** `onSuccess('SUCCESS')` when it no longer does */
  setDeviceStatusNotRemembered(callbacks) {
    return setStatus(this, "not_remembered", callbacks);
  },

  /** `onSuccess(answer)` with a page of the user's devices */
  listDevices(limit, paginationToken, callbacks) {
    const page = paginationToken ? { PaginationToken: paginationToken } : {};
    const body = (token) => ({ AccessToken: token, Limit: limit, ...page });
    return requestSignedInFor(this, callbacks, "ListDevices", body, (data) => callbacks.onSuccess(data));
  },

  /** Writes the device to storage. */
  cacheDeviceKeyAndPassword() {
    const { deviceKey, randomPasswordKey, deviceGroupKey } = keys(this);
    this.storage.setItem(deviceKey, this.deviceKey);
    this.storage.setItem(randomPasswordKey, this.randomPassword);
    this.storage.setItem(deviceGroupKey, this.deviceGroupKey);
  },

  /** Takes over the device that storage has, if any. */
  getCachedDeviceKeyAndPassword() {
    const { deviceKey, randomPasswordKey, deviceGroupKey } = keys(this);
    const stored = this.storage.getItem(deviceKey);
    if (!stored) return;
    this.deviceKey = stored;
    this.randomPassword = this.storage.getItem(randomPasswordKey);
    this.deviceGroupKey = this.storage.getItem(deviceGroupKey);
  },

  /** Removes it from storage. */
  clearCachedDeviceKeyAndPassword() {
    for (const key of Object.values(keys(this))) this.storage.removeItem(key);
  },
};

function setStatus(user, status, callbacks) {
  const body = (token) => ({ AccessToken: token, DeviceKey: user.deviceKey, DeviceRememberedStatus: status });
  return requestSignedInFor(user, callbacks, "UpdateDeviceStatus", body, () => callbacks.onSuccess(SUCCESS));
}

function keys(user) {
  const prefix = `${user.keyPrefix}.${user.username}`;
  return {
    deviceKey: `${prefix}.deviceKey`,
    randomPasswordKey: `${prefix}.randomPasswordKey`,
    deviceGroupKey: `${prefix}.deviceGroupKey`,
  };
}
