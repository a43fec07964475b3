"""Which source of the store a loaded source is: by its words, by its place on disk, by its address.

In this order, so that notes follow what they were made on: the same file with the same words; the same words in
another file, where the file that the store knows is gone or now holds other words; the same file with other words;
the same words in a copy; the same web address, where the file is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summitreader.text import Source


@dataclass(frozen=True, slots=True)
class Known:
    """A source of the store: its key, its absolute path, the hashes of all its texts, its address."""

    key: str
    location: str | None
    hashes: frozenset[str]
    url: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """`source` is number `index` of those given; `moved` where the store should remember its new place."""

    index: int
    key: str
    moved: bool


def location_of(source: Source, root: Path | None) -> str | None:
    """The absolute path of a source, links resolved; None where it has no path, or a relative one and no root."""
    if source.path is None:
        return None
    path = Path(source.path)
    if not path.is_absolute():
        if root is None:
            return None
        path = root / path
    return str(path.resolve())


def match_sources(
    sources: Sequence[tuple[Source, str | None]],
    known: Sequence[Known],
    exists: Callable[[str], bool] = lambda location: Path(location).exists(),
) -> list[Match]:
    """Pair loaded sources, each with its location, with those of the store. A key is matched once at most."""
    matches: list[Match] = []
    free = {k.key: k for k in known}
    taken: set[int] = set()

    def take(index: int, k: Known, moved: bool) -> None:
        matches.append(Match(index, k.key, moved))
        taken.add(index)
        del free[k.key]

    given = {location: index for index, (_, location) in enumerate(sources) if location is not None}
    by_hash: dict[str, list[int]] = {}
    for number, (source, _) in enumerate(sources):
        by_hash.setdefault(source.sha256, []).append(number)
    index: int | None

    for k in known:
        index = given.get(k.location) if k.location is not None else None
        if index is not None and sources[index][0].sha256 in k.hashes:
            take(index, k, moved=False)
    gone = {
        k.key: k.location is None or k.location in given or not exists(k.location)
        for k in free.values()
        if any(h in by_hash for h in k.hashes) or k.url
    }
    for k in list(free.values()):
        index = _by_words(k, by_hash, taken) if gone.get(k.key) else None
        if index is not None:
            take(index, k, moved=index not in taken)
    for k in list(free.values()):
        index = given.get(k.location) if k.location is not None else None
        if index is not None and index not in taken:
            take(index, k, moved=False)
    for k in list(free.values()):
        index = _by_words(k, by_hash, taken)
        if index is not None and index not in taken:
            take(index, k, moved=False)
    by_url = {s.url: i for i, (s, _) in enumerate(sources) if s.url and i not in taken}
    for k in list(free.values()):
        if k.url in by_url and gone.get(k.key) and by_url[k.url] not in taken:
            take(by_url[k.url], k, moved=True)
    return sorted(matches, key=lambda m: (m.index, m.key))


def _by_words(k: Known, by_hash: Mapping[str, list[int]], taken: set[int]) -> int | None:
    """The first source with the words of `k`, one that nothing was matched with where there is one."""
    found = [i for h in sorted(k.hashes) for i in by_hash.get(h, ())]
    return min(found, key=lambda i: (i in taken, i), default=None)
