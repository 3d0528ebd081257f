//! Sessions that lead from a sign-up to the first sign-in: whoever confirms it with a code has shown a first factor.

use cognito_idp::Error;
use serde::{Deserialize, Serialize};

use crate::{
    client::Client, errors, identifiers, keys, random::Random, records::Records, session,
    tokens::hash, user::User,
};

/// As long as those of sign-ins.
const BYTES: usize = 96;

/// What a `Session` of `SignUp`, or of `ConfirmSignUp` after it, stands for.
#[derive(Serialize, Deserialize)]
pub(crate) struct SignUpSession {
    client_id: String,
    sub: String,
    is_confirmed: bool,
}

impl SignUpSession {
    /// Opens a session for a user who has signed up, or has confirmed it, and answers its text.
    pub fn open(
        records: &mut Records<'_>,
        random: &Random,
        client: &Client,
        user: &User,
        is_confirmed: bool,
    ) -> Result<String, Error> {
        let text = identifiers::secret::<BYTES>(random);
        let session = Self {
            client_id: client.id.clone(),
            sub: user.sub.clone(),
            is_confirmed,
        };
        let until = records.now + client.session_lifetime();
        records.put_until(&keys::sign_up_session(&hash(&text)), until, session)?;
        Ok(text)
    }

    /// Uses up a session of this user, from before or after the confirmation.
    ///
    /// # Errors
    ///
    /// `NotAuthorizedException` if it is none, somebody else's, too old or used.
    pub fn close(
        records: &mut Records<'_>,
        text: &str,
        client: &Client,
        user: &User,
        is_confirmed: bool,
    ) -> Result<(), Error> {
        let key = keys::sign_up_session(&hash(text));
        let found = records
            .expiring::<Self>(&key)?
            .filter(|found| {
                found.value.client_id == client.id
                    && found.value.sub == user.sub
                    && found.value.is_confirmed == is_confirmed
            })
            .ok_or_else(session::unknown)?;
        if found.has_expired(records.now) {
            return Err(errors::not_authorized(
                "Invalid session for the user, session is expired.",
            ));
        }
        records.delete(&key)
    }
}
