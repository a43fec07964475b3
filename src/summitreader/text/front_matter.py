"""Front matter: the lines of `key: value` that markdown files open with, as Obsidian and Zotero write them.

Only plain values are read: strings, quoted strings, and lists of them. Nothing is executed, included or expanded.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"(?P<fence>---|\+\+\+)[^\S\n]*\n(?P<body>.*?)(?<=\n)(?P=fence)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<key>[\w][\w .-]{0,40}?)\s*[:=](?:\s+|(?=[\"'\[])|\Z)(?P<value>.*)")
_COMMENT = re.compile(r"\s+#[^\n]*\Z")
LONGEST = 20_000
"""Characters; a fence further down than that is no front matter."""

KEYS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("author", "authors", "byline", "creator", "creators", "by"), "author"),
    **dict.fromkeys(
        ("outlet", "publication", "publisher", "site", "site name", "sitename", "website", "newspaper", "journal",
         "publicationtitle", "publication title", "magazine", "source"),
        "outlet",
    ),
    **dict.fromkeys(
        ("date", "published", "publishdate", "publish date", "pubdate", "date published", "datepublished",
         "published at", "published on", "published time", "issued"),
        "published",
    ),
    **dict.fromkeys(("url", "link", "canonical", "canonical url", "permalink", "source url", "original url"), "url"),
    **dict.fromkeys(("lang", "language", "locale"), "language"),
}  # fmt: skip
"""What each known key means, by the key in lower case with spaces for `-` and `_`."""


def front_matter(text: str) -> tuple[int, dict[str, str]]:
    """Where the front matter ends, 0 where there is none, and what it says, by the meanings of `KEYS`.

    Where several keys mean one thing, the first counts; a list is joined with commas.
    """
    found = _FENCE.match(text, 0, LONGEST)
    if found is None:
        return 0, {}
    known: dict[str, str] = {}
    meaning: str | None = None
    for line in found["body"].splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] in " \t-":
            item = line.strip()
            if item.startswith("- ") and meaning is not None:
                value = _plain(item[2:])
                known[meaning] = f"{known[meaning]}, {value}" if known.get(meaning) else value
            continue
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry is None:
            return 0, {}
        meaning = KEYS.get(re.sub(r"[_-]+", " ", entry["key"].lower()))
        if meaning is not None and known.get(meaning):
            meaning = None
        value = _plain(entry["value"])
        if meaning == "outlet" and re.match(r"\w+://", value):
            meaning = "url" if "url" not in known else None
        if meaning is not None:
            known[meaning] = value
    return found.end(), {key: value for key, value in known.items() if value}


def _plain(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"') and value[-1:] == value[0] and len(value) > 1:
        quote = value[0]
        value = value[1:-1]
        value = value.replace("''", "'") if quote == "'" else re.sub(r"\\(.)", r"\1", value)
        return _plain(value) if re.fullmatch(r"\[\[[^\[\]]+\]\]", value) else value
    if value.startswith("[[") and value.endswith("]]"):
        return value[2:-2].split("|")[-1].strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(part for part in (_plain(item) for item in value[1:-1].split(",")) if part)
    value = _COMMENT.sub("", value)
    return "" if value in ("null", "~", "|", ">", "{}", "|-", ">-") else value
