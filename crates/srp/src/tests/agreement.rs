//! Client and server end with the same key exactly when everything that enters it is the same.

use alloc::string::String;

use proptest::prelude::*;

use crate::encoding::{hex_decode_number, hex_encode};
use crate::{Claim, ClientEphemeral, Credentials, ServerEphemeral, Verifier};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn client_and_server_agree(
        [group, identity, password] in any::<[String; 3]>(),
        salt in prop::collection::vec(any::<u8>(), 1..=64),
        a in prop::collection::vec(any::<u8>(), 36..=128),
        b in prop::collection::vec(any::<u8>(), 36..=128),
        block in prop::collection::vec(any::<u8>(), 0..1200),
    ) {
        let credentials = Credentials { group: &group, identity: &identity, password: &password };
        let verifier = Verifier::from_password(credentials, &salt).unwrap();
        prop_assert!(verifier.matches(credentials));
        let stored = Verifier::from_parts(verifier.salt(), &verifier.to_bytes()).unwrap();
        let server = ServerEphemeral::new(&stored, &b).unwrap();
        let server = ServerEphemeral::from_bytes(&stored, &server.to_bytes()).unwrap();
        let client = ClientEphemeral::new(&a).unwrap();
        let key = client
            .authentication_key(credentials, &server.public_hex(), &server.salt_hex())
            .unwrap();
        let claim = Claim { group: &group, identity: &identity, secret_block: &block, timestamp: "now" };
        let signature = key.sign_claim(&claim);
        let judge = server.authentication_key(&client.public_hex()).unwrap();
        prop_assert!(judge.verify_claim(&claim, &signature));

        // Every value that the claim signs, and the signature itself.
        let longer = group.clone() + "x";
        for other in [
            Claim { group: &longer, ..claim },
            Claim { identity: &(identity.clone() + "x"), ..claim },
            Claim { timestamp: "now ", ..claim },
        ] {
            prop_assert!(!judge.verify_claim(&other, &signature));
        }
        prop_assert!(!judge.verify_claim(&claim, &signature[..31]));
        prop_assert!(!judge.verify_claim(&claim, &[]));
    }

    #[test]
    fn any_flipped_bit_is_refused(
        password in "[ -~]{1,30}",
        salt in any::<[u8; 16]>(),
        a in any::<[u8; 36]>(),
        b in any::<[u8; 36]>(),
        secret_block in prop::collection::vec(any::<u8>(), 1..64),
        flip in any::<prop::sample::Index>(),
    ) {
        let time = b"Tue Nov 14 22:13:20 UTC 2023";
        let credentials = Credentials { group: "QdbSdK39m", identity: "alice", password: &password };
        let verifier = Verifier::from_password(credentials, &salt).unwrap();
        let server = ServerEphemeral::new(&verifier, &b).unwrap();
        let client = ClientEphemeral::new(&a).unwrap();
        let judge = server.authentication_key(&client.public_hex()).unwrap();
        let public = hex_decode_number(&server.public_hex()).unwrap();

        // The client signs what it was told, the server verifies what it said.
        let accepts = |password: &[u8], public: &[u8], salt: &[u8], block: &[u8], time: &[u8]| {
            let password = str::from_utf8(password).unwrap();
            let told = Credentials { password, ..credentials };
            let claim = |secret_block, time| Claim {
                group: credentials.group,
                identity: credentials.identity,
                secret_block,
                timestamp: str::from_utf8(time).unwrap(),
            };
            client
                .authentication_key(told, &hex_encode(public), &hex_encode(salt))
                .is_ok_and(|key| {
                    let signature = key.sign_claim(&claim(block, time));
                    judge.verify_claim(&claim(&secret_block, b"Tue Nov 14 22:13:20 UTC 2023"), &signature)
                })
        };
        let flipped = |bytes: &[u8], bits: usize| {
            let mut bytes = bytes.to_vec();
            let index = flip.index(bytes.len() * bits);
            bytes[index / bits] ^= 1 << (index % bits);
            bytes
        };
        let secret = password.as_bytes();
        prop_assert!(accepts(secret, &public, &salt, &secret_block, time));
        // Seven bits keep a text a text.
        prop_assert!(!accepts(&flipped(secret, 7), &public, &salt, &secret_block, time));
        prop_assert!(!accepts(secret, &flipped(&public, 8), &salt, &secret_block, time));
        prop_assert!(!accepts(secret, &public, &flipped(&salt, 8), &secret_block, time));
        prop_assert!(!accepts(secret, &public, &salt, &flipped(&secret_block, 8), time));
        prop_assert!(!accepts(secret, &public, &salt, &secret_block, &flipped(time, 7)));
        let wrong = String::from_utf8(flipped(secret, 7)).unwrap();
        let wrong = Credentials { password: &wrong, ..credentials };
        prop_assert!(!verifier.matches(wrong));
    }
}
