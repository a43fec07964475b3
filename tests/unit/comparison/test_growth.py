"""Comparing takes time that grows with the length of the texts: each text here once took the square, or seconds."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable

import pytest

from summitreader import Source, compare

CALM = "Officials said on Monday that at least 12 people were killed.\n\nThe bridge was closed, a spokeswoman said.\n"


def _names(size: int) -> str:
    """Names that differ in a few letters, a sentence each."""
    chance = random.Random(1)
    names = ("Kell" + "".join(chance.choices("aeioubcdlmnrst", k=6)) for _ in range(size // 34))
    return "".join(f"{name} said the bridge was closed. " for name in names)


CASES: dict[str, Callable[[int], str]] = {
    "additions": lambda n: '," added ' * (n // 9),
    "near names": _names,
    "one word": lambda n: "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=n)),
    "speech": lambda n: '"x," said ' * (n // 10),
}


def _seconds(text: str) -> float:
    sources = [Source.from_text(text, id="a"), Source.from_text(CALM, id="b")]
    begun = time.process_time()
    compare(sources)
    return time.process_time() - begun


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_length(name: str) -> None:
    _seconds(CALM)
    long = _seconds(CASES[name](32_000))
    if long > 0.5:
        assert math.log(long / min(_seconds(CASES[name](8_000)) for _ in range(2)), 4) <= 1.3
