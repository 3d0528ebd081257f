//! The JavaScript face in a browser, as an application uses it: real storage, `Response`s, events and
//! promises, and the service as a script.

#![cfg(all(target_arch = "wasm32", feature = "js"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod application;
mod challenges;
mod devices;
mod hostile;
mod memory;
mod missing;
mod re_entrancy;
mod sessions;
mod sharing;
mod sign_in;
mod stage;
mod storage;
mod vectors;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
