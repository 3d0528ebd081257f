//! An Amazon Cognito user pool for development and tests.
