"""Two CommonMark parsers that share no code, and what they read back from a block quotation or from paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import mistune
from markdown_it import MarkdownIt

_COMMONMARK = MarkdownIt("commonmark")
_MISTUNE = mistune.create_markdown(escape=False, renderer="html")

PARSERS: dict[str, Callable[[str], str]] = {
    "markdown-it": _COMMONMARK.render,
    "mistune": lambda text: str(_MISTUNE(text)),
}

HOSTILE = (
    *"abc XYZ 019\n\n\n\t  -+*_`#>[]()!<&;\\|~$^={}%:@./'\"?,",
    *("\u00a0", "\u2028", "\u3000", "\x85", "\x1b", "\r", "\x00", "\x0c", "\ud800", "\u200b", "\u202e", "\U000e0041"),
    *("é", "e\u0301", "中", "😀", "👩\u200d👩", "http://x.y", "https://x", "www.a.b", "a@b.c", "javascript:1"),
    *("<b>", "</p>", "<script>", "<!-- x -->", "-->", "<img src=x>", "&amp;", "&#65;", "&lt;"),
    *("![x](y)", "[a]: http://b", "[[w]]", "![[w]]", "[^1]: ", "1. ", "2) ", "- ", "- [ ] ", "---", "===", "***"),
    *("```", "~~~", "    ", "```dataviewjs", "`=dv`", "| a | b |", "|---|", "* * *", "# h", "#tag", "^id", "\\\\"),
    *("%%", "==h==", "$$x$$", ":smile:", "{{x}}", "{% y %}", "<% z %>", "::: note", "~x~", "> q", "Setext\n---"),
)


def paragraphs(rendered: str) -> str | None:
    """The text of paragraphs, None where the HTML holds anything else."""
    found = re.findall(r"<p>(.*?)</p>\n", rendered, re.DOTALL)
    if "".join(f"<p>{p}</p>\n" for p in found) != rendered or any(re.search(r"<(?!br />\n)", p) for p in found):
        return None
    return html.unescape("\n\n".join(found))


def quotation(rendered: str) -> str | None:
    """The text of one block quotation of paragraphs, None where the HTML holds anything else."""
    found = re.fullmatch(r"<blockquote>\n(.*)</blockquote>\n", rendered, re.DOTALL)
    return paragraphs(found[1]) if found else None
