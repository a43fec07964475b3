"""Verbs of saying that stand before their subject: `"…," said Smith`, and: the plan will fail, said Smith."""

from __future__ import annotations

from summitreader.comparison.quotes.items import SPOKEN, Items
from summitreader.comparison.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BODIES,
    CONJUNCTIONS,
    DAYS,
    DOCUMENTS,
    INSIDE_NOUN,
    NEEDS,
    PEOPLE,
    PERSONAL,
    PREPOSITIONS,
    VERBS,
    Form,
    Frame,
    Verb,
)
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.said import Range, Saying

_HUNG = frozenset(("said", "says", "wrote", "writes", "reported", "reports", "announced", "added", "noted"))
"""What may stand before its subject after a clause that is not quoted."""
_SPEAKING = PEOPLE | BODIES | DOCUMENTS


def inverted(t: Items, i: int, low: int, high: int, verb: Verb) -> Saying | None:
    """The saying whose verb is item i and whose subject follows it, in the sentence `[low, high)`."""
    if not verb.frame & Frame.QUOTE or i + 1 >= high or verb.form is Form.GERUND:
        return None
    if verb.lemma in ("tell", "remind", "assure") or (i > low and t.kind[i - 1] not in "Q,-)" and t.low[i - 1] != "as"):
        return None
    quoted = i > low and (t.kind[i - 1] == "Q" or (i - 1 > low and t.kind[i - 2] == "Q"))
    shifted = verb.lemma in NEEDS or (verb.lemma == "say" and t.low[i + 1] in ADVERBS)
    who = phrase_beginning(t, i + 1 + shifted, high)
    if who is None or not _may_speak(t, i, who, low, high, quoted):
        return None
    after = who[1] + 1
    if after < high and not _may_follow(t, after, quoted):
        return None
    said: list[Range] = [(low, i)] if i > low else []
    if i == low or t.kind[i - 1] == "Q":
        colon = next((j for j in range(after, high) if t.kind[j] in ":Q"), None)
        if colon is not None:
            said.append((colon, high))
    if not said and after < high and t.kind[after] == ":":
        return Saying((i, i), who, (), verb, "colon")
    return Saying((i, i), who, tuple(said), verb, "after") if said else None


def _may_speak(t: Items, i: int, who: Phrase, low: int, high: int, quoted: bool) -> bool:
    """Whether the phrase after the verb is its subject rather than what is said."""
    after = who[1] + 1
    last = t.low[who[1]]
    if i > low and not quoted and not (t.low[i] in _HUNG and _head_speaks(t, who)):
        return False
    if i == low and not (t.low[i] in SPOKEN or (after < high and t.kind[after] == ":")):
        return False
    if after < high and t.kind[after] == "Q":
        return False
    if last in PERSONAL:
        return quoted and not (after < high and t.kind[after] == "W" and t.low[after] not in PREPOSITIONS)
    return t.cap[who[1]] or any(t.low[j] in _SPEAKING for j in range(who[0], who[1] + 1))


def _head_speaks(t: Items, who: Phrase) -> bool:
    head = next((j - 1 for j in range(who[0] + 1, who[1] + 1) if t.low[j] in INSIDE_NOUN), who[1])
    return t.cap[head] or t.low[head] in _SPEAKING


def _may_follow(t: Items, after: int, quoted: bool) -> bool:
    """Whether what comes after the subject leaves it one: no verb of its own."""
    w = t.low[after]
    if w in AUXILIARIES or (w in VERBS and not t.cap[after] and VERBS[w].form & (Form.PAST | Form.THIRD)):
        return False
    if t.kind[after] != "W" or quoted:
        return True
    return w in PREPOSITIONS or w in CONJUNCTIONS or w in DAYS or w in ADVERBS or w.endswith(("ing", "ly"))
