//! Where a session comes from and how it ends.

use std::sync::Arc;
use std::time::Duration;

use amazon_cognito_identity::{Error, MemoryStorage, Misuse, PoolId, Storage, Tokens, UserPool};
use serde_json::json;

use crate::code_of;
use crate::script::{Script, bringing, pool, signed_in, tokens};

#[tokio::test]
async fn tokens_from_elsewhere_are_a_session() {
    let (script, pool) = pool();
    let tokens = tokens(3600);
    let session = pool.user("alice").set_tokens(tokens.clone()).unwrap();
    assert_eq!(session.tokens(), &tokens);
    let again = pool.current_user().unwrap().unwrap();
    assert_eq!(again.username(), "alice");
    assert_eq!(again.session().await.unwrap().tokens(), &tokens);
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn a_session_that_has_expired_is_renewed() {
    let (script, pool) = pool();
    pool.user("alice").set_tokens(tokens(0)).unwrap();
    let user = pool.current_user().unwrap().unwrap();
    assert!(matches!(
        user.attributes().await,
        Err(Error::Caller(Misuse::NotAuthenticated))
    ));
    let renewed = tokens(3600);
    script.answer(bringing(&renewed));
    assert_eq!(user.session().await.unwrap().tokens(), &renewed);
    let (operation, body) = script.request();
    let expected = json!({
        "ClientId": "client", "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": { "REFRESH_TOKEN": "refresh" },
    });
    assert_eq!((operation.as_str(), body), ("InitiateAuth", expected));
    // From storage too.
    let user = pool.current_user().unwrap().unwrap();
    assert_eq!(user.session().await.unwrap().tokens(), &renewed);
}

#[tokio::test]
async fn without_a_refresh_token_it_is_over() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    assert!(matches!(
        user.session().await,
        Err(Error::Caller(Misuse::NotSignedIn))
    ));
    let expired = tokens(0);
    user.set_tokens(Tokens::new(&*expired.id, &*expired.access, ""))
        .unwrap();
    assert!(matches!(
        user.session().await,
        Err(Error::Caller(Misuse::NoRefreshToken))
    ));
    user.set_tokens(Tokens::new("no", "jwt", "")).unwrap();
    assert!(matches!(
        user.session().await,
        Err(Error::Caller(Misuse::NoRefreshToken))
    ));
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn only_a_refusal_ends_the_session() {
    for (code, kept) in [
        ("NotAuthorizedException", false),
        ("ResourceNotFoundException", true),
    ] {
        let (script, pool) = pool();
        let user = pool.user("alice");
        user.set_tokens(tokens(0)).unwrap();
        script.refuse(code);
        assert_eq!(code_of(user.session().await.unwrap_err()), code);
        assert_eq!(script.requests().len(), 1, "no repetition can help");
        assert_eq!(pool.current_user().unwrap().is_some(), kept, "{code}");
    }
}

#[tokio::test]
async fn what_passes_is_repeated() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    user.set_tokens(tokens(0)).unwrap();
    script.break_off();
    script.answer_with(503, String::new());
    script.refuse("TooManyRequestsException");
    script.answer(bringing(&tokens(3600)));
    user.session().await.unwrap();
    assert_eq!(script.requests().len(), 4);
    let waits = script.slept();
    assert_eq!(waits.len(), 3);
    for (wait, least) in waits.iter().zip([200, 400, 800]) {
        let least = Duration::from_millis(least);
        assert!((least..=least + Duration::from_millis(100)).contains(wait));
    }

    // Not for ever, and the session may still be renewed later.
    user.set_tokens(tokens(0)).unwrap();
    for _ in 0..10 {
        script.break_off();
    }
    assert!(matches!(user.session().await, Err(Error::Network(_))));
    assert_eq!(script.requests().len(), 6);
    assert!(pool.current_user().unwrap().is_some());
}

#[tokio::test]
async fn callers_at_the_same_time_share_a_refresh_and_its_failure() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    let clone = user.with_client_metadata(&[("m", "1")]);
    script.refuse("NotAuthorizedException");
    let (first, second) = tokio::join!(user.refresh("r"), clone.refresh("r"));
    assert_eq!(code_of(first.unwrap_err()), "NotAuthorizedException");
    assert_eq!(code_of(second.unwrap_err()), "NotAuthorizedException");
    assert_eq!(script.requests().len(), 1);

    let renewed = tokens(3600);
    script.answer(bringing(&renewed));
    assert_eq!(user.refresh("r").await.unwrap().tokens(), &renewed);
    assert_eq!(script.requests().len(), 1, "a later caller has their own");
}

#[tokio::test]
async fn a_refresh_names_the_device() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    let mut answer = bringing(&tokens(3600));
    answer["AuthenticationResult"]["NewDeviceMetadata"] =
        json!({ "DeviceKey": "d", "DeviceGroupKey": "g" });
    script.answer(answer);
    user.sign_in_with_password(&"pw".into()).await.unwrap();
    script.requests();
    let again = pool.current_user().unwrap().unwrap();
    script.answer(bringing(&tokens(3600)));
    again.refresh("r").await.unwrap();
    let (_, body) = script.request();
    assert_eq!(body["AuthParameters"]["DEVICE_KEY"], "d");
}

#[tokio::test]
async fn signing_out_forgets_first() {
    let (script, user, _) = signed_in();
    script.refuse("UnsupportedOperationException");
    let error = user.sign_out().await.unwrap_err();
    assert_eq!(code_of(error), "UnsupportedOperationException");
    assert_eq!(script.operations(), ["RevokeToken"]);
    assert!(matches!(
        user.session().await,
        Err(Error::Caller(Misuse::NotSignedIn))
    ));
    user.sign_out().await.unwrap();
    assert!(script.requests().is_empty(), "nobody is signed in");
}

#[tokio::test]
async fn what_cannot_be_revoked_is_not() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    // `{}`: no origin_jti, so that the client has no token revocation.
    user.set_tokens(Tokens::new("e30.e30.c2ln", "e30.e30.c2ln", "refresh"))
        .unwrap();
    user.revoke_tokens().await.unwrap();
    user.sign_out().await.unwrap();
    let without_refresh = tokens(3600);
    user.set_tokens(Tokens::new(
        &*without_refresh.id,
        &*without_refresh.access,
        "",
    ))
    .unwrap();
    user.sign_out().await.unwrap();
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn signing_out_here_tells_nobody() {
    let (script, user, _) = signed_in();
    user.sign_out_here().unwrap();
    assert!(user.session().await.is_err());
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn users_cross_threads_and_are_printed_without_secrets() {
    let (script, user, tokens) = signed_in();
    script.answer(bringing(&tokens));
    let printed = format!("{user:?} {tokens:?} {:?}", user.session().await);
    assert!(printed.contains("alice") && printed.contains("eu-west-1_pool"));
    for secret in [&tokens.id, &tokens.access, &tokens.refresh] {
        let payload = secret.split('.').nth(1).unwrap_or(secret);
        assert!(!printed.contains(payload), "{printed}");
    }
    // Does not compile unless the future is `Send`.
    let sign_in = tokio::spawn(async move { user.sign_in_with_password(&"pw".into()).await });
    assert!(sign_in.await.unwrap().is_ok());
}

/// A storage that is full.
struct Full;

impl Storage for Full {
    type Error = Error;

    fn get(&self, _: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }

    fn set(&self, _: &str, _: &str) -> Result<(), Error> {
        Err(Error::Storage(Arc::new(std::io::Error::other("full"))))
    }

    fn remove(&self, _: &str) -> Result<(), Error> {
        Ok(())
    }
}

#[tokio::test]
async fn a_storage_that_fails_is_named() {
    let script = Script::default();
    let id = PoolId::parse("eu-west-1_pool").unwrap();
    let pool = UserPool::new(id, "client", None, script.clone(), Full);
    script.answer(bringing(&tokens(3600)));
    let error = pool
        .user("alice")
        .sign_in_with_password(&"pw".into())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Storage(_)));
}

#[tokio::test]
async fn storage_of_upstream_is_read() {
    let storage = MemoryStorage::new();
    let tokens = tokens(3600);
    for (key, value) in [
        ("LastAuthUser", "alice"),
        ("alice.idToken", &tokens.id),
        ("alice.accessToken", &tokens.access),
        ("alice.refreshToken", &tokens.refresh),
        ("alice.clockDrift", "NaN"),
        ("alice.deviceKey", "d"),
    ] {
        let key = format!("CognitoIdentityServiceProvider.client.{key}");
        storage.set(&key, value).unwrap();
    }
    let id = PoolId::parse("eu-west-1_pool").unwrap();
    let pool = UserPool::new(id, "client", None, Script::default(), storage);
    let user = pool.current_user().unwrap().unwrap();
    let session = user.session().await.unwrap();
    assert_eq!((session.tokens(), session.clock_drift()), (&tokens, 0.0));
    assert_eq!(user.device_key().unwrap().as_deref(), Some("d"));
}
