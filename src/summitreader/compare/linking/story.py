"""The passages of all sources of a story in one table, with how much each word tells *here*.

Rarity is counted over the passages of the story, and tempered by how common a word is in any news
(`WordType.general`): two short articles say little about what is rare. Weights are whole numbers, so that their sums
come out the same in whatever order they are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from summitreader.compare.linking.analysis import SourceWords, WordType, WordTypes, word_types

UNIT = 1000
"""The weight of a word that is as rare as can be."""

_TEMPER, _POWER = 0.3, 0.8
"""How far a word's commonness anywhere lowers its weight, and how steeply rarity here raises it: of the powers that
were tried on four sets of news sentences these ranked best; squares of the usual logarithm ranked worst."""

_PART = 0.1
"""What a part of a name that never stands alone is worth, beside the name."""

Terms = frozenset[int]
_NONE: Terms = frozenset()


@dataclass(slots=True)
class Story:
    """Parallel lists, one entry a passage; `source` and `passage` say which. Terms are numbers into `weight`.

    `terms` are the words that tell anything (compounds written in two words as one), `names` and `figures` those of
    them that are names and figures, `frames` the news frames and places that they may stand for, `quoted` those
    between quotation marks, `mass` the sum of the weights of `terms`, `damp` what a long passage's matches are worth.
    """

    source: list[int] = field(default_factory=list)
    passage: list[int] = field(default_factory=list)
    place_at: list[float] = field(default_factory=list)
    headline: list[bool] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    names: list[Terms] = field(default_factory=list)
    figures: list[Terms] = field(default_factory=list)
    frames: list[Terms] = field(default_factory=list)
    quoted: list[Terms] = field(default_factory=list)
    mass: list[int] = field(default_factory=list)
    damp: list[float] = field(default_factory=list)
    term_frames: dict[int, Terms] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    weight: list[int] = field(default_factory=list)
    compounds: dict[tuple[str, str], str] = field(default_factory=dict)
    passages_of: list[range] = field(default_factory=list)
    types_of: list[WordTypes] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.source)

    def types(self, i: int) -> list[WordType]:
        """What the words of passage `i` stand for, in order."""
        types = self.types_of[self.source[i]]
        return [types[w] for w in self.words[i]]


def frame_key(frame: str) -> str:
    """What a frame is called among the terms: a country hinted at is not the country named."""
    return "~" + frame if frame[0] == "@" else frame


def gather(sources: Sequence[SourceWords], check: Callable[[], None] = lambda: None) -> Story:
    """One story of all `sources`."""
    story = Story()
    general: list[float] = []
    ids = story.ids

    def number(term: str, how_general: float) -> int:
        n = ids.get(term)
        if n is None:
            n = ids[term] = len(general)
            general.append(how_general)
        return n

    vocabulary = _vocabulary(sources)
    names = {t.term for t in _names(sources, vocabulary)}
    story.compounds = _compounds(vocabulary)
    joined_from = {first for first, _ in story.compounds}
    name_terms: set[int] = set()
    figure_terms: set[int] = set()
    framed: set[int] = set()
    tables: dict[str, dict[str, int]] = {}
    for language, words in vocabulary.items():
        term_of: dict[str, int] = {}
        for word, kind in words.items():
            if not kind.term:
                term_of[word] = -1
                continue
            n = term_of[word] = number(kind.term, kind.general)
            if kind.term in names:
                name_terms.add(n)
            if kind.term[0] == "#":
                figure_terms.add(n)
            if kind.frames:
                framed.add(n)
                hints = {number(frame_key(f), 0.6) for f in kind.frames}
                story.term_frames[n] = story.term_frames.get(n, _NONE) | hints
        tables[language] = term_of
    df: Counter[int] = Counter()
    for s, source in enumerate(sources):
        check()
        types = word_types(source.language)
        term_of = tables[source.language]
        story.types_of.append(types)
        first = len(story.source)
        for p in source.passages:
            found = {term_of[w] for w in p.words}
            found.discard(-1)
            if joined_from and not joined_from.isdisjoint(p.words):
                found.update(number(j, 1.0) for j in _joined(p.words, story.compounds, types))
            frames: set[int] = set()
            for t in found & framed:
                frames |= story.term_frames[t]
            frames.update(number(f, 0.6) for f in p.phrases)
            if p.speakers:
                found.update(n for w in p.speakers if (n := term_of.get(w, -1)) in name_terms)
            terms = frozenset(found)
            story.source.append(s)
            story.passage.append(p.passage)
            story.place_at.append(p.place_at)
            story.headline.append(p.headline)
            story.words.append(p.words)
            story.terms.append(terms)
            story.names.append(terms & name_terms)
            story.figures.append(terms & figure_terms)
            story.frames.append(frozenset(frames))
            story.quoted.append(frozenset(ids[t.term] for w in p.quoted if (t := types[w]).term in ids))
            df.update(terms)
            df.update(frames)
        story.passages_of.append(range(first, len(story.source)))
    for n in _parts_of_names(story, tables, name_terms):
        general[n] *= _PART
    _weigh(story, general, df)
    return story


def _parts_of_names(story: Story, tables: dict[str, dict[str, int]], name_terms: set[int]) -> list[int]:
    """Names that never stand without another that is met more often: given names, titles, the rest of a long name.

    A person named in full shares three words with the next full mention, and one with a surname, for one person.
    """
    met: Counter[int] = Counter()
    beside: dict[int, Counter[int]] = {}
    for i, names in enumerate(story.names):
        if not names:
            continue
        term_of = tables[story.types_of[story.source[i]].language]
        row = [term_of[w] for w in story.words[i]]
        for n, term in enumerate(row):
            if term not in name_terms:
                continue
            met[term] += 1
            near = {row[m] for m in (n - 1, n + 1) if 0 <= m < len(row) and row[m] in name_terms and row[m] != term}
            beside.setdefault(term, Counter()).update(near)
    order = {n: term for term, n in story.ids.items() if n in met}
    return [
        term
        for term, found in beside.items()
        if any(n == met[term] and (met[other], order[term]) > (met[term], order[other]) for other, n in found.items())
    ]


def _weigh(story: Story, general: Sequence[float], df: Counter[int]) -> None:
    total = len(story.source)
    top = log(total + 1) if total else 1.0
    tempered = {g: g**_TEMPER for g in set(general)}
    rarity = {n: max(0.05, min(1.0, log((total + 1) / (n + 0.5)) / top)) ** _POWER for n in set(df.values())}
    story.weight = [round(UNIT * tempered[g] * rarity.get(df[n], 1.0)) for n, g in enumerate(general)]
    weigh = story.weight.__getitem__
    story.mass = [sum(map(weigh, terms)) for terms in story.terms]
    mean = max(1.0, sum(story.mass) / max(1, total))
    story.damp = [1 / (1 + 1.2 * (0.5 + 0.5 * m / mean)) / UNIT for m in story.mass]


def _vocabulary(sources: Sequence[SourceWords]) -> dict[str, dict[str, WordType]]:
    """For each language the words as written, with what they stand for, in a fixed order."""
    words: dict[str, set[str]] = {}
    for source in sources:
        met = words.setdefault(source.language, set())
        for p in source.passages:
            met.update(p.words)
    found = {}
    for language in sorted(words):
        types = word_types(language)
        found[language] = {w: types[w] for w in sorted(words[language])}
    return found


def _names(sources: Sequence[SourceWords], vocabulary: dict[str, dict[str, WordType]]) -> list[WordType]:
    """Words that are written with a capital inside sentences, and never without."""
    small = {t.plain for words in vocabulary.values() for t in words.values() if not t.capital}
    likely = {
        language: {w: t for w, t in words.items() if t.capital and t.term and t.plain not in small}
        for language, words in vocabulary.items()
    }
    found: dict[str, WordType] = {}
    for source in sources:
        candidates = likely[source.language]
        for p in source.passages:
            if p.headline:
                continue
            here = candidates.keys() & p.words
            if not here or len(here) > 0.6 * len(p.words):
                continue
            for w in here:
                if w != p.words[0] or p.words.count(w) > 1:
                    found[w] = candidates[w]
    return list(found.values())


def _compounds(vocabulary: dict[str, dict[str, WordType]]) -> dict[tuple[str, str], str]:
    """Pairs of words, as written, that stand in the story as one word too ("pipe dream"), with that word's term."""
    by_plain: dict[str, list[str]] = {}
    for words in vocabulary.values():
        for w, t in words.items():
            if t.plain.isalpha():
                by_plain.setdefault(t.plain, []).append(w)
    found = {}
    for words in vocabulary.values():
        for t in words.values():
            plain = t.plain
            if len(plain) < 7 or not t.term or plain not in by_plain:
                continue
            for at in range(3, len(plain) - 2):
                if plain[:at] in by_plain and plain[at:] in by_plain:
                    for a in by_plain[plain[:at]]:
                        for b in by_plain[plain[at:]]:
                            found[a, b] = t.term
    return found


def _joined(words: Sequence[str], compounds: dict[tuple[str, str], str], types: WordTypes) -> Iterator[str]:
    for pair in pairwise(words):
        term = compounds.get(pair)
        if term is not None:
            yield term
