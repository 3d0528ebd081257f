//! Sessions of sign-ins that wait for an answer to a challenge.

use cognito_idp::{Error, Sensitive, types::ChallengeNameType};
use serde::{Deserialize, Serialize};

use crate::{
    client::Client,
    errors, identifiers, keys,
    random::Random,
    records::{Expiring, Records},
    tokens::hash,
    triggers::{ChallengeResult, Question},
};

/// The service's sessions are longer; this much cannot be guessed.
const BYTES: usize = 96;

/// What a `Session` stands for. It is good once, for this challenge to this user of this client, as long as the
/// client's `AuthSessionValidity` says.
#[derive(Serialize, Deserialize)]
pub(crate) struct Session {
    pub client_id: String,
    /// The user's `sub`, or what stands for one who does not exist.
    pub subject: String,
    pub challenge: ChallengeNameType,
    pub progress: Progress,
    used: bool,
}

/// How far a sign-in has come: what goes from each challenge to the next.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// `DEVICE_KEY`, as the client sent it: the device that it says this is.
    pub device_key: Option<String>,
    /// Whether that device has proved itself.
    pub has_shown_device: bool,
    /// What a passkey is to sign.
    pub web_authn_challenge: Option<String>,
    /// Whether the first factor was the password, which a second may have to follow.
    pub has_shown_password: bool,
    pub has_shown_second_factor: bool,
    /// Whether the user has set up a software token in this sign-in.
    pub has_set_up_token: bool,
    /// The code that the session's challenge is about.
    pub code: Option<SentCode>,
    /// Where threat protection recorded this sign-in.
    #[serde(default)]
    pub auth_event: Option<i64>,
    /// Whether the password is one that everybody knows.
    #[serde(default)]
    pub has_compromised_password: bool,
    /// If the pool's triggers lead the sign-in.
    pub custom: Option<CustomAuth>,
}

/// How far a sign-in has come that the pool's triggers lead.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CustomAuth {
    /// What the user typed, and what the triggers and the client are told that they are called. They need not exist.
    pub names: [String; 2],
    /// `SRP_A`, as long as no proof was asked for.
    pub client_public: Option<String>,
    /// What the user was asked so far.
    pub results: Vec<ChallengeResult>,
    /// What they are asked now.
    pub question: Option<Question>,
    /// Whether the triggers have nothing left to ask.
    pub issues_tokens: bool,
}

/// A code on its way to a user who signs in.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SentCode {
    pub code: Sensitive,
    /// The address that it shows to be the user's, if it is not known to be yet.
    pub new_email: Option<String>,
}

impl Progress {
    /// The same after a challenge that the pool knows itself, which the triggers are told of.
    pub fn after(mut self, challenge: ChallengeNameType) -> Self {
        if let Some(custom) = &mut self.custom {
            custom
                .results
                .push(ChallengeResult::passed(challenge.as_str()));
        }
        self
    }
}

impl CustomAuth {
    pub fn username(&self) -> &str {
        let [_, username] = &self.names;
        username
    }

    pub fn goes_by(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }
}

impl Session {
    /// Opens a session and answers its text.
    pub fn open(
        records: &mut Records<'_>,
        random: &Random,
        client: &Client,
        subject: &str,
        challenge: ChallengeNameType,
        progress: Progress,
    ) -> Result<String, Error> {
        let text = identifiers::secret::<BYTES>(random);
        Self::open_as(records, &text, client, subject, challenge, progress)?;
        Ok(text)
    }

    /// Opens a session under a text that nobody can guess.
    pub fn open_as(
        records: &mut Records<'_>,
        text: &str,
        client: &Client,
        subject: &str,
        challenge: ChallengeNameType,
        progress: Progress,
    ) -> Result<(), Error> {
        let session = Self {
            client_id: client.id.clone(),
            subject: subject.to_owned(),
            challenge,
            progress,
            used: false,
        };
        let until = records.now + client.session_lifetime();
        records.put_until(&keys::session(&hash(text)), until, session)
    }

    /// Whether this text was a session's that this user has used up.
    pub fn was_of(
        records: &Records<'_>,
        text: &str,
        client: &Client,
        subject: &str,
    ) -> Result<bool, Error> {
        let found: Option<Self> = records.current(&keys::session(&hash(text)))?;
        Ok(found.is_some_and(|session| {
            session.used && session.client_id == client.id && session.subject == subject
        }))
    }

    /// How far the sign-in of this text has come, if it is a session of this user's that waits for an answer.
    pub fn progress_of(
        records: &Records<'_>,
        text: &str,
        client: &Client,
        subject: &str,
    ) -> Result<Option<Progress>, Error> {
        let found: Option<Self> = records.current(&keys::session(&hash(text)))?;
        let own = found.filter(|session| {
            !session.used && session.client_id == client.id && session.subject == subject
        });
        Ok(own.map(|session| session.progress))
    }

    /// Uses up a session of which `is_theirs` holds.
    ///
    /// # Errors
    ///
    /// `NotAuthorizedException` if it is none, somebody else's, too old or used.
    pub fn close(
        records: &mut Records<'_>,
        text: &str,
        is_theirs: impl FnOnce(&Self) -> bool,
    ) -> Result<Self, Error> {
        Self::close_by_hash(records, &hash(text), is_theirs)
    }

    /// The same for a session whose text the request does not bring along.
    pub fn close_by_hash(
        records: &mut Records<'_>,
        hash: &str,
        is_theirs: impl FnOnce(&Self) -> bool,
    ) -> Result<Self, Error> {
        let key = keys::session(hash);
        let found: Expiring<Self> = records
            .expiring(&key)?
            .filter(|found: &Expiring<Self>| is_theirs(&found.value))
            .ok_or_else(unknown)?;
        if found.value.used {
            return Err(errors::not_authorized(
                "Invalid session for the user, session can only be used once.",
            ));
        }
        if found.has_expired(records.now) {
            return Err(errors::not_authorized(
                "Invalid session for the user, session is expired.",
            ));
        }
        let used = Self {
            client_id: found.value.client_id.clone(),
            subject: found.value.subject.clone(),
            challenge: found.value.challenge,
            // Of no use to anybody any more; it may hold a code.
            progress: Progress::default(),
            used: true,
        };
        records.put_until(&key, found.until, used)?;
        Ok(found.value)
    }
}

/// The error for a session that was never opened for what it is sent with.
pub(crate) fn unknown() -> Error {
    errors::not_authorized("Invalid session for the user.")
}
