//! What users say about their second factors.

use serde_json::{Value, json};

use crate::{
    factors::{Token, asks, challenged, offers, settings_of, turn_on, user},
    over_both_stores,
    stage::{Stage, merged},
};

over_both_stores! {
    fn a_factor_that_the_user_lacks_cannot_be_turned_on(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        stage.ok("AdminCreateUser", stage.with_pool(json!({ "Username": "ann", "MessageAction": "SUPPRESS" })));
        for factor in ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] {
            assert_eq!(
                stage.refused("AdminSetUserMFAPreference", preference(&stage, factor, true, false)),
                format!("InvalidParameterException: User does not have delivery config set to turn on {factor}")
            );
        }
        assert!(stage.admin_user("ann").get("UserMFASettingList").is_none());
    }

    fn a_factor_that_the_pool_lacks_cannot_be_turned_on(stage) {
        user(&stage, "ann");
        assert_eq!(
            stage.refused("AdminSetUserMFAPreference", preference(&stage, "SOFTWARE_TOKEN_MFA", true, false)),
            "SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool"
        );
        let refused = stage.refused("AdminSetUserMFAPreference", preference(&stage, "SMS_MFA", true, false));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
    }

    fn one_factor_is_preferred_and_it_is_on(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let off = preference(&stage, "SMS_MFA", false, true);
        assert!(stage.refused("AdminSetUserMFAPreference", off).starts_with("InvalidParameterException: "));
        let both = merged(preference(&stage, "SMS_MFA", true, true), preference(&stage, "EMAIL_OTP", true, true));
        assert!(stage.refused("AdminSetUserMFAPreference", both).starts_with("InvalidParameterException: "));
        assert!(stage.admin_user("ann").get("UserMFASettingList").is_none());
    }

    fn what_is_turned_on_is_shown_and_asked_for(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let access = stage.access_token("ann");
        Token::of(&stage, &access);
        turn_on(&stage, "ann", &["SOFTWARE_TOKEN_MFA", "SMS_MFA"], true);
        for seen in [stage.admin_user("ann"), stage.ok("GetUser", json!({ "AccessToken": access }))] {
            assert_eq!(seen["UserMFASettingList"], json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]));
            assert_eq!(seen["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
            assert_eq!(seen["MFAOptions"], json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]));
        }
        let factors = stage.ok("GetUserAuthFactors", json!({ "AccessToken": access }));
        assert_eq!(factors["UserMFASettingList"], json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]));
        assert_eq!(factors["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
        assert_eq!(factors["Username"], "ann");

        stage.ok("SetUserMFAPreference", json!({
            "AccessToken": access,
            "SoftwareTokenMfaSettings": { "Enabled": false, "PreferredMfa": false },
            // Not said: it stays as it is.
            "SMSMfaSettings": null,
        }));
        let seen = stage.admin_user("ann");
        assert_eq!(seen["UserMFASettingList"], json!(["SMS_MFA"]));
        assert!(seen.get("PreferredMfaSetting").is_none());
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "SMS_MFA");
    }

    fn the_settings_of_old_know_sms_alone(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        let access = stage.access_token("ann");
        let settings = |medium: &str, attribute: &str| json!({
            "AccessToken": access, "MFAOptions": [{ "DeliveryMedium": medium, "AttributeName": attribute }],
        });
        for wrong in [settings("EMAIL", "email"), settings("SMS", "email")] {
            assert!(stage.refused("SetUserSettings", wrong).starts_with("InvalidParameterException: "));
        }
        stage.ok("SetUserSettings", settings("SMS", "phone_number"));
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "SMS_MFA");
        stage.ok("SetUserSettings", json!({ "AccessToken": access, "MFAOptions": [] }));
        stage.access_token("ann");
        stage.ok("AdminSetUserSettings", stage.with_pool(json!({
            "Username": "ann", "MFAOptions": [{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }],
        })));
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "SMS_MFA");
    }

    fn a_factor_whose_address_is_gone_is_not_asked_for(stage) {
        let mut stage = stage;
        asks(&mut stage, "OPTIONAL");
        user(&stage, "ann");
        turn_on(&stage, "ann", &["SMS_MFA"], false);
        stage.ok("AdminDeleteUserAttributes", stage.with_pool(json!({
            "Username": "ann", "UserAttributeNames": ["phone_number"],
        })));
        stage.access_token("ann");
        offers(&stage, "ON", &["SMS_MFA"]);
        assert_eq!(challenged(&stage, "ann")["ChallengeName"], "MFA_SETUP");
    }
}

fn preference(stage: &Stage, factor: &str, enabled: bool, preferred: bool) -> Value {
    let settings = json!({ "Enabled": enabled, "PreferredMfa": preferred });
    stage.with_pool(json!({ "Username": "ann", settings_of(factor): settings }))
}
