"""Two wordings of one quotation that differ in words that matter.

What each source has in quotation marks in one paragraph is a stream of words. Two streams of two sources that share
words are aligned (longest common subsequence); a run of shared words with small gaps is one passage of speech quoted
twice, and each gap in it is a change. Every changed, added or missing word counts, since a quotation is to the letter;
spelling, short forms, titles, interjections, a name put for a pronoun and what is at an ellipsis or a bracket do not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from rapidfuzz.distance import LCSseq, Levenshtein

from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.divergence.words import STOP_WORDS, listed
from summitreader.comparison.model import Divergence, Quotation, SourceSpan
from summitreader.text.tokens import american_spelling, plain_form, stem, tokens_of
from summitreader.text.vocabulary import MAGNITUDES, NUMBER_WORDS

_MARKED = frozenset({"speech", "fragment"})
_SHORT_FORMS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
_SPOKEN = {"gonna": "going to", "gotta": "got to", "wanna": "want to", "cannot": "can not", "can't": "can not",
           "won't": "will not", "ain't": "is not", "that's": "that is", "it's": "it is", "he's": "he is",
           "she's": "she is", "there's": "there is"}  # fmt: skip
_DENIALS = listed("not no never none nothing nobody neither nor without hardly")
_AUXILIARIES = listed("will would shall should can could may might must ought need able unable have has had going")
_TRIFLES = listed("oh uh um er ah well and so but s t mr mrs ms dr sen rep gov")
"""Words whose change or absence leaves a quotation what it was: what is heard or not, and what a house style adds."""
_PRONOUNS = listed("this that these those he she it they him her them his their our your my we us i you")
"""Words for which a reporter may put the name that is meant."""
_GAP = 6
"""Words between two shared runs of one passage of speech, at most."""
_SHARED, _SHARED_CONTENT, _ALIKE = 8, 3, 0.6
"""Words, words of meaning, and the share of the longer stretch that two wordings must have in common; with fewer, two
statements of one speaker are taken for one."""
_OF_ONE = 6
"""Words in common that will do between quotations of one speaker, or where a denial or a figure differs."""
_TELLING = 4
"""Words of meaning in common that will do, however few the other words are."""
_SURELY_ONE = 12
"""Words in common from which it is one speech, whoever it is taken to be of."""
_DENIED = 3
"""Words in a place in which a denial is of what follows in both."""
_SHORT = 3, 12
"""Words of a quotation that is compared as a whole."""
_OF_SHORT = 2
"""Words of meaning that a short quotation and its other wording must have in common, one at least not of a name."""
_LEFT_OUT = 5
"""Words that may be missing on one side before they are rather a sentence of their own."""

_KINDS = {
    "denial": ("a denial is in one wording only", 0.92),
    "number": ("the figures differ", 0.9),
    "name": ("the names differ", 0.88),
    "word": ("another word in one place", 0.88),
    "left out": ("one leaves out words without a mark", 0.88),
    "small": ("a small word differs", 0.84),
}
"""Kinds of change, gravest first: in words, and the share that was right of those read."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in quotation marks: `[start, end)` of the source, and the number of its quotation in the stream."""

    key: str
    start: int
    end: int
    text: str
    quotation: int


@dataclass(frozen=True, slots=True)
class _Stream:
    """The words that a source has in quotation marks in one paragraph, in order, and where a cut is marked."""

    source: str
    words: tuple[_Word, ...]
    cuts: frozenset[int]
    """Numbers of words before which an ellipsis or a bracket stands."""
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """Words of two streams that stand in one place: what kind of change, and the span on either side with a word of
    context."""

    kind: str
    a: SourceSpan
    b: SourceSpan
    shared: int


def find_quoted_wordings(story: Story) -> list[Divergence]:
    """The quotations of one speech whose wordings differ in words that matter, one divergence a place."""
    streams = _streams(story)
    changes: list[Change] = []
    quoted_by: dict[str, str] = defaultdict(str)
    for stream in streams:
        quoted_by[stream.source] += f"|{_line(stream.words)}|"
    for x, y in story.heard(_candidates(streams)):
        a, b = streams[x], streams[y]
        changes.extend(changes_between(a, b))
        if a.speakers & b.speakers or not (a.speakers and b.speakers):
            changes.extend(_reworded(a, b, quoted_by))
            changes.extend(Change(c.kind, c.b, c.a, c.shared) for c in _reworded(b, a, quoted_by))
    changes.sort(key=lambda c: (-_KINDS[c.kind][1], -c.shared))
    groups: list[list[Change]] = []
    for change in changes:
        home = next((g for g in groups if any(_meet(story, change, c) for c in g)), None)
        if home is None:
            groups.append([change])
        else:
            home.append(change)
    return [_divergence(story, group) for group in groups]


def _meet(story: Story, one: Change, other: Change) -> bool:
    """Whether two changes are in one sentence of a source."""
    return any(story.passage_of(x) == story.passage_of(y) for x in (one.a, one.b) for y in (other.a, other.b))


def _divergence(story: Story, group: list[Change]) -> Divergence:
    first = group[0]
    sides: list[list[SourceSpan]] = [[first.a], [first.b]]
    for change in group[1:]:
        for span in (change.a, change.b):
            if all(s.source != span.source for side in sides for s in side):
                words = _plain(story.words(span))
                side = next((s for s in sides if _plain(story.words(s[0])) == words), None)
                if side is not None:
                    side.append(span)
    sides = [sorted(side, key=lambda s: story.order[s.source]) for side in sides]
    sides.sort(key=lambda side: story.order[side[0].source])
    said = [f"{story.labels[side[0].source]} quotes {quoted(story.around(side[0]))}" for side in sides]
    why, right = _KINDS[first.kind]
    return made(
        story, "quotation", sides, confidence=right, summary="; ".join(said) + ".",
        reason=f"one quotation in two wordings: {why}",
    )  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(_keys(words))


def _keys(words: str) -> Iterator[str]:
    for token in tokens_of(words):
        if token.kind != "sign":
            yield from _parts(token.text)


def _parts(word: str) -> list[str]:
    """The words that a written word stands for, in one spelling: short forms are opened."""
    low = word.lower().replace("’", "'")
    if low in _SPOKEN:
        return _SPOKEN[low].split()
    for ending, full in _SHORT_FORMS.items():
        if low.endswith(ending) and len(low) > len(ending):
            return [american_spelling(low.removesuffix(ending)), full]
    plain = plain_form(word)
    return [str(NUMBER_WORDS[plain]) if plain in NUMBER_WORDS else american_spelling(plain)]


def _streams(story: Story) -> list[_Stream]:
    paragraphs: dict[tuple[str, int], list[Quotation]] = defaultdict(list)
    for q in story.report.quotations:
        if q.kind in _MARKED and story.comparable[q.source] and story.told_at(q.source, q.start):
            source = story.sources[q.source]
            paragraphs[q.source, source.passages[source.passage_at(q.start)].block].append(q)
    found = []
    for (source_id, _), quotations in sorted(paragraphs.items(), key=lambda p: (story.order[p[0][0]], p[0][1])):
        words: list[_Word] = []
        cuts: set[int] = set()
        for n, q in enumerate(sorted(quotations, key=lambda q: q.start)):
            text = story.sources[source_id].text
            before = ""
            for token in tokens_of(text[q.start : q.end]):
                if token.kind == "sign":
                    if token.text in "…[]()" or (token.text == "." and before == "."):
                        cuts.add(len(words))
                else:
                    at = q.start + token.start, q.start + token.end
                    words.extend(_Word(part, *at, token.text, n) for part in _parts(token.text))
                before = token.text
        spoken_by = " ".join(q.speaker.name for q in quotations if q.speaker and q.speaker.name)
        names = {w for w in _keys(" ".join(w for w in spoken_by.split() if w[0].isupper())) if _tells(w)}
        if words:
            found.append(_Stream(source_id, tuple(words), frozenset(cuts), frozenset(names)))
    return found


_COMMON = 24
"""Streams that a pair of words of meaning may be in and still find candidates."""


def _candidates(streams: Sequence[_Stream]) -> list[tuple[int, int]]:
    """Pairs of streams of two sources that share two words of meaning, neighbours or with one between them."""
    having: dict[tuple[str, str], set[int]] = defaultdict(set)
    for n, stream in enumerate(streams):
        content = [w.key for w in stream.words if _tells(w.key)]
        for pair in (*pairwise(content), *zip(content, content[2:], strict=False)):
            having[pair].add(n)
    found = {
        pair
        for numbers in having.values()
        if 1 < len(numbers) <= _COMMON
        for pair in combinations(sorted(numbers), 2)
        if streams[pair[0]].source != streams[pair[1]].source
    }
    return sorted(found)


def _tells(key: str) -> bool:
    return len(key) > 1 and key.isalpha() and key not in STOP_WORDS


def changes_between(a: _Stream, b: _Stream) -> Iterator[Change]:
    """The changes in each passage of speech that two streams share."""
    one_speaker = bool(a.speakers & b.speakers)
    for found in _shared_runs(a, b):
        runs = _trimmed(a, b, found)
        words = [a.words[n].key for i, _, size in runs for n in range(i, i + size)]
        telling = sum(map(_tells, words))
        (i, j, _), (k, m, size) = runs[0], runs[-1]
        longer = max(k + size - i, m + size - j)
        one = telling >= _TELLING or (len(words) >= _OF_ONE and one_speaker)
        if len(words) < _ALIKE * longer or telling < _SHARED_CONTENT:
            continue
        if not one_speaker and a.speakers and b.speakers and len(words) < _SURELY_ONE:
            continue
        for x, y in _gaps(a, b, runs):
            kind = kind_of_change(a, b, x, y)
            if kind and (one or len(words) >= (_OF_ONE if kind in {"denial", "number"} else _SHARED)):
                yield Change(kind, _span(a, x), _span(b, y), len(words))


def _reworded(a: _Stream, b: _Stream, quoted_by: dict[str, str]) -> Iterator[Change]:
    """The short quotations of `a` that stand in `b` with one word changed, added or left out, where neither source
    quotes the other wording too: a speaker who repeats himself is quoted right by both."""
    for _, quotation in groupby(range(len(a.words)), key=lambda n: a.words[n].quotation):
        here = list(quotation)
        ours = [a.words[n] for n in here]
        keys = [w.key for w in ours]
        if not _SHORT[0] <= len(keys) <= _SHORT[1] or _line(ours) in quoted_by[b.source]:
            continue
        windows = (
            (i, i + size) for size in range(len(keys) - 1, len(keys) + 2) for i in range(len(b.words) - size + 1)
        )
        for i, k in windows:
            theirs = [w.key for w in b.words[i:k]]
            if Levenshtein.distance(keys, theirs, score_cutoff=1) != 1 or _line(b.words[i:k]) in quoted_by[a.source]:
                continue
            change = next(op for op in Levenshtein.opcodes(keys, theirs) if op.tag != "equal")
            x = range(here[0] + change.src_start, here[0] + change.src_end)
            y = range(i + change.dest_start, i + change.dest_end)
            kind = kind_of_change(a, b, x, y)
            shared = [w for w in ours[: change.src_start] + ours[change.src_end :] if _tells(w.key)]
            inside = (change.src_start > 0 or _opens(b, i)) and (change.src_end < len(keys) or _closes(b, k - 1))
            if kind and inside and len(shared) >= _OF_SHORT and not all(map(_capital, shared)):
                yield Change(kind, _span(a, x), _span(b, y), len(shared))
                break


def _line(words: Iterable[_Word]) -> str:
    return f" {' '.join(w.key for w in words)} "


def _shared_runs(a: _Stream, b: _Stream) -> Iterator[list[tuple[int, int, int]]]:
    """Runs of shared words, `(in a, in b, how many)`, those that stand near each other in both together."""
    runs: list[tuple[int, int, int]] = []
    for op in LCSseq.opcodes([w.key for w in a.words], [w.key for w in b.words]):
        if op.tag != "equal":
            continue
        if runs and max(op.src_start - sum(runs[-1][::2]), op.dest_start - sum(runs[-1][1:])) > _GAP:
            yield runs
            runs = []
        runs.append((op.src_start, op.dest_start, op.src_end - op.src_start))
    if runs:
        yield runs


def _trimmed(a: _Stream, b: _Stream, runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without runs at either end that are shorter than what parts them from the next, unless both quotations begin
    with the first of them."""

    def gap(n: int) -> int:
        (i, j, size), (k, m, _) = runs[n], runs[n + 1]
        return max(k - i - size, m - j - size)

    while len(runs) > 1 and runs[0][2] <= gap(0) and not (_opens(a, runs[0][0]) and _opens(b, runs[0][1])):
        runs = runs[1:]
    while len(runs) > 1 and runs[-1][2] <= gap(len(runs) - 2):
        runs = runs[:-1]
    return runs


def _gaps(a: _Stream, b: _Stream, runs: list[tuple[int, int, int]]) -> Iterator[tuple[range, range]]:
    """What is between runs of two words or more, and up to two words at the start and one at the end where both
    quotations have an end.

    A single shared word will do where both begin or end with it, or where one word at most parts it from the next.
    """
    between = [(range(i + size, k), range(j + size, m)) for (i, j, size), (k, m, _) in pairwise(runs)]
    narrow = [max(len(x), len(y)) <= 1 for x, y in between]
    for n, (x, y) in enumerate(between):
        (i, j, size), (k, m, later) = runs[n], runs[n + 1]
        before = size > 1 or (_opens(a, i) and _opens(b, j)) or (n > 0 and narrow[n - 1])
        after = later > 1 or (_closes(a, k) and _closes(b, m)) or (n + 1 < len(narrow) and narrow[n + 1])
        if before and after:
            yield x, y
    (i, j, _), (k, m, size) = runs[0], runs[-1]
    if (first := _opening(a, i)) is not None and (other := _opening(b, j)) is not None:
        yield range(first, i), range(other, j)
    if k + size < len(a.words) and m + size < len(b.words) and _closes(a, k + size) and _closes(b, m + size):
        yield range(k + size, k + size + 1), range(m + size, m + size + 1)


def _opening(stream: _Stream, n: int) -> int | None:
    """Where the quotation opens of which one word or two stand before word `n`."""
    return (
        next((m for m in (n - 1, n - 2) if m >= 0 and _opens(stream, m)), None) if n and not _opens(stream, n) else None
    )


def _opens(stream: _Stream, n: int) -> bool:
    return n == 0 or stream.words[n - 1].quotation != stream.words[n].quotation


def _closes(stream: _Stream, n: int) -> bool:
    return n + 1 == len(stream.words) or stream.words[n + 1].quotation != stream.words[n].quotation


def _span(stream: _Stream, here: range) -> SourceSpan:
    """A place with the words of its quotation beside it, one either side."""
    first, last = max(0, here.start - 1), min(len(stream.words) - 1, here.stop)
    return SourceSpan(stream.source, stream.words[first].start, stream.words[last].end)


def kind_of_change(a: _Stream, b: _Stream, x: range, y: range) -> str:
    """The kind of a change, a key of `_KINDS`; empty where nothing that matters differs."""
    ours, theirs = [a.words[n] for n in x], [b.words[n] for n in y]
    mine = [w for w in ours if w.key not in {v.key for v in theirs}]
    yours = [w for w in theirs if w.key not in {v.key for v in ours}]
    keys, others = {w.key for w in mine}, {w.key for w in yours}
    longest = max(len(ours), len(theirs))
    broken = any(_breaks(s, r) for s, r in ((a, x), (b, y)))
    if broken and ((ours and theirs) or longest > 1):
        return ""
    if bool(keys & _DENIALS) is not bool(others & _DENIALS) and longest <= _DENIED:
        return "denial"
    numbers = [{w for w in side if w.isdigit() or w in MAGNITUDES} for side in (keys, others)]
    if all(numbers):
        return "number"
    if longest > _LEFT_OUT or keys | others <= _TRIFLES:
        return ""
    if mine and yours and all(_spelled_alike(v.key, w.key) for v, w in zip(mine, yours, strict=False)):
        return ""
    if (keys & _PRONOUNS and _named(yours)) or (others & _PRONOUNS and _named(mine)):
        return ""
    told = [[w for w in side if _tells(w.key)] for side in (mine, yours)]
    if keys & _AUXILIARIES and others & _AUXILIARIES:
        return "word"
    if all(told) and not all(stem(v.key) == stem(w.key) for v, w in zip(*told, strict=False)):
        return "name" if _named(told[0]) and _named(told[1]) else "word"
    if broken or not any(told):
        return "" if broken else "small"
    if all(told):
        return "small"
    return "word" if mine and yours else "left out"


def _breaks(stream: _Stream, here: range) -> bool:
    """Whether a cut is marked at a place, or the quotation is interrupted there."""
    around = range(max(0, here.start - 1), min(len(stream.words), here.stop + 1))
    return any(n in stream.cuts for n in range(here.start, here.stop + 1)) or (
        len({stream.words[n].quotation for n in around}) > 1
    )


def _named(words: Iterable[_Word]) -> bool:
    return any(_capital(w) and w.key != "i" and _tells(w.key) for w in words)


def _capital(word: _Word) -> bool:
    return word.text[0].isupper()


def _spelled_alike(x: str, y: str) -> bool:
    """Whether two words are spellings of one, and not two forms of it."""
    if stem(x) == stem(y):
        return False
    if x in y or y in x:
        return min(len(x), len(y)) > 3
    x, y = re.sub(r"(.)\1", r"\1", x), re.sub(r"(.)\1", r"\1", y)
    return x[0] == y[0] and Levenshtein.distance(x, y) <= min(len(x), len(y)) // 4
