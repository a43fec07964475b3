"""What the sources say of each sentence of a draft: where it is borne out, and where they say it otherwise.

For each sentence the sentences of the sources that share most of its words, each word by how rare it is there, are its
evidence. Then each thing that can be wrong by itself is looked up in it: the words in quotation marks and who said
them, figures, days and years, names, offices, denials and opposites, a reason. A thing that the evidence has otherwise
is a difference. The findings say what stands in these sources, never what is true. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from math import log

from rapidfuzz.fuzz import partial_ratio_alignment

from summitreader.comparison.divergence.figures import Sort, Value, values_in
from summitreader.comparison.divergence.names import Name, names_in
from summitreader.comparison.divergence.times import Scale, Time, times_of
from summitreader.comparison.divergence.words import content_stems, listed, stem
from summitreader.comparison.model import Quotation, SourceSpan
from summitreader.comparison.quotes.find import find_quotations
from summitreader.text import Source
from summitreader.text.source import TOLD, BlockKind
from summitreader.text.tokens import Token, lemma, plain_form, tokens_of, word_places

FOUND, WEAK = 0.4, 0.3
"""The share of a sentence's words, by weight, that one sentence of a source must have to bear it out or to differ from
it, and to be evidence at all. Found on five drafts; docs/checking.md says how well they hold on others."""
_CLAUSE, _UNKNOWN = 3, 0.25
"""Words of meaning in a clause, and the share of them in the sources up to which they do not have it."""
_EVIDENCE = 3
_NEAR = 0.6
"""Evidence shares at least so much of what the best of it shares."""
_ALIKE = 72.0
"""Likeness, 0 to 100, from which words in quotation marks are another wording of those in a source."""
_KNOWN = 3
"""A name that stands in so many sentences of the sources is the story's cast: it may be put for a pronoun."""


class Verdict(StrEnum):
    """What was found of a sentence."""

    SUPPORTED = "supported"
    DIFFERS = "differs"
    QUOTED_OTHERWISE = "quoted_otherwise"
    PARTLY = "partly"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a source, and the share, 0 to 1, of the draft's words by weight that it has."""

    span: SourceSpan
    share: float


@dataclass(frozen=True, slots=True)
class Difference:
    """`[start, end)` of the draft is a quotation, speaker, figure, time, name, role, denial or reason that the sources
    have otherwise, there at `there`; None where they have nothing in its place."""

    kind: str
    start: int
    end: int
    there: SourceSpan | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the draft, `[start, end)` of its text, and what was found; evidence and differences best first."""

    start: int
    end: int
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class _Sentence:
    source: Source
    start: int
    end: int
    text: str
    stems: frozenset[str]
    place: int
    """Its number among the sentences of its source."""


def check_draft(
    draft: Source, sources: Sequence[Source], check: Callable[[], None] = lambda: None
) -> tuple[Finding, ...]:
    """One finding for each sentence of the draft, in order. `check` is called now and then, and may raise to stop."""
    held = _Held(sources)
    spoken = find_quotations(draft)
    found = []
    for passage in draft.passages:
        if draft.blocks[passage.block].kind is BlockKind.PARAGRAPH:
            check()
            here = [q for q in spoken if passage.start <= q.start < passage.end]
            found.append(_finding(draft, passage.start, passage.end, held, here))
    return tuple(found)


class _Held:
    """The sources: their sentences, the weight of each word, and their words in a row."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sentences: list[_Sentence] = []
        self.of: dict[str, list[_Sentence]] = {}
        for source in sources:
            mine = self.of.setdefault(source.id, [])
            for p in source.passages:
                if source.blocks[p.block].kind in TOLD:
                    text = source.text[p.start : p.end]
                    mine.append(
                        _Sentence(source, p.start, p.end, text, content_stems(text) | _numbers(text), len(mine))
                    )
            self.sentences += mine
        rows = Counter(stem for sentence in self.sentences for stem in sentence.stems)
        self._most = log(len(self.sentences) + 1)
        self._weights = {stem: log((len(self.sentences) + 1) / (count + 0.5)) for stem, count in rows.items()}
        self._rows: dict[str, tuple[list[str], list[tuple[int, int]]]] = {}
        self.quotations = {source.id: find_quotations(source) for source in sources}
        self.named = Counter(word for s in self.sentences for word in {w for n in names_in(s.text) for w in n.key})

    def share(self, wanted: frozenset[str], has: frozenset[str]) -> float:
        """The share of what is wanted, by weight; a word that no source has counts half of the rarest."""
        weigh = self._weights
        total = sum(weigh.get(stem, self._most / 2) for stem in wanted)
        return sum(weigh[stem] for stem in wanted & has if stem in weigh) / total if total else 0.0

    def evidence(self, wanted: frozenset[str]) -> list[tuple[float, _Sentence]]:
        scored = []
        for sentence in self.sentences:
            shared = self.share(wanted, sentence.stems)
            if shared >= WEAK / 2:
                scored.append((shared + 0.2 * self.share(sentence.stems, wanted), shared, sentence))
        scored.sort(key=lambda row: -row[0])
        best = scored[0][0] if scored else 0.0
        return [(shared, sentence) for score, shared, sentence in scored[:_EVIDENCE] if score >= _NEAR * best]

    def near(self, evidence: Sequence[_Sentence]) -> list[_Sentence]:
        """The evidence with the sentence before and after each."""
        found: dict[tuple[str, int], _Sentence] = {}
        for sentence in evidence:
            for other in self.of[sentence.source.id][max(0, sentence.place - 1) : sentence.place + 2]:
                found[other.source.id, other.place] = other
        return list(found.values())

    def words(self, source: Source) -> tuple[list[str], list[tuple[int, int]]]:
        if source.id not in self._rows:
            places = word_places(source.text)
            self._rows[source.id] = ([plain_form(source.text[a:b]) for a, b in places], places)
        return self._rows[source.id]

    def standing(self, words: list[str]) -> SourceSpan | None:
        """Where these words stand in a row, in any source."""
        for source_id, mine in self.of.items():
            if not mine:
                continue
            row, places = self.words(mine[0].source)
            for at in range(len(row) - len(words) + 1):
                if row[at] == words[0] and row[at : at + len(words)] == words:
                    return SourceSpan(source_id, places[at][0], places[at + len(words) - 1][1])
        return None

    def nearest(self, words: str) -> tuple[float, SourceSpan | None]:
        """The wording most like `words` (0 to 100), and where it stands."""
        best: tuple[float, SourceSpan | None] = (0.0, None)
        for source_id, mine in self.of.items():
            if mine:
                text = mine[0].source.text
                found = partial_ratio_alignment(words.casefold(), text.casefold(), score_cutoff=_ALIKE)
                if found is not None and found.score > best[0]:
                    best = (found.score, SourceSpan(source_id, found.dest_start, min(found.dest_end, len(text))))
        return best


def _finding(draft: Source, start: int, end: int, held: _Held, spoken: Sequence[Quotation]) -> Finding:
    text = draft.text[start:end]
    wanted = content_stems(text) | _numbers(text)
    scored = held.evidence(wanted)
    differences = [*_quoted(draft, held, spoken)]
    near = held.near([sentence for _, sentence in scored])
    strong = [sentence for share, sentence in scored if share >= WEAK]
    union: frozenset[str] = frozenset().union(*(sentence.stems for _, sentence in scored))
    share = held.share(wanted, union)
    best = scored[0][0] if scored else 0.0
    if best >= FOUND:
        for rule in (_figures, _times, _names, _roles, _denied, _opposed):
            differences += rule(text, start, strong, near, held)
    evidence = tuple(Evidence(SourceSpan(s.source.id, s.start, s.end), share) for share, s in scored)
    reasons = _reasons(text, start, near, held) if best >= FOUND else []
    if any(d.kind in ("quotation",) for d in differences):
        verdict = Verdict.QUOTED_OTHERWISE
    elif differences:
        verdict = Verdict.DIFFERS
    elif reasons:
        verdict = Verdict.PARTLY
    elif best >= FOUND and not _lacks(text, near, held):
        verdict = Verdict.SUPPORTED
    elif share >= WEAK and evidence:
        verdict = Verdict.PARTLY
    elif not (values_in(text) or any(n for n in names_in(text) if not n.opens) or spoken):
        verdict = Verdict.NOT_CHECKABLE
    else:
        verdict = Verdict.NOT_FOUND
    return Finding(start, end, verdict, evidence, (*differences, *reasons))


# Words in quotation marks, and who said them


def _quoted(draft: Source, held: _Held, spoken: Sequence[Quotation]) -> Iterator[Difference]:
    for quotation in spoken:
        if quotation.kind == "reported":
            continue
        for start, piece in _pieces(quotation):
            words = [plain_form(piece[a:b]) for a, b in word_places(piece)]
            if not words:
                continue
            at = held.standing(words)
            if at is None:
                likeness, there = held.nearest(piece)
                if len(words) > 1 or likeness:
                    yield Difference("quotation", start, start + len(piece), there)
            elif len(words) > 1 or len(words[0]) > 2:
                other = _said_by_another(quotation, words, held)
                if other is not None and quotation.speaker is not None:
                    yield Difference("speaker", quotation.speaker.start, quotation.speaker.end, other)


def _pieces(quotation: Quotation) -> Iterator[tuple[int, str]]:
    """What stands between marks, cut where it says that words are left out or put in."""
    inside = quotation.start + (quotation.end - quotation.start - len(quotation.text)) // 2
    at = 0
    for cut in [*re.finditer(r"\[[^\]]*\]|\.\.\.|…|—|(?<=[a-z]),$", quotation.text), None]:
        piece = quotation.text[at : cut.start() if cut else len(quotation.text)]
        if piece.strip():
            yield inside + at, piece
        at = cut.end() if cut else at


def _said_by_another(quotation: Quotation, words: list[str], held: _Held) -> SourceSpan | None:
    """The speaker that every source which quotes these words gives them to, where it is somebody else."""
    if quotation.speaker is None or not quotation.speaker.name:
        return None
    ours = _name_words(quotation.speaker.name)
    other = None
    for source_id, quotations in held.quotations.items():
        for theirs in quotations:
            row = [plain_form(theirs.text[a:b]) for a, b in word_places(theirs.text)]
            if not _holds(row, words):
                continue
            if theirs.speaker is None or not theirs.speaker.name:
                continue
            if ours & _name_words(theirs.speaker.name):
                return None
            other = SourceSpan(source_id, theirs.speaker.start, theirs.speaker.end)
    return other


def _holds(row: list[str], words: list[str]) -> bool:
    return any(row[at : at + len(words)] == words for at in range(len(row) - len(words) + 1))


def _name_words(name: str) -> frozenset[str]:
    return frozenset(w.low.rstrip(".") for w in tokens_of(name) if w.kind == "word" and len(w.low) > 1)


# What the evidence has otherwise: each rule gives the things of the sentence that are not near its evidence, where the
# evidence has another thing of the same sort that the sentence lacks.

_Rule = Callable[[str, int, Sequence[_Sentence], Sequence[_Sentence], _Held], Iterator[Difference]]


def _in_place(
    lacking: Sequence[tuple[str, int, int]], theirs: Iterator[tuple[_Sentence, int, int]], start: int
) -> Iterator[Difference]:
    """A difference for each that is lacking, against the next that stands in the evidence instead."""
    rest = list(theirs)
    for kind, a, b in lacking:
        if rest:
            sentence, c, d = rest[0]
            yield Difference(
                kind, start + a, start + b, SourceSpan(sentence.source.id, sentence.start + c, sentence.start + d)
            )


def _one_value(a: Value, b: Value) -> bool:
    if a.parts or b.parts:
        return a.parts == b.parts
    if a.bound == b.bound == "range":
        return (a.low, a.high) == (b.low, b.high)
    slack = 0.051 * max(abs(a.high), abs(b.high)) if min(a.digits, b.digits) <= 2 else 0.005 * abs(b.high)
    slack = slack if a.bound != "exact" or b.bound != "exact" or a.high >= 1000 else 0
    return a.low <= b.high + slack and b.low <= a.high + slack


def _figures(
    text: str, start: int, strong: Sequence[_Sentence], near: Sequence[_Sentence], held: _Held
) -> Iterator[Difference]:
    ours = values_in(text)
    known = [value for sentence in near for value in values_in(sentence.text)]
    numbers = {number for sentence in near for number in _numbers(sentence.text)}
    lacking = [
        (v.sort, v.start, v.end)
        for v in ours
        if v.sort is not Sort.CLOCK
        and not any(_one_value(v, k) for k in known)
        and not (_numbers(text[v.start : v.end]) and _numbers(text[v.start : v.end]) <= numbers)
    ]
    for sort, a, b in lacking:
        theirs = (
            (sentence, value.start, value.end)
            for sentence in (*strong, *near)
            for value in values_in(sentence.text)
            if value.sort is sort and not any(_one_value(value, v) for v in ours)
        )
        yield from _in_place([("figure", a, b)], theirs, start)


def _times(
    text: str, start: int, strong: Sequence[_Sentence], near: Sequence[_Sentence], held: _Held
) -> Iterator[Difference]:
    def points(words: str) -> dict[tuple[str, int], Time]:
        found = {}
        for time in times_of(words):
            for name in ("year", "month", "day", "weekday"):
                value = getattr(time, name)
                if value is not None and time.scale in (Scale.DAY, Scale.WEEKDAY, Scale.MONTH, Scale.YEAR):
                    found[name, value] = time
        for year in re.finditer(r"\b(1[89]\d\d|20\d\d)\b", words):
            found.setdefault(("year", int(year[1])), Time(year.start(), year.end(), Scale.YEAR))
        return found

    ours = points(text)
    known = {point for sentence in near for point in points(sentence.text)}
    for (name, value), time in ours.items():
        if (name, value) in known:
            continue
        theirs = (
            (sentence, other.start, other.end)
            for sentence in strong
            for (other_name, other_value), other in points(sentence.text).items()
            if other_name == name and (other_name, other_value) not in ours
        )
        yield from _in_place([("time", time.start, time.end)], theirs, start)


def _names(
    text: str, start: int, strong: Sequence[_Sentence], near: Sequence[_Sentence], held: _Held
) -> Iterator[Difference]:
    written = {w.low.rstrip(".") for sentence in near for w in tokens_of(sentence.text)}
    ours = names_in(text)
    here = {w.low.rstrip(".") for w in tokens_of(text)}

    theirs_named = [name.key for name in names_in(strong[0].text)]

    def is_known(name: Name) -> bool:
        if (
            len(name.key) > 1
            and name.key[0] not in written
            and any(len(other) == len(name.key) and other[1:] == name.key[1:] for other in theirs_named)
        ):
            return False
        return any(word in written for word in name.key) or any(held.named[word] >= _KNOWN for word in name.key)

    lacking = [("name", n.start, n.end) for n in ours if n.key and not is_known(n)]
    theirs = (
        (sentence, name.start, name.end)
        for sentence in strong[:1]
        for name in names_in(sentence.text)
        if name.key and not (set(name.key) <= here) and not name.opens
    )
    yield from _in_place(lacking, theirs, start)


_MORE_ROLES = listed(
    """teacher teachers worker workers scheduler secretary spokesman spokeswoman spokesperson staff student students
    soldier soldiers senator counsel treasurer accountant pilot clerk cook engineer engineers mechanic professor
    volunteer volunteers intern interns sergeant deputy"""
)


_NO_ROLES = listed(
    """another anyone everybody everyone few former many men man people person one others member members native nobody
    somebody someone women woman leader leaders american americans lawmaker lawmakers republican republicans democrat
    democrats boy girl brother sister son daughter mother father wife husband family friend friends critic critics"""
)


@lru_cache(maxsize=1)
def _role_words() -> frozenset[str]:
    from summitreader.comparison.quotes.lexicon import PEOPLE

    return (frozenset(PEOPLE) | _MORE_ROLES) - _NO_ROLES


def _roles(
    text: str, start: int, strong: Sequence[_Sentence], near: Sequence[_Sentence], held: _Held
) -> Iterator[Difference]:
    """An office beside a name to which the evidence gives another office."""
    known = {stem(w.low) for sentence in near for w in tokens_of(sentence.text)}
    here = {stem(w.low) for w in tokens_of(text)}
    for word, names in _held_by(text):
        if word.is_capital or stem(word.low) in known:
            continue
        theirs = (
            (sentence, other.start, other.end)
            for sentence in strong
            for other, held_by in _held_by(sentence.text)
            if names & held_by and stem(other.low) not in here
        )
        yield from _in_place([("role", word.start, word.end)], theirs, start)


def _held_by(text: str) -> Iterator[tuple[Token, frozenset[str]]]:
    """The words for an office in `text`, each with the words of the names close to it."""
    roles = _role_words()
    words = tokens_of(text)
    named = {word for name in names_in(text) for word in name.key}
    for n, word in enumerate(words):
        if word.low in roles:
            yield word, frozenset(w.low for w in words[max(0, n - _BESIDE) : n + _BESIDE + 1] if w.low in named)


_CLOSE = 2
_BESIDE = 6
"""Words at most between an office and the name of who holds it, or between opposites and a word that both have."""
_DENIALS = frozenset({"not", "no", "never", "neither", "nor", "nobody", "none", "nothing", "without", "cannot"})


def _negations(text: str, shared: frozenset[str]) -> list[tuple[int, int]]:
    """Denials close to words that both have."""
    words = tokens_of(text)
    found = []
    for n, word in enumerate(words):
        if word.low in _DENIALS or word.low.endswith(("n't", "n’t")):
            close = {stem(w.low) for w in words[max(0, n - _BESIDE) : n + _BESIDE + 1]} & shared
            if len(close) >= _CLOSE:
                found.append((word.start, word.end))
    return found


def _denied(
    text: str, start: int, strong: Sequence[_Sentence], near: Sequence[_Sentence], held: _Held
) -> Iterator[Difference]:
    best = strong[0]
    shared = (content_stems(text) & best.stems) - {s for name in names_in(text) for s in map(stem, name.key)}
    outside = _outside_marks(text)
    ours, theirs = _negations(outside, shared), _negations(_outside_marks(best.text), shared)
    if bool(ours) == bool(theirs) or len(shared) < 3:
        return
    if ours and any(stem(w) in best.stems for w in ("deny", "refuse", "decline", "fail", "reject")):
        return
    a, b = ours[0] if ours else (0, len(text))
    c, d = theirs[0] if theirs else (0, len(best.text))
    yield Difference("denial", start + a, start + b, SourceSpan(best.source.id, best.start + c, best.start + d))


def _outside_marks(text: str) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]", lambda found: " " * len(found[0]), text)


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in files("summitreader.checking").joinpath("data/opposites.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            one, other = ([_sense(word) for word in side.split()] for side in line.split("|"))
            for side, against in ((one, other), (other, one)):
                for word in side:
                    table.setdefault(word, set()).update(against)
    return {word: frozenset(against) for word, against in table.items()}


def _sense(low: str) -> str:
    return stem(lemma(low))


def _opposed(
    text: str, start: int, strong: Sequence[_Sentence], near: Sequence[_Sentence], held: _Held
) -> Iterator[Difference]:
    opposites = _opposites()
    known = {s for sentence in near for s in map(_sense, (w.low for w in tokens_of(sentence.text)))}
    here = {_sense(w.low) for w in tokens_of(_outside_marks(text))}
    shared = content_stems(text) & strong[0].stems
    words, others = tokens_of(_outside_marks(text)), tokens_of(_outside_marks(strong[0].text))

    def beside(row: Sequence[Token], n: int) -> set[str]:
        return {stem(w.low) for w in row[max(0, n - 2 * _BESIDE) : n + 2 * _BESIDE + 1]} & shared

    for n, word in enumerate(words):
        against = opposites.get(_sense(word.low), frozenset())
        if not against or _sense(word.low) in known:
            continue
        for m, other in enumerate(others):
            if _sense(other.low) in against and _sense(other.low) not in here and beside(words, n) & beside(others, m):
                there = SourceSpan(strong[0].source.id, strong[0].start + other.start, strong[0].start + other.end)
                yield Difference("denial", start + word.start, start + word.end, there)
                return


_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result of|in order to|since)\b|(?<=\s)to (?=[a-z]+ )", re.IGNORECASE
)


def _reasons(text: str, start: int, near: Sequence[_Sentence], held: _Held) -> list[Difference]:
    """A reason or purpose at the end of the sentence of whose words the sources near the evidence have hardly any."""
    has = frozenset().union(*(sentence.stems for sentence in near)) if near else frozenset()
    for found in _REASON.finditer(_outside_marks(text)):
        clause = text[found.end() :]
        wanted = content_stems(clause)
        needs, most = (2, 0.34) if found[0].strip().casefold() != "to" else (2, 0.01)
        if len(wanted) >= needs and held.share(wanted, has) <= most:
            return [Difference("reason", start + found.start(), start + len(text.rstrip(' .”"')))]
    return []


def _lacks(text: str, near: Sequence[_Sentence], held: _Held) -> bool:
    """Whether a number, a name or a whole clause of the sentence is in nothing near its evidence."""
    has = frozenset().union(*(sentence.stems for sentence in near))
    written = {w.low.rstrip(".") for sentence in near for w in tokens_of(sentence.text)}
    known = [value for sentence in near for value in values_in(sentence.text)]
    spelled = [value for value in values_in(text) if any(_one_value(value, other) for other in known)]
    numbers = _numbers(text) - has - {n for v in spelled for n in _numbers(text[v.start : v.end])}
    clauses = (content_stems(clause) for clause in re.split(r",|;|—|–|:", _outside_marks(text)))
    return (
        bool(numbers)
        or any(not (set(name.key) & written) and not held.named[name.key[-1]] for name in names_in(text) if name.key)
        or any(len(clause) >= _CLAUSE and held.share(clause, has) <= _UNKNOWN for clause in clauses)
    )


def _numbers(text: str) -> frozenset[str]:
    return frozenset(w.text.replace(",", "") for w in tokens_of(text) if w.kind == "number")
