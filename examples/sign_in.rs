//! Signs in and says who it is:
//!
//! ```sh
//! cargo run --features reqwest --example sign_in -- <pool id> <client id> <username> [endpoint]
//! ```
//!
//! The password is read from standard input. `cognito serve --create-pool` prints a pool, a client and an
//! endpoint to try it with.

use std::error::Error;

use amazon_cognito_identity::{HttpTransport, MemoryStorage, Password, PoolId, SignIn, UserPool};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pool, client, username, endpoint @ ..] = arguments.as_slice() else {
        return Err("usage: sign_in <pool id> <client id> <username> [endpoint]".into());
    };
    let transport = HttpTransport::new()?;
    let endpoint = endpoint.first().cloned();
    let id = PoolId::parse(pool)?;
    let pool = UserPool::new(id, client, endpoint, transport, MemoryStorage::new());

    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let password = Password::from(password.trim_end());

    let user = pool.user(username);
    match user.sign_in(&password).await? {
        SignIn::Done(session) => println!("{}", session.claims()),
        SignIn::NewPasswordRequired(_) => println!("the password was temporary"),
        _ => println!("the service asks for more"),
    }
    Ok(user.sign_out().await?)
}
