"""Which sources of a story can be compared with the rest: by language and script, and by length."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from summitreader.text import Source

_ENOUGH_WORDS = 25
"""A source of so many words can be called silent about something, whatever the length of the others."""
_SHORTER = 4
"""A shorter one can be, if it is not this many times shorter than the middle one of the story."""

_SCRIPTS = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HALFWIDTH": "CJK", "FULLWIDTH": "LATIN", "IDEOGRAPHIC": "CJK"}


def story_language(sources: Sequence[Source]) -> str:
    """The language that most of the sources are known to be in; English where none is known. Ties go to the one with
    more text, then to the first by code."""
    known: Counter[str] = Counter()
    extent: Counter[str] = Counter()
    for source in sources:
        if source.language:
            known[source.language] += 1
            extent[source.language] += len(source.text)
    return min(known, key=lambda code: (-known[code], -extent[code], code)) if known else "en"


def one_language(sources: Sequence[Source], language: str) -> tuple[bool, ...]:
    """For each source whether it is in `language`: known to be, or, where that is not known, written in its script."""
    scripts = [_script(s.text) for s in sources]
    own = Counter(script for s, script in zip(sources, scripts, strict=True) if s.language == language and script)
    expected = min(own, key=lambda script: (-own[script], script)) if own else None
    return tuple(
        s.language == language if s.language else expected is None or script in (None, expected)
        for s, script in zip(sources, scripts, strict=True)
    )


def long_enough(told: Sequence[int]) -> tuple[bool, ...]:
    """For each source, of which `told` says how many words it tells, whether its silence says something."""
    middle = sorted(told)[len(told) // 2] if told else 0
    return tuple(bool(n) and (n >= _ENOUGH_WORDS or n * _SHORTER >= middle) for n in told)


def _script(text: str) -> str | None:
    """The script that most letters of the beginning are in, None where there are none."""
    found: Counter[str] = Counter()
    for character in text[:2000]:
        if character.isalpha():
            script = "LATIN" if character.isascii() else unicodedata.name(character, "?").partition(" ")[0]
            found[_SCRIPTS.get(script, script)] += 1
    return min(found, key=lambda script: (-found[script], script)) if found else None
