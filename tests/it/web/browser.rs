//! A reader's browser without scripts: pages, their links, their forms; and one that only scans.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Client, Method, StatusCode, redirect};
use url::Url;

/// A page as it came.
#[derive(Debug, Clone)]
pub struct Page {
    pub url: Url,
    pub status: StatusCode,
    pub text: String,
}

/// A form as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub fields: Vec<(String, String)>,
    /// Answers that could be chosen and are not.
    pub offered: Vec<(String, String)>,
}

/// A browser at one place in the world.
#[derive(Debug, Clone)]
pub struct Browser {
    client: Client,
    source: String,
}

impl Browser {
    /// One behind the address `source`, as the proxy names it.
    pub fn at(source: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none());
        Self {
            client: client.build().expect("a client"),
            source: source.to_owned(),
        }
    }

    pub async fn get(&self, url: &str) -> Page {
        self.ask(Method::GET, url, None).await
    }

    pub async fn head(&self, url: &str) -> Page {
        self.ask(Method::HEAD, url, None).await
    }

    pub async fn post(&self, url: &str, fields: &[(&str, &str)]) -> Page {
        self.ask(Method::POST, url, Some(fields)).await
    }

    async fn ask(&self, method: Method, url: &str, fields: Option<&[(&str, &str)]>) -> Page {
        let mut asked = self.client.request(method, url);
        asked = asked.header("x-forwarded-for", &self.source);
        if let Some(fields) = fields {
            asked = asked.form(fields);
        }
        let answer = asked.send().await.expect("an answer");
        let names = ["set-cookie", "location"];
        for name in names {
            assert!(!answer.headers().contains_key(name), "{name} from {url}");
        }
        Page {
            url: answer.url().clone(),
            status: answer.status(),
            text: answer.text().await.expect("a text"),
        }
    }

    /// Sends the form `number` of a page as it stands, but for the answers under these names.
    pub async fn send(&self, page: &Page, number: usize, answers: &[(&str, &str)]) -> Page {
        let form = page.forms().swap_remove(number);
        let mut fields = form.fields;
        fields.retain(|(name, _)| !answers.iter().any(|(answered, _)| answered == name));
        let own = fields.iter().map(|(name, value)| (&**name, &**value));
        // A name with nothing to it takes a ticked box away.
        let given = answers
            .iter()
            .copied()
            .filter(|(_, value)| !value.is_empty());
        let all: Vec<(&str, &str)> = own.chain(given).collect();
        let url = page.url.join(&form.action).expect("an address");
        self.post(url.as_str(), &all).await
    }
}

impl Page {
    /// That it says all of this.
    pub fn says(&self, all: &[&str]) -> &Self {
        for one in all {
            assert!(
                self.text.contains(one),
                "„{one}“ is missing in {}",
                self.text
            );
        }
        self
    }

    /// That it was answered like this.
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.url, self.text);
        self
    }

    /// Where the link with this label leads.
    pub fn link(&self, label: &str) -> String {
        let all = tags(&self.text);
        let found = all
            .iter()
            .find(|tag| tag.name == "a" && tag.text.trim() == label);
        let found = found.unwrap_or_else(|| panic!("no link „{label}“ in {}", self.text));
        let url = self.url.join(&found.attributes["href"]);
        url.expect("an address").to_string()
    }

    /// Where all its links lead.
    pub fn links(&self) -> Vec<String> {
        let all = tags(&self.text).into_iter().filter(|tag| tag.name == "a");
        all.filter_map(|tag| Some(self.url.join(tag.attributes.get("href")?).ok()?.to_string()))
            .collect()
    }

    /// Its forms, as they stand.
    pub fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<Form> = vec![];
        let mut select: Option<(String, bool)> = None;
        let mut inside = false;
        for tag in tags(&self.text) {
            let get = |name: &str| tag.attributes.get(name).cloned().unwrap_or_default();
            match &*tag.name {
                "form" => {
                    inside = true;
                    forms.push(Form {
                        action: get("action"),
                        method: get("method"),
                        fields: vec![],
                        offered: vec![],
                    });
                }
                "/form" => inside = false,
                "select" => select = Some((get("name"), false)),
                _ => {}
            }
            let Some(form) = forms.last_mut().filter(|_| inside) else {
                continue;
            };
            let field = (get("name"), get("value"));
            let has = |name: &str| tag.attributes.contains_key(name);
            match &*tag.name {
                "input" if matches!(&*get("type"), "checkbox" | "radio") && !has("checked") => {
                    form.offered.push(field);
                }
                "input" => form.fields.push(field),
                "option" => {
                    if let Some((name, _)) = &select {
                        let list = if has("selected") {
                            &mut form.fields
                        } else {
                            &mut form.offered
                        };
                        list.push((name.clone(), get("value")));
                    }
                }
                // Whoever sends a form presses its button.
                "button" if has("name") => form.fields.push(field),
                _ => {}
            }
        }
        forms
    }

    /// The number of the form that has this button.
    pub fn form(&self, button: &str) -> usize {
        let all = tags(&self.text);
        let mut number = 0;
        for tag in &all {
            match &*tag.name {
                "/form" => number += 1,
                "button" if tag.text.trim() == button => return number,
                _ => {}
            }
        }
        panic!("no button „{button}“ in {}", self.text);
    }
}

struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
    /// The text up to the next tag.
    text: String,
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn tags(html: &str) -> Vec<Tag> {
    let pieces = html.split('<').skip(1);
    let pieces = pieces.filter_map(|piece| piece.split_once('>'));
    pieces
        .map(|(tag, text)| {
            let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut attributes = BTreeMap::new();
            while !rest.trim().is_empty() {
                let end = rest.find([' ', '=']).unwrap_or(rest.len());
                let attribute = rest[..end].to_owned();
                rest = &rest[end..];
                let mut value = String::new();
                if let Some(quoted) = rest.strip_prefix("=\"") {
                    let (inner, after) = quoted.split_once('"').expect("a closed quote");
                    value = unescaped(inner);
                    rest = after;
                }
                rest = rest.trim_start();
                attributes.insert(attribute, value);
            }
            Tag {
                name: name.to_owned(),
                attributes,
                text: unescaped(text),
            }
        })
        .collect()
}

/// What a scanner did.
#[derive(Debug, Default)]
pub struct Scan {
    pub opened: BTreeSet<String>,
    pub sent: usize,
    /// Names of fields that were sent.
    pub names: BTreeSet<String>,
}

/// What a page is, by the beginning of its path.
fn kind(url: &Url) -> Vec<&str> {
    url.path().split('/').take(3).collect()
}

/// Opens every link with GET and HEAD, follows what it finds on the same host, and sends every
/// form as it stands.
pub async fn scan(from: Vec<String>) -> Scan {
    let browser = Browser::at("192.0.2.99");
    let host = Url::parse(&from[0]).expect("an address");
    let mut scan = Scan::default();
    let mut waiting = from;
    let mut forms: BTreeSet<String> = BTreeSet::new();
    while let Some(url) = waiting.pop() {
        let here = Url::parse(&url).expect("an address");
        let own = here.host_str() == host.host_str() && here.port() == host.port();
        let bare = here
            .as_str()
            .split('#')
            .next()
            .unwrap_or_default()
            .to_owned();
        // Each page makes new links to the others; one of each kind is enough.
        let alike = scan
            .opened
            .iter()
            .filter(|known| Url::parse(known).is_ok_and(|known| kind(&known) == kind(&here)));
        if !own || alike.count() >= 6 || !scan.opened.insert(bare) {
            continue;
        }
        assert!(scan.opened.len() < 500, "the pages have no end");
        browser.head(&url).await;
        let page = browser.get(&url).await;
        let mut pages = vec![page];
        while let Some(page) = pages.pop() {
            waiting.extend(page.links());
            for (number, form) in page.forms().into_iter().enumerate() {
                let shape = format!("{:?}", (&form.action, &form.fields));
                if !forms.insert(shape) {
                    continue;
                }
                scan.names
                    .extend(form.fields.iter().map(|(name, _)| name.clone()));
                if form.method == "post" {
                    scan.sent += 1;
                    let nothing = page.url.join(&form.action).expect("an address");
                    browser.post(nothing.as_str(), &[]).await;
                    pages.push(browser.send(&page, number, &[]).await);
                }
            }
        }
    }
    scan
}
