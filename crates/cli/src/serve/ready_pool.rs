//! The pool of `--create-pool`.

use anyhow::{Context as _, Result};
use cognito_idp::{Error, Operation};
use cognito_pool::{Service, UnixMillis, http::ReadyPool};
use serde_json::{Value, json};

const NAME: &str = "local";

/// Finds the pool and its client, or makes what is missing.
pub(super) fn find_or_create(service: &Service, now: UnixMillis, url: &str) -> Result<ReadyPool> {
    let api = Api { service, now };
    let (user_pool_id, clients) = match service.find_pool(NAME)? {
        Some(found) => found,
        None => (api.create_pool()?, Vec::new()),
    };
    let client_id = match api.ready_client(&user_pool_id, clients)? {
        Some(found) => found,
        None => api.create_client(&user_pool_id)?,
    };
    Ok(ReadyPool {
        user_pool_id,
        client_id,
        endpoint: url.to_owned(),
    })
}

struct Api<'a> {
    service: &'a Service,
    now: UnixMillis,
}

impl Api<'_> {
    fn create_pool(&self) -> Result<String> {
        let input = json!({ "PoolName": NAME, "AutoVerifiedAttributes": ["email"] });
        text(
            &self.call(Operation::CreateUserPool, input)?,
            "/UserPool/Id",
        )
    }

    fn create_client(&self, pool: &str) -> Result<String> {
        let input = json!({
            "UserPoolId": pool,
            "ClientName": NAME,
            "ExplicitAuthFlows": [
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_CUSTOM_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ],
        });
        text(
            &self.call(Operation::CreateUserPoolClient, input)?,
            "/UserPoolClient/ClientId",
        )
    }

    /// The one of these clients that [`create_client`](Self::create_client) made.
    fn ready_client(&self, pool: &str, clients: Vec<String>) -> Result<Option<String>> {
        for client in clients {
            let input = json!({ "UserPoolId": pool, "ClientId": client });
            let described = self.call(Operation::DescribeUserPoolClient, input)?;
            if described
                .pointer("/UserPoolClient/ClientName")
                .is_some_and(|name| name == NAME)
            {
                return Ok(Some(client));
            }
        }
        Ok(None)
    }

    fn call(&self, operation: Operation, input: Value) -> Result<Value, Error> {
        self.service.handle(operation, input, self.now)
    }
}

fn text(output: &Value, pointer: &str) -> Result<String> {
    let text = output.pointer(pointer).and_then(Value::as_str);
    text.map(str::to_owned)
        .with_context(|| format!("no {pointer}"))
}
