//! Ours, and those that it is measured beside: how each is installed and started.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};
use xshell::{Shell, cmd};

type Install = Box<dyn Fn(&Shell) -> anyhow::Result<()>>;

/// A server that speaks the API.
pub(super) struct Server {
    pub(super) name: &'static str,
    /// Installs it if it is not there.
    pub(super) install: Install,
    /// What starts it on a port, without anything from before.
    pub(super) command: Box<dyn Fn(u16) -> Command>,
}

/// Everything is installed under `bench` in this folder, and runs in there.
pub(super) fn all(target: PathBuf) -> Vec<Server> {
    let folder = target.join("bench");
    vec![
        ours("cognito", &target, None),
        ours("cognito --data", &target, Some(folder.join("pool.sqlite"))),
        python(&folder, "moto", "moto[server,cognitoidp]==5.2.5", moto),
        python(&folder, "ministack", "ministack==1.5.33", ministack),
        cognito_local(&folder),
        cognitox(&folder),
        fakecloud(&folder),
    ]
}

fn ours(name: &'static str, target: &Path, data: Option<PathBuf>) -> Server {
    let binary = target.join("release/cognito");
    Server {
        name,
        install: Box::new(|_| Ok(())),
        command: Box::new(move |port| {
            let mut command = Command::new(&binary);
            command.args(["serve", "--port", &port.to_string()]);
            if let Some(data) = &data {
                for suffix in ["", "-wal", "-shm"] {
                    let mut file = data.clone().into_os_string();
                    file.push(suffix);
                    let _ = fs::remove_file(file);
                }
                command.arg("--data").arg(data);
            }
            command
        }),
    }
}

/// A server from PyPI, in a virtual environment of its own.
fn python(
    folder: &Path,
    name: &'static str,
    package: &'static str,
    command: fn(&Path, u16) -> Command,
) -> Server {
    let environment = folder.join(name);
    let install = {
        let environment = environment.clone();
        move |sh: &Shell| {
            let installed = environment.join("installed");
            if sh.read_file(&installed).unwrap_or_default() == package {
                return Ok(());
            }
            cmd!(sh, "python3 -m venv --clear {environment}")
                .quiet()
                .run()?;
            let pip = environment.join("bin/pip");
            cmd!(
                sh,
                "{pip} install --quiet --disable-pip-version-check {package}"
            )
            .quiet()
            .run()?;
            Ok(sh.write_file(installed, package)?)
        }
    };
    Server {
        name,
        install: Box::new(install),
        command: Box::new(move |port| command(&environment.join("bin"), port)),
    }
}

fn moto(bin: &Path, port: u16) -> Command {
    let mut command = Command::new(bin.join("moto_server"));
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    command
}

fn ministack(bin: &Path, port: u16) -> Command {
    let mut command = Command::new(bin.join("ministack"));
    command
        .env("GATEWAY_PORT", port.to_string())
        .env("BIND_HOST", "127.0.0.1")
        .env("LOG_LEVEL", "ERROR");
    command
}

fn cognito_local(folder: &Path) -> Server {
    let folder = folder.join("cognito-local");
    let install = {
        let folder = folder.clone();
        move |sh: &Shell| {
            sh.create_dir(&folder)?;
            let _folder = sh.push_dir(&folder);
            if sh.path_exists("node_modules/cognito-local") {
                return Ok(());
            }
            let options = [
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ];
            cmd!(sh, "npm install {options...} cognito-local@5.3.0")
                .quiet()
                .run()?;
            Ok(())
        }
    };
    Server {
        name: "cognito-local",
        install: Box::new(install),
        command: Box::new(move |port| {
            let _ = fs::remove_dir_all(folder.join(".cognito"));
            let mut command = Command::new("node");
            command
                .arg("node_modules/cognito-local/lib/bin/start.js")
                .current_dir(&folder)
                .env("PORT", port.to_string());
            command
        }),
    }
}

fn cognitox(folder: &Path) -> Server {
    let folder = folder.join("cognitox");
    let install = {
        let folder = folder.clone();
        move |sh: &Shell| {
            if sh.path_exists(folder.join("bin/cognitox")) {
                return Ok(());
            }
            eprintln!("cognitox: building (some minutes, once)");
            // It asks for a newer compiler than it needs.
            cmd!(
                sh,
                "cargo install --quiet --ignore-rust-version --root {folder} cognitox@0.2.1"
            )
            .env("CARGO_TARGET_DIR", folder.join("build"))
            .env_remove("RUSTUP_TOOLCHAIN")
            .quiet()
            .run()?;
            Ok(sh.remove_path(folder.join("build"))?)
        }
    };
    Server {
        name: "cognitox",
        install: Box::new(install),
        command: Box::new(move |port| {
            let data = folder.join("data.json");
            let _ = fs::remove_file(&data);
            let mut command = Command::new(folder.join("bin/cognitox"));
            command
                .env("COGNITOX_DATA_FILE", data)
                .env("COGNITOX_PORT", port.to_string());
            command
        }),
    }
}

/// Takes 40 minutes to build: measured where it is on the `PATH` already.
fn fakecloud(folder: &Path) -> Server {
    let folder = folder.to_owned();
    Server {
        name: "fakecloud",
        install: Box::new(|sh| {
            let version = cmd!(sh, "fakecloud --version")
                .quiet()
                .ignore_stderr()
                .read();
            let version =
                version.context("it is not on the PATH, and takes 40 minutes to build")?;
            ensure!(!version.is_empty(), "it does not tell its version");
            Ok(())
        }),
        command: Box::new(move |port| {
            let mut command = Command::new("fakecloud");
            command
                .current_dir(&folder)
                .arg("--addr")
                .arg(format!("127.0.0.1:{port}"));
            command
        }),
    }
}
