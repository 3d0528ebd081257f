//! What can be wrong with a number that somebody else sent.

use core::fmt;

/// One of the protocol's numbers, named as it is on the wire or in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// `A`, the client's public value (`SRP_A`).
    ClientPublic,
    /// `B`, the server's public value (`SRP_B`).
    ServerPublic,
    /// `u`, the hash of both public values.
    Scrambler,
    /// `s`, the salt (`SALT`, or the device's `Salt`).
    Salt,
    /// `v`, the password verifier (the device's `PasswordVerifier`).
    Verifier,
    /// `a` or `b`, the private exponent, or the session state that holds it.
    PrivateExponent,
}

impl Value {
    const fn name(self) -> &'static str {
        match self {
            Self::ClientPublic => "SRP_A",
            Self::ServerPublic => "SRP_B",
            Self::Scrambler => "u",
            Self::Salt => "salt",
            Self::Verifier => "verifier",
            Self::PrivateExponent => "private exponent",
        }
    }
}

/// A value that this protocol refuses. Nothing of the value itself is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SrpError {
    /// The text is not hexadecimal, or empty.
    NotHex(Value),
    /// The text is not base64, or empty.
    NotBase64(Value),
    /// A group element outside `1 .. N`. In particular 0 and the multiples of N, which would let a
    /// peer choose the shared secret, and numbers longer than N.
    OutOfRange(Value),
    /// Fewer or more bytes than the value may have.
    Length(Value),
    /// `u = 0`, with which the password would not enter the proof.
    ZeroScrambler,
}

impl SrpError {
    /// The value that was refused.
    pub const fn value(&self) -> Value {
        match self {
            Self::NotHex(value)
            | Self::NotBase64(value)
            | Self::OutOfRange(value)
            | Self::Length(value) => *value,
            Self::ZeroScrambler => Value::Scrambler,
        }
    }
}

impl fmt::Display for SrpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.value().name())?;
        f.write_str(match self {
            Self::NotHex(_) => " is not hexadecimal",
            Self::NotBase64(_) => " is not base64",
            Self::OutOfRange(_) => " is not between 1 and N - 1",
            Self::Length(_) => " has the wrong length",
            Self::ZeroScrambler => " cannot be zero",
        })
    }
}

impl core::error::Error for SrpError {}
