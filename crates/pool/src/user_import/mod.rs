//! Import of users from a CSV file: the jobs, and what lies in the store about them.

pub(crate) mod csv;
pub(crate) mod row;

use std::time::Duration;

use cognito_idp::{
    Error,
    types::{UserImportJobStatusType, UserImportJobType},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::{UnixMillis, errors, keys, records::Records};

/// How long a file can be uploaded.
const UPLOAD_TIME: Duration = Duration::from_secs(15 * 60);

/// How long a job waits to be started. The service says 24 to 48 hours.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// A job.
#[derive(Serialize, Deserialize)]
pub(crate) struct ImportJob {
    /// What `DescribeUserImportJob` shows.
    pub shown: UserImportJobType,
    pub pool_id: String,
    pub id: String,
    created: UnixMillis,
    /// Lets whoever knows it upload the file: it is part of the address.
    upload_key: String,
}

/// What became of one line of a file.
pub(crate) enum Outcome {
    Succeeded,
    /// The user exists already.
    Skipped,
    Failed(String),
}

impl ImportJob {
    /// A job that is created now.
    pub fn new(
        pool_id: &str,
        id: String,
        upload_key: String,
        shown: UserImportJobType,
        now: UnixMillis,
    ) -> Self {
        Self {
            shown: UserImportJobType {
                job_id: Some(id.clone()),
                user_pool_id: Some(pool_id.to_owned()),
                creation_date: Some(now.api_timestamp()),
                status: Some(UserImportJobStatusType::Created),
                imported_users: Some(0),
                skipped_users: Some(0),
                failed_users: Some(0),
                ..shown
            },
            pool_id: pool_id.to_owned(),
            id,
            created: now,
            upload_key,
        }
    }

    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is none of this id.
    pub fn load(records: &Records<'_>, pool_id: &str, id: &str) -> Result<Self, Error> {
        let found: Option<Self> = records.get(&keys::import_job(pool_id, id))?;
        let mut job = found.ok_or_else(|| {
            // The service's text is not known.
            errors::resource_not_found(format!("User import job {id} does not exist."))
        })?;
        if job.is(UserImportJobStatusType::Created) && records.now >= job.created + LIFETIME {
            job.shown.status = Some(UserImportJobStatusType::Expired);
        }
        Ok(job)
    }

    /// Writes a new job, and what lists the newest first.
    pub fn insert(&self, records: &mut Records<'_>) -> Result<(), Error> {
        let newest_first = i64::MAX.saturating_sub(self.created.0);
        records.put(
            &keys::import_job_by_time(&self.pool_id, newest_first, &self.id),
            &self.id,
        )?;
        self.save(records)
    }

    pub fn save(&self, records: &mut Records<'_>) -> Result<(), Error> {
        records.put(&keys::import_job(&self.pool_id, &self.id), self)
    }

    pub fn is(&self, status: UserImportJobStatusType) -> bool {
        self.shown.status == Some(status)
    }

    /// Takes the file in.
    ///
    /// # Errors
    ///
    /// `NotAuthorizedException` if the key is wrong or its time is over, or the job is past waiting for a file.
    pub fn take_file(
        &self,
        records: &mut Records<'_>,
        upload_key: &str,
        file: &str,
    ) -> Result<(), Error> {
        let is_right: bool = self
            .upload_key
            .as_bytes()
            .ct_eq(upload_key.as_bytes())
            .into();
        let is_open = records.now < self.created + UPLOAD_TIME;
        if !is_right || !is_open || !self.is(UserImportJobStatusType::Created) {
            return Err(errors::not_authorized(
                "This address takes no file, or not any more.",
            ));
        }
        let key = keys::import_file(&self.pool_id, &self.id);
        records.put_until(&key, self.created + LIFETIME, file)
    }

    /// The file, if it was uploaded.
    pub fn file(&self, records: &Records<'_>) -> Result<Option<String>, Error> {
        records.current(&keys::import_file(&self.pool_id, &self.id))
    }

    /// Ends the job; its file goes, its log stays.
    pub fn finish(
        &mut self,
        records: &mut Records<'_>,
        status: UserImportJobStatusType,
        message: &str,
    ) -> Result<(), Error> {
        self.shown.status = Some(status);
        self.shown.completion_message = Some(message.to_owned());
        self.shown.completion_date = Some(records.now.api_timestamp());
        records.delete(&keys::import_file(&self.pool_id, &self.id))?;
        self.save(records)
    }

    /// Counts what became of a line and writes it into the log, which has no user's data.
    pub fn record(
        &mut self,
        records: &mut Records<'_>,
        line: usize,
        outcome: &Outcome,
    ) -> Result<(), Error> {
        let (count, text) = match outcome {
            Outcome::Succeeded => (
                &mut self.shown.imported_users,
                format!("[SUCCEEDED] Line Number {line} - The import succeeded."),
            ),
            Outcome::Skipped => (
                &mut self.shown.skipped_users,
                format!("[SKIPPED] Line Number {line} - The user already exists."),
            ),
            Outcome::Failed(reason) => (
                &mut self.shown.failed_users,
                format!("[FAILED] Line Number {line} - {reason}"),
            ),
        };
        *count = Some(count.unwrap_or(0) + 1);
        records.put(&keys::import_log(&self.pool_id, &self.id, line), &text)?;
        self.save(records)
    }

    /// What became of each line.
    pub fn log(&self, records: &Records<'_>) -> Result<Vec<String>, Error> {
        records.scan(&keys::import_logs(&self.pool_id, &self.id))
    }
}
