//! Every method's request has the members that `amazon-cognito-identity-js` 6.3.21 sends, and no others,
//! but for those that it sends as null.

use amazon_cognito_identity::{
    CodeDelivery, DeviceStatus, Error, Mfa, MfaPreference, Misuse, Password,
};
use serde_json::{Value, json};

use crate::script::{Script, pool, signed_in};

const METADATA: [(&str, &str); 1] = [("m", "1")];

#[track_caller]
fn assert_sent(script: &Script, operation: &str, body: Value) {
    assert_eq!(script.request(), (operation.to_owned(), body));
}

#[tokio::test]
async fn those_of_anybody() {
    let (script, pool) = pool();
    let with_data = pool
        .with_client_metadata(&METADATA)
        .with_validation_data(&[("v", "2")]);
    let user = pool.user("u");
    let password = Password::from("p");

    let attributes = [("email", "a@b")];
    with_data
        .sign_up("u", &password, &attributes)
        .await
        .unwrap();
    assert_sent(
        &script,
        "SignUp",
        json!({
            "ClientId": "client", "Username": "u", "Password": "p",
            "UserAttributes": [{ "Name": "email", "Value": "a@b" }],
            "ValidationData": [{ "Name": "v", "Value": "2" }], "ClientMetadata": { "m": "1" },
        }),
    );
    pool.sign_up("u", &password, &[]).await.unwrap();
    assert_sent(
        &script,
        "SignUp",
        json!({ "ClientId": "client", "Username": "u", "Password": "p", "UserAttributes": [] }),
    );
    user.confirm_registration("1", true).await.unwrap();
    assert_sent(
        &script,
        "ConfirmSignUp",
        json!({ "ClientId": "client", "ConfirmationCode": "1", "Username": "u", "ForceAliasCreation": true }),
    );
    user.resend_confirmation_code().await.unwrap();
    assert_sent(
        &script,
        "ResendConfirmationCode",
        json!({ "ClientId": "client", "Username": "u" }),
    );
    user.forgot_password().await.unwrap();
    assert_sent(
        &script,
        "ForgotPassword",
        json!({ "ClientId": "client", "Username": "u" }),
    );
    user.confirm_password("1", &password).await.unwrap();
    assert_sent(
        &script,
        "ConfirmForgotPassword",
        json!({ "ClientId": "client", "Username": "u", "ConfirmationCode": "1", "Password": "p" }),
    );
}

#[tokio::test]
async fn those_of_a_signed_in_user() {
    let (script, user, tokens) = signed_in();
    let token = &*tokens.access;
    user.change_password(&"p".into(), &"q".into())
        .await
        .unwrap();
    assert_sent(
        &script,
        "ChangePassword",
        json!({ "PreviousPassword": "p", "ProposedPassword": "q", "AccessToken": token }),
    );
    user.fetch_data().await.unwrap();
    assert_sent(&script, "GetUser", json!({ "AccessToken": token }));
    user.update_attributes(&[("name", "Alice")]).await.unwrap();
    assert_sent(
        &script,
        "UpdateUserAttributes",
        json!({ "AccessToken": token, "UserAttributes": [{ "Name": "name", "Value": "Alice" }] }),
    );
    user.delete_attributes(&["name"]).await.unwrap();
    assert_sent(
        &script,
        "DeleteUserAttributes",
        json!({ "UserAttributeNames": ["name"], "AccessToken": token }),
    );
    user.attribute_verification_code("email").await.unwrap();
    assert_sent(
        &script,
        "GetUserAttributeVerificationCode",
        json!({ "AttributeName": "email", "AccessToken": token }),
    );
    user.verify_attribute("email", "1").await.unwrap();
    assert_sent(
        &script,
        "VerifyUserAttribute",
        json!({ "AttributeName": "email", "Code": "1", "AccessToken": token }),
    );
    let preferences = [
        (Mfa::Sms, MfaPreference::Disabled),
        (Mfa::SoftwareToken, MfaPreference::Preferred),
    ];
    user.set_mfa_preference(&preferences).await.unwrap();
    assert_sent(
        &script,
        "SetUserMFAPreference",
        json!({
            "SMSMfaSettings": { "Enabled": false, "PreferredMfa": false },
            "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true },
            "AccessToken": token,
        }),
    );
    user.set_mfa_preference(&[(Mfa::Sms, MfaPreference::Enabled)])
        .await
        .unwrap();
    assert_sent(
        &script,
        "SetUserMFAPreference",
        json!({ "SMSMfaSettings": { "Enabled": true, "PreferredMfa": false }, "AccessToken": token }),
    );
    user.revoke_tokens().await.unwrap();
    assert_sent(
        &script,
        "RevokeToken",
        json!({ "Token": "refresh", "ClientId": "client" }),
    );
    user.delete().await.unwrap();
    assert_sent(&script, "DeleteUser", json!({ "AccessToken": token }));
}

#[tokio::test]
async fn those_about_devices() {
    let (script, user, tokens) = signed_in();
    let token = &*tokens.access;
    user.list_devices(60, None).await.unwrap();
    assert_sent(
        &script,
        "ListDevices",
        json!({ "AccessToken": token, "Limit": 60 }),
    );
    user.list_devices(1, Some("next")).await.unwrap();
    assert_sent(
        &script,
        "ListDevices",
        json!({ "AccessToken": token, "Limit": 1, "PaginationToken": "next" }),
    );
    user.forget_specific_device("other").await.unwrap();
    assert_sent(
        &script,
        "ForgetDevice",
        json!({ "AccessToken": token, "DeviceKey": "other" }),
    );

    let no_device = |outcome: Result<(), Error>| {
        assert!(matches!(outcome, Err(Error::Caller(Misuse::NoDevice))));
        assert!(script.requests().is_empty());
    };
    no_device(user.device().await.map(drop));
    no_device(user.set_device_status(DeviceStatus::Remembered).await);
    no_device(user.forget_device().await);
}

/// The client metadata goes where the service's model has a member for it, and nowhere else.
#[tokio::test]
async fn client_metadata_is_sent_where_it_is_taken() {
    let (script, user, _) = signed_in();
    let plain = user.clone();
    let user = user.with_client_metadata(&METADATA);
    let p = Password::from("p");

    user.confirm_registration("1", false).await.unwrap();
    user.resend_confirmation_code().await.unwrap();
    user.forgot_password().await.unwrap();
    user.confirm_password("1", &p).await.unwrap();
    user.change_password(&p, &p).await.unwrap();
    user.update_attributes(&[]).await.unwrap();
    user.attribute_verification_code("email").await.unwrap();
    for result in [
        user.sign_in(&p).await,
        user.sign_in_custom_with_srp(&p).await,
        user.sign_in_with_password(&p).await,
        user.sign_in_custom(&[]).await,
        user.complete_new_password(&p, &[]).await,
        user.answer_mfa(Mfa::Sms, "1").await,
        user.select_mfa(Mfa::Sms).await,
        user.answer_custom_challenge("1").await,
    ] {
        assert!(matches!(result, Err(Error::UnexpectedResponse(_))));
    }
    assert!(user.refresh("r").await.is_err());
    user.delete().await.unwrap();
    let requests = script.requests();
    assert_eq!(requests.len(), 17);
    for (operation, body) in requests {
        assert_eq!(body["ClientMetadata"], json!({ "m": "1" }), "{operation}");
    }

    plain.forgot_password().await.unwrap();
    assert_eq!(script.request().1.get("ClientMetadata"), None);
    plain.set_tokens(crate::script::tokens(3600)).unwrap();
    user.fetch_data().await.unwrap();
    user.delete_attributes(&[]).await.unwrap();
    user.verify_attribute("email", "1").await.unwrap();
    user.set_mfa_preference(&[]).await.unwrap();
    user.list_devices(1, None).await.unwrap();
    user.global_sign_out().await.unwrap();
    for (operation, body) in script.requests() {
        assert_eq!(body.get("ClientMetadata"), None, "{operation}");
    }
}

#[tokio::test]
async fn a_user_who_is_not_signed_in_asks_nothing() {
    let (script, pool) = pool();
    let user = pool.user("alice");
    let p = Password::from("p");
    for outcome in [
        user.change_password(&p, &p).await,
        user.attributes().await.map(drop),
        user.data().await.map(drop),
        user.fetch_data().await.map(drop),
        user.update_attributes(&[]).await.map(drop),
        user.delete_attributes(&[]).await,
        user.attribute_verification_code("email").await.map(drop),
        user.verify_attribute("email", "1").await,
        user.set_mfa_preference(&[]).await,
        user.associate_software_token().await.map(drop),
        user.verify_software_token("1", "phone").await.map(drop),
        user.device().await.map(drop),
        user.list_devices(1, None).await.map(drop),
        user.set_device_status(DeviceStatus::Remembered).await,
        user.forget_device().await,
        user.forget_specific_device("d").await,
        user.global_sign_out().await,
        user.delete().await,
    ] {
        assert!(matches!(
            outcome,
            Err(Error::Caller(Misuse::NotAuthenticated))
        ));
    }
    assert!(matches!(
        user.revoke_tokens().await,
        Err(Error::Caller(Misuse::NotSignedIn))
    ));
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn answers_are_read() {
    let (script, user, _) = signed_in();
    let details = |attribute| {
        json!({
            "Destination": "a***@b***", "DeliveryMedium": "EMAIL", "AttributeName": attribute,
        })
    };
    let is_email = |delivery: &CodeDelivery| {
        assert_eq!(delivery.destination, "a***@b***");
        assert_eq!(
            (&*delivery.medium, &*delivery.attribute),
            ("EMAIL", "email")
        );
    };
    script.answer(json!({ "CodeDeliveryDetailsList": [details("email"), details("x")] }));
    let deliveries = user.update_attributes(&[("email", "a@b")]).await.unwrap();
    assert_eq!(deliveries.len(), 2);
    is_email(&deliveries[0]);
    script.answer(json!({ "CodeDeliveryDetails": details("email") }));
    is_email(&user.forgot_password().await.unwrap().unwrap());

    script.answer(json!({
        "Devices": [{
            "DeviceKey": "k", "DeviceCreateDate": 1.5, "DeviceLastModifiedDate": 2,
            "DeviceAttributes": [{ "Name": "device_name", "Value": "phone" }],
        }, {}],
        "PaginationToken": "next",
    }));
    let page = user.list_devices(2, None).await.unwrap();
    assert_eq!(page.pagination_token.as_deref(), Some("next"));
    let device = &page.devices[0];
    assert_eq!(
        (&*device.key, &*device.attributes["device_name"]),
        ("k", "phone")
    );
    assert_eq!(
        (device.created, device.last_modified),
        (Some(1.5), Some(2.0))
    );
    assert_eq!(device.last_authenticated, None);
}

/// What another call brought is kept until the user is changed.
#[tokio::test]
async fn user_data_is_kept_until_it_changes() {
    let (script, user, _) = signed_in();
    let answer = |name: &str| {
        script.answer(json!({
            "Username": name,
            "UserAttributes": [{ "Name": "email", "Value": "a@b" }, { "Name": "odd" }],
            "UserMFASettingList": ["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"],
            "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
        }));
    };
    answer("first");
    let data = user.data().await.unwrap();
    assert_eq!(data.username, "first");
    assert_eq!(data.attributes["email"], "a@b");
    assert_eq!(data.attributes.len(), 1);
    assert_eq!(data.mfas, [Mfa::Sms, Mfa::SoftwareToken]);
    assert_eq!(data.preferred_mfa, Some(Mfa::SoftwareToken));
    assert_eq!(user.data().await.unwrap(), data);
    assert_eq!(script.operations(), ["GetUser"]);

    answer("second");
    assert_eq!(user.fetch_data().await.unwrap().username, "second");
    assert_eq!(user.data().await.unwrap().username, "second");
    assert_eq!(script.operations(), ["GetUser"]);

    user.update_attributes(&[]).await.unwrap();
    answer("third");
    assert_eq!(user.data().await.unwrap().username, "third");
    assert_eq!(script.operations(), ["UpdateUserAttributes", "GetUser"]);
}
