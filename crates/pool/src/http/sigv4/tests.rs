//! The other side of these tests is botocore: see `record.py`.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use cognito_idp::{Error, ErrorCode};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use super::{Signatures, SignedRequest, verify};

/// One recorded request, open to tampering.
struct Recorded {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: String,
    at: OffsetDateTime,
}

impl Recorded {
    fn new(name: &str) -> Self {
        let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
        let headers = vectors[name]["headers"].as_object().unwrap().iter();
        let header = |(name, value): (&String, &Value)| {
            let value = HeaderValue::from_str(value.as_str().unwrap()).unwrap();
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), value)
        };
        Self {
            method: Method::POST,
            uri: Uri::from_static("/"),
            headers: headers.map(header).collect(),
            body: vectors[name]["body"].as_str().unwrap().to_owned(),
            at: OffsetDateTime::from_unix_timestamp(vectors["unixSeconds"].as_i64().unwrap())
                .unwrap(),
        }
    }

    fn verify(&self) -> Result<(), Error> {
        self.verify_after(Duration::ZERO)
    }

    fn verify_after(&self, delay: Duration) -> Result<(), Error> {
        self.verify_by(&Signatures::default(), delay)
    }

    fn verify_by(&self, signatures: &Signatures, delay: Duration) -> Result<(), Error> {
        let Self {
            method,
            uri,
            headers,
            body,
            at,
        } = self;
        verify(
            signatures,
            &SignedRequest {
                method,
                uri,
                headers,
                body: body.as_bytes(),
            },
            *at + delay,
        )
    }

    fn refused(&self) -> (ErrorCode, String) {
        let error = self.verify().unwrap_err();
        (error.code, error.message)
    }

    fn set(&mut self, name: &'static str, value: &str) {
        self.headers
            .insert(name, HeaderValue::from_str(value).unwrap());
    }

    fn edit_authorization(&mut self, from: &str, to: &str) {
        let authorization = self.headers["authorization"]
            .to_str()
            .unwrap()
            .replace(from, to);
        self.set("authorization", &authorization);
    }
}

const MISMATCH: &str = "The request signature we calculated does not match";

#[test]
fn what_botocore_signs_is_let_in() {
    for name in ["createUserPool", "otherRegion", "temporary"] {
        assert_eq!(Recorded::new(name).verify(), Ok(()), "{name}");
    }
}

#[test]
fn whoever_does_not_know_the_secret_is_not() {
    let (code, text) = Recorded::new("wrongSecret").refused();
    assert_eq!(code, ErrorCode::InvalidSignatureException);
    assert!(text.starts_with(MISMATCH), "{text}");
    let key = Recorded::new("wrongKey").refused();
    assert_eq!(
        key,
        (
            ErrorCode::UnrecognizedClientException,
            "The security token included in the request is invalid.".to_owned()
        )
    );
}

#[test]
fn another_key_and_secret_may_be_the_administrator_s() {
    let of = |access_key: &str, secret_key: &str| Signatures::Of {
        access_key: access_key.to_owned(),
        secret_key: secret_key.into(),
    };
    for (signatures, theirs) in [
        (of("AKIDEXAMPLE", "local"), "wrongKey"),
        (of("local", "guess"), "wrongSecret"),
    ] {
        let verify = |name| Recorded::new(name).verify_by(&signatures, Duration::ZERO);
        assert_eq!(verify(theirs), Ok(()));
        assert!(verify("createUserPool").is_err(), "{theirs}");
        assert!(!format!("{signatures:?}").contains("guess"));
    }
}

#[test]
fn any_signature_will_do_where_that_was_asked_for() {
    for name in ["createUserPool", "wrongKey", "wrongSecret"] {
        let request = Recorded::new(name);
        let outcome = request.verify_by(&Signatures::Any, Duration::days(400));
        assert_eq!(outcome, Ok(()), "{name}");
    }
    let mut request = Recorded::new("createUserPool");
    for (authorization, expected) in [
        (Some("Bearer abc"), ErrorCode::IncompleteSignatureException),
        (None, ErrorCode::MissingAuthenticationTokenException),
    ] {
        match authorization {
            Some(authorization) => request.set("authorization", authorization),
            None => drop(request.headers.remove("authorization")),
        }
        let refused = request.verify_by(&Signatures::Any, Duration::ZERO);
        assert_eq!(refused.unwrap_err().code, expected);
    }
}

#[test]
fn unsigned_and_half_signed() {
    let mut request = Recorded::new("createUserPool");
    request.headers.remove("authorization");
    assert_eq!(
        request.refused(),
        (
            ErrorCode::MissingAuthenticationTokenException,
            "Missing Authentication Token".to_owned()
        )
    );
    for authorization in [
        "",
        "Bearer abc",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=local, Signature=00",
    ] {
        request.set("authorization", authorization);
        assert_eq!(
            request.refused().0,
            ErrorCode::IncompleteSignatureException,
            "{authorization}"
        );
    }
    let mut request = Recorded::new("createUserPool");
    request.edit_authorization("local/20260102/us-east-1/", "local/");
    assert_eq!(request.refused().0, ErrorCode::IncompleteSignatureException);
    let mut request = Recorded::new("createUserPool");
    request.headers.remove("x-amz-date");
    assert_eq!(request.refused().0, ErrorCode::IncompleteSignatureException);
    request.set("x-amz-date", "2026-01-02T03:04:05Z");
    assert!(request.verify().is_err());
}

#[test]
fn every_signed_part_counts() {
    let tampered = |tamper: fn(&mut Recorded)| {
        let mut request = Recorded::new("createUserPool");
        tamper(&mut request);
        let (code, text) = request.refused();
        assert_eq!(code, ErrorCode::InvalidSignatureException);
        assert!(text.starts_with(MISMATCH), "{text}");
    };
    tampered(|request| request.body.push(' '));
    tampered(|request| request.method = Method::GET);
    tampered(|request| request.uri = Uri::from_static("/?a=b"));
    tampered(|request| request.set("host", "example.com"));
    tampered(|request| {
        request.set(
            "x-amz-target",
            "AWSCognitoIdentityProviderService.DeleteUserPool",
        )
    });
    tampered(|request| request.set("x-amz-date", "20260102T030406Z"));
    tampered(|request| request.edit_authorization("us-east-1", "us-west-1"));
    tampered(|request| request.edit_authorization("content-type;", ""));
    tampered(|request| request.edit_authorization("Signature=", "Signature=0"));
    tampered(|request| request.edit_authorization("Signature=2b57", "Signature=ffff"));
    tampered(|request| request.edit_authorization("Signature=2b57", "Signature=zz"));
    // Spaces around a header's value are no part of it.
    let mut spaced = Recorded::new("createUserPool");
    spaced.set("content-type", "  application/x-amz-json-1.1 ");
    assert_eq!(spaced.verify(), Ok(()));
}

#[test]
fn the_scope_is_this_service_s() {
    let text = |from: &str, to: &str| {
        let mut request = Recorded::new("createUserPool");
        request.edit_authorization(from, to);
        let (code, text) = request.refused();
        assert_eq!(code, ErrorCode::InvalidSignatureException);
        text
    };
    assert!(text("/cognito-idp/", "/dynamodb/").contains("'cognito-idp'"));
    assert!(text("aws4_request", "aws5_request").contains("'aws4_request'"));
    assert!(text("20260102", "20260103").contains("'20260103' != '20260102'"));
    assert!(text("host;", "").contains("'Host'"));
}

#[test]
fn five_minutes_either_way() {
    let request = Recorded::new("createUserPool");
    assert_eq!(request.verify_after(Duration::minutes(5)), Ok(()));
    assert_eq!(request.verify_after(Duration::minutes(-5)), Ok(()));
    let late = request.verify_after(Duration::seconds(301)).unwrap_err();
    assert_eq!(late.code, ErrorCode::InvalidSignatureException);
    assert_eq!(
        late.message,
        "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030906Z - 5 min.)"
    );
    let early = request.verify_after(Duration::seconds(-301)).unwrap_err();
    assert_eq!(early.code, ErrorCode::InvalidSignatureException);
    assert_eq!(
        early.message,
        "Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z (20260102T025904Z + 5 min.)"
    );
}
