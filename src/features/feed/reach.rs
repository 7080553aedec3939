//! Which addresses may be fetched from: the public internet, and what the settings allow besides.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// Which addresses may be fetched from.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Ranges that are allowed whatever else they are.
    pub allow: Vec<IpNet>,
    /// Only this machine and nothing else, as in a sandbox.
    pub only_here: bool,
}

impl Reach {
    /// Whether `address` may be fetched from.
    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        if self.only_here && !address.is_loopback() {
            return false;
        }
        let allowed = self.allow.iter().any(|range| range.contains(&address));
        allowed
            || match address {
                IpAddr::V4(address) => is_public_v4(address),
                IpAddr::V6(address) => is_public_v6(address),
            }
    }
}

/// Ranges of IPv4 that are not on the public internet, or not for one receiver (IANA's registry
/// of special-purpose addresses).
const NOT_PUBLIC_V4: [([u8; 4], u8); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// The one range of IPv6 that is given out (RFC 4291 §2.4), without what in it stands for other
/// addresses or for none: IETF protocols with Teredo, documentation, 6to4. IPv4 in IPv6 (mapped,
/// NAT64) is outside it.
const PUBLIC_V6: ([u16; 2], u8) = ([0x2000, 0], 3);
const NOT_PUBLIC_V6: [([u16; 2], u8); 4] = [
    ([0x2001, 0], 23),
    ([0x2001, 0xdb8], 32),
    ([0x2002, 0], 16),
    ([0x3fff, 0], 20),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !NOT_PUBLIC_V4.iter().any(|(range, length)| {
        let range = Ipv4Addr::from(*range).to_bits();
        (bits ^ range) >> (32 - length) == 0
    })
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let bits = u32::from(first) << 16 | u32::from(second);
    let within = |(range, length): &([u16; 2], u8)| {
        let range = u32::from(range[0]) << 16 | u32::from(range[1]);
        (bits ^ range) >> (32 - length) == 0
    };
    within(&PUBLIC_V6) && !NOT_PUBLIC_V6.iter().any(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(reach: &Reach, address: &str) -> bool {
        let address = address.parse();
        reach.permits(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }

    #[test]
    fn only_the_public_internet_is_within_reach() {
        let reach = Reach::default();
        for address in [
            "1.1.1.1",
            "212.39.82.1",
            "100.63.0.1",
            "172.32.0.1",
            "2a00:1450::1",
        ] {
            assert!(permits(&reach, address), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:1.1.1.1",
            "::1.1.1.1",
            "64:ff9b::101:101",
            "64:ff9b:1::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
        ] {
            assert!(!permits(&reach, address), "{address}");
        }
    }

    #[test]
    fn what_is_allowed_is_within_reach_and_nothing_beside_it() {
        let range = |text: &str| text.parse().ok();
        let reach = Reach {
            allow: ["10.20.0.0/16", "64:ff9b::/96"]
                .into_iter()
                .filter_map(range)
                .collect(),
            only_here: false,
        };
        for (address, may) in [
            ("10.20.3.4", true),
            ("10.21.0.1", false),
            ("64:ff9b::101:101", true),
            ("::ffff:10.20.3.4", false),
            ("127.0.0.1", false),
        ] {
            assert_eq!(permits(&reach, address), may, "{address}");
        }
        let sandbox = Reach {
            allow: ["127.0.0.0/8", "0.0.0.0/0"]
                .into_iter()
                .filter_map(range)
                .collect(),
            only_here: true,
        };
        assert!(permits(&sandbox, "127.0.0.1") && !permits(&sandbox, "1.1.1.1"));
    }
}
