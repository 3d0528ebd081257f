//! Signs in, answers whatever the pool asks, and says who it is:
//!
//! ```sh
//! cargo run --features reqwest --example sign_in -- <pool id> <client id> <username> [endpoint]
//! ```
//!
//! The password and the answers are read from standard input. `cognito serve --create-pool` prints a pool, a
//! client and an endpoint to try it with.

use std::error::Error;
use std::io;

use amazon_cognito_identity::{
    HttpTransport, MemoryStorage, Mfa, PoolId, Session, SignIn, User, UserPool,
};

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

    let user = pool.user(username);
    let session = sign_in(&user).await?;
    println!("{}", session.claims());
    Ok(user.sign_out().await?)
}

async fn sign_in(user: &User<HttpTransport>) -> Result<Session, Box<dyn Error>> {
    let mut step = user.sign_in(&ask("Password")?.into()).await?;
    loop {
        step = match step {
            SignIn::Done(session) | SignIn::UserConfirmationNecessary(session) => {
                return Ok(session);
            }
            SignIn::NewPasswordRequired(_) => {
                let password = ask("A new password")?.into();
                user.complete_new_password(&password, &[]).await?
            }
            SignIn::SmsMfa { destination, .. } => {
                let code = ask(&format!("The code sent to {destination}"))?;
                user.answer_mfa(Mfa::Sms, &code).await?
            }
            SignIn::SoftwareTokenMfa { .. } => {
                let code = ask("The code of your application")?;
                user.answer_mfa(Mfa::SoftwareToken, &code).await?
            }
            SignIn::SelectMfaType(choices) => {
                let names: Vec<_> = choices.iter().map(|mfa| mfa.name()).collect();
                let name = ask(&names.join(" or "))?;
                let mfa = Mfa::from_name(&name).ok_or("no such factor")?;
                user.select_mfa(mfa).await?
            }
            SignIn::MfaSetup(_) => {
                let secret = user.associate_software_token().await?;
                println!("For your application: {}", secret.secret());
                let code = ask("Its first code")?;
                user.verify_software_token(&code, "example").await?
            }
            SignIn::CustomChallenge(parameters) => {
                let answer = ask(&format!("{parameters:?}"))?;
                user.answer_custom_challenge(&answer).await?
            }
            other => return Err(format!("{other:?}").into()),
        };
    }
}

fn ask(question: &str) -> io::Result<String> {
    eprintln!("{question}:");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim_end().to_owned())
}
