//! `PASSWORD` and `PASSWORD_SRP`: the password, in the open or by SRP, where it was chosen as the first factor.

use cognito_idp::{Error, types::ChallengeNameType};

use super::super::{
    flows::{user_password, user_srp},
    sign_in::{Outcome, Request},
};

pub(in super::super) fn answer(
    request: &Request<'_>,
    challenge: ChallengeNameType,
) -> Result<Outcome, Error> {
    request
        .call
        .transact(|records| request.close_anyones_session(records, challenge))?;
    if challenge == ChallengeNameType::PasswordSrp {
        user_srp::begin(request)
    } else {
        user_password::sign_in(request)
    }
}
