"""Which sentences of the sources a sentence of a draft is compared with.

A pair counts by how likely the two are a link, as in a comparison of sources (`comparison/linking`), and by the share
of the draft's words that the source's sentence has, each word weighted by how rare it is in these sources. Pure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log

from rapidfuzz.fuzz import partial_ratio_alignment

from summitreader.comparison.divergence.figures import Value, values_in
from summitreader.comparison.divergence.names import Name, names_in
from summitreader.comparison.divergence.words import content_stems, stem
from summitreader.comparison.linking import prepare, score_story
from summitreader.comparison.linking.scoring import curve_of
from summitreader.comparison.model import SourceSpan
from summitreader.comparison.quotes.find import find_quotations
from summitreader.text import Source
from summitreader.text.source import TOLD
from summitreader.text.tokens import Token, plain_form, tokens_of, word_places

FOUND, WEAK = 0.45, 0.3
"""The score with which a sentence of a source may support one of the draft or differ from it, and with which it counts
beside the best. docs/checking.md says how well the limits here, which five drafts gave, hold on others."""
PART = 0.5
"""The share of a sentence's words that its evidence must have together for a part of it to be found there."""
_EVIDENCE = 3
_NEAR = 0.6
"""Evidence scores at least so much of what the best of it scores."""
_ALIKE = 72.0
"""Likeness, 0 to 100, from which words in quotation marks are another wording of those in a source."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the draft or of a source, `[start, end)` of its text, and what the rules look up in it."""

    source: Source
    start: int
    end: int
    passage: int
    number: int = 0
    """Among the sentences of its source that are compared."""

    @cached_property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words that carry meaning, and its numbers."""
        return content_stems(self.text) | self.numbers

    @cached_property
    def numbers(self) -> frozenset[str]:
        return numbers_of(self.text)

    @cached_property
    def lows(self) -> frozenset[str]:
        return frozenset(token.low.rstrip(".") for token in tokens_of(self.text))

    @cached_property
    def word_stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset(stem(token.low) for token in tokens_of(self.text))

    @property
    def values(self) -> tuple[Value, ...]:
        return values_in(self.text)

    @property
    def names(self) -> tuple[Name, ...]:
        return names_in(self.text)

    @cached_property
    def own_words(self) -> str:
        """The text with what is in quotation marks blanked out, so that offsets stay."""
        return re.sub(r"[“\"][^”\"]*[”\"]", lambda found: " " * len(found[0]), self.text)

    @property
    def own_tokens(self) -> tuple[Token, ...]:
        return tokens_of(self.own_words)

    def span(self, start: int, end: int) -> SourceSpan:
        """`[start, end)` of the sentence as a span of its source."""
        return SourceSpan(self.source.id, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of a source for one of the draft. `score` is the probability that the two are a link plus the `share`
    of the draft's words that it has."""

    sentence: Sentence
    share: float
    score: float


def numbers_of(text: str) -> frozenset[str]:
    """The numbers in digits, without separators."""
    return frozenset(w.text.replace(",", "") for w in tokens_of(text) if w.kind == "number")


class SourceIndex:
    """The sentences of the sources with the weight of each word, their links with the draft, their quotations, and
    their words in a row."""

    def __init__(self, draft: Source, sources: Sequence[Source], check: Callable[[], None] = lambda: None) -> None:
        self.sentences: list[Sentence] = []
        self._of: dict[str, list[Sentence]] = {}
        for source in sources:
            mine = self._of.setdefault(source.id, [])
            for n, p in enumerate(source.passages):
                if source.blocks[p.block].kind in TOLD:
                    mine.append(Sentence(source, p.start, p.end, n, len(mine)))
            self.sentences += mine
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for word in sentence.stems:
                self._with[word].append(number)
        total = len(self.sentences) + 1
        self._most = log(total)
        self._weights = {word: log(total / (len(numbers) + 0.5)) for word, numbers in self._with.items()}
        self._links = _links(draft, sources, check)
        told = [source for source in sources if self._of[source.id]]
        self._texts = {source.id: source.text for source in told}
        self._rows = {
            id: ([plain_form(text[a:b]) for a, b in places], places)
            for id, text in self._texts.items()
            for places in [word_places(text)]
        }
        self.quotations = {source.id: find_quotations(source) for source in sources}
        self.named = Counter(word for s in self.sentences for word in {w for n in s.names for w in n.key})
        """In how many sentences each word of a name occurs."""

    def share(self, wanted: frozenset[str], has: frozenset[str]) -> float:
        """The share of what is wanted, by weight; a word that no source has counts half of the rarest."""
        weigh = self._weights
        total = fsum(weigh.get(word, self._most / 2) for word in wanted)
        return fsum(weigh[word] for word in wanted & has if word in weigh) / total if total else 0.0

    def evidence(self, ours: Sentence) -> list[Match]:
        """At most three sentences of the sources, best first."""
        links = self._links.get(ours.passage, {})
        found = []
        for number in sorted({n for word in ours.stems for n in self._with.get(word, ())}):
            theirs = self.sentences[number]
            share = self.share(ours.stems, theirs.stems)
            link = links.get((theirs.source.id, theirs.passage), 0.0)
            if share + link >= WEAK / 2:
                rank = share + link + 0.2 * self.share(theirs.stems, ours.stems)
                found.append((rank, Match(theirs, share, share + link)))
        found.sort(key=lambda row: -row[0])
        return [match for rank, match in found[:_EVIDENCE] if rank >= _NEAR * found[0][0]]

    def near(self, evidence: Sequence[Sentence]) -> list[Sentence]:
        """The evidence with the sentence before and after each."""
        found: dict[tuple[str, int], Sentence] = {}
        for sentence in evidence:
            for other in self._of[sentence.source.id][max(0, sentence.number - 1) : sentence.number + 2]:
                found[other.source.id, other.number] = other
        return list(found.values())

    def find_words(self, words: list[str]) -> SourceSpan | None:
        """Where these words (in `plain_form`) occur in a row, in any source."""
        for source_id, (row, places) in self._rows.items():
            at = find_run(row, words)
            if at is not None:
                return SourceSpan(source_id, places[at][0], places[at + len(words) - 1][1])
        return None

    def nearest_wording(self, words: str) -> SourceSpan | None:
        """The wording most like `words` in any source."""
        best: tuple[float, SourceSpan | None] = (0.0, None)
        for source_id, text in self._texts.items():
            found = partial_ratio_alignment(_low(words), _low(text), score_cutoff=_ALIKE)
            if found is not None and found.score > best[0]:
                best = (found.score, SourceSpan(source_id, found.dest_start, min(found.dest_end, len(text))))
        return best[1]


def _links(
    draft: Source, sources: Sequence[Source], check: Callable[[], None]
) -> dict[int, dict[tuple[str, int], float]]:
    """By passage of the draft, how likely it is linked with passages of sources (id and number); nothing where the
    draft cannot be compared."""
    both = (draft, *sources)
    story, _ = prepare(both, check)
    _, odds = score_story(story, check=check)
    curve = curve_of(story)
    found: dict[int, dict[tuple[str, int], float]] = {}
    for i, row in enumerate(odds):
        if story.source[i] == 0:
            found[story.passage[i]] = {
                (both[story.source[j]].id, story.passage[j]): curve.probability(value) for j, value in row.items()
            }
    return found


def _low(text: str) -> str:
    """In lower case, with the length that it has; `text` itself where that cannot be."""
    low = text.lower()
    return low if len(low) == len(text) else text


def find_run(row: list[str], words: list[str]) -> int | None:
    """The index at which `words` occur in `row`, one after the other."""
    at = -1
    while words:
        try:
            at = row.index(words[0], at + 1)
        except ValueError:
            break
        if row[at : at + len(words)] == words:
            return at
    return None
