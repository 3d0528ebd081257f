//! The model's constraints, interpreted.

mod misfit;
mod types;
mod violations;

use serde_json::Value;

use crate::{Error, ErrorCode, Operation, generated::shapes};

pub use misfit::{Misfit, misfit};

/// Checks an operation's input against the model, as the service does before the operation sees it.
///
/// Members that the model does not know are ignored.
///
/// # Errors
///
/// `SerializationException` for the first value of a wrong JSON type; otherwise one `InvalidParameterException` that
/// lists every violated constraint. Sensitive values are not repeated.
pub fn validate(operation: Operation, input: &Value) -> Result<(), Error> {
    let shape = shapes::input(operation);
    // `null` is an absent member anywhere but here.
    let typed = if input.is_null() {
        Err(types::UNEXPECTED.to_owned())
    } else {
        types::check(shape, input)
    };
    typed.map_err(|message| Error::new(ErrorCode::SerializationException, message))?;
    let violations = violations::collect(shape, input);
    if violations.is_empty() {
        return Ok(());
    }
    let plural = if violations.len() == 1 { "" } else { "s" };
    let message = format!(
        "{} validation error{plural} detected: {}",
        violations.len(),
        violations.join("; ")
    );
    Err(Error::new(ErrorCode::InvalidParameterException, message))
}

#[cfg(test)]
mod tests;
