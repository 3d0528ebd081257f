//! The load client: HTTP/1.1 on connections that stay open, and as little else as that takes.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use cognito_srp::{encoding::hex_encode, hmac_sha256, sha256};
use serde_json::Value;
use time::{OffsetDateTime, macros::format_description};

/// Longer than any answer takes that is worth waiting for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request as it is written: signed with access key and secret `local`, which some servers check.
pub(super) struct Request(Vec<u8>);

impl Request {
    pub(super) fn new(address: SocketAddr, operation: &str, input: &Value) -> anyhow::Result<Self> {
        let body = input.to_string();
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let date = OffsetDateTime::now_utc().format(format_description!(
            "[year][month][day]T[hour][minute][second]Z"
        ))?;
        let authorization = authorization(address, &target, &date, &body);
        let head = format!(
            "POST / HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-amz-json-1.1\r\n\
             Content-Length: {}\r\nX-Amz-Date: {date}\r\nX-Amz-Target: {target}\r\n\
             Authorization: {authorization}\r\n\r\n",
            body.len()
        );
        Ok(Self([head.as_bytes(), body.as_bytes()].concat()))
    }
}

/// Signature Version 4.
fn authorization(address: SocketAddr, target: &str, date: &str, body: &str) -> String {
    const SIGNED: &str = "host;x-amz-date;x-amz-target";
    let (day, _) = date.split_once('T').unwrap_or((date, ""));
    let scope = format!("{day}/us-east-1/cognito-idp/aws4_request");
    let canonical = format!(
        "POST\n/\n\nhost:{address}\nx-amz-date:{date}\nx-amz-target:{target}\n\n{SIGNED}\n{}",
        hex_encode(&sha256(&[body.as_bytes()]))
    );
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{date}\n{scope}\n{}",
        hex_encode(&sha256(&[canonical.as_bytes()]))
    );
    let key = scope.split('/').fold(b"AWS4local".to_vec(), |key, part| {
        hmac_sha256(&key, &[part.as_bytes()]).to_vec()
    });
    let signature = hex_encode(&hmac_sha256(&key, &[to_sign.as_bytes()]));
    format!(
        "AWS4-HMAC-SHA256 Credential=local/{scope}, SignedHeaders={SIGNED}, Signature={signature}"
    )
}

/// An answer as it was read.
pub(super) struct Answer {
    status: u16,
    body: Vec<u8>,
}

impl Answer {
    /// # Errors
    ///
    /// If this is no success.
    pub(super) fn output(&self) -> anyhow::Result<Value> {
        let text = String::from_utf8_lossy(&self.body);
        ensure!(self.status == 200, "status {}: {text}", self.status);
        serde_json::from_str(&text).with_context(|| text.into_owned())
    }
}

/// A connection that is opened when it is needed, and again if the server closes it.
pub(super) struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    pub(super) fn to(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
            buffer: Vec::new(),
        }
    }

    pub(super) fn exchange(&mut self, request: &Request) -> anyhow::Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => open(self.address)?,
        };
        stream.write_all(&request.0)?;
        let (answer, stays_open) = read(&mut stream, &mut self.buffer)?;
        self.stream = stays_open.then_some(stream);
        Ok(answer)
    }
}

fn open(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// What of an answer's head matters here.
struct Head {
    length: usize,
    status: u16,
    body: Body,
    stays_open: bool,
}

enum Body {
    Bytes(usize),
    Chunks,
}

fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<(Answer, bool)> {
    buffer.clear();
    let head = loop {
        more(stream, buffer)?;
        if let Some(head) = parse(buffer)? {
            break head;
        }
    };
    let mut body = buffer.split_off(head.length);
    match head.body {
        Body::Bytes(length) => {
            while body.len() < length {
                more(stream, &mut body)?;
            }
        }
        Body::Chunks => {
            while !body.ends_with(b"0\r\n\r\n") {
                more(stream, &mut body)?;
            }
            body = joined(&body)?;
        }
    }
    let status = head.status;
    Ok((Answer { status, body }, head.stays_open))
}

fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<()> {
    let mut part = [0; 16 << 10];
    let length = stream.read(&mut part)?;
    ensure!(length != 0, "the server closed the connection");
    buffer.extend(part.iter().take(length));
    Ok(())
}

fn parse(bytes: &[u8]) -> anyhow::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = response.parse(bytes)? else {
        return Ok(None);
    };
    let is_new = response.version == Some(1);
    let (mut body, mut stays_open) = (None, is_new);
    for header in response.headers.iter() {
        let value = str::from_utf8(header.value)?.trim();
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => body = Some(Body::Bytes(value.parse()?)),
            "transfer-encoding" => body = Some(Body::Chunks),
            "connection" => stays_open = is_new && !value.eq_ignore_ascii_case("close"),
            _ => {}
        }
    }
    let (Some(status), Some(body)) = (response.code, body) else {
        bail!("an answer without a length");
    };
    Ok(Some(Head {
        length,
        status,
        body,
        stays_open,
    }))
}

fn joined(chunks: &[u8]) -> anyhow::Result<Vec<u8>> {
    let (mut rest, mut body) = (chunks, Vec::new());
    while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) {
        let end = start + usize::try_from(size)?;
        match (rest.get(start..end), rest.get(end + 2..)) {
            (Some(chunk), Some(next)) if size != 0 => {
                body.extend_from_slice(chunk);
                rest = next;
            }
            _ => break,
        }
    }
    Ok(body)
}
