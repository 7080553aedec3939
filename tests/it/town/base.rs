//! A fresh database for each story, on either engine.

use std::path::Path;

use glas::base::id;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use url::Url;

/// Which database a story runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// A file of its own.
    Sqlite,
    /// A database of its own on the server that `GLAS_TEST_POSTGRES` names.
    Postgres,
}

/// A database that nobody else uses.
#[derive(Debug)]
pub struct Fresh {
    /// Its address, as `bot.toml` takes it.
    pub url: String,
    on_server: Option<String>,
}

fn server() -> Url {
    let url = std::env::var("GLAS_TEST_POSTGRES").expect(
        "GLAS_TEST_POSTGRES is not set: run the tests with tests/run, which starts a PostgreSQL, \
         or name a server of yours where databases may be made: postgres://postgres@127.0.0.1/postgres",
    );
    Url::parse(&url).expect("GLAS_TEST_POSTGRES is an address")
}

async fn on_server(sql: String) {
    let mut connection = PgConnection::connect(server().as_str())
        .await
        .expect("the server that GLAS_TEST_POSTGRES names answers");
    sqlx::query(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .expect("databases may be made and dropped there");
}

impl Fresh {
    /// Makes one; a file goes into `folder`.
    pub async fn make(base: Base, folder: &Path) -> Self {
        match base {
            Base::Sqlite => Self {
                url: format!("sqlite:{}", folder.join("glas.db").display()),
                on_server: None,
            },
            Base::Postgres => {
                let name = format!("glas_test_{}", id::random());
                on_server(format!("create database {name}")).await;
                let mut url = server();
                url.set_path(&name);
                Self {
                    url: url.to_string(),
                    on_server: Some(name),
                }
            }
        }
    }

    /// Takes it away; one that a failed story leaves behind is there to be looked at.
    pub async fn drop(self) {
        if let Some(name) = self.on_server {
            on_server(format!("drop database {name} with (force)")).await;
        }
    }
}

/// Runs each story on both databases, as `story::sqlite` and `story::postgres`.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => { $(
        mod $story {
            use crate::town::Base;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$story(Base::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$story(Base::Postgres).await;
            }
        }
    )+ };
}
pub(crate) use on_both;
