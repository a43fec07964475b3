"""How a query is meant: what the keys that change it make of it, and how it stands in words. For the panes and for the
list of hits alike."""

from __future__ import annotations

from summitreader.search import Mode, Query

_MODES = list(Mode)
_CASES = [None, True, False]
_CASE_WORDS = {None: "smart case", True: "Aa", False: "any case"}


def next_mode(query: Query) -> Mode:
    """What the key that changes it makes of how a query is meant."""
    return _MODES[(_MODES.index(Mode(query.mode)) + 1) % len(_MODES)]


def next_case(query: Query) -> bool | None:
    """What the key that changes it makes of whether capitals count."""
    return _CASES[(_CASES.index(query.case) + 1) % len(_CASES)]


def toggles_of(query: Query) -> tuple[tuple[str, str], ...]:
    """The command of each toggle, and how it stands."""
    return (
        ("search-mode", str(query.mode)),
        ("search-whole", "whole" if query.whole_word else "part"),
        ("search-case", _CASE_WORDS[query.case]),
    )


def toggles_in_words(query: Query) -> str:
    """How a search is made, for the bar: `literal, parts of words, smart case`."""
    whole = "whole words" if query.whole_word else "parts of words"
    return f"{query.mode}, {whole}, {_CASE_WORDS[query.case]}"
