"""Searching all panes at once, hit by hit, from where one stood; and how much there is in the corpus elsewhere."""

from __future__ import annotations

import asyncio
import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summitreader.search import Mode, Query, QueryError, find
from summitreader.search.matching import SECONDS
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.reader.cursor import Cursor
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from summitreader.search.corpus import Found


_AT_ONCE = 3_000_000
"""Characters that a literal search goes through while a key is being pressed (about 10 ms); more go to the index."""
_IN_ALL = 2.0
"""Seconds that a regular expression may take in all panes together."""
_STILL = 0.15
"""Seconds without a key after which other spellings are looked for."""
_MOST_SEARCHES = 100
"""Searches that are remembered."""

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


class Search(ReaderPart):
    """Keeps the hits of one query in all sources of the story, in the order of the panes.

    `history` are the searches of this corpus, the newest last; `elsewhere` what was found in other stories.
    """

    def __init__(self, reader: Reader, bar: QueryLine, cursor: Cursor, history: Sequence[str] = ()) -> None:
        super().__init__(reader)
        self.bar = bar
        self.cursor = cursor
        self.query = Query("")
        self.history = list(history)
        self.hits: list[Hit] = []
        self.current: int | None = None
        self.spellings: tuple[tuple[str, int], ...] = ()
        """Other spellings of the query that the panes hold, with the hits of each."""
        self.elsewhere: Found | None = None
        self._looking: asyncio.Task[None] | None = None
        self._offering: asyncio.Task[None] | None = None
        self._origin = (0, 0)
        self._problem = ""
        self._beyond = 0
        """Hits that were counted, and are too many to be gone through."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "search": self.open,
            "hit-next": lambda: self.step(1),
            "hit-previous": lambda: self.step(-1),
            "search-word": self._search_word,
            "search-results": self._list_all,
            "search-mode": lambda: self._toggle(mode=next_mode(self.query)),
            "search-whole": lambda: self._toggle(whole_word=not self.query.whole_word),
            "search-case": lambda: self._toggle(case=next_case(self.query)),
        }

    # What is typed

    def open(self) -> None:
        self._origin = self.cursor.here()
        self.bar.history = self.history
        self.bar.open(self.query.text, lambda: self.deck.active)
        self._show_toggles()
        if self.query.text:
            self.bar.input.select_all()
            self._tell()
        else:
            self.bar.say("")

    async def typed(self, text: str) -> None:
        """The query is another: find it anew and go to the first hit from where the search began."""
        self.query = replace(self.query, text=text, also=())
        await self._search()

    async def widen(self) -> None:
        """Search the other spellings too that were offered, or no more."""
        if self.query.also:
            self.query = replace(self.query, also=())
        elif self.spellings:
            self.query = replace(self.query, also=tuple(spelling for spelling, _ in self.spellings))
        else:
            self.bar.say("no similar spellings")
            return
        await self._search()

    async def _toggle(self, **changed: Any) -> None:
        self.query = replace(self.query, **changed)
        self._show_toggles()
        if not self.bar.is_open:
            self.say(f"Search: {toggles_in_words(self.query)}.")
        await self._search()

    async def _list_all(self) -> None:
        """The hits in a list, also while one types."""
        if self.bar.is_open:
            self.bar.input.end_typing(True)
        await self.reader.context.navigation.open("search-results")

    async def accept(self) -> None:
        """Stay at the hit; the hits stay marked until Escape."""
        self.remember(self.query.text)
        if self.current is not None:
            self.reader.leave_behind(self._origin)

    def remember(self, text: str) -> None:
        """Keep a search among those that Up brings back."""
        if text.strip():
            self.history[:] = [*(one for one in self.history if one != text), text][-_MOST_SEARCHES:]

    async def cancel(self) -> None:
        """Go back to where the search began, and take the marks away."""
        self.clear()
        await self.cursor.go(self._origin, remember=False)

    def clear(self) -> None:
        self._stop()
        self.query, self.hits, self.current = replace(self.query, text="", also=()), [], None
        self.mark()

    # Searching

    def _stop(self) -> None:
        """A newer query puts an end to an older one."""
        for task in (self._looking, self._offering):
            if task is not None:
                task.cancel()
        self.spellings, self.elsewhere, self._beyond = (), None, 0
        if (whole := self.reader.context.whole_corpus) is not None:
            whole.end_search()

    async def _search(self) -> None:
        """At once where that is quick, else beside the interface."""
        self._stop()
        characters = sum(len(self.session.sources[number].text) for number in self.deck.chosen)
        if characters >= _AT_ONCE and self.reader.context.whole_corpus is not None:
            self._look_in(self._own_texts(), self._heard)
        elif self.query.mode is Mode.LITERAL:
            self._take(self._find(self.query))
            await self._show_first()
            self._look_further()
        else:
            self.bar.say("searching …")
            self._looking = asyncio.create_task(self._search_in_thread(self.query))

    async def _search_in_thread(self, query: Query) -> None:
        found = await asyncio.to_thread(self._find, query)
        if query == self.query:
            self._take(found)
            await self._show_first()
            self._look_further()

    def _look_further(self) -> None:
        """What the panes do not hold: hits in other stories, and other spellings."""
        if not self.query.text.strip() or self._problem:
            return
        whole = self.reader.context.whole_corpus
        others = whole.others(self.session.name) if whole is not None else ()
        if others:
            self._look_in(others, self._heard_elsewhere)
        self._offering = asyncio.create_task(self._offer(self.query))

    async def _offer(self, query: Query) -> None:
        from summitreader.search.spellings import other_spellings

        await asyncio.sleep(_STILL)
        texts = [self.session.sources[number].text for number in self.deck.chosen]
        if sum(map(len, texts)) < _AT_ONCE:
            found = await asyncio.to_thread(other_spellings, texts, replace(query, also=()))
            if query == self.query:
                self.spellings = found
                self._tell()

    def _own_texts(self) -> list[int]:
        whole = self.reader.context.whole_corpus
        assert whole is not None
        return [whole.first[self.session.name] + number for number in self.deck.chosen]

    def _look_in(self, texts: Sequence[int], heard: Callable[[Query, Found], Any]) -> None:
        """Search texts of the whole corpus; `heard` is called on the interface's thread with what was found."""
        whole = self.reader.context.whole_corpus
        assert whole is not None
        whole.search_aside(self.query, texts, heard)

    def _heard_elsewhere(self, query: Query, found: Found) -> None:
        if query == self.query:
            self.elsewhere = found
            self._tell()

    def _heard(self, query: Query, found: Found) -> None:
        """Hits in a story that is too large to be searched at once, as they come."""
        whole = self.reader.context.whole_corpus
        if query != self.query or whole is None:
            return
        first = whole.first[self.session.name]
        if found.begins:
            self._take([])
        begins = not self.hits
        self.hits += [(n - first, start, end) for n, start, end in found.hits]
        self._beyond = found.total - len(self.hits)
        self._problem = found.problem
        if begins and (self.hits or found.done):
            self._looking = asyncio.create_task(self._show_first())
        elif found.done:
            self.mark()
        self._tell()
        if found.done:
            self._look_further()

    def _find(self, query: Query) -> list[Hit] | QueryError:
        """The hits in all panes' sources, in the order of the panes; or why there can be none."""
        hits: list[Hit] = []
        until = time.monotonic() + _IN_ALL
        try:
            for number in self.deck.chosen:
                left = max(0.01, min(SECONDS, until - time.monotonic()))
                found = find(self.session.sources[number].text, query, seconds=left)
                hits += [(number, span.start, span.end) for span in found]
        except QueryError as error:
            return error
        return hits

    def _take(self, found: list[Hit] | QueryError) -> None:
        self._problem = str(found) if isinstance(found, QueryError) else ""
        self.hits = [] if isinstance(found, QueryError) else found

    # Hits

    async def _show_first(self) -> None:
        if self.hits:
            self.current = self._first_from(self._origin)
            await self._go(remember=False)
        else:
            self.current = None
            await self.cursor.go(self._origin, remember=False)
            self._focus_bar()
        self.mark()
        self._tell()

    async def take_over(self, query: Query, hit: Hit) -> None:
        """Go on here with a search made elsewhere, at the hit that was chosen there."""
        self._stop()
        self.query = query
        self.remember(query.text)
        self._origin = (hit[0], self.session.sources[hit[0]].passage_at(hit[1]))
        self._take(await asyncio.to_thread(self._find, query))
        self.current = next((n for n, one in enumerate(self.hits) if one[:2] == hit[:2]), None)
        if self.current is not None:
            await self._go(remember=False)
        self.mark()

    def sort_again(self) -> None:
        """The panes stand in another order: so do the hits."""
        here = self.hits[self.current] if self.current is not None else None
        self.hits.sort(key=lambda hit: (self._order(hit[0]), hit[1]))
        self.current = None if here is None else self.hits.index(here)

    async def step(self, by: int) -> None:
        """To the next hit, or the one before, round at the ends."""
        if not self.hits:
            self.say("No search yet. ⟨search⟩ begins one." if not self.query.text else "No hits.")
            return
        if self.current is None:
            self.current = self._first_from(self.cursor.here())
        else:
            self.current = (self.current + by) % len(self.hits)
        await self._go(remember=True)
        self.mark()
        self.say(self.count_in_words())

    def count_in_words(self) -> str:
        """`3 of 17 · 2 of 5 here`: in all sources, and in the one that the hit is in."""
        if not self.hits:
            return "no hits" if self.query.text else ""
        return counted_hits(self.hits, self.current, self._beyond, self._order)

    def spans(self, number: int) -> SpanSet:
        return SpanSet((start, end) for n, start, end in self.hits if n == number)

    async def _search_word(self) -> None:
        from summitreader.text.vocabulary import stop_words

        pane = self.deck.active
        source = pane.document.source
        start, end = pane.selection or pane.cursor_span()
        text = source.text[start:end]
        words = _WORD.findall(text)
        if not words:
            self.say("No word here to search for.")
            return
        stops = stop_words(source.language or "en")
        word = next((word for word in words if word.lower() not in stops and len(word) > 1), words[0])
        self._stop()
        self.query = Query(text, case=False) if pane.selection else Query(word, case=False, whole_word=True)
        self.remember(self.query.text)
        self._origin = self.cursor.here()
        if sum(len(self.session.sources[n].text) for n in self.deck.chosen) < _AT_ONCE:
            self._take(self._find(self.query))
            self.current = self._first_from(self._origin) if self.hits else None
            await self.step(1)
        else:
            await self._search()

    def _order(self, number: int) -> int:
        return self.deck.place_of(number)

    def _first_from(self, place: tuple[int, int]) -> int:
        number, passage = place
        passages = self.session.sources[number].passages
        offset = passages[passage].start if passages else 0
        return first_from(self.hits, (number, offset), self._order)

    # What is shown

    async def _go(self, *, remember: bool) -> None:
        assert self.current is not None
        number, start, _ = self.hits[self.current]
        source = self.session.sources[number]
        if source.passages:
            await self.cursor.go((number, source.passage_at(start)), remember=remember)
            pane = self.deck.active
            row = pane.document.wrapped(pane.text_width).row_at(start)
            if not pane.top <= row < pane.top + pane.size.height:
                pane.scroll_to_row(row - pane.size.height // 2)
        self._focus_bar()

    def _focus_bar(self) -> None:
        if self.bar.is_open:
            self.bar.screen.set_focus(self.bar.input)

    async def go_on(self, query: Query) -> None:
        """Mark the hits of a search that was made in the texts as they stood before, and stay where one is."""
        if sum(len(self.session.sources[number].text) for number in self.deck.chosen) < _AT_ONCE:
            self.query = query
            self._take(await asyncio.to_thread(self._find, query))
            self.mark()

    def mark(self) -> None:
        """Mark the hits in all panes, and in the margin."""
        here = self.hits[self.current] if self.current is not None else None
        for pane in self.deck.all_panes():
            pane.set_hits(self.spans(pane.number), here[1:] if here and here[0] == pane.number else None)
        self.deck.margin_box.margin.set_hits({n: self.spans(n) for n in dict.fromkeys(n for n, _, _ in self.hits)})
        if self.deck.has_margin and not self.deck.margin_beside:
            self.deck.active.rows_changed(self.deck.active.kept_row)

    def _show_toggles(self) -> None:
        keymap = self.reader.context.keymap
        self.bar.show_toggles([(keymap.in_bar(id), words) for id, words in toggles_of(self.query)])

    def _tell(self) -> None:
        if self._problem and not self.hits:
            self.bar.say(self._problem, none=True)
            return
        told = [self.count_in_words()]
        if self.query.also:
            told.append("with " + ", ".join(self.query.also))
        elif self.spellings:
            told.append("also " + ", ".join(f"{spelling} {n}" for spelling, n in self.spellings) + ": Tab")
        if self.elsewhere is not None and self.elsewhere.total:
            more = "" if self.elsewhere.done else "+"
            key = self.reader.context.keymap.in_bar("search-results")
            told.append(f"{self.elsewhere.total:,}{more} in other stories: {key}")
        self.bar.say(" · ".join(told), none=bool(self.query.text) and not self.hits)


Hit = tuple[int, int, int]
"""Number of the source in its story, start, end."""


def first_from(hits: Sequence[Hit], place: tuple[int, int], order: Callable[[int], int]) -> int:
    """The number of the first hit from `place`, a source and an offset, on; round at the end."""
    key = (order(place[0]), place[1])
    at = bisect_left(hits, key, key=lambda hit: (order(hit[0]), hit[1]))
    return at % max(1, len(hits))


def counted_hits(hits: Sequence[Hit], current: int | None, beyond: int, order: Callable[[int], int]) -> str:
    """`3 of 17 · 2 of 5 in this source`; `beyond` are hits besides, which are too many to be gone through."""
    count = f"{len(hits)}" if not beyond else f"{len(hits)} (of {len(hits) + beyond})"
    if current is None:
        return f"{count} hit{'' if count == '1' else 's'}"
    here = order(hits[current][0])
    first = bisect_left(hits, here, key=lambda hit: order(hit[0]))
    last = bisect_right(hits, here, key=lambda hit: order(hit[0]))
    return f"{current + 1} of {count} · {current - first + 1} of {last - first} in this source"


_MODES = list(Mode)
_CASES = [None, True, False]
_CASE_WORDS = {None: "smart case", True: "Aa", False: "any case"}


def next_mode(query: Query) -> Mode:
    """What the key that changes it makes of how a query is meant."""
    return _MODES[(_MODES.index(Mode(query.mode)) + 1) % len(_MODES)]


def next_case(query: Query) -> bool | None:
    """What the key that changes it makes of whether capitals count."""
    return _CASES[(_CASES.index(query.case) + 1) % len(_CASES)]


def toggles_of(query: Query) -> tuple[tuple[str, str], ...]:
    """The command of each toggle, and how it stands."""
    return (
        ("search-mode", str(query.mode)),
        ("search-whole", "whole" if query.whole_word else "part"),
        ("search-case", _CASE_WORDS[query.case]),
    )


def toggles_in_words(query: Query) -> str:
    """How a search is made, for the bar: `literal, parts of words, smart case`."""
    whole = "whole words" if query.whole_word else "parts of words"
    return f"{query.mode}, {whole}, {_CASE_WORDS[query.case]}"
