"""Figures of two languages held against each other, in passages that are linked by meaning.

Korean, Chinese and Japanese figures are read here, by numerals, magnitude and what follows them (a currency, a unit of
time, a counter); those of other languages are not read. Shares, sums in one currency, lengths of time and counts are
compared where each passage has one left that the other does not also have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from summitreader.comparison.divergence.figures import Bound, Sort, values_in
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.model import Divergence, LinkKind, PassageRef, SourceSpan

_DIGITS = {
    c: n for n, group in enumerate(("零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")) for c in group
}
_SMALL = {"十": 10, "십": 10, "百": 100, "백": 100, "千": 1000, "천": 1000}
_LARGE = {"万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12}
_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_UNITS: dict[str, tuple[Sort, str, float]] = {
    **dict.fromkeys(("%", "퍼센트", "パーセント"), (Sort.SHARE, "%", 1.0)),
    **dict.fromkeys(("달러", "美元", "ドル"), (Sort.MONEY, "$", 1.0)),
    **dict.fromkeys(("원", "韩元", "韓元", "ウォン"), (Sort.MONEY, "KRW", 1.0)),
    **dict.fromkeys(("위안", "元", "人民币", "人民元"), (Sort.MONEY, "CNY", 1.0)),
    **dict.fromkeys(("엔", "日元", "日圆", "円"), (Sort.MONEY, "JPY", 1.0)),
    **dict.fromkeys(("유로", "欧元", "歐元", "ユーロ"), (Sort.MONEY, "EUR", 1.0)),
    **dict.fromkeys(("크로네", "克朗"), (Sort.MONEY, "crown", 1.0)),
    **dict.fromkeys(("분", "分钟", "分鐘", "分間"), (Sort.MEASURE, "time", _MINUTE)),
    **dict.fromkeys(("시간", "小时", "小時", "個小時", "个小时", "時間"), (Sort.MEASURE, "time", _HOUR)),
    **dict.fromkeys(("일간", "天", "日間"), (Sort.MEASURE, "time", _DAY)),
    **dict.fromkeys(("주간", "周", "星期", "週間"), (Sort.MEASURE, "time", 7 * _DAY)),
    **dict.fromkeys(("개월", "个月", "個月", "か月", "カ月", "ヶ月"), (Sort.MEASURE, "time", 2629746.0)),
    **dict.fromkeys(("년", "年", "年間"), (Sort.MEASURE, "time", 31556952.0)),
    **dict.fromkeys(
        (
            "명",
            "건",
            "개국",
            "개",
            "대",
            "척",
            "가구",
            "곳",
            "人",
            "名",
            "件",
            "份",
            "个",
            "個",
            "项",
            "項",
            "户",
            "艘",
        ),
        (Sort.COUNT, "", 1.0),
    ),
}
_NUMERAL = "0-9零〇一二两兩三四五六七八九十십百백千천万萬만亿億억兆조"
_FIGURE = re.compile(
    rf"(?P<about>[约約약]\s*)?(?P<share>百分之)?(?P<number>\d[\d,]*(?:\.\d+)?[{_NUMERAL[3:]}]*(?:[\d{_NUMERAL[3:]}]*)"
    rf"|[{_NUMERAL[3:]}]+)(?P<more>여|余|多)?\s?(?P<half>[个個]半)?\s?"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})?"
)
_ROUNDED, _ABOUT = 1.03, 1.15
"""Ratios up to which two amounts may be one, plainly and where one is told as about that."""
_FAR = 3.0
"""Ratio from which two amounts are rather of two things."""
_RIGHT = 0.7
"""The confidence: of the few that were read three in four were right, which says little."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a passage, `[start, end)` of it; `low` and `high` in the base of `unit`, as in `figures.Value`."""

    start: int
    end: int
    low: float
    high: float
    sort: Sort
    unit: str
    about: bool


def number_of(numeral: str) -> float:
    """The number that a Chinese, Japanese or Korean numeral stands for, digits and signs mixed: "1천2백", "三千亿"."""
    total = section = 0.0
    last: float | None = None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|.", numeral):
        if token[0].isdigit() and token[0].isascii():
            last = float(token.replace(",", ""))
        elif token in _DIGITS:
            last = (last or 0.0) * 10 + _DIGITS[token]
        elif token in _SMALL:
            section, last = section + (1.0 if last is None else last) * _SMALL[token], None
        else:
            section += last or 0.0
            if section:
                total, section = total + section * _LARGE[token], 0.0
            else:
                total *= _LARGE[token]
            last = None
    return total + section + (last or 0.0)


def amounts_in(text: str, language: str | None) -> list[Amount]:
    """The amounts of a passage that can be compared across languages; none in a language that is not read."""
    if language in (None, "en"):
        return [
            Amount(
                v.start, v.end, v.low, v.high, v.sort, "$" if v.unit == "USD" else v.unit, v.bound is not Bound.EXACT
            )
            for v in values_in(text)
            if v.sort in (Sort.SHARE, Sort.MONEY, Sort.COUNT) or v.unit == "time"
        ]
    return list(_joined(_cjk_amounts(text))) if language.split("-")[0] in ("ko", "zh", "ja") else []


def _cjk_amounts(text: str) -> Iterator[Amount]:
    plain = "".join(unicodedata.normalize("NFKC", c) if len(unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
    for match in _FIGURE.finditer(plain):
        sort, unit, scale = _UNITS.get(match["unit"] or "", (None, "", 1.0))
        value = number_of(match["number"]) + (0.5 if match["half"] else 0.0)
        if match["share"]:
            sort, unit, scale = Sort.SHARE, "%", 1.0
        calendar = match["unit"] in ("年", "년") and 1500 <= value <= 2100
        if sort is None or not value or calendar:
            continue
        about = bool(match["about"] or match["more"])
        yield Amount(match.start("number"), match.end(), value * scale, value * scale, sort, unit, about)


def _joined(amounts: Iterator[Amount]) -> Iterator[Amount]:
    """With hours and the minutes right after them as one."""
    before: Amount | None = None
    for amount in amounts:
        if (
            before
            and before.unit == amount.unit == "time"
            and amount.low < before.low
            and amount.start - before.end <= 1
        ):
            total = before.low + amount.low
            before = Amount(before.start, amount.end, total, total, before.sort, "time", before.about)
            continue
        if before:
            yield before
        before = amount
    if before:
        yield before


def _one(a: Amount, b: Amount) -> bool:
    """Whether two amounts may be one."""
    ratio = max(a.low, b.low) / max(1e-9, min(a.high, b.high))
    return ratio <= (_ABOUT if a.about or b.about else _ROUNDED)


def figures_apart(ours: list[Amount], theirs: list[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """The amounts of two passages that are of one measure and cannot be one: those of which each has one left."""
    for sort, unit in dict.fromkeys((a.sort, a.unit) for a in ours):
        mine = [a for a in ours if (a.sort, a.unit) == (sort, unit)]
        yours = [b for b in theirs if (b.sort, b.unit) == (sort, unit)]
        left = [a for a in mine if not any(_one(a, b) for b in yours)]
        right = [b for b in yours if not any(_one(a, b) for a in mine)]
        if len(left) == len(right) == 1 and max(left[0].low, right[0].low) < _FAR * min(left[0].high, right[0].high):
            yield left[0], right[0]


_Side = list[tuple[SourceSpan, Amount]]


def find_figures_across(story: Story) -> list[Divergence]:
    """Figures that differ in passages of two languages that are likely linked, a divergence for each."""
    groups: list[list[_Side]] = []
    for link in story.heard(story.report.links):
        if link.kind is not LinkKind.TRANSLATED:
            continue
        for a, b in figures_apart(_amounts(story, link.a), _amounts(story, link.b)):
            ends = (story.span(link.a, a.start, a.end), a), (story.span(link.b, b.start, b.end), b)
            sides = next((g for g in groups if any(end in side for side in g for end in ends)), None)
            if sides is None:
                groups.append(sides := [])
            for end in ends:
                side = next((side for side in sides if _one(side[0][1], end[1])), None)
                if side is None:
                    sides.append([end])
                elif end not in side:
                    side.append(end)
    return [_divergence(story, sides) for sides in groups]


def _divergence(story: Story, sides: list[_Side]) -> Divergence:
    spans = [[span for span, _ in side] for side in sides]
    words = [f"{story.labels[side[0].source]} has {quoted(story.around(side[0]))}" for side in spans]
    reason = "two amounts of one measure, in passages of two languages on one thing"
    return made(story, "number", spans, confidence=_RIGHT, summary="; ".join(words) + ".", reason=reason)


def _amounts(story: Story, ref: PassageRef) -> list[Amount]:
    return amounts_in(story.text(ref), story.sources[ref.source].language)
