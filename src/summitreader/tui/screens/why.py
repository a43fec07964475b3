"""Why two passages are linked, or not: both texts, the score, the words that both have, what weighs, the rivals."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from summitreader.comparison.linking.why import Why
from summitreader.errors import Cancelled
from summitreader.tui.bindings import bind_panel, keymap_of
from summitreader.tui.screens.closing import PanelScreen
from summitreader.tui.session import Session
from summitreader.tui.themes import palette_of
from summitreader.tui.views.why import why_lines

Place = tuple[int, int]


class WhyScreen(PanelScreen[None]):
    """Works the answer out in a thread, which Escape stops; `own` says what the reader did with the two."""

    DEFAULT_CSS = """
    WhyScreen { align: center middle; }
    WhyScreen VerticalScroll {
        width: 96%; max-width: 110; height: auto; max-height: 94%; background: $surface; border: round $ruler;
        padding: 0 2;
    }
    WhyScreen Static { width: 1fr; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Leave")]
    ACTIONS: ClassVar[dict[str, str]] = {
        "leave": "dismiss(None)",
        "why": "dismiss(None)",
        "passage-next": "scroll(1)",
        "passage-previous": "scroll(-1)",
        "half-page-down": "scroll(10)",
        "half-page-up": "scroll(-10)",
    }

    def __init__(self, session: Session, here: Place, there: Place, own: str = "") -> None:
        super().__init__()
        self.session = session
        self.places = (here, there)
        self.own = own
        self.found: Why | None = None
        self._said = Static(markup=False)
        self._gone = False
        bind_panel(keymap_of(self.app), self.ACTIONS, self._bindings)

    def compose(self) -> Iterator[Widget]:
        with VerticalScroll():
            yield self._said

    def on_mount(self) -> None:
        self.styles.background = "transparent"
        self._said.update(Text("\nweighing …  Escape leaves\n", palette_of(self.app)["dim"]))
        self.run_worker(self._ask(), exclusive=True)

    def on_unmount(self) -> None:
        self._gone = True

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    async def _ask(self) -> None:
        from summitreader.comparison.linking.why import why
        from summitreader.comparison.model import PassageRef

        a, b = (PassageRef(self.session.sources[n].id, p) for n, p in self.places)
        try:
            self.found = await asyncio.to_thread(why, self.session.found, a, b, self._check)
        except Cancelled:
            return
        self._said.update(self._text(self.found))

    def _check(self) -> None:
        if self._gone:
            raise Cancelled("Nobody waits for it any more.")

    def _text(self, found: Why) -> Text:
        styles = palette_of(self.app)
        text = Text("\n")
        width = min(110, self.app.size.width * 96 // 100) - 8
        for line in why_lines(found, self.session.sources, self.own, width):
            for words, style in line:
                text.append(words, styles[style] if style else "")
            text.append("\n")
        text.append("\nEscape leaves\n", styles["dim"])
        return text
