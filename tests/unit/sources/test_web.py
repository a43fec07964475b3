"""Saved pages: no text of the article is lost, and what a page says of itself is what it says of itself."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.bylines import clean_author
from summitreader.sources.readers.page_dates import read_stamp
from summitreader.sources.readers.page_metadata import saved_from
from summitreader.sources.readers.web import MOST_TAGS, page_document

FIRST = "The ferry company of Lindvik will stop its night boat in April, it said on Thursday after a long meeting."
SECOND = "Few people take the boat in winter, and the fuel for it costs more than the tickets bring in, it said."
THIRD = "The town council wants to talk with the company before Easter, and so do the people of the outer islands."


def page(body: str, head: str = "", heading: str = "<h1>Night boat to stop</h1>", lang: str = "en") -> Document:
    return page_document(
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>{head}</head><body><nav><a href='/'>Home</a>"
        f"</nav><main><article>{heading}{body}</article></main><footer>© Lindvik Times</footer></body></html>"
    )


def paragraphs(document: Document) -> list[str]:
    return document.text.strip().split("\n\n")


def ld(json: str, kind: str = "application/ld+json") -> str:
    return f"<script type='{kind}'>{json}</script>"


BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
ALL = ["Night boat to stop", FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        f"<p>{FIRST[:30]}<!-- ad -->{FIRST[30:]}</p><p>{SECOND[:20]}<?pi x?>{SECOND[20:]}</p><p>{THIRD}</p>",
        f"<p>{FIRST}</p>{SECOND}<p>{THIRD}</p>",
        f"<p>{FIRST}<br><br>{SECOND}<br/>\n<br/>{THIRD}</p>",
        f"<p>{FIRST}</p><p>{SECOND} <del>It was.</del></p><p hidden>Nobody sees this text.</p><p>{THIRD}</p>",
        f"<p>{FIRST[:-1]}<sup><a href='#n1'>4</a></sup>.</p><p>{SECOND}<sup>5</sup></p><p>{THIRD}</p>",
        BODY.replace("company", "com\u00adpany").replace("boat", "bo\u200bat"),
    ],
)
def test_the_words_of_an_article_are_all_there_and_nothing_else(body: str) -> None:
    assert paragraphs(page(body)) == ALL


def test_an_exponent_stays_and_the_number_of_a_footnote_goes() -> None:
    text = page(
        BODY + "<p>The deck has 400 m<sup>2</sup> and room for many cars<sup>3</sup> of any kind there is.</p>"
    ).text
    assert "m2 and room for many cars of" in text


def test_reading_aids_are_left_out() -> None:
    text = page(
        "<p><ruby>夜<rp>(</rp><rt>よる</rt><rp>)</rp></ruby>の船は四月に止まると会社は木曜日に述べた。</p>" * 3,
        lang="ja",
    ).text
    assert "夜の船は四月に" in text


@pytest.mark.parametrize(
    "script",
    [
        ld(
            '{"@type": "NewsArticle", "headline": "Night boat stops", "author": "Ada Quill",'
            ' "datePublished": "2024-03-07",}'
        ),
        ld(
            '<!-- {"@type": ["Report"], "headline": ["Night boat stops"], "headline": "Night boat stops",'
            ' "author": [{"name": "Ada Quill"}], "datePublished": "2024-03-07"} -->'
        ),
        ld(
            '//<![CDATA[\n{"@type": "http://schema.org/OpinionNewsArticle", "headline": "Night boat stops",'
            ' "creator": {"name": "Ada Quill"}, "dateCreated": "2024-03-07"}\n//]]>',
            "Application/LD+JSON; charset=utf-8",
        ),
        ld(
            '{"@graph": [{"@type": "Article", "headline": "Night boat stops", "author": {"@id": "#a"},'
            ' "datePublished": "2024-03-07"}, {"@type": "Person", "@id": "#a", "name": "Ada Quill"}]}'
        ),
    ],
)
def test_json_ld_is_read_as_forgivingly_as_browsers_do(script: str) -> None:
    document = page(BODY, script)
    assert (document.title, document.author, document.published) == ("Night boat stops", "Ada Quill", "2024-03-07")


def test_json_ld_of_another_article_is_not_this_pages() -> None:
    other = '{"@type": "NewsArticle", "headline": "Bridge gets new lamps", "url": "https://lindvik.example/lamps",'
    other += ' "author": "Otto Brandt", "datePublished": "2020-01-01"}'
    own = '{"@type": "NewsArticle", "headline": "Night boat to stop", "datePublished": "2024-03-07"}'
    link = "<link rel='canonical' href='https://lindvik.example/boat'>"
    both = page(BODY, link + ld(f"[{other}, {own}]"))
    assert (both.title, both.published, both.author, both.url) == (
        "Night boat to stop", "2024-03-07", None, "https://lindvik.example/boat",
    )  # fmt: skip
    alone = page(BODY, link + ld(other))
    assert (alone.title, alone.published, alone.author) == ("Night boat to stop", None, None)


def test_of_headline_and_name_the_one_that_the_page_shows_is_the_title() -> None:
    about = '{"@type": "Article", "headline": "boat line in the north", "name": "Night boat to stop"}'
    assert page(BODY, ld(about)).title == "Night boat to stop"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("By Ada Quill", "Ada Quill"),
        ("BY ADA QUILL, LT Island Reporter", "Ada Quill"),
        ("Von Ada Quill und Otto Brandt", "Ada Quill, Otto Brandt"),
        ("Ada Quill | Lindvik Times", "Ada Quill"),
        ("admin", None),
        ("Lindvik Times", None),
        ("https://lindvik.example/ada", None),
        ("ada@lindvik.example", None),
        ("Reuters", "Reuters"),
    ],
)
def test_an_author_is_a_name(value: str, wanted: str | None) -> None:
    assert clean_author(value, "Lindvik Times") == wanted


@pytest.mark.parametrize(
    "markup",
    [
        "<span class='author vcard'><a class='fn' href='/a'>Ada Quill</a></span>",
        "<a rel='author' href='/a'>Ada Quill</a>",
        "<div class='article-byline'>By Ada Quill</div>",
        "<p>By Ada Quill</p>",
        "<span itemprop='author'>Ada Quill</span>",
    ],
)
def test_an_author_that_the_page_marks_is_known(markup: str) -> None:
    assert page(markup + BODY, "<meta name='author' content='admin'>").author == "Ada Quill"


def test_the_author_of_a_comment_is_not_the_pages() -> None:
    assert page(BODY + "<div class='comments'><span class='author'>Otto Brandt</span></div>").author is None


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("1709802000", "2024-03-07T09:00+00:00"),
        ("1709802000000", "2024-03-07T09:00+00:00"),
        ("20240307", "2024-03-07"),
        ("20240307T090000Z", "2024-03-07T09:00+00:00"),
        ("2024-03-07T09:00:00XYZT", "2024-03-07"),
        ("Thu Mar 07 2024 10:00:00 GMT+0100 (Central European Standard Time)", "2024-03-07T10:00+01:00"),
        ("07.03.2024 09:00", "2024-03-07T09:00"),
        ("03/07/2024", None),
        ("12", None),
    ],
)
def test_a_stamp_is_read_where_it_can_be_read_one_way(value: str, wanted: str | None) -> None:
    assert read_stamp(value) == wanted


@pytest.mark.parametrize(
    "markup",
    [
        "<time class='entry-date published' datetime='2024-03-07'>x</time>"
        "<time class='updated' datetime='2024-04-01'>y</time>",
        "<abbr class='published' title='2024-03-07'>Thursday</abbr>",
        "<span class='post-date'>7 March 2024</span>",
        "<meta itemprop='datePublished' content='2024-03-07'>",
        "<i property='schema:datePublished' content='2024-03-07T10:00'></i>",
        "<i data-published='2024-03-07T10:00:00Z'></i>",
        "<script>var page = {publishDate: '2024-03-07T06:00:00Z'};</script>",
        "<p>By Anna Berg on March 7, 2024</p>",
        "<div>Posted on Thursday, March 7, 2024 by Anna Berg</div>",
        "<div><span>7 maart 2024 om 09:15</span></div>",
        "<div><span>2024. március 7. 10:00</span></div>",
        "<div><span>7. března 2024</span></div>",
    ],
)
def test_the_day_that_the_page_marks_as_that_of_publication_is_known(markup: str) -> None:
    assert (page(markup + BODY).published or "")[:10] == "2024-03-07"


def test_the_day_of_a_change_is_not_that_of_publication() -> None:
    assert page("<p>Updated <time datetime='2024-04-01'>1 April</time></p>" + BODY).published is None


def test_a_line_that_is_a_day_is_the_day_of_the_page_where_no_other_is_said() -> None:
    first = "<p>First published 7 March 2024.</p>"
    assert page(BODY + first).published == "2024-03-07"
    assert page(BODY + first + "<p>8 March 2024</p>").published is None
    assert page(BODY + first + "<aside class='related'><span>8 March 2024</span></aside>").published == "2024-03-07"


def test_an_organisation_is_the_author_only_where_nobody_else_is() -> None:
    said = ld('{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Lindvik Times"}}')
    assert page("<div class='author-name'>Tove Okafor</div>" + BODY, said).author == "Tove Okafor"


@pytest.mark.parametrize("line", ["Words: Tove Okafor · Photographs: Anna Berg", "Text: Tove Okafor, Foto: Anna Berg"])
def test_who_wrote_the_words_is_the_author_and_not_who_took_the_pictures(line: str) -> None:
    assert page(f"<div>{line}</div>" + BODY).author == "Tove Okafor"


@pytest.mark.parametrize("between", [" | ", " - ", " — ", " :: ", " « ", "| ", ": "])
def test_a_title_is_without_the_name_of_the_outlet(between: str) -> None:
    head = f"<meta property='og:title' content='Night boat to stop{between}Lindvik Times'>"
    assert page(BODY, head + "<meta property='og:site_name' content='Lindvik Times'>").title == "Night boat to stop"
    assert (
        page(BODY, head.replace("Lindvik Times", "and the bridge")).title
        == f"Night boat to stop{between}and the bridge"
    )


def test_entities_are_read_also_where_they_are_written_twice() -> None:
    head = "<meta property='og:title' content='The boat&amp;#8217;s end'>"
    head += "<meta property='og:site_name' content='Isle &amp;amp; Sea'>"
    document = page(BODY, head)
    assert (document.title, document.outlet) == ("The boat’s end", "Isle & Sea")


def test_the_words_decide_where_the_language_that_is_declared_is_another() -> None:
    german = "<p>Die Reederei will das Nachtboot im April einstellen, weil es im Winter nur von wenigen genutzt wird, "
    german += "und der Rat der Stadt will darüber noch vor Ostern mit ihr und mit den Leuten auf den Inseln reden.</p>"
    assert page(german * 2, lang="en").language == "de"
    assert page(BODY, lang="en-GB").language == "en-GB"
    assert page(BODY, lang="").language == "en"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0028)https://lindvik.example/boat -->",
        "<!--\n Page saved with SingleFile \n url: https://lindvik.example/boat \n -->",
        "<!-- Mirrored from lindvik.example/boat by HTTrack Website Copier/3.x, Thu, 07 Mar 2024 -->",
        "<script>var x='https://web.archive.org/web/20240307090000/https://lindvik.example/boat'</script>",
    ],
)
def test_where_a_page_was_saved_from_is_known(comment: str) -> None:
    assert saved_from(comment)[0] == "https://lindvik.example/boat"
    assert page(BODY, comment).url == "https://lindvik.example/boat"


@pytest.mark.parametrize(
    "made",
    [
        lambda n: "<p>a" * n,
        lambda n: "a<br>" * n,
        lambda n: "<a " * n,
        lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">hello</p>",
        lambda n: "word<sup>1</sup>" * n,
        lambda n: "<!--" * n,
        lambda n: f"<title>{'a | ' * n}</title>",
    ],
)
def test_a_page_of_a_quarter_of_a_megabyte_takes_no_more_than_seconds(made: object) -> None:
    assert callable(made)
    begun = time.process_time()
    with suppress(UnreadableFile):
        page_document(f"<html><body>{made(60_000)}<p>{FIRST}</p>")
    assert time.process_time() - begun < 5


def test_a_page_with_too_many_tags_for_the_parser_is_read_whole_and_says_so() -> None:
    document = page("<b>x</b> " * MOST_TAGS + BODY)
    assert FIRST in document.text
    assert any("tags" in notice for notice in document.notices)
