"""What an outline of a comparison is made of: what an editor asks first, as frozen data that every writer shares.

Nothing here is cut or escaped: excerpts are the sources' own words, and where there is more than fits, the heaviest
comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summitreader.comparison import QuotationKind

FEWEST, MOST = 3, 7
"""How many facts represent what all sources report."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole passages of a source: `[start, end)` of its text is `words`. `place` is where they are (`¶3`, `title`);
    `mark` is the part that matters, as `[start, end)` of `words`, or None."""

    source: str
    letter: str
    passage: int
    place: str
    start: int
    end: int
    words: str
    mark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One line of the legend. `name` is the outlet, or the file's name without its ending. `words` counts those of the
    account, without byline and page furniture; a character of a script without spaces is one. `account` has the letters
    of the sources that are one account with this one, itself among them; `credit` is their agency."""

    id: str
    letter: str
    name: str
    title: str | None
    author: str | None
    published: str | None
    day: str | None
    language: str | None
    url: str | None
    path: str | None
    words: int
    comparable: bool
    account: tuple[str, ...]
    credit: str | None


@dataclass(frozen=True, slots=True)
class Copied:
    """A share (0 to 1) of the words of `by` is in `of`, word for word in long runs. `likelihood` is `likely` or
    `perhaps` where `by` seems to have taken them from `of`, for these `reasons`; else it is empty."""

    by: str
    of: str
    share: float
    likelihood: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What several sources report: `lead` says it, and each of `also` is the passage of another source that is linked
    to the lead itself. `of` counts the sources that could report it. `checks` are the ids of what is to check in it."""

    thread: str
    lead: Excerpt
    also: tuple[Excerpt, ...]
    of: int
    weight: float
    checks: tuple[str, ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the sources that report it, the lead's first."""
        return (self.lead.letter, *(e.letter for e in self.also))

    @property
    def by_all(self) -> bool:
        return len(self.also) + 1 >= self.of


@dataclass(frozen=True, slots=True)
class CheckSide:
    """What one side of a divergence says, in a few words, and each place that says so."""

    words: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A divergence to check. `number` counts from 1. `label` is its kind in words, `likelihood` how many in ten like
    it were right, `claim` what it then is. Of the compared sources that are on no side, `also` are the letters of those
    that report it too and `unmatched` of those with no match; `confirmed` is the reader's
    verdict."""

    id: str
    number: int
    kind: str
    label: str
    summary: str
    reason: str
    likelihood: int
    claim: str
    sides: tuple[CheckSide, ...]
    also: tuple[str, ...]
    unmatched: tuple[str, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """What most sources report and the sources `silent` (letters) do not; `reported` has one excerpt a source."""

    id: str
    silent: tuple[str, ...]
    reported: tuple[Excerpt, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Wording:
    """How one source has a statement: the quotation with its marks is the `mark` of the excerpt. `words` are those
    inside the marks, or what is reported, `speaker` is who says them in this source, and `chain` who passed them on,
    nearest to the source last."""

    excerpt: Excerpt
    kind: QuotationKind
    words: str
    speaker: str | None
    cue: str | None
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of speech; `relation` is how its wordings differ (`identical`, `excerpt`, `reworded`, `reported`), empty
    where only one source has it."""

    relation: str
    wordings: tuple[Wording, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w.excerpt.letter for w in self.wordings))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted, under the fullest name, with the statements that most sources quote first."""

    name: str
    letters: tuple[str, ...]
    statements: tuple[Statement, ...]


class Status(StrEnum):
    """What a source does with a row of the coverage."""

    REPORTED = "reported"
    DIFFERS = "differs"
    """It reports it, and something in it is to check."""
    NOT_FOUND = "not found"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """`omitted` says of what is not found that the source likely leaves it out."""

    letter: str
    status: Status
    places: tuple[str, ...] = ()
    passages: tuple[int, ...] = ()
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A thread, or (None) a passage of one source only; one cell a source, in their order."""

    thread: str | None
    lead: Excerpt
    reported_by: int
    of: int
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A comparison in the order in which an editor asks. `facts` are all that two sources or more report, the heaviest
    first; `unique` is in the order of the sources, `quoted_without_name` counts quotations of nobody who is named."""

    sources: tuple[SourceEntry, ...]
    copied: tuple[Copied, ...]
    facts: tuple[Fact, ...]
    to_check: tuple[Check, ...]
    unique: tuple[Excerpt, ...]
    omissions: tuple[Omission, ...]
    said_to_omit: tuple[Excerpt, ...]
    """Passages that say that another account leaves something out."""
    speakers: tuple[Speaker, ...]
    quoted_without_name: int
    coverage: tuple[CoverageRow, ...]

    @property
    def agreed(self) -> tuple[Fact, ...]:
        """The three to seven facts that represent what all report. Where fewer than three are reported by all, those
        that most sources report follow; fewer where there are no more."""
        if len(by_all := [fact for fact in self.facts if fact.by_all]) >= FEWEST:
            return tuple(by_all[:MOST])
        return tuple(sorted(self.facts, key=lambda f: (not f.by_all, -len(f.letters), -f.weight))[:FEWEST])

    def name_of(self, letter: str) -> str:
        return next(s.name for s in self.sources if s.letter == letter)
