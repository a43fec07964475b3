"""A corpus as it comes in, for a reader who waits: what was asked for first is read first, and handed on at once.

A subfolder is a story and is handed on when all of it is read. Sources that lie in one folder, up to `MOST_TOGETHER`,
are one story as well, as for `summitreader compare`; more than anybody reads side by side are a mixed folder, of which
the first few stand until all is read, and which then falls into the stories that are found in it. In a mixed subfolder
these stand beside the story that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from summitreader.sources.corpus import stories_of
from summitreader.sources.files import LARGEST, Found
from summitreader.sources.listing import listed
from summitreader.sources.model import Arrival, Refusal, Sorted, Wanted
from summitreader.sources.reading import read_item
from summitreader.sources.stories import discover_stories
from summitreader.text import Source
from summitreader.text.gate import shown_line

MOST_TOGETHER = 60
"""Sources; more of one folder are not one story."""

A_HANDFUL = 12
"""Sources: so many of a mixed folder stand first; in so few no stories are looked for, since somebody chose them."""

_BATCH = 200
"""Sources of a mixed folder that are handed on together."""


def arriving(
    where: str | Path | Iterable[str | Path],
    wanted: Wanted,
    *,
    largest: int = LARGEST,
    progress: Callable[[float, str], None] | None = None,
) -> Iterator[Path | Arrival | Sorted]:
    """The root of the corpus, then what is in it as it is read, at last the stories."""
    root, items, asked = listed(where)
    yield root
    name = shown_line(root.resolve().name or "sources")
    groups = _groups(items, asked)
    flat = len(groups) == 1 and "." in groups
    taken: set[str] = set()
    kept: dict[str, list[Source]] = {}
    opened = False
    done = 0
    for group in sorted(groups, key=lambda group: (not _holds(group, wanted.story), group)):
        sources = kept.setdefault(group, [])
        waiting: list[tuple[int, Source | Refusal]] = []
        for place in _in_order(groups[group], items, wanted.sources):
            for one in read_item(items[place], asked, largest, taken):
                waiting.append((place, one))
                if isinstance(one, Source):
                    sources.append(one)
                mixed = len(sources) > MOST_TOGETHER
                if mixed and (not opened or len(waiting) >= _BATCH):
                    yield Arrival(tuple(waiting), None if opened else _begun(sources, wanted, name if flat else group))
                    opened = True
                    waiting = []
            done += 1
            if progress is not None:
                progress(done / len(items), "reading the sources")
        whole = 0 < len(sources) <= MOST_TOGETHER
        yield Arrival(tuple(waiting), (name if flat else group, _ids(sources)) if whole else None)
        opened = opened or whole
    yield _sorted(name, kept, flat, progress)


def sorted_again(root: Path, sources: Iterable[Source], asked: bool) -> Sorted:
    """The stories of sources that were read one by one, as `arriving` finds them; `asked` where files were named."""
    kept: dict[str, list[Source]] = {}
    for source in sources:
        folder, slash, _ = (source.path or "").partition("/")
        kept.setdefault(folder if slash and not asked else ".", []).append(source)
    return _sorted(shown_line(root.resolve().name or "sources"), kept, set(kept) == {"."}, None)


def _holds(group: str, story: str) -> bool:
    return story == shown_line(group) or story.startswith(f"{shown_line(group)}: ")


def _ids(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(source.id for source in sources)


def _groups(items: list[Found | Refusal], asked: set[Path]) -> dict[str, list[int]]:
    """The places of the files of each subfolder; of files that lie beside them, or were named one by one, under "."."""
    groups: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        folder, slash, _ = (item.name if isinstance(item, Found) else item.path).partition("/")
        groups.setdefault(folder if slash and not asked else ".", []).append(place)
    return groups


def _in_order(places: list[int], items: list[Found | Refusal], first: tuple[str, ...]) -> list[int]:
    """`places` with the files of the sources `first` before the others.

    Where two names look alike, ids depend on who comes first, and nothing comes before its turn.
    """
    names = {place: shown_line(item.name) for place in places if isinstance(item := items[place], Found)}
    if not first or len(set(names.values())) < len(names):
        return places
    wanted = {id for source in first for id in (source, source.partition("#")[0])}
    return sorted(places, key=lambda place: names.get(place) not in wanted)


def _begun(sources: list[Source], wanted: Wanted, name: str) -> tuple[str, tuple[str, ...]]:
    """Of a mixed folder what was read last, as far as it is there; else the first few."""
    again = tuple(id for id in _ids(sources) if id in set(wanted.sources))
    if again and wanted.story:
        return wanted.story, again
    return f"{name}: the first {A_HANDFUL}", _ids(sources[:A_HANDFUL])


def _sorted(
    name: str, kept: dict[str, list[Source]], flat: bool, progress: Callable[[float, str], None] | None
) -> Sorted:
    stories = [] if flat else list(stories_of(source for group in sorted(kept) for source in kept[group]))
    found: list[tuple[str, float]] = []
    for group, sources in kept.items():
        if len(sources) <= (A_HANDFUL if flat else MOST_TOGETHER):
            continue
        parts = discover_stories(sorted(sources, key=lambda source: source.path or ""), progress=progress)
        if len(sources) <= MOST_TOGETHER:
            parts = tuple(part for part in parts if len(part.sources) > 1)
            if len(parts) < 2:
                continue
            stories.append((name, _ids(sources)))
        prefix = "" if flat else f"{group}: "
        stories += [(prefix + part.name, part.sources) for part in parts]
        found += [(prefix + part.name, part.confidence) for part in parts]
    return Sorted(tuple(stories), tuple(found))
