"""Plain text and markdown, whatever their encoding."""

from __future__ import annotations

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document


def read_text(data: bytes, name: str) -> tuple[Document]:
    """The file as one document, with its line ends made line feeds and nothing else changed."""
    decoded = decode(data)
    notices = decoded.notices
    if not decoded.text.strip():
        notices = (*notices, "There is nothing in it.")
    return (Document(decoded.text, notices=notices),)
