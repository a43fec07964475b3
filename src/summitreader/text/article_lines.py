"""The lines of an article as its shape is read from them: without markdown, long or short, like a title or like
names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitreader.text import article_words as words
from summitreader.text.datelines import inline_dateline
from summitreader.text.dates import is_date_line
from summitreader.text.paragraphs import line_spans, paragraph_spans
from summitreader.text.span import Span

LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^)\[\s]{0,1000}+(?:\s{1,9}\"[^\"]{0,500}\")?\)")
"""A link or picture of markdown; bounded, so that a thousand that break off cost no more than one."""

_MARKS_BEFORE = re.compile(r"(?:#{1,6}\s+|>\s+|[*_~`=]+(?=\S)|[-+*•·◦▪‣]\s+)+")
_MARKS_AFTER = re.compile(r"(?:[*_~`]+|\s#+)\Z")
_MARKED = re.compile(r"[\[*_~`]|\A[#>=+\-•·◦▪‣]|#\Z")
_STRONG = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")
_SENTENCE_END = re.compile(r"[.。．!！?？][\"'”’»)\]」』]*\Z")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|etc|No|vs)\.|\.\.\.|…)[\"'”’»]*\Z")
_CONNECTOR = words.listed(
    """
    and of the for in at on to a an de del la le les der die das von van und et y e i di da du al el bin bint & with by
    """
)
_ROLES = words.listed("correspondent reporter editor staff agencies writer plc special contributor")
SHORT = 200
LONG = 100
"""Characters: a title or field is at most the one, a paragraph of the account among teasers at least the other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or a line of one that is furniture; units of one `chunk` have no blank line between them."""

    text: str
    start: int
    end: int
    chunk: int


def units_of(text: str, start: int, *, a_line_each: bool) -> list[Unit]:
    """The units of `text[start:]`: paragraphs, with those taken apart into lines that hold furniture."""
    units = []
    chunk = 0
    last = start
    for span in paragraph_spans(text, start, a_line_each=a_line_each):
        chunk += text.count("\n", last, span.start) > 1
        last = span.end
        for part in _parts(text, span):
            units.append(Unit(text[part.start : part.end], part.start, part.end, chunk))
    return units


def _parts(text: str, span: Span) -> list[Span]:
    if len(span) > 2_000 or "\n" not in text[span.start : span.end]:
        return [span]
    lines = line_spans(text, span)
    told = [bare(text[line.start : line.end]) for line in lines]
    short = len(told) < 8 and all(len(line) <= LONG for line in told)
    apart = words.SECTION.fullmatch(told[0]) or any(map(_is_furniture, told if short else told[1:4]))
    if apart or all(map(_is_furniture, told)) or text.startswith("# ", span.start):
        return lines
    return [span]


def _is_furniture(line: str) -> bool:
    found = words.FIELD.fullmatch(line)
    return (
        is_date_line(line)
        or (found is not None and words.FIELDS.get(found["key"].strip().lower()) is not None and len(line) < SHORT)
        or (words.BYLINE.match(line) is not None and looks_like_names(line))
        or words.CJK_BYLINE.fullmatch(line) is not None
        or words.RELEASE.fullmatch(line) is not None
        or line.lower() in words.DATE_KEYS
        or words.COPYRIGHT.match(line) is not None
        or (len(line) < LONG and (words.NOTICE.match(line) or words.CREDIT.match(line)) is not None)
    )


def bare(text: str) -> str:
    """The words of a line or paragraph without markdown around them."""
    text = text.strip()
    if _MARKED.search(text) is None:
        return text
    text = LINK.sub(r"\1", text)
    text = _MARKS_AFTER.sub("", _MARKS_BEFORE.sub("", text, count=1))
    return _STRONG.sub(r"\2", text).strip()


def is_short(line: str) -> bool:
    """Whether it is one line, of a length that furniture has."""
    return len(line) <= SHORT and "\n" not in line


def is_body(text: str) -> bool:
    """Whether a paragraph can only be part of an account: long, and ending a sentence."""
    line = bare(text)
    wide = sum(c > "\u2e80" for c in line)
    long = len(line) + wide >= LONG and (len(line.split()) >= 12 or wide > 30)
    return long and _SENTENCE_END.search(line) is not None and not _ABBREVIATION_END.search(line)


def is_title_like(text: str, *, sure: bool = False) -> bool:
    """Whether a line can be a title: short, no sentence end, no dateline.

    One that ends like a sentence must have the capitals of a title, or be `sure` to be one by what stands next to it.
    """
    line = re.sub(r"\s*\n\s*", " ", bare(text))
    if not line or len(line) > 250 or text.count("\n") > 2 or not any(map(str.isalpha, line)):
        return False
    if is_date_line(line) or inline_dateline(line) is not None or line[-1] in ",;:，、；：":
        return False
    if not _SENTENCE_END.search(line) or _ABBREVIATION_END.search(line):
        return True
    if line.rstrip("\"'”’»)]」』")[-1:] in "?!？！":
        return len(line) <= 120 and not re.search(r"[.!?]\s+[a-zà-ÿ]", line)
    tokens = [t for t in re.findall(r"[^\W\d_][\w'’-]*", line) if t.lower() not in _CONNECTOR]
    capitals = sum(t[0].isupper() for t in tokens)
    return len(line) <= 160 and (sure or (len(tokens) >= 4 and capitals >= 0.8 * len(tokens)))


def is_heading_like(line: str) -> bool:
    """Whether a line among paragraphs can be a heading: like a title, and without any sentence end."""
    return is_title_like(line) and not line[0].islower() and not _SENTENCE_END.search(line)


def looks_like_names(line: str) -> bool:
    """Whether a line is names only: of people, an outlet, a company; every word with a capital, and few of them."""
    if (
        line.endswith(",")
        or not 0 < len(line) <= 120
        or (_SENTENCE_END.search(line) and not _ABBREVIATION_END.search(line))
    ):
        return False
    tokens = re.findall(r"[^\W\d_][^\s,|/·]*", line)
    if not tokens or len(tokens) > 14:
        return False
    small = _CONNECTOR | _ROLES
    cased = [t for t in tokens if t.lower() != t.upper() and t.lower() not in small]
    if not cased:
        return len(line) <= 30
    return all(t[0].isupper() or any(map(str.isupper, t)) for t in cased)
