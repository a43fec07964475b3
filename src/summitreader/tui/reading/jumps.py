"""The jump list: where one was before each jump, to go back and forward through."""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST = 200


@dataclass
class Jumps:
    """Places `(source, passage)`. `back` gives the place before, `forward` undoes `back`."""

    _past: list[tuple[int, int]] = field(default_factory=list)
    _future: list[tuple[int, int]] = field(default_factory=list)

    def leave(self, place: tuple[int, int]) -> None:
        """Remember `place`, since a jump begins there."""
        if not self._past or self._past[-1] != place:
            self._past.append(place)
            del self._past[:-_MOST]
        self._future.clear()

    def back(self, here: tuple[int, int]) -> tuple[int, int] | None:
        while self._past:
            place = self._past.pop()
            if place != here:
                self._future.append(here)
                return place
        return None

    def forward(self, here: tuple[int, int]) -> tuple[int, int] | None:
        while self._future:
            place = self._future.pop()
            if place != here:
                self._past.append(here)
                return place
        return None
