//! A user pool in this process, behind HTTP.

use std::sync::Arc;

use amazon_cognito_identity::{HttpTransport, MemoryStorage, Password, PoolId, User, UserPool};
use cognito_idp::Operation;
use cognito_pool::{MemoryStore, Service, Settings, http};
use serde_json::{Value, json};

pub type HttpUser = User<HttpTransport, Arc<MemoryStorage>>;

pub type Pool = UserPool<HttpTransport, Arc<MemoryStorage>>;

/// A pool behind HTTP, a client for it, and what the client stores.
pub struct Stage {
    pub service: Arc<Service>,
    pub pool_id: String,
    pub pool: Pool,
    pub storage: Arc<MemoryStorage>,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// With settings of the pool.
    pub async fn with(settings: Value) -> Self {
        Self::with_client(settings, json!({})).await
    }

    /// With settings of the client too.
    pub async fn with_client(settings: Value, client_settings: Value) -> Self {
        let service = Arc::new(Service::new(MemoryStore::new(), Settings::default()));
        let mut input = json!({ "PoolName": "p", "AutoVerifiedAttributes": ["email"] });
        let settings = settings.as_object().unwrap().clone();
        input.as_object_mut().unwrap().extend(settings);
        let pool = handle(&service, Operation::CreateUserPool, input);
        let pool_id = pool["UserPool"]["Id"].as_str().unwrap().to_owned();
        let flows = [
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ];
        let mut client =
            json!({ "UserPoolId": pool_id, "ClientName": "c", "ExplicitAuthFlows": flows });
        let client_settings = client_settings.as_object().unwrap().clone();
        client.as_object_mut().unwrap().extend(client_settings);
        let client = handle(&service, Operation::CreateUserPoolClient, client);
        let client_id = client["UserPoolClient"]["ClientId"]
            .as_str()
            .unwrap()
            .to_owned();

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/", listener.local_addr().unwrap());
        let router = http::router(service.clone(), http::Settings::default());
        tokio::spawn(async move { axum::serve(listener, router).await });

        let storage = Arc::new(MemoryStorage::new());
        let id = PoolId::parse(&pool_id).unwrap();
        let transport = HttpTransport::new().unwrap();
        let pool = UserPool::new(id, client_id, Some(endpoint), transport, storage.clone());
        Self {
            service,
            pool_id,
            pool,
            storage,
        }
    }

    pub fn code(&self) -> String {
        let messages = json!(self.service.outbox().unwrap());
        messages.as_array().unwrap().last().unwrap()["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub async fn registered(&self, name: &str, password: &Password) -> HttpUser {
        let signed_up = self
            .pool
            .sign_up(name, password, &[("email", "alice@example.com")])
            .await
            .unwrap();
        assert!(!signed_up.confirmed);
        assert_eq!(signed_up.code_delivery.unwrap().medium, "EMAIL");
        let user = self.pool.user(name);
        user.confirm_registration(&self.code(), false)
            .await
            .unwrap();
        user
    }
}

pub fn handle(service: &Service, operation: Operation, input: Value) -> Value {
    service
        .handle(operation, input, std::time::SystemTime::now().into())
        .unwrap()
}
