//! A service that answers every request with one file: what a request costs where nothing is searched for.
//!
//! `constant ADDRESS FILE`; says where it listens, as `lawcite serve` does.

use anyhow::{Context, bail};
use axum::Router;
use axum::body::Bytes;
use axum::http::header;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, file] = &arguments[..] else { bail!("usage: constant ADDRESS FILE") };
    let body = Bytes::from(std::fs::read(file).with_context(|| format!("cannot read `{file}`"))?);
    let listener =
        tokio::net::TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    eprintln!("constant serves http://{}/", listener.local_addr()?);
    let answer = move || std::future::ready(([(header::CONTENT_TYPE, "application/json")], body.clone()));
    axum::serve(listener, Router::new().fallback(answer)).await?;
    Ok(())
}
