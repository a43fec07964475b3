"""What a verb of saying says: a clause, a thing, a deed asked of somebody, or what stands before it."""

from __future__ import annotations

from dataclasses import dataclass

from summitreader.comparison.quotes.adverbials import addressee, past_adverbials
from summitreader.comparison.quotes.extent import saying_to_end
from summitreader.comparison.quotes.items import Items
from summitreader.comparison.quotes.lexicon import (
    ADVERBS,
    CONJUNCTIONS,
    GOES_WITH,
    NEEDS,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    WH,
    Form,
    Frame,
    Verb,
)
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.said import Range, Saying, Way, clause_opens, finite


@dataclass(frozen=True, slots=True)
class _At:
    """A verb in its sentence: `at` is the item after it and its adverbs, `word` that item in lower case."""

    t: Items
    verb: Verb
    cue: Phrase
    subject: Phrase | None
    at: int
    high: int
    way: Way

    @property
    def word(self) -> str:
        return self.t.low[self.at] if self.at < self.high else ""

    def saying(self, first: int, how: str, cue_end: int | None = None) -> Saying | None:
        cue = (self.cue[0], self.cue[1] if cue_end is None else cue_end)
        return saying_to_end(self.t, cue, self.subject, first, self.verb, how, self.high, self.way)


def complement(t: Items, i: int, verb: Verb, subject: Phrase | None) -> Saying | None:
    """The saying of the verb at item i; None where it says nothing."""
    high = t.sentence_end[i]
    j = i + 1
    if verb.lemma in NEEDS and j < high and t.low[j] in NEEDS[verb.lemma]:
        j += 1
    cue = (i, j - 1)
    while j < high and (
        (t.low[j] in ADVERBS and t.low[j] not in ("both", "all"))
        or (t.kind[j] == "W" and t.low[j].endswith("ly") and not t.cap[j])
    ):
        j += 1
    here = _At(t, verb, cue, subject, j, high, Way())
    found = _as_lead(here) or _with_particle(here)
    if found is None and verb.frame & Frame.PERSON:
        whom = addressee(t, j, high)
        if whom is not None:
            found = _to_person(here, whom)
            if found is None and not verb.frame & Frame.THING:
                return None
    if found is None and verb.frame & (Frame.CLAUSE | Frame.QUOTE | Frame.MIND | Frame.SHOW):
        found = _clause(here)
    return found or _deed(here) or _thing(here)


def _as_lead(here: _At) -> Saying | None:
    """ "As the paper reported, …": what is said follows the comma."""
    t, subject, verb = here.t, here.subject, here.verb
    low = t.sentence[here.cue[0]]
    if subject is None or not low <= subject[0] - 1 <= low + 1 or t.low[subject[0] - 1] != "as":
        return None
    if not verb.frame & (Frame.QUOTE | Frame.CLAUSE) or not verb.form & (Form.PAST | Form.THIRD):
        return None
    k = past_adverbials(t, here.cue[0] + 1, here.high, Way())
    if k + 1 >= here.high or t.kind[k] != ",":
        return None
    return Saying((here.cue[0], here.cue[0]), subject, ((k + 1, here.high),), verb, "clause")


def _with_particle(here: _At) -> Saying | None:
    """ "called for …", "pointed out that …", "called on both sides to …"."""
    lemma, word, k = here.verb.lemma, here.word, here.at + 1
    if word not in GOES_WITH.get(lemma, ()) or (word == "to" and lemma == "agree"):
        return None
    if lemma in ("call", "appeal") and word in ("on", "upon", "to") and _infinitive(here.t, k, here.high) is not None:
        return here.saying(k, "toward", here.at)
    if k < here.high and here.t.low[k] == "that":
        return here.saying(k + 1, "clause", here.at)
    return None if lemma == "say" and word in ("of", "about") else here.saying(k, "object", here.at)


def _to_person(here: _At, whom: Phrase) -> Saying | None:
    """ "told him that …", "told reporters: “…”", "warned them of …"."""
    t, high = here.t, here.high
    if here.verb.lemma == "tell":
        here.way.through.append(whom)
    k = past_adverbials(t, whom[1] + 1, high, here.way)
    word = t.low[k] if k < high else ""
    if word == "that":
        return here.saying(k + 1, "clause")
    if word == "to" and here.verb.frame & Frame.TOWARD:
        return here.saying(k, "toward")
    if k < high and (t.kind[k] in "Q:" or (t.kind[k] == "," and k + 1 < high and t.kind[k + 1] == "Q")):
        return here.saying(k, "clause")
    if word in WH or (clause_opens(t, k, high) and t.kind[k - 1] != ","):
        return here.saying(k, "clause")
    if here.verb.lemma == "tell" and word in ("of", "about"):
        return here.saying(k + 1, "object", k)
    return _before(here)


def _clause(here: _At) -> Saying | None:
    """ "said that …", "said: “…”", "said he would", or what stands before "he said"."""
    t, high, frame = here.t, here.high, here.verb.frame
    k = past_adverbials(t, here.at, high, here.way)
    word = t.low[k] if k < high else ""
    kind = t.kind[k] if k < high else ""
    if word == "that" or kind == ":" or (kind == "," and k + 1 < high and t.kind[k + 1] == "Q"):
        return here.saying(k + 1, "clause")
    if kind == "Q" and frame & (Frame.QUOTE | Frame.CLAUSE | Frame.THING):
        return here.saying(k, "clause")
    if word in WH and frame & (Frame.CLAUSE | Frame.MIND):
        return here.saying(k, "clause")
    before = _before(here)
    if before is not None:
        return before
    opens = frame & (Frame.CLAUSE | Frame.MIND | Frame.SHOW) and clause_opens(t, k, high)
    return here.saying(k, "clause") if opens else None


def _deed(here: _At) -> Saying | None:
    """ "vowed to …", "urged both sides to …"."""
    frame, j = here.verb.frame, here.at
    if here.word == "to" and j + 1 < here.high and here.t.kind[j + 1] == "W":
        wishes = here.verb.lemma in ("want", "hope", "expect", "prefer", "wish")
        if frame & Frame.INFINITIVE or (frame & Frame.MIND and wishes):
            return here.saying(j, "infinitive")
    if frame & Frame.TOWARD and _infinitive(here.t, j, here.high) is not None:
        return here.saying(j, "toward")
    return None


def _thing(here: _At) -> Saying | None:
    """ "denied the charge", "called it “…”"."""
    t, j = here.t, here.at
    if not here.verb.frame & Frame.THING or j >= here.high:
        return None
    if t.kind[j] == "Q" or here.word in OBJECT_PRONOUNS or phrase_beginning(t, j, here.high) is not None:
        return here.saying(j, "object")
    return None


def _infinitive(t: Items, j: int, high: int) -> int | None:
    """The "to" of "urged both sides to …"."""
    who = addressee(t, j, high)
    if who is None:
        return None
    k = who[1] + 1
    return k if k + 1 < high and t.low[k] in ("to", "not") and t.kind[k + 1] == "W" else None


def _before(here: _At) -> Saying | None:
    """What is said stands before: `"…," he said in a statement.` or `The plan failed, he said.`"""
    t, subject, verb = here.t, here.subject, here.verb
    i, high = here.cue[0], here.high
    low = t.sentence[i]
    if subject is None or not verb.frame & (Frame.QUOTE | Frame.CLAUSE) or verb.form is Form.GERUND:
        return None
    opens = subject[0] - (subject[0] - 1 > low and t.low[subject[0] - 1] == "as")
    if opens <= low or t.kind[opens - 1] not in "Q,-":
        return None
    comma = t.kind[opens - 1] == "," and not (opens - 1 > low and t.kind[opens - 2] == "Q")
    if comma and (_leads_in(t, low, opens - 1) or _goes_on(t, i, high)):
        return None
    said: list[Range] = [(low, opens)]
    if i + 2 < high and t.kind[i + 1] == "," and t.kind[opens - 1] == "," and t.kind[i + 2] != "Q":
        said.append((i + 2, high))
    follow = next((j for j in range(i + 1, high) if t.kind[j] == "Q"), None)
    if follow is not None and (t.kind[follow - 1] in ",:-" or follow == i + 1):
        said.append((follow, high))
    return Saying((i, i), subject, tuple(said), verb, "after", tuple(here.way.through), tuple(here.way.passed))


def _goes_on(t: Items, i: int, high: int) -> bool:
    """Whether a clause follows the verb at item i, so that what stands before it is only a lead-in."""
    k = past_adverbials(t, i + 1, high, Way())
    return k < high and (t.low[k] == "that" or clause_opens(t, k, high))


def _leads_in(t: Items, low: int, comma: int) -> bool:
    """Whether what stands before the comma is an adverbial without a verb of its own."""
    lead = t.low[low]
    if not (lead in PREPOSITIONS or lead in CONJUNCTIONS or lead in ADVERBS or lead.endswith("ly")):
        return False
    return not any(finite(t, j) or t.low[j] in PERSONAL for j in range(low, comma))
