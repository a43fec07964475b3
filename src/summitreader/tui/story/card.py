"""The card below the text: what is known of the passage under the cursor and is not visible above. Pure.

A divergence shows every side with all its sources, and how likely it is to be a real conflict. Without one, the card is
one line: how many sources report the passage, where it is in a source that is in no pane, and who has no match.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from summitreader.comparison.model import KINDS, Alone, Divergence, letter_of
from summitreader.text.gate import shown_line
from summitreader.tui.story.index import Counterpart, StoryIndex
from summitreader.tui.story.inspection import name_of, spoken_by

Piece = tuple[str, str]
CardLine = tuple[Piece, ...]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_in_words(published: str | None) -> str:
    """`7 Jun 2025` of `2025-06-07T10:00`; empty for what does not begin with a day."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", published or "")
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}" if found and 1 <= int(found[2]) <= 12 else ""


def lettered(index: StoryIndex, number: int) -> str:
    """`A Aldermere Post`."""
    return f"{letter_of(number)} {shown_line(name_of(index.sources[number]))}"


def check_card(index: StoryIndex, divergence: Divergence) -> tuple[CardLine, ...]:
    """The sides of a divergence, one a line, with the place of each source; last, who else reports it and who has no
    match."""
    kind = KINDS[divergence.kind]
    at = next((n for n, d in enumerate(index.pending, 1) if d.id == divergence.id), 0)
    state = "Confirmed" if divergence.id in index.found_right else "Dismissed"
    number = f"Check {at} of {len(index.pending)}" if at else state
    likely = f"likely {kind.claim} ({round(10 * divergence.confidence)} in 10)"
    lines: list[CardLine] = [
        (
            (f"≠ {number} · ", "check"),
            (kind.words, "strong"),
            (f"   {likely}" if at else "", "dim"),
        )
    ]
    for side in divergence.sides:
        places = []
        for span in side.spans:
            n = index.number[span.source]
            source = index.sources[n]
            places.append(f"{lettered(index, n)} {source.place_name(source.passage_at(span.start))}")
        words = " ".join(shown_line(side.words).split())
        lines.append(((f"  {words}", "check"), (f"   {' · '.join(dict.fromkeys(places))}", "dim")))
    for words, sources in zip(("also reported by", "no match"), index.report.off_sides(divergence), strict=True):
        if sources:
            names = " · ".join(lettered(index, index.number[id]) for id in sources)
            lines.append(((f"  {words}: {names}", "dim"),))
    return tuple(lines)


def passage_card(
    index: StoryIndex, number: int, passage: int, visible: Collection[int], *, compared: bool, doing: str = ""
) -> CardLine:
    """What is known of a passage, in one line; `visible` are the sources on the screen."""
    source = index.sources[number]
    if not source.is_told(passage):
        return (("Byline or page furniture: not compared", "dim"),)
    if not compared:
        return (((doing or "Comparing …").capitalize(), "dim"),)
    if not index.is_comparable(number):
        why = index.not_compared(number)
        return ((f"This source is not compared{why and f': {why}'}", "dim"),)
    counterparts = index.counterparts(number, passage)
    line: list[Piece] = [_standing(index, number, passage, counterparts)]
    if speakers := dict.fromkeys(filter(None, map(spoken_by, index.quotations_in(number, passage)))):
        line.append((f" · {', '.join(map(shown_line, speakers))}", "quotation"))
    elsewhere = [c for c in _best(counterparts) if c.source not in visible]
    if elsewhere:
        places = (f"{lettered(index, c.source)} {index.sources[c.source].place_name(c.passage)}" for c in elsewhere)
        line.append((f" · also {', '.join(places)}", ""))
    reporting = {number, *(c.source for c in counterparts)}
    unmatched = [n for n in range(len(index.sources)) if n not in reporting and index.is_comparable(n)]
    if counterparts and unmatched:
        line.append((f" · no match: {' '.join(map(letter_of, unmatched))}", "dim"))
    return tuple(line)


def _best(counterparts: Iterable[Counterpart]) -> Sequence[Counterpart]:
    """The best counterpart of each source, in order of the sources."""
    best: dict[int, Counterpart] = {}
    for c in counterparts:
        best.setdefault(c.source, c)
    return list(best.values())


def _standing(index: StoryIndex, number: int, passage: int, counterparts: Sequence[Counterpart]) -> Piece:
    alone = index.report.alone[number][passage] if index.report.alone else Alone.UNSURE
    if not counterparts:
        only = alone is Alone.SURE
        return (
            ("Only in this source (high confidence)", "strong")
            if only
            else ("No match found (there may be one)", "dim")
        )
    reporting = {number, *(c.source for c in counterparts)}
    comparable = [n for n in range(len(index.sources)) if index.is_comparable(n)]
    aside = len(index.sources) - len(comparable)
    words = "In all" if reporting >= set(comparable) else f"In {len(reporting)} of"
    tail = f" · {aside} not compared" if aside else ""
    return (f"{words} {len(comparable)} sources{tail}", "linked")
