"""Textual bindings from the table of commands."""

from __future__ import annotations

from textual.binding import Binding
from textual.keys import _character_to_key

from summitreader.tui.commands import COMMANDS

_NAMED = {
    "Down": "down",
    "Up": "up",
    "Left": "left",
    "Right": "right",
    "PageDown": "pagedown",
    "PageUp": "pageup",
    "Home": "home",
    "End": "end",
    "Tab": "tab",
    "Shift-Tab": "shift+tab",
    "Shift-Right": "shift+right",
    "Shift-Left": "shift+left",
    "Space": "space",
    "Enter": "enter",
    "Escape": "escape",
}


def textual_key(key: str) -> str:
    """`PageDown`, `Ctrl-P` or a character, as Textual names it."""
    if len(key) > 1 and key[0] == "F" and key[1:].isdigit():
        return key.lower()
    if key in _NAMED:
        return _NAMED[key]
    if key.startswith("Ctrl-"):
        return "ctrl+" + key[5:].lower()
    return _character_to_key(key)


def bindings() -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """A binding a key of every command; each calls `action_command(id, key)` of the screen that is open.

    They have priority, so that a command is carried out before the next key is given to anyone: letters typed in one
    burst with the key that opens the search bar are then the search bar's.
    """
    return [
        Binding(
            textual_key(key),
            f"screen.command({command.id!r}, {key!r})",
            command.does,
            show=False,
            priority=True,
            id=f"{command.id}.{n}",
        )
        for command in COMMANDS
        for n, key in enumerate(command.keys)
    ]
