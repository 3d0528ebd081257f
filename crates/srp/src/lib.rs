//! SRP-6a as Amazon Cognito speaks it.
