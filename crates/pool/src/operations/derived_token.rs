//! `GetDerivedToken`: a token for another service in the place of one that the user gave, by the token exchange of
//! RFC 8693.
//!
//! What the API's description leaves open, and what is done here:
//!
//! - The subject is a user of this pool who is still signed in; the actor is such a user, or a client of this pool with
//!   a token from `GetClientToken`. Tokens of other providers cannot be checked here and are refused.
//! - Who names a client with a secret must know it, whether the request is signed or not.
//! - Without `RequestedTokenType` the new token is an access token.
//! - `Audiences` and `Resources` become `aud`; an ID token without either is for the client.
//! - Without `Scopes` the new token has the subject's; with them, those that the subject has and the client may have,
//!   and if that is none, there is no token. An ID token has none to give.
//! - The new token names the same sign-in, ends with it, and never outlives the subject's token: otherwise a chain of
//!   exchanges would have no end.
//! - An `act` that the subject's token has is kept: within the new one, or as it is if there is no new actor.

use cognito_idp::{
    Error,
    types::{
        ExplicitAuthFlowsType, GetDerivedTokenRequest, GetDerivedTokenResponse,
        IssuedTokenTypeIdentifierType, OAuthTokenTypeType, ResourceServerType,
        TokenTypeIdentifierType,
    },
};

use crate::{
    client::Client,
    errors, keys,
    pool::Pool,
    records::Records,
    service::Call,
    tokens::{
        presented::{self, Presented},
        single::{Derivation, Kind},
    },
    unsupported,
};

// The errors' types are those that the operation declares; their texts have no source.

pub(super) fn get_derived_token(
    call: Call<'_>,
    input: GetDerivedTokenRequest,
) -> Result<GetDerivedTokenResponse, Error> {
    let (client, pool) = call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        check_resource(records, &pool, input.resources.as_deref())?;
        Ok((client, pool))
    })?;
    check_client(&client, &input)?;
    unsupported::check_tokens(&pool)?;
    let subject = subject(call, &pool, &input)?;
    let actor = actor(call, &pool, &input)?;
    let requested = input
        .requested_token_type
        .unwrap_or(IssuedTokenTypeIdentifierType::AccessToken);
    let kind = match requested {
        IssuedTokenTypeIdentifierType::AccessToken => Kind::Access,
        IssuedTokenTypeIdentifierType::IdToken => Kind::Id,
    };
    let scopes = scopes(&client, &subject, input.scopes.as_deref())?;
    let token = call.transact(|records| {
        if let Some(actor) = &actor {
            actor.check_standing(records, &pool, ACTOR)?;
        }
        let derivation = Derivation {
            kind,
            audience: audience(&input)?,
            scopes: &scopes,
            subject: &subject,
            actor: actor.as_ref(),
        };
        subject.exchange(call, records, &pool, &client, &derivation)
    })?;
    Ok(GetDerivedTokenResponse {
        issued_token: token.sign(&*call.keys(&pool.id)?)?,
        issued_token_type: requested,
        // As RFC 8693 (section 2.2.1) has it: only an access token is used as one.
        token_type: match kind {
            Kind::Access => OAuthTokenTypeType::Bearer,
            Kind::Id => OAuthTokenTypeType::NA,
        },
        expires_in: i32::try_from(token.expires_in).ok(),
        scopes: (kind == Kind::Access && !scopes.is_empty()).then_some(scopes),
    })
}

const SUBJECT: &str = "Subject Token";
const ACTOR: &str = "Actor Token";

/// Checks that the request comes from its client, and that the client may exchange tokens so.
fn check_client(client: &Client, input: &GetDerivedTokenRequest) -> Result<(), Error> {
    use ExplicitAuthFlowsType::{AllowTokenExchangeDelegation, AllowTokenExchangeImpersonation};
    if !client.has_secret(input.client_secret.as_deref()) {
        return Err(errors::not_authorized("Invalid client secret"));
    }
    let (flow, name) = match input.actor_token {
        Some(_) => (AllowTokenExchangeDelegation, "TOKEN_EXCHANGE_DELEGATION"),
        None => (
            AllowTokenExchangeImpersonation,
            "TOKEN_EXCHANGE_IMPERSONATION",
        ),
    };
    if client.lists(flow) {
        return Ok(());
    }
    Err(errors::not_authorized(format!(
        "{name} flow not enabled for this client"
    )))
}

fn subject(
    call: Call<'_>,
    pool: &Pool,
    input: &GetDerivedTokenRequest,
) -> Result<Presented, Error> {
    let kind = input.subject_token_type;
    check_provider(kind, input.subject_token_provider_name.as_deref())?;
    presented::verify(call, pool, &input.subject_token, kind, SUBJECT)
}

fn actor(
    call: Call<'_>,
    pool: &Pool,
    input: &GetDerivedTokenRequest,
) -> Result<Option<Presented>, Error> {
    let Some(token) = &input.actor_token else {
        return Ok(None);
    };
    let kind = input
        .actor_token_type
        .ok_or_else(|| errors::missing_parameter("ActorTokenType"))?;
    check_provider(kind, input.actor_token_provider_name.as_deref())?;
    presented::verify(call, pool, token, kind, ACTOR).map(Some)
}

/// Refuses what another provider has issued.
fn check_provider(kind: TokenTypeIdentifierType, provider: Option<&str>) -> Result<(), Error> {
    if kind == TokenTypeIdentifierType::Saml2 || provider.is_some() {
        return Err(errors::not_implemented(
            "The exchange of another provider's token",
        ));
    }
    Ok(())
}

/// Of the subject's scopes, those that were asked for and that the client may have.
fn scopes(
    client: &Client,
    subject: &Presented,
    asked: Option<&[String]>,
) -> Result<Vec<String>, Error> {
    let held = subject.scopes().map(str::to_owned);
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(held.collect());
    };
    let granted: Vec<String> = held
        .filter(|scope| asked.contains(scope) && client.oauth_scopes().contains(scope))
        .collect();
    if granted.is_empty() {
        return Err(errors::invalid_parameter(
            "None of the requested scopes can be granted.",
        ));
    }
    Ok(granted)
}

/// Whom the token is for, if the request says so. Each list has one item at most.
fn audience(input: &GetDerivedTokenRequest) -> Result<Option<&str>, Error> {
    let first = |list: &'_ Option<Vec<String>>| list.as_ref()?.first().cloned();
    if first(&input.audiences).is_some() && first(&input.resources).is_some() {
        return Err(errors::invalid_parameter(
            "Audiences and Resources cannot be requested together.",
        ));
    }
    let either = input.audiences.iter().chain(&input.resources).flatten();
    Ok(either.map(String::as_str).next())
}

fn check_resource(
    records: &Records<'_>,
    pool: &Pool,
    resources: Option<&[String]>,
) -> Result<(), Error> {
    for identifier in resources.unwrap_or_default() {
        let server: Option<ResourceServerType> =
            records.get(&keys::resource_server(&pool.id, identifier))?;
        if server.is_none() {
            return Err(errors::resource_not_found(format!(
                "Resource server {identifier} does not exist."
            )));
        }
    }
    Ok(())
}
