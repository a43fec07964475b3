"""The kinds of divergence: what each is called, and whether it is shown unless the reader asks otherwise.

A conflict of a kind that was not shown to be right in 0.6 of at least forty cases that were read and judged is off. Of
`date` there are not forty in all the material at hand; it is on by what there is, 18 of 24 by a reader who made none of
its rules (29 of 32 by the one who did). The figures are in docs/divergences.md, the rows in
benchmarks/judged_divergences*.jsonl. `find_divergences(kinds=…)` asks for any of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of divergence. `conflict` says whether two sources tell what cannot both be right, or hardly; the other
    kinds say who tells what, and where. `judged` and `right` count the cases that were read."""

    name: str
    words: str
    conflict: bool
    shown: bool
    judged: int = 0
    right: int = 0

    @property
    def to_check(self) -> bool:
        """Whether it belongs in the queue of what cannot both be right, or has changed."""
        return self.conflict or self.name == "update"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("number", "figures that differ", conflict=True, shown=True, judged=61, right=47),
        Kind("date", "days that differ", conflict=True, shown=True, judged=24, right=18),
        Kind("name", "names that differ", conflict=True, shown=True, judged=50, right=34),
        Kind("quotation", "quoted in words that differ in meaning", conflict=True, shown=False, judged=62, right=23),
        Kind("update", "a later figure", conflict=False, shown=True),
        Kind("says-silent", "says that another is silent", conflict=False, shown=True),
        Kind("silent", "what most tell and one leaves out", conflict=False, shown=True),
        Kind("placement", "what one leads with and another buries", conflict=False, shown=True),
        Kind("only", "told by one only", conflict=False, shown=True),
    )
}
"""In the order in which equals stand in the queue."""

ALL = frozenset(KINDS)
ON_BY_DEFAULT = frozenset(k.name for k in KINDS.values() if k.shown)
SHOWN_BY_DEFAULT = ON_BY_DEFAULT
CONFLICTS = frozenset(k.name for k in KINDS.values() if k.conflict)


def off_in_words(kinds: Collection[str] = ON_BY_DEFAULT) -> str:
    """The kinds of conflict that are not among `kinds`, in words, each with how often it was right; empty for none."""
    return ", ".join(
        f"{k.words} ({k.right} of {k.judged} right)" for k in KINDS.values() if k.conflict and k.name not in kinds
    )
