//! The bot's menu in every language: one `setMyCommands` for each.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;
use teloxide::payloads::SetMyCommands;
use teloxide::types::BotCommand;

use super::api::{Api, Bounds, CallError};
use crate::channel::MenuEntry;
use crate::message::Lang;

/// Shows `menu` to everybody, each in their language.
pub(super) async fn show(api: &Api, menu: &[MenuEntry]) -> Result<(), CallError> {
    for (language, commands) in menus(menu) {
        let request = SetMyCommands {
            language_code: language.map(|language| language.to_string()),
            ..SetMyCommands::new(commands)
        };
        api.call::<IgnoredAny>("setMyCommands", &request, Bounds::BRIEF)
            .await?;
    }
    Ok(())
}

/// The commands for everybody, then for each language. Those whose language we do not have read
/// English where there is English, else the first language.
fn menus(menu: &[MenuEntry]) -> Vec<(Option<Lang>, Vec<BotCommand>)> {
    let languages: BTreeSet<Lang> = menu
        .iter()
        .flat_map(|entry| entry.descriptions.keys().copied())
        .collect();
    let common = |entry: &MenuEntry| {
        let english = entry
            .descriptions
            .iter()
            .find(|(lang, _)| lang.as_str() == "en");
        let (_, words) = english.or_else(|| entry.descriptions.first_key_value())?;
        Some(words.clone())
    };
    let commands = |language: Option<Lang>| {
        (menu.iter().filter(|entry| !entry.duty))
            .filter_map(|entry| {
                let own = language.and_then(|language| entry.descriptions.get(&language));
                let words = own.cloned().or_else(|| common(entry))?;
                Some(BotCommand::new(entry.name.clone(), words))
            })
            .collect()
    };
    std::iter::once(None)
        .chain(languages.iter().copied().map(Some))
        .map(|language| (language, commands(language)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::menus;
    use crate::channel::MenuEntry;
    use crate::message::Lang;

    #[test]
    fn every_language_has_its_menu_and_strangers_read_english() {
        let lang = |tag: &str| tag.parse::<Lang>().expect("a language");
        let words = [("bg", "Stop-bg"), ("en", "Stop")];
        let entry = MenuEntry {
            name: "stop".to_owned(),
            names: BTreeMap::new(),
            descriptions: words
                .map(|(tag, words)| (lang(tag), words.to_owned()))
                .into(),
            argument: None,
            duty: false,
        };
        let shown: Vec<_> = menus(&[entry])
            .into_iter()
            .map(|(language, commands)| (language, commands[0].description.clone()))
            .collect();
        assert_eq!(
            shown,
            [
                (None, "Stop".to_owned()),
                (Some(lang("bg")), "Stop-bg".to_owned()),
                (Some(lang("en")), "Stop".to_owned()),
            ]
        );
    }
}
