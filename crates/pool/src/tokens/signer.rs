//! Both tokens of a sign-in signed at the same time: signatures are most of what it takes.

use std::{
    sync::{
        Arc, OnceLock,
        mpsc::{self, Receiver, SyncSender, TrySendError},
    },
    thread,
};

use cognito_idp::Error;

use super::{claims::ClaimSets, jwt, keys::PoolKeys};
use crate::errors;

type Job = Box<dyn FnOnce() + Send>;

/// Signs with the help of a thread of its own, which begins with the first signature and ends with the signer.
#[derive(Default)]
pub(crate) struct Signer(OnceLock<SyncSender<Job>>);

/// An access token and an ID token.
pub(super) struct Signed {
    pub access: String,
    pub id: String,
}

impl Signer {
    pub(super) fn sign(&self, keys: &Arc<PoolKeys>, claims: ClaimSets) -> Result<Signed, Error> {
        let ClaimSets { access, id } = claims;
        let helpers_keys = Arc::clone(keys);
        let id = self.start(move || jwt::sign(&helpers_keys.id, &id));
        let access = jwt::sign(&keys.access, &access)?;
        let id = id
            .recv()
            .map_err(|_| errors::internal("A token could not be signed"))?;
        Ok(Signed { access, id: id? })
    }

    /// Has the thread do this if it has nothing else to do. If not, it is done here and now: there are other requests
    /// then, which keep the processors busy.
    fn start<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
        let (done, result) = mpsc::sync_channel(1);
        let job: Job = Box::new(move || {
            // Nobody waits any more if the other signature has failed.
            let _ = done.send(work());
        });
        match self.0.get_or_init(helper).try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => job(),
        }
        result
    }
}

/// A thread that takes a job only when it waits for one.
fn helper() -> SyncSender<Job> {
    let (sender, jobs) = mpsc::sync_channel::<Job>(0);
    // Where no thread can be had, no job is ever taken.
    let _ = thread::Builder::new()
        .name("signer".to_owned())
        .spawn(move || jobs.iter().for_each(|job| job()));
    sender
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::TryRecvError;

    use super::*;

    #[test]
    fn what_a_busy_thread_does_not_take_is_done_at_once() {
        let signer = Signer::default();
        let here = thread::current().id();
        let is_here = move || thread::current().id() == here;
        // The thread takes a job as soon as it has come up, and is then held until it is let go.
        let (held, let_go) = loop {
            let (let_go, until) = mpsc::channel::<()>();
            let held = signer.start(move || is_here() || until.recv().is_ok());
            if let Err(TryRecvError::Empty) = held.try_recv() {
                break (held, let_go);
            }
            thread::yield_now();
        };
        assert_eq!(signer.start(is_here).try_recv(), Ok(true));
        let_go.send(()).unwrap();
        assert_eq!(held.recv(), Ok(true));
    }
}
