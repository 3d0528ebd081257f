//! The user pool beside other local stand-ins for Amazon Cognito.
//!
//! Each server runs alone and does the same work in the same order ([`work`]). A round of requests is written out
//! before its time is taken and its answers are read after, so that while the clock runs the client only writes and
//! reads bytes on connections that stay open. Beside the rate by the clock stands the server's own processor time, by
//! the kernel's account of its process group, which says nearly the same on a machine that has other things to do.

mod client;
mod peers;
mod process;
mod report;
mod rounds;
mod srp;
mod work;

use anyhow::bail;
use xshell::{Shell, cmd};

use self::{peers::Server, report::Report};
use crate::target_dir;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure only these servers (each name is one of the columns); ratios are to the first of them
    servers: Vec<String>,

    /// The most users that a pool is filled with, beginning with 1000, by tens
    #[arg(long, default_value_t = 100_000)]
    users: usize,
}

pub(crate) fn run(sh: &Shell, arguments: &Arguments) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("this reads processor times and memory from Linux's /proc");
    }
    let known = peers::all(target_dir());
    if let Some(name) = arguments
        .servers
        .iter()
        .find(|name| !known.iter().any(|server| server.name == **name))
    {
        let names: Vec<_> = known.iter().map(|server| server.name).collect();
        bail!("there is no server {name}: choose of {}", names.join(", "));
    }
    cmd!(sh, "cargo build --quiet --release --package cognito-cli").run()?;

    let mut report = Report::default();
    let is_chosen = |server: &&Server| {
        arguments.servers.is_empty() || arguments.servers.iter().any(|name| server.name == name)
    };
    for server in known.iter().filter(is_chosen) {
        if let Err(error) = (server.install)(sh) {
            eprintln!("{}: not to be had: {error:#}", server.name);
            continue;
        }
        eprintln!("{}: measuring", server.name);
        match work::measure(server, arguments.users) {
            Ok(figures) => report.add(server.name, figures),
            Err(error) => eprintln!("{}: gave up: {error:#}", server.name),
        }
    }
    println!("{report}");
    Ok(())
}
