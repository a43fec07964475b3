"""What is said to have been said without quotation marks: which words, by which saying, inside which others."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.clauses import clause_start, skip_back
from summitreader.comparison.quotes.content_span import SUBORDINATE, Range, ReportingClause, finite, pauses
from summitreader.comparison.quotes.lexicon import Form, Frame
from summitreader.comparison.quotes.phrases import Phrase
from summitreader.comparison.quotes.tokens import Tokens

_HANGING = {"and", "by", "is", "was", "are", "were", "been", "while", "before", "after", "in", "without"}
LIKELY = 0.77
"""The least likelihood of a report that is listed."""
_FEWEST = 3
"""Words; what is shorter is more often an object than a statement."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Tokens `[first, after)` that `saying` reports; `outer` are the sayings that this one is told through."""

    saying: ReportingClause
    first: int
    after: int
    outer: tuple[ReportingClause, ...] = ()


def find_reported(t: Tokens, sayings: Sequence[ReportingClause]) -> list[Reported]:
    """Stretches of one paragraph that are reported, none overlapping another, in order."""
    by_sentence: dict[int, list[ReportingClause]] = {}
    for s in sayings:
        if s.said and s.subject:
            by_sentence.setdefault(t.sentence[s.cue[0]], []).append(s)
    return [r for _, within in sorted(by_sentence.items()) for r in _in_sentence(t, within)]


def _in_sentence(t: Tokens, sayings: Sequence[ReportingClause]) -> list[Reported]:
    leading = [s for s in sayings if s.how not in ("after", "according")]
    trailing = [s for s in sayings if s.how in ("after", "according")]
    taken: list[Reported] = []
    hung: dict[int, list[ReportingClause]] = {}
    for s in trailing:
        if not _counts(t, s):
            continue
        for span in s.said:
            main = next((m for m in leading if _is_main(t, m, span)), None)
            if main is None:
                _take(t, taken, s, span, ())
                continue
            for m in leading:
                if m.subject == main.subject and span[0] <= m.cue[0] < span[1]:
                    hung.setdefault(id(m), []).append(s)
    for s in sorted(leading, key=lambda m: (m.said[0][0], -m.said[0][1])):
        if _counts(t, s):
            first, after = s.said[0]
            _take(t, taken, s, (first, _cut(t, s, sayings, first, after)), tuple(hung.get(id(s), ())))
    return sorted(taken, key=lambda r: r.first)


def _counts(t: Tokens, s: ReportingClause) -> bool:
    """Whether the saying reports speech, and does not only tell of a wish, a deed or a find."""
    if s.verb is None:
        return True
    lemma = s.verb.lemma
    if lemma not in lex.REPORTING or s.subject is None or _aside(t, s, s.subject):
        return False
    between = t.low[s.subject[1] + 1 : s.cue[0]]
    if any(w in lex.HYPOTHETICAL or w in ("not", "never") or w.endswith(("n't", "n’t")) for w in between):
        return False
    if s.how == "after":
        return lemma == "say" or not s.verb.form & (Form.BASE | Form.THIRD) or bool(s.verb.form & Form.PAST)
    return True


def _aside(t: Tokens, s: ReportingClause, subject: Phrase) -> bool:
    """A verb of saying that only narrows a noun, sets a time or hangs on another noun: nothing is reported there."""
    before = t.low[subject[0] - 1] if subject[0] > t.sentence[subject[0]] else ""
    if before in lex.ASIDES:
        return True
    if t.low[subject[0]] in ("who", "which") and before != ",":
        return True
    assert s.verb is not None
    cue = s.cue[0]
    leading = skip_back(t, cue - 1, t.sentence[cue])
    if s.verb.form & Form.GERUND and leading >= 0:
        return t.kind[leading] not in ",-" and t.low[leading] not in lex.DOCUMENTS | _HANGING
    if t.low[leading] == "to" and leading > 0:
        return t.low[leading - 1] not in lex.VERBS and t.low[leading - 1] not in lex.CHAIN
    return False


def _is_main(t: Tokens, s: ReportingClause, span: Range) -> bool:
    """Whether `s` is the main clause of what a trailing "…, the agency said" is hung on."""
    first, after = span
    if not (first <= s.cue[0] < after) or s.subject is None or s.verb is None:
        return False
    if s.how == "infinitive" or s.verb.lemma in ("agree", "complain", "find", "show", "respond", "attack"):
        return False
    if s.verb.frame & (Frame.QUOTE | Frame.THING | Frame.TOWARD) == Frame(0):
        return False
    return s.subject[0] == clause_start(t, s.cue[0], first) or s.subject[0] <= first + 1


def _cut(t: Tokens, s: ReportingClause, others: Sequence[ReportingClause], first: int, after: int) -> int:
    """Where somebody goes on to say something else: "said A and called for B", "said A, but she denied B"."""
    for o in others:
        if o is s or not first < o.cue[0] < after:
            continue
        before = o.cue[0] - 1
        if (o.verb is None or o.verb.form & Form.GERUND) and before > first and pauses(t, before):
            return before + (t.kind[before] == "Q")
        if o.subject == s.subject:
            while before > first and t.kind[before] == "W" and t.low[before] not in ("and", "but"):
                before -= 1
            if t.low[before] in ("and", "but") and before > first:
                return before
        elif o.subject is not None and o.subject[0] > first:
            before = o.subject[0] - 1
            while before > first and t.low[before] in lex.ADVERBS:
                before -= 1
            if before > first and t.low[before] in lex.TURNS and t.kind[before - 1] in ",-;":
                return before - 1
    return after


def _before_comment(t: Tokens, first: int, after: int) -> int:
    """Where the writer goes on: ", a point on which the two differ", ", is unlikely to end the debate"."""
    for j in range(first + 2, after - 2):
        if pauses(t, j) and t.kind[j] != "Q":
            w = t.low[j + 1]
            if w in lex.AUXILIARIES or (w in ("a", "an") and any(finite(t, k) for k in range(first + 1, j))):
                more = any(pauses(t, k) for k in range(j + 1, after))
                return after if more else j
    return after


def _take(
    t: Tokens, taken: list[Reported], s: ReportingClause, span: Range, outer: tuple[ReportingClause, ...]
) -> None:
    first, after = span
    while first < after and (
        t.kind[first] in ",:;-.)" or (t.low[first] in ("that", "but", "and") and not t.cap[first] and s.how != "object")
    ):
        first += 1
    after = _before_comment(t, first, after)
    while after > first and t.kind[after - 1] in ",:;-.(":
        after -= 1
    if after <= first or any(r.first < after and first < r.after for r in taken):
        return
    if s.how in ("after", "according") and not any(t.kind[j] == "Q" or finite(t, j) for j in range(first, after)):
        return
    if _is_unmarked(t, s, first, after) and likelihood(features(t, s, first, after)) >= LIKELY:
        taken.append(Reported(s, first, after, outer))


def _is_unmarked(t: Tokens, s: ReportingClause, first: int, after: int) -> bool:
    """Whether less than half of the stretch is in quotation marks, and it is long enough to be a statement."""
    whole = t.end[after - 1] - t.start[first]
    quoted = sum(t.end[i] - t.start[i] for i in range(first, after) if t.kind[i] == "Q" and i not in t.doubtful)
    words = sum(1 for i in range(first, after) if t.kind[i] in "WN")
    words += sum(len(t.words(i, i).split()) for i in range(first, after) if i in t.doubtful)
    return 2 * quoted < whole and words >= _FEWEST + (s.how in ("object", "infinitive") and s.cue[0] == s.cue[1])


_CORE = frozenset(("say", "tell", "add", "write", "report", "argue", "note", "announce"))
_FAMILIES = (Frame.QUOTE, Frame.PERSON, Frame.CLAUSE, Frame.TOWARD, Frame.INFINITIVE, Frame.THING, Frame.MIND)
_TURNS = {
    **dict.fromkeys(("while", "whereas", "though", "although", "even", "despite"), "while"),
    **{word: word for word in ("as", "since", "including")},
}
_PLACING = frozenset(("when", "where", "which", "who", "whose", "because", "once", "since"))


def features(t: Tokens, s: ReportingClause, first: int, after: int) -> frozenset[str]:
    """What speaks for and against words that are said to be reported: names of weights in `data/en/reported.json`."""
    assert s.subject is not None
    cue, subject, head, lead = s.cue[0], s.subject[0], t.low[s.subject[1]], t.low[first]
    within = [j for j in range(first + 2, after - 1) if pauses(t, j)]
    names = {f"how {s.how}", f"pauses {min(3, len(within))}", *(_over(t, j) for j in within)}
    if s.verb is not None:
        family = next((str(part.name).lower() for part in _FAMILIES if s.verb.frame & part), "other")
        names.add("verb say" if s.verb.lemma in _CORE else f"verb {family}")
    if head in lex.PRONOUNS or head == "which":
        names.add("subject " + {"he": "he", "she": "he", "who": "who", "which": "who"}.get(head, "it"))
    if s.how != "after" and after < t.sentence_end[first] - 1:
        names.add(f"goes on {_goes_on(t, cue, after)}")
    marks = {
        "form ing": s.verb is not None and bool(s.verb.form & Form.GERUND),
        "to say": s.verb is not None and cue > t.sentence[cue] and t.low[cue - 1] == "to",
        "that": first > t.sentence[first] and t.low[first - 1] == "that",
        "preposition first": lead in lex.PREPOSITIONS and lead != "to",
        "lead when": lead in _PLACING or (s.how == "after" and lead in ("if", "when", "while", "although")),
        "and verb": s.how not in ("after", "according")
        and any(t.low[j] == "and" and t.kind[j - 1] != "," and _past(t, j + 1) for j in range(first + 1, after - 1)),
        "headline": t.headline,
        "subject behind": subject > cue and s.how != "after",
    }
    return frozenset(names | {name for name, holds in marks.items() if holds})


def _goes_on(t: Tokens, cue: int, after: int) -> str:
    """What follows a report in its sentence: the main clause after "While …", another saying, a conjunction, a mark."""
    if t.low[t.sentence[cue]] in SUBORDINATE and t.kind[after] == ",":
        return "main"
    if t.low[after + 1] in lex.VERBS:
        return "say"
    return t.low[after] if t.low[after] in ("and", "but") else t.kind[after]


def _over(t: Tokens, pause: int) -> str:
    """What begins inside a report, after a pause."""
    w = t.low[pause + 1]
    if t.kind[pause] in "-;":
        return f"over {t.kind[pause]}"
    if w in ("and", "but"):
        return f"over {w}{' verb' if finite(t, pause + 2) else ''}"
    return f"over {_TURNS.get(w, '')}"


def _past(t: Tokens, j: int) -> bool:
    return not t.cap[j] and (t.low[j] in lex.FINITE or t.low[j].endswith("ed"))


@cache
def _weights() -> dict[str, float]:
    """Learnt by `benchmarks/quotations_fit.py` from the attributions of polnear."""
    path = resources.files(__package__).joinpath("data/en/reported.json")
    return cast(dict[str, float], json.loads(path.read_text(encoding="utf-8")))


def likelihood(names: frozenset[str]) -> float:
    """How likely a report with these features is one, of these words, by this speaker; 0 to 1."""
    weights = _weights()
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights.get(name, 0.0) for name in names)))
