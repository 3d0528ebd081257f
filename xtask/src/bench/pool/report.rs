//! The measurements as tables.

use std::fmt;

use indexmap::IndexMap;

use super::rounds::Typical;

/// What one server did at one thing.
pub(super) struct Figure {
    line: String,
    value: f64,
    unit: Unit,
    /// The server's processor time for one operation, in milliseconds, where there are operations.
    processor: Option<f64>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Milliseconds,
    Megabytes,
    PerSecond,
}

impl Figure {
    pub(super) fn one(line: impl Into<String>, unit: Unit, value: f64) -> Self {
        Self {
            line: line.into(),
            value,
            unit,
            processor: None,
        }
    }

    pub(super) fn of(line: impl Into<String>, typical: Typical) -> Self {
        Self {
            line: line.into(),
            value: typical.per_second,
            unit: Unit::PerSecond,
            processor: Some(typical.processor_each),
        }
    }
}

/// What each server did, the servers in the order of their measuring.
#[derive(Default)]
pub(super) struct Report(IndexMap<&'static str, Vec<Figure>>);

impl Report {
    pub(super) fn add(&mut self, server: &'static str, figures: Vec<Figure>) {
        self.0.insert(server, figures);
    }

    /// One row for each line of which any server has this value, with the ratios to the first server's.
    fn table(
        &self,
        f: &mut fmt::Formatter<'_>,
        title: &str,
        value: impl Fn(&Figure) -> Option<f64>,
        more_is_better: bool,
    ) -> fmt::Result {
        write!(f, "\n| {title} |")?;
        for server in self.0.keys() {
            write!(f, " {server} |")?;
        }
        writeln!(f, "\n|---|{}", "---|".repeat(self.0.len()))?;
        for line in self.lines(&value) {
            write!(f, "| {line} |")?;
            let mut first = None;
            for figures in self.0.values() {
                let figure = figures.iter().find(|figure| figure.line == *line);
                match (figure.and_then(&value), first) {
                    (None, _) => write!(f, " |")?,
                    (Some(value), None) => {
                        first = Some(value);
                        write!(f, " {} |", number(value))?;
                    }
                    (Some(value), Some(first)) => {
                        let times = if more_is_better {
                            first / value
                        } else {
                            value / first
                        };
                        write!(f, " {} ({} x) |", number(value), number(times))?;
                    }
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }

    /// The lines in the order of the server that has most of them.
    fn lines(&self, value: impl Fn(&Figure) -> Option<f64>) -> Vec<&String> {
        let all = self.0.values().map(|figures| {
            let lines = figures.iter().filter(|figure| value(figure).is_some());
            lines.map(|figure| &figure.line).collect::<Vec<_>>()
        });
        all.max_by_key(Vec::len).unwrap_or_default()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |unit| move |figure: &Figure| (figure.unit == unit).then_some(figure.value);
        self.table(f, "milliseconds", of(Unit::Milliseconds), false)?;
        self.table(f, "resident megabytes", of(Unit::Megabytes), false)?;
        self.table(f, "per second", of(Unit::PerSecond), true)?;
        let title = "milliseconds of the server's processor";
        self.table(f, title, |figure| figure.processor, false)?;
        writeln!(
            f,
            "\nIn brackets, how many times better the first column is."
        )
    }
}

/// Three digits, more or less.
fn number(value: f64) -> String {
    match value.abs() {
        0.0..0.1 => format!("{value:.3}"),
        0.1..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}
