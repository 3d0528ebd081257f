//! What threat protection needs of the transport: the peer's address, and the page that the mail's links lead to.

use std::net::SocketAddr;

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use cognito_idp::Operation;
use serde_json::{Value, json};

use super::{Answer, BASE, NOW, get, send, served};

const PASSWORD: &str = "Correct-horse-7";

#[tokio::test]
async fn the_peers_address_is_noted_and_the_mails_links_lead_here() {
    let (service, router) = served();
    let administer = |operation, input| service.handle(operation, input, NOW).unwrap();
    let pool = administer(
        Operation::CreateUserPool,
        json!({ "PoolName": "pool", "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" } }),
    )["UserPool"]["Id"]
        .clone();
    let client = administer(
        Operation::CreateUserPoolClient,
        json!({ "UserPoolId": pool, "ClientName": "client", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }),
    )["UserPoolClient"]["ClientId"]
        .clone();
    administer(
        Operation::AdminCreateUser,
        json!({
            "UserPoolId": pool, "Username": "ann", "MessageAction": "SUPPRESS",
            "UserAttributes": [{ "Name": "email", "Value": "ann@example.com" }, { "Name": "email_verified", "Value": "true" }],
        }),
    );
    administer(
        Operation::AdminSetUserPassword,
        json!({ "UserPoolId": pool, "Username": "ann", "Password": PASSWORD, "Permanent": true }),
    );
    administer(
        Operation::SetRiskConfiguration,
        json!({ "UserPoolId": pool, "AccountTakeoverRiskConfiguration": {
            "NotifyConfiguration": { "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com" },
            "Actions": { "LowAction": { "Notify": true, "EventAction": "NO_ACTION" } },
        } }),
    );
    for peer in ["203.0.113.7:40000", "203.0.113.8:40000"] {
        let answer = sign_in(&router, peer, &client).await;
        assert_eq!(answer.status, 200);
    }
    let events = || {
        let user = json!({ "UserPoolId": pool, "Username": "ann" });
        administer(Operation::AdminListUserAuthEvents, user)["AuthEvents"].clone()
    };
    assert_eq!(events()[0]["EventContextData"]["IpAddress"], "203.0.113.8");

    let mail = service.outbox().unwrap().pop().unwrap().body;
    let link = mail.split('"').find_map(|part| part.strip_prefix(BASE));
    let link = link.unwrap().replace("&amp;", "&");
    let forged = link.replace("token=", "token=x");
    get(&router, &forged)
        .await
        .is_error(400, "NotAuthorizedException", "Invalid feedback token.");
    assert_eq!(get(&router, &link).await.status, 200);
    assert_eq!(events()[0]["EventFeedback"]["FeedbackValue"], "Valid");
    get(&router, &link)
        .await
        .is_error(400, "NotAuthorizedException", "Invalid feedback token.");
}

async fn sign_in(router: &Router, peer: &str, client: &Value) -> Answer {
    let input = json!({
        "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "ann", "PASSWORD": PASSWORD },
    });
    let peer: SocketAddr = peer.parse().unwrap();
    let request = Request::post("/")
        .extension(ConnectInfo(peer))
        .header("Content-Type", "application/x-amz-json-1.1")
        .header(
            "X-Amz-Target",
            "AWSCognitoIdentityProviderService.InitiateAuth",
        );
    send(router, request.body(Body::from(input.to_string())).unwrap()).await
}
