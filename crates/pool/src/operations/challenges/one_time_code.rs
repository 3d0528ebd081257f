//! `SMS_MFA`, `EMAIL_OTP`, `SMS_OTP`: a code that is sent to the user, as second factor or as first.

use cognito_idp::{
    Error, ErrorCode, Sensitive,
    types::{AttributeType, ChallengeNameType, VerifiedAttributeType},
};

use super::{
    super::{
        limits::Named,
        sign_in::{Challenge, Outcome, Request},
    },
    second_factor,
};
use crate::{
    attributes,
    delivery::{self, Destination},
    errors,
    mfa::Factor,
    records::Records,
    session::{Progress, SentCode, Session},
    unsupported,
    user::User,
};

/// Sends a code to the user's address.
pub(in super::super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    name: ChallengeNameType,
    progress: Progress,
) -> Result<Challenge, Error> {
    let destination = Destination::of(user, attribute(name))
        .ok_or_else(|| errors::internal("The user has no address for a code"))?;
    send(request, records, user, name, &destination, false, progress)
}

/// Pretends to send a code to somebody who does not exist.
pub(super) fn pretend(
    request: &Request<'_>,
    records: &mut Records<'_>,
    nobody: &Named,
    name: ChallengeNameType,
    progress: Progress,
) -> Result<Challenge, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let destination = Destination::decoy_of(pool, request.username()?, attribute(name));
    let session = Session::open(
        records,
        call.random(),
        client,
        &nobody.subject,
        name,
        progress,
    )?;
    Ok(challenge(name, session, &destination))
}

/// Sends a code to an address that the user wants to have codes sent to from now on.
pub(super) fn ask_at_new_email(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    address: &str,
    progress: Progress,
) -> Result<Challenge, Error> {
    let destination = Destination {
        attribute: VerifiedAttributeType::Email,
        address: address.to_owned(),
    };
    let name = ChallengeNameType::EmailOtp;
    send(request, records, user, name, &destination, true, progress)
}

/// A wrong code does not use up the session: the service was seen to take six of them and the right one after that.
pub(in super::super) fn answer(
    request: &Request<'_>,
    name: ChallengeNameType,
) -> Result<Outcome, Error> {
    request.session()?;
    let given = Sensitive::from(request.parameters.required(&format!("{name}_CODE"))?);
    second_factor::try_code(request, name, |records, user, progress| {
        let Progress { code, .. } = &progress;
        let right = code.as_ref().filter(|sent| sent.code == given);
        let (Some(mut user), Some(right)) = (user, right) else {
            return Err(Error::new(
                ErrorCode::CodeMismatchException,
                "Invalid code or auth state for the user.",
            ));
        };
        if let Some(email) = &right.new_email {
            adopt_email(request, records, &mut user, email)?;
        }
        let progress = Progress {
            has_shown_second_factor: progress.has_shown_password,
            code: None,
            ..progress.after(name)
        };
        Ok((user, progress))
    })
}

fn send(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    name: ChallengeNameType,
    destination: &Destination,
    is_new: bool,
    progress: Progress,
) -> Result<Challenge, Error> {
    unsupported::check_messages(&request.pool)?;
    let is_first = !progress.has_shown_password;
    let sender = request.call.sender();
    let code = sender.send_factor(records, &request.pool, user, is_first, destination)?;
    let progress = Progress {
        code: Some(SentCode {
            code,
            new_email: is_new.then(|| destination.address.clone()),
        }),
        ..progress
    };
    let session = request.open_session(records, user, name, progress)?;
    Ok(challenge(name, session, destination))
}

fn challenge(name: ChallengeNameType, session: String, destination: &Destination) -> Challenge {
    let parameters = [
        (
            "CODE_DELIVERY_DELIVERY_MEDIUM",
            destination.medium().to_string(),
        ),
        ("CODE_DELIVERY_DESTINATION", destination.masked()),
    ];
    Challenge::new(name, Some(session), parameters)
}

/// The attribute with the address that a challenge's code goes to.
fn attribute(name: ChallengeNameType) -> VerifiedAttributeType {
    match name {
        ChallengeNameType::EmailOtp => VerifiedAttributeType::Email,
        _ => VerifiedAttributeType::PhoneNumber,
    }
}

/// Takes over the address that the code has shown to be the user's, and sends codes there from now on.
fn adopt_email(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &mut User,
    email: &str,
) -> Result<(), Error> {
    let attribute = VerifiedAttributeType::Email;
    let shown = AttributeType {
        name: attribute.as_str().to_owned(),
        value: Some(email.into()),
    };
    attributes::change(records, &request.pool, user, &[shown])?;
    delivery::set_verified(user, attribute, true);
    user.claim_aliases(records, &request.pool, false)?;
    user.mfa.enable(Factor::Email);
    user.save(records, &request.pool)
}
