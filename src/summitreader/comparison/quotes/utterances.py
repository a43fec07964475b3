"""Which quotations of several sources are one act of speech, and how their wordings differ.

Two quotations match by their words: the same, a part of the other, or enough rare words of the shorter in one order
within a stretch of the other, where a word weighs by how few wordings of the story have it. What is reported without
marks matches only what the same speaker is given. An utterance is a group in which each matches each, so that none is
tied to another through a third alone; a quotation that splices two speeches is in two utterances.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from rapidfuzz.distance import LCSseq, Levenshtein

from summitreader.comparison.model import Change, Mention, PassageRef, Quotation, QuotationKind, Report, Utterance
from summitreader.comparison.quotes import lexicon as lex
from summitreader.text import Source
from summitreader.text.span import Span
from summitreader.text.tokens import american_spelling, plain_form, stem, word_spans

RELATIONS = ("identical", "excerpt", "reworded", "reported")
"""From the tightest to the loosest."""
_SAID = frozenset((QuotationKind.SPEECH, QuotationKind.FRAGMENT))
_SHARE, _MASS, _ORDER = 0.6, 1.8, 0.65
"""The least share of the weight of the shorter, the least weight, and the least share of its words, that must be in
order in the other. Set on `same_utterance` (40 events), where any of 0.55–0.7, 1.6–2.0 and 0.6–0.65 does as well."""
_SAME_SPEAKER = (0.5, 1.2, 0.5)
_REPORTED = (0.5, 1.6, 0.4)
_LINKED = (0.35, 0.9, 0.3)
"""The same for what one speaker is given in passages that are linked: two translations share little more."""
_LONG = (0.45, 0.75, 8)
"""Share of weight, share of words in order, and words of the shorter, from which on word order alone tells."""
_LEAST = 0.9
"""The weight of shared words below which no rule above can be met."""
_RUN = (3.0, 5)
"""The weight and the number of words of a run that two long quotations share: each cut the speech elsewhere."""
_NEAR = (1.2, 0.7)
"""The least weight of the words that two near copies share: of any two speakers, of one."""
_BUSIEST = 400
"""A word in more quotations than this finds no candidates; rarer ones do."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A quotation with its words and what is known of who speaks."""

    quotation: Quotation
    wording: Wording
    names: frozenset[str]
    spoken: bool
    """In marks, and not merely reported."""
    passages: frozenset[PassageRef]


def match_utterances(report: Report, check: Callable[[], None] = lambda: None) -> tuple[Utterance, ...]:
    """The quotations of several sources that are one act of speech, in order of their first quotation; `check` is
    called often and may raise `Cancelled`."""
    sources = {s.id: s for s in report.sources}
    linked = {frozenset((link.a, link.b)) for link in report.links}
    voices = [_voice(q, sources[q.source]) for q in report.quotations]
    weigh = _Weights([v.wording for v in voices])
    edges: dict[tuple[int, int], tuple[str, float]] = {}
    for n, (i, j) in enumerate(_candidates(voices)):
        if not n & 63:
            check()
        found = _match(voices[i], voices[j], weigh, linked)
        if found is not None:
            edges[i, j] = found
    groups = _groups(edges)
    return tuple(
        _utterance(voices, group, edges) for group in groups if len({voices[i].quotation.source for i in group}) > 1
    )


def cuts(report: Report, utterance: Utterance) -> dict[str, tuple[str, ...]]:
    """Where each quotation of an utterance leaves out words of its fullest wording: `start`, `middle`, `end`, in order.

    By quotation id; the fullest itself, and what is only reported, have none.
    """
    texts = {s.id: (s.text, s.language) for s in report.sources}
    wordings = {
        q.id: read_wording(texts[q.source][0], q.start, q.end, texts[q.source][1])
        for q in report.quotations
        if q.id in utterance.quotations and q.kind is not QuotationKind.REPORTED
    }
    if not wordings:
        return {}
    fullest = max(wordings.values(), key=lambda w: len(w.words))
    return {name: cut_from(fullest, wording) for name, wording in wordings.items()}


def _voice(q: Quotation, source: Source) -> _Voice:
    wording = read_wording(source.text, q.start, q.end, source.language)
    held = range(source.passage_at(q.start), source.passage_at(q.end - 1) + 1) if source.passages else ()
    passages = frozenset(PassageRef(source.id, n) for n in held)
    return _Voice(q, wording, _names(q.speaker, source.text), q.kind is not QuotationKind.REPORTED, passages)


def _names(speaker: Mention | None, text: str) -> frozenset[str]:
    """The words of the speaker's name and mention that tell who it is, cut to what forms of one name share."""
    if speaker is None:
        return frozenset()
    shown = f"{speaker.name or ''} {text[speaker.start : speaker.end]}".lower()
    words = re.findall(r"[^\W\d_]{2,}", shown.replace("’s", "").replace("'s", ""))
    return frozenset(
        w[:5] for w in words if w not in lex.FUNCTION_WORDS and w not in lex.TITLES and w not in lex.PEOPLE
    )


class _Weights:
    """How much a word tells, 0 to 1: by how few of the distinct wordings have it, and little for function words."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        distinct = {w.key: w.stems for w in wordings}
        self._count = Counter(s for stems in distinct.values() for s in set(stems))
        self._all = len(distinct) + 1
        self._top = math.log(self._all / 1.5) if self._all > 2 else 1.0
        self._known: dict[str, float] = {}

    def __call__(self, stem: str) -> float:
        if stem not in self._known:
            self._known[stem] = self._weigh(stem)
        return self._known[stem]

    def _weigh(self, stem: str) -> float:
        weight = max(0.0, math.log(self._all / (self._count[stem] + 0.5)) / self._top) if self._all > 2 else 1.0
        return 0.25 * weight if stem in lex.FUNCTION_WORDS else weight


def _candidates(voices: Sequence[_Voice]) -> list[tuple[int, int]]:
    """Pairs that share a telling word, or all their letters."""
    postings: dict[str, list[int]] = defaultdict(list)
    for i, v in enumerate(voices):
        for term in {s for s in v.wording.stems if s not in lex.FUNCTION_WORDS} | {v.wording.key}:
            postings[term].append(i)
    pairs: set[tuple[int, int]] = set()
    for found in postings.values():
        if len(found) <= _BUSIEST:
            pairs.update((a, b) for n, a in enumerate(found) for b in found[n + 1 :])
    return sorted(pairs)


def _match(a: _Voice, b: _Voice, weigh: _Weights, linked: set[frozenset[PassageRef]]) -> tuple[str, float] | None:
    """How two quotations are one utterance, and how surely, for the order in which groups grow; None: they are not."""
    if not a.wording.words or not b.wording.words:
        return None
    if a.spoken and b.spoken:
        return _by_words(a, b, weigh) or _by_likeness(a, b, weigh, linked)
    if a.quotation.source == b.quotation.source or not a.names & b.names:
        return None
    share, mass, order = _REPORTED
    likeness = _likeness(a.wording, b.wording, weigh)
    inside = likeness[0] >= 0.8 and likeness[1] >= 0.9 and min(len(a.wording.words), len(b.wording.words)) > 2
    if inside or (likeness[0] >= share and likeness[1] >= mass and likeness[2] >= order):
        return "reported", likeness[0]
    return None


def _by_words(a: _Voice, b: _Voice, weigh: _Weights) -> tuple[str, float] | None:
    if a.wording.key == b.wording.key:
        return ("identical", 3.0) if _tells(a, b, a.wording, weigh) else None
    short, long = sorted((a, b), key=lambda v: len(v.wording.key))
    if len(short.wording.words) < 3 and not _SAID.issuperset((a.quotation.kind, b.quotation.kind)):
        return None
    if short.wording.key in long.wording.key and _tells(a, b, short.wording, weigh):
        return "excerpt", 2.0
    return None


def _tells(a: _Voice, b: _Voice, words: Wording, weigh: _Weights) -> bool:
    """Whether so few words can only come from one utterance: three that tell something, or rarer with one speaker."""
    mass = sum(weigh(s) for s in set(words.stems))
    if len(words.words) > 2 and mass >= 0.75:
        return True
    if a.names & b.names and mass >= 0.4:
        return True
    clash = bool(a.names and b.names)
    return mass >= 0.6 and len(words.key) > (9 if clash else 7) and (not clash or len(words.words) > 1)


def _by_likeness(a: _Voice, b: _Voice, weigh: _Weights, linked: set[frozenset[PassageRef]]) -> tuple[str, float] | None:
    if not _SAID.issuperset((a.quotation.kind, b.quotation.kind)):
        return None
    share, mass, order = _SHARE, _MASS, _ORDER
    if a.names & b.names:
        together = any(frozenset((p, q)) in linked for p in a.passages for q in b.passages)
        share, mass, order = _LINKED if together else _SAME_SPEAKER
    found = _likeness(a.wording, b.wording, weigh)
    if found[0] >= share and found[1] >= mass and found[2] >= order:
        return "reworded", found[0]
    if found[0] >= _LONG[0] and found[2] >= _LONG[1] and min(len(a.wording.words), len(b.wording.words)) >= _LONG[2]:
        return "reworded", found[0]
    if _near_copy(a, b, weigh):
        return "reworded", found[0]
    weight, length = _shared_runs(a.wording, b.wording, weigh)
    return ("reworded", share) if weight >= _RUN[0] and length >= _RUN[1] else None


def _near_copy(a: _Voice, b: _Voice, weigh: _Weights) -> bool:
    """Whether the shorter is in the longer but for one word in five, and what they share can only be of one utterance.

    Such are the wordings that a reader wants to see: "impeach that …" and "impeach the …", "should" and "shouldn't".
    """
    short, long = sorted((a.wording.words, b.wording.words), key=len)
    if len(short) < 3 or (a.names and b.names and not a.names & b.names):
        return False
    common = set(short) & set(long)
    telling = [w for w in common if w not in lex.FUNCTION_WORDS]
    if len(telling) < 2 or sum(weigh(stem(w, a.wording.language)) for w in telling) < _NEAR[bool(a.names & b.names)]:
        return False
    best = 0
    for begin in [n for n, w in enumerate(long) if w in common]:
        stretch = long[max(0, begin - 1) : begin + len(short) + 1]
        best = max(best, LCSseq.similarity(short, stretch))
        if best >= len(short) - max(1, len(short) // 5):
            return True
    return False


def _likeness(a: Wording, b: Wording, weigh: _Weights) -> tuple[float, float, float]:
    """The weight that the shorter has in order in the longer: as a share, as it is, as words."""
    short, long = sorted((a.stems, b.stems), key=len)
    whole = sum(map(weigh, short))
    common = set(short) & set(long)
    if not whole or sum(weigh(s) for s in short if s in common) < _LEAST:
        return 0.0, 0.0, 0.0
    same = [n for op in LCSseq.opcodes(short, long) if op.tag == "equal" for n in range(op.src_start, op.src_end)]
    weight = sum(weigh(short[n]) for n in same)
    return weight / whole, weight, len(same) / len(short)


def _shared_runs(a: Wording, b: Wording, weigh: _Weights) -> tuple[float, int]:
    """The runs of four words and more that both have: their weight and their length."""
    ops = [op for op in LCSseq.opcodes(a.stems, b.stems) if op.tag == "equal" and op.src_end - op.src_start > 3]
    weight = sum(weigh(stem) for op in ops for stem in a.stems[op.src_start : op.src_end])
    return weight, sum(op.src_end - op.src_start for op in ops)


def _groups(edges: dict[tuple[int, int], tuple[str, float]]) -> list[tuple[int, ...]]:
    """Groups in which each is tied to each, such that every tie is in one; the surest ties first."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), (_, sure) in edges.items():
        near[a][b] = near[b][a] = sure
    covered: set[tuple[int, int]] = set()
    groups: set[tuple[int, ...]] = set()
    for pair in sorted(edges, key=lambda e: (-edges[e][1], e)):
        if pair in covered:
            continue
        group = list(pair)
        first, second = near[pair[0]], near[pair[1]]
        common = {v: sure + second[v] for v, sure in first.items() if v in second}  # how sure all ties to the group are
        while common:
            best = -max([(sure, -v) for v, sure in common.items()])[1]
            group.append(best)
            tied = near[best]
            common = {v: sure + tied[v] for v, sure in common.items() if v in tied}
        group.sort()
        covered.update((a, b) for n, a in enumerate(group) for b in group[n + 1 :])
        groups.add(tuple(group))
    return sorted(groups)


def _utterance(
    voices: Sequence[_Voice], group: tuple[int, ...], edges: dict[tuple[int, int], tuple[str, float]]
) -> Utterance:
    relation = max((edges[a, b][0] for n, a in enumerate(group) for b in group[n + 1 :]), key=RELATIONS.index)
    spoken = [voices[i] for i in group if voices[i].spoken]
    changes: list[Change] = []
    if len(spoken) > 1:
        fullest = max(spoken, key=lambda v: len(v.wording.words))
        for v in spoken:
            if v is fullest:
                continue
            for one, other in ((v, fullest), (fullest, v)):
                changes.extend(
                    Change(one.quotation.id, span.start, span.end, other.quotation.id)
                    for span in changed(one.wording, other.wording)
                )
    return Utterance(tuple(voices[i].quotation.id for i in group), relation, tuple(changes))


@dataclass(frozen=True)
class Wording:
    """The words of `text[start:end]`: `words` without trifles, `spans` where each stands, `stems` for the likeness."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    language: str = "en"

    @cached_property
    def key(self) -> str:
        """All letters in a row."""
        return "".join(self.words)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(stem(word, self.language) for word in self.words)


def read_wording(text: str, start: int, end: int, language: str | None) -> Wording:
    """The words of `text[start:end]`; a word inside square brackets is the writer's and is left in."""
    spans = tuple(word_spans(text, start, end))
    return Wording(tuple(american_spelling(plain_form(text[s.start : s.end])) for s in spans), spans, language or "en")


def changed(a: Wording, b: Wording) -> list[Span]:
    """Where the words of `a` stand otherwise in `b`, or not at all; words that differ only in spaces are the same."""
    out: list[Span] = []
    for equal, run in groupby(Levenshtein.opcodes(a.words, b.words), key=lambda op: op.tag == "equal"):
        ops = list(run)
        first, last = ops[0], ops[-1]
        if equal or first.src_start == last.src_end:
            continue
        if "".join(a.words[first.src_start : last.src_end]) == "".join(b.words[first.dest_start : last.dest_end]):
            continue
        out.append(Span(a.spans[first.src_start].start, a.spans[last.src_end - 1].end))
    return out


def cut_from(full: Wording, part: Wording) -> tuple[str, ...]:
    """Where `part` leaves out words of `full`: `start`, `middle` and `end`, in that order."""
    blocks = [op for op in LCSseq.opcodes(full.words, part.words) if op.tag == "equal"]
    if not blocks:
        return ()
    gaps = pairwise(blocks)
    places = {
        "start": blocks[0].src_start > blocks[0].dest_start,
        "middle": any(b.src_start - a.src_end > b.dest_start - a.dest_end for a, b in gaps),
        "end": len(full.words) - blocks[-1].src_end > len(part.words) - blocks[-1].dest_end,
    }
    return tuple(place for place, cut in places.items() if cut)
