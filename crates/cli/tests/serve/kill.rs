//! Nothing that was acknowledged is lost when `cognito serve --data` is killed.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, RandomState},
    sync::mpsc::{Sender, channel},
    thread,
};

use serde_json::json;

use crate::server::{Server, agent, call};

const ROUNDS: usize = 6;
const WRITERS: usize = 3;
const PASSWORD: &str = "Correct-horse-1";
const CODE: &str = "123456";

/// What was acknowledged last about a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Acknowledged {
    SignedUp,
    Confirmed,
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("pools.db");
    let arguments = [
        "--create-pool".as_ref(),
        "--fixed-code".as_ref(),
        CODE.as_ref(),
        "--data".as_ref(),
        data.as_os_str(),
    ];
    let mut users = BTreeMap::new();
    let mut said = Vec::new();
    let mut keys = None;
    for round in 0..ROUNDS {
        let mut server = Server::start(&arguments);
        assert!(
            round == 0 || said == server.said,
            "{said:?} became {:?}",
            server.said
        );
        said.clone_from(&server.said);
        // Made in the first round, and tokens signed with them must stay good.
        let jwks = server.get_json(&format!(
            "/{}/.well-known/jwks.json",
            server.said_after("user pool ")
        ));
        assert_eq!(*keys.get_or_insert_with(|| jwks.clone()), jwks);
        all_there(&server, &users);

        let client = server.said_after("client ").to_owned();
        let (acknowledge, acknowledged) = channel();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (url, client, acknowledge) =
                    (server.url.clone(), client.clone(), acknowledge.clone());
                thread::spawn(move || {
                    write(
                        &url,
                        &client,
                        &format!("user-{round}-{writer}"),
                        &acknowledge,
                    )
                })
            })
            .collect();
        drop(acknowledge);
        // The writers never stop, so that after any number of acknowledgements others are under way.
        users.extend(acknowledged.iter().take(1 + random_below(40)));
        server.kill();
        for writer in writers {
            writer.join().unwrap();
        }
        users.extend(acknowledged);
    }
    all_there(&Server::start(&arguments), &users);
    assert!(users.len() >= ROUNDS);
}

/// Signs up and confirms one user after another until the server is gone.
fn write(url: &str, client: &str, name: &str, acknowledge: &Sender<(String, Acknowledged)>) {
    let agent = agent();
    for number in 0.. {
        let username = format!("{name}-{number}");
        let email = json!([{ "Name": "email", "Value": "user@example.com" }]);
        let user = json!({ "ClientId": client, "Username": username, "Password": PASSWORD, "UserAttributes": email });
        let confirmation =
            json!({ "ClientId": client, "Username": username, "ConfirmationCode": CODE });
        for (operation, input, outcome) in [
            ("SignUp", user, Acknowledged::SignedUp),
            ("ConfirmSignUp", confirmation, Acknowledged::Confirmed),
        ] {
            let Ok((status, answer)) = call(&agent, url, operation, input) else {
                return;
            };
            assert_eq!(status, 200, "{operation}: {answer}");
            // Acknowledgements after the last round's kill are still acknowledgements.
            acknowledge.send((username.clone(), outcome)).unwrap();
        }
    }
}

/// Checks every user: whoever is confirmed signs in, and whoever signed up cannot do so again.
fn all_there(server: &Server, users: &BTreeMap<String, Acknowledged>) {
    let client = server.said_after("client ");
    for (username, acknowledged) in users {
        let (status, answer) = server.sign_in(client, username, PASSWORD);
        // What was done and not acknowledged any more may be there or not.
        let unconfirmed = answer["__type"] == "UserNotConfirmedException";
        let there = status == 200 || *acknowledged == Acknowledged::SignedUp && unconfirmed;
        assert!(there, "{username} {acknowledged:?}: {answer}");
    }
}

fn random_below(bound: u64) -> usize {
    usize::try_from(RandomState::new().hash_one(()) % bound).unwrap()
}
