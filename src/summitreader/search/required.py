"""What every match of a regular expression must hold, so that texts without it need not be searched.

After Russ Cox, Regular Expression Matching with a Trigram Index (2012), with words in place of trigrams. It reads a
part of what `regex` reads, and says nothing of an expression with anything else in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Either = tuple[str, ...]
"""Runs of small ASCII letters, digits and _ of which a match holds one at least, in either case."""

_COUNT = re.compile(r"\{(\d*)(?:,(\d*))?\}")
_OPENS = re.compile(r"\(\?(?::|[ims]+:|P?<[A-Za-z_]\w*>|[=!]|<[=!])")
_FLAGS = re.compile(r"\(\?[ims]+\)")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\[\\])*\]", re.DOTALL)
_PROPERTY = re.compile(r"[pP]\{[^}]*\}")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_STANDS_FOR_OTHERS = frozenset("bBdDwWsSAZntrfv0123456789")
_DEEPEST = 20


class _Unknown(Exception):
    """Something that is not understood here."""


def required(expression: str) -> tuple[Either, ...]:
    """What a match of a valid expression holds: one run of letters of each group. Nothing where that is not known."""
    try:
        reading = _Reading(expression)
        found = reading.alternatives(0)
        if reading.at < len(expression):
            return ()
    except _Unknown:
        return ()
    return tuple(dict.fromkeys(found))


@dataclass
class _Sequence:
    """One alternative as far as it is read: what it must hold, and the run of letters that may go on."""

    held: list[Either] = field(default_factory=list)
    run: str = ""

    def end_run(self) -> None:
        if self.run:
            self.held.append((self.run,))
        self.run = ""


class _Reading:
    def __init__(self, expression: str) -> None:
        self._expression = expression
        self.at = 0

    def alternatives(self, depth: int) -> list[Either]:
        """What is held by all alternatives, up to the bracket that ends them, or the end."""
        if depth > _DEEPEST:
            raise _Unknown
        found = [self._sequence(depth)]
        while self._expression[self.at : self.at + 1] == "|":
            self.at += 1
            found.append(self._sequence(depth))
        if len(found) == 1:
            return found[0]
        if not all(found):
            return []
        best = [max(held, key=lambda either: min(map(len, either))) for held in found]
        return [tuple(dict.fromkeys(run for either in best for run in either))]

    def _sequence(self, depth: int) -> list[Either]:
        here = _Sequence()
        while self.at < len(self._expression) and self._expression[self.at] not in "|)":
            letter, group = self._item(depth)
            least, most = self._times()
            if letter and (least, most) == (1, 1):
                here.run += letter
                continue
            if letter and least:
                here.run += letter
            here.end_run()
            if group and least:
                here.held += group
        here.end_run()
        return here.held

    def _item(self, depth: int) -> tuple[str, list[Either]]:
        """The next letter (empty where it is no letter of a word), or what the next group holds."""
        text, at = self._expression, self.at
        character = text[at]
        if character == "\\":
            return self._escaped(text[at + 1 : at + 2]), []
        if character == "[":
            if (found := _CLASS.match(text, at)) is None:
                raise _Unknown
            self.at = found.end()
            return "", []
        if character == "(":
            return "", self._group(depth)
        if character in "*+?{":
            raise _Unknown
        self.at += 1
        lower = character.lower()
        return (lower if lower in _WORD and character.isascii() else ""), []

    def _escaped(self, character: str) -> str:
        if found := _PROPERTY.match(self._expression, self.at + 1):
            self.at = found.end()
        elif character in _STANDS_FOR_OTHERS or (character and not character.isalnum()):
            self.at += 2
        else:
            raise _Unknown
        return "_" if character == "_" else ""

    def _group(self, depth: int) -> list[Either]:
        text = self._expression
        if found := _FLAGS.match(text, self.at):
            self.at = found.end()
            return []
        found = _OPENS.match(text, self.at)
        if found is None and text.startswith(("(?", "(*"), self.at):
            raise _Unknown
        self.at = found.end() if found else self.at + 1
        held = self.alternatives(depth + 1)
        if text[self.at : self.at + 1] != ")":
            raise _Unknown
        self.at += 1
        return [] if found and found[0] in _LOOKS else held

    def _times(self) -> tuple[int, int | None]:
        """How often the item before stands there: at least, and at most if that is said."""
        text = self._expression
        sign = text[self.at : self.at + 1]
        times: tuple[int, int | None]
        if sign == "{":
            if (found := _COUNT.match(text, self.at)) is None or found[0] in ("{}", "{,}"):
                raise _Unknown
            least = int(found[1][:9] or 0)
            times = (least, least if found[2] is None else None)
            self.at = found.end()
        elif sign and sign in "*+?":
            times = (1, None) if sign == "+" else (0, None)
            self.at += 1
        else:
            return 1, 1
        if text[self.at : self.at + 1] in ("?", "+"):
            self.at += 1
        if text[self.at : self.at + 1] in ("*", "+", "?", "{"):
            raise _Unknown
        return times
