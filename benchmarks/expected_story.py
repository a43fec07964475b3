"""The format of `expected.json`: what a careful reader found in a story, looked up in its texts.

`docs/sample-corpus.md` tells the format. An address is words that stand in the text, any white space between them;
where they stand there several times, `occurrence` says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Span = tuple[int, int]
Place = tuple[str, int]
"""A source's name in `expected.json`, and the number of a passage in it."""
Links = dict[frozenset[Place], set[str]]

_EMPTY_WORDS = frozenset({"a", "an", "the", "mr", "mrs", "ms", "dr", "official", "state"})


def occurrences(text: str, address: str | Json, key: str = "at") -> list[Span]:
    """Every place where the words of an address stand."""
    words = address if isinstance(address, str) else address[key]
    return [m.span() for m in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]


def locate(text: str, address: str | Json, key: str = "at") -> Span | None:
    """Where an address of `expected.json` stands: its words, any white space between them, the nth time."""
    nth = 1 if isinstance(address, str) else address.get("occurrence", 1)
    found = occurrences(text, address, key)
    return found[min(nth, len(found)) - 1] if found else None


def overlap(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def bare(text: str, span: Span) -> Span:
    """`span` without the marks, stops and white space at its ends."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def same_name(expected: str, shown: str | None) -> bool:
    """Whether a name shown is the one expected: it may say more (a title, an office), never less."""

    def words(name: str) -> set[str]:
        return {w for w in re.findall(r"[\w-]+", re.sub(r"['’]s\b", "", name.casefold())) if w not in _EMPTY_WORDS}

    return shown is not None and bool(words(expected)) and words(expected) <= words(shown)


class Story:
    """One `expected.json` beside the report on its texts; addresses are looked up in the texts as they were loaded."""

    def __init__(self, expected: Json, report: Json) -> None:
        self.expected, self.report = expected, report
        by_file = {Path(s["path"] or s["id"]).name: s for s in report["sources"]}
        self.sources: dict[str, Json] = {n: by_file[e["file"]] for n, e in expected["sources"].items()}
        self.names = {s["id"]: n for n, s in self.sources.items()}

    def span(self, source: str, address: str | Json, key: str = "at") -> Span:
        return locate(self.sources[source]["text"], address, key) or (0, 0)

    def passage(self, source: str, span: Span) -> Place:
        """The first passage that the span touches."""
        for n, p in enumerate(self.sources[source]["passages"]):
            if overlap(span, (p["start"], p["end"])) > 0:
                return source, n
        return source, -1

    def place(self, source: str, address: str | Json) -> Place:
        return self.passage(source, self.span(source, address))

    def shown(self, place: Place) -> str:
        source, n = place
        p = self.sources[source]["passages"][n]
        return f"{source}: {' '.join(self.sources[source]['text'][p['start'] : p['end']].split())[:60]}"

    def ref(self, ref: Json) -> Place:
        return self.names[ref["source"]], ref["passage"]


def expected_links(story: Story) -> tuple[Links, set[frozenset[Place]]]:
    """The pairs that a careful reader links, each with the kinds that fit, and those that may be linked or not."""
    wanted: Links = {}
    allowed: set[frozenset[Place]] = set()
    for thread in story.expected["threads"]:
        members = [(s, n, story.place(s, a)) for s, at in thread["members"].items() for n, a in enumerate(at, 1)]
        for (sa, na, a), (sb, nb, b) in combinations(members, 2):
            if sa == sb:
                continue
            pair = frozenset({a, b})
            fits = _pattern((sa, na), (sb, nb))
            if any(fits(p) for p in thread.get("not", ())):
                allowed.add(pair)
                continue
            kinds = {kind for kind, patterns in thread.get("kinds", {}).items() if any(map(fits, patterns))}
            wanted.setdefault(pair, set()).update(kinds or {"restated"})
        near = {m[2] for m in members} | {story.place(s, a) for s, at in thread.get("may", {}).items() for a in at}
        allowed.update(frozenset(pair) for pair in combinations(near, 2))
    return wanted, allowed


def _pattern(a: tuple[str, int], b: tuple[str, int]) -> Callable[[list[str]], bool]:
    """Whether a pattern such as ["courier#2", "*"] means the pair of members a and b."""

    def means(pattern: str, member: tuple[str, int]) -> bool:
        return pattern in ("*", member[0], f"{member[0]}#{member[1]}")

    return lambda p: (means(p[0], a) and means(p[1], b)) or (means(p[0], b) and means(p[1], a))
