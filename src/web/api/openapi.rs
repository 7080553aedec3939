//! The description of the API (`OpenAPI` 3.1), made of the table that routes.

use serde_json::{Map, Value, json};

use super::problem::MEDIA;
use super::schema;
use super::table::{Op, Operation, TABLE, Takes};
use crate::city::City;
use crate::config::web::BaseUrl;

/// What the description opens with. It is for programmers and, like code, in English.
const ABOUT: &str = "What operators do with alerts, for programs. A token in `Authorization: Bearer glas_…` acts for \
    one operator of bot.toml, within their role and its own scopes; whoever submits a draft cannot approve it. \
    Whatever changes something needs an `Idempotency-Key`: a repeat with the same key and body gets the same \
    answer and does nothing, for two days. What is refused changes nothing. Problems are told in the language of \
    `Accept-Language`; programs go by their `type`. Numbers of drafts and alerts are strings.";

/// The description.
#[must_use]
pub fn describe((base, city): (&BaseUrl, &City)) -> Value {
    let mut paths = Map::new();
    for operation in &TABLE {
        let path = paths
            .entry(operation.path.to_owned())
            .or_insert_with(|| Value::Object(Map::new()));
        path[operation.method().to_ascii_lowercase()] = described(operation, city);
    }
    let server = base.url().as_str().trim_end_matches('/');
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Glas",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": {
            "schemas": schema::all(),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "bearerFormat": "glas_ and 46 of a-z2-7" },
            },
        },
        "security": [{ "token": [] }],
    })
}

/// The statuses of the problems that a request for this may end with.
fn refusals(operation: &Operation) -> Vec<u16> {
    let mut all = vec![400, 500, 503];
    if operation.op != Op::Describe {
        all.extend([401, 429]);
    }
    if operation.scope.is_some() {
        all.push(403);
    }
    if operation.named().is_some() || operation.changes {
        all.push(404);
    }
    if operation.changes {
        all.extend([409, 413, 422]);
    }
    if operation.op == Op::Preview {
        all.push(409);
    }
    if operation.takes != Takes::Nothing {
        all.push(415);
    }
    all.sort_unstable();
    all
}

fn described(operation: &Operation, city: &City) -> Value {
    let (status, gives) = operation.gives;
    let answer = reference(gives);
    let mut good = json!({
        "description": operation.summary,
        "content": { "application/json": { "schema": answer } },
    });
    if status == 201 {
        good["links"] = links();
    }
    if operation.changes {
        let replayed = json!({
            "description": "true where this repeats what the first request with the key was answered.",
            "schema": { "type": "string", "enum": ["true"] },
        });
        good["headers"] = json!({ "Idempotency-Replayed": replayed });
        if status == 201 {
            let location = json!({ "description": "The draft.", "schema": { "type": "string" } });
            good["headers"]["Location"] = location;
        }
    }
    let mut responses = Map::new();
    responses.insert(status.to_string(), good);
    for status in refusals(operation) {
        let problem = json!({
            "description": "Why nothing was done.",
            "content": { MEDIA: { "schema": reference("Problem") } },
        });
        responses.insert(status.to_string(), problem);
    }
    let mut all = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": parameters(operation),
        "responses": responses,
    });
    if let Some(scope) = operation.scope {
        let text = format!("Needs the scope `{}`.", scope.word());
        all["description"] = Value::from(text);
    }
    if operation.op == Op::Describe {
        all["security"] = json!([]);
    }
    let json = |name| {
        let mut content = json!({ "schema": reference(name) });
        if matches!(operation.op, Op::NewDraft | Op::Update) {
            content["example"] = example(city);
        }
        json!({ "application/json": content })
    };
    let content = match operation.takes {
        Takes::Nothing => return all,
        Takes::Json(name) => json(name),
        Takes::JsonOrCap(name) => {
            let mut content = json(name);
            let cap = json!({ "type": "string", "description": "A CAP 1.0, 1.1 or 1.2 message." });
            content["application/cap+xml"] = json!({ "schema": cap });
            content
        }
    };
    all["requestBody"] = json!({ "required": true, "content": content });
    all
}

/// What can be done with the draft that an answer holds.
fn links() -> Value {
    let of_drafts = TABLE.iter().filter(|it| it.named() == Some("draft"));
    let links = of_drafts.map(|it| {
        let parameters = json!({ "draft": "$response.body#/id" });
        let link = json!({ "operationId": it.id, "parameters": parameters });
        (it.id.to_owned(), link)
    });
    Value::Object(links.collect())
}

/// An example that works: a water cut in the city's first district.
fn example(city: &City) -> Value {
    let district = city
        .districts()
        .first()
        .and_then(|it| it.names.values().next());
    json!({ "facts": {
        "template": "water",
        "place": { "named": district.into_iter().collect::<Vec<_>>() },
        "contact": "112",
    } })
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let mut all = vec![json!({
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of problems.",
        "schema": { "type": "string" },
    })];
    if let Some(name) = operation.named() {
        all.push(json!({
            "name": name,
            "in": "path",
            "required": true,
            "schema": schema::number(),
        }));
    }
    if operation.changes {
        all.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "Made by the caller, new for each change: a UUID, say; bare or in quotes.",
            "schema": { "type": "string", "pattern": "^[!#-~]{1,100}$" },
        }));
    }
    all
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
