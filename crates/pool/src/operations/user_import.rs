//! `GetCSVHeader`, `CreateUserImportJob`, `DescribeUserImportJob`, `ListUserImportJobs`, `StartUserImportJob`,
//! `StopUserImportJob`.
//!
//! A job runs while `StartUserImportJob` is answered: where the service answers `Pending`, this answer tells the end.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        CreateUserImportJobRequest, CreateUserImportJobResponse, DescribeUserImportJobRequest,
        DescribeUserImportJobResponse, GetCSVHeaderRequest, GetCSVHeaderResponse,
        ListUserImportJobsRequest, ListUserImportJobsResponse, StartUserImportJobRequest,
        StartUserImportJobResponse, StopUserImportJobRequest, StopUserImportJobResponse,
        UserImportJobStatusType, UserImportJobType,
    },
};

use crate::{
    errors, identifiers, keys, page,
    pool::Pool,
    records::Records,
    service::Call,
    user_import::{ImportJob, Outcome, csv, row},
};

pub(super) fn get_csv_header(
    call: Call<'_>,
    input: GetCSVHeaderRequest,
) -> Result<GetCSVHeaderResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        Ok(GetCSVHeaderResponse {
            csv_header: Some(csv::header(&pool)),
            user_pool_id: Some(pool.id.clone()),
        })
    })
}

pub(super) fn create_user_import_job(
    call: Call<'_>,
    input: CreateUserImportJobRequest,
) -> Result<CreateUserImportJobResponse, Error> {
    if input.password_hashing_algorithm.is_some() {
        // No verifier can be made from a hash, and so no SRP sign-in verified.
        return Err(errors::not_implemented("Importing password hashes"));
    }
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let id = identifiers::import_job_id(call.random());
        let upload_key = identifiers::secret::<32>(call.random());
        let url = call.user_import_url(&pool.id, &id, &upload_key);
        let shown = UserImportJobType {
            job_name: Some(input.job_name),
            pre_signed_url: Some(url),
            cloud_watch_logs_role_arn: Some(input.cloud_watch_logs_role_arn),
            ..UserImportJobType::default()
        };
        let job = ImportJob::new(&pool.id, id, upload_key, shown, call.now);
        job.insert(records)?;
        Ok(CreateUserImportJobResponse {
            user_import_job: Some(job.shown),
        })
    })
}

pub(super) fn describe_user_import_job(
    call: Call<'_>,
    input: DescribeUserImportJobRequest,
) -> Result<DescribeUserImportJobResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let job = ImportJob::load(records, &pool.id, &input.job_id)?;
        Ok(DescribeUserImportJobResponse {
            user_import_job: Some(job.shown),
        })
    })
}

pub(super) fn list_user_import_jobs(
    call: Call<'_>,
    input: ListUserImportJobsRequest,
) -> Result<ListUserImportJobsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let page = records.page::<String>(
            &keys::import_jobs_by_time(&pool.id),
            input.pagination_token.as_deref(),
            page::size(Some(input.max_results)),
        )?;
        let jobs = page
            .items
            .iter()
            .map(|id| Ok(ImportJob::load(records, &pool.id, id)?.shown))
            .collect::<Result<_, Error>>()?;
        Ok(ListUserImportJobsResponse {
            user_import_jobs: Some(jobs),
            pagination_token: page.next,
        })
    })
}

pub(super) fn start_user_import_job(
    call: Call<'_>,
    input: StartUserImportJobRequest,
) -> Result<StartUserImportJobResponse, Error> {
    let (pool, file) = call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut job = ImportJob::load(records, &pool.id, &input.job_id)?;
        let file = check_ready(records, &pool, &job)?;
        job.shown.status = Some(UserImportJobStatusType::InProgress);
        job.shown.start_date = Some(call.now.api_timestamp());
        job.save(records)?;
        Ok((pool, file))
    })?;
    let readable = import_all(call, &pool, &input.job_id, &file)?;
    call.transact(|records| {
        let mut job = ImportJob::load(records, &pool.id, &input.job_id)?;
        if job.is(UserImportJobStatusType::InProgress) {
            let (status, message) = end(&job, readable);
            job.finish(records, status, message)?;
        }
        Ok(StartUserImportJobResponse {
            user_import_job: Some(job.shown),
        })
    })
}

pub(super) fn stop_user_import_job(
    call: Call<'_>,
    input: StopUserImportJobRequest,
) -> Result<StopUserImportJobResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut job = ImportJob::load(records, &pool.id, &input.job_id)?;
        if !job.is(UserImportJobStatusType::InProgress) {
            return Err(not_met("The user import job is not in progress."));
        }
        job.finish(
            records,
            UserImportJobStatusType::Stopped,
            "The Import Job was stopped by the developer.",
        )?;
        Ok(StopUserImportJobResponse {
            user_import_job: Some(job.shown),
        })
    })
}

/// The file of a job that can start.
fn check_ready(records: &Records<'_>, pool: &Pool, job: &ImportJob) -> Result<String, Error> {
    if !job.is(UserImportJobStatusType::Created) {
        return Err(not_met(
            "The user import job has been started or has expired.",
        ));
    }
    let verifies = pool.settings.auto_verified_attributes.as_ref();
    if verifies.is_none_or(Vec::is_empty) {
        return Err(not_met("The user pool has no auto-verified attributes."));
    }
    job.file(records)?
        .ok_or_else(|| not_met("No CSV file has been uploaded for the user import job."))
}

/// Imports each line on its own, so that one which fails leaves nothing behind and a stop is heeded between two. False
/// if the file cannot be read.
fn import_all(call: Call<'_>, pool: &Pool, job_id: &str, file: &str) -> Result<bool, Error> {
    let mut lines = file.lines().zip(1..);
    let header = lines.next().map(|(line, _)| csv::values(line));
    let Some(header) = header.filter(|header| is_complete(pool, header)) else {
        return Ok(false);
    };
    for (line, number) in lines {
        if !line.trim().is_empty() && !import_line(call, pool, job_id, &header, line, number)? {
            break;
        }
    }
    Ok(true)
}

fn is_complete(pool: &Pool, header: &[String]) -> bool {
    let sorted = |mut names: Vec<String>| {
        names.sort_unstable();
        names
    };
    sorted(header.to_vec()) == sorted(csv::header(pool))
}

/// False if the job was stopped.
fn import_line(
    call: Call<'_>,
    pool: &Pool,
    job_id: &str,
    header: &[String],
    line: &str,
    number: usize,
) -> Result<bool, Error> {
    let imported = row::user(call, pool, header, csv::values(line)).and_then(|(mut user, name)| {
        call.transact(|records| {
            let Some(mut job) = running(records, pool, job_id)? else {
                return Ok(false);
            };
            user.check_is_new(records, pool, &name, "User already exists")?;
            user.insert(records, pool)?;
            user.claim_aliases(records, pool, false)?;
            job.record(records, number, &Outcome::Succeeded)?;
            Ok(true)
        })
    });
    let outcome = match imported {
        Ok(goes_on) => return Ok(goes_on),
        Err(error) if error.code == ErrorCode::UsernameExistsException => Outcome::Skipped,
        Err(error) => Outcome::Failed(error.message.trim_end().replace('\n', " ")),
    };
    call.transact(|records| {
        let Some(mut job) = running(records, pool, job_id)? else {
            return Ok(false);
        };
        job.record(records, number, &outcome)?;
        Ok(true)
    })
}

fn running(records: &Records<'_>, pool: &Pool, job_id: &str) -> Result<Option<ImportJob>, Error> {
    let job = ImportJob::load(records, &pool.id, job_id)?;
    Ok(Some(job).filter(|job| job.is(UserImportJobStatusType::InProgress)))
}

fn end(job: &ImportJob, readable: bool) -> (UserImportJobStatusType, &'static str) {
    let nobody = job.shown.imported_users == Some(0);
    let others = job.shown.failed_users.unwrap_or(0) + job.shown.skipped_users.unwrap_or(0);
    if !readable {
        // The service's text is not known, nor that of a success.
        (
            UserImportJobStatusType::Failed,
            "The header of the CSV file is not the one of the user pool.",
        )
    } else if nobody && others > 0 {
        (
            UserImportJobStatusType::Failed,
            "Too many users have failed or been skipped during the import.",
        )
    } else {
        (
            UserImportJobStatusType::Succeeded,
            "Import Job Completed Successfully.",
        )
    }
}

/// The service's texts are not known.
fn not_met(text: &str) -> Error {
    Error::new(ErrorCode::PreconditionNotMetException, text)
}
