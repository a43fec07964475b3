"""Names in running text, and pairs of passages that agree but for a name in the same place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from summitreader.comparison.divergence.times import MONTHS, WEEKDAYS
from summitreader.comparison.divergence.words import STOP_WORDS, content_stems, listed, stem, word_set
from summitreader.text.tokens import Token, tokens_of

SHOWN = 1.9
"""Evidence from which a pair is shown."""

TITLES = word_set("names.titles")
_OPENERS = listed("later earlier meanwhile however still also afterwards yesterday today tonight according despite")
OFFICES = word_set("names.offices")
BODIES = word_set("names.bodies")
"""Words that make a name that of a body and not of a person."""
_INNER = listed("of de da di van von der den bin al el la le du dos y")
_NOT_NAMES = listed("i god internet english christmas easter ok tv american european st jr sr")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words, `[start, end)` of the passage; `key` is it in lower case without titles; `before`
    is the word before it, `governor` the stem of the last word that carries meaning before that; `opens` says that it
    opens the sentence."""

    start: int
    end: int
    key: tuple[str, ...]
    titles: frozenset[str]
    before: str
    governor: str
    opens: bool


@lru_cache(maxsize=1 << 14)
def names_in(text: str) -> tuple[Name, ...]:
    """The names in `text`; none of a text that writes most words with a capital, as some headlines do."""
    words = tokens_of(text)
    plain = [w for w in words if w.kind == "word" and len(w.text) > 3]
    ends = text.rstrip("”\"’' ").endswith((".", "!", "?", ":"))
    if not ends and plain and sum(w.is_capital for w in plain) > 0.6 * len(plain) and len(plain) > 3:
        return ()
    found = []
    n = 0
    while n < len(words):
        if not _may_open(words, n):
            n += 1
            continue
        last = _run(words, n)
        run = [w.low.rstrip(".") for w in words[n : last + 1] if w.kind == "word"]
        titles = frozenset(w for w in run if w in TITLES)
        key = tuple(w for w in run if w not in TITLES)
        if key and not (len(key) == 1 and (key[0] in _NOT_NAMES or len(key[0]) < 3)):
            before = words[n - 1].low if n else ""
            opens = n == 0 or words[n - 1].text in {".", "“", '"', ":", "?", "!"}
            found.append(Name(words[n].start, words[last].end, key, titles, before, _governor(words, n), opens))
        n = last + 1
    return tuple(found)


def _governor(words: tuple[Token, ...], n: int) -> str:
    at = n - 2
    while at >= 0 and (words[at].kind == "sign" or words[at].low in STOP_WORDS):
        if words[at].text in {".", ";", ":"}:
            return ""
        at -= 1
    return (
        ""
        if at >= 0 and words[at].low == "according"
        else stem(words[at].low)
        if at >= 0 and words[at].kind == "word" and not words[at].is_capital
        else ""
    )


def _may_open(words: tuple[Token, ...], n: int) -> bool:
    word = words[n]
    low = word.low.rstrip(".")
    if not word.is_capital or low in _OPENERS or low in STOP_WORDS or low in MONTHS or low in WEEKDAYS:
        return False
    opens = n == 0 or words[n - 1].text in {".", "“", '"', ":", "?", "!"}
    follows = n + 1 < len(words) and words[n + 1].is_capital and words[n + 1].low not in STOP_WORDS
    return not opens or follows


def _run(words: tuple[Token, ...], n: int) -> int:
    last = n
    while last + 1 < len(words):
        following = words[last + 1]
        tied = following.text in {"-", "‑"} and following.start == words[last].end
        ahead = last + 2 if tied or following.low in _INNER or following.text == "." else last + 1
        initial = following.text != "." or len(words[last].text) <= 2
        if ahead >= len(words) or not initial or not words[ahead].is_capital or words[ahead].low in STOP_WORDS:
            break
        if words[ahead].low.rstrip(".") in MONTHS or words[ahead].low in WEEKDAYS:
            break
        if following.kind == "sign" and not tied and following.text != ".":
            break
        last = ahead
    return last


@lru_cache(maxsize=1 << 14)
def one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two keys may be one name: a shared word, initials, one run together, or spelled nearly so."""
    if set(a) & set(b):
        return True
    if any(len(x) > 4 and x[:4] == y[:4] for x in a for y in b):
        return True
    plain_a, plain_b = "".join(a), "".join(b)
    if plain_a in plain_b or plain_b in plain_a or ratio(plain_a, plain_b) >= 70:
        return True
    initials = {"".join(w[0] for w in a), "".join(w[0] for w in b)}
    return bool(initials & {plain_a.replace(".", ""), plain_b.replace(".", "")})


def place_at(words: tuple[Token, ...], i: int) -> tuple[int, str]:
    """How many words from `i` on are the name of a country, its people or its capital, and its code; 0 for none."""
    from summitreader.text.vocabulary import place_names

    table = place_names()
    for phrase, code in table.get(_bare(words[i]), ()):
        told = [_bare(w).rstrip(".") for w in words[i : i + len(phrase)]]
        if told == [p.rstrip(".") for p in phrase]:
            return len(phrase), code
    return 0, ""


def _bare(word: Token) -> str:
    return word.text.removesuffix("'s").removesuffix("’s")


def key_of(name: str) -> tuple[str, ...]:
    """The proper name in a mention ("Chinese President Xi Jinping" → xi, jinping), without titles, places and offices;
    empty where there is none, so that a country or an office is never taken for another person."""
    from summitreader.text.vocabulary import place_names

    words = [w for w in tokens_of(name) if w.is_capital and w.low not in STOP_WORDS and not _is_acronym(w.text)]
    places: set[str] = set()
    for n, word in enumerate(words):
        for phrase, _ in place_names().get(word.text, ()):
            if [w.text for w in words[n : n + len(phrase)]] == list(phrase):
                places.update(w.low for w in words[n : n + len(phrase)])
    kept = (w.low.rstrip(".") for w in words if w.low not in places and w.low.rstrip(".") not in TITLES | OFFICES)
    return tuple(kept)


def _is_acronym(word: str) -> bool:
    return 1 < len(word) < 5 and word.isupper()


@dataclass(frozen=True, slots=True)
class NameConflict:
    a: Name
    b: Name
    evidence: float
    reason: str


def name_conflicts(
    text_a: str,
    text_b: str,
    linked: float = 1.0,
    elsewhere_a: frozenset[str] = frozenset(),
    elsewhere_b: frozenset[str] = frozenset(),
) -> list[NameConflict]:
    """Names that stand in the same place of two passages and are not one name, best first.

    `elsewhere_a` and `elsewhere_b` are the words of names in all of either source: a name that both sources know is
    no conflict.
    """
    ours, theirs = names_in(text_a), names_in(text_b)
    slots = [(a, b, slot) for a in ours for b in theirs if (slot := _slot(a, b))]
    if not slots:
        return []
    stems_a, stems_b = content_stems(text_a), content_stems(text_b)
    size = min(len(stems_a), len(stems_b))
    if size < 3:
        return []
    overlap = len(stems_a & stems_b) / size
    found = []
    for a, b, slot in slots:
        if not elsewhere_b.isdisjoint(a.key) or not elsewhere_a.isdisjoint(b.key) or _one_place(a, b):
            continue
        if any(one_name(a.key, n.key) for n in theirs) or any(one_name(n.key, b.key) for n in ours):
            continue
        evidence = (slot + 1.5 * overlap) * (0.5 + 0.5 * linked)
        found.append(NameConflict(a, b, evidence, "two names in the same place of passages that agree"))
    found.sort(key=lambda c: (-c.evidence, c.a.start, c.b.start))
    return found[:1]


_PLACING = listed("in at near outside from to by against named called of with")


def _slot(a: Name, b: Name) -> float:
    """What speaks for two names standing in one place: the same word and preposition before both, or the same title."""
    if a.titles & b.titles and len(a.key) > 0 and len(b.key) > 0 and a.before == b.before != "":
        return 1.0
    governed = a.governor == b.governor != ""
    return 0.8 if governed and a.before == b.before and a.before in _PLACING else 0.0


def _one_place(a: Name, b: Name) -> bool:
    """Whether two names are of one country, its people or capital, or only one of them is a country."""
    from summitreader.text.vocabulary import place_names

    codes = []
    for name in (a, b):
        first = name.key[0].capitalize()
        options = place_names().get(first, ())
        code = next((c for phrase, c in options if tuple(w.lower().rstrip(".") for w in phrase) == name.key), None)
        codes.append(code)
    return codes[0] == codes[1] is not None or (codes[0] is None) is not (codes[1] is None)
