# ruff: noqa: E501, the files that are read stand on lines of their own
"""What each format promises, on files as programs really write them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

import pytest

from summitreader.sources.loader import source_of
from summitreader.sources.model import Skipped, UnreadableFile
from summitreader.sources.registry import reader_for
from summitreader.text import TOLD, Source

ONE = "The council voted on Monday to sell the old tram depot to a housing trust."
TWO = "Neighbours had wanted a park there, and some of them left before the vote was taken."
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)


def read(name: str, data: bytes | str) -> list[Source | Skipped]:
    data = data.encode() if isinstance(data, str) else data
    return [d if isinstance(d, Skipped) else source_of(d, name) for d in reader_for(name, data)(data, name)]


def one(name: str, data: bytes | str) -> Source:
    (source,) = read(name, data)
    assert isinstance(source, Source)
    return source


def told(source: Source) -> list[str]:
    return [source.text[b.start : b.end] for b in source.blocks if b.kind in TOLD]


def zipped(members: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return data.getvalue()


def docx(*paragraphs: str, **others: str) -> bytes:
    body = "".join(f"<w:p>{p if p.startswith('<') else run(p)}</w:p>" for p in paragraphs)
    return zipped({"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>", **others})


def run(words: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{words}</w:t></w:r>"


def odt(body: str, meta: str = "") -> bytes:
    return zipped(
        {"content.xml": f"<office:d {_ODF}>{body}</office:d>", "meta.xml": f"<office:m {_ODF}>{meta}</office:m>"}
    )


# Word


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (run("a ten") + "<w:r><w:noBreakHyphen/></w:r>" + run("year lease"), "a ten-year lease"),
        (run("co") + "<w:r><w:softHyphen/></w:r>" + run("operate"), "cooperate"),
        (run("wrote") + "<w:r><w:cr/></w:r>" + run("on"), "wrote on"),
        (run("seen ") + run("secret", "<w:rPr><w:vanish/></w:rPr>") + run("here"), "seen here"),
        (run("seen ") + run("shown", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), "seen shown"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>" + run("new") + "</w:ins>", "new"),
        ("<w:moveFrom>" + run("moved") + "</w:moveFrom>" + run("stays"), "stays"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>' + run(" rays"), "α rays"),
    ],
)
def test_signs_and_changes_of_word(inside: str, words: str) -> None:
    assert told(one("a.docx", docx(ONE, inside, TWO))) == [ONE, words, TWO]


def test_a_text_box_of_word_is_one_paragraph_of_its_own() -> None:
    box = f"<w:txbxContent><w:p>{run('Boxed.')}</w:p></w:txbxContent>"
    both = f"<mc:AlternateContent xmlns:mc='m'><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    only = f"<mc:AlternateContent xmlns:mc='m'><mc:Choice/><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    for form in (both, only):
        assert told(one("a.docx", docx(run(ONE) + f"<w:r>{form}</w:r>", TWO))) == [ONE, "Boxed.", TWO]


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    first = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("The board met ")
    assert told(one("a.docx", docx(first, "and voted.", ONE))) == ["The board met and voted.", ONE]


def test_word_says_its_title_headings_and_author() -> None:
    heading = '<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>' + run("What neighbours say.")
    styles = f'<w:styles {_W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    about = (
        '<c xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Depot sold</d:title><d:creator>Ida Lund</d:creator></c>'
    )
    source = one(
        "a.docx",
        docx(ONE, heading, TWO, **{
            "word/styles.xml": styles,
            "word/_rels/document.xml.rels": f'<r><Relationship Type="{kind}" Target="styles.xml"/></r>',
            "docProps/core.xml": about,
        }),
    )  # fmt: skip
    assert (source.title, source.author) == ("Depot sold", "Ida Lund")
    assert [str(b.kind) for b in source.blocks] == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("title", ["draft 3.docx", "Microsoft Word - x", "Untitled", "Document1"])
def test_titles_that_programs_make_up_are_none(title: str) -> None:
    about = f'<c xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>{title}</d:title><d:creator>User</d:creator></c>'
    source = one("a.docx", docx(ONE, TWO, **{"docProps/core.xml": about}))
    assert source.title is None and source.author is None


def test_notes_of_word_are_counted() -> None:
    noted = run(ONE) + "<w:r><w:footnoteReference w:id='1'/></w:r>"
    assert one("a.docx", docx(noted, TWO)).notices == ("1 footnote was not read.",)


def test_an_encrypted_document_is_called_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile, match="password"):
        read("a.docx", data)
    manifest: dict[str, str | bytes] = {
        "META-INF/manifest.xml": "<m><encryption-data/></m>",
        "content.xml": b"\x00\x01",
    }
    with pytest.raises(UnreadableFile, match="password"):
        read("a.odt", zipped(manifest))


# OpenDocument


def test_notes_comments_and_changes_of_odt_are_not_in_the_sentence() -> None:
    body = (
        f"<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes><text:h>Depot sold</text:h><text:p>{ONE[:11]}"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        f"</text:note><office:annotation><text:p>Check this.</text:p></office:annotation>{ONE[11:]}</text:p><text:p>{TWO}</text:p>"
    )
    about = "<meta:initial-creator>Ida Lund</meta:initial-creator><dc:creator>Somebody Else</dc:creator>"
    source = one("a.odt", odt(body, about))
    assert told(source) == ["Depot sold", ONE, TWO, "A note."]
    assert (source.title, source.author, source.notices) == ("Depot sold", "Ida Lund", ("1 comment was not read.",))


# EPUB


def book(chapters: dict[str, str], package: str = "", **others: str) -> bytes:
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    spine = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    return zipped({
        "META-INF/container.xml": '<c><rootfile full-path="o.opf"/></c>',
        "o.opf": f'<p xmlns:dc="http://purl.org/dc/elements/1.1/">{package}{items}{spine}</p>',
        **{n: f"<html><body>{text}</body></html>" for n, text in chapters.items()}, **others,
    })  # fmt: skip


def test_short_chapters_are_read_and_all_authors_named() -> None:
    authors = "<dc:creator>Ida Lund</dc:creator><dc:creator>Per Vik</dc:creator>"
    sources = read("a.epub", book({"a": "<p>For my mother.</p>", "b": f"<p>{ONE}</p>"}, authors))
    assert [told(s)[-1] for s in sources if isinstance(s, Source)] == ["For my mother.", ONE]
    assert {s.author for s in sources if isinstance(s, Source)} == {"Ida Lund, Per Vik"}


@pytest.mark.parametrize(
    ("algorithm", "protected"),
    [("http://www.w3.org/2001/04/xmlenc#aes256-cbc", True), ("http://www.idpf.org/2008/embedding", False)],
)
def test_a_protected_book_is_called_so(algorithm: str, protected: bool) -> None:
    entry = (
        f'<e><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherReference URI="a"/></EncryptedData></e>'
    )
    data = book({"a": f"<p>{ONE}</p>"}, **{"META-INF/encryption.xml": entry})
    if protected:
        with pytest.raises(UnreadableFile, match="DRM"):
            read("a.epub", data)
    else:
        assert told(one("a.epub", data))[-1] == ONE


# Feeds


def feed(item: str, head: str = "") -> str:
    return f'{head}<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Depot Post</title><item>{item}</item></channel></rss>'


def test_fields_of_other_vocabularies_are_not_the_item_s() -> None:
    source = one(
        "a.rss", feed(f"<media:title>A picture</media:title><title>Depot sold</title><description>{ONE}</description>")
    )
    assert (source.title, source.outlet) == ("Depot sold", "Depot Post")


@pytest.mark.parametrize(
    "broken",
    [
        feed(f"<title>Depot&nbsp;sold</title><description>{ONE} &mdash; a &amp; b</description>"),
        feed(f"<title>Depot & sold</title><description>{ONE}</description>"),
        "\n\n" + feed(f"<title>Depot sold</title><description>{ONE}</description>", '<?xml version="1.0"?>'),
        feed(f"<title>Depot\x08 sold</title><description>{ONE}</description>"),
        feed(f"<title>Depot sold</title><description>{ONE}</description>")[:-30],
    ],
)
def test_a_slip_costs_no_feed(broken: str) -> None:
    assert any(ONE in words for words in told(one("a.rss", broken)))


@pytest.mark.parametrize("encoding", ["gb2312", "big5", "euc-jp", "shift_jis", "euc-kr", "windows-1251", "utf-16"])
def test_feeds_are_read_as_they_declare(encoding: str) -> None:
    words = {
        "euc-jp": "港の委員会",
        "shift_jis": "港の委員会",
        "big5": "港口委員會",
        "euc-kr": "항만 위원회",
        "windows-1251": "Совет порта",
    }
    text = words.get(encoding, "港口委员会")
    data = feed(
        f"<title>{text}</title><description>{text}</description>", f'<?xml version="1.0" encoding="{encoding}"?>'
    )
    assert one("a.rss", data.encode(encoding)).title == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_of_a_file_s_own_are_refused_in_every_encoding(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]>' + feed("<title>&a;</title>")
    with pytest.raises(UnreadableFile, match="entities"):
        read("a.rss", bomb.encode(encoding))


def test_a_public_document_type_is_harmless() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.org/rss.dtd">'
    assert one("a.rss", feed(f"<title>Depot sold</title><description>{ONE}</description>", head)).title == "Depot sold"


# Mail


def letter(body: str, kind: str = "text/plain", headers: str = "") -> str:
    return f"From: Ida Lund <ida@example.org>\nSubject: Depot sold\nContent-Type: {kind}\n{headers}\n{body}"


def parts(kind: str, *inside: str) -> str:
    return letter("".join(f"--x\n{part}\n" for part in inside) + "--x--\n", f"{kind}; boundary=x")


def test_all_texts_of_a_letter_are_read_in_order() -> None:
    mixed = parts(
        "multipart/mixed", f"\n{ONE}", "Content-Type: image/png\n\nxx", f"Content-Type: text/html\n\n<p>{TWO}</p>"
    )
    source = one("a.eml", mixed)
    assert told(source)[1:] == [ONE, TWO] and source.notices == ("1 attachment was not opened.",)


@pytest.mark.parametrize(("plain", "chosen"), [("See the HTML.", TWO), (ONE, ONE)])
def test_of_alternatives_the_one_with_the_words_is_read(plain: str, chosen: str) -> None:
    html = f"Content-Type: text/html\n\n<p>{ONE if chosen == ONE else ONE + ' ' + TWO}</p><p>{TWO if chosen != ONE else ''}</p>"
    source = one("a.eml", parts("multipart/alternative", f"\n{plain}", html))
    assert told(source)[-1] == chosen


def test_what_a_letter_quotes_and_its_signature_are_boilerplate() -> None:
    source = one(
        "a.eml",
        letter(f"{ONE}\n\nOn 1 May 2024, Per Vik wrote:\n\n> {TWO}\n> More.\n\nMy last word on it.\n-- \nIda\n"),
    )
    assert told(source)[1:] == [ONE, "My last word on it."]


def test_a_forwarded_letter_is_a_source_of_its_own() -> None:
    body = f"Read this.\n\n---------- Forwarded message ---------\nFrom: Per Vik <per@example.org>\nSubject: Old\n\n{TWO}\n"
    own, other = (s for s in read("a.eml", letter(body)) if isinstance(s, Source))
    assert (own.author, other.author, other.title) == ("Ida Lund", "Per Vik", "Old")
    assert told(other)[-1] == TWO


def test_a_mailbox_is_its_letters_and_a_bad_one_costs_no_other() -> None:
    line = "From ida@example.org Mon May  6 09:30:00 2024\n"
    box = line + letter(ONE) + "\n\n" + line + "X: y\n\n" + "\n\n" + line + letter(">From here on, " + TWO)
    first, bad, last = read("a.mbox", box)
    assert isinstance(first, Source) and isinstance(bad, Skipped) and isinstance(last, Source)
    assert told(last)[-1] == "From here on, " + TWO and (first.id, last.id) == ("a.mbox#1", "a.mbox#3")


# Character sets


@pytest.mark.parametrize(
    ("charset", "text"),
    [("iso-2022-jp", "港の委員会は"), ("hz", "港口委员会"), ("utf-7", "Hafenbehörde"), ("iso-2022-kr", "항만 위원회")],
)
def test_character_sets_of_seven_bits(charset: str, text: str) -> None:
    data = letter("", f"text/plain; charset={charset}").encode() + text.encode(charset)
    assert told(one("a.eml", data))[-1] == text


@pytest.mark.parametrize("charset", ["undefined", "a\0b", "punycode", "unicode_escape", "zlib", "nonsense"])
def test_a_declared_character_set_that_is_none_costs_nothing(charset: str) -> None:
    from summitreader.sources.decoding import decode

    assert decode("Café owners".encode("latin-1"), charset).text == "Café owners"


# Web archives


def record(kind: str, body: bytes, media: str, url: str = "https://example.org/a") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-06T00:00:00Z\r\n"
    return head.encode() + f"Content-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def answer(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/plain", *headers, "", ""]).encode() + body


def _raw_deflate(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


def _unpacked(body: bytes) -> bytes:
    return body


def chunked(body: bytes) -> bytes:
    pieces: Iterable[bytes] = (body[n : n + 30] for n in range(0, len(body), 30))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("coding", ["", "gzip", "deflate", "raw", "lie"])
@pytest.mark.parametrize("in_chunks", [True, False])
def test_what_came_over_the_line_is_undone(coding: str, in_chunks: bool) -> None:
    body = f"{ONE}\n\n{TWO}\n".encode()
    packings: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw": _raw_deflate,
    }
    packed = packings.get(coding, _unpacked)(body)
    said = {"": [], "raw": ["Content-Encoding: deflate"], "lie": ["Content-Encoding: gzip"]}.get(
        coding, [f"Content-Encoding: {coding}"]
    )
    said = [*said, "Transfer-Encoding: chunked"] if in_chunks else said
    data = record("response", answer(chunked(packed) if in_chunks else packed, *said), "application/http")
    source = one("a.warc", data)
    assert source.text.split("\n\n") == [ONE, TWO + "\n"] and source.notices == ("Saved on 2024-05-06.",)


def test_a_page_saved_twice_is_read_once_and_a_bad_record_costs_no_other() -> None:
    good = record("conversion", ONE.encode(), "text/plain")
    bad = record("resource", b"\x89PNG\r\n" * 50, "text/plain", "https://example.org/b")
    found = read("a.warc", good + bad + good + record("resource", TWO.encode(), "Text/Plain", "https://example.org/c"))
    assert [f.url for f in found if isinstance(f, Source)] == ["https://example.org/a", "https://example.org/c"]
    assert len([f for f in found if isinstance(f, Skipped)]) == 1


def test_a_wacz_reads_the_pages_that_it_lists() -> None:
    warc = record("resource", ONE.encode(), "text/plain") + record(
        "resource", TWO.encode(), "text/plain", "https://example.org/frame"
    )
    pages = '{"format": "json-pages-1.0"}\n{"url": "https://example.org/a"}\n'
    source = one("a.wacz", zipped({"archive/data.warc": warc, "pages/pages.jsonl": pages}))
    assert source.url == "https://example.org/a"


# Zip


def test_a_member_without_a_name_costs_no_other() -> None:
    found = read("a.zip", _nameless())
    assert [type(f) for f in found] == [Skipped, Source]


def _nameless() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), ONE)
        info = zipfile.ZipInfo("b")
        info.filename = ""
        archive.writestr(info, TWO)
    return data.getvalue()


# JSON


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ('{"title": "Depot sold", "content": {"rendered": "<p>%s</p>"}, "date": 1714984200}', "2024-05-06T08:30:00Z"),
        ('{"headline": {"main": "Depot sold"}, "lead_paragraph": "%s", "pub_date": "20240506T083000Z"}', "2024-05-06T08:30Z"),
        ('{"items": [{"title": "Depot sold", "content_text": "%s", "date_published": "2024-05-06"}]}', "2024-05-06"),
        ('{"title": "Depot sold", "textContent": "%s", "timestamp": 1714984200000}', "2024-05-06T08:30:00Z"),
    ],
)  # fmt: skip
def test_shapes_of_json(data: str, wanted: str) -> None:
    source = one("a.json", data % ONE)
    assert source.title == "Depot sold" and told(source)[-1] == ONE
    assert (source.published or "")[:10] == wanted[:10]
