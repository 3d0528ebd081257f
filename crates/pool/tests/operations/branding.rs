//! `SetUICustomization`, `GetUICustomization`, and the operations on managed login branding.

use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged, text},
};

/// A style's id that is nobody's.
const NOBODYS: &str = "11111111-2222-4333-8444-555555555555";

over_both_stores! {
    fn a_look_needs_a_domain_known_classes_and_a_client_of_the_pool(stage) {
        let css = json!({ "CSS": ".banner-customizable { color: red; }" });
        assert_eq!(
            stage.refused("SetUICustomization", stage.with_pool(css)),
            "InvalidParameterException: A domain must be associated with this user pool."
        );
        with_domain(&stage);
        let unknown = json!({ "CSS": ".banner-customizable, .mine { color: red; }" });
        assert_eq!(
            stage.refused("SetUICustomization", stage.with_pool(unknown)),
            "InvalidParameterException: The CSS class mine is not in the list of allowed classes."
        );
        let nobodys = json!({ "ClientId": "0123456789abcdefghijklmnop" });
        for operation in ["SetUICustomization", "GetUICustomization"] {
            assert_eq!(
                stage.refused(operation, stage.with_pool(nobodys.clone())),
                "ResourceNotFoundException: User pool client 0123456789abcdefghijklmnop does not exist."
            );
        }
    }

    fn a_clients_look_goes_before_everybodys(stage) {
        with_domain(&stage);
        let get = || stage.ok("GetUICustomization", client(&stage, json!({})))["UICustomization"].clone();
        assert_eq!(get(), json!({}));
        let all = json!({ "CSS": ".submitButton-customizable:hover { color: red; }", "ImageFile": "iVBORw0KGgo=" });
        stage.ok("SetUICustomization", stage.with_pool(all.clone()));
        assert_eq!(get()["ClientId"], "ALL");
        assert_eq!(get()["CSS"], all["CSS"]);
        assert!(text(&get()["ImageUrl"]).starts_with("https://prefix"), "{}", get());
        stage.advance(10);
        let own = stage.ok("SetUICustomization", client(&stage, json!({ "CSS": "" })))["UICustomization"].clone();
        assert_eq!(get(), own);
        assert_eq!(own["ClientId"], json!(stage.client));
        assert_eq!(own.get("ImageUrl"), None);
    }

    fn a_style_is_provided_or_ones_own(stage) {
        for both in [json!({}), json!({ "UseCognitoProvidedValues": true, "Settings": { "a": 1 } })] {
            assert_eq!(
                stage.refused("CreateManagedLoginBranding", client(&stage, both)),
                "InvalidParameterException: useCognitoProvidedValues or settings should be specified (but not both)"
            );
        }
        let icon = json!({
            "UseCognitoProvidedValues": true,
            "Assets": [{ "Category": "PAGE_BACKGROUND", "ColorMode": "DARK", "Extension": "ICO" }],
        });
        let refused = stage.refused("CreateManagedLoginBranding", client(&stage, icon));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        for (operation, input) in [
            ("DescribeManagedLoginBranding", json!({ "ManagedLoginBrandingId": NOBODYS })),
            ("UpdateManagedLoginBranding", json!({ "ManagedLoginBrandingId": NOBODYS })),
            ("DeleteManagedLoginBranding", json!({ "ManagedLoginBrandingId": NOBODYS })),
            ("DescribeManagedLoginBrandingByClient", json!({ "ClientId": stage.client })),
        ] {
            let refused = stage.refused(operation, stage.with_pool(input));
            assert!(refused.starts_with("ResourceNotFoundException: "), "{operation} {refused}");
        }
        assert!(stage.refused("UpdateManagedLoginBranding", json!({})).starts_with("ResourceNotFoundException: "));
    }

    fn a_client_has_one_style_which_goes_with_it(stage) {
        let settings = json!({ "components": { "form": { "borderRadius": 8.5 } } });
        let assets = json!([{ "Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "SVG", "Bytes": "PHN2Zy8+" }]);
        let made = stage.ok("CreateManagedLoginBranding", client(&stage, json!({ "Settings": settings, "Assets": assets })));
        let id = made["ManagedLoginBranding"]["ManagedLoginBrandingId"].clone();
        assert_eq!(made["ManagedLoginBranding"]["Settings"], settings);
        let refused = stage.refused("CreateManagedLoginBranding", client(&stage, json!({ "UseCognitoProvidedValues": true })));
        assert!(refused.starts_with("ManagedLoginBrandingExistsException: "), "{refused}");

        let by_id = |more: Value| merged(stage.with_pool(json!({ "ManagedLoginBrandingId": id })), more);
        assert_eq!(stage.ok("DescribeManagedLoginBranding", by_id(json!({}))), made);
        assert_eq!(stage.ok("DescribeManagedLoginBrandingByClient", client(&stage, json!({}))), made);
        let updated = stage.ok("UpdateManagedLoginBranding", by_id(json!({ "UseCognitoProvidedValues": true })));
        assert_eq!(updated["ManagedLoginBranding"].get("Settings"), None);
        assert_eq!(updated["ManagedLoginBranding"]["Assets"], assets);
        stage.ok("DeleteUserPoolClient", client(&stage, json!({})));
        assert!(stage.refused("DescribeManagedLoginBranding", by_id(json!({}))).starts_with("ResourceNotFoundException: "));
    }

    fn a_deleted_style_makes_room_for_another(stage) {
        let create = || stage.ok("CreateManagedLoginBranding", client(&stage, json!({ "UseCognitoProvidedValues": true })));
        let id = create()["ManagedLoginBranding"]["ManagedLoginBrandingId"].clone();
        stage.ok("DeleteManagedLoginBranding", stage.with_pool(json!({ "ManagedLoginBrandingId": id })));
        assert_ne!(create()["ManagedLoginBranding"]["ManagedLoginBrandingId"], id);
    }
}

fn with_domain(stage: &Stage) {
    stage.ok(
        "CreateUserPoolDomain",
        stage.with_pool(json!({ "Domain": "prefix" })),
    );
}

fn client(stage: &Stage, more: Value) -> Value {
    merged(stage.with_pool(json!({ "ClientId": stage.client })), more)
}
