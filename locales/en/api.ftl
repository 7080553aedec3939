### The API: what programs are told when a request cannot be carried out, and how tokens are made.

## Problems: a title, then what happened, what it means and what to do.

api-query = The request was not understood
api-query-means = The request was not understood, and nothing was done. No address here takes parameters after “?”; the description at /api/v1/openapi.json says what each takes.
api-body = This takes no body
api-body-means = The request came with a body, and this address takes none. Nothing was done. Send it without.
api-json = The body is not JSON
api-json-means = Reading stopped at line { $line }, column { $column }: what stands there is not JSON. Nothing was done. Check quotes, commas and brackets there.
api-key = The Idempotency-Key is missing
api-key-means = What changes something needs exactly one header Idempotency-Key of 1 to 100 visible characters, such as a UUID, made new for each change. Without it a repeat after a lost connection could become a second alert. Nothing was done.
api-no-token = A token is missing
api-no-token-means = Nobody is let in without a token. Send it as “Authorization: Bearer glas_…”; “glas token new” makes one.
api-wrong-token = The token is not known
api-wrong-token-means = The token is none of those in bot.toml, or a part of it was lost in copying. Nothing was done. Compare it with what “glas token new” showed, or make a new one; the bot reads bot.toml when it starts.
api-old-token = The token has expired
api-old-token-means = The last day of this token is over. Nothing was done. Make a new one with “glas token new” and put its lines into bot.toml.
api-scope = The token is not for this
api-scope-means = This needs a token with the scope “{ $needed }”; yours has: { $own }. Nothing was done. Whoever keeps bot.toml can add it.
api-denied = Your role does not allow this
api-own = A second person approves
api-not-found = There is nothing at this address
api-not-found-means = There is no such address in the API, and nothing was done. The description at /api/v1/openapi.json lists all of them.
api-no-draft = There is no such draft
api-no-draft-means = There is no draft of this number, and nothing was done. GET /api/v1/drafts lists those that are being written or wait.
api-no-alert = There is no such alert
api-no-alert-means = There is no alert of this number, and nothing was done. GET /api/v1/alerts lists those of the last 30 days.
api-method = The address is for other methods
api-method-means = This address takes: { $methods }. Nothing was done.
api-changed = The draft has changed
api-state = This cannot be done with the draft now
api-not-ready = The alert cannot go out as it is
api-too-large = The body is too large
api-too-large-means = The body is larger than 64 KB of JSON or 1 MB of CAP. Nothing was done. Send a shorter one.
api-media = The content type is not taken here
api-media-means = Nothing was done. Send JSON as application/json; a new draft may also be a CAP message, sent as application/cap+xml.
api-fields = Some fields are not right
api-fields-means = Some fields are missing or not clear; “errors” says which and why. Nothing was done. Put them right and send the request again.
api-cap = The CAP message cannot be used
api-confirm = Type the city’s name
api-key-taken = The Idempotency-Key is taken
api-key-taken-means = This Idempotency-Key belongs to another request of yours. Nothing was done. Make a new key for each change, and use it again only to repeat the same request.
api-too-many = Too many wrong tokens
api-too-many-means = Too many wrong tokens came from your network; for a while no more of them are looked at. A right one still works. Check the token, and try again in ten minutes.
api-fault = A fault of ours
api-fault-means = Something failed on our side; the log says what. Tell whoever runs the bot. Repeating the request with the same Idempotency-Key is safe: nothing is done twice.
api-away = No answer just now
api-away-means = We cannot answer just now. Repeat the request in a few seconds with the same Idempotency-Key: nothing is done twice.

## What is wrong with a field.

api-field-missing = This field is required.
api-field-unknown = There is no field “{ $given }” here. There are: { $all }.
api-field-object = An object with fields belongs here.
api-field-text = A text belongs here, in quotes.
api-field-control = Of control characters a text may hold line breaks and tabs only.
api-field-long = At most { NUM($most) } characters fit here.
api-field-code = “{ $given }” is not known here. Known are: { $all }.
api-field-flag = true or false belongs here, without quotes.
api-field-number = A whole number belongs here, without quotes.
api-field-moment = A moment belongs here as in RFC 3339, with its offset: 2026-11-26T18:00:00+02:00.
api-field-list = A list of texts belongs here.
api-field-texts = An object with a text for each language belongs here: bg, en.
api-field-language = No language has this tag. It is two or three letters: bg, en.
api-field-place = A place is "everywhere", or an object with one of the fields named, address and around.
api-field-point = “{ $value }” is not a point. Write latitude and longitude like this: 42.6977,23.3219.

## Making a token.

token-made = The token. It is shown this once and kept nowhere:
token-lines = These lines belong in bot.toml. They take effect when the bot starts again:
token-past = { $day } is over already. Give a last day that is still to come.
token-role = “{ $name }” is in bot.toml as { $role }. A person has one role: leave --role out.
