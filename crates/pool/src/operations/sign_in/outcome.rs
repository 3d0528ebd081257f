//! What a sign-in's request gets, in the form of each operation.

use std::collections::BTreeMap;

use cognito_idp::types::{
    AdminInitiateAuthResponse, AdminRespondToAuthChallengeResponse, AuthenticationResultType,
    ChallengeNameType, InitiateAuthResponse, RespondToAuthChallengeResponse,
};

/// What the user gets.
pub(in super::super) enum Outcome {
    Tokens(AuthenticationResultType),
    Challenge(Challenge),
}

/// What the user is asked next.
pub(in super::super) struct Challenge {
    pub name: ChallengeNameType,
    /// None where something else in the parameters finds the way back.
    pub session: Option<String>,
    pub parameters: BTreeMap<String, String>,
    /// All that the user may sign in with, where there is a choice.
    pub available: Option<Vec<ChallengeNameType>>,
}

impl Challenge {
    pub fn new<const N: usize>(
        name: ChallengeNameType,
        session: Option<String>,
        parameters: [(&str, String); N],
    ) -> Self {
        Self {
            name,
            session,
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            available: None,
        }
    }
}

/// Gives [`Outcome`] the form of an operation's answer. All have the same members.
macro_rules! answers {
    ($($response:ident),+) => {
        $(impl From<Outcome> for $response {
            fn from(outcome: Outcome) -> Self {
                match outcome {
                    Outcome::Tokens(tokens) => Self {
                        authentication_result: Some(tokens),
                        challenge_parameters: Some(BTreeMap::new()),
                        challenge_name: None,
                        session: None,
                        available_challenges: None,
                    },
                    Outcome::Challenge(challenge) => Self {
                        challenge_name: Some(challenge.name),
                        session: challenge.session.map(Into::into),
                        challenge_parameters: Some(challenge.parameters),
                        authentication_result: None,
                        available_challenges: challenge.available,
                    },
                }
            }
        })+
    };
}

answers!(
    InitiateAuthResponse,
    RespondToAuthChallengeResponse,
    AdminInitiateAuthResponse,
    AdminRespondToAuthChallengeResponse
);
