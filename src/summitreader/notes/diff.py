"""What two versions of a text have in common, word by word and in order.

White space never counts, so that a text wrapped anew is the same text. Lines are paired first, and words inside the
lines that changed (Myers 1986 calls the common part the longest common subsequence; rapidfuzz finds it with bit
vectors); stretches too large for that are cut at words that occur once in each (Bram Cohen's patience diff). Last,
islands of a few equal words between larger rewrites are dropped: they are there by chance.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Scripts that set no spaces between words are taken letter by letter: Thai to Burmese, Khmer, kana, Han.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]{{1,100}}|[^\w\s]")
_LARGE = 40_000_000
"""Pairs of words beyond which a stretch is cut before it is aligned: about 5 MB of bits."""


_DEEP = 30
_ENDS = frozenset(".!?…。！？")
_FIRM = 6
"""Words of a run that two texts do not have in common by chance."""
_ISLAND = 1.5
"""How many times its letters must have been rewritten on both sides of a run for it to be there by chance."""

Run = tuple[int, int, int]
"""Equal words: the first in the old, the first in the new, how many."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a text; `starts` and `ends` are offsets in code points."""

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of words that share a character with `[start, end)`."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


@dataclass(frozen=True, slots=True)
class Difference:
    """`pair[i]` is the word of the new text that word `i` of the old one became, -1 where it is gone."""

    old: Words
    new: Words
    runs: tuple[Run, ...]
    pair: Sequence[int]
    inserted: tuple[tuple[int, int], ...]
    """The ranges of new words that stand for nothing of the old text."""
    inserted_at: Mapping[str, Sequence[tuple[int, int]]]
    """Where each word stands in them: its number, and the end of its range."""
    firm: Sequence[bool]
    """Whether each old word is part of a run so long that it is not there by chance."""
    left: float
    """The share of the old text's letters that are."""


def words_of(text: str) -> Words:
    """The words and marks of `text`; none of them cuts a letter from its accents, or a joined emoji."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    plain = text.isascii()
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        if not plain and words and start == ends[-1] and _joins(words[-1], word):
            words[-1] += word
        else:
            words.append(word)
            starts.append(start)
            ends.append(start)
        ends[-1] = match.end()
    return Words(words, starts, ends)


def _joins(before: str, word: str) -> bool:
    """Whether `word`, which follows at once, belongs to the cluster, or to the word, that `before` ends with."""
    first, last = word[0], before[-1]
    if first < "\u0300" and last < "\u0300":
        return False
    return (
        first in _JOINERS
        or last == "\u200d"
        or unicodedata.category(first)[0] == "M"
        or (unicodedata.category(last)[0] == "M" and first.isalnum() and before[0].isalnum())
        or (first in _FLAGS and last in _FLAGS and len(before) % 2 == 1)
    )


_JOINERS = (
    frozenset("\u200c\u200d") | {chr(c) for c in range(0x1F3FB, 0x1F400)} | {chr(c) for c in range(0xE0020, 0xE0080)}
)
_FLAGS = frozenset(chr(c) for c in range(0x1F1E6, 0x1F200))


@lru_cache(maxsize=4)
def difference(old_text: str, new_text: str) -> Difference:
    """Cached for the last few pairs, since many annotations ask for one pair of texts."""
    old, new = words_of(old_text), words_of(new_text)
    runs = _slid(_without_islands(_joined(_by_lines(old, new, old_text, new_text)), old, new), old, new)
    pair = [-1] * len(old.words)
    for a, b, n in runs:
        pair[a : a + n] = range(b, b + n)
    inserted = []
    at = 0
    for _, b, n in [*runs, (len(old.words), len(new.words), 0)]:
        if b > at:
            inserted.append((at, b))
        at = b + n
    inserted_at: dict[str, list[tuple[int, int]]] = {}
    for low, high in inserted:
        for i in range(low, high):
            inserted_at.setdefault(new.words[i], []).append((i, high))
    firm = [False] * len(old.words)
    for a, _, n in runs:
        if n >= _FIRM:
            firm[a : a + n] = [True] * n
    letters = _letters(old.words)
    left = sum(letters[a + n] - letters[a] for a, _, n in runs if n >= _FIRM) / max(1, letters[-1])
    return Difference(old, new, tuple(runs), pair, tuple(inserted), inserted_at, firm, left)


def _by_lines(old: Words, new: Words, old_text: str, new_text: str) -> list[Run]:
    lines_a, lines_b = _lines(old, old_text), _lines(new, new_text)
    keys_a = [tuple(old.words[i:j]) for i, j in lines_a]
    keys_b = [tuple(new.words[i:j]) for i, j in lines_b]
    runs: list[Run] = []
    at_a = at_b = 0
    for a, b, n in [*common(keys_a, keys_b), (len(keys_a), len(keys_b), 0)]:
        next_a = lines_a[a][0] if a < len(lines_a) else len(old.words)
        next_b = lines_b[b][0] if b < len(lines_b) else len(new.words)
        runs += [(at_a + x, at_b + y, m) for x, y, m in common(old.words[at_a:next_a], new.words[at_b:next_b])]
        if n:
            size = lines_a[a + n - 1][1] - next_a
            runs.append((next_a, next_b, size))
            at_a, at_b = next_a + size, next_b + size
    return runs


def _lines(words: Words, text: str) -> list[tuple[int, int]]:
    """The ranges of words of the lines that have any."""
    cuts = [bisect_left(words.starts, m.end()) for m in re.finditer("\n", text)]
    cuts = sorted({0, *cuts, len(words.words)})
    return [(i, j) for i, j in pairwise(cuts) if i < j]


def common(a: Sequence[object], b: Sequence[object], depth: int = 0) -> list[Run]:
    """The longest runs that `a` and `b` have in common, in order of both; `depth` counts how often it was cut."""
    head = 0
    while head < len(a) and head < len(b) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < len(a) - head and tail < len(b) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    runs = [(0, 0, head)] if head else []
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if middle_a and middle_b:
        small = len(middle_a) * len(middle_b) <= _LARGE
        inner = _subsequence(middle_a, middle_b) if small else _patience(middle_a, middle_b, depth)
        runs += [(head + x, head + y, n) for x, y, n in inner]
    if tail:
        runs.append((len(a) - tail, len(b) - tail, tail))
    return runs


def _subsequence(a: Sequence[object], b: Sequence[object]) -> list[Run]:
    from rapidfuzz.distance import LCSseq

    names: dict[object, int] = {}
    numbers_a = [names.setdefault(x, len(names)) for x in a]
    numbers_b = [names.setdefault(x, len(names)) for x in b]
    blocks = LCSseq.opcodes(numbers_a, numbers_b)
    return [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in blocks if op.tag == "equal"]


def _patience(a: Sequence[object], b: Sequence[object], depth: int) -> list[Run]:
    """Pairs what occurs once in both, in the longest order that both share, and aligns what lies between.

    A stretch that has nothing of the kind, or that was cut too often, has nothing in common.
    """
    if depth >= _DEEP:
        return []
    once_a, once_b = _once(a), _once(b)
    pairs = [(i, once_b[x]) for x, i in once_a.items() if x in once_b]
    runs: list[Run] = []
    at_a = at_b = 0
    for x, y in [*_rising(pairs), (len(a), len(b))]:
        if x < at_a or y < at_b:
            continue
        piece_a, piece_b = a[at_a:x], b[at_b:y]
        if piece_a and piece_b and (pairs or len(piece_a) < len(a)):
            runs += [(at_a + i, at_b + j, n) for i, j, n in common(piece_a, piece_b, depth + 1)]
        if x < len(a):
            runs.append((x, y, 1))
        at_a, at_b = x + 1, y + 1
    return runs


def _once(items: Sequence[object]) -> dict[object, int]:
    counts = Counter(items)
    return {x: i for i, x in enumerate(items) if counts[x] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest rising subsequence of the second members (pairs come sorted by the first)."""
    tops: list[int] = []
    top_at: list[int] = []
    before: list[int] = []
    for n, (_, y) in enumerate(pairs):
        k = bisect_left(tops, y)
        before.append(top_at[k - 1] if k else -1)
        tops[k : k + 1] = [y]
        top_at[k : k + 1] = [n]
    chain = []
    at = top_at[-1] if top_at else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _joined(runs: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for a, b, n in runs:
        if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + n)
        elif n:
            joined.append((a, b, n))
    return joined


def _without_islands(runs: list[Run], old: Words, new: Words) -> list[Run]:
    """Drops a run that has fewer letters than the rewrite before it and than the one after it.

    The rule is that of diff-match-patch's semantic cleanup, on letters of whole words, and milder.
    """
    letters_a, letters_b = _letters(old.words), _letters(new.words)
    kept: list[Run] = []
    pending = list(reversed(runs))
    while pending:
        run = pending.pop()
        kept.append(run)
        while kept and pending:
            a, b, n = kept[-1]
            before = (kept[-2][0] + kept[-2][2], kept[-2][1] + kept[-2][2]) if len(kept) > 1 else (0, 0)
            after = pending[-1]
            size = letters_a[a + n] - letters_a[a]
            left = max(letters_a[a] - letters_a[before[0]], letters_b[b] - letters_b[before[1]])
            right = max(letters_a[after[0]] - letters_a[a + n], letters_b[after[1]] - letters_b[b + n])
            if not (size * _ISLAND <= left and size * _ISLAND <= right):
                break
            kept.pop()
    return kept


def _slid(runs: list[Run], old: Words, new: Words) -> list[Run]:
    """Where a cut or an insertion could as well stand a few words further on, the place after a sentence's end.

    "A. [B.]" and "A[. B]." are the same difference; the first is what an editor did.
    """
    slid = list(runs)
    for n in range(len(slid)):
        a, b, size = slid[n]
        next_a, next_b, next_size = slid[n + 1] if n + 1 < len(slid) else (len(old.words), len(new.words), 0)
        end_a, end_b = a + size, b + size
        if (end_a < next_a) == (end_b < next_b):
            continue
        side, low, high = (new, end_b, next_b) if end_b < next_b else (old, end_a, next_a)
        room = min(next_size, high - low)
        best = 0
        for step in range(room + 1):
            if _ends_sentence(side, low + step - 1):
                best = step
                break
            if step == room or side.words[low + step] != side.words[high + step]:
                break
        if best:
            slid[n] = (a, b, size + best)
            slid[n + 1] = (next_a + best, next_b + best, next_size - best)
    return [run for run in slid if run[2]]


def _ends_sentence(words: Words, i: int) -> bool:
    """Whether word `i` is a mark that ends a sentence, with white space or nothing after it."""
    if i < 0 or words.words[i] not in _ENDS:
        return False
    return i + 1 == len(words.words) or words.starts[i + 1] > words.ends[i]


def _letters(words: Sequence[str]) -> list[int]:
    sums = [0]
    for word in words:
        sums.append(sums[-1] + (len(word) if word[0].isalnum() else 0))
    return sums
