"""What differs between two reports because time has passed: prices, polls, ages, and counts of another month."""

from __future__ import annotations

import re
from functools import lru_cache

from summitreader.comparison.divergence.figure_context import figures_of
from summitreader.comparison.divergence.figures import Sort
from summitreader.comparison.divergence.words import content_stems, listed, stem, word_set
from summitreader.text.tokens import tokens_of

MARKET = frozenset(map(stem, listed("shares stock stocks index nasdaq dow yield yields bond trading nyse")))
_CURRENCIES = frozenset(map(stem, listed("euro dollar yen franc pound sterling currency futures crude")))
_MOVES = word_set("time_varying.moves")
"""Words by which prices are told."""
_MOVED_BY = re.compile(
    r"\b(?:or|by) (?:almost |about |nearly |more than )?\d+(?:\.\d+)?(?: per ?cent|%)[^.]{0,12}? (?:to|at) [$€£\d]"
)
"""A price that moved "$2.21, or 5.8 percent, to $36.14"."""
OTHER_TIME = 0.8
"""What is taken off where one passage names a month or a year and the other none or another: it may tell of another
time."""

_MONTH = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|June|July|August|September|October|November|December)\b"
)

_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_APART_IN_TIME = re.compile(
    r"\bover (?:the (?:last|past) )?(?:two|three|four|five|six|seven|several|\d+) (?:nights|days|weeks)\b|"
    r"\bsince (?:last |early |late )?(?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b|"
    r"\b(?:weeks|months) (?:after|before|earlier|ago)\b|\blast (?:month|year)\b"
)
"""Words by which a passage says that it tells of two events, or of an earlier one."""


_POLLED = listed("poll polls polled polling pollster survey surveys surveyed surveying respondents sampling")
_VERDICT = listed("guilty convicted conviction sentenced jury verdict acquitted executed")
YEARS_TO_VERDICT = 5
"""Years that may pass between a deed and the verdict on it, by which all who are told of grow older."""


@lru_cache(maxsize=4096)
def tells_prices(text: str) -> bool:
    """Whether a passage reports how shares, indexes or currencies stand: by two words of the market, or a share that
    they moved by and one word or a sum in cents or points."""
    if not any(w.low in _MOVES for w in tokens_of(text)):
        return False
    stems = content_stems(text)
    words = len(stems & (MARKET | _CURRENCIES))
    values = [f.value for f in figures_of(text)]
    moved = any(v.sort is Sort.SHARE for v in values)
    if _MOVED_BY.search(text):
        return True
    return words > 1 or (moved and (words == 1 or any(v.unit in {"cent", "points"} for v in values)))


@lru_cache(maxsize=4096)
def of_the_market(text: str) -> bool:
    """Whether a passage tells that shares or the like moved, figure or none: the next day they move again."""
    return bool(content_stems(text) & MARKET) and any(w.low in _MOVES for w in tokens_of(text))


@lru_cache(maxsize=4096)
def tells_poll(text: str) -> bool:
    """Whether a passage reports a poll: others are asked in the next."""
    return "margin of error" in text or any(w.low in _POLLED for w in tokens_of(text))


@lru_cache(maxsize=4096)
def after_the_verdict(text: str) -> bool:
    """Whether a passage tells of the end of a trial, which may be years after the deed."""
    return any(w.low in _VERDICT for w in tokens_of(text))


Times = tuple[frozenset[str], frozenset[str], bool]
"""See `times_named`."""


def other_time_by(ours: Times, theirs: Times) -> float:
    """What is taken off where one passage names a time that the other does not; thrice that where one bears a month or
    a year and the other a day of the week (news gives its own day so, and another's month), and where one tells of days
    together and the other of one of them."""
    (months_a, day_a, two_a), (months_b, day_b, two_b) = ours, theirs
    if (two_a and day_b and not two_b) or (two_b and day_a and not two_a):
        return 3 * OTHER_TIME
    if months_a == months_b:
        other_days = bool(day_a and day_b and not day_a & day_b)
        return OTHER_TIME if two_a is not two_b or other_days else 0.0
    older = bool(months_a and not months_b and day_b and not day_a) or bool(
        months_b and not months_a and day_a and not day_b
    )
    return 3 * OTHER_TIME if older else OTHER_TIME


@lru_cache(maxsize=4096)
def times_named(text: str) -> Times:
    """The months and years that a passage names, the days of the week, and whether it tells of two events that lie
    apart in time, or of several days together."""
    return frozenset(_MONTH.findall(text)), frozenset(_WEEKDAY.findall(text)), bool(_APART_IN_TIME.search(text))
