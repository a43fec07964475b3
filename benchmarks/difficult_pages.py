"""Difficult pages with what is right for each: `python benchmarks/difficult_pages.py OUT [--seed N]`.

Writes pages in the manners that readers of saved pages get wrong, and `ground-truth.json`, for `benchmarks/sources.py`.
Each page has its date in another place or language, its author in another form, or text that is easily lost; beside it
stand other dates, names and stories, which are not its own.
"""

# ruff: noqa: E501, the markup of each manner stands on a line of its own

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path

FIRST = [
    "Anna",
    "Jonas",
    "Maria",
    "Erland",
    "Ruth",
    "Karim",
    "Ingrid",
    "Thomas",
    "Leila",
    "Oskar",
    "Nadia",
    "Philip",
    "Greta",
    "Samuel",
    "Tove",
    "Hugo",
]
LAST = [
    "Berg",
    "Amdahl",
    "Okafor",
    "Lindqvist",
    "Haddad",
    "Moreau",
    "Castell",
    "Novak",
    "Ferrante",
    "O’Dell",
    "Vance",
    "Szabo",
    "Ilves",
    "Thorne",
]
OUTLETS = ("The Aldermere Post", "Harbour Herald", "Kustnytt", "Nordwind Zeitung", "La Côte Libre", "Port Gazette")
SUBJECTS = ("The harbour board", "A night ferry", "The town council", "The sea wall", "A lighthouse", "The old quay")
VERBS = ("closes", "opens again", "is sold", "splits the town", "loses its case", "waits for money")
SENTENCES = (
    "The vote on Tuesday was seven to four, after a debate that went on until midnight.",
    "Nobody in the hall had expected the chair to change sides, least of all her own party.",
    "The repairs will cost some 4.5 million, of which the state has promised to pay a half.",
    "“We waited for this for eleven years,” said a man who runs the fish shop by the steps.",
    "Engineers found cracks in the foundations in the spring, and the crane was taken down in June.",
    "Those who live above the slipway say that the noise keeps their children awake.",
    "A report that was kept under lock until this week calls the damage preventable.",
    "The ferry company answered none of the questions that were put to it in writing.",
    "In the winter of that year a storm took away the steps and a part of the railing.",
    "Work is to begin once the last herring boats have found a berth on the other side.",
    "The opposition wants the accounts of the harbour fund to be opened to all.",
    "What happens to the two hundred people who work there has not been decided.",
)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}
SAID = {
    "en": "Published on {d} {m} {y}", "de": "Veröffentlicht am {d}. {m} {y}, 18:30 Uhr", "fr": "Publié le {d} {m} {y} à 18h30",
    "es": "Publicado el {d} de {m} de {y}", "it": "Pubblicato il {d} {m} {y}", "pt": "{d} de {m} de {y} às 10h12",
    "nl": "{d} {m} {y} om 09:15", "sv": "Publicerad {d} {m} {y}", "pl": "{d} {m} {y}, 12:00", "ru": "{d} {m} {y}, 14:05",
    "tr": "{d} {m} {y} 11:20", "cs": "{d}. {m} {y}", "da": "{d}. {m} {y} kl. 08.30", "id": "{d} {m} {y} 07:00 WIB",
}  # fmt: skip


class Writer:
    """Invents what pages are made of, each differently."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.count = 0

    def name(self) -> str:
        return f"{self.rng.choice(FIRST)} {self.rng.choice(LAST)}"

    def day(self) -> date:
        return date(2016, 1, 13) + timedelta(days=self.rng.randrange(3000))

    def title(self) -> str:
        self.count += 1
        return f"{self.rng.choice(SUBJECTS)} {self.rng.choice(VERBS)} for the {self.count}th time"

    def paragraphs(self, count: int = 7) -> list[str]:
        return [" ".join(self.rng.sample(SENTENCES, 3)) for _ in range(count)]


def said(day: date, language: str = "en") -> str:
    month = MONTHS[language].split()[day.month - 1]
    return SAID[language].format(d=day.day, m=month, y=day.year)


def us(day: date) -> str:
    return f"{MONTHS['en'].split()[day.month - 1]} {day.day}, {day.year}"


def page(w: Writer, title: str, body: str, *, head: str = "", under: str = "", after: str = "", lang: str = "en",
         doc_title: str | None = None, above: str = "") -> str:  # fmt: skip
    related = "".join(
        f'<li class="card"><a href="/x{n}">{w.title()}</a> <span class="date">{us(w.day())}</span> '
        f'<span class="author">{w.name()}</span></li>'
        for n in range(3)
    )
    comments = "".join(
        f'<div class="comment"><span class="author">{w.name()}</span> <span class="date">{us(w.day())}</span>'
        f"<p>I do not believe a word of it, and nobody else here does.</p></div>"
        for _ in range(2)
    )
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(doc_title or title)}</title>{head}'
        f'</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>{above}'
        f"<main><article><h1>{escape(title)}</h1>{under}<div class='body'>{body}</div></article></main>{after}"
        f'<aside class="related"><h3>Related</h3><ul>{related}</ul></aside><section id="comments"><h3>Comments</h3>'
        f"{comments}</section><footer>© 2025 All rights reserved. <a href='/terms'>Terms</a></footer></body></html>"
    )


def ps(paragraphs: list[str]) -> str:
    return "".join(f"<p>{escape(p, quote=False)}</p>\n" for p in paragraphs)


def dated(w: Writer) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Pages by where their date is."""

    def made(name: str, day: date | None, **more: str) -> tuple[str, str, dict[str, str]]:
        title, body = w.title(), w.paragraphs()
        right = {"title": title, "articleBody": "\n".join(body)} | ({"date": day.isoformat()} if day else {})
        return f"date-{name}", page(w, title, ps(body), **more), right

    def ld(value: object) -> str:
        return f'<script type="application/ld+json">{json.dumps(value)}</script>'

    d = w.day()
    graph = [
        {"@type": "WebSite"},
        {"@type": ["NewsArticle"], "datePublished": f"{d}T08:00:00Z", "dateModified": "2025-09-09"},
    ]
    yield made("ld-graph", d, head=ld({"@context": "https://schema.org", "@graph": graph}))
    for key in ("article:published_time", "og:published_time", "datePublished", "DC.date.issued", "parsely-pub-date",
                "sailthru.date", "publish-date", "pubdate", "citation_publication_date", "dcterms.created"):  # fmt: skip
        d = w.day()
        value = w.rng.choice((f"{d}T10:00:00+02:00", f"{d}", f"{d:%Y/%m/%d}", f"{d:%a, %d %b %Y 10:00:00 GMT}"))
        kind = "property" if ":" in key else "name"
        yield made(f"meta-{key.replace(':', '-')}", d, head=f'<meta {kind}="{key}" content="{value}">')
    for language in MONTHS:
        d = w.day()
        yield made(f"line-{language}", d, under=f"<p>{said(d, language)}</p>", lang=language)
        d = w.day()
        yield made(
            f"class-{language}",
            d,
            under=f'<div class="post-meta"><span>{said(d, language)}</span></div>',
            lang=language,
        )
    forms = (
        ("time", '<time datetime="{d}T07:00:00">{u}</time>'),
        ("time-words", "<time>{u}</time>"),
        ("time-title", '<time title="{u}">3 years ago</time>'),
        ("abbr", '<abbr class="published" title="{d}T07:00:00">a while ago</abbr>'),
        ("updated-too", '<time class="updated" datetime="2025-09-01">1 Sep 2025</time><time class="published" datetime="{d}">x</time>'),
        ("last-updated", '<p>Last updated: <time datetime="2025-09-01">1 September 2025</time>. First published: <time datetime="{d}">{u}</time></p>'),
        ("epoch", '<span class="timestamp" data-epoch="1" data-date="{d}">{u} at 5:02 pm</span>'),
        ("data", '<div class="meta" data-published="{d}T10:00:00Z">Some time ago</div>'),
        ("data-time", '<span class="ago" data-datetime="{d} 10:00">3 y</span>'),
        ("by-on", '<p class="byline">By {n} on {u}</p>'),
        ("posted", "<div>Posted on {w}, {u} by {n}</div>"),
        ("bars", "<div>{n} | {u} | 5:02 pm EST</div>"),
        ("slash", '<div class="date">{d:%Y/%m/%d}</div>'),
        ("dots", '<div class="date">{d:%d.%m.%Y}</div>'),
        ("short", "<div>{d:%d %b %Y}</div>"),
        ("short-us", "<div>{d:%b %d, %Y}</div>"),
        ("ordinal", "<div>{w} {d.day}th {d:%B} {d.year}</div>"),
        ("iso", "<span>{d} 14:03</span>"),
        ("ja", "<span>{d.year}年{d.month}月{d.day}日 14時03分</span>"),
        ("ko", "<span>입력 {d.year}.{d.month:02}.{d.day:02}. 오전 10:02</span>"),
        ("hu", "<span>{d.year}. március {d.day}. 10:00</span>"),
        ("microdata", '<span itemprop="datePublished" content="{d}">once</span>'),
        ("rdfa", '<span property="schema:datePublished" content="{d}T10:00">once</span>'),
        ("list", "<ul class='info'><li>{n}</li><li>{u}</li><li>4 min read</li></ul>"),
        ("table", "<table><tr><td>Date:</td><td>{u}</td></tr><tr><td>Author:</td><td>{n}</td></tr></table>"),
        ("upper", "<p>{w}, {u} 12:01 AM</p>"),
    )  # fmt: skip
    for name, form in forms:
        d = w.day()
        d = d.replace(month=3) if name == "hu" else d
        d = d.replace(day=max(13, min(28, d.day))) if name in ("dots", "ordinal") else d
        under = form.format(d=d, u=us(d), n=w.name(), w=f"{d:%A}")
        yield made(name, d, under=under.upper() if name == "upper" else under)
    d = w.day()
    yield made("below", d, after=f"<p>First published {d.day} {d:%B} {d.year}.</p>")
    d = w.day()
    yield made(
        "address", d, head=f'<link rel="canonical" href="https://port-gazette.example/{d:%Y/%m/%d}/the-quay.html">'
    )
    d = w.day()
    yield made(
        "address-joined",
        d,
        head=f'<link rel="canonical" href="https://port-gazette.example/news/{d:%Y-%m-%d}-the-quay">',
    )
    d = w.day()
    yield made(
        "script", d, after=f'<script>window.page = {{"section":"news","publishDate":"{d}T06:00:00Z","id":4}};</script>'
    )
    d = w.day()
    yield made("above", d, above=f"<div class='bar'>{us(d)}</div>")
    for name, other in (("related-ld", {"@type": "NewsArticle", "headline": "Quite another story of cows", "url": "https://x.example/cows", "datePublished": "2024-02-02"}),):  # fmt: skip
        d = w.day()
        yield made(name, d, head=ld(other), under=f"<p>{us(d)}</p>")


def signed(w: Writer) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Pages by how their author is given."""
    forms = (
        ("by", "<p>By {n}</p>", ""),
        ("by-upper", "<p>BY {N}</p>", ""),
        ("by-two", "<p>By {n} and {m}</p>", ""),
        ("by-agency", "<p class='byline'>By {n}, Staff Writer</p>", ""),
        ("by-paper", "<p class='byline'>By {n} | {o}</p>", ""),
        ("von", "<p>Von {n}</p>", ""),
        ("par", "<p class='auteur'>Par {n}</p>", ""),
        ("por", "<p class='firma'>Por {n}</p>", ""),
        ("rel", '<p><a rel="author" href="/a">{n}</a></p>', ""),
        ("itemprop", '<span itemprop="author" itemscope><span itemprop="name">{n}</span></span>', ""),
        ("vcard", '<span class="vcard"><a class="fn" href="/a">{n}</a></span>', ""),
        ("meta", "", '<meta name="author" content="{n}">'),
        ("meta-by", "", '<meta name="author" content="By {n}">'),
        ("meta-admin", "<p>By {n}</p>", '<meta name="author" content="admin">'),
        ("meta-outlet", "<p class='byline'>{n}</p>", '<meta name="author" content="{o}"><meta property="og:site_name" content="{o}">'),
        ("meta-address", "<p>By {n}</p>", '<meta property="article:author" content="https://social.example/{s}">'),
        ("ld", "", '<script type="application/ld+json">{{"@type":"NewsArticle","author":[{{"@type":"Person","name":"{n}"}}]}}</script>'),
        ("ld-two", "", '<script type="application/ld+json">{{"@type":"Article","author":[{{"name":"{n}"}},{{"name":"{m}"}}]}}</script>'),
        ("ld-related", "<p>By {n}</p>", '<script type="application/ld+json">{{"@type":"Article","headline":"Cows","url":"https://x.example/c","author":"{m}"}}</script>'),
        ("ld-org", "<div class='author-name'>{n}</div>", '<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"@type":"Organization","name":"{o}"}}}}</script>'),
        ("written", "<div>Written by {n}</div>", ""),
        ("words", "<div>Words: {n} · Photographs: {m}</div>", ""),
        ("bold", "<p><strong>{n}</strong>, Harbour correspondent</p>", ""),
        ("date-too", "<p>By {n} — 4 March 2022, 10:12</p>", ""),
        ("link-class", "<div class='article__byline'>by <a href='/staff/1'>{n}</a></div>", ""),
        ("twitter", "<p class='byline'>By {n} @{s}</p>", ""),
        ("mail", "<p class='byline'>{n} ({s}@harbour.example)</p>", ""),
        ("special", "<p>By {n}<br>Special to {o}</p>", ""),
        ("dc", "", '<meta name="dc.creator" content="{n}">'),
        ("reversed", "", '<meta name="citation_author" content="{l}, {f}">'),
        ("autor", "<p>Autor: {n}</p>", ""),
        ("text", "<p>Text: {n}, Foto: {m}</p>", ""),
    )  # fmt: skip
    for name, under, head in forms:
        n, m = w.name(), w.name()
        while m == n:
            m = w.name()
        values = {"n": n, "m": m, "N": n.upper(), "o": w.rng.choice(OUTLETS), "s": n.split()[0].lower(),
                  "f": n.split()[0], "l": n.split()[1]}  # fmt: skip
        title, body = w.title(), w.paragraphs()
        right = {"title": title, "author": f"{n}, {m}" if "two" in name else n, "articleBody": "\n".join(body)}
        made = page(w, title, ps(body), under=under.format(**values), head=head.format(**values))
        yield f"author-{name}", made, right


def worded(w: Writer) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Pages whose text is easily lost."""
    for name in (
        "br",
        "comments",
        "table",
        "hidden",
        "divs",
        "pre",
        "bare",
        "lists",
        "spans",
        "nested",
        "quote",
        "figure",
    ):
        title, body = w.title(), w.paragraphs()
        right = {"title": title}
        html = ps(body)
        if name == "br":
            html = f"<div>{'<br><br>'.join(body)}</div>"
        elif name == "comments":
            html = "".join(f"<p>{p[:60]}<!-- ad slot -->{p[60:120]}<?php x ?>{p[120:]}</p>" for p in body)
        elif name == "table":
            rows = "".join(f"<tr><td>Berth {n}</td><td>{40 + n} metres</td></tr>" for n in range(3))
            html = ps(body[:3]) + f"<table>{rows}</table>" + ps(body[3:])
            body = [*body[:3], *(f"Berth {n} {40 + n} metres" for n in range(3)), *body[3:]]
        elif name == "hidden":
            html = (
                ps(body[:4])
                + "<p hidden>You must log in to read on here today.</p><p><del>Eight</del> Seven won.</p>"
                + ps(body[4:])
            )
            body = [*body[:4], "Seven won.", *body[4:]]
        elif name == "divs":
            html = "".join(f"<div>{p}</div>" for p in body)
        elif name == "pre":
            html = ps(body[:3]) + "<pre>quay = 4\nwall = 7</pre>" + ps(body[3:])
            body = [*body[:3], "quay = 4 wall = 7", *body[3:]]
        elif name == "bare":
            html = ps(body[:3]) + body[3] + ps(body[4:])
        elif name == "lists":
            html = ps(body[:3]) + "<ul><li>The north quay</li><li>The steps</li></ul>" + ps(body[3:])
            body = [*body[:3], "The north quay", "The steps", *body[3:]]
        elif name == "spans":
            html = "".join(f"<p><span>{p[:50]}</span><span>{p[50:]}</span></p>" for p in body)
        elif name == "nested":
            html = "<div><section><div>" + "</div><div>".join(f"<p>{p}</p>" for p in body) + "</div></section></div>"
        elif name == "quote":
            html = ps(body[:3]) + f"<blockquote><p>{body[3]}</p></blockquote>" + ps(body[4:])
        elif name == "figure":
            html = (
                ps(body[:3])
                + "<figure><img src='a.jpg'><figcaption>The quay in May.</figcaption></figure>"
                + ps(body[3:])
            )
        right["articleBody"] = "\n".join(body)
        yield f"text-{name}", page(w, title, html), right


def titled(w: Writer) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Pages whose title has the outlet in it."""
    for form in ("{t} | {o}", "{t} - {o}", "{o}: {t}", "{t} — {o} — News", "{t} » {o}", "{o} | {t}"):
        title, outlet, body = w.title(), w.rng.choice(OUTLETS), w.paragraphs()
        head = f'<meta property="og:title" content="{form.format(t=title, o=outlet)}"><meta property="og:site_name" content="{outlet}">'
        right = {"title": title, "articleBody": "\n".join(body)}
        yield f"title-{len(form)}-{form[1]}{form[3:6].strip()}".replace("|", "bar"), page(w, title, ps(body), head=head, doc_title=form.format(t=title, o=outlet)), right  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=18)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    writer, truth = Writer(arguments.seed), {}
    for name, html, right in (*dated(writer), *signed(writer), *worded(writer), *titled(writer)):
        (arguments.out / f"{name}.html").write_text(html, encoding="utf-8")
        truth[name] = right
    (arguments.out / "ground-truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(truth)} pages in {arguments.out}")


if __name__ == "__main__":
    main()
