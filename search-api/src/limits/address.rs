//! Whose request it is, through proxies.
//!
//! A header is worth as much as who wrote it. Each proxy adds at the right the address that it was asked from; what stands left
//! of the last proxy that we trust may be anybody's invention.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

use super::{ClientHeader, Limits};

/// Whose request it is: the address next to the last trusted proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Client(pub(crate) IpAddr);

impl Client {
    /// The client of a request that came from `peer`.
    pub(crate) fn of(peer: IpAddr, headers: &HeaderMap, limits: &Limits) -> Client {
        let trusted = |address: IpAddr| limits.trusted_proxies.iter().any(|net: &IpNet| net.contains(&address));
        let mut client = peer.to_canonical();
        let mut said = said(headers, limits.client_header);
        while trusted(client) {
            // What is no address ends the chain: its last proxy is all that is known.
            let Some(before) = said.next().flatten() else { break };
            client = before;
        }
        Client(client)
    }

    /// Who shares an allowance with it: of IPv6 a subscriber has at least 2⁶⁴ addresses.
    pub(super) fn subscriber(self) -> u64 {
        match self.0 {
            IpAddr::V4(address) => u64::from(address.to_bits()),
            IpAddr::V6(address) => (address.to_bits() >> 64) as u64,
        }
    }
}

/// The addresses in the header, the last first; `None` stands for what is no address.
fn said(headers: &HeaderMap, header: ClientHeader) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(header.name()).iter().rev().map(|line| line.to_str().unwrap_or_default());
    let steps = lines.flat_map(|line| line.rsplit(','));
    steps.map(move |step| match header {
        ClientHeader::XForwardedFor => address(step.trim()),
        ClientHeader::Forwarded => {
            let pair = step.split(';').filter_map(|pair| pair.trim().split_once('='));
            let node = pair.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("for"))?.1;
            address(node.trim_matches('"'))
        }
    })
}

/// An address, with or without a port: `203.0.113.7`, `203.0.113.7:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed_and_only_as_far_as_they_know() {
        const CASES: &[(&str, &str, &[(&str, &str)], &str)] = &[
            // (what the row shows, who connects, headers, client)
            ("nobody forwards", "203.0.113.7", &[], "203.0.113.7"),
            ("a stranger's word", "203.0.113.7", &[("x-forwarded-for", "198.51.100.1")], "203.0.113.7"),
            ("a proxy's word", "10.0.0.1", &[("x-forwarded-for", "198.51.100.1")], "198.51.100.1"),
            ("the client's own invention", "10.0.0.1", &[("x-forwarded-for", "1.2.3.4, 198.51.100.1")], "198.51.100.1"),
            ("two proxies", "10.0.0.1", &[("x-forwarded-for", "198.51.100.1, 10.0.0.2")], "198.51.100.1"),
            (
                "two lines",
                "10.0.0.1",
                &[("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "198.51.100.1")],
                "198.51.100.1",
            ),
            ("nonsense", "10.0.0.1", &[("x-forwarded-for", "198.51.100.1, unknown")], "10.0.0.1"),
            ("nonsense behind a proxy", "10.0.0.1", &[("x-forwarded-for", "x, 10.0.0.2")], "10.0.0.2"),
            ("nothing", "10.0.0.1", &[("x-forwarded-for", "")], "10.0.0.1"),
            ("only proxies", "10.0.0.1", &[("x-forwarded-for", "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
            ("with ports", "10.0.0.1", &[("x-forwarded-for", "[2001:db8::1]:80")], "2001:db8::1"),
            ("another header", "10.0.0.1", &[("forwarded", "for=198.51.100.1")], "10.0.0.1"),
            ("a proxy by IPv6", "::ffff:10.0.0.1", &[("x-forwarded-for", "198.51.100.1")], "198.51.100.1"),
        ];
        let limits = Limits { trusted_proxies: vec!["10.0.0.0/8".parse().expect("a net")], ..Limits::default() };
        for (name, peer, headers, expected) in CASES {
            assert_eq!(client(peer, headers, &limits), *expected, "{name}");
        }
        let limits = Limits { client_header: ClientHeader::Forwarded, ..limits };
        let headers: &[(&str, &str)] = &[
            ("x-forwarded-for", "1.2.3.4"),
            ("forwarded", "for=1.1.1.1;proto=http, proto=https;For=\"[2001:db8::1]:8\""),
        ];
        assert_eq!(client("10.0.0.1", headers, &limits), "2001:db8::1");
        assert_eq!(client("10.0.0.1", &[("forwarded", "by=1.1.1.1")], &limits), "10.0.0.1");
    }

    fn client(peer: &str, headers: &[(&'static str, &'static str)], limits: &Limits) -> String {
        let pairs = headers.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value))
        });
        let mut map = HeaderMap::new();
        pairs.for_each(|(name, value)| {
            map.append(name, value);
        });
        Client::of(peer.parse().expect("an address"), &map, limits).0.to_string()
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one_client() {
        let subscriber = |address: &str| Client(address.parse().expect("an address")).subscriber();
        assert_eq!(subscriber("2001:db8:0:1::1"), subscriber("2001:db8:0:1:ffff::2"));
        assert_ne!(subscriber("2001:db8:0:1::1"), subscriber("2001:db8:0:2::1"));
        assert_ne!(subscriber("203.0.113.7"), subscriber("203.0.113.8"));
    }
}
