//! Commands that the browser tests need, installed under target/tools at the versions pinned here.

use std::path::PathBuf;

use anyhow::Context;
use xshell::{Shell, cmd};

use crate::{debian, target_dir};

/// The version of the `wasm-bindgen` crate; its command-line tools must be of exactly the same.
const WASM_BINDGEN: &str = "0.2.130";
const WASM_PACK: &str = "0.15.1";
/// The HTTP server of the browser tests' runner.
const TINY_HTTP: &str = "0.12.0";

/// Puts `wasm-pack`, `wasm-bindgen` and `wasm-bindgen-test-runner` on the `PATH` of `sh`.
pub(crate) fn ensure(sh: &Shell) -> anyhow::Result<()> {
    // Not --locked: the lock file that ships with the command can name crates that a mirror lacks.
    install(sh, "wasm-bindgen-cli", "wasm-bindgen", WASM_BINDGEN, |sh| {
        let server = mended_server(sh)?;
        let patch = format!("patch.crates-io.tiny_http.path={server:?}");
        Ok(vec!["--config".to_owned(), patch])
    })?;
    install(sh, "wasm-pack", "wasm-pack", WASM_PACK, |_| Ok(Vec::new()))?;

    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = [folder().join("bin")]
        .into_iter()
        .chain(std::env::split_paths(&path));
    sh.set_var("PATH", std::env::join_paths(paths)?);
    Ok(())
}

/// Installs a command unless it is there; `options` are more arguments for `cargo install`.
fn install(
    sh: &Shell,
    package: &str,
    command: &str,
    version: &str,
    options: impl FnOnce(&Shell) -> anyhow::Result<Vec<String>>,
) -> anyhow::Result<()> {
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
    let options = options(sh)?;
    cmd!(
        sh,
        "cargo install --quiet --root {folder} {options...} {package}@{version}"
    )
    .env("CARGO_TARGET_DIR", folder.join("build"))
    // Nobody here mends what compilers say of others' code.
    .env("RUSTFLAGS", "--cap-lints=allow")
    .env_remove("RUSTUP_TOOLCHAIN")
    .run()
    .with_context(|| format!("cargo install {package}"))?;
    sh.remove_path(folder.join("build"))?;
    Ok(())
}

/// The source of the server, with one line mended.
///
/// It gives a new connection to an idle thread if any is idle, without counting those that have been given one and are
/// yet to wake. Of the connections that a browser opens at once for a page of many modules, one may then wait until
/// another is closed, which is after five minutes: the page never loads.
fn mended_server(sh: &Shell) -> anyhow::Result<PathBuf> {
    const IS_NONE_IDLE: &str = "waiting_tasks.load(Ordering::Acquire) == 0";
    const IS_NONE_LEFT: &str = "waiting_tasks.load(Ordering::Acquire) <= queue.len()";

    let folder = folder().join("source");
    sh.remove_path(&folder)?;
    let manifest = folder.join("Cargo.toml");
    sh.write_file(
        &manifest,
        format!(
            "[package]\nname = \"source\"\n[lib]\npath = \"lib.rs\"\n[workspace]\n\
             [dependencies]\ntiny_http = {{ version = \"={TINY_HTTP}\", default-features = false }}\n"
        ),
    )?;
    sh.write_file(folder.join("lib.rs"), "")?;
    let vendor = folder.join("vendor");
    cmd!(
        sh,
        "cargo vendor --quiet --manifest-path {manifest} {vendor}"
    )
    .quiet()
    .ignore_stdout()
    .run()?;

    let server = vendor.join("tiny_http");
    let file = server.join("src/util/task_pool.rs");
    let source = sh.read_file(&file)?;
    anyhow::ensure!(
        source.matches(IS_NONE_IDLE).count() == 1,
        "tiny_http {TINY_HTTP} is not as it was: {} has no `{IS_NONE_IDLE}`",
        file.display()
    );
    sh.write_file(file, source.replace(IS_NONE_IDLE, IS_NONE_LEFT))?;
    Ok(server)
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
