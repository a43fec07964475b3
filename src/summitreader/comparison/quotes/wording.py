"""The words of a quotation as they are compared: trifles aside, with and without spaces, and the difference of two.

Trifles are case, punctuation, kinds of quotation mark and dash, spaces ("pipe dream", "pipedream"), the spelling of the
other side of the Atlantic, a possessive; none of them is ever a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from rapidfuzz.distance import LCSseq, Levenshtein

from summitreader.text.span import Span
from summitreader.text.tokens import american_spelling, plain_form, stem, word_spans

_SHORT_FORMS = {
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "ill": ("i", "will"),
    "id": ("i", "would"),
    "its": ("it", "is"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "wasnt": ("was", "not"),
    "arent": ("are", "not"),
    "werent": ("were", "not"),
    "wont": ("will", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "couldnt": ("could", "not"),
    "wouldnt": ("would", "not"),
    "shouldnt": ("should", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "hadnt": ("had", "not"),
    "youre": ("you", "are"),
    "were": ("we", "are"),
    "theyre": ("they", "are"),
    "thats": ("that", "is"),
    "theres": ("there", "is"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "weve": ("we", "have"),
    "theyve": ("they", "have"),
    "youve": ("you", "have"),
}
"""What is said in one breath and written in two words: another wording, but the same words to whoever searches it."""


@dataclass(frozen=True)
class Wording:
    """The words of `text[start:end]`: `words` without trifles, `spans` where each stands, `stems` for the likeness."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    language: str = "en"

    @cached_property
    def key(self) -> str:
        """All letters in a row."""
        return "".join(self.words)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        out: list[str] = []
        for word in self.words:
            out.extend(stem(w, self.language) for w in _SHORT_FORMS.get(word, (word,)))
        return tuple(out)


def read_wording(text: str, start: int, end: int, language: str | None) -> Wording:
    """The words of `text[start:end]`; a word inside square brackets is the writer's and is left in."""
    spans = tuple(word_spans(text, start, end))
    return Wording(tuple(american_spelling(plain_form(text[s.start : s.end])) for s in spans), spans, language or "en")


def changed(a: Wording, b: Wording) -> list[Span]:
    """Where the words of `a` stand otherwise in `b`, or not at all; words that differ only in spaces are the same."""
    out: list[Span] = []
    for equal, run in groupby(Levenshtein.opcodes(a.words, b.words), key=lambda op: op.tag == "equal"):
        ops = list(run)
        first, last = ops[0], ops[-1]
        if equal or first.src_start == last.src_end:
            continue
        if "".join(a.words[first.src_start : last.src_end]) == "".join(b.words[first.dest_start : last.dest_end]):
            continue
        out.append(Span(a.spans[first.src_start].start, a.spans[last.src_end - 1].end))
    return out


def cut_from(full: Wording, part: Wording) -> tuple[str, ...]:
    """Where `part` leaves out words of `full`: `start`, `middle` and `end`, in that order."""
    blocks = [op for op in LCSseq.opcodes(full.words, part.words) if op.tag == "equal"]
    if not blocks:
        return ()
    gaps = pairwise(blocks)
    places = {
        "start": blocks[0].src_start > blocks[0].dest_start,
        "middle": any(b.src_start - a.src_end > b.dest_start - a.dest_end for a, b in gaps),
        "end": len(full.words) - blocks[-1].src_end > len(part.words) - blocks[-1].dest_end,
    }
    return tuple(place for place, cut in places.items() if cut)
