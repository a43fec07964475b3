"""What the evidence has otherwise: figures, days, names, offices, denials, opposites, reasons.

Each rule takes a sentence of the draft with its evidence and yields the things of the sentence that are not near the
evidence, where the evidence has another thing of the same sort that the sentence lacks. Pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summitreader.checking.evidence import Sentence, SourceIndex, numbers_of
from summitreader.checking.findings import Difference
from summitreader.comparison.divergence.figures import Sort, Value
from summitreader.comparison.divergence.names import Name
from summitreader.comparison.divergence.times import Scale, Time, times_of
from summitreader.comparison.divergence.words import content_stems, listed, stem
from summitreader.comparison.model import SourceSpan
from summitreader.comparison.quotes.lexicon import PEOPLE
from summitreader.text.tokens import Token, lemma, tokens_of

_CAST = 3
"""A name that occurs in so many sentences of the sources may be put for a pronoun."""
_BESIDE = 6
"""Words at most between an office and the name of who holds it, or between a denial and words that both have."""
_CLOSE = 2
"""Words near a denial that both must have."""
_CLAUSE, _UNKNOWN = 3, 0.25
"""Words of meaning in a clause, and the share of them near the evidence up to which the clause is not there."""


@dataclass(frozen=True)
class Claim:
    """A sentence of the draft beside its evidence: `strong` are the sentences that share enough, best first, `near`
    they and the weaker ones with the sentences before and after each."""

    sentence: Sentence
    strong: Sequence[Sentence]
    near: Sequence[Sentence]
    index: SourceIndex

    def difference(self, kind: str, start: int, end: int, there: SourceSpan | None = None) -> Difference:
        """Of `[start, end)` of the sentence."""
        at = self.sentence.start
        return Difference(kind, at + start, at + end, there)

    def against_first(self, kind: str, start: int, end: int, others: Iterable[SourceSpan]) -> Iterator[Difference]:
        """The difference from the first of `others`, if there is one."""
        for there in others:
            yield self.difference(kind, start, end, there)
            return

    def is_near(self, value: Value) -> bool:
        return any(_one_value(value, known) for sentence in self.near for known in sentence.values)


def differences(claim: Claim) -> Iterator[Difference]:
    """What the evidence has otherwise, rule by rule."""
    for rule in (_figures, _times, _names, _roles, _denied, _opposed):
        yield from rule(claim)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("summitreader.checking").joinpath("data/words.toml").read_text(encoding="utf-8"))


def _figures(claim: Claim) -> Iterator[Difference]:
    text, ours = claim.sentence.text, claim.sentence.values
    numbers = frozenset().union(*(sentence.numbers for sentence in claim.near))
    for value in ours:
        written = numbers_of(text[value.start : value.end])
        if value.sort is Sort.CLOCK or claim.is_near(value) or (written and written <= numbers):
            continue
        others = (
            sentence.span(other.start, other.end)
            for sentence in (*claim.strong, *claim.near)
            for other in sentence.values
            if other.sort is value.sort
            and (other.unit == value.unit or value.sort is Sort.MONEY)
            and not any(_one_value(other, v) for v in ours)
        )
        yield from claim.against_first("figure", value.start, value.end, others)


def _one_value(a: Value, b: Value) -> bool:
    if a.parts or b.parts:
        return a.parts == b.parts
    if a.bound == b.bound == "range":
        return (a.low, a.high) == (b.low, b.high)
    slack = 0.051 * max(abs(a.high), abs(b.high)) if min(a.digits, b.digits) <= 2 else 0.005 * abs(b.high)
    slack = slack if a.bound != "exact" or b.bound != "exact" or a.high >= 1000 else 0
    return a.low <= b.high + slack and b.low <= a.high + slack


def _times(claim: Claim) -> Iterator[Difference]:
    ours = _points(claim.sentence.text)
    known = {point for sentence in claim.near for point in _points(sentence.text)}
    for point, time in ours.items():
        if point not in known:
            others = (
                sentence.span(other.start, other.end)
                for sentence in claim.strong
                for other_point, other in _points(sentence.text).items()
                if other_point[0] == point[0] and other_point not in ours
            )
            yield from claim.against_first("time", time.start, time.end, others)


def _points(text: str) -> dict[tuple[str, int], Time]:
    """The years, months, days and weekdays that `text` names, each with where."""
    found = {}
    for time in times_of(text):
        for name in ("year", "month", "day", "weekday"):
            value = getattr(time, name)
            if value is not None and time.scale in (Scale.DAY, Scale.WEEKDAY, Scale.MONTH, Scale.YEAR):
                found[name, value] = time
    for year in re.finditer(r"\b(1[89]\d\d|20\d\d)\b", text):
        found.setdefault(("year", int(year[1])), Time(year.start(), year.end(), Scale.YEAR))
    return found


def _names(claim: Claim) -> Iterator[Difference]:
    best = claim.strong[0]
    written = frozenset().union(*(sentence.lows for sentence in claim.near))
    full = {name.key for name in best.names}

    def is_known(name: Name) -> bool:
        if (
            len(name.key) > 1
            and name.key[0] not in written
            and any(other[1 : len(name.key)] == name.key[1:] for other in full)
        ):
            return False  # another first name, or another word before the same last ones
        return any(word in written or claim.index.named[word] >= _CAST for word in name.key)

    for name in claim.sentence.names:
        if name.key and not is_known(name):
            others = (
                best.span(other.start, other.end)
                for other in best.names
                if other.key and not set(other.key) <= claim.sentence.lows and not other.opens
            )
            yield from claim.against_first("name", name.start, name.end, others)


def _roles(claim: Claim) -> Iterator[Difference]:
    """An office beside a name to which the evidence gives another office."""
    known = frozenset().union(*(sentence.word_stems for sentence in claim.near))
    for word, names in _held_by(claim.sentence):
        if not word.is_capital and stem(word.low) not in known:
            others = (
                sentence.span(other.start, other.end)
                for sentence in claim.strong
                for other, holders in _held_by(sentence)
                if names & holders and stem(other.low) not in claim.sentence.word_stems
            )
            yield from claim.against_first("role", word.start, word.end, others)


def _held_by(sentence: Sentence) -> Iterator[tuple[Token, frozenset[str]]]:
    """The words for an office, each with the words of the names close to it."""
    roles, words = _role_words(), tokens_of(sentence.text)
    named = {word for name in sentence.names for word in name.key}
    for n, word in enumerate(words):
        if word.low in roles:
            yield word, frozenset(w.low for w in words[max(0, n - _BESIDE) : n + _BESIDE + 1] if w.low in named)


@cache
def _role_words() -> frozenset[str]:
    return (frozenset(PEOPLE) | listed(_tables()["roles"])) - listed(_tables()["not_roles"])


def _denied(claim: Claim) -> Iterator[Difference]:
    ours, best = claim.sentence, claim.strong[0]
    shared = (content_stems(ours.text) & best.stems) - {s for name in ours.names for s in map(stem, name.key)}
    here, there = _negation(ours.own_tokens, shared), _negation(best.own_tokens, shared)
    if bool(here) == bool(there) or len(shared) < 3:
        return
    if _negation(tokens_of(best.text if here else ours.text), shared):
        return  # within quotation marks there
    if here and any(stem(verb) in best.stems for verb in _tables()["verbs_of_denial"].split()):
        return
    a, b = here or (0, len(ours.text))
    c, d = there or (0, len(best.text))
    yield claim.difference("denial", a, b, best.span(c, d))


def _negation(words: Sequence[Token], shared: frozenset[str]) -> tuple[int, int] | None:
    """The first denial that is close to words that both have, and not of a word that is affirmed in the same place."""
    denials = _tables()["denials"].split()
    stems = [stem(word.low) for word in words]
    for n, word in enumerate(words):
        if word.low in denials or word.low.endswith(("n't", "n’t")):
            denied = next((s for s in stems[n + 1 :] if s in shared), None)
            if denied is not None and stems.count(denied) > 1:
                continue
            if len(shared.intersection(stems[max(0, n - _BESIDE) : n + _BESIDE + 1])) >= _CLOSE:
                return word.start, word.end
    return None


def _opposed(claim: Claim) -> Iterator[Difference]:
    ours, best = claim.sentence, claim.strong[0]
    known = {_sense(w.low) for sentence in claim.near for w in tokens_of(sentence.text)}
    words, others = ours.own_tokens, best.own_tokens
    here = {_sense(w.low) for w in words}
    shared = content_stems(ours.text) & best.stems

    def beside(row: Sequence[Token], n: int) -> set[str]:
        return {stem(w.low) for w in row[max(0, n - 2 * _BESIDE) : n + 2 * _BESIDE + 1]} & shared

    for n, word in enumerate(words):
        against = _opposites().get(_sense(word.low), frozenset())
        if not against or _sense(word.low) in known:
            continue
        for m, other in enumerate(others):
            if _sense(other.low) in against and _sense(other.low) not in here and beside(words, n) & beside(others, m):
                yield claim.difference("denial", word.start, word.end, best.span(other.start, other.end))
                return


@cache
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for sides in _tables()["opposites"]:
        one, other = ([_sense(word) for word in side.split()] for side in sides)
        for side, against in ((one, other), (other, one)):
            for word in side:
                table[word] = table.get(word, frozenset()).union(against)
    return table


def _sense(low: str) -> str:
    return stem(lemma(low))


_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result of|in order to|since)\b|(?<=\s)to (?=[a-z]+ )", re.IGNORECASE
)


def reasons(claim: Claim) -> list[Difference]:
    """A reason or purpose at the end of the sentence of whose words hardly any are near the evidence."""
    has = frozenset().union(*(sentence.stems for sentence in claim.near))
    text = claim.sentence.text
    for found in _REASON.finditer(claim.sentence.own_words):
        wanted = content_stems(text[found.end() :])
        most = 0.01 if found[0].strip().casefold() == "to" else 0.34
        if len(wanted) >= 2 and claim.index.share(wanted, has) <= most:
            return [claim.difference("reason", found.start(), len(text.rstrip(' .”"')))]
    return []


def has_unknown_part(claim: Claim) -> bool:
    """Whether a figure, a name or a whole clause of the sentence is nowhere near its evidence."""
    ours, index = claim.sentence, claim.index
    has = frozenset().union(*(sentence.stems for sentence in claim.near))
    written = frozenset().union(*(sentence.lows for sentence in claim.near))
    figures = [(value, numbers_of(ours.text[value.start : value.end])) for value in ours.values]
    near = frozenset().union(*(numbers for value, numbers in figures if claim.is_near(value)))
    clauses = (content_stems(clause) for clause in re.split(r",|;|—|–|:", ours.own_words))
    return (
        not ours.numbers <= has | near
        or any(not numbers and value.sort is not Sort.RANK and not claim.is_near(value) for value, numbers in figures)
        or any(not written & set(name.key) and not index.named[name.key[-1]] for name in ours.names if name.key)
        or any(len(clause) >= _CLAUSE and index.share(clause, has) <= _UNKNOWN for clause in clauses)
    )
