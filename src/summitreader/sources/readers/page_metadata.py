"""What a web page says of itself: title, outlet, authors, date, address, language.

Each is taken from where pages declare it, from the most to the least reliable: JSON-LD, `meta` elements, microdata and
microformats, `time` elements, and at last the lines that a reader sees under the headline. What a page says of another
article (a related story, a carousel) is not what it says of itself, and what is doubtful is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from summitreader.sources.readers.bylines import BY, beside_headline, clean_author, in_order, lines_after_headline
from summitreader.sources.readers.linked_data import ARTICLE, kinds_of, linked_objects, listed, names_of, own_article
from summitreader.sources.readers.page_dates import any_date, publication_dates, read_stamp
from summitreader.sources.readers.page_words import first, in_furniture, plain, plain_text, words_of

MOST_TITLE = 500
"""Characters of a title."""

META = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline"),
    "outlet": (
        "og:site_name", "application-name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher",
    ),
    "author": (
        "author", "article:author", "og:article:author", "citation_author", "dc.creator", "dcterms.creator",
        "parsely-author", "byl", "sailthru.author", "article:author_name", "twitter:creator:name",
    ),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "og:pubdate",
        "citation_publication_date", "citation_online_date", "citation_date", "parsely-pub-date", "sailthru.date",
        "vr:published-time", "article.published", "article:published", "article_date_original",
        "originalpublicationdate",
        "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
        "dc.created",
        "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "published",
        "published_time", "published-date", "article:post_date", "rnews:datepublished", "displaydate", "created",
        "datecreated", "date", "bt:pubdate", "cxenseparse:recs:publishtime", "article-publication-date", "pub_date",
    ),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "language": ("og:locale", "language", "dc.language", "dcterms.language"),
}  # fmt: skip
"""Names of `meta` elements, the better first."""

_BETWEEN = r"\s*(?:\s[|–—•·»«/\\-]|[|»«•]|::|:|\s<)\s+"

_AUTHOR_CLASS = re.compile(r"(?:\A|\s)(?:authors?|author-?_?name|byline__?name|p-author|fn)(?:\s|\Z)", re.IGNORECASE)
_BYLINE_CLASS = re.compile(
    r"byline|(?:\A|[\s_-])author(?:s|-?_?name|-?_?link)?(?:[\s_-]|\Z)|writer-?name", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; `saved` is the day on which it was saved, where the program that did says it."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    saved: str | None = None


def page_metadata(tree: Any, comments: str, url: str | None = None) -> PageMetadata:
    """What the page `tree` says of itself. `comments` are the comments of its source, `url` where it was, if known."""
    address, saved = saved_from(comments)
    metas = _metas(tree)
    headings = [words for h in islice(tree.iter("h1"), 10) if (words := words_of(h))]
    page_title = next((words for t in tree.iter("title") if (words := words_of(t))), None)
    canonical = next((e.get("href") for e in tree.iterfind(".//link[@rel='canonical']") if e.get("href")), None)
    base = url or address
    addresses = [_address(a, base) for a in (canonical, *_values(metas, "url"))]
    titles = [t[:MOST_TITLE] for t in (*headings[:3], *_values(metas, "title"), page_title) if t]
    article = own_article(linked_objects(tree), titles, [a for a in (url, address, *addresses) if a])

    outlet = first((*names_of(article.get("publisher"))[:1], *_values(metas, "outlet"), *_item(tree, "publisher")))
    title = _title(article, titles, metas, tree, headings, page_title)
    if title is not None:
        title = title[:MOST_TITLE]
        title, named = _without_outlet(title, outlet, titles, _host(url or address or first(addresses)))
        outlet = outlet or named
    known = [("author", value) for value in _authors(tree, article, metas)]
    beside = list(lines_after_headline(tree, title or "")) if title else []
    known += list(beside_headline(beside))
    author = next((name for key, v in known if key == "author" and (name := clean_author(v, outlet))), None)
    dates = [
        *publication_dates(tree, article, _values(metas, "published")),
        *(value for key, value in known if key == "published"),
    ]
    languages = (article.get("inLanguage"), *_values(metas, "language"), tree.get("lang"))
    return PageMetadata(
        title=title,
        outlet=outlet or next((value for key, value in known if key == "outlet"), None),
        author=author,
        published=next((day for value in dates if (day := read_stamp(value))), None) or any_date(tree),
        url=url or first((*addresses, _address(article.get("url"), base), address)),
        language=next((v.replace("_", "-").strip() for v in languages if isinstance(v, str) and v.strip()), None),
        saved=saved,
    )


def saved_from(comments: str) -> tuple[str | None, str | None]:
    """The address that a page was saved from and the day of it, as browsers and archives note them in comments."""
    found = (
        re.search(r"saved from url=\(\d+\)\s*(https?://\S+)", comments)
        or re.search(r"Page saved with SingleFile\s+url:\s*(https?://\S+)", comments)
        or re.search(r"Mirrored from (\S+) by HTTrack", comments)
        or re.search(r"web\.archive\.org/web/\d{4,14}\w*/(https?://[^\s'\"<>]+)", comments)
    )
    address = found[1] if found else None
    if address is not None and not re.match(r"https?://", address):
        address = f"https://{address}"
    day = re.search(r"(?:saved date:|by HTTrack Website Copier[^,]*,|FILE ARCHIVED ON) *(.+?)(?: AND|\n|-->)", comments)
    stamp = read_stamp(re.sub(r"\A\d\d:\d\d:\d\d ", "", day[1])) if day else None
    return address, stamp[:10] if stamp else None


def _address(value: Any, base: str | None) -> str | None:
    """A whole web address; of an archive's copy the address of the original."""
    if not isinstance(value, str) or not value.strip():
        return None
    value = value.strip()
    if base is not None and not re.match(r"[a-z]+:", value, re.IGNORECASE):
        value = urljoin(base, value)
    archived = re.match(r"https?://web\.archive\.org/web/\d+\w*/(https?://.+)", value)
    value = archived[1] if archived else value
    return value if re.match(r"https?://[^/\s]+", value) else None


def _host(url: str | None) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", url or "", re.IGNORECASE)
    return found[1].lower() if found else ""


def _metas(tree: Any) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and content and content.strip():
                said.setdefault(name.strip().lower(), []).append(plain_text(content))
    return said


def _values(metas: dict[str, list[str]], key: str) -> list[str]:
    """The values of a field, the better first; several authors of one name are one value."""
    found = [metas[name] for name in META[key] if name in metas]
    if key == "author":
        return ["; ".join(dict.fromkeys(map(in_order, values))) for values in found]
    return [values[0] for values in found]


def _title(
    article: dict[str, Any],
    titles: list[str],
    metas: dict[str, list[str]],
    tree: Any,
    headings: list[str],
    page_title: str | None,
) -> str | None:
    said = [plain_text(t) for t in (article.get("headline"), article.get("name")) if isinstance(t, str) and t.strip()]
    if len(said) == 2 and any(map(ARTICLE.search, kinds_of(article))):
        on_page = [plain(t) for t in titles]
        said.sort(key=lambda t: not any(plain(t) == other or other.startswith(plain(t) + " ") for other in on_page))
    elif said and "webpage" in kinds_of(article):
        said = []
    return first((*said[:1], *_values(metas, "title"), *_item(tree, "headline"), *headings[:1], page_title))


def _without_outlet(title: str, outlet: str | None, titles: list[str], host: str) -> tuple[str, str | None]:
    """`title` without the outlet's name before or after it, and this name where only the title tells it."""
    plain_host = re.sub(r"\W|_", "", host)
    segments = re.split(_BETWEEN, title)
    at = next((n for n, part in enumerate(segments) if outlet and plain(part) == plain(outlet)), None)
    if at is not None and len(segments) > 2:
        return title[: title.index(segments[at])].rstrip(" |–—•·»«/\\-:<") if at else segments[1].strip(), None
    for found in reversed(list(re.finditer(_BETWEEN, title))):
        for head, name in (
            (title[: found.start()], title[found.end() :]),
            (title[found.end() :], title[: found.start()]),
        ):
            name = name.strip(" >»")
            letters = plain(name).replace(" ", "")
            if not head.strip() or not letters:
                continue
            if outlet is not None and letters in (plain(outlet).replace(" ", ""), re.sub(r"\W", "", host)):
                return head.strip(), None
            by_host = len(letters) >= 4 and letters in plain_host
            elsewhere = any(plain(other) == plain(head) for other in titles)
            if by_host and (elsewhere or len(name.split()) <= 4) and len(head.split()) > 1:
                return head.strip(), name if outlet is None else None
    return title, None


def _authors(tree: Any, article: dict[str, Any], metas: dict[str, list[str]]) -> Iterator[str]:
    """Candidates for the authors, the better first."""
    said = [value for key in ("author", "creator") for value in listed(article.get(key))]
    people = [value for value in said if not (isinstance(value, dict) and "organization" in " ".join(kinds_of(value)))]
    if names := [name for value in people for name in names_of(value)]:
        yield "; ".join(dict.fromkeys(names))
    yield from _values(metas, "author")
    yield from _item(tree, "author")
    for wanted in (_is_author_element, _is_byline_element):
        named: list[str] = []
        for element in tree.iter("a", "span", "div", "p", "address", "li", "h4", "h5", "h6", "strong"):
            if wanted(element) and not in_furniture(element):
                words = words_of(element)
                if 3 <= len(words) <= 100 and words not in named:
                    named.append(words)
            if len(named) >= 4:
                break
        if named:
            yield named[0] if any(map(BY.match, named[:1])) else "; ".join(n for n in named if n not in named[0][1:])


def _is_author_element(element: Any) -> bool:
    classes = element.get("class") or ""
    return "author" in (element.get("rel") or "").lower().split() or _AUTHOR_CLASS.search(classes) is not None


def _is_byline_element(element: Any) -> bool:
    return _BYLINE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _item(tree: Any, what: str) -> Iterator[str]:
    """Values of microdata: of the page's first article, or of the page itself."""
    scopes = tree.xpath("//*[@itemscope][contains(@itemtype, 'Article') or contains(@itemtype, 'Posting')]")[:1]
    named = []
    for element in (scopes or [tree])[0].iterdescendants():
        if not isinstance(element.tag, str) or what not in (element.get("itemprop") or "").split():
            continue
        inside = next((e for e in element.iterdescendants() if e.get("itemprop") == "name"), element)
        named.append(plain_text(inside.get("content") or inside.text_content() or ""))
        if what != "author" or len(named) > 5:
            break
    if named:
        yield "; ".join(dict.fromkeys(filter(None, named)))
