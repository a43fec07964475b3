"""Datelines: the place, and often the day and the agency, that open a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitreader.text.dates import Moment, find_date, is_date_line, read_date

_WORD = r"[A-ZÀ-ÞА-Я][\w.'’-]*"
_CAPITALS = r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’-]+"
_PLACE = rf"{_WORD}(?:[ /](?:{_WORD}|of|de|del|la|al|am|an der|on|upon)){{0,4}}"
_CAPITAL_PLACE = rf"{_CAPITALS}(?:[ /](?:{_CAPITALS}|DE|DU|LA|of|de)){{0,4}}"
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ?)?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,10}\.?(?:,? \d{4})?"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)?"
)
_AGENCY = r"(?:\([^()\d]{2,40}\)|/[A-Z][\w .-]{2,30}/)"
_DASH = r"(?:\s?[–—―]|\s?--+|\s-|\s?[:=](?=\s))"
_INLINE = re.compile(
    rf"(?:(?P<place>{_CAPITAL_PLACE}(?:, {_PLACE}){{0,2}}),? ?(?P<day>{_DAY}),? ?(?:{_AGENCY})?"
    rf"|(?P<place2>{_PLACE}(?:, {_PLACE}){{0,2}}),? (?P<day2>{_DAY}),? ?(?:{_AGENCY})?"
    rf"|{_AGENCY})"
    rf"{_DASH}\s+(?=\S)"
)
_CJK = re.compile(
    r"(?:本报|本報)?(?P<place>[\u4e00-\u9fff（()）]{2,16}?)(?P<day>\d{1,2}月\d{1,2}日)"
    r"(?:综合|专)?[电電讯訊](?:\s*[（(][^）)]{2,30}[）)])?[\s　]*"
    r"|[（(\[【](?P<place2>[^（）()\[\]【】=＝\d]{1,16})[=＝](?P<agency>[^）)\]】]{1,16})[）)\]】]\s*"
    r"(?:[가-힣·, ]{2,20}?기자\s*=\s*)?"
    r"|[【\[](?P<place3>[\u3040-\u9fff]{1,12})[】\]]\s*"
)
_ALONE_PLACE = re.compile(rf"{_CAPITAL_PLACE}(?:, {_PLACE}){{0,2}}")
_ALONE_END = re.compile(rf"\s?(?:{_AGENCY})?(?:\s?[–—-]+)?\Z")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`end` is the offset, in the paragraph, after the dash; `moment` the day that is said, if any."""

    end: int
    place: str | None
    moment: Moment | None


def inline_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph: "GYEONGJU, South Korea, Nov 1 – South Korean President …".

    A place in ordinary letters counts only with a day or an agency in brackets ("Berlin (dpa) -").
    """
    head = paragraph[:160].replace("\n", " ")
    found = _INLINE.match(head)
    if found is not None:
        place = found["place"] or found["place2"]
        day = found["day"] or found["day2"]
        moment = _moment(day)
        colon = found[0].rstrip().endswith((":", "="))
        sure = moment is not None or re.search("[(/]", found[0]) is not None
        if sure or (_letters(found["place"]) >= 2 and not colon):
            return Dateline(len(found[0].rstrip()), place, moment)
        return None
    found = _CJK.match(head)
    if found is None:
        return None
    place = found["place"] or found["place2"] or found["place3"]
    return Dateline(len(found[0].rstrip()), place, _moment(found["day"]))


def is_dateline_alone(line: str) -> Dateline | None:
    """A line that is a dateline and nothing else: "GYEONGJU, South Korea, Nov. 1, 2025"."""
    line = line.strip()
    if len(line) > 80:
        return None
    body = _ALONE_END.sub("", line)
    for comma in (found.start() for found in re.finditer(",| (?=[({\\d])", body)):
        place, day = body[:comma], body[comma:].strip(" ,")
        if _ALONE_PLACE.fullmatch(place) and is_date_line(day):
            return Dateline(len(line), place, read_date(day))
    return None


def _letters(place: str | None) -> int:
    return sum(map(str.isalpha, place or ""))


def _moment(day: str | None) -> Moment | None:
    if not day:
        return None
    found = find_date(day)
    return found[0] if found else None
