//! `AdminListUserAuthEvents`, `AdminUpdateAuthEventFeedback`, `UpdateAuthEventFeedback`: what threat protection recorded
//! of a user, and whether somebody says that it was them.

use std::sync::Arc;

use cognito_idp::{
    Error, Sensitive,
    types::{
        AdminListUserAuthEventsRequest, AdminListUserAuthEventsResponse,
        AdminUpdateAuthEventFeedbackRequest, AdminUpdateAuthEventFeedbackResponse,
        UpdateAuthEventFeedbackRequest, UpdateAuthEventFeedbackResponse,
    },
};

use crate::{
    errors,
    page::{self, Page},
    pool::Pool,
    records::Records,
    service::Call,
    threat::history::{self, AuthEvent},
    tokens::hash,
    user::User,
};

pub(super) fn admin_list_user_auth_events(
    call: Call<'_>,
    input: AdminListUserAuthEventsRequest,
) -> Result<AdminListUserAuthEventsResponse, Error> {
    call.transact(|records| {
        let (pool, user) = protected(records, &input.user_pool_id, &input.username)?;
        let token = input.next_token.as_deref();
        let size = page::size(input.max_results);
        let Page { items, next } = history::page(records, &pool, &user, token, size)?;
        Ok(AdminListUserAuthEventsResponse {
            auth_events: Some(items.into_iter().map(AuthEvent::description).collect()),
            next_token: next,
        })
    })
}

pub(super) fn admin_update_auth_event_feedback(
    call: Call<'_>,
    input: AdminUpdateAuthEventFeedbackRequest,
) -> Result<AdminUpdateAuthEventFeedbackResponse, Error> {
    call.transact(|records| {
        let (pool, user) = protected(records, &input.user_pool_id, &input.username)?;
        let event = history::find(records, &pool, &user, &input.event_id)?;
        // The text has no source.
        let mut event = event.ok_or_else(|| {
            errors::resource_not_found(format!("Event {} does not exist.", input.event_id))
        })?;
        event.judge(input.feedback_value, "Admin", call.now);
        history::save(records, &pool, &user, &event)?;
        Ok(AdminUpdateAuthEventFeedbackResponse {})
    })
}

/// The token comes from the mail about the event, and is good once.
pub(super) fn update_auth_event_feedback(
    call: Call<'_>,
    input: UpdateAuthEventFeedbackRequest,
) -> Result<UpdateAuthEventFeedbackResponse, Error> {
    call.transact(|records| {
        let (pool, user) = protected(records, &input.user_pool_id, &input.username)?;
        let given = Sensitive::from(hash(&input.feedback_token));
        let event = history::find(records, &pool, &user, &input.event_id)?;
        let mut event = event
            .filter(|event| {
                let expected = event.feedback_hash.as_deref();
                expected.is_some_and(|expected| Sensitive::from(expected) == given)
            })
            // The text has no source.
            .ok_or_else(|| errors::not_authorized("Invalid feedback token."))?;
        event.feedback_hash = None;
        event.judge(input.feedback_value, "User", call.now);
        history::save(records, &pool, &user, &event)?;
        Ok(UpdateAuthEventFeedbackResponse {})
    })
}

/// A user of a pool that has threat protection.
fn protected(records: &Records<'_>, pool_id: &str, name: &str) -> Result<(Arc<Pool>, User), Error> {
    let pool = Pool::load(records, pool_id)?;
    pool.check_threat_protection()?;
    let user = User::load(records, &pool, name)?;
    Ok((pool, user))
}
