"""The one gate that makes text from outside safe to show: one code point in, one code point out.

Offsets into a text hold for what `shown` makes of it. What could steer a terminal, hide or reorder words becomes a
visible mark of one cell; what a script needs to be written rightly (the joiners of Persian, Indic scripts and emoji, a
few combining marks, a variation selector after its base) stays. Line feeds stay too, and are the caller's to lay out.

See Unicode Technical Report 36 and 39, CVE-2021-42574 (bidi controls), and UAX 31 for where joiners are needed.
"""

from __future__ import annotations

import re
from functools import cache

UNPRINTABLE = "\ufffd"
"""In place of C1 controls, surrogates and noncharacters."""

HIDDEN = "\u2038"
"""In place of characters without width: a proofreader's caret."""

SOFT_HYPHEN = "\u2027"
TAG = "\u25a1"
"""In place of tag characters outside a flag."""

LEFT_TO_RIGHT, RIGHT_TO_LEFT, DIRECTION_ENDS = "\u21e2", "\u21e0", "\u21c6"
"""In place of marks, embeddings, overrides and isolates of direction, and of what ends them."""

EXCESS_MARK = "\u25cc"
"""In place of each combining mark after the first `MOST_MARKS` on one letter."""

MOST_MARKS = 8

_SHORT = 2_000
"""Code points; above, a pattern of just the characters that occur pays for being made."""

_BIDI = {
    **dict.fromkeys("\u200e\u202a\u202d\u2066", LEFT_TO_RIGHT),
    **dict.fromkeys("\u061c\u200f\u202b\u202e\u2067", RIGHT_TO_LEFT),
    **dict.fromkeys("\u2068\u2069\u202c", DIRECTION_ENDS),
}
_HIDDEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"

_ONE = (
    f"\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200c\u200d\u2028\u2029\ud800-\udfff"
    f"{_NONCHARACTERS}{_HIDDEN}{''.join(_BIDI)}{_SELECTORS}{_TAGS}"
)
_ANY = f"[{_ONE}{_MARKS}]"
_SUSPECT = f"[{_ONE}]|[{_MARKS}]{{{MOST_MARKS + 1},}}"
_PLAIN = frozenset(
    map(chr, (0x0A, *range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180), *range(0x2010, 0x2027)))
)
"""Characters of which nothing is to be changed, whatever stands beside them: those of most Western text."""

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TAKES_SELECTOR = f"[{_EMOJI}#*0-9\u2200-\u22ff\u1000-\u109f\ua840-\ua87f{_IDEOGRAPH}]"
_JOINING_LETTER = (
    "[\u0600-\u06ff\u0710-\u074f\u0750-\u07ff\u0840-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
    "\u1800-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua8e0-\ua8ff\ua980-\ua9df\ufb50-\ufdcf\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    """The expression, compiled when it is first wanted: so many ranges take longer than a page takes to be read."""
    return re.compile(expression)


def shown(text: str) -> str:
    """`text` safe to show, of the same length in code points; a tab becomes a space, a line feed stays.

    Costs one scan where there is nothing to change.
    """
    occurring = set(text)
    if occurring <= _PLAIN:
        return text
    suspects = _pattern(_ANY).findall("".join(occurring))
    if not suspects:
        return text
    if len(text) < _SHORT:
        return _pattern(_SUSPECT).sub(_mark, text)
    single = re.escape("".join(c for c in suspects if not _pattern(f"[{_MARKS}]").match(c)))
    flood = f"[{_MARKS}]{{{MOST_MARKS + 1},}}"
    return re.sub(f"[{single}]|{flood}" if single else flood, _mark, text)


def shown_line(text: str) -> str:
    """The same for a place of one line (a name, a title, a message): a line feed becomes its picture."""
    return shown(text).replace("\n", "\u240a")


def _mark(found: re.Match[str]) -> str:
    character = found[0]
    if len(character) > 1:
        return character[:MOST_MARKS] + EXCESS_MARK * (len(character) - MOST_MARKS)
    code = ord(character)
    if code < 0x20:
        return " " if character == "\t" else chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code < 0xA0 or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return UNPRINTABLE
    if character in _BIDI:
        return _BIDI[character]
    if character in "\u2028\u2029":
        return "\u2424"
    if character == "\u00ad":
        return SOFT_HYPHEN
    if character in "\u200c\u200d":
        return character if _joiner_belongs(found.string, found.start()) else HIDDEN
    if _pattern(f"[{_SELECTORS}]").match(character):
        return character if _selector_belongs(found.string, found.start()) else HIDDEN
    if 0xE0000 <= code <= 0xE0FFF:
        return character if _in_flag(found.string, found.start()) else TAG
    return HIDDEN


def _joiner_belongs(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    letter = _pattern(_JOINING_LETTER)
    if letter.match(before):
        return text[at] == "\u200d" or letter.match(after) is not None
    return (
        text[at] == "\u200d"
        and _pattern(f"[{_EMOJI}\ufe0f]").match(before) is not None
        and _pattern(f"[{_EMOJI}]").match(after) is not None
    )


def _selector_belongs(text: str, at: int) -> bool:
    takes = f"[{_IDEOGRAPH}]" if text[at] >= "\U000e0100" else _TAKES_SELECTOR
    return _pattern(takes).match(text[at - 1 : at]) is not None


def _in_flag(text: str, at: int) -> bool:
    """Whether the tag character is part of a flag like Scotland's: a black flag, at most seven tags, a cancel tag."""
    if not 0xE0020 <= ord(text[at]) <= 0xE007F:
        return False
    start = at
    while start > 0 and at - start <= 7 and 0xE0020 <= ord(text[start - 1]) <= 0xE007E:
        start -= 1
    end = at
    while end < len(text) and end - start <= 7 and 0xE0020 <= ord(text[end]) <= 0xE007E:
        end += 1
    return text[start - 1 : start] == "\U0001f3f4" and text[end : end + 1] == "\U000e007f"
