"""The last row: which keys help now, and in their place for a while what the program says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from summitreader.config.keymap import Keymap
from summitreader.text.gate import shown_line
from summitreader.tui.layout.document import WrapMap
from summitreader.tui.widgets.bars import Choice, ChoiceBar, one_line

_MOST_LINES = 2
_TYPING = (("Enter", "accept", ""), ("Esc", "cancel", ""))
"""What ends typing, whatever one types."""


class KeyBar(ChoiceBar):
    """At most six keys that help here; help and leave stand at the right end and are never cut by keys.

    What is said stands in place of the keys, beside help and leave where it is short enough, over the whole row where
    not, and over two rows where it is longer still. Nothing that is read is covered. While one types, letters are text,
    and only the keys that end it stand there.
    """

    _keys: tuple[Choice, ...] = ()
    """Key, what it does, and the command."""
    _ends = ("?", "q")
    _said = ""
    _grave = False
    _lines: tuple[str, ...] = ()
    _typing = False

    def show_keys(self, keys: Sequence[tuple[str, str]], keymap: Keymap) -> None:
        """`keys` are `(commands, what they do)` in order of use; those that do not fit are left out from the end."""
        named = [(keymap.in_bar(commands), does, re.split("[ :]", commands)[0]) for commands, does in keys]
        shown = tuple(key for key in named if key[0])[:6]
        if shown != self._keys:
            self._keys, self._ends = shown, (keymap.in_bar("help"), keymap.in_bar("leave"))
            self._fit()

    def show_typing(self, typing: bool) -> None:
        """While one types, letters are text: of the keys just those stand there that are none."""
        if typing is not self._typing:
            self._typing = typing
            self._fit()

    def tell(self, sentence: str, *, grave: bool = False) -> None:
        """Let `sentence` stand in place of the keys; with an empty one the keys stand there again."""
        sentence = shown_line(sentence)
        if (sentence, grave) != (self._said, self._grave):
            self._said, self._grave = sentence, grave
            self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Settle what stands where at the width that there is; only a sentence that needs it takes a second row."""
        width = self.size.width or self.app.size.width
        help_key, leave_key = self._ends
        right: tuple[Choice, ...] = (
            *((help_key, "accent", "help"), (" help   ", "dim", "help")),
            *((leave_key, "accent", "leave"), (" leave ", "dim", "leave")),
        )
        room = width - sum(len(words) for words, _, _ in right) - 2
        mark = "! " if self._grave else ""
        self._lines = ()
        if self._said:
            self._lines = _in_lines(mark + self._said, max(1, width - 2))
            if len(_in_lines(mark + self._said, max(1, room - 1))) > 1:
                right = ()
            left: list[Choice] = [(f" {self._lines[0]}", "check" if self._grave else "strong", "")]
        else:
            left = self._pieces(room, _TYPING if self._typing else self._keys)
        self.show(left, () if self._typing and not self._said else right)
        rows = max(1, len(self._lines))
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    @staticmethod
    def _pieces(room: int, keys: Sequence[Choice]) -> list[Choice]:
        pieces: list[Choice] = [(" ", "", "")]
        for key, does, command in keys:
            size = len(key) + len(does) + 4
            if size > room:
                break
            room -= size
            pieces += [(key, "accent", command), (f" {does}   ", "dim", command)]
        return pieces

    def render_line(self, y: int) -> Strip:
        if y == 0 or y >= len(self._lines):
            return super().render_line(y) if y == 0 else Strip.blank(self.drawn_size.width, self.base_style)
        style = self.base_style + self.named_style("check" if self._grave else "strong")
        words = Strip([Segment(f" {self._lines[y]}", style)])
        return words.crop_extend(0, self.drawn_size.width, self.base_style)


def _in_lines(sentence: str, width: int) -> tuple[str, ...]:
    """`sentence` broken at words into rows of `width` cells, two at most; the second is cut where more would follow."""
    wrap = WrapMap(sentence, [(0, len(sentence))], width)
    rows = [(wrap.starts[n], wrap.ends[n]) for n in range(1, len(wrap) - 1)]
    lines = [sentence[start:end] for start, end in rows[:_MOST_LINES]]
    if len(rows) > _MOST_LINES:
        lines[-1] = one_line(sentence[rows[_MOST_LINES - 1][0] :], width)
    return tuple(lines)
