"""What words come through on their way to a source: documents and media."""

from __future__ import annotations

from summitreader.comparison.quotes.items import Items
from summitreader.comparison.quotes.lexicon import DOCUMENTS, MEDIA_WORDS
from summitreader.comparison.quotes.phrases import Phrase


def document_of(t: Items, phrase: Phrase) -> str | None:
    """The noun of the statement, report or letter that a phrase names; None where it names something else."""
    for i in range(phrase[0], phrase[1] + 1):
        if t.low[i] in ("of", "by", "from", "on", "to", "for", "in") and i > phrase[0]:
            return None
        if (
            t.low[i] in DOCUMENTS
            and not t.cap[i]
            and (i == phrase[1] or t.low[i + 1] in ("of", "by", "from", "on", "to", "for", "in"))
        ):
            return t.low[i]
    return None


def is_medium(t: Items, phrase: Phrase) -> bool:
    """Whether a phrase names an agency, newspaper or broadcaster."""
    named = any(t.cap[i] and t.kind[i] == "W" for i in range(phrase[0], phrase[1] + 1))
    return named and any(t.low[i] in MEDIA_WORDS for i in range(phrase[0], phrase[1] + 1))
