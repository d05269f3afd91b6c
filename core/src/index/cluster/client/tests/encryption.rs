//! Connections that nobody else can read.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::*;

/// A host that speaks TLS, and a file of the authority that signed its certificate.
fn encrypted_host() -> (String, PathBuf) {
    let (authority_key, key) = (rcgen::KeyPair::generate().unwrap(), rcgen::KeyPair::generate().unwrap());
    let mut authority = rcgen::CertificateParams::default();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let certificate =
        rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();

    let key = rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = rustls::ServerConfig::builder().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap());
    let encrypt = move |stream| {
        let session = rustls::ServerConnection::new(Arc::clone(&config)).map_err(std::io::Error::other)?;
        Ok(rustls::StreamOwned::new(session, stream))
    };
    let host = StandIn::start_within("127.0.0.1:0".parse().unwrap(), encrypt, |_| reply(200, "1"));
    let file = std::env::temp_dir().join(format!("authority-{}-{}.pem", std::process::id(), host.address.port()));
    fs::write(&file, authority_certificate.pem()).unwrap();
    (format!("https://localhost:{}", host.address.port()), file)
}

/// Asks an encrypted host.
fn ask(url: &str, ca: Option<&Path>) -> Result<Value, ClusterError> {
    let options = ConnectionOptions { ca: ca.map(Path::to_owned), ..options(&[url.to_owned()]) };
    get(&Connection::new(&options)?)
}

#[test]
fn a_certificate_is_trusted_for_its_authority() {
    let (url, file) = encrypted_host();
    assert_eq!(ask(&url, Some(&file)).unwrap(), 1);

    let unknown = ask(&url, None).unwrap_err();
    // What is wrong is another thing on a machine that knows no authority at all.
    let message = unknown.to_string();
    let (what, rest) = message.split_once(" (").unwrap();
    assert_eq!(what, format!("cannot trust the certificate of `{url}`"));
    let advice = rest.split_once("): ").unwrap().1;
    assert_eq!(advice, "give the PEM file of the authority that signed it, and use a host name that stands in it");
    assert!(!unknown.is_passing());

    let other_name = ask(&url.replace("localhost", "127.0.0.1"), Some(&file)).unwrap_err();
    assert!(matches!(other_name, ClusterError::Certificate { .. }), "{other_name}");
    fs::remove_file(file).unwrap();
}

#[test]
fn a_file_that_holds_no_certificate_is_refused() {
    let file = std::env::temp_dir().join(format!("no-authority-{}.pem", std::process::id()));
    fs::write(&file, "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n").unwrap();
    let error = ask("https://localhost:1", Some(&file)).unwrap_err();
    assert!(matches!(error, ClusterError::Authority { .. }), "{error}");
    assert!(error.to_string().contains("BadEncoding"), "{error}");
    fs::remove_file(file).unwrap();
}

#[test]
fn a_host_without_tls_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 \r\n\r\n");
        }
    });
    let (_, authority) = encrypted_host();
    let error = ask(&url, Some(&authority)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the answer of `{url}` cannot be read (no TLS: received corrupt message of type InvalidContentType): check \
             that the address is OpenSearch's"
        )
    );
    fs::remove_file(authority).unwrap();
}
