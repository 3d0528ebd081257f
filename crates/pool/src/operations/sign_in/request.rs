//! One request of a sign-in, whichever operation brings it.

use std::{collections::BTreeMap, sync::Arc};

use cognito_idp::{Error, Sensitive, types::ChallengeNameType};

use super::{
    super::{limits::Named, parameters::Parameters},
    Watched,
};
use crate::{
    client::Client,
    errors, keys,
    pool::Pool,
    records::Records,
    service::Call,
    session::{self, Progress, Session},
    tokens::hash,
    triggers::Occasion,
    user::User,
};

/// A request that begins a sign-in or goes on with one.
pub(in super::super) struct Request<'a> {
    pub call: Call<'a>,
    pub client: Arc<Client>,
    pub pool: Arc<Pool>,
    /// `AuthParameters` or `ChallengeResponses`.
    pub parameters: Parameters,
    pub session: Option<Sensitive>,
    /// What threat protection makes of it, where the pool has that.
    pub watched: Option<Watched<'a>>,
    /// What triggers are told. Those of a custom authentication are not told it when a sign-in begins.
    pub client_metadata: Option<BTreeMap<String, String>>,
}

impl Request<'_> {
    /// The name that the user goes by in this request, once it is shown that the request comes from its client.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` without a name, `NotAuthorizedException` for a wrong secret hash.
    pub fn username(&self) -> Result<&str, Error> {
        let name = self.parameters.required("USERNAME")?;
        self.client
            .check_secret_hash(name, self.parameters.optional("SECRET_HASH"))?;
        Ok(name)
    }

    /// Where a sign-in stands that has only begun.
    pub fn beginning(&self) -> Progress {
        Progress {
            device_key: self.parameters.optional("DEVICE_KEY").map(str::to_owned),
            ..Progress::default()
        }
    }

    /// What triggers are told about this request and this user, or about somebody who does not exist.
    pub fn occasion<'a>(&'a self, user: Option<&'a User>, username: &'a str) -> Occasion<'a> {
        Occasion {
            call: self.call,
            pool: &self.pool,
            client: &self.client,
            user,
            username,
            client_metadata: self.client_metadata.as_ref(),
        }
    }

    /// The session's text.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` without one.
    pub fn session(&self) -> Result<&str, Error> {
        self.session
            .as_deref()
            .ok_or_else(|| errors::missing_parameter("Session"))
    }

    /// Uses up the session, and answers whose it is and how far they had come.
    ///
    /// # Errors
    ///
    /// `NotAuthorizedException` if it is not for this challenge, user and client, too old or used.
    pub fn close_session(
        &self,
        records: &mut Records<'_>,
        challenge: ChallengeNameType,
    ) -> Result<(User, Progress), Error> {
        let (user, progress) = self.close_anyones_session(records, challenge)?;
        Ok((user.ok_or_else(session::unknown)?, progress))
    }

    /// The same, also for somebody who does not exist.
    pub fn close_anyones_session(
        &self,
        records: &mut Records<'_>,
        challenge: ChallengeNameType,
    ) -> Result<(Option<User>, Progress), Error> {
        self.close(records, &hash(self.session()?), challenge)
    }

    /// The same for a challenge to a device. Some clients, pycognito among them, send no session with their answer: it
    /// is then the one in which this device was last asked for.
    pub fn close_device_session(
        &self,
        records: &mut Records<'_>,
        challenge: ChallengeNameType,
        device_key: &str,
    ) -> Result<(User, Progress), Error> {
        let session = match self.session.as_deref() {
            Some(text) => hash(text),
            None => {
                let named = Named::find(records, &self.pool, self.username()?)?;
                let key = keys::device_session(&self.pool.id, &named.subject, device_key);
                let last: Option<String> = records.current(&key)?;
                last.ok_or_else(|| errors::missing_parameter("Session"))?
            }
        };
        let (user, progress) = self.close(records, &session, challenge)?;
        // Another of the user's devices may not be one that stands for a second factor.
        if progress.device_key.as_deref() != Some(device_key) {
            return Err(session::unknown());
        }
        Ok((user.ok_or_else(session::unknown)?, progress))
    }

    fn close(
        &self,
        records: &mut Records<'_>,
        hash: &str,
        challenge: ChallengeNameType,
    ) -> Result<(Option<User>, Progress), Error> {
        let named = Named::find(records, &self.pool, self.username()?)?;
        let session = Session::close_by_hash(records, hash, |session| {
            session.client_id == self.client.id
                && session.subject == named.subject
                && session.challenge == challenge
        })?;
        Ok((named.user, session.progress))
    }

    /// Opens a session under the text of the one that this request has used up, if it has: after a second factor,
    /// amazon-cognito-identity-js goes on with that one and does not read the new one.
    pub fn go_on_with_session(
        &self,
        records: &mut Records<'_>,
        user: &User,
        challenge: ChallengeNameType,
        progress: Progress,
    ) -> Result<String, Error> {
        if let Some(text) = self.session.as_deref()
            && Session::was_of(records, text, &self.client, &user.sub)?
        {
            Session::open_as(records, text, &self.client, &user.sub, challenge, progress)?;
            return Ok(text.to_owned());
        }
        self.open_session(records, user, challenge, progress)
    }

    /// Remembers that a session waits for the answer of a device.
    pub fn keep_device_session(
        &self,
        records: &mut Records<'_>,
        user: &User,
        device_key: &str,
        session: &str,
    ) -> Result<(), Error> {
        let key = keys::device_session(&self.pool.id, &user.sub, device_key);
        let until = records.now + self.client.session_lifetime();
        records.put_until(&key, until, hash(session))
    }

    /// Opens a session that waits for the user's answer to a challenge.
    pub fn open_session(
        &self,
        records: &mut Records<'_>,
        user: &User,
        challenge: ChallengeNameType,
        progress: Progress,
    ) -> Result<String, Error> {
        let random = self.call.random();
        Session::open(
            records,
            random,
            &self.client,
            &user.sub,
            challenge,
            progress,
        )
    }
}
