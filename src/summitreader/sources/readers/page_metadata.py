"""What a web page says of itself: title, outlet, authors, date, address, language.

Each is taken from where pages declare it, from the most to the least reliable: JSON-LD, `meta` elements, microdata and
microformats, `time` elements, and at last the lines that a reader sees under the headline. What a page says of another
article (a related story, a carousel) is not what it says of itself, and what is doubtful is left out.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, takewhile
from typing import Any
from urllib.parse import urljoin

from summitreader.text import article_words as phrases
from summitreader.text.article_lines import looks_like_names
from summitreader.text.dates import Moment, find_date, is_date_line, is_stamp, read_date

MOST_LINES = 12
"""Pieces of text after a headline that are looked at."""

LONGEST = 90
"""Characters of such a piece."""

MOST_TITLE = 500
"""Characters of a title."""

MOST_SCRIPT = 1_000_000
"""Characters of a script of JSON-LD that is read."""

INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters without width that only say where a word may be parted."""

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

_SILENT = frozenset(("script", "style", "noscript", "template", "button", "select", "form", "nav"))
_INLINE = frozenset(("a", "abbr", "b", "em", "i", "small", "strong", "sub", "sup", "u", "font", "time"))
_PARTS = re.compile(r"\s*[|·•]\s*|\s{3,}")
_OPENS = re.compile(r"(?:by|von|par|por|di|av|door|автор)", re.IGNORECASE)
_KOREAN_DATE = re.compile(r"(?:기사)?(?:입력|등록|승인)\s*(?P<date>\d{4}.{6,18})\Z")
_DATED = re.compile(
    r"(?:(?:first )?(?:published|posted|written)\b|(?:by|von|par|por|di|av|door)\s[^\W\d_]).*\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)|수정|更新|aktualisiert|mis à jour", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:article|posting|report|review)\Z")
_LD_TYPE = re.compile(r"\s*application/ld\+json\s*(?:;|\Z)", re.IGNORECASE)
_WRAPPED = re.compile(r"\A\s*(?:(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?|<!--)|(?:(?://|/\*)?\s*\]\]>(?:\s*\*/)?|-->)\s*\Z")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(?:\d\d)?(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?")
_MARKUP = re.compile(r"</?(?:em|i|b|strong|span|br|u|mark|wbr)\b[^<>]*>", re.IGNORECASE)
_BETWEEN = r"\s*(?:\s[|–—•·»«/\\-]|[|»«•]|::|:|\s<)\s+"
_BY = re.compile(
    r"(?:(?:written|words|story|posted|published|reported|text|analysis|opinion|review|submitted|article)\s+)?"
    r"(?:by|von|por|par|door|av|af|di|da|автор)\s*[:：]?\s+|(?:author|text|foto und text|autor(?:in)?)\s*[:：]\s*",
    re.IGNORECASE,
)
_LABELLED_AUTHOR = re.compile(
    r"(?:words|text|texte?|texto|testo|tekst|reporting|report|story)\s?:\s*([^\W\d_][^,:;|]{3,40})(?:[,;|]|\Z)",
    re.IGNORECASE,
)
_NAMES_APART = re.compile(r"\s*(?:[,;&·•/]|\s(?:and|und|et|y|e|og|och|en|with|mit)\s)\s*")
_AFTER_NAME = re.compile(
    r"\s*(?:[–—(|<@\d]|\s-\s|\s(?:for|in|at|of|on|from|is an?|für|pour|para|per)\s|\b(?:Updated|Published)\b).*\Z",
    re.DOTALL,
)
_ROLE = re.compile(
    r"\b(?:writer|editor|reporter|correspondent|columnist|staff|chief|bureau|producer|contributor|desk|press|news|team|"
    r"photographer|redakt\w*|korrespondent\w*|journalist\w*|agenc\w*|ph\.?d|m\.?d|jr|sr)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """
    admin|administrator|unknown|anonymous|author|authors|editor|editors|editorial|staff|redaktion|redaction|rédaction
    redacción|redazione|redaktionen|redação|webmaster|web|user|guest|root|test|none|null|undefined|nobody|moderator
    contributor|contributors|newsroom|newsdesk|wordpress|superuser|sysadmin|site|online|posted|staff writer|news desk
    staff reporter|editorial staff|editorial team|web desk|news staff|staff report|staff reports|web admin|site admin
    super user|guest author|guest writer
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
"""What pages give as their author where it is nobody."""


_AUTHOR_CLASS = re.compile(r"(?:\A|\s)(?:authors?|author-?_?name|byline__?name|p-author|fn)(?:\s|\Z)", re.IGNORECASE)
_BYLINE_CLASS = re.compile(
    r"byline|(?:\A|[\s_-])author(?:s|-?_?name|-?_?link)?(?:[\s_-]|\Z)|writer-?name", re.IGNORECASE
)
_DATE_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:date(?:line)?|timestamp|published|(?:pub|publish|post|entry)-?date|posted-?on)(?:[\s_-]|\Z)",
    re.IGNORECASE,
)
_SCRIPTED_DATE = re.compile(
    r"[\"']?\b(?:date_?published|publish(?:ed)?_?(?:date|time|at)|pub_?date|publication_?date|first_?published)[\"']?"
    r"\s*[:=]\s*[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
_UPDATED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)
_FURNITURE = re.compile(
    r"comment|related|sidebar|footer|bio\b|author-?_?(?:bio|box|info|desc|about|avatar|image|social|email)|(?<!v)card|teaser|"
    r"recommend|widget|popular|promo|more-?(?:from|stories)",
    re.IGNORECASE,
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
    headings = [words for h in islice(tree.iter("h1"), 10) if (words := _words(h))]
    page_title = next((words for t in tree.iter("title") if (words := _words(t))), None)
    canonical = next((e.get("href") for e in tree.iterfind(".//link[@rel='canonical']") if e.get("href")), None)
    base = url or address
    addresses = [_address(a, base) for a in (canonical, *_values(metas, "url"))]
    titles = [t[:MOST_TITLE] for t in (*headings[:3], *_values(metas, "title"), page_title) if t]
    article = _own_article(_objects(tree), titles, [a for a in (url, address, *addresses) if a])

    outlet = _first((*_names(article.get("publisher"))[:1], *_values(metas, "outlet"), *_item(tree, "publisher")))
    title = _title(article, titles, metas, tree, headings, page_title)
    if title is not None:
        title = title[:MOST_TITLE]
        title, named = _without_outlet(title, outlet, titles, _host(url or address or _first(addresses)))
        outlet = outlet or named
    known = [("author", value) for value in _authors(tree, article, metas)]
    beside = list(lines_after_headline(tree, title or "")) if title else []
    known += list(beside_headline(beside))
    author = next((name for key, v in known if key == "author" and (name := clean_author(v, outlet))), None)
    dates = [*_dates(tree, article, metas), *(value for key, value in known if key == "published")]
    languages = (article.get("inLanguage"), *_values(metas, "language"), tree.get("lang"))
    return PageMetadata(
        title=title,
        outlet=outlet or next((value for key, value in known if key == "outlet"), None),
        author=author,
        published=next((day for value in dates if (day := read_stamp(value))), None) or _any_date(tree),
        url=url or _first((*addresses, _address(article.get("url"), base), address)),
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


def read_stamp(value: Any) -> str | None:
    """The moment in ISO 8601 that a machine's or a person's date says, and only where it can be read one way."""
    text = INVISIBLE.sub("", html.unescape(str(value if value is not None else ""))).strip()
    if re.fullmatch(r"1\d{9}(?:\.\d+)?|1\d{12}", text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M+00:00")
    packed = _PACKED.fullmatch(text)
    if packed:
        year, month, day, hour, minute, zone = packed.groups()
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}{zone or ''}" if hour else "")
    text = re.sub(r"\s*\([^)]*\)\Z", "", text)
    text = re.sub(r"(?<=\d)(?=[A-Z]{3,4}\Z)", " ", text)
    moment = read_date(text)
    if moment is None and (iso := re.match(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)", text)):
        moment = read_date(iso[0])
    if moment is None and len(text) <= 60:
        moment = _only_date(text)
    return moment.iso() if moment is not None else None


def clean_author(value: str, outlet: str | None = None) -> str | None:
    """The names in what is given as a page's author, without "By" and what the person is; None where there is none."""
    text = " ".join(INVISIBLE.sub("", _plain_text(value)).split()).strip(" ,;|–—-")
    text = _BY.sub("", text, count=1) if _BY.match(text) else text
    if not text or re.match(r"https?://|www\.|@", text) or len(text) > 300:
        return None
    names = []
    for part in _NAMES_APART.split(text):
        name = _AFTER_NAME.sub("", _BY.sub("", part) if _BY.match(part) else part).strip(" .,:;-–—")
        if _is_person(name) and _plain(name) != _plain(outlet):
            names.append(name.title() if name.isupper() and name.isascii() else name)
    if names:
        return ", ".join(dict.fromkeys(names))
    nobody = _plain(text) in (*_NOBODY, _plain(outlet), "") or not any(map(str.isalpha, text))
    address = "@" in text or "." in text.split()[-1][1:-1]
    sentence = re.search(r"[^\W\d_]{3,}[.!?]\Z|:\Z", text) is not None
    return None if nobody or address or sentence or len(text) > 80 else text


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and looks_like_names(name) and not _ROLE.search(name) and _plain(name) not in _NOBODY


def _plain_text(value: str) -> str:
    """A value without the markup and the entities that some pages leave in it, even twice."""
    for _ in range(2):
        value = html.unescape(value)
    return " ".join(INVISIBLE.sub("", _MARKUP.sub("", value)).split())


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _words(element: Any) -> str:
    return " ".join(INVISIBLE.sub("", element.text_content()).split())


def _plain(text: str | None) -> str:
    return re.sub(r"\W+", " ", text or "").strip().lower()


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
                said.setdefault(name.strip().lower(), []).append(_plain_text(content))
    return said


def _values(metas: dict[str, list[str]], key: str) -> list[str]:
    """The values of a field, the better first; several authors of one name are one value."""
    found = [metas[name] for name in META[key] if name in metas]
    if key == "author":
        return ["; ".join(dict.fromkeys(map(_in_order, values))) for values in found]
    return [values[0] for values in found]


def _in_order(name: str) -> str:
    """`First Last` of `Last, First`, as catalogues write one name."""
    parts = re.fullmatch(r"([^\W\d_][\w'’-]*), ([^\W\d_][\w.'’ -]*)", name)
    return f"{parts[2]} {parts[1]}" if parts and len(parts[2].split()) <= 2 and not _ROLE.search(name) else name


def _objects(tree: Any) -> list[dict[str, Any]]:
    """The objects of all JSON-LD of a page, with references by `@id` resolved as far as authors and outlet need it."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if _LD_TYPE.match(script.get("type") or ""):
            for data in _lenient_json((script.text or "")[:MOST_SCRIPT]):
                found += islice(_nested(data, 0), 500)
    by_id = {item["@id"]: item for item in found if isinstance(item.get("@id"), str) and len(item) > 1}
    for item in found:
        for key in ("author", "publisher", "creator"):
            values = item.get(key) if isinstance(item.get(key), list) else [item.get(key)]
            if any(isinstance(v, dict) and "name" not in v and v.get("@id") in by_id for v in values or ()):
                item[key] = [by_id.get(v.get("@id"), v) if isinstance(v, dict) else v for v in values or ()]
    return found


def _lenient_json(text: str) -> Iterator[Any]:
    """The values in a script: as browsers take it, also in CDATA or a comment, with a comma or a word too many."""
    for _ in range(2):
        text = _WRAPPED.sub("", text).strip()
    decoder = json.JSONDecoder(strict=False)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        at, found = 0, []
        while (begins := re.compile(r"[\[{]").search(attempt, at)) is not None:
            try:
                value, at = decoder.raw_decode(attempt, begins.start())
            except (ValueError, RecursionError):
                break
            found.append(value)
        if found:
            yield from found
            return


def _nested(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and depth < 6:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _nested(data.get(key), depth + 1)
    elif isinstance(data, list) and depth < 6:
        for item in data[:100]:
            yield from _nested(item, depth + 1)


def _kinds(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [re.sub(r"\A(?:https?://schema\.org/|schema:)", "", k.strip()).lower() for k in kinds if isinstance(k, str)]


def _own_article(objects: list[dict[str, Any]], titles: list[str], addresses: list[str]) -> dict[str, Any]:
    """The object that describes the article of this page: by address, by headline, or because there is only one."""
    articles = [item for item in objects if any(map(_ARTICLE.search, _kinds(item)))]
    where = {_key(address) for address in addresses}
    named = {_plain(title) for title in titles}
    for item in articles:
        page = item.get("mainEntityOfPage")
        page = page.get("@id") if isinstance(page, dict) else page
        if any(isinstance(a, str) and _key(a) in where for a in (item.get("url"), item.get("@id"), page)):
            return item
    for item in articles:
        if any(_plain(_plain_text(t)) in named for t in (item.get("headline"), item.get("name")) if isinstance(t, str)):
            return item
    likely = [(_alike(item, titles), item) for item in articles]
    if len(articles) == 1:
        likeness, item = likely[0]
        elsewhere = where and isinstance(item.get("url"), str) and _key(item["url"]) not in where
        if likeness is None or likeness >= (0.5 if elsewhere else 0.25):
            return item
    elif likely and (best := max(likely, key=lambda pair: pair[0] or 0.0))[0] is not None and (best[0] or 0) >= 0.5:
        return best[1]
    if not articles:
        return next((item for item in objects if "webpage" in _kinds(item) and item.get("datePublished")), {})
    return {}


def _key(address: str) -> str:
    """An address without what two spellings of it differ in."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", re.sub(r"[?#].*", "", address.strip().lower())).rstrip("/")


def _alike(item: dict[str, Any], titles: list[str]) -> float | None:
    """The share of the words of an object's headline that the page's title has; None where one has no headline."""
    own = [set(_plain(_plain_text(t)).split()) for t in (item.get("headline"), item.get("name")) if isinstance(t, str)]
    shares = [
        len(words & others) / min(len(words), len(others))
        for words in own
        for title in titles
        if words and (others := set(_plain(title).split()))
    ]
    return max(shares) if shares else None


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [_plain_text(value)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [name for item in value[:50] for name in _names(item)] if isinstance(value, list) else []


def _title(
    article: dict[str, Any],
    titles: list[str],
    metas: dict[str, list[str]],
    tree: Any,
    headings: list[str],
    page_title: str | None,
) -> str | None:
    said = [_plain_text(t) for t in (article.get("headline"), article.get("name")) if isinstance(t, str) and t.strip()]
    if len(said) == 2 and any(map(_ARTICLE.search, _kinds(article))):
        on_page = [_plain(t) for t in titles]
        said.sort(key=lambda t: not any(_plain(t) == other or other.startswith(_plain(t) + " ") for other in on_page))
    elif said and "webpage" in _kinds(article):
        said = []
    return _first((*said[:1], *_values(metas, "title"), *_item(tree, "headline"), *headings[:1], page_title))


def _without_outlet(title: str, outlet: str | None, titles: list[str], host: str) -> tuple[str, str | None]:
    """`title` without the outlet's name before or after it, and this name where only the title tells it."""
    plain_host = re.sub(r"\W|_", "", host)
    segments = re.split(_BETWEEN, title)
    at = next((n for n, part in enumerate(segments) if outlet and _plain(part) == _plain(outlet)), None)
    if at is not None and len(segments) > 2:
        return title[: title.index(segments[at])].rstrip(" |–—•·»«/\\-:<") if at else segments[1].strip(), None
    for found in reversed(list(re.finditer(_BETWEEN, title))):
        for head, name in (
            (title[: found.start()], title[found.end() :]),
            (title[found.end() :], title[: found.start()]),
        ):
            name = name.strip(" >»")
            letters = _plain(name).replace(" ", "")
            if not head.strip() or not letters:
                continue
            if outlet is not None and letters in (_plain(outlet).replace(" ", ""), re.sub(r"\W", "", host)):
                return head.strip(), None
            by_host = len(letters) >= 4 and letters in plain_host
            elsewhere = any(_plain(other) == _plain(head) for other in titles)
            if by_host and (elsewhere or len(name.split()) <= 4) and len(head.split()) > 1:
                return head.strip(), name if outlet is None else None
    return title, None


def _authors(tree: Any, article: dict[str, Any], metas: dict[str, list[str]]) -> Iterator[str]:
    """Candidates for the authors, the better first."""
    said = [value for key in ("author", "creator") for value in _listed(article.get(key))]
    people = [value for value in said if not (isinstance(value, dict) and "organization" in " ".join(_kinds(value)))]
    if names := [name for value in people for name in _names(value)]:
        yield "; ".join(dict.fromkeys(names))
    yield from _values(metas, "author")
    yield from _item(tree, "author")
    for wanted in (_is_author_element, _is_byline_element):
        named: list[str] = []
        for element in tree.iter("a", "span", "div", "p", "address", "li", "h4", "h5", "h6", "strong"):
            if wanted(element) and not _in_furniture(element):
                words = _words(element)
                if 3 <= len(words) <= 100 and words not in named:
                    named.append(words)
            if len(named) >= 4:
                break
        if named:
            yield named[0] if any(map(_BY.match, named[:1])) else "; ".join(n for n in named if n not in named[0][1:])


def _listed(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [value]


def _is_author_element(element: Any) -> bool:
    classes = element.get("class") or ""
    return "author" in (element.get("rel") or "").lower().split() or _AUTHOR_CLASS.search(classes) is not None


def _is_byline_element(element: Any) -> bool:
    return _BYLINE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _in_furniture(element: Any) -> bool:
    for n, one in enumerate((element, *element.iterancestors())):
        if n > 8 or one.tag in ("body", "main"):
            return False
        if _is_furniture(one):
            return True
    return False


def _is_furniture(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("aside", "footer", "nav") or _FURNITURE.search(names) is not None


def _item(tree: Any, what: str) -> Iterator[str]:
    """Values of microdata: of the page's first article, or of the page itself."""
    scopes = tree.xpath("//*[@itemscope][contains(@itemtype, 'Article') or contains(@itemtype, 'Posting')]")[:1]
    named = []
    for element in (scopes or [tree])[0].iterdescendants():
        if not isinstance(element.tag, str) or what not in (element.get("itemprop") or "").split():
            continue
        inside = next((e for e in element.iterdescendants() if e.get("itemprop") == "name"), element)
        named.append(_plain_text(inside.get("content") or inside.text_content() or ""))
        if what != "author" or len(named) > 5:
            break
    if named:
        yield "; ".join(dict.fromkeys(filter(None, named)))


def _dates(tree: Any, article: dict[str, Any], metas: dict[str, list[str]]) -> Iterator[str]:
    """Candidates for the day of publication, the better first."""
    for key in ("datePublished", "dateCreated"):
        value = article.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str | int | float):
            yield str(value)
    yield from _values(metas, "published")
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate or @property='schema:datePublished' or "
        "@property='datePublished']"
    ):
        yield element.get("content") or element.get("datetime") or element.get("title") or _words(element)[:60]
    times = [time for time in tree.iter("time", "abbr") if not _in_furniture(time)]
    for wanted in (r"publish|entry-date|pubdate|post-date|created", r"\bdate"):
        for time in times:
            classes = (time.get("class") or "").replace("published updated", "published")
            if re.search(wanted, classes, re.IGNORECASE) and not _UPDATED_CLASS.search(classes):
                yield _stamp_of(time)
    said = [
        time
        for time in times
        if time.tag == "time"
        and not _UPDATED_CLASS.search(time.get("class") or "")
        and not _UPDATED.match(words_before(time).strip())
    ]
    inside = [time for time in said if any(a.tag == "article" for a in time.iterancestors())]
    for group in (inside, said):
        days = {(read_stamp(_stamp_of(time)) or "")[:10] for time in group} - {""}
        if len(days) == 1:
            yield from map(_stamp_of, group)
    yield from _marked_dates(tree)


def _marked_dates(tree: Any) -> Iterator[str]:
    """What stands in elements, attributes and scripts whose names say that it is the day of publication."""
    for element in tree.iter("span", "div", "p", "li"):
        classes = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _DATE_CLASS.search(classes) and not _UPDATED_CLASS.search(classes) and not _in_furniture(element):
            words = _words(element)
            if 6 <= len(words) <= 60:
                yield words
    attributes = ("data-published", "data-datetime", "data-date", "data-pubdate", "data-timestamp", "data-time")
    for element in tree.xpath(f"//body//*[{' or '.join('@' + name for name in attributes)}]")[:50]:
        if not _in_furniture(element):
            yield from (element.get(name) for name in attributes if element.get(name))
    scripts = [(e.text or "")[:MOST_SCRIPT] for e in tree.iter("script") if not _LD_TYPE.match(e.get("type") or "")]
    scripted = {value[:10]: value for script in scripts for value in _SCRIPTED_DATE.findall(script)}
    yield from scripted.values() if len(scripted) == 1 else ()


def _any_date(tree: Any) -> str | None:
    """Of the page without its furniture: the only day that a line says and nothing else, or what htmldate finds."""
    from htmldate import find_date as find_any_date

    rest = deepcopy(tree)
    for element in list(rest.iter()):
        is_other = _is_furniture(element) or _UPDATED_CLASS.search(element.get("class") or "")
        if (
            element.tag not in ("html", "head", "body")
            and (is_other or element.tag == "script" or _says_updated(element))
            and element.getparent() is not None
        ):
            element.drop_tree()
    days: set[str] = set()
    for element in rest.iter():
        if isinstance(element.tag, str) and len(element) <= 2:
            words = " ".join([element.text or "", *(child.tail or "" for child in element)]).strip()
            if len(words) <= LONGEST and (is_date_line(words) or is_stamp(words)):
                days.add(read_stamp(words) or "")
    if len(days - {""}) == 1:
        return max(days)
    try:
        day: str | None = find_any_date(rest, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return None if day is None or day.endswith("-01-01") else day  # of a year alone, as in "© 2025"


def _says_updated(element: Any) -> bool:
    return _UPDATED.match((element.text or "").strip()) is not None or (
        element.tag in ("time", "span") and _UPDATED.match(words_before(element).strip()) is not None
    )


def _stamp_of(element: Any) -> str:
    return element.get("datetime") or element.get("title") or _words(element)[:60]


def words_before(element: Any) -> str:
    """The text between an element and what is before it in its parent, or this where there is none."""
    previous = element.getprevious()
    if previous is not None:
        return str(previous.tail or previous.text_content() or "")
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def beside_headline(lines: list[str], opening: str = "") -> Iterator[tuple[str, str]]:
    """`(field, value)` for each of the lines after a headline, down to the paragraph that begins with `opening`.

    Only in the forms in which pages write such lines, and a date only where no other day is there.
    """
    days: set[str] = set()
    moments: list[str] = []
    start = _plain(opening)[:40]
    for line in takewhile(lambda line: len(line) < 140 and (not start or not _plain(line).startswith(start)), lines):
        for part in (piece.strip(" \xa0-–—,") for piece in _PARTS.split(line.replace("\xa0", "   "))):
            if not part or len(part) > LONGEST:
                continue
            if is_date_line(part) or _KOREAN_DATE.match(part) is not None or _DATED.match(part) is not None:
                moment = read_date(part) or _only_date(part)
                if moment is not None and moment.iso() and not _UPDATED.match(part):
                    moments.append(moment.iso() or "")
                    days.add(moments[-1][:10])
                if not is_date_line(part):
                    yield from _named(part)
            else:
                yield from _named(part)
    if len(days) == 1:
        yield "published", max(moments, key=len)


def _only_date(words: str) -> Moment | None:
    """The one date in `words`; None where there are several."""
    found = find_date(words)
    return found[0] if found is not None and find_date(words[found[2] :]) is None else None


def _named(part: str) -> Iterator[tuple[str, str]]:
    field = phrases.FIELD.fullmatch(part)
    meaning = phrases.FIELDS.get(field["key"].strip().lower()) if field is not None else None
    if field is not None and meaning in ("outlet", "author") and looks_like_names(field["value"].strip()):
        yield meaning, field["value"].strip()
        return
    labelled = _LABELLED_AUTHOR.match(part)
    if labelled is not None and looks_like_names(labelled[1]):
        yield "author", labelled[1].strip()
        return
    byline = phrases.BYLINE.match(part)
    if byline is not None:
        name = re.split(r"\s*[,/–—]\s*|\s+(?:in|for|und|and)\s+(?=[a-z])", part[byline.end() :])[0].strip()
        if looks_like_names(name) and 2 <= len(name.split()) <= 5:
            yield "author", name
        return
    asian = phrases.CJK_BYLINE.fullmatch(part)
    if asian is not None and asian["ko"]:
        yield "author", asian["ko"].strip()


def lines_after_headline(tree: Any, title: str) -> Iterator[str]:
    """The first pieces of text after the headline, one a block; "By" alone goes with what follows."""
    return islice(_pieces(tree, title), MOST_LINES)


def _pieces(tree: Any, title: str) -> Iterator[str]:
    from lxml import etree

    wanted = _plain(title)
    head = next((h for h in tree.iter("h1", "h2", "h3") if _plain(h.text_content()) == wanted), None)
    if head is None:
        return
    passed = False
    silent = 0
    piece = ""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            silent -= element.tag in _SILENT
        words_of_it = " ".join(piece.split())
        if element.tag not in _INLINE and words_of_it and not _OPENS.fullmatch(words_of_it):
            yield words_of_it
            piece = ""
        passed = passed or (event == "end" and element is head)
        if passed and not silent and not (event == "start" and element.tag in _SILENT):
            piece += (element.text if event == "start" else element.tail) or ""
        if event == "start":
            silent += element.tag in _SILENT
