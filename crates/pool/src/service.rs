//! The service: where a request comes in.

use std::{net::IpAddr, sync::Arc};

use cognito_idp::{Error, Operation, types::AuthenticationResultType};
use serde_json::Value;

use crate::{
    Lambda, UnixMillis,
    code::{Codes, Sender},
    decoded::Decoded,
    errors, keys, operations,
    outbox::{self, Message},
    pool::Pool,
    random::Random,
    records::Records,
    store::Store,
    tokens::{KeyRing, PoolKeys, Signer, Verified, discovery, grants::Issued},
    transfer,
    user_import::ImportJob,
};

/// What a service is told about the world it lives in.
#[derive(Debug)]
pub struct Settings {
    /// The region that pool ids begin with.
    pub region: String,
    /// The account in ARNs.
    pub account: String,
    /// What a pool's issuer (`iss` in its tokens) begins with: `<base>/<pool id>`, without a slash at its end. The
    /// address at which the pool's keys are served; none stands for the real service's.
    pub issuer_base: Option<String>,
    /// Where randomness comes from.
    pub random: Random,
    /// How verification codes are made.
    pub codes: Codes,
    /// What runs the Lambda functions that pools name as their triggers.
    pub lambda: Lambda,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            issuer_base: None,
            random: Random::system(),
            codes: Codes::Random,
            lambda: Lambda::none(),
        }
    }
}

impl Settings {
    /// Where the service is, without a slash at its end.
    pub(crate) fn base_url(&self) -> String {
        match &self.issuer_base {
            Some(base) => base.clone(),
            None => format!("https://cognito-idp.{}.amazonaws.com", self.region),
        }
    }
}

/// All user pools of one installation.
pub struct Service {
    store: Box<dyn Store>,
    settings: Settings,
    keys: KeyRing,
    signer: Signer,
    verified: Verified,
    decoded: Decoded,
    announce: Box<dyn Fn(&Message) + Send + Sync>,
}

impl Service {
    /// A service over what `store` holds.
    pub fn new(store: impl Store + 'static, settings: Settings) -> Self {
        Self::over(Box::new(store), settings)
    }

    /// The same, for a store that is chosen at run time.
    pub fn over(store: Box<dyn Store>, settings: Settings) -> Self {
        Self {
            store,
            settings,
            keys: KeyRing::default(),
            signer: Signer::default(),
            verified: Verified::default(),
            decoded: Decoded::default(),
            announce: Box::new(|_| ()),
        }
    }

    /// Calls `announce` with each message once it lies in the outbox for good, before the operation that sent it
    /// answers.
    #[must_use]
    pub fn announcing(mut self, announce: impl Fn(&Message) + Send + Sync + 'static) -> Self {
        self.announce = Box::new(announce);
        self
    }

    /// Does what a request asks for and gives the answer's body.
    ///
    /// Whether the caller may ask is not checked here beyond what the body itself proves: signatures of administrators
    /// are a matter of the transport.
    ///
    /// # Errors
    ///
    /// The service's error. The store is then as it was before, but for counted attempts and used-up proofs.
    pub fn handle(
        &self,
        operation: Operation,
        input: Value,
        now: UnixMillis,
    ) -> Result<Value, Error> {
        let output = self.handle_from(None, operation, input, now)?;
        serde_json::from_str(&output).map_err(|error| errors::internal(error.to_string()))
    }

    /// The same for a request that came from this address, which threat protection looks at, with the answer's body in
    /// JSON.
    ///
    /// # Errors
    ///
    /// As for [`handle`](Self::handle).
    pub fn handle_from(
        &self,
        address: Option<IpAddr>,
        operation: Operation,
        input: Value,
        now: UnixMillis,
    ) -> Result<String, Error> {
        let call = Call {
            // An IPv4 address may come as an IPv6 one.
            address: address.map(|address| address.to_canonical()),
            ..Call::new(self, now)
        };
        operations::handle(call, operation, input)
    }

    /// The messages that were sent, oldest first: the newest thousand.
    ///
    /// # Errors
    ///
    /// `InternalErrorException` if the store cannot be read.
    pub fn outbox(&self) -> Result<Vec<Message>, Error> {
        outbox::messages(&Records::begin(&*self.store, &self.decoded, UnixMillis(0))?)
    }

    /// Makes the user pools of a seed that are not there yet, and says their ids:
    ///
    /// ```json
    /// { "UserPools": [{
    ///   "Id": "us-east-1_Example01", "AutoVerifiedAttributes": ["email"],
    ///   "Clients": [{ "ClientId": "exampleclient", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }],
    ///   "Groups": [{ "GroupName": "admins", "Precedence": 1 }],
    ///   "Users": [{
    ///     "Username": "alice", "Password": "Correct-horse-1", "Groups": ["admins"],
    ///     "Attributes": { "email": "alice@example.com", "email_verified": "true" }
    ///   }]
    /// }] }
    /// ```
    ///
    /// A pool takes all that `CreateUserPool` does, a client all of `CreateUserPoolClient`, a group all of
    /// `CreateGroup`.
    ///
    /// # Errors
    ///
    /// The error of the operation that refuses a part of the seed, or `InvalidParameterException` for a member that no
    /// operation takes; the message begins with the place in the seed. The pool that it is about is not made, nor any
    /// after it.
    pub fn seed(&self, seed: Value, now: UnixMillis) -> Result<Vec<String>, Error> {
        operations::seed(Call::new(self, now), seed)
    }

    /// A whole pool as one JSON document, without what holds only for a time, as codes and sign-ins do. It holds the
    /// pool's secrets: password verifiers, clients' secrets, signing keys.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is no such pool.
    pub fn export_pool(&self, pool_id: &str) -> Result<Value, Error> {
        transfer::export(
            &Records::begin(&*self.store, &self.decoded, UnixMillis(0))?,
            pool_id,
        )
    }

    /// Takes in a pool that [`export_pool`](Self::export_pool) gave, under its own id, and says the id.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` if this is no such document, or the pool, one of its clients or its domain is here
    /// already; nothing is taken in then.
    pub fn import_pool(&self, document: Value) -> Result<String, Error> {
        let call = Call::new(self, UnixMillis(0));
        call.transact(|records| transfer::import(records, document))
    }

    /// Confirms a sign-up by what the link in a message says, as `ConfirmSignUp` does, but for a secret hash.
    ///
    /// # Errors
    ///
    /// Those of `ConfirmSignUp`.
    pub fn confirm_by_link(
        &self,
        client_id: &str,
        username: &str,
        code: &str,
        now: UnixMillis,
    ) -> Result<(), Error> {
        operations::confirm_by_link(Call::new(self, now), client_id, username, code)
    }

    /// Takes the CSV file of a user import job: what a `PUT` to the job's `PreSignedUrl` does, whose `key` is
    /// `upload_key`.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is no such job, `NotAuthorizedException` if the key is wrong or its 15
    /// minutes are over.
    pub fn upload_user_import(
        &self,
        pool_id: &str,
        job_id: &str,
        upload_key: &str,
        csv: &str,
        now: UnixMillis,
    ) -> Result<(), Error> {
        let call = Call::new(self, now);
        call.transact(|records| {
            ImportJob::load(records, pool_id, job_id)?.take_file(records, upload_key, csv)
        })
    }

    /// What became of each line of a user import job's file: what the service writes to CloudWatch.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is no such job.
    pub fn user_import_log(&self, pool_id: &str, job_id: &str) -> Result<Vec<String>, Error> {
        let records = Records::begin(&*self.store, &self.decoded, UnixMillis(0))?;
        ImportJob::load(&records, pool_id, job_id)?.log(&records)
    }

    /// The pool's `jwks.json`: the keys that its tokens are signed with, made now if they are not there yet.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is no such pool.
    pub fn jwks(&self, pool_id: &str) -> Result<Value, Error> {
        let call = Call::new(self, UnixMillis(0));
        call.transact(|records| Pool::load(records, pool_id))?;
        Ok(discovery::jwks(&*call.keys(pool_id)?))
    }

    /// The pool's `openid-configuration`.
    ///
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is no such pool.
    pub fn openid_configuration(&self, pool_id: &str) -> Result<Value, Error> {
        let call = Call::new(self, UnixMillis(0));
        call.transact(|records| Pool::load(records, pool_id))?;
        Ok(discovery::openid_configuration(&call.issuer(pool_id)))
    }

    /// The ids of the oldest pool of this name and of that pool's clients, if there is such a pool.
    ///
    /// # Errors
    ///
    /// `InternalErrorException` if the store cannot be read.
    pub fn find_pool(&self, name: &str) -> Result<Option<(String, Vec<String>)>, Error> {
        let records = Records::begin(&*self.store, &self.decoded, UnixMillis(0))?;
        let pools: Vec<Pool> = records.scan(&keys::pools())?;
        let named = pools
            .into_iter()
            .filter(|pool| pool.settings.name.as_deref() == Some(name));
        let oldest = named.min_by(|a, b| {
            let created = |pool: &Pool| pool.settings.creation_date.unwrap_or_default();
            created(a).total_cmp(&created(b))
        });
        let Some(pool) = oldest else { return Ok(None) };
        let clients = records.scan(&keys::pool_client(&pool.id, ""))?;
        Ok(Some((pool.id, clients)))
    }
}

/// One request: the service at one instant.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    service: &'a Service,
    pub now: UnixMillis,
    /// Where the request came from, if the transport says so.
    pub address: Option<IpAddr>,
}

impl<'a> Call<'a> {
    fn new(service: &'a Service, now: UnixMillis) -> Self {
        Self {
            service,
            now,
            address: None,
        }
    }

    pub fn settings(self) -> &'a Settings {
        &self.service.settings
    }

    pub fn random(self) -> &'a Random {
        &self.settings().random
    }

    pub fn sender(self) -> Sender<'a> {
        Sender {
            settings: self.settings(),
        }
    }

    /// Runs `body` on the records: all that it changes becomes lasting, or nothing if it fails.
    ///
    /// The store is locked meanwhile. What takes long, as proofs and signatures do, belongs outside.
    pub fn transact<T>(
        self,
        body: impl FnOnce(&mut Records<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut records = Records::begin(&*self.service.store, &self.service.decoded, self.now)?;
        let output = body(&mut records)?;
        for message in records.commit()? {
            (self.service.announce)(&message);
        }
        Ok(output)
    }

    pub fn issuer(self, pool_id: &str) -> String {
        format!("{}/{pool_id}", self.settings().base_url())
    }

    /// Where the CSV file of a user import job is uploaded by `PUT`, if the service is served over HTTP.
    pub fn user_import_url(self, pool_id: &str, job_id: &str, upload_key: &str) -> String {
        let base = self.settings().base_url();
        format!("{base}/_local/user-import/{pool_id}/{job_id}?key={upload_key}")
    }

    /// Where a user judges an event of theirs by a `GET`, if the service is served over HTTP. The judgement is yet to be
    /// added, as `&value=Valid` or `&value=Invalid`.
    pub fn feedback_url(self, pool_id: &str, sub: &str, event_id: &str, token: &str) -> String {
        let base = self.settings().base_url();
        format!("{base}/_local/auth-event-feedback/{pool_id}/{sub}/{event_id}?token={token}")
    }

    pub fn sign(self, pool_id: &str, tokens: Issued) -> Result<AuthenticationResultType, Error> {
        tokens.sign(&self.service.signer, &self.keys(pool_id)?)
    }

    /// The access tokens that were verified with keys that are in use.
    pub fn verified(self) -> &'a Verified {
        &self.service.verified
    }

    /// The pool's keys, made now if they are not there yet.
    pub fn keys(self, pool_id: &str) -> Result<Arc<PoolKeys>, Error> {
        if let Some(keys) = self.existing_keys(pool_id)? {
            return Ok(keys);
        }
        let made = PoolKeys::generate()?;
        // Somebody may have been quicker: the pool has one set of keys for ever.
        let keys = self.transact(|records| match PoolKeys::load(records, pool_id)? {
            Some(theirs) => Ok(theirs),
            None => made.save(records, pool_id).map(|()| made),
        })?;
        let keys = Arc::new(keys);
        self.service.keys.put(pool_id, &keys);
        Ok(keys)
    }

    /// Drops what is kept in memory of a deleted pool's keys.
    pub fn forget_keys(self, pool_id: &str) {
        self.service.keys.remove(pool_id);
    }

    /// The pool's keys, if it has any yet.
    pub fn existing_keys(self, pool_id: &str) -> Result<Option<Arc<PoolKeys>>, Error> {
        if let Some(keys) = self.service.keys.get(pool_id) {
            return Ok(Some(keys));
        }
        let keys = self
            .transact(|records| PoolKeys::load(records, pool_id))?
            .map(Arc::new);
        if let Some(keys) = &keys {
            self.service.keys.put(pool_id, keys);
        }
        Ok(keys)
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
