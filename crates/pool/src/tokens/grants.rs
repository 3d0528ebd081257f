//! Grants: what a sign-in leaves in the store. A user's tokens are good as long as their grant is there.

use std::{sync::Arc, time::Duration};

use cognito_idp::{
    Error, ErrorCode,
    types::{AuthenticationResultType, NewDeviceMetadataType},
};
use serde::{Deserialize, Serialize};

use super::{
    claims::{ClaimSets, Source},
    hash,
    keys::PoolKeys,
    signer::{Signed, Signer},
};
use crate::{
    UnixMillis,
    client::{Client, Lifetime},
    device::{Device, DeviceIds},
    errors,
    groups::Membership,
    identifiers, keys,
    pool::Pool,
    random::Random,
    records::{Expiring, Records},
    service::Call,
    session_tracking,
    user::User,
};

/// Bytes of a refresh token: opaque, and as long as no one can guess.
const REFRESH_TOKEN_BYTES: usize = 192;

/// A sign-in. What its tokens have in common, refreshed ones included.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    /// Seconds since 1970 at the sign-in.
    pub auth_time: i64,
    pub origin_jti: String,
    /// The device that signed in, where devices are tracked.
    #[serde(default)]
    pub device: Option<DeviceIds>,
    /// Finds the refresh token.
    refresh_hash: String,
}

/// What a refresh token stands for.
#[derive(Clone, Serialize, Deserialize)]
struct RefreshToken {
    pool_id: String,
    client_id: String,
    username: String,
    sub: String,
    event_id: String,
    revoked: bool,
    /// The instant from which on the token that took this one's place is the only one.
    #[serde(default)]
    replaced: Option<UnixMillis>,
}

/// Tokens that wait for their signatures, which are made when the transaction is over: they take longer than all the
/// rest of a sign-in.
pub(crate) struct Issued {
    claims: ClaimSets,
    refresh_token: Option<String>,
    new_device: Option<NewDeviceMetadataType>,
    lifetime: Duration,
}

/// What a sign-in comes from.
pub(crate) enum Origin {
    /// A pool where that does not matter.
    Untracked,
    /// A device that nobody knows yet, and what it shall be called.
    NewDevice(DeviceIds),
    /// A device that has proved to be this one.
    Device(DeviceIds),
}

impl Issued {
    pub fn sign(
        self,
        signer: &Signer,
        keys: &Arc<PoolKeys>,
    ) -> Result<AuthenticationResultType, Error> {
        let Signed { access, id } = signer.sign(keys, self.claims)?;
        Ok(AuthenticationResultType {
            access_token: Some(access.into()),
            id_token: Some(id.into()),
            refresh_token: self.refresh_token.map(Into::into),
            expires_in: i32::try_from(self.lifetime.as_secs()).ok(),
            token_type: Some("Bearer".to_owned()),
            new_device_metadata: self.new_device,
        })
    }
}

/// The tokens of a new sign-in. `event_id` is what threat protection calls it, if it has.
pub(crate) fn issue(
    records: &mut Records<'_>,
    call: Call<'_>,
    pool: &Pool,
    client: &Client,
    user: &User,
    origin: Origin,
    event_id: Option<String>,
) -> Result<Issued, Error> {
    let random = call.random();
    let (device, new_device) = match origin {
        Origin::Untracked => (None, None),
        Origin::NewDevice(ids) => (Some(ids.clone()), Some(ids.metadata())),
        Origin::Device(ids) => (Some(ids), None),
    };
    session_tracking::make_room(records, pool, user)?;
    let event_id = event_id.unwrap_or_else(|| identifiers::uuid(random));
    let refresh_token = identifiers::secret::<REFRESH_TOKEN_BYTES>(random);
    let grant = Grant {
        auth_time: records.now.seconds(),
        origin_jti: identifiers::uuid(random),
        device,
        refresh_hash: hash(&refresh_token),
    };
    let refresh = RefreshToken {
        pool_id: pool.id.clone(),
        client_id: client.id.clone(),
        username: user.username.clone(),
        sub: user.sub.clone(),
        event_id: event_id.clone(),
        revoked: false,
        replaced: None,
    };
    let refresh_until = records.now + client.lifetime(Lifetime::Refresh);
    // A token that was refreshed at the last moment outlives the refresh token by its own lifetime.
    let grant_until = refresh_until + client.lifetime(Lifetime::Access);
    records.put_until(&keys::refresh(&grant.refresh_hash), refresh_until, refresh)?;
    records.put_until(
        &keys::grant(&pool.id, &user.sub, &event_id),
        grant_until,
        grant.clone(),
    )?;
    let source = Source {
        issuer: &call.issuer(&pool.id),
        client,
        user,
        grant: &grant,
        event_id: &event_id,
        groups: Membership::of(records, pool, user)?,
        now: records.now,
    };
    Ok(Issued {
        claims: source.claims(random),
        refresh_token: Some(refresh_token),
        new_device,
        lifetime: client.lifetime(Lifetime::Access),
    })
}

/// New tokens for a refresh token, without a new refresh token, and whose they are.
///
/// # Errors
///
/// `NotAuthorizedException` if the token is none, another client's, too old, revoked, another device's or one's that is
/// not confirmed or forgotten, or its user's time is over.
pub(crate) fn refresh(
    records: &Records<'_>,
    random: &Random,
    issuer: &str,
    pool: &Pool,
    client: &Client,
    token: &str,
    device_key: Option<&str>,
) -> Result<(Issued, User), Error> {
    let invalid = || errors::not_authorized("Invalid Refresh Token");
    let found: Expiring<RefreshToken> = records
        .expiring(&keys::refresh(&hash(token)))?
        .ok_or_else(invalid)?;
    let refresh = &found.value;
    if refresh.client_id != client.id {
        return Err(invalid());
    }
    let user = User::find_again(records, pool, &refresh.username, &refresh.sub)?;
    // First of all: disabling has revoked the token too, but that is not what the user can ask the administrator for.
    if user.as_ref().is_some_and(|user| !user.enabled) {
        return Err(errors::user_is_disabled());
    }
    if refresh.revoked {
        return Err(errors::not_authorized("Refresh Token has been revoked"));
    }
    if found.has_expired(records.now) {
        return Err(errors::not_authorized("Refresh Token has expired"));
    }
    if refresh
        .replaced
        .is_some_and(|replaced| replaced <= records.now)
    {
        // The service's text is not known.
        return Err(Error::new(
            ErrorCode::RefreshTokenReuseException,
            "Refresh Token has been rotated",
        ));
    }
    let user = user.ok_or_else(invalid)?;
    let grant: Grant = records
        .current(&keys::grant(&pool.id, &user.sub, &refresh.event_id))?
        .ok_or_else(invalid)?;
    if let Some(ids) = grant.device.as_ref().filter(|_| pool.tracks_devices()) {
        let is_confirmed = Device::find(records, pool, &user.sub, &ids.key)?.is_some();
        if !is_confirmed || device_key != Some(ids.key.as_str()) {
            return Err(invalid());
        }
    }
    let source = Source {
        issuer,
        client,
        user: &user,
        grant: &grant,
        event_id: &refresh.event_id,
        groups: Membership::of(records, pool, &user)?,
        now: records.now,
    };
    let issued = Issued {
        claims: source.claims(random),
        refresh_token: None,
        new_device: None,
        lifetime: client.lifetime(Lifetime::Access),
    };
    Ok((issued, user))
}

/// A new refresh token in the place of one that has just been used: good for the rest of its time. The old one is good
/// for as long as the client may have missed the answer.
pub(crate) fn rotate(
    records: &mut Records<'_>,
    random: &Random,
    client: &Client,
    token: &str,
    issued: &mut Issued,
) -> Result<(), Error> {
    let key = keys::refresh(&hash(token));
    let Some(mut found) = records.expiring::<RefreshToken>(&key)? else {
        return Err(errors::not_authorized("Invalid Refresh Token"));
    };
    let new = identifiers::secret::<REFRESH_TOKEN_BYTES>(random);
    let grant_key = keys::grant(
        &found.value.pool_id,
        &found.value.sub,
        &found.value.event_id,
    );
    if let Some(mut grant) = records.expiring::<Grant>(&grant_key)? {
        grant.value.refresh_hash = hash(&new);
        records.put_until(&grant_key, grant.until, grant.value)?;
    }
    let replacement = RefreshToken {
        replaced: None,
        ..found.value.clone()
    };
    records.put_until(&keys::refresh(&hash(&new)), found.until, replacement)?;
    let replaced = records.now + client.rotation_grace();
    found.value.replaced.get_or_insert(replaced);
    records.put_until(&key, found.until, found.value)?;
    issued.refresh_token = Some(new);
    Ok(())
}

/// The sign-in that a token comes from, if it still holds.
pub(crate) fn current(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
    event_id: &str,
) -> Result<Option<Grant>, Error> {
    records.current(&keys::grant(&pool.id, &user.sub, event_id))
}

/// Revokes a refresh token of this client and every token that came from it. A token that is not known, or is revoked
/// already, is revoked as far as anybody can tell, as RFC 7009 (section 2.2) has it.
///
/// False for another client's token, which stays as it is.
pub(crate) fn revoke(
    records: &mut Records<'_>,
    client: &Client,
    token: &str,
) -> Result<bool, Error> {
    let key = keys::refresh(&hash(token));
    let Some(found) = records.expiring::<RefreshToken>(&key)? else {
        return Ok(true);
    };
    let refresh = found.value;
    if refresh.client_id != client.id {
        return Ok(false);
    }
    records.delete(&keys::grant(
        &refresh.pool_id,
        &refresh.sub,
        &refresh.event_id,
    ))?;
    records.put_until(
        &key,
        found.until,
        RefreshToken {
            revoked: true,
            ..refresh
        },
    )?;
    Ok(true)
}

/// Ends all of a user's sign-ins.
pub(crate) fn revoke_all(records: &mut Records<'_>, pool: &Pool, user: &User) -> Result<(), Error> {
    let prefix = keys::grant(&pool.id, &user.sub, "");
    for grant in records.scan::<Expiring<Grant>>(&prefix)? {
        let key = keys::refresh(&grant.value.refresh_hash);
        if let Some(found) = records.expiring::<RefreshToken>(&key)? {
            records.put_until(
                &key,
                found.until,
                RefreshToken {
                    revoked: true,
                    ..found.value
                },
            )?;
        }
    }
    records.delete_all(&prefix)
}

/// A sign-in whose tokens are good, to those who look at it from outside.
pub(crate) struct SignIn {
    pub event_id: String,
    pub client_id: String,
    /// Seconds since 1970.
    pub since: i64,
    refresh_hash: String,
}

/// A user's sign-ins that hold, the oldest first.
pub(crate) fn of_user(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
) -> Result<Vec<SignIn>, Error> {
    let mut sign_ins = Vec::new();
    for grant in records.scan::<Expiring<Grant>>(&keys::grant(&pool.id, &user.sub, ""))? {
        let refresh_hash = grant.value.refresh_hash;
        let refresh: Option<RefreshToken> = records.current(&keys::refresh(&refresh_hash))?;
        if let Some(refresh) = refresh.filter(|refresh| !refresh.revoked) {
            sign_ins.push(SignIn {
                event_id: refresh.event_id,
                client_id: refresh.client_id,
                since: grant.value.auth_time,
                refresh_hash,
            });
        }
    }
    sign_ins.sort_by_key(|sign_in| sign_in.since);
    Ok(sign_ins)
}

/// Ends one of a user's sign-ins.
pub(crate) fn end(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    sign_in: &SignIn,
) -> Result<(), Error> {
    let key = keys::refresh(&sign_in.refresh_hash);
    if let Some(found) = records.expiring::<RefreshToken>(&key)? {
        let revoked = RefreshToken {
            revoked: true,
            ..found.value
        };
        records.put_until(&key, found.until, revoked)?;
    }
    records.delete(&keys::grant(&pool.id, &user.sub, &sign_in.event_id))
}
