//! A disk that is full: what cannot be kept is refused, and nothing else happens.

use serde_json::{Value, json};

use crate::{
    consistency::Records,
    server::{Server, agent, call_as_administrator},
};

const POOL: &str = "us-east-1_FullDisk1";
const CLIENT: &str = "fulldiskclient";
const PASSWORD: &str = "Correct-horse-1";

/// As many blocks as a file may have: enough for some dozens of users.
const BLOCKS: u32 = 1000;

/// More users than fit.
const USERS: usize = 2000;

#[test]
fn what_cannot_be_kept_is_refused_and_what_was_kept_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (seed, data) = (
        folder.path().join("seed.json"),
        folder.path().join("pools.db"),
    );
    std::fs::write(&seed, pool().to_string()).unwrap();
    let arguments = [
        "--accept-any-signature".as_ref(),
        "--seed".as_ref(),
        seed.as_os_str(),
        "--data".as_ref(),
        data.as_os_str(),
    ];

    let mut server = Server::start_on_small_disk(BLOCKS, &arguments);
    let (kept, refused) = fill(&server);
    assert!(kept > 10, "{kept} users fitted");
    assert_eq!(refused["__type"], "InternalErrorException");
    let reason = refused["message"].as_str().unwrap();
    assert!(reason.starts_with("The store failed: "), "{reason}");
    // The log says so, too, and the server goes on.
    let line = server.logged("SignUp InternalErrorException");
    assert!(line.ends_with(reason), "{line}");
    for _ in 0..3 {
        assert_eq!(sign_up(&server, kept).0, 500);
        assert_eq!(find(&server, 0).0, 200);
        assert_eq!(find(&server, kept).1["__type"], "UserNotFoundException");
    }
    server.kill();
    Records::read(&data).check();

    // With room again, all is as if nobody had asked.
    let server = Server::start(&arguments);
    for number in 0..kept {
        assert_eq!(find(&server, number).0, 200, "{number}");
    }
    assert_eq!(find(&server, kept).1["__type"], "UserNotFoundException");
    assert_eq!(sign_up(&server, kept).0, 200);
    let name = name(kept);
    assert_eq!(
        server.sign_in(CLIENT, &name, PASSWORD).1["__type"],
        "UserNotConfirmedException"
    );
}

/// Signs users up until one is refused: how many were not, and the refusal.
fn fill(server: &Server) -> (usize, Value) {
    for number in 0..USERS {
        let (status, answer) = sign_up(server, number);
        if status != 200 {
            return (number, answer);
        }
    }
    panic!("the disk is not full");
}

fn sign_up(server: &Server, number: usize) -> (u16, Value) {
    let name = name(number);
    let email = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
    let input = json!({ "ClientId": CLIENT, "Username": name, "Password": PASSWORD, "UserAttributes": email });
    server.call("SignUp", input)
}

fn find(server: &Server, number: usize) -> (u16, Value) {
    let input = json!({ "UserPoolId": POOL, "Username": name(number) });
    call_as_administrator(&agent(), &server.url, "AdminGetUser", input).unwrap()
}

fn name(number: usize) -> String {
    format!("user-{number}")
}

fn pool() -> Value {
    json!({ "UserPools": [{
        "Id": POOL,
        "AliasAttributes": ["email"],
        "AutoVerifiedAttributes": ["email"],
        "UsernameConfiguration": { "CaseSensitive": false },
        "Clients": [{ "ClientId": CLIENT, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }],
    }] })
}
