"""Going to a passage by the letter of its source and its paragraph number, as the card and citations give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.comparison.model import letter_of
from summitreader.counting import counted
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.context import palette_of
from summitreader.tui.dialogs.choice import PANEL_CSS, PanelScreen
from summitreader.tui.story.inspection import name_of
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.query_line import LineInput

_FORM = re.compile(r"\s*([a-z]*)\s*[:.,]?\s*(?:¶|p|par\.?)?\s*(\d{0,6})\s*", re.IGNORECASE)


def find_passage(words: str, sources: Sequence[Source], active: int) -> tuple[int, int] | str:
    """The source and its first passage that `B 12`, `b12`, `12` or `B` names, by their numbers; else why there is none.

    Without a letter the source is number `active`, without a number its first passage.
    """
    match = _FORM.fullmatch(words)
    last = letter_of(len(sources) - 1)
    if match is None or not words.strip():
        return "Type a letter and a paragraph number, as in B 12."
    letter, digits = match[1].upper(), match[2]
    number = next((n for n in range(len(sources)) if letter_of(n) == letter), None) if letter else active
    if number is None:
        return f"There is no source {letter}: the sources of this story are A to {last}."
    source = sources[number]
    if not source.passages:
        return f"{letter_of(number)} has no text."
    if not digits:
        return (number, 0)
    wanted, count = int(digits), 0
    for n, passage in enumerate(source.passages):
        found = source.paragraph_number(passage.block)
        if found == wanted:
            return (number, n)
        count = max(count, found or 0)
    return f"{letter_of(number)} has {counted(count, 'paragraph')}."


class GoToScreen(PanelScreen["tuple[int, int] | None"]):
    """Dismissed with the source and passage that are named, by number, or None. Shows where it would go."""

    DEFAULT_CSS = PANEL_CSS.format(name="GoToScreen")
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Leave")]

    def __init__(self, sources: Sequence[Source], active: int) -> None:
        """Source number `active` is the one that a number alone means."""
        super().__init__()
        self._sources = tuple(sources)
        self._active = active
        self.input = LineInput(placeholder="B 12", compact=True)
        self._below = Static(markup=False)

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield Static(Text("Go to a passage", "bold"), markup=False)
            yield self.input
            yield self._below

    def on_mount(self) -> None:
        self.styles.background = "transparent"
        self.set_focus(self.input)
        self._show()

    def _show(self) -> None:
        """The passage that is named, or what is missing, and the keys."""
        styles, width = palette_of(self.app), max(20, self.app.size.width - 4)
        text = Text(no_wrap=True)
        found = find_passage(self.input.value, self._sources, self._active)
        if isinstance(found, str):
            text.append(one_line(found, width), styles["check" if self.input.value.strip() else "dim"])
        else:
            number, passage = found
            source = self._sources[number]
            place = f"{letter_of(number)} {shown_line(name_of(source))} {source.place_name(passage)}  "
            text.append(one_line(f"{place}{source.passage_text(passage)}", width))
        text.append("\n")
        for key, does in (("Enter", "go there"), ("Esc", "cancel")):
            text.append(key, styles["accent"])
            text.append(f" {does}   ", styles["dim"])
        self._below.update(text)

    def on_resize(self) -> None:
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        found = find_passage(event.value, self._sources, self._active)
        if isinstance(found, str):
            self.app.bell()
        else:
            self.dismiss(found)
