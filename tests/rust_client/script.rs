//! A service whose answers are written down beforehand.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use amazon_cognito_identity::{
    HttpRequest, HttpResponse, MemoryStorage, PoolId, Tokens, Transport, User, UserPool,
};
use cognito_srp::encoding::base64_encode;
use serde_json::{Value, json};

pub type ScriptedPool = UserPool<Script, Arc<MemoryStorage>>;
pub type ScriptedUser = User<Script, Arc<MemoryStorage>>;

/// Answers in turn, then `{}`; keeps what was asked.
#[derive(Clone, Default)]
pub struct Script {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    answers: VecDeque<Option<HttpResponse>>,
    requests: Vec<(String, Value)>,
    slept: Vec<Duration>,
}

impl Script {
    pub fn answer(&self, body: Value) {
        self.answer_with(200, body.to_string());
    }

    pub fn refuse(&self, code: &str) {
        self.answer_with(400, json!({ "__type": code, "message": "no" }).to_string());
    }

    pub fn answer_with(&self, status: u16, body: String) {
        let response = HttpResponse {
            status,
            body: body.into(),
            ..HttpResponse::default()
        };
        self.inner.lock().unwrap().answers.push_back(Some(response));
    }

    /// No answer comes.
    pub fn break_off(&self) {
        self.inner.lock().unwrap().answers.push_back(None);
    }

    /// Operations and bodies since the last time.
    pub fn requests(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.inner.lock().unwrap().requests)
    }

    /// The one request since the last time.
    pub fn request(&self) -> (String, Value) {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }

    pub fn operations(&self) -> Vec<String> {
        self.requests().into_iter().map(|(name, _)| name).collect()
    }

    pub fn slept(&self) -> Vec<Duration> {
        std::mem::take(&mut self.inner.lock().unwrap().slept)
    }
}

impl Transport for Script {
    async fn post(
        &self,
        request: HttpRequest,
    ) -> Result<HttpResponse, Arc<dyn StdError + Send + Sync>> {
        // So that requests at the same time meet.
        tokio::task::yield_now().await;
        let mut headers = request.headers.iter();
        let (_, target) = headers.find(|(name, _)| *name == "X-Amz-Target").unwrap();
        let (_, operation) = target.rsplit_once('.').unwrap();
        let body = serde_json::from_str(&request.body).unwrap();
        let mut inner = self.inner.lock().unwrap();
        inner.requests.push((operation.to_owned(), body));
        match inner.answers.pop_front() {
            Some(Some(response)) => Ok(response),
            Some(None) => Err(Arc::new(std::io::Error::other("broken off"))),
            None => Ok(HttpResponse {
                status: 200,
                body: b"{}".to_vec(),
                ..HttpResponse::default()
            }),
        }
    }

    async fn sleep(&self, duration: Duration) {
        self.inner.lock().unwrap().slept.push(duration);
    }
}

pub fn pool() -> (Script, ScriptedPool) {
    let script = Script::default();
    let id = PoolId::parse("eu-west-1_pool").unwrap();
    let storage = Arc::new(MemoryStorage::new());
    let pool = UserPool::new(id, "client", None, script.clone(), storage);
    (script, pool)
}

/// A user who is signed in.
pub fn signed_in() -> (Script, ScriptedUser, Tokens) {
    let (script, pool) = pool();
    let user = pool.user("alice");
    let tokens = tokens(3600);
    user.set_tokens(tokens.clone()).unwrap();
    (script, user, tokens)
}

/// Tokens that were issued now and expire so many seconds later.
pub fn tokens(lifetime: i64) -> Tokens {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64;
    let jwt = |name: &str| {
        let claims = json!({
            "iat": now, "exp": now + lifetime, "token_use": name, "origin_jti": "origin",
        });
        format!("e30.{}.c2ln", base64_encode(claims.to_string().as_bytes()))
    };
    Tokens::new(jwt("id"), jwt("access"), "refresh")
}

/// The answer that brings tokens.
pub fn bringing(tokens: &Tokens) -> Value {
    json!({ "AuthenticationResult": {
        "IdToken": tokens.id, "AccessToken": tokens.access, "RefreshToken": tokens.refresh,
    } })
}
