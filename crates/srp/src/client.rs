//! The client's half.

use alloc::string::String;
use core::fmt;

use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::claim::{AuthenticationKey, Scrambler};
use crate::credentials::{Credentials, Salt, public_from_hex};
use crate::error::{SrpError, Value};
use crate::exponent::{self, Exponent};
use crate::group;
use crate::modexp::{generator_pow, pow};
use crate::{encoding, uint::Uint};

/// a and A = g^a mod N, for one sign-in.
#[derive(Clone, ZeroizeOnDrop)]
pub struct ClientEphemeral {
    private: Exponent,
    #[zeroize(skip)]
    public: Uint,
}

impl ClientEphemeral {
    /// How many random bytes [`new`](Self::new) should get: 288 bits, where RFC 7919 asks for 275 (the
    /// [crate's documentation](crate#the-private-exponents) has the reasons).
    pub const EXPONENT_BYTES: usize = exponent::MIN_BYTES;

    /// Takes a from 36 to 128 fresh random bytes (128 are upstream's), big-endian, and computes A.
    ///
    /// # Errors
    /// [`SrpError::Length`] for any other number of bytes.
    pub fn new(random: &[u8]) -> Result<Self, SrpError> {
        let private = Exponent::private(random)?;
        // Never 0 modulo N, which upstream checks for: 2 is invertible.
        let public = generator_pow(&Uint::ONE, &private);
        Ok(Self { private, public })
    }

    /// `SRP_A`: lower-case hexadecimal without leading zeros.
    pub fn public_hex(&self) -> String {
        encoding::hex_encode_number(&self.public.to_be_bytes())
    }

    /// The password authentication key from the server's `SRP_B` and `SALT` (hexadecimal).
    ///
    /// # Errors
    /// Every [`SrpError`] about what the server sent: B not in `1 .. N`, u = 0, text that is not
    /// hexadecimal, a salt of no or of more than 64 bytes. A wrong password is no error here: it gives
    /// another key.
    pub fn authentication_key(
        &self,
        credentials: Credentials<'_>,
        server_public_hex: &str,
        salt_hex: &str,
    ) -> Result<AuthenticationKey, SrpError> {
        let server_public = public_from_hex(server_public_hex, Value::ServerPublic)?;
        let salt = Salt::from_hex(salt_hex)?;
        let scrambler = Scrambler::new(&self.public, &server_public)?;
        let x = credentials.private_key(&salt);
        let secret = self.shared_secret(&server_public, &x, &scrambler);
        Ok(AuthenticationKey::derive(&secret, &scrambler))
    }

    /// S = (B - k g^x)^(a + u x) mod N
    fn shared_secret(&self, server_public: &Uint, x: &Exponent, u: &Scrambler) -> Zeroizing<Uint> {
        let masked = Zeroizing::new(generator_pow(&group::K, x));
        let base = Zeroizing::new(server_public.subtract_mod(&masked));
        let exponent = self.private.plus_product(&u.exponent(), x);
        pow(&base, &exponent).into()
    }
}

impl fmt::Debug for ClientEphemeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientEphemeral").finish_non_exhaustive()
    }
}
