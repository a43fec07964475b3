"""What was read: which passages were seen, which things told that makes, and what may be folded, told before.

A passage was seen when one passed over it reading on, or rested on it, for no less time than the quickest reader needs
(`ReadTracker`). Of a thing that several tell, one passage seen is enough. What was seen is kept by the words of
passages, so that it outlives other offsets, other sentences around it and another name of the file; a passage whose
words were changed has not been seen. Pure: no Textual.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from summitreader.comparison.model import LinkKind, QuotationKind
from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown
from summitreader.tui.layout.folding import Fold, runs_of
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import name_of

if TYPE_CHECKING:
    from summitreader.comparison.divergence.figure_context import Figure

FASTEST = 40.0
"""Words a second that nobody reads faster: skimming comes to 10 to 15 (Rayner et al., 2016, "So much to read, so little
time"). What is passed over faster was not read."""

RESTED = 1.0
"""Seconds on a passage before a jump after which it counts as read, if it is short enough for that."""

Place = tuple[int, int]
"""Source and passage, by their numbers."""


class ReadTracker:
    """Follows the reader's place and says what was read; `clock` gives seconds."""

    def __init__(self, sources: Sequence[Source], clock: Callable[[], float]) -> None:
        self._sources = sources
        self._clock = clock
        self._at: Place | None = None
        self._since = 0.0

    def moved(self, to: Place, *, reading: bool, skipped: Callable[[int], bool] = lambda n: False) -> list[Place]:
        """The passages that were read by coming to `to`; `reading` where one went on by passage or by page.

        Reading on, those from the last place up to this one; else the last place alone, where one rested on it. In
        both cases as far as the time was long enough. Passages for which `skipped` holds were not shown.
        """
        now = self._clock()
        at, since = self._at, self._since
        if to == at:
            return []
        self._at, self._since = to, now
        if at is None:
            return []
        number, first = at
        on = reading and to[0] == number and to[1] > first
        passed = range(first, to[1]) if on else range(first, first + 1)
        source = self._sources[number]
        shown = [n for n in passed if n < len(source.passages) and not skipped(n)]
        needed = sum(len(source.passage_text(n).split()) for n in shown) / FASTEST
        if now - since < (needed if on else max(RESTED, needed)):
            return []
        return [(number, n) for n in shown]


class Seen:
    """The passages that were seen, a set a source, beside `kept`: by a source's id the keys of passages seen before."""

    def __init__(self, sources: Sequence[Source], kept: Mapping[str, Collection[str]]) -> None:
        self._sources = sources
        self.passages: list[set[int]] = [set() for _ in sources]
        for number, keys in _matched(sources, kept).items():
            source = sources[number]
            self.passages[number] = {n for n in range(len(source.passages)) if _key(source.passage_text(n)) in keys}

    def add(self, places: Iterable[Place]) -> bool:
        """Whether any of `places` had not been seen."""
        before = sum(map(len, self.passages))
        for number, passage in places:
            self.passages[number].add(passage)
        return sum(map(len, self.passages)) > before

    def to_keep(self) -> dict[str, list[str]]:
        """By the id of each source, the keys of the passages seen."""
        return {
            source.id: sorted({_key(source.passage_text(n)) for n in own})
            for source, own in zip(self._sources, self.passages, strict=True)
            if own
        }

    def forget(self) -> None:
        for own in self.passages:
            own.clear()


@lru_cache(maxsize=4096)
def _key(words: str) -> str:
    """A passage by its words, whatever their case and the white space between them."""
    plain = " ".join(words.split()).casefold()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]


_ENOUGH = 3
"""Passages in common from which a source under another name may be the same."""


def _matched(sources: Sequence[Source], kept: Mapping[str, Collection[str]]) -> dict[int, frozenset[str]]:
    """The keys kept for each source; for one without, those of a source that is gone and had most of them in common."""
    found = {n: frozenset(kept[source.id]) for n, source in enumerate(sources) if source.id in kept}
    ids = {source.id for source in sources}
    gone = [frozenset(keys) for id, keys in kept.items() if id not in ids and len(keys) >= _ENOUGH]
    for n, source in enumerate(sources) if gone else ():
        if n not in found:
            own = {_key(source.passage_text(m)) for m in range(len(source.passages))}
            best = max(gone, key=lambda keys: len(keys & own) / len(keys))
            if 2 * len(best & own) > len(best):
                found[n] = best
    return found


class Facts:
    """The things that a story tells: its threads, and every passage of an account that is in none.

    A source that cannot be compared adds nothing: whether its passages tell what others do is not known.
    """

    def __init__(self, index: StoryIndex) -> None:
        self._of: dict[Place, int] = {}
        for n, thread in enumerate(index.report.threads):
            for member in thread.members:
                self._of[index.number[member.source], member.passage] = n
        self.count = len(index.report.threads)
        for number, source in enumerate(index.sources):
            for passage in range(len(source.passages) if index.is_comparable(number) else 0):
                if source.is_told(passage) and (number, passage) not in self._of:
                    self._of[number, passage] = self.count
                    self.count += 1

    def share(self, seen: Seen) -> float:
        """The share of them that was seen in one source at least, 0 to 1."""
        things = {self._of.get((n, passage), -1) for n, own in enumerate(seen.passages) for passage in own}
        return len(things - {-1}) / self.count if self.count else 0.0


SURE = 0.5
"""The score from which a link is sure enough to fold a passage by it."""


def told_before(index: StoryIndex, seen: Seen, number: int, passage: int) -> list[Place]:
    """Where what a passage tells was seen in other sources.

    By links of which one can be sure and that say that the whole of it is told there.
    """
    return [
        (c.source, c.passage)
        for c in index.counterparts(number, passage)
        if c.score >= SURE
        and c.link is not None
        and c.link.kind is not LinkKind.PARTIAL
        and c.passage in seen.passages[c.source]
    ]


NEW = 0.3
"""The share of a passage's content words that may be new where it is folded. Chosen by reading all that would be folded
in four stories, real and made: at a half, several folds hid something."""


def may_fold(index: StoryIndex, seen: Seen, number: int, passage: int) -> bool:
    """Whether a passage was told before and may be folded: all but little of it was read, in other sources.

    Not a headline nor the sentence that the account leads with, and nothing that is to be checked. Every figure,
    every name and every quoted word in it, and most of its other words, stood in the passages that told it before.
    """
    source = index.sources[number]
    if passage <= _leads_with(source) or index.checks_in(number, passage):
        return False
    if source.blocks[source.passages[passage].block].kind is not BlockKind.PARAGRAPH:
        return False
    places = told_before(index, seen, number, passage)
    before = tuple(index.sources[n].passage_text(m) for n, m in places)
    quoted = (q.text for q in index.quotations_in(number, passage) if q.kind is not QuotationKind.REPORTED)
    return bool(places) and not _tells_more(source.passage_text(passage), " ".join(quoted), before)


@lru_cache(maxsize=256)
def _leads_with(source: Source) -> int:
    """The first passage of the first paragraph; -1 where there is none."""
    kinds = (source.blocks[passage.block].kind for passage in source.passages)
    return next((n for n, kind in enumerate(kinds) if kind is BlockKind.PARAGRAPH), -1)


@lru_cache(maxsize=4096)
def _tells_more(text: str, quoted: str, before: tuple[str, ...]) -> bool:
    """Whether `text` holds a figure, a name, a word of what is `quoted` or many others that no text `before` has."""
    from summitreader.comparison.divergence.figure_context import figures_of
    from summitreader.comparison.divergence.words import content_stems, stem
    from summitreader.text.tokens import tokens_of

    known = frozenset[str]().union(*map(content_stems, before))
    figures = {_value(figure) for told in before for figure in figures_of(told)}
    if any(_value(figure) not in figures for figure in figures_of(text)):
        return True
    words = tokens_of(text)
    names = {stem(word.low) for word in words[1:] if word.is_capital and len(word.low) > 1} & content_stems(text)
    digits = {word.text for told in before for word in tokens_of(told) if word.kind == "number"}
    if not names | content_stems(quoted) <= known or any(
        word.kind == "number" and word.text not in digits for word in words
    ):
        return True
    own = content_stems(text)
    return len(own - known) > NEW * len(own)


def _value(figure: Figure) -> tuple[str, str, float, float]:
    value = figure.value
    return value.sort, value.unit, value.low, value.high


def folds_of(index: StoryIndex, seen: Seen, number: int, left: Callable[[int], bool]) -> tuple[Fold, ...]:
    """The runs of passages of a source that may be folded and were not seen in it; those for which `left` holds stay
    as they are."""
    own = seen.passages[number]
    return runs_of(
        [
            n not in own and not left(n) and may_fold(index, seen, number, n)
            for n in range(len(index.sources[number].passages))
        ]
    )


_NAME = 18
"""Cells of a source's name, so that the paragraph too is seen in a narrow pane."""


def fold_in_words(index: StoryIndex, seen: Seen, number: int, fold: Fold) -> str:
    """`3 passages told before: ¶4, ¶6 of Guardian · ¶2 of Post`."""
    places: dict[int, dict[str, None]] = {}
    for passage in range(fold.first, fold.last + 1):
        for source, n in told_before(index, seen, number, passage):
            places.setdefault(source, {})[index.sources[source].place_name(n)] = None
    names = {n: _short(shown(name_of(index.sources[n]))) for n in places}
    where = " · ".join(f"{', '.join(own)} of {names[n]}" for n, own in sorted(places.items()))
    return f"{len(fold)} passage{'' if len(fold) == 1 else 's'} already read: {where}"


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"
