//! What `X-Amz-User-Agent` says.

/// Upstream's text: the service sees the client it knows.
pub(super) const USER_AGENT: &str = "aws-amplify/5.0.4";
