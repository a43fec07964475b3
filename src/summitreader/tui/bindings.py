"""Textual bindings from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from summitreader.config.keymap import NAMED, Keymap, is_typed
from summitreader.tui.commands import COMMANDS
from summitreader.tui.terminal.textual_private import key_of_character, set_bindings


def textual_key(key: str) -> str:
    """`PageDown`, `Ctrl-P` or a character, as Textual names it."""
    if key in NAMED:
        return key.lower()
    modifier, _, rest = key.partition("-") if len(key) > 1 else ("", "", "")
    if modifier in ("Ctrl", "Alt", "Shift"):
        return f"{modifier.lower()}+{textual_key(rest.lower() if modifier == 'Ctrl' and len(rest) == 1 else rest)}"
    return key_of_character(key)


def bind(keymap: Keymap, node: DOMNode) -> None:
    """Bind the keys of every command; each calls `action_command(id, key)` of the screen that is open.

    They have priority, so that a command is carried out before the next key is given to anyone: letters typed in one
    burst with the key that opens the search bar are then the search bar's.
    """
    added: dict[str, list[Binding]] = {}
    for command in COMMANDS:
        for n, key in enumerate(keymap.of(command.id)):
            action = f"screen.command({command.id!r}, {key!r})"
            name = f"{command.id}.{n}"
            named = textual_key(key)
            binding = Binding(named, action, command.does, show=False, priority=True, id=name)
            added.setdefault(named, []).append(binding)
    set_bindings(node, added)


def bind_program(keymap: Keymap, program: App[Any]) -> None:
    """In place of Textual's own, what the program hears in every screen, panels too: leaving at once, and Ctrl-C."""
    names = [textual_key(key) for key in keymap.of("quit") if not is_typed(key)]
    bindings = {name: [Binding(name, "quit", show=False, priority=True)] for name in names}
    bindings["ctrl+c"] = [Binding("ctrl+c", "help_quit", show=False, system=True)]
    set_bindings(program, bindings, only=True)


def bind_panel(keymap: Keymap, actions: Mapping[str, str], panel: DOMNode) -> None:
    """Let the keys of commands call the `actions` of a panel, by the command's id."""
    keys = {textual_key(key): action for id, action in actions.items() for key in keymap.of(id)}
    set_bindings(panel, {key: [Binding(key, action, show=False)] for key, action in keys.items()})
