//! `cognito serve`, and what moves its pools, from the outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

mod kill;
mod seed_and_transfer;
mod server;
mod serving;
