//! Where the code goes that sets a new password.

use serde_json::json;

use crate::{
    factors::{self, turn_on},
    over_both_stores,
    stage::Stage,
};

const UNREACHABLE: &str = "InvalidParameterException: Cannot reset password for the user as there is no \
                           registered/verified email or phone_number";

over_both_stores! {
    fn a_reset_code_does_not_go_where_second_factors_do(stage) {
        let mut stage = stage;
        for (factors, expected) in [
            (&[][..], "ann@example.com"),
            (&["EMAIL_OTP"], "+15550001234"),
            (&["SMS_MFA"], "ann@example.com"),
        ] {
            with_two_addresses(&mut stage);
            turn_on(&stage, "ann", factors, false);
            assert_eq!(reset_destination(&stage), expected, "{factors:?}");
        }
    }

    fn who_has_no_other_address_cannot_reset_the_password(stage) {
        let mut stage = stage;
        with_two_addresses(&mut stage);
        turn_on(&stage, "ann", &["EMAIL_OTP", "SMS_MFA"], true);
        let input = json!({ "Username": "ann" });
        assert_eq!(stage.refused("ForgotPassword", stage.with_client(input.clone())), UNREACHABLE);
        assert_eq!(stage.refused("AdminResetUserPassword", stage.with_pool(input)), UNREACHABLE);
    }

    fn a_factor_that_the_pool_does_not_ask_for_is_in_nobodys_way(stage) {
        let mut stage = stage;
        with_two_addresses(&mut stage);
        turn_on(&stage, "ann", &["EMAIL_OTP"], false);
        stage.ok("SetUserPoolMfaConfig", stage.with_pool(json!({ "MfaConfiguration": "OFF" })));
        assert_eq!(reset_destination(&stage), "ann@example.com");
    }
}

/// A pool with second factors and Ann, who can be reached by mail and by phone.
fn with_two_addresses(stage: &mut Stage) {
    factors::asks(stage, "OPTIONAL");
    factors::user(stage, "ann");
    let verified = json!([{ "Name": "phone_number_verified", "Value": "true" }]);
    stage.ok(
        "AdminUpdateUserAttributes",
        stage.with_pool(json!({ "Username": "ann", "UserAttributes": verified })),
    );
}

fn reset_destination(stage: &Stage) -> String {
    stage.ok(
        "ForgotPassword",
        stage.with_client(json!({ "Username": "ann" })),
    );
    let messages = stage.service.outbox().unwrap();
    messages.last().unwrap().destination.clone()
}
