"""How much of what a thread tells another source has, by the words that are rare in this story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from summitreader.comparison.divergence.story import Story
from summitreader.comparison.divergence.words import content_stems
from summitreader.comparison.model import PassageRef

UNTOLD = 0.3
"""Share of the weight of a thread's words up to which a passage of another source does not tell it."""

_SLACK = 1 - 1e-9
"""What is nearly enough is summed again, in a fixed order."""


@dataclass(frozen=True)
class Rarity:
    """Words weighted by how few passages of the story have them (logarithm of the inverse share)."""

    story: Story

    @cached_property
    def _stems(self) -> dict[str, list[frozenset[str]]]:
        return {
            source: [content_stems(self.story.text(PassageRef(source, n))) for n in self.story.heard(numbers)]
            for source, numbers in self.story.told_passages.items()
        }

    @cached_property
    def _weights(self) -> dict[str, float]:
        df = Counter(stem for passages in self._stems.values() for stems in passages for stem in stems)
        total = sum(map(len, self._stems.values()))
        return {stem: log((total + 1) / n) for stem, n in df.items()}

    @cached_property
    def _holding(self) -> dict[str, dict[str, list[int]]]:
        """For each source and stem the passages that have it, they or the next."""
        found: dict[str, dict[str, list[int]]] = {}
        for source, stems in self._stems.items():
            holding = found.setdefault(source, {})
            for n, (own, following) in enumerate(zip(stems, [*stems[1:], frozenset[str]()], strict=False)):
                for stem in own | following:
                    holding.setdefault(stem, []).append(n)
        return found

    def untold(self, members: Sequence[PassageRef], source: str) -> bool:
        """Whether no passage of `source` and its next have the share `UNTOLD` of the words that tell a thread.

        Of several members only the words count that two of them have; where there are none nothing is called untold.
        Words are asked from the rarest on, and only passages that can still reach the share are followed further.
        """
        common = self._telling(tuple(members))
        enough = UNTOLD * sum(weight for _, weight in common)
        if enough <= 0:
            return False
        holding = self._holding[source]
        held = sorted((len(holding[stem]), stem, weight) for stem, weight in common if stem in holding)
        left = sum(weight for *_, weight in held)
        least = enough * _SLACK
        shares: dict[int, float] = {}
        for _, stem, weight in held:
            if left < least:
                break
            for n in holding[stem]:
                shares[n] = shares.get(n, 0.0) + weight
            left -= weight
        return not any(self._has(source, n, common) for n, share in shares.items() if share + left >= least)

    def _has(self, source: str, n: int, common: tuple[tuple[str, float], ...]) -> bool:
        """Whether a passage and its next have so much; summed in one order, so that it comes out alike everywhere."""
        stems = self._stems[source]
        here, after = stems[n], stems[n + 1] if n + 1 < len(stems) else frozenset[str]()
        share = sum([weight for stem, weight in common if stem in here or stem in after])
        return share / sum([weight for _, weight in common]) >= UNTOLD

    def _telling(self, members: tuple[PassageRef, ...]) -> tuple[tuple[str, float], ...]:
        """The stems that tell a thread with their weights, always in one order, so that sums come out alike."""
        if members not in self._told:
            told = Counter(stem for m in members for stem in content_stems(self.story.text(m)))
            least = 1 if len(members) == 1 else 2
            self._told[members] = tuple((s, self._weights.get(s, 0.0)) for s, n in sorted(told.items()) if n >= least)
        return self._told[members]

    @cached_property
    def _told(self) -> dict[tuple[PassageRef, ...], tuple[tuple[str, float], ...]]:
        return {}
