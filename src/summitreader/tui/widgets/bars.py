"""The one-line bars: what is read, which view is open, and whose pane it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from summitreader.text.gate import shown
from summitreader.tui.widgets.lines import LineWidget

Piece = tuple[str, str]
"""Text, already safe to show, and the name of a component class without its widget's prefix."""

OPENING = tuple('“”„«»‘‚‹›「『"')
_WORTH_CUTTING = 24
"""Cells of the last thing in a bar that are worth an ellipsis; with fewer it is left out."""


def one_line(text: str, width: int) -> str:
    """`text` in at most `width` cells, cut at its end with an ellipsis; white space runs become one space."""
    text = " ".join(shown(text).split())
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else "…"[:width]


def in_quotation_marks(text: str, width: int) -> str:
    """`text` in at most `width` cells and in quotation marks, where it does not open with some of its own."""
    line = one_line(text, width)
    return line if line[:1] in OPENING else f"“{one_line(text, width - 2)}”"


def kept_whole(pieces: Sequence[Piece], width: int) -> Sequence[Piece]:
    """What of `pieces` is drawn in `width` cells: things that stand two spaces apart are left out from the end on, and
    only what is left whole for a good part is cut, with an ellipsis."""
    whole = "".join(words for words, _ in pieces)
    if cell_len(whole) <= width:
        return pieces
    left = set_cell_size(whole, max(0, width - 1))
    if not whole.startswith(left):
        left = left[:-1]  # a space in place of half a wide character
    gaps = [gap.start() for gap in re.finditer(r"(?<=\S)\s{2,}(?=\S)", whole) if gap.start() <= len(left)]
    if gaps and cell_len(left[gaps[-1] :].strip()) < _WORTH_CUTTING:
        left, ending = left[: gaps[-1]], ""
    else:
        ending = "…"[:width]
    found: list[Piece] = []
    for words, style in pieces:
        found.append((words[: len(left)], style))
        left = left[len(words) :]
        if not left:
            break
    return [*found, (ending, "")]


def wrapped(pieces: Sequence[Piece], width: int, rows: int) -> list[list[Piece]]:
    """The pieces over at most `rows` rows of at most `width` cells, broken between words; what does not fit is cut."""
    found: list[list[Piece]] = [[]]
    room = width
    for words, style in pieces:
        for word in re.findall(r"\s*\S+|\s+", words):
            plain = word if found[-1] else word.lstrip()
            if cell_len(plain.rstrip()) > room:
                if len(found) == rows:
                    gap = plain[: len(plain) - len(plain.lstrip())]
                    found[-1].append((gap + one_line(plain, room - len(gap)) if room > len(gap) else "…"[:room], style))
                    return found
                found.append([])
                room, plain = width, one_line(word, width)
            found[-1].append((plain, style))
            room -= cell_len(plain)
    return found


class Bar(LineWidget):
    """A row of pieces from the left and from the right; what does not fit is left out from the end of the left."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        width: 1fr;
        background: $bar-surface;
        color: $foreground;
    }
    """
    left: reactive[tuple[Piece, ...]] = reactive(())
    right: reactive[tuple[Piece, ...]] = reactive(())

    def _strip(self, pieces: Sequence[Piece]) -> Strip:
        base = self.base_style
        return Strip([Segment(words, base + self.named_style(name) if name else base) for words, name in pieces])

    def render_line(self, y: int) -> Strip:
        width, base = self.drawn_size.width, self.base_style
        right = self._strip(self.right)
        left = self._strip(kept_whole(self.left, max(0, width - right.cell_length - bool(right.cell_length))))
        return Strip.join([left.crop_extend(0, width - right.cell_length, base), right]).crop_extend(0, width, base)


Choice = tuple[str, str, str]
"""A piece that can be clicked: its words, its style, and what it stands for, empty where it is only read."""


class ChoiceBar(Bar):
    """A bar of which pieces can be clicked."""

    class Chosen(Message):
        """A piece was clicked; `choice` is what it stands for: a command's id, or what the bar's owner calls it."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    _left_choices: tuple[str, ...] = ()
    _right_choices: tuple[str, ...] = ()

    def show(self, left: Sequence[Choice], right: Sequence[Choice] = ()) -> None:
        self._left_choices = tuple(choice for _, _, choice in left)
        self._right_choices = tuple(choice for _, _, choice in right)
        self.left = tuple((words, style) for words, style, _ in left)
        self.right = tuple((words, style) for words, style, _ in right)

    def on_click(self, event: events.Click) -> None:
        from_right = self.size.width - sum(cell_len(words) for words, _ in self.right)
        sides = ((0, self.left, self._left_choices), (from_right, self.right, self._right_choices))
        for at, pieces, choices in sides if event.x < from_right else sides[1:]:
            for (words, _), choice in zip(pieces, choices, strict=False):
                if at <= event.x < at + cell_len(words) and choice:
                    event.stop()
                    self.post_message(self.Chosen(choice))
                    return
                at += cell_len(words)


class PaneHeader(ChoiceBar):
    """Letter, name and date of a source; on the right where one is in it, and at the last pane the other sources."""

    DEFAULT_CSS = """
    PaneHeader { background: $panel; }
    PaneHeader.-active { background: $cursor-surface; }
    """


def tabs_in(labels: Sequence[tuple[str, str]], current: str, room: int) -> list[Choice]:
    """Tabs `(choice, label)` in at most `room` cells; where not all fit, those around the `current` one, between
    signs that there are more."""
    if not labels:
        return []
    first = last = next((n for n, (choice, _) in enumerate(labels) if choice == current), 0)

    def cells(a: int, b: int) -> int:
        return 1 + sum(cell_len(label) + 3 for _, label in labels[a : b + 1]) + 2 * (a > 0) + 2 * (b + 1 < len(labels))

    while True:
        if last + 1 < len(labels) and cells(first, last + 1) <= room:
            last += 1
        elif first and cells(first - 1, last) <= room:
            first -= 1
        else:
            break
    found: list[Choice] = [(" ", "", "")]
    if first:
        found.append(("‹ ", "dim", labels[first - 1][0]))
    for choice, label in labels[first : last + 1]:
        found += [(label, "accent" if choice == current else "dim", choice), ("   ", "", "")]
    if last + 1 < len(labels):
        found[-1:] = [(" ", "", ""), ("›", "dim", labels[last + 1][0])]
    return found


class Header(ChoiceBar):
    """The one row at the top: the story, the views by their digits with what each counts, and on the right what goes
    on. A view's name is left out before its digit is."""

    def __init__(self, views: Sequence[tuple[str, str, str]], current: str) -> None:
        """`views` are `(digit, name, command id)`."""
        super().__init__()
        self._views = views
        self._current = current
        self._told: tuple[str, dict[str, str], tuple[Piece, ...]] = ("", {}, ())

    def tell(self, story: str, counts: Mapping[str, str], right: Sequence[Piece]) -> None:
        """`counts` by command id; `right` is kept where it fits beside the views' digits."""
        self._told = (story, dict(counts), tuple(right))
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _labels(self, names: bool, counts: Mapping[str, str]) -> list[tuple[str, str]]:
        found = []
        for digit, name, command in self._views:
            words = [digit, name if names or not digit or command == self._current else "", counts.get(command, "")]
            found.append((command, " ".join(filter(None, words))))
        return found

    def _fit(self) -> None:
        """The longest form that leaves the story's name some cells."""
        width = self.size.width or self.app.size.width
        story, counts, right = self._told
        checks = {command: count for command, count in counts.items() if command == "view-divergences"}
        asked = sum(cell_len(words) for words, _ in right)
        forms = [(True, counts, 3), (True, counts, 2), (True, checks, 2), (True, checks, 1), (False, checks, 2)]
        for names, shown_counts, gap in forms:
            labels = self._labels(names, shown_counts)
            used = sum(cell_len(label) + gap for _, label in labels)
            if used + asked + 10 + min(10, cell_len(story)) // 2 <= width:
                break
        name = one_line(story, max(4, min(width - used - asked - 4, 36)))
        pieces: list[Choice] = [(f" {name}  ", "strong", "")]
        for command, label in labels:
            here = command == self._current
            count = shown_counts.get(command, "")
            bare = label[: len(label) - len(count)] if count else label
            pieces.append((bare, "accent" if here else "dim", command))
            if count:
                pieces.append((count, "check" if command == "view-divergences" else "dim", command))
            pieces.append((" " * gap, "", ""))
        self.show(pieces, [(words, style, "") for words, style in right])
