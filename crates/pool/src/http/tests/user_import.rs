//! The address at which the file of a user import job is uploaded.

use axum::http::{Request, StatusCode};
use cognito_idp::Operation;
use serde_json::json;

use super::{BASE, NOW, get, send, served};

#[tokio::test]
async fn an_import_jobs_address_takes_its_file() {
    let (service, router) = served();
    let administer = |operation, input| service.handle(operation, input, NOW).unwrap();
    let input = json!({ "PoolName": "pool", "AutoVerifiedAttributes": ["email"] });
    let pool = administer(Operation::CreateUserPool, input)["UserPool"]["Id"].clone();
    let input = json!({
        "UserPoolId": pool, "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs",
    });
    let job = administer(Operation::CreateUserImportJob, input)["UserImportJob"].clone();
    let url = job["PreSignedUrl"].as_str().unwrap();
    let path = url.strip_prefix(BASE).unwrap();
    let put = |path: &str, file: &[u8]| Request::put(path).body(file.to_vec().into()).unwrap();

    let (without_key, _) = path.split_once('?').unwrap();
    let header =
        administer(Operation::GetCSVHeader, json!({ "UserPoolId": pool }))["CSVHeader"].clone();
    let columns: Vec<_> = header
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let values: Vec<_> = columns
        .iter()
        .map(|name| match *name {
            "cognito:username" => "ann",
            "email" => "ann@example.com",
            "email_verified" => "true",
            _ => "",
        })
        .collect();
    let file = format!("{}\n{}\n", columns.join(","), values.join(","));
    let refusal = "This address takes no file, or not any more.";
    let answer = send(&router, put(without_key, file.as_bytes())).await;
    answer.is_error(400, "NotAuthorizedException", refusal);
    let answer = send(&router, put(path, &[0xff])).await;
    answer.is_error(
        400,
        "InvalidParameterException",
        "The file is not UTF-8 text.",
    );
    let answer = send(&router, put(path, file.as_bytes())).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.is_empty());

    let input = json!({ "UserPoolId": pool, "JobId": job["JobId"] });
    let ended = administer(Operation::StartUserImportJob, input);
    assert_eq!(ended["UserImportJob"]["ImportedUsers"], 1);
    let log = get(&router, without_key).await;
    assert_eq!(
        log.body,
        "[SUCCEEDED] Line Number 2 - The import succeeded.\n"
    );
    let unknown = get(&router, "/_local/user-import/us-east-1_000000000/import-1").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
