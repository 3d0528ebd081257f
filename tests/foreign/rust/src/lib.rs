//! The AWS SDK for Rust pointed at a local pool: `cognito serve` with a pool and a client ready, for as long as a
//! [`Server`] lives.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use aws_sdk_cognitoidentityprovider::{
    Client, Config,
    config::{Credentials, Region},
};

/// A running server and its pool.
pub struct Server {
    process: Child,
    pub url: String,
    pub pool: String,
    pub client: String,
}

impl Server {
    pub fn start() -> Self {
        let binary = env::var("COGNITO_BIN").expect("COGNITO_BIN names the cognito command");
        let mut process = Command::new(binary)
            .args([
                "serve",
                "--port",
                "0",
                "--create-pool",
                "--fixed-code",
                "123456",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let [mut url, mut pool, mut client] = [const { None }; 3];
        while url.is_none() || pool.is_none() || client.is_none() {
            let line = lines.next().expect("the server has ended").unwrap();
            let after = |words: &str| {
                let (_, rest) = line.split_once(words)?;
                rest.split_whitespace().next().map(str::to_owned)
            };
            url = url.or_else(|| after("listening on "));
            pool = pool.or_else(|| after("user pool "));
            client = client.or_else(|| after("client "));
        }
        Self {
            process,
            url: url.unwrap(),
            pool: pool.unwrap(),
            client: client.unwrap(),
        }
    }

    /// The SDK with these credentials; without any it signs nothing.
    pub fn sdk(&self, credentials: Option<(&str, &str)>) -> Client {
        let config = Config::builder()
            .endpoint_url(&self.url)
            .region(Region::new("us-east-1"))
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        let config = match credentials {
            Some((key, secret)) => {
                config.credentials_provider(Credentials::new(key, secret, None, None, "test"))
            }
            None => config.allow_no_auth(),
        };
        Client::from_conf(config.build())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
