"""Names of countries and bodies in running text: several words that are one name, and what "the North" stands for."""

from __future__ import annotations

from collections.abc import Sequence

from summitreader.text.tokens import packaged_lines, plain_form, word_list

Phrase = tuple[str, ...]
_DIRECTIONS = ("North", "South", "East", "West")


class _Table:
    """The packaged table, read once: single words and phrases to codes, and which words a phrase may open with."""

    def __init__(self) -> None:
        self.countries: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.phrases: dict[str, list[tuple[Phrase, str, bool]]] = {}
        for line in packaged_lines("places.txt"):
            code, names = line.split(":", 1)
            for part, listed in enumerate(names.split("|")):
                for name in listed.split(","):
                    words = tuple(word_list(name.strip()))
                    if len(words) == 1:
                        (self.capitals if part == 2 else self.countries)[words[0]] = code
                    elif words:
                        self.phrases.setdefault(words[0], []).append((words, code, part == 2))
        for listed_phrases in self.phrases.values():
            listed_phrases.sort(key=lambda p: (-len(p[0]), p[0]))
        self.followers = {first: frozenset([p[0][1] for p in listed]) for first, listed in self.phrases.items()}
        self.openers = frozenset(self.phrases)


_table: _Table | None = None


def _places() -> _Table:
    global _table
    if _table is None:
        _table = _Table()
    return _table


def country_of(name: str) -> tuple[str, bool] | None:
    """The code of the country or body that `name`, as written, stands for, and whether it is its capital's name."""
    table = _places()
    bare = name.removesuffix("’s").removesuffix("'s")
    if bare in table.countries:
        return table.countries[bare], False
    if bare in table.capitals:
        return table.capitals[bare], True
    words = tuple(bare.split(" "))
    if len(words) > 1:
        for phrase, code, capital in table.phrases.get(words[0], ()):
            if phrase == words:
                return code, capital
    return None


def name_runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Which of `words` make one place's name between them, as half-open ranges in order; most texts have few."""
    table = _places()
    if table.openers.isdisjoint(words):
        return []
    phrases, followers = table.phrases, table.followers
    found = []
    past = 0
    for n, word in enumerate(words[:-1]):
        if word not in phrases or n < past or _bare(words[n + 1]) not in followers[word]:
            continue
        for phrase, _, _ in phrases[word]:
            stop = n + len(phrase)
            if stop <= len(words) and (*words[n : stop - 1], _bare(words[stop - 1])) == phrase:
                found.append((n, stop))
                past = stop
                break
    return found


def _bare(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")


def directions(names: Sequence[str]) -> dict[str, str]:
    """What "the North", "the South" … stand for in a text that names `names` ("North Korea"): direction to name."""
    found: dict[str, set[str]] = {}
    for name in names:
        first, _, rest = name.partition(" ")
        if first in _DIRECTIONS and rest:
            place = country_of(name)
            if place is not None:
                found.setdefault(first, set()).add(place[0])
    return {first: min(codes) for first, codes in found.items() if len(codes) == 1}


def stands_alone(words: Sequence[str], n: int) -> bool:
    """Whether the direction at `n` is used as a name: "the North" with nothing named after it."""
    follows = words[n + 1] if n + 1 < len(words) else ""
    return n > 0 and plain_form(words[n - 1]) == "the" and not follows[:1].isupper()
