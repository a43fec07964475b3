"""The words of a text: where they stand, and which of them are forms of one word.

A word is a run of letters and digits with the apostrophes inside it, an abbreviation with its full stops ("U.S."), or a
figure with its separators ("1,200.5"). In scripts that are written without spaces a word is a single character, and
whoever compares such texts takes two neighbours at a time (`joins_unspaced`).

Two words are one with `strong` evidence where they have one lemma and spelling, with `weak` evidence where only their
stems meet. Snowball alone takes "universe" for "university" and "policy" for "police"; the stems here are lemmas with
the few endings taken off that do not change what is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain

from summitreader.text.span import Span

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, Han
    "\U00020000-\U0003ffff"
)
INVISIBLE = "\u00ad\u034f\u200b-\u200d\u2060\ufeff"
"""What can stand inside a word without being seen (soft hyphen, joiners, zero-width spaces), for a character class."""
_LETTERS = rf"(?![{_UNSPACED}\d_])[\w\u0300-\u036f](?:[{INVISIBLE}]*(?![{_UNSPACED}\d_])[\w\u0300-\u036f])*"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|\d+(?:[.,]\d+)*|[{_UNSPACED}]|{_LETTERS}(?:['’ʼ]{_LETTERS})*|\d+")
_PLAIN_WORD = re.compile(r"(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
"""The same for text without combining marks, invisible characters and scripts without spaces, three times as fast."""
_UNPLAIN = re.compile(f"[{_UNSPACED}{INVISIBLE}\u0300-\u036f]")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_POSSESSIVE = re.compile(rf"['’ʼ]s?$|[{INVISIBLE}]")
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "es": "spanish", "et": "estonian",
    "eu": "basque", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_IRREGULAR = {"rose": "rise", "risen": "rise", "crises": "crisis", "wives": "wife", "lives": "life", "slain": "slay"}
_LEMMAS = (
    "ar bg ca cs cy da de el en es et fa fi fr ga gl gv hbs hi hu hy id is it ka la lb lt lv mk ms nb nl nn pl pt "
    "ro ru se sk sl sq sv sw tl tr uk"
)
"""The languages that simplemma has tables for."""


def packaged_lines(name: str, package: str = "summitreader.text") -> list[str]:
    """The lines of a table in the `data` of a package, without comments."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def packaged_sections(name: str, package: str = "summitreader.text") -> dict[str, list[str]]:
    """The same by the `[name]` that each section of the table opens with."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in packaged_lines(name, package):
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        else:
            lines.append(line)
    return sections


def word_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the words of `text[start:end]` stand, in order, as spans of `text`."""
    return [Span(a, b) for a, b in word_places(text, start, end)]


def word_places(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The same as pairs of numbers."""
    stop = len(text) if end is None else end
    plain = text.isascii() or not _UNPLAIN.search(text, start, stop)
    return [m.span() for m in (_PLAIN_WORD if plain else _WORD).finditer(text, start, stop)]


def word_list(text: str) -> list[str]:
    """The words of `text` as they are written, in order: what `word_spans` points at."""
    met = _plain_runs if text.isascii() or not _UNPLAIN.search(text) else _runs
    return [*chain.from_iterable(map(met.__getitem__, text.split()))]


class _Runs(dict[str, tuple[str, ...]]):
    """Runs of characters between spaces, with their words: no word has a space in it, and most runs come again."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        super().__init__()
        self._words = pattern.findall

    def __missing__(self, run: str) -> tuple[str, ...]:
        words = tuple(self._words(run))
        if len(run) <= _LONGEST_RUN:
            if len(self) >= _MOST_RUNS:
                self.clear()
            self[run] = words
        return words


_LONGEST_RUN = 40
_MOST_RUNS = 1 << 16
_plain_runs, _runs = _Runs(_PLAIN_WORD), _Runs(_WORD)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign: `[start, end)` of the text it was read from; `low` is it in lower case, `'s` taken off.

    Hyphens and signs are tokens of their own ("36-year-old" is five), so that an age, a unit or a currency can be read
    off a compound.
    """

    text: str
    start: int
    end: int
    low: str
    kind: str
    """`word`, `number` or `sign`."""

    @property
    def is_capital(self) -> bool:
        return self.kind == "word" and self.text[0].isupper()


_TOKEN = re.compile(
    r"""(?P<number>\d+(?:[.,]\d+)*)
      | (?P<word>(?:[^\W\d_]\.){2,} | [^\W\d_]+(?:['’][^\W\d_]+)?)
      | (?P<sign>[^\s\w] | _)""",
    re.VERBOSE,
)


@lru_cache(maxsize=1 << 14)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of `text`, in order; offsets are code points of `text`."""
    return tuple(
        Token(found.group(), *found.span(), _low(found.group()), found.lastgroup or "sign")
        for found in _TOKEN.finditer(text)
    )


def _low(word: str) -> str:
    low = word.lower().replace("’", "'")
    return low.removesuffix("'s")


_STOPPED = "|".join(" ".join(packaged_sections("abbreviations.txt")["inside"]).split())
_COMPOUND = re.compile(
    rf"(?P<W>(?:[^\W\d_]\.){{2,}}|(?:{_STOPPED})\.|[A-Z]\.(?=\s?[A-Z])|@\w+|"
    r"[^\W\d_]+(?:(?:['’](?![sS]\b)|[-‐‑&@./](?=[^\W_]))[^\W_]+)*)"
    r"|(?P<P>['’][sS]?\b|(?<=s)['’](?=\s))|(?P<N>[$€£]?\d+(?:[.,:/]\d+)*%?(?:[^\W\d_]+|-[^\W_]+)*)"
    r"|(?P<stop>[.!?…]+)|(?P<dash>[—–―]+|--+|(?<=\s)-(?=\s))|(?P<open>[(\[])|(?P<close>[)\]])|[,:;]"
)
_MARKS = {"stop": ".", "dash": "-", "open": "(", "close": ")"}
_HIDDEN = re.compile(f"[{INVISIBLE}]+")


def compounds_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    """The words of `text[start:end]` with their hyphens and full stops ("ex-wife", "Mr."), numbers, possessives, marks.

    Of each the offsets in `text`, how it reads without the characters that are not seen, and its kind: `W` word,
    `N` number, `P` possessive, or its mark (`.` for all that end a sentence, `-` for all dashes).
    """
    at: Sequence[int] = range(end)
    if not text.isascii() and _HIDDEN.search(text, start, end):
        at = [n for n in range(start, end) if not _HIDDEN.match(text[n])]
        text, start, end = visible(text[start:end]), 0, len(at)
    for m in _COMPOUND.finditer(text, start, end):
        group = m.lastgroup or m.group()
        yield at[m.start()], at[m.end() - 1] + 1, m.group(), _MARKS.get(group, group)


def visible(text: str) -> str:
    """`text` without the characters in it that are not seen."""
    return _HIDDEN.sub("", text)


def joins_unspaced(word: str) -> bool:
    """Whether `word` is one character of a script without spaces, which means something only with its neighbour."""
    return _UNSPACED_CHARACTER.match(word) is not None


def has_unspaced(text: str) -> bool:
    """Whether a character of a script without spaces stands anywhere in `text`."""
    return _UNSPACED_CHARACTER.search(text) is not None


@lru_cache(maxsize=1 << 16)
def plain_form(word: str) -> str:
    """`word` without what does not tell words apart: case, compatibility forms, a possessive, full stops, and the
    accents of Latin letters."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", word)).casefold()
        return "".join(_bare(c) for c in word if c not in ".'’ʼ\u0301") or word
    word = word.lower()
    if word.endswith("'s"):
        word = word[:-2]
    elif word.endswith("'"):
        word = word[:-1]
    if word and word[0].isdigit():
        return word.replace(",", "")
    return word.replace(".", "").replace("'", "")


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    first = unicodedata.normalize("NFKD", character)[:1]
    return first if first.isascii() and first else character


@lru_cache(maxsize=1 << 16)
def lemma(word: str, language: str = "en") -> str:
    """The dictionary form of a word in its `plain_form`, in American spelling; the word itself where it is not known.

    From simplemma's tables for the language; the first call for a language loads them (about 0.15 s).
    """
    if language not in _LEMMAS.split() or not word.isalpha():
        return word
    import simplemma

    if language != "en":
        return plain_form(simplemma.lemmatize(word, lang=language))
    word = american_spelling(_IRREGULAR.get(word, word))
    return american_spelling(plain_form(simplemma.lemmatize(word, lang="en")))


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str = "en") -> str:
    """The stem of a word in its `plain_form`: what its forms have in common. Not itself a word."""
    if not word.isalpha():
        return word
    if language == "en":
        return english_stem(lemma(word, "en"))
    name = _SNOWBALL.get(language)
    if name is None:
        return lemma(word, language)
    return _snowball(name)(lemma(word, language))


@lru_cache(maxsize=8)
def _snowball(name: str) -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem_word


# English stems, written for comparing news. They join "cooperation" and "cooperative", "agreement" and "agree", and
# leave alone the endings by which Snowball takes "university" for "universe" or "leader" for "lead".
_KEPT = frozenset(" ".join(packaged_lines("unstemmed.en.txt")).split())
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


_DIGRAPHS = re.compile("(?:ae|oe|ue|aa)")


def letters_spelled_out(words: str) -> str:
    """A key that two spellings of one word share where one writes ä, ö, ü, ß, å, ø, æ and the other ae, oe, ue, ss …

    It is the shorter form, without any of them ("Müller", "Mueller" and "Muller" are "muller"), and not a word to show.
    """
    plain = plain_form(words).replace("ß", "ss").replace("æ", "a").replace("ø", "o")
    return _DIGRAPHS.sub(lambda pair: pair[0][0], plain)


@lru_cache(maxsize=1)
def _american() -> dict[str, str]:
    return dict(line.split("/") for line in packaged_lines("spelling.en.txt"))


_ALWAYS_ISE = frozenset(["prise", "crises", "crisis", "arises"])


def american_spelling(word: str) -> str:
    """`word`, in lower case, as an American paper spells it. What is not known to differ comes back unchanged.

    `-ise`, `-isation`, `-yse` become `-ize` … by rule, for words that are always written with s too ("promize"): the
    result is a key that both spellings share, not a word to show.
    """
    us = _american().get(word)
    if us is not None:
        return us
    if len(word) < 5:
        return word
    if "is" in word and word not in _ALWAYS_ISE:
        for ending in ("isation", "isations", "ise", "ised", "ises", "ising", "iser", "isers"):
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stop = len(word) - len(ending)
                return word[: stop + 1] + "z" + word[stop + 2 :]
    if "lys" in word and word.endswith(("lyse", "lysed", "lysing", "lyses")):
        return word.replace("lys", "lyz") if not word.endswith("lyses") else word
    return word
