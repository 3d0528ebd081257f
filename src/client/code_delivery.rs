//! `CodeDeliveryDetails`.

use serde_json::Value;

use crate::json::Json;

/// Where a code was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeDelivery {
    /// The address, mostly masked.
    pub destination: String,
    /// `EMAIL` or `SMS`.
    pub medium: String,
    /// The attribute that has the address.
    pub attribute: String,
}

impl CodeDelivery {
    /// Of an answer about one code.
    pub(super) fn from_answer(answer: &Value) -> Option<Self> {
        Json::get(answer, "CodeDeliveryDetails").map(|details| Self::from_details(&details))
    }

    /// Of an answer about several.
    pub(super) fn list_from_answer(answer: &Value) -> Vec<Self> {
        let list = Json::get(answer, "CodeDeliveryDetailsList").map(|list| list.elements());
        list.iter().flatten().map(Self::from_details).collect()
    }

    fn from_details(details: &Value) -> Self {
        let text = |key| details.text(key).unwrap_or_default();
        Self {
            destination: text("Destination"),
            medium: text("DeliveryMedium"),
            attribute: text("AttributeName"),
        }
    }
}
