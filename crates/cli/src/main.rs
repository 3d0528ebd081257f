//! The `cognito` command.

fn main() {}
