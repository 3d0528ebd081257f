//! A server's process, and what the kernel knows about it.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use super::client::{Connection, Request};

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks at whether it has started.
const GLANCE: Duration = Duration::from_micros(100);

/// The kernel counts processor time in hundredths of a second on every architecture that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// A running server, ended with this value. It leads a process group, which has all that it starts itself.
pub(super) struct Process {
    child: Child,
    pub(super) address: SocketAddr,
    /// From its start to its first answer.
    pub(super) start_up: Duration,
}

impl Process {
    /// Starts what `command` makes for a port and waits until it answers.
    pub(super) fn start(command: impl FnOnce(u16) -> Command) -> anyhow::Result<Self> {
        let address = free_address()?;
        let mut command = command(address.port());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let start = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{command:?}"))?;
        let mut process = Self {
            child,
            address,
            start_up: Duration::ZERO,
        };
        process.wait(start)?;
        process.start_up = start.elapsed();
        Ok(process)
    }

    fn wait(&mut self, start: Instant) -> anyhow::Result<()> {
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status}");
            }
            if start.elapsed() > PATIENCE {
                bail!("it does not listen");
            }
            thread::sleep(GLANCE);
        }
        let question = serde_json::json!({ "MaxResults": 1 });
        let request = Request::new(self.address, "ListUserPools", &question)?;
        Connection::to(self.address).exchange(&request)?;
        Ok(())
    }

    /// The processor time that it has taken, in user and in kernel mode.
    pub(super) fn processor_time(&self) -> anyhow::Result<Duration> {
        let mut ticks = 0;
        for stat in self.stats()? {
            // The numbers of the fields are those of proc_pid_stat(5), less the two before.
            let fields = [14, 15].map(|field| stat.get(field - 3));
            for field in fields.into_iter().flatten() {
                ticks += field.parse::<u32>()?;
            }
        }
        Ok(TICK * ticks)
    }

    /// Its memory that is in use, in bytes.
    pub(super) fn resident(&self) -> anyhow::Result<u64> {
        let mut kilobytes = 0;
        for id in self.ids()? {
            let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            let size = status
                .lines()
                .find_map(|line| line.strip_prefix("VmRSS:"))
                .and_then(|rest| rest.split_whitespace().next());
            kilobytes += size.map_or(Ok(0), str::parse::<u64>)?;
        }
        Ok(kilobytes << 10)
    }

    fn ids(&self) -> anyhow::Result<Vec<u32>> {
        let group = self.child.id().to_string();
        let entries = fs::read_dir("/proc")?.filter_map(Result::ok);
        let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        Ok(ids
            .filter(|id| stat(*id).is_some_and(|stat| stat.get(5 - 3) == Some(&group)))
            .collect())
    }

    fn stats(&self) -> anyhow::Result<Vec<Vec<String>>> {
        Ok(self.ids()?.into_iter().filter_map(stat).collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `/proc/<id>/stat` has after the command's name, which may hold anything.
fn stat(id: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

/// An address that nobody listens on. Not every server takes a port of 0 and says which it became.
fn free_address() -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?)
}
