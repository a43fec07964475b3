"""What the tests here share: a text in, its quotations out, in the few words that matter."""

from __future__ import annotations

from summitreader.comparison.model import Quotation, QuotationKind
from summitreader.comparison.quotes import find_quotations
from summitreader.text import Source


def found(text: str, *, article: bool = False, language: str | None = None) -> tuple[Quotation, ...]:
    return find_quotations(Source.from_text(text, id="a", article=article, language=language))


def marked(text: str, language: str | None = None) -> list[str]:
    """The quotations with their marks, as they stand."""
    return [text[q.start : q.end] for q in found(text, language=language) if q.kind is not QuotationKind.REPORTED]


def reported(text: str) -> list[tuple[str, str | None]]:
    """What is reported without marks, each with the name of who says it."""
    return [(q.text, q.speaker.name if q.speaker else None) for q in found(text) if q.kind is QuotationKind.REPORTED]


def speakers(text: str) -> list[tuple[str, str | None]]:
    """The words in marks, each with the name of who says them."""
    return [
        (q.text.rstrip(",.?!"), q.speaker.name if q.speaker else None)
        for q in found(text)
        if q.kind is not QuotationKind.REPORTED
    ]
