"""Which passages of different sources tell the same thing, how surely, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitreader.comparison.collector import collector_resting
from summitreader.comparison.model import Alone, Link, Quotation, Thread
from summitreader.text import Source

if TYPE_CHECKING:
    from summitreader.comparison.linking.analysis import Analyse


@dataclass(frozen=True, slots=True)
class Linking:
    """`comparable` and `alone` run parallel to the sources; links and threads as in `Report`. `candidates` are the
    pairs that `min_score` asked for, the links among them; none where it was not given."""

    comparable: tuple[bool, ...]
    alone: tuple[tuple[Alone, ...], ...]
    links: tuple[Link, ...]
    possible: tuple[Link, ...]
    threads: tuple[Thread, ...]
    candidates: tuple[Link, ...]


def link_sources(
    sources: Sequence[Source],
    quotations: Sequence[Quotation],
    *,
    min_score: float | None,
    progress: Callable[[float], None],
    check: Callable[[], None],
    words: Analyse | None = None,
) -> Linking:
    """Link the passages of `sources`; `check` raises where the caller wants the work stopped, `words` gives the words
    of a source where they need not be found anew."""
    from summitreader.comparison.linking.analysis import analyse
    from summitreader.comparison.linking.deciding import decide

    with collector_resting():
        return Linking(*decide(sources, quotations, min_score, progress, check, words or analyse))
