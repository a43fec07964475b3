"""Where one sentence ends and the next begins.

A `Segmenter` proposes ends; `sentence_spans` takes the proposals, glues what was cut too small (titles, initials,
numbered items, a quotation from its "she said") and cuts what no reader could take in at once. Nothing is lost: the
spans hold every character of the text but white space around sentences.

Measured on ../shared/eval/sentences by benchmarks/sentences.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from summitreader.text.span import Span
from summitreader.text.tokens import packaged_sections
from summitreader.text.vocabulary import MONTHS

LONG_QUOTE = 320
"""Characters; a longer sentence is cut inside its quotation too, so that a speech is not one passage."""

LONGEST = 4_000
"""Characters; a longer stretch without any sentence end (a log, a base64 blob) is cut at white space."""


STRETCH = 10_000
"""Characters of a paragraph that are cut at once: what a segmenter needs for twice the text can be four times the time.
"""

_STRETCH_END = re.compile(r"[.!?]\s")


class Segmenter(Protocol):
    """Cuts a paragraph of a language (ISO 639-1) into sentences."""

    name: str

    def ends(self, text: str, language: str) -> list[int]:
        """The offsets where sentences end, ascending, the last one `len(text)`."""
        ...


class Sentencex:
    """The segmenter of the Wikimedia Foundation, https://github.com/wikimedia/sentencex."""

    name = "sentencex"

    def ends(self, text: str, language: str) -> list[int]:
        from sentencex import get_sentence_boundaries

        return [boundary["end_index"] for boundary in get_sentence_boundaries(language, text)]


DEFAULT: Segmenter = Sentencex()

_ABBREVIATIONS = {
    use: frozenset(" ".join(lines).split()) for use, lines in packaged_sections("abbreviations.txt").items()
}
"""Words that end with a full stop without ending a sentence, by what may follow them: see the table."""
_BEFORE_NAME, _BEFORE_NUMBER, _WITHIN = (_ABBREVIATIONS[use] for use in ("before_name", "before_number", "within"))
_CLOCK, _ACRONYMS, _STARTERS = (_ABBREVIATIONS[use] for use in ("clock", "acronyms", "starters"))
_LISTED = _BEFORE_NUMBER | _CLOCK | _WITHIN | _BEFORE_NAME | _ACRONYMS
_CLOSERS = "”’»›\"')]}」』）】》〉"
_ENDERS = ".!?…。！？｡"
_SEGMENTER_SAFE = re.compile(r"[\ud800-\udfff\x00]")
_LAST_TOKEN = re.compile(r"([^\s(\[“\"‘'«„]+)\.\Z")
_AFTER_WORD = re.compile(r"([^\W\d_]+)\s+\d{1,3}\.\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,3}\Z")
_ITEM = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)\]]\s*\Z")
_FIRST_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_ROMAN = re.compile(r"[IVXLC]+")
_DASH_ON = re.compile(r"[—–-]\s*[^\W\d_A-ZÀ-ÞА-Я]")
_BULLET_LINE = re.compile(r"\n[^\S\n]*(?=(?:[-*•◦▪‣–—]|\(?\d{1,3}[.)])[^\S\n])")
_PARENTHESIS_DONE = re.compile(r"[.!?][)\]]\s+(?=[“\"‘']?[A-ZÀ-ÞА-Я])")
_OPENED = re.compile(r"(?<=\s)[“‘«„]\s?\Z")
"""An opening mark at the end of a sentence, which belongs to the one that follows."""
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
"""Without an opening mark inside, so that a thousand that stand open cost no more than one."""


def sentence_spans(text: str, language: str | None = None, segmenter: Segmenter = DEFAULT) -> list[Span]:
    """The sentences of one paragraph, in order, without the white space around them."""
    spans = []
    for start, end in _cut(text, language or guess_script_language(text), segmenter):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            lead = len(piece) - len(piece.lstrip())
            spans.append(Span(start + lead, start + lead + len(stripped)))
    return spans


def guess_script_language(text: str) -> str:
    """A language whose sentence ends are those of the script of the first letters, for text of unknown language."""
    for character in text[:200]:
        if character < "\u0370":
            continue
        if "\u3040" <= character <= "\u30ff":
            return "ja"
        if "\u4e00" <= character <= "\u9fff":
            return "ja" if re.search("[\u3040-\u30ff]", text[:400]) else "zh"
        if "\uac00" <= character <= "\ud7a3":
            return "ko"
        if "\u0400" <= character <= "\u04ff":
            return "ru"
        if "\u0600" <= character <= "\u06ff":
            return "ar"
        if "\u0900" <= character <= "\u097f":
            return "hi"
    return "en"


def _cut(text: str, language: str, segmenter: Segmenter) -> Iterator[tuple[int, int]]:
    start = 0
    for line in [*(m.end() for m in _BULLET_LINE.finditer(text)), len(text)]:
        piece = text[start:line]
        inner = 0
        for end in _joined(piece, _proposed(piece, language, segmenter), language):
            for further in _parted(piece[inner:end], language, segmenter):
                yield from _bounded(text, start + inner + further[0], start + inner + further[1])
            inner = end
        start = line


def _proposed(text: str, language: str, segmenter: Segmenter) -> list[int]:
    """Proposals for text that the segmenter can take: lone surrogates and NULs stand as spaces in its eyes."""
    safe = _SEGMENTER_SAFE.sub(" ", text)
    ends = []
    for start, end in _stretches(safe):
        ends += [start + at for at in segmenter.ends(safe[start:end], language) if 0 < start + at < len(text)]
        if end < len(text) and not _STRETCH_END.fullmatch(safe, end - 2, end) and ends[-1:] == [end]:
            ends.pop()
    before = (end - len(m[0]) if (m := _OPENED.search(safe, max(0, end - 3), end)) else end for end in ends)
    return [*before, len(text)] if text else []


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """`text` in stretches that a segmenter takes in no more time than their length; nearly always it is one.

    A longer one is parted where a sentence seems to end, else at white space.
    """
    start = 0
    while len(text) - start > STRETCH:
        room = text[start + STRETCH // 2 : start + STRETCH]
        found = max((m.end() for m in _STRETCH_END.finditer(room)), default=0) or room.rfind(" ") + 1 or len(room)
        yield start, start + STRETCH // 2 + found
        start += STRETCH // 2 + found
    yield start, len(text)


def _joined(text: str, ends: list[int], language: str) -> list[int]:
    """The ends that stay when fragments are glued."""
    kept: list[int] = []
    start = 0
    for end in ends:
        if end == len(text):
            break
        sentence, after = text[start:end].rstrip(), text[end : end + 60].lstrip()
        unspaced = not text[end - 1].isspace() and sentence.endswith(".") and text[end].isalnum()
        if not unspaced and not _glued(sentence, after, language):
            kept.append(end)
            start = end
    kept.append(len(text))
    return kept


def _glued(sentence: str, after: str, language: str) -> bool:
    """Whether what follows belongs to `sentence` although a segmenter would cut here."""
    if not after or not any(map(str.isalnum, sentence[-200:])) or _ITEM.fullmatch(sentence):
        return True
    if after[0] in ",;:、，；：" + "”’»)]}」』）】" or not any(map(str.isalnum, after)):
        return True
    bare = sentence.rstrip(_CLOSERS)
    closed = len(bare) < len(sentence)
    if closed and language in ("ja", "ko") and _takes_particle(after, language):
        return True
    if after[0].islower() and not after[1:2].isupper() and (closed or bare.endswith(tuple(_ENDERS))):
        return True
    if _DASH_ON.match(after) and bare[-1:] in _ENDERS:
        return True
    return not closed and _abbreviated(sentence[-40:], after, language)


def _takes_particle(after: str, language: str) -> bool:
    if language == "ja":
        return "\u3041" <= after[0] <= "\u3096"
    return re.match(r"(?:이?라고|이?라며|이?라는|고|며|면서|는|라)(?![가-힣]{4})", after) is not None


def _abbreviated(ending: str, after: str, language: str) -> bool:
    """Whether the full stop that `ending` ends with belongs to its last word alone."""
    plain = ending[ending.rfind(" ") + 1 : -1]
    if len(plain) > 2 and plain.isalpha() and plain.lower() not in _LISTED:
        return False
    found = _LAST_TOKEN.search(ending)
    if found is None:
        return False
    token = re.split("[’']", found[1].lower())[-1]
    last = token.rpartition("-")[2]
    word = _FIRST_WORD.match(after)
    follower = word[0].lower() if word else ""
    if after[0].isdigit() or (word and _ROMAN.fullmatch(word[0])):
        return token in _BEFORE_NUMBER and (token != "no" or found[1] == "No") and (token != "s" or language != "en")
    if token in _CLOCK:
        return follower in _ABBREVIATIONS["after_clock"]
    if token in _WITHIN:
        return follower not in _STARTERS
    if last in _BEFORE_NAME and (len(last) > 2 or last != found[1] or not last.isascii()):
        return follower not in _STARTERS
    ordinal = _AFTER_WORD.search(ending)
    if ordinal is not None and ordinal[1].lower() in _ABBREVIATIONS.get(f"before_ordinal_{language}", ()):
        return True
    if token.isdigit() and len(token) <= 2:
        return follower in _ABBREVIATIONS["months"] or (language != "en" and follower in MONTHS)
    if token not in _ACRONYMS and _INITIALS.search(ending) and (len(token) == 1 or "." in token):
        return not found[1][0].islower() and follower not in _STARTERS and after[0].isalpha()
    return False


def _parted(sentence: str, language: str, segmenter: Segmenter) -> Iterator[tuple[int, int]]:
    """Cuts that a segmenter leaves out: after a sentence in brackets, and inside a long quotation."""
    start = 0
    if sentence[:1] in "([":
        found = _PARENTHESIS_DONE.search(sentence)
        if found and not set("([") & set(sentence[1 : found.start()]):
            yield 0, found.end()
            start = found.end()
    if len(sentence) - start > LONG_QUOTE:
        for quoted in _QUOTED.finditer(sentence, start):
            inner_start, inner_end = quoted.start() + 1, quoted.end() - 1
            inner = sentence[inner_start:inner_end]
            if len(inner) < LONG_QUOTE // 2:
                continue
            for end in _joined(inner, _proposed(inner, language, segmenter), language)[:-1]:
                yield start, inner_start + end
                start = inner_start + end
    yield start, len(sentence)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`[start, end)` in pieces of at most `LONGEST`, cut at white space, else between two grapheme clusters."""
    while end - start > LONGEST:
        cut = start + LONGEST
        space = next((i for i in range(cut, cut - LONGEST // 4, -1) if text[i].isspace()), None)
        if space is not None:
            cut = space
        else:
            while cut < end and _joins(text, cut):
                cut += 1
        yield start, cut
        start = cut
    yield start, end


def _joins(text: str, offset: int) -> bool:
    """Whether the character at `offset` belongs with the one before it."""
    character = text[offset]
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")
        or text[offset - 1] == "\u200d"
        or "\U0001f1e6" <= character <= "\U0001f1ff"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\u1100" <= character <= "\u11ff"
    )
