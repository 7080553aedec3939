"""A bot on discord.py 2, for the simulated Discord: greets a person, answers /start and a button.

Arguments: REST address without path, gateway address, token, the person's id.
"""

import sys

import discord
import yarl
from discord import app_commands, gateway, http

rest, gateway_url, token, person = sys.argv[1:5]
http.Route.BASE = f"{rest}/api/v10"
gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)

intents = discord.Intents(guilds=True, dm_messages=True)
nobody = discord.AllowedMentions.none()
client = discord.Client(intents=intents, allowed_mentions=nobody)
tree = app_commands.CommandTree(client)


class Farewell(discord.ui.View):
    @discord.ui.button(label="Край", style=discord.ButtonStyle.danger, custom_id="end")
    async def end(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        await interaction.response.edit_message(content="Край", view=None)


@tree.command(name="start", description="Subscribe")
async def start(interaction: discord.Interaction) -> None:
    greeting = f"Здравей, {interaction.user.name}"
    await interaction.response.send_message(greeting, view=Farewell(timeout=None))
    original = await interaction.original_response()
    assert original.content == greeting, original.content


@client.event
async def on_ready() -> None:
    await tree.sync()
    user = await client.fetch_user(int(person))
    await user.send("@everyone готов")


client.run(token)
