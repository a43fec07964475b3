"""A story in one line: how many sources, how many of them independent, what they tell together, and what to check.

"4 sources, 3 independent · 21 shared · 9 unique · 3 to check", shorter where there is less room. Where
some cannot be compared, it says how many can: "6 sources, 5 compared".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from summitreader.comparison.model import KINDS, Alone, Report


@dataclass(frozen=True, slots=True)
class Counts:
    """The story in figures: sources, those that can be compared, independent accounts among these, things told by two
    or more, passages that one alone surely tells, divergences to check (those of a kind that is a conflict, and
    updates) of which the reader has not decided, and those that the reader found right."""

    sources: int
    compared: int
    independent: int
    told_by_several: int
    told_by_one: int
    to_check: int
    found_right: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the line; `of` says what they count: `sources`, `several`, `one` or `check`."""

    of: str
    words: str


SEPARATOR = " · "


def counts(report: Report, dismissed: Collection[str] = (), right: Collection[str] = ()) -> Counts:
    """What the line is made of; divergences whose id is in `dismissed` or `right` were decided by the reader."""
    alone = sum(
        a is Alone.SURE and source.is_told(n)
        for source, flags in zip(report.sources, report.alone, strict=bool(report.alone))
        for n, a in enumerate(flags)
    )
    compared = report.compared
    merged = sum(max(0, sum(id in compared for id in a.sources) - 1) for a in report.accounts)
    flagged = [d.id for d in report.divergences if d.kind in KINDS and KINDS[d.kind].to_check]
    return Counts(
        sources=len(report.sources),
        compared=len(compared),
        independent=len(compared) - merged,
        told_by_several=sum(t.told_by > 1 for t in report.threads),
        told_by_one=alone,
        to_check=sum(id not in dismissed and id not in right for id in flagged),
        found_right=sum(id in right for id in flagged),
    )


def sources_in_words(n: Counts) -> str:
    """`6 sources, 5 compared, 4 independent`: what all sources are is not said apart."""
    compared = f", {n.compared} compared" if n.compared != n.sources else ""
    if n.compared < 2 <= n.sources:
        return f"{n.sources} sources, none can be compared"
    own = f", {n.independent} independent" if n.independent != n.compared else ""
    return f"{n.sources} {'source' if n.sources == 1 else 'sources'}{compared}{own}"


def summary_parts(n: Counts, width: int | None = None) -> tuple[Part, ...]:
    """The parts of the line, in at most `width` characters with separators: the longest form that fits.

    Where not even the shortest does, parts are left out from the front, so that what is to be checked goes last. Where
    nothing is surely told by one only, nothing is said of it: that there is none is not known.
    """
    sources = sources_in_words(n)
    right = f", {n.found_right} confirmed" if n.found_right else ""
    check = Part("check", f"{n.to_check} to check")
    whole = Part("check", f"{n.to_check} to check{right}")
    figures = Part("several", f"{n.told_by_several} shared"), Part("one", f"{n.told_by_one} unique")
    long, short = (*figures, whole), (*figures, check)
    fewer = sources.replace(" independent", " indep.")
    forms: list[tuple[Part, ...]] = [
        (Part("sources", sources), *long),
        (Part("sources", sources), *short),
        (Part("sources", fewer), *short),
        short,
        (short[0], check),
    ]
    if not n.told_by_one:
        forms = [tuple(part for part in form if part.of != "one") for form in forms]
    return next((form for form in forms if width is None or _size(form) <= width), (check,))


def _size(parts: tuple[Part, ...]) -> int:
    return sum(len(part.words) for part in parts) + len(SEPARATOR) * (len(parts) - 1)


def summary_line(report: Report, width: int | None = None, right: Collection[str] = ()) -> str:
    """One line for a whole story, in the order sources, independence, told by several, by one, to check; `right` as in
    `counts`."""
    return SEPARATOR.join(part.words for part in summary_parts(counts(report, right=right), width))
