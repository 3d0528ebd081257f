//! Measurements, each beside others in one run: times drift from run to run, their ratios less.

pub(crate) mod mathematics;
pub(crate) mod pool;
