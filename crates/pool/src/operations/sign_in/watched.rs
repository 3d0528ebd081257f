//! A sign-in under threat protection: how it is judged, and recorded as one event from its first factor to its tokens.
//!
//! A request is judged before its password is looked at, so that a refusal says nothing about the password.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        ChallengeName, ChallengeResponse, EventFilterType, EventResponseType, EventType,
        UserStatusType,
    },
};

use super::{Outcome, Request, reset_required};
use crate::{
    errors,
    mfa::Due,
    records::Records,
    session::{Progress, Session},
    threat::{
        Assessment, Done, Origin, Watch, blocked,
        history::{self, AuthEvent},
        too_dangerous,
    },
    user::User,
};

/// What threat protection makes of a request.
pub(in super::super) struct Watched<'a> {
    watch: Watch<'a>,
    assessment: Assessment,
}

impl<'a> Request<'a> {
    /// Judges the request by where it comes from, if the pool has threat protection.
    ///
    /// # Errors
    ///
    /// `NotAuthorizedException` if it is refused for that.
    pub fn watched(
        mut self,
        origin: impl FnOnce(&Self) -> Result<Origin, Error>,
    ) -> Result<Self, Error> {
        let Some(mode) = self.pool.threat_protection() else {
            return Ok(self);
        };
        let origin = origin(&self)?;
        let (watched, refusal) = self.call.transact(|records| {
            let user = self.named_user(records)?;
            let watch = Watch::new(records, self.call, mode, &self.pool, &self.client, origin)?;
            let assessment = match &user {
                Some(user) => watch.assess(records, &self.pool, user)?,
                None => Assessment::default(),
            };
            let watched = Watched { watch, assessment };
            let refusal = watched.refusal(&self, user.as_ref());
            if let (Some(user), Some(_)) = (&user, &refusal) {
                self.record_refusal(records, &watched, user)?;
            }
            Ok((watched, refusal))
        })?;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        self.watched = Some(watched);
        Ok(self)
    }

    /// Answers the request, and records it if it fails.
    pub fn observed(
        &self,
        answer: impl FnOnce(&Self) -> Result<Outcome, Error>,
    ) -> Result<Outcome, Error> {
        let outcome = answer(self);
        if let (Some(watched), Err(error)) = (&self.watched, &outcome) {
            self.record_failure(watched, error)?;
        }
        outcome
    }

    /// Records what the user has shown by now, and tells the user of a danger when the event begins.
    pub(super) fn record_progress(
        &self,
        records: &mut Records<'_>,
        user: &User,
        progress: Progress,
    ) -> Result<Progress, Error> {
        let Some(watched) = &self.watched else {
            return Ok(progress);
        };
        let mut event = self.event(records, watched, user, Some(&progress))?;
        let compromised = &mut event.risk.compromised_credentials_detected;
        *compromised = Some(progress.has_compromised_password);
        if progress.has_shown_password {
            event.note(ChallengeName::Password, ChallengeResponse::Success);
        }
        if progress.has_shown_second_factor {
            event.note(ChallengeName::Mfa, ChallengeResponse::Success);
        }
        event.response = EventResponseType::InProgress;
        if progress.auth_event.is_none() {
            let done = if self.asks_for_factor() && user.second_factor_at_risk(&self.pool).is_some()
            {
                Done::AskedForFactor
            } else {
                Done::Nothing
            };
            self.notify(records, watched, user, done, &mut event)?;
        }
        let auth_event = Some(self.keep(records, user, event)?);
        Ok(Progress {
            auth_event,
            ..progress
        })
    }

    /// Records that the user gets tokens, and gives the event's id.
    pub(super) fn record_pass(
        &self,
        records: &mut Records<'_>,
        user: &User,
        progress: &Progress,
    ) -> Result<Option<String>, Error> {
        let Some(position) = progress.auth_event else {
            return Ok(None);
        };
        let Some(mut event) = history::at(records, &self.pool, user, position)? else {
            return Ok(None);
        };
        event.response = EventResponseType::Pass;
        history::save(records, &self.pool, user, &event)?;
        Ok(Some(event.id))
    }

    /// Looks at the right password of a user: a compromised one may have to be reset before it signs anybody in.
    ///
    /// # Errors
    ///
    /// `PasswordResetRequiredException` if so.
    pub fn check_compromised(
        &self,
        user: &User,
        password: &str,
        progress: Progress,
    ) -> Result<Progress, Error> {
        let Some(watched) = self
            .watched
            .as_ref()
            .filter(|it| it.watch.detects(password))
        else {
            return Ok(progress);
        };
        if !watched.watch.refuses_compromised(EventFilterType::SignIn) {
            return Ok(Progress {
                has_compromised_password: true,
                ..progress
            });
        }
        self.call.transact(|records| {
            let mut user = User::find_again(records, &self.pool, &user.username, &user.sub)?
                .ok_or_else(errors::incorrect_username_or_password)?;
            user.status = UserStatusType::ResetRequired;
            user.save(records, &self.pool)?;
            let mut event = self.event(records, watched, &user, Some(&progress))?;
            watched.assessment.put_into(&mut event, true);
            event.risk.compromised_credentials_detected = Some(true);
            event.response = EventResponseType::Fail;
            event.note(ChallengeName::Password, ChallengeResponse::Success);
            self.keep(records, &user, event)
        })?;
        Err(reset_required())
    }

    /// Checks a password that the user wants to have from now on.
    ///
    /// # Errors
    ///
    /// `InvalidPasswordException` if it is compromised, and refused for that.
    pub fn check_new_password(&self, password: &str) -> Result<(), Error> {
        match &self.watched {
            Some(Watched { watch, .. }) => {
                watch.check_new_password(password, EventFilterType::PasswordChange)
            }
            None => Ok(()),
        }
    }

    /// What the user is asked for after the password: for a danger's sake, or because the pool and the user will have
    /// it so.
    pub fn due_second_factor(&self, user: &User) -> Option<Due> {
        let at_risk = || user.second_factor_at_risk(&self.pool);
        let due = self.asks_for_factor().then(at_risk).flatten();
        due.or_else(|| user.due_second_factor(&self.pool))
    }

    /// Whether the sign-in is so dangerous that a second factor is asked for.
    pub(super) fn asks_for_factor(&self) -> bool {
        let watched = self.watched.as_ref();
        watched.is_some_and(|watched| watched.assessment.asks_for_factor())
    }

    fn record_refusal(
        &self,
        records: &mut Records<'_>,
        watched: &Watched<'_>,
        user: &User,
    ) -> Result<(), Error> {
        let progress = self.progress(records, user)?;
        let mut event = self.event(records, watched, user, progress.as_ref())?;
        watched.assessment.put_into(&mut event, true);
        event.response = EventResponseType::Fail;
        self.notify(records, watched, user, Done::Blocked, &mut event)?;
        self.keep(records, user, event).map(drop)
    }

    /// Records a wrong answer. What says nothing of the user's answers, as a missing parameter does, is none.
    fn record_failure(&self, watched: &Watched<'_>, error: &Error) -> Result<(), Error> {
        let is_failure = matches!(
            error.code,
            ErrorCode::NotAuthorizedException
                | ErrorCode::CodeMismatchException
                | ErrorCode::ExpiredCodeException
        );
        if !is_failure {
            return Ok(());
        }
        self.call.transact(|records| {
            let Some(user) = self.named_user(records)? else {
                return Ok(());
            };
            let progress = self.progress(records, &user)?;
            let mut event = self.event(records, watched, &user, progress.as_ref())?;
            let is_after_password = progress.is_some_and(|progress| progress.has_shown_password);
            if is_after_password {
                event.note(ChallengeName::Mfa, ChallengeResponse::Failure);
            } else if self.shows_password() && *error == errors::incorrect_username_or_password() {
                event.note(ChallengeName::Password, ChallengeResponse::Failure);
            }
            event.response = EventResponseType::Fail;
            self.keep(records, &user, event).map(drop)
        })
    }

    fn notify(
        &self,
        records: &mut Records<'_>,
        watched: &Watched<'_>,
        user: &User,
        done: Done,
        event: &mut AuthEvent,
    ) -> Result<(), Error> {
        let Watched { watch, assessment } = watched;
        watch.notify(records, &self.pool, user, assessment, done, event)
    }

    /// The event of a sign-in that has come so far, or a new one.
    fn event(
        &self,
        records: &Records<'_>,
        watched: &Watched<'_>,
        user: &User,
        progress: Option<&Progress>,
    ) -> Result<AuthEvent, Error> {
        let begun = match progress.and_then(|progress| progress.auth_event) {
            Some(position) => history::at(records, &self.pool, user, position)?,
            None => None,
        };
        Ok(begun.unwrap_or_else(|| {
            let mut event = watched
                .watch
                .event(EventType::SignIn, EventResponseType::InProgress);
            watched.assessment.put_into(&mut event, false);
            event
        }))
    }

    /// Writes the event, which may be new.
    fn keep(&self, records: &mut Records<'_>, user: &User, event: AuthEvent) -> Result<i64, Error> {
        if event.is_new() {
            return history::record(records, &self.pool, user, event);
        }
        history::save(records, &self.pool, user, &event)?;
        Ok(event.position)
    }

    /// How far the session that the request brings has come.
    fn progress(&self, records: &Records<'_>, user: &User) -> Result<Option<Progress>, Error> {
        match self.session.as_deref() {
            Some(text) => Session::progress_of(records, text, &self.client, &user.sub),
            None => Ok(None),
        }
    }

    /// The user whom the request names, if its client does.
    fn named_user(&self, records: &Records<'_>) -> Result<Option<User>, Error> {
        match self.username() {
            Ok(name) => User::find(records, &self.pool, name),
            Err(_) => Ok(None),
        }
    }

    fn shows_password(&self) -> bool {
        ["PASSWORD", "PASSWORD_CLAIM_SIGNATURE"]
            .iter()
            .any(|name| self.parameters.optional(name).is_some())
    }
}

impl Watched<'_> {
    /// Why the request is not answered, if it is not.
    fn refusal(&self, request: &Request<'_>, user: Option<&User>) -> Option<Error> {
        if self.watch.is_blocked() {
            return Some(blocked());
        }
        let lacks_factor =
            || user.is_some_and(|user| user.second_factor_at_risk(&request.pool).is_none());
        let is_too_dangerous =
            self.assessment.blocks() || self.assessment.blocks_without_factor() && lacks_factor();
        is_too_dangerous.then(too_dangerous)
    }
}
