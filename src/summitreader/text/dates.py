"""Dates as news writes them, read only as far as they are certain.

A date without a year stays without one; a numeric date that could be read two ways is not read; a weekday that does not
fit its date makes the whole doubtful, and it is not read either. No date is ever completed from today's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from summitreader.text.vocabulary import MONTHS, WEEKDAYS, ZONES


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text says of a day: `year` may be missing, month and day not. `offset` is minutes east of Greenwich."""

    year: int | None
    month: int
    day: int
    hour: int | None = None
    minute: int = 0
    offset: int | None = None
    weekday: int | None = None
    """Monday is 0."""

    def iso(self) -> str | None:
        """`2025-11-01`, `2025-11-01T21:40` or `2025-11-01T21:40+09:00`; None without a year."""
        if self.year is None:
            return None
        text = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        if self.hour is None:
            return text
        text += f"T{self.hour:02d}:{self.minute:02d}"
        if self.offset is None:
            return text
        sign, minutes = "-" if self.offset < 0 else "+", abs(self.offset)
        return f"{text}{sign}{minutes // 60:02d}:{minutes % 60:02d}"

    def month_day(self) -> str:
        """`--11-01`, the day of a year that is not known, as XML Schema's gMonthDay writes it."""
        return f"--{self.month:02d}-{self.day:02d}"


_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_ZONE = "|".join(ZONES)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_END = r"(?![\d/])"
_FORMS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d./-]){_YEAR}(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)\.?{_END}",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
        rf"(?<!\d){_YEAR}\.\s(?P<month>\d\d?)\.\s(?P<day>\d\d?)\.?{_END}",
        rf"(?<!\d){_YEAR}\.?\s(?P<name>{_MONTH})\s(?P<day>\d\d?)\.?{_END}",
        rf"(?<![\d.]){'(?P<day>[0-3]?[0-9])'}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}{_END}",
        rf"(?<![\w./-])(?P<day>\d\d?)(?:st|nd|rd|th|er|º|ª|\.)?\s?(?:of\s|de\s|-)?(?P<name>{_MONTH})\b\.?"
        rf"(?:,?\s?(?:de\s|del\s|-)?{_YEAR}{_END})?",
        rf"\b(?P<name>{_MONTH})\b\.?\s(?P<day>\d\d?)(?:st|nd|rd|th)?(?!\d|:)(?:,?\s{_YEAR}{_END})?",
        r"(?<!\d)(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
        rf"(?<![\d/])(?P<first>\d\d?)/(?P<second>\d\d?)/{_YEAR}{_END}",
    )
]
_TIME = re.compile(
    rf"(?P<half>오전|오후|上午|下午|午前|午後)?\s?"
    rf"(?<![\d:])(?P<hour>[0-2]?\d)(?:[:.h時时시]\s?(?P<minute>[0-5]\d)分?분?(?::[0-5]\d(?:\.\d+)?)?(?!\d))?"
    rf"\s?(?P<ampm>[ap]\.?\s?m\.?)?\s?(?P<uhr>Uhr)?\s?"
    rf"(?P<zone>(?:GMT|UTC)\s?[+-]\d{{1,2}}(?::?\d\d)?|[+-]\d\d:?\d\d|\b(?:{_ZONE})\b|(?<=\d)Z\b)?",
    re.IGNORECASE,
)
_WEEKDAYS_FOUND = re.compile(rf"(?<!\w)(?P<weekday>{_WEEKDAY})(?!\w)\.?", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:(?:first |last |originally )?(?:published|posted|updated|modified|created|filed|date|dated|issued|retrieved)"
    r"(?: on| at)?|at|on|the|um|den|vom|am|le|à|el|a las|alle|publié|mis à jour|veröffentlicht|stand|aktualisiert|"
    r"publicad[oa](?: em)?|actualizado|pubblicato(?: il)?|aggiornato|alle ore|ore|às|em|publicerad|uppdaterad|"
    r"publiceret|publisert|kl|klo|gepubliceerd(?: op)?|om|publikováno|opublikowano|godz|yayınlanma|diterbitkan|wib|"
    r"опубликовано|в|г|года|hrs?|hours|local time|eastern|time|h|uhr)\b|"
    r"입력|수정|기사입력|최종수정|등록|승인|发布时间|发布|更新|公開|配信|時間|时间|نشر|تحديث",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ANY_ZONE = re.compile(r"(\d\d|\b[AaPp]\.?[Mm]\.?)\s?\(?[A-Z]{1,3}[SD]T\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STAMPED = re.compile(
    r"\W*(?:(?:first|last|originally|story|date|page)\s+)?(?:published|posted|updated?|modified|created|filed)\b",
    re.IGNORECASE,
)
_STAMP_WORDS = frozenset(
    (
        *("first", "last", "originally", "story", "date", "page"),
        *("published", "posted", "updated", "update", "modified", "created", "filed"),
        *("on", "at", "the", "of", "and", "a", "p", "m", "am", "pm", "hr", "hrs", "hours", "minutes", "ago"),
        *("local", "time", "st", "nd", "rd", "th", "t", "z"),
    )
)
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def find_date(text: str) -> tuple[Moment, int, int] | None:
    """The first date in `text` that can be read with certainty, without its time of day, and where it stands."""
    text = text.translate(_ARABIC_DIGITS)
    best: tuple[Moment, int, int] | None = None
    for form in _FORMS:
        found = form.search(text)
        if found is None or (best is not None and found.start() >= best[1]):
            continue
        moment = _moment(found.groupdict())
        if moment is not None:
            best = moment, found.start(), found.end()
    return best


def read_date(line: str) -> Moment | None:
    """The date, and time where there is one, that a whole line or field value consists of; None where it says more.

    "Saturday 1 November 2025, 9:40 p.m. KST", "Published: 2025-11-01", "입력 2025-11-01 21:05".
    """
    moment = _read(line)
    if moment is None or moment.weekday is None or moment.year is None:
        return moment
    return moment if date(moment.year, moment.month, moment.day).weekday() == moment.weekday else None


def is_date_line(line: str) -> bool:
    """Whether a line is nothing but a date and time, be it one that contradicts itself."""
    return _read(line) is not None


def is_stamp(line: str) -> bool:
    """Whether a line says when a page was published or changed and nothing else, readable or not: "Updated: 20:09",
    "Story Created: Aug 7, 2012 at 9:56 AM". Without such a word it is one where it has a day with its year."""
    text = line.strip()
    if len(text) > 120 or _DIGIT.search(text) is None:
        return False
    words = [word.lower() for word in _LETTERS.findall(_ANY_ZONE.sub(r"\1", text))]
    if not all(word in _STAMP_WORDS or word in MONTHS or word in WEEKDAYS or word.upper() in ZONES for word in words):
        return False
    return _STAMPED.match(text) is not None or (find_date(text) is not None and _YEARS.search(text) is not None)


def _read(line: str) -> Moment | None:
    text = line.strip()
    if len(text) > 120 or _DIGIT.search(text) is None:
        return None
    text = text.translate(_ARABIC_DIGITS)
    found = find_date(text)
    if found is None:
        return None
    moment, start, end = found
    before, after = text[:start], text[end:]
    weekday = _WEEKDAYS_FOUND.search(before) or _WEEKDAYS_FOUND.search(after)
    if weekday is not None:
        moment = replace(moment, weekday=WEEKDAYS[weekday["weekday"].lower()])
    before, after = (_WEEKDAYS_FOUND.sub(" ", part, count=1) for part in (before, after))
    time = _time(after.lstrip("T")) or _time(before)
    if time is not None:
        (hour, minute, offset), matched = time
        moment = replace(moment, hour=hour, minute=minute, offset=offset)
        before, after = before.replace(matched, " "), after.replace(matched, " ")
    rest = _LABEL.sub(" ", before + " " + after.removeprefix("T"))
    return None if any(map(str.isalnum, rest)) else moment


def _moment(parts: dict[str, str | None]) -> Moment | None:
    named_year = parts.get("year")
    year = int(named_year) if named_year else None
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if (first > 12) == (second > 12) and first != second:
            return None
        day, month = (first, second) if first > 12 else (second, first)
    else:
        name = parts.get("name")
        month = MONTHS[name.lower()] if name else int(parts["month"] or 0)
        day = int(parts["day"] or 0)
    try:
        date(2024 if year is None else year, month, day)
    except ValueError:
        return None
    return Moment(year, month, day)


def _time(text: str) -> tuple[tuple[int, int, int | None], str] | None:
    for found in _TIME.finditer(text):
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        half = (found["ampm"] or "")[:1].lower()
        if found["half"]:
            half = "a" if found["half"] in ("오전", "上午", "午前") else "p"
        if found["minute"] is None and not (half or found["uhr"]):
            continue
        if half and not 1 <= hour <= 12:
            return None
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23:
            return None
        return (hour, minute, _offset(found["zone"])), found[0]
    return None


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    digits = re.search(r"([+-])(\d{1,2}):?(\d\d)?\Z", zone)
    if digits:
        minutes = int(digits[2]) * 60 + int(digits[3] or 0)
        return -minutes if digits[1] == "-" else minutes
    return 0 if zone in "zZ" else ZONES.get(zone.upper())
