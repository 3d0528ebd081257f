//! The demo: the page of `www` and a user pool for it, served from one address; and the pool's triggers.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};

use anyhow::Context;
use xshell::{Shell, cmd};

use crate::{package, target_dir};

/// The port that people find the demo at again, when nobody else has it.
const PORT: u16 = 9229;

pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    let site = build_site(sh)?;
    cmd!(sh, "cargo build --quiet --package cognito-cli")
        .quiet()
        .run()?;
    let cognito = target_dir().join("debug/cognito");
    let port = free_port().to_string();
    let (triggers, lambda) = start_triggers(sh)?;
    eprintln!("Open the address below in a browser; Ctrl-C ends the demo.");
    let serve = cmd!(
        sh,
        "{cognito} serve --seed {site}/pool.json --create-pool --lambda-endpoint {lambda} --www {site} --port {port}"
    );
    let mut serve = Command::from(serve);
    // The server reads nothing; but when it ends, however it does, the triggers read the end of their input.
    serve.stdin(triggers);
    replace(serve)
}

/// Starts the program that runs the pool's triggers, and says where. It ends when its input does.
fn start_triggers(sh: &Shell) -> anyhow::Result<(ChildStdin, String)> {
    let program = cmd!(sh, "node xtask/demo-triggers.mjs");
    let mut child = Command::from(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("Node.js is needed: install version 20 or later")?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (stdin, stdout) = stdin.zip(stdout).context("no pipes")?;
    let mut address = String::new();
    BufReader::new(stdout).read_line(&mut address)?;
    anyhow::ensure!(!address.is_empty(), "the demo's triggers did not start");
    Ok((stdin, address.trim_end().to_owned()))
}

/// The package and, around it, the page that uses it, as a web server would hold them.
pub(crate) fn build_site(sh: &Shell) -> anyhow::Result<PathBuf> {
    package::build(sh)?;
    let site = target_dir().join("site");
    sh.remove_path(&site)?;
    copy_folder(sh, "www".into(), &site)?;
    copy_folder(sh, "pkg".into(), &site.join("pkg"))?;
    sh.create_dir(site.join("vendor"))?;
    sh.copy_file(
        "xtask/node_modules/uqr/dist/index.mjs",
        site.join("vendor/uqr.mjs"),
    )?;
    Ok(site)
}

fn copy_folder(sh: &Shell, from: PathBuf, to: &std::path::Path) -> anyhow::Result<()> {
    sh.create_dir(to)?;
    for entry in sh.read_dir(from)? {
        match entry.file_name() {
            Some(name) if entry.is_dir() => copy_folder(sh, entry.clone(), &to.join(name))?,
            _ => sh.copy_file(&entry, to)?,
        }
    }
    Ok(())
}

fn free_port() -> u16 {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)) {
        Ok(_) => PORT,
        Err(_) => 0,
    }
}

/// Becomes `command`, so that Ctrl-C and signals reach the server itself.
#[cfg(unix)]
fn replace(mut command: Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn replace(mut command: Command) -> anyhow::Result<()> {
    let status = command.status()?;
    anyhow::ensure!(status.success(), "the demo ended: {status}");
    Ok(())
}
