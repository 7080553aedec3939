//! A database for one measurement: a file, or a database of its own on a server.

use glas::base::id;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use url::Url;

/// A database that is dropped at the end; `None`: the file beside the settings.
pub struct Base(Option<(Url, Url)>);

impl Base {
    /// Makes one on `server`, if there is one.
    ///
    /// # Errors
    /// When the server does not let databases be made.
    pub fn make(server: Option<&str>) -> anyhow::Result<Self> {
        let Some(server) = server else {
            return Ok(Self(None));
        };
        let server = Url::parse(server)?;
        let name = format!("glas_bench_{}", id::random());
        on(&server, format!("create database {name}"))?;
        let mut own = server.clone();
        own.set_path(&name);
        Ok(Self(Some((server, own))))
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.0.as_ref().map(|(_, own)| own.as_str())
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        if let Some((server, own)) = &self.0 {
            let name = own.path().trim_start_matches('/');
            // What cannot be dropped is there to be looked at.
            let _ = on(server, format!("drop database {name} with (force)"));
        }
    }
}

fn on(server: &Url, sql: String) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut connection = PgConnection::connect(server.as_str()).await?;
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await?;
        connection.close().await?;
        Ok(())
    })
}
