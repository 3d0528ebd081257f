//! Software tokens: time-based one-time passwords, RFC 6238 with SHA-1, steps of 30 seconds and six digits.

use cognito_idp::Sensitive;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::{UnixMillis, random::Random};

/// Seconds for which a code is shown.
const STEP: u64 = 30;

/// How many steps a token's clock may be off.
const SKEW: u64 = 1;

const SIX_DIGITS: u32 = 1_000_000;

/// A secret that a user's token shares with the pool.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SoftwareToken {
    /// Base32 without padding, as `AssociateSoftwareToken` answers it: 52 characters.
    pub secret: Sensitive,
    /// `FriendlyDeviceName`.
    pub name: Option<String>,
    /// The last step whose code was used. It and those before it are good no more.
    used: Option<u64>,
}

/// Why a code is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Wrong,
    Used,
}

impl SoftwareToken {
    pub fn new(random: &Random) -> Self {
        Self {
            secret: BASE32_NOPAD.encode(&random.bytes::<32>()).into(),
            name: None,
            used: None,
        }
    }

    /// Uses up a code.
    pub fn redeem(&mut self, code: &str, now: UnixMillis) -> Result<(), Refusal> {
        let secret = BASE32_NOPAD
            .decode(self.secret.as_bytes())
            .map_err(|_| Refusal::Wrong)?;
        let secret = Zeroizing::new(secret);
        let current = u64::try_from(now.seconds()).unwrap_or(0) / STEP;
        let steps = current.saturating_sub(SKEW)..=current.saturating_add(SKEW);
        let matches = |step: &u64| -> bool {
            let expected = format!("{:06}", number(&secret, *step) % SIX_DIGITS);
            expected.as_bytes().ct_eq(code.as_bytes()).into()
        };
        let step = steps.into_iter().find(matches).ok_or(Refusal::Wrong)?;
        if self.used.is_some_and(|used| step <= used) {
            return Err(Refusal::Used);
        }
        self.used = Some(step);
        Ok(())
    }
}

/// The 31 bits that a code's digits are the end of (RFC 4226, section 5.3).
fn number(secret: &[u8], step: u64) -> u32 {
    // HMAC takes keys of any length: this cannot fail.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return 0;
    };
    mac.update(&step.to_be_bytes());
    let digest: [u8; 20] = mac.finalize().into_bytes().into();
    let [.., last] = digest;
    let offset = usize::from(last & 0xf);
    let four = digest.get(offset..).and_then(<[u8]>::first_chunk::<4>);
    four.map_or(0, |four| u32::from_be_bytes(*four) & 0x7fff_ffff)
}

#[cfg(test)]
mod tests {
    use super::{Refusal, STEP, SoftwareToken, number};
    use crate::UnixMillis;

    /// RFC 6238, appendix B: seconds and the eight digits for SHA-1.
    const VECTORS: [(u64, u32); 6] = [
        (59, 94_287_082),
        (1_111_111_109, 7_081_804),
        (1_111_111_111, 14_050_471),
        (1_234_567_890, 89_005_924),
        (2_000_000_000, 69_279_037),
        (20_000_000_000, 65_353_130),
    ];

    /// That appendix's secret, in base32.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn token() -> SoftwareToken {
        SoftwareToken {
            secret: SECRET.into(),
            name: None,
            used: None,
        }
    }

    fn at(seconds: i64) -> UnixMillis {
        UnixMillis(seconds * 1000)
    }

    #[test]
    fn agrees_with_the_rfc() {
        for (seconds, digits) in VECTORS {
            let number = number(b"12345678901234567890", seconds / STEP);
            assert_eq!(number % 100_000_000, digits, "{seconds}");
        }
    }

    #[test]
    fn takes_the_code_of_the_steps_beside() {
        // 1,111,111,109 is in the step before that of 1,111,111,111.
        assert_eq!(token().redeem("081804", at(1_111_111_111)), Ok(()));
        assert_eq!(token().redeem("050471", at(1_111_111_109)), Ok(()));
        assert_eq!(token().redeem("050471", at(1_111_111_111)), Ok(()));
        let wrong = Err(Refusal::Wrong);
        assert_eq!(token().redeem("050471", at(1_111_111_111 + 60)), wrong);
        assert_eq!(token().redeem("081804", at(1_111_111_109 - 60)), wrong);
        assert_eq!(token().redeem("81804", at(1_111_111_111)), wrong);
        assert_eq!(token().redeem("", at(1_111_111_111)), wrong);
    }

    #[test]
    fn takes_a_code_once_and_none_before_it_any_more() {
        let mut token = token();
        assert_eq!(token.redeem("050471", at(1_111_111_111)), Ok(()));
        assert_eq!(
            token.redeem("050471", at(1_111_111_111)),
            Err(Refusal::Used)
        );
        assert_eq!(
            token.redeem("081804", at(1_111_111_111)),
            Err(Refusal::Used)
        );
    }
}
