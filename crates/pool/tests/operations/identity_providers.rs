//! `CreateIdentityProvider`, `DescribeIdentityProvider`, `GetIdentityProviderByIdentifier`, `UpdateIdentityProvider`,
//! `DeleteIdentityProvider`, `ListIdentityProviders`, the providers that clients may list, `GetSigningCertificate`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, merged, text},
};

over_both_stores! {
    fn an_unknown_one_is_refused(stage) {
        for operation in ["DescribeIdentityProvider", "UpdateIdentityProvider", "DeleteIdentityProvider"] {
            assert_eq!(
                stage.refused(operation, stage.with_pool(json!({ "ProviderName": "corporate" }))),
                "ResourceNotFoundException: Identity provider corporate does not exist."
            );
        }
        let refused = stage.refused("GetIdentityProviderByIdentifier", stage.with_pool(json!({ "IdpIdentifier": "corp" })));
        assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
    }

    fn details_are_what_the_type_needs(stage) {
        let social = "clientId, clientSecret and authorizeScopes are all required idp details.";
        let oidc_text = "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.";
        let without = |mut details: Value, name: &str| {
            details.as_object_mut().unwrap().remove(name);
            details
        };
        let mut cases = vec![
            ("Google", "Google", json!({ "client_id": "id", "client_secret": "secret" }), social),
            ("Facebook", "Facebook", json!({ "client_id": "id", "authorize_scopes": "email" }), social),
            ("LoginWithAmazon", "LoginWithAmazon", json!({ "client_secret": "s", "authorize_scopes": "profile" }), social),
            (
                "SignInWithApple", "SignInWithApple", json!({ "client_id": "id", "team_id": "team", "key_id": "key" }),
                "clientId, privateKey, teamId, and keyId are all required idp details.",
            ),
            ("Sign-in", "Google", json!({}), "Provider Sign-in cannot be of type Google."),
            ("COGNITO", "OIDC", oidc(), "Provider COGNITO cannot be of type OIDC."),
            ("corporate", "SAML", json!({}), "At least one of the MetadataURL or MetadataFile should be provided."),
            (
                "corporate", "SAML", json!({ "MetadataURL": "https://idp.example/saml", "MetadataFile": "<xml/>" }),
                "Only one of the MetadataURL or MetadataFile should be provided.",
            ),
            ("corporate", "OIDC", merged(oidc(), json!({ "oidc_issuer": "http://idp.example" })), "OIDC endpoint must start with https://"),
            (
                "corporate", "OIDC", merged(oidc(), json!({ "attributes_request_method": "PUT" })),
                "1 validation error detected: Value 'PUT' at 'attributesRequestMethod' failed to satisfy constraint: \
                 Member must satisfy enum value set: [POST, GET]",
            ),
        ];
        for name in ["client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"] {
            cases.push(("corporate", "OIDC", without(oidc(), name), oidc_text));
        }
        for (name, kind, details, expected) in cases {
            let input = json!({ "ProviderName": name, "ProviderType": kind, "ProviderDetails": details });
            assert_eq!(
                stage.refused("CreateIdentityProvider", stage.with_pool(input)),
                format!("InvalidParameterException: {expected}")
            );
        }
        assert_eq!(stage.ok("ListIdentityProviders", stage.with_pool(json!({})))["Providers"], json!([]));
    }

    fn a_mapping_is_to_attributes_that_the_pool_has(stage) {
        for more in [
            json!({ "AttributeMapping": { "custom:seat": "seat" } }),
            json!({ "ProviderType": "SAML", "ProviderDetails": { "MetadataFile": "<xml/>" }, "AcrMapping": { "Level1": "low" } }),
        ] {
            let refused = stage.refused("CreateIdentityProvider", provider(&stage, more));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
    }

    fn a_name_and_an_identifier_are_taken_once(stage) {
        stage.ok("CreateIdentityProvider", provider(&stage, json!({ "IdpIdentifiers": ["corp.example"] })));
        for more in [json!({}), json!({ "ProviderName": "second", "IdpIdentifiers": ["new", "corp.example"] })] {
            let refused = stage.refused("CreateIdentityProvider", provider(&stage, more));
            assert!(refused.starts_with("DuplicateProviderException: "), "{refused}");
        }
        // Nothing of the refused one is there.
        let refused = stage.refused("GetIdentityProviderByIdentifier", stage.with_pool(json!({ "IdpIdentifier": "new" })));
        assert!(refused.starts_with("ResourceNotFoundException: "), "{refused}");
    }

    fn one_is_made_found_updated_and_deleted(stage) {
        let made = stage.ok("CreateIdentityProvider", provider(&stage, json!({
            "AttributeMapping": { "email": "mail" }, "IdpIdentifiers": ["corp.example"],
        })));
        let shown = &made["IdentityProvider"];
        assert_eq!(shown["ProviderDetails"], merged(oidc(), json!({ "attributes_url_add_attributes": "false" })));
        assert_eq!(shown["AttributeMapping"], json!({ "email": "mail", "username": "sub" }));
        assert_eq!(stage.ok("DescribeIdentityProvider", named(&stage, json!({}))), made);
        let by = |identifier: &str| stage.with_pool(json!({ "IdpIdentifier": identifier }));
        assert_eq!(stage.ok("GetIdentityProviderByIdentifier", by("corp.example")), made);

        stage.advance(10);
        // What is left out stays.
        let updated = stage.ok("UpdateIdentityProvider", named(&stage, json!({ "IdpIdentifiers": ["new.example"] })));
        assert_eq!(updated["IdentityProvider"]["ProviderDetails"], shown["ProviderDetails"]);
        assert_eq!(updated["IdentityProvider"]["LastModifiedDate"], json!(1_700_000_010.0));
        assert_eq!(stage.ok("GetIdentityProviderByIdentifier", by("new.example")), updated);
        assert!(stage.refused("GetIdentityProviderByIdentifier", by("corp.example")).starts_with("ResourceNotFoundException: "));
        let refused = stage.refused("UpdateIdentityProvider", named(&stage, json!({ "ProviderDetails": {} })));
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");

        let listed = stage.ok("ListIdentityProviders", stage.with_pool(json!({})));
        assert_eq!(listed["Providers"], json!([{
            "ProviderName": "corporate", "ProviderType": "OIDC",
            "CreationDate": 1_700_000_000.0, "LastModifiedDate": 1_700_000_010.0,
        }]));
        stage.ok("DeleteIdentityProvider", named(&stage, json!({})));
        assert!(stage.refused("GetIdentityProviderByIdentifier", by("new.example")).starts_with("ResourceNotFoundException: "));
        // Its names are free again.
        stage.ok("CreateIdentityProvider", provider(&stage, json!({ "IdpIdentifiers": ["new.example"] })));
    }

    fn what_is_known_of_public_networks_is_added_and_their_keys_are_not_shown(stage) {
        let create = |kind: &str, details: Value| {
            let input = json!({ "ProviderName": kind, "ProviderType": kind, "ProviderDetails": details });
            stage.ok("CreateIdentityProvider", stage.with_pool(input))["IdentityProvider"].clone()
        };
        let own = json!({ "client_id": "id", "client_secret": "secret", "authorize_scopes": "email" });
        // The API's reference, under `ProviderDetails`.
        assert_eq!(create("LoginWithAmazon", own.clone())["ProviderDetails"], merged(own.clone(), json!({
            "attributes_url": "https://api.amazon.com/user/profile", "attributes_url_add_attributes": "false",
            "authorize_url": "https://www.amazon.com/ap/oa", "token_request_method": "POST",
            "token_url": "https://api.amazon.com/auth/o2/token",
        })));
        let facebook = create("Facebook", merged(own, json!({ "api_version": "v12.0" })));
        assert_eq!(facebook["ProviderDetails"]["authorize_url"], "https://www.facebook.com/v12.0/dialog/oauth");
        assert_eq!(facebook["AttributeMapping"], json!({ "username": "id" }));
        let apple = create("SignInWithApple", json!({
            "client_id": "id", "team_id": "team", "key_id": "key", "private_key": "MIGTAgEAMBM", "authorize_scopes": "email",
        }));
        assert_eq!(apple["ProviderDetails"]["oidc_issuer"], "https://appleid.apple.com");
        assert!(!apple.to_string().contains("MIGTAgEAMBM"));
    }

    fn clients_list_only_providers_that_the_pool_has(stage) {
        let create = |names: &[&str]| stage.with_pool(json!({ "ClientName": "client", "SupportedIdentityProviders": names }));
        assert_eq!(
            stage.refused("CreateUserPoolClient", create(&["COGNITO", "corporate"])),
            format!("InvalidParameterException: The provider corporate does not exist for User Pool {}.", stage.pool)
        );
        stage.ok("CreateIdentityProvider", provider(&stage, json!({})));
        let client = stage.ok("CreateUserPoolClient", create(&["COGNITO", "corporate"]))["UserPoolClient"].clone();
        stage.ok("DeleteIdentityProvider", named(&stage, json!({})));
        let update = stage.with_pool(json!({ "ClientId": client["ClientId"], "SupportedIdentityProviders": ["corporate"] }));
        assert!(stage.refused("UpdateUserPoolClient", update).starts_with("InvalidParameterException: The provider corporate"));
    }

    fn a_pool_has_one_signing_certificate_of_its_own(stage) {
        let mut stage = stage;
        let refused = stage.refused("GetSigningCertificate", json!({ "UserPoolId": "us-east-1_aaaaaaaaa" }));
        assert_eq!(refused, "ResourceNotFoundException: User pool us-east-1_aaaaaaaaa does not exist.");
        let get = |stage: &Stage| text(&stage.ok("GetSigningCertificate", stage.with_pool(json!({})))["Certificate"]);
        let first = get(&stage);
        assert_eq!(get(&stage), first);
        let der = STANDARD.decode(&first).unwrap();
        // DER: a SEQUENCE whose length takes two bytes, with the pool's id as its subject.
        assert_eq!(der[..2], [0x30, 0x82]);
        assert!(der.windows(stage.pool.len()).any(|window| window == stage.pool.as_bytes()));
        stage.use_pool(json!({}));
        assert_ne!(get(&stage), first);
    }
}

/// The details of an OpenID Connect provider.
fn oidc() -> Value {
    json!({
        "client_id": "id", "client_secret": "secret", "authorize_scopes": "openid email",
        "oidc_issuer": "https://idp.example", "attributes_request_method": "GET",
    })
}

/// The input that makes an OpenID Connect provider.
fn provider(stage: &Stage, more: Value) -> Value {
    let usual = json!({ "ProviderType": "OIDC", "ProviderDetails": oidc() });
    named(stage, merged(usual, more))
}

fn named(stage: &Stage, more: Value) -> Value {
    merged(
        stage.with_pool(json!({ "ProviderName": "corporate" })),
        more,
    )
}
