//! What the service's tokens say.

use serde_json::{Map, Value, json};

use super::grants::Grant;
use crate::{
    UnixMillis,
    client::{Client, Lifetime},
    groups::Membership,
    identifiers,
    random::Random,
    user::User,
};

/// What lets a token's bearer use the operations on their own account.
pub(crate) const USER_SCOPE: &str = "aws.cognito.signin.user.admin";

/// The claims of both tokens of one sign-in or refresh.
pub(super) struct ClaimSets {
    pub access: Value,
    pub id: Value,
}

/// What claims are made from.
pub(super) struct Source<'a> {
    pub issuer: &'a str,
    pub client: &'a Client,
    pub user: &'a User,
    pub grant: &'a Grant,
    pub event_id: &'a str,
    pub groups: Membership,
    pub now: UnixMillis,
}

impl Source<'_> {
    pub fn claims(&self, random: &Random) -> ClaimSets {
        let mut access = self.common("access", Lifetime::Access, random);
        access.insert("client_id".to_owned(), json!(self.client.id));
        access.insert("scope".to_owned(), json!(USER_SCOPE));
        access.insert("username".to_owned(), json!(self.user.username));
        if let Some(device) = &self.grant.device {
            access.insert("device_key".to_owned(), json!(device.key));
        }

        let mut id = self.common("id", Lifetime::Id, random);
        id.insert("aud".to_owned(), json!(self.client.id));
        id.insert("cognito:username".to_owned(), json!(self.user.username));
        for (name, value) in &self.user.attributes {
            if self.client.may_read(name) {
                id.insert(name.clone(), attribute_claim(name, value));
            }
        }
        if let Some(identities) = self.user.identities_claim() {
            id.insert("identities".to_owned(), identities);
        }
        if !self.groups.roles.is_empty() {
            id.insert("cognito:roles".to_owned(), json!(self.groups.roles));
        }
        if let Some(role) = &self.groups.preferred_role {
            id.insert("cognito:preferred_role".to_owned(), json!(role));
        }
        ClaimSets {
            access: access.into(),
            id: id.into(),
        }
    }

    fn common(&self, token_use: &str, lifetime: Lifetime, random: &Random) -> Map<String, Value> {
        let expires = self.now + self.client.lifetime(lifetime);
        let mut claims = vec![
            ("sub", json!(self.user.sub)),
            ("iss", json!(self.issuer)),
            ("event_id", json!(self.event_id)),
            ("token_use", json!(token_use)),
            ("auth_time", json!(self.grant.auth_time)),
            ("iat", json!(self.now.seconds())),
            ("exp", json!(expires.seconds())),
        ];
        if !self.groups.names.is_empty() {
            claims.push(("cognito:groups", json!(self.groups.names)));
        }
        if self.client.revokes_tokens() {
            claims.push(("origin_jti", json!(self.grant.origin_jti)));
            claims.push(("jti", json!(identifiers::uuid(random))));
        }
        claims
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

/// Whether an address is verified is a JSON boolean; every other attribute is a string.
fn attribute_claim(name: &str, value: &str) -> Value {
    match name {
        "email_verified" | "phone_number_verified" => json!(value == "true"),
        _ => json!(value),
    }
}
