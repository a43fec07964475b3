"""Which saying governs a quotation, and who therefore speaks it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.comparison.model import QuotationKind
from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.clauses import clause_subject
from summitreader.comparison.quotes.content_span import ReportingClause
from summitreader.comparison.quotes.lexicon import Frame
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning, phrase_ending, speaking_part
from summitreader.comparison.quotes.quote_spans import TITLE_MARKS, QuotedSpan
from summitreader.comparison.quotes.tokens import Tokens
from summitreader.text.tokens import joins_unspaced


@dataclass(frozen=True, slots=True)
class Governed:
    """A quotation's saying, innermost first, or what stood in for it (`carried` from an earlier quotation)."""

    saying: ReportingClause | None
    outer: tuple[ReportingClause, ...] = ()
    subject: Phrase | None = None
    why: str = ""
    carried: int | None = None
    """The number of the quotation of the same paragraph whose speaker it takes."""


def govern(t: Tokens, quotes: Sequence[QuotedSpan], sayings: Sequence[ReportingClause]) -> list[Governed]:
    """For each outermost quotation of a paragraph, what governs it."""
    where = {t.quote[i]: i for i in range(len(t)) if t.kind[i] == "Q"}
    by_sentence: dict[int, list[ReportingClause]] = {}
    for s in sayings:
        by_sentence.setdefault(t.sentence[s.cue[0]], []).append(s)
    with_subject = [s for s in sayings if s.subject]
    cues = [s.cue[0] for s in with_subject]
    out: list[Governed] = []
    for number in range(len(quotes)):
        q = where[number]
        earlier = bisect_left(cues, t.sentence[q])
        last = with_subject[earlier - 1] if earlier else None
        out.append(_govern(t, q, number, by_sentence.get(t.sentence[q], []), last, out))
    return out


def _govern(
    t: Tokens,
    q: int,
    number: int,
    sayings: Sequence[ReportingClause],
    last: ReportingClause | None,
    before: Sequence[Governed],
) -> Governed:
    """What governs the quotation at token q: `sayings` are those of its sentence, `last` the last one before it."""
    around = [s for s in sayings if any(a <= q < b for a, b in s.said)]
    if around:
        around.sort(key=lambda s: (s.how in ("after", "according"), min(b - a for a, b in s.said if a <= q < b)))
        inner = next((i for i, s in enumerate(around) if not _weak(t, s, around[i + 1 :]) and s.subject), 0)
        subject = around[inner].subject
        if subject is None and number:
            return Governed(around[inner], (), None, "carried", number - 1)
        return Governed(around[inner], tuple(around[inner + 1 :]), subject, around[inner].how)
    label = speaking_part(t, _label(t, q))
    if label is not None:
        return Governed(None, (), label, "label")
    low, high = t.sentence[q], t.sentence_end[q]
    unlisted = speaking_part(t, _unlisted(t, q, low, high))
    if unlisted is not None:
        return Governed(None, (), unlisted, "unlisted")
    behind = [s for s in sayings if low <= s.cue[0] < q and s.subject]
    if behind:
        return Governed(behind[-1], (), behind[-1].subject, "behind")
    if number and q == low and before[number - 1].subject is not None:
        return Governed(None, (), None, "carried", number - 1)
    ahead = [s for s in sayings if q < s.cue[0] < high and s.subject]
    if ahead and q == low:
        return Governed(ahead[0], (), ahead[0].subject, "ahead")
    if q > low:
        subject = speaking_part(t, clause_subject(t, q, low))
        if subject is not None:
            return Governed(None, (), subject, "subject")
    if last is not None:
        return Governed(last, (), last.subject, "sentence before")
    return Governed(None)


def _weak(t: Tokens, saying: ReportingClause, outer: Sequence[ReportingClause]) -> bool:
    """What tells of a thought or of evidence: words quoted inside it are those of whoever reports the thought.

    So is what the speaker says of their own doings: "she said she would oppose “…”".
    """
    if saying.verb is None or (saying.how in ("after", "clause") and saying.verb.frame & (Frame.QUOTE | Frame.PERSON)):
        return False
    if not saying.verb.frame & (Frame.QUOTE | Frame.PERSON | Frame.THING | Frame.TOWARD):
        return True
    own = saying.subject is not None and t.low[saying.subject[1]] in lex.PRONOUNS
    return any(o.how == "clause" for o in outer) and (own or not saying.verb.frame & ~(Frame.THING | Frame.INFINITIVE))


def _unlisted(t: Tokens, q: int, low: int, high: int) -> Phrase | None:
    """Who speaks by a verb that is in no list: `“…,” he mocks.` and `He demurred: “…”`."""
    if q > low + 1 and t.kind[q - 1] == ":":
        return clause_subject(t, q - 1, low)
    who = phrase_beginning(t, q + 1 + (q + 1 < high and t.kind[q + 1] == ","), high)
    if who is None:
        return None
    after = who[1] + 2
    return who if after >= high or t.kind[after] in ".,;:" or t.low[after] in lex.PREPOSITIONS else None


def _label(t: Tokens, q: int) -> Phrase | None:
    """The name in `Jeffrey Jones: "…"` at the head of a paragraph or after a dash."""
    low = t.sentence[q]
    if q - 1 <= low or t.kind[q - 1] != ":":
        return None
    who = phrase_ending(t, q - 2, low + 2 * (t.low[low] == "according"))
    return who if who is not None and (who[0] == low or t.low[low] == "according") else None


_KIND_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAMING = frozenset(
    ("so-called", "dubbed", "nicknamed", "titled", "entitled", "termed", "word", "words", "term", "phrase", "label")
)
_FULL_STOPS = ".!?…。！？،,，"
_LOOSE = frozenset(("", "subject", "carried", "behind", "sentence before", "ahead"))
"""Why a quotation has its speaker, where no verb of saying governs it."""


def kind_of(text: str, t: Tokens, q: int, m: QuotedSpan, g: Governed) -> QuotationKind:
    """The kind of the quotation `m`, which is token `q` of its paragraph."""
    inner = text[m.inner_start : m.inner_end]
    words = _KIND_WORD.findall(inner)
    beside = _beside_cue(t, q, g)
    if m.mark in TITLE_MARKS or (_is_title(t, q, inner, words) and not beside):
        return QuotationKind.TITLE
    whole = _is_whole(t, q, inner, beside)
    if not whole and _is_term(t, q, words, g, beside):
        return QuotationKind.TERM
    return QuotationKind.SPEECH if whole else QuotationKind.FRAGMENT


def kind_by_form(text: str, m: QuotedSpan) -> QuotationKind:
    """The kind where the language's verbs of saying are not known: by its marks, its length and how it ends."""
    inner = text[m.inner_start : m.inner_end]
    if m.mark in TITLE_MARKS:
        return QuotationKind.TITLE
    unspaced = sum(joins_unspaced(c) for c in inner)
    whole = inner[-1] in _FULL_STOPS or len(inner.split()) > 4 or unspaced > 11
    return QuotationKind.SPEECH if whole else QuotationKind.FRAGMENT


def _beside_cue(t: Tokens, q: int, g: Governed) -> bool:
    """Whether the verb that governs the quotation stands right next to it, or before its comma or colon."""
    if g.saying is None:
        return g.why == "label"
    first, last = g.saying.cue
    who = g.saying.subject
    between = range(last + 1, q) if last < q else range(q + 1, min(first, who[0]) if who is not None else first)
    return all(t.kind[j] in ",:-" for j in between)


def _is_title(t: Tokens, q: int, inner: str, words: list[str]) -> bool:
    """Written like the title of a work, and not in a headline, where everything is."""
    if t.headline or not words:
        return False
    capitals = sum(w[0].isupper() for w in words)
    near = {t.low[j] for j in range(max(t.sentence[q], q - 3), min(t.sentence_end[q], q + 3))}
    if near & lex.WORKS and len(words) <= 3 and capitals == len(words):
        return True
    cased = capitals > 1 and all(w[0].isupper() or w in lex.FUNCTION_WORDS for w in words)
    return cased and not inner.isupper() and not (q == t.sentence[q] and inner[-1] in ".!?")


def _is_whole(t: Tokens, q: int, inner: str, beside: bool) -> bool:
    """A sentence of the speaker's own: it opens the writer's sentence, or follows a comma, colon or the verb itself."""
    before = t.kind[q - 1] if q else ""
    opens = q == t.sentence[q] or before in ",:-"
    starts = inner[0].isupper() or not inner[0].isalpha()
    if not (opens and (starts or before in ",:")) and not (starts and beside):
        return False
    return inner[-1] in ".,!?…—" or (len(inner.split()) > 3 and not t.headline)


def _is_term(t: Tokens, q: int, words: list[str], g: Governed, beside: bool) -> bool:
    """One to three words that nobody is said to have said: scare quotes, coinages, labels."""
    if len(words) > 3:
        return False
    if {t.low[j] for j in range(max(t.sentence[q], q - 2), q)} & _NAMING or t.low[max(0, q - 2) : q] == ["known", "as"]:
        return True
    if g.why not in _LOOSE:
        return False
    modifies = q + 1 < len(t) and t.nounish(q + 1) and t.low[q + 1] not in lex.VERBS
    return len(words) <= 1 or modifies or g.why in ("", "carried", "sentence before")
