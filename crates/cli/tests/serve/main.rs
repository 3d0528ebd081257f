//! `cognito serve`, and what moves its pools, from the outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

mod consistency;
#[cfg(unix)]
mod full_disk;
mod kill;
mod lambda;
mod load;
mod seed_and_transfer;
mod server;
mod serving;
