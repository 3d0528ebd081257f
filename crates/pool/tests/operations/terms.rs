//! `CreateTerms`, `DescribeTerms`, `DescribeTermsByClient`, `ListTerms`, `UpdateTerms`, `DeleteTerms`.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged},
};

over_both_stores! {
    fn unknown_ones_are_refused(stage) {
        let nobodys = json!({ "TermsId": "11111111-2222-4333-8444-555555555555" });
        for operation in ["DescribeTerms", "UpdateTerms", "DeleteTerms"] {
            let refused = stage.refused(operation, stage.with_pool(nobodys.clone()));
            assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
        }
        let refused = stage.refused("DescribeTermsByClient", terms(&stage, json!({})));
        assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
        let foreign = terms(&stage, json!({ "ClientId": "0123456789abcdefghijklmnop" }));
        assert!(stage.refused("CreateTerms", foreign).starts_with("ResourceNotFoundException: User pool client "));
    }

    fn a_client_has_one_of_each_name(stage) {
        stage.ok("CreateTerms", terms(&stage, json!({})));
        let refused = stage.refused("CreateTerms", terms(&stage, json!({})));
        assert!(refused.starts_with("TermsExistsException: "), "{refused}");
        let other = stage.ok("CreateTerms", terms(&stage, json!({ "TermsName": "privacy-policy" })));
        let rename = stage.with_pool(json!({ "TermsId": other["Terms"]["TermsId"], "TermsName": "terms-of-use" }));
        assert!(stage.refused("UpdateTerms", rename).starts_with("TermsExistsException: "));
        // The refused update took nothing away.
        assert_eq!(stage.ok("DescribeTermsByClient", terms(&stage, json!({ "TermsName": "privacy-policy" }))), other);
        assert_eq!(list(&stage).as_array().unwrap().len(), 2);
    }

    fn they_are_made_found_updated_and_deleted(stage) {
        let made = stage.ok("CreateTerms", terms(&stage, json!({})));
        let id = json!({ "TermsId": made["Terms"]["TermsId"] });
        let by_id = |more: Value| merged(stage.with_pool(id.clone()), more);
        assert_eq!(stage.ok("DescribeTerms", by_id(json!({}))), made);
        stage.advance(10);
        let updated = stage.ok("UpdateTerms", by_id(json!({ "TermsName": "privacy-policy" })))["Terms"].clone();
        assert_eq!(updated["Links"], made["Terms"]["Links"]);
        assert_eq!(updated["LastModifiedDate"], json!(1_700_000_010.0));
        assert!(stage.refused("DescribeTermsByClient", terms(&stage, json!({}))).starts_with("ResourceNotFoundException: "));
        assert_eq!(list(&stage), json!([{
            "TermsId": updated["TermsId"], "TermsName": "privacy-policy", "Enforcement": "NONE",
            "CreationDate": 1_700_000_000.0, "LastModifiedDate": 1_700_000_010.0,
        }]));
        assert_eq!(stage.ok("DeleteTerms", by_id(json!({}))), json!({}));
        assert_eq!(list(&stage), json!([]));
    }

    fn they_go_with_their_client(stage) {
        stage.ok("CreateTerms", terms(&stage, json!({})));
        stage.ok("DeleteUserPoolClient", stage.with_pool(json!({ "ClientId": stage.client })));
        assert_eq!(list(&stage), json!([]));
    }
}

fn terms(stage: &Stage, more: Value) -> Value {
    let usual = json!({
        "ClientId": stage.client, "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE",
        "Links": { "cognito:default": "https://example.com/terms" },
    });
    merged(stage.with_pool(usual), more)
}

fn list(stage: &Stage) -> Value {
    stage.ok("ListTerms", stage.with_pool(json!({})))["Terms"].clone()
}
