use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged},
};

const NONE: &str = "InvalidParameterException: Invalid MFA configuration given, can't disable all MFAs with a required or \
                    optional configuration.";
const OFF_AND_ON: &str = "InvalidParameterException: Invalid MFA configuration given, can't turn off MFA and configure an \
                          MFA together.";

over_both_stores! {
    fn a_second_factor_that_is_asked_for_must_be_there(stage) {
        for mfa in ["ON", "OPTIONAL"] {
            assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(json!({ "MfaConfiguration": mfa }))), NONE);
            let tokens_off = json!({ "MfaConfiguration": mfa, "SoftwareTokenMfaConfiguration": { "Enabled": false } });
            assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(tokens_off)), NONE);
        }
        assert_eq!(config(&stage), json!({ "MfaConfiguration": "OFF" }));
    }

    fn a_second_factor_that_is_there_must_be_asked_for(stage) {
        let tokens = json!({ "MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": { "Enabled": true } });
        assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(tokens)), OFF_AND_ON);
        let mail = json!({ "MfaConfiguration": "OFF", "EmailMfaConfiguration": { "Subject": "Code" } });
        assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(mail)), OFF_AND_ON);
        let without_a_word = json!({ "SoftwareTokenMfaConfiguration": { "Enabled": true } });
        assert_eq!(stage.refused("SetUserPoolMfaConfig", stage.with_pool(without_a_word)), OFF_AND_ON);
        assert_eq!(config(&stage), json!({ "MfaConfiguration": "OFF" }));
    }

    fn what_is_set_is_shown(stage) {
        let set = json!({
            "MfaConfiguration": "OPTIONAL",
            "SoftwareTokenMfaConfiguration": { "Enabled": true },
            "SmsMfaConfiguration": {
                "SmsAuthenticationMessage": "{####}",
                "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" },
            },
            "EmailMfaConfiguration": { "Message": "{####}", "Subject": "Code" },
        });
        assert_eq!(stage.ok("SetUserPoolMfaConfig", stage.with_pool(set.clone())), set);
        assert_eq!(config(&stage), set);
        let pool = &stage.ok("DescribeUserPool", stage.with_pool(json!({})))["UserPool"];
        assert_eq!(pool["MfaConfiguration"], "OPTIONAL");
        assert_eq!(pool["SmsAuthenticationMessage"], "{####}");
    }

    fn what_a_change_of_mfa_leaves_out_is_off(stage) {
        let passkeys = json!({ "RelyingPartyId": "example.com", "UserVerification": "required" });
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({ "WebAuthnConfiguration": passkeys })));
        let both = json!({
            "MfaConfiguration": "ON",
            "SoftwareTokenMfaConfiguration": { "Enabled": true },
            "EmailMfaConfiguration": { "Subject": "Code" },
        });
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(both));
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({
            "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": { "Enabled": true },
        })));
        assert_eq!(config(&stage), json!({
            "MfaConfiguration": "ON",
            "SoftwareTokenMfaConfiguration": { "Enabled": true },
            "WebAuthnConfiguration": passkeys,
        }));
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({ "MfaConfiguration": "OFF" })));
        assert_eq!(config(&stage), json!({ "MfaConfiguration": "OFF", "WebAuthnConfiguration": passkeys }));
    }

    fn a_pool_that_is_made_with_mfa_offers_sms(stage) {
        let mut stage = stage;
        let sms = json!({ "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" });
        stage.use_pool(json!({ "MfaConfiguration": "OPTIONAL", "SmsConfiguration": sms }));
        assert_eq!(config(&stage), json!({
            "MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": { "SmsConfiguration": sms },
        }));
    }

    fn a_pool_without_a_second_factor_cannot_ask_for_one(stage) {
        let expected = "InvalidParameterException: SMS configuration and Auto verification for phone_number are required \
                        when MFA is required/optional";
        for mfa in ["ON", "OPTIONAL"] {
            let input = json!({ "PoolName": "pool", "MfaConfiguration": mfa });
            assert_eq!(stage.refused("CreateUserPool", input), expected);
            assert_eq!(stage.refused("UpdateUserPool", stage.with_pool(json!({ "MfaConfiguration": mfa }))), expected);
        }
        assert_eq!(config(&stage), json!({ "MfaConfiguration": "OFF" }));
    }

    fn an_update_that_asks_for_a_second_factor_keeps_those_that_are_there_or_offers_sms(stage) {
        let sms = json!({ "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" });
        let on = |more: Value| stage.with_pool(merged(json!({ "MfaConfiguration": "ON" }), more));
        stage.ok("UpdateUserPool", on(json!({ "SmsConfiguration": sms })));
        assert_eq!(config(&stage), json!({
            "MfaConfiguration": "ON", "SmsMfaConfiguration": { "SmsConfiguration": sms },
        }));
        let tokens = json!({ "SoftwareTokenMfaConfiguration": { "Enabled": true } });
        stage.ok("SetUserPoolMfaConfig", on(tokens.clone()));
        stage.ok("UpdateUserPool", on(json!({})));
        assert_eq!(config(&stage), merged(json!({ "MfaConfiguration": "ON" }), tokens));
    }

    fn an_unknown_pool_has_no_configuration(stage) {
        let expected = "ResourceNotFoundException: User pool us-east-1_nowhere does not exist.";
        let unknown = json!({ "UserPoolId": "us-east-1_nowhere" });
        assert_eq!(stage.refused("GetUserPoolMfaConfig", unknown.clone()), expected);
        assert_eq!(stage.refused("SetUserPoolMfaConfig", unknown), expected);
    }
}

fn config(stage: &Stage) -> Value {
    stage.ok("GetUserPoolMfaConfig", stage.with_pool(json!({})))
}
