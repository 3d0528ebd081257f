//! `ListUserSessions`, `RevokeUserSession`, `AdminListUserSessions`, `AdminRevokeUserSession`: a user's sign-ins that
//! hold. Each is a token session; managed login, whose sessions these could be linked to, is not served yet.

use cognito_idp::{
    Error,
    types::{
        AdminListUserSessionsRequest, AdminListUserSessionsResponse, AdminRevokeUserSessionRequest,
        AdminRevokeUserSessionResponse, ListUserSessionsRequest, ListUserSessionsResponse,
        RevokeUserSessionRequest, RevokeUserSessionResponse, SessionDescriptionType,
        SessionTypeType,
    },
};

use crate::{
    errors,
    pool::Pool,
    records::Records,
    service::Call,
    session_tracking::{SessionTracking, session_id},
    tokens::{
        access::{self, Bearer},
        grants,
    },
    user::User,
};

pub(super) fn list_user_sessions(
    call: Call<'_>,
    input: ListUserSessionsRequest,
) -> Result<ListUserSessionsResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        let current = session_id(token.event_id());
        Ok(ListUserSessionsResponse {
            sessions: Some(sessions(records, &pool, &user, Some(&current))?),
            next_token: None,
        })
    })
}

pub(super) fn admin_list_user_sessions(
    call: Call<'_>,
    input: AdminListUserSessionsRequest,
) -> Result<AdminListUserSessionsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        Ok(AdminListUserSessionsResponse {
            sessions: Some(sessions(records, &pool, &user, None)?),
            next_token: None,
        })
    })
}

pub(super) fn revoke_user_session(
    call: Call<'_>,
    input: RevokeUserSessionRequest,
) -> Result<RevokeUserSessionResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        if session_id(token.event_id()) == input.session_id {
            // The text has no source.
            return Err(errors::invalid_parameter(
                "The current session cannot be revoked.",
            ));
        }
        revoke(records, &pool, &user, &input.session_id)?;
        Ok(RevokeUserSessionResponse {})
    })
}

pub(super) fn admin_revoke_user_session(
    call: Call<'_>,
    input: AdminRevokeUserSessionRequest,
) -> Result<AdminRevokeUserSessionResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        revoke(records, &pool, &user, &input.session_id)?;
        Ok(AdminRevokeUserSessionResponse {})
    })
}

fn sessions(
    records: &Records<'_>,
    pool: &Pool,
    user: &User,
    current: Option<&str>,
) -> Result<Vec<SessionDescriptionType>, Error> {
    SessionTracking::load(records, pool)?.check_on()?;
    let sign_ins = grants::of_user(records, pool, user)?;
    let described = sign_ins.into_iter().map(|sign_in| {
        let id = session_id(&sign_in.event_id);
        #[expect(
            clippy::cast_precision_loss,
            reason = "exact until the year 285 million"
        )]
        let since = sign_in.since as f64;
        SessionDescriptionType {
            is_current_session: Some(current == Some(id.as_str())),
            session_id: Some(id),
            session_type: Some(SessionTypeType::Token),
            client_id: Some(sign_in.client_id.into()),
            create_date: Some(since),
            ..SessionDescriptionType::default()
        }
    });
    Ok(described.collect())
}

fn revoke(records: &mut Records<'_>, pool: &Pool, user: &User, id: &str) -> Result<(), Error> {
    SessionTracking::load(records, pool)?.check_on()?;
    let sign_ins = grants::of_user(records, pool, user)?;
    let sign_in = sign_ins
        .iter()
        .find(|sign_in| session_id(&sign_in.event_id) == id);
    // The text has no source.
    let sign_in = sign_in
        .ok_or_else(|| errors::resource_not_found(format!("Session {id} does not exist.")))?;
    grants::end(records, pool, user, sign_in)
}
