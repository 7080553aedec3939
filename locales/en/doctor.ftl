### glas doctor: how everything stands, read by an operator at three in the morning.
### A fault says what it means and what to do next. $why is what a system or a network said, in
### its own words.

doctor-level-ok = ok
doctor-level-note = note
doctor-level-warning = warning
doctor-level-fault = FAULT

doctor-good = Everything is in order.
doctor-warnings = { $count ->
    [one] Everything works; { NUM($count) } warning is worth a look.
   *[other] Everything works; { NUM($count) } warnings are worth a look.
}
doctor-faults = { $count ->
    [one] { NUM($count) } fault. What to do stands beside it.
   *[other] { NUM($count) } faults. What to do stands beside each; begin with the first.
}

## Settings

doctor-settings = Settings: { $file } is in order (city: { $city }; languages: { $languages }; channels: { $channels }).
doctor-settings-no-channel = Settings: no channel is on in { $file }, so nobody hears the bot. Remove the # before the lines of [telegram], [discord] or [email].
doctor-settings-fault = Settings: the bot cannot start like this, and nothing else could be checked. Mend this, then run “glas doctor” again: { $value }
doctor-keys-fault = Keys: GLAS_KEYS cannot be used, so the bot does not start: { $value }. It has the form name:secret; leave it unset and the bot makes a key of its own.
doctor-outside = Sandbox: { $value } is not on this machine and was not asked. With sandbox = true only 127.0.0.1 and [::1] are asked.

## Database

doctor-database = Database: reachable, up to date, that of the city { $value }.
doctor-database-new = Database: { $value } is not there yet. The first “glas run” makes it. If there was one, restore it with “glas restore FILE” before the bot starts.
doctor-database-fault = Database: it cannot be used, so nothing is sent and nothing received: { $value }. Look whether the server runs, and at GLAS_DATABASE_URL or url under [database].
doctor-database-silent = Database: no answer within 9 s, so nothing is sent and nothing received. Look whether its server runs and can be reached from here, at GLAS_DATABASE_URL or url under [database], and at the load and the disk of its machine.
doctor-database-old = Database: { $count ->
    [one] { NUM($count) } migration is missing.
   *[other] { NUM($count) } migrations are missing.
} Run “glas migrate”, or start “glas run” again, which does it too.
doctor-database-city = Database: it belongs to the city “{ $theirs }”, and bot.toml names “{ $ours }”, so the bot does not start. Correct folder under [city], or the address of the database.
doctor-paused = Sending is paused since a restore: nothing leaves. Look at what waits, then let it go with “glas resume”.

## Lanes and listeners

doctor-lane = { $channel }: process { $processes } delivers, and nothing holds it up.
doctor-lane-stands = { $channel }: process { $process } delivers, but has stopped until this is mended: { $why }. It goes on by itself then; nothing is lost meanwhile.
doctor-lane-nobody = { $channel }: nobody delivers now, letters wait. Start “glas run”.
doctor-listener = { $channel }: process { $process } listens.
doctor-listener-nobody = { $channel }: nobody listens now, people get no answer. Start “glas run”.

## Disk

doctor-disk = Disk: { NUM($free) } MB free in { $folder }.
doctor-disk-low = Disk: only { NUM($free) } MB free in { $folder }. Make room soon: when it is full, nothing can be written down and the bot stands.
doctor-disk-full = Disk: { NUM($free) } MB free in { $folder }, too little to go on. Delete or move what is not needed (old back-ups, logs); the bot goes on by itself.
doctor-disk-fault = Disk: the folder of the database, { $folder }, cannot be looked at: { $why }. Look whether the disk is mounted and who may read the folder.
doctor-disk-elsewhere = Disk: that of the PostgreSQL server is not seen from here; look there with “df -h”.

## Clock

doctor-clock-database = the database
doctor-clock = Clock: it agrees with { $whose }.
doctor-clock-off = Clock: this machine is { NUM($seconds) } s { $side ->
    [behind] behind
   *[ahead] ahead of
} { $whose }. Switch on time synchronisation (“timedatectl set-ntp true”).
doctor-clock-wrong = Clock: this machine is { NUM($seconds) } s { $side ->
    [behind] behind
   *[ahead] ahead of
} { $whose }. Alerts begin and end at the wrong time, and mail is taken for spam. Set the clock now (“timedatectl set-ntp true”), then start the bot again.
doctor-clock-alone = Clock: nobody answered who could tell the time, so it was not compared.

## Telegram

doctor-telegram = Telegram: the token is valid, the bot is @{ $name }; { $waiting ->
    [0] no update waits
    [one] { NUM($waiting) } update waits
   *[other] { NUM($waiting) } updates wait
} to be fetched.
doctor-telegram-token = Telegram: the token is refused ({ $value }), so nothing is sent and nothing heard there. Copy the token from @BotFather (/mybots → API Token) into GLAS_TELEGRAM_TOKEN and start the bot again.
doctor-telegram-unreachable = Telegram: no usable answer ({ $value }). Letters wait meanwhile. Look at the network of this machine, at api_url under [telegram], and whether Telegram itself is down.
doctor-telegram-webhook = Telegram: a webhook at { $value } is set, and until it is gone the bot hears nothing. “glas run” removes it at its start. If it comes back, another program uses this token: stop that, or get a new token with /revoke at @BotFather.
doctor-telegram-updates = Telegram: { $value } are withheld, because another program asked for less with this token. “glas run” asks for them again; if this comes back, stop the other program.
doctor-telegram-groups = Telegram: the bot cannot be added to groups. If it should be, allow it at @BotFather: /setjoingroups → Enable.
doctor-telegram-privacy = Telegram: the bot is given every message of every group it is in, which it does not need. Spare people that at @BotFather: /setprivacy → Enable.

## Discord

doctor-discord = Discord: the token is valid, the application is “{ $value }”.
doctor-discord-token = Discord: the token is refused ({ $value }), so nothing is sent and nothing heard there. Make a new one on the page “Bot” of your application (Reset Token), put it into GLAS_DISCORD_TOKEN and start the bot again.
doctor-discord-unreachable = Discord: no usable answer ({ $value }). Letters wait meanwhile. Look at the network of this machine, at api_url under [discord], and at https://discordstatus.com.
doctor-discord-intents = Discord: the gateway will refuse the bot, because its application lacks: { $value }. Switch that on on the page “Bot” of the application, under Privileged Gateway Intents.
doctor-discord-intents-more = Discord: the application may read more than the bot needs: { $value }. Switch that off on the page “Bot” of the application, under Privileged Gateway Intents.
doctor-discord-endpoint = Discord: commands and presses go to { $value } instead of to the bot, so nobody gets an answer. Empty the field Interactions Endpoint URL on the page “General Information” of the application.
doctor-discord-sessions = Discord: the bot may connect only { $left ->
    [one] { NUM($left) } more time
   *[other] { NUM($left) } more times
} today. It connects far too often: look for the reason in its log, and whether another program uses the token.
doctor-discord-server = Discord: the bot is on the server “{ $value }” and has all permissions it needs.
doctor-discord-not-there = Discord: the bot is not on the server { $server }, so nobody sees its commands there. Somebody who manages the server opens this link: { $link } If the number is wrong, correct guild under [discord].
doctor-discord-nowhere = Discord: the bot is on no server, so nobody can find it. Somebody who manages a server opens this link: { $value }
doctor-discord-permissions = Discord: letters do not arrive as they should on the server “{ $server }”, because the bot lacks: { $permissions }. Give that to its role (Server Settings → Roles).
doctor-discord-permissions-some = Discord: on the server “{ $server }” the bot lacks { $permissions }, so threads or pictures are missing. Give that to its role (Server Settings → Roles).

## E-mail

doctor-relay = E-mail: the relay { $value } is reachable and accepts the login.
doctor-relay-without-login = E-mail: the relay { $value } is reachable; no login is set.
doctor-relay-away = E-mail: the relay { $relay } does not answer as it should ({ $why }). Letters wait meanwhile. Look at host and port under [email], at the firewall, and whether the relay runs.
doctor-relay-tls = E-mail: no encrypted connection to the relay { $relay } can be had, so no mail leaves: { $why }
doctor-relay-login = E-mail: the relay { $relay } refuses the login ({ $why }), so no mail leaves. Check username under [email] and GLAS_SMTP_PASSWORD, then start the bot again.
doctor-dns-nobody = E-mail: SPF, DKIM and DMARC were not checked, for a sandbox asks nobody outside. A DNS server of this machine can be named with --nameserver.
doctor-dns-silent = E-mail: the DNS does not say what stands at { $name } ({ $why }), so it could not be checked. Try again, or name another server with --nameserver.
doctor-spf = E-mail: SPF of { $value } says who may send.
doctor-spf-missing = E-mail: { $value } publishes no SPF, so large providers refuse our mail or call it spam. Publish a TXT record at { $value } that names the relay, for example: v=spf1 include:RELAY -all (your relay’s provider tells the exact text).
doctor-spf-several = E-mail: { $value } publishes more than one SPF record, and then none counts. Join them into one that starts with v=spf1.
doctor-spf-everybody = E-mail: SPF of { $value } lets everybody send in its name (+all). End the record with -all.
doctor-spf-open = E-mail: SPF of { $value } does not say what is to become of other senders. End the record with -all or ~all.
doctor-dkim = E-mail: the DKIM key at { $value } is the one that signs our mail.
doctor-dkim-off = E-mail: Glas does not sign mail (there is no [email.dkim]). That is fine only if the relay signs; look for DKIM-Signature in a mail that arrived (“glas doctor --send-to YOUR-ADDRESS”).
doctor-dkim-missing = E-mail: no DKIM key is published at { $name }, so no signature of ours can be checked and mail ends as spam. Publish this TXT record there: { $record }
doctor-dkim-other = E-mail: what is published at { $name } does not fit the key that signs our mail, so every signature counts as forged. Publish this TXT record there instead, or correct selector and key_file under [email.dkim]: { $record }
doctor-dmarc = E-mail: DMARC of { $from } is { $policy }, and our mail passes.
doctor-dmarc-none = E-mail: DMARC of { $value } only watches (p=none), so others can send in its name. When our mail has passed for some weeks, set p=quarantine, later p=reject.
doctor-dmarc-missing = E-mail: { $value } publishes no DMARC; Gmail, Yahoo and others then refuse mail to many. Publish a TXT record at _dmarc.{ $value }: v=DMARC1; p=none
doctor-dmarc-wrong = E-mail: the DMARC record at { $name } cannot be read and does not count: { $record }. It must be a single record like: v=DMARC1; p=none
doctor-dmarc-unaligned = E-mail: our mail fails DMARC: neither the bounce address ({ $bounces }) nor the signature ({ $signer }) belongs to the sender’s domain { $from }. Set domain under [email.dkim], or return_path, to { $from }.
doctor-dmarc-dkim-unaligned = E-mail: the signature is of { $signer }, which DMARC does not take for the sender’s domain { $from }. Only SPF (bounces to { $bounces }) lets our mail pass now, and forwarded mail fails. Set domain under [email.dkim] to { $from }.

## Pages

doctor-web = Web: { $url } is reachable.
doctor-web-off = Web: no address of pages is set, so none was asked.
doctor-web-status = Web: { $url } should say that all is well and answers with status { $status }. Look at the proxy before the bot, and at base_url under [web].
doctor-web-away = Web: { $url } cannot be reached ({ $why }), so no link in our letters works. Look whether “glas run” runs, and at the proxy, the certificate and the DNS of this name.

## glas doctor --send-to

doctor-letter-title = A test letter from Glas
doctor-letter-text = If you can read this, the way to you works. It went to you alone, on { MOMENT($at) }, by “glas doctor”.
doctor-send-address = “{ $address }” is no address to send to: { $reason }
doctor-send-forms = write telegram:NUMBER, discord:user:NUMBER, discord:channel:NUMBER or an e-mail address.
doctor-send-taken = { $channel } has taken the letter (its number there: { $receipt }). Look whether it arrived; a mail may take some minutes or lie among spam.
doctor-send-later = Not sent. It may work later, the bot would try again by itself: { $value }
doctor-send-limited = Not sent: too much was sent just now. The network asks to wait for { NUM($seconds) } s.
doctor-send-gone = Not sent, for the network knows no way to this address: { $value }. Check the address. People must have written to the bot first (on Discord: share a server with it and allow messages), and must not have blocked it.
doctor-send-moved = Not sent, for this address has a new name: { $value }. Send there.
doctor-send-rejected = Not sent, for the network refuses this letter: { $value }
doctor-send-misconfigured = Not sent, and nothing else can be until this is mended: { $value }
doctor-send-unknown = Nobody knows whether it was sent, for the answer did not come: { $value }. Look whether it arrived before you try again.
doctor-send-silent = Nobody knows whether it was sent, for no answer came within a minute. Look whether it arrived before you try again.
