//! `TagResource`, `UntagResource`, `ListTagsForResource`: the tags of user pools, the only resources that have some.

use std::collections::BTreeMap;

use cognito_idp::{
    Error, ErrorCode,
    types::{
        ListTagsForResourceRequest, ListTagsForResourceResponse, TagResourceRequest,
        TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
    },
};

use crate::{errors, pool::Pool, records::Records, service::Call};

/// How many tags a pool can have.
const MOST: usize = 50;

/// What tags of AWS's own begin with.
const RESERVED: &str = "aws:";

pub(super) fn tag_resource(
    call: Call<'_>,
    input: TagResourceRequest,
) -> Result<TagResourceResponse, Error> {
    call.transact(|records| {
        let mut pool = load(records, &input.resource_arn)?;
        let tags = pool.settings.user_pool_tags.get_or_insert_default();
        tags.extend(input.tags);
        // This operation does not have the error that the others have for tags.
        check(tags).map_err(|error| errors::invalid_parameter(error.message))?;
        pool.save(records)?;
        Ok(TagResourceResponse {})
    })
}

pub(super) fn untag_resource(
    call: Call<'_>,
    input: UntagResourceRequest,
) -> Result<UntagResourceResponse, Error> {
    call.transact(|records| {
        let mut pool = load(records, &input.resource_arn)?;
        let tags = pool.settings.user_pool_tags.get_or_insert_default();
        tags.retain(|key, _| !input.tag_keys.contains(key));
        pool.save(records)?;
        Ok(UntagResourceResponse {})
    })
}

pub(super) fn list_tags_for_resource(
    call: Call<'_>,
    input: ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, Error> {
    call.transact(|records| {
        Ok(ListTagsForResourceResponse {
            tags: load(records, &input.resource_arn)?.settings.user_pool_tags,
        })
    })
}

/// Checks all tags that a pool would have.
///
/// # Errors
///
/// `UserPoolTaggingException` for too many, and for what begins as AWS's own do. The texts have no source.
pub(super) fn check(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    let refused = |text: String| Err(Error::new(ErrorCode::UserPoolTaggingException, text));
    if tags.len() > MOST {
        return refused(format!("A user pool cannot have more than {MOST} tags."));
    }
    match tags.keys().find(|key| key.starts_with(RESERVED)) {
        Some(key) => refused(format!(
            "Tag key {key} is not allowed: {RESERVED} is a reserved prefix."
        )),
        None => Ok(()),
    }
}

fn load(records: &Records<'_>, arn: &str) -> Result<Pool, Error> {
    let id = arn.rsplit_once(":userpool/").map(|(_, id)| id);
    let pool = id.map(|id| Pool::load_owned(records, id)).transpose()?;
    // The account and the region belong to the name too.
    pool.filter(|pool| pool.settings.arn.as_deref() == Some(arn))
        .ok_or_else(|| errors::resource_not_found(format!("Resource {arn} does not exist.")))
}
