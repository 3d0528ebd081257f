//! `StartWebAuthnRegistration`, `CompleteWebAuthnRegistration`, `ListWebAuthnCredentials`, `DeleteWebAuthnCredential`:
//! users about their passkeys.

use std::time::Duration;

use cognito_idp::{
    Error, ErrorCode,
    types::{
        CompleteWebAuthnRegistrationRequest, CompleteWebAuthnRegistrationResponse,
        DeleteWebAuthnCredentialRequest, DeleteWebAuthnCredentialResponse,
        ListWebAuthnCredentialsRequest, ListWebAuthnCredentialsResponse,
        StartWebAuthnRegistrationRequest, StartWebAuthnRegistrationResponse,
    },
};

use crate::{
    errors, identifiers, keys,
    page::{self, Page},
    service::Call,
    tokens::access::{self, Bearer},
    webauthn::{Credential, Registration, RelyingParty, creation_options},
};

/// How long a browser may take, as the service's options say.
const TIMEOUT: Duration = Duration::from_secs(60);

/// How many passkeys a user may have, by the service's quotas.
const MOST: usize = 20;

pub(super) fn start_web_authn_registration(
    call: Call<'_>,
    input: StartWebAuthnRegistrationRequest,
) -> Result<StartWebAuthnRegistrationResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer {
            pool, client, user, ..
        } = token.bearer(records)?;
        let party = RelyingParty::of(&pool)?;
        let existing = Credential::all(records, &pool, &user)?;
        check_number(&existing)?;
        let challenge = identifiers::secret::<32>(call.random());
        // The client's id is kept: who begins is who completes.
        let key = keys::registration(&pool.id, &user.sub, &challenge);
        records.put_until(&key, call.now + TIMEOUT, &client.id)?;
        Ok(StartWebAuthnRegistrationResponse {
            credential_creation_options: creation_options(
                &party, &user, &challenge, TIMEOUT, &existing,
            ),
        })
    })
}

pub(super) fn complete_web_authn_registration(
    call: Call<'_>,
    input: CompleteWebAuthnRegistrationRequest,
) -> Result<CompleteWebAuthnRegistrationResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let registration = Registration::parse(input.credential)?;
    // In a transaction of its own: a challenge is good once, whatever becomes of the answer.
    let begun_by: Option<String> = call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let key = keys::registration(&pool.id, &user.sub, registration.challenge());
        let begun_by = records.current(&key)?;
        records.delete(&key)?;
        Ok(begun_by)
    })?;
    // The service's texts are not known.
    let begun_by = begun_by.ok_or_else(|| {
        Error::new(
            ErrorCode::WebAuthnChallengeNotFoundException,
            "The challenge does not exist or has expired.",
        )
    })?;
    call.transact(|records| {
        let Bearer {
            pool, client, user, ..
        } = token.bearer(records)?;
        if begun_by != client.id {
            return Err(Error::new(
                ErrorCode::WebAuthnClientMismatchException,
                "The registration was started by another client.",
            ));
        }
        let credential = registration.check(&RelyingParty::of(&pool)?, call.now)?;
        let existing = Credential::all(records, &pool, &user)?;
        check_number(&existing)?;
        if existing.iter().any(|known| known.id == credential.id) {
            return Err(errors::invalid_parameter(
                "The credential is registered already.",
            ));
        }
        credential.save(records, &pool, &user)?;
        Ok(CompleteWebAuthnRegistrationResponse {})
    })
}

pub(super) fn list_web_authn_credentials(
    call: Call<'_>,
    input: ListWebAuthnCredentialsRequest,
) -> Result<ListWebAuthnCredentialsResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let Page { items, next } = records.page::<Credential>(
            &keys::credential(&pool.id, &user.sub, ""),
            input.next_token.as_deref(),
            page::size(input.max_results),
        )?;
        Ok(ListWebAuthnCredentialsResponse {
            credentials: items.iter().map(Credential::describe).collect(),
            next_token: next,
        })
    })
}

pub(super) fn delete_web_authn_credential(
    call: Call<'_>,
    input: DeleteWebAuthnCredentialRequest,
) -> Result<DeleteWebAuthnCredentialResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        if Credential::find(records, &pool, &user, &input.credential_id)?.is_none() {
            // The service's text is not known.
            return Err(errors::resource_not_found("Credential does not exist."));
        }
        records.delete(&keys::credential(&pool.id, &user.sub, &input.credential_id))?;
        Ok(DeleteWebAuthnCredentialResponse {})
    })
}

fn check_number(existing: &[Credential]) -> Result<(), Error> {
    if existing.len() < MOST {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::LimitExceededException,
        format!("A user can have no more than {MOST} passkeys."),
    ))
}
