"""What happened, by its verb: which words of a passage are verbs, what class they are of, and which governs a place.

Without a parser: a verb is a form in the tables, or a lower-case word in -ed, or -ing after no article.
"""

from __future__ import annotations

from functools import lru_cache

from summitreader.compare.diverging.attaching import EVENT_OF
from summitreader.compare.diverging.words import STOP_WORDS, Word, listed, stem

SAYING = listed(
    """say says said saying tell tells told announce announced announces report reported reports reporting claim claimed
    claims state stated according added add adds confirmed confirm confirms statement issued released publish published
    carried updated modified posted revealed disclosed quoted cited wrote tweeted posted declared noted spoke speaking
    interview"""
)
"""Words of telling: a day beside them is the day of the telling, not of what is told."""

_IRREGULAR = {
    "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "won": "win", "lost": "lose", "left": "leave",
    "met": "meet", "held": "hold", "began": "begin", "begun": "begin", "came": "come", "went": "go", "gone": "go",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "struck": "strike", "hit": "hit", "shot": "shoot",
    "sank": "sink", "sunk": "sink", "broke": "break", "broken": "break", "caught": "catch", "found": "find",
    "fought": "fight", "flew": "fly", "flown": "fly", "drove": "drive", "driven": "drive", "ran": "run", "sold": "sell",
    "bought": "buy", "sent": "send", "made": "make", "stole": "steal", "stolen": "steal", "slain": "slay",
    "wrote": "write", "written": "write", "set": "set", "cut": "cut", "led": "lead", "fled": "flee", "spoke": "speak",
    "stood": "stand", "threw": "throw", "thrown": "throw", "swept": "sweep", "drew": "draw", "drawn": "draw",
    "became": "become", "put": "put", "quit": "quit", "bid": "bid", "beat": "beat", "beaten": "beat", "paid": "pay",
    "built": "build", "chose": "choose", "chosen": "choose", "withdrew": "withdraw", "withdrawn": "withdraw",
    "overturned": "overturn", "saw": "see", "seen": "see", "kept": "keep", "brought": "bring", "sought": "seek",
    "grew": "grow", "grown": "grow", "froze": "freeze", "frozen": "freeze", "swore": "swear", "sworn": "swear",
    "burnt": "burn", "blew": "blow", "blown": "blow", "shook": "shake", "shaken": "shake", "bore": "bear",
    "born": "bear", "felt": "feel", "forbade": "forbid", "hid": "hide", "hidden": "hide", "spent": "spend",
    "split": "split", "spread": "spread", "woke": "wake", "wore": "wear", "told": "tell", "said": "say",
}  # fmt: skip
_PRESENT = listed(
    """die dies kill kills arrest arrests win wins lose loses meet meets visit visits open opens close closes leave
    leaves arrive arrives begin begins start starts end ends sign signs strike strikes launch launches resign resigns
    reject rejects accept accepts deny denies hold holds hits sinks crash crashes vote votes dismiss dismisses approve
    approves"""
)
_NOT_VERBS = listed(
    """hundred red bed need indeed shed led speed seed feed exceed united wicked naked sacred hatred biped during
    evening morning king thing something anything nothing everything being ring wing string building meeting spring
    ceiling according including regarding following interesting existing aged armed alleged wounded-up so-called
    retired"""
)


@lru_cache(maxsize=8192)
def verb_class(low: str) -> str:
    """The kind of event that a word tells as a verb (see `EVENT_OF`), else its stem; empty for no verb."""
    if low in EVENT_OF and low not in {"count", "counts", "home", "live", "up", "down", "toll", "cases", "case"}:
        return EVENT_OF[low]
    if low in _IRREGULAR:
        return stem(_IRREGULAR[low])
    if low in _PRESENT:
        return stem(low)
    if len(low) > 4 and low.endswith(("ed", "ing")) and low not in _NOT_VERBS and low not in STOP_WORDS:
        return stem(low)
    return ""


def is_verb(word: Word) -> bool:
    """Whether a word may be a verb: of a known form, and not the middle of a name."""
    return word.sort == "word" and bool(verb_class(word.low)) and not (word.is_capital and word.start > 0)


def governing(words: tuple[Word, ...], first: int, last: int, breaks: frozenset[int]) -> tuple[str, bool]:
    """The class of the verb that words `first` to `last` belong to, and whether it is a verb of telling.

    The nearest before them in the clause, else the nearest after; `breaks` are words that no clause reaches across.
    """
    for n in range(first - 1, max(-1, first - 16), -1):
        if n in breaks or words[n].text in {";", "—", ":", ".", "(", ")", "“", "”", '"'}:
            break
        if words[n].low in SAYING:
            return stem(words[n].low), True
        if is_verb(words[n]) and _stands_as_verb(words, n):
            return verb_class(words[n].low), False
    for n in range(last + 1, min(len(words), last + 14)):
        if n in breaks or words[n].text in {";", "—", ":", ".", "(", ")"}:
            break
        if words[n].low in SAYING:
            return stem(words[n].low), True
        if is_verb(words[n]) and _stands_as_verb(words, n):
            return verb_class(words[n].low), False
    return "", False


_BEFORE_GERUND = listed("is are was were be been am after before by while for without since , of and")
_STATIVE = frozenset(stem(w) for w in ["play", "work", "serve", "live", "own", "expect", "base", "use", "make"])


def _stands_as_verb(words: tuple[Word, ...], n: int) -> bool:
    """Whether a word tells what happened: no noun in -ing ("the shooting"), no noun of an event, no lasting state."""
    low = words[n].low
    if low.endswith("ing"):
        return n > 0 and words[n - 1].low in _BEFORE_GERUND
    if low in _NOUNS or verb_class(low) in _STATIVE:
        return False
    return not (n > 0 and words[n - 1].low in {"the", "a", "an", "his", "her", "its", "their"})


_NOUNS = listed(
    """death deaths toll lives bodies theft heist robbery haul thieves custody survivors survivor prison jail sale sales
    offer offers bid protest protests vote votes launch release loss losses victory victims murder murders attack count
    charge charges arrest arrests sentence sentences fine fines counts
    refugees population protesters demonstrators cases poll polls purchase takeover decrease increase"""
)
