"""The jump list: where one was before each jump, to go back and forward through, over all views and stories."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

_MOST = 200

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a source in the reader, by their numbers; or a row of another view, by its key."""

    story: str
    view: str
    source: int = 0
    passage: int = 0
    row: str = ""


@dataclass
class Jumps(Generic[P]):
    """`back` gives the place before, `forward` undoes `back`."""

    _past: list[P] = field(default_factory=list)
    _future: list[P] = field(default_factory=list)

    def leave(self, place: P) -> None:
        """Remember `place`, since a jump begins there."""
        if not self._past or self._past[-1] != place:
            self._past.append(place)
            del self._past[:-_MOST]
        self._future.clear()

    def back(self, here: P) -> P | None:
        while self._past:
            place = self._past.pop()
            if place != here:
                self._future.append(here)
                return place
        return None

    def forward(self, here: P) -> P | None:
        while self._future:
            place = self._future.pop()
            if place != here:
                self._past.append(here)
                return place
        return None
