//! Names to addresses: looked up here, so that what was judged is what is connected to.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::{ResolverBuilder, TokioResolver};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::time::timeout;

use super::FetchFault;

/// How long a look-up may take.
const LOOK_UP: Duration = Duration::from_secs(8);
/// The most addresses of a name that are looked at.
const MOST: usize = 16;

/// Whoever knows names.
pub(super) struct Names(Option<TokioResolver>);

impl Names {
    /// The system's.
    pub(super) fn system() -> Self {
        let built = TokioResolver::builder_tokio().and_then(ResolverBuilder::build);
        Self(
            built
                .inspect_err(|why| tracing::warn!("names cannot be looked up: {why}"))
                .ok(),
        )
    }

    /// The addresses of a name; at least one.
    pub(super) async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, FetchFault> {
        let unknown = || FetchFault::NoSuchName(name.to_owned());
        let resolver = self.0.as_ref().ok_or_else(unknown)?;
        // The dot at the end keeps the system's search list out.
        let whole = format!("{}.", name.trim_end_matches('.'));
        let found = timeout(LOOK_UP, resolver.lookup_ip(whole)).await;
        let found = found.map_err(|_| unknown())?.map_err(|_| unknown())?;
        let addresses: Vec<IpAddr> = found.iter().take(MOST).collect();
        if addresses.is_empty() {
            return Err(unknown());
        }
        Ok(addresses)
    }
}

/// The addresses of every name that a client will ever ask for.
pub(super) struct Pinned(pub Vec<SocketAddr>);

impl Resolve for Pinned {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}
