//! Build, demo, test, bench: the one place that knows how.

fn main() {}
