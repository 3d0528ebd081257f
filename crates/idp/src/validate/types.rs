//! Whether an input has the JSON types of its shape.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::shape::{Kind, Shape};

/// The service's text for a scalar in the place of a structure, list or map.
pub(super) const UNEXPECTED: &str = "Unexpected field type";

/// Fails with the service's text for the first value of a wrong type. `null` is an absent value and passes.
pub(super) fn check(shape: &Shape, value: &Value) -> Result<(), String> {
    match (&shape.kind, value) {
        (_, Value::Null) | (Kind::Document, _) => Ok(()),
        (Kind::Structure(members), Value::Object(values)) => members
            .iter()
            .filter_map(|member| Some((member.shape, values.get(member.name)?)))
            .try_for_each(|(shape, value)| check(shape, value)),
        (Kind::List(item), Value::Array(values)) => {
            values.iter().try_for_each(|value| check(item, value))
        }
        (Kind::Map { value: item, .. }, Value::Object(values)) => {
            values.values().try_for_each(|value| check(item, value))
        }
        (_, Value::Object(_)) => {
            Err("Start of structure or map found where not expected.".to_owned())
        }
        (_, Value::Array(_)) => Err("Start of list found where not expected".to_owned()),
        (Kind::Structure(_) | Kind::List(_) | Kind::Map { .. }, _) => Err(UNEXPECTED.to_owned()),
        (Kind::String, _) => scalar(value, value.is_string(), "a String"),
        (Kind::Boolean, _) => scalar(value, value.is_boolean(), "a Boolean"),
        (Kind::Integer, _) => scalar(value, fits_integer(value), "an Integer"),
        (Kind::Blob, _) => scalar(value, is_base64(value), "a ByteBuffer"),
    }
}

fn scalar(value: &Value, fits: bool, wanted: &str) -> Result<(), String> {
    if fits {
        return Ok(());
    }
    let found = match value {
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(number) if number.is_f64() => "DECIMAL_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        _ => "STRING_VALUE",
    };
    Err(format!("{found} can not be converted to {wanted}"))
}

pub(super) fn fits_integer(value: &Value) -> bool {
    value
        .as_i64()
        .is_some_and(|number| i32::try_from(number).is_ok())
}

pub(super) fn is_base64(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| STANDARD.decode(text).is_ok())
}
