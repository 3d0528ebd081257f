//! A ready transport.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use super::transport::{HttpRequest, HttpResponse, Transport};

/// Requests through `reqwest`, within a Tokio runtime.
#[derive(Clone, Debug, Default)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl HttpTransport {
    /// With time-outs of 10 seconds to connect and 30 for the whole.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new() -> Result<Self, Arc<dyn StdError + Send + Sync>> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .build()
            .map_err(shared)?;
        Ok(Self { client })
    }
}

impl From<reqwest::Client> for HttpTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for HttpTransport {
    async fn post(
        &self,
        request: HttpRequest,
    ) -> Result<HttpResponse, Arc<dyn StdError + Send + Sync>> {
        let mut post = self.client.post(request.url).body(request.body);
        for (name, value) in request.headers {
            post = post.header(name, value);
        }
        let response = post.send().await.map_err(shared)?;
        let error_type = response.headers().get("x-amzn-errortype");
        Ok(HttpResponse {
            status: response.status().as_u16(),
            error_type: error_type
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body: response.bytes().await.map_err(shared)?.to_vec(),
        })
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

fn shared(error: reqwest::Error) -> Arc<dyn StdError + Send + Sync> {
    Arc::new(error)
}
