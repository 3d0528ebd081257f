//! Which constraints an input violates, in the service's words.

use std::{borrow::Cow, fmt};

use serde_json::Value;

use crate::shape::{Kind, Shape};

/// Every violation, in the order of the model's members; the input has the types of its shape.
pub(super) fn collect(shape: &Shape, input: &Value) -> Vec<String> {
    let mut violations = Violations(Vec::new());
    violations.visit(shape, input, &Path::Root);
    violations.0
}

/// Where a value stands. It is put into words only for what is wrong: most inputs have nothing wrong with them.
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'static str),
    Element(&'a Path<'a>, &'a str),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(Self::Root, name) => f.write_str(&lower_first(name)),
            Self::Member(parent, name) => write!(f, "{parent}.{}", lower_first(name)),
            Self::Element(parent, name) => write!(f, "{parent}.{name}.member"),
        }
    }
}

struct Violations(Vec<String>);

impl Violations {
    fn visit(&mut self, shape: &Shape, value: &Value, path: &Path<'_>) {
        for constraint in Constraint::of(shape).filter(|constraint| !constraint.holds(value)) {
            self.push(shape, value, path, &constraint.text());
        }
        match (&shape.kind, value) {
            (Kind::Structure(members), Value::Object(values)) => {
                for member in *members {
                    let path = Path::Member(path, member.name);
                    match values.get(member.name) {
                        None | Some(Value::Null) if member.required => self.push_null(&path),
                        None | Some(Value::Null) => {}
                        Some(value) => self.visit(member.shape, value, &path),
                    }
                }
            }
            (Kind::List(item), Value::Array(values)) => {
                let elements = (1..).map(|index: usize| index.to_string().into());
                self.visit_elements(
                    shape,
                    item,
                    value,
                    values.iter().zip(elements),
                    path,
                    "Member",
                );
            }
            (Kind::Map { key, value: item }, Value::Object(values)) => {
                if values
                    .keys()
                    .any(|name| Constraint::of(key).any(|constraint| !constraint.holds_for(name)))
                {
                    self.push(
                        shape,
                        value,
                        path,
                        &format!("Map keys must satisfy constraint: {}", list(key)),
                    );
                }
                let elements = values
                    .iter()
                    .map(|(name, value)| (value, name.as_str().into()));
                self.visit_elements(shape, item, value, elements, path, "Map value");
            }
            _ => {}
        }
    }

    /// The elements of a list or map: structures are visited one by one, of scalars the service names them all at once.
    fn visit_elements<'a>(
        &mut self,
        container: &Shape,
        item: &Shape,
        whole: &Value,
        elements: impl Iterator<Item = (&'a Value, Cow<'a, str>)>,
        path: &Path<'_>,
        subject: &str,
    ) {
        if let Kind::Structure(_) = item.kind {
            for (element, name) in elements {
                let path = Path::Element(path, &name);
                match element {
                    Value::Null => self.push_null(&path),
                    _ => self.visit(item, element, &path),
                }
            }
            return;
        }
        let violated = |element: &Value| {
            element.is_null() || Constraint::of(item).any(|constraint| !constraint.holds(element))
        };
        let mut elements = elements;
        if elements.any(|(element, _)| violated(element)) {
            self.push(
                container,
                whole,
                path,
                &format!("{subject} must satisfy constraint: {}", list(item)),
            );
        }
    }

    fn push(&mut self, shape: &Shape, value: &Value, path: &Path<'_>, constraint: &str) {
        let shown = if shape.holds_secrets() {
            String::new()
        } else {
            format!(" '{}'", java_text(value))
        };
        self.0.push(format!(
            "Value{shown} at '{path}' failed to satisfy constraint: {constraint}"
        ));
    }

    fn push_null(&mut self, path: &Path<'_>) {
        self.0.push(format!(
            "Value null at '{path}' failed to satisfy constraint: Member must not be null"
        ));
    }
}

/// One constraint of a shape.
enum Constraint<'a> {
    Max(&'a Shape, u64),
    Min(&'a Shape, u64),
    Pattern(&'a crate::shape::Pattern),
    OneOf(&'a [&'a str]),
}

impl<'a> Constraint<'a> {
    /// A shape's constraints in the order of the service's lists.
    fn of(shape: &'a Shape) -> impl Iterator<Item = Self> {
        let one_of = (!shape.one_of.is_empty()).then_some(Self::OneOf(shape.one_of));
        let max = shape.max.map(|max| Self::Max(shape, max));
        let min = shape.min.map(|min| Self::Min(shape, min));
        [max, min, shape.pattern.map(Self::Pattern), one_of]
            .into_iter()
            .flatten()
    }

    fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::String(text)) => self.holds_for(text),
            (Self::Max(_, max), _) => measure(value).is_none_or(|size| size <= i128::from(*max)),
            (Self::Min(_, min), _) => measure(value).is_none_or(|size| size >= i128::from(*min)),
            _ => true,
        }
    }

    fn holds_for(&self, text: &str) -> bool {
        match self {
            Self::Max(shape, max) => text_length(shape, text) <= *max,
            Self::Min(shape, min) => text_length(shape, text) >= *min,
            Self::Pattern(pattern) => pattern.matches(text),
            Self::OneOf(names) => names.contains(&text),
        }
    }

    fn text(&self) -> String {
        let measured = |shape: &Shape| {
            if matches!(shape.kind, Kind::Integer) {
                "value"
            } else {
                "length"
            }
        };
        match self {
            Self::Max(shape, max) => format!(
                "Member must have {} less than or equal to {max}",
                measured(shape)
            ),
            Self::Min(shape, min) => format!(
                "Member must have {} greater than or equal to {min}",
                measured(shape)
            ),
            Self::Pattern(pattern) => format!(
                "Member must satisfy regular expression pattern: {}",
                pattern.text
            ),
            Self::OneOf(names) => {
                format!("Member must satisfy enum value set: [{}]", names.join(", "))
            }
        }
    }
}

/// The size that a bound is about: of a number its value, of a container its length.
fn measure(value: &Value) -> Option<i128> {
    match value {
        Value::Number(number) => number.as_i64().map(i128::from),
        Value::Array(values) => i128::try_from(values.len()).ok(),
        Value::Object(values) => i128::try_from(values.len()).ok(),
        _ => None,
    }
}

/// Characters; of a blob its bytes.
fn text_length(shape: &Shape, text: &str) -> u64 {
    let length = match shape.kind {
        Kind::Blob => text.trim_end_matches('=').len() * 3 / 4,
        _ => text.chars().count(),
    };
    length as u64
}

fn list(shape: &Shape) -> String {
    let texts: Vec<_> = Constraint::of(shape)
        .map(|constraint| constraint.text())
        .collect();
    if texts.is_empty() {
        "[Member must not be null]".to_owned()
    } else {
        format!("[{}]", texts.join(", "))
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// A value as Java prints it, which is how the service repeats it.
fn java_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => format!(
            "[{}]",
            values.iter().map(java_text).collect::<Vec<_>>().join(", ")
        ),
        Value::Object(values) => {
            let entries = values
                .iter()
                .map(|(name, value)| format!("{name}={}", java_text(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
