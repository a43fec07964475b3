"""What a figure counts, of whom it is told, and what happened: read from the words around it, without a parser.

The rules look at order and distance within a clause: "killing at least 10 people and injuring 80" gives 10 to the
dead and 80 to the hurt. Where nothing near enough is found, the field stays empty, and what compares figures asks for
other evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summitreader.comparison.divergence.figures import Sort, Value, values_in
from summitreader.comparison.divergence.words import STOP_WORDS, listed, stem, word_set
from summitreader.text.tokens import Token, tokens_of

_EVENTS = {
    "aboard": "aboard onboard board carrying carried",
    "kill": """deceased kill kills killed killing dead die dies died dying death deaths slain slay slaying slayings
        murder murdered murders murdering perish perished fatality fatalities toll lives massacre massacred killings
        corpses bodies fatally""",
    "hurt": "injure injures injured injuring injury injuries hurt hurts hurting wound wounds wounded wounding",
    "seize": """arrest arrests arrested arresting detain detains detained detaining capture captures captured capturing
        apprehend apprehended apprehending nab nabs nabbed nabbing custody seize seized seizing""",
    "lost": "missing unaccounted",
    "save": "rescue rescues rescued rescuing save saved saving saves survivors survivor survived survive",
    "flee": """displace displaced displacing evacuate evacuated evacuating evacuees homeless flee flees fled fleeing
        refugees evacuation""",
    "ruin": """damage damages damaged damaging destroy destroys destroyed destroying flatten flattened flattening raze
        razed razing level leveled levelled leveling levelling collapsed collapse""",
    "steal": """steal steals stole stolen stealing theft heist robbery rob robbed robbing robbers loot looted nab nabs
        nabbed snatch snatched snatching swipe swiped haul booty thieves thief made_off making_off""",
    "shoot": "shoot shoots shot shooting shootings gunned opened_fire",
    "jail": "sentence sentences sentenced sentencing jail jailed imprisoned prison",
    "charge": "charge charges charged charging count counts indicted indictment convicted accused",
    "fine": "fine fined fines penalty",
    "offer": "offer offers offered offering bid bids bidding",
    "buy": "buy buys bought buying acquire acquires acquired acquiring acquisition purchase purchased takeover",
    "sell": "sell sells sold selling sale sales",
    "pay": "pay pays paid paying cost costs costing price priced worth valued estimated",
    "rise": "rise rises rose risen rising gain gains gained climb climbed jump jumped increase increased up grew grow",
    "drop": "fall falls fell fallen falling drop drops dropped decline declined decrease decreased down slump plunged",
    "live": "home population inhabitants residents inhabited live lives_in",
    "protest": "protest protests protested protesters protesting demonstrators march marched rally rallied rioted",
    "vote": "vote votes voted voting elected poll polls ballots seats",
    "fire": "layoff layoffs fired sacked cut cuts cutting laid_off axed redundancies redundant",
    "hire": "hire hired hires hiring recruit recruited",
    "infect": "infect infected infections cases case diagnosed",
    "win": "win wins won winning victory beat beats defeated",
    "lose": "lose loses losing loss losses",
    "launch": "launch launched launches launching release released releases releasing",
}
EVENT_OF = {form: event for event, forms in _EVENTS.items() for form in forms.split()}
"""Form of a word → what kind of event it tells; forms, since a stem would join `bodies` to `body armour`."""

TOLLS = frozenset({"kill", "hurt", "shoot", "seize", "lost", "save", "flee", "infect", "aboard"})
"""Events that people are counted by."""

PEOPLE = frozenset(map(stem, word_set("figure_context.people")))
_PERSONS = frozenset(map(stem, word_set("figure_context.persons")))
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ant", "man", "woman", "ee")


def is_person(head: str) -> bool:
    """Whether the stem of a noun reads as a person, by a short list and by its ending."""
    return head in _PERSONS or head.endswith(_PERSON_ENDINGS)


_RELATIONS = {
    "ago": "ago",
    "following": "after",
    "later": "after",
    "after": "after",
    "earlier": "before",
    "before": "before",
}
_PARTICIPLES = listed("thrown taken given held made found seen known sent set left lost won shot told put kept brought")
_EACH = frozenset({"per", "each", "apiece", "annually", "daily", "weekly", "monthly", "yearly"})
_BREAKS = frozenset('.;:?!()[]"“”')
_PARTS = word_set("figure_context.parts")
"""Words before "of" that say how much of the noun after it, and count nothing themselves."""
_NOT_A_NOUN = word_set("figure_context.not_a_noun")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what it counts (`head`, the stem of the noun, and `nouns`, all stems of its phrase), the kind of
    event (see `EVENT_OF`), the names it is tied to, and the stems of the clause around it. `each` is set for a rate
    ("per season")."""

    value: Value
    head: str
    nouns: frozenset[str]
    event: str
    owner: frozenset[str]
    near: frozenset[str]
    names: frozenset[str] = frozenset()
    """The capitalised words of the clause, in lower case; the first word of a sentence only if capital elsewhere."""
    each: bool = False
    relation: str = ""
    """Of a time: `ago`, `after` or `before` another, where the words after it say so ("two years after")."""
    extra: bool = False
    """Whether it counts those beside others, some of them, or all of whom some are counted ("two other rifles", "two of
    the rifles", "two of nine rifles")."""
    close: frozenset[str] = frozenset()
    """The part of `near` that stands within five words."""
    reach: float = 0.0
    """How far off the word of the event stands; see `_event`."""
    joined: str = ""
    """The stem of a second noun that the figure counts too ("420 passengers and crew")."""
    noun: str = ""
    """The noun that is counted, as it stands there, in lower case."""


@lru_cache(maxsize=1 << 14)
def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a passage with what they are tied to, in order of the text."""
    words = tokens_of(text)
    values = values_in(text)
    taken = {n for v in values for n in range(v.first, v.last + 1)}
    return tuple(_attached(words, v, taken) for v in values)


def _opens_with_name(words: tuple[Token, ...]) -> bool:
    """Whether the first word of a passage reads as a name: another capital, or a verb of telling or doing, follows."""
    after = words[1] if len(words) > 1 else None
    return after is not None and (after.is_capital or after.low.endswith("ed") or after.text in {",", "(", "'"})


def _attached(words: tuple[Token, ...], value: Value, taken: set[int]) -> Figure:
    phrase, after = _phrase(words, value, taken)
    nouns = frozenset(stem(w.low) for w in phrase)
    head = stem(_head(words, phrase)) if phrase else ""
    first, last = _clause(words, value)
    near = frozenset(
        stem(words[n].low)
        for n in range(first, last)
        if words[n].kind == "word" and words[n].low not in STOP_WORDS and n not in taken
    )
    names = frozenset(
        words[n].low
        for n in range(first, last)
        if words[n].is_capital
        and words[n].low not in STOP_WORDS
        and words[n].low not in _NOT_A_NOUN
        and (n > 0 or _opens_with_name(words))
    )
    following = [w.low for w in words[value.last + 1 : value.last + 3 + len(phrase)]]
    each = any(w in _EACH for w in following) or (
        len(following) > 1
        and following[0] in {"a", "an"}
        and (
            following[1]
            in {"share", "year", "month", "week", "day", "night", "season", "game", "piece", "barrel", "ounce", "head"}
        )
    )
    average = {"average", "averaged", "averaging", "averages"}
    each = each or any(w.low in average for w in words[max(0, value.first - 5) : value.first])
    relation = next((_RELATIONS[w] for w in following[:2] if w in _RELATIONS), "")
    part = (
        following[:1] == ["of"] and following[1:2] and following[1] in {"the", "these", "those", "his", "her", "their"}
    )
    before = words[value.first - 1].low if value.first else ""
    extra = (
        bool(part)
        or _is_whole(words, value, taken)
        or before in {"another", "additional", "further", "extra"}
        or bool({"other", "others", "more", "another", "additional", "further"} & set(following[:1]))
    )
    close = frozenset(
        stem(words[n].low)
        for n in range(max(first, value.first - 5), min(last, value.last + 6))
        if words[n].kind == "word" and words[n].low not in STOP_WORDS and n not in taken
    )
    event, reach = _event(words, value, taken, after)
    return Figure(
        value,
        head,
        nouns,
        event,
        _owner(words, value),
        near - nouns,
        names,
        each,
        relation,
        extra,
        close - nouns,
        reach,
        _joined(words, after) if phrase and value.sort is Sort.COUNT else "",
        noun=_head(words, phrase) if phrase else "",
    )


def _is_whole(words: tuple[Token, ...], value: Value, taken: set[int]) -> bool:
    """Whether a figure is all of which the one before it is a part ("23 of its 29 delegates")."""
    n = value.first - 1
    n -= n > 0 and words[n].low in {"the", "its", "their", "his", "her", "all", "these", "those"}
    return n > 0 and words[n].low == "of" and n - 1 in taken


_CREWS = listed("crew staff police people men women children troops")


def _joined(words: tuple[Token, ...], after: int) -> str:
    """The stem of the plural noun that "and" joins to the noun phrase that ends before `after`; empty where none is."""
    if after + 1 >= len(words) or words[after].low != "and":
        return ""
    word = words[after + 1]
    plural = word.low in _CREWS or (word.low.endswith("s") and not word.low.endswith(("ss", "us", "is")))
    counts = word.kind == "word" and word.low not in STOP_WORDS and word.low not in EVENT_OF
    return stem(word.low) if plural and counts and not word.is_capital else ""


def _head(words: tuple[Token, ...], phrase: list[Token]) -> str:
    """The noun that is counted: the last before "of", or the last of all."""
    for n, word in enumerate(phrase[:-1]):
        between = [w for w in words if word.end <= w.start < phrase[n + 1].start]
        if between and between[0].low == "of" and word.low not in _PARTS:
            return word.low
    return phrase[-1].low


def _phrase(words: tuple[Token, ...], value: Value, taken: set[int]) -> tuple[list[Token], int]:
    """The noun phrase that follows a figure, and the index after it."""
    phrase: list[Token] = []
    n = value.last + 1
    while n < len(words) and len(phrase) < 6:
        word = words[n]
        if word.text in {"-", "–"} or (
            not phrase and word.low in {"other", "more", "of", "the", "worth", "in", "total"}
        ):
            if word.low == "in" and value.sort is not Sort.MONEY:
                break
            n += 1
            continue
        if word.low == "of" and phrase and n + 1 < len(words):
            n += 1
            continue
        if word.text == "," and not phrase and value.sort is Sort.AGE and words[value.last].low == "old":
            n += 1
            continue
        if word.kind != "word" or word.low in STOP_WORDS or n in taken or word.low in _NOT_A_NOUN:
            break
        ahead = words[n + 1] if n + 1 < len(words) else None
        closes = ahead is None or ahead.kind != "word" or ahead.low in STOP_WORDS
        if phrase and closes and (word.low.endswith("ed") or word.low in _PARTICIPLES):
            break
        if word.low in EVENT_OF and (phrase or word.low.endswith(("ed", "ing")) or EVENT_OF[word.low] in TOLLS):
            break
        phrase.append(word)
        n += 1
    return phrase, n


def _clause(words: tuple[Token, ...], value: Value) -> tuple[int, int]:
    first, last = value.first, value.last + 1
    while first > 0 and words[first - 1].text not in _BREAKS and value.first - first < 14:
        first -= 1
    while last < len(words) and words[last].text not in _BREAKS and last - value.last < 14:
        last += 1
    return first, last


def _event(words: tuple[Token, ...], value: Value, taken: set[int], after: int) -> tuple[str, float]:
    """The kind of event a figure belongs to, and how far off its word stands (0: beside it)."""
    best, event = 9.0, ""
    cost = 0.0
    labelled = value.first > 1 and words[value.first - 1].text == ":"
    for n in range(value.first - 2 if labelled else value.first - 1, max(-1, value.first - 12), -1):
        found = _event_at(words, n)
        if found and cost < best:
            best, event = cost, found
            break
        cost += _step(words, n, taken)
    cost = 0.5 if value.sort is Sort.COUNT else 1.5
    for n in range(value.last + 1, min(len(words), after + 8)):
        found = _event_at(words, n)
        if found and cost < best and (not words[n].low.endswith("ing") or found == "lost"):
            return found, cost
        cost += _step(words, n, taken) if n >= after else 0.1
    return event, best if event else 0.0


def _step(words: tuple[Token, ...], n: int, taken: set[int]) -> float:
    word = words[n]
    if word.text in _BREAKS:
        return 9.0
    if word.text == ",":
        return 3.0
    if n in taken:
        return 3.0
    return 1.5 if word.low in {"and", "but", "while", "who", "which", "that", "when"} else 0.7


def _event_at(words: tuple[Token, ...], n: int) -> str:
    low = words[n].low
    if low in {"made", "making", "makes", "make"} and n + 1 < len(words) and words[n + 1].low == "off":
        return "steal"
    return EVENT_OF.get(low, "")


def _owner(words: tuple[Token, ...], value: Value) -> frozenset[str]:
    """The name that a figure is tied to: right before it ("Rahman (45-7-2)", "Comeaux, 49"), or right after an age."""
    names: set[str] = set()
    n = value.first - 1
    while n >= 0 and words[n].text in {",", "(", "-", "–"}:
        n -= 1
    if n == value.first - 1 and value.sort is not Sort.SCORE:
        n = -1
    while n >= 0 and words[n].is_capital and words[n].low not in STOP_WORDS:
        names.add(words[n].low)
        n -= 1
    if value.sort is Sort.AGE and not names:
        n = value.last + 1
        run = []
        while n < len(words) and words[n].is_capital:
            run.append(words[n].low)
            n += 1
        noun = n < len(words) and words[n].kind == "word" and words[n].low not in STOP_WORDS
        if len(run) > 1 or not (noun and words[n].low not in EVENT_OF):
            names.update(run)
    return frozenset(names)
