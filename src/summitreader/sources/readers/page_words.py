"""The words of a page's elements, and which of these are furniture of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters without width that only say where a word may be parted."""

_MARKUP = re.compile(r"</?(?:em|i|b|strong|span|br|u|mark|wbr)\b[^<>]*>", re.IGNORECASE)
_FURNITURE = re.compile(
    r"comment|related|sidebar|footer|bio\b|author-?_?(?:bio|box|info|desc|about|avatar|image|social|email)|(?<!v)card|teaser|"
    r"recommend|widget|popular|promo|more-?(?:from|stories)",
    re.IGNORECASE,
)


def plain_text(value: str) -> str:
    """A value without the markup and the entities that some pages leave in it, even twice."""
    for _ in range(2):
        value = html.unescape(value)
    return " ".join(INVISIBLE.sub("", _MARKUP.sub("", value)).split())


def first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def words_of(element: Any) -> str:
    return " ".join(INVISIBLE.sub("", element.text_content()).split())


def plain(text: str | None) -> str:
    return re.sub(r"\W+", " ", text or "").strip().lower()


def in_furniture(element: Any) -> bool:
    for n, one in enumerate((element, *element.iterancestors())):
        if n > 8 or one.tag in ("body", "main"):
            return False
        if is_furniture(one):
            return True
    return False


def is_furniture(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("aside", "footer", "nav") or _FURNITURE.search(names) is not None


def words_before(element: Any) -> str:
    """The text between an element and what is before it in its parent, or this where there is none."""
    previous = element.getprevious()
    if previous is not None:
        return str(previous.tail or previous.text_content() or "")
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""
