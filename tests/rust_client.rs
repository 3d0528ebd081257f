//! The Rust API over real HTTP, against a user pool in this process.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use amazon_cognito_identity::{
    Error, HttpTransport, MemoryStorage, Misuse, Password, PoolId, SignIn, Storage, User, UserPool,
};
use cognito_idp::Operation;
use cognito_pool::{MemoryStore, Service, Settings, http};
use serde_json::{Value, json};

type Pool = UserPool<HttpTransport, Arc<MemoryStorage>>;

/// A pool behind HTTP, a client for it, and what the client stores.
struct Stage {
    service: Arc<Service>,
    pool_id: String,
    pool: Pool,
    storage: Arc<MemoryStorage>,
}

impl Stage {
    async fn new() -> Self {
        let service = Arc::new(Service::new(MemoryStore::new(), Settings::default()));
        let pool = handle(
            &service,
            Operation::CreateUserPool,
            json!({ "PoolName": "p", "AutoVerifiedAttributes": ["email"] }),
        );
        let pool_id = pool["UserPool"]["Id"].as_str().unwrap().to_owned();
        let flows = [
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ];
        let client =
            json!({ "UserPoolId": pool_id, "ClientName": "c", "ExplicitAuthFlows": flows });
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

    fn code(&self) -> String {
        let messages = json!(self.service.outbox().unwrap());
        messages.as_array().unwrap().last().unwrap()["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    async fn registered(
        &self,
        name: &str,
        password: &Password,
    ) -> User<HttpTransport, Arc<MemoryStorage>> {
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

fn handle(service: &Service, operation: Operation, input: Value) -> Value {
    service
        .handle(operation, input, std::time::SystemTime::now().into())
        .unwrap()
}

fn code_of(error: Error) -> String {
    match error {
        Error::Service(error) => error.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_user_signs_up_in_and_out() {
    let stage = Stage::new().await;
    let (password, changed) = (
        Password::from("Correct-horse-1"),
        Password::from("Correct-horse-2"),
    );
    let user = stage.registered("alice", &password).await;

    let wrong = user.sign_in(&"Wrong-horse-1".into()).await.unwrap_err();
    assert_eq!(code_of(wrong), "NotAuthorizedException");
    assert!(matches!(
        user.attributes().await,
        Err(Error::Caller(Misuse::NotAuthenticated))
    ));

    let SignIn::Done(session) = user.sign_in(&password).await.unwrap() else {
        panic!("a challenge")
    };
    assert_eq!(session.claims()["email"], "alice@example.com");
    assert_eq!(
        user.attributes().await.unwrap()["email"],
        "alice@example.com"
    );
    user.change_password(&password, &changed).await.unwrap();

    // Another visit: the session is in storage.
    let again = stage.pool.current_user().unwrap().unwrap();
    assert_eq!(again.session().await.unwrap().tokens(), session.tokens());
    let renewed = again.refresh(&session.tokens().refresh).await.unwrap();
    assert_eq!(renewed.tokens().refresh, session.tokens().refresh);
    assert_ne!(renewed.tokens().access, session.tokens().access);

    again.sign_out().await.unwrap();
    assert!(stage.pool.current_user().unwrap().is_none());
    let revoked = user.refresh(&session.tokens().refresh).await.unwrap_err();
    assert_eq!(code_of(revoked), "NotAuthorizedException");

    let SignIn::Done(_) = user.sign_in_with_password(&changed).await.unwrap() else {
        panic!("a challenge")
    };
    user.delete().await.unwrap();
    assert!(stage.pool.current_user().unwrap().is_none());
}

#[tokio::test]
async fn callers_at_the_same_time_share_a_refresh() {
    let stage = Stage::new().await;
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    let SignIn::Done(session) = user.sign_in(&password).await.unwrap() else {
        panic!("a challenge")
    };
    let token = &session.tokens().refresh;
    let (first, second) = tokio::join!(user.refresh(token), user.refresh(token));
    assert_eq!(first.unwrap().tokens(), second.unwrap().tokens());
}

#[tokio::test]
async fn a_forgotten_password_and_a_temporary_one_are_replaced() {
    let stage = Stage::new().await;
    let user = stage.registered("alice", &"Correct-horse-1".into()).await;
    user.forgot_password().await.unwrap();
    user.confirm_password(&stage.code(), &"Correct-horse-2".into())
        .await
        .unwrap();
    assert!(user.sign_in(&"Correct-horse-2".into()).await.is_ok());

    let input = json!({ "UserPoolId": stage.pool_id, "Username": "bob", "TemporaryPassword": "Temporary-1", "MessageAction": "SUPPRESS" });
    handle(&stage.service, Operation::AdminCreateUser, input);
    let bob = stage.pool.user("bob");
    let step = bob.sign_in(&"Temporary-1".into()).await.unwrap();
    assert!(matches!(step, SignIn::NewPasswordRequired(_)));
    let step = bob
        .complete_new_password(&"Correct-horse-3".into(), &[])
        .await
        .unwrap();
    assert!(matches!(step, SignIn::Done(_)));
}

#[tokio::test]
async fn a_dead_server_is_a_network_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let id = PoolId::parse("eu-west-1_abc").unwrap();
    let pool = UserPool::new(
        id,
        "c",
        Some(endpoint),
        HttpTransport::new().unwrap(),
        MemoryStorage::new(),
    );
    let error = pool.user("alice").sign_in(&"pw".into()).await.unwrap_err();
    assert!(matches!(error, Error::Network(_)));
}

#[tokio::test]
async fn storage_holds_what_upstream_stores() {
    let stage = Stage::new().await;
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    let SignIn::Done(session) = user.sign_in(&password).await.unwrap() else {
        panic!("a challenge")
    };
    let client_id = session.claims()["aud"].as_str().unwrap().to_owned();
    let get = |key: &str| {
        stage
            .storage
            .get(&format!("CognitoIdentityServiceProvider.{client_id}.{key}"))
            .unwrap()
    };
    let name = user.username();
    assert_eq!(get("LastAuthUser").as_deref(), Some(&*name));
    assert_eq!(
        get(&format!("{name}.idToken")).as_deref(),
        Some(&*session.tokens().id)
    );
    assert_eq!(
        get(&format!("{name}.refreshToken")).as_deref(),
        Some(&*session.tokens().refresh)
    );
    // Whole seconds; a second may begin between the pool's clock and ours.
    let drift = get(&format!("{name}.clockDrift")).unwrap();
    assert!(["0", "1"].contains(&&*drift), "{drift}");
}
