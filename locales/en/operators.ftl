### People who work with alerts, as “glas doctor” tells of them.

doctor-operators = Alerts: { $count ->
    [one] { NUM($count) } account or role can be called to approve.
   *[other] { NUM($count) } accounts and roles can be called to approve.
}
doctor-operators-nobody = Alerts: nobody who may approve can be called, so what waits for a second person waits unseen. Give somebody with the role “approver” an account in bot.toml, or set operators_channel under [discord].
doctor-operators-fault = Alerts: nobody can work with them until bot.toml is mended: { $value }
doctor-discord-operators = Discord: nobody can be called in channel { $value }: it is not on the server of guild, or the bot does not see it. Correct operators_channel under [discord], or let the bot into the channel.
