use serde_json::json;

use crate::over_both_stores;

over_both_stores! {
    fn one_violation_at_a_time_the_length_first(stage) {
        for (password, violation) in [
            ("short1", "Password not long enough"),
            ("lower-case-1", "Password must have uppercase characters"),
            ("UPPER-CASE-1", "Password must have lowercase characters"),
            ("No-Digits-Here", "Password must have numeric characters"),
            ("NoSymbols123", "Password must have symbol characters"),
        ] {
            let mut input = stage.sign_up_input("ann");
            input["Password"] = json!(password);
            assert_eq!(
                stage.refused("SignUp", input),
                format!("InvalidPasswordException: Password did not conform with policy: {violation}")
            );
        }
    }

    fn an_administrator_is_bound_by_it_too(stage) {
        let expected = "InvalidPasswordException: Password did not conform with policy: Password not long enough";
        let input = stage.with_pool(json!({ "Username": "ann", "TemporaryPassword": "short1" }));
        assert_eq!(stage.refused("AdminCreateUser", input), expected);
        stage.sign_up("ann");
        let input = stage.with_pool(json!({ "Username": "ann", "Password": "short1" }));
        assert_eq!(stage.refused("AdminSetUserPassword", input), expected);
    }

    fn what_no_pool_takes_is_a_matter_of_validation(stage) {
        let mut input = stage.sign_up_input("ann");
        input["Password"] = json!("a1$");
        assert_eq!(
            stage.refused("SignUp", input),
            "InvalidParameterException: 1 validation error detected: Value at 'password' failed to satisfy constraint: \
             Member must have length greater than or equal to 6"
        );
    }

    fn a_pool_may_ask_for_less(stage) {
        let mut stage = stage;
        stage.use_pool(json!({ "Policies": { "PasswordPolicy": { "MinimumLength": 6 } } }));
        let mut input = stage.sign_up_input("ann");
        input["Password"] = json!("secret");
        stage.ok("SignUp", input);
    }

    fn spaces_inside_are_symbols(stage) {
        let mut input = stage.sign_up_input("ann");
        input["Password"] = json!("Correct horse 7");
        stage.ok("SignUp", input);
    }

    fn passwords_are_not_used_again_where_the_pool_minds(stage) {
        let mut stage = stage;
        stage.use_pool(json!({
            "Policies": { "PasswordPolicy": { "MinimumLength": 8, "PasswordHistorySize": 2 } },
        }));
        stage.sign_up("ann");
        let set = |password| stage.call("AdminSetUserPassword", stage.with_pool(json!({
            "Username": "ann", "Password": password, "Permanent": true,
        })));
        set("Second-password-2").unwrap();
        assert_eq!(
            crate::stage::refusal(set(crate::stage::PASSWORD)),
            "PasswordHistoryPolicyViolationException: Password has previously been used"
        );
        set("Third-password-3").unwrap();
        set(crate::stage::PASSWORD).unwrap();
    }
}
