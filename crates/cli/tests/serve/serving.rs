//! What `cognito serve` does with its arguments, and the way of a user through it.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::Output,
};

use serde_json::{Value, json};

use crate::server::{Server, agent, call, run, run_unprivileged};

const PASSWORD: &str = "Correct-horse-1";

fn sign_up(server: &Server, client: &str, username: &str) {
    let email = json!([{ "Name": "email", "Value": format!("{username}@example.com") }]);
    let input = json!({ "ClientId": client, "Username": username, "Password": PASSWORD, "UserAttributes": email });
    let (status, answer) = server.call("SignUp", input);
    assert_eq!(
        (status, &answer["UserConfirmed"]),
        (200, &json!(false)),
        "{answer}"
    );
}

fn confirm(server: &Server, client: &str, username: &str, code: &str) -> (u16, Value) {
    server.call(
        "ConfirmSignUp",
        json!({ "ClientId": client, "Username": username, "ConfirmationCode": code }),
    )
}

/// Checks that it ended with an error of one line, and gives the line.
fn refusal(output: &Output) -> String {
    let log = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{log}");
    assert!(output.stdout.is_empty());
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.starts_with("error: "), "{log}");
    log
}

#[test]
fn a_user_signs_up_with_the_code_from_the_outbox_and_signs_in() {
    let server = Server::start(&["--create-pool"]);
    assert!(
        server.url.starts_with("http://127.0.0.1:"),
        "{}",
        server.url
    );
    assert!(server.logged("administration").contains("`local`"));
    let (pool, client) = (
        server.said_after("user pool "),
        server.said_after("client "),
    );
    let ready = json!({ "userPoolId": pool, "clientId": client, "endpoint": server.url });
    assert_eq!(server.get_json("/_local/pool"), ready);

    sign_up(&server, client, "jane");
    let outbox = server.get_json("/_local/outbox");
    let message = &outbox[0];
    assert_eq!(message["userPoolId"], pool);
    assert_eq!(
        (&message["username"], &message["destination"]),
        (&json!("jane"), &json!("jane@example.com"))
    );
    let code = message["code"].as_str().unwrap();
    let line = server.logged("jane@example.com");
    assert!(
        line.contains(code) && line.contains("jane") && line.contains(pool),
        "{line}"
    );

    let (status, refused) = server.sign_in(client, "jane", PASSWORD);
    assert_eq!(
        (status, &refused["__type"]),
        (400, &json!("UserNotConfirmedException"))
    );
    server.logged("InitiateAuth UserNotConfirmedException");
    assert_eq!(confirm(&server, client, "jane", code), (200, json!({})));
    let (status, answer) = server.sign_in(client, "jane", PASSWORD);
    assert_eq!(status, 200, "{answer}");
    let token = answer["AuthenticationResult"]["AccessToken"]
        .as_str()
        .unwrap();
    let (_, user) = server.call("GetUser", json!({ "AccessToken": token }));
    assert_eq!(user["Username"], "jane");
    // The issuer is where its keys are.
    let discovery = server.get_json(&format!("/{pool}/.well-known/openid-configuration"));
    assert_eq!(discovery["issuer"], format!("{}/{pool}", server.url));
    let keys = discovery["jwks_uri"]
        .as_str()
        .unwrap()
        .strip_prefix(&server.url)
        .unwrap();
    assert_eq!(server.get_json(keys)["keys"].as_array().unwrap().len(), 2);
}

#[test]
fn no_pool_unless_asked_for() {
    let server = Server::start::<&str>(&[]);
    assert_eq!(server.said, [""; 0]);
    assert_eq!(server.get("/_local/pool").0, 404);
    assert_eq!(server.get_json("/_local/outbox"), json!([]));
}

#[test]
fn a_fixed_code_comes_with_a_warning() {
    let server = Server::start(&["--create-pool", "--fixed-code", "314159"]);
    assert!(server.logged("warning").contains("every code is 314159"));
    let client = server.said_after("client ");
    sign_up(&server, client, "jane");
    assert_eq!(server.get_json("/_local/outbox")[0]["code"], "314159");
    assert_eq!(
        confirm(&server, client, "jane", "271828").1["__type"],
        "CodeMismatchException"
    );
    assert_eq!(confirm(&server, client, "jane", "314159").0, 200);
}

#[test]
fn data_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("pools.db");
    let arguments = [
        "--create-pool".as_ref(),
        "--data".as_ref(),
        data.as_os_str(),
    ];
    let server = Server::start(&arguments);
    let (said, client) = (server.said.clone(), server.said_after("client ").to_owned());
    sign_up(&server, &client, "jane");
    drop(server);

    let server = Server::start(&arguments);
    assert_eq!(server.said, said);
    let code = server.get_json("/_local/outbox")[0]["code"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(confirm(&server, &client, "jane", &code).0, 200);
    assert_eq!(server.sign_in(&client, "jane", PASSWORD).0, 200);
}

#[test]
#[cfg(unix)]
fn it_ends_when_asked_to() {
    // With a connection open, as browsers keep them.
    let server = Server::start(&["--create-pool"]);
    let idle = std::net::TcpStream::connect(server.url.strip_prefix("http://").unwrap()).unwrap();
    assert_eq!(server.terminate(), Some(0));
    drop(idle);
}

#[test]
fn clients_may_know_it_by_another_url() {
    let server = Server::start(&[
        "--create-pool",
        "--issuer",
        "https://auth.example.com/pools/",
    ]);
    let pool = server.said_after("user pool ");
    let issuer = format!("https://auth.example.com/pools/{pool}");
    let discovery = server.get_json(&format!("/{pool}/.well-known/openid-configuration"));
    assert_eq!(discovery["issuer"], issuer);
    assert_eq!(
        discovery["jwks_uri"],
        format!("{issuer}/.well-known/jwks.json")
    );
    assert_eq!(
        server.get_json("/_local/pool")["endpoint"],
        "https://auth.example.com/pools"
    );
}

#[test]
fn its_help_has_all_that_it_takes_to_begin() {
    let output = run(&["--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    for part in [
        "Examples:",
        "--create-pool",
        "/_local/outbox",
        "COGNITO_SECRET_KEY",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    // The file of its example is one.
    let (_, example) = help.split_once("# pools.yaml\n").unwrap();
    let (example, _) = example.split_once("\n\n").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("pools.yaml");
    std::fs::write(&seed, example).unwrap();
    let server = Server::start(&["--seed".as_ref(), seed.as_os_str()]);
    server.logged("user pool us-east-1_Example01 was made");
}

#[test]
fn it_serves_a_page_beside_its_pools() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<title>a page</title>").unwrap();
    let server = Server::start(&["--www".as_ref(), folder.path().as_os_str()]);
    assert_eq!(server.get("/"), (200, "<title>a page</title>".to_owned()));
    assert_eq!(server.get("/nothing").0, 404);
    assert_eq!(
        server.call("InitiateAuth", json!({})).1["__type"],
        "InvalidParameterException"
    );
}

#[test]
fn other_addresses_than_loopback_come_with_a_warning() {
    // An address that is nobody's (RFC 5737), so that the test itself stays at home.
    let output = run(&["--host", "192.0.2.1"]);
    let log = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        log.starts_with("warning: 192.0.2.1 is not a loopback address"),
        "{log}"
    );
    assert!(log.contains("error: cannot listen on 192.0.2.1:0"), "{log}");
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_cognito"))
        .args(["serve", "--port", &port])
        .output();
    let line = refusal(&output.unwrap());
    assert!(
        line.contains(&format!("port {port} is taken")) && line.contains("--port 0"),
        "{line}"
    );
}

#[test]
fn data_that_cannot_be_kept() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("none").join("pools.db");
    let line = refusal(&run(&["--data".as_ref(), nowhere.as_os_str()]));
    assert!(
        line.contains("cannot keep data in") && line.contains("pools.db"),
        "{line}"
    );

    let no_database = folder.path().join("notes.txt");
    std::fs::write(
        &no_database,
        "not a database, and long enough to be sure of that\n".repeat(100),
    )
    .unwrap();
    refusal(&run(&["--data".as_ref(), no_database.as_os_str()]));
    assert!(
        std::fs::read_to_string(&no_database)
            .unwrap()
            .starts_with("not a database")
    );
}

#[test]
#[cfg(unix)]
fn data_that_may_not_be_changed() {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("pools.db");
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let arguments = ["--data".as_ref(), data.as_os_str()];
    assert_eq!(Server::start(&arguments).terminate(), Some(0));
    let before = fs::read(&data).unwrap();
    // The file itself, then only its folder, where SQLite keeps what is new.
    for (file_mode, folder_mode, reason) in [
        (0o444, 0o755, "Permission denied"),
        (0o666, 0o555, "files beside it"),
    ] {
        mode(&data, file_mode);
        mode(folder.path(), folder_mode);
        let line = refusal(&run_unprivileged(folder.path(), &arguments));
        assert!(line.contains("cannot keep data in"), "{line}");
        assert!(line.contains(reason), "{line}");
        assert_eq!(fs::read(&data).unwrap(), before);
    }
    mode(folder.path(), 0o755);
}

#[test]
fn a_page_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let line = refusal(&run(&[
        "--www".as_ref(),
        folder.path().join("none").as_os_str(),
    ]));
    assert!(line.contains("cannot serve"), "{line}");
}

#[test]
fn secrets_that_are_none_are_not_repeated() {
    for arguments in [
        &["--secret-key", ""][..],
        &["--smtp", "http://postman:guessme@example.com"],
        &["--smtp", "smtp:guessme"],
    ] {
        let line = refusal(&run(arguments));
        assert!(line.contains(arguments[0]), "{line}");
        assert!(!line.contains("guessme"), "{line}");
    }
}

#[test]
fn arguments_that_are_none() {
    for arguments in [
        &["--prot", "1"][..],
        &["--host", "example"],
        &["--fixed-code", "1 2"],
        &["--fixed-code", ""],
        &["--access-key", ""],
        &["--access-key", "one,two"],
        &["--issuer", "auth.example.com"],
        &["--issuer", "https://"],
        &["--issuer", "https://example.com/?a=b"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            String::from_utf8(output.stderr)
                .unwrap()
                .contains(arguments[0]),
            "{arguments:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_log_that_nobody_reads_stops_nobody() {
    // Each answer is a line of some forty bytes; a pipe holds 64 KiB at most.
    const REQUESTS: usize = 2500;
    let (mut server, log) = Server::start_unread::<&str>(&[]);
    let (agent, input) = (agent(), json!({ "AccessToken": "none" }));
    for _ in 0..REQUESTS {
        let (status, _) = call(&agent, &server.url, "GetUser", input.clone()).unwrap();
        assert_eq!(status, 400);
    }
    // What follows when somebody has read it says what is missing.
    let mut log = BufReader::new(log).lines().map_while(Result::ok);
    let read = log.by_ref().take(REQUESTS / 2).count();
    assert_eq!(read, REQUESTS / 2);
    server.call("GetUser", input);
    server.kill();
    drop(server);
    let rest: Vec<_> = log.collect();
    let left_out = rest.iter().find_map(|line| {
        let number = line.strip_prefix("warning: nobody read this log, ")?;
        number.strip_suffix(" lines were left out")?.parse().ok()
    });
    let answers = rest.iter().filter(|line| line.starts_with("GetUser "));
    let others = 1;
    assert_eq!(
        read - others + answers.count() + left_out.unwrap_or(0),
        REQUESTS + 1
    );
    assert!(left_out.is_some());
}
