"""What one source brings to a comparison: the words of its passages, with names, figures, places, frames, quoted words.

`analyse` looks at one source alone, so that its result can be kept for as long as the text stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summitreader.compare.model import Quotation
from summitreader.text import BlockKind, Source
from summitreader.text.words import joins_unspaced, plain_form, stem, word_list
from summitreader.text.words_tables import commonness, news_frames, number_of_word, place_names

_COMMON_WEIGHT = {"stop": 0.0, "frequent": 0.35, "common": 0.65}


@dataclass(frozen=True, slots=True)
class WordType:
    """What a word as written stands for, wherever it stands.

    `term` is what it is compared by (a stem, a figure), empty for a stop word; `plain` is the word without case;
    `general` how much it tells in any story, 0 to 1; `frames` are numbers of news frames.
    """

    term: str
    plain: str
    general: float
    capital: bool
    frames: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of one passage, as written and in order, and what they add up to.

    `places` are codes of countries and bodies named, `frames` of phrases that frame the news, `quoted` the terms that
    stand between quotation marks. `headline` is a title or heading.
    """

    passage: int
    words: tuple[str, ...]
    places: frozenset[str]
    frames: frozenset[int]
    quoted: frozenset[str]
    headline: bool
    place_at: float
    """Where in the account it stands, 0 at the head to 1 at the end."""


@dataclass(frozen=True, slots=True)
class SourceWords:
    passages: tuple[PassageWords, ...]
    language: str


_types: dict[str, dict[str, WordType]] = {}


def word_types(language: str) -> dict[str, WordType]:
    """The table of words met so far in `language`; it grows, and is begun anew when it is very large."""
    table = _types.setdefault(language, {})
    if len(table) > 300_000:
        table.clear()
    return table


def word_type(word: str, language: str) -> WordType:
    plain = plain_form(word)
    capital = word[:1].isupper()
    if not plain:
        return WordType("", plain, 0.0, capital, ())
    figure = plain if plain[0].isdigit() else number_of_word(plain) if language == "en" else None
    if figure is not None:
        general = 0.4 if len(figure) == 1 or not plain[0].isdigit() else 1.0
        return WordType("#" + figure, plain, general, capital, ())
    term = stem(plain, language)
    if language != "en":
        return WordType(term, plain, 1.0 if len(plain) > 3 else 0.3, capital, ())
    rank = commonness().get(plain) or commonness().get(term)
    if rank == "stop" and word.isupper() and len(word) > 1:  # US, IT, WHO
        rank = None
    if rank == "stop" or (len(plain) == 1 and plain.isascii()):
        return WordType("", plain, 0.0, capital, news_frames()[0].get(term, ()) if rank != "stop" else ())
    general = _COMMON_WEIGHT.get(rank or "", 1.0)
    return WordType(term, plain, general, capital, news_frames()[0].get(term, ()))


def analyse(source: Source, quotations: Sequence[Quotation], language: str) -> SourceWords:
    """The words of the passages of `source` that tell the event; `quotations` are those of this source."""
    types = word_types(language)
    quoted = _quoted_spans(quotations)
    text = source.text
    found = []
    extent = max(1, len(text))
    for index, passage in enumerate(source.passages):
        if not source.is_told(index):
            continue
        words = _words(text[passage.start : passage.end])
        for word in words:
            if word not in types:
                types[word] = word_type(word, language)
        inside = (
            frozenset(
                types[w].term
                for start, end in quoted.get(index, ())
                for w in _words(text[start:end])
                if types.setdefault(w, word_type(w, language)).term
            )
            if quoted
            else frozenset()
        )
        found.append(
            PassageWords(
                passage=index,
                words=words,
                places=frozenset(_places(words)),
                frames=frozenset(_frame_phrases(words, types)),
                quoted=inside,
                headline=source.blocks[passage.block].kind in (BlockKind.TITLE, BlockKind.HEADING),
                place_at=passage.start / extent,
            )
        )
    return SourceWords(tuple(found), language)


def _quoted_spans(quotations: Sequence[Quotation]) -> dict[int, list[tuple[int, int]]]:
    return {}


def _words(text: str) -> tuple[str, ...]:
    words = word_list(text)
    if text.isascii() or not any(joins_unspaced(w) for w in words):
        return tuple(words)
    joined = []
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if not joins_unspaced(word):
            joined.append(word)
        elif after and joins_unspaced(after):
            joined.append(word + after)
    return tuple(joined)


def _places(words: Sequence[str]) -> Iterable[str]:
    names = place_names()
    i = 0
    while i < len(words):
        entries = names.get(words[i]) or names.get(words[i].removesuffix("’s").removesuffix("'s"))
        step = 1
        for phrase, code in entries or ():
            if (
                len(phrase) == 1
                or (all(
                    w == p or w.removesuffix("’s").removesuffix("'s") == p
                    for p, w in zip(phrase, words[i : i + len(phrase)], strict=False)
                )
                and i + len(phrase) <= len(words))
            ):
                yield code
                step = len(phrase)
                break
        i += step


def _frame_phrases(words: Sequence[str], types: Mapping[str, WordType]) -> Iterable[int]:
    return ()
