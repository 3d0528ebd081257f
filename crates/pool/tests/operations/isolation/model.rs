//! The API's model, as far as it says which operations take what.

use serde_json::Value;

/// The operations whose input has all of these members.
pub fn operations_with(members: &[&str]) -> Vec<String> {
    let model: Value =
        serde_json::from_str(include_str!("../../../../idp/model/cognito-idp.json")).unwrap();
    let operations = model["operations"].as_object().unwrap();
    let takes = |operation: &Value, member: &str| {
        let input = operation["input"].as_str().unwrap();
        model["shapes"][input]["members"].get(member).is_some()
    };
    let found: Vec<_> = operations
        .iter()
        .filter(|(_, operation)| members.iter().all(|member| takes(operation, member)))
        .map(|(name, _)| name.clone())
        .collect();
    assert!(!found.is_empty(), "no operation takes {members:?}");
    found
}
