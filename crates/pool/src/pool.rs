//! A user pool's record.

use std::sync::Arc;

use cognito_idp::{
    Error,
    types::{
        AliasAttributeType, DefaultEmailOptionType, EmailMfaConfigType, PasswordPolicyType,
        RecoveryOptionNameType, SchemaAttributeType, SmsMfaConfigType, SoftwareTokenMfaConfigType,
        UserPoolMfaType, UserPoolType, UsernameAttributeType, VerifiedAttributeType,
        WebAuthnConfigurationType,
    },
};
use serde::{Deserialize, Serialize};

use crate::{client::Client, errors, keys, mfa::Factor, records::Records};

/// A user pool.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Pool {
    pub id: String,
    /// What `DescribeUserPool` shows.
    pub settings: UserPoolType,
    /// What `GetUserPoolMfaConfig` shows beside that.
    #[serde(default)]
    pub factors: Factors,
    /// Makes the salts and ids of users who do not exist, the same each time. 32 bytes in base64.
    pub decoy_key: String,
}

/// The ways to sign in that a pool offers beside passwords.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Factors {
    pub sms: Option<SmsMfaConfigType>,
    pub software_token: Option<SoftwareTokenMfaConfigType>,
    pub email: Option<EmailMfaConfigType>,
    pub web_authn: Option<WebAuthnConfigurationType>,
}

impl Pool {
    /// # Errors
    ///
    /// `ResourceNotFoundException` if there is none of this id.
    pub fn load(records: &Records<'_>, id: &str) -> Result<Arc<Self>, Error> {
        records
            .shared(&keys::pool(id))?
            .ok_or_else(|| errors::resource_not_found(format!("User pool {id} does not exist.")))
    }

    /// As [`load`](Self::load), to be changed.
    pub fn load_owned(records: &Records<'_>, id: &str) -> Result<Self, Error> {
        Self::load(records, id).map(Arc::unwrap_or_clone)
    }

    pub fn save(&self, records: &mut Records<'_>) -> Result<(), Error> {
        records.put(&keys::pool(&self.id), self)
    }

    /// Removes a pool and all that is in it.
    pub fn remove(records: &mut Records<'_>, id: &str) -> Result<(), Error> {
        for client in records.scan::<String>(&keys::pool_client(id, ""))? {
            Client::load(records, &client)?.delete(records)?;
        }
        records.delete_pool(id)
    }

    /// Writes a pool that was changed.
    pub fn touch(&mut self, records: &mut Records<'_>) -> Result<(), Error> {
        self.settings.last_modified_date = Some(records.now.api_timestamp());
        self.save(records)
    }

    /// Lets a pool that asks for a second factor offer SMS if it offers none yet.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` if it cannot send any.
    pub fn settle_second_factor(&mut self) -> Result<(), Error> {
        let asks = self.settings.mfa_configuration != Some(UserPoolMfaType::Off);
        if !asks || Factor::ALL.into_iter().any(|factor| self.offers(factor)) {
            return Ok(());
        }
        let configuration = self.settings.sms_configuration.clone().ok_or_else(|| {
            // The first half is what counts: nothing need be verified for it.
            errors::invalid_parameter(
                "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
            )
        })?;
        self.factors.sms = Some(SmsMfaConfigType {
            sms_authentication_message: self.settings.sms_authentication_message.clone(),
            sms_configuration: Some(configuration),
        });
        Ok(())
    }

    /// The pool's part of the SRP hash: what follows the underscore of its id.
    pub fn srp_name(&self) -> &str {
        self.id
            .split_once('_')
            .map_or(self.id.as_str(), |(_, name)| name)
    }

    /// The region that the pool's id begins with.
    pub fn region(&self) -> &str {
        self.id
            .split_once('_')
            .map_or(self.id.as_str(), |(region, _)| region)
    }

    /// A username or an alias as it is compared.
    pub fn fold(&self, name: &str) -> String {
        if self.is_case_sensitive() {
            name.to_owned()
        } else {
            name.to_lowercase()
        }
    }

    /// Pools made through the API tell upper from lower case unless they say otherwise.
    fn is_case_sensitive(&self) -> bool {
        self.settings
            .username_configuration
            .as_ref()
            .is_none_or(|configuration| configuration.case_sensitive)
    }

    pub fn password_policy(&self) -> PasswordPolicyType {
        let policies = self.settings.policies.as_ref();
        policies
            .and_then(|policies| policies.password_policy.clone())
            .unwrap_or_default()
    }

    pub fn schema(&self) -> &[SchemaAttributeType] {
        self.settings
            .schema_attributes
            .as_deref()
            .unwrap_or_default()
    }

    /// The attribute that is a username here, if usernames are email addresses or phone numbers.
    pub fn username_attributes(&self) -> &[UsernameAttributeType] {
        self.settings
            .username_attributes
            .as_deref()
            .unwrap_or_default()
    }

    /// Whether users may sign in with this verified attribute beside their username.
    pub fn has_alias(&self, attribute: &str) -> bool {
        let aliases = self
            .settings
            .alias_attributes
            .as_deref()
            .unwrap_or_default();
        aliases.iter().any(|alias| alias.as_str() == attribute)
    }

    /// All attributes whose value may stand in a username's place.
    pub fn sign_in_attributes(&self) -> impl Iterator<Item = &'static str> {
        let aliases = self
            .settings
            .alias_attributes
            .iter()
            .flatten()
            .copied()
            .map(AliasAttributeType::as_str);
        aliases.chain(
            self.username_attributes()
                .iter()
                .copied()
                .map(UsernameAttributeType::as_str),
        )
    }

    /// Whether a sign-up is confirmed by a link in an e-mail message, and not by a code.
    pub fn confirms_by_link(&self) -> bool {
        let template = self.settings.verification_message_template.as_ref();
        template.and_then(|template| template.default_email_option)
            == Some(DefaultEmailOptionType::ConfirmWithLink)
    }

    /// Whether a new value of this attribute is to be proved by a code.
    pub fn auto_verifies(&self, attribute: VerifiedAttributeType) -> bool {
        self.settings
            .auto_verified_attributes
            .iter()
            .flatten()
            .any(|verified| *verified == attribute)
    }

    /// Whether a changed value of this attribute waits for its proof before it counts.
    pub fn verifies_before_update(&self, attribute: VerifiedAttributeType) -> bool {
        let settings = self.settings.user_attribute_update_settings.as_ref();
        let first = settings.and_then(|settings| {
            settings
                .attributes_require_verification_before_update
                .as_ref()
        });
        first
            .into_iter()
            .flatten()
            .any(|verified| *verified == attribute)
    }

    /// The ways to recover an account, the preferred one first.
    pub fn recovery_options(&self) -> Vec<RecoveryOptionNameType> {
        let setting = self.settings.account_recovery_setting.as_ref();
        let mut options = setting
            .and_then(|setting| setting.recovery_mechanisms.clone())
            .unwrap_or_default();
        options.sort_by_key(|option| option.priority);
        options.into_iter().map(|option| option.name).collect()
    }
}
