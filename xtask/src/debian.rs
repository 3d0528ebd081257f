//! Installing Debian packages, where the machine is a Debian and we are its root.

use anyhow::bail;
use xshell::{Shell, cmd};

/// Installs `packages`, or fails with `otherwise`, the one line that says what to install by hand.
pub(crate) fn install(sh: &Shell, packages: &[&str], otherwise: &str) -> anyhow::Result<()> {
    let root = cmd!(sh, "id -u")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|user| user == "0");
    if !root || !sh.path_exists("/etc/debian_version") {
        bail!("{otherwise}");
    }
    eprintln!("setup: installing {}", packages.join(", "));
    let _noninteractive = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    let options = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
    cmd!(sh, "apt-get {options...} update")
        .quiet()
        .ignore_stdout()
        .run()?;
    cmd!(sh, "apt-get {options...} install -y {packages...}")
        .quiet()
        .ignore_stdout()
        .run()?;
    Ok(())
}
