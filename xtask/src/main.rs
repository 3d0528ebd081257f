//! Build, demo, test, bench: the one place that knows how.
//!
//! Each command does its own set-up, so that a fresh clone needs Rust, Node, Python and a C compiler only.

mod bench;
mod codegen;
mod debian;
mod demo;
mod names;
mod npm;
mod package;
mod python;
mod test;
mod tools;
mod trim;
mod wasm_target;

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use xshell::Shell;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the npm package in pkg/ and print its sizes
    Build,
    /// Serve the demo page and a user pool for it, until Ctrl-C
    Demo,
    /// Run every check and test of the project
    Test,
    /// Measure the sign-in mathematics against upstream and its peers, in Node and Chromium
    Bench {
        #[command(subcommand)]
        what: Option<Bench>,
    },
    /// Write again what is made from the API model: crates/idp/src/generated, the table in crates/pool/README.md
    Codegen {
        /// Write nothing; fail if the committed files are stale
        #[arg(long)]
        check: bool,
    },
}

#[derive(Subcommand)]
enum Bench {
    /// Measure the user pool against other local ones: memory, sign-ins, users and how each grows with their number
    Pool(bench::pool::Arguments),
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let sh = Shell::new()?;
    sh.change_dir(root());
    match arguments.command {
        Command::Build => package::build(&sh),
        Command::Demo => demo::run(&sh),
        Command::Test => test::run(&sh),
        Command::Bench { what: None } => bench::mathematics::run(&sh),
        Command::Bench {
            what: Some(Bench::Pool(arguments)),
        } => bench::pool::run(&sh, &arguments),
        Command::Codegen { check } => codegen::run(check),
    }
}

/// The root of the repository.
fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// Where cargo and this program put what they make.
fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |dir| root().join(dir))
}
