//! The `cognito` command: Amazon Cognito user pools on your own machine.

mod data;
mod serve;
mod transfer;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Amazon Cognito user pools on your own machine
#[derive(Parser)]
#[command(name = "cognito", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Export(transfer::Export),
    Import(transfer::Import),
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let outcome = match command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Export(arguments) => transfer::export(&arguments),
        Command::Import(arguments) => transfer::import(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            serve::log(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
