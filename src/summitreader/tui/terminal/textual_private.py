"""What Textual has no public way to do. Everything private of it that the program uses is in this one file.

`tests/unit/tui/terminal/test_textual_private.py` checks each against the version that is installed; look there first
when Textual is upgraded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.binding import Binding
from textual.command import CommandList, CommandPalette
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump

__all__ = [
    "BRACKETED_PASTE_END",
    "BRACKETED_PASTE_START",
    "ClosingPalette",
    "Surviving",
    "SurvivingApp",
    "TerminalParser",
    "key_of_character",
    "set_bindings",
]


def set_bindings(node: DOMNode, bindings: Mapping[str, Sequence[Binding]], *, only: bool = False) -> None:
    """Bind keys of a node, each to one or more actions, in place of what its class binds to them.

    `BINDINGS` is fixed when a class is made, before the settings are read, and `App.set_keymap` unbinds all but one of
    the actions that share a key, as commands of different views do. With `only`, nothing else stays bound.
    """
    if only:
        node._bindings.key_to_bindings.clear()
    node._bindings.key_to_bindings.update({key: list(actions) for key, actions in bindings.items()})


class Surviving(MessagePump):
    """A screen, or the app, that goes on where the handler of a message failed; Textual ends the program."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            app = self.app
            if not (isinstance(app, SurvivingApp) and app.survives(error)):
                raise


class SurvivingApp(Surviving, App[int]):
    """The same for what fails in workers, timers and callbacks."""

    def survives(self, error: Exception) -> bool:
        """Whether the program goes on after `error`, which is said and logged here."""
        return False

    def _handle_exception(self, error: Exception) -> None:
        if not self.survives(error):
            super()._handle_exception(error)


class ClosingPalette(CommandPalette):
    """Textual's palette, whose search runs on for a moment after it was closed and its list is gone (Textual 8.2)."""

    def _watch__list_visible(self) -> None:
        if self.query(CommandList):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        if self.query(CommandList):
            await super()._watch__show_busy()


def key_of_character(character: str) -> str:
    """Textual's name of the key that types `character`."""
    return _character_to_key(character)


class TerminalParser(XTermParser):
    """Textual's parser of what a terminal sends."""

    def end_escape(self) -> Iterable[Message]:
        """Take an ESC that came last for the key, not for half of Alt and the next one."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from super().tick()
