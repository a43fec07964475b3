"""The lines of a PDF as paragraphs: words that were parted at the end of a line are mended, and footnotes follow the
paragraph that they interrupt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from summitreader.sources.readers.pdf_layout import Line, joined
from summitreader.text import Locator
from summitreader.text.languages import language_of

_HYPHEN = "-\u00ad\u2010\ufffe\x02"
"""What a parted word ends with; PDFium gives U+FFFE or U+0002 for a hyphen at the end of a line."""

_PARTED = re.compile(rf"(?<=\w)[{_HYPHEN}]\Z")
_LAST_WORD = re.compile(r"[^\W_]+(?=.\Z)")
_FIRST_WORD = re.compile(r"[^\W_]+")
_COMPOUNDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORDS = re.compile(r"[^\W\d_]+")
_SUSPENDED = re.compile(r"(?:und|oder|bis|sowie|and|or|to|en|of|och|og|eller)\b")
_SOLID = frozenset(("da", "de", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"))
"""Languages whose compounds are written in one word, so that a hyphen before a small letter is the typesetter's."""

_ENDED = re.compile(r"[.!?…:。！？：؟۔][\"'”’»)\]」』]*\Z")
_BULLET = re.compile(r"(?:[•◦▪‣●■–—*]|\(?\d{1,3}[.)]) ?\S")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶])[.)]?\s?(?=\S)")


class PdfText:
    """Paragraphs as they grow, line by line, and where in them a page begins. `labels` are the names of the pages."""

    def __init__(self, labels: list[str], lines: list[Line]) -> None:
        self.labels = labels
        self.language = language_of(" ".join(line.text for line in lines[:300]))
        texts = [line.text.lower() for line in lines]
        self.compounds = {word for text in texts for word in _COMPOUNDS.findall(text)}
        self.words = {word for text in texts for word in _WORDS.findall(text[:-1])}
        self.paragraphs: list[list[str]] = []
        self.marks: list[tuple[int, int, int]] = []  # paragraph, part of it, page
        self._add_all(lines)

    def written(self) -> tuple[str, tuple[Locator, ...]]:
        """The text, and where in it a page begins."""
        marks: dict[tuple[int, int], int] = {(n, part): page for n, part, page in self.marks}
        whole: list[str] = []
        length = 0
        starts: list[Locator] = []
        for n, parts in enumerate(self.paragraphs):
            for part, text in enumerate(parts):
                if part == len(parts) - 1:
                    text = re.sub(r"[\ufffe\x02]\Z", "-", text) + "\n\n"
                if (n, part) in marks:
                    label = self.labels[marks[n, part]]
                    starts.append(Locator(length + len(text) - len(text.lstrip(" ")), f"p. {label}"))
                whole.append(text)
                length += len(text)
        return "".join(whole).rstrip("\n") + "\n", tuple(starts)

    def _add_all(self, lines: list[Line]) -> None:
        columns: dict[tuple[int, int], list[Line]] = {}
        for line in lines:
            columns.setdefault((line.page, line.column), []).append(line)
        steps = [a.baseline - b.baseline for column in columns.values() for a, b in pairwise(column)]
        usual_step = median([step for step in steps if step > 0] or [0.0])
        usual = median([line.height for line in lines] or [0.0])
        notes: list[Line] = []
        above: Line | None = None
        for column in columns.values():
            body, below = _footnotes(column, usual)
            own = [step for a, b in pairwise(body) if (step := a.baseline - b.baseline) > 0]
            step = median(own) if len(own) >= 5 else usual_step
            left, right = (median(line.left for line in body), max(line.right for line in body)) if body else (0.0, 0.0)
            for line in body:
                new = above is None or _begins_paragraph(above, line, step, left, right)
                if new and notes:
                    self._add_notes(notes)
                    notes = []
                self._add(line, new)
                above = line
            notes += below
        self._add_notes(notes)

    def _add_notes(self, notes: Sequence[Line]) -> None:
        for line in notes:
            self._add(line, _NOTE.match(line.text) is not None)

    def _add(self, line: Line, new: bool) -> None:
        text = re.sub(r"[\ufffe\x02] ?(?=.)", "-", line.text).strip()
        if new or not self.paragraphs:
            self.paragraphs.append([text])
        else:
            parts = self.paragraphs[-1]
            if _PARTED.search(parts[-1]) and text[:1].isalnum():
                parts[-1] = self._mended(parts[-1], text)
                parts.append(text if parts[-1][-1:] != "\0" else " " + text)
                parts[-2] = parts[-2].rstrip("\0")
            else:
                parts.append(joined(parts[-1], text)[len(parts[-1]) :])
        if not self.marks or self.marks[-1][2] != line.page:
            self.marks.append((len(self.paragraphs) - 1, len(self.paragraphs[-1]) - 1, line.page))

    def _mended(self, before: str, after: str) -> str:
        """`before`, which ends with a hyphen, as it is written before `after`; with a NUL where a space follows."""
        first, second = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        bare = before[:-1]
        if before[-1] == "\u00ad" or first is None or second is None:
            return bare
        if _SUSPENDED.match(after) and self.language in _SOLID:
            return bare + "-\0"
        capitals = first[0].isupper() and len(first[0]) > 1 and second[0].isupper()
        if not second[0][0].islower() and not (capitals and second[0].isalpha()):
            return bare + "-"
        one, other = first[0].lower(), second[0].lower()
        if f"{one}-{other}" in self.compounds:
            return bare + "-"
        if one + other in self.words or self.language in _SOLID:
            return bare
        if _is_word(f"{one}-{other}", self.language):
            return bare + "-"
        apart = _is_word(one, self.language) and _is_word(other, self.language)
        return bare + "-" if apart and not _is_word(one + other, self.language) else bare


def _footnotes(column: list[Line], usual: float) -> tuple[list[Line], list[Line]]:
    """The lines of a column without the footnotes at its foot, and these: small lines, the first with its mark."""
    at = len(column)
    while at > 0 and 0 < column[at - 1].height <= 0.9 * usual:
        at -= 1
    if at == 0:
        return column, []
    while at < len(column) and not _NOTE.match(column[at].text):
        at += 1
    return column[:at], column[at:]


def _begins_paragraph(above: Line, line: Line, step: float, left: float, right: float) -> bool:
    size = max(line.height, above.height)
    ended = _ENDED.search(above.text) is not None
    if abs(line.height - above.height) > 0.3 * size:
        return True
    if above.page != line.page or above.column != line.column:
        return ended
    if above.baseline - line.baseline > 1.35 * min(max(step, 0.9 * size), 2.2 * size) or _BULLET.match(line.text):
        return True
    if not ended:
        return False
    if 0.3 * size < line.left - min(above.left, left) < 5 * size and above.right > line.left:
        return True
    return above.right < right - 0.25 * (right - left) and not line.text[:1].islower()


@cache
def _is_word(word: str, language: str | None) -> bool:
    import simplemma

    try:
        return bool(simplemma.is_known(word, lang=language or "en"))
    except ValueError:  # a language that it has no words of
        return False
