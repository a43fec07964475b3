"""Who says in a paragraph that something is so: each verb or phrase of saying, its subject, and what is said.

What is said is a range of tokens, so that a quotation or a clause belongs to the innermost saying whose range it lies
in, and to the others by way of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.clauses import skip_back, subject_of
from summitreader.comparison.quotes.content_span import (
    Range,
    ReportingClause,
    Way,
    addressee,
    clause_opens,
    finite,
    inverted,
    past_adverbials,
    past_published,
    saying_to_end,
)
from summitreader.comparison.quotes.lexicon import Form, Frame, Verb
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning, speaking_part
from summitreader.comparison.quotes.tokens import Tokens

_ASKED = frozenset(("what", "how", "why", "whether", "if"))
"""What a clause that is reported may begin with in place of "that"."""


def find_reporting_clauses(t: Tokens) -> list[ReportingClause]:
    """All sayings of one paragraph, in order of their cues."""
    found = []
    for i in range(len(t)):
        if t.kind[i] != "W":
            continue
        w = t.low[i]
        saying = None
        if w in lex.VERBS:
            saying = _of_verb(t, i, lex.VERBS[w])
        elif w == "according" and i + 1 < len(t) and t.low[i + 1] == "to":
            saying = _according(t, i)
        if saying is not None:
            found.append(replace(saying, subject=speaking_part(t, saying.subject)))
    return found


def _according(t: Tokens, i: int) -> ReportingClause | None:
    """ "according to X, …" or "…, according to X"."""
    low, high = t.sentence[i], t.sentence_end[i]
    whom = phrase_beginning(t, i + 2, high)
    if whom is None:
        return None
    way = Way()
    past_published(t, whom[1] + 1, high, way)
    cue = (i, i + 1)
    if i - low <= 1 or (t.low[i - 1] in lex.CONJUNCTIONS and t.kind[i - 1] != ","):
        comma = next((j for j in range(whom[1] + 1, high) if t.kind[j] == ","), None)
        if comma is None:
            return None
        return ReportingClause(cue, whom, ((comma + 1, high),), None, "according", passed=tuple(way.passed))
    return ReportingClause(cue, whom, ((low, i),), None, "according", passed=tuple(way.passed))


def _of_verb(t: Tokens, i: int, verb: Verb) -> ReportingClause | None:
    low, high = t.sentence[i], t.sentence_end[i]
    form = verb.form
    if not _may_be_verb(t, i, verb, low, high):
        return None
    k = skip_back(t, i - 1, low)
    passive = bool(form & Form.PARTICIPLE) and any(t.low[j] in lex.BE for j in range(k + 1, i))
    if verb.lemma == "quote":
        return _quoted_as(t, i, verb, k, passive)
    before_subject = inverted(t, i, low, high, verb)
    if before_subject is not None:
        return before_subject
    if passive or (form & Form.BASE and not form & (Form.PAST | Form.PARTICIPLE) and not _base_is_verb(t, i, k, low)):
        return None
    if form & Form.THIRD and not _third_is_verb(t, i, k, low):
        return None
    subject = subject_of(t, i, low)
    return complement(t, i, verb, subject) if subject is not None else None


def _quoted_as(t: Tokens, i: int, verb: Verb, k: int, passive: bool) -> ReportingClause | None:
    """ "The newspaper quoted him as saying …", "he was quoted by the agency as saying …"."""
    low, high = t.sentence[i], t.sentence_end[i]
    subject = subject_of(t, i, low) if not passive else subject_of(t, next(j for j in range(k + 1, i + 1)), low)
    saying = next(
        (j for j in range(i + 1, high - 1) if t.low[j] == "as" and t.low[j + 1] in ("saying", "telling")), None
    )
    if saying is None:
        return complement(t, i, verb, subject) if subject is not None and not passive else None
    first = saying + 2 + (saying + 2 < high and (t.low[saying + 2] == "that" or t.kind[saying + 2] in ",:"))
    way = Way()
    if passive:
        by = phrase_beginning(t, i + 2, saying) if t.low[i + 1] in ("by", "in") else None
        way.passed.extend([by] if by else [])
        speaker: Phrase | None = subject
    else:
        speaker = addressee(t, i + 1, saying)
        way.passed.extend([subject] if subject else [])
    return saying_to_end(t, (i, saying + 1), speaker, first, lex.VERBS["saying"], "clause", high, way)


def _may_be_verb(t: Tokens, i: int, verb: Verb, low: int, high: int) -> bool:
    """Whether nothing right beside the word rules a verb out."""
    before = t.low[i - 1] if i > low else ""
    if (
        verb.lemma in lex.NEEDS
        and not verb.frame & ~Frame.QUOTE
        and not (i + 1 < high and t.low[i + 1] in lex.NEEDS[verb.lemma])
    ):
        return False
    if i > low and (t.cap[i] or (t.kind[i - 1] == "P" and t.low[i - 2] not in lex.PERSONAL)):
        return False
    if before in lex.DETERMINERS or before in lex.POSSESSIVES:
        return False
    return not (before in lex.PREPOSITIONS and before != "to" and not verb.form & Form.GERUND)


def _base_is_verb(t: Tokens, i: int, k: int, low: int) -> bool:
    """Whether a base form ("call", "report", "say") is a verb here and no noun."""
    before = t.low[i - 1] if i > low else ""
    if before == "to" or before in lex.AUXILIARIES or before in ("they", "we", "i", "you", "who"):
        return True
    if k < low or (k < i - 1 and t.low[k + 1] in lex.AUXILIARIES):
        return k >= low
    subject = t.low[k]
    if subject in ("they", "we", "i", "you", "who", "some", "many", "others", "critics", "most", "people", "police"):
        return True
    return (subject.endswith("s") and not subject.endswith("ss")) or (subject in lex.PEOPLE and subject.endswith("en"))


def _third_is_verb(t: Tokens, i: int, k: int, low: int) -> bool:
    """Whether a form in -s ("reports", "calls", "says") is a verb here and no plural noun."""
    if t.low[i] in lex.SPOKEN:
        return True
    if k < low:
        return False
    subject = t.low[k]
    if subject in ("he", "she", "it", "who", "which", "that") or (t.kind[k] == "," and k > low):
        return True
    known = t.cap[k] or subject in lex.PEOPLE or subject in lex.BODIES or subject in lex.DOCUMENTS
    after = min(i + 1, len(t) - 1)
    follows = finite(t, after) or t.low[after] in lex.PREPOSITIONS or t.low[after].endswith("ly")
    return known and (t.cap[k] or not subject.endswith("s")) and not follows


@dataclass(frozen=True, slots=True)
class _At:
    """A verb in its sentence: `at` is the token after it and its adverbs, `word` that token in lower case."""

    t: Tokens
    verb: Verb
    cue: Phrase
    subject: Phrase | None
    at: int
    high: int
    way: Way

    @property
    def word(self) -> str:
        return self.t.low[self.at] if self.at < self.high else ""

    def saying(self, first: int, how: str, cue_end: int | None = None) -> ReportingClause | None:
        cue = (self.cue[0], self.cue[1] if cue_end is None else cue_end)
        return saying_to_end(self.t, cue, self.subject, first, self.verb, how, self.high, self.way)


def complement(t: Tokens, i: int, verb: Verb, subject: Phrase | None) -> ReportingClause | None:
    """The saying of the verb at token i; None where it says nothing."""
    high = t.sentence_end[i]
    j = i + 1
    if verb.lemma in lex.NEEDS and j < high and t.low[j] in lex.NEEDS[verb.lemma]:
        j += 1
    cue = (i, j - 1)
    while j < high and (t.low[j] in lex.ADVERBS or t.low[j].endswith("ly")):
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


def _as_lead(here: _At) -> ReportingClause | None:
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
    return ReportingClause((here.cue[0], here.cue[0]), subject, ((k + 1, here.high),), verb, "clause")


def _with_particle(here: _At) -> ReportingClause | None:
    """ "called for …", "pointed out that …", "called on both sides to …"."""
    lemma, word, k = here.verb.lemma, here.word, here.at + 1
    if word not in lex.GOES_WITH.get(lemma, ()) or (word == "to" and lemma == "agree"):
        return None
    if k < here.high and here.t.low[k] == "that" and clause_opens(here.t, k + 1, here.high):
        return here.saying(k + 1, "clause", here.at)
    return None if lemma == "say" and word in ("of", "about") else here.saying(k, "object", here.at)


def _to_person(here: _At, whom: Phrase) -> ReportingClause | None:
    """ "told him that …", "told reporters: “…”", "warned them of …"."""
    t, high = here.t, here.high
    if here.verb.lemma == "tell":
        here.way.through.append(whom)
    k = past_adverbials(t, whom[1] + 1, high, here.way)
    word = t.low[k] if k < high else ""
    if word == "that":
        return here.saying(k + 1, "clause")
    if word == "to" and here.verb.frame & Frame.TOWARD:
        return here.saying(k - (t.low[k - 1] == "not"), "toward")
    if k < high and (t.kind[k] in "Q:" or (t.kind[k] == "," and k + 1 < high and t.kind[k + 1] == "Q")):
        return here.saying(k, "clause")
    if clause_opens(t, k, high) and t.kind[k - 1] != "," and t.low[whom[1] + 1] != "of":
        return here.saying(k, "clause")
    return _before(here)


def _clause(here: _At) -> ReportingClause | None:
    """ "said that …", "said: “…”", "said he would", or what stands before "he said"."""
    t, high, frame = here.t, here.high, here.verb.frame
    k = past_adverbials(t, here.at, high, here.way)
    word = t.low[k] if k < high else ""
    kind = t.kind[k] if k < high else ""
    if word == "that" or kind == ":" or (kind == "," and k + 1 < high and t.kind[k + 1] == "Q"):
        return here.saying(k + 1, "clause")
    if kind == "Q" and frame & (Frame.QUOTE | Frame.CLAUSE | Frame.THING):
        return here.saying(k, "clause")
    if word in _ASKED and frame & (Frame.CLAUSE | Frame.MIND):
        return here.saying(k, "clause")
    before = _before(here)
    if before is not None:
        return before
    opens = frame & (Frame.CLAUSE | Frame.MIND | Frame.SHOW) and clause_opens(t, k, high)
    return here.saying(k, "clause") if opens else None


def _deed(here: _At) -> ReportingClause | None:
    """ "vowed to …", "urged both sides to …"."""
    frame, j = here.verb.frame, here.at
    if here.word == "to" and frame & Frame.INFINITIVE:
        return here.saying(j, "infinitive")
    if frame & Frame.TOWARD and _infinitive(here.t, j, here.high) is not None:
        return here.saying(j, "toward")
    return None


def _thing(here: _At) -> ReportingClause | None:
    """ "denied the charge", "called it “…”"."""
    t, j = here.t, here.at
    if not here.verb.frame & Frame.THING or j >= here.high:
        return None
    if t.kind[j] == "Q" or here.word in lex.OBJECT_PRONOUNS or phrase_beginning(t, j, here.high) is not None:
        return here.saying(j, "object")
    return None


def _infinitive(t: Tokens, j: int, high: int) -> int | None:
    """The "to" of "urged both sides to …"."""
    who = addressee(t, j, high)
    if who is None:
        return None
    k = who[1] + 1
    return k if k + 1 < high and t.low[k] in ("to", "not") and t.kind[k + 1] == "W" else None


def _before(here: _At) -> ReportingClause | None:
    """What is said stands before: `"…," he said in a statement.` or `The plan failed, he said.`"""
    t, subject, verb = here.t, here.subject, here.verb
    i, high = here.cue[0], here.high
    low = t.sentence[i]
    if subject is None or not verb.frame & (Frame.QUOTE | Frame.CLAUSE) or verb.form is Form.GERUND:
        return None
    opens = subject[0] - (subject[0] - 1 > low and t.low[subject[0] - 1] == "as")
    if opens <= low or t.kind[opens - 1] not in "Q,-":
        return None
    comma = t.kind[opens - 1] in ",-" and not (opens - 1 > low and t.kind[opens - 2] == "Q")
    aside = i + 2 < high and t.kind[i + 1] == "," and clause_opens(t, i + 2, high)
    if comma and not aside and _goes_on(t, i, high):
        return None
    said: list[Range] = [(low, opens)]
    if i + 2 < high and t.kind[i + 1] == "," and t.kind[opens - 1] == "," and t.kind[i + 2] != "Q":
        said.append((i + 2, high))
    follow = next((j for j in range(i + 1, high) if t.kind[j] == "Q"), None)
    if follow is not None and (t.kind[follow - 1] in ",:-" or follow == i + 1):
        said.append((follow, high))
    return ReportingClause((i, i), subject, tuple(said), verb, "after", tuple(here.way.through), tuple(here.way.passed))


def _goes_on(t: Tokens, i: int, high: int) -> bool:
    """Whether a clause follows the verb at token i, so that what stands before it is only a lead-in."""
    k = past_adverbials(t, i + 1, high, Way())
    return k < high and (t.low[k] == "that" or clause_opens(t, k, high))
