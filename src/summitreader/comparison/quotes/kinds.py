"""What a quotation is: a whole speech, a fragment in the writer's sentence, a term held at arm's length, or a title."""

from __future__ import annotations

import re

from summitreader.comparison.model import QuotationKind
from summitreader.comparison.quotes.attribution import Governed
from summitreader.comparison.quotes.items import Items
from summitreader.comparison.quotes.lexicon import DETERMINERS, FUNCTION_WORDS, POSSESSIVES, VERBS, WORKS
from summitreader.comparison.quotes.marks import TITLE_MARKS, Marked
from summitreader.text.tokens import joins_unspaced

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAMING = frozenset(
    ("so-called", "dubbed", "nicknamed", "titled", "entitled", "termed", "word", "words", "term", "phrase", "label")
)
_FULL_STOPS = ".!?…。！？،,，"
_LOOSE = frozenset(("", "subject", "owner", "carried", "behind", "sentence before", "ahead"))
"""Why a quotation has its speaker, where no verb of saying governs it."""


def kind_of(text: str, t: Items, q: int, m: Marked, g: Governed) -> QuotationKind:
    """The kind of the quotation `m`, which is item `q` of its paragraph."""
    inner = text[m.inner_start : m.inner_end]
    words = _WORD.findall(inner)
    beside = _beside_cue(t, q, g)
    if m.mark in TITLE_MARKS or (_is_title(t, q, inner, words) and not beside):
        return QuotationKind.TITLE
    whole = _is_whole(t, q, inner, g, beside)
    if not whole and _is_term(t, q, words, g, beside):
        return QuotationKind.TERM
    return QuotationKind.SPEECH if whole else QuotationKind.FRAGMENT


def kind_by_form(text: str, m: Marked) -> QuotationKind:
    """The kind where the language's verbs of saying are not known: by its marks, its length and how it ends."""
    inner = text[m.inner_start : m.inner_end]
    if m.mark in TITLE_MARKS:
        return QuotationKind.TITLE
    unspaced = sum(joins_unspaced(c) for c in inner)
    whole = inner[-1] in _FULL_STOPS or len(inner.split()) > 4 or unspaced > 11
    return QuotationKind.SPEECH if whole else QuotationKind.FRAGMENT


def _beside_cue(t: Items, q: int, g: Governed) -> bool:
    """Whether the verb that governs the quotation stands right next to it, or before its comma or colon."""
    if g.saying is None:
        return g.why == "label"
    first, last = g.saying.cue
    gap = q - last - 1 if last < q else first - q - 1
    between = range(last + 1, q) if last < q else range(q + 1, first)
    who = g.saying.subject
    if who is not None and last > q > 0:
        between = range(q + 1, min(first, who[0]))
    return gap == 0 or all(t.kind[j] in ",:-" for j in between)


def _title_case(words: list[str]) -> bool:
    """All words but the small ones have a capital, two of them at least."""
    capital = sum(w[0].isupper() for w in words)
    return capital > 1 and words[0][0].isupper() and all(w[0].isupper() or w in FUNCTION_WORDS for w in words)


def _is_title(t: Items, q: int, inner: str, words: list[str]) -> bool:
    """Written like the title of a work, and not in a headline, where everything is."""
    if t.headline or not words:
        return False
    near = {t.low[j] for j in range(max(t.sentence[q], q - 3), min(t.sentence_end[q], q + 3))}
    if near & WORKS:
        return _title_case(words) or (len(words) <= 3 and all(w[0].isupper() for w in words))
    if q == t.sentence[q] and inner[-1] in ".!?":
        return False
    return _title_case(words) and not inner.isupper()


def _is_whole(t: Items, q: int, inner: str, g: Governed, beside: bool) -> bool:
    """A sentence of the speaker's own: it opens the writer's sentence, or follows a comma, colon or the verb itself."""
    before = t.kind[q - 1] if q else ""
    opens = q == t.sentence[q] or before in ",:-"
    starts = inner[0].isupper() or not inner[0].isalpha()
    ends = inner[-1] in ".,!?…—"
    if t.headline and not (inner[-1] in ".!?" or len(inner.split()) > 5):
        return False
    if opens and (starts or before in ",:"):
        return ends or len(inner.split()) > 3 or bool(g.saying)
    return starts and beside and (ends or len(inner.split()) > 3)


def _is_term(t: Items, q: int, words: list[str], g: Governed, beside: bool) -> bool:
    """One to three words that nobody is said to have said: scare quotes, coinages, labels."""
    before = {t.low[j] for j in range(max(t.sentence[q], q - 2), q)}
    if len(words) > 3:
        return False
    if before & _NAMING or (q > 1 and t.low[q - 1] == "as" and t.low[q - 2] == "known"):
        return True
    if g.why not in _LOOSE:
        return False
    if len(words) <= 1:
        return True
    after = q + 1
    modifies = after < len(t) and t.kind[after] == "W" and t.nounish(after) and t.low[after] not in VERBS
    led = q > 0 and (t.low[q - 1] in DETERMINERS or t.low[q - 1] in POSSESSIVES or t.kind[q - 1] == "P")
    return modifies or g.why in ("", "carried", "sentence before", "owner") or (led and not beside and len(words) <= 2)
