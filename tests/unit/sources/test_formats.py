"""What the readers promise: the account and what the page says of itself come out right, or a reason does."""

from __future__ import annotations

import gzip
import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader import Corpus, Source
from summitreader.sources import registry
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.registry import reader_for

_spec = importlib.util.spec_from_file_location("pages", Path(__file__).with_name("pages.py"))
assert _spec is not None and _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
sys.modules["pages"] = pages
_spec.loader.exec_module(pages)

LINES = [
    (60, 780 - 12 * n, line)
    for n, line in enumerate(["The harbour authority said on Friday that two ves-", "sels had collided."])
]
WORDS = ["alder", "birch", "cedar", "elder", "fir", "gorse", "hazel", "ivy", "juniper", "kapok", "larch", "linden"]
FILES: dict[str, bytes] = {
    "page.html": pages.HTML.encode(),
    "page.mhtml": pages.MHTML.encode(),
    "feed.rss": pages.RSS.encode(),
    "feed.atom": pages.ATOM.encode(),
    "letter.eml": pages.LETTER.encode(),
    "found.json": pages.JSON.encode(),
    "found.jsonl": pages.JSON_LINES.encode(),
    "text.docx": pages.docx(),
    "text.odt": pages.odt(),
    "book.epub": pages.epub(),
    "paper.pdf": pages.pdf([LINES]),
    "saved.warc": pages.warc(),
    "saved.warc.gz": gzip.compress(pages.warc()[:400]) + gzip.compress(pages.warc()[400:]),
    "all.zip": pages.zipped({"a/x.txt": pages.FIRST, "../evil.txt": "x", "p.png": b"\x89PNG", "in.zip": b"PK\x03\x04"}),
}


def loaded(tmp_path: Path, name: str, data: bytes | None = None) -> Corpus:
    (tmp_path / name).write_bytes(FILES[name] if data is None else data)
    return Corpus.load(tmp_path)


def told(source: Source) -> list[str]:
    return [source.text[b.start : b.end] for b in source.blocks if b.kind == "paragraph"]


@pytest.mark.parametrize("name", ["page.html", "page.mhtml"])
def test_a_saved_page_comes_in_clean(name: str, tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, name).sources
    assert (source.title, source.outlet, source.author) == (pages.TITLE, "Vane Herald", "Ada Quill")
    assert (source.published, source.language) == ("2024-05-03T14:10+01:00", "en")
    assert source.url == "https://vaneherald.example/2024/05/03/ships"
    assert told(source) == [
        pages.FIRST,
        "“We saw nothing until it was too late, and then we heard it.”",
        "The captain called it “a stroke of bad luck” and would say no more to those who asked him.",
        pages.SECOND,
    ]


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom"])
def test_each_item_of_a_feed_is_a_source(name: str, tmp_path: Path) -> None:
    source = loaded(tmp_path, name).sources[0]
    assert (source.id, source.title, source.outlet) == (f"{name}#1", pages.TITLE, "Vane Herald")
    assert (source.author, source.published) == ("Ada Quill", "2024-05-03T14:10+01:00")
    assert (source.url, told(source)) == ("https://vaneherald.example/ships", [pages.FIRST, pages.SECOND])


def test_an_item_without_an_article_says_so(tmp_path: Path) -> None:
    assert "no more of it" in loaded(tmp_path, "feed.rss").sources[1].notices[0]


def test_a_letter_has_its_subject_for_a_title(tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, "letter.eml").sources
    assert (source.title, source.author, source.published) == (pages.TITLE, "Ada Quill", "2024-05-03T14:10+01:00")
    assert told(source) == [pages.FIRST, pages.SECOND]


def test_json_is_read_where_it_holds_articles(tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, "found.json").sources
    assert (source.title, source.outlet, source.author) == (pages.TITLE, "Vane Herald", "Ada Quill")
    assert (source.published, source.url) == ("2024-05-03T14:10+01:00", "https://vaneherald.example/ships")
    assert told(source) == [pages.FIRST, pages.SECOND]


def test_a_broken_line_of_json_lines_is_named_and_the_others_read(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "found.jsonl")
    assert [s.id for s in corpus.sources] == ["found.jsonl#1", "found.jsonl#3"]
    assert [r.path for r in corpus.skipped] == ["found.jsonl#2"]


@pytest.mark.parametrize("data", [b'{"settings": {"a": 1}}', b"[" * 100_000, b'{"a": ', b"[1, 2]"])
def test_json_without_articles_is_refused(data: bytes, tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "x.json", data)
    assert (corpus.sources, len(corpus.skipped)) == ((), 1)


@pytest.mark.parametrize("name", ["text.docx", "text.odt"])
def test_office_documents_are_their_paragraphs(name: str, tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, name).sources
    assert (source.title, told(source)) == (pages.TITLE, [pages.FIRST, pages.SECOND])


def test_the_chapters_of_a_book_are_sources_in_reading_order(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "book.epub")
    assert [s.title for s in corpus.sources] == [pages.TITLE, "The second inquiry"]
    assert (corpus.sources[0].author, corpus.sources[0].language) == ("Ada Quill", "en")


def test_an_archive_is_read_member_by_member(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "all.zip")
    assert [s.id for s in corpus.sources] == ["all.zip#a/x.txt"]
    reasons = {r.path: r.reason for r in corpus.skipped}
    assert "leads out" in reasons["all.zip#../evil.txt"]
    assert "not opened" in reasons["all.zip#in.zip"]
    assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize("name", ["saved.warc", "saved.warc.gz"])
def test_each_page_of_a_web_archive_is_a_source(name: str, tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, name).sources
    assert (source.title, source.url) == (pages.TITLE, "https://vaneherald.example/ships")
    assert told(source)[0] == pages.FIRST


def test_a_zip_bomb_is_stopped_at_the_limit(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "bomb.zip", pages.zipped({"a.txt": b" " * (40 * 1024 * 1024)}))
    assert "unpacks to more" in corpus.skipped[0].reason


def test_pdf_words_that_were_parted_are_mended(tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, "paper.pdf").sources
    assert "two vessels had collided." in source.text


def test_pdf_columns_are_read_one_after_the_other_and_running_heads_dropped(tmp_path: Path) -> None:
    def page(number: int) -> list[tuple[float, float, str]]:
        head = [(60.0, 810.0, "The Vane Herald"), (290.0, 30.0, str(number))]
        left = [(60.0, 760.0 - 12 * n, f"left {number} {WORDS[n]} {WORDS[n - number]} goes on") for n in range(12)]
        right = [(320.0, 760.0 - 12 * n, f"right {number} {WORDS[n]} {WORDS[n - number]} goes on") for n in range(12)]
        return head + [piece for pair in zip(left, right, strict=True) for piece in pair]

    (source,) = loaded(tmp_path, "paper.pdf", pages.pdf([page(n) for n in (1, 2, 3)])).sources
    assert "Vane Herald" not in source.text
    assert "left 1 alder linden goes on left 1 birch" in source.text.replace("\n\n", " ")
    assert source.text.index("left 1 linden") < source.text.index("right 1 alder") < source.text.index("left 2 alder")


@pytest.mark.usefixtures("in_this_process")
def test_what_is_missing_says_which_extra_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "page.html").write_bytes(FILES["page.html"])
    reasons = [r.reason for r in loaded(tmp_path, "paper.pdf").skipped]
    assert "summitreader[web]" in reasons[0]
    assert "summitreader[pdf]" in reasons[1]


def test_xml_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss>&a;</rss>'
    assert "entities" in loaded(tmp_path, "x.xml", bomb).skipped[0].reason


@pytest.mark.parametrize("name", sorted(FILES))
@settings(max_examples=25)
@given(data=st.data())
def test_a_damaged_file_ends_in_a_document_or_a_reason(name: str, data: st.DataObject) -> None:
    whole = FILES[name]
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=12))
    at = data.draw(st.integers(0, cut))
    damaged = whole[:at] + junk + whole[at + data.draw(st.integers(0, 20)) : cut]
    begun = time.process_time()
    try:
        for document in reader_for(name)(damaged, name):
            assert document is not None
    except UnreadableFile as refused:
        assert str(refused).endswith(".")
    assert time.process_time() - begun < 5


def test_a_layout_of_tables_is_no_table_of_data(tmp_path: Path) -> None:
    page = (
        f"<html><head><title>{pages.TITLE}</title></head><body><table><tr><td><a href=a>Front page</a></td><td>"
        f"<h2>{pages.TITLE}</h2><p>{pages.FIRST}</p><p>{pages.SECOND}</p><table><tr><td>Injured</td><td>12</td></tr>"
        "<tr><td>Missing</td><td>3</td></tr></table></td></tr></table></body></html>"
    )
    (source,) = loaded(tmp_path, "page.html", page.encode()).sources
    assert told(source)[:2] == [pages.FIRST, pages.SECOND]
    assert "Injured 12" in source.text
    assert "Front page" not in source.text


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ("<div>By <a>Ada Quill</a></div><div>3 May 2024</div>", ("Ada Quill", "2024-05-03")),
        ("<div>Von Ada Quill | 3. Mai 2024, 14:10 Uhr</div>", ("Ada Quill", "2024-05-03T14:10")),
        ("<div>3 May 2024</div><div>Updated: 5 May 2024</div>", (None, "2024-05-03")),
        ("<div>The ferry sank on 3 May 2024</div>", (None, None)),
        ("<nav>By Ada Quill</nav>", (None, None)),
    ],
)
def test_what_stands_between_headline_and_text_is_taken_where_it_is_certain(
    lines: str, known: tuple[str | None, str | None], tmp_path: Path
) -> None:
    page = f"<body><article><h1>{pages.TITLE}</h1>{lines}<p>{pages.FIRST}</p><p>{pages.SECOND}</p></article></body>"
    (source,) = loaded(tmp_path, "page.html", page.encode()).sources
    assert (source.author, source.published) == known


def _shouted(data: bytes, name: str) -> list[Document]:
    return [Document(data.decode().upper(), title="Shouted")]


class _Point:
    """An entry point, as an installed package of a user's own would have it."""

    def __init__(self, name: str, reader: Callable[[bytes, str], list[Document]] | None) -> None:
        self.name = name
        self._reader = reader

    def load(self) -> Callable[[bytes, str], list[Document]]:
        if self._reader is None:
            raise ImportError("a package that is broken")
        return self._reader


@pytest.mark.usefixtures("in_this_process")
def test_a_package_of_the_user_s_own_brings_a_reader_by_an_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def points(group: str) -> list[_Point]:
        asked.append(group)
        return [_Point(".LOUD", _shouted), _Point(".broken", None)]

    monkeypatch.setattr("importlib.metadata.entry_points", points)
    registry._added.cache_clear()
    try:
        source = loaded(tmp_path, "x.loud", b"It rained all day in Vane.").sources[0]
        assert ".loud" in registry.suffixes()
    finally:
        registry._added.cache_clear()
    assert (source.title, source.text) == ("Shouted", "IT RAINED ALL DAY IN VANE.")
    assert set(asked) == {"summitreader.readers"}
    monkeypatch.undo()
    registry._added.cache_clear()


@pytest.mark.usefixtures("in_this_process")
def test_a_text_is_read_where_no_extra_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for extra in ("pypdfium2", "trafilatura", "lxml"):
        monkeypatch.setitem(sys.modules, extra, None)
    for name in ("letter.eml", "feed.rss", "found.json", "text.docx", "text.odt", "book.epub"):
        (tmp_path / name).write_bytes(FILES[name])
    (tmp_path / "saved.warc").write_bytes(FILES["saved.warc"])
    corpus = loaded(tmp_path, "page.mhtml")
    assert {source.path for source in corpus.sources} == {
        *("letter.eml", "feed.rss", "found.json", "text.docx", "text.odt", "book.epub")
    }
    assert all("summitreader[web]" in refusal.reason for refusal in corpus.skipped)
