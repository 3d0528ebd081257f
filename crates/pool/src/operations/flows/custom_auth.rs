//! `CUSTOM_AUTH`: a sign-in that the pool's triggers lead.
//!
//! `DefineAuthChallenge` is told what the user has passed so far and says what comes next: a question of
//! `CreateAuthChallenge`'s, the proof of the password if the sign-in began with SRP, tokens, or the end. Second factors
//! after the password, devices and new passwords come between as in every sign-in.

use cognito_idp::{Error, types::UserStatusType};

use super::{
    super::{
        challenges::custom_challenge,
        sign_in::{self, Outcome, Request},
        srp,
    },
    user_srp,
};
use crate::{
    decoy::Decoy,
    errors,
    session::{CustomAuth, Progress},
    triggers::{self, ChallengeResult, Decision, Occasion},
    unsupported,
    user::User,
};

/// The value of `CHALLENGE_NAME` that begins with SRP, and the name of the parameter that it needs.
const SRP_A: &str = "SRP_A";

pub(in super::super) fn begin(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    Occasion::check_custom_auth(pool)?;
    unsupported::check_sign_in(pool)?;
    let client_public = match request.parameters.optional("CHALLENGE_NAME") {
        Some(SRP_A) => Some(request.parameters.required(SRP_A)?),
        _ => None,
    };
    if let Some(client_public) = client_public {
        srp::check_client_public(client_public)?;
    }

    let user = call.transact(|records| User::find(records, pool, name))?;
    match &user {
        Some(user) if user.status == UserStatusType::ResetRequired => {
            return Err(sign_in::reset_required());
        }
        // With a password to prove, that comes first; and who asks must not learn whether there is such a user.
        Some(user) if client_public.is_none() && !client.hides_users() => {
            sign_in::check_standing(request, user)?;
        }
        None if !client.hides_users() => return Err(errors::user_does_not_exist()),
        _ => {}
    }
    let username = match &user {
        Some(user) => user.username.clone(),
        None if pool.username_attributes().is_empty() => name.to_owned(),
        None => Decoy::new(pool, name)?.user_id,
    };
    let custom = CustomAuth {
        names: [name.to_owned(), username],
        client_public: client_public.map(str::to_owned),
        results: client_public
            .map(|_| ChallengeResult::passed(SRP_A))
            .into_iter()
            .collect(),
        ..CustomAuth::default()
    };
    go_on(request, user, custom, request.beginning())
}

/// Does what `DefineAuthChallenge` wants to happen next. `custom` is not in `progress` meanwhile.
pub(in super::super) fn go_on(
    request: &Request<'_>,
    user: Option<User>,
    mut custom: CustomAuth,
    progress: Progress,
) -> Result<Outcome, Error> {
    let occasion = request.occasion(user.as_ref(), custom.username());
    match occasion.define_auth_challenge(&custom.results)? {
        Decision::Fail => Err(errors::incorrect_username_or_password()),
        Decision::AskQuestion => custom_challenge::ask(request, user.as_ref(), custom, progress),
        Decision::AskPassword => {
            let client_public = custom
                .client_public
                .take()
                .ok_or_else(triggers::unrecognizable)?;
            let progress = Progress {
                custom: Some(custom),
                ..progress
            };
            user_srp::ask(request, user.as_ref(), &client_public, progress)
        }
        Decision::IssueTokens => {
            let user = user.ok_or_else(errors::incorrect_username_or_password)?;
            sign_in::go_on(request, |records| {
                // Looked at once more: triggers take their time.
                let user = User::find_again(records, &request.pool, &user.username, &user.sub)?
                    .ok_or_else(errors::incorrect_username_or_password)?;
                custom.issues_tokens = true;
                let progress = Progress {
                    custom: Some(custom),
                    ..progress
                };
                Ok((user, progress))
            })
        }
    }
}
