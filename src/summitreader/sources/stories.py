"""Which sources of a mixed folder report one event: stories, found by the rare words and the names that they share.

Each source is two vectors, of all its words and of its names and figures, each weighted by how rare the word is among
these sources and in the language at large; two sources are as alike as the mean of the two cosines. Sources are joined
from the most alike down while the average over a story's pairs stays above `LEAST_ALIKE` (average linkage, Sokal and
Michener 1958). Sources published more than `MOST_DAYS` apart, or in two languages, are never one story.

Tuned and measured on the news sets of docs/sources.md, whose sub-topics, pairs of events of one kind, are its
hard case.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from summitreader.errors import Cancelled
from summitreader.text import Source
from summitreader.text.tokens import stem
from summitreader.text.vocabulary import commonness, stop_words

LEAST_ALIKE = 0.22
MOST_DAYS = 30
BACKGROUND = 300
"""So many sources of other stories are imagined, so that what a handful of sources share is known to be rare."""

_CONFIDENCE = ((0.40, 0.97), (0.35, 0.93), (0.0, 0.87))
"""By the mean likeness of a story's pairs, the share of them that are right: measured on the 45 stories that are found
in all documents of docs/sources.md at once, and set a little lower where none of them was wrong."""

_BACKGROUND_SHARE = {"stop": 0.5, "frequent": 0.1, "common": 0.03}
_RARE_SHARE = 0.002
_FAINT = 0.02
_FAINT_OF_MANY = 0.06
_MOST_POSTINGS = 300
_RARE_POSTINGS = 60
MANY = 1_000
"""Sources; of more, only those are compared that share rare terms enough to be somewhat alike by them alone."""

_WORDS_READ = 1_500
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Story:
    """`sources` are ids in the order given; `name` is made of the words that set the story apart.

    `confidence` (0 to 1) is how often two sources of stories as alike as this one were right together, see
    `_CONFIDENCE`; a source alone is a story for certain.
    """

    name: str
    sources: tuple[str, ...]
    confidence: float = 1.0


def discover_stories(
    sources: Sequence[Source],
    *,
    progress: Callable[[float, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Story, ...]:
    """The stories among `sources`, the largest first; a source that is like no other is a story of its own.

    Raises `Cancelled` soon after `cancelled()` is true.
    """
    words, names = zip(*(_terms(source) for source in sources), strict=True) if sources else ((), ())
    vectors = [_vectors(list(words)), _vectors(list(names))]
    alike = _pairs(vectors, progress, cancelled)
    days = [_day(source) for source in sources]
    languages = [source.language for source in sources]
    for a, b in list(alike):
        far = days[a] is not None and days[b] is not None and abs(days[a] - days[b]) > MOST_DAYS  # type: ignore[operator]
        if far or (languages[a] and languages[b] and languages[a] != languages[b]):
            del alike[a, b]
    groups = sorted((sorted(group) for group in _joined(len(sources), alike)), key=lambda group: (-len(group), group))
    confidence = _confidence(groups, alike)
    taken: set[str] = set()
    stories = []
    for group, sure in zip(groups, confidence, strict=True):
        name = _name([vectors[1][i] for i in group], [names[i] for i in group], [sources[i] for i in group])
        unique, n = name, 1
        while unique in taken:
            n += 1
            unique = f"{name}-{n}"
        taken.add(unique)
        stories.append(Story(unique, tuple(sources[i].id for i in group), sure))
    return tuple(stories)


def _confidence(groups: list[list[int]], alike: dict[tuple[int, int], float]) -> list[float]:
    """For each group how often pairs of a group as alike are right together."""
    group_of = {number: place for place, group in enumerate(groups) for number in group}
    total = [0.0] * len(groups)
    for (a, b), value in sorted(alike.items()):
        if group_of[a] == group_of[b]:
            total[group_of[a]] += value
    pairs = [len(group) * (len(group) - 1) / 2 for group in groups]
    means = [value / count if count else 1.0 for value, count in zip(total, pairs, strict=True)]
    return [
        1.0 if not count else next(share for least, share in _CONFIDENCE if mean >= least)
        for mean, count in zip(means, pairs, strict=True)
    ]


def _terms(source: Source) -> tuple[Counter[str], Counter[str]]:
    """Stems of the account's words, and of those that are names or figures."""
    language = source.language or "en"
    stops = stop_words(language)
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    read = 0
    for number in range(len(source.passages)):
        if not source.is_told(number) or read > _WORDS_READ:
            continue
        passage = source.passage_text(number)
        found = _WORD.findall(passage)
        capitals = sum(word[0].isupper() for word in found) > 0.6 * len(found)
        read += len(found)
        for place, word in enumerate(found):
            plain = re.sub(r"['’]s?\Z", "", word.lower())
            if plain in stops or len(plain) < 2:
                continue
            if _HAN.fullmatch(plain):
                words.update(plain[i : i + 2] for i in range(len(plain) - 1))
                continue
            term = stem(plain, language)
            words[term] += 1
            if word[0].isdigit() or (word[0].isupper() and place > 0 and not capitals):
                names[term] += 1
    return words, names or words


def _vectors(counted: list[Counter[str]]) -> list[dict[str, float]]:
    """Weights of unit length; a term of one source only counts for the length and is left out."""
    spread = Counter(term for counts in counted for term in counts)
    common = commonness()
    rarity = {}
    for term, number in spread.items():
        share = _BACKGROUND_SHARE.get(common.get(term, ""), _RARE_SHARE)
        rarity[term] = max(0.0, math.log((len(counted) + BACKGROUND) / (number + BACKGROUND * share)))
    vectors = []
    for counts in counted:
        weights = {term: (1 + math.log(n)) * rarity[term] for term, n in counts.items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        vectors.append({term: w / length for term, w in weights.items() if w > 0 and spread[term] > 1})
    return vectors


def _pairs(
    vectors: list[list[dict[str, float]]],
    progress: Callable[[float, str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> dict[tuple[int, int], float]:
    """How alike each two sources are, as far as that is more than faint.

    Only sources that share a rare term are compared; of very many sources, only those whose rare terms alone make them
    somewhat alike. Terms that very many sources have are passed over. Memory grows with the pairs that are kept.
    """
    count = len(vectors[0])
    many = count > MANY
    rare, faint = (_RARE_POSTINGS, _FAINT_OF_MANY) if many else (_MOST_POSTINGS, _FAINT)
    postings = [_postings(kind) for kind in vectors]
    alike: dict[tuple[int, int], float] = {}
    for a in range(count):
        if a % 50 == 0:
            if cancelled is not None and cancelled():
                raise Cancelled("Looking for stories was stopped before it was done.")
            if progress is not None:
                progress(a / count, "looking for stories")
        near: dict[int, float] = defaultdict(float)
        for kind, listed in zip(vectors, postings, strict=True):
            for term, weight in kind[a].items():
                posting = listed.get(term, ())
                if len(posting) <= rare:
                    for b, other in posting:
                        near[b] += weight * other
        for b, value in near.items():
            if b <= a or value <= faint * len(vectors):
                continue
            if many:
                value = sum(_product(kind[a], kind[b], listed) for kind, listed in zip(vectors, postings, strict=True))
            alike[a, b] = value / len(vectors)
    return alike


def _postings(kind: list[dict[str, float]]) -> dict[str, list[tuple[int, float]]]:
    """For each term the numbers of its sources and its weight in each; without the terms of very many sources."""
    listed: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(kind):
        for term, weight in vector.items():
            listed[term].append((number, weight))
    return {term: posting for term, posting in listed.items() if len(posting) <= _MOST_POSTINGS}


def _product(a: dict[str, float], b: dict[str, float], listed: dict[str, list[tuple[int, float]]]) -> float:
    return sum(weight * b[term] for term, weight in a.items() if term in b and term in listed)


def _joined(count: int, alike: dict[tuple[int, int], float]) -> list[list[int]]:
    """Average linkage over a sparse table, where a pair that is not in it is not alike at all."""
    members = {number: [number] for number in range(count)}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), value in alike.items():
        near[a][b] = near[b][a] = value
    queue = [(-value, a, b, 1, 1) for (a, b), value in alike.items() if value >= LEAST_ALIKE]
    heapq.heapify(queue)
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            continue
        both = set(near[a]) | set(near[b])
        average = {
            other: (near[a].get(other, 0.0) * size_a + near[b].get(other, 0.0) * size_b) / (size_a + size_b)
            for other in both - {a, b}
        }
        members[a] += members.pop(b)
        near.pop(b, None)
        near[a] = average
        for other, value in average.items():
            near[other].pop(b, None)
            near[other][a] = value
            if value >= LEAST_ALIKE:
                first, second = min(a, other), max(a, other)
                heapq.heappush(queue, (-value, first, second, len(members[first]), len(members[second])))
    return list(members.values())


def _name(vectors: list[dict[str, float]], counts: list[Counter[str]], members: list[Source]) -> str:
    """The three names that most of a story's sources are about; of a single source, its title or id."""
    only = members[0].title or members[0].id
    if len(members) == 1:
        return only
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update({term: weight for term, weight in vector.items() if not term[0].isdigit()})
    shared = [t for t, _ in total.most_common(40) if sum(t in c for c in counts) > len(counts) / 2]
    return "-".join(_spelt(term, members[0]) for term in shared[:3]) or only


def _spelt(term: str, source: Source) -> str:
    """A stem as a word of the source has it."""
    words = (re.sub(r"['’]s?\Z", "", word.lower()) for word in _WORD.findall(source.text))
    return next((word for word in words if stem(word, source.language or "en") == term), term)


def _day(source: Source) -> int | None:
    return date.fromisoformat(source.published[:10]).toordinal() if source.published else None
