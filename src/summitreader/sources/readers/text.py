"""Plain text and markdown, whatever their encoding."""

from __future__ import annotations

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document
from summitreader.sources.readers.transcripts import transcript, turns


def read_text(data: bytes, name: str) -> tuple[Document]:
    """The file as one document, with its line ends made line feeds and nothing else changed; a transcript by turns."""
    decoded = decode(data)
    notices = decoded.notices
    if not decoded.text.strip():
        notices = (*notices, "There is nothing in it.")
    elif cues := turns(decoded.text):
        title = (
            cues[0].words if cues[0].speaker is None and cues[0].start is None and len(cues[0].words) <= 150 else None
        )
        return (transcript(cues, notices, title=title),)
    return (Document(decoded.text, notices=notices),)
