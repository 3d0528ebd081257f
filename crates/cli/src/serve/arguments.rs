//! What `cognito serve` can be told.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the help's text, where brackets are brackets"
)]

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use anyhow::{Result, ensure};
use cognito_idp::Sensitive;
use cognito_pool::http::Signatures;

use super::lambda::Endpoint;

/// Serve user pools over HTTP, as Amazon Cognito does
///
/// Point a client's endpoint at the printed address: `endpoint` of the npm package, `--endpoint-url` of the AWS CLI,
/// `AWS_ENDPOINT_URL` of the AWS SDKs. Any region will do.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Keep everything in this file (SQLite), which is made if it is not there; without it, in memory
    #[arg(long, value_name = "FILE", help_heading = POOLS)]
    pub data: Option<PathBuf>,

    /// Have a pool and a public client ready, and print their ids
    ///
    /// The pool is named `local`, verifies email addresses, and is found again in --data. The client may use
    /// USER_SRP_AUTH, USER_PASSWORD_AUTH, CUSTOM_AUTH and REFRESH_TOKEN_AUTH. GET /_local/pool tells a page the ids.
    #[arg(long, help_heading = POOLS)]
    pub create_pool: bool,

    /// Make the user pools that this YAML or JSON file describes and that are not there yet
    ///
    /// It may say everything that CreateUserPool, CreateUserPoolClient, CreateGroup and SetUserPoolMfaConfig take, by
    /// the same names; there is an example below.
    #[arg(long, value_name = "FILE", help_heading = POOLS)]
    pub seed: Option<PathBuf>,

    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 9229, help_heading = NETWORK)]
    pub port: u16,

    /// The address to listen on; 0.0.0.0 for every IPv4 address of this machine
    ///
    /// Without it nobody but this machine reaches the server. Whoever does can read every code and, knowing the
    /// secret, administer the pools, so think twice.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), help_heading = NETWORK)]
    pub host: IpAddr,

    /// The URL that clients reach this server by, if it is not the address that it listens on
    ///
    /// Behind a proxy with https, or by a name as in Docker Compose. The issuer in tokens (`iss`) is this URL and the
    /// pool's id, and the URLs of keys and uploads begin with it.
    #[arg(long, value_name = "URL", value_parser = issuer, help_heading = NETWORK)]
    pub issuer: Option<String>,

    /// Serve the files of this folder too, so that a page and its pool share one origin
    #[arg(long, value_name = "DIR", help_heading = NETWORK)]
    pub www: Option<PathBuf>,

    /// Send e-mail messages through this SMTP server, too: smtp://[USER:PASSWORD@]HOST[:PORT], or smtps://
    ///
    /// They are from and to whom the pool's EmailConfiguration and the user say, with the texts of the pool's
    /// templates. One that cannot be sent is logged and not tried again. smtp:// with ?tls=required begins with
    /// STARTTLS.
    #[arg(
        long,
        value_name = "URL",
        env = "COGNITO_SMTP",
        hide_env_values = true,
        help_heading = MESSAGES
    )]
    pub smtp: Option<Sensitive>,

    /// Make every verification code this one, for tests
    #[arg(long, value_name = "CODE", value_parser = code, help_heading = MESSAGES)]
    pub fixed_code: Option<String>,

    /// Where the pools' triggers run: whatever speaks the Invoke operation of Lambda's API
    ///
    /// As `sam local start-lambda`, LocalStack and Lambda's Runtime Interface Emulator do. Functions are called by the
    /// names in the ARNs of a pool's LambdaConfig and have five seconds to answer. Those of a custom authentication
    /// (DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse) are called; where a pool names others,
    /// what they would have a say in answers UnsupportedOperationException.
    #[arg(long, value_name = "URL", value_parser = Endpoint::parse, help_heading = TRIGGERS)]
    pub lambda_endpoint: Option<Endpoint>,

    /// The access key's id that administrators sign with
    #[arg(
        long,
        value_name = "KEY",
        env = "COGNITO_ACCESS_KEY",
        default_value = LOCAL,
        value_parser = access_key,
        help_heading = ADMINISTRATION
    )]
    pub access_key: String,

    /// The secret that belongs to it
    ///
    /// Every user of this machine can see the arguments of its programs, but not their environment.
    #[arg(
        long,
        value_name = "SECRET",
        env = "COGNITO_SECRET_KEY",
        hide_env_values = true,
        default_value = LOCAL,
        help_heading = ADMINISTRATION
    )]
    pub secret_key: Sensitive,

    /// Take requests of administrators whatever they are signed with
    #[arg(long, help_heading = ADMINISTRATION)]
    pub accept_any_signature: bool,
}

/// The access key and its secret, unless others are chosen.
pub const LOCAL: &str = "local";

const POOLS: &str = "User pools";
const NETWORK: &str = "Network";
const MESSAGES: &str = "Messages to users";
const TRIGGERS: &str = "Triggers";
const ADMINISTRATION: &str =
    "Administration (CreateUserPool, AdminCreateUser and all else that AWS wants signed)";

const EXAMPLES: &str = r#"Beside the API:
  GET /_local/outbox                             every message to a user, with its code, oldest first
  GET /_local/pool                               the ids of --create-pool
  GET /POOL/.well-known/jwks.json                the keys that tokens are signed with
  GET /POOL/.well-known/openid-configuration

Examples:
  A pool to try things with, which is there again tomorrow:
    cognito serve --create-pool --data pools.sqlite

  What its administrators do:
    export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1
    aws cognito-idp list-user-pools --max-results 10 --endpoint-url http://127.0.0.1:9229

  A pool as a test or a team wants it:
    cognito serve --seed pools.yaml

    # pools.yaml
    UserPools:
      - Id: us-east-1_Example01
        AutoVerifiedAttributes: [email]
        Clients:
          - ClientId: exampleclient
            ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        Groups:
          - GroupName: admins
        Users:
          - Username: alice
            Password: Correct-horse-1
            Attributes: { email: alice@example.com, email_verified: "true" }
            Groups: [admins]

  In a container, with a mail catcher beside it:
    cognito serve --host 0.0.0.0 --issuer http://cognito:9229 --smtp smtp://mailpit:1025"#;

impl Arguments {
    /// Which signatures administrators' requests must have.
    pub fn signatures(&self) -> Result<Signatures> {
        if self.accept_any_signature {
            return Ok(Signatures::Any);
        }
        ensure!(!self.secret_key.is_empty(), "--secret-key is empty");
        Ok(Signatures::Of {
            access_key: self.access_key.clone(),
            secret_key: self.secret_key.clone(),
        })
    }
}

fn code(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err("a code is not empty and has no spaces".to_owned());
    }
    Ok(text.to_owned())
}

/// It stands in a header, among commas.
fn access_key(text: &str) -> Result<String, String> {
    let is_key = |byte: u8| byte.is_ascii_graphic() && byte != b',';
    if text.is_empty() || !text.bytes().all(is_key) {
        return Err(
            "an access key has letters, digits and signs of ASCII only, and no commas".to_owned(),
        );
    }
    Ok(text.to_owned())
}

/// Without the slash at its end.
fn issuer(text: &str) -> Result<String, String> {
    let address = text
        .strip_prefix("http://")
        .or_else(|| text.strip_prefix("https://"))
        .map(|address| address.trim_end_matches('/'));
    let is_address = address.is_some_and(|address| {
        !address.is_empty() && !address.starts_with('/') && !address.contains(['?', '#', ' '])
    });
    if !is_address {
        return Err("expected http://HOST[:PORT][/PATH], or https://".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}
