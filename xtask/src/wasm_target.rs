//! Gets the `wasm32-unknown-unknown` target onto the machine.

use std::path::Path;

use xshell::{PushEnv, Shell, cmd};

use crate::debian;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The toolchain that compiles to WebAssembly.
#[derive(Clone, Copy)]
pub(crate) enum Toolchain {
    /// The one in use for everything else.
    Default,
    /// Debian's compiler, linked into rustup under this name.
    Debian,
}

impl Toolchain {
    /// Finds a toolchain with the target, or installs one. Tried in this order: the toolchain in
    /// use, Debian's from an earlier run, `rustup target add`, and Debian's compiler with a standard
    /// library built from its sources, for machines that reach only package registries.
    pub(crate) fn ensure(sh: &Shell) -> anyhow::Result<Self> {
        if let Some(ready) = [Self::Default, Self::Debian]
            .into_iter()
            .find(|it| it.has_target(sh))
        {
            return Ok(ready);
        }
        eprintln!("wasm: adding the target {TARGET} with rustup");
        if cmd!(sh, "rustup target add {TARGET}")
            .quiet()
            .ignore_stderr()
            .run()
            .is_ok()
        {
            return Ok(Self::Default);
        }
        install_debian(sh)?;
        Ok(Self::Debian)
    }

    /// Makes cargo, rustc and wasm-pack use this toolchain until the guard is dropped.
    pub(crate) fn enter<'sh>(self, sh: &'sh Shell) -> Option<PushEnv<'sh>> {
        match self {
            Self::Default => None,
            Self::Debian => Some(sh.push_env("RUSTUP_TOOLCHAIN", DEBIAN)),
        }
    }

    fn has_target(self, sh: &Shell) -> bool {
        let _toolchain = self.enter(sh);
        cmd!(sh, "rustc --print target-libdir --target {TARGET}")
            .quiet()
            .ignore_stderr()
            .read()
            .is_ok_and(|libdir| libraries(sh, Path::new(&libdir)).next().is_some())
    }
}

const DEBIAN: &str = "debian";

fn install_debian(sh: &Shell) -> anyhow::Result<()> {
    debian::install(
        sh,
        &[
            "rustc-web",
            "cargo-web",
            "rust-web-src",
            "rust-web-llvm",
            "rust-web-clippy",
            "lld-22",
        ],
        "install the Rust target: `rustup target add wasm32-unknown-unknown` could not do it here",
    )?;
    eprintln!("wasm: building the standard library for {TARGET} (a minute, once)");
    let scratch = sh.create_temp_dir()?;
    let _scratch = sh.push_dir(scratch.path());
    sh.write_file("src/lib.rs", "")?;
    sh.write_file(
        "Cargo.toml",
        "[package]\nname = \"empty\"\nedition = \"2024\"\n[profile.release]\npanic = \"abort\"\n",
    )?;
    let parts = "std,panic_abort,test";
    // Without embed-bitcode a later build with `lto = true` cannot use the library.
    cmd!(
        sh,
        "/usr/bin/cargo build --quiet --release --target {TARGET} -Z build-std={parts}"
    )
    .env("RUSTC_BOOTSTRAP", "1")
    .env("RUSTC", "/usr/bin/rustc")
    .env("RUSTFLAGS", "-C embed-bitcode=yes")
    .env("CARGO_TARGET_DIR", "target")
    .run()?;

    let libdir = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    sh.create_dir(&libdir)?;
    for library in libraries(sh, &Path::new("target").join(TARGET).join("release/deps")) {
        sh.copy_file(library, &libdir)?;
    }
    cmd!(sh, "rustup toolchain link {DEBIAN} /usr").run()?;
    Ok(())
}

/// The compiled libraries of a folder; none where there is no such folder.
fn libraries(sh: &Shell, folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    sh.read_dir(folder)
        .unwrap_or_default()
        .into_iter()
        .filter(|file| {
            let name = file
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            name.ends_with(".rlib") && !name.starts_with("libempty-")
        })
}
