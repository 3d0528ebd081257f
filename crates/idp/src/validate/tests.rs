//! Nothing may fall between validation and the types: what passes the one must be readable as the other.

use serde_json::{Map, Value, json};

use super::{validate, violations};
use crate::{
    Operation,
    generated::shapes,
    shape::{Kind, Shape},
};

/// What clients may come up with in place of any value.
fn intruders() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(1),
        json!(-1),
        json!(0.5),
        json!(1e300),
        json!(i64::MAX),
        json!(""),
        json!("x"),
        json!("\u{0}\u{1F600}"),
        json!([]),
        json!([null]),
        json!(["x"]),
        json!({}),
        json!({ "x": null }),
        json!({ "x": "y" }),
    ]
}

#[test]
fn what_is_valid_is_readable() {
    for &operation in Operation::ALL {
        let valid = sample(shapes::input(operation));
        assert_eq!(validate(operation, &valid), Ok(()), "{operation}: {valid}");
        assert!(
            shapes::read(operation, valid.clone()).is_ok(),
            "{operation}: {valid}"
        );
        for path in paths(&valid) {
            for intruder in intruders() {
                let mut input = valid.clone();
                *input.pointer_mut(&path).unwrap() = intruder;
                if validate(operation, &input).is_ok() {
                    let read = shapes::read(operation, input.clone());
                    assert!(read.is_ok(), "{operation}: {input}: {read:?}");
                }
            }
        }
    }
}

/// A value of this shape with everything that it may have.
fn sample(shape: &Shape) -> Value {
    match &shape.kind {
        Kind::Boolean => json!(true),
        Kind::Integer => json!(shape.min.unwrap_or(1)),
        Kind::Document => json!({ "any": ["thing"] }),
        Kind::Blob => json!("eA=="),
        Kind::String => sample_text(shape).into(),
        Kind::List(item) => json!([sample(item)]),
        Kind::Map { key, value } => {
            Value::Object(Map::from_iter([(sample_text(key), sample(value))]))
        }
        Kind::Structure(members) => members
            .iter()
            .map(|member| (member.name.to_owned(), sample(member.shape)))
            .collect(),
    }
}

fn sample_text(shape: &Shape) -> String {
    let samples = [
        "local_a1",
        "123456",
        "arn:aws:iam::123456789012:role/service/x",
        "arn:aws:s3:::bucket",
        "Level1",
        "cognito:default",
        "terms-of-use",
        "import-a1",
        "local_a1-b2",
        "import-x {####}",
        "{####}",
        "{##x##}",
        "x@example",
        "abcd",
        "local-1",
        "11111111-1111-4111-8111-111111111111",
        "tknabcdefghijklmnopqrstuvwxy",
        "abcdefabcdefabcdefabcdefabcdefabcdefabcdef",
    ];
    let mut candidates = shape.one_of.iter().chain(&samples);
    let fits = |text: &&&str| violations::collect(shape, &json!(text)).is_empty();
    let found = candidates.find(fits).map(ToString::to_string);
    found.unwrap_or_else(|| {
        panic!(
            "no sample of {:?}",
            shape.pattern.map(|pattern| pattern.text)
        )
    })
}

/// The JSON pointers of everything in a value.
fn paths(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(values) => values
            .iter()
            .enumerate()
            .map(|(index, child)| (index.to_string(), child))
            .collect(),
        Value::Object(values) => values
            .iter()
            .map(|(name, child)| (name.replace('~', "~0"), child))
            .collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(name, child)| {
        let name = name.replace('/', "~1");
        paths(child)
            .into_iter()
            .map(move |path| format!("/{name}{path}"))
    });
    std::iter::once(String::new()).chain(below).collect()
}
