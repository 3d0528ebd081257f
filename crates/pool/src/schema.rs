//! A pool's attributes: the standard ones, and those that its creator added or changed.

use cognito_idp::{
    Error,
    types::{
        AttributeDataType, NumberAttributeConstraintsType, SchemaAttributeType,
        StringAttributeConstraintsType,
    },
};

use crate::errors;

/// A standard attribute.
struct Standard {
    name: &'static str,
    data_type: AttributeDataType,
    /// The least and the greatest length of a string.
    lengths: Option<(u32, u32)>,
}

/// Every standard attribute that a user may carry, in the service's order.
const STANDARD: [Standard; 20] = [
    Standard {
        lengths: Some((1, 2048)),
        ..text("sub")
    },
    text("name"),
    text("given_name"),
    text("family_name"),
    text("middle_name"),
    text("nickname"),
    text("preferred_username"),
    text("profile"),
    text("picture"),
    text("website"),
    text("email"),
    other("email_verified", AttributeDataType::Boolean),
    text("gender"),
    Standard {
        lengths: Some((10, 10)),
        ..text("birthdate")
    },
    text("zoneinfo"),
    text("locale"),
    text("phone_number"),
    other("phone_number_verified", AttributeDataType::Boolean),
    text("address"),
    other("updated_at", AttributeDataType::Number),
];

/// How many attributes of its own a pool can have.
const CUSTOM_ATTRIBUTES: usize = 50;

const fn text(name: &'static str) -> Standard {
    Standard {
        name,
        data_type: AttributeDataType::String,
        lengths: Some((0, 2048)),
    }
}

const fn other(name: &'static str, data_type: AttributeDataType) -> Standard {
    Standard {
        name,
        data_type,
        lengths: None,
    }
}

/// Whether this is a standard attribute.
pub(crate) fn is_standard(name: &str) -> bool {
    STANDARD.iter().any(|standard| standard.name == name)
}

/// The schema of a new pool, with what its creator asked for.
///
/// # Errors
///
/// `InvalidParameterException` for what the service does not let a creator ask for.
pub(crate) fn of_new_pool(
    requested: Vec<SchemaAttributeType>,
) -> Result<Vec<SchemaAttributeType>, Error> {
    let mut schema: Vec<_> = STANDARD.into_iter().map(standard).collect();
    for attribute in requested {
        let name = attribute.name.as_deref().unwrap_or_default().to_owned();
        match schema
            .iter_mut()
            .find(|known| known.name.as_deref() == Some(name.as_str()))
        {
            Some(known) if is_standard(&name) => *known = changed(known, attribute, &name)?,
            _ => schema.push(custom(attribute, &name)?),
        }
    }
    check_names(&schema)?;
    Ok(schema)
}

/// Adds attributes to the schema of a pool that exists.
///
/// # Errors
///
/// `InvalidParameterException` for what the service does not let anybody add.
pub(crate) fn add_custom(
    schema: &mut Vec<SchemaAttributeType>,
    added: Vec<SchemaAttributeType>,
) -> Result<(), Error> {
    for attribute in added {
        let name = attribute.name.as_deref().unwrap_or_default().to_owned();
        let attribute = custom(attribute, &name)?;
        if schema.iter().any(|known| known.name == attribute.name) {
            return Err(errors::invalid_parameter(format!(
                "custom:{name}: Existing attribute already has name {}.",
                attribute.name.unwrap_or_default()
            )));
        }
        schema.push(attribute);
    }
    check_count(schema)
}

fn check_names(schema: &[SchemaAttributeType]) -> Result<(), Error> {
    let mut names: Vec<_> = schema
        .iter()
        .filter_map(|attribute| attribute.name.as_deref())
        .collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        if let [name, other] = pair
            && name == other
        {
            return Err(errors::invalid_parameter(format!(
                "Duplicate custom attribute names {name} are not allowed in a user pool schema."
            )));
        }
    }
    check_count(schema)
}

/// The text has no source: the model's own constraint covers only what one request brings.
fn check_count(schema: &[SchemaAttributeType]) -> Result<(), Error> {
    if schema.len() > STANDARD.len() + CUSTOM_ATTRIBUTES {
        return Err(errors::invalid_parameter(format!(
            "A user pool cannot have more than {CUSTOM_ATTRIBUTES} custom attributes."
        )));
    }
    Ok(())
}

fn standard(attribute: Standard) -> SchemaAttributeType {
    let Standard {
        name,
        data_type,
        lengths,
    } = attribute;
    SchemaAttributeType {
        name: Some(name.to_owned()),
        attribute_data_type: Some(data_type),
        developer_only_attribute: Some(false),
        mutable: Some(name != "sub"),
        required: Some(name == "sub"),
        number_attribute_constraints: (data_type == AttributeDataType::Number).then(|| {
            NumberAttributeConstraintsType {
                min_value: Some("0".to_owned()),
                max_value: None,
            }
        }),
        string_attribute_constraints: lengths.map(|(min, max)| StringAttributeConstraintsType {
            min_length: Some(min.to_string()),
            max_length: Some(max.to_string()),
        }),
    }
}

/// A standard attribute as the pool's creator wants it.
fn changed(
    standard: &SchemaAttributeType,
    wanted: SchemaAttributeType,
    name: &str,
) -> Result<SchemaAttributeType, Error> {
    let other_type = wanted
        .attribute_data_type
        .is_some_and(|kind| Some(kind) != standard.attribute_data_type);
    if other_type || wanted.developer_only_attribute == Some(true) {
        return Err(errors::invalid_parameter(format!(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}"
        )));
    }
    if name == "sub" {
        return Err(errors::invalid_parameter(
            "You can not change the standard schema attribute sub",
        ));
    }
    Ok(SchemaAttributeType {
        mutable: wanted.mutable.or(standard.mutable),
        required: wanted.required.or(standard.required),
        number_attribute_constraints: wanted
            .number_attribute_constraints
            .or_else(|| standard.number_attribute_constraints.clone()),
        string_attribute_constraints: wanted
            .string_attribute_constraints
            .or_else(|| standard.string_attribute_constraints.clone()),
        ..standard.clone()
    })
}

/// An attribute of the pool's own, under the name that users carry it by.
fn custom(wanted: SchemaAttributeType, name: &str) -> Result<SchemaAttributeType, Error> {
    if name.is_empty() {
        return Err(errors::invalid_parameter(
            "A schema attribute needs a name.",
        ));
    }
    if wanted.required == Some(true) {
        return Err(errors::invalid_parameter(
            "Required custom attributes are not supported currently.",
        ));
    }
    check_bounds(&wanted, name)?;
    let developer_only = wanted.developer_only_attribute == Some(true);
    let data_type = wanted
        .attribute_data_type
        .unwrap_or(AttributeDataType::String);
    Ok(SchemaAttributeType {
        name: Some(format!(
            "{}custom:{name}",
            if developer_only { "dev:" } else { "" }
        )),
        attribute_data_type: Some(data_type),
        developer_only_attribute: Some(developer_only),
        mutable: Some(wanted.mutable.unwrap_or(true)),
        required: Some(false),
        number_attribute_constraints: match data_type {
            AttributeDataType::Number => {
                Some(wanted.number_attribute_constraints.unwrap_or_default())
            }
            _ => None,
        },
        string_attribute_constraints: match data_type {
            AttributeDataType::String => {
                Some(wanted.string_attribute_constraints.unwrap_or_default())
            }
            _ => None,
        },
    })
}

/// The least that an attribute may be is not more than the most. (A bound that is no number bounds nothing.)
fn check_bounds(wanted: &SchemaAttributeType, name: &str) -> Result<(), Error> {
    let are_crossed = |least: &Option<String>, most: &Option<String>| {
        let number = |bound: &Option<String>| bound.as_deref()?.parse::<f64>().ok();
        number(least)
            .zip(number(most))
            .is_some_and(|(least, most)| least > most)
    };
    let complaint = if let Some(bounds) = &wanted.number_attribute_constraints
        && are_crossed(&bounds.min_value, &bounds.max_value)
    {
        "a max value smaller than it's min value"
    } else if let Some(bounds) = &wanted.string_attribute_constraints
        && are_crossed(&bounds.min_length, &bounds.max_length)
    {
        "a max length shorter than it's min length"
    } else {
        return Ok(());
    };
    Err(errors::invalid_parameter(format!(
        "Attribute custom:{name} cannot have {complaint}"
    )))
}
