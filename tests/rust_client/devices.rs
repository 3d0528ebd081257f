//! Journeys over HTTP from devices that the pool remembers.

use amazon_cognito_identity::{DeviceStatus, Password, SignIn, Storage};
use cognito_idp::Operation;
use serde_json::json;

use crate::stage::{HttpUser, Stage, handle};
use crate::{code_of, done};

const PASSWORD: &str = "Correct-horse-1";

/// A user of a pool that tracks devices, who has signed in once.
async fn signed_in(asks: bool) -> (Stage, HttpUser, SignIn) {
    let stage = Stage::with(json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": asks,
    } }))
    .await;
    let password = Password::from(PASSWORD);
    let user = stage.registered("alice", &password).await;
    let step = user.sign_in(&password).await.unwrap();
    (stage, user, step)
}

#[tokio::test]
async fn a_device_is_confirmed_and_proves_itself() {
    let (stage, user, step) = signed_in(false).await;
    let session = done(step);
    let key = user.device_key().unwrap().unwrap();
    let device = user.device().await.unwrap();
    assert_eq!(device.key, key);
    assert_eq!(device.attributes["device_name"], "amazon-cognito-identity");
    assert_eq!(
        device.attributes["dev:device_remembered_status"],
        "remembered"
    );
    assert!(device.created.is_some() && device.last_authenticated.is_some());

    // A refresh token is good on its device alone: the device is named.
    user.refresh(&session.tokens().refresh).await.unwrap();

    // Other visits, by name as typed: the device proves itself and is no new one.
    let again = stage.pool.user("alice");
    done(again.sign_in(&PASSWORD.into()).await.unwrap());
    let again = stage.pool.user("alice");
    done(again.sign_in_with_password(&PASSWORD.into()).await.unwrap());
    assert_eq!(again.device_key().unwrap(), Some(key.clone()));
    let page = again.list_devices(10, None).await.unwrap();
    let keys: Vec<_> = page.devices.iter().map(|device| &device.key).collect();
    assert_eq!((keys, page.pagination_token), (vec![&key], None));
}

#[tokio::test]
async fn a_device_with_another_secret_is_refused() {
    let (stage, user, step) = signed_in(false).await;
    let client_id = done(step).claims()["aud"].as_str().unwrap().to_owned();
    let key = format!(
        "CognitoIdentityServiceProvider.{client_id}.{}.randomPasswordKey",
        user.username()
    );
    assert!(stage.storage.get(&key).unwrap().is_some());
    stage.storage.set(&key, "another").unwrap();
    user.sign_out().await.unwrap();
    let error = stage
        .pool
        .user("alice")
        .sign_in(&PASSWORD.into())
        .await
        .unwrap_err();
    assert_eq!(code_of(error), "NotAuthorizedException");
    assert!(stage.pool.current_user().unwrap().is_none());
}

#[tokio::test]
async fn a_device_that_the_pool_forgot_is_a_new_one() {
    let (stage, user, step) = signed_in(false).await;
    done(step);
    let old = user.device_key().unwrap().unwrap();
    let input = json!({ "UserPoolId": stage.pool_id, "Username": "alice", "DeviceKey": old });
    handle(&stage.service, Operation::AdminForgetDevice, input);

    let again = stage.pool.user("alice");
    done(again.sign_in(&PASSWORD.into()).await.unwrap());
    let new = again.device_key().unwrap().unwrap();
    assert_ne!(new, old);
    assert_eq!(again.device().await.unwrap().key, new);
}

#[tokio::test]
async fn the_user_says_whether_a_device_is_remembered() {
    let (_, user, step) = signed_in(true).await;
    assert!(matches!(step, SignIn::UserConfirmationNecessary(_)));
    let status = async || {
        let device = user.device().await.unwrap();
        device.attributes["dev:device_remembered_status"].clone()
    };
    assert_eq!(status().await, "not_remembered");
    user.set_device_status(DeviceStatus::Remembered)
        .await
        .unwrap();
    assert_eq!(status().await, "remembered");
    user.set_device_status(DeviceStatus::NotRemembered)
        .await
        .unwrap();
    assert_eq!(status().await, "not_remembered");
}

#[tokio::test]
async fn a_device_is_forgotten_on_both_sides() {
    let (stage, user, step) = signed_in(false).await;
    done(step);
    let key = user.device_key().unwrap().unwrap();
    user.forget_device().await.unwrap();
    assert_eq!(user.device_key().unwrap(), None);
    assert_eq!(stage.pool.user(user.username()).device_key().unwrap(), None);
    let error = user.forget_specific_device(&key).await.unwrap_err();
    assert_eq!(code_of(error), "ResourceNotFoundException");
    assert!(
        user.list_devices(10, None)
            .await
            .unwrap()
            .devices
            .is_empty()
    );
}
