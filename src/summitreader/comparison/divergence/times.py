"""Days, years and clock times in running text, each with what happened then.

They are resolved where the day of writing is known.

A weekday in what was written on a Saturday means the last one up to that day, or the next one where the sentence looks
ahead. Nothing is completed from today's date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from summitreader.comparison.divergence.verbs import NOBODY, SAYING, Party, governing, parties, verb_class
from summitreader.comparison.divergence.words import listed, stem, word_set
from summitreader.text.tokens import Token, tokens_of

_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = {name: n for n, name in enumerate(_WEEKDAY_NAMES.split())}
WEEKDAYS |= {"mon": 0, "tues": 1, "tue": 1, "wed": 2, "thurs": 3, "thu": 3, "fri": 4}
_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = {name: n for n, name in enumerate(_MONTH_NAMES.split(), start=1)}
MONTHS |= {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10}
MONTHS |= {"nov": 11, "dec": 12}
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_AHEAD = listed("will shall to next plans planned scheduled expected set due would expects hopes")
_AS_MONTH_BEFORE = listed("in on of since by until from last next early late mid this during between and through")
_BEFORE = re.compile(
    r"""\b(?:ahead\ of|on\ the\ eve\ of|prior\ to)(?=\ (?:[\w'’.-]+\ ){0,4}
            (?:meeting|summit|talks?|visit|trip|vote|election|trial|hearing|session|conference|forum|encounter|arrival
              |announcement|statement|speech|decision|attack|raid|launch|release)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )\b(?:immediately|soon afterwards|in response|shortly afterwards|afterwards)\b",
    re.IGNORECASE,
)


class Scale(StrEnum):
    DAY = "day"
    WEEKDAY = "weekday"
    MONTH = "month"
    YEAR = "year"
    CLOCK = "clock"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it stands in a passage, `[start, end)` of it.

    `year`, `month`, `day` and `weekday` (Monday is 0) are what it says itself; `first`/`last` the days it comes to
    where the day of writing is known; `minute` the minute of the day. `verb` is the class of what happened then, and
    `telling` says that it is the telling that happened then. Of an `ORDER`, `minute` is -1 for before, 1 for after.
    """

    start: int
    end: int
    scale: Scale
    verb: str = ""
    telling: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None
    word: str = ""
    """The verb as it stands, in lower case."""
    subject: Party = NOBODY
    """Who or what stands before the verb in its clause, and after it."""
    object: Party = NOBODY
    about: bool = False
    """Whether a clock time is told as about then."""
    halved: bool = False
    """Whether a clock time says which half of the day it is in."""
    first: date | None = None
    last: date | None = None


@lru_cache(maxsize=1 << 14)
def times_of(text: str, written: date | None = None) -> tuple[Time, ...]:
    """The times in `text`, in order; `written` is the day on which it was written or published."""
    words = tokens_of(text)
    found: list[tuple[int, int, Time]] = []
    n = 0
    while n < len(words):
        word = words[n]
        if word.kind != "number" and not word.is_capital and word.low.rstrip(".") not in _NEAR:
            n += 1
            continue
        read = _clock(words, n) or _calendar(words, n) or _weekday(words, n, written) or _year(words, n)
        if read is None:
            n += 1
            continue
        last, time = read
        found.append((n, last, time))
        n = last + 1
    breaks = frozenset(i for first, last, _ in found for i in range(first, last + 1))
    times = []
    for first, last, time in found:
        relative = time.scale is Scale.WEEKDAY and in_quotation(text, time.start)
        if relative or _open_ended(words, first) or _attributive(words, first, last):
            continue
        chain = _chain(words, found, first, last)
        at = governing(words, *chain, breaks - set(range(chain[0], chain[1] + 1)))
        times.append(_resolved(_tied(time, words, at, breaks), written))
    for pattern, sign in ((_BEFORE, -1), (_AFTER, 1)):
        for match in pattern.finditer(text):
            at = next((i for i, w in enumerate(words) if w.start >= match.start()), 0)
            time = Time(match.start(), match.end(), Scale.ORDER, minute=sign)
            after = governing(words[at:], 0, 0, frozenset())
            times.append(_tied(time, words, None if after is None else at + after, breaks))
    return tuple(sorted(times, key=lambda t: t.start))


_CHAINED = word_set("times.chained")


def _chain(words: tuple[Token, ...], found: list[tuple[int, int, Time]], first: int, last: int) -> tuple[int, int]:
    """The first and the last word of the times that stand together with one: "at 7 p.m. on Friday, May 1"."""
    spans = [(a, b) for a, b, _ in found]
    at = spans.index((first, last))
    for a, b in reversed(spans[:at]):
        if not all(w.low in _CHAINED for w in words[b + 1 : first]):
            break
        first = a
    for a, b in spans[at + 1 :]:
        if not all(w.low in _CHAINED for w in words[last + 1 : a]):
            break
        last = b
    return first, last


def _tied(time: Time, words: tuple[Token, ...], at: int | None, breaks: frozenset[int]) -> Time:
    """A time with the verb at `at` and those who take part in what it tells."""
    if at is None:
        return time
    low = words[at].low
    told = SAYING & {low}
    subject, object_ = parties(words, at, breaks)
    return _with(
        time,
        verb=stem(low) if told else verb_class(low) or stem(low),
        word=low,
        telling=bool(told),
        subject=subject,
        object=object_,
    )


def in_quotation(text: str, offset: int) -> bool:
    """Whether an offset lies between quotation marks that open in the passage: "today" there is the speaker's."""
    before = text[:offset]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


_OPEN_ENDED = listed("by until till since before after from than of between through")


def _open_ended(words: tuple[Token, ...], first: int) -> bool:
    """Whether a time is a bound or a comparison ("as of 4 p.m.", "since 2003") and not when something happened."""
    return first > 0 and words[first - 1].low in _OPEN_ENDED


def _attributive(words: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether a time names a thing ("the March 11, 2005, incident", "Friday's vote") and is not of the verb."""
    if words[last].text.lower().endswith(("'s", "’s")):
        return True
    return first > 0 and words[first - 1].low in {"the", "a", "an", "his", "her", "their", "its"}


def _with(time: Time, **fields: object) -> Time:
    from dataclasses import replace

    return replace(time, **fields)  # type: ignore[arg-type]


_ROUGHLY = listed("about around approximately roughly shortly before after nearly almost")


def _clock(words: tuple[Token, ...], n: int) -> tuple[int, Time] | None:
    word = words[n]
    if word.kind != "number" or not word.text.replace(".", "").isdigit():
        return None
    last, minutes = n, 0
    hour = int(word.text.split(".")[0])
    if "." in word.text and len(word.text.split(".")[1]) == 2:
        minutes = int(word.text.split(".")[1])
    elif (
        n + 2 < len(words)
        and words[n + 1].text == ":"
        and words[n + 2].kind == "number"
        and len(words[n + 2].text) == 2
    ):
        minutes, last = int(words[n + 2].text), n + 2
    after = words[last + 1].low.replace(".", "") if last + 1 < len(words) else ""
    half = after if after in {"am", "pm"} else ""
    if not half and after in {"a", "p"} and last + 2 < len(words) and words[last + 2].low.startswith("m"):
        half, last = after + "m", last + 1
    if hour > 23 or minutes > 59 or (last == n and not half) or (half and hour > 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
        last += 1
    end = words[last].end
    halved = bool(half) or hour > 12
    about = n > 0 and words[n - 1].low in _ROUGHLY
    return last, Time(word.start, end, Scale.CLOCK, minute=60 * hour + minutes, halved=halved, about=about)


def _calendar(words: tuple[Token, ...], n: int) -> tuple[int, Time] | None:
    """ "March 11", "11 March 2025", "October", "in 2005"."""
    word = words[n]
    day, month, last = None, None, n
    if word.kind == "number" and word.text.isdigit() and int(word.text) in range(1, 32):
        at = n + 1
        if at < len(words) and words[at].low in {"st", "nd", "rd", "th"}:
            at += 1
        if at < len(words) and words[at].low == "of":
            at += 1
        if at >= len(words) or not _is_month(words, at):
            return None
        day, month, last = int(word.text), MONTHS[words[at].low.rstrip(".")], at
    elif _is_month(words, n):
        month = MONTHS[word.low.rstrip(".")]
        at = n + 1 if n + 1 < len(words) and words[n + 1].text != "." else n + 2
        if at < len(words) and words[at].text.isdigit() and int(words[at].text) in range(1, 32):
            day, last = int(words[at].text), at
            if last + 1 < len(words) and words[last + 1].low in {"st", "nd", "rd", "th"}:
                last += 1
    else:
        return None
    at = last + 2 if last + 1 < len(words) and words[last + 1].text == "," else last + 1
    year = None
    if at < len(words) and words[at].text.isdigit() and len(words[at].text) == 4 and 1500 < int(words[at].text) < 2101:
        year, last = int(words[at].text), at
    if day is None and year is None and word.low == "may" and not _after_preposition(words, n):
        return None
    scale = Scale.DAY if day is not None else Scale.MONTH
    return last, Time(word.start, words[last].end, scale, year=year, month=month, day=day)


def _is_month(words: tuple[Token, ...], n: int) -> bool:
    word = words[n]
    if not word.is_capital or word.low.rstrip(".") not in MONTHS:
        return False
    if word.low in {"march", "may", "august", "april", "june"}:
        number = any(w.kind == "number" for w in words[max(0, n - 2) : n + 3])
        return number or _after_preposition(words, n)
    return True


def _after_preposition(words: tuple[Token, ...], n: int) -> bool:
    return n > 0 and words[n - 1].low in _AS_MONTH_BEFORE


def _weekday(words: tuple[Token, ...], n: int, written: date | None) -> tuple[int, Time] | None:
    word = words[n]
    low = word.low.rstrip(".")
    if low in _NEAR:
        first = written + timedelta(days=_NEAR[low]) if written else None
        weekday = first.weekday() if first else None
        return n, Time(word.start, word.end, Scale.WEEKDAY, weekday=weekday, first=first, last=first)
    if low not in WEEKDAYS or not word.is_capital or (len(low) < 6 and not word.text.endswith(".") and len(low) < 4):
        return None
    start = n - 1 if n > 0 and words[n - 1].low in {"last", "next", "this"} else n
    weekday = WEEKDAYS[low]
    first = None
    if written is not None:
        back = (written.weekday() - weekday) % 7
        ahead = words[start].low == "next" or any(w.low in _AHEAD for w in words[max(0, n - 5) : n])
        if words[start].low == "last" and back == 0:
            back = 7
        first = written + timedelta(days=7 - back if ahead and back else (0 if ahead else -back))
    return n, Time(words[start].start, word.end, Scale.WEEKDAY, weekday=weekday, first=first, last=first)


def _year(words: tuple[Token, ...], n: int) -> tuple[int, Time] | None:
    word = words[n]
    if not (word.text.isdigit() and len(word.text) == 4 and 1800 <= int(word.text) <= 2100):
        return None
    before = words[n - 1].low if n else ""
    after = words[n + 1] if n + 1 < len(words) else None
    if before not in {"in", "since", "by", "of", "until", "from", "late", "early", "mid", "the"}:
        return None
    if after is not None and (after.text in {"-", "–", "%"} or (after.end == word.end + 1 and after.low == "s")):
        return None
    if before == "the" or before == "of":
        return None
    return n, Time(word.start, word.end, Scale.YEAR, year=int(word.text))


def _resolved(time: Time, written: date | None) -> Time:
    """The days that a calendar date comes to, its year taken from the day of writing where that leaves no doubt."""
    if time.scale is not Scale.DAY or time.month is None or time.day is None:
        return time
    year = time.year
    if year is None and written is not None:
        years = sorted((written.year - 1, written.year, written.year + 1), key=lambda y: _distance(y, time, written))
        year = years[0]
    if year is None:
        return time
    try:
        day = date(year, time.month, time.day)
    except ValueError:
        return time
    return _with(time, first=day, last=day, weekday=day.weekday())


def _distance(year: int, time: Time, written: date) -> int:
    try:
        return abs((date(year, time.month or 1, time.day or 1) - written).days)
    except ValueError:
        return 9999
