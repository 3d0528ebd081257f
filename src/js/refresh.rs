//! Token refresh and revocation: repeated while that can help, and one refresh for all who ask for it
//! at the same time.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Math, Reflect};
use wasm_bindgen::prelude::*;

use crate::flow::{Flow, Refresh, Request, Step};
use crate::platform::now_millis;
use crate::retry;

use super::conversation::Continuation;
use super::platform::{later, rethrow};
use super::user_state::User;

/// A refresh under way.
struct Flight {
    username: String,
    refresh_token: String,
    /// The function that sends requests: an application that replaces it means its own.
    request: JsValue,
    waiting: RefCell<Vec<Waiter>>,
}

/// Somebody who asked for it.
struct Waiter {
    user: Rc<User>,
    callback: Function,
}

thread_local! {
    // Of all users: applications make a new object for each call of `pool.getCurrentUser()`.
    static FLIGHTS: RefCell<Vec<Rc<Flight>>> = const { RefCell::new(Vec::new()) };
}

/// Refreshes a user's session and calls back `(null, session)` or `(error, null)`.
pub(super) fn refresh(
    user: &Rc<User>,
    refresh_token: String,
    callback: Function,
    client_metadata: JsValue,
) -> Result<(), JsValue> {
    let callback = user.wrap_refresh_callback(callback)?;
    let device_key = user.device_key_to_refresh()?;
    let mut flow = Refresh::new(refresh_token.clone(), device_key, Some(client_metadata));
    let first = flow.start(&user.account)?;

    let flight = Rc::new(Flight {
        username: user.account.username(),
        refresh_token,
        request: Reflect::get(&user.client(), &"request".into())?,
        waiting: RefCell::default(),
    });
    let waiter = Waiter {
        user: user.clone(),
        callback,
    };
    if let Some(under_way) = flight.under_way() {
        under_way.waiting.borrow_mut().push(waiter);
        return Ok(());
    }
    flight.waiting.borrow_mut().push(waiter);
    FLIGHTS.with_borrow_mut(|flights| flights.push(flight.clone()));
    let landing = flight.clone();
    let sent = send_with_retry(user.clone(), first, 1, {
        Box::new(move |response| {
            landing.land(flow, response);
            Ok(JsValue::UNDEFINED)
        })
    });
    // What cannot be sent has no answer to wait for.
    sent.inspect_err(|_| flight.leave()).map(drop)
}

impl Flight {
    /// The same refresh, if it is on its way already.
    fn under_way(&self) -> Option<Rc<Self>> {
        FLIGHTS.with_borrow(|flights| {
            let same = |other: &&Rc<Self>| {
                other.username == self.username
                    && other.refresh_token == self.refresh_token
                    && other.request == self.request
            };
            flights.iter().find(same).cloned()
        })
    }

    /// Takes the flight off the list: whoever asks from now on asks anew.
    fn leave(&self) {
        FLIGHTS.with_borrow_mut(|flights| flights.retain(|other| !std::ptr::eq(&**other, self)));
    }

    /// Gives everybody the answer: each user their session, each callback once.
    fn land(&self, mut flow: Refresh<JsValue>, response: Result<JsValue, JsValue>) {
        self.leave();
        for Waiter { user, callback } in self.waiting.take() {
            let step = flow.on_response(&user.account, response.clone(), now_millis());
            let session = step.and_then(|step| match step {
                Step::Done(tokens) => user.adopt(&tokens),
                Step::Send(_) | Step::Challenge(_) => Ok(JsValue::NULL),
            });
            let called = match session {
                Ok(session) => callback.call2(&JsValue::UNDEFINED, &JsValue::NULL, &session),
                Err(error) => callback.call2(&JsValue::UNDEFINED, &error, &JsValue::NULL),
            };
            // The others must hear of it too.
            if let Err(thrown) = called {
                rethrow(thrown);
            }
        }
    }
}

/// Sends a request, and again after a while if it failed and [`retry`] says so.
pub(super) fn send_with_retry(
    user: Rc<User>,
    request: Request<JsValue>,
    attempt: i32,
    then: Continuation,
) -> Result<JsValue, JsValue> {
    let sender = user.clone();
    sender.send(request.clone(), {
        Box::new(move |response| {
            let delay = response.as_ref().err();
            match delay.and_then(|error| retry::delay(error, attempt, Math::random())) {
                None => then(response),
                Some(millis) => {
                    later(millis, move || {
                        send_with_retry(user, request, attempt + 1, then)
                    });
                    Ok(JsValue::UNDEFINED)
                }
            }
        })
    })
}
