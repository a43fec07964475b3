"""Figures across a whole story: pairs that differ, gathered so that each quantity is one divergence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from summitreader.comparison.divergence.figure_context import TOLLS, Figure, figures_of
from summitreader.comparison.divergence.figures import Bound, Sort, Value, values_in
from summitreader.comparison.divergence.names import names_in
from summitreader.comparison.divergence.number import SHOWN, NumberConflict, apart, comparable, number_conflicts
from summitreader.comparison.divergence.pairs import years_and_months
from summitreader.comparison.divergence.story import Story, around, confidence, made, plainly_cut, quoted
from summitreader.comparison.divergence.words import DASHES, STOP_WORDS, content_stems, stem
from summitreader.comparison.model import Divergence, PassageRef
from summitreader.text.tokens import Token, tokens_of

_JOINS = 0.75
"""Share of the evidence of the surest pair of a quantity that a pair with a third amount needs to join it."""


@dataclass(frozen=True, slots=True)
class _Told:
    ref: PassageRef
    figure: Figure


def find_numbers(story: Story) -> list[Divergence]:
    """One divergence for each quantity that sources tell with amounts that cannot both be right."""
    pairs: list[tuple[NumberConflict, _Told, _Told]] = []
    told, common = _figures(story), story.common_names
    for pair in story.heard(story.pairs):
        texts = story.text(pair.a), story.text(pair.b)
        ours, theirs = years_and_months(texts[0]), years_and_months(texts[1])
        if not pair.linked and ours and theirs and ours != theirs:
            continue
        for conflict in number_conflicts(*texts, pair.sure, common, pair.overlap):
            a, b = _Told(pair.a, conflict.a), _Told(pair.b, conflict.b)
            if conflict.evidence >= SHOWN and (pair.linked or _near(conflict)):
                if _older_by_then(story, a, b) or _of_another_week(story, a, b):
                    continue
                if not _told_elsewhere(told, a, b) and not _told_elsewhere(told, b, a):
                    pairs.append((conflict, a, b))
    return [_divergence(story, group) for group in _groups(pairs)]


def _figures(story: Story) -> dict[str, dict[tuple[object, ...], list[_Told]]]:
    """For each source its figures by sort, unit and amount."""
    found: dict[str, dict[tuple[object, ...], list[_Told]]] = {}
    for source, numbers in story.told_passages.items():
        here = found.setdefault(source, {})
        for n in story.heard(numbers):
            ref = PassageRef(source, n)
            for figure in figures_of(story.text(ref)):
                here.setdefault(_amount(figure), []).append(_Told(ref, figure))
    return found


def _amount(figure: Figure) -> tuple[object, ...]:
    return figure.value.sort, figure.value.unit, figure.value.low, figure.value.parts


def _told_elsewhere(told: dict[str, dict[tuple[object, ...], list[_Told]]], here: _Told, there: _Told) -> bool:
    """Whether the source of `here` itself tells the amount of `there` for the same thing in another passage."""
    wanted = there.figure
    for other in told[here.ref.source].get(_amount(wanted), ()):
        alike = other.figure.head == wanted.head or other.figure.event == wanted.event != ""
        if alike and other.ref != here.ref:
            return True
    return False


_NEAR = 1.34
"""Ratio up to which two amounts of passages that no link joins may be of one thing."""
_NEAR_SHOWN = 0.7
"""Chance of one quantity from which they are shown; for counts within a quarter of each other the next will do."""
_COUNT_SHOWN, _QUARTER = 0.55, 1.26


def _near(conflict: NumberConflict) -> bool:
    """Whether two figures are likely of one thing though their passages are not linked: nearly the same amount."""
    small, large = sorted((conflict.a.value.low, conflict.b.value.low))
    varies = conflict.a.value.unit == "time" or conflict.a.value.sort is Sort.AGE
    if conflict.a.value.sort is Sort.COUNT and large <= _QUARTER * small:
        return conflict.evidence >= _COUNT_SHOWN
    return conflict.evidence >= _NEAR_SHOWN and large <= _NEAR * small and not varies


def _older_by_then(story: Story, a: _Told, b: _Told) -> bool:
    """Whether two ages differ as the times of publication do: a suspect of 27 is a convict of 29 two years later."""
    if a.figure.value.sort is not Sort.AGE:
        return False
    first, second = story.written(a.ref.source), story.written(b.ref.source)
    if first is None or second is None:
        return False
    years = (second - first).days / 365.25
    return abs(years) >= 1 and abs((b.figure.value.low - a.figure.value.low) - years) <= 1


_WEEK = 7
"""Days between two publications from which what is counted anew (delegates, prices, places) has changed meanwhile."""


def _of_another_week(story: Story, a: _Told, b: _Told) -> bool:
    """Whether two figures that change with time were published a week or more apart; tolls and ages are told as
    updates, or grow with the years."""
    if a.figure.event in TOLLS or a.figure.value.sort is Sort.AGE or a.figure.value.sort is Sort.MAGNITUDE:
        return False
    first, second = story.written(a.ref.source), story.written(b.ref.source)
    return first is not None and second is not None and abs((second - first).days) >= _WEEK


def _groups(
    pairs: list[tuple[NumberConflict, _Told, _Told]],
) -> list[list[tuple[NumberConflict, _Told, _Told]]]:
    """Pairs that tell the same amounts of one thing together; surest first, the surest pair of each group in front."""
    groups: list[list[tuple[NumberConflict, _Told, _Told]]] = []
    home: dict[tuple[object, ...], int] = {}
    for pair in sorted(pairs, key=lambda p: -p[0].evidence):
        mine = [_key(pair[1]), _key(pair[2])]
        at = min((home[key] for key in mine if key in home), default=None)
        if at is None:
            at = len(groups)
            groups.append([])
        elif any(key not in home for key in mine) and pair[0].evidence < _JOINS * groups[at][0][0].evidence:
            continue
        groups[at].append(pair)
        for key in mine:
            home.setdefault(key, at)
    return groups


def _key(told: _Told) -> tuple[object, ...]:
    value = told.figure.value
    return value.sort, value.unit, value.low, value.parts, told.figure.event or told.figure.head


def _divergence(story: Story, group: list[tuple[NumberConflict, _Told, _Told]]) -> Divergence:
    best, first, second = group[0]
    sides: list[list[_Told]] = [[first], [second]]
    heard = {first.ref.source, second.ref.source}
    for _, a, b in group[1:]:
        for told in (a, b):
            if told.ref.source in heard:
                continue
            side = next((s for s in sides if all(_one_amount(t.figure.value, told.figure.value) for t in s)), None)
            if side is not None:
                side.append(told)
            elif all(apart(t.figure.value, told.figure.value) for s in sides for t in s):
                sides.append([told])
            else:
                continue
            heard.add(told.ref.source)
    sides[:2] = sorted(sides[:2], key=lambda side: story.place(side[0].ref))
    sides[2:] = sorted(sides[2:], key=lambda side: story.place(side[0].ref))
    spans = [[story.span(t.ref, t.figure.value.start, t.figure.value.end) for t in side] for side in sides]
    kind, reason = _kind(story, sides, best.reason)
    names = [f"{_who(story, side)} {quoted(snippet(story.text(side[0].ref), side[0].figure))}" for side in sides]
    summary = ", ".join(names[:-1]) + f"; {names[-1]}." if len(names) > 1 else names[0]
    return made(
        story,
        kind,
        spans,
        confidence=confidence("number", best.evidence),
        summary=summary,
        reason=reason,
    )


def _one_amount(a: Value, b: Value) -> bool:
    """Whether two figures name one amount, so that one heading fits both: "at least 50" allows 70, and is not it."""
    return not apart(replace(a, bound=Bound.EXACT), replace(b, bound=Bound.EXACT))


def _who(story: Story, side: list[_Told]) -> str:
    names = list(dict.fromkeys(story.labels[t.ref.source] for t in side))
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} more have"
    return f"{' and '.join(names)} {'has' if len(names) == 1 else 'have'}"


def _kind(story: Story, sides: list[list[_Told]], reason: str) -> tuple[str, str]:
    """`update` where a toll grows or shrinks steadily with the time of publication, else `number`.

    Sources whose time is not known take no part in it; two sides at least must be dated.
    """
    dated = sorted(
        {
            (day, t.figure.value.low)
            for side in sides
            for t in side
            if (day := story.published(t.ref.source)) is not None
        }
    )
    tolls = all(t.figure.event in TOLLS and t.figure.value.sort is Sort.COUNT for side in sides for t in side)
    steps = [
        (before[1], after[1])
        for before, after in pairwise(dated)
        if before[0][:10] != after[0][:10] or (len(before[0]) > 10 and len(after[0]) > 10)
    ]
    rising, falling = all(x <= y for x, y in steps), all(x >= y for x, y in steps)
    moved = len({value for _, value in dated}) > 1 and any(x != y for x, y in steps)
    if tolls and moved and (rising or falling):
        return "update", f"{reason}; it {'grows' if rising else 'shrinks'} from one publication to the next"
    return "number", reason


def snippet(text: str, figure: Figure) -> str:
    """The figure with what stands right before it and what it counts, as it stands in the passage; where that is the
    figure alone ("29"), with the words around it."""
    words = tokens_of(text)
    first, last = figure.value.first, figure.value.last
    reach = 3
    while first > 0 and reach and (_in_the_phrase(words, first - 1) or words[first - 1].text in DASHES):
        first, reach = first - 1, reach - (words[first - 1].kind == "word")
    reach = 4
    while last + 1 < len(words) and ((reach and words[last + 1].kind == "word") or _tied(words, last, last + 1)):
        reach -= not _tied(words, last, last + 1)
        last += 1
        if words[last].text[-1:] == ".":
            break
    if last == figure.value.last and first == figure.value.first:
        return around(text, words[first].start, words[last].end, _ALONE)
    return plainly_cut(text[words[first].start : words[last].end])


_ALONE = 32
"""Characters either side of a figure that stands alone."""


def _in_the_phrase(words: tuple[Token, ...], n: int) -> bool:
    return words[n].kind == "word" and words[n].text[0].islower()


def _tied(words: tuple[Token, ...], n: int, m: int) -> bool:
    """Whether a dash ties two neighbouring words with no space between ("AK-47", "year-old")."""
    return words[n].end == words[m].start and bool({words[n].text, words[m].text} & DASHES)


_FIRST = re.compile(
    r"\b(first|biggest|largest|worst|highest|lowest|deadliest|longest)((?:\s+[\w-]+){0,8}?)\s+"
    r"(?:in|since|for)\s+"
    r"((?:about |nearly |almost |more than |over )?(?:\d+|[a-z]+) (?:years|months|decades|weeks)|\d{4})"
)


@dataclass(frozen=True, slots=True)
class First:
    """`[start, end)` of the passage; `of` are the stems of what it is first of, `period` how long since another."""

    start: int
    end: int
    rank: str
    of: frozenset[str]
    period: str

    def words(self, text: str) -> str:
        return text[self.start : self.end]


def firsts_in(text: str) -> tuple[First, ...]:
    """The firsts of `text` that bear a period."""
    found = []
    for match in _FIRST.finditer(text):
        of = []
        for word in tokens_of(match.group(2)):
            if word.low in STOP_WORDS or word.kind != "word" or word.is_capital:
                break
            of.append(stem(word.low))
        of = of or _noun_before(text[: match.start()])
        found.append(First(match.start(), match.end(), match.group(1), frozenset(of), match.group(3)))
    return tuple(found)


def _noun_before(text: str) -> list[str]:
    """The noun that a bare first stands in apposition to: "the visit, his first in 11 years"."""
    for word in reversed(tokens_of(text)[-5:]):
        if word.kind == "word" and word.low not in STOP_WORDS and not word.is_capital:
            return [stem(word.low)]
    return []


def find_firsts(story: Story) -> list[Divergence]:
    """Pairs of firsts with one rank and period that are told of one person or place, one of something narrower."""
    told: list[tuple[PassageRef, First]] = []
    for source in story.report.sources:
        if story.comparable[source.id]:
            for n in story.heard(story.told_passages[source.id]):
                ref = PassageRef(source.id, n)
                told.extend((ref, first) for first in firsts_in(story.text(ref)))
    groups: list[tuple[str, list[tuple[PassageRef, First]]]] = []
    for n, (ref_a, a) in enumerate(story.heard(told)):
        for ref_b, b in told[n + 1 :]:
            reason = _parting(a, b)
            if ref_a.source == ref_b.source or not reason or not _of_one(story.text(ref_a), story.text(ref_b)):
                continue
            home = next((g for r, g in groups if r == reason and g[0][1].rank == a.rank), None)
            if home is None:
                groups.append((reason, [(ref_a, a), (ref_b, b)]))
            else:
                home.extend(t for t in ((ref_a, a), (ref_b, b)) if all(t[0].source != k[0].source for k in home))
    return [_divergence_of_firsts(story, reason, group) for reason, group in groups]


_OTHER_TIME = "the same first, since another time"
_OTHER_SCOPE = "the same first, of something wider in one and narrower in the other"


def _parting(a: First, b: First) -> str:
    """Why two firsts part, or nothing: of one thing since another time, or of something narrower since the same."""
    if a.rank != b.rank or not (a.of <= b.of or b.of <= a.of) or not (a.of and b.of):
        return ""
    if _periods_apart(a.period, b.period):
        return _OTHER_TIME
    return _OTHER_SCOPE if a.of != b.of and a.period == b.period else ""


def _divergence_of_firsts(story: Story, reason: str, group: list[tuple[PassageRef, First]]) -> Divergence:
    sides: list[list[tuple[PassageRef, First]]] = []
    for told in group:
        side = next((s for s in sides if not _parting(s[0][1], told[1])), None)
        if side is None:
            sides.append([told])
        else:
            side.append(told)
    spans = [[story.span(ref, first.start, first.end) for ref, first in side] for side in sides]
    parts = [f"{story.labels[s[0][0].source]} has {quoted(s[0][1].words(story.text(s[0][0])))}" for s in sides]
    return made(
        story, "number", spans, confidence=confidence("number", 2.9 if reason == _OTHER_TIME else 0.0),
        summary="; ".join(parts) + ".", reason=reason,
    )  # fmt: skip


def _periods_apart(a: str, b: str) -> bool:
    """Whether two periods cannot be the same: "11 years" and "12 years", not "11 years" and "2014"."""
    ours, theirs = values_in(a), values_in(b)
    return bool(ours and theirs) and comparable(ours[0], theirs[0]) and apart(ours[0], theirs[0])


def _of_one(a: str, b: str) -> bool:
    names_a = {w for name in names_in(a) for w in name.key} | content_stems(a)
    names_b = {w for name in names_in(b) for w in name.key} | content_stems(b)
    return len(names_a & names_b) >= 2
