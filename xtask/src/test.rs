//! Every check and test of the project, cheapest first.

use xshell::{Shell, cmd};

use crate::wasm_target::{TARGET, Toolchain};
use crate::{codegen, demo, npm, package, python, target_dir, tools};

/// The packages that are compiled to WebAssembly.
const WASM_PACKAGES: [&str; 4] = ["-p", "amazon-cognito-identity", "-p", "cognito-srp"];

/// A workspace of its own: see its comments.
const RUST_SDK: &str = "tests/foreign/rust/Cargo.toml";

pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    lint(sh)?;
    native(sh)?;
    wasm(sh)?;
    javascript(sh)
}

fn lint(sh: &Shell) -> anyhow::Result<()> {
    cmd!(sh, "cargo fmt --all --check").run()?;
    cmd!(sh, "cargo fmt --manifest-path {RUST_SDK} --check").run()?;
    codegen::run(true)?;
    cmd!(
        sh,
        "cargo clippy --quiet --workspace --all-targets --all-features -- -D warnings"
    )
    .run()?;
    cmd!(sh, "cargo doc --quiet --workspace --no-deps --all-features")
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()?;

    let toolchain = Toolchain::ensure(sh)?;
    let _toolchain = toolchain.enter(sh);
    cmd!(
        sh,
        "cargo clippy --quiet --target {TARGET} {WASM_PACKAGES...} --all-targets -- -D warnings"
    )
    .run()?;
    Ok(())
}

fn native(sh: &Shell) -> anyhow::Result<()> {
    cmd!(sh, "cargo test --quiet --workspace --all-features").run()?;
    Ok(())
}

/// The face in headless Chromium, the SIMD kernel in Node.
fn wasm(sh: &Shell) -> anyhow::Result<()> {
    tools::ensure(sh)?;
    let driver = tools::ensure_browser(sh)?.driver;
    let toolchain = Toolchain::ensure(sh)?;
    let _toolchain = toolchain.enter(sh);
    cmd!(
        sh,
        "wasm-pack test --headless --chrome --chromedriver {driver}"
    )
    // In seconds; without optimisation, hundreds of sign-ins come near the default of 20.
    .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
    .run()?;
    cmd!(sh, "wasm-pack test --node crates/srp").run()?;
    Ok(())
}

/// Whole journeys: the demo page in Chromium, the packed tarball, upstream's package beside ours,
/// foreign clients against the pool.
fn javascript(sh: &Shell) -> anyhow::Result<()> {
    let site = demo::build_site(sh)?;
    let tarball = package::pack(sh)?;
    let chromium = tools::ensure_browser(sh)?.chromium;
    cmd!(sh, "cargo build --quiet --package cognito-cli").run()?;
    python::run(sh)?;
    rust_sdk(sh)?;
    npm::ensure(sh, "tests")?;
    npm::ensure(sh, "tests/amplify")?;
    let _folder = sh.push_dir("tests");
    cmd!(sh, "node --test")
        .env("COGNITO_BIN", target_dir().join("debug/cognito"))
        .env("PKG_TARBALL", tarball)
        .env("WWW_DIR", site)
        .env("CHROMIUM", chromium)
        .run()?;
    Ok(())
}

/// The AWS SDK for Rust against the pool.
fn rust_sdk(sh: &Shell) -> anyhow::Result<()> {
    let target = target_dir().join("rust-sdk");
    cmd!(
        sh,
        "cargo test --quiet --locked --manifest-path {RUST_SDK} --target-dir {target}"
    )
    .env("COGNITO_BIN", target_dir().join("debug/cognito"))
    .run()?;
    Ok(())
}
