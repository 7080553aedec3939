//! How a town is set up, and the `bot.toml` that follows from it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use glas::app::Loaded;
use glas::city::City;
use glas::config::Config;
use glas::desk::commands::Commands;
use glas::message::catalogue::Catalogue;
use glas::sandbox::discord::Discord;
use glas::sandbox::smtp::Smtp;
use glas::sandbox::telegram::Telegram;

/// How a town is set up.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The networks that are on.
    pub channels: &'static [&'static str],
    /// Seconds that a lease lasts.
    pub lease_seconds: u64,
    /// `[delivery] window`.
    pub window: Option<usize>,
    /// Telegram's rate over all, 0 for none; the simulated platform keeps none either.
    pub telegram_rate: u32,
    /// Everybody keeps to the platforms' own rates, whatever else the plan says.
    pub paced: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            channels: &["telegram", "discord", "email"],
            lease_seconds: 2,
            window: None,
            telegram_rate: 0,
            paced: false,
        }
    }
}

/// City, words and commands, read once for all stories.
pub fn loaded(config: &Path) -> Loaded {
    static SHARED: OnceLock<(Arc<City>, Arc<Catalogue>, Commands)> = OnceLock::new();
    let config = Config::load(config).expect("bot.toml");
    let (city, catalogue, commands) = SHARED.get_or_init(|| {
        let city = City::load(&config.city.folder).expect("the city");
        let catalogue = Catalogue::load(&config.city.locales, city.zone()).expect("the words");
        let commands = Commands::load(&catalogue).expect("the commands");
        (Arc::new(city), Arc::new(catalogue), commands)
    });
    Loaded {
        config,
        city: Arc::clone(city),
        catalogue: Arc::clone(catalogue),
        commands: commands.clone(),
    }
}

/// The settings that point a bot at these networks.
pub fn bot_toml(
    plan: &Plan,
    project: &Path,
    database: &str,
    (telegram, discord, smtp): (&Telegram, &Discord, &Smtp),
) -> String {
    let path = |path: PathBuf| toml::Value::from(path.display().to_string()).to_string();
    let window = plan
        .window
        .map_or(String::new(), |window| format!("window = {window}\n"));
    let general = format!(
        "sandbox = true\n[city]\nfolder = {}\nlocales = {}\n[database]\nurl = \"{database}\"\n\
         [delivery]\nlease_seconds = {}\n{window}",
        path(project.join("cities/sofia")),
        path(project.join("locales")),
        plan.lease_seconds,
    );
    let unpaced = |rates: String| if plan.paced { String::new() } else { rates };
    let section = |channel: &str| match channel {
        "telegram" => format!(
            "[telegram]\napi_url = \"{}\"\n{}",
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
    general + &sections.collect::<String>()
}
