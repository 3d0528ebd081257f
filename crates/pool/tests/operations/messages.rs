//! What messages say, and who they are from.

use cognito_pool::Message;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged},
};

over_both_stores! {
    fn the_service_has_its_own_words(stage) {
        stage.confirmed("ann");
        let verification = last(&stage);
        assert_eq!(verification.from.as_deref(), Some("no-reply@verificationemail.com"));
        assert_eq!((verification.reply_to, verification.subject.as_deref()), (None, Some("Your verification code")));
        assert_eq!(verification.body, format!("Your verification code is {}.", verification.code));

        invite(&stage, "bob", json!({ "DesiredDeliveryMediums": ["EMAIL", "SMS"] }));
        let outbox = stage.service.outbox().unwrap();
        let [.., email, sms] = &outbox[..] else { panic!("{outbox:?}") };
        assert_eq!(email.subject.as_deref(), Some("Your temporary password"));
        assert_eq!(sms.body, format!("Your username is bob and temporary password is {}.", sms.code));
        assert_eq!((&sms.from, &sms.subject), (&None, &None));
    }

    fn every_kind_has_its_template(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "AutoVerifiedAttributes": ["email"],
            "MfaConfiguration": "OPTIONAL",
            "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" },
            "SmsAuthenticationMessage": "sign in with {####}",
            "EmailConfiguration": { "From": "Ann <ann@example.org>", "ReplyToEmailAddress": "help@example.org" },
            "VerificationMessageTemplate": {
                "EmailSubject": "verify", "EmailMessage": "code {####}, {username}", "SmsMessage": "short {####}",
            },
            "AdminCreateUserConfig": { "InviteMessageTemplate": {
                "EmailSubject": "invited", "EmailMessage": "{username}, {####}", "SMSMessage": "short {username}, {####}",
            } },
        }));
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({
            "MfaConfiguration": "OPTIONAL",
            "SmsMfaConfiguration": {
                "SmsAuthenticationMessage": "second {####}",
                "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" },
            },
        })));
        stage.sign_up("ann");
        let sent = last(&stage);
        assert_eq!(sent.from.as_deref(), Some("Ann <ann@example.org>"));
        assert_eq!(sent.reply_to.as_deref(), Some("help@example.org"));
        assert_eq!(sent.subject.as_deref(), Some("verify"));
        // The name has no place in a verification message.
        assert_eq!(sent.body, format!("code {}, {{username}}", sent.code));
        stage.confirm("ann");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "ann" })));
        assert_eq!(last(&stage).subject.as_deref(), Some("verify"));

        invite(&stage, "bob", json!({ "DesiredDeliveryMediums": ["SMS"] }));
        let sent = last(&stage);
        assert_eq!(sent.body, format!("short bob, {}", sent.code));

        stage.ok("AdminUpdateUserAttributes", stage.with_pool(json!({
            "Username": "ann",
            "UserAttributes": [
                { "Name": "phone_number", "Value": "+15550100" }, { "Name": "phone_number_verified", "Value": "true" },
            ],
        })));
        stage.ok("AdminSetUserMFAPreference", stage.with_pool(json!({
            "Username": "ann", "SMSMfaSettings": { "Enabled": true, "PreferredMfa": true },
        })));
        stage.password_sign_in("ann", crate::stage::PASSWORD).unwrap();
        let sent = last(&stage);
        assert_eq!(sent.body, format!("second {}", sent.code));
    }

    fn what_a_user_chose_is_no_markup_and_no_place(stage) {
        invite(&stage, "<b>{####}&", json!({
            "DesiredDeliveryMediums": ["EMAIL"], "TemporaryPassword": "Aa1{username}<i>",
        }));
        assert_eq!(
            last(&stage).body,
            "Your username is &lt;b&gt;{####}&amp; and temporary password is Aa1{username}&lt;i&gt;."
        );
    }

    fn an_address_that_is_the_username_is_the_name(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "UsernameAttributes": ["email"], "EmailConfiguration": {
            "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/pool@example.org",
        } }));
        stage.ok("AdminCreateUser", stage.with_pool(json!({
            "Username": "ann@example.com", "DesiredDeliveryMediums": ["EMAIL"],
        })));
        let sent = last(&stage);
        assert!(sent.body.starts_with("Your username is ann@example.com and "), "{}", sent.body);
        assert_eq!(sent.from.as_deref(), Some("pool@example.org"));
    }

    fn a_link_takes_the_place_of_the_code_that_confirms_a_sign_up(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"], "VerificationMessageTemplate": {
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
        } }));
        stage.sign_up("a+b");
        let sent = last(&stage);
        let link = format!(
            "https://cognito-idp.us-east-1.amazonaws.com/confirmUser?client_id={}&user_name=a%2Bb&confirmation_code={}",
            stage.client, sent.code,
        );
        assert_eq!(sent.link.as_ref(), Some(&link));
        assert_eq!(sent.subject.as_deref(), Some("Your verification link"));
        assert!(sent.body.contains(&format!("<a href=\"{}\">Verify Email</a>", link.replace('&', "&amp;"))), "{}", sent.body);

        stage.ok("UpdateUserPool", stage.with_pool(json!({
            "AutoVerifiedAttributes": ["email"], "VerificationMessageTemplate": {
                "DefaultEmailOption": "CONFIRM_WITH_LINK",
                "EmailSubjectByLink": "welcome", "EmailMessageByLink": "Please {##click here##}!",
            },
        })));
        stage.ok("ResendConfirmationCode", stage.with_client(json!({ "Username": "a+b" })));
        let sent = last(&stage);
        assert_eq!(sent.subject.as_deref(), Some("welcome"));
        assert!(sent.body.starts_with("Please <a href=\"https://"), "{}", sent.body);
        assert!(sent.body.ends_with("\">click here</a>!"), "{}", sent.body);

        // What the link says is what a client says; other codes are sent as such.
        stage.confirm("a+b");
        stage.ok("ForgotPassword", stage.with_client(json!({ "Username": "a+b" })));
        let sent = last(&stage);
        assert_eq!((sent.body, sent.link), (format!("Your verification code is {}.", sent.code), None));
    }
}

fn last(stage: &Stage) -> Message {
    stage.service.outbox().unwrap().pop().unwrap()
}

fn invite(stage: &Stage, name: &str, settings: Value) {
    let user = stage.with_pool(json!({
        "Username": name,
        "UserAttributes": [
            { "Name": "email", "Value": "user@example.com" }, { "Name": "phone_number", "Value": "+15550100" },
        ],
    }));
    stage.ok("AdminCreateUser", merged(user, settings));
}
