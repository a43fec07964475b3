"""Letters (.eml) and pages saved as one file with their pictures (.mhtml), which are letters in form."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.markup import read_markup
from summitreader.text.dates import read_date

MOST_PARTS = 10_000


def read_letter(data: bytes, name: str) -> Iterator[Document]:
    """The plain text of a letter, else the words of its HTML; attachments are not opened."""
    message = _parsed(data)
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise UnreadableFile("there is no text in this letter.")
    text, notices = _words(part)
    if part.get_content_subtype() == "html":
        text = read_markup(text).text
    subject, sender, sent = (_header(message, key) for key in ("subject", "from", "date"))
    moment = read_date(sent or "")
    title = f"{subject}\n\n" if subject else ""
    attached = sum(1 for _ in message.iter_attachments())
    if attached:
        notices = (*notices, f"{attached} attachment{'s were' if attached > 1 else ' was'} not opened.")
    yield Document(
        title + text.strip() + "\n",
        title=subject,
        author=parseaddr(sender or "")[0] or None,
        published=moment.iso() if moment else None,
        notices=notices,
    )


def read_mhtml(data: bytes, name: str) -> Iterator[Document]:
    """The article of a page that was saved with its pictures."""
    from summitreader.sources.readers.web import page_document

    message = _parsed(data)
    part = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if part is None:
        raise UnreadableFile("there is no web page in it.")
    text, notices = _words(part)
    yield page_document(
        text, url=_header(part, "content-location") or _header(message, "snapshot-content-location"), notices=notices
    )


def _parsed(data: bytes) -> EmailMessage:
    if data.count(b"\n--") > MOST_PARTS:
        raise UnreadableFile(f"it is a letter of more than {MOST_PARTS:,} parts.")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
    except Exception as error:  # the parser meets malformed headers with exceptions of many kinds
        raise UnreadableFile("it is no letter that could be read.") from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableFile("it is no letter: it has no headers.")
    return message


def _words(part: Any) -> tuple[str, tuple[str, ...]]:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise UnreadableFile("its text could not be read.")
    decoded = decode(payload, part.get_content_charset())
    return decoded.text, decoded.notices


def _header(message: Any, key: str) -> str | None:
    try:
        value = message.get(key)
    except Exception:  # a malformed header, as above
        return None
    return " ".join(str(value).split()) or None if value is not None else None
