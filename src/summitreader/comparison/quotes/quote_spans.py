"""Stretches between quotation marks in one paragraph, in any of the usual scripts.

What counts as a mark: straight and curly, double and single, guillemets either way round, the low German and Polish
marks, CJK corner brackets and title marks, and the doubled grave accents of old wires. An apostrophe, a foot and an
inch are none. Marks may be nested; what is unclosed is told apart from what is closed, for the caller to judge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """`[start, end)` of a text with the marks, `[inner_start, inner_end)` without; `end` of an unclosed one is the
    end of the paragraph. `depth` is 0 for an outermost one; `opened` is false where only a closing mark was found."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    mark: str
    depth: int = 0
    closed: bool = True
    opened: bool = True

    @property
    def doubtful(self) -> bool:
        """Between two straight single marks and two more, which may or may not be meant as quotation marks."""
        return self.mark == "''"


_CLOSERS = {
    opener: frozenset([closers] if closers == "''" else closers)
    for opener, closers in {
        "“": '”"“',
        "„": "“”",
        "‟": "”",
        "«": "»",
        "»": "«»",
        "‹": "›",
        "›": "‹",
        "‘": "’",
        "‚": "‘’",
        "”": "”“",
        '"': '"”',
        "＂": "＂",
        "'": "'",
        "``": "''",
        "''": "''",
        "「": "」",
        "『": "』",
        "｢": "｣",
        "《": "》",
        "〈": "〉",
        "〝": "〞〟",
        "﹁": "﹂",
        "﹃": "﹄",
    }.items()
}
TITLE_MARKS = frozenset("《〈")
_SINGLE_CLOSERS = frozenset("'’‘")
SINGLE_MARKS = frozenset("'‘‚‹›〈")
_ANY = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚'＂「」『』｢｣《》〈〉〝〞〟﹁﹂﹃﹄]")
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f\u2009([{—–-/:;,…\"“„«»‘'‹›「『¿¡.")
_AFTER_CLOSING = frozenset(" \t\n\u00a0\u202f\u2009)]}—–-/:;,.!?…\"”“»«’'›‹」』、。")
_ELISION = re.compile(r"(?:tis|twas|em|til|till|cause|cuz|bout|n|round|\d\d?0s|\d\d)\b", re.IGNORECASE)
_INCHES = re.compile(r"\d\s?$")
_ATTRIBUTE = re.compile(r"""\w=(?:["“”][^"“”\n]*["“”]|'[^'\n]*')""")
_SAID = re.compile(r"(?<=[,?!])\s(?:said|says|added|(?:he|she|they|[A-Z][\w'’-]+)\s(?:said|says|told|added|wrote))\b")
_LINE = re.compile(r"(?<=[.!?])\s*\n")


def find_quote_spans(text: str, start: int, end: int) -> list[QuotedSpan]:
    """The marked stretches of `text[start:end]`, one paragraph, in order of their start."""
    tokens = [(m.start(), m.group()) for m in _ANY.finditer(text, start, end)]
    if not tokens:
        return []
    if "=" in text[start:end]:
        inside = [m.span() for m in _ATTRIBUTE.finditer(text, start, end)]
        tokens = [(at, mark) for at, mark in tokens if not any(a <= at < b for a, b in inside)]
    tokens = _regroup(tokens)
    return _Scan(text, start, end, tokens).run()


def _without_apostrophes(letter: str) -> bool:
    """Whether a letter is of a script that knows no apostrophe, so that a single mark beside it is a quotation mark."""
    return letter >= "\u1100" and letter.isalpha() and not "\u1e00" <= letter <= "\u1fff"


def _regroup(tokens: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Three single marks in a row that close: the single one first, then the double."""
    out: list[tuple[int, str]] = []
    for at, mark in tokens:
        if mark == "'" and out and out[-1] == (at - 2, "''") and any(m == "'" for _, m in out[:-1]):
            out[-1:] = [(at - 2, "'"), (at - 1, "''")]
        else:
            out.append((at, mark))
    return out


class _Scan:
    """One walk over the marks of a paragraph with a stack of those that stand open."""

    def __init__(self, text: str, start: int, end: int, tokens: list[tuple[int, str]]) -> None:
        self.text, self.start, self.end, self.tokens = text, start, end, tokens
        self.open: list[tuple[int, str]] = []
        self.found: list[QuotedSpan] = []
        self.places: dict[str, list[int]] = {}
        for index, (_, mark) in enumerate(tokens):
            self.places.setdefault(mark, []).append(index)

    def run(self) -> list[QuotedSpan]:
        for index, (at, mark) in enumerate(self.tokens):
            if self._closes(index, at, mark):
                self._close(at, mark)
            elif self._opens(index, at, mark):
                self._open(index, at, mark)
            elif mark in '”"' and not self.open and not self.found and self._looks_closing(at, mark):
                self.found.append(QuotedSpan(self.start, at + 1, self.start, at, mark, opened=False))
        if self.open:
            self._unclosed(*self.open[0])
        return self._nested()

    def _before(self, at: int) -> str:
        return self.text[at - 1] if at > self.start else " "

    def _after(self, at: int, mark: str) -> str:
        return self.text[at + len(mark)] if at + len(mark) < self.end else " "

    def _looks_opening(self, at: int, mark: str) -> bool:
        after = self._after(at, mark)
        before = self._before(at)
        return (before in _BEFORE_OPENING or _without_apostrophes(before)) and not after.isspace()

    def _looks_closing(self, at: int, mark: str) -> bool:
        return not self._before(at).isspace() and self._after(at, mark) in _AFTER_CLOSING

    def _opens(self, index: int, at: int, mark: str) -> bool:
        if mark == "“" and any(m == "“" for _, m in self.open):
            return self._before(at).isspace()
        if mark == "''":
            return self._looks_opening(at, mark)
        if mark in ("“", "„", "‟", "``", "〝") or mark in "「『｢《〈﹁﹃":
            return not any(m == mark for _, m in self.open)
        if mark in "«‹":
            return not any(m in "«‹" and m == mark for _, m in self.open)
        if mark in "»›":
            return self._looks_opening(at, mark) and self._has_partner(index, mark)
        if mark in '"＂':
            return self._looks_opening(at, mark) or not self._looks_closing(at, mark)
        if mark == "”":
            return self._looks_opening(at, mark) and not self._looks_closing(at, mark)
        if mark == "‚":
            return self._looks_opening(at, mark) and not self._after(at, mark).isspace()
        if mark in "'‘":
            return self._single_opens(index, at, mark)
        return False

    def _closers_ahead(self, index: int) -> int:
        """How many closing marks follow before the next opening one, as far as it matters: up to two."""
        count = 0
        for later in range(index + 1, len(self.tokens)):
            mark = self.tokens[later][1]
            if mark == "“" or count > 1:
                break
            count += mark in '”"'
        return count

    def _after_it(self, index: int, mark: str) -> int:
        """How many such marks follow."""
        places = self.places.get(mark, [])
        return len(places) - bisect_right(places, index)

    def _single_opens(self, index: int, at: int, mark: str) -> bool:
        if not self._looks_opening(at, mark) or _ELISION.match(self.text, at + 1):
            return False
        if any(m in SINGLE_MARKS for _, m in self.open) or not self._after(at, mark).isalnum():
            return False
        return any(last > index for closer, last in self._last_single.items() if closer in _CLOSERS[mark])

    def _has_partner(self, index: int, mark: str) -> bool:
        return any(self._after_it(index, closer) for closer in _CLOSERS[mark])

    @cached_property
    def _last_single(self) -> dict[str, int]:
        """The last place of each single mark that ends a quotation."""
        return {mark: n for n, (_, mark) in enumerate(self.tokens) if self._single_ends[n]}

    @cached_property
    def _single_ends(self) -> list[bool]:
        """For each mark whether it is a single one that ends a quotation, and stands neither for letters left out nor
        for a possessive; from the last to the first, since a possessive is known by the end that comes after it.
        """
        ends = [False] * len(self.tokens)
        ended_later: set[str] = set()
        for index in range(len(self.tokens) - 1, -1, -1):
            at, mark = self.tokens[index]
            if mark in _SINGLE_CLOSERS:
                ends[index] = self._ends_here(at, mark, ended_later)
            if mark in "‘“" or (mark in "'\"" and self._looks_opening(at, mark)):
                ended_later = set()
            elif ends[index]:
                ended_later.add(mark)
        return ends

    def _ends_here(self, at: int, mark: str, ended_later: set[str]) -> bool:
        after = self._after(at, mark)
        if self._before(at).isspace() or (after.isalnum() and not _without_apostrophes(after)):
            return False
        possessive = self._before(at) in "sS" and after == " " and self.text[at + 2 : at + 3].isalpha()
        return not (possessive and mark in ended_later)

    def _closes(self, index: int, at: int, mark: str) -> bool:
        opener = next((m for _, m in reversed(self.open) if mark in _CLOSERS[m]), None)
        if opener is None:
            return False
        if mark in "'’‘" and opener in "'‘‚":
            return self._single_ends[index]
        if mark in '"＂':
            return not self._is_inches(index, at) and not self._reopens(index, at, mark)
        if mark == "“" and opener in "“”":
            return self._looks_closing(at, mark) and not self._looks_opening(at, mark)
        return not (mark in "»" and opener == "»" and self._looks_opening(at, mark))

    def _reopens(self, index: int, at: int, mark: str) -> bool:
        """A straight mark that can only be an opening one while one stands open: the first was never closed.

        Where text was taken apart and put together with a space before the closing mark (`it, "he said`), what is left
        of the paragraph pairs up only if the mark closes.
        """
        if not (self._before(at).isspace() and self._after(at, mark).isalnum()):
            return False
        rest = self._after_it(index, mark)
        return not (self.text[max(self.start, at - 2)] in ",.!?" and rest % 2 == 0)

    def _is_inches(self, index: int, at: int) -> bool:
        if not _INCHES.search(self.text, max(self.start, at - 3), at):
            return False
        rest = self._after_it(index, self.tokens[index][1])
        after = self.text[at + 1 : at + 3]
        return rest % 2 == 1 and (after[:1] in " -" and after[1:2].islower())

    def _open(self, index: int, at: int, mark: str) -> None:
        figure = _INCHES.search(self.text, max(self.start, at - 3), at)
        if figure and mark in '"＂' and not self.text[at + 1 : at + 2].isalpha():
            return
        if mark == "“" and any(m == '"' and a == at - 1 for a, m in self.open):
            return
        if mark in '"＂“' and not (mark == "“" and self._closers_ahead(index) > 1):
            for opened, opener in self.open:
                if opener == mark:
                    self._unclosed(opened, opener, at)
            self.open = [(a, m) for a, m in self.open if m != mark]
        self.open.append((at, mark))

    def _close(self, at: int, mark: str) -> None:
        while self.open:
            opened, opener = self.open.pop()
            if mark in _CLOSERS[opener]:
                self._add(opened, at + len(mark), opener, len(mark))
                return

    def _add(self, opened: int, end: int, opener: str, closing: int) -> None:
        inner_start, inner_end = self._trim(opened + len(opener), end - closing)
        if inner_start < inner_end:
            self.found.append(QuotedSpan(opened, end, inner_start, inner_end, opener))

    def _unclosed(self, opened: int, opener: str, before: int | None = None) -> None:
        """Keep what was never closed: to where it says who said it, else to the end of its line or paragraph.

        With `before`, where the same mark opens again, only the former will do.
        """
        if opener in SINGLE_MARKS:
            return
        said = _SAID.search(self.text, opened, before or self.end)
        if said is None and before is not None:
            return
        line = _LINE.search(self.text, opened, self.end)
        end = said.start() if said else line.start() if line else self.end
        inner_start, inner_end = self._trim(opened + len(opener), end)
        if inner_start < inner_end:
            self.found = [m for m in self.found if not (m.start < inner_end < m.end)]
            self.found.append(QuotedSpan(opened, inner_end, inner_start, inner_end, opener, closed=False))

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _nested(self) -> list[QuotedSpan]:
        """The same with their depth: how many others each stands in."""
        ordered = sorted(self.found, key=lambda m: (m.start, -m.end))
        out: list[QuotedSpan] = []
        around: list[QuotedSpan] = []
        for m in ordered:
            while around and around[-1].end <= m.start:
                around.pop()
            depth = len(around)
            out.append(QuotedSpan(m.start, m.end, m.inner_start, m.inner_end, m.mark, depth, m.closed, m.opened))
            around.append(m)
        return out
