"""What commands print: data on standard output or into a file written whole, talk on standard error."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import ArgumentParser, _ArgumentGroup

_ESCAPED = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def add_format(parser: ArgumentParser | _ArgumentGroup, *choices: str) -> None:
    """`--format`, of which the first choice is the default; text and json where none is given."""
    choices = choices or ("text", "json")
    parser.add_argument("--format", choices=choices, default=choices[0], help=f"default: {choices[0]}")


def add_output(parser: ArgumentParser, *, overwrite: bool = False) -> None:
    """`-o`, and `--overwrite` where a file of somebody else's could be there."""
    from summitreader.cli import path

    parser.add_argument("-o", "--output", type=path, metavar="FILE", help="write there, not to standard output")
    if overwrite:
        parser.add_argument(
            "--overwrite", action="store_true", help="replace a file that this program did not make, too"
        )


def add_with_own(parser: ArgumentParser) -> None:
    """`--with-own`."""
    does = "with what you linked, unlinked, corrected and decided in the reader"
    parser.add_argument("--with-own", action="store_true", help=does)


def emit(text: str, output: Path | None = None) -> None:
    """`text` as UTF-8 to standard output, or whole into the file `output`; a line feed at the end is added."""
    data = text.encode("utf-8", "replace")
    if not data.endswith(b"\n"):
        data += b"\n"
    if output is not None:
        from summitreader.files import write_whole

        write_whole(output, data)
        return
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode())
    else:
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:  # an unbuffered output takes what it can at a time
            rest = rest[buffer.write(rest) :]
        buffer.flush()


def as_json(value: Any) -> str:
    """Readable JSON whose strings are exact and which no terminal takes for a command: what could steer one is escaped.

    Lone surrogates, which UTF-8 has no form for, are escaped too.
    """
    import json

    return _ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False, indent=1))


def talk(line: str) -> None:
    """One line to standard error, made safe to show."""
    from summitreader.text.gate import shown

    print(shown(line), file=sys.stderr)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
