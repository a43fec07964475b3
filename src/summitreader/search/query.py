"""What is searched for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summitreader.errors import UsageError


class Mode(StrEnum):
    """How a query is meant: as words, as a regular expression, or as words that may be misspelt or apart."""

    LITERAL = "literal"
    REGEX = "regex"
    FUZZY = "fuzzy"


class QueryError(UsageError):
    """An invalid or too slow regular expression; `position` is the offset of the error in the query, if known."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Query:
    """`case` None is smart: capitals count where the query has any. `also` are other spellings that are as good."""

    text: str
    mode: Mode | str = Mode.LITERAL
    whole_word: bool = False
    case: bool | None = None
    also: tuple[str, ...] = ()

    @property
    def minds_case(self) -> bool:
        return self.text != self.text.lower() if self.case is None else self.case
