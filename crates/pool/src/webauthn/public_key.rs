//! A passkey's public key, of one of the two kinds that the service takes.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use coset::{
    AsCborValue as _, CoseKey, KeyType, Label, RegisteredLabelWithPrivate,
    cbor::Value,
    iana::{
        Algorithm, Ec2KeyParameter, EllipticCurve, EnumI64 as _, KeyType as Kind, RsaKeyParameter,
    },
};
use serde::{Deserialize, Serialize};

use super::{BASE64URL, decode};
use base64::Engine as _;

/// The algorithms by their COSE numbers, the preferred first.
pub(super) const ALGORITHMS: [i64; 2] = [ES256, RS256];
const ES256: i64 = -7;
const RS256: i64 = -257;

/// The numbers of a key in base64url.
#[derive(Serialize, Deserialize)]
pub(crate) enum PublicKey {
    /// ECDSA on P-256 with SHA-256. Its point, uncompressed.
    Es256(String),
    /// RSASSA-PKCS1-v1_5 with SHA-256. Modulus and exponent.
    Rs256(String, String),
}

impl PublicKey {
    /// None for a key of another kind, or none.
    pub fn from_cose(value: Value) -> Option<Self> {
        let key = CoseKey::from_cbor_value(value).ok()?;
        let is = |kind, algorithm| {
            key.kty == KeyType::Assigned(kind)
                && key.alg == Some(RegisteredLabelWithPrivate::Assigned(algorithm))
        };
        if is(Kind::EC2, Algorithm::ES256) {
            Self::es256(&key)
        } else if is(Kind::RSA, Algorithm::RS256) {
            let modulus = bytes(&key, RsaKeyParameter::N.to_i64())?;
            let exponent = bytes(&key, RsaKeyParameter::E.to_i64())?;
            Some(Self::Rs256(
                BASE64URL.encode(modulus),
                BASE64URL.encode(exponent),
            ))
        } else {
            None
        }
    }

    fn es256(key: &CoseKey) -> Option<Self> {
        let curve = parameter(key, Ec2KeyParameter::Crv.to_i64())?;
        if *curve != Value::from(EllipticCurve::P_256.to_i64()) {
            return None;
        }
        let x = bytes(key, Ec2KeyParameter::X.to_i64())?;
        let y = bytes(key, Ec2KeyParameter::Y.to_i64())?;
        let point = [&[4], x, y].concat();
        // Refuses what is no point of the curve.
        ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &point).ok()?;
        Some(Self::Es256(BASE64URL.encode(point)))
    }

    /// Whether the key's owner signed this.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Es256(point) => decode(point).is_some_and(|point| {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
                    .verify(message, signature)
                    .is_ok()
            }),
            Self::Rs256(modulus, exponent) => {
                let (Some(n), Some(e)) = (decode(modulus), decode(exponent)) else {
                    return false;
                };
                RsaPublicKeyComponents { n, e }
                    .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                    .is_ok()
            }
        }
    }
}

fn parameter(key: &CoseKey, label: i64) -> Option<&Value> {
    let mut parameters = key.params.iter();
    let (_, value) = parameters.find(|(name, _)| *name == Label::Int(label))?;
    Some(value)
}

fn bytes(key: &CoseKey, label: i64) -> Option<&[u8]> {
    parameter(key, label)?.as_bytes().map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        rand::SystemRandom,
        rsa::{KeyPair, KeySize},
        signature::{KeyPair as _, RSA_PKCS1_SHA256},
    };
    use coset::cbor::Value;

    use super::PublicKey;

    /// A key as RFC 8230 (section 4) lays it out.
    fn cose(pair: &KeyPair, algorithm: i64) -> Value {
        let key = pair.public_key();
        let modulus = key.modulus().big_endian_without_leading_zero().to_vec();
        let exponent = key.exponent().big_endian_without_leading_zero().to_vec();
        Value::Map(vec![
            (1.into(), 3.into()),
            (3.into(), algorithm.into()),
            ((-1).into(), Value::Bytes(modulus)),
            ((-2).into(), Value::Bytes(exponent)),
        ])
    }

    fn sign(pair: &KeyPair, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            message,
            &mut signature,
        )
        .unwrap();
        signature
    }

    #[test]
    fn an_rsa_key_verifies_what_its_owner_signed() {
        let [ours, other] = [(); 2].map(|()| KeyPair::generate(KeySize::Rsa2048).unwrap());
        let key = PublicKey::from_cose(cose(&ours, -257)).unwrap();
        assert!(!key.verifies(b"message", &sign(&other, b"message")));
        assert!(!key.verifies(b"message", &sign(&ours, b"another")));
        assert!(!key.verifies(b"message", b""));
        assert!(key.verifies(b"message", &sign(&ours, b"message")));
    }

    #[test]
    fn an_rsa_key_of_another_algorithm_is_refused() {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        // RS1, RS512 and PS256.
        for algorithm in [-65535, -259, -37] {
            assert!(PublicKey::from_cose(cose(&pair, algorithm)).is_none());
        }
    }
}
