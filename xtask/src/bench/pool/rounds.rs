//! Rounds of requests, and what is typical of them.

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use super::{
    client::{Answer, Connection, Request},
    process::Process,
};

/// How many rounds a median is of.
const ROUNDS: usize = 5;

/// About how long a round takes. Processor times are numbers of hundredths of a second.
const ROUND: Duration = Duration::from_millis(400);

/// The most requests of a round, so that the client's memory stays small and signatures fresh.
const MOST: usize = 4096;

/// What some operations took.
#[derive(Clone, Copy, Default)]
pub(super) struct Taken {
    pub(super) operations: usize,
    pub(super) wall: Duration,
    pub(super) processor: Duration,
}

impl Taken {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            // They are parts of the same operations.
            operations: self.operations,
            wall: self.wall + other.wall,
            processor: self.processor + other.processor,
        }
    }

    fn per_second(&self) -> f64 {
        self.operations as f64 / self.wall.as_secs_f64()
    }
}

/// What is typical of several rounds.
#[derive(Clone, Copy)]
pub(super) struct Typical {
    /// The median of the rounds'.
    pub(super) per_second: f64,
    /// The server's processor time for each operation of all rounds, in milliseconds.
    pub(super) processor_each: f64,
}

impl Typical {
    pub(super) fn of(rounds: &[Taken]) -> Self {
        let operations: usize = rounds.iter().map(|round| round.operations).sum();
        let processor: Duration = rounds.iter().map(|round| round.processor).sum();
        Self {
            per_second: median(rounds.iter().map(Taken::per_second)),
            processor_each: 1000.0 * processor.as_secs_f64() / operations as f64,
        }
    }
}

pub(super) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A server under load.
pub(super) struct Load<'a> {
    pub(super) process: &'a Process,
    pub(super) connections: usize,
}

impl Load<'_> {
    /// Does an operation's rounds: `round` does as many operations as it is told, from a number on.
    pub(super) fn typical(
        &self,
        mut round: impl FnMut(&Self, usize, usize) -> anyhow::Result<Taken>,
    ) -> anyhow::Result<Typical> {
        // Ever longer ones first, which are not counted: what is done once is done in them.
        let (mut done, mut count) = (0, 4 * self.connections);
        while count < MOST {
            let trial = round(self, done, count)?;
            done += count;
            if trial.wall > ROUND {
                break;
            }
            count *= 2;
        }
        let rounds: Vec<_> = (0..ROUNDS)
            .map(|number| round(self, done + number * count, count))
            .collect::<Result<_, _>>()?;
        Ok(Typical::of(&rounds))
    }

    /// A round of single requests.
    pub(super) fn round(
        &self,
        operation: &str,
        inputs: impl Iterator<Item = Value>,
    ) -> anyhow::Result<(Taken, Vec<Value>)> {
        let address = self.process.address;
        let requests: Vec<_> = inputs
            .map(|input| Request::new(address, operation, &input))
            .collect::<Result<_, _>>()?;
        let processor = self.process.processor_time()?;
        let start = Instant::now();
        let answers = exchange(address, &requests, self.connections)?;
        let taken = Taken {
            operations: requests.len(),
            wall: start.elapsed(),
            processor: self.process.processor_time()?.saturating_sub(processor),
        };
        let outputs = answers
            .iter()
            .map(Answer::output)
            .collect::<Result<_, _>>()
            .with_context(|| operation.to_owned())?;
        Ok((taken, outputs))
    }

    pub(super) fn one(&self, operation: &str, input: Value) -> anyhow::Result<Value> {
        let (_, mut outputs) = self.round(operation, [input].into_iter())?;
        outputs.pop().context("no answer")
    }
}

/// Sends each request over one of the connections; the answers are in the requests' order.
fn exchange(
    address: SocketAddr,
    requests: &[Request],
    connections: usize,
) -> anyhow::Result<Vec<Answer>> {
    let share = requests.len().div_ceil(connections).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = requests
            .chunks(share)
            .map(|requests| {
                scope.spawn(move || {
                    let mut connection = Connection::to(address);
                    let answers = requests.iter().map(|request| connection.exchange(request));
                    answers.collect::<anyhow::Result<Vec<_>>>()
                })
            })
            .collect();
        let mut answers = Vec::with_capacity(requests.len());
        for worker in workers {
            let part = worker.join().map_err(|_| anyhow!("a worker panicked"))??;
            answers.extend(part);
        }
        Ok(answers)
    })
}
