"""The passages of all sources of a story in one table, with how much each word tells *here*.

Rarity is counted over the passages of the story, and tempered by how common a word is in any news
(`WordType.general`): two short articles say little about what is rare. Weights are whole numbers, so that their sums
come out the same in whatever order they are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import log

from summitreader.comparison.linking.analysis import SourceWords, WordType, WordTypes, word_types
from summitreader.comparison.linking.initials import NAMED, heads_of, short_forms, spelled_out, word_shapes

UNIT = 1000
"""The weight of a word that is as rare as can be."""

_TEMPER, _POWER = 0.3, 0.8
"""How far a word's commonness anywhere lowers its weight, and how steeply rarity here raises it: of the powers that
were tried on four sets of news sentences these ranked best; squares of the usual logarithm ranked worst."""

SMALL = 24
"""A story of fewer passages is counted as one of so many: what two sentences share is not common for that."""
_FRAME = 0.6
_PART = 0.1
"""What a part of a name that never stands alone is worth, beside the name."""

Terms = frozenset[int]
_NONE: Terms = frozenset()


@dataclass(slots=True)
class Story:
    """Parallel lists, one entry a passage; `source` and `passage` say which. Terms are numbers into `weight`.

    `terms` are the words that tell anything (compounds written in two words as one), `names` and `figures` those of
    them that are names and figures, `frames` the news frames and places that they may stand for, `quoted` those
    between quotation marks, `attributing` those that only say who said it, `mass` the sum of the weights of `terms`,
    `name_mass` of `names`, `damp` what a long passage's matches are worth.
    `initials` are words that may be the initials of a name, with their terms: who spells it out has the term.
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
    attributing: list[Terms] = field(default_factory=list)
    mass: list[int] = field(default_factory=list)
    name_mass: list[int] = field(default_factory=list)
    damp: list[float] = field(default_factory=list)
    term_frames: dict[int, Terms] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    weight: list[int] = field(default_factory=list)
    compounds: dict[tuple[str, str], str] = field(default_factory=dict)
    compound_terms: frozenset[str] = frozenset()
    initials: dict[str, int] = field(default_factory=dict)
    source_ids: list[str] = field(default_factory=list)
    passages_of: list[range] = field(default_factory=list)
    types_of: list[WordTypes] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.source)

    def shorter_first(self, passages: range) -> tuple[int, list[tuple[str, ...]], str]:
        """A key for the passages of a source: by it two sources stand in one order, however they were given."""
        at = self.source[passages.start]
        return len(passages), [self.words[i] for i in passages], self.source_ids[at]

    def types(self, i: int) -> list[WordType]:
        """What the words of passage `i` stand for, in order."""
        types = self.types_of[self.source[i]]
        return [types[w] for w in self.words[i]]


def frame_key(frame: str) -> str:
    """What a frame is called among the terms: a country hinted at is not the country named."""
    return "~" + frame if frame[0] == "@" else frame


@dataclass(slots=True)
class _Lexicon:
    """The words of the story: for each language the number of each word's term (0 for none), and which terms are
    names, figures, or stand for news frames; how the initials begin that are looked for, and the words with a capital;
    by the first of two words that are written as one elsewhere, the second and the term of the two."""

    ids: dict[str, int]
    general: list[float] = field(default_factory=lambda: [0.0])
    term_of: dict[str, dict[str, int]] = field(default_factory=dict)
    names: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    framed: dict[int, Terms] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    large: dict[str, frozenset[str]] = field(default_factory=dict)
    joined: dict[str, dict[str, str]] = field(default_factory=dict)

    def number(self, term: str, how_general: float) -> int:
        n = self.ids.get(term)
        if n is None:
            n = self.ids[term] = len(self.general)
            self.general.append(how_general)
        return n


def gather(sources: Sequence[SourceWords], check: Callable[[], None] = lambda: None) -> Story:
    """One story of all `sources`."""
    story = Story()
    vocabulary = _vocabulary(sources, check)
    check()
    story.compounds = _compounds(vocabulary)
    story.compound_terms = frozenset(story.compounds.values())
    lexicon = _lexicon(story, vocabulary, {t.term for t in _names(sources, vocabulary)})
    df: Counter[int] = Counter()
    for s, source in enumerate(sources):
        check()
        first = len(story.source)
        _add_source(story, s, source, lexicon, check)
        story.passages_of.append(range(first, len(story.source)))
        check()
        df.update(chain.from_iterable(story.terms[first:]))
        df.update(chain.from_iterable(story.frames[first:]))
    check()
    for n in _parts_of_names(story, lexicon, df, check):
        lexicon.general[n] *= _PART
    check()
    _weigh(story, lexicon.general, df)
    check()
    return story


def _lexicon(story: Story, vocabulary: dict[str, dict[str, WordType]], names: set[str]) -> _Lexicon:
    lexicon = _Lexicon(story.ids)
    for (first, second), term in story.compounds.items():
        lexicon.joined.setdefault(first, {})[second] = term
    for language, words in vocabulary.items():
        term_of = lexicon.term_of[language] = {}
        for word, kind in words.items():
            if not kind.term:
                term_of[word] = 0
                continue
            n = term_of[word] = lexicon.number(kind.term, kind.general)
            if kind.term in names:
                lexicon.names.add(n)
            if kind.term[0] == "#":
                lexicon.figures.add(n)
            if kind.frames:
                hints = {lexicon.number(frame_key(f), _FRAME) for f in kind.frames}
                lexicon.framed[n] = lexicon.framed.get(n, _NONE) | hints
    story.term_frames = lexicon.framed
    plain = {w: t.plain for words in vocabulary.values() for w, t in words.items() if " " not in w}
    short = sorted(short_forms(plain))
    terms = {w: n for term_of in lexicon.term_of.values() for w in short if (n := term_of.get(w, 0))}
    story.initials = {w: n for w, n in terms.items() if n not in lexicon.framed}
    lexicon.heads = heads_of(story.initials)
    if story.initials:
        lexicon.large = {
            code: frozenset([w for w, t in words.items() if t.capital]) for code, words in vocabulary.items()
        }
    return lexicon


def _add_source(
    story: Story,
    s: int,
    source: SourceWords,
    lexicon: _Lexicon,
    check: Callable[[], None],
) -> None:
    types = word_types(source.language)
    story.types_of.append(types)
    story.source_ids.append(source.source)
    term_of = lexicon.term_of[source.language]
    framed, name_terms, figure_terms = lexicon.framed, lexicon.names, lexicon.figures
    number_of = term_of.__getitem__
    framed_terms = frozenset(framed)
    initials, heads, large = story.initials, lexicon.heads, lexicon.large.get(source.language, frozenset[str]())
    joined_from = frozenset(lexicon.joined)
    for n, p in enumerate(source.passages):
        if not n & 511:
            check()
        words = p.words
        terms = frozenset(filter(None, map(number_of, words)))
        if joined_from and not joined_from.isdisjoint(words):
            terms = terms.union([lexicon.number(j, 1.0) for j in _joined(words, lexicon.joined)])
        if initials and NAMED.search(word_shapes(words)) and len(large.intersection(words)) > 1:
            terms = terms.union([initials[s] for s, _, _ in spelled_out(words, initials, heads)])
        if p.speakers:
            terms = terms.union([n for w in p.speakers if (n := term_of.get(w, 0)) in name_terms])
        frames: Terms = frozenset(chain.from_iterable(map(framed.__getitem__, framed_terms & terms)))
        if p.phrases:
            frames = frames.union([lexicon.number(f, _FRAME) for f in p.phrases])
        story.terms.append(terms)
        story.names.append(terms & name_terms)
        story.figures.append(terms & figure_terms)
        story.frames.append(frames)
        quoted = (
            frozenset(story.ids[t.term] for w in p.quoted if (t := types[w]).term in story.ids) if p.quoted else _NONE
        )
        story.quoted.append(quoted)
        saying = frozenset([n for w in p.attributing if (n := term_of.get(w, 0))])
        story.attributing.append(saying & terms)
    count = len(source.passages)
    story.source += [s] * count
    story.passage += [p.passage for p in source.passages]
    story.place_at += [p.place_at for p in source.passages]
    story.headline += [p.headline for p in source.passages]
    story.words += [p.words for p in source.passages]


def _parts_of_names(story: Story, lexicon: _Lexicon, df: Counter[int], check: Callable[[], None]) -> list[int]:
    """Names that never stand without another that is met more often: given names, titles, the rest of a long name.

    A person named in full shares three words with the next full mention, and one with a surname, for one person.
    """
    name_in = {
        language: {w: n if n in lexicon.names else 0 for w, n in term_of.items()}
        for language, term_of in lexicon.term_of.items()
    }

    def pairs_in(i: int) -> Iterable[tuple[int, int]]:
        if not i & 1023:
            check()
        name_of = name_in[story.types_of[story.source[i]].language]
        near = filter(all, pairwise(map(name_of.__getitem__, story.words[i])))
        return {(a, b) if a < b else (b, a) for a, b in near if a != b}

    beside = Counter(chain.from_iterable([pairs_in(i) for i, names in enumerate(story.names) if len(names) > 1]))
    called = {n: term for term, n in story.ids.items() if n in lexicon.names} if beside else {}
    parts = set()
    for pair, n in beside.items():
        for term, other in (pair, pair[::-1]):
            if n == df[term] and (df[other], called[term]) > (n, called[other]):
                parts.add(term)
    return sorted(parts)


def _weigh(story: Story, general: Sequence[float], df: Counter[int]) -> None:
    total = max(len(story.source), SMALL)
    top = log(total + 1)
    tempered = {g: g**_TEMPER for g in set(general)}
    rarity = {n: max(0.05, min(1.0, log((total + 1) / (n + 0.5)) / top)) ** _POWER for n in set(df.values())}
    story.weight = [round(UNIT * tempered[g] * rarity.get(df[n], 1.0)) for n, g in enumerate(general)]
    weigh = story.weight.__getitem__
    story.mass = [sum(map(weigh, terms)) for terms in story.terms]
    story.name_mass = [sum(map(weigh, names)) if names else 0 for names in story.names]
    mean = max(1.0, sum(story.mass) / max(1, len(story.source)))
    story.damp = [1 / (1 + 1.2 * (0.5 + 0.5 * m / mean)) / UNIT for m in story.mass]


def _vocabulary(sources: Sequence[SourceWords], check: Callable[[], None]) -> dict[str, dict[str, WordType]]:
    """For each language the words as written, with what they stand for, in a fixed order."""
    words: dict[str, set[str]] = {}
    for source in sources:
        met = words.setdefault(source.language, set())
        for n, p in enumerate(source.passages):
            if not n & 1023:
                check()
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
        likely_words = frozenset(candidates)
        for p in source.passages:
            if p.headline:
                continue
            here = likely_words.intersection(p.words)
            if not here or len(here) > 0.6 * len(p.words):
                continue
            for w in here:
                if w != p.words[0] or p.words.count(w) > 1:
                    found[w] = candidates[w]
    return list(found.values())


def _compounds(vocabulary: dict[str, dict[str, WordType]]) -> dict[tuple[str, str], str]:
    """Pairs of words, as written, that stand in the story as one word too ("pipe dream"), with that word's term."""
    by_plain: dict[str, list[str]] = {}
    term_of: dict[str, str] = {}
    for words in vocabulary.values():
        for w, t in words.items():
            if t.term and t.plain.isalpha():
                by_plain.setdefault(t.plain, []).append(w)
                term_of[t.plain] = t.term
    found = {}
    for plain in by_plain:
        for at in range(3, len(plain) - 2) if len(plain) > 6 else ():
            if plain[:at] in by_plain and plain[at:] in by_plain:
                for a in by_plain[plain[:at]]:
                    for b in by_plain[plain[at:]]:
                        found[a, b] = term_of[plain]
    return found


def _joined(words: Sequence[str], joined: dict[str, dict[str, str]]) -> list[str]:
    """The terms of two neighbouring words that are written as one elsewhere in the story."""
    stop = len(words) - 1
    return [
        term
        for n, word in enumerate(words)
        if word in joined and n < stop and (term := joined[word].get(words[n + 1])) is not None
    ]
