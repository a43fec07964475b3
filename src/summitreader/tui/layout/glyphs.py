"""The marks of a passage: which glyph stands in the gutter and in the ruler, and what it means in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Mark(IntEnum):
    """What a passage is, the first to be shown first."""

    CHECK = 0
    QUOTATION = 1
    OWN = 2
    SAME = 3
    LINKED = 4
    ALONE = 5


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One character a category, each one cell wide."""

    marks: dict[Mark, str]
    note: str
    bar: str
    ruler: str
    thumb: str
    ruler_link: str
    silent: str
    told: str
    fold: str
    adds: str


UNICODE = Glyphs(
    marks={Mark.CHECK: "≠", Mark.QUOTATION: "❝", Mark.OWN: "∞", Mark.SAME: "=", Mark.LINKED: "≈", Mark.ALONE: "○"},
    note="✎",
    bar="▌",
    ruler="│",
    thumb="┃",
    ruler_link="╴",
    silent="·",
    told="●",
    fold="▸",
    adds="+",
)
ASCII = Glyphs(
    marks={Mark.CHECK: "!", Mark.QUOTATION: '"', Mark.OWN: "&", Mark.SAME: "=", Mark.LINKED: "~", Mark.ALONE: "o"},
    note="*",
    bar="|",
    ruler=":",
    thumb="#",
    ruler_link="-",
    silent=".",
    told="@",
    fold=">",
    adds="+",
)

MEANING = {
    Mark.CHECK: "to check: sources differ here",
    Mark.QUOTATION: "quotation",
    Mark.OWN: "linked by hand",
    Mark.SAME: "linked, in the same words",
    Mark.LINKED: "linked: another source tells this too",
    Mark.ALONE: "told here only, surely",
}
