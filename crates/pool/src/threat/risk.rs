//! The judgement of a sign-in: see the [table](super).

use cognito_idp::types::{EventResponseType, EventType, FeedbackValueType, RiskLevelType};

use super::{Origin, history::AuthEvent};

/// The risk of a sign-in from here, by the user's events with the newest first.
pub(super) fn level(history: &[AuthEvent], origin: &Origin) -> Option<RiskLevelType> {
    let sign_ins = || {
        history
            .iter()
            .filter(|event| event.kind == EventType::SignIn)
    };
    let trusted = || sign_ins().filter(|event| is_trusted(event));
    trusted().next()?;
    let is_suspect = |same: fn(&Origin, &Origin) -> bool| {
        let judged =
            sign_ins().find(|event| event.feedback.is_some() && same(&event.origin, origin));
        judged.is_some_and(|event| event.was_judged(FeedbackValueType::Invalid))
    };
    if is_suspect(has_same_address) || is_suspect(has_same_device) {
        return Some(RiskLevelType::High);
    }
    let is_new =
        |same: fn(&Origin, &Origin) -> bool| !trusted().any(|event| same(&event.origin, origin));
    let new_address = origin.address.is_some() && is_new(has_same_address);
    let new_device = origin.device_id.is_some() && is_new(has_same_device);
    match (new_address, new_device) {
        (true, true) => Some(RiskLevelType::Medium),
        (true, false) | (false, true) => Some(RiskLevelType::Low),
        (false, false) => None,
    }
}

fn is_trusted(event: &AuthEvent) -> bool {
    let has_passed = event.response == EventResponseType::Pass;
    event.was_judged(FeedbackValueType::Valid)
        || has_passed && !event.was_judged(FeedbackValueType::Invalid)
}

fn has_same_address(one: &Origin, other: &Origin) -> bool {
    one.address.is_some() && one.address == other.address
}

fn has_same_device(one: &Origin, other: &Origin) -> bool {
    one.device_id.is_some() && one.device_id == other.device_id
}
