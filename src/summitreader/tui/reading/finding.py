import re
from dataclasses import dataclass

from summitreader.text import Span


@dataclass
class Query:
    text: str


def find(text: str, query: Query) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(re.escape(query.text), text, re.I)]
