"""From bytes to text: byte order mark, then character sets of seven bits, strict UTF-8, what is declared, and a guess.

Character sets of seven bits (ISO-2022, HZ, UTF-7) are valid UTF-8, so they come first: where they are declared, or by
the escape sequences of ISO 2022. All that follow must decode every byte.

Line ends become line feeds, so that a file has the same offsets and hash on every system; a lone carriage return in a
file that has line feeds is left where it is, since it is then no line end.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from summitreader.sources.model import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (b"Rar!", "a rar archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"OggS", "a recording"),
    (b"ID3", "a recording"),
    (b"RIFF", "a recording or picture"),
)
_SEVEN_BITS = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
_ESCAPES = (
    (re.compile(rb"\x1b\$[@B]|\x1b\([JI]"), "iso2022_jp_2"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
_LARGER = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs",
    "shift_jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252",
    "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254", "iso-2022-jp": "iso2022_jp_2",
    "iso-8859-8-i": "cp1255", "iso-8859-8": "cp1255", "tis-620": "cp874", "unicode-1-1-utf-7": "utf-7",
}  # fmt: skip
"""Character sets that are declared, and the larger ones that programs mean by them, as the WHATWG has it."""
_META = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([A-Za-z][A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_NO_CHARSETS = re.compile(r"idna|punycode|undefined|mbcs|oem|.*unicode.?escape", re.IGNORECASE)

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\x0c\x1b")) + b"\x7f"
_C1 = re.compile("[\x80-\x9f]")
MOST_CONTROLS = 0.3
"""The share of control characters above which bytes that are valid UTF-8 are no text all the same."""

LEAST_CONFIDENCE = 0.12
"""Of chardet 7; on sentences in twelve character sets the right answers lay above, the wrong ones below."""

GUESSED_AT_MOST = 64 * 1024
"""Bytes that a character set is guessed from."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` with line feeds for line ends; `notices` say what was guessed or lost."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def charset_of_page(data: bytes) -> str | None:
    """The character set that the beginning of a web page declares."""
    found = _META.search(data[:4096])
    return found[1].decode("ascii") if found else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text that `data` is. `declared` is the character set that the format says it is in, which may be a lie.

    Raises `UnreadableFile` for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read_marked(data[len(mark) :], encoding)
    if (text := _seven_bits(data, declared)) is not None:
        return text
    magic = next((name for start, name in _MAGIC if data.startswith(start)), None)
    if magic is not None:
        raise UnreadableFile(f"it is {magic}, not a text.")
    sample = data[:GUESSED_AT_MOST]
    wide = _wide(sample)
    if wide is not None:
        return Decoded(_lines(data.decode(wide, "replace")), wide, (f"Read as {wide.upper()}, which it does not say.",))
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample and controls > MOST_CONTROLS * len(sample):
        raise UnreadableFile("it is binary data, not a text.")
    try:
        return Decoded(_lines(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    if sample and controls > 0.02 * len(sample) + 2:
        raise UnreadableFile("it is binary data, not a text.")
    return _guessed(data, declared)


def _seven_bits(data: bytes, declared: str | None) -> Decoded | None:
    """Text in a character set of seven bits, that is declared or that its escape sequences show."""
    sample = data[:GUESSED_AT_MOST]
    named = declared if declared and _SEVEN_BITS.match(declared.strip()) else None
    if named is None and b"\x1b" in sample and sample.isascii():
        named = next((encoding for escape, encoding in _ESCAPES if escape.search(sample)), None)
    text = _strictly(data, named) if named else None
    return None if text is None or named is None else Decoded(_lines(text), named.lower())


def _read_marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(_lines(data.decode(encoding)), encoding)
    except UnicodeDecodeError:
        return Decoded(_lines(data.decode(encoding, "replace")), encoding, (_lost(data.decode(encoding, "replace")),))


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is nearly always NUL in a text that is mostly Latin."""
    if len(sample) < 8 or sample.count(0) < 0.2 * len(sample):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    raise UnreadableFile("it is binary data, not a text.")


def _guessed(data: bytes, declared: str | None) -> Decoded:
    """Bytes that are not UTF-8: what is declared, else what is guessed, if it decodes all; else UTF-8 with losses."""
    replaced = data.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    good = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", replaced[: 4 * GUESSED_AT_MOST])))
    if good > 4 * bad:
        return Decoded(_lines(replaced), "utf-8", (_lost(replaced),))
    if declared and (text := _strictly(data, declared)) is not None:
        return Decoded(_lines(text), declared.lower())
    for encoding in _guesses(data):
        if (text := _strictly(data, encoding)) is not None:
            return Decoded(_lines(text), encoding.lower(), (f"Read as {encoding}, which was guessed.",))
    return Decoded(_lines(replaced), "utf-8", (_lost(replaced),))


def _guesses(data: bytes) -> list[str]:
    """Character sets to try: what chardet is sure enough of, Western European first where few letters tell."""
    import chardet

    sample = data[:GUESSED_AT_MOST]
    found = chardet.detect(sample)
    guess = found["encoding"] if (found["confidence"] or 0) >= LEAST_CONFIDENCE else None
    western = "Windows-1252"
    if guess is None:
        return [western]
    letters = sum(map(str.isalpha, sample.decode("latin-1")))
    few = sum(byte > 0x7F for byte in sample) < 0.2 * letters
    return [western, guess] if few and _script_of(guess, sample) != "Latin" else [guess, western]


def _script_of(encoding: str, sample: bytes) -> str:
    text = sample.decode(encoding, "ignore")
    foreign = sum(c > "\u036f" and c.isalpha() for c in text)
    return "Latin" if foreign * 4 < sum(c > "\x7f" and c.isalpha() for c in text) else "other"


def _strictly(data: bytes, encoding: str) -> str | None:
    encoding = encoding.strip().lower()
    if _NO_CHARSETS.match(encoding):
        return None
    try:
        text = data.decode(_LARGER.get(encoding.replace("iso8859", "iso-8859"), encoding))
    except (ValueError, LookupError):  # UnicodeError is a ValueError; so is what a name with NUL raises
        return None
    return None if _C1.search(text) else text


def _lost(text: str) -> str:
    count = text.count("\ufffd")
    return f"{count} {'byte or sequence is' if count == 1 else 'bytes or sequences are'} no valid text and stand as �."


def _lines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\r" not in text:
        return text
    text = text.replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")
