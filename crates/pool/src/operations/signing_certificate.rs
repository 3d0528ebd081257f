//! `GetSigningCertificate`: the certificate of the key that a pool signs SAML requests with.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{
    Error,
    types::{GetSigningCertificateRequest, GetSigningCertificateResponse},
};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PKCS_RSA_SHA256};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::{UnixMillis, errors, keys, pool::Pool, service::Call};

/// Ten years.
const VALIDITY: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// In the store: X.509 and PKCS #8, both in base64.
#[derive(Serialize, Deserialize)]
struct SigningCertificate {
    certificate: String,
    key: Zeroizing<String>,
}

/// Makes the certificate at the first call.
pub(super) fn get_signing_certificate(
    call: Call<'_>,
    input: GetSigningCertificateRequest,
) -> Result<GetSigningCertificateResponse, Error> {
    let pool_id = &input.user_pool_id;
    let key = keys::signing_certificate(pool_id);
    let found: Option<SigningCertificate> = call.transact(|records| {
        Pool::load(records, pool_id)?;
        records.get(&key)
    })?;
    let certificate = match found {
        Some(found) => found.certificate,
        None => {
            // A tenth of a second, in which the store serves others. Somebody else may be quicker.
            let made = generate(pool_id, call.now)?;
            call.transact(|records| {
                Pool::load(records, pool_id)?;
                match records.get::<SigningCertificate>(&key)? {
                    Some(theirs) => Ok(theirs.certificate),
                    None => records.put(&key, &made).map(|()| made.certificate),
                }
            })?
        }
    };
    Ok(GetSigningCertificateResponse {
        certificate: Some(certificate),
    })
}

fn generate(pool_id: &str, now: UnixMillis) -> Result<SigningCertificate, Error> {
    let failed = |_| errors::internal("No certificate could be made");
    let instant = |time: UnixMillis| {
        OffsetDateTime::from_unix_timestamp(time.seconds())
            .map_err(|_| errors::internal("The time is out of range"))
    };
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).map_err(failed)?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, pool_id);
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    params.not_before = instant(now)?;
    params.not_after = instant(now + VALIDITY)?;
    let certificate = params.self_signed(&key).map_err(failed)?;
    Ok(SigningCertificate {
        certificate: STANDARD.encode(certificate.der()),
        key: Zeroizing::new(STANDARD.encode(key.serialized_der())),
    })
}
