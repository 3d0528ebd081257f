//! Who says that a sign-in was theirs, or was not.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, merged, text},
};

const REFUSED: &str = "NotAuthorizedException: Invalid feedback token.";

over_both_stores! {
    fn an_administrator_judges_any_event_that_is_there(stage) {
        let mut stage = stage;
        stage.use_protected_pool("AUDIT");
        stage.confirmed("ann");
        stage.confirmed("bob");
        stage.tokens("ann");
        let event = stage.events("ann")[0]["EventId"].clone();
        let input = |name: &str, id: &Value| stage.with_pool(json!({ "Username": name, "EventId": id, "FeedbackValue": "Invalid" }));
        for (name, id) in [("ann", &json!("event-1")), ("bob", &event)] {
            let refused = stage.refused("AdminUpdateAuthEventFeedback", input(name, id));
            assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
        }
        stage.advance(60);
        assert_eq!(stage.ok("AdminUpdateAuthEventFeedback", input("ann", &event)), json!({}));
        assert_eq!(
            stage.events("ann")[0]["EventFeedback"],
            json!({ "FeedbackValue": "Invalid", "Provider": "Admin", "FeedbackDate": 1_700_000_060.0 })
        );
    }

    fn a_users_word_needs_the_mails_token(stage) {
        let mut stage = stage;
        let (event, token) = noticed(&mut stage, "ann");
        let (other_event, other_token) = noticed_by(&stage, "bob");
        let give = |name: &str, event: &Value, token: &str| {
            let input = stage.with_pool(json!({ "Username": name, "EventId": event, "FeedbackToken": token, "FeedbackValue": "Valid" }));
            stage.call("UpdateAuthEventFeedback", input).map_err(|error| error.to_string())
        };
        for (name, event, token) in [
            ("ann", &event, "forged"),
            ("ann", &event, &*other_token),
            ("ann", &other_event, &*other_token),
            ("bob", &other_event, &*token),
            ("ann", &json!("event-1"), &*token),
        ] {
            assert_eq!(give(name, event, token).unwrap_err(), REFUSED);
        }
        assert_eq!(give("nobody", &event, &token).unwrap_err(), "UserNotFoundException: User does not exist.");
        // An event that no mail was sent about has no token.
        let quiet = stage.events("ann")[1]["EventId"].clone();
        assert_eq!(give("ann", &quiet, &token).unwrap_err(), REFUSED);
        assert_eq!(give("ann", &event, &token).unwrap(), json!({}));
        let feedback = &stage.events("ann")[0]["EventFeedback"];
        assert_eq!((&feedback["FeedbackValue"], &feedback["Provider"]), (&json!("Valid"), &json!("User")));
        assert_eq!(give("ann", &event, &token).unwrap_err(), REFUSED);
    }

    fn another_pools_token_is_refused(stage) {
        let mut stage = stage;
        let (_, token) = noticed(&mut stage, "ann");
        let (event, _) = noticed(&mut stage, "ann");
        let input = stage.with_pool(json!({ "Username": "ann", "EventId": event, "FeedbackToken": token, "FeedbackValue": "Valid" }));
        assert_eq!(stage.refused("UpdateAuthEventFeedback", input), REFUSED);
    }

    fn the_mail_is_the_configurations(stage) {
        let mut stage = stage;
        let (event, token) = noticed(&mut stage, "ann");
        let message = stage.service.outbox().unwrap().pop().unwrap();
        assert_eq!((message.username.as_str(), message.destination.as_str()), ("ann", "ann@example.com"));
        assert_eq!((message.from.as_deref(), message.reply_to.as_deref()), (Some("security@example.com"), None));
        assert_eq!(message.subject.as_deref(), Some("ann signed in"));
        let link = format!(
            "https://cognito-idp.us-east-1.amazonaws.com/_local/auth-event-feedback/{}/{}/{}?token={token}",
            stage.pool, text(&stage.admin_user("ann")["UserAttributes"][0]["Value"]), text(&event),
        );
        assert_eq!(
            message.body,
            format!("203.0.113.8 - 2023-11-14 22:13:20 UTC {} {token} {{}} <a href=\"{link}&amp;value=Valid\">me</a> <a href=\"{link}&amp;value=Invalid\">not me</a>", text(&event))
        );
    }

    fn nobody_is_told_at_an_address_that_may_be_anybodys(stage) {
        let mut stage = stage;
        noticed(&mut stage, "ann");
        let unverified = json!({ "Username": "ann", "UserAttributes": [{ "Name": "email_verified", "Value": "false" }] });
        stage.ok("AdminUpdateUserAttributes", stage.with_pool(unverified));
        let sent = stage.sent();
        stage.call_from("203.0.113.9", "InitiateAuth", stage.password_input("ann", PASSWORD)).unwrap();
        assert_eq!(stage.sent(), sent);
    }
}

/// Goes on with a pool that tells users of what is new; the event that this one was told of, and the token in the mail.
fn noticed(stage: &mut Stage, name: &str) -> (Value, String) {
    stage.use_protected_pool("ENFORCED");
    let template = json!({
        "Subject": "{username} signed in",
        "HtmlBody": "{ip-address} {city} {login-time} {event-id} {feedback-token} {} \
            <a href=\"{one-click-link-valid}\">me</a> <a href=\"{one-click-link-invalid}\">not me</a>",
    });
    let configuration = json!({ "AccountTakeoverRiskConfiguration": {
        "NotifyConfiguration": {
            "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
            "From": "security@example.com",
            "NoActionEmail": template,
        },
        "Actions": { "LowAction": { "Notify": true, "EventAction": "NO_ACTION" } },
    } });
    stage.ok("SetRiskConfiguration", stage.with_pool(configuration));
    noticed_by(stage, name)
}

fn noticed_by(stage: &Stage, name: &str) -> (Value, String) {
    stage.confirmed(name);
    for address in ["203.0.113.7", "203.0.113.8"] {
        let input = merged(stage.password_input(name, PASSWORD), json!({}));
        stage.call_from(address, "InitiateAuth", input).unwrap();
    }
    let message = stage.service.outbox().unwrap().pop().unwrap();
    assert_eq!(format!("{:?}", message.kind), "AccountTakeOverNotification");
    (stage.events(name)[0]["EventId"].clone(), message.code)
}
