"""Which sources stand in panes: a panel in which one types part of a name, and Enter opens or closes its pane."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from summitreader.tui.layout.glyphs import UNICODE
from summitreader.tui.screens.choosing import PANEL_CSS, Panel
from summitreader.tui.views.filtering import containing, folded

_LIKE = 75
"""How much of a name must be like what is typed, in per cent, where no name holds its words."""


def matching(query: str, names: Sequence[str]) -> list[int]:
    """The names that hold each word of `query`, in their order; where none does, those most like it, the best first."""
    wanted = containing(query)
    found = [n for n, name in enumerate(names) if wanted(folded(name))]
    if found:
        return found
    from rapidfuzz import fuzz, process

    like = process.extract(folded(query), [folded(name) for name in names], scorer=fuzz.partial_ratio, limit=None)
    return [n for _, score, n in like if score >= _LIKE]


class PanePicker(Panel[None]):
    """`names` are those of the story's sources; `choose` lets the sources of these numbers stand in panes."""

    DEFAULT_CSS = PANEL_CSS.format(name="PanePicker")
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Leave")]

    def __init__(
        self,
        names: Sequence[tuple[str, str]],
        chosen: Sequence[int],
        choose: Callable[[Sequence[int]], Awaitable[None]],
    ) -> None:
        super().__init__("Sources in panes")
        self._names = tuple(names)
        self._chosen = list(chosen)
        self._choose = choose
        self.input = Input(placeholder="part of a name", compact=True)

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield self.heading()
            yield self.input
            yield self._rows

    def found(self) -> list[int]:
        """The sources that what is typed leaves."""
        return matching(self.input.value, [name for name, _ in self._names])

    def choices(self) -> Sequence[tuple[str, str]]:
        return [
            (f"{UNICODE.told if n in self._chosen else '○'} {self._names[n][0]}", self._names[n][1])
            for n in self.found()
        ]

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Enter", "open or close its pane"), ("↑ ↓", "another"), ("Esc", "done"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._at = 0
        self.show_rows()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        found = self.found()
        if not found:
            return
        number = found[min(self._at, len(found) - 1)]
        left = [n for n in self._chosen if n != number]
        self._chosen = left if number in self._chosen and left else [*left, number]
        await self._choose(self._chosen)
        self.input.select_all()
        self.show_rows()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            self.action_step(1 if event.key == "down" else -1)
