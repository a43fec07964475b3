r"""Any text as CommonMark that renders as that text and as nothing else.

What could begin a link, an image, code, HTML, emphasis, a heading, a list, a table, a formula, a wikilink, a tag, a
template or a query is escaped with a backslash; white space that a parser would drop is written as a reference. Two
independent parsers read it back to the letter (tests/unit/export). What a terminal could take for a command, what
reorders text and what hides in it is made visible first, as the gate of the reader does: `visible` says how.
"""

from __future__ import annotations

import re

from summitreader.text.gate import shown

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SPECIAL = re.compile(
    r"[\\`*_\[\]<|~$^{]"
    r"|&(?=[#\w])"
    r"|#(?=\w)"
    r"|%(?=%)|(?<=%)%|=(?==)|(?<==)="
    r"|(?<=\w):(?=//)|:(?=[a-zA-Z+_-][\w+-]*:)|::"
    r"|(?<=\S)@(?=\S)"
    r"|(?<=[wW]{3})\."
)
_START = re.compile(r"(\d{1,9})(?=[.)])|(?=[-+=>#:@%])")
_BREAKS = re.compile("\n\n+")


def visible(text: str) -> str:
    """`text` as an export shows it: the same length, with controls and marks of direction made visible.

    Lone surrogates, noncharacters and tag characters, which hide or cannot be written, become visible too. All other
    characters, those without width among them, stay as they are.
    """
    return _UNSAFE.sub(lambda found: shown(found[0]), text)


def inline(text: str) -> str:
    """`text` on one line, where runs of white space are one space."""
    return _line(" ".join(visible(text).split()))


def block(text: str) -> list[str]:
    """`text` as the lines of CommonMark paragraphs, with an empty line between two of them.

    An empty line of the text parts two paragraphs; where there are more, or some at an end, they are references.
    """
    text = visible(text)
    body = text.strip("\n")
    before = len(text) - len(text.lstrip("\n"))
    after = len(text) - before - len(body)
    paragraphs = [body]
    extra = [before]
    if body:
        paragraphs = _BREAKS.split(body)
        extra += [len(found) - 2 for found in _BREAKS.findall(body)]
    lines: list[str] = []
    for paragraph, feeds in zip(paragraphs, extra, strict=True):
        if lines:
            lines.append("")
        written = [_line(line) for line in paragraph.split("\n")]
        written[0] = "&#10;" * feeds + written[0]
        lines += written
    lines[-1] += "&#10;" * after
    return lines


def _line(line: str) -> str:
    escaped = _SPECIAL.sub(lambda found: "".join(f"\\{c}" for c in found[0]), line)
    escaped = escaped.replace("\t", "&#9;").replace("\u2028", "&#8232;").replace("\u2029", "&#8233;")
    start = _START.match(line)
    if start is not None and not escaped.startswith("\\"):
        escaped = f"{start[0]}\\{escaped[len(start[0]) :]}"
    return _ends(escaped)


def _ends(line: str) -> str:
    """With the white space at both ends, which a parser drops, as references."""
    body = line.strip()
    if len(body) == len(line):
        return line
    at = len(line) - len(line.lstrip()) if body else len(line)
    return "".join(map(_reference, line[:at])) + body + "".join(map(_reference, line[at + len(body) :]))


def _reference(space: str) -> str:
    return f"&#{ord(space)};"
