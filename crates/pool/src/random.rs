//! Randomness, given at construction.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

/// The source of everything unpredictable but RSA keys: ids, codes, sessions, tokens, exponents.
pub struct Random(Box<Mutex<Fill>>);

/// Fills all of a slice with random bytes.
type Fill = dyn FnMut(&mut [u8]) + Send;

impl Random {
    /// Bytes from `fill`, which must fill all of what it is given.
    pub fn new(fill: impl FnMut(&mut [u8]) + Send + 'static) -> Self {
        Self(Box::new(Mutex::new(fill)))
    }

    /// The operating system's generator.
    pub fn system() -> Self {
        Self::new(|bytes| {
            // No system that this runs on fails here once it is up; going on without randomness would be worse.
            #[expect(
                clippy::expect_used,
                reason = "not reachable from input, and there is no safe way on"
            )]
            getrandom::fill(bytes).expect("the operating system's random number generator");
        })
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number below `bound`, each equally likely.
    pub(crate) fn below(&self, bound: u32) -> u32 {
        // Rejects the few draws that would favour small numbers.
        let zone = u32::MAX - u32::MAX % bound.max(1);
        loop {
            let draw = u32::from_le_bytes(self.bytes());
            if draw < zone {
                return draw % bound.max(1);
            }
        }
    }

    /// `length` characters of `alphabet`, each equally likely.
    pub(crate) fn text(&self, alphabet: &str, length: usize) -> String {
        let count = u32::try_from(alphabet.len()).unwrap_or(u32::MAX);
        let pick = || {
            alphabet
                .as_bytes()
                .get(self.below(count) as usize)
                .copied()
                .map(char::from)
        };
        (0..length).filter_map(|_| pick()).collect()
    }

    fn fill(&self, bytes: &mut [u8]) {
        (self.0.lock().unwrap_or_else(PoisonError::into_inner))(bytes);
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}
