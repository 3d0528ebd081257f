//! What a user did: a number of events, and for two years at most.

use std::time::Duration;

use cognito_idp::{
    Error,
    types::{
        AuthEventType, ChallengeName, ChallengeResponse, ChallengeResponseType, EventFeedbackType,
        EventResponseType, EventRiskType, EventType, FeedbackValueType,
    },
};
use serde::{Deserialize, Serialize};

use super::Origin;
use crate::{UnixMillis, keys, page::Page, pool::Pool, records::Records, user::User};

/// How many events a user has; beyond it one goes. The oldest failure comes first: whoever keeps failing must not make
/// the pool forget where the user has passed.
const MOST: usize = 200;

/// As long as the service keeps an event.
const RETENTION: Duration = Duration::from_secs(2 * 365 * 24 * 60 * 60);

/// One event.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AuthEvent {
    /// `event_id` in the tokens of a sign-in.
    pub id: String,
    /// Where it stands among the user's events: the newer, the smaller. None stands at 0.
    pub position: i64,
    pub kind: EventType,
    pub created: UnixMillis,
    pub response: EventResponseType,
    pub risk: EventRiskType,
    pub challenges: Vec<ChallengeResponseType>,
    pub origin: Origin,
    pub feedback: Option<EventFeedbackType>,
    /// The hash of the token by which the user may give feedback, once.
    pub feedback_hash: Option<String>,
}

impl AuthEvent {
    pub fn description(self) -> AuthEventType {
        AuthEventType {
            event_id: Some(self.id),
            event_type: Some(self.kind),
            creation_date: Some(self.created.api_timestamp()),
            event_response: Some(self.response),
            event_risk: Some(self.risk),
            challenge_responses: Some(self.challenges),
            event_context_data: Some(self.origin.description()),
            event_feedback: self.feedback,
        }
    }

    /// Whether it has no place among the user's events yet.
    pub fn is_new(&self) -> bool {
        self.position == 0
    }

    /// Notes how the user answered, if that is not what was noted last.
    pub fn note(&mut self, challenge: ChallengeName, response: ChallengeResponse) {
        let of_challenge = |noted: &&ChallengeResponseType| noted.challenge_name == Some(challenge);
        let last = self.challenges.iter().rfind(of_challenge);
        let succeeded =
            last.is_some_and(|last| last.challenge_response == Some(ChallengeResponse::Success));
        if !(succeeded && response == ChallengeResponse::Success) {
            self.challenges.push(ChallengeResponseType {
                challenge_name: Some(challenge),
                challenge_response: Some(response),
            });
        }
    }

    /// Takes what somebody says about it.
    pub fn judge(&mut self, value: FeedbackValueType, provider: &str, now: UnixMillis) {
        self.feedback = Some(EventFeedbackType {
            feedback_value: value,
            provider: provider.to_owned(),
            feedback_date: Some(now.api_timestamp()),
        });
    }

    pub fn was_judged(&self, value: FeedbackValueType) -> bool {
        let feedback = self.feedback.as_ref();
        feedback.is_some_and(|feedback| feedback.feedback_value == value)
    }
}

/// Adds an event in front of all others and gives its position.
pub(crate) fn record(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    mut event: AuthEvent,
) -> Result<i64, Error> {
    let events = all(records, pool, user)?;
    // Time alone would not order what happens within a millisecond.
    let newest_first = i64::MAX - event.created.0;
    event.position = match events.first() {
        Some(newest) => newest_first.min(newest.position - 1),
        None => newest_first,
    };
    let oldest_first = events.iter().rev();
    let has_failed = |event: &&AuthEvent| event.response == EventResponseType::Fail;
    let surplus = oldest_first.clone().find(has_failed).or(events.last());
    let surplus = surplus.filter(|_| events.len() >= MOST);
    let now = records.now;
    let is_over = |event: &&AuthEvent| event.created + RETENTION < now;
    for old in oldest_first.take_while(is_over).chain(surplus) {
        records.delete(&keys::auth_event(&pool.id, &user.sub, old.position))?;
    }
    save(records, pool, user, &event)?;
    Ok(event.position)
}

/// Writes an event that was changed.
pub(crate) fn save(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    event: &AuthEvent,
) -> Result<(), Error> {
    let key = keys::auth_event(&pool.id, &user.sub, event.position);
    records.put(&key, event)
}

/// The event at this position, if it is still there.
pub(crate) fn at(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
    position: i64,
) -> Result<Option<AuthEvent>, Error> {
    records.get(&keys::auth_event(&pool.id, &user.sub, position))
}

/// The event of this id.
pub(crate) fn find(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
    id: &str,
) -> Result<Option<AuthEvent>, Error> {
    let mut events = all(records, pool, user)?.into_iter();
    Ok(events.find(|event| event.id == id))
}

/// The user's events, the newest first.
pub(crate) fn all(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
) -> Result<Vec<AuthEvent>, Error> {
    records.scan(&keys::auth_events(&pool.id, &user.sub))
}

/// A part of them.
pub(crate) fn page(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
    token: Option<&str>,
    size: usize,
) -> Result<Page<AuthEvent>, Error> {
    records.page(&keys::auth_events(&pool.id, &user.sub), token, size)
}

/// Notes that what the user had begun is done.
pub(crate) fn conclude(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    kind: EventType,
) -> Result<(), Error> {
    let mut events = all(records, pool, user)?.into_iter();
    let begun =
        events.find(|event| event.kind == kind && event.response == EventResponseType::InProgress);
    let Some(mut event) = begun else {
        return Ok(());
    };
    event.response = EventResponseType::Pass;
    save(records, pool, user, &event)
}
