"""The kinds of divergence: what each is called, and whether it is a conflict. How often each was right is in
docs/divergences.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of divergence. `conflict` says whether two sources report what cannot both be right, or hardly; the other
    kinds say who reports what, and where."""

    name: str
    words: str
    conflict: bool = False

    @property
    def to_check(self) -> bool:
        """Whether it belongs in the queue of what cannot both be right, or has changed."""
        return self.conflict or self.name == "update"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("number", "figures that differ", conflict=True),
        Kind("date", "times that differ", conflict=True),
        Kind("name", "names that differ", conflict=True),
        Kind("quotation", "quoted in different words", conflict=True),
        Kind("update", "a later figure"),
        Kind("says-silent", "says that another is silent"),
        Kind("silent", "left out by one"),
        Kind("placement", "leads with it, or has it far down"),
        Kind("only", "only in one source"),
    )
}
"""In the order in which equals stand in the queue."""

ALL = frozenset(KINDS)
CONFLICTS = frozenset(k.name for k in KINDS.values() if k.conflict)
