"""Figures across a whole story: pairs that differ, gathered so that each quantity is one divergence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from summitreader.comparison.divergence.confidence import confidence
from summitreader.comparison.divergence.figure_context import TOLLS, Figure, figures_of
from summitreader.comparison.divergence.figures import Bound, Sort, Value
from summitreader.comparison.divergence.number import SHOWN, NumberConflict, apart, number_conflicts
from summitreader.comparison.divergence.pairs import years_and_months
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.divergence.wording import around, plainly_cut
from summitreader.comparison.divergence.words import DASHES
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
