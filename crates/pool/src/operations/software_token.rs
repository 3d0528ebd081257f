//! `AssociateSoftwareToken`, `VerifySoftwareToken`: a user gets a secret for a token, and shows that the token has it.
//! `AdminDeleteSoftwareToken` takes it away.
//!
//! The first two take an access token, or the session of the challenge `MFA_SETUP`.

use std::sync::Arc;

use cognito_idp::{
    Error, ErrorCode, Sensitive,
    types::{
        AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse,
        AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse, ChallengeNameType,
        VerifySoftwareTokenRequest, VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType,
    },
};

use crate::{
    client::Client,
    errors, keys,
    mfa::Factor,
    pool::Pool,
    records::Records,
    service::Call,
    session::{self, Progress, Session},
    tokens::access::{self, AccessToken, Bearer},
    totp::SoftwareToken,
    user::User,
};

pub(super) fn associate_software_token(
    call: Call<'_>,
    input: AssociateSoftwareTokenRequest,
) -> Result<AssociateSoftwareTokenResponse, Error> {
    let credentials = Credentials::new(call, input.access_token, input.session)?;
    call.transact(|records| {
        let mut owner = credentials.owner(records)?;
        let token = SoftwareToken::new(call.random());
        let secret_code = Some(token.secret.clone());
        owner.user.mfa.proposed = Some(token);
        owner.user.write(records, &owner.pool)?;
        Ok(AssociateSoftwareTokenResponse {
            secret_code,
            session: owner.go_on(call, records)?,
        })
    })
}

/// A wrong code does not use up the session.
pub(super) fn verify_software_token(
    call: Call<'_>,
    input: VerifySoftwareTokenRequest,
) -> Result<VerifySoftwareTokenResponse, Error> {
    let credentials = Credentials::new(call, input.access_token, input.session)?;
    call.transact(|records| {
        let mut owner = credentials.owner(records)?;
        let mfa = &mut owner.user.mfa;
        let mut token = mfa
            .proposed
            .take()
            .or_else(|| mfa.token.take())
            .ok_or_else(mismatch)?;
        token
            .redeem(&input.user_code, call.now)
            .map_err(|_| mismatch())?;
        token.name = input.friendly_device_name.or(token.name);
        mfa.token = Some(token);
        owner.user.save(records, &owner.pool)?;
        if let Some((_, progress)) = &mut owner.sign_in {
            progress.has_set_up_token = true;
        }
        Ok(VerifySoftwareTokenResponse {
            status: Some(VerifySoftwareTokenResponseType::Success),
            session: owner.go_on(call, records)?,
        })
    })
}

pub(super) fn admin_delete_software_token(
    call: Call<'_>,
    input: AdminDeleteSoftwareTokenRequest,
) -> Result<AdminDeleteSoftwareTokenResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        user.mfa.token = None;
        user.mfa.proposed = None;
        user.mfa.disable(Factor::SoftwareToken);
        user.save(records, &pool)?;
        Ok(AdminDeleteSoftwareTokenResponse {})
    })
}

/// What shows whose token it is.
enum Credentials {
    AccessToken(Arc<AccessToken>),
    Session(Sensitive),
}

/// Whose token it is.
struct Owner {
    pool: Arc<Pool>,
    user: User,
    /// The sign-in that waits for it.
    sign_in: Option<(Arc<Client>, Progress)>,
}

impl Credentials {
    fn new(
        call: Call<'_>,
        access_token: Option<Sensitive>,
        session: Option<Sensitive>,
    ) -> Result<Self, Error> {
        match (access_token, session) {
            (Some(token), None) => access::verify(call, &token).map(Self::AccessToken),
            (None, Some(session)) => Ok(Self::Session(session)),
            // The service's text is not known.
            _ => Err(errors::invalid_parameter(
                "Either AccessToken or Session is required, not both.",
            )),
        }
    }

    fn owner(&self, records: &mut Records<'_>) -> Result<Owner, Error> {
        let owner = match self {
            Self::AccessToken(token) => {
                let Bearer { pool, user, .. } = token.bearer(records)?;
                Owner {
                    pool,
                    user,
                    sign_in: None,
                }
            }
            Self::Session(text) => {
                let session = Session::close(records, text, |session| {
                    session.challenge == ChallengeNameType::MfaSetup
                })?;
                let (client, pool) = Client::load_with_pool(records, &session.client_id)?;
                let user = User::follow(records, &pool, &keys::sub(&pool.id, &session.subject))?
                    .ok_or_else(session::unknown)?;
                Owner {
                    pool,
                    user,
                    sign_in: Some((client, session.progress)),
                }
            }
        };
        if owner.pool.offers(Factor::SoftwareToken) {
            Ok(owner)
        } else {
            Err(not_offered())
        }
    }
}

impl Owner {
    /// The session that the sign-in goes on with.
    fn go_on(self, call: Call<'_>, records: &mut Records<'_>) -> Result<Option<Sensitive>, Error> {
        let Some((client, progress)) = self.sign_in else {
            return Ok(None);
        };
        let challenge = ChallengeNameType::MfaSetup;
        let sub = &self.user.sub;
        Session::open(records, call.random(), &client, sub, challenge, progress)
            .map(|session| Some(session.into()))
    }
}

/// What users hear of tokens in a pool without.
pub(super) fn not_offered() -> Error {
    Error::new(
        ErrorCode::SoftwareTokenMFANotFoundException,
        "Software Token MFA has not been enabled by the userPool",
    )
}

fn mismatch() -> Error {
    Error::new(
        ErrorCode::EnableSoftwareTokenMFAException,
        "Code mismatch and fail enable Software Token MFA",
    )
}
