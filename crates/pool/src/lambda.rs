//! Lambda functions, which pools name as their triggers: all that a pool asks of somebody else.

use std::fmt;

use serde_json::Value;

/// Runs the Lambda functions that pools name as their triggers.
///
/// ```
/// use cognito_pool::{Lambda, LambdaError, Settings};
///
/// let lambda = Lambda::new(|arn, event| {
///     let mut event = event.clone();
///     match event["triggerSource"].as_str() {
///         Some("DefineAuthChallenge_Authentication") => event["response"]["issueTokens"] = true.into(),
///         _ => return Err(LambdaError::Failed(format!("{arn} is not for this"))),
///     }
///     Ok(event)
/// });
/// let settings = Settings { lambda, ..Settings::default() };
/// ```
pub struct Lambda(Box<Invoke>);

type Invoke = dyn Fn(&str, &Value) -> Result<Value, LambdaError> + Send + Sync;

/// Why a function gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LambdaError {
    /// It failed, with this message: users are told.
    Failed(String),
    /// It could not be run, or did not end in time, for this reason.
    Unreachable(String),
    /// It answered something that is not JSON.
    Malformed,
}

impl Lambda {
    /// Functions that `invoke` runs: it is given the function's ARN and the event, and gives the function's answer.
    ///
    /// No transaction is open meanwhile, so it may take its time, and may ask the pools.
    pub fn new(
        invoke: impl Fn(&str, &Value) -> Result<Value, LambdaError> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(invoke))
    }

    /// Functions that nobody runs.
    pub fn none() -> Self {
        Self::new(|_, _| {
            Err(LambdaError::Unreachable(
                "Nothing runs Lambda functions here".to_owned(),
            ))
        })
    }

    pub(crate) fn invoke(&self, arn: &str, event: &Value) -> Result<Value, LambdaError> {
        (self.0)(arn, event)
    }
}

impl fmt::Debug for Lambda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lambda")
    }
}
