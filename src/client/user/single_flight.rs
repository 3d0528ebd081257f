//! Work that callers at the same time share.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};

use async_lock::Mutex;

/// Runs one piece of work at a time; who asked while it ran gets its outcome.
pub(super) struct SingleFlight<O> {
    /// How many pieces were finished. It changes while `last` is locked.
    finished: AtomicU64,
    last: Mutex<Option<O>>,
}

impl<O: Clone> SingleFlight<O> {
    pub(super) async fn run(&self, work: impl Future<Output = O>) -> O {
        let asked_at = self.finished.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if let (true, Some(outcome)) = (self.finished.load(Ordering::SeqCst) > asked_at, &*last) {
            return outcome.clone();
        }
        let outcome = work.await;
        *last = Some(outcome.clone());
        self.finished.fetch_add(1, Ordering::SeqCst);
        outcome
    }
}

impl<O> Default for SingleFlight<O> {
    fn default() -> Self {
        Self {
            finished: AtomicU64::new(0),
            last: Mutex::new(None),
        }
    }
}
