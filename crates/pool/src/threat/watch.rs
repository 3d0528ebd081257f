//! A request under threat protection.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        AccountTakeoverActionType, AccountTakeoverEventActionType, EventFilterType,
        EventResponseType, EventRiskType, EventType, RiskDecisionType, RiskLevelType,
        UserContextDataType, VerifiedAttributeType,
    },
};

use super::{
    Mode, Origin, compromised,
    configuration::RiskConfiguration,
    history::{self, AuthEvent},
    notification::{Done, Notification},
    risk,
};
use crate::{
    client::Client,
    delivery::{self, Destination},
    errors, identifiers, outbox,
    pool::Pool,
    records::Records,
    service::Call,
    tokens::hash,
    user::User,
};

const FEEDBACK_TOKEN_BYTES: usize = 48;

/// What is known about one request, and what is to be done if it is dangerous.
pub(crate) struct Watch<'a> {
    call: Call<'a>,
    mode: Mode,
    configuration: RiskConfiguration,
    origin: Origin,
}

/// How dangerous a sign-in is, and what the configuration says to that.
#[derive(Clone, Default)]
pub(crate) struct Assessment {
    level: Option<RiskLevelType>,
    action: Option<AccountTakeoverActionType>,
}

impl<'a> Watch<'a> {
    pub fn new(
        records: &Records<'_>,
        call: Call<'a>,
        mode: Mode,
        pool: &Pool,
        client: &Client,
        origin: Origin,
    ) -> Result<Self, Error> {
        Ok(Self {
            call,
            mode,
            configuration: RiskConfiguration::effective(records, pool, &client.id)?,
            origin,
        })
    }

    /// The watch over a request of a user's own application, if the pool has threat protection.
    ///
    /// # Errors
    ///
    /// `NotAuthorizedException` if its address is blocked.
    pub fn of_user(
        records: &Records<'_>,
        call: Call<'a>,
        pool: &Pool,
        client: &Client,
        context: Option<&UserContextDataType>,
    ) -> Result<Option<Self>, Error> {
        let Some(mode) = pool.threat_protection() else {
            return Ok(None);
        };
        let origin = Origin::of_user(call.address, client, context)?;
        let watch = Self::new(records, call, mode, pool, client, origin)?;
        if watch.is_blocked() {
            return Err(blocked());
        }
        Ok(Some(watch))
    }

    /// Whether the address that the request comes from is blocked.
    pub fn is_blocked(&self) -> bool {
        self.mode == Mode::Enforced && self.configuration.blocks(self.origin.address)
    }

    /// The danger of a sign-in of this user.
    pub fn assess(
        &self,
        records: &Records<'_>,
        pool: &Pool,
        user: &User,
    ) -> Result<Assessment, Error> {
        if self.configuration.skips(self.origin.address) {
            return Ok(Assessment::default());
        }
        let history = history::all(records, pool, user)?;
        let level = risk::level(&history, &self.origin);
        let action = level.filter(|_| self.mode == Mode::Enforced);
        let action = action.and_then(|level| self.configuration.action(level));
        Ok(Assessment { level, action })
    }

    /// Whether this password is compromised, where that is looked at.
    pub fn detects(&self, password: &str) -> bool {
        !self.configuration.skips(self.origin.address) && compromised::is_known(password)
    }

    /// Whether a password that was detected is refused on this occasion.
    pub fn refuses_compromised(&self, occasion: EventFilterType) -> bool {
        self.mode == Mode::Enforced && self.configuration.blocks_compromised(occasion)
    }

    /// Checks a password that is to be a user's from now on.
    ///
    /// # Errors
    ///
    /// `InvalidPasswordException` if it is compromised, and refused for that.
    pub fn check_new_password(
        &self,
        password: &str,
        occasion: EventFilterType,
    ) -> Result<(), Error> {
        if self.detects(password) && self.refuses_compromised(occasion) {
            return Err(Error::new(
                ErrorCode::InvalidPasswordException,
                "Provided password cannot be used for security reasons.",
            ));
        }
        Ok(())
    }

    /// An event that is not recorded yet.
    pub fn event(&self, kind: EventType, response: EventResponseType) -> AuthEvent {
        AuthEvent {
            id: identifiers::uuid(self.call.random()),
            position: 0,
            kind,
            created: self.call.now,
            response,
            risk: EventRiskType {
                risk_decision: Some(RiskDecisionType::NoRisk),
                risk_level: None,
                compromised_credentials_detected: Some(false),
            },
            challenges: Vec::new(),
            origin: self.origin.clone(),
            feedback: None,
            feedback_hash: None,
        }
    }

    /// Records an event that is not about a sign-in. `password` is one that the user wants to have.
    pub fn record(
        &self,
        records: &mut Records<'_>,
        pool: &Pool,
        user: &User,
        kind: EventType,
        response: EventResponseType,
        password: Option<&str>,
    ) -> Result<(), Error> {
        let mut event = self.event(kind, response);
        let is_compromised = password.is_some_and(|password| self.detects(password));
        event.risk.compromised_credentials_detected = Some(is_compromised);
        history::record(records, pool, user, event).map(drop)
    }

    /// Tells the user of a dangerous sign-in if the configuration says so and the user has a verified email address,
    /// and makes the event one that the user can judge by the mail.
    pub fn notify(
        &self,
        records: &mut Records<'_>,
        pool: &Pool,
        user: &User,
        assessment: &Assessment,
        done: Done,
        event: &mut AuthEvent,
    ) -> Result<(), Error> {
        let email = VerifiedAttributeType::Email;
        let (Some(action), Some(configuration)) =
            (&assessment.action, self.configuration.notification())
        else {
            return Ok(());
        };
        let address = Destination::of(user, email).filter(|_| delivery::is_verified(user, email));
        let Some(Destination { address, .. }) = address.filter(|_| action.notify) else {
            return Ok(());
        };
        let token = identifiers::secret::<FEEDBACK_TOKEN_BYTES>(self.call.random());
        event.feedback_hash = Some(hash(&token));
        let notification = Notification {
            configuration,
            done,
            event,
            feedback_token: &token,
            feedback_url: &self
                .call
                .feedback_url(&pool.id, &user.sub, &event.id, &token),
        };
        let message = notification.message(pool, user, address, self.call.now);
        outbox::push(records, message)
    }
}

impl Assessment {
    pub fn blocks(&self) -> bool {
        self.is(AccountTakeoverEventActionType::Block)
    }

    /// Whether who has no second factor is refused.
    pub fn blocks_without_factor(&self) -> bool {
        self.is(AccountTakeoverEventActionType::MfaRequired)
    }

    /// Whether who has a second factor must show it.
    pub fn asks_for_factor(&self) -> bool {
        self.is(AccountTakeoverEventActionType::MfaIfConfigured) || self.blocks_without_factor()
    }

    /// Writes itself into the event.
    pub fn put_into(&self, event: &mut AuthEvent, is_refused: bool) {
        event.risk.risk_level = self.level;
        event.risk.risk_decision = Some(match &self.action {
            _ if is_refused => RiskDecisionType::Block,
            Some(_) => RiskDecisionType::AccountTakeover,
            None => RiskDecisionType::NoRisk,
        });
    }

    fn is(&self, action: AccountTakeoverEventActionType) -> bool {
        let own = self.action.as_ref();
        own.is_some_and(|own| own.event_action == action)
    }
}

/// What somebody hears whose address is blocked.
pub(crate) fn blocked() -> Error {
    errors::not_authorized("Request not allowed due to security reasons.")
}

/// What somebody hears whose sign-in is too dangerous.
pub(crate) fn too_dangerous() -> Error {
    errors::not_authorized("Unable to login because of security reasons.")
}
