//! `cognito export` and `cognito import`.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use cognito_pool::{Service, Settings};

use crate::data;

/// Write a whole user pool to standard output, as one JSON document
///
/// It holds the pool's secrets: password verifiers, clients' secrets, signing keys. Codes and sign-ins stay behind.
#[derive(clap::Args)]
pub struct Export {
    /// The file of `cognito serve --data`
    #[arg(long, value_name = "FILE")]
    data: PathBuf,

    /// The user pool's id
    user_pool_id: String,
}

/// Take in a user pool that `cognito export` wrote
#[derive(clap::Args)]
pub struct Import {
    /// The file of `cognito serve --data`, which is made if it is not there
    #[arg(long, value_name = "FILE")]
    data: PathBuf,

    /// What `cognito export` wrote
    document: PathBuf,
}

/// Writes the document.
pub fn export(arguments: &Export) -> Result<()> {
    let Export { data, user_pool_id } = arguments;
    ensure!(data.exists(), "there is no data in {}", data.display());
    let document = service(data)?.export_pool(user_pool_id)?;
    writeln!(std::io::stdout(), "{document:#}").context("cannot write the document")
}

/// Takes the document in.
pub fn import(arguments: &Import) -> Result<()> {
    let document = read(&arguments.document)?;
    let id = service(&arguments.data)?.import_pool(document)?;
    writeln!(std::io::stdout(), "user pool {id}").context("cannot write")
}

/// Reads a JSON file.
fn read(path: &Path) -> Result<serde_json::Value> {
    let cannot = || format!("cannot read {}", path.display());
    let text = fs::read_to_string(path).with_context(cannot)?;
    serde_json::from_str(&text).with_context(cannot)
}

fn service(data: &Path) -> Result<Service> {
    Ok(Service::new(data::open(data)?, Settings::default()))
}
