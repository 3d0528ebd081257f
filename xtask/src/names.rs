//! Short names for what the module and its glue call each other by.
//!
//! wasm-bindgen's names carry hashes, which do not compress, and each is downloaded twice.

use std::collections::BTreeMap;
use std::mem::replace;

use walrus::Module;

/// The module that the imports come from, as wasm-bindgen calls it. Functions that need no glue come from
/// their own files.
const GLUE: &str = "./cognito_bg.js";

/// What the package's own loader calls.
const KEPT: [&str; 2] = ["memory", "__wbindgen_start"];

/// New names by old ones.
pub(crate) struct Names {
    /// With the file of each.
    imports: BTreeMap<(String, String), String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// Renames the module's imports, which then all come from one file, and its exports.
    pub(crate) fn shorten(module: &mut Module) -> Self {
        let (mut imports, mut exports) = (BTreeMap::new(), BTreeMap::new());
        for import in module.imports.iter_mut() {
            let short = format!("$i{}", imports.len());
            let file = replace(&mut import.module, GLUE.to_owned());
            let name = replace(&mut import.name, short.clone());
            imports.insert((file, name), short);
        }
        for export in module.exports.iter_mut() {
            if !KEPT.contains(&export.name.as_str()) {
                let short = format!("$e{}", exports.len());
                exports.insert(replace(&mut export.name, short.clone()), short);
            }
        }
        Self { imports, exports }
    }

    /// The glue with these names: it defines the imports, and calls the exports as members of `wasm`.
    pub(crate) fn apply(&self, glue: &str) -> String {
        let mut renamed = String::with_capacity(glue.len());
        let mut rest = glue;
        while !rest.is_empty() {
            let is_name =
                |character: char| character.is_ascii_alphanumeric() || "_$".contains(character);
            let end = rest.find(|it| !is_name(it)).unwrap_or(rest.len()).max(1);
            let (word, others) = rest.split_at(end);
            let short = if renamed.ends_with("wasm.") {
                self.exports.get(word)
            } else {
                self.imports.get(&(GLUE.to_owned(), word.to_owned()))
            };
            renamed.push_str(short.map_or(word, String::as_str));
            rest = others;
        }
        renamed
    }

    /// A script that exports the imports alone.
    pub(crate) fn imports(&self) -> String {
        let line = |((file, name), short): (&(String, String), &String)| {
            let name = if file == GLUE { short } else { name };
            format!("export {{ {name} as {short} }} from \"{file}\";\n")
        };
        self.imports.iter().map(line).collect()
    }
}
