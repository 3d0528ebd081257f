//! The page that the links in messages lead to by which users confirm their sign-up.

use cognito_idp::Operation;
use serde_json::{Value, json};

use super::{BASE, NOW, get, served};
use crate::Service;

#[tokio::test]
async fn a_link_confirms_its_user() {
    let (service, router) = served();
    let call = |operation, input| service.handle(operation, input, NOW).unwrap();
    let input = json!({
        "PoolName": "pool", "AutoVerifiedAttributes": ["email"], "UsernameAttributes": ["email"],
        "VerificationMessageTemplate": { "DefaultEmailOption": "CONFIRM_WITH_LINK" },
    });
    let pool = call(Operation::CreateUserPool, input)["UserPool"]["Id"].clone();
    // A link cannot know a client's secret.
    let input = json!({ "UserPoolId": pool, "ClientName": "client", "GenerateSecret": true });
    let client = call(Operation::CreateUserPoolClient, input)["UserPoolClient"].clone();
    sign_up(&service, &client, "ann@example.com");

    let sent = service.outbox().unwrap().pop().unwrap();
    let link = sent.link.unwrap();
    let path = link.strip_prefix(BASE).unwrap();
    let status = || {
        let user = json!({ "UserPoolId": pool, "Username": "ann@example.com" });
        let user = call(Operation::AdminGetUser, user);
        let attributes = user["UserAttributes"].as_array().unwrap();
        let verified = attributes
            .iter()
            .any(|attribute| *attribute == json!({ "Name": "email_verified", "Value": "true" }));
        (user["UserStatus"].clone(), verified)
    };

    let wrong = path.replace(&sent.code, "none");
    let refusal = "Invalid verification code provided, please try again.";
    get(&router, &wrong)
        .await
        .is_error(400, "CodeMismatchException", refusal);
    let without = get(&router, "/confirmUser").await;
    assert_eq!(without.json()["__type"], "InvalidParameterException");
    assert_eq!(status(), (json!("UNCONFIRMED"), false));

    let page = get(&router, path).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.body, "Your registration has been confirmed!\n");
    assert_eq!(status(), (json!("CONFIRMED"), true));
    let refusal = "User cannot be confirmed. Current status is CONFIRMED";
    get(&router, path)
        .await
        .is_error(400, "NotAuthorizedException", refusal);
}

fn sign_up(service: &Service, client: &Value, email: &str) {
    let (id, secret) = (&client["ClientId"], &client["ClientSecret"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let hash = cognito_srp::hmac_sha256(
        text(secret).as_bytes(),
        &[email.as_bytes(), text(id).as_bytes()],
    );
    let input = json!({
        "ClientId": id, "Username": email, "Password": "Correct-horse-7",
        "SecretHash": cognito_srp::encoding::base64_encode(&hash),
    });
    service.handle(Operation::SignUp, input, NOW).unwrap();
}
