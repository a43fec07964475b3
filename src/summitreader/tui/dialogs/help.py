"""All keys, from the one table, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import fill
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from summitreader.tui.bindings import bind_panel
from summitreader.tui.commands import COMMANDS
from summitreader.tui.context import keymap_of, palette_of
from summitreader.tui.dialogs.choice import PanelScreen
from summitreader.tui.layout.marks import MEANING, UNICODE, Mark

_KEYS_END = 24
"""Cells before what a command does."""


class HelpScreen(PanelScreen[None]):
    """Scrolls with the reader's own keys; leaves with its own too."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll {
        width: 84; max-width: 96%; height: 94%; background: $surface; border: round $ruler; padding: 0 2;
    }
    HelpScreen Static { width: 1fr; height: auto; }
    """
    ACTIONS: ClassVar[dict[str, str]] = {
        "leave": "dismiss",
        "help": "dismiss",
        "passage-next": "scroll(1)",
        "passage-previous": "scroll(-1)",
        "half-page-down": "scroll(12)",
        "page-down": "scroll(12)",
        "half-page-up": "scroll(-12)",
        "page-up": "scroll(-12)",
        "first": "scroll(-9999)",
        "last": "scroll(9999)",
    }

    def __init__(self) -> None:
        super().__init__()
        bind_panel(keymap_of(self.app), self.ACTIONS, self)

    def compose(self) -> Iterator[Widget]:
        with VerticalScroll():
            yield Static(self.help_text(), markup=False)

    def on_mount(self) -> None:
        self.styles.background = "transparent"

    def help_text(self) -> Text:
        """All of it."""
        styles = palette_of(self.app)
        room = max(20, min(84, self.app.size.width * 96 // 100) - 8 - _KEYS_END)
        strong, accent = "bold", styles["accent"]
        text = Text()
        text.append("\nWhat the marks mean\n", strong)
        text.append_text(marks_text(self.app))
        for group, commands in groupby(COMMANDS, key=lambda command: command.group):
            text.append(f"\n{group}\n", strong)
            for command in commands:
                text.append(f"  {'  '.join(keymap_of(self.app).of(command.id)) or 'no key':<22}", accent)
                text.append(f"{fill(command.does, room, subsequent_indent=' ' * _KEYS_END)}\n")
        return text

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


_COLOURS = {
    Mark.CHECK: "check",
    Mark.QUOTATION: "quotation",
    Mark.OWN: "note",
    Mark.SAME: "linked",
    Mark.LINKED: "linked",
    Mark.ALONE: "alone",
}
_ONLY_CLOSE = frozenset({"escape", "enter", "space", "q", "ctrl+c"})
"""Keys that only close a panel."""


def marks_text(app: App[object]) -> Text:
    """A line a mark, and what it means that there is none."""
    styles = palette_of(app)
    text = Text()
    for mark, meaning in MEANING.items():
        text.append(f"  {UNICODE.marks[mark]}  ", styles[_COLOURS[mark]])
        text.append(f"{meaning}\n")
    text.append(f"  {UNICODE.note}  ", styles["note"])
    text.append("your note or highlight\n")
    text.append(f"  {UNICODE.bar}  ", styles["accent"])
    text.append("where you are; in the other panes, the matching passages\n")
    text.append("  No mark: no match found, but there may be one.\n", styles["dim"])
    return text


class WelcomeScreen(PanelScreen[None]):
    """Stands once, at the first start, below the text. Any key closes it, and is then carried out as if the panel had
    not been there; a key that only says "go on" (Enter, Space, Escape, q) just closes it."""

    DEFAULT_CSS = """
    WelcomeScreen { align: center bottom; background: transparent; }
    WelcomeScreen VerticalScroll {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $ruler; padding: 0 2;
    }
    WelcomeScreen Static { width: 1fr; height: auto; }
    """

    def __init__(self, is_sample: bool) -> None:
        """`is_sample` where the story below is the one that comes with the program."""
        super().__init__()
        self._is_sample = is_sample

    def compose(self) -> Iterator[Widget]:
        with VerticalScroll():
            yield Static(self._text(), markup=False)

    def _text(self) -> Text:
        """Six lines at most."""
        styles, keys = palette_of(self.app), keymap_of(self.app)
        text = Text.assemble(("summitreader: several accounts of one event, side by side\n", "bold"))
        if self._is_sample:
            text.append("This is a sample story. Its sources and all persons in it are invented.\n")
        lines = (
            (("passage-next:j passage-previous:k", "move"), ("pane-next", "next source"), ("check-next", "next check")),
            (("view-story", "the whole story on one screen"), ("view-reader", "back to the text")),
            (("open-corpus", "open a folder, a file, a web address or pasted text of your own"),),
            (("help", "all keys and marks"), ("", "Any key closes this.")),
        )
        for n, line in enumerate(lines):
            text.append("\n" if n else "")
            for ids, does in line:
                text.append(keys.in_bar(ids), styles["accent"])
                text.append(f" {does}   ", "" if ids else styles["dim"])
        return text

    def on_mount(self) -> None:
        self.styles.background = "transparent"

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._close(None if event.key in _ONLY_CLOSE else events.Key(event.key, event.character))

    def on_click(self) -> None:
        self._close(None)

    def _close(self, key: events.Key | None) -> None:
        if self.is_current:
            self.dismiss()
            if key is not None:
                self.app.post_message(key)
