//! Triggers: the moments at which a pool asks the Lambda functions of its `LambdaConfig`.

mod custom_auth;

use std::collections::BTreeMap;

use cognito_idp::{Error, ErrorCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::{LambdaError, client::Client, errors, pool::Pool, service::Call, user::User};

pub(crate) use custom_auth::{ChallengeResult, Decision, Question};

/// What the service calls the caller's SDK, whichever it is.
const SDK_VERSION: &str = "aws-sdk-unknown-unknown";

/// A moment at which a pool asks.
#[derive(Clone, Copy)]
enum Trigger {
    DefineAuthChallenge,
    CreateAuthChallenge,
    VerifyAuthChallengeResponse,
}

/// What every trigger is told: who asks, and about whom.
pub(crate) struct Occasion<'a> {
    pub call: Call<'a>,
    pub pool: &'a Pool,
    pub client: &'a Client,
    /// None if there is no such user.
    pub user: Option<&'a User>,
    /// What the user is called, existing or not.
    pub username: &'a str,
    pub client_metadata: Option<&'a BTreeMap<String, String>>,
}

impl Trigger {
    fn name(self) -> &'static str {
        match self {
            Self::DefineAuthChallenge => "DefineAuthChallenge",
            Self::CreateAuthChallenge => "CreateAuthChallenge",
            Self::VerifyAuthChallengeResponse => "VerifyAuthChallengeResponse",
        }
    }

    /// `triggerSource`.
    fn source(self) -> String {
        format!("{}_Authentication", self.name())
    }

    /// The function's ARN.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` if the pool names none.
    fn function(self, pool: &Pool) -> Result<&str, Error> {
        let config = pool.settings.lambda_config.as_ref();
        let function = config.and_then(|config| match self {
            Self::DefineAuthChallenge => config.define_auth_challenge.as_deref(),
            Self::CreateAuthChallenge => config.create_auth_challenge.as_deref(),
            Self::VerifyAuthChallengeResponse => config.verify_auth_challenge_response.as_deref(),
        });
        function.ok_or_else(|| {
            errors::invalid_parameter(
                "Custom auth lambda trigger is not configured for the user pool.",
            )
        })
    }

    fn error(self, error: LambdaError) -> Error {
        let name = self.name();
        match error {
            LambdaError::Failed(text) => Error::new(
                ErrorCode::UserLambdaValidationException,
                format!("{name} failed with error {text}."),
            ),
            LambdaError::Unreachable(text) => Error::new(
                ErrorCode::UnexpectedLambdaException,
                format!("{name} invocation failed due to error {text}."),
            ),
            LambdaError::Malformed => unrecognizable(),
        }
    }
}

impl Occasion<'_> {
    /// Asks the trigger's function.
    ///
    /// `request` are the members that this trigger's event has beside those of all, `response` those that the function
    /// is to fill in.
    fn ask<T: DeserializeOwned>(
        &self,
        trigger: Trigger,
        request: Value,
        response: Value,
    ) -> Result<T, Error> {
        let function = trigger.function(self.pool)?;
        let mut members = self.request();
        if let Value::Object(own) = request {
            members.extend(own);
        }
        let event = json!({
            "version": "1",
            "region": self.pool.region(),
            "userPoolId": self.pool.id,
            "userName": self.username,
            "callerContext": { "awsSdkVersion": SDK_VERSION, "clientId": self.client.id },
            "triggerSource": trigger.source(),
            "request": members,
            "response": response,
        });
        let lambda = &self.call.settings().lambda;
        let mut answer = lambda
            .invoke(function, &event)
            .map_err(|error| trigger.error(error))?;
        match answer.get_mut("response") {
            // An array would do for serde.
            Some(response) if response.is_object() => {
                serde_json::from_value(response.take()).map_err(|_| unrecognizable())
            }
            _ => Err(unrecognizable()),
        }
    }

    fn request(&self) -> Map<String, Value> {
        let mut members = Map::new();
        let attributes = self.user.map(attributes).unwrap_or_default();
        members.insert("userAttributes".to_owned(), json!(attributes));
        if let Some(metadata) = self.client_metadata {
            members.insert("clientMetadata".to_owned(), json!(metadata));
        }
        if self.client.hides_users() {
            members.insert("userNotFound".to_owned(), json!(self.user.is_none()));
        }
        members
    }
}

/// `userAttributes`.
fn attributes(user: &User) -> BTreeMap<&str, &str> {
    let own = user.attributes.iter();
    own.map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([
            ("sub", user.sub.as_str()),
            ("cognito:user_status", user.status.as_str()),
        ])
        .collect()
}

/// The error for an answer that a trigger cannot give.
pub(crate) fn unrecognizable() -> Error {
    Error::new(
        ErrorCode::InvalidLambdaResponseException,
        "Unrecognizable lambda output",
    )
}
