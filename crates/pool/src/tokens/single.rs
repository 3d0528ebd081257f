//! Tokens that come alone: those of a client itself, and those that others are exchanged for. No refresh token belongs
//! to them, and they leave nothing in the store.

use cognito_idp::{Error, Sensitive};
use serde_json::{Map, Value, json};

use super::{
    claims::{ClaimSets, Source},
    jwt,
    keys::PoolKeys,
    presented::Presented,
};
use crate::{
    UnixMillis,
    client::{Client, Lifetime},
    identifiers,
    random::Random,
};

/// What others tell these tokens from those of the API's sign-ins by.
const VERSION: u32 = 2;

/// Which of the pool's two keys signs a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Access,
    Id,
}

/// A token that waits for its signature.
pub(crate) struct SingleToken {
    pub kind: Kind,
    /// Seconds from now.
    pub expires_in: i64,
    claims: Value,
}

impl SingleToken {
    pub fn sign(&self, keys: &PoolKeys) -> Result<Sensitive, Error> {
        let key = match self.kind {
            Kind::Access => &keys.access,
            Kind::Id => &keys.id,
        };
        jwt::sign(key, &self.claims).map(Into::into)
    }
}

/// An access token that speaks for a client, and for no user.
pub(crate) fn of_client(
    random: &Random,
    issuer: &str,
    client: &Client,
    scopes: &[String],
    now: UnixMillis,
) -> SingleToken {
    let expires = now + client.lifetime(Lifetime::Access);
    let claims = json!({
        "sub": client.id,
        "token_use": "access",
        "scope": scopes.join(" "),
        "auth_time": now.seconds(),
        "iss": issuer,
        "exp": expires.seconds(),
        "iat": now.seconds(),
        "version": VERSION,
        "jti": identifiers::uuid(random),
        "client_id": client.id,
    });
    SingleToken {
        kind: Kind::Access,
        expires_in: expires.seconds() - now.seconds(),
        claims,
    }
}

/// What a token that takes another's place says beside what its subject's sign-in says.
pub(crate) struct Derivation<'a> {
    pub kind: Kind,
    /// For whom the token is, if not for the client.
    pub audience: Option<&'a str>,
    pub scopes: &'a [String],
    pub subject: &'a Presented,
    /// Who acts for the subject.
    pub actor: Option<&'a Presented>,
}

/// A token for another service that stands for the same user and the same sign-in as the subject's, and lives no longer
/// than that.
pub(super) fn derive(
    random: &Random,
    source: &Source<'_>,
    derivation: &Derivation<'_>,
) -> SingleToken {
    let ClaimSets { access, id } = source.claims(random);
    let mut claims = members(match derivation.kind {
        Kind::Access => access,
        Kind::Id => id,
    });
    let lifetime = match derivation.kind {
        Kind::Access => Lifetime::Access,
        Kind::Id => Lifetime::Id,
    };
    let now = source.now;
    let expires = (now + source.client.lifetime(lifetime))
        .seconds()
        .min(derivation.subject.exp);
    claims.insert("exp".to_owned(), json!(expires));
    if let Some(audience) = derivation.audience {
        claims.insert("aud".to_owned(), json!(audience));
    }
    if derivation.kind == Kind::Access {
        claims.insert("version".to_owned(), json!(VERSION));
        claims.remove("scope");
        if !derivation.scopes.is_empty() {
            claims.insert("scope".to_owned(), json!(derivation.scopes.join(" ")));
        }
    }
    if let Some(act) = act(derivation) {
        claims.insert("act".to_owned(), act);
    }
    SingleToken {
        kind: derivation.kind,
        expires_in: expires - now.seconds(),
        claims: claims.into(),
    }
}

/// `act` (RFC 8693, section 4.1): who acts, and within it who acted before. A chain that the subject's token brings
/// along is never lost.
fn act(derivation: &Derivation<'_>) -> Option<Value> {
    let before = derivation.subject.act.clone();
    let Some(actor) = derivation.actor else {
        return before;
    };
    let mut act = Map::new();
    act.insert("sub".to_owned(), json!(actor.sub));
    if let Some(before) = before {
        act.insert("act".to_owned(), before);
    }
    Some(act.into())
}

fn members(claims: Value) -> Map<String, Value> {
    match claims {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
