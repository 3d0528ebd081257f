//! Changes of a user's attributes, whoever makes them, and the codes that prove new addresses.

use cognito_idp::{
    Error,
    types::{AttributeType, CodeDeliveryDetailsType, VerifiedAttributeType},
};

use crate::{
    attributes, code::Purpose, delivery::Destination, outbox::MessageKind, pool::Pool,
    records::Records, service::Call, unsupported, user::User,
};

/// Sets attributes that are already checked against the schema on a user who exists, and sends codes to the addresses
/// that are to be proved.
///
/// Where the pool wants a new address proved before it counts, it waits for its code; unless whoever sets it vouches
/// for it, as only an administrator can.
///
/// # Errors
///
/// `InvalidParameterException` for an attribute that may not change or not go, `AliasExistsException` for an address
/// that somebody else signs in with.
pub(super) fn apply(
    call: Call<'_>,
    records: &mut Records<'_>,
    pool: &Pool,
    user: &mut User,
    wanted: Vec<AttributeType>,
) -> Result<Vec<CodeDeliveryDetailsType>, Error> {
    attributes::check_mutable(pool, user, &wanted)?;
    attributes::check_kept(pool, &wanted)?;
    let vouched_for: Vec<_> = wanted.iter().filter_map(vouched_for).collect();
    let (later, mut now): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|attribute| {
        waits_for_proof(pool, user, attribute)
            && !vouched_for
                .iter()
                .any(|vouched| vouched.as_str() == attribute.name)
    });
    // A new address is not verified unless what comes with it says so, in whatever order.
    now.sort_by_key(|attribute| attribute.name.ends_with("_verified"));
    let changed = attributes::change(records, pool, user, &now)?;
    user.claim_aliases(records, pool, false)?;
    user.save(records, pool)?;

    let changed = changed
        .into_iter()
        .filter(|attribute| !vouched_for.contains(attribute))
        .filter_map(|attribute| Destination::of(user, attribute));
    let pending = later.iter().filter_map(proposed);
    let to_prove: Vec<_> = changed
        .chain(pending)
        .filter(|to| pool.auto_verifies(to.attribute))
        .collect();
    if !to_prove.is_empty() {
        unsupported::check_messages(pool)?;
    }
    to_prove
        .iter()
        .map(|to| {
            let purpose = Purpose::Attribute(to.attribute);
            let kind = MessageKind::UpdateUserAttribute;
            call.sender().send(records, pool, user, purpose, kind, to)
        })
        .collect()
}

/// The address that this attribute says to be verified.
fn vouched_for(attribute: &AttributeType) -> Option<VerifiedAttributeType> {
    let address = VerifiedAttributeType::from_name(attribute.name.strip_suffix("_verified")?)?;
    (attribute.value.as_deref() == Some("true")).then_some(address)
}

/// Whether a new value is kept back until a code has shown that it is the user's.
fn waits_for_proof(pool: &Pool, user: &User, attribute: &AttributeType) -> bool {
    let value = attribute.value.as_deref().filter(|value| !value.is_empty());
    VerifiedAttributeType::from_name(&attribute.name).is_some_and(|verified| {
        pool.auto_verifies(verified)
            && pool.verifies_before_update(verified)
            && value.is_some()
            && user.attributes.get(&attribute.name).map(String::as_str) != value
    })
}

fn proposed(attribute: &AttributeType) -> Option<Destination> {
    let address = attribute.value.as_deref()?.to_owned();
    Some(Destination {
        attribute: VerifiedAttributeType::from_name(&attribute.name)?,
        address,
    })
}
