"""Who says in a paragraph that something is so: each verb or phrase of saying, its subject, and what is said.

What is said is a range of items, so that a quotation or a clause belongs to the innermost saying whose range it lies
in, and to the others by way of it.
"""

from __future__ import annotations

from summitreader.comparison.quotes.adverbials import addressee, past_published
from summitreader.comparison.quotes.complements import complement
from summitreader.comparison.quotes.extent import saying_to_end
from summitreader.comparison.quotes.inversion import inverted
from summitreader.comparison.quotes.items import SPOKEN, Items
from summitreader.comparison.quotes.lexicon import (
    AUXILIARIES,
    BE,
    BODIES,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENTS,
    NEEDS,
    OBJECT_PRONOUNS,
    PEOPLE,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    VERBS,
    VERBS_AND_NOUNS,
    WH,
    Form,
    Frame,
    Verb,
)
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.said import Saying, Way
from summitreader.comparison.quotes.subjects import skip_back, subject_of

_MODALS = frozenset(("to", "may", "might", "can", "could", "should", "will", "would", "must"))
_AFTER_NOUN_VERB = frozenset(("that", "a", "an", "the", "it", "him", "them", "his", "their", "on", "for"))
"""What shows that "reports", "claims" after a plural noun is a verb."""
_OBJECTS = DETERMINERS | POSSESSIVES | OBJECT_PRONOUNS | WH | PERSONAL | {"that", "for", "on", "to", "out"}


def find_sayings(t: Items) -> list[Saying]:
    """All sayings of one paragraph, in order of their cues."""
    found = []
    for i in range(len(t)):
        if t.kind[i] != "W":
            continue
        w = t.low[i]
        saying = None
        if w in VERBS:
            saying = _of_verb(t, i, VERBS[w])
        elif w == "according" and i + 1 < len(t) and t.low[i + 1] == "to":
            saying = _according(t, i)
        if saying is not None:
            found.append(saying)
    return found


def _according(t: Items, i: int) -> Saying | None:
    """ "according to X, …" or "…, according to X"."""
    low, high = t.sentence[i], t.sentence_end[i]
    whom = phrase_beginning(t, i + 2, high)
    if whom is None:
        return None
    way = Way()
    past_published(t, whom[1] + 1, high, way)
    cue = (i, i + 1)
    if i - low <= 1 or (t.low[i - 1] in CONJUNCTIONS and t.kind[i - 1] != ","):
        comma = next((j for j in range(whom[1] + 1, high) if t.kind[j] == ","), None)
        if comma is None:
            return None
        return Saying(cue, whom, ((comma + 1, high),), None, "according", passed=tuple(way.passed))
    return Saying(cue, whom, ((low, i),), None, "according", passed=tuple(way.passed))


def _of_verb(t: Items, i: int, verb: Verb) -> Saying | None:
    low, high = t.sentence[i], t.sentence_end[i]
    form = verb.form
    if not _may_be_verb(t, i, verb, low, high):
        return None
    k = skip_back(t, i - 1, low)
    passive = bool(form & Form.PARTICIPLE) and any(t.low[j] in BE for j in range(k + 1, i))
    if verb.lemma == "quote":
        return _quoted_as(t, i, verb, k, passive)
    before_subject = inverted(t, i, low, high, verb)
    if before_subject is not None:
        return before_subject
    if passive or (form & Form.BASE and not form & (Form.PAST | Form.PARTICIPLE) and not _base_is_verb(t, i, k, low)):
        return None
    if (form & Form.THIRD and not _third_is_verb(t, i, k, low)) or _only_modifies(t, i, verb, k, low, high):
        return None
    subject = subject_of(t, i, low)
    alone = (i == low and form & Form.GERUND) or (i > low and t.kind[i - 1] in "Q:")
    return complement(t, i, verb, subject) if subject is not None or alone else None


def _quoted_as(t: Items, i: int, verb: Verb, k: int, passive: bool) -> Saying | None:
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
    return saying_to_end(t, (i, saying + 1), speaker, first, VERBS["saying"], "clause", high, way)


def _may_be_verb(t: Items, i: int, verb: Verb, low: int, high: int) -> bool:
    """Whether nothing right beside the word rules a verb out."""
    before = t.low[i - 1] if i > low else ""
    if (
        verb.lemma in NEEDS
        and not verb.frame & ~Frame.QUOTE
        and not (i + 1 < high and t.low[i + 1] in NEEDS[verb.lemma])
    ):
        return False
    if i > low and (t.cap[i] or (t.kind[i - 1] == "P" and t.low[i - 2] not in PERSONAL)):
        return False
    if before in DETERMINERS or before in POSSESSIVES or (verb.lemma == "add" and before in _MODALS):
        return False
    return not (before in PREPOSITIONS and before != "to" and not verb.form & Form.GERUND)


def _base_is_verb(t: Items, i: int, k: int, low: int) -> bool:
    """Whether a base form ("call", "report", "say") is a verb here and no noun."""
    before = t.low[i - 1] if i > low else ""
    if before == "to" or before in AUXILIARIES or before in ("they", "we", "i", "you", "who"):
        return True
    if k < low or (k < i - 1 and t.low[k + 1] in AUXILIARIES):
        return k >= low
    subject = t.low[k]
    if subject in ("they", "we", "i", "you", "who", "some", "many", "others", "critics", "most"):
        return True
    if t.kind[k] != "W" or subject in PREPOSITIONS or subject in CONJUNCTIONS:
        return False
    plural = subject.endswith("s") and not subject.endswith("ss")
    if not (plural or subject in ("people", "police") or (subject in PEOPLE and subject.endswith("en"))):
        return False
    if t.low[i] not in VERBS_AND_NOUNS:
        return True
    return i + 1 < len(t) and not t.cap[k] and (t.low[i + 1] in _AFTER_NOUN_VERB or t.kind[i + 1] == "Q")


def _third_is_verb(t: Items, i: int, k: int, low: int) -> bool:
    """Whether a form in -s ("reports", "calls", "says") is a verb here and no plural noun."""
    if t.low[i] in SPOKEN:
        return True
    if k < low:
        return False
    subject = t.low[k]
    if subject in ("he", "she", "it", "who", "which", "that") or (t.kind[k] == "," and k > low):
        return True
    if t.kind[k] != "W" or (subject.endswith("s") and not t.cap[k]) or subject in VERBS:
        return False
    after = t.low[i + 1] if i + 1 < len(t) else ""
    known = t.cap[k] or subject in PEOPLE or subject in BODIES or subject in DOCUMENTS
    if not known and VERBS[t.low[i]].lemma in VERBS_AND_NOUNS:
        return after == "that"
    return after in _OBJECTS or (i + 1 < len(t) and (t.kind[i + 1] in "Q:,." or t.cap[i + 1]))


def _only_modifies(t: Items, i: int, verb: Verb, k: int, low: int, high: int) -> bool:
    """A past participle after a noun: "the charges announced in May"."""
    other = verb.form & (Form.BASE | Form.THIRD | Form.GERUND) or not verb.form & Form.PARTICIPLE
    if other or verb.lemma in ("say", "tell"):
        return False
    after_noun = k >= low and k == i - 1 and t.nounish(k) and not t.cap[k] and t.kind[k] == "W"
    return after_noun and i + 1 < high and t.low[i + 1] in ("by", "in", "on", "at")
