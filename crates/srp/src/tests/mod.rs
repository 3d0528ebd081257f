#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[cfg(not(target_arch = "wasm32"))]
mod agreement;
mod encoding;
mod hostile;
mod kernel;
mod primitives;
mod vectors;
