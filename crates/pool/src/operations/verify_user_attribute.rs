//! `GetUserAttributeVerificationCode`, `VerifyUserAttribute`: users show that an address is theirs.

use cognito_idp::{
    Error,
    types::{
        AttributeType, GetUserAttributeVerificationCodeRequest,
        GetUserAttributeVerificationCodeResponse, VerifiedAttributeType,
        VerifyUserAttributeRequest, VerifyUserAttributeResponse,
    },
};

use crate::{
    attempts::{self, Limited},
    attributes,
    code::{self, Purpose},
    delivery::{self, Destination},
    errors,
    outbox::MessageKind,
    service::Call,
    tokens::access::{self, AccessToken, Bearer},
    unsupported,
};

pub(super) fn get_user_attribute_verification_code(
    call: Call<'_>,
    input: GetUserAttributeVerificationCodeRequest,
) -> Result<GetUserAttributeVerificationCodeResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let attribute = verifiable(&input.attribute_name)?;
    admit(call, &token, Limited::GetUserAttributeVerificationCode)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        unsupported::check_messages(&pool)?;
        let purpose = Purpose::Attribute(attribute);
        // A new address that waits for its proof is the one to prove.
        let to = match code::destination(records, &pool, &user.sub, purpose)? {
            Some(pending) => pending,
            // The service's text is not known.
            None => Destination::of(&user, attribute).ok_or_else(|| {
                errors::invalid_parameter(format!("User does not have the attribute {attribute}."))
            })?,
        };
        let kind = MessageKind::VerifyUserAttribute;
        let details = call
            .sender()
            .send(records, &pool, &user, purpose, kind, &to)?;
        Ok(GetUserAttributeVerificationCodeResponse {
            code_delivery_details: Some(details),
        })
    })
}

pub(super) fn verify_user_attribute(
    call: Call<'_>,
    input: VerifyUserAttributeRequest,
) -> Result<VerifyUserAttributeResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let attribute = verifiable(&input.attribute_name)?;
    admit(call, &token, Limited::VerifyUserAttribute)?;
    call.transact(|records| {
        let Bearer { pool, mut user, .. } = token.bearer(records)?;
        let purpose = Purpose::Attribute(attribute);
        let code = code::redeem(records, &pool, &user.sub, purpose, &input.code)?;
        // Another address than the user's is one that waited for this proof: a change of the user's own would have
        // withdrawn the code.
        let proved = AttributeType {
            name: attribute.as_str().to_owned(),
            value: Some(code.address.into()),
        };
        attributes::change(records, &pool, &mut user, &[proved])?;
        delivery::set_verified(&mut user, attribute, true);
        user.claim_aliases(records, &pool, false)?;
        user.save(records, &pool)?;
        Ok(VerifyUserAttributeResponse {})
    })
}

fn verifiable(name: &str) -> Result<VerifiedAttributeType, Error> {
    // The service's text is not known.
    VerifiedAttributeType::from_name(name).ok_or_else(|| {
        errors::invalid_parameter(format!("The attribute {name} cannot be verified."))
    })
}

/// Counts a call, whatever becomes of it.
fn admit(call: Call<'_>, token: &AccessToken, operation: Limited) -> Result<(), Error> {
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        attempts::count(records, &pool, &user.sub, operation)
    })
}
