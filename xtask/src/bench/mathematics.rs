//! The sign-in mathematics beside upstream's and its peers', in Node and in Chromium.

use xshell::{Shell, cmd};

use crate::{npm, package, tools};

pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    package::build(sh)?;
    npm::ensure(sh, "tests")?;
    let chromium = tools::ensure_browser(sh)?.chromium;
    cmd!(sh, "node tests/bench/bench.mjs")
        .quiet()
        .env("CHROMIUM", chromium)
        .run()?;
    Ok(())
}
