//! The two enumerations of names: operations and errors.

use std::fmt::Write as _;

use super::model::Model;

pub fn operations(model: &Model) -> String {
    let mut source = String::from(
        "use crate::Auth;\n\nstring_enum! {\n    /// An operation of the API, named as in `X-Amz-Target`.\n    Operation {\n",
    );
    for name in model.operations.keys() {
        let _ = writeln!(source, "        {name} = {name:?},");
    }
    source += "    }\n}\n\nimpl Operation {\n    /// What a request must carry to be let in.\n";
    source += "    pub const fn auth(self) -> Auth {\n        match self {\n";
    for (auth, variant) in [
        ("none", "None"),
        ("accesstoken", "AccessToken"),
        ("sigv4", "SigV4"),
    ] {
        let names: Vec<_> = model
            .operations
            .iter()
            .filter(|(_, operation)| operation.auth == auth)
            .map(|(name, _)| format!("Self::{name}"))
            .collect();
        let _ = writeln!(source, "{} => Auth::{variant},", names.join(" | "));
    }
    source + "        }\n    }\n}\n"
}

pub fn error_codes(model: &Model) -> String {
    let modelled = model.shapes.iter().filter(|(_, shape)| shape.exception);
    let modelled =
        modelled.map(|(name, shape)| (name.as_str(), if shape.fault { 500 } else { 400 }));
    let front = model
        .front_errors
        .iter()
        .map(|(name, error)| (name.as_str(), error.status));
    let mut errors: Vec<(&str, u16)> = modelled.chain(front).collect();
    errors.sort_unstable();

    let mut source = String::from(
        "string_enum! {\n    /// The type of an error, named as in `__type`.\n    ErrorCode {\n",
    );
    for (name, _) in &errors {
        let _ = writeln!(source, "        {name} = {name:?},");
    }
    source += "    }\n}\n\nimpl ErrorCode {\n    /// The HTTP status it is answered with.\n";
    source += "    pub const fn status(self) -> u16 {\n        match self {\n";
    for (name, status) in errors.iter().filter(|(_, status)| *status != 400) {
        let _ = writeln!(source, "Self::{name} => {status},");
    }
    source + "            _ => 400,\n        }\n    }\n}\n"
}
