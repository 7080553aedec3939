//! Looking up what a domain publishes: TXT records, within a bound.

use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use tokio::time::timeout;

use crate::channels::checkup::Nameserver;

/// How long one attempt may take; there are two.
const ATTEMPT: Duration = Duration::from_secs(3);
/// How long a look-up may take in all.
const LOOK_UP: Duration = Duration::from_secs(8);
/// The most records of a name that are read.
const RECORDS: usize = 100;

/// Somebody to ask about names.
pub(super) struct Dns(TokioResolver);

impl Dns {
    /// Whoever `nameserver` means; `None` when nobody is to be asked.
    pub(super) fn new(nameserver: Nameserver) -> Result<Option<Self>, String> {
        let mut builder = match nameserver {
            Nameserver::Nobody => return Ok(None),
            Nameserver::System => {
                TokioResolver::builder_tokio().map_err(|error| error.to_string())?
            }
            Nameserver::At(address) => {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                let connections = connections.map(|mut connection| {
                    connection.port = address.port();
                    connection
                });
                let server = NameServerConfig::new(address.ip(), true, connections.into());
                let config = ResolverConfig::from_parts(None, vec![], vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        let options = builder.options_mut();
        options.timeout = ATTEMPT;
        options.attempts = 1;
        options.edns0 = true;
        options.use_hosts_file = ResolveHosts::Never;
        let resolver = builder.build().map_err(|error| error.to_string())?;
        Ok(Some(Self(resolver)))
    }

    /// The texts published at `name`, each put together from its pieces; none when there are none.
    /// An error says why nobody can tell.
    pub(super) async fn texts(&self, name: &str) -> Result<Vec<String>, String> {
        // The dot at the end keeps the system's search list out.
        let name = format!("{}.", name.trim_end_matches('.'));
        let found = match timeout(LOOK_UP, self.0.txt_lookup(name)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) if error.is_no_records_found() => return Ok(vec![]),
            Ok(Err(error)) => return Err(error.to_string()),
            Err(_) => return Err(format!("no answer within {} s", LOOK_UP.as_secs())),
        };
        let texts = found
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::TXT(text) => {
                    Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned())
                }
                _ => None,
            });
        Ok(texts.take(RECORDS).collect())
    }
}
