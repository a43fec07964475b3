"""All hits of a search in a list, those of other stories too, each with the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from summitreader.search.query import Query
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.context import Handler, keymap_of
from summitreader.tui.layout.document import drawn_words
from summitreader.tui.layout.panes import following
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.reader.search import next_case, next_mode, toggles_of
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Choice, one_line
from summitreader.tui.widgets.query_line import QueryLine
from summitreader.tui.widgets.row_list import Line, ListRow

if TYPE_CHECKING:
    from summitreader.search.corpus import Found
    from summitreader.tui.corpus_search import WholeCorpus


_PLACE_CELLS = 8


class ResultsScreen(ListScreen):
    """`/` searches for something else while one types; Enter goes to the hit, in its story."""

    VIEW = "search-results"
    KEYS = (
        ("passage-next passage-previous", "hit"),
        ("open", "read"),
        ("search", "search"),
        ("scope", "of"),
        ("search-mode", "as"),
        ("inspector", "preview"),
    )
    FILTER_HINT = "search all stories"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.sought = Query("")
        self.scope = Scope.ALL
        self.of: int | None = None
        """The number in the corpus of the text whose hits alone are listed."""
        self._hits: list[Hit] = []
        self._rows: list[Hit | SourceHeading] = []
        self._found: Found | None = None
        self._before = Query("")
        self._awaited: str | None = None

    def settings(self) -> dict[str, object]:
        """A search is no setting: the bar remembers it."""
        return {}

    def commands(self) -> Mapping[str, Handler]:
        return {
            **super().commands(),
            "scope": lambda: self.open_tab(following(self.scope)),
            "search-mode": lambda: self._ask(mode=next_mode(self.sought)),
            "search-whole": lambda: self._ask(whole_word=not self.sought.whole_word),
            "search-case": lambda: self._ask(case=next_case(self.sought)),
        }

    # ── searching ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _whole(self) -> WholeCorpus | None:
        return self.context.whole_corpus

    def on_screen_resume(self) -> None:
        """With what is sought in the reader; where nothing is, with what was sought here last."""
        navigation = self.context.navigation
        now = navigation.reader.search_query if navigation.reader is not None else Query("")
        now = now if now.text else navigation.sought
        if now.text and now != self.sought:
            self.sought = now
            self._search()
        if not self.sought.text and not self.filter.is_open:
            self._open_filter()

    def on_screen_suspend(self) -> None:
        if (whole := self._whole) is not None and self._found is not None and not self._found.done:
            whole.end_search()

    def _ask(self, **changed: Any) -> None:
        self.sought = replace(self.sought, **changed)
        self._search()

    def _search(self) -> None:
        """Search anew; what was found before stands until the first is found."""
        whole = self._whole
        if whole is None:
            return
        if not self.sought.text.strip():
            whole.end_search()
            self._hits, self._rows, self._found = [], [], None
            self.show_list()
            return
        whole.search_aside(self.sought, self._texts(whole), self._heard)

    def _texts(self, whole: WholeCorpus) -> Sequence[int]:
        """The texts to search: those in the panes first, then the rest of the story, then the other stories."""
        first, count = whole.first[self.session.name], len(self.session.sources)
        if self.scope is Scope.SOURCE and self.of is not None:
            return (self.of,)
        reader = self.context.navigation.reader
        chosen = reader.chosen if reader is not None else []
        own = dict.fromkeys([*(first + n for n in chosen), *range(first, first + count)])
        return [*own, *(whole.others(self.session.name) if self.scope is Scope.ALL else ())]

    def _heard(self, query: Query, found: Found) -> None:
        whole = self._whole
        if query != self.sought or whole is None:
            return
        if found.begins:
            self._hits, self._rows = [], []
        self._found = found
        for text, start, end in found.hits:
            story, number = whole.places[text]
            self._hits.append(Hit(f"{text} {start}", text, story, number, whole.sources[text], start, end))
        self._rows = with_headings(self._hits)
        if self.is_current:
            self.show_list()
        if found.done:
            self._awaited = None

    def show_list(self, at: str | None = None) -> None:
        """A row that is to be stood on is waited for, since hits come one after another."""
        self._awaited = at or self._awaited
        super().show_list(self._awaited)
        here = self.list.selected
        if here is not None and here.key == self._awaited:
            self._awaited = None

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self) -> Sequence[Hit | SourceHeading]:
        return self._rows

    def _why_empty(self) -> str:
        if not self.sought.text.strip():
            return keymap_of(self.app).told("⟨search⟩ searches all stories.")
        if self._found is None or not self._found.done:
            return "Searching …"
        if self._found.problem:
            return self._found.problem
        where = {Scope.ALL: "any story", Scope.STORY: "this story", Scope.SOURCE: "this source"}[self.scope]
        return f"“{one_line(self.sought.text, 60)}” not found in {where}."

    def place(self, row: ListRow) -> tuple[int, int] | None:
        if isinstance(row, Hit) and row.story == self.session.name and row.source.passages:
            return (row.number, row.passage)
        return None

    def copied(self, row: ListRow) -> tuple[int, int, int] | None:
        return (row.number, row.start, row.end) if isinstance(row, Hit) and self.place(row) else None

    async def open_row(self) -> None:
        """Go to the hit in its story, and on from there with n and N."""
        row = self.list.selected
        if not isinstance(row, Hit) or not row.source.passages:
            self.say("No passage to go to here.")
            return
        app, query = self.context, self.sought
        here = app.navigation.here()
        if here is not None:
            app.navigation.jumps.leave(here)
        app.navigation.sought = query
        if row.story != self.session.name:
            await app.open_story(row.story)
        await app.navigation.show("view-reader")
        reader = app.navigation.reader
        if reader is not None and row.number < len(reader.session.sources):
            await reader.go((row.number, row.passage))
            await reader.take_over(query, (row.number, row.start, row.end))

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        if isinstance(row, SourceHeading):
            count = f"  {row.hits} hit{'' if row.hits == 1 else 's'}"
            other = "" if row.story == self.session.name else one_line(f"in {shown_line(row.story)}", width // 2)
            name = one_line(row.name, max(8, width - len(count) - cell_len(other) - 2))
            return [[(name, "strong"), (count, "dim"), ("  ", ""), (other, "accent")]]
        assert isinstance(row, Hit)
        before, words, after = around(row, max(8, width - _PLACE_CELLS))
        place = one_line(place_name(row), _PLACE_CELLS - 2)
        return [[(f"  {place:<{_PLACE_CELLS - 2}}", "dim"), (before, ""), (words, "text-hit"), (after, "")]]

    @property
    def has_tabs(self) -> bool:
        return True

    def tabs(self) -> Mapping[str, int | None]:
        total = self._found.total if self._found is not None else None
        return {str(scope): total if scope is self.scope else None for scope in Scope}

    @property
    def tab(self) -> str:
        return str(self.scope)

    def open_tab(self, name: str) -> None:
        """All stories, the one that is read, or the source of the hit under the cursor."""
        row, self.scope = self.list.selected, Scope(name)
        self.of = row.text if self.scope is Scope.SOURCE and isinstance(row, Hit) else self.of
        if self.scope is Scope.SOURCE and self.of is None:
            self.scope = Scope.ALL
        self._search()

    def heading_right(self) -> Sequence[Choice]:
        sought = f"“{one_line(self.sought.text, 30)}” " if self.sought.text else ""
        right: list[Choice] = [(f"{sought}{self._count()} ", "dim", "search")]
        if self.app.size.width >= 100:
            for id, words in toggles_of(self.sought):
                right += [(f"{keymap_of(self.app).in_bar(id)} ", "accent", id), (f"{words}  ", "dim", id)]
        return right

    def _count(self) -> str:
        found = self._found
        if found is None:
            return ""
        more = "" if found.done else "+"
        hits = f"{found.total:,}{more} hit{'' if found.total == 1 else 's'}"
        sources = f"{found.texts:,}{more} source{'' if found.texts == 1 else 's'}"
        listed = f", {len(self._hits):,} listed" if len(self._hits) < found.total else ""
        return f"{hits} in {sources}{listed}{'; ' + found.problem if found.problem else ''}"

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _open_filter(self) -> None:
        self._before = self.sought
        reader = self.context.navigation.reader
        if reader is not None:
            self.filter.history = reader.searches
        self.filter.show_toggles([(keymap_of(self.app).in_bar(id), words) for id, words in toggles_of(self.sought)])
        self.filter.open(self.sought.text, lambda: self.list)
        self.filter.input.select_all()
        self._tell_filter()
        self._show_heading()

    def _tell_filter(self) -> None:
        none = self._found is not None and not self._found.total
        self.filter.show_toggles([(keymap_of(self.app).in_bar(id), words) for id, words in toggles_of(self.sought)])
        self.filter.say(self._count(), none=none)

    def _set_filter(self, query: str) -> None:
        if query != self.sought.text:
            self._ask(text=query, also=())

    def _end_filter(self, message: QueryLine.Done) -> None:
        reader = self.context.navigation.reader
        if not message.kept:
            self.sought = self._before
            self._search()
            return
        self._set_filter(message.query)
        if reader is not None:
            reader.remember_search(message.query)
        self._show_heading()

    async def _leave(self) -> None:
        await self.context.navigation.show("view-reader")


class Scope(StrEnum):
    """Which hits the list holds."""

    ALL = "all stories"
    STORY = "this story"
    SOURCE = "one source"


@dataclass(frozen=True, slots=True)
class Hit:
    """`[start, end)` of text number `text` of the corpus, which is source number `number` of the story `story`."""

    key: str
    text: int
    story: str
    number: int
    source: Source
    start: int
    end: int
    is_heading: bool = False

    @property
    def passage(self) -> int:
        return self.source.passage_at(self.start) if self.source.passages else 0


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """Above the hits of a source; `hits` are those that are listed."""

    key: str
    story: str
    source: Source
    hits: int
    is_heading: bool = True

    @property
    def name(self) -> str:
        return shown_line(name_of(self.source))


def with_headings(hits: Sequence[Hit]) -> list[Hit | SourceHeading]:
    """The hits in their order, with a heading where another source begins."""
    rows: list[Hit | SourceHeading] = []
    at = 0
    while at < len(hits):
        first, end = hits[at], at
        while end < len(hits) and hits[end].text == first.text:
            end += 1
        rows.append(SourceHeading(f"text {first.text}", first.story, first.source, end - at))
        rows += hits[at:end]
        at = end
    return rows


def place_name(hit: Hit) -> str:
    """`¶3`, `title`; empty in a source without passages."""
    return hit.source.place_name(hit.passage) if hit.source.passages else ""


def around(hit: Hit, width: int) -> tuple[str, str, str]:
    """What stands before the hit in its passage, its words, and what comes after, in at most `width` cells together.

    The words themselves are cut last; of what stands before, a third of the room is kept.
    """
    passage = hit.source.passages[hit.passage] if hit.source.passages else None
    start = passage.start if passage is not None else 0
    end = max(hit.end, passage.end if passage is not None else len(hit.source.text))
    words = _cut(_line(drawn_words(hit.source, hit.start, hit.end)), width)
    before = _line(drawn_words(hit.source, start, hit.start)).lstrip()
    after = _line(drawn_words(hit.source, hit.end, end)).rstrip()
    room = width - cell_len(words)
    if cell_len(before) + cell_len(after) > room:
        kept = max(room - cell_len(after), room // 3)
        before = _cut_left(before, kept)
        after = _cut(after, room - cell_len(before))
    return before, words, after


def _line(text: str) -> str:
    """White space becomes single spaces, those at the ends too."""
    line = " ".join(text.split())
    return (" " if text[:1].isspace() and line else "") + line + (" " if text[-1:].isspace() and line else "")


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) >= width:
        text = text[: min(len(text) - 1, width - 1)]
    return text.rstrip() + "…" if width > 0 else ""


def _cut_left(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) >= width:
        text = text[max(1, len(text) - max(0, width - 1)) :]
    return "…" + text.lstrip() if width > 0 else ""
