//! The generated code against the model that it was generated from.

#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use std::collections::BTreeSet;

use cognito_idp::{Auth, ErrorCode, Operation, types};
use serde_json::Value;

fn model() -> Value {
    serde_json::from_str(include_str!("../model/cognito-idp.json")).unwrap()
}

fn observed() -> Value {
    serde_json::from_str(include_str!("../model/observed.json")).unwrap()
}

#[test]
fn every_operation_is_there_with_its_authorization() {
    let (model, observed) = (model(), observed());
    let operations = model["operations"].as_object().unwrap();
    assert_eq!(operations.len(), 141);
    assert_eq!(Operation::ALL.len(), 141);
    for (name, described) in operations {
        let operation = Operation::from_name(name).unwrap();
        assert_eq!(operation.as_str(), name);
        let described = observed["operations"].get(name).unwrap_or(described);
        let auth = match described["auth"].as_str().unwrap() {
            "sigv4" => Auth::SigV4,
            "accesstoken" => Auth::AccessToken,
            "none" => Auth::None,
            other => panic!("{other}"),
        };
        assert_eq!(operation.auth(), auth, "{name}");
    }
    assert_eq!(Operation::from_name("Nonsense"), None);
    assert_eq!(Operation::from_name("initiateauth"), None);
}

#[test]
fn every_shape_is_an_error_a_struct_an_enum_or_a_leaf() {
    let model = model();
    let shapes = model["shapes"].as_object().unwrap();
    assert_eq!(shapes.len(), 685);
    let generated = [
        include_str!("../src/generated/types/enums.rs"),
        include_str!("../src/generated/types/parts.rs"),
        include_str!("../src/generated/types/requests.rs"),
        include_str!("../src/generated/types/responses.rs"),
    ]
    .concat();
    let declared: BTreeSet<&str> = generated
        .lines()
        .filter_map(|line| line.strip_suffix('{').map(str::trim))
        .map(|line| line.trim_start_matches("pub struct "))
        .collect();
    for (name, shape) in shapes {
        if shape["exception"] == true {
            let code = ErrorCode::from_name(name).unwrap();
            assert_eq!(
                code.status(),
                if shape["fault"] == true { 500 } else { 400 },
                "{name}"
            );
        } else if (shape["type"] == "structure" && shape["document"] != true)
            || shape["enum"].is_array()
        {
            let empty = shape["members"]
                .as_object()
                .is_some_and(serde_json::Map::is_empty);
            assert!(
                declared.contains(name.as_str())
                    || empty && generated.contains(&format!("pub struct {name} {{}}")),
                "{name}"
            );
        }
    }
}

#[test]
fn enums_name_their_values_both_ways() {
    let model = model();
    let values = &model["shapes"]["AuthFlowType"]["enum"];
    assert_eq!(
        serde_json::to_value(types::AuthFlowType::NAMES).unwrap(),
        *values
    );
    assert_eq!(
        serde_json::to_value(types::AuthFlowType::ALL).unwrap(),
        *values
    );
    for name in types::ExplicitAuthFlowsType::NAMES {
        assert_eq!(
            types::ExplicitAuthFlowsType::from_name(name)
                .unwrap()
                .to_string(),
            *name
        );
    }
}
