//! The clock and the randomness of the machine or the browser.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{now_millis, random};
#[cfg(target_arch = "wasm32")]
pub(crate) use web::{now_millis, random};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::time::SystemTime;

    use crate::error::Error;

    /// Unix time in milliseconds.
    pub(crate) fn now_millis() -> i64 {
        let elapsed = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
    }

    /// Bytes of the system's secure generator.
    pub(crate) fn random(length: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
        Ok(bytes)
    }
}

#[cfg(target_arch = "wasm32")]
mod web {
    use js_sys::{Date, Reflect, Uint8Array, global};
    use wasm_bindgen::prelude::*;

    use crate::error::Error;

    #[wasm_bindgen]
    extern "C" {
        type Crypto;

        #[wasm_bindgen(method, structural, catch, js_name = getRandomValues)]
        fn get_random_values(this: &Crypto, bytes: &Uint8Array) -> Result<JsValue, JsValue>;
    }

    /// Unix time in milliseconds.
    pub(crate) fn now_millis() -> i64 {
        Date::now() as i64
    }

    /// Bytes of the engine's secure generator, looked up when it is used.
    pub(crate) fn random(length: usize) -> Result<Vec<u8>, Error> {
        let bytes = Uint8Array::new_with_length(length as u32);
        Reflect::get(&global(), &"crypto".into())
            .and_then(|crypto| crypto.unchecked_into::<Crypto>().get_random_values(&bytes))
            .map_err(|_| Error::NoRandomness)?;
        Ok(bytes.to_vec())
    }
}
