//! The conformance suite: boto3 against the pool, every operation of the model.

use std::path::Path;

use anyhow::Context as _;
use xshell::{Shell, cmd};

use crate::target_dir;

const FOLDER: &str = "tests/foreign/conformance";

/// Runs the suite on the debug build of the `cognito` command.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    let environment = target_dir().join("conformance");
    install(sh, &environment)?;
    let python = environment.join("bin/python");
    cmd!(sh, "{python} {FOLDER}/run.py")
        .env("COGNITO_BIN", target_dir().join("debug/cognito"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .run()?;
    Ok(())
}

/// Installs the packages that the suite's list names; costs nothing when they are there.
fn install(sh: &Shell, environment: &Path) -> anyhow::Result<()> {
    let installed = environment.join("installed-requirements.txt");
    let wanted = sh.read_file(format!("{FOLDER}/requirements.txt"))?;
    if sh.read_file(&installed).unwrap_or_default() == wanted {
        return Ok(());
    }
    eprintln!("python: installing the packages of {FOLDER}");
    cmd!(sh, "python3 -m venv --clear {environment}")
        .quiet()
        .run()
        .context("Python is needed: install python3 and python3-venv, 3.9 or later")?;
    let pip = environment.join("bin/pip");
    cmd!(
        sh,
        "{pip} install --quiet --disable-pip-version-check --requirement {FOLDER}/requirements.txt"
    )
    .quiet()
    .run()?;
    sh.write_file(installed, wanted)?;
    Ok(())
}
