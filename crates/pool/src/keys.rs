//! The layout of the store: every key that a record can have.
//!
//! | key (parts joined by U+001F) | value |
//! |---|---|
//! | `pool`, pool id | [`Pool`](crate::pool::Pool) |
//! | `keys`, pool id | the pool's two RSA key pairs |
//! | `client`, client id | [`Client`](crate::client::Client) |
//! | `pool-client`, pool id, client id | the client id; finds a pool's clients |
//! | `resource-server`, pool id, identifier | a resource server |
//! | `domain`, name | a domain of a pool |
//! | `identity-provider`, pool id, name | an identity provider |
//! | `idp-identifier`, pool id, identifier | the name of the identity provider; finds it |
//! | `signing-certificate`, pool id | the certificate for SAML requests, and its key |
//! | `ui-customization`, pool id, client id or `ALL` | how the classic hosted pages look |
//! | `branding`, pool id, client id | a style of managed login |
//! | `branding-client`, pool id, style id | the client's id; finds the style |
//! | `terms`, pool id, terms id | links to a client's terms documents |
//! | `client-terms`, pool id, client id, name | the terms' id; finds them |
//! | `log-delivery`, pool id | where the pool's logs would go |
//! | `replica`, pool id, region | a replica of the pool |
//! | `provisioned-limit`, category | requests per second |
//! | `session-tracking`, pool id | how many sign-ins a user may have |
//! | `sso-session`, pool id, client id | for how long a client reuses a sign-in |
//! | `user`, pool id, name | [`User`](crate::user::User) |
//! | `user-count`, pool id | how many users the pool has |
//! | `sub`, pool id, sub | the user's name; finds a user |
//! | `users-by`, pool id, attribute, value, name | the user's name; finds the users whom a search is for |
//! | `alias`, pool id, attribute, value | the user's name; finds a user who may sign in with this value |
//! | `identity`, pool id, provider, attribute, value | the user's name; finds the user whom an account is linked to |
//! | `group`, pool id, group | [`GroupType`](cognito_idp::types::GroupType) |
//! | `group-count`, pool id | how many groups the pool has |
//! | `member`, pool id, group, name | the user's name; finds a group's users |
//! | `membership`, pool id, name, group | the group; finds a user's groups |
//! | `import-job`, pool id, job id | [`ImportJob`](crate::user_import::ImportJob) |
//! | `import-job-by-time`, pool id, milliseconds to the end of time, job id | the job's id; lists the newest first |
//! | `import-file`, pool id, job id | the CSV file of a job that waits to be started |
//! | `import-log`, pool id, job id, line | what became of a line |
//! | `code`, pool id, subject, purpose | a verification code |
//! | `attempts`, pool id, subject, operation | calls within the hour |
//! | `lockout`, pool id, subject | failed sign-ins |
//! | `device`, pool id, sub, device key | [`Device`](crate::device::Device) |
//! | `credential`, pool id, sub, credential id | [`Credential`](crate::webauthn::Credential) |
//! | `registration`, pool id, sub, challenge | the client that a passkey's registration began with |
//! | `auth-event`, pool id, sub, position | [`AuthEvent`](crate::threat::history::AuthEvent), the newest first |
//! | `risk-configuration`, pool id, client id or `ALL` | what is done about a risk |
//! | `grant`, pool id, sub, event id | a sign-in whose tokens are good |
//! | `refresh`, token's hash | what a refresh token stands for |
//! | `session`, session's hash | a challenge that waits for its answer |
//! | `sign-up-session`, session's hash | a sign-up that the first sign-in may follow |
//! | `device-session`, pool id, sub, device key | the hash of the session in which the device was last asked for |
//! | `exchange`, secret block's hash | an SRP exchange that waits for its proof |
//! | `expiry`, milliseconds, key | nothing; finds records whose time is over |
//! | `outbox`, number | a message |
//! | `outbox-next` | the next message's number |
//!
//! *name* is a username, and *value* an attribute's, in lower case if the pool does not tell case apart; in `users-by`
//! as [`Searchable`](crate::user_index::Searchable) has it. A *subject* is a user's `sub`, or `?` and the name for one
//! who does not exist.

/// The version of this layout and of what is stored under it. With each new one comes a
/// [migration](crate::migrations).
pub(crate) const FORMAT: i64 = 3;

/// Stands between the parts of a key. It is a control character, which no id and no username can contain, and sorts
/// before all that they can. An alias's value, which might, comes last.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// The character after the separator.
pub(crate) const AFTER_SEPARATOR: char = ' ';

/// A key with one more part.
pub(crate) fn under(key: &str, part: &str) -> String {
    join(&[key, part])
}

pub(crate) fn pool(id: &str) -> String {
    join(&["pool", id])
}

/// What all pools' keys start with.
pub(crate) fn pools() -> String {
    join(&["pool", ""])
}

pub(crate) fn signing_keys(pool: &str) -> String {
    join(&["keys", pool])
}

pub(crate) fn client(id: &str) -> String {
    join(&["client", id])
}

pub(crate) fn pool_client(pool: &str, client: &str) -> String {
    join(&["pool-client", pool, client])
}

/// With an empty identifier: what all of the pool's start with.
pub(crate) fn resource_server(pool: &str, identifier: &str) -> String {
    join(&["resource-server", pool, identifier])
}

pub(crate) fn domain(name: &str) -> String {
    join(&["domain", name])
}

/// With an empty name: what all of the pool's start with.
pub(crate) fn identity_provider(pool: &str, name: &str) -> String {
    join(&["identity-provider", pool, name])
}

pub(crate) fn idp_identifier(pool: &str, identifier: &str) -> String {
    join(&["idp-identifier", pool, identifier])
}

pub(crate) fn signing_certificate(pool: &str) -> String {
    join(&["signing-certificate", pool])
}

pub(crate) fn ui_customization(pool: &str, client: &str) -> String {
    join(&["ui-customization", pool, client])
}

pub(crate) fn branding(pool: &str, client: &str) -> String {
    join(&["branding", pool, client])
}

pub(crate) fn branding_client(pool: &str, id: &str) -> String {
    join(&["branding-client", pool, id])
}

/// With an empty id: what all of the pool's start with.
pub(crate) fn terms(pool: &str, id: &str) -> String {
    join(&["terms", pool, id])
}

/// With an empty name: what all of the client's start with.
pub(crate) fn client_terms(pool: &str, client: &str, name: &str) -> String {
    join(&["client-terms", pool, client, name])
}

pub(crate) fn log_delivery(pool: &str) -> String {
    join(&["log-delivery", pool])
}

/// With an empty region: what all of the pool's start with.
pub(crate) fn replica(pool: &str, region: &str) -> String {
    join(&["replica", pool, region])
}

pub(crate) fn provisioned_limit(category: &str) -> String {
    join(&["provisioned-limit", category])
}

pub(crate) fn session_tracking(pool: &str) -> String {
    join(&["session-tracking", pool])
}

pub(crate) fn sso_session(pool: &str, client: &str) -> String {
    join(&["sso-session", pool, client])
}

pub(crate) fn user(pool: &str, name: &str) -> String {
    join(&["user", pool, name])
}

pub(crate) fn user_count(pool: &str) -> String {
    join(&["user-count", pool])
}

pub(crate) fn sub(pool: &str, sub: &str) -> String {
    join(&["sub", pool, sub])
}

/// What the keys of all users start with who have this value, or one that begins so.
pub(crate) fn users_by(pool: &str, attribute: &str, value: &str) -> String {
    join(&["users-by", pool, attribute, value])
}

pub(crate) fn alias(pool: &str, attribute: &str, value: &str) -> String {
    join(&["alias", pool, attribute, value])
}

pub(crate) fn identity(pool: &str, provider: &str, attribute: &str, value: &str) -> String {
    join(&["identity", pool, provider, attribute, value])
}

/// With an empty name: what all groups of the pool start with.
pub(crate) fn group(pool: &str, group: &str) -> String {
    join(&["group", pool, group])
}

pub(crate) fn group_count(pool: &str) -> String {
    join(&["group-count", pool])
}

/// With an empty name: what all members of the group start with.
pub(crate) fn member(pool: &str, group: &str, name: &str) -> String {
    join(&["member", pool, group, name])
}

/// With an empty group: what all memberships of the user start with.
pub(crate) fn membership(pool: &str, name: &str, group: &str) -> String {
    join(&["membership", pool, name, group])
}

pub(crate) fn import_job(pool: &str, id: &str) -> String {
    join(&["import-job", pool, id])
}

pub(crate) fn import_job_by_time(pool: &str, newest_first: i64, id: &str) -> String {
    join(&[
        "import-job-by-time",
        pool,
        &format!("{newest_first:020}"),
        id,
    ])
}

/// What the keys of all jobs of a pool start with.
pub(crate) fn import_jobs_by_time(pool: &str) -> String {
    join(&["import-job-by-time", pool, ""])
}

pub(crate) fn import_file(pool: &str, id: &str) -> String {
    join(&["import-file", pool, id])
}

pub(crate) fn import_log(pool: &str, id: &str, line: usize) -> String {
    join(&["import-log", pool, id, &format!("{line:010}")])
}

/// What the keys of a whole log start with.
pub(crate) fn import_logs(pool: &str, id: &str) -> String {
    join(&["import-log", pool, id, ""])
}

/// With an empty purpose: what all codes of the subject start with.
pub(crate) fn code(pool: &str, subject: &str, purpose: &str) -> String {
    join(&["code", pool, subject, purpose])
}

/// With an empty operation: what all counts of the subject start with.
pub(crate) fn attempts(pool: &str, subject: &str, operation: &str) -> String {
    join(&["attempts", pool, subject, operation])
}

pub(crate) fn lockout(pool: &str, subject: &str) -> String {
    join(&["lockout", pool, subject])
}

/// With an empty device key: what all devices of the user start with.
pub(crate) fn device(pool: &str, subject: &str, key: &str) -> String {
    join(&["device", pool, subject, key])
}

/// With an empty id: what all passkeys of the user start with.
pub(crate) fn credential(pool: &str, sub: &str, id: &str) -> String {
    join(&["credential", pool, sub, id])
}

/// With an empty challenge: what all registrations of the user start with.
pub(crate) fn registration(pool: &str, sub: &str, challenge: &str) -> String {
    join(&["registration", pool, sub, challenge])
}

pub(crate) fn auth_event(pool: &str, sub: &str, position: i64) -> String {
    join(&["auth-event", pool, sub, &format!("{position:020}")])
}

/// What the keys of all events of the user start with.
pub(crate) fn auth_events(pool: &str, sub: &str) -> String {
    join(&["auth-event", pool, sub, ""])
}

/// Without a client: the pool's own.
pub(crate) fn risk_configuration(pool: &str, client: Option<&str>) -> String {
    join(&["risk-configuration", pool, client.unwrap_or("ALL")])
}

/// With an empty event: what all grants of the user start with.
pub(crate) fn grant(pool: &str, sub: &str, event: &str) -> String {
    join(&["grant", pool, sub, event])
}

pub(crate) fn refresh(hash: &str) -> String {
    join(&["refresh", hash])
}

pub(crate) fn session(hash: &str) -> String {
    join(&["session", hash])
}

pub(crate) fn sign_up_session(hash: &str) -> String {
    join(&["sign-up-session", hash])
}

pub(crate) fn device_session(pool: &str, sub: &str, device_key: &str) -> String {
    join(&["device-session", pool, sub, device_key])
}

pub(crate) fn exchange(hash: &str) -> String {
    join(&["exchange", hash])
}

pub(crate) fn expiry(millis: i64, key: &str) -> String {
    join(&["expiry", &format!("{millis:020}"), key])
}

/// What all expiry keys start with.
pub(crate) fn expiries() -> String {
    join(&["expiry", ""])
}

pub(crate) fn outbox(number: u64) -> String {
    join(&["outbox", &format!("{number:020}")])
}

/// What all messages' keys start with.
pub(crate) fn outbox_messages() -> String {
    join(&["outbox", ""])
}

pub(crate) fn outbox_next() -> String {
    "outbox-next".to_owned()
}

fn join(parts: &[&str]) -> String {
    parts.join("\u{1f}")
}
