//! `DefineAuthChallenge`, `CreateAuthChallenge`, `VerifyAuthChallengeResponse`: the triggers that lead a custom
//! authentication.

use std::collections::BTreeMap;

use cognito_idp::{Error, Sensitive, types::ChallengeNameType};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Occasion, Trigger, unrecognizable};
use crate::pool::Pool;

/// An entry of the events' `session`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChallengeResult {
    challenge_name: String,
    challenge_result: bool,
    /// The trigger's own name for a custom challenge.
    challenge_metadata: Option<String>,
}

/// What `DefineAuthChallenge` wants to happen next.
pub(crate) enum Decision {
    Fail,
    IssueTokens,
    AskPassword,
    AskQuestion,
}

/// What `CreateAuthChallenge` asks the user.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Question {
    /// What the client is told.
    pub public: BTreeMap<String, String>,
    /// What the answer is judged by.
    private: BTreeMap<String, Sensitive>,
    metadata: Option<String>,
}

// The members of the answers. A null is an absent one; one that is not here is refused, as the service does.

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Defined {
    challenge_name: Option<String>,
    issue_tokens: Option<bool>,
    fail_authentication: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Created {
    public_challenge_parameters: Option<BTreeMap<String, String>>,
    private_challenge_parameters: Option<BTreeMap<String, Sensitive>>,
    challenge_metadata: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Verified {
    answer_correct: Option<bool>,
}

impl ChallengeResult {
    pub fn passed(challenge: &str) -> Self {
        Self {
            challenge_name: challenge.to_owned(),
            challenge_result: true,
            challenge_metadata: None,
        }
    }

    pub fn of_question(question: Question, is_correct: bool) -> Self {
        Self {
            challenge_name: ChallengeNameType::CustomChallenge.as_str().to_owned(),
            challenge_result: is_correct,
            challenge_metadata: question.metadata,
        }
    }
}

impl Occasion<'_> {
    /// # Errors
    ///
    /// `InvalidParameterException` if the pool leaves custom authentication to nobody.
    pub fn check_custom_auth(pool: &Pool) -> Result<(), Error> {
        Trigger::DefineAuthChallenge.function(pool).map(|_| ())
    }

    /// Asks what comes after these challenges.
    pub fn define_auth_challenge(&self, results: &[ChallengeResult]) -> Result<Decision, Error> {
        let defined: Defined = self.ask(
            Trigger::DefineAuthChallenge,
            json!({ "session": results }),
            json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null }),
        )?;
        if defined.fail_authentication == Some(true) {
            return Ok(Decision::Fail);
        }
        if defined.issue_tokens == Some(true) {
            return Ok(Decision::IssueTokens);
        }
        // The pool asks for second factors and devices itself, whatever the trigger says.
        let challenge = defined.challenge_name.as_deref();
        match challenge.and_then(ChallengeNameType::from_name) {
            Some(ChallengeNameType::CustomChallenge) => Ok(Decision::AskQuestion),
            Some(ChallengeNameType::PasswordVerifier) => Ok(Decision::AskPassword),
            _ => Err(unrecognizable()),
        }
    }

    /// Asks for a question to the user after these challenges.
    pub fn create_auth_challenge(&self, results: &[ChallengeResult]) -> Result<Question, Error> {
        let created: Created = self.ask(
            Trigger::CreateAuthChallenge,
            json!({
                "challengeName": ChallengeNameType::CustomChallenge.as_str(),
                "session": results,
            }),
            json!({
                "publicChallengeParameters": null,
                "privateChallengeParameters": null,
                "challengeMetadata": null,
            }),
        )?;
        Ok(Question {
            public: created.public_challenge_parameters.unwrap_or_default(),
            private: created.private_challenge_parameters.unwrap_or_default(),
            metadata: created.challenge_metadata,
        })
    }

    /// Asks whether this is the answer.
    pub fn verify_auth_challenge_response(
        &self,
        question: &Question,
        answer: &str,
    ) -> Result<bool, Error> {
        let verified: Verified = self.ask(
            Trigger::VerifyAuthChallengeResponse,
            json!({ "privateChallengeParameters": question.private, "challengeAnswer": answer }),
            json!({ "answerCorrect": null }),
        )?;
        Ok(verified.answer_correct == Some(true))
    }
}
