//! Whole journeys over HTTP.

use amazon_cognito_identity::{
    Error, HttpTransport, MemoryStorage, Misuse, Password, PoolId, SignIn, Storage, UserPool,
};
use cognito_idp::Operation;
use serde_json::json;

use crate::stage::{Stage, handle};
use crate::{another_than, code_of, done};

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

    let session = done(user.sign_in(&password).await.unwrap());
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

    done(user.sign_in_with_password(&changed).await.unwrap());
    user.delete().await.unwrap();
    assert!(stage.pool.current_user().unwrap().is_none());
}

#[tokio::test]
async fn callers_at_the_same_time_share_a_refresh() {
    let stage = Stage::new().await;
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    let session = done(user.sign_in(&password).await.unwrap());
    let token = &session.tokens().refresh;
    let (first, second) = tokio::join!(user.refresh(token), user.refresh(token));
    assert_eq!(first.unwrap().tokens(), second.unwrap().tokens());
}

#[tokio::test]
async fn refresh_tokens_that_rotate_are_good_once() {
    let rotation = json!({ "Feature": "ENABLED", "RetryGracePeriodSeconds": 0 });
    let client = json!({
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"], "RefreshTokenRotation": rotation,
    });
    let mut stage = Stage::with_client(json!({}), client).await;
    stage.pool = stage.pool.with_refresh_token_rotation();
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    let first = done(user.sign_in(&password).await.unwrap());
    let second = user.refresh(&first.tokens().refresh).await.unwrap();
    assert_ne!(second.tokens().refresh, first.tokens().refresh);
    // Another visit finds the one that took its place.
    let again = stage.pool.current_user().unwrap().unwrap();
    let stored = again.session().await.unwrap();
    assert_eq!(stored.tokens(), second.tokens());
    let third = again.refresh(&stored.tokens().refresh).await.unwrap();
    assert_eq!(third.claims()["email"], "alice@example.com");

    let reused = user.refresh(&first.tokens().refresh).await.unwrap_err();
    assert_eq!(code_of(reused), "RefreshTokenReuseException");
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
async fn a_new_address_is_proved() {
    let stage = Stage::new().await;
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    done(user.sign_in(&password).await.unwrap());
    assert_eq!(
        user.data().await.unwrap().attributes["email_verified"],
        "true"
    );

    let address = [("email", "alice@elsewhere.example"), ("name", "Alice")];
    let deliveries = user.update_attributes(&address).await.unwrap();
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0].attribute, "email");
    let data = user.data().await.unwrap();
    assert_eq!(data.attributes["email"], "alice@elsewhere.example");
    assert_eq!(data.attributes["email_verified"], "false");
    assert_eq!(data.attributes["name"], "Alice");

    let delivery = user.attribute_verification_code("email").await.unwrap();
    assert_eq!(delivery.unwrap().medium, "EMAIL");
    let (right, wrong) = (stage.code(), another_than(&stage.code()));
    let error = user.verify_attribute("email", &wrong).await.unwrap_err();
    assert_eq!(code_of(error), "CodeMismatchException");
    user.verify_attribute("email", &right).await.unwrap();
    user.delete_attributes(&["name"]).await.unwrap();
    let attributes = user.attributes().await.unwrap();
    assert_eq!(attributes["email_verified"], "true");
    assert!(!attributes.contains_key("name"));
}

#[tokio::test]
async fn all_sessions_end_at_once() {
    let stage = Stage::new().await;
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    let elsewhere = stage.pool.user("alice");
    done(user.sign_in(&password).await.unwrap());
    let session = done(elsewhere.sign_in(&password).await.unwrap());
    user.global_sign_out().await.unwrap();
    let token = &session.tokens().refresh;
    let error = elsewhere.refresh(token).await.unwrap_err();
    assert_eq!(code_of(error), "NotAuthorizedException");
}

#[tokio::test]
async fn a_revoked_refresh_token_is_of_no_use() {
    let stage = Stage::new().await;
    let password = Password::from("Correct-horse-1");
    let user = stage.registered("alice", &password).await;
    let session = done(user.sign_in(&password).await.unwrap());
    user.revoke_tokens().await.unwrap();
    let kept = user.session().await.unwrap();
    assert_eq!(kept.tokens(), session.tokens(), "it stays here");
    let error = user.refresh(&kept.tokens().refresh).await.unwrap_err();
    assert_eq!(code_of(error), "NotAuthorizedException");
    assert!(user.session().await.is_err());
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
    let session = done(user.sign_in(&password).await.unwrap());
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

#[tokio::test]
async fn a_user_chooses_what_to_sign_in_with() {
    let factors =
        json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } });
    let stage = Stage::with(json!({ "Policies": factors })).await;
    let user = stage.registered("alice", &"Correct-horse-1".into()).await;

    let SignIn::OtherChallenge {
        name, available, ..
    } = user.sign_in_by_choice(&[]).await.unwrap()
    else {
        panic!("another challenge")
    };
    assert_eq!(name, "SELECT_CHALLENGE");
    assert!(available.contains(&"EMAIL_OTP".to_owned()));

    let chosen = user.answer_challenge(&name, &[("ANSWER", "EMAIL_OTP")]);
    let SignIn::OtherChallenge {
        name, parameters, ..
    } = chosen.await.unwrap()
    else {
        panic!("another challenge")
    };
    assert_eq!(name, "EMAIL_OTP");
    assert_eq!(parameters["CODE_DELIVERY_DELIVERY_MEDIUM"], "EMAIL");

    let code = stage.code();
    let wrong = [("EMAIL_OTP_CODE", &*another_than(&code))];
    let refused = user.answer_challenge(&name, &wrong).await.unwrap_err();
    assert_eq!(code_of(refused), "CodeMismatchException");
    let right = [("EMAIL_OTP_CODE", &*code)];
    done(user.answer_challenge(&name, &right).await.unwrap());
}
