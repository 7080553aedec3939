//! How a town is set up, and the `bot.toml` that follows from it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use glas::app::Loaded;
use glas::city::City;
use glas::config::Config;
use glas::desk::commands::Commands;
use glas::desk::sense::Senses;
use glas::message::catalogue::Catalogue;
use glas::sandbox::discord::Discord;
use glas::sandbox::smtp::Smtp;
use glas::sandbox::telegram::Telegram;

/// How a town is set up.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The networks that are on.
    pub channels: &'static [&'static str],
    /// Whether the web pages are on.
    pub web: bool,
    /// Seconds that a lease lasts.
    pub lease_seconds: u64,
    /// `[delivery] window`.
    pub window: Option<usize>,
    /// Telegram's rate over all, 0 for none; the simulated platform keeps none either.
    pub telegram_rate: u32,
    /// Everybody keeps to the platforms' own rates, whatever else the plan says.
    pub paced: bool,
    /// `[people] quiet_hours`.
    pub quiet: &'static str,
    /// Further tables of `bot.toml`.
    pub more: &'static str,
    /// When the story begins; `None`: now. The clock goes on from there and can be moved forward.
    pub at: Option<&'static str>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            channels: &["telegram", "discord", "email"],
            web: false,
            lease_seconds: 2,
            window: None,
            telegram_rate: 0,
            paced: false,
            quiet: "none",
            more: "",
            at: None,
        }
    }
}

/// City, words and commands, read once for all stories.
pub fn loaded(config: &Path) -> Loaded {
    static SHARED: OnceLock<(Arc<City>, Arc<Catalogue>, Commands, Senses)> = OnceLock::new();
    let config = Config::load(config).expect("bot.toml");
    let (city, catalogue, commands, senses) = SHARED.get_or_init(|| {
        let city = City::load(&config.city.folder).expect("the city");
        let catalogue = Catalogue::load(&config.city.locales, city.zone()).expect("the words");
        let commands = Commands::load(&catalogue).expect("the commands");
        let senses = Senses::load(&catalogue).expect("the senses");
        (Arc::new(city), Arc::new(catalogue), commands, senses)
    });
    Loaded {
        config,
        city: Arc::clone(city),
        catalogue: Arc::clone(catalogue),
        commands: commands.clone(),
        senses: senses.clone(),
    }
}

/// The settings that point a bot at these networks.
pub fn bot_toml(
    plan: &Plan,
    project: &Path,
    database: &str,
    (telegram, discord, smtp): (&Telegram, &Discord, &Smtp),
    pages: Option<SocketAddr>,
) -> String {
    let path = |path: PathBuf| toml::Value::from(path.display().to_string()).to_string();
    let window = plan
        .window
        .map_or(String::new(), |window| format!("window = {window}\n"));
    let general = format!(
        "sandbox = true\n[city]\nfolder = {}\nlocales = {}\n[database]\nurl = \"{database}\"\n\
         [people]\nquiet_hours = \"{}\"\n[delivery]\nlease_seconds = {}\n{window}",
        path(project.join("cities/sofia")),
        path(project.join("locales")),
        plan.quiet,
        plan.lease_seconds,
    );
    let unpaced = |rates: String| if plan.paced { String::new() } else { rates };
    let section = |channel: &str| match channel {
        "telegram" => format!(
            "[telegram]\napi_url = \"{}\"\ninvite = \"https://t.me/glas_sandbox_bot\"\n{}",
            telegram.url(),
            unpaced(format!(
                "rate = {}\nchat_rate = 0\ngroup_rate = 0\n",
                plan.telegram_rate
            ))
        ),
        "discord" => format!(
            "[discord]\napi_url = \"{}\"\n{}",
            discord.url(),
            unpaced("rate = 0\n".to_owned())
        ),
        _ => format!(
            "[email]\nhost = \"{}\"\nport = {}\nsecurity = \"none\"\nfrom_name = \"Столична община\"\n\
                 from_address = \"alerts@example.org\"\nunsubscribe = \"stop@example.org\"\n\
                 list_id = \"alerts.example.org\"\n",
            smtp.address().ip(),
            smtp.address().port()
        ),
    };
    let sections = plan.channels.iter().map(|channel| section(channel));
    let web = pages.map_or(String::new(), |at| {
        format!(
            "[web]\nlisten = \"{at}\"\nbase_url = \"http://{at}\"\nbehind_proxy = true\n\
             contact = \"web@example.org\"\n"
        )
    });
    general + &sections.collect::<String>() + &web + plan.more
}
