//! The npm package in `pkg/`: compile, generate the glue, optimise, bundle, print the sizes.

use std::path::{Path, PathBuf};

use anyhow::Context;
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};
use xshell::{Shell, cmd};

use crate::names::Names;
use crate::wasm_target::{TARGET, Toolchain};
use crate::{npm, root, target_dir, trim};

/// What the compiler and wasm-bindgen emit today, and every engine with simd128 has.
const WASM_FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
];

/// Builds the package and prints its sizes beside upstream's.
pub(crate) fn build(sh: &Shell) -> anyhow::Result<()> {
    npm::ensure(sh, "xtask")?;
    let glue = glue(sh)?;
    optimise(sh, &glue.join("cognito_bg.wasm"))?;
    write_manifest(sh)?;
    cmd!(sh, "node pkg/build.mjs {glue}").quiet().run()?;
    Ok(())
}

/// Packs the built package as `npm publish` would, into the target folder.
pub(crate) fn pack(sh: &Shell) -> anyhow::Result<PathBuf> {
    let folder = target_dir().join("npm/tarball");
    sh.remove_path(&folder)?;
    sh.create_dir(&folder)?;
    cmd!(
        sh,
        "npm pack ./pkg --ignore-scripts --loglevel=error --pack-destination {folder}"
    )
    .quiet()
    .ignore_stdout()
    .run()?;
    let packed = sh.read_dir(&folder)?.into_iter().next();
    packed.context("npm pack wrote no tarball")
}

/// Compiles the client and generates its JavaScript glue, both into a folder of their own. Of the glue for
/// bundlers only the half without a loader is used: `pkg/entries` has its own.
fn glue(sh: &Shell) -> anyhow::Result<PathBuf> {
    let mut module = walrus::Module::from_file(compile(sh)?)?;
    trim::panic_messages(&mut module);
    trim::panic_data(&mut module);
    let folder = target_dir().join("npm/glue");
    sh.remove_path(&folder)?;
    let mut output = Bindgen::new()
        .input_module("cognito", module)
        .bundler(true)?
        .encode_into(EncodeInto::Never)
        .typescript(false)
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate_output()?;
    let names = Names::shorten(output.wasm_mut());
    output.emit(&folder)?;
    let glue = folder.join("cognito_bg.js");
    sh.write_file(&glue, names.apply(&sh.read_file(&glue)?))?;
    sh.write_file(folder.join("imports.js"), names.imports())?;
    Ok(folder)
}

fn compile(sh: &Shell) -> anyhow::Result<PathBuf> {
    let toolchain = Toolchain::ensure(sh)?;
    let _toolchain = toolchain.enter(sh);
    // The crate as a cdylib alone: beside an rlib the linker would leave out what `lto` asks for.
    cmd!(sh, "cargo rustc --quiet --profile wasm --target {TARGET} --package amazon-cognito-identity --lib --crate-type cdylib")
        .quiet()
        .run()?;
    Ok(target_dir()
        .join(TARGET)
        .join("wasm/amazon_cognito_identity.wasm"))
}

/// The names of functions stay, for `pkg/build.mjs` to say what they weigh.
///
/// `--low-memory-unused`: what lies below 1 kB is the far end of the stack, which nothing addresses.
///
/// Not `--traps-never-happen`, which saves 1 kB more: it would take the checks of bounds and borrows out.
fn optimise(sh: &Shell, wasm: &Path) -> anyhow::Result<()> {
    let wasm_opt = root().join("xtask/node_modules/.bin/wasm-opt");
    cmd!(
        sh,
        "{wasm_opt} {WASM_FEATURES...} --debuginfo -Oz --converge --low-memory-unused --strip-producers --strip-target-features {wasm} -o {wasm}"
    )
    .quiet()
    .run()?;
    Ok(())
}

/// `package.json` is `manifest.json` with the version of the crate: `wasm-pack build` writes a
/// `package.json` of its own over ours, so ours cannot be a tracked file.
fn write_manifest(sh: &Shell) -> anyhow::Result<()> {
    let mut manifest: serde_json::Value = serde_json::from_str(&sh.read_file("pkg/manifest.json")?)
        .context("pkg/manifest.json is not JSON")?;
    let id = cmd!(sh, "cargo pkgid --package amazon-cognito-identity")
        .quiet()
        .read()?;
    let (_, version) = id
        .rsplit_once(['@', '#'])
        .context("cargo pkgid gave no version")?;
    if let Some(members) = manifest.as_object_mut() {
        members.shift_insert(1, "version".to_owned(), version.into());
    }
    sh.write_file("pkg/package.json", format!("{manifest:#}\n"))?;
    // wasm-pack's, which would hide every new file of this folder from git.
    sh.remove_path("pkg/.gitignore")?;
    for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        sh.copy_file(file, "pkg")?;
    }
    Ok(())
}
