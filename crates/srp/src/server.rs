//! The server's half.

use alloc::{string::String, vec::Vec};
use core::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

use crate::claim::{AuthenticationKey, Scrambler};
use crate::credentials::{Credentials, Salt, public_from_bytes, public_from_hex};
use crate::encoding;
use crate::error::{SrpError, Value};
use crate::exponent::{self, Exponent};
use crate::group;
use crate::modexp::{generator_pow, pow, product};
use crate::uint::{BYTES, Uint};

/// What a server keeps in the place of a password: the salt and v = g^x.
///
/// It is a secret: who has it can try passwords, and can pose as the server.
#[derive(Clone)]
pub struct Verifier {
    salt: Salt,
    v: Uint,
}

impl Verifier {
    /// The verifier of a password with a fresh random salt (the service's have 16 bytes).
    ///
    /// # Errors
    /// [`SrpError::Length`] for a salt of no or of more than 64 bytes.
    pub fn from_password(credentials: Credentials<'_>, salt: &[u8]) -> Result<Self, SrpError> {
        let salt = Salt::from_bytes(salt)?;
        let v = generator_pow(&Uint::ONE, &credentials.private_key(&salt));
        Ok(Self { salt, v })
    }

    /// The verifier that a device sent with `ConfirmDevice` (`Salt` and `PasswordVerifier`, base64).
    ///
    /// # Errors
    /// A salt of no or of more than 64 bytes, a verifier not in `1 .. N`.
    pub fn from_device(salt_base64: &str, verifier_base64: &str) -> Result<Self, SrpError> {
        Self::from_parts(
            &encoding::base64_decode(salt_base64).ok_or(SrpError::NotBase64(Value::Salt))?,
            &encoding::base64_decode(verifier_base64)
                .ok_or(SrpError::NotBase64(Value::Verifier))?,
        )
    }

    /// A stored verifier again, from [`salt`](Self::salt) and [`to_bytes`](Self::to_bytes).
    ///
    /// # Errors
    /// A salt of no or of more than 64 bytes, a verifier not in `1 .. N`.
    pub fn from_parts(salt: &[u8], verifier: &[u8]) -> Result<Self, SrpError> {
        Ok(Self {
            salt: Salt::from_bytes(salt)?,
            v: public_from_bytes(verifier, Value::Verifier)?,
        })
    }

    /// The salt, to be stored.
    pub fn salt(&self) -> &[u8] {
        self.salt.as_bytes()
    }

    /// v, to be stored: 384 bytes, big-endian.
    pub fn to_bytes(&self) -> [u8; 384] {
        self.v.to_be_bytes()
    }

    /// Whether this is the verifier of these credentials, in constant time: what a server does with a
    /// password that was sent to it in the open.
    pub fn matches(&self, credentials: Credentials<'_>) -> bool {
        let x = credentials.private_key(&self.salt);
        let v = Zeroizing::new(generator_pow(&Uint::ONE, &x));
        self.v.0.ct_eq(&v.0).into()
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        self.v.zeroize();
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}

/// b and B = k v + g^b mod N, for one sign-in.
#[derive(Clone)]
pub struct ServerEphemeral {
    verifier: Verifier,
    random: Zeroizing<Vec<u8>>,
    public: Uint,
}

impl ServerEphemeral {
    /// How many random bytes [`new`](Self::new) should get, as with
    /// [`ClientEphemeral::EXPONENT_BYTES`](crate::ClientEphemeral::EXPONENT_BYTES).
    pub const EXPONENT_BYTES: usize = exponent::MIN_BYTES;

    /// Takes b from 36 to 128 fresh random bytes, big-endian, and computes B.
    ///
    /// # Errors
    /// [`SrpError::Length`] for any other number of bytes, [`SrpError::OutOfRange`] if B happens to be 0.
    pub fn new(verifier: &Verifier, random: &[u8]) -> Result<Self, SrpError> {
        let masked = Zeroizing::new(product(&verifier.v, &group::K));
        let public = generator_pow(&Uint::ONE, &Exponent::private(random)?).add_mod(&masked);
        if !public.is_group_element() {
            return Err(SrpError::OutOfRange(Value::ServerPublic));
        }
        Ok(Self {
            verifier: verifier.clone(),
            random: random.to_vec().into(),
            public,
        })
    }

    /// The ephemeral again from what [`to_bytes`](Self::to_bytes) made, with the same verifier.
    ///
    /// # Errors
    /// [`SrpError`] for bytes that are not an ephemeral.
    pub fn from_bytes(verifier: &Verifier, bytes: &[u8]) -> Result<Self, SrpError> {
        let (public, random) = bytes
            .split_at_checked(BYTES)
            .ok_or(SrpError::Length(Value::PrivateExponent))?;
        Exponent::private(random)?;
        Ok(Self {
            verifier: verifier.clone(),
            random: random.to_vec().into(),
            public: public_from_bytes(public, Value::ServerPublic)?,
        })
    }

    /// B (384 bytes) and b: secret session state, kept between challenge and answer.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Vec::with_capacity(BYTES + self.random.len());
        bytes.extend_from_slice(&self.public.to_be_bytes());
        bytes.extend_from_slice(&self.random);
        bytes.into()
    }

    /// `SRP_B`: lower-case hexadecimal without leading zeros.
    pub fn public_hex(&self) -> String {
        encoding::hex_encode_number(&self.public.to_be_bytes())
    }

    /// `SALT`: lower-case hexadecimal, two digits for each byte.
    pub fn salt_hex(&self) -> String {
        encoding::hex_encode(self.verifier.salt())
    }

    /// The password authentication key from the client's `SRP_A`.
    ///
    /// # Errors
    /// A not in `1 .. N` or not hexadecimal, u = 0.
    pub fn authentication_key(
        &self,
        client_public_hex: &str,
    ) -> Result<AuthenticationKey, SrpError> {
        let client_public = public_from_hex(client_public_hex, Value::ClientPublic)?;
        let scrambler = Scrambler::new(&client_public, &self.public)?;
        let secret = self.shared_secret(&client_public, &scrambler)?;
        Ok(AuthenticationKey::derive(&secret, &scrambler))
    }

    /// S = (A v^u)^b mod N
    fn shared_secret(
        &self,
        client_public: &Uint,
        u: &Scrambler,
    ) -> Result<Zeroizing<Uint>, SrpError> {
        let v_u = Zeroizing::new(pow(&self.verifier.v, &u.exponent()));
        let base = Zeroizing::new(product(client_public, &v_u));
        Ok(pow(&base, &Exponent::private(&self.random)?).into())
    }
}

impl fmt::Debug for ServerEphemeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerEphemeral").finish_non_exhaustive()
    }
}
