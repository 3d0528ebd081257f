//! What an authenticator says about itself and the user.

use coset::cbor::{self, Value};

use super::{public_key::PublicKey, relying_party::RelyingParty};

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const HAS_CREDENTIAL: u8 = 1 << 6;

/// The longest id that the specification takes.
const MAX_ID: usize = 1023;

/// Authenticator data (section 6.1).
pub(super) struct AuthenticatorData {
    relying_party_hash: [u8; 32],
    flags: u8,
    pub sign_count: u32,
    /// In a registration: what is registered.
    pub credential: Option<NewCredential>,
}

/// Attested credential data (section 6.5.1).
pub(super) struct NewCredential {
    pub id: Vec<u8>,
    /// None for one that the service does not take.
    pub public_key: Option<PublicKey>,
}

impl AuthenticatorData {
    /// None for what is no authenticator data.
    pub fn parse(data: &[u8]) -> Option<Self> {
        let (relying_party_hash, rest) = data.split_first_chunk::<32>()?;
        let (flags, rest) = rest.split_first()?;
        let (sign_count, rest) = rest.split_first_chunk::<4>()?;
        let credential = if flags & HAS_CREDENTIAL == 0 {
            None
        } else {
            Some(NewCredential::parse(rest)?)
        };
        // What may follow are extensions' outputs, and none was asked for.
        Some(Self {
            relying_party_hash: *relying_party_hash,
            flags: *flags,
            sign_count: u32::from_be_bytes(*sign_count),
            credential,
        })
    }

    pub fn is_for(&self, party: &RelyingParty) -> bool {
        self.relying_party_hash == party.id_hash()
    }

    /// Whether somebody was there.
    pub fn user_is_present(&self) -> bool {
        self.flags & USER_PRESENT != 0
    }

    /// Whether the authenticator made sure who.
    pub fn user_is_verified(&self) -> bool {
        self.flags & USER_VERIFIED != 0
    }
}

impl NewCredential {
    fn parse(data: &[u8]) -> Option<Self> {
        let (_aaguid, rest) = data.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (id, mut rest) = rest.split_at_checked(length)?;
        if id.is_empty() || id.len() > MAX_ID {
            return None;
        }
        let key: Value = cbor::de::from_reader(&mut rest).ok()?;
        Some(Self {
            id: id.to_owned(),
            public_key: PublicKey::from_cose(key),
        })
    }
}
