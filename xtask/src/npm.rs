//! npm packages that the build and the tests use, from their lock files.

use anyhow::Context;
use xshell::{Shell, cmd};

/// Installs the packages of `folder` exactly as its lock file says; costs nothing when they are there.
pub(crate) fn ensure(sh: &Shell, folder: &str) -> anyhow::Result<()> {
    let _folder = sh.push_dir(folder);
    let installed = sh
        .read_file("node_modules/.installed-lock.json")
        .unwrap_or_default();
    let wanted = sh.read_file("package-lock.json")?;
    if installed == wanted {
        return Ok(());
    }
    eprintln!("npm: installing the packages of {folder}");
    cmd!(
        sh,
        "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error"
    )
    .quiet()
    .run()
    .context("npm is needed: install Node.js 20 or later")?;
    sh.write_file("node_modules/.installed-lock.json", wanted)?;
    Ok(())
}
