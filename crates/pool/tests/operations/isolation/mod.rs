//! What one pool gave out is worth nothing in another, and what no pool gave out is worth nothing anywhere. Where an
//! area has many operations, the model says which they are, so that a new one cannot be forgotten.

mod forger;
mod model;

mod client_ids;
mod forged_access_tokens;
mod forged_refresh_tokens;
mod page_tokens;
mod two_pools;
