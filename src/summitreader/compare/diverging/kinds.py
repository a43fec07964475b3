"""The kinds of divergence: what each is called, and whether it is shown unless the reader asks otherwise.

A kind is shown by default where at least 0.6 of the cases that were read and judged are right (docs/divergences.md has
the figures, benchmarks/judged_divergences.jsonl the rows).
"""

from __future__ import annotations

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
        Kind("number", "figures that differ", conflict=True, shown=True),
        Kind("date", "days that differ", conflict=True, shown=True),
        Kind("name", "names that differ", conflict=True, shown=True),
        Kind("polarity", "said and denied", conflict=True, shown=True),
        Kind("attribution", "said by different mouths", conflict=True, shown=True),
        Kind("quotation", "quoted in words that differ in meaning", conflict=True, shown=True),
        Kind("certainty", "a fact here, a claim there", conflict=True, shown=True),
        Kind("update", "a later figure", conflict=False, shown=True),
        Kind("says-silent", "says that another is silent", conflict=False, shown=True),
        Kind("silent", "what most tell and one leaves out", conflict=False, shown=True),
        Kind("placement", "what one leads with and another buries", conflict=False, shown=True),
        Kind("only", "told by one only", conflict=False, shown=True),
    )
}
"""In the order in which equals stand in the queue."""

SHOWN_BY_DEFAULT = frozenset(k.name for k in KINDS.values() if k.shown)
CONFLICTS = frozenset(k.name for k in KINDS.values() if k.conflict)
