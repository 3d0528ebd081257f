//! Where an input has not the model's shape, for people who write inputs by hand.

use serde_json::Value;

use crate::{
    Operation,
    generated::shapes,
    shape::{Kind, Member, Shape},
};

/// A value that is not what the model has in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misfit {
    /// The way to the value: `Schema[0].Name`.
    pub path: String,
    /// What was expected there.
    pub expected: String,
}

/// The first member of the input that the model does not know, or value that has another type than the model says.
///
/// [`validate`](crate::validate) ignores the one, as the service does, and does not say where the other is.
pub fn misfit(operation: Operation, input: &Value) -> Option<Misfit> {
    find(shapes::input(operation), input, String::new())
}

fn find(shape: &Shape, value: &Value, path: String) -> Option<Misfit> {
    match (&shape.kind, value) {
        (_, Value::Null) | (Kind::Document, _) => None,
        (Kind::Structure(members), Value::Object(values)) => {
            values.iter().find_map(|(name, value)| {
                let path = under(&path, name);
                match members.iter().find(|member| member.name == name) {
                    Some(member) => find(member.shape, value, path),
                    None => Some(Misfit {
                        path,
                        expected: one_of(members),
                    }),
                }
            })
        }
        (Kind::List(item), Value::Array(values)) => values
            .iter()
            .enumerate()
            .find_map(|(number, value)| find(item, value, format!("{path}[{number}]"))),
        (Kind::Map { value: item, .. }, Value::Object(values)) => values
            .iter()
            .find_map(|(name, value)| find(item, value, under(&path, name))),
        (kind, value) => expected(kind, value).map(|expected| Misfit {
            path,
            expected: expected.to_owned(),
        }),
    }
}

fn under(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

fn one_of(members: &[Member]) -> String {
    let names: Vec<_> = members.iter().map(|member| member.name).collect();
    format!("one of {}", names.join(", "))
}

fn expected(kind: &Kind, value: &Value) -> Option<&'static str> {
    let (fits, expected) = match kind {
        Kind::String => (value.is_string(), "a string"),
        Kind::Boolean => (value.is_boolean(), "true or false"),
        Kind::Integer => (super::types::fits_integer(value), "a whole number"),
        Kind::Blob => (super::types::is_base64(value), "base64 in a string"),
        Kind::List(_) => (false, "a list"),
        Kind::Structure(_) | Kind::Map { .. } => (false, "an object"),
        Kind::Document => (true, "anything"),
    };
    (!fits).then_some(expected)
}
