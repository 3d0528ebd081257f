//! What one user does, step by step, and what must be true after each.

use serde_json::{Value, json};
use ureq::Agent;

use crate::{
    consistency::Records,
    server::{self, Server, agent},
};

pub const POOL: &str = "us-east-1_KillTest1";
pub const CLIENT: &str = "killtestclient";
pub const GROUP: &str = "readers";
pub const CODE: &str = "123456";

const FIRST: &str = "First-horse-1";
const SECOND: &str = "Second-horse-2";
const THIRD: &str = "Third-horse-3";

/// The server, as users and administrators reach it.
#[derive(Clone)]
pub struct World {
    url: String,
    agent: Agent,
}

impl World {
    pub fn new(server: &Server) -> Self {
        Self {
            url: server.url.clone(),
            agent: agent(),
        }
    }

    /// The same server by other connections.
    pub fn with(&self, agent: Agent) -> Self {
        Self {
            url: self.url.clone(),
            agent,
        }
    }

    /// The answer, unless the server is gone.
    fn call(&self, operation: &str, input: Value) -> Option<(u16, Value)> {
        server::call_as_administrator(&self.agent, &self.url, operation, input).ok()
    }

    /// How the call ended: `ok`, or the error's type and text.
    fn outcome(&self, operation: &str, input: Value) -> String {
        let (status, answer) = self.call(operation, input).unwrap();
        if status == 200 {
            return "ok".to_owned();
        }
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        format!("{}: {}", text("__type"), text("message"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    SignedUp,
    Invited,
}

/// The steps of each kind of life, in their order.
const SIGNED_UP: [Step; 11] = [
    Step::SignUp,
    Step::Confirm,
    Step::SignIn,
    Step::ChangeName,
    Step::JoinGroup,
    Step::ChangePassword,
    Step::ForgetPassword,
    Step::ResetPassword,
    Step::SignInAgain,
    Step::Revoke,
    Step::LeaveGroup,
];
const INVITED: [Step; 4] = [
    Step::Create,
    Step::SignInAtFirst,
    Step::ChoosePassword,
    Step::Delete,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    SignUp,
    Confirm,
    SignIn,
    ChangeName,
    JoinGroup,
    ChangePassword,
    ForgetPassword,
    ResetPassword,
    SignInAgain,
    Revoke,
    LeaveGroup,
    Create,
    SignInAtFirst,
    ChoosePassword,
    Delete,
}

/// Whether a step's change is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Happened {
    Yes,
    /// It was asked for, and the server was killed before it answered.
    Perhaps,
    No,
}

/// One user, and how far they came.
#[derive(Debug)]
pub struct Life {
    kind: Kind,
    name: String,
    /// How many steps were acknowledged.
    pub done: usize,
    access_token: Value,
    refresh_token: Value,
    session: Value,
}

impl Life {
    pub fn new(kind: Kind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            done: 0,
            access_token: Value::Null,
            refresh_token: Value::Null,
            session: Value::Null,
        }
    }

    /// Takes one step after another, and says whether the last one was taken before the server was gone.
    pub fn lead(&mut self, world: &World, acknowledge: impl Fn() -> bool) -> bool {
        for step in self.steps() {
            let (operation, input) = self.request(*step);
            let Some((status, answer)) = world.call(operation, input) else {
                return false;
            };
            assert_eq!(status, 200, "{step:?} of {self:?}: {answer}");
            self.done += 1;
            self.keep(&answer);
            // Nobody may wait for it any more; it is an acknowledgement all the same.
            acknowledge();
        }
        true
    }

    fn steps(&self) -> &'static [Step] {
        match self.kind {
            Kind::SignedUp => &SIGNED_UP,
            Kind::Invited => &INVITED,
        }
    }

    fn request(&self, step: Step) -> (&'static str, Value) {
        let name = &self.name;
        let email = json!({ "Name": "email", "Value": format!("{name}@example.com") });
        let verified = json!({ "Name": "email_verified", "Value": "true" });
        let user = json!({ "UserPoolId": POOL, "Username": name });
        let member = json!({ "UserPoolId": POOL, "Username": name, "GroupName": GROUP });
        match step {
            Step::SignUp => (
                "SignUp",
                json!({ "ClientId": CLIENT, "Username": name, "Password": FIRST, "UserAttributes": [email] }),
            ),
            Step::Confirm => (
                "ConfirmSignUp",
                json!({ "ClientId": CLIENT, "Username": name, "ConfirmationCode": CODE }),
            ),
            Step::SignIn | Step::SignInAtFirst => ("InitiateAuth", self.sign_in(FIRST)),
            Step::ChangeName => (
                "UpdateUserAttributes",
                json!({
                    "AccessToken": self.access_token,
                    "UserAttributes": [{ "Name": "name", "Value": format!("Name of {name}") }],
                }),
            ),
            Step::JoinGroup => ("AdminAddUserToGroup", member),
            Step::ChangePassword => (
                "ChangePassword",
                json!({
                    "AccessToken": self.access_token, "PreviousPassword": FIRST, "ProposedPassword": SECOND,
                }),
            ),
            Step::ForgetPassword => (
                "ForgotPassword",
                json!({ "ClientId": CLIENT, "Username": name }),
            ),
            Step::ResetPassword => ("ConfirmForgotPassword", self.reset()),
            Step::SignInAgain => ("InitiateAuth", self.sign_in(THIRD)),
            Step::Revoke => (
                "RevokeToken",
                json!({ "ClientId": CLIENT, "Token": self.refresh_token }),
            ),
            Step::LeaveGroup => ("AdminRemoveUserFromGroup", member),
            Step::Create => (
                "AdminCreateUser",
                json!({
                    "UserPoolId": POOL, "Username": name, "TemporaryPassword": FIRST,
                    "UserAttributes": [email, verified],
                }),
            ),
            Step::ChoosePassword => ("RespondToAuthChallenge", self.new_password()),
            Step::Delete => ("AdminDeleteUser", user),
        }
    }

    fn sign_in(&self, password: &str) -> Value {
        let parameters = json!({ "USERNAME": self.name, "PASSWORD": password });
        json!({ "ClientId": CLIENT, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters })
    }

    fn reset(&self) -> Value {
        json!({ "ClientId": CLIENT, "Username": self.name, "ConfirmationCode": CODE, "Password": THIRD })
    }

    fn new_password(&self) -> Value {
        json!({
            "ClientId": CLIENT, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": self.session,
            "ChallengeResponses": { "USERNAME": self.name, "NEW_PASSWORD": SECOND },
        })
    }

    /// What later steps and checks need of an answer.
    fn keep(&mut self, answer: &Value) {
        let tokens = &answer["AuthenticationResult"];
        for (kept, new) in [
            (&mut self.access_token, &tokens["AccessToken"]),
            (&mut self.refresh_token, &tokens["RefreshToken"]),
            (&mut self.session, &answer["Session"]),
        ] {
            if !new.is_null() {
                kept.clone_from(new);
            }
        }
    }

    fn happened(&self, step: Step) -> Happened {
        let position = self.steps().iter().position(|other| *other == step);
        match position {
            Some(position) if position < self.done => Happened::Yes,
            Some(position) if position == self.done => Happened::Perhaps,
            _ => Happened::No,
        }
    }

    /// Checks the user's record and memberships.
    pub fn check_record(&self, records: &Records) {
        let name = self.name.to_lowercase();
        let Some(user) = records.get(&["user", POOL, &name]) else {
            let begun = match self.kind {
                Kind::SignedUp => Step::SignUp,
                Kind::Invited => Step::Create,
            };
            let gone = self.happened(Step::Delete) != Happened::No;
            assert!(gone || self.happened(begun) != Happened::Yes, "{self:?}");
            return;
        };
        assert_ne!(self.happened(Step::Delete), Happened::Yes, "{self:?}");
        let status = match self.kind {
            Kind::SignedUp => ("UNCONFIRMED", Step::Confirm),
            Kind::Invited => ("FORCE_CHANGE_PASSWORD", Step::ChoosePassword),
        };
        self.must_be(status.1, user["status"] != status.0);
        self.must_be(Step::ChangeName, !user["attributes"]["name"].is_null());
        let is_member = records.get(&["membership", POOL, &name, GROUP]).is_some();
        match self.happened(Step::LeaveGroup) {
            Happened::No => self.must_be(Step::JoinGroup, is_member),
            _ => self.must_be(Step::LeaveGroup, !is_member),
        }
    }

    /// Checks that what a step does is done, if the step was acknowledged, and not, if it was not begun.
    fn must_be(&self, step: Step, done: bool) {
        match self.happened(step) {
            Happened::Yes => assert!(done, "{step:?} of {self:?} is lost"),
            Happened::No => assert!(!done, "{step:?} of {self:?} was never asked for"),
            Happened::Perhaps => {}
        }
    }

    /// Checks what the server lets the user do.
    pub fn check(&self, world: &World) {
        match self.kind {
            Kind::SignedUp => self.check_signed_up(world),
            Kind::Invited => self.check_invited(world),
        }
    }

    fn check_signed_up(&self, world: &World) {
        if self.happened(Step::Confirm) != Happened::Yes {
            if self.happened(Step::SignUp) == Happened::Yes {
                let (operation, input) = self.request(Step::SignUp);
                let again = world.outcome(operation, input);
                assert!(
                    again.starts_with("UsernameExistsException"),
                    "{self:?}: {again}"
                );
            }
            return;
        }
        let (operation, input) = self.request(Step::Confirm);
        let again = world.outcome(operation, input);
        assert!(
            again.starts_with("NotAuthorizedException"),
            "{self:?}: {again}"
        );
        self.check_passwords(
            world,
            &[FIRST, SECOND, THIRD],
            &[Step::ChangePassword, Step::ResetPassword],
        );
        if self.happened(Step::ResetPassword) == Happened::Yes {
            let again = world.outcome("ConfirmForgotPassword", self.reset());
            assert!(
                again.starts_with("ExpiredCodeException"),
                "{self:?}: {again}"
            );
        }
        if self.happened(Step::Revoke) == Happened::Yes {
            let parameters = json!({ "REFRESH_TOKEN": self.refresh_token });
            let input = json!({
                "ClientId": CLIENT, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters,
            });
            assert_eq!(
                world.outcome("InitiateAuth", input),
                "NotAuthorizedException: Refresh Token has been revoked",
                "{self:?}"
            );
        }
    }

    fn check_invited(&self, world: &World) {
        match self.happened(Step::Delete) {
            Happened::Yes => {
                let (operation, input) = self.request(Step::Delete);
                let again = world.outcome(operation, input);
                assert!(
                    again.starts_with("UserNotFoundException"),
                    "{self:?}: {again}"
                );
            }
            Happened::Perhaps => {}
            Happened::No if self.happened(Step::Create) == Happened::Yes => {
                self.check_passwords(world, &[FIRST, SECOND], &[Step::ChoosePassword]);
            }
            Happened::No => {}
        }
        if self.happened(Step::ChoosePassword) == Happened::Yes {
            let again = world.outcome("RespondToAuthChallenge", self.new_password());
            assert_ne!(again, "ok", "{self:?}");
            let is_there = self.happened(Step::Delete) == Happened::No;
            assert!(
                !is_there || again.ends_with("can only be used once."),
                "{self:?}: {again}"
            );
        }
    }

    /// Checks that the password is the one that the last of these changes made, and the one before it is none any more.
    fn check_passwords(&self, world: &World, passwords: &[&str], changes: &[Step]) {
        let made = |wanted: Happened| {
            let made = changes
                .iter()
                .filter(|change| self.happened(**change) == wanted);
            made.count()
        };
        let changed = made(Happened::Yes);
        let signs_in =
            |password: &str| world.outcome("InitiateAuth", self.sign_in(password)) == "ok";
        let is_current = signs_in(passwords[changed]);
        if made(Happened::Perhaps) == 0 {
            assert!(is_current, "{self:?}");
        } else {
            assert_ne!(is_current, signs_in(passwords[changed + 1]), "{self:?}");
        }
        if let Some(former) = changed.checked_sub(1) {
            assert!(!signs_in(passwords[former]), "{self:?}");
        }
    }
}
