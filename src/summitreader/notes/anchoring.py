"""Where selected words stand in another version of their text: surely, perhaps, or no more.

With the old text at hand the place follows from the difference of the two: what was edited around the words moves
them, what was edited inside them changes them, and where less than half of their letters are left they are looked
for in what replaced them (another spelling) and in what was inserted elsewhere (a move). Without it, `recall` looks
for the words by themselves and trusts what stands around them. Nothing is guessed: words not found are orphaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from summitreader.notes.diff import Difference, difference
from summitreader.notes.fuzzy_match import moved, respelt, surroundings
from summitreader.notes.model import Placement, Selection, State

_SURVIVES = 0.5
"""The share of letters that must be left for words to be the same words, edited."""
_SURELY = 0.75
_LEFT = 1 / 3
"""The share of the old text that must be left for anything to be sure."""
_AROUND_AGREES = 0.3
_REACH = 100
"""Words around a selection among which one that is left is looked for."""
_NEAR = 10
"""Characters by which its distance may have grown."""
_RIM, _RIM_MORE = 3, 2
_GROWN = 2.5
_STRAY = (3, 3, 10)


def reanchor(selection: Selection, new_text: str, *, old_text: str | None = None) -> Placement:
    """The place of `selection` in `new_text`; `old_text` is the text that it was made in, where that was kept."""
    if old_text is None:
        return recall(selection, new_text)
    if old_text == new_text:
        return Placement(selection.start, selection.end, State.SURE, 1.0)
    return follow(selection, difference(old_text, new_text), new_text)


def follow(selection: Selection, found: Difference, new_text: str) -> Placement:
    """The place of `selection`, made in the old text of `found`, in the new one.

    Sure only where what was around the words is around them still, and where enough of the old text is left for the
    new one to be a version of it.
    """
    placed = _followed(selection, found, new_text)
    if placed.state is not State.SURE or placed.start is None or placed.end is None:
        return placed
    first, last = found.old.covered(selection.start, selection.end)
    i, j = found.new.covered(placed.start, placed.end)
    at_home = surroundings(found, first, last, i, j) >= _AROUND_AGREES or _unmoved(found, first, last, i, j)
    if at_home and found.left >= _LEFT:
        return placed
    return Placement(placed.start, placed.end, State.UNSURE, min(placed.confidence, 0.5))


def _unmoved(found: Difference, first: int, last: int, i: int, j: int) -> bool:
    """Whether on one side the nearest words that are left for certain are about as far from the place as before."""
    old, new = found.old, found.new
    before = next((n for n in range(first - 1, max(-1, first - _REACH), -1) if found.firm[n]), None)
    after = next((n for n in range(last, min(len(found.firm), last + _REACH)) if found.firm[n]), None)
    gaps = []
    if before is not None:
        gaps.append((new.starts[i] - new.ends[found.pair[before]], old.starts[first] - old.ends[before]))
    if after is not None:
        gaps.append((new.starts[found.pair[after]] - new.ends[j - 1], old.starts[after] - old.ends[last - 1]))
    return any(0 <= now <= was + _NEAR for now, was in gaps)


def _followed(selection: Selection, found: Difference, new_text: str) -> Placement:
    first, last = found.old.covered(selection.start, selection.end)
    if first >= last:
        return _between(selection, found, first, new_text)
    letters = sum(_weight(w) for w in found.old.words[first:last])
    left = sum(_weight(found.old.words[i]) for i in range(first, last) if found.pair[i] >= 0)
    share = left / letters
    if share >= _SURVIVES:
        start, end = _mapped(selection, found, first, last, new_text)
        return Placement(start, end, State.SURE if share >= _SURELY else State.UNSURE, 0.5 + 0.5 * share)
    return respelt(found, first, last) or moved(found, first, last) or Placement(None, None, State.ORPHAN, 0.9)


def _weight(word: str) -> int:
    return len(word) if word[0].isalnum() else 1


def _mapped(selection: Selection, found: Difference, first: int, last: int, new_text: str) -> tuple[int, int]:
    kept = [i for i in range(first, last) if found.pair[i] >= 0]
    size = _letters(found.old.words, range(first, last))
    if _letters(found.new.words, range(found.pair[kept[0]], found.pair[kept[-1]] + 1)) > _GROWN * size:
        kept = _without_strays(kept, found)
    start = _edge(selection.start, found, kept[0], first, outer=first - 1, step=-1)
    end = _edge(selection.end, found, kept[-1], last - 1, outer=last, step=1)
    before = selection.exact[: max(0, found.old.starts[first] - selection.start)]
    after = selection.exact[len(selection.exact) - max(0, selection.end - found.old.ends[last - 1]) :]
    if new_text.endswith(before, 0, start):
        start -= len(before)
    if new_text.startswith(after, end):
        end += len(after)
    return start, end


def _without_strays(kept: list[int], found: Difference) -> list[int]:
    """Drops the outermost words where a longer insertion has come between them and the rest of the selection."""
    groups: list[list[int]] = []
    for i in kept:
        if groups and i == groups[-1][-1] + 1 and found.pair[i] == found.pair[groups[-1][-1]] + 1:
            groups[-1].append(i)
        else:
            groups.append([i])
    total = _letters(found.old.words, kept)

    def stray(outer: list[int], inner: list[int]) -> bool:
        low, high = sorted((outer, inner))
        gap = range(found.pair[low[-1]] + 1, found.pair[high[0]])
        size = _letters(found.old.words, outer)
        return size * _STRAY[0] < total and _letters(found.new.words, gap) > _STRAY[1] * size + _STRAY[2]

    while len(groups) > 1 and stray(groups[0], groups[1]):
        del groups[0]
    while len(groups) > 1 and stray(groups[-1], groups[-2]):
        del groups[-1]
    return [i for group in groups for i in group]


def _letters(words: Sequence[str], chosen: Iterable[int]) -> int:
    return sum(_weight(words[i]) for i in chosen)


def _edge(offset: int, found: Difference, kept: int, edge: int, *, outer: int, step: int) -> int:
    """The new offset of one end of a selection: `kept` is its outermost word that is left, `edge` its outermost.

    What replaced the words between the two belongs to the selection where the word beyond its edge is left too and
    the replacement is not much longer than what it replaced.
    """
    old, new = found.old, found.new
    at = found.pair[kept]
    if kept == edge:
        if step < 0:
            return new.starts[at] + max(0, offset - old.starts[kept])
        return new.ends[at] - max(0, old.ends[kept] - offset)
    inside = 0 <= outer < len(found.pair)
    beyond = found.pair[outer] if inside else (-1 if step < 0 else len(new.words))
    if not inside or beyond >= 0:
        rim = beyond - step
        if (rim - at) * step <= _RIM * abs(edge - kept) + _RIM_MORE:
            at = rim
    return new.starts[at] if step < 0 else new.ends[at]


def _between(selection: Selection, found: Difference, word: int, new_text: str) -> Placement:
    """For a selection of white space: the white space between the same two words, where both are left side by side."""
    old, new = found.old, found.new
    if 0 < word < len(old.words):
        left, right = found.pair[word - 1], found.pair[word]
        if left >= 0 and right == left + 1 and new.ends[left] < new.starts[right]:
            start, end = new.ends[left], new.starts[right]
            offset = min(selection.start - old.ends[word - 1], end - start - 1)
            return Placement(start + offset, min(end, start + offset + len(selection.exact)), State.SURE, 0.9)
    return Placement(None, None, State.ORPHAN, 0.9)


# Tuned on the development half of the revisions that benchmarks/anchoring.py --alone runs on.
_MARGIN = 40
_AGREES = 0.3
_LONG = 30
_LONG_AGREES = 0.1
_CONTEXT_SURELY = 0.55
_MANY = 400
_LETTERS_ALONE, _WORDS_ALONE = 20, 3
"""Letters or words of a quotation without surroundings that is placed where it occurs once."""
_AROUND = 32


def recall(selection: Selection, new_text: str) -> Placement:
    """The place of `selection` in `new_text`, by its selectors alone."""
    if not selection.prefix.strip() and not selection.suffix.strip():
        return _alone(selection.exact, new_text)
    old = selection.prefix + selection.exact + selection.suffix
    start = len(selection.prefix)
    small = Selection(selection.exact, selection.prefix, selection.suffix, start, start + len(selection.exact))
    best: tuple[float, Placement] | None = None
    for low, high in _regions(selection, old, new_text):
        window = new_text[low:high]
        found = difference(old, window)
        placed = _followed(small, found, window)
        if placed.start is None or placed.end is None:
            agrees = _context(found.pair, found.old.words, found.old.covered(start, small.end))
            if agrees >= 0.7 and best is None:
                return Placement(None, None, State.ORPHAN, 0.8)
            continue
        agrees = _context(found.pair, found.old.words, found.old.covered(start, small.end))
        exact = window[placed.start : placed.end] == selection.exact
        score = agrees + 0.2 * exact
        needed = _LONG_AGREES if exact and len(selection.exact) >= _LONG else _AGREES
        if agrees >= needed and (best is None or score > best[0]):
            state = State.SURE if agrees >= _CONTEXT_SURELY and placed.state is State.SURE else State.UNSURE
            best = score, Placement(placed.start + low, placed.end + low, state, min(placed.confidence, agrees))
    return best[1] if best else Placement(None, None, State.ORPHAN, 0.6)


def _alone(exact: str, text: str) -> Placement:
    """Words that nothing is known around: where they are once, and are not few."""
    words = exact.split()
    if len(exact.strip()) >= _LETTERS_ALONE or len(words) >= _WORDS_ALONE:
        found = list(islice(re.finditer(r"\s+".join(map(re.escape, words)), text), 2))
        if len(found) == 1:
            return Placement(found[0].start(), found[0].end(), State.UNSURE, 0.5)
    return Placement(None, None, State.ORPHAN, 0.6)


def _context(pair: Sequence[int], words: Sequence[str], covered: tuple[int, int]) -> float:
    """The share of the letters around the selection that are left."""
    first, last = covered
    around = [i for i in range(len(words)) if not first <= i < last]
    total = sum(len(words[i]) for i in around)
    return sum(len(words[i]) for i in around if pair[i] >= 0) / total if total else 0.0


def _regions(selection: Selection, old: str, new_text: str) -> list[tuple[int, int]]:
    """Stretches of the new text that the words and their context may come from, the likeliest first."""
    from rapidfuzz import fuzz

    before, after = len(selection.prefix) + _MARGIN, len(selection.exact) + len(selection.suffix) + _MARGIN
    exact: list[int] = []
    at = new_text.find(selection.exact)
    while at >= 0 and len(exact) < _MANY:
        exact.append(at)
        at = new_text.find(selection.exact, at + 1)
    exact.sort(key=lambda i: (-_fits(selection, new_text, i), abs(i - selection.start)))
    regions = [(max(0, i - before), min(len(new_text), i + after)) for i in exact[:2]]
    if not exact or _fits(selection, new_text, exact[0]) < 2.0:
        found = fuzz.partial_ratio_alignment(old, new_text)
        if found is not None and len(new_text) > len(old):
            regions.append((max(0, found.dest_start - _MARGIN), min(len(new_text), found.dest_end + _MARGIN)))
        else:
            regions.append((0, len(new_text)))
    return regions


def _fits(selection: Selection, text: str, at: int) -> float:
    """How alike the surroundings of `text[at:]` are to those of the selection, 0 to 2."""
    from rapidfuzz.distance import Indel

    end = at + len(selection.exact)
    return Indel.normalized_similarity(
        selection.prefix[-_AROUND:], text[max(0, at - _AROUND) : at]
    ) + Indel.normalized_similarity(selection.suffix[:_AROUND], text[end : end + _AROUND])
