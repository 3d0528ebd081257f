//! Commands that the browser tests need, installed under target/tools at the versions pinned here.

use std::path::PathBuf;

use anyhow::Context;
use xshell::{Shell, cmd};

use crate::{debian, target_dir};

/// The version of the `wasm-bindgen` crate; its command-line tools must be of exactly the same.
const WASM_BINDGEN: &str = "0.2.130";
const WASM_PACK: &str = "0.15.1";

/// Puts `wasm-pack`, `wasm-bindgen` and `wasm-bindgen-test-runner` on the `PATH` of `sh`.
pub(crate) fn ensure(sh: &Shell) -> anyhow::Result<()> {
    // Not --locked: the lock file that ships with the command can name crates that a mirror lacks.
    install(sh, "wasm-bindgen-cli", "wasm-bindgen", WASM_BINDGEN)?;
    install(sh, "wasm-pack", "wasm-pack", WASM_PACK)?;

    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = [folder().join("bin")]
        .into_iter()
        .chain(std::env::split_paths(&path));
    sh.set_var("PATH", std::env::join_paths(paths)?);
    Ok(())
}

fn install(sh: &Shell, package: &str, command: &str, version: &str) -> anyhow::Result<()> {
    let folder = folder();
    let installed = folder.join("bin").join(command);
    let found = cmd!(sh, "{installed} --version")
        .quiet()
        .ignore_stderr()
        .read();
    if found.is_ok_and(|found| found.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    eprintln!("tools: installing {package} {version} (some minutes, once)");
    cmd!(
        sh,
        "cargo install --quiet --root {folder} {package}@{version}"
    )
    .env("CARGO_TARGET_DIR", folder.join("build"))
    .env_remove("RUSTUP_TOOLCHAIN")
    .run()
    .with_context(|| format!("cargo install {package}"))?;
    sh.remove_path(folder.join("build"))?;
    Ok(())
}

fn folder() -> PathBuf {
    target_dir().join("tools")
}

/// A browser and its driver: found on the machine, or installed where that is possible.
pub(crate) fn ensure_browser(sh: &Shell) -> anyhow::Result<Browser> {
    let find = || {
        let chromium = first_command(&["chromium", "chromium-browser", "google-chrome"])?;
        let driver = first_command(&["chromedriver"])?;
        Some(Browser { chromium, driver })
    };
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let what = "install Chromium (or Chrome) and its chromedriver, and put both on the PATH";
    debian::install(sh, &["chromium", "chromium-driver"], what)?;
    find().context(what)
}

/// Where the browser and its driver are.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

fn first_command(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|file| file.is_file())
}
