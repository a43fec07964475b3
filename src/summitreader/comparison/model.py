"""What a comparison says, as frozen data. The JSON of it is fixed: see `Report.to_dict`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from summitreader.text import Source, Span


class Alone(StrEnum):
    """Whether a passage is told by its source only."""

    SURE = "sure"
    UNSURE = "unsure"
    NO = "no"


class LinkKind(StrEnum):
    """How two passages tell the same: in the same words, nearly, in other words, only in part, or in two languages."""

    SAME = "same"
    NEAR = "near"
    RESTATED = "restated"
    PARTIAL = "partial"
    TRANSLATED = "translated"


class Strength(StrEnum):
    """How far a link can be relied on: `likely` is right at least three times in four on real stories."""

    LIKELY = "likely"
    POSSIBLE = "possible"


def letter_of(number: int) -> str:
    """The letter of source `number`, counted from 0: A to Z, then AA, AB and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, order=True, slots=True)
class PassageRef:
    """Passage number `passage` of the source with id `source`."""

    source: str
    passage: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that made a link: a span in each of the two texts, and why they count."""

    a: Span
    b: Span
    reason: str
    """`word`, `spelling`, `compound`, `name`, `place`, `number`, `quoted`, `frame` or `run`."""
    weight: float
    """The share of the link's evidence that it gives, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages of two sources that tell the same thing; `a` stands before `b` in the order of the sources."""

    a: PassageRef
    b: PassageRef
    score: float
    kind: LinkKind
    shared: Sequence[Shared] = ()
    by: str = "engine"
    strength: Strength = Strength.LIKELY
    opposed: bool = False
    """One of the two denies what the other says: they are about the same thing and do not agree."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The passages of all sources that tell one thing, members in order of the sources."""

    id: str
    members: tuple[PassageRef, ...]
    representative: PassageRef

    @property
    def told_by(self) -> int:
        return len({m.source for m in self.members})


class QuotationKind(StrEnum):
    """What words in marks are, or that they are reported without marks."""

    SPEECH = "speech"
    FRAGMENT = "fragment"
    TERM = "term"
    TITLE = "title"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands somewhere in the source; `name` is its fullest form there, None for an unresolved pronoun."""

    name: str | None
    start: int
    end: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """The word or phrase that says that something was said."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, or reported without them.

    `start`/`end` span the words with their marks, `text` is the words without. It never leaves its paragraph; a speech
    over several is several, joined by `continues`. `via` is who passed the words on, nearest to this source last. `by`
    is who says that the speaker is the speaker: `engine` or `reader`.
    """

    id: str
    source: str
    start: int
    end: int
    text: str
    kind: QuotationKind
    continues: str | None = None
    speaker: Mention | None = None
    cue: Cue | None = None
    via: tuple[Mention, ...] = ()
    by: str = "engine"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one quotation that stand otherwise, or not at all, in the quotation `against`."""

    quotation: str
    start: int
    end: int
    against: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """The quotations of one act of speech; `relation` is the loosest among them."""

    quotations: tuple[str, ...]
    relation: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A stretch of a source: `[start, end)` in code points of its text."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Side:
    """One version of what is reported: the spans that agree on it, one or more, and the words of the first of them."""

    spans: tuple[SourceSpan, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where sources differ: the versions side by side, and `silent`, the ids of the sources that leave it out.

    `reason` says in words why it was flagged. `id` stays the same while the words do, whatever else changes.
    """

    kind: str
    sides: tuple[Side, ...]
    silent: tuple[str, ...]
    confidence: float
    summary: str
    reason: str = ""
    id: str = ""

    @property
    def spans(self) -> tuple[SourceSpan, ...]:
        """The spans of all sides, in their order."""
        return tuple(span for side in self.sides for span in side.spans)


@dataclass(frozen=True, slots=True)
class Taken:
    """That one source took words of another: how sure that is, `likely` or `perhaps`, and what speaks for it."""

    sure: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Independence:
    """The share of a's words, 0 to 1, that stand in b too in runs of 12 or more; less quotations and boilerplate.

    `taken` says that a took them from b, where that can be said.
    """

    a: str
    b: str
    shared_words: float
    taken: Taken | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Sources that are one account between them, and the agency that they credit, if any."""

    sources: tuple[str, ...]
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison of `sources`; a part whose stage has not run yet is empty.

    `comparable` and `alone` run parallel to `sources`, `alone[i]` to `sources[i].passages`.
    """

    sources: tuple[Source, ...]
    comparable: tuple[bool, ...] = ()
    alone: tuple[tuple[Alone, ...], ...] = ()
    links: tuple[Link, ...] = ()
    threads: tuple[Thread, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    divergences: tuple[Divergence, ...] = ()
    independence: tuple[Independence, ...] = ()
    accounts: tuple[Account, ...] = ()
    possible_links: tuple[Link, ...] = ()
    """Links of strength `possible`; `links` has the likely ones, and everything else in the report rests on those."""
    by_meaning: tuple[str, ...] = ()
    """The ids of the sources in other languages, which an encoder compared: what they leave out is not known."""

    @property
    def compared(self) -> frozenset[str]:
        """The ids of the sources that can be compared with the rest: all, until something else is known."""
        flags = self.comparable or (True,) * len(self.sources)
        return frozenset(source.id for source, flag in zip(self.sources, flags, strict=True) if flag)

    def off_sides(self, divergence: Divergence) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the compared sources that are on no side of a divergence: those with a likely link to a passage
        of a side, which report it too without what differs, and those without."""
        by_id = {source.id: source for source in self.sources}
        places = {
            PassageRef(span.source, passage)
            for span in divergence.spans
            for source in [by_id[span.source]]
            for passage in range(source.passage_at(span.start), source.passage_at(max(span.start, span.end - 1)) + 1)
        }
        linked = {end.source for link in self.links if {link.a, link.b} & places for end in (link.a, link.b)}
        rest = [s.id for s in self.sources if s.id in self.compared and all(s.id != at.source for at in places)]
        return tuple(id for id in rest if id in linked), tuple(id for id in rest if id not in linked)

    def to_dict(self) -> dict[str, Any]:
        """Exactly what `summitreader compare --format json` prints, as plain lists and dicts."""
        from summitreader.comparison.serialise import report_to_dict

        return report_to_dict(self)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of divergence. `conflict` says whether two sources report what cannot both be right, or hardly; the other
    kinds say who reports what, and where. `claim` is what the program says that it likely is."""

    name: str
    words: str
    conflict: bool = False
    claim: str = "a real conflict"

    @property
    def to_check(self) -> bool:
        """Whether it belongs in the queue of what cannot both be right, or has changed."""
        return self.conflict or self.name == "update"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("number", "figures that differ", conflict=True),
        Kind("date", "times that differ", conflict=True),
        Kind("name", "names that differ", conflict=True),
        Kind("quotation", "quoted in different words", conflict=True, claim="a real difference"),
        Kind("draft", "not as in the sources", conflict=True, claim="a real difference"),
        Kind("update", "a later figure", claim="updated"),
        Kind("says-silent", "says that another is silent"),
        Kind("silent", "left out by one"),
        Kind("placement", "leads with it, or has it far down"),
        Kind("only", "only in one source"),
    )
}
"""In the order in which equals stand in the queue."""

ALL = frozenset(KINDS)
CONFLICTS = frozenset(k.name for k in KINDS.values() if k.conflict)
