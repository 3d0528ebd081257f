//! Sessions of sign-ins that wait for an answer to a challenge.

use cognito_idp::{Error, types::ChallengeNameType};
use serde::{Deserialize, Serialize};

use crate::{
    client::Client,
    errors, identifiers, keys,
    random::Random,
    records::{Expiring, Records},
    tokens::hash,
    user::User,
};

/// The service's sessions are longer; this much cannot be guessed.
const BYTES: usize = 96;

/// What a `Session` stands for. It is good once, for this challenge to this user of this client.
#[derive(Serialize, Deserialize)]
struct Session {
    client_id: String,
    sub: String,
    challenge: ChallengeNameType,
    /// The device that the sign-in came from, where it is what the challenge is about.
    #[serde(default)]
    device_key: Option<String>,
    used: bool,
}

/// Opens a session and answers its text.
pub(crate) fn open(
    records: &mut Records<'_>,
    random: &Random,
    client: &Client,
    user: &User,
    challenge: ChallengeNameType,
    device_key: Option<&str>,
) -> Result<String, Error> {
    let text = identifiers::secret::<BYTES>(random);
    let session = Session {
        client_id: client.id.clone(),
        sub: user.sub.clone(),
        challenge,
        device_key: device_key.map(str::to_owned),
        used: false,
    };
    let until = records.now + client.session_lifetime();
    records.put_until(&keys::session(&hash(&text)), until, session)?;
    Ok(text)
}

/// Uses up a session and gives back the device that it was opened for.
///
/// # Errors
///
/// `NotAuthorizedException` if it is none, somebody else's, too old or used.
pub(crate) fn close(
    records: &mut Records<'_>,
    text: &str,
    client: &Client,
    user: &User,
    challenge: ChallengeNameType,
) -> Result<Option<String>, Error> {
    let key = keys::session(&hash(text));
    let found: Option<Expiring<Session>> = records.expiring(&key)?;
    let is_theirs = |session: &Session| {
        session.client_id == client.id && session.sub == user.sub && session.challenge == challenge
    };
    let Some(session) = found.filter(|session| is_theirs(&session.value)) else {
        return Err(unknown());
    };
    if session.value.used {
        return Err(errors::not_authorized(
            "Invalid session for the user, session can only be used once.",
        ));
    }
    if session.has_expired(records.now) {
        return Err(errors::not_authorized(
            "Invalid session for the user, session is expired.",
        ));
    }
    let device_key = session.value.device_key.clone();
    records.put_until(
        &key,
        session.until,
        Session {
            used: true,
            ..session.value
        },
    )?;
    Ok(device_key)
}

/// The error for a session that was never opened for what it is sent with.
pub(crate) fn unknown() -> Error {
    errors::not_authorized("Invalid session for the user.")
}
