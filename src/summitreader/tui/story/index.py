"""One story as the reader sees it: its sources, the comparison so far, and quick answers to where things stand.

Pure: no Textual. An index is made anew for each fuller report, off the interface's thread, and never changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from summitreader.comparison.encoders import not_compared
from summitreader.comparison.model import Alone, Divergence, Link, LinkKind, Quotation, QuotationKind, Report
from summitreader.notes.model import key_of
from summitreader.text import Source
from summitreader.tui.layout.marks import Mark, SpanSet

T = TypeVar("T")

NOT_TO_CHECK = frozenset({"only", "silent", "says-silent", "placement"})
"""Kinds of divergence that say who tells what, and are nothing that cannot both be right."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A passage of another source that tells the same; `link` is None where only their thread joins them."""

    source: int
    passage: int
    score: float
    link: Link | None


class StoryIndex:
    """A report, looked up by place. Sources and passages are numbers here: positions in `report.sources`."""

    quotations: list[list[Quotation]]
    """By source."""
    quotation_spans: list[SpanSet]
    to_check: tuple[Divergence, ...]
    check_spans: list[SpanSet]
    corrections: frozenset[tuple[int, int]]
    """The passages, by source and number, that the reader linked."""
    passage_marks: list[list[tuple[Mark, ...]]]
    reporting: list[tuple[int, ...]]
    """By source and passage, how many sources report it; 0 where only its own is known to."""
    _quotations_at: dict[tuple[int, int], list[Quotation]]
    _checks_at: dict[tuple[int, int], list[Divergence]]
    _counterparts: dict[tuple[int, int], dict[tuple[int, int], Counterpart]]

    def __init__(
        self,
        report: Report,
        dismissed: frozenset[str] = frozenset(),
        found_right: frozenset[str] = frozenset(),
        before: StoryIndex | None = None,
    ) -> None:
        """`dismissed` are the ids of divergences that the reader looked at and put aside, `found_right` those that they
        looked at and that stay marked. What `before`, the index of another report on the same sources, says of fields
        that are the same is taken over."""
        self.report = report
        self.dismissed = dismissed
        self.found_right = found_right
        self.sources = report.sources
        self.number = {source.id: n for n, source in enumerate(report.sources)}
        old = before if before is not None and before.sources == report.sources else None
        same_quotations = old is not None and old.report.quotations is report.quotations
        same_links = old is not None and old.report.links is report.links and old.report.threads is report.threads
        same_checks = old is not None and (old.report.divergences, old.dismissed) == (report.divergences, dismissed)
        if old is not None and same_quotations:
            self.quotations, self.quotation_spans = old.quotations, old.quotation_spans
            self._quotations_at = old._quotations_at
        else:
            self._index_quotations()
        if old is not None and same_checks:
            self.to_check, self.check_spans, self._checks_at = old.to_check, old.check_spans, old._checks_at
        else:
            self._index_checks()
        if old is not None and same_links:
            self._counterparts, self.corrections = old._counterparts, old.corrections
        else:
            self._counterparts = self._index_links()
            own = [link for link in report.links if link.by != "engine"]
            self.corrections = frozenset(
                (self.number[ref.source], ref.passage) for link in own for ref in (link.a, link.b)
            )
        if old is not None and same_quotations and same_links and same_checks and old.report.alone is report.alone:
            self.passage_marks, self.reporting = old.passage_marks, old.reporting
        else:
            self.passage_marks = [self._marks_of(n) for n in range(len(self.sources))]
            self.reporting = [self._reporting(n) for n in range(len(self.sources))]

    def _index_quotations(self) -> None:
        self.quotations = [[] for _ in self.sources]
        for quotation in self.report.quotations:
            self.quotations[self.number[quotation.source]].append(quotation)
        self.quotation_spans = [
            SpanSet((q.start, q.end) for q in quotations if q.kind is not QuotationKind.REPORTED)
            for quotations in self.quotations
        ]
        self._quotations_at = self._by_passage(
            (n, q.start, q.end, q) for n, qs in enumerate(self.quotations) for q in qs
        )

    def _index_checks(self) -> None:
        self.to_check = tuple(
            d for d in self.report.divergences if d.kind not in NOT_TO_CHECK and d.id not in self.dismissed
        )
        spans: list[list[tuple[int, int]]] = [[] for _ in self.sources]
        for divergence in self.to_check:
            for s in divergence.spans:
                spans[self.number[s.source]].append((s.start, s.end))
        self.check_spans = [SpanSet(found) for found in spans]
        self._checks_at = self._by_passage(
            (self.number[s.source], s.start, s.end, d) for d in self.to_check for s in d.spans
        )

    def _index_links(self) -> dict[tuple[int, int], dict[tuple[int, int], Counterpart]]:
        found: dict[tuple[int, int], dict[tuple[int, int], Counterpart]] = defaultdict(dict)
        for link in self.report.links:
            a = (self.number[link.a.source], link.a.passage)
            b = (self.number[link.b.source], link.b.passage)
            found[a][b] = Counterpart(*b, link.score, link)
            found[b][a] = Counterpart(*a, link.score, link)
        for thread in self.report.threads:
            members = [(self.number[m.source], m.passage) for m in thread.members]
            for a in members:
                for b in members:
                    if a[0] != b[0] and b not in found[a]:
                        found[a][b] = Counterpart(*b, 0.0, None)
        return dict(found)

    @cached_property
    def _possible(self) -> dict[tuple[int, int], list[Counterpart]]:
        found: dict[tuple[int, int], list[Counterpart]] = defaultdict(list)
        for link in self.report.possible_links:
            a = (self.number[link.a.source], link.a.passage)
            b = (self.number[link.b.source], link.b.passage)
            found[a].append(Counterpart(*b, link.score, link))
            found[b].append(Counterpart(*a, link.score, link))
        return {at: sorted(others, key=lambda c: (-c.score, c.source, c.passage)) for at, others in found.items()}

    def possible(self, source: int, passage: int) -> list[Counterpart]:
        """Passages whose link to this one is possible but not likely, the best first. They count for nothing else."""
        return self._possible.get((source, passage), [])

    def counterparts(self, source: int, passage: int) -> list[Counterpart]:
        """In order of source, then the surest first."""
        found = self._counterparts.get((source, passage), {}).values()
        return sorted(found, key=lambda c: (c.source, -c.score, c.passage))

    def _reporting(self, number: int) -> tuple[int, ...]:
        passages = range(len(self.sources[number].passages))
        others = [len({source for source, _ in self._counterparts.get((number, n), ())}) for n in passages]
        return tuple(count + 1 if count else 0 for count in others)

    def _marks_of(self, number: int) -> list[tuple[Mark, ...]]:
        source = self.sources[number]
        checks, quoted = self.check_spans[number], self.quotation_spans[number]
        if not (checks or quoted or self._counterparts or self.report.alone):
            return [()] * len(source.passages)
        alone = self.report.alone[number] if self.report.alone else (Alone.UNSURE,) * len(source.passages)
        marks = []
        for n, passage in enumerate(source.passages):
            here = []
            if checks and checks.touches(passage.start, passage.end):
                here.append(Mark.CHECK)
            if quoted and quoted.touches(passage.start, passage.end):
                here.append(Mark.QUOTATION)
            links = [c.link for c in self._counterparts.get((number, n), {}).values()]
            if links:
                if any(link is not None and link.by != "engine" for link in links):
                    here.append(Mark.OWN)
                same = any(link is not None and link.kind is LinkKind.SAME for link in links)
                here.append(Mark.SAME if same else Mark.LINKED)
            elif alone[n] is Alone.SURE:
                here.append(Mark.ALONE)
            marks.append(tuple(here))
        return marks

    @cached_property
    def pending(self) -> tuple[Divergence, ...]:
        """What is to check and not decided: as many as every count says."""
        return tuple(d for d in self.to_check if d.id not in self.found_right)

    def is_comparable(self, number: int) -> bool:
        return self.report.comparable[number] if self.report.comparable else True

    def not_compared(self, number: int) -> str:
        """Why a source is not compared, in a few words; empty where that is its length, or not known."""
        known = (s.language for n, s in enumerate(self.sources) if self.is_comparable(n) and s.language)
        return not_compared(self.sources[number].language, next(known, None))

    def quotations_in(self, number: int, passage: int) -> list[Quotation]:
        return self._quotations_at.get((number, passage), [])

    def checks_in(self, number: int, passage: int) -> list[Divergence]:
        return self._checks_at.get((number, passage), [])

    def _passages_of(self, number: int, start: int, end: int) -> range:
        """The passages of a source that share a character with `[start, end)`."""
        source = self.sources[number]
        if not source.passages:
            return range(0)
        first, last = source.passage_at(start), source.passage_at(max(start, end - 1))
        return range(first + (source.passages[first].end <= start), last + 1)

    def _by_passage(self, found: Iterable[tuple[int, int, int, T]]) -> dict[tuple[int, int], list[T]]:
        """What stands on each passage, in the order of `found`: `(source, start, end, what)`, each once."""
        at: dict[tuple[int, int], list[T]] = defaultdict(list)
        for number, start, end, what in found:
            for passage in self._passages_of(number, start, end):
                here = at[number, passage]
                if not here or here[-1] is not what:
                    here.append(what)
        return dict(at)


def empty_index(sources: tuple[Source, ...]) -> StoryIndex:
    """The index before anything is compared: the text, and no marks."""
    return StoryIndex(Report(sources=sources))


def words_of(report: Report, divergence: Divergence) -> list[str]:
    """The words of a divergence's spans, as they stand in the sources."""
    texts = {source.id: source.text for source in report.sources}
    return [texts[s.source][s.start : s.end] for s in divergence.spans]


def decision_key(report: Report, divergence: Divergence) -> str:
    """The name under which a decision on a divergence is kept: it outlives shifted offsets and renamed files."""
    return key_of(divergence.kind, words_of(report, divergence))
