use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, attribute, refusal, text},
};

/// The columns that AWS's developer guide shows ("Formatting the CSV file"), in another order than the service's own.
const HEADER: &str = "cognito:username,name,given_name,family_name,middle_name,nickname,preferred_username,profile,\
                      picture,website,email,email_verified,gender,birthdate,zoneinfo,locale,phone_number,\
                      phone_number_verified,address,updated_at,cognito:mfa_enabled";

/// The guide's own users.
const JOHN: &str = "John,,John,Doe,,,,,,,johndoe@example.com,TRUE,,02/01/1985,,,+12345550100,TRUE,123 Any Street,,FALSE";
const JANE: &str = "Jane,,Jane,Roe,,,,,,,janeroe@example.com,TRUE,,01/01/1985,,,+12345550199,TRUE,100 Main Street,,FALSE";

const MINUTE: i64 = 60;
const NO_FILE: &str = "NotAuthorizedException: This address takes no file, or not any more.";

over_both_stores! {
    fn unknown_pools_and_jobs_are_named(stage) {
        for operation in ["DescribeUserImportJob", "StartUserImportJob", "StopUserImportJob"] {
            let input = stage.with_pool(json!({ "JobId": "import-0000000000" }));
            assert_eq!(
                stage.refused(operation, input),
                "ResourceNotFoundException: User import job import-0000000000 does not exist."
            );
        }
        for operation in [
            "GetCSVHeader", "CreateUserImportJob", "DescribeUserImportJob", "ListUserImportJobs", "StartUserImportJob",
            "StopUserImportJob",
        ] {
            let mut input = job_input();
            input["UserPoolId"] = json!("us-east-1_000000000");
            input["JobId"] = json!("import-0000000000");
            input["MaxResults"] = json!(1);
            assert_eq!(
                stage.refused(operation, input),
                "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
                "{operation}"
            );
        }
    }

    fn password_hashes_are_not_taken(stage) {
        let mut input = stage.with_pool(job_input());
        input["PasswordHashingAlgorithm"] = json!("BCRYPT");
        assert!(stage.refused("CreateUserImportJob", input).starts_with("UnsupportedOperationException: "));
    }

    fn a_file_needs_the_jobs_own_key_and_comes_in_time(stage) {
        let (first, second) = (create(&stage), create(&stage));
        let (_, key) = address(&first);
        assert_eq!(refusal(put(&stage, &second, &key, HEADER)), NO_FILE);
        assert_eq!(refusal(put(&stage, &first, "", HEADER)), NO_FILE);
        put(&stage, &first, &key, HEADER).unwrap();
        stage.advance(15 * MINUTE);
        assert_eq!(refusal(put(&stage, &first, &key, HEADER)), NO_FILE);
    }

    fn a_job_starts_with_its_file_and_once(stage) {
        let job = create(&stage);
        assert!(refusal(on(&stage, "StartUserImportJob", &job)).starts_with("PreconditionNotMetException: "));
        assert!(refusal(on(&stage, "StopUserImportJob", &job)).starts_with("PreconditionNotMetException: "));
        upload(&stage, &job, &[JOHN]);
        on(&stage, "StartUserImportJob", &job).unwrap();
        assert!(refusal(on(&stage, "StartUserImportJob", &job)).starts_with("PreconditionNotMetException: "));
        assert!(refusal(on(&stage, "StopUserImportJob", &job)).starts_with("PreconditionNotMetException: "));
        let (_, key) = address(&job);
        assert_eq!(refusal(put(&stage, &job, &key, HEADER)), NO_FILE);
    }

    fn a_job_expires(stage) {
        let job = create(&stage);
        upload(&stage, &job, &[JOHN]);
        stage.advance(24 * 60 * MINUTE);
        assert_eq!(on(&stage, "DescribeUserImportJob", &job).unwrap()["UserImportJob"]["Status"], "Expired");
        assert!(refusal(on(&stage, "StartUserImportJob", &job)).starts_with("PreconditionNotMetException: "));
        assert!(stage.call("AdminGetUser", stage.with_pool(json!({ "Username": "John" }))).is_err());
    }

    fn a_pool_that_verifies_nothing_takes_no_import(stage) {
        let mut stage = stage;
        stage.use_pool(json!({}));
        let job = create(&stage);
        upload(&stage, &job, &[JOHN]);
        assert!(refusal(on(&stage, "StartUserImportJob", &job)).starts_with("PreconditionNotMetException: "));
    }

    fn the_header_has_every_attribute(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "Schema": [{ "Name": "seat", "AttributeDataType": "Number" }] }));
        let answer = stage.ok("GetCSVHeader", stage.with_pool(json!({})));
        assert_eq!(answer["UserPoolId"], json!(stage.pool));
        assert_eq!(answer["CSVHeader"], json!([
            "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
            "website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number",
            "phone_number_verified", "address", "updated_at", "cognito:mfa_enabled", "cognito:username", "custom:seat",
        ]));
    }

    fn a_file_with_another_header_imports_nobody(stage) {
        for header in ["cognito:username,email,email_verified", &format!("{HEADER},custom:x"), ""] {
            let job = create(&stage);
            let (_, key) = address(&job);
            put(&stage, &job, &key, &format!("{header}\n{JOHN}\n")).unwrap();
            let ended = on(&stage, "StartUserImportJob", &job).unwrap();
            assert_eq!(ended["UserImportJob"]["Status"], "Failed", "{header}");
            assert_eq!(ended["UserImportJob"]["ImportedUsers"], 0);
        }
    }

    fn a_line_that_makes_no_user_is_reported_and_the_others_go_on(stage) {
        stage.sign_up("taken");
        let job = create(&stage);
        let mut lines = vec![
            row(&[("cognito:username", "taken"), ("email", "x@example.com"), ("email_verified", "true")]),
            row(&[("cognito:username", "a"), ("email", "x@example.com")]),
            row(&[("cognito:username", "a"), ("email_verified", "true")]),
            row(&[("cognito:username", "a"), ("phone_number", "+15551230001"), ("phone_number_verified", "true")]),
            row(&[("email", "x@example.com"), ("email_verified", "true")]),
            row(&[("cognito:username", "a b"), ("email", "x@example.com"), ("email_verified", "true")]),
            row(&[("cognito:username", "a"), ("email", "nowhere"), ("email_verified", "true")]),
            row(&[("cognito:username", "a"), ("email", "x@example.com"), ("email_verified", "true"), ("cognito:mfa_enabled", "true")]),
            "a,b,c".to_owned(),
        ];
        lines.push(JOHN.to_owned());
        lines.push(String::new());
        lines.push(JANE.to_owned());
        upload(&stage, &job, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        let ended = on(&stage, "StartUserImportJob", &job).unwrap()["UserImportJob"].clone();
        assert_eq!(
            [&ended["ImportedUsers"], &ended["SkippedUsers"], &ended["FailedUsers"]],
            [2, 1, 8]
        );
        assert_eq!(ended["Status"], "Succeeded");
        let log = stage.service.user_import_log(&stage.pool, &text(&job["JobId"])).unwrap();
        let unverified = "The User Record does not set any of the auto verified attributes to true. (Example: \
                          email_verified to true).";
        assert_eq!(log[0], "[SKIPPED] Line Number 2 - The user already exists.");
        assert_eq!(log[1], format!("[FAILED] Line Number 3 - {unverified}"));
        assert_eq!(log[2], format!("[FAILED] Line Number 4 - {unverified}"));
        assert_eq!(log[3], format!("[FAILED] Line Number 5 - {unverified}"));
        assert!(log[4..9].iter().all(|line| line.starts_with("[FAILED] ")), "{log:?}");
        assert_eq!(log[9], "[SUCCEEDED] Line Number 11 - The import succeeded.");
        assert_eq!(log[10], "[SUCCEEDED] Line Number 13 - The import succeeded.");
        assert!(stage.call("AdminGetUser", stage.with_pool(json!({ "Username": "a" }))).is_err());
    }

    fn a_job_that_imports_nobody_has_failed(stage) {
        stage.sign_up("John");
        let job = create(&stage);
        upload(&stage, &job, &[JOHN]);
        let ended = on(&stage, "StartUserImportJob", &job).unwrap();
        assert_eq!(ended["UserImportJob"]["Status"], "Failed");
        assert_eq!(
            ended["UserImportJob"]["CompletionMessage"],
            "Too many users have failed or been skipped during the import."
        );
    }

    fn imported_users_set_a_password_by_their_address_first(stage) {
        let job = create(&stage);
        upload(&stage, &job, &[JOHN, JANE]);
        stage.advance(MINUTE);
        let ended = on(&stage, "StartUserImportJob", &job).unwrap();
        assert_eq!(ended, on(&stage, "DescribeUserImportJob", &job).unwrap());
        assert_eq!(ended["UserImportJob"]["CompletionDate"], 1_700_000_060.0);
        let john = stage.admin_user("John");
        assert_eq!(john["UserStatus"], "RESET_REQUIRED");
        for (name, value) in [
            ("email", "johndoe@example.com"), ("email_verified", "true"), ("phone_number", "+12345550100"),
            ("phone_number_verified", "true"), ("address", "123 Any Street"), ("birthdate", "02/01/1985"),
        ] {
            assert_eq!(attribute(&john["UserAttributes"], name), Some(value));
        }
        assert_eq!(
            refusal(stage.password_sign_in("John", PASSWORD)),
            "PasswordResetRequiredException: Password reset required for the user"
        );
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "John" })));
        stage.ok("ConfirmForgotPassword", stage.with_client(json!({
            "Username": "John", "ConfirmationCode": stage.last_code(), "Password": PASSWORD,
        })));
        stage.tokens("John");
    }

    fn values_follow_the_guides_rules(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }));
        let job = create(&stage);
        let line = row(&[
            ("cognito:username", "ann@example.com"), ("email_verified", "True"), ("name", "  Doe\\, Ann  "),
            ("nickname", "\"annie\""), ("address", "C:\\Users"),
        ]);
        upload(&stage, &job, &[&line]);
        on(&stage, "StartUserImportJob", &job).unwrap();
        let ann = stage.admin_user("ann@example.com");
        let attributes = &ann["UserAttributes"];
        assert_eq!(ann["Username"], attribute(attributes, "sub").unwrap());
        for (name, value) in [
            ("email", "ann@example.com"), ("name", "Doe, Ann"), ("nickname", "\"annie\""), ("address", "C:\\Users"),
        ] {
            assert_eq!(attribute(attributes, name), Some(value));
        }
    }

    fn jobs_are_listed_the_newest_first(stage) {
        let ids: Vec<_> = (0..3)
            .map(|_| {
                stage.advance(1);
                create(&stage)["JobId"].clone()
            })
            .collect();
        let first = stage.ok("ListUserImportJobs", stage.with_pool(json!({ "MaxResults": 2 })));
        let listed = |answer: &Value| -> Vec<_> {
            answer["UserImportJobs"].as_array().unwrap().iter().map(|job| job["JobId"].clone()).collect()
        };
        assert_eq!(listed(&first), [ids[2].clone(), ids[1].clone()]);
        let rest = stage.with_pool(json!({ "MaxResults": 2, "PaginationToken": first["PaginationToken"] }));
        let rest = stage.ok("ListUserImportJobs", rest);
        assert_eq!(listed(&rest), [ids[0].clone()]);
        assert_eq!(rest.get("PaginationToken"), None);
    }
}

fn job_input() -> Value {
    json!({ "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs" })
}

fn create(stage: &Stage) -> Value {
    let created = stage.ok("CreateUserImportJob", stage.with_pool(job_input()));
    let job = &created["UserImportJob"];
    assert_eq!(job["Status"], "Created");
    assert!(text(&job["JobId"]).starts_with("import-"));
    job.clone()
}

/// What is before and after `key=` in the job's address.
fn address(job: &Value) -> (String, String) {
    let url = text(&job["PreSignedUrl"]);
    let (path, key) = url.split_once("?key=").unwrap();
    (path.to_owned(), key.to_owned())
}

fn put(stage: &Stage, job: &Value, key: &str, file: &str) -> Result<(), Error> {
    let id = text(&job["JobId"]);
    stage
        .service
        .upload_user_import(&stage.pool, &id, key, file, stage.now())
}

fn upload(stage: &Stage, job: &Value, lines: &[&str]) {
    let (_, key) = address(job);
    put(
        stage,
        job,
        &key,
        &format!("{HEADER}\n{}\n", lines.join("\n")),
    )
    .unwrap();
}

fn on(stage: &Stage, operation: &str, job: &Value) -> Result<Value, Error> {
    stage.call(operation, stage.with_pool(json!({ "JobId": job["JobId"] })))
}

/// A line with these values and no others.
fn row(values: &[(&str, &str)]) -> String {
    let value = |column: &str| {
        let found = values.iter().find(|(name, _)| *name == column);
        found.map_or("", |(_, value)| *value).to_owned()
    };
    HEADER.split(',').map(value).collect::<Vec<_>>().join(",")
}
