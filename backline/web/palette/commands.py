"""Pages and actions that the palette offers, with further words they are found by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backline.web.shell import Shell

PAGE, ACTION = "Page", "Action"


@dataclass(frozen=True)
class Command:
    """A page or an action. `theme` is set for one that changes the theme, which a form sends."""

    name: str
    also: str
    icon: str
    address: str
    hint: str
    theme: str = ""


THEMES = (
    Command("Dark theme", "night colours appearance", "moon", "", ACTION, "dark"),
    Command("Light theme", "day colours appearance", "sun", "", ACTION, "light"),
    Command("Theme of the system", "colours appearance", "monitor", "", ACTION, "system"),
)
FOR_EVERYONE = (
    Command("Settings", "preferences time zone account", "settings", "/settings/", PAGE),
    Command(
        "What every number counts", "definitions metrics help glossary", "file-text", "/help/numbers/", PAGE
    ),
    Command("What this rule rewards", "pool points money help", "file-text", "/help/rewards/", PAGE),
    Command("Discover", "public home", "globe", "/", PAGE),
)
FOR_EDITORS = (
    Command("Upload beats", "new add audio track", "upload", "/backstage/upload/", ACTION),
    Command("New collection", "create album ep pack", "plus", "/backstage/collections/new/", ACTION),
)
FOR_STAFF = (Command("Staff area", "settlements cases holds ledger", "shield-check", "/staff/", PAGE),)


def commands(shell: Shell) -> Iterator[Command]:
    """Those of an account on the present artist: what it may not open is not offered."""
    if shell.member and shell.member.edits:
        yield from (_kept(shell, command) for command in FOR_EDITORS)
    for item in shell.menu:
        yield Command(item.label, "", item.icon, shell.link(item.address), PAGE)
    if shell.artist:
        profile = shell.artist.get_absolute_url()
        yield Command("View profile", f"public artist {shell.artist.name}", "user-round", profile, PAGE)
    for choice in shell.artists:
        if not choice.selected:
            address = f"/dashboard/?artist={choice.handle}"
            yield Command(f"Switch to {choice.name}", "artist change", "user-round", address, ACTION)
    yield from THEMES
    yield from FOR_EVERYONE
    if shell.account and shell.account.is_staff:
        yield from FOR_STAFF


def _kept(shell: Shell, command: Command) -> Command:
    return Command(command.name, command.also, command.icon, shell.link(command.address), command.hint)
