"""What one source brings to a comparison: the words of each of its passages, and which of them it quotes.

`analyse` looks at one source alone, so that its result can be kept for as long as the text stays the same. What a word
stands for (`WordType`) is worked out once, whoever uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from summitreader.comparison.model import Quotation
from summitreader.text import BlockKind, Source
from summitreader.text.places import country_of, directions, name_runs, stands_alone
from summitreader.text.tokens import has_unspaced, joins_unspaced, plain_form, stem, word_list
from summitreader.text.vocabulary import commonness, news_frames, news_phrases, number_of_word, stop_words

_PLACE = 0.65
_GENERAL = {"frequent": 0.35, "common": 0.65}


@dataclass(frozen=True, slots=True)
class WordType:
    """What a word as written stands for, wherever it stands.

    `term` is what it is compared by (a stem, `#` and a figure, `@` and a country), empty for one that tells nothing;
    `plain` is the word without case; `general` how much it tells in any story, 0 to 1; `frames` are the news frames
    and the countries that it may stand for; `capital` whether it is written with one.
    """

    term: str
    plain: str
    general: float
    frames: tuple[str, ...] = ()
    capital: bool = False


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of passage number `passage`, as written and in order: places of several words as one ("South Korea"),
    in text without spaces every two neighbours.

    `quoted` are the words between quotation marks, `speakers` the names of those whom it quotes, wherever they stand,
    `attributing` the words that only say who said it ("Police Constable Tim Fanning told reporters"),
    `phrases` the frames of phrases that say what no one word does ("did not touch on"), `headline` whether it is a
    title or heading, `place_at` where in the account it stands: 0 at the head, 1 at the end.
    """

    passage: int
    words: tuple[str, ...]
    quoted: tuple[str, ...]
    speakers: tuple[str, ...]
    attributing: tuple[str, ...]
    phrases: tuple[str, ...]
    headline: bool
    place_at: float


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The passages of a source that tell the event; the others (boilerplate, metadata) are not compared."""

    passages: tuple[PassageWords, ...]
    language: str
    source: str = ""


Analyse = Callable[[Source, Sequence[Quotation], str, Callable[[], None]], SourceWords]
"""What gives the words of a source, in a language; see `analyse`."""


class WordTypes(dict[str, WordType]):
    """The words met so far in one language; asking for a new one works it out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> WordType:
        found = self[word] = word_type(word, self.language)
        return found


_types: dict[str, WordTypes] = {}
_MOST_TYPES = 400_000


def word_types(language: str) -> WordTypes:
    """The table of words of `language`; one for the process, begun anew when it has grown very large."""
    table = _types.get(language)
    if table is None or len(table) > _MOST_TYPES:
        table = _types[language] = WordTypes(language)
    return table


def word_type(word: str, language: str) -> WordType:
    """What `word` stands for in `language`."""
    name, _, code = word.partition(" @")
    if code:
        return WordType("@" + code, plain_form(name), _PLACE, ("@" + code,), True)
    plain = plain_form(word)
    capital = word[0].isupper()
    if not plain or (len(plain) == 1 and plain.isalpha() and plain.isascii()):
        return WordType("", plain, 0.0)
    english = language == "en"
    figure = plain if plain[0].isdigit() else number_of_word(plain) if english else None
    if figure is not None:
        return WordType("#" + figure, plain, 0.4 if len(figure) == 1 or not plain[0].isdigit() else 1.0)
    if not english:
        stop = plain in stop_words(language)
        return WordType("" if stop else stem(plain, language), plain, 1.0, (), capital)
    place = country_of(word) if capital else None
    if place is not None and not place[1]:
        return WordType("@" + place[0], plain, _PLACE, ("@" + place[0],), True)
    if " " in word:
        return WordType(plain, plain, _PLACE, ("@" + place[0],) if place else (), True)
    term = stem(plain, language)
    rank = commonness().get(plain) or commonness().get(term)
    if rank == "stop" and not (word.isupper() and len(word) > 1):  # but US, IT, WHO
        return WordType("", plain, 0.0)
    frames = (("@" + place[0],) if place else ()) + tuple(f"~{number}" for number in news_frames().get(term, ()))
    return WordType(term, plain, _GENERAL.get(rank or "", 1.0), frames, capital)


def analyse(
    source: Source, quotations: Sequence[Quotation], language: str, check: Callable[[], None] = lambda: None
) -> SourceWords:
    """The words of `source`, whose quotations are `quotations`."""
    text = source.text
    extent = max(1, len(text))
    quoted, speakers, attributing = _quoted(source, quotations)
    titles = (BlockKind.TITLE, BlockKind.HEADING)
    kinds = [b.kind for b in source.blocks]
    passages = [(n, p) for n, p in enumerate(source.passages) if source.is_told(n)]
    split = []
    unspaced = False
    for n, (_, p) in enumerate(passages):
        if not n & 511:
            check()
        told = text[p.start : p.end]
        split.append(word_list(told))
        unspaced = unspaced or (not told.isascii() and has_unspaced(told))
    places = _merged_in(split, check) if language == "en" and not unspaced else split
    found = []
    for n, ((index, passage), words) in enumerate(zip(passages, split, strict=True)):
        if not n & 511:
            check()
        units = _neighbours(words) if unspaced else tuple(places[n])
        headline = kinds[passage.block] in titles
        phrases = _phrases(words) if language == "en" else ()
        said, by = quoted.get(index, ()), speakers.get(index, ())
        saying = _only_there(attributing.get(index, ()), words)
        found.append(PassageWords(index, units, said, by, saying, phrases, headline, passage.start / extent))
    return SourceWords(tuple(found), language, source.id)


def _merged_in(split: Sequence[list[str]], check: Callable[[], None]) -> Sequence[list[str]]:
    """The words of each passage of one source, with the names of places made one word each."""
    runs = []
    names: set[str] = set()
    for n, words in enumerate(split):
        if not n & 511:
            check()
        found = name_runs(words)
        runs.append(found)
        names.update(" ".join(words[a:b]) for a, b in found)
    if not names:
        return split
    stands_for = directions(sorted(names))
    standing = stands_for.keys()
    return [
        merged(words, found, stands_for) if found or not standing.isdisjoint(words) else words
        for words, found in zip(split, runs, strict=True)
    ]


def merged(words: Sequence[str], runs: Sequence[tuple[int, int]], stands_for: Mapping[str, str]) -> list[str]:
    """`words` with the names of places made one word; `runs` from `name_runs`, `stands_for` from `directions`."""
    stops = dict(runs)
    found = []
    n = 0
    while n < len(words):
        stop = stops.get(n, n + 1)
        unit = " ".join(words[n:stop]) if stop > n + 1 else words[n]
        if unit in stands_for and stands_alone(words, n):
            unit = f"{unit} @{stands_for[unit]}"
        found.append(unit)
        n = stop
    return found


def _quoted(
    source: Source, quotations: Sequence[Quotation]
) -> tuple[Mapping[int, tuple[str, ...]], Mapping[int, tuple[str, ...]], Mapping[int, tuple[str, ...]]]:
    """The words that each passage quotes, the names of those who say them, and the words that say who said it."""
    words: dict[int, tuple[str, ...]] = {}
    speakers: dict[int, tuple[str, ...]] = {}
    spans: dict[int, set[tuple[int, int]]] = {}
    for quotation in quotations:
        at = source.passage_at(quotation.start)
        if quotation.speaker is not None and quotation.speaker.name:
            speakers[at] = speakers.get(at, ()) + tuple(word_list(quotation.speaker.name))
        for saying in (quotation.speaker, quotation.cue, *quotation.via):
            if saying is not None and saying.start < saying.end:
                spans.setdefault(source.passage_at(saying.start), set()).add((saying.start, saying.end))
        if quotation.kind == "reported":
            continue
        while at < len(source.passages) and source.passages[at].start < quotation.end:
            passage = source.passages[at]
            start, end = max(passage.start, quotation.start), min(passage.end, quotation.end)
            if start < end:
                words[at] = words.get(at, ()) + _neighbours(word_list(source.text[start:end]))
            at += 1
    attributing = {
        at: tuple(w for start, end in sorted(found) for w in word_list(source.text[start:end]))
        for at, found in spans.items()
    }
    return words, speakers, attributing


def _only_there(some: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """Those of `some`, which stand in `words`, that stand nowhere else in them."""
    return tuple(dict.fromkeys(w for w in some if words.count(w) <= some.count(w)))


def _phrases(words: Sequence[str]) -> tuple[str, ...]:
    phrases = news_phrases()
    if phrases.keys().isdisjoint(words):
        return ()
    found = []
    for n, word in enumerate(words[:-1]):
        if word in phrases:
            for rest, number in phrases[word].get(stem(plain_form(words[n + 1])), ()):
                stop = n + 2 + len(rest)
                if stop <= len(words) and all(
                    stem(plain_form(words[at])) == rest[at - stop] for at in range(n + 2, stop)
                ):
                    found.append(f"~{number}")
    return tuple(dict.fromkeys(found))


def _neighbours(words: Sequence[str]) -> tuple[str, ...]:
    """`words`, with every two neighbouring characters of a script without spaces made one."""
    if not any(joins_unspaced(w) for w in words):
        return tuple(words)
    joined = []
    for n, word in enumerate(words):
        if not joins_unspaced(word):
            joined.append(word)
        elif n + 1 < len(words) and joins_unspaced(words[n + 1]):
            joined.append(word + words[n + 1])
        elif not n or not joins_unspaced(words[n - 1]):
            joined.append(word)
    return tuple(joined)
