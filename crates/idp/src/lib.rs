//! The Amazon Cognito Identity Provider API as data.
