//! `SetUICustomization`, `GetUICustomization`: how the classic hosted pages look. They are not served yet.

use cognito_idp::{
    Error,
    types::{
        GetUICustomizationRequest, GetUICustomizationResponse, SetUICustomizationRequest,
        SetUICustomizationResponse, UICustomizationType,
    },
};

use crate::{client::Client, errors, keys, pool::Pool, records::Records, service::Call};

/// Stands for all clients that have no look of their own.
const ALL: &str = "ALL";

/// The classes that the hosted pages can be styled by, as the developer guide lists them.
const CLASSES: [&str; 15] = [
    "background-customizable",
    "banner-customizable",
    "errorMessage-customizable",
    "idpButton-customizable",
    "idpDescription-customizable",
    "inputField-customizable",
    "label-customizable",
    "legalText-customizable",
    "logo-customizable",
    "passwordCheck-notValid-customizable",
    "passwordCheck-valid-customizable",
    "redirect-customizable",
    "socialButton-customizable",
    "submitButton-customizable",
    "textDescription-customizable",
];

pub(super) fn set_ui_customization(
    call: Call<'_>,
    input: SetUICustomizationRequest,
) -> Result<SetUICustomizationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = input.client_id.as_deref().unwrap_or(ALL);
        if client != ALL {
            Client::load_in(records, &pool, client)?;
        }
        let settings = &pool.settings;
        let domain = settings.custom_domain.as_ref().or(settings.domain.as_ref());
        let domain = domain.ok_or_else(|| {
            errors::invalid_parameter("A domain must be associated with this user pool.")
        })?;
        input.css.as_deref().map_or(Ok(()), check_css)?;
        let now = call.now.api_timestamp();
        let key = keys::ui_customization(&pool.id, client);
        let before: Option<UICustomizationType> = records.get(&key)?;
        let customization = UICustomizationType {
            client_id: Some(client.into()),
            // The address has the form of the service's.
            image_url: input.image_file.map(|_| {
                format!(
                    "https://{domain}/{client}/{}/assets/images/image.jpg",
                    call.now.0
                )
            }),
            css_version: input.css.as_ref().map(|_| call.now.0.to_string()),
            css: input.css,
            creation_date: before.and_then(|before| before.creation_date).or(Some(now)),
            last_modified_date: Some(now),
            user_pool_id: Some(pool.id.clone()),
        };
        records.put(&key, &customization)?;
        Ok(SetUICustomizationResponse {
            ui_customization: customization,
        })
    })
}

/// A client's look, or else that of all clients, or else nothing.
pub(super) fn get_ui_customization(
    call: Call<'_>,
    input: GetUICustomizationRequest,
) -> Result<GetUICustomizationResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = input.client_id.as_deref().unwrap_or(ALL);
        let own = if client == ALL {
            None
        } else {
            Client::load_in(records, &pool, client)?;
            find(records, &pool, client)?
        };
        let customization = match own {
            Some(own) => own,
            None => find(records, &pool, ALL)?.unwrap_or_default(),
        };
        Ok(GetUICustomizationResponse {
            ui_customization: customization,
        })
    })
}

fn find(
    records: &Records<'_>,
    pool: &Pool,
    client: &str,
) -> Result<Option<UICustomizationType>, Error> {
    records.get(&keys::ui_customization(&pool.id, client))
}

/// What stands before each block of declarations must be classes of the pages.
fn check_css(css: &str) -> Result<(), Error> {
    let selectors = css
        .split('}')
        .filter_map(|rule| rule.split_once('{'))
        .flat_map(|(selectors, _)| selectors.split(','));
    for selector in selectors.map(str::trim) {
        let class = selector.strip_prefix('.').unwrap_or(selector);
        // A state, such as `:hover`, may follow.
        let class = class.split(':').next().unwrap_or_default();
        if !CLASSES.contains(&class) {
            return Err(errors::invalid_parameter(format!(
                "The CSS class {class} is not in the list of allowed classes."
            )));
        }
    }
    Ok(())
}
