//! Python's clients against the pool: the conformance suite, and whole journeys.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use xshell::{Shell, cmd};

use crate::target_dir;

const JOURNEYS: &str = "tests/foreign/python";
const CONFORMANCE: &str = "tests/foreign/conformance";

/// Runs both on the debug build of the `cognito` command.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    let python = environment(sh)?;
    let _binary = sh.push_env("COGNITO_BIN", target_dir().join("debug/cognito"));
    let _no_caches = sh.push_env("PYTHONDONTWRITEBYTECODE", "1");
    cmd!(sh, "{python} {CONFORMANCE}/run.py").run()?;
    cmd!(sh, "{python} -m pytest {JOURNEYS}").run()?;
    Ok(())
}

/// The interpreter of an environment that has the packages of the tests' list; costs nothing when they are there.
fn environment(sh: &Shell) -> anyhow::Result<PathBuf> {
    let environment = target_dir().join("python");
    let requirements = Path::new(JOURNEYS).join("requirements.txt");
    let installed = environment.join("installed-requirements.txt");
    let python = environment.join("bin/python");
    let wanted = sh.read_file(&requirements)?;
    if sh.read_file(&installed).unwrap_or_default() == wanted {
        return Ok(python);
    }
    eprintln!("python: installing the packages of {JOURNEYS}");
    cmd!(sh, "python3 -m venv --clear {environment}")
        .quiet()
        .run()
        .context("Python is needed: install python3 and python3-venv, 3.11 or later")?;
    cmd!(
        sh,
        "{python} -m pip install --quiet --disable-pip-version-check --requirement {requirements}"
    )
    .quiet()
    .run()?;
    sh.write_file(installed, wanted)?;
    Ok(python)
}
