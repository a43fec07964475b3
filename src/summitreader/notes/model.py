"""What an annotation is, as frozen data: a note, tags and a colour on one stretch of text or on several.

The words are the W3C Web Annotation model's: a target is selected by its exact words with what stands before and
after (TextQuoteSelector) and by its offsets in code points (TextPositionSelector), both, always.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 128
"""Characters kept before and after the selected words; the contract asks for 32 at least."""


class State(StrEnum):
    """How surely a target stands where it is shown."""

    SURE = "sure"
    UNSURE = "unsure"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Selection:
    """Words of a text, how they are surrounded, and where they stood: `[start, end)` in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Selection:
        """The selection of `text[start:end]`. Raises `ValueError` where that is no words of the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"[{start}, {end}) selects nothing in a text of {len(text)} characters")
        return cls(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a selection stands in another text. `start` and `end` are None for an orphan, whose words are gone.

    `confidence`, 0 to 1, is the estimated chance that the place is right, or, of an orphan, that the words are gone.
    """

    start: int | None
    end: int | None
    state: State
    confidence: float


@dataclass(frozen=True, slots=True)
class About:
    """What was known of a source when it was last seen, for citations that outlive the file."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceDecision:
    """What a reader decided about the place of a target in the text `sha256`; no `start` and `end` for a refusal."""

    sha256: str
    start: int | None
    end: int | None
    state: State
    place: str = ""
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One stretch of one source.

    `selection` is what was first selected, in the text with the hash `origin`, and never changes. `start` and `end`
    say where it stands in the text with the hash `sha256`; both are None for an orphan, whose last known place is
    `[last_start, last_end)` of the text `last_sha256`. `source` is the id of the source as loaded, `source_path` its
    absolute path (None for a text that came from no file), `source_key` the store's own name for it. `place` is the
    paragraph for citations (`¶3`, `title`), `first_place` that of the selection. `by` is `engine` or `reader`: who
    decided the place. `now` is what stands there where that is not what was selected to the letter.
    """

    id: str
    source: str
    source_path: str | None
    source_key: str
    about: About
    origin: str
    selection: Selection
    sha256: str
    start: int | None
    end: int | None
    state: State
    confidence: float
    place: str = ""
    by: str = "engine"
    last_start: int = 0
    last_end: int = 0
    last_sha256: str = ""
    first_place: str = ""
    now: str | None = None
    decided: tuple[PlaceDecision, ...] = ()

    @property
    def quote(self) -> str:
        """The words as they were when they were selected."""
        return self.selection.exact

    @property
    def was_sought(self) -> bool:
        """Whether its words were ever looked for in a text; not where it came from elsewhere and none was read yet."""
        return bool(self.sha256)


class What(StrEnum):
    """What a reader puts right by hand; each value is what the correction is called in the store."""

    LINK = "link"
    """Two passages tell the same thing."""
    CUT = "cut"
    """Two passages do not, whatever the comparison says."""
    FIELD = "field"
    """Title, outlet, author, published, url or language of a source."""
    SPEAKER = "speaker"
    """Who says a quotation."""
    BLOCK = "block"
    """Whether a block is boilerplate or part of the account."""
    STORY = "story"
    """The story of a corpus that a source belongs to."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader put right. It stands on its annotation's targets: the two passages, the quotation, the block; one
    on a whole source stands on the words that the source begins with, and holds while that is the same source.

    `name` is the field that is corrected, or the folder of the corpus whose story it is. `value` is what holds now,
    None where it is known that nothing does. `was` is what the page said.
    """

    what: What
    name: str = ""
    value: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight, a note, tags, on one passage or selection or on several at once.

    `created` and `modified` are UTC, ISO 8601 with milliseconds and `Z`. `order` counts annotations in the order in
    which they were made. `iri` is the name that an imported annotation had elsewhere.
    """

    id: str
    targets: tuple[Target, ...]
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: str | None = None
    created: str = ""
    modified: str = ""
    order: int = 0
    iri: str | None = None
    creator: str | None = None
    correction: Correction | None = None
    """What is put right, where this is no note but a correction."""

    @property
    def state(self) -> State:
        """The worst of its targets'."""
        states = {t.state for t in self.targets}
        return next((s for s in (State.ORPHAN, State.UNSURE) if s in states), State.SURE)


class Verdict(StrEnum):
    """What a reader decided of a divergence."""

    RIGHT = "right"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Decision:
    """`at` is UTC, ISO 8601. `words` are what was flagged, so that it can be told without the texts."""

    key: str
    verdict: Verdict
    kind: str
    words: tuple[str, ...]
    at: str


def key_of(kind: str, words: Iterable[str]) -> str:
    """The name of what was flagged: its kind and its words, white space and order aside."""
    parts = sorted(" ".join(part.split()) for part in words)
    return hashlib.sha256("\x1f".join([kind, *parts]).encode("utf-8", "surrogatepass")).hexdigest()


def decision_document(decision: Decision) -> dict[str, object]:
    """A decision as the JSON document that the store and its history keep."""
    return {
        "key": decision.key,
        "verdict": str(decision.verdict),
        "kind": decision.kind,
        "words": list(decision.words),
        "at": decision.at,
    }


def decision_of(document: dict[str, object]) -> Decision:
    """Raises `ValueError`, `KeyError` or `TypeError` where that is no decision."""
    words = document.get("words", ())
    if not isinstance(words, list | tuple):
        raise TypeError("words are a list")
    return Decision(
        key=str(document["key"]),
        verdict=Verdict(str(document["verdict"])),
        kind=str(document.get("kind", "")),
        words=tuple(map(str, words)),
        at=str(document.get("at", "")),
    )
