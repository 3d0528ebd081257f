use crate::{
    over_both_stores,
    stage::{PASSWORD, Stage, refusal},
};

const WRONG: &str = "Wrong-horse-7";
const INCORRECT: &str = "NotAuthorizedException: Incorrect username or password.";
const LOCKED: &str = "NotAuthorizedException: Password attempts exceeded";

over_both_stores! {
    fn the_fifth_failure_locks_for_a_second(stage) {
        fail_five_times(&stage);
        assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), LOCKED);
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), LOCKED);
        stage.advance(1);
        stage.password_sign_in("ann", PASSWORD).unwrap();
    }

    fn each_further_failure_doubles_it(stage) {
        fail_five_times(&stage);
        let mut lock = 1;
        for _ in 0..12 {
            stage.advance(lock);
            assert_eq!(refusal(stage.password_sign_in("ann", WRONG)), INCORRECT);
            lock = (lock * 2).min(15 * 60);
            stage.advance(lock - 1);
            assert_eq!(refusal(stage.password_sign_in("ann", PASSWORD)), LOCKED);
            stage.advance(-(lock - 1));
        }
    }

    fn failed_proofs_count_as_well(stage) {
        stage.confirmed("ann");
        for _ in 0..5 {
            assert_eq!(refusal(stage.srp_sign_in("ann", WRONG)), INCORRECT);
        }
        assert_eq!(refusal(stage.srp_sign_in("ann", PASSWORD)), LOCKED);
    }

    fn success_forgets_all_failures(stage) {
        stage.confirmed("ann");
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(refusal(stage.password_sign_in("ann", WRONG)), INCORRECT);
            }
            stage.password_sign_in("ann", PASSWORD).unwrap();
        }
    }

    fn a_quiet_quarter_of_an_hour_forgets_them_too(stage) {
        fail_five_times(&stage);
        stage.advance(15 * 60);
        for _ in 0..4 {
            assert_eq!(refusal(stage.password_sign_in("ann", WRONG)), INCORRECT);
        }
        stage.password_sign_in("ann", PASSWORD).unwrap();
    }

    fn others_are_not_locked_out(stage) {
        stage.confirmed("bob");
        fail_five_times(&stage);
        stage.password_sign_in("bob", PASSWORD).unwrap();
    }
}

fn fail_five_times(stage: &Stage) {
    stage.confirmed("ann");
    for _ in 0..5 {
        assert_eq!(refusal(stage.password_sign_in("ann", WRONG)), INCORRECT);
    }
}
