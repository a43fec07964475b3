"""English stems: lemmas with the endings taken off that leave the meaning.

Written for comparing news: it joins "cooperation" and "cooperative", "denuclearization" and "denuclearize",
"agreement" and "agree", and leaves alone the endings by which Snowball takes "university" for "universe", "executive"
for "execute", "emergency" for "emerge" or "leader" for "lead".
"""

from __future__ import annotations

_split = str.split

_KEPT = frozenset(
    _split("""
    statement department apartment document element comment moment parliament government environment argument
    instrument monument complement compliment implement experiment segment sediment sentiment testament
    supplement apportion proportion abortion portion fortune direction section caption mention version passion
    station nation ration action fashion cushion private climate senate debate estate pirate corporate candidate
    finance balance entrance distance advance instance substance romance france ambulance family only early
    daily likely weekly monthly italy reply supply apply assembly monopoly rally ally fly july
""")
)

_RULES: tuple[tuple[str, str, int], ...] = (
    # ending, what stands in its place, letters that must be left before it
    ("ization", "iz", 3), ("izer", "iz", 4), ("ize", "iz", 3),
    ("ational", "at", 4), ("ation", "at", 4), ("ative", "at", 5), ("ator", "at", 5), ("ate", "at", 4),
    ("iful", "y", 3), ("fulness", "", 4), ("lessness", "less", 3), ("iness", "y", 3), ("ness", "", 4),
    ("ibility", "ibl", 3), ("ability", "abl", 3), ("ible", "ibl", 3), ("able", "abl", 3),
    ("ically", "ic", 4), ("ical", "ic", 4), ("ally", "al", 4), ("ily", "y", 3), ("ly", "", 4),
    ("ment", "", 5), ("ance", "", 5),
    ("ction", "ct", 3), ("ssion", "ss", 3), ("ption", "pt", 3), ("rtion", "rt", 3), ("ision", "id", 3),
    ("omics", "om", 3), ("omic", "om", 3), ("omy", "om", 3), ("ology", "olog", 2), ("ologic", "olog", 2),
    ("ologist", "olog", 2), ("graphic", "graph", 2), ("graphy", "graph", 2), ("grapher", "graph", 2),
)  # fmt: skip
_BY_LAST: dict[str, tuple[tuple[str, str, int], ...]] = {}
for _rule in _RULES:
    _BY_LAST[_rule[0][-1]] = (*_BY_LAST.get(_rule[0][-1], ()), _rule)


def english_stem(lemma: str) -> str:
    """The stem of an English lemma in lower case and American spelling."""
    word = lemma
    if len(word) < 5 or word in _KEPT:
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):  # a plural that no dictionary knew
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    for ending, instead, left in _BY_LAST.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= left:
            word = word[: len(word) - len(ending)] + instead
            break
    if word[-1:] == "e" and len(word) > 5:
        word = word[:-1]
    return word
