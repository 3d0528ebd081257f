//! The operations on devices.

use cognito_srp::DeviceVerifier;
use serde_json::{Value, json};

use crate::{
    device::{Device, remembers, tracks},
    over_both_stores,
    stage::{Stage, attribute, claims, merged, refusal, text},
};

const NO_DEVICE: &str = "ResourceNotFoundException: Device does not exist.";
const INVALID_KEY: &str = "InvalidParameterException: Invalid device key given.";

over_both_stores! {
    fn only_the_sign_in_that_made_a_device_confirms_it(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        stage.confirmed("bob");
        let (anns, bobs) = (Device::new(&stage, "ann"), Device::new(&stage, "bob"));
        for token in [&bobs.tokens["AccessToken"], &json!(stage.access_token("ann"))] {
            let foreign = merged(anns.confirmation(&anns.verifier()), json!({ "AccessToken": token }));
            assert_eq!(stage.refused("ConfirmDevice", foreign), INVALID_KEY);
        }
        let made_up = json!({ "DeviceKey": "us-east-1_0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a" });
        let made_up = merged(anns.confirmation(&anns.verifier()), made_up);
        assert_eq!(stage.refused("ConfirmDevice", made_up), INVALID_KEY);
    }

    fn where_devices_are_not_tracked_there_are_none(stage) {
        stage.confirmed("ann");
        let tokens = stage.tokens("ann");
        assert!(tokens.get("NewDeviceMetadata").is_none());
        assert!(claims(&tokens["AccessToken"]).get("device_key").is_none());
        let mut device = Device {
            key: "us-east-1_0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a".to_owned(),
            group_key: "-group".to_owned(),
            password: String::new(),
            tokens,
        };
        assert_eq!(refusal(device.confirm(&stage)), INVALID_KEY);
        // A key that a browser has kept from other times does not stand in the way.
        assert!(device.password_sign_in(&stage, "ann").unwrap()["AuthenticationResult"].is_object());
    }

    fn a_verifier_that_is_none_is_refused(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let device = Device::new(&stage, "ann");
        let right = device.verifier();
        let with = |salt: &str, verifier: &str| DeviceVerifier {
            password: right.password.clone(), salt: salt.to_owned(), verifier: verifier.to_owned(),
        };
        for wrong in [
            with("", &right.verifier),
            with("not base64", &right.verifier),
            with(&right.salt, ""),
            with(&right.salt, "AA=="),
            with(&right.salt, "not base64"),
            with(&right.salt, &"f".repeat(1024)),
        ] {
            let refused = stage.refused("ConfirmDevice", device.confirmation(&wrong));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
        assert!(stage.refused("ConfirmDevice", device.input()).starts_with("InvalidParameterException: "));
        assert_eq!(stage.refused("GetDevice", device.input()), NO_DEVICE);
    }

    fn a_device_is_confirmed_once(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let mut device = Device::confirmed(&stage, "ann");
        let refused = refusal(device.confirm(&stage));
        assert!(refused.starts_with("DeviceKeyExistsException: "), "{refused}");
    }

    fn a_confirmed_device_is_described(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let mut device = Device::new(&stage, "ann");
        assert_eq!(claims(&device.tokens["AccessToken"])["device_key"], json!(device.key));
        let (region, uuid) = device.key.split_once('_').unwrap();
        assert_eq!((region, uuid.len()), ("us-east-1", 36));
        assert!(device.group_key.starts_with('-'));
        stage.advance(10);
        assert_eq!(device.confirm(&stage).unwrap(), json!({ "UserConfirmationNecessary": false }));

        let seen = stage.ok("GetDevice", device.input())["Device"].clone();
        assert_eq!(seen["DeviceKey"], json!(device.key));
        for date in ["DeviceCreateDate", "DeviceLastModifiedDate", "DeviceLastAuthenticatedDate"] {
            assert_eq!(seen[date], json!(1_700_000_010.0), "{date}");
        }
        // The form that AWS's command-line reference shows for `get-device`.
        let owner = format!("ann.{}", stage.pool);
        let arn = format!("arn:aws:cognito-idp:us-east-1:123456789012:owner/{owner}/device/{}", device.key);
        for (name, value) in [
            ("device_status", "valid"),
            ("device_name", "Ann's phone"),
            ("dev:device_arn", &arn),
            ("dev:device_owner", &owner),
            ("dev:device_remembered_status", "remembered"),
        ] {
            assert_eq!(attribute(&seen["DeviceAttributes"], name), Some(value));
        }
        assert_eq!(stage.ok("AdminGetDevice", admin(&stage, "ann", &device)), json!({ "Device": seen }));
        assert_eq!(stage.ok("ListDevices", json!({ "AccessToken": device.tokens["AccessToken"] })), json!({ "Devices": [seen] }));
        assert!(!seen.to_string().contains(&device.verifier().verifier));
    }

    fn nobody_sees_or_changes_anothers_device(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        stage.confirmed("bob");
        let anns = Device::confirmed(&stage, "ann");
        let bobs = stage.access_token("bob");
        let foreign = merged(anns.input(), json!({ "AccessToken": bobs }));
        for operation in ["GetDevice", "ForgetDevice", "UpdateDeviceStatus"] {
            assert_eq!(stage.refused(operation, foreign.clone()), NO_DEVICE, "{operation}");
        }
        assert_eq!(stage.ok("ListDevices", json!({ "AccessToken": bobs })), json!({ "Devices": [] }));
        for operation in ["AdminGetDevice", "AdminForgetDevice", "AdminUpdateDeviceStatus"] {
            assert_eq!(stage.refused(operation, admin(&stage, "bob", &anns)), NO_DEVICE, "{operation}");
            // Reading does not have the error that the others have.
            let error = if operation == "AdminGetDevice" { "ResourceNotFoundException" } else { "UserNotFoundException" };
            assert_eq!(
                stage.refused(operation, admin(&stage, "nobody", &anns)),
                format!("{error}: User does not exist.")
            );
        }
        stage.ok("GetDevice", anns.input());
    }

    fn without_a_token_there_is_nothing_to_see(stage) {
        let input = json!({ "DeviceKey": "us-east-1_0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a" });
        for operation in ["GetDevice", "ForgetDevice"] {
            assert_eq!(
                stage.refused(operation, input.clone()),
                "InvalidParameterException: Missing required parameter AccessToken"
            );
        }
    }

    fn where_the_user_is_asked_a_device_is_remembered_on_their_word(stage) {
        let mut stage = stage;
        tracks(&mut stage, true, true);
        stage.confirmed("ann");
        let mut device = Device::new(&stage, "ann");
        assert_eq!(device.confirm(&stage).unwrap(), json!({ "UserConfirmationNecessary": true }));
        assert_eq!(remembered(&stage, &device), "not_remembered");
        stage.advance(10);
        let update = merged(device.input(), json!({ "DeviceRememberedStatus": "remembered" }));
        assert_eq!(stage.ok("UpdateDeviceStatus", update), json!({}));
        assert_eq!(remembered(&stage, &device), "remembered");
        let seen = stage.ok("GetDevice", device.input())["Device"].clone();
        assert_eq!((&seen["DeviceCreateDate"], &seen["DeviceLastModifiedDate"]), (&json!(1_700_000_000.0), &json!(1_700_000_010.0)));
        let update = merged(admin(&stage, "ann", &device), json!({ "DeviceRememberedStatus": "not_remembered" }));
        assert_eq!(stage.ok("AdminUpdateDeviceStatus", update), json!({}));
        assert_eq!(remembered(&stage, &device), "not_remembered");
    }

    fn a_forgotten_device_is_gone(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let (one, other) = (Device::confirmed(&stage, "ann"), Device::confirmed(&stage, "ann"));
        assert_eq!(stage.ok("ForgetDevice", one.input()), json!({}));
        assert_eq!(stage.refused("ForgetDevice", one.input()), NO_DEVICE);
        assert_eq!(stage.ok("AdminForgetDevice", admin(&stage, "ann", &other)), json!({}));
        assert_eq!(stage.refused("GetDevice", other.input()), NO_DEVICE);
        assert_eq!(stage.ok("AdminListDevices", stage.with_pool(json!({ "Username": "ann" }))), json!({ "Devices": [] }));
    }

    fn a_deleted_users_devices_are_gone(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let device = Device::confirmed(&stage, "ann");
        stage.ok("DeleteUser", json!({ "AccessToken": device.tokens["AccessToken"] }));
        stage.confirmed("ann");
        assert_eq!(stage.refused("AdminGetDevice", admin(&stage, "ann", &device)), NO_DEVICE);
    }

    fn devices_are_listed_in_pages(stage) {
        let mut stage = stage;
        remembers(&mut stage);
        stage.confirmed("ann");
        let mut keys: Vec<_> = (0..5).map(|_| Device::confirmed(&stage, "ann").key).collect();
        keys.sort();
        let token = stage.access_token("ann");
        let by_user = |page: Value| stage.call("ListDevices", merged(json!({ "AccessToken": token }), page));
        let by_admin = |page: Value| stage.call("AdminListDevices", merged(stage.with_pool(json!({ "Username": "ann" })), page));
        for list in [&by_user as &dyn Fn(Value) -> _, &by_admin] {
            let (mut seen, mut page) = (Vec::new(), json!({ "Limit": 2 }));
            for size in [2, 2, 1] {
                let answer = list(page.clone()).unwrap();
                let devices = answer["Devices"].as_array().unwrap();
                assert_eq!(devices.len(), size);
                seen.extend(devices.iter().map(|device| text(&device["DeviceKey"])));
                page["PaginationToken"] = answer["PaginationToken"].clone();
            }
            assert_eq!(seen, keys);
            assert_eq!(page["PaginationToken"], json!(null));
            let refused = refusal(list(json!({ "PaginationToken": "made-up" })));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
        }
    }
}

fn admin(stage: &Stage, name: &str, device: &Device) -> Value {
    stage.with_pool(json!({ "Username": name, "DeviceKey": device.key }))
}

fn remembered(stage: &Stage, device: &Device) -> String {
    let seen = stage.ok("GetDevice", device.input());
    let attributes = &seen["Device"]["DeviceAttributes"];
    attribute(attributes, "dev:device_remembered_status")
        .unwrap()
        .to_owned()
}
