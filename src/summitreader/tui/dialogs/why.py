"""Why two passages are linked, or not: both texts, the score, the words that both have, what weighs, the rivals."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from summitreader.comparison.linking.explain import Weighed, Why
from summitreader.comparison.model import PassageRef, Shared, letter_of
from summitreader.errors import Cancelled
from summitreader.text import Source, Span
from summitreader.text.gate import shown_line
from summitreader.tui.bindings import bind_panel
from summitreader.tui.context import keymap_of, palette_of
from summitreader.tui.dialogs.choice import PanelScreen
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Piece, one_line

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
        bind_panel(keymap_of(self.app), self.ACTIONS, self)

    def compose(self) -> Iterator[Widget]:
        with VerticalScroll():
            yield self._said

    def on_mount(self) -> None:
        self.styles.background = "transparent"
        self._said.update(Text("\nExplaining …  Esc closes\n", palette_of(self.app)["dim"]))
        self.run_worker(self._ask(), exclusive=True)

    def on_unmount(self) -> None:
        self._gone = True

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    async def _ask(self) -> None:
        from summitreader.comparison.linking.explain import why
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
        text.append("\nEsc closes\n", styles["dim"])
        return text


_LONGEST = 600

_FEATURES = {
    "words": "rare words in common",
    "letters": "similar spelling",
    "margin": "clearly better than the next",
    "beside": "neighbouring passages match",
    "length": "similar length",
    "figures": "same figures",
    "other_figures": "different figures",
    "early": "both near the beginning",
    "headline": "a headline",
    "accounts": "accounts that are alike",
    "meaning": "similar meaning",
}


def why_lines(found: Why, sources: Sequence[Source], own: str = "", width: int = 100) -> Iterator[list[Piece]]:
    """In `width` cells: what decided; both passages, the words that both have marked; what weighs; their rivals."""
    number = {source.id: n for n, source in enumerate(sources)}
    if own:
        yield [(own, "note")]
    yield [(found.verdict, "linked" if found.linked else "check")]
    for ref, spans in ((found.a, [s.a for s in found.shared]), (found.b, [s.b for s in found.shared])):
        yield []
        yield [(_named(ref, sources, number), "strong")]
        yield _marked(sources[number[ref.source]], ref.passage, spans)
    if found.score is None:
        return
    yield []
    yield [("In common   ", "dim"), *(_words_of(found.shared, sources[number[found.a.source]], found, sources, number))]
    for sign, said in ((1, "For:"), (-1, "Against:")):
        weighed = [one for one in found.weighed if one.adds * sign > 0]
        if weighed:
            yield [(f"{said:<14}", "dim"), (", ".join(map(_weighed, weighed)), "")]
    for ref, rivals in ((found.a, found.rivals_a), (found.b, found.rivals_b)):
        if rivals:
            yield []
            yield [(f"Other candidates for {_named(ref, sources, number)}", "dim")]
            for rival, score in rivals:
                source = sources[number[rival.source]]
                better = found.score is not None and score > found.score
                named = f"{_named(rival, sources, number)}  "
                room = max(4, width - 8 - cell_len(named))
                words = one_line(shown_line(source.passage_text(rival.passage)), room)
                yield [(f"  {score:.2f} ", "check" if better else "dim"), (named, ""), (words, "dim")]


def _named(ref: PassageRef, sources: Sequence[Source], number: dict[str, int]) -> str:
    n = number[ref.source]
    return f"{letter_of(n)} {one_line(shown_line(name_of(sources[n])), 30)} {sources[n].place_name(ref.passage)}"


def _marked(source: Source, passage: int, spans: Sequence[Span]) -> list[Piece]:
    """The passage, with the words at `spans` marked; a long one is cut."""
    start, end = source.passages[passage].start, source.passages[passage].end
    stop = min(end, start + _LONGEST)
    pieces: list[Piece] = []
    at = start
    for span in sorted(spans, key=lambda s: s.start):
        if span.start < at or span.end > stop:
            continue
        pieces += [
            (shown_line(source.text[at : span.start]), ""),
            (shown_line(source.text[span.start : span.end]), "text-shared"),
        ]
        at = span.end
    pieces.append((shown_line(source.text[at:stop]) + (" …" if stop < end else ""), ""))
    return [(" ".join(words.split("\n")), style) for words, style in pieces if words]


def _words_of(
    shared: Sequence[Shared], source: Source, found: Why, sources: Sequence[Source], number: dict[str, int]
) -> list[Piece]:
    if not shared:
        return [("nothing distinctive", "")]
    other = sources[number[found.b.source]]
    said = []
    for one in shared[:12]:
        a, b = source.text[one.a.start : one.a.end], other.text[one.b.start : one.b.end]
        both = a if a.casefold() == b.casefold() else f"{a} = {b}"
        reason = one.reason if one.reason in ("name", "number") else ""
        said.append(f"{shown_line(both)} {one.weight:.0%}{f' ({reason})' if reason else ''}")
    more = f" · and {len(shared) - 12} more" if len(shared) > 12 else ""
    return [(" · ".join(said) + more, "linked")]


def _strength(adds: float) -> str:
    return "strong" if adds >= 1.5 else "some" if adds >= 0.5 else "weak"


def _weighed(one: Weighed) -> str:
    return f"{_FEATURES.get(one.feature, one.feature.replace('_', ' '))} ({_strength(abs(one.adds))})"
