"""Where a kept target stands in a text of today: from what was decided, from what is known, or by re-anchoring.

The first selectors are the ground; what a reader confirmed or chose goes before them. Each text that a target was
placed in is kept, so that the next change is mapped from the nearest version that is sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from summitreader import files
from summitreader.notes.anchoring import reanchor
from summitreader.notes.documents import Document, base_placement, decided_document, placement_document, selection_of
from summitreader.notes.model import Placement, Selection, State
from summitreader.text import Source

_WRAPPED = re.compile(
    r"https?://(?:web\.archive\.org/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/|archive\.(?:ph|today|is|li|md|vn|fo)/(?:o/\w+/|\d+/)|"
    r"via\d?\.hypothes\.is/(?:proxy/)?|hyp\.is/go\?url=|12ft\.io/|r\.jina\.ai/)(.+)",
    re.IGNORECASE,
)
_CAMPAIGN = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|via\.\w+", re.IGNORECASE)

_LOST = Placement(None, None, State.ORPHAN, 0.9)

TextOf = Callable[[str], str | None]
"""The snapshot with a hash, None where there is none."""


def place_target(target: Document, placed: Document, source: Source, text_of: TextOf) -> Document:
    """The placement of `target` in `source.text`; `placed` is the last one that is known."""
    now = source.sha256
    last = (placed["last_start"], placed["last_end"], placed["last_sha256"])
    for decision in reversed(target["decided"]):
        if decision["sha256"] == now:
            return decided_document(decision, last)
    base = base_placement(target)
    if target["origin"] == now:
        return placement_document(now, target["start"], target["end"], State.SURE, 1.0, target["place"], "reader")
    if placed["sha256"] == now:
        return placed
    found = _find(target, placed, base, source.text, text_of)
    words = None if found.start is None else source.text[found.start : found.end]
    return placement_document(
        now,
        found.start,
        found.end,
        found.state,
        found.confidence,
        place_of(source, found.start),
        last=last,
        now=None if words == target["exact"] else words,
    )


def _find(target: Document, placed: Document, base: Document, text: str, text_of: TextOf) -> Placement:
    """From the last version of the text where that is sure; else, and where it fails, from what is certain."""
    found = _from(placed, text, text_of) if placed["state"] == State.SURE else _LOST
    if found.state is State.SURE:
        return found
    tries = [found]
    if base["sha256"] != placed["sha256"] or placed["state"] != State.SURE:
        tries.append(_from(base, text, text_of))
    if base["start"] is None or text_of(base["sha256"]) is None:
        first = selection_of(target)
        again = reanchor(first, text, old_text=text_of(target["origin"]))
        tries.append(again if not target["decided"] else _doubted(again))
    if placed["state"] == State.UNSURE:
        tries.append(_doubted(_from(placed, text, text_of)))
    return max(tries, key=_rank)


def place_of(source: Source, start: int | None) -> str:
    """The paragraph for citations; empty for an orphan or a text without passages."""
    if start is None or not source.passages:
        return ""
    return source.place_name(source.passage_at(start))


def _from(placed: Document, text: str, text_of: TextOf) -> Placement:
    old = text_of(placed["sha256"])
    if placed["start"] is None or old is None:
        return _LOST
    return reanchor(Selection.of(old, placed["start"], placed["end"]), text, old_text=old)


def _doubted(found: Placement) -> Placement:
    if found.state is State.SURE:
        return Placement(found.start, found.end, State.UNSURE, min(found.confidence, 0.5))
    return found


def _rank(found: Placement) -> tuple[int, float]:
    return (State.ORPHAN, State.UNSURE, State.SURE).index(found.state), found.confidence


@dataclass(frozen=True, slots=True)
class Known:
    """A source of the store: its key, its absolute path, the hashes of all its texts, its address, and the hash of its
    text when it was last seen, empty where that is not known."""

    key: str
    location: str | None
    hashes: frozenset[str]
    url: str | None
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`source` is number `index` of those given; `moved` where the store should remember its new place."""

    index: int
    key: str
    moved: bool


@lru_cache(maxsize=65_536)
def address_key(url: str) -> str:
    """An address in the one form in which two are compared, as annotation services and readers have them.

    Without the scheme, `www.`, a default port, fragment, campaign parameters and final slash; what an archive or a
    proxy shows counts as the page itself.
    """
    url = url.strip().encode("utf-8", "replace").decode("utf-8")
    for _ in range(3):
        inside = _WRAPPED.match(url)
        if inside is None:
            break
        url = inside[1] if re.match(r"https?:", inside[1], re.IGNORECASE) else f"http://{inside[1]}"
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _CAMPAIGN.fullmatch(k)]
    named = f":{port}" if port is not None and port not in (80, 443) else ""
    path = quote(unquote(parts.path).rstrip("/"), safe="/")
    return host.removeprefix("www.") + named + path + (f"?{urlencode(sorted(query))}" if query else "")


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
    exists: Callable[[str], bool] = files.exists,
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
        index = _by_words(k, sources, by_hash, taken) if gone.get(k.key) else None
        if index is not None:
            take(index, k, moved=index not in taken)
    for k in list(free.values()):
        index = given.get(k.location) if k.location is not None else None
        if index is not None and index not in taken:
            take(index, k, moved=False)
    for k in list(free.values()):
        index = _by_words(k, sources, by_hash, taken)
        if index is not None and index not in taken:
            take(index, k, moved=False)
    by_url = {address_key(s.url): i for i, (s, _) in enumerate(sources) if s.url and i not in taken}
    for k in list(free.values()):
        index = by_url.get(address_key(k.url)) if k.url else None
        if index is not None and gone.get(k.key) and index not in taken:
            take(index, k, moved=True)
    return sorted(matches, key=lambda m: (m.index, m.key))


def _by_words(
    k: Known, sources: Sequence[tuple[Source, str | None]], by_hash: Mapping[str, list[int]], taken: set[int]
) -> int | None:
    """The first source with the words of `k`, one that nothing was matched with where there is one.

    Of a file only the latest words count: one that once held the words of another is not that. A text without a file
    may be any of its versions.
    """
    known = [k.latest] if k.latest else []
    found = [i for h in known for i in by_hash.get(h, ())]
    found += [i for h in sorted(k.hashes) for i in by_hash.get(h, ()) if not k.latest or sources[i][1] is None]
    return min(found, key=lambda i: (i in taken, i), default=None)
