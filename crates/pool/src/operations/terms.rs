//! `CreateTerms`, `DescribeTerms`, `DescribeTermsByClient`, `ListTerms`, `UpdateTerms`, `DeleteTerms`: links to the terms
//! of use and the privacy policy of a client. The errors' texts have no source.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        CreateTermsRequest, CreateTermsResponse, DeleteTermsRequest, DescribeTermsByClientRequest,
        DescribeTermsByClientResponse, DescribeTermsRequest, DescribeTermsResponse,
        ListTermsRequest, ListTermsResponse, TermsDescriptionType, TermsType, UpdateTermsRequest,
        UpdateTermsResponse,
    },
};
use serde_json::{Value, json};

use crate::{
    client::Client,
    errors, identifiers, keys,
    page::{self, Page},
    pool::Pool,
    records::Records,
    service::Call,
};

pub(super) fn create_terms(
    call: Call<'_>,
    input: CreateTermsRequest,
) -> Result<CreateTermsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        let now = call.now.api_timestamp();
        let terms = TermsType {
            terms_id: identifiers::uuid(call.random()),
            user_pool_id: pool.id.clone(),
            client_id: client.id.as_str().into(),
            terms_name: input.terms_name,
            terms_source: input.terms_source,
            enforcement: input.enforcement,
            links: input.links.unwrap_or_default(),
            creation_date: now,
            last_modified_date: now,
        };
        insert(records, &terms)?;
        Ok(CreateTermsResponse { terms: Some(terms) })
    })
}

pub(super) fn describe_terms(
    call: Call<'_>,
    input: DescribeTermsRequest,
) -> Result<DescribeTermsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        Ok(DescribeTermsResponse {
            terms: Some(load(records, &pool, &input.terms_id)?),
        })
    })
}

pub(super) fn describe_terms_by_client(
    call: Call<'_>,
    input: DescribeTermsByClientRequest,
) -> Result<DescribeTermsByClientResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        let key = keys::client_terms(&pool.id, &client.id, &input.terms_name);
        let id: String = records.get(&key)?.ok_or_else(not_found)?;
        Ok(DescribeTermsByClientResponse {
            terms: Some(load(records, &pool, &id)?),
        })
    })
}

pub(super) fn list_terms(
    call: Call<'_>,
    input: ListTermsRequest,
) -> Result<ListTermsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let Page { items, next } = records.page(
            &keys::terms(&pool.id, ""),
            input.next_token.as_deref(),
            page::size(input.max_results),
        )?;
        Ok(ListTermsResponse {
            terms: items.into_iter().map(description).collect(),
            next_token: next,
        })
    })
}

/// What is left out stays as it is.
pub(super) fn update_terms(
    call: Call<'_>,
    input: UpdateTermsRequest,
) -> Result<UpdateTermsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut terms = load(records, &pool, &input.terms_id)?;
        delete(records, &terms)?;
        terms.terms_name = input.terms_name.unwrap_or(terms.terms_name);
        terms.terms_source = input.terms_source.unwrap_or(terms.terms_source);
        terms.enforcement = input.enforcement.unwrap_or(terms.enforcement);
        terms.links = input.links.unwrap_or(terms.links);
        terms.last_modified_date = call.now.api_timestamp();
        insert(records, &terms)?;
        Ok(UpdateTermsResponse { terms: Some(terms) })
    })
}

pub(super) fn delete_terms(call: Call<'_>, input: DeleteTermsRequest) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let terms = load(records, &pool, &input.terms_id)?;
        delete(records, &terms)?;
        Ok(json!({}))
    })
}

/// Deletes all of a client's terms.
pub(super) fn delete_of(records: &mut Records<'_>, pool: &Pool, client: &str) -> Result<(), Error> {
    for id in records.scan::<String>(&keys::client_terms(&pool.id, client, ""))? {
        let terms = load(records, pool, &id)?;
        delete(records, &terms)?;
    }
    Ok(())
}

fn load(records: &Records<'_>, pool: &Pool, id: &str) -> Result<TermsType, Error> {
    records
        .get(&keys::terms(&pool.id, id))?
        .ok_or_else(not_found)
}

/// A client has terms of one name once.
fn insert(records: &mut Records<'_>, terms: &TermsType) -> Result<(), Error> {
    let by_name = key_by_name(terms);
    if records.get::<String>(&by_name)?.is_some() {
        return Err(Error::new(
            ErrorCode::TermsExistsException,
            format!(
                "The client already has terms of the name {}.",
                terms.terms_name
            ),
        ));
    }
    records.put(&by_name, &terms.terms_id)?;
    records.put(&keys::terms(&terms.user_pool_id, &terms.terms_id), terms)
}

fn delete(records: &mut Records<'_>, terms: &TermsType) -> Result<(), Error> {
    records.delete(&key_by_name(terms))?;
    records.delete(&keys::terms(&terms.user_pool_id, &terms.terms_id))
}

fn key_by_name(terms: &TermsType) -> String {
    keys::client_terms(&terms.user_pool_id, &terms.client_id, &terms.terms_name)
}

fn description(terms: TermsType) -> TermsDescriptionType {
    TermsDescriptionType {
        terms_id: terms.terms_id,
        terms_name: terms.terms_name,
        enforcement: terms.enforcement,
        creation_date: terms.creation_date,
        last_modified_date: terms.last_modified_date,
    }
}

fn not_found() -> Error {
    errors::resource_not_found("Terms do not exist.")
}
