//! An app client's record.

use std::{sync::Arc, time::Duration};

use cognito_idp::{
    Error, Sensitive,
    types::{
        AuthFlowType, ExplicitAuthFlowsType, FeatureType, PreventUserExistenceErrorTypes,
        TimeUnitsType, UserPoolClientType,
    },
};
use serde::{Deserialize, Serialize};

use crate::{UnixMillis, errors, keys, pool::Pool, records::Records, schema, secret_hash};

/// An app client.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Client {
    pub id: String,
    pub pool_id: String,
    /// What `DescribeUserPoolClient` shows, but for the secret.
    pub settings: UserPoolClientType,
    /// Any of these proves that a request comes from this client; without one it need not be proved. The oldest first.
    pub secrets: Vec<ClientSecret>,
}

/// One of a client's secrets.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ClientSecret {
    pub id: String,
    pub value: Sensitive,
    pub created: UnixMillis,
}

/// Where in the settings a token's lifetime stands.
#[derive(Clone, Copy)]
pub(crate) enum Lifetime {
    Access,
    Id,
    Refresh,
}

impl Client {
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is none of this id.
    pub fn load(records: &Records<'_>, id: &str) -> Result<Arc<Self>, Error> {
        Self::find(records, id)?.ok_or_else(|| not_found(id))
    }

    /// The client of this id, if there is one.
    pub fn find(records: &Records<'_>, id: &str) -> Result<Option<Arc<Self>>, Error> {
        records.shared(&keys::client(id))
    }

    /// The client of this id, if it is this pool's.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if it is not.
    pub fn load_in(records: &Records<'_>, pool: &Pool, id: &str) -> Result<Arc<Self>, Error> {
        Self::find(records, id)?
            .filter(|client| client.pool_id == pool.id)
            .ok_or_else(|| not_found(id))
    }

    /// As [`load_in`](Self::load_in), to be changed.
    pub fn load_owned(records: &Records<'_>, pool: &Pool, id: &str) -> Result<Self, Error> {
        Self::load_in(records, pool, id).map(Arc::unwrap_or_clone)
    }

    /// The client and its pool.
    pub fn load_with_pool(
        records: &Records<'_>,
        id: &str,
    ) -> Result<(Arc<Self>, Arc<Pool>), Error> {
        let client = Self::load(records, id)?;
        let pool = Pool::load(records, &client.pool_id)?;
        Ok((client, pool))
    }

    pub fn save(&self, records: &mut Records<'_>) -> Result<(), Error> {
        records.put(&keys::client(&self.id), self)?;
        records.put(&keys::pool_client(&self.pool_id, &self.id), &self.id)
    }

    /// Writes a client that was changed.
    pub fn touch(&mut self, records: &mut Records<'_>) -> Result<(), Error> {
        self.settings.last_modified_date = Some(records.now.api_timestamp());
        self.save(records)
    }

    /// Removes the client. Its tokens are worth nothing from now on, since whoever checks one looks for the client.
    pub fn delete(&self, records: &mut Records<'_>) -> Result<(), Error> {
        records.delete(&keys::client(&self.id))?;
        records.delete(&keys::risk_configuration(&self.pool_id, Some(&self.id)))?;
        records.delete(&keys::pool_client(&self.pool_id, &self.id))
    }

    /// What `DescribeUserPoolClient` shows. Of two secrets it has room for one: the oldest, which stays the same while
    /// another comes and goes.
    pub fn described(self) -> UserPoolClientType {
        UserPoolClientType {
            client_secret: self.secrets.into_iter().next().map(|secret| secret.value),
            ..self.settings
        }
    }

    /// Checks that a request comes from one who knows this client's secret, if it has one.
    pub fn check_secret_hash(&self, username: &str, hash: Option<&str>) -> Result<(), Error> {
        let Some(hash) = hash else {
            return if self.secrets.is_empty() {
                Ok(())
            } else {
                Err(errors::not_authorized(format!(
                    "Client {} is configured with secret but SECRET_HASH was not received",
                    self.id
                )))
            };
        };
        let matches = |secret: &ClientSecret| {
            secret_hash::matches(secret.value.as_str(), username, &self.id, hash)
        };
        if self.secrets.iter().any(matches) {
            Ok(())
        } else {
            Err(errors::not_authorized(format!(
                "Unable to verify secret hash for client {}",
                self.id
            )))
        }
    }

    /// Whether this is what a request must bring for a secret: one of the client's, or none if it has none.
    pub fn has_secret(&self, given: Option<&str>) -> bool {
        let Some(given) = given else {
            return self.secrets.is_empty();
        };
        let given = Sensitive::from(given);
        self.secrets.iter().any(|secret| secret.value == given)
    }

    /// Whether users of this client may sign in by this flow.
    ///
    /// A client lists either today's flows (`ALLOW_…`) or those of old, which add to SRP, custom and refresh.
    pub fn allows(&self, flow: AuthFlowType) -> bool {
        use ExplicitAuthFlowsType as Allowed;
        let flows = self
            .settings
            .explicit_auth_flows
            .as_deref()
            .unwrap_or_default();
        let lists = |allowed: Allowed| flows.contains(&allowed);
        let old = flows.iter().any(|flow| is_old(*flow));
        match flow {
            AuthFlowType::UserSrpAuth => {
                lists(Allowed::AllowUserSrpAuth) || old && !lists(Allowed::CustomAuthFlowOnly)
            }
            AuthFlowType::UserPasswordAuth => {
                lists(Allowed::AllowUserPasswordAuth) || lists(Allowed::UserPasswordAuth)
            }
            AuthFlowType::RefreshTokenAuth | AuthFlowType::RefreshToken => {
                lists(Allowed::AllowRefreshTokenAuth) || old
            }
            AuthFlowType::CustomAuth => lists(Allowed::AllowCustomAuth) || old,
            AuthFlowType::UserAuth => lists(Allowed::AllowUserAuth),
            AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth => {
                lists(Allowed::AllowAdminUserPasswordAuth) || lists(Allowed::AdminNoSrpAuth)
            }
        }
    }

    /// Whether the client's settings name this way to tokens.
    pub fn lists(&self, flow: ExplicitAuthFlowsType) -> bool {
        let flows = self.settings.explicit_auth_flows.as_deref();
        flows.is_some_and(|flows| flows.contains(&flow))
    }

    /// The scopes that its tokens can have by OAuth 2.0.
    pub fn oauth_scopes(&self) -> &[String] {
        let scopes = self.settings.allowed_oauth_scopes.as_deref();
        scopes.unwrap_or_default()
    }

    /// Whether this client must not tell who has an account.
    pub fn hides_users(&self) -> bool {
        self.settings.prevent_user_existence_errors == Some(PreventUserExistenceErrorTypes::Enabled)
    }

    pub fn revokes_tokens(&self) -> bool {
        self.settings.enable_token_revocation != Some(false)
    }

    pub fn rotates_refresh_tokens(&self) -> bool {
        self.settings
            .refresh_token_rotation
            .as_ref()
            .is_some_and(|rotation| rotation.feature == FeatureType::Enabled)
    }

    /// How long a refresh token is good after another took its place.
    pub fn rotation_grace(&self) -> Duration {
        let rotation = self.settings.refresh_token_rotation.as_ref();
        let seconds = rotation.and_then(|rotation| rotation.retry_grace_period_seconds);
        let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
        Duration::from_secs(seconds.unwrap_or(0))
    }

    pub fn lifetime(&self, of: Lifetime) -> Duration {
        lifetime(&self.settings, of)
    }

    /// How long a challenge waits for its answer.
    pub fn session_lifetime(&self) -> Duration {
        let minutes = self
            .settings
            .auth_session_validity
            .and_then(|minutes| u64::try_from(minutes).ok());
        Duration::from_secs(60 * minutes.unwrap_or(3))
    }

    /// Whether this client may see an attribute. Without a list it may see all standard ones.
    pub fn may_read(&self, attribute: &str) -> bool {
        matches!(attribute, "sub" | "identities")
            || is_listed(self.settings.read_attributes.as_deref(), attribute)
    }

    /// Whether this client may set an attribute. Without a list it may set all standard ones; that an address is
    /// verified it may never say.
    pub fn may_write(&self, attribute: &str) -> bool {
        !matches!(
            attribute,
            "sub" | "email_verified" | "phone_number_verified"
        ) && is_listed(self.settings.write_attributes.as_deref(), attribute)
    }
}

fn not_found(id: &str) -> Error {
    errors::resource_not_found(format!("User pool client {id} does not exist."))
}

/// Whether this is one of the flows' names of old.
pub(crate) fn is_old(flow: ExplicitAuthFlowsType) -> bool {
    use ExplicitAuthFlowsType as Allowed;
    matches!(
        flow,
        Allowed::AdminNoSrpAuth | Allowed::CustomAuthFlowOnly | Allowed::UserPasswordAuth
    )
}

/// How long a token lives under these settings.
pub(crate) fn lifetime(settings: &UserPoolClientType, of: Lifetime) -> Duration {
    let units = settings.token_validity_units.clone().unwrap_or_default();
    let (number, unit, usual) = match of {
        Lifetime::Access => (
            settings.access_token_validity,
            units.access_token,
            (1, TimeUnitsType::Hours),
        ),
        Lifetime::Id => (
            settings.id_token_validity,
            units.id_token,
            (1, TimeUnitsType::Hours),
        ),
        // Zero stands for the usual 30 days.
        Lifetime::Refresh => (
            settings.refresh_token_validity.filter(|days| *days != 0),
            units.refresh_token,
            (30, TimeUnitsType::Days),
        ),
    };
    let Some(number) = number else {
        return usual.0 * unit_length(usual.1);
    };
    u32::try_from(number).unwrap_or(0) * unit_length(unit.unwrap_or(usual.1))
}

fn unit_length(unit: TimeUnitsType) -> Duration {
    Duration::from_secs(match unit {
        TimeUnitsType::Seconds => 1,
        TimeUnitsType::Minutes => 60,
        TimeUnitsType::Hours => 60 * 60,
        TimeUnitsType::Days => 24 * 60 * 60,
    })
}

fn is_listed(list: Option<&[String]>, attribute: &str) -> bool {
    match list {
        Some(list) => list.iter().any(|listed| listed == attribute),
        None => schema::is_standard(attribute),
    }
}
