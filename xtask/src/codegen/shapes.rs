//! The descriptors that validation walks: constants for every shape that an input reaches.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use heck::ToShoutySnakeCase as _;

use super::model::{Kind, Model, Shape};

pub fn descriptors(model: &Model) -> String {
    let reached = model.input_shapes();
    let patterns: BTreeSet<&str> = reached
        .iter()
        .filter_map(|name| model.shape(name).pattern.as_deref())
        .collect();
    let patterns: BTreeMap<&str, String> = patterns
        .into_iter()
        .zip(1..)
        .map(|(pattern, number)| (pattern, format!("PATTERN_{number}")))
        .collect();

    let mut source =
        String::from("use crate::{Operation, shape::{Member, Pattern, Shape}, types::*};\n\n");
    source += "/// The shape of an operation's input.\npub(crate) const fn input(operation: Operation) -> &'static Shape {\n";
    source += "    match operation {\n";
    for (name, operation) in &model.operations {
        let _ = writeln!(
            source,
            "        Operation::{name} => &{},",
            constant(&operation.input)
        );
    }
    source += "    }\n}\n\n";
    source += "/// Reads an operation's input as its type, so that a test can try all of them.\n#[cfg(test)]\n";
    source += "pub(crate) fn read(operation: Operation, input: serde_json::Value) -> serde_json::Result<()> {\n";
    source += "    match operation {\n";
    for (name, operation) in &model.operations {
        let _ = writeln!(
            source,
            "        Operation::{name} => serde_json::from_value::<{}>(input).map(drop),",
            operation.input
        );
    }
    source += "    }\n}\n\n";
    for (pattern, name) in &patterns {
        let regex = rust_regex(pattern);
        let _ = writeln!(
            source,
            "static {name}: Pattern = Pattern::new({}, {});",
            raw(pattern),
            raw(&regex)
        );
    }
    let names: Vec<_> = patterns.values().map(|name| format!("&{name}")).collect();
    source += "\n/// Every pattern, so that a test can compile them all.\n#[cfg(test)]\n";
    let _ = writeln!(
        source,
        "pub(crate) static PATTERNS: &[&Pattern] = &[{}];\n",
        names.join(", ")
    );
    for name in reached {
        let value = descriptor(name, model.shape(name), &patterns);
        let _ = writeln!(source, "static {}: Shape = {value};", constant(name));
    }
    source
}

fn descriptor(name: &str, shape: &Shape, patterns: &BTreeMap<&str, String>) -> String {
    let inner = |reference: &Option<String>| {
        format!("&{}", constant(reference.as_deref().unwrap_or_default()))
    };
    let mut source = match shape.kind {
        _ if shape.document => "Shape::document()".to_owned(),
        Kind::String if !shape.values.is_empty() => {
            format!("Shape::string().one_of({name}::NAMES)")
        }
        Kind::String => "Shape::string()".to_owned(),
        Kind::Boolean => "Shape::boolean()".to_owned(),
        Kind::Integer | Kind::Long => "Shape::integer()".to_owned(),
        Kind::Timestamp => unreachable!("no operation takes a time: {name}"),
        Kind::Blob => "Shape::blob()".to_owned(),
        Kind::List => format!("Shape::list({})", inner(&shape.member)),
        Kind::Map => format!("Shape::map({}, {})", inner(&shape.key), inner(&shape.value)),
        Kind::Structure => structure(shape),
    };
    if let Some(min) = shape.min {
        let _ = write!(source, ".min({min})");
    }
    if let Some(max) = shape.max {
        let _ = write!(source, ".max({max})");
    }
    if let Some(pattern) = &shape.pattern {
        let _ = write!(source, ".pattern(&{})", patterns[pattern.as_str()]);
    }
    if shape.sensitive {
        source += ".sensitive()";
    }
    source
}

fn structure(shape: &Shape) -> String {
    let member = |(name, target): (&String, &super::model::Member)| {
        let constructor = if shape.required.contains(name) {
            "required"
        } else {
            "optional"
        };
        format!(
            "Member::{constructor}({name:?}, &{})",
            constant(target.shape())
        )
    };
    let members: Vec<_> = shape.members.iter().map(member).collect();
    format!("Shape::structure(&[{}])", members.join(", "))
}

fn constant(shape: &str) -> String {
    shape.to_shouty_snake_case()
}

fn raw(text: &str) -> String {
    if text.contains('"') {
        format!("{text:?}")
    } else {
        format!("r\"{text}\"")
    }
}

/// A pattern of the service (Java's dialect, matched against the whole value) for the `regex` crate, where `\w`, `\s`
/// and `\S` are Unicode classes. In the model the three only occur in brackets.
fn rust_regex(java: &str) -> String {
    let translated = java
        .replace(r"\w", "[:word:]")
        .replace(r"\s", "[:space:]")
        .replace(r"\S", "[:^space:]");
    format!(r"\A(?:{translated})\z")
}
