//! Signature Version 4, the server's side: AWS General Reference, "Signing AWS API requests".

use axum::http::{HeaderMap, Method, Uri, header::AUTHORIZATION};
use cognito_idp::{Error, ErrorCode, Sensitive};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use time::{
    Duration, OffsetDateTime, PrimitiveDateTime, format_description::BorrowedFormatItem, macros,
};

/// Which signatures administrative operations take.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Signatures {
    /// Those that are made with this key and this secret.
    Of {
        /// The access key's id.
        access_key: String,
        /// The secret that belongs to it.
        secret_key: Sensitive,
    },
    /// All that look like one, whatever the key and the time. Anybody is an administrator then.
    Any,
}

impl Default for Signatures {
    /// The key `local` and the secret `local`: a user pool on the developer's own machine has nothing to hide from the
    /// developer, but clients must sign as they do for the real service.
    fn default() -> Self {
        Self::Of {
            access_key: "local".to_owned(),
            secret_key: "local".into(),
        }
    }
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const SERVICE: &str = "cognito-idp";
const TERMINATOR: &str = "aws4_request";
const TOLERANCE: Duration = Duration::minutes(5);
const DATE_TIME: &[BorrowedFormatItem<'_>] =
    macros::format_description!("[year][month][day]T[hour][minute][second]Z");

/// A request as far as it is signed.
pub(super) struct SignedRequest<'a> {
    pub method: &'a Method,
    pub uri: &'a Uri,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

/// Checks that the request has one of these signatures, made within five minutes of `now`.
///
/// Any region is accepted: a local pool answers for all of them.
pub(super) fn verify(
    signatures: &Signatures,
    request: &SignedRequest<'_>,
    now: OffsetDateTime,
) -> Result<(), Error> {
    let Some(authorization) = request.headers.get(AUTHORIZATION) else {
        return Err(Error::new(
            ErrorCode::MissingAuthenticationTokenException,
            "Missing Authentication Token",
        ));
    };
    let authorization = authorization.to_str().unwrap_or_default();
    let authorization = Authorization::parse(authorization)?;
    let Signatures::Of {
        access_key,
        secret_key,
    } = signatures
    else {
        return Ok(());
    };
    let timestamp = header(request.headers, "x-amz-date").ok_or_else(|| {
        incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        )
    })?;
    if authorization.access_key != access_key {
        let text = "The security token included in the request is invalid.";
        return Err(Error::new(ErrorCode::UnrecognizedClientException, text));
    }
    authorization.check_scope(&timestamp)?;
    check_time(&timestamp, now)?;

    let key = authorization.signing_key(secret_key);
    let to_sign = format!(
        "{ALGORITHM}\n{timestamp}\n{}\n{}",
        authorization.scope(),
        hex(&Sha256::digest(canonical_request(
            request,
            authorization.signed_headers
        )))
    );
    let mut mac = keyed(&key);
    mac.update(to_sign.as_bytes());
    // Compares in constant time.
    mac.verify_slice(&unhex(authorization.signature).unwrap_or_default()).map_err(|_| {
        invalid(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        )
    })
}

/// The parts of an `Authorization` header.
struct Authorization<'a> {
    access_key: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    terminator: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn parse(header: &'a str) -> Result<Self, Error> {
        let parameters = header.strip_prefix(ALGORITHM).unwrap_or_default();
        let parameter = |name: &str| {
            let mut pairs = parameters
                .split(',')
                .filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let (credential, signed_headers, signature) = (
            parameter("Credential"),
            parameter("SignedHeaders"),
            parameter("Signature"),
        );
        let (Some(credential), Some(signed_headers), Some(signature)) =
            (credential, signed_headers, signature)
        else {
            let named = [
                ("Credential", credential),
                ("Signature", signature),
                ("SignedHeaders", signed_headers),
            ];
            let missing = named.iter().filter(|(_, value)| value.is_none());
            let texts: Vec<_> = missing
                .map(|(name, _)| format!("Authorization header requires '{name}' parameter."))
                .collect();
            return Err(incomplete(&texts.join(" ")));
        };
        let mut parts = credential.rsplitn(5, '/');
        let mut part = || parts.next().unwrap_or_default();
        // From the right: an access key may itself contain slashes.
        let (terminator, service, region, date, access_key) =
            (part(), part(), part(), part(), part());
        if access_key.is_empty() {
            return Err(incomplete(
                "Credential must have exactly 5 slash-delimited elements.",
            ));
        }
        Ok(Self {
            access_key,
            date,
            region,
            service,
            terminator,
            signed_headers,
            signature,
        })
    }

    fn check_scope(&self, timestamp: &str) -> Result<(), Error> {
        if self.service != SERVICE {
            return Err(invalid(&format!(
                "Credential should be scoped to correct service: '{SERVICE}'."
            )));
        }
        if self.terminator != TERMINATOR {
            return Err(invalid(&format!(
                "Credential should be scoped with a valid terminator: '{TERMINATOR}'."
            )));
        }
        if !timestamp.starts_with(self.date) || self.date.len() != 8 {
            return Err(invalid(&format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != \
                 '{}', from '{timestamp}'.",
                self.date,
                timestamp.get(..8).unwrap_or(timestamp)
            )));
        }
        if !self.signed_headers.split(';').any(|name| name == "host") {
            return Err(invalid(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            ));
        }
        Ok(())
    }

    fn scope(&self) -> String {
        format!(
            "{}/{}/{}/{}",
            self.date, self.region, self.service, self.terminator
        )
    }

    fn signing_key(&self, secret_key: &str) -> Vec<u8> {
        let start = format!("AWS4{secret_key}").into_bytes();
        [self.date, self.region, self.service, self.terminator]
            .iter()
            .fold(start, |key, part| {
                let mut mac = keyed(&key);
                mac.update(part.as_bytes());
                mac.finalize().into_bytes().to_vec()
            })
    }
}

fn check_time(timestamp: &str, now: OffsetDateTime) -> Result<(), Error> {
    let Ok(signed) = PrimitiveDateTime::parse(timestamp, DATE_TIME) else {
        return Err(incomplete("Date must be in ISO-8601 'basic format'."));
    };
    let signed = signed.assume_utc();
    let text = |time: OffsetDateTime| time.format(DATE_TIME).unwrap_or_default();
    if signed < now - TOLERANCE {
        return Err(invalid(&format!(
            "Signature expired: {timestamp} is now earlier than {} ({} - 5 min.)",
            text(now - TOLERANCE),
            text(now)
        )));
    }
    if signed > now + TOLERANCE {
        return Err(invalid(&format!(
            "Signature not yet current: {timestamp} is still later than {} ({} + 5 min.)",
            text(now + TOLERANCE),
            text(now)
        )));
    }
    Ok(())
}

fn canonical_request(request: &SignedRequest<'_>, signed_headers: &str) -> String {
    let mut query: Vec<_> = request.uri.query().unwrap_or_default().split('&').collect();
    query.sort_unstable();
    let headers: String = signed_headers
        .split(';')
        .map(|name| {
            format!(
                "{name}:{}\n",
                header(request.headers, name).unwrap_or_default()
            )
        })
        .collect();
    format!(
        "{}\n{}\n{}\n{headers}\n{signed_headers}\n{}",
        request.method,
        request.uri.path(),
        query.join("&"),
        hex(&Sha256::digest(request.body))
    )
}

/// A header as it is signed: trimmed, runs of spaces as one, several values joined.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let values: Vec<_> = values
        .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    if values.is_empty() {
        None
    } else {
        Some(values.join(","))
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("any length")
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn incomplete(text: &str) -> Error {
    Error::new(ErrorCode::IncompleteSignatureException, text)
}

fn invalid(text: &str) -> Error {
    Error::new(ErrorCode::InvalidSignatureException, text)
}

#[cfg(test)]
mod tests;
