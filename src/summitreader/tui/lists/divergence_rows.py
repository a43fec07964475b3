"""What is to be checked, what was decided of it, what is left out or stands elsewhere, and who copies whom: as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from summitreader.comparison.divergence import sayings, terms
from summitreader.comparison.model import KINDS, Divergence, letter_of
from summitreader.notes.model import Verdict
from summitreader.text import Source
from summitreader.text.gate import shown
from summitreader.tui.layout.document import display_form, drawn_words, without_signs
from summitreader.tui.layout.marks import EMPTY, SpanSet
from summitreader.tui.story.index import NOT_TO_CHECK, StoryIndex
from summitreader.tui.story.inspection import Entry, Inspection, kind_in_words, name_of
from summitreader.tui.widgets.query_line import containing, folded
from summitreader.tui.widgets.row_list import Heading


class Shown(StrEnum):
    """What the list holds."""

    TO_CHECK = "to check"
    RIGHT = "confirmed"
    DISMISSED = "dismissed"
    TELLING = "omissions"
    COPIED = "copies"
    NAMED = "names used"
    SAID = "reporting verbs"


BESIDE = frozenset({Shown.COPIED, Shown.NAMED, Shown.SAID})
"""Lists without decisions."""


class Order(StrEnum):
    """How what is to be checked stands."""

    SUREST = "likely first"
    KIND = "by kind"
    PLACE = "as in the texts"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the ways in which a thing is told: its words, what stands around few words, and the sources that have it
    so."""

    before: str
    words: str
    after: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class CheckRow:
    """A divergence. `places` are `(source, passage)` of its spans, parallel to `spans`, `(source, start, end)`."""

    key: str
    divergence: Divergence
    verdict: Verdict | None
    sides: tuple[Side, ...]
    spans: tuple[tuple[int, int, int], ...]
    places: tuple[tuple[int, int], ...]
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        d = self.divergence
        return folded(" ".join([d.kind, kind_in_words(d.kind), d.summary, d.reason, *(s.words for s in self.sides)]))


@dataclass(frozen=True)
class CopyRow:
    """The share of `a`'s words, 0 to 1, that stand in `b` too in long runs; `one_account` says what it comes to."""

    key: str
    a: int
    b: int
    shared_words: float
    one_account: bool
    credit: str
    names: tuple[str, str]
    taken: str = ""
    """`likely` or `perhaps` where `a` took its words from `b`, with `why`."""
    why: str = ""
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(" ".join([*self.names, self.credit, self.taken, self.why]))


@dataclass(frozen=True)
class NameRow:
    """What sources call one person or place, or with which verbs they tell one saying: `forms` are `(source, ((words,
    how often), …))`, 0 where that is not counted; `place`, `(source, passage)`, is where it first stands."""

    key: str
    name: str
    sort: str
    forms: tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
    place: tuple[int, int]
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(" ".join([self.name, self.sort, *(words for _, own in self.forms for words, _ in own)]))


def check_rows(index: StoryIndex, verdict: Callable[[Divergence], Verdict | None]) -> tuple[CheckRow, ...]:
    """Every divergence that the report shows, in its order: what cannot both be right first, most likely first."""
    return tuple(_row(index, d, verdict(d)) for d in index.report.divergences)


def _row(index: StoryIndex, divergence: Divergence, verdict: Verdict | None) -> CheckRow:
    spans = tuple((index.number[s.source], s.start, s.end) for s in divergence.spans)
    places = tuple((n, index.sources[n].passage_at(start)) for n, start, _ in spans)
    found = []
    for side in divergence.sides:
        members = [index.number[span.source] for span in side.spans]
        before, words, after = _in_context(index.sources[members[0]], side.spans[0].start, side.spans[0].end)
        found.append(Side(before, words, after, tuple(dict.fromkeys(members))))
    return CheckRow(divergence.id or str(id(divergence)), divergence, verdict, tuple(found), spans, places)


_FEW = 24
"""Characters under which words are shown with what stands around them."""


def _in_context(source: Source, start: int, end: int) -> tuple[str, str, str]:
    """The words of a span, safe to show, with a few whole words of its passage on each side where they are few."""
    words = drawn_words(source, start, end)
    if end - start >= _FEW or not source.passages:
        return "", words, ""
    passage = source.passages[source.passage_at(start)]
    before = drawn_words(source, max(passage.start, start - _FEW), start)
    after = drawn_words(source, end, min(passage.end, end + _FEW))
    if start - _FEW > passage.start:
        before = before[before.find(" ") + 1 :] if " " in before else ""
    if end + _FEW < passage.end:
        after = after[: after.rfind(" ")] if " " in after else ""
    return before, words, after


def copy_rows(index: StoryIndex) -> tuple[CopyRow, ...]:
    """Pairs of which one holds long runs of the other's words, the most first."""
    together = {
        (index.number[a], index.number[b]): account.credit or ""
        for account in index.report.accounts
        for a in account.sources
        for b in account.sources
        if a != b
    }
    rows = []
    for pair in index.report.independence:
        a, b = index.number[pair.a], index.number[pair.b]
        if pair.shared_words > 0 or (a, b) in together:
            names = (name_of(index.sources[a]), name_of(index.sources[b]))
            credit = together.get((a, b), "")
            taken, why = (pair.taken.sure, "; ".join(pair.taken.reasons)) if pair.taken else ("", "")
            words = (display_form(shown(taken)), display_form(shown(why)))
            rows.append(CopyRow(f"{a}>{b}", a, b, pair.shared_words, (a, b) in together, credit, names, *words))
    return tuple(sorted(rows, key=lambda row: (-row.shared_words, row.a, row.b)))


def name_rows(index: StoryIndex) -> tuple[NameRow, ...]:
    """The persons and places that sources call differently, those with most names first."""
    rows = []
    for term in terms(index.report):
        forms: dict[int, list[tuple[str, int]]] = {}
        for form in term.forms:
            words = display_form(shown(form.words))
            forms.setdefault(index.number[form.source], []).append((words, form.count))
        first = term.forms[0].first
        n = index.number[first.source]
        own = tuple((source, tuple(words)) for source, words in sorted(forms.items()))
        place = (n, index.sources[n].passage_at(first.start))
        rows.append(NameRow(f"name {term.sort} {term.name}", display_form(shown(term.name)), term.sort, own, place))
    return tuple(rows)


def _different(names: Collection[str]) -> list[str]:
    """The names of different speakers, the fullest of each ("Keller" is "Anna Keller" where she is named)."""
    found: list[str] = []
    for name in sorted(names, key=lambda name: (-len(name.split()), name)):
        if not any(set(name.casefold().split()) <= set(other.casefold().split()) for other in found):
            found.append(name)
    return found


_QUOTED = 60
"""Characters of a saying that stand for it."""


def verb_rows(index: StoryIndex) -> tuple[NameRow, ...]:
    """The sayings that sources introduce by different verbs, in the order of the report: whose, and each one's verb.

    Where sources give a saying to different speakers, each verb stands with its own.
    """
    rows: dict[tuple[object, ...], NameRow] = {}
    by_id = {q.id: q for q in index.report.quotations}
    for n, row in enumerate(sayings(index.report)):
        forms: dict[int, dict[str, int]] = {}
        told = [saying for saying in row if saying.cue]
        speakers = _different({saying.speaker for saying in told if saying.speaker})
        if len({saying.cue.casefold() for saying in told if saying.cue}) < 2 or len({s.source for s in told}) < 2:
            continue
        for saying in told:
            who = f" ({saying.speaker})" if saying.speaker and len(speakers) > 1 else ""
            forms.setdefault(index.number[saying.source], {})[display_form(shown(f"{saying.cue}{who}"))] = 0
        first = row[0]
        source = index.number[first.source]
        words = without_signs(by_id[first.quotation].text, index.sources[source])
        cut = words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"
        speaker = speakers[0] if len(speakers) == 1 else ""
        own = tuple((number, tuple(cues.items())) for number, cues in sorted(forms.items()))
        place = (source, index.sources[source].passage_at(by_id[first.quotation].start))
        name = f"“{display_form(shown(cut)).strip()}”"
        rows.setdefault((own, place), NameRow(f"said {n}", name, display_form(shown(speaker)), own, place))
    return tuple(rows.values())


def counted(rows: Sequence[CheckRow]) -> dict[Shown, int]:
    """How many rows each state of the queue holds."""
    return {state: sum(_belongs(row, state) for row in rows) for state in Shown if state not in BESIDE}


def _belongs(row: CheckRow, state: Shown) -> bool:
    if state is Shown.RIGHT:
        return row.verdict is Verdict.RIGHT
    if state is Shown.DISMISSED:
        return row.verdict is Verdict.DISMISSED
    telling = row.divergence.kind in NOT_TO_CHECK
    return row.verdict is None and telling is (state is Shown.TELLING)


def arranged(rows: Sequence[CheckRow], state: Shown, order: Order, query: str) -> list[CheckRow | Heading]:
    """The rows of `state` that `query` leaves, in `order`; by kind, each kind has a heading."""
    wanted = containing(query)
    left = [row for row in rows if _belongs(row, state) and wanted(row.folded)]
    if order is Order.PLACE:
        left.sort(key=lambda row: min(row.spans, default=(0, 0, 0)))
    if order is not Order.KIND:
        return [*left]
    found: list[CheckRow | Heading] = []
    kinds = dict.fromkeys(row.divergence.kind for row in left)
    for kind in sorted(kinds, key=lambda kind: list(KINDS).index(kind) if kind in KINDS else len(KINDS)):
        members = [row for row in left if row.divergence.kind == kind]
        found += [Heading(f"kind {kind}", kind_in_words(kind), str(len(members))), *members]
    return found


def inspect_divergence(index: StoryIndex, row: CheckRow) -> Inspection:
    """The passages side by side with the words that differ, what was flagged, and why."""
    d = row.divergence
    entries = []
    for place in _each_side_first(row):
        own = [(start, end) for (n, start, end), at in zip(row.spans, row.places, strict=True) if at == place]
        relation = "" if len(row.sides) < 2 else f"side {_side_of(row, place[0])} of {len(row.sides)}"
        words = SpanSet(own) if d.kind in NOT_TO_CHECK or row.verdict else EMPTY
        entries.append(Entry(*place, relation, words))
    verdict = {Verdict.RIGHT: "confirmed  ", Verdict.DISMISSED: "dismissed  ", None: ""}[row.verdict]
    summary = (
        (verdict, "strong"),
        (f"{kind_in_words(d.kind)}  ", "check" if d.kind not in NOT_TO_CHECK else "linked"),
        (d.summary, ""),
        (f"  likely ({round(10 * d.confidence)} in 10)", "dim"),
    )
    absent = [index.number[id] for id in d.silent]
    silent = [f"{letter_of(n)} {name_of(index.sources[n])}: no match" for n in absent]
    return Inspection(summary, tuple(entries), (), tuple([f"why: {d.reason}"] if d.reason else []) + tuple(silent))


def _each_side_first(row: CheckRow) -> list[tuple[int, int]]:
    """The places of a row, one of each side before a second of any, so that a narrow preview shows what differs."""
    met: Counter[int] = Counter()
    turns = []
    for place in dict.fromkeys(row.places):
        side = _side_of(row, place[0])
        turns.append((met[side], side, place))
        met[side] += 1
    return [place for _, _, place in sorted(turns, key=lambda turn: turn[:2])]


def _side_of(row: CheckRow, source: int) -> int:
    return next((n for n, side in enumerate(row.sides, 1) if source in side.sources), 0)
