"""The English words that the rules on quotations and reported speech use, in all their forms: data/en/lexicon.txt.

Verbs stand there by how they are built into a sentence, not by how neutral they are: what takes a clause ("said that"),
what takes a person first ("told him that"), what takes the thing itself ("denied the charge"), what wants a preposition
("called for"). Nouns are those that people, bodies and documents speak through.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from summitreader.text.tokens import packaged_sections


class Frame(Flag):
    """How a verb is built, and whether words between quotation marks may be its object."""

    CLAUSE = auto()  # said (that) …
    PERSON = auto()  # told someone (that) …
    THING = auto()  # denied the charge, criticized him
    TOWARD = auto()  # urged him to …
    INFINITIVE = auto()  # vowed to …
    MIND = auto()  # thinks, hopes: what is thought, not said
    SHOW = auto()  # the report shows
    QUOTE = auto()  # "…," he added; what may stand beside a whole quotation


class Form(Flag):
    BASE = auto()
    THIRD = auto()
    PAST = auto()
    PARTICIPLE = auto()
    GERUND = auto()


@dataclass(frozen=True, slots=True)
class Verb:
    lemma: str
    frame: Frame
    form: Form


_SECTIONS = packaged_sections("en/lexicon.txt", __package__)


def _lines(name: str) -> list[str]:
    return _SECTIONS[name]


def _listed(name: str) -> frozenset[str]:
    """A section; where a word has an apostrophe, with the curly one too."""
    words = frozenset(" ".join(_SECTIONS[name]).split())
    return words | {w.replace("'", "’") for w in words if "'" in w}


_IRREGULAR = {verb: (past, participle) for verb, past, participle in map(str.split, _lines("irregular"))}

GOES_WITH = {verb: tuple(words) for verb, *words in map(str.split, _lines("particles"))}
"""The word after a verb that goes with it: "called for", "pointed out"."""

NEEDS = {verb: tuple(words) for verb, *words in map(str.split, _lines("needs"))}
"""Verbs that say something only with one of these words after them."""

REPORTING = _listed("reporting")
_DOUBLED = _listed("doubled")
AUXILIARIES = _listed("auxiliaries")
BE = _listed("be")
ADVERBS = _listed("adverbs")
DETERMINERS = _listed("determiners")
POSSESSIVES = _listed("possessives")
PERSONAL = _listed("personal")
PRONOUNS = PERSONAL | {"you", "who"}
OBJECT_PRONOUNS = _listed("object_pronouns")
PREPOSITIONS = _listed("prepositions")
INSIDE_NOUN = _listed("inside_noun")
CONJUNCTIONS = _listed("conjunctions")
WH = _listed("wh")
DAYS = _listed("days")
FUNCTION_WORDS = DETERMINERS | POSSESSIVES | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS | OBJECT_PRONOUNS
PEOPLE = _listed("people")
BODIES = _listed("bodies")
DOCUMENTS = _listed("documents")
TITLES = _listed("titles")
LEADERS = _listed("leaders")
COMMON_NAMES = _listed("common_names")
HYPOTHETICAL = _listed("hypothetical")
SAME_OFFICE = {word: office for office, *words in map(str.split, _lines("offices")) for word in words}
PORTFOLIOS = _listed("portfolios")
PAGE_LABELS = _listed("page_labels")
PERSON_ENDINGS = tuple(sorted(_listed("person_endings")))
COUNTED = _listed("counted")
COLLECTIVE = _listed("collective")
FINITE = _listed("finite")
SPEAKING = PEOPLE | BODIES | DOCUMENTS | _listed("media") | TITLES | _listed("speaking")
FEMALE_TITLES = _listed("female_titles")
MALE_TITLES = _listed("male_titles")
FEMALE_NOUNS = _listed("female_nouns")
MALE_NOUNS = _listed("male_nouns")
MEDIA_WORDS = _listed("media")
WORKS = _listed("works")
NOUNS_TOO = _listed("nouns_too")
CHAIN = _listed("chain")
TIMES = _listed("times")
PUBLISHED = _listed("published")
ASIDES = _listed("asides")
TURNS = _listed("turns")
PARTICLES = _listed("name_particles")
QUANTIFIERS = _listed("quantifiers")


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> str:
    if verb in _DOUBLED:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _gerund(verb: str) -> str:
    if verb in _DOUBLED or verb in ("begin", "forget", "forbid"):
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def _frames() -> dict[str, Frame]:
    frames: dict[str, Frame] = dict.fromkeys(GOES_WITH, Frame(0))
    for section, frame in (
        ("quoting", Frame.QUOTE),
        ("saying", Frame.CLAUSE),
        ("telling", Frame.PERSON | Frame.QUOTE),
        ("judging", Frame.THING),
        ("urging", Frame.TOWARD),
        ("undertaking", Frame.INFINITIVE),
        ("thinking", Frame.MIND),
        ("showing", Frame.SHOW),
    ):
        for verb in _listed(section):
            frames[verb] = frames.get(verb, Frame(0)) | frame
    frames["ask"] |= Frame.QUOTE | Frame.CLAUSE
    frames["call"] |= Frame.QUOTE
    for verb in NEEDS:
        frames[verb] = frames.get(verb, Frame(0)) | Frame.QUOTE
    return frames


def _verbs() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for verb, frame in sorted(_frames().items()):
        past, participle = _IRREGULAR.get(verb, (_past(verb), _past(verb)))
        spelled: dict[str, Form] = {}
        for word, form in (
            (verb, Form.BASE),
            (_third(verb), Form.THIRD),
            (past, Form.PAST),
            (participle, Form.PARTICIPLE),
            (_gerund(verb), Form.GERUND),
        ):
            spelled[word] = spelled.get(word, Form(0)) | form
        for word, form in spelled.items():
            forms.setdefault(word, Verb(verb, frame, form))
    return forms


VERBS = _verbs()
"""Every form of every verb above, in lower case."""

SPOKEN = frozenset(
    f for f, v in VERBS.items() if v.lemma in ("say", "tell", "write") and v.form & (Form.PAST | Form.THIRD)
) | frozenset(["was", "were", "is", "are", "has", "had", "did", "does"])
"""Forms of "say" and the like, and auxiliaries, which are never part of a noun phrase."""
