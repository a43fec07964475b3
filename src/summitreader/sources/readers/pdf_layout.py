"""The lines of a PDF page in reading order, from its words and where they are.

Words with one baseline form pieces of a line; pieces form columns, of any number, by recursive cuts through white space
(Nagy and Seth's XY cut). Where a headline or a picture's caption crosses a gutter, the page is cut above and below it.
Lengths are in points, from the lower left corner of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, pairwise
from statistics import median

MOST_PIECES = 6_000
"""Pieces of lines on a page; the columns of a page with more are not looked for."""

PIECE_GAP = 0.7
"""Times the height of a word: a wider gap parts two pieces of one line."""

GUTTER = 0.8
"""Times the usual height of a word: the least width of the white space between two columns."""

FEWEST_LINES = 3
"""Lines of a column, at least."""

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\uff01-\uff60]")
"""A sign of a script that is written without spaces between words, or of its punctuation."""

NOTE_MARK = re.compile(r"(?<=[^\W\d_]{3})\d{1,3}\Z|(?<=[.,;:!?”’»)\]])\d{1,3}\Z")
"""The number of a footnote at the end of a word; the 2 of "m2" is none."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_DEEPEST = 10
_MOST_GUTTERS = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A run of signs without white space. `new_line` says that the file itself begins a line with it, `order` where in
    the file it is."""

    text: str
    left: float
    right: float
    baseline: float
    height: float
    new_line: bool = False
    upright: bool = True
    order: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `column` numbers the columns of its page in reading order."""

    text: str
    left: float
    right: float
    baseline: float
    height: float
    page: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    words: tuple[Word, ...]
    left: float
    right: float
    baseline: float
    height: float

    @property
    def letters(self) -> int:
        return sum(len(word.text) * (2 if UNSPACED.match(word.text) else 1) for word in self.words)


def page_lines(words: list[Word], page: int) -> list[Line]:
    """The lines of page number `page` in reading order; what is written upwards or downwards comes last."""
    caps = _drop_caps(words)
    upright = [word for word in words if word.upright and word not in caps]
    pieces = _pieces(upright)
    columns = _drawn_columns(upright) or [pieces]
    if len(columns) == 1 and pieces and len(pieces) <= MOST_PIECES:
        gutter = GUTTER * median(piece.height for piece in pieces)
        columns = list(_cut(pieces, gutter, _mostly_right_to_left(words), 0))
    lines = [line for number, column in enumerate(columns) for line in _lines(column, page, number)]
    for cap in caps:
        lines = _with_drop_cap(lines, cap, page)
    turned = reduce(joined, (word.text for word in words if not word.upright), "").strip()
    if turned:
        lines.append(Line(turned, 0, 0, 0, 0, page, len(columns)))
    return lines


def _drawn_columns(words: list[Word]) -> list[list[_Piece]]:
    """The columns that the file draws one after the other, as browsers do; none where it does not clearly do so.

    A column begins where the file goes up. It has running text, and what was drawn before at its height is beside it.
    This finds columns whose gutter is narrower than the spaces of their justified lines.
    """
    runs: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.order):
        if not runs or word.baseline - runs[-1][-1].baseline > 1.5 * word.height:
            runs.append([])
        runs[-1].append(word)
    rows = [[_piece(row) for row in _rows(run)] for run in runs]
    columns = [run for run, pieces in zip(runs, rows, strict=True) if _is_running_text(pieces)]
    if not 2 <= len(columns) <= _DEEPEST:
        return []
    leftwards = _mostly_right_to_left(words)
    for before, after in combinations(columns, 2):
        top, foot = max(word.baseline for word in after) + 1, min(word.baseline for word in after) - 1
        beside = [word for word in before if foot <= word.baseline <= top]
        if leftwards and any(word.left < max(w.right for w in after) for word in beside):
            return []
        if not leftwards and any(word.right > min(w.left for w in after) for word in beside):
            return []
    top, foot = (choose(w.baseline for run in columns for w in run) for choose in (max, min))
    above: list[Word] = []
    below: list[Word] = []
    for run in runs:
        if run not in columns:  # running heads and feet
            outside = above if run[-1].baseline > top else below if run[0].baseline < foot else None
            if outside is None:
                return []
            outside += run
    return [_pieces(run) for run in (above, *columns, below) if run]


def joined(before: str, after: str) -> str:
    """Two pieces of running text with the space between them that their scripts want."""
    spaced = not (before and after and UNSPACED.match(before[-1]) and UNSPACED.match(after[0]))
    return f"{before}{' ' if spaced else ''}{after}"


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words with one baseline, from the top down. What is smaller may be raised or lowered by half its height."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: (-word.baseline, word.left)):
        if row and row[0].baseline - word.baseline > 0.25 * min(row[0].height, word.height):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _pieces(words: list[Word]) -> list[_Piece]:
    pieces = []
    for row in _rows(words):
        run: list[Word] = []
        for word in sorted(row, key=lambda word: word.left):
            if run:
                last = run[-1]
                gap = word.left - max(w.right for w in run[-3:])
                height = max(last.height, word.height)
                if word.text == last.text and abs(word.left - last.left) < 0.1 * height:
                    continue  # drawn twice, for a bold look or a shadow
                if gap > PIECE_GAP * height or (word.new_line and gap > 0.35 * height):
                    pieces.append(_piece(run))
                    run = []
            run.append(word)
        pieces.append(_piece(run))
    return pieces


def _piece(words: list[Word]) -> _Piece:
    largest = max(words, key=lambda word: word.height)
    left, right = min(word.left for word in words), max(word.right for word in words)
    return _Piece(tuple(words), left, right, largest.baseline, largest.height)


def _cut(pieces: list[_Piece], gutter: float, leftwards: bool, depth: int) -> Iterator[list[_Piece]]:
    """The columns of a region in reading order, each as its pieces."""
    if depth >= _DEEPEST or len(pieces) < 4:
        yield pieces
        return
    columns = _columns(pieces, gutter)
    if len(columns) > 1:
        for column in reversed(columns) if leftwards else columns:
            yield from _cut(column, gutter, leftwards, depth + 1)
        return
    bands = _bands(pieces, gutter)
    for band in bands:
        if len(bands) > 1:
            yield from _cut(band, gutter, leftwards, depth + 1)
        else:
            yield band


def _columns(pieces: list[_Piece], gutter: float) -> list[list[_Piece]]:
    """`pieces` by the white gaps that run through all of the region, where what is on their sides is running text.

    What the file draws one column after the other are columns from two lines on.
    What is not running text (bullets, numbers of lines, the cells of a table) stays with what is beside it.
    """
    groups: list[list[_Piece]] = []
    reach = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if not groups or piece.left - reach >= gutter:
            groups.append([])
        groups[-1].append(piece)
        reach = max(reach, piece.right)
    if len(groups) < 2:
        return groups
    orders = [[word.order for piece in group for word in piece.words] for group in groups]
    apart = all(max(before) < min(after) for before, after in pairwise(orders))
    running = [_is_running_text(group, 2 if apart else FEWEST_LINES) for group in groups]
    columns: list[list[_Piece]] = []
    waiting: list[_Piece] = []
    for group, runs in zip(groups, running, strict=True):
        waiting += group
        if runs:
            columns.append(waiting)
            waiting = []
    if waiting and columns:
        columns[-1] += waiting
    return columns or [pieces]


def _is_running_text(pieces: list[_Piece], fewest: int = FEWEST_LINES) -> bool:
    return len(pieces) >= fewest and median(piece.letters for piece in pieces) >= 12


def _bands(pieces: list[_Piece], gutter: float) -> list[list[_Piece]]:
    """The region cut across, above and below what crosses its best gutter; one band where it has no gutter.

    A gutter is where several lines begin (or end, as they do right of it in Arabic). The best one has the most lines
    on its sides in stretches where nothing crosses it.
    """
    lefts = Counter(round(piece.left / 2) for piece in pieces)
    rights = Counter(round(piece.right / 2) for piece in pieces)
    places = [(n, 2 * x - 0.4 * gutter) for x, n in lefts.items() if n >= FEWEST_LINES]
    places += [(n, 2 * x + 0.4 * gutter) for x, n in rights.items() if n >= FEWEST_LINES]
    ordered = sorted(pieces, key=lambda piece: -piece.baseline)
    best: tuple[int, list[list[_Piece]]] = (0, [pieces])
    for _, x in sorted(places, reverse=True)[:_MOST_GUTTERS]:
        score, bands = 0, []
        beside: list[_Piece] = []
        across: list[_Piece] = []
        for piece in [*ordered, None]:
            if piece is not None and not (piece.left < x < piece.right):
                beside.append(piece)
                continue
            if beside:
                sides = [[p for p in beside if (p.left >= x) is side] for side in (False, True)]
                if all(map(_is_running_text, sides)):
                    if across:
                        bands.append(across)
                    bands.append(beside)
                    score += len(beside)
                    across = []
                else:
                    across += beside
                beside = []
            if piece is not None:
                across.append(piece)
        if across:
            bands.append(across)
        if score > best[0]:
            best = score, bands
    return best[1]


def _mostly_right_to_left(words: Iterable[Word]) -> bool:
    text = "".join(word.text for word in words)
    return 2 * len(RIGHT_TO_LEFT.findall(text)) > len(_LETTER.findall(text))


def _lines(pieces: list[_Piece], page: int, column: int) -> Iterator[Line]:
    """The lines of a column, top down."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.baseline, piece.left)):
        row = rows[-1] if rows else None
        if row and row[0].baseline - piece.baseline <= 0.25 * min(row[0].height, piece.height):
            row.append(piece)
        elif row and all(_is_raised(mark, piece) for mark in row):
            rows[-1] = [piece, *(mark for mark in row if not _is_note_mark(mark, piece))]
        else:
            rows.append([piece])
    for row in rows:
        words = sorted((word for piece in row for word in piece.words), key=lambda word: word.left)
        main = max(row, key=lambda piece: (piece.letters, piece.height))
        yield Line(
            _text(words),
            words[0].left,
            max(word.right for word in words),
            main.baseline,
            main.height,
            page,
            column,
        )


def _is_raised(above: _Piece, piece: _Piece) -> bool:
    """Whether `above` is a mark over the line of `piece`, as of a footnote or an exponent, and not a line."""
    return (
        above.height < 0.9 * piece.height
        and above.letters <= 3
        and above.baseline - piece.baseline < 0.6 * piece.height
        and piece.left - above.height < above.left < piece.right + piece.height
    )


def _is_note_mark(mark: _Piece, piece: _Piece) -> bool:
    """Whether a raised piece is the number of a footnote that follows a word of `piece`."""
    before = max((word for word in piece.words if word.right <= mark.left + 1), key=lambda w: w.right, default=None)
    return before is not None and NOTE_MARK.search(before.text + mark.words[0].text) is not None


def _text(words: list[Word]) -> str:
    """Words from left to right as they are read; runs of words that are written leftwards are turned."""
    if _mostly_right_to_left(words):
        turned: list[Word] = []
        for word in reversed(words):
            run = len(turned)
            while run and not RIGHT_TO_LEFT.search(word.text) and not RIGHT_TO_LEFT.search(turned[run - 1].text):
                run -= 1
            turned.insert(run, word)
        words = turned
    text = ""
    for before, word in zip([None, *words], words, strict=False):
        if before is None:
            text = word.text
        elif UNSPACED.match(before.text[-1]) and UNSPACED.match(word.text[0]):
            gap = word.left - before.right
            text += (" " if gap > 1.5 * word.height else "") + word.text
        else:
            text += " " + word.text
    if words and RIGHT_TO_LEFT.search(text):  # brackets as they are drawn, which face the other way
        text = re.sub(r"\A([^()]*)\) ?([^()]+?) ?\(", r"\1 (\2)", text)
    return text


def leftwards(characters: Sequence[tuple[str, float, float]]) -> str:
    """The word of `(character, left, right)`, in the order of the file, of a script that is written leftwards.

    Some files have its characters as they are drawn, from left to right. Numbers are written rightwards all the same,
    and marks go with the letter that they are drawn on.
    """
    letters = [one for one in characters if unicodedata.category(one[0]) != "Mn"]
    own = [left for character, left, _ in letters if RIGHT_TO_LEFT.match(character) and character.isalpha()]
    if 2 * sum(before < after for before, after in pairwise(own)) <= len(own) - 1:
        return "".join(one[0] for one in characters)
    placed: list[tuple[str, float, float]] = sorted(letters, key=lambda one: -one[1])
    parts = [one[0] for one in placed]
    for mark, left, right in characters:
        if unicodedata.category(mark) == "Mn":
            nearest = min(range(len(placed)), key=lambda n: abs(placed[n][1] + placed[n][2] - left - right))
            parts[nearest] += mark
    return re.sub(r"[^\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc][\w.,:/-]*", lambda run: run[0][::-1], "".join(parts))


def _drop_caps(words: list[Word]) -> list[Word]:
    """Letters that are as high as two lines or more, and alone of their height on their line."""
    if not words:
        return []
    usual = median(word.height for word in words)
    large = [word for word in words if word.height >= 1.8 * usual and word.upright]
    return [
        cap
        for cap in large[:100]
        if len(cap.text) == 1
        and cap.text.isalpha()
        and not any(w is not cap and abs(w.baseline - cap.baseline) < 0.3 * cap.height for w in large)
    ]


def _with_drop_cap(lines: list[Line], cap: Word, page: int) -> list[Line]:
    """`lines` with the letter before the line that it begins."""
    top = cap.baseline + 0.75 * cap.height
    beside = [
        n
        for n, line in enumerate(lines)
        if cap.baseline - 0.3 * line.height <= line.baseline <= top
        and 0 <= line.left - cap.right + line.height < cap.height
    ]
    if not beside:
        return [Line(cap.text, cap.left, cap.right, cap.baseline, cap.height, page), *lines]
    first = max(beside, key=lambda n: lines[n].baseline)
    spaced = cap.text in "AIOYÀ" and lines[first].left - cap.right > 0.4 * lines[first].height
    for n in beside:
        text = lines[n].text
        text = f"{cap.text}{' ' if spaced else ''}{text}" if n == first else text
        lines[n] = replace(lines[n], text=text, left=cap.left)
    return lines
