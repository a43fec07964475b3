"""All keys, from the one table, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import fill
from typing import ClassVar

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from summitreader.tui.bindings import bind_panel, keymap_of
from summitreader.tui.commands import COMMANDS
from summitreader.tui.screens.closing import PanelScreen
from summitreader.tui.screens.legend import marks_text
from summitreader.tui.themes import palette_of

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
        bind_panel(keymap_of(self.app), self.ACTIONS, self._bindings)

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
