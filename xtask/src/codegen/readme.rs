//! The table of operations in the README of `crates/pool`.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};

use super::model::Model;

const START: &str = "<!-- operations: written by cargo xtask codegen -->\n";
const END: &str = "<!-- end of operations -->\n";

/// The README with its table written anew: what the pool's dispatch knows, and the files of its tests that call each
/// operation by its name.
pub fn with_operations(model: &Model, pool: &Path) -> Result<String> {
    let readme = fs::read_to_string(pool.join("README.md"))?;
    let dispatch = fs::read_to_string(pool.join("src/operations/mod.rs"))?;
    let tests = tests(&pool.join("tests/operations"))?;
    let is_implemented = |name: &str| dispatch.contains(&format!(" {name} => "));
    let names = model.operations.keys();
    let implemented = names.clone().filter(|name| is_implemented(name)).count();
    let mut table = format!(
        "{implemented} of {} are implemented.\n\n| operation | implemented | tests |\n|---|---|---|\n",
        model.operations.len()
    );
    for name in names {
        let quoted = format!("\"{name}\"");
        let callers: Vec<_> = tests
            .iter()
            .filter(|(_, source)| source.contains(&quoted))
            .map(|(file, _)| format!("`{file}`"))
            .collect();
        let mark = if is_implemented(name) { "yes" } else { "" };
        table += &format!("| `{name}` | {mark} | {} |\n", callers.join(", "));
    }
    let (before, rest) = readme.split_once(START).context("the table's start")?;
    let (_, after) = rest.split_once(END).context("the table's end")?;
    Ok(format!("{before}{START}\n{table}\n{END}{after}"))
}

/// The tests by file, but for what they share and for `isolation`, which calls every operation.
fn tests(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut tests = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !matches!(&*name, "main" | "stage" | "device" | "factors") {
            tests.insert(name.into_owned(), fs::read_to_string(&path)?);
        }
    }
    Ok(tests)
}
