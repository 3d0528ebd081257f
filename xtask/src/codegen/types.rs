//! The typed shapes: one enum for each closed set of strings, one struct for each structure.

use std::{collections::BTreeSet, fmt::Write as _};

use heck::{ToPascalCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

use super::model::{Kind, Model, Shape};

pub fn index() -> String {
    "//! The shapes of the API as Rust types.\n\n\
     #![allow(missing_docs, reason = \"the model carries facts, no prose\")]\n\
     #![allow(clippy::upper_case_acronyms, reason = \"names are the model's\")]\n\n\
     mod enums;\nmod parts;\nmod requests;\nmod responses;\n\n\
     pub use enums::*;\npub use parts::*;\npub use requests::*;\npub use responses::*;\n"
        .to_owned()
}

pub fn enums(model: &Model) -> String {
    let mut source = String::new();
    for (name, shape) in model
        .shapes
        .iter()
        .filter(|(_, shape)| !shape.values.is_empty())
    {
        let _ = writeln!(source, "string_enum! {{\n    {name} {{");
        for value in &shape.values {
            let _ = writeln!(
                source,
                "        {} = {value:?},",
                value.to_upper_camel_case()
            );
        }
        source += "    }\n}\n\n";
    }
    source
}

pub fn requests(model: &Model) -> String {
    let operations = model
        .operations
        .iter()
        .map(|(name, operation)| (operation.input.as_str(), name));
    structures(
        model,
        operations.map(|(shape, name)| (shape, format!("Input of `{name}`."))),
    )
}

pub fn responses(model: &Model) -> String {
    let operations = model
        .operations
        .iter()
        .filter_map(|(name, operation)| Some((operation.output.as_deref()?, name)));
    structures(
        model,
        operations.map(|(shape, name)| (shape, format!("Output of `{name}`."))),
    )
}

/// The structures that are neither an operation's input nor its output.
pub fn parts(model: &Model) -> String {
    let operations = model.operations.values();
    let ends: BTreeSet<_> = operations
        .flat_map(|operation| [Some(&operation.input), operation.output.as_ref()])
        .flatten()
        .collect();
    let parts = model.shapes.iter().filter(|(name, shape)| {
        shape.kind == Kind::Structure && !shape.exception && !shape.document && !ends.contains(name)
    });
    structures(
        model,
        parts.map(|(name, _)| (name.as_str(), format!("`{name}` of the model."))),
    )
}

fn structures<'a>(model: &Model, structures: impl Iterator<Item = (&'a str, String)>) -> String {
    let body: String = structures
        .map(|(name, doc)| structure(model, name, &doc))
        .collect();
    let mut source = String::new();
    if body.contains("BTreeMap<") {
        source += "use std::collections::BTreeMap;\n\n";
    }
    source += "use serde::{Deserialize, Serialize};\n\n";
    source += "use super::*;\n";
    let own: Vec<_> = ["Blob", "Sensitive"]
        .into_iter()
        .filter(|own| body.contains(own))
        .collect();
    if !own.is_empty() {
        let _ = writeln!(source, "use crate::{{{}}};", own.join(", "));
    }
    source + "\n" + &body
}

fn structure(model: &Model, name: &str, doc: &str) -> String {
    let shape = model.shape(name);
    let default = if shape.required.is_empty() {
        "Default, "
    } else {
        ""
    };
    let mut source = format!("/// {doc}\n");
    let _ = writeln!(
        source,
        "#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]"
    );
    source += "#[serde(rename_all = \"PascalCase\")]\n";
    let _ = writeln!(source, "pub struct {name} {{");
    for (member, target) in &shape.members {
        let field = field_name(member);
        if field.to_pascal_case() != *member {
            let _ = writeln!(source, "    #[serde(rename = {member:?})]");
        }
        let rust = rust_type(model, target.shape(), shape.sensitive);
        if shape.required.contains(member) {
            let _ = writeln!(source, "    pub {field}: {rust},");
        } else {
            source += "    #[serde(skip_serializing_if = \"Option::is_none\")]\n";
            let _ = writeln!(source, "    pub {field}: Option<{rust}>,");
        }
    }
    source + "}\n\n"
}

/// The model's `CallbackURLs` and `AllowedOAuthFlows` would come out as `callback_ur_ls` and `allowed_o_auth_flows`.
fn field_name(member: &str) -> String {
    let name = member
        .replace("URLs", "Urls")
        .replace("OAuth", "Oauth")
        .to_snake_case();
    if name == "type" {
        "r#type".to_owned()
    } else {
        name
    }
}

/// The Rust type of a shape; within something sensitive every string is.
fn rust_type(model: &Model, name: &str, within_sensitive: bool) -> String {
    let shape = model.shape(name);
    let sensitive = shape.sensitive || within_sensitive;
    let inner = |reference: &Option<String>| match reference {
        Some(name) => rust_type(model, name, sensitive),
        None => unreachable!("a list or map without an element shape: {name}"),
    };
    match shape.kind {
        _ if shape.document => "serde_json::Value".to_owned(),
        Kind::String if is_enum(shape) => name.to_owned(),
        Kind::String if sensitive => "Sensitive".to_owned(),
        Kind::String => "String".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Timestamp => "f64".to_owned(),
        Kind::Blob => "Blob".to_owned(),
        Kind::List => format!("Vec<{}>", inner(&shape.member)),
        // The keys of sensitive maps name parameters; only their values are secret.
        Kind::Map => format!("BTreeMap<String, {}>", inner(&shape.value)),
        Kind::Structure => name.to_owned(),
    }
}

fn is_enum(shape: &Shape) -> bool {
    !shape.values.is_empty()
}
