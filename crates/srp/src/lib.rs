//! SRP-6a as Amazon Cognito speaks it: both halves, constant-time.
//!
//! # The protocol
//!
//! | message | from | carries |
//! |---|---|---|
//! | `InitiateAuth` | client | `I`, `A` (`SRP_A`) |
//! | `PASSWORD_VERIFIER` challenge | server | `s` (`SALT`), `B` (`SRP_B`), `SECRET_BLOCK`, `USER_ID_FOR_SRP` |
//! | `RespondToAuthChallenge` | client | `TIMESTAMP`, the claim's signature, `SECRET_BLOCK` unchanged |
//!
//! With the names of RFC 5054, H = SHA-256, `|` for concatenation and every hashed integer in the form of
//! [`encoding::pad_hex`]:
//!
//! | value | formula | where |
//! |---|---|---|
//! | N, g | the 3072-bit prime of RFC 3526, 2 | |
//! | k | H(N \| g) | |
//! | x | H(s \| H(group \| identity \| ":" \| password)) | [`Credentials`] |
//! | v | g^x | [`Verifier`] |
//! | a, A | random, g^a | [`ClientEphemeral`] |
//! | b, B | random, k v + g^b | [`ServerEphemeral`] |
//! | u | H(A \| B) | |
//! | S | (B - k g^x)^(a + u x) = (A v^u)^b | |
//! | key | HKDF-SHA-256(S, salt u, info "Caldera Derived Key"), 16 bytes | [`AuthenticationKey`] |
//! | signature | HMAC-SHA-256(key, group \| identity \| secret block \| timestamp) | [`Claim`] |
//!
//! A user's group is the pool's name (what follows `_` in the pool's id), its identity `USER_ID_FOR_SRP`; a
//! remembered device's are its device group key and device key, its password the device's secret.
//! RFC 5054 has no Cognito parameters of its own: its 3072-bit prime is this one, with another generator
//! and SHA-1, so that its published example does not apply.
//!
//! ```
//! use cognito_srp::{Claim, ClientEphemeral, Credentials, ServerEphemeral, Verifier, timestamp};
//!
//! # fn main() -> Result<(), cognito_srp::SrpError> {
//! # let (random_a, random_b, random_salt, block) = ([1; 36], [2; 36], [3; 16], [4; 40]);
//! let credentials = Credentials { group: "QdbSdK39m", identity: "alice", password: "Passw0rd!" };
//! // At sign-up the server keeps:
//! let verifier = Verifier::from_password(credentials, &random_salt)?;
//! // A sign-in:
//! let client = ClientEphemeral::new(&random_a)?;
//! let server = ServerEphemeral::new(&verifier, &random_b)?;
//! let key = client.authentication_key(credentials, &server.public_hex(), &server.salt_hex())?;
//! let claim = Claim {
//!     group: "QdbSdK39m",
//!     identity: "alice",
//!     secret_block: &block,
//!     timestamp: &timestamp(1_700_000_000_000),
//! };
//! let signature = key.sign_claim(&claim);
//! let judge = server.authentication_key(&client.public_hex())?;
//! assert!(judge.verify_claim(&claim, &signature));
//! # Ok(())
//! # }
//! ```
//!
//! # The private exponents
//!
//! Upstream's `amazon-cognito-identity-js` draws 1024 bits. RFC 7919 (section 5.2 and appendix A.2) gives
//! its 3072-bit group, a safe prime of the same form, a strength of 125 bits and asks for exponents of at
//! least 275: more than twice the strength, since the attacks on a short exponent cost the square root of
//! its range (van Oorschot and Wiener, "On Diffie-Hellman Key Agreement with Short Exponents", 1996). A safe
//! prime leaves them no small subgroups to combine with. [`ClientEphemeral::EXPONENT_BYTES`] is the next
//! round number, 288 bits. More would buy nothing: the discrete logarithm in the group costs no more.
//!
//! # Side channels
//!
//! What is secret (a, b, x, v, S and all that leads to S) meets no branch and no index. An exponentiation
//! runs through windows whose number follows from the exponent's public length, reads its whole table for
//! each, and multiplies by one for a zero digit; the final subtractions are masked. `a + u x` is taken as
//! an integer of its largest possible length. What remains is the protocol's own: `S` is hashed without
//! its leading zero bytes. Secrets are zeroized when dropped and never appear in `Debug` or in an error;
//! the scratch space of the last multiplications is overwritten by the next ones only.
//!
//! That is also why the integers are this crate's own: `num-bigint`, the judge of its tests, is neither
//! constant-time nor zeroized.
#![no_std]

extern crate alloc;
#[cfg(any(test, not(target_arch = "wasm32")))]
extern crate std;

mod claim;
mod client;
mod credentials;
mod device;
pub mod encoding;
mod error;
mod exponent;
mod group;
mod modexp;
mod power;
mod server;
mod timestamp;
mod uint;

pub use claim::{AuthenticationKey, Claim, hmac_sha256, sha256};
pub use client::ClientEphemeral;
pub use credentials::Credentials;
pub use device::{DeviceVerifier, device_verifier};
pub use error::{SrpError, Value};
pub use power::{modulus, power};
pub use server::{ServerEphemeral, Verifier};
pub use timestamp::{parse_timestamp, timestamp};

#[cfg(test)]
mod tests;
