"""All keys, from the one table, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from summitreader.config.keymap import Keymap
from summitreader.tui.bindings import bind_panel
from summitreader.tui.commands import COMMANDS
from summitreader.tui.layout.glyphs import MEANING, UNICODE

if TYPE_CHECKING:
    from summitreader.tui.app import SummitApp


class HelpScreen(ModalScreen[None]):
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
        bind_panel(self._keymap, self.ACTIONS, self._bindings)

    @property
    def _keymap(self) -> Keymap:
        return cast("SummitApp", self.app).keymap

    def compose(self) -> Iterator[VerticalScroll]:
        with VerticalScroll():
            yield Static(self.help_text(), markup=False)  # type: ignore[misc]

    def help_text(self) -> Text:
        """All of it."""
        variables = self.app.theme_variables
        strong, accent, dim = "bold", f"bold {variables['accent']}", variables["aside"]
        text = Text()
        text.append("\nWhat the marks mean\n", strong)
        colours = {0: "check", 1: "quotation", 2: "linked", 3: "linked", 4: "aside"}
        for mark, meaning in MEANING.items():
            text.append(f"  {UNICODE.marks[mark]}  ", variables[colours[int(mark)]])
            text.append(f"{meaning}\n")
        text.append(f"  {UNICODE.note}  ", variables["note"])
        text.append("a note or highlight of yours\n")
        text.append(f"  {UNICODE.bar}  ", accent)
        text.append("where you are; in the other panes, its counterparts\n")
        text.append("  A passage without a mark is neither linked nor surely told by one source only.\n", dim)
        for group, commands in groupby(COMMANDS, key=lambda command: command.group):
            text.append(f"\n{group}\n", strong)
            for command in commands:
                text.append(f"  {'  '.join(self._keymap.of(command.id)) or 'no key':<22}", accent)
                text.append(f"{command.does}\n")
        return text

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
