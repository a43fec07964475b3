"""Searching all panes at once, hit by hit, from where one stood."""

from __future__ import annotations

import asyncio
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from summitreader.search import Mode, Query, QueryError, find
from summitreader.tui.bindings import keymap_of
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.reading.moving import Moving
from summitreader.tui.session import Session
from summitreader.tui.widgets.pane_deck import PaneDeck
from summitreader.tui.widgets.search_bar import SearchBar

_MODES = list(Mode)
_CASES = [None, True, False]
_CASE_WORDS = {None: "smart case", True: "Aa", False: "any case"}
_AT_ONCE = 3_000_000
"""Characters that a literal search goes through while a key is being pressed (about 10 ms); more go to a thread."""

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


class Searching:
    """Keeps the hits of one query in all sources. A hit is `(source, start, end)`, in the order of the panes."""

    def __init__(self, bar: SearchBar, deck: PaneDeck, moving: Moving, session: Session) -> None:
        self.bar = bar
        self.deck = deck
        self.moving = moving
        self.session = session
        self.query = Query("")
        self._looking: asyncio.Task[None] | None = None
        self.hits: list[tuple[int, int, int]] = []
        self.current: int | None = None
        self._origin = (0, 0)
        self._problem = ""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "search": self.open,
            "hit-next": lambda: self.step(1),
            "hit-previous": lambda: self.step(-1),
            "search-word": self._search_word,
            "search-mode": lambda: self._toggle(mode=_MODES[(_MODES.index(Mode(self.query.mode)) + 1) % len(_MODES)]),
            "search-whole": lambda: self._toggle(whole_word=not self.query.whole_word),
            "search-case": lambda: self._toggle(case=_CASES[(_CASES.index(self.query.case) + 1) % len(_CASES)]),
        }

    def open(self) -> None:
        self._origin = self.moving.here()
        self.bar.open(self.query.text, lambda: self.deck.leader)
        self._show_toggles()
        if self.query.text:
            self.bar.input.select_all()
            self._tell()
        else:
            self.bar.say("")

    async def typed(self, text: str) -> None:
        """The query is another: find it anew and go to the first hit from where the search began."""
        self.query = replace(self.query, text=text)
        await self._search()

    async def _toggle(self, **changed: Any) -> None:
        self.query = replace(self.query, **changed)
        self._show_toggles()
        if not self.bar.is_open:
            self.moving.say(f"Search: {self._toggles_in_words()}.")
        await self._search()

    async def _search(self) -> None:
        """At once where that is quick, else in a thread; a newer query puts an end to an older one."""
        if self._looking is not None:
            self._looking.cancel()
        sources = [self.session.sources[number] for number in self.deck.chosen]
        if self.query.mode is Mode.LITERAL and sum(len(source.text) for source in sources) < _AT_ONCE:
            self._take(self._find(self.query))
            await self._show_first()
        else:
            self.bar.say("searching …")
            self._looking = asyncio.create_task(self._search_in_thread(self.query))

    async def _search_in_thread(self, query: Query) -> None:
        found = await asyncio.to_thread(self._find, query)
        if query == self.query:
            self._take(found)
            await self._show_first()

    def _take(self, found: list[tuple[int, int, int]] | QueryError) -> None:
        self._problem = str(found) if isinstance(found, QueryError) else ""
        self.hits = [] if isinstance(found, QueryError) else found

    async def _show_first(self) -> None:
        if self.hits:
            self.current = self._first_from(self._origin)
            await self._go(remember=False)
        else:
            self.current = None
            await self.moving.go(self._origin, remember=False)
            self._focus_bar()
        self._mark()
        self._tell()

    def _toggles_in_words(self) -> str:
        whole = "whole words" if self.query.whole_word else "parts of words"
        return f"{self.query.mode}, {whole}, {_CASE_WORDS[self.query.case]}"

    def _show_toggles(self) -> None:
        whole = "whole" if self.query.whole_word else "part"
        keymap = keymap_of(self.bar.app)
        told = (
            ("search-mode", str(self.query.mode)),
            ("search-whole", whole),
            ("search-case", _CASE_WORDS[self.query.case]),
        )
        self.bar.show_toggles(tuple((keymap.in_bar(id), words) for id, words in told))

    async def accept(self) -> None:
        """Stay at the hit; the hits stay marked until Escape."""
        if self.current is not None:
            self.moving.jumps.leave(self._origin)

    async def cancel(self) -> None:
        """Go back to where the search began, and take the marks away."""
        self.clear()
        await self.moving.go(self._origin, remember=False)

    def clear(self) -> None:
        self.query, self.hits, self.current = replace(self.query, text=""), [], None
        self._mark()

    async def step(self, by: int) -> None:
        """To the next hit, or the one before, round at the ends."""
        if not self.hits:
            self.moving.say(
                "Nothing is being searched for: ⟨search⟩ begins a search." if not self.query.text else "No hits."
            )
            return
        if self.current is None:
            self.current = self._first_from(self.moving.here())
        else:
            self.current = (self.current + by) % len(self.hits)
        await self._go(remember=True)
        self._mark()
        self.moving.say(self.count_in_words())

    def count_in_words(self) -> str:
        """`3 of 17 · 2 of 5 here`: in all sources, and in the one that the hit is in."""
        if not self.hits:
            return "no hits" if self.query.text else ""
        if self.current is None:
            return f"{len(self.hits)} hits"
        number = self.hits[self.current][0]
        first = bisect_left(self.hits, self._order(number), key=lambda hit: self._order(hit[0]))
        last = bisect_right(self.hits, self._order(number), key=lambda hit: self._order(hit[0]))
        return f"{self.current + 1} of {len(self.hits)} · {self.current - first + 1} of {last - first} in this source"

    def pane_count(self, number: int) -> str:
        """`2/5` for the pane with the current hit, `5` for another, empty where nothing is sought."""
        if not self.query.text:
            return ""
        here = [n for n, hit in enumerate(self.hits) if hit[0] == number]
        if self.current is not None and self.current in here:
            return f"{here.index(self.current) + 1}/{len(here)}"
        return str(len(here))

    def spans(self, number: int) -> SpanSet:
        return SpanSet((start, end) for n, start, end in self.hits if n == number)

    async def _search_word(self) -> None:
        pane = self.deck.leader
        start, end = pane.selection or pane.cursor_span()
        text = pane.document.source.text[start:end]
        words = _WORD.findall(text)
        if not words:
            self.moving.say("There is no word here to search for.")
            return
        self.query = Query(text if pane.selection else words[0])
        self._origin = self.moving.here()
        self._take(self._find(self.query))
        self.current = self._first_from(self._origin)
        await self.step(1)

    def _order(self, number: int) -> int:
        return self.deck.chosen.index(number)

    def _find(self, query: Query) -> list[tuple[int, int, int]] | QueryError:
        """The hits in all panes' sources, in the order of the panes; or why there can be none."""
        hits: list[tuple[int, int, int]] = []
        try:
            for number in self.deck.chosen:
                found = find(self.session.sources[number].text, query)
                hits += [(number, span.start, span.end) for span in found]
        except QueryError as error:
            return error
        return hits

    def _first_from(self, place: tuple[int, int]) -> int:
        number, passage = place
        passages = self.session.sources[number].passages
        offset = passages[passage].start if passages else 0
        key = (self._order(number), offset)
        at = bisect_left(self.hits, key, key=lambda hit: (self._order(hit[0]), hit[1]))
        return at % max(1, len(self.hits))

    async def _go(self, *, remember: bool) -> None:
        assert self.current is not None
        number, start, _ = self.hits[self.current]
        source = self.session.sources[number]
        if source.passages:
            await self.moving.go((number, source.passage_at(start)), remember=remember)
            pane = self.deck.leader
            row = pane.wrap.row_at(start)
            if not pane.top <= row < pane.top + pane.size.height:
                pane.scroll_to_row(row - pane.size.height // 2)
        self._focus_bar()

    def _focus_bar(self) -> None:
        if self.bar.is_open:
            self.bar.screen.set_focus(self.bar.input)

    def _mark(self) -> None:
        here = self.hits[self.current] if self.current is not None else None
        for pane in self.deck.all_panes():
            pane.set_hits(self.spans(pane.number), here[1:] if here and here[0] == pane.number else None)

    def _tell(self) -> None:
        if self.query.text and not self.hits:
            self.bar.say(self._problem or "no hits", none=True)
        else:
            self.bar.say(self.count_in_words())
