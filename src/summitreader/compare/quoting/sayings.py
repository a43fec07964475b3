"""Who says in a paragraph that something is so: each verb or phrase of saying, its subject, and what is said.

A saying holds item numbers of one `Items` row. What is said is one range of items or two ("…," he said, "…"), so that a
quotation or a clause belongs to the innermost saying whose range it lies in, and to the others by way of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from summitreader.compare.quoting.items import SPOKEN, Items
from summitreader.compare.quoting.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BODIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    INSIDE_NOUN,
    NEEDS,
    OBJECT_PRONOUNS,
    PARTICLES,
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
from summitreader.compare.quoting.phrases import (
    Phrase,
    TIMES,
    phrase_beginning,
    skip_back,
    subject_of,
)


_HUNG = frozenset("said says wrote writes reported reports announced added noted".split())
"""What may stand before its subject after a clause that is not quoted: "the plan failed, said Smith"."""
_MODALS = frozenset(("to", "may", "might", "can", "could", "should", "will", "would", "must"))
_SUBORDINATE = frozenset("while although though as when after whereas because even if since".split())
Range = tuple[int, int]
"""Items `[first, after)`."""


@dataclass(frozen=True, slots=True)
class Saying:
    cue: Phrase
    subject: Phrase | None
    said: tuple[Range, ...]
    verb: Verb | None
    how: str
    """`clause`, `object`, `toward`, `infinitive`, `after` (what is said stands before), `according`, `quote` or `noun`."""
    through: tuple[Phrase, ...] = ()
    """Documents and media inside the saying itself: "in a statement", "told the newspaper"."""


def find_sayings(t: Items) -> list[Saying]:
    """All sayings of one paragraph, in order of their cues."""
    found = []
    for i in range(len(t)):
        if t.kind[i] != "W":
            continue
        w = t.low[i]
        saying = None
        if w in VERBS:
            saying = _verb(t, i, VERBS[w])
        elif w == "according" and i + 1 < len(t) and t.low[i + 1] == "to":
            saying = _according(t, i)
        if saying is not None:
            found.append(saying)
    return found


def _according(t: Items, i: int) -> Saying | None:
    low, high = t.sentence[i], t.sentence_end[i]
    whom = phrase_beginning(t, i + 2, high)
    if whom is None:
        return None
    cue = (i, i + 1)
    if i - low <= 1 or (i > low and t.low[i - 1] in CONJUNCTIONS and t.kind[i - 1] != ","):
        comma = next((j for j in range(whom[1] + 1, high) if t.kind[j] == ","), None)
        if comma is None:
            return None
        return Saying(cue, whom, ((comma + 1, high),), None, "according")
    return Saying(cue, whom, ((low, i),), None, "according")


def _verb(t: Items, i: int, verb: Verb) -> Saying | None:
    low, high = t.sentence[i], t.sentence_end[i]
    before = t.low[i - 1] if i > low else ""
    form = verb.form
    if (
        verb.lemma in NEEDS
        and not (i + 1 < high and t.low[i + 1] in NEEDS[verb.lemma])
        and not verb.frame & ~Frame.QUOTE
    ):
        return None
    if i > low and t.kind[i - 1] == "P" and t.low[i - 2] not in PERSONAL:
        return None
    if (
        before in DETERMINERS
        or before in POSSESSIVES
        or (before in PREPOSITIONS and before != "to" and not form & Form.GERUND)
    ):
        return None
    if i > low and t.cap[i]:
        return None
    k = skip_back(t, i - 1, low)
    if verb.lemma == "add" and before in _MODALS:
        return None
    passive = (
        bool(form & Form.PARTICIPLE) and any(t.low[j] in BE for j in range(k + 1, i)) and not _perfect(t, k + 1, i)
    )
    if passive and verb.lemma in ("believe", "expect"):
        return None
    inverted = _inverted(t, i, low, high, verb)
    if inverted is not None:
        return inverted
    if passive:
        return None
    if form & Form.BASE and not form & (Form.PAST | Form.PARTICIPLE) and not _base_is_verb(t, i, k, low):
        return None
    if form & Form.THIRD and not _third_is_verb(t, i, k, low):
        return None
    if form is Form.PAST | Form.PARTICIPLE or form is Form.PARTICIPLE:
        if (
            k >= low
            and t.kind[k] == "W"
            and k == i - 1
            and t.nounish(k)
            and not t.cap[k]
            and i + 1 < high
            and t.low[i + 1] in ("by", "in", "on", "at")
            and verb.lemma not in ("say", "tell")
        ):
            return None
    subject = subject_of(t, i, low)
    if subject is None and not (i == low and form & Form.GERUND) and not (t.kind[i - 1] in "Q:" if i > low else False):
        return None
    return _said(t, i, verb, subject, low, high)


def _perfect(t: Items, first: int, verb: int) -> bool:
    """ "has been saying" and the like are active: no past participle after a form of "be"."""
    return not VERBS[t.low[verb]].form & Form.PARTICIPLE


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
    plural = (
        (subject.endswith("s") and not subject.endswith("ss"))
        or (subject in PEOPLE and subject.endswith("en"))
        or subject in ("people", "police")
    )
    nounlike = t.low[i] in VERBS_AND_NOUNS
    if not plural:
        return False
    if nounlike:
        return (
            i + 1 < len(t)
            and (
                t.low[i + 1] in ("that", "a", "an", "the", "it", "him", "them", "his", "their", "on", "for")
                or t.kind[i + 1] == "Q"
            )
            and not t.cap[k]
        )
    return True


def verb_and_noun(word: str) -> bool:
    """Whether the -s form is as often a plural noun: calls, claims, plans."""
    return VERBS[word].lemma in VERBS_AND_NOUNS


def _third_is_verb(t: Items, i: int, k: int, low: int) -> bool:
    """Whether a form in -s ("reports", "calls", "says") is a verb here and no plural noun."""
    if t.low[i] in SPOKEN:
        return True
    if k < low:
        return False
    if t.low[k] in ("he", "she", "it", "who", "which", "that") or (t.kind[k] == "," and k > low):
        return True
    if t.kind[k] != "W":
        return False
    after = t.low[i + 1] if i + 1 < len(t) else ""
    subject = t.low[k]
    if (subject.endswith("s") and not t.cap[k]) or subject in VERBS:
        return False
    if not (t.cap[k] or subject in PEOPLE or subject in BODIES or subject in DOCUMENTS) and verb_and_noun(t.low[i]):
        return after == "that"
    nxt_clause = (
        after in DETERMINERS
        or after in POSSESSIVES
        or after in OBJECT_PRONOUNS
        or after in WH
        or after in PERSONAL
        or after in ("that", "for", "on", "to", "out")
    )
    return nxt_clause or (i + 1 < len(t) and (t.kind[i + 1] in "Q:,." or t.cap[i + 1]))


def _inverted(t: Items, i: int, low: int, high: int, verb: Verb) -> Saying | None:
    """ "…," said Smith, and: the plan will fail, said Smith."""
    if (
        not verb.frame & Frame.QUOTE
        or i + 1 >= high
        or verb.form is Form.GERUND
        or verb.lemma in ("tell", "remind", "assure")
    ):
        return None
    if i > low and t.kind[i - 1] not in "Q,-)" and not (t.low[i - 1] == "as"):
        return None
    quoted = i > low and (t.kind[i - 1] == "Q" or (i - 1 > low and t.kind[i - 2] == "Q"))
    first = i + 2 if verb.lemma in NEEDS or (verb.lemma == "say" and t.low[i + 1] in ADVERBS) else i + 1
    who = phrase_beginning(t, first, high)
    if who is None:
        return None
    after = who[1] + 1
    head = t.low[who[1]]
    named = (
        t.cap[who[1]]
        or head in PEOPLE
        or head in BODIES
        or head in DOCUMENTS
        or head in PERSONAL
        or _has_people(t, who)
    )
    if i > low and not quoted and not (t.low[i] in _HUNG and _speaks(t, who)):
        return None
    if i == low and not (t.low[i] in SPOKEN or (after < high and t.kind[after] == ":")):
        return None
    if (
        not named
        or (after < high and t.kind[after] == "Q")
        or (head in PERSONAL and not quoted)
        or (head in PERSONAL and after < high and t.kind[after] == "W" and t.low[after] not in PREPOSITIONS)
    ):
        return None
    if after < high and (
        t.low[after] in AUXILIARIES
        or (t.low[after] in VERBS and not t.cap[after] and VERBS[t.low[after]].form & (Form.PAST | Form.THIRD))
    ):
        return None
    if (
        after < high
        and t.kind[after] == "W"
        and not quoted
        and not (
            t.low[after] in PREPOSITIONS
            or t.low[after] in CONJUNCTIONS
            or t.low[after] in DAYS
            or t.low[after] in ADVERBS
            or t.low[after].endswith(("ing", "ly"))
        )
    ):
        return None
    said: list[Range] = []
    if i > low:
        said.append((low, i))
    if i == low or t.kind[i - 1] == "Q":
        colon = next((j for j in range(after, high) if t.kind[j] in ":Q"), None)
        if colon is not None:
            said.append((colon, high))
    if not said and after < high and t.kind[after] == ":":
        return Saying((i, i), who, (), verb, "colon")
    return Saying((i, i), who, tuple(said), verb, "after") if said else None


def _speaks(t: Items, who: Phrase) -> bool:
    head = next((j - 1 for j in range(who[0] + 1, who[1] + 1) if t.low[j] in INSIDE_NOUN), who[1])
    return t.cap[head] or t.low[head] in PEOPLE or t.low[head] in BODIES or t.low[head] in DOCUMENTS


def _has_people(t: Items, phrase: Phrase) -> bool:
    return any(
        t.low[j] in PEOPLE or t.low[j] in BODIES or t.low[j] in DOCUMENTS for j in range(phrase[0], phrase[1] + 1)
    )


def _said(t: Items, i: int, verb: Verb, subject: Phrase | None, low: int, high: int) -> Saying | None:
    """What stands after the verb, or before it where nothing does."""
    cue_end = i
    through: list[Phrase] = []
    j = i + 1
    if verb.lemma in NEEDS and j < high and t.low[j] in NEEDS[verb.lemma]:
        cue_end = j
        j += 1
    while j < high and (t.low[j] in ADVERBS or (t.kind[j] == "W" and t.low[j].endswith("ly") and not t.cap[j])):
        j += 1
    w = t.low[j] if j < high else ""
    frame = verb.frame
    particle = w in PARTICLES.get(verb.lemma, ())
    lead = _as_lead(t, i, verb, subject, low, high)
    if lead is not None:
        return lead
    if particle and not (w == "to" and verb.lemma == "agree"):
        cue_end = j
        k = j + 1
        if verb.lemma in ("call", "appeal") and w in ("on", "upon", "to"):
            to = _infinitive(t, k, high)
            if to is not None:
                return _finish(t, (i, cue_end), subject, k, verb, "toward", low, high, through)
        if k < high and t.low[k] == "that":
            return _finish(t, (i, cue_end), subject, k + 1, verb, "clause", low, high, through)
        if not (verb.lemma == "say" and w in ("of", "about")):
            return _finish(t, (i, cue_end), subject, k, verb, "object", low, high, through)
    if frame & Frame.PERSON:
        person = phrase_beginning(t, j, high) or ((j, j) if w in OBJECT_PRONOUNS else None)
        if person is not None:
            if verb.lemma == "tell":
                through.append(person)
            k = _adverbials(t, person[1] + 1, high, through)
            w2 = t.low[k] if k < high else ""
            if w2 == "that":
                return _finish(t, (i, cue_end), subject, k + 1, verb, "clause", low, high, through)
            if w2 == "to" and frame & Frame.TOWARD:
                return _finish(t, (i, cue_end), subject, k, verb, "toward", low, high, through)
            if k < high and (t.kind[k] in "Q:" or (t.kind[k] == "," and k + 1 < high and t.kind[k + 1] == "Q")):
                return _finish(t, (i, cue_end), subject, k, verb, "clause", low, high, through)
            if w2 in WH or (_clause_opens(t, k, high) and t.kind[k - 1] != ","):
                return _finish(t, (i, cue_end), subject, k, verb, "clause", low, high, through)
            if verb.lemma == "tell" and w2 in ("of", "about"):
                return _finish(t, (i, k), subject, k + 1, verb, "object", low, high, through)
            after = _after(t, i, verb, subject, low, high, through)
            if after is not None:
                return after
            if not frame & Frame.THING:
                return None
    if frame & (Frame.CLAUSE | Frame.QUOTE | Frame.MIND | Frame.SHOW):
        k = _adverbials(t, j, high, through)
        w2 = t.low[k] if k < high else ""
        if w2 == "that":
            return _finish(t, (i, cue_end), subject, k + 1, verb, "clause", low, high, through)
        if k < high and t.kind[k] == ":":
            return _finish(t, (i, cue_end), subject, k + 1, verb, "clause", low, high, through)
        if k < high and t.kind[k] == "," and k + 1 < high and t.kind[k + 1] == "Q":
            return _finish(t, (i, cue_end), subject, k + 1, verb, "clause", low, high, through)
        if k < high and t.kind[k] == "Q" and frame & (Frame.QUOTE | Frame.CLAUSE | Frame.THING):
            return _finish(t, (i, cue_end), subject, k, verb, "clause", low, high, through)
        if w2 in WH and frame & (Frame.CLAUSE | Frame.MIND):
            return _finish(t, (i, cue_end), subject, k, verb, "clause", low, high, through)
        after = _after(t, i, verb, subject, low, high, through)
        if after is not None:
            return after
        if frame & (Frame.CLAUSE | Frame.MIND | Frame.SHOW) and k < high and _clause_opens(t, k, high):
            return _finish(t, (i, cue_end), subject, k, verb, "clause", low, high, through)
    if frame & Frame.INFINITIVE and w == "to" and j + 1 < high and t.kind[j + 1] == "W":
        return _finish(t, (i, cue_end), subject, j, verb, "infinitive", low, high, through)
    if frame & Frame.MIND and w == "to" and verb.lemma in ("want", "hope", "expect", "prefer", "wish"):
        return _finish(t, (i, cue_end), subject, j, verb, "infinitive", low, high, through)
    if frame & Frame.TOWARD:
        to = _infinitive(t, j, high)
        if to is not None:
            return _finish(t, (i, cue_end), subject, j, verb, "toward", low, high, through)
    if (
        frame & Frame.THING
        and j < high
        and (t.kind[j] == "Q" or phrase_beginning(t, j, high) is not None or w in OBJECT_PRONOUNS)
    ):
        return _finish(t, (i, cue_end), subject, j, verb, "object", low, high, through)
    return None


def _as_lead(t: Items, i: int, verb: Verb, subject: Phrase | None, low: int, high: int) -> Saying | None:
    """ "As the paper reported, …": what is said follows the comma."""
    if subject is None or not low <= subject[0] - 1 <= low + 1 or t.low[subject[0] - 1] != "as":
        return None
    if not verb.frame & (Frame.QUOTE | Frame.CLAUSE) or not verb.form & (Form.PAST | Form.THIRD):
        return None
    k = _adverbials(t, i + 1, high, [])
    if k + 1 >= high or t.kind[k] != ",":
        return None
    return Saying((i, i), subject, ((k + 1, high),), verb, "clause")


def _infinitive(t: Items, j: int, high: int) -> int | None:
    """The "to" of "urged both sides to …"."""
    who = phrase_beginning(t, j, high) or ((j, j) if j < high and t.low[j] in OBJECT_PRONOUNS else None)
    if who is None:
        return None
    k = who[1] + 1
    return k if k + 1 < high and t.low[k] in ("to", "not") and t.kind[k + 1] == "W" else None


def _after(
    t: Items, i: int, verb: Verb, subject: Phrase | None, low: int, high: int, through: list[Phrase]
) -> Saying | None:
    """What is said stands before: `"…," he said in a statement.` or `The plan failed, he said.`"""
    if subject is None or not verb.frame & (Frame.QUOTE | Frame.CLAUSE) or verb.form is Form.GERUND:
        return None
    first = subject[0]
    opens = first
    if opens <= low:
        return None
    if t.low[opens - 1] == "as" and opens - 1 > low:
        opens -= 1
    if t.kind[opens - 1] not in "Q,-":
        return None
    if t.kind[opens - 1] == "," and opens - 1 > low and t.kind[opens - 2] != "Q":
        lead = t.low[low]
        if (lead in PREPOSITIONS or lead in CONJUNCTIONS or lead in ADVERBS or lead.endswith("ly")) and _short_lead(
            t, low, opens - 1
        ):
            return None
    if t.kind[opens - 1] == "," and not (opens - 1 > low and t.kind[opens - 2] == "Q") and _goes_on(t, i, high):
        return None
    said: list[Range] = [(low, opens)]
    if i + 2 < high and t.kind[i + 1] == "," and t.kind[opens - 1] == "," and t.kind[i + 2] != "Q":
        said.append((i + 2, high))
    follow = next((j for j in range(i + 1, high) if t.kind[j] == "Q"), None)
    if (follow is not None and t.kind[follow - 1] in ",:-") or follow == i + 1:
        assert follow is not None
        said.append((follow, high))
    return Saying((i, i), subject, tuple(said), verb, "after", tuple(through))


def _goes_on(t: Items, i: int, high: int) -> bool:
    """Whether a clause follows the verb at item i, so that what stands before it is only a lead-in."""
    k = _adverbials(t, i + 1, high, [])
    return k < high and (t.low[k] == "that" or _clause_opens(t, k, high))


def _short_lead(t: Items, low: int, comma: int) -> bool:
    """Whether what stands before the comma is an adverbial without a verb of its own."""
    return not any(finite(t, j) or t.low[j] in PERSONAL for j in range(low, comma))


def _adverbials(t: Items, j: int, high: int, through: list[Phrase]) -> int:
    """Past "in a statement on Friday", "at a rally" to where what is said begins; documents found are kept."""
    k = j
    while k < high:
        w = t.low[k]
        span = _span_of_time(t, k, high)
        if span:
            k = span
        elif (
            t.kind[k] == "W"
            and (
                w in DAYS
                or w in ADVERBS
                or w
                in (
                    "last",
                    "this",
                    "next",
                    "early",
                    "late",
                    "week",
                    "month",
                    "year",
                    "night",
                    "morning",
                    "afternoon",
                    "evening",
                )
                or (w.endswith("ly") and not t.cap[k])
            )
            and not (w in ("this", "all", "both") and not _time_follows(t, k, high))
        ):
            k += 1
        elif (
            w
            in (
                "in",
                "on",
                "at",
                "during",
                "to",
                "via",
                "through",
                "from",
                "with",
                "before",
                "after",
                "by",
                "about",
                "of",
            )
            and k + 1 < high
        ):
            if w == "to" and not _addressee(t, k + 1):
                break
            inner = phrase_beginning(t, k + 1, high, whole=False)
            if inner is None:
                if w in ("of", "about", "to") and k + 1 < high and t.low[k + 1] in OBJECT_PRONOUNS:
                    k += 2
                    continue
                break
            if any(t.low[x] in DOCUMENTS for x in range(inner[0], inner[1] + 1)) and w in (
                "in",
                "on",
                "via",
                "through",
                "by",
            ):
                through.append(inner)
            k = inner[1] + 1
            while k < high and t.low[k] in (
                "issued",
                "released",
                "published",
                "posted",
                "sent",
                "carried",
                "obtained",
                "dated",
                "aired",
                "broadcast",
                "taped",
            ):
                k += 1
        elif (t.kind[k] == "N" and k > j) or (
            t.kind[k] == "," and k > j and k + 1 < high and (t.low[k + 1] in DAYS or t.kind[k + 1] == "N")
        ):
            k += 1
        else:
            break
    return k


def _span_of_time(t: Items, k: int, high: int) -> int:
    """Past "a day later", "two weeks ago"; 0 where no such thing begins at item k."""
    if k + 2 < high and (t.low[k] in DETERMINERS or t.kind[k] == "N") and t.low[k + 1] in TIMES:
        return k + 3 if t.low[k + 2] in ("later", "earlier", "ago", "before", "after") else 0
    return 0


def _addressee(t: Items, k: int) -> bool:
    """Whether "to" at the item before goes with people ("to reporters") and not with a verb."""
    w = t.low[k]
    return w in DETERMINERS or w in POSSESSIVES or w in OBJECT_PRONOUNS or w in PEOPLE or t.cap[k] or w.endswith("s")


def _time_follows(t: Items, k: int, high: int) -> bool:
    return k + 1 < high and t.low[k + 1] in (
        "week",
        "month",
        "year",
        "morning",
        "afternoon",
        "evening",
        "summer",
        "spring",
        "fall",
        "winter",
        "weekend",
    )


def _clause_opens(t: Items, k: int, high: int) -> bool:
    """Whether a clause without "that" begins at item k: a noun phrase with a verb to follow."""
    if k >= high:
        return False
    w = t.low[k]
    if w in PERSONAL or w in ("there", "this", "these", "those", "if", "when", "while", "although", "because", "as"):
        return True
    subject = phrase_beginning(t, k, high)
    if subject is None or subject[1] + 1 >= high:
        return False
    return any(t.kind[x] == "Q" or finite(t, x) for x in range(subject[1] + 1, min(high, subject[1] + 12)))


def finite(t: Items, x: int) -> bool:
    """Whether item x looks like a finite verb."""
    w = t.low[x]
    if t.kind[x] == "P":
        return False
    return (
        w in AUXILIARIES or (w in VERBS and not VERBS[w].form & Form.GERUND) or (t.kind[x] == "W" and w.endswith("ed"))
    )


def _finish(
    t: Items,
    cue: Phrase,
    subject: Phrase | None,
    first: int,
    verb: Verb,
    how: str,
    low: int,
    high: int,
    through: list[Phrase],
) -> Saying | None:
    last = high
    if subject is not None and t.low[subject[0]] in ("who", "which"):
        last = _relative_end(t, subject[0], first, high)
    if t.low[low] in _SUBORDINATE and subject is not None and subject[0] <= low + 2:
        last = _main_clause(t, first, last)
    while last > first and t.kind[last - 1] in ".,;:":
        last -= 1
    if first >= last:
        return Saying(cue, subject, (), verb, "colon", tuple(through)) if t.kind[high - 1] == ":" and subject else None
    end = _trailing(t, first, last)
    if end <= first:
        return None
    return Saying(cue, subject, ((first, end),), verb, how, tuple(through))


def _main_clause(t: Items, first: int, high: int) -> int:
    """Where the main clause begins after "While an official said …,"."""
    for j in range(first + 1, high - 2):
        if t.kind[j] == ",":
            subject = phrase_beginning(t, j + 1, high)
            if subject is not None and any(finite(t, x) for x in range(subject[1] + 1, min(high, subject[1] + 3))):
                return j
    return high


def _relative_end(t: Items, who: int, first: int, high: int) -> int:
    """Where a relative clause between commas ends: "Smith, who opposed the plan, said …"."""
    if who == 0 or t.kind[who - 1] not in ",-":
        return high
    return next(
        (j for j in range(first, high) if t.kind[j] == t.kind[who - 1] and j + 1 < high and t.kind[j + 1] != "Q"), high
    )


def _trailing(t: Items, first: int, last: int) -> int:
    """Where what is said ends before another saying is hung on: ", he said", ", according to", ", adding that"."""
    for j in range(first + 2, last):
        comma = t.kind[j] == "," or (t.kind[j] == "Q" and t.text[t.end[j] - 2] == ",")
        if not comma or j + 1 >= last:
            continue
        ends = j + (t.kind[j] == "Q")
        k = j + 1
        w = t.low[k]
        if w == "according" or (
            w
            in (
                "adding",
                "saying",
                "noting",
                "calling",
                "citing",
                "arguing",
                "telling",
                "suggesting",
                "claiming",
                "insisting",
                "stressing",
                "expressing",
                "describing",
                "accusing",
                "urging",
                "warning",
                "explaining",
                "asking",
            )
        ):
            return ends
        if (
            w in VERBS
            and VERBS[w].frame & Frame.QUOTE
            and VERBS[w].form & (Form.PAST | Form.THIRD)
            and _inverted(t, k, first, t.sentence_end[k], VERBS[w])
        ):
            return ends
        who = phrase_beginning(t, k, last)
        if who is not None:
            v = who[1] + 1
            while v < last and (t.low[v] in AUXILIARIES or t.low[v] in ADVERBS):
                v += 1
            if (
                v < last
                and t.low[v] in SPOKEN
                and t.low[v] in VERBS
                and (
                    v + 1 >= last
                    or t.kind[v + 1] in ",."
                    or t.low[v + 1] in ("in", "on", "at", "during")
                    or t.low[v + 1] in DAYS
                )
            ):
                return ends
    return last
