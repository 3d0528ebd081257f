//! The model's shapes as constants: what the generated descriptors are made of.

use std::sync::OnceLock;

use regex::Regex;

/// A shape and its constraints.
pub(crate) struct Shape {
    pub kind: Kind,
    /// The least length, or value of a number.
    pub min: Option<u64>,
    /// The greatest length, or value of a number.
    pub max: Option<u64>,
    pub pattern: Option<&'static Pattern>,
    /// The allowed strings; none means any.
    pub one_of: &'static [&'static str],
    pub sensitive: bool,
}

pub(crate) enum Kind {
    String,
    Boolean,
    Integer,
    Blob,
    Document,
    Structure(&'static [Member]),
    List(&'static Shape),
    Map {
        key: &'static Shape,
        value: &'static Shape,
    },
}

/// A member of a structure.
pub(crate) struct Member {
    pub name: &'static str,
    pub shape: &'static Shape,
    pub required: bool,
}

/// A regular expression: as the service shows it, and as the `regex` crate understands it.
pub(crate) struct Pattern {
    pub text: &'static str,
    regex: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Shape {
    const fn new(kind: Kind) -> Self {
        Self {
            kind,
            min: None,
            max: None,
            pattern: None,
            one_of: &[],
            sensitive: false,
        }
    }

    pub const fn string() -> Self {
        Self::new(Kind::String)
    }

    pub const fn boolean() -> Self {
        Self::new(Kind::Boolean)
    }

    pub const fn integer() -> Self {
        Self::new(Kind::Integer)
    }

    pub const fn blob() -> Self {
        Self::new(Kind::Blob)
    }

    pub const fn document() -> Self {
        Self::new(Kind::Document)
    }

    pub const fn structure(members: &'static [Member]) -> Self {
        Self::new(Kind::Structure(members))
    }

    pub const fn list(item: &'static Shape) -> Self {
        Self::new(Kind::List(item))
    }

    pub const fn map(key: &'static Shape, value: &'static Shape) -> Self {
        Self::new(Kind::Map { key, value })
    }

    pub const fn min(mut self, min: u64) -> Self {
        self.min = Some(min);
        self
    }

    pub const fn max(mut self, max: u64) -> Self {
        self.max = Some(max);
        self
    }

    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    pub const fn one_of(mut self, names: &'static [&'static str]) -> Self {
        self.one_of = names;
        self
    }

    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Whether the service must not repeat a value of this shape.
    pub fn holds_secrets(&self) -> bool {
        self.sensitive
            || match &self.kind {
                Kind::Structure(members) => {
                    members.iter().any(|member| member.shape.holds_secrets())
                }
                Kind::List(item) => item.holds_secrets(),
                Kind::Map { key, value } => key.holds_secrets() || value.holds_secrets(),
                _ => false,
            }
    }
}

impl Member {
    pub const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
            shape,
            required: true,
        }
    }

    pub const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
            shape,
            required: false,
        }
    }
}

impl Pattern {
    pub const fn new(text: &'static str, regex: &'static str) -> Self {
        Self {
            text,
            regex,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the whole value matches. A test proves that every pattern of the model compiles.
    pub fn matches(&self, value: &str) -> bool {
        self.compiled()
            .as_ref()
            .is_none_or(|regex| regex.is_match(value))
    }

    pub fn compiled(&self) -> &Option<Regex> {
        self.compiled.get_or_init(|| Regex::new(self.regex).ok())
    }
}

#[cfg(test)]
mod tests {
    use crate::generated::shapes::PATTERNS;

    #[test]
    fn every_pattern_of_the_model_compiles() {
        for pattern in PATTERNS {
            assert!(pattern.compiled().is_some(), "{}", pattern.text);
        }
    }

    #[test]
    fn patterns_mean_what_they_mean_to_the_service() {
        let matches = |text: &str, value: &str| {
            let pattern = PATTERNS.iter().find(|pattern| pattern.text == text);
            pattern
                .unwrap_or_else(|| panic!("no {text}"))
                .matches(value)
        };
        // The whole value has to match.
        assert!(matches("[0-9]+", "123456"));
        assert!(!matches("[0-9]+", "123456x"));
        assert!(!matches("[0-9]+", "123456\n"));
        // Java's \w and \S are about ASCII, its \p{L} is not.
        assert!(!matches(r"[\w-]+_[0-9a-zA-Z]+", "eu-zürich-1_abc"));
        assert!(matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "Zoë€١!"));
        assert!(!matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "two words"));
        assert!(matches(r"[\S]+", "no\u{a0}break"));
        assert!(!matches(r"[\S]+", "a b"));
        assert!(matches(r"^[\S]+.*[\S]+$", "pass word"));
        assert!(!matches(r"^[\S]+.*[\S]+$", " password"));
    }
}
