"""The Word document: words and comments to the letter, read with another library, and back with what was changed."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from summitreader import Corpus, Source, compare
from summitreader.cli import main
from summitreader.comparison import Report
from summitreader.errors import SummitreaderError
from summitreader.export.escaping import visible
from summitreader.notes.model import Annotation
from summitreader.notes.store import Store
from tests.unit.export.rendering import HOSTILE

pytest.importorskip("docx", reason="python-docx is not installed")
from summitreader.export.docx import AUTHOR, docx, read_docx, sum_of
from summitreader.export.docx_notes import docx_notes
from summitreader.export.verify import docx_quotations

SAMPLE = Path(__file__).parents[3] / "sample_corpus" / "brightwater-verdict"


@cache
def sample() -> Report:
    return compare(Corpus.load(SAMPLE).sources)


def edited(data: bytes, part: str, before: str, after: str) -> bytes:
    """The document with some words replaced in one of its parts, as another program would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return out.getvalue()


def noted(folder: Path, source: Source, *notes: tuple[int, int, str]) -> list[Annotation]:
    with Store.open(folder / "data") as store:
        for start, end, words in notes:
            store.add([(source, start, end)], words, root=folder)
        return store.for_sources([source], root=folder)


def test_every_passage_is_there_to_the_letter_and_a_second_export_is_the_same_bytes() -> None:
    for base in sample().sources:
        data = docx(sample(), base.id, path="a/b.txt")
        content = read_docx(data)
        assert (content.path, content.sha256) == ("a/b.txt", base.sha256)
        assert [(s, e) for s, e, _ in content.passages] == [(p.start, p.end) for p in base.passages]
        assert all(words == visible(base.text[s:e]) for s, e, words in content.passages)
        assert docx(sample(), base.id, path="a/b.txt") == data


def test_counterparts_are_comments_that_never_come_back_as_notes() -> None:
    data = docx(sample(), sample().sources[0].id)
    comments = zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml").decode()
    assert comments.count(f'w:author="{AUTHOR}"') > 5
    assert "C Courtline Agency, ¶2: " in comments
    assert read_docx(data).comments == ()


def test_words_and_notes_over_a_hostile_alphabet_come_back_to_the_letter(tmp_path: Path) -> None:
    rng = random.Random(11)

    def words(most: int) -> str:
        return "".join(rng.choice(HOSTILE) for _ in range(rng.randrange(1, most)))

    for round in range(12):
        source = Source.from_text("\n\n".join(f"Now {words(30)} end." for _ in range(20)), id="a.txt")
        notes = noted(
            tmp_path / str(round), source, *((p.start, p.end, f"n{words(20)}n") for p in source.passages)
        )  # fmt: skip
        content = read_docx(docx(Report((source,)), source.id, notes))
        assert all(w == visible(source.text[s:e]) for s, e, w in content.passages)
        by_id = {c.note: c for c in content.comments}
        for note in notes:
            comment = by_id[note.id]
            assert comment.words == visible(note.note) and not comment.changed
            assert comment.quote == visible(note.targets[0].quote)
            assert comment.span == (note.targets[0].start, note.targets[0].end)


@pytest.fixture
def story(tmp_path: Path) -> tuple[Path, list[str]]:
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "a.txt").write_text("The fine\n\nThe court set the fine on Friday. Nobody spoke.\n", "utf-8")
    (folder / "b.txt").write_text("The fine is set\n\nOn Friday the court set the fine.\n", "utf-8")
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["notes", "add", str(folder), "--quote", "Nobody spoke", "--note", "Really?", *data]) == 0
    return folder, data


def test_a_comment_that_was_changed_in_word_changes_the_note(story: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, data = story
    out = tmp_path / "out.docx"
    assert main(["export", "--format", "docx", str(folder), "-o", str(out), "--base", "a.txt", *data]) == 0
    assert main(["verify", str(out), *data]) == 0
    assert main(["import", str(out), *data]) == 0
    with Store.open(tmp_path / "data") as store:
        assert [a.note for a in store.all()] == ["Really?"]
    out.write_bytes(edited(out.read_bytes(), "word/comments.xml", "Really?", "The clerk did."))
    assert main(["import", str(out), *data]) == 0
    with Store.open(tmp_path / "data") as store:
        (note,) = store.all()
        assert note.note == "The clerk did."
        store.edit(note.id, note="Changed here.")
    assert main(["import", str(out), *data]) == 0
    with Store.open(tmp_path / "data") as store:
        (note,) = store.all()
        assert "Changed here." in note.note and "The clerk did." in note.note


def test_a_comment_that_is_new_becomes_a_note_where_it_is(story: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, data = story
    out = tmp_path / "out.docx"
    assert main(["export", "--format", "docx", str(folder), "-o", str(out), *data]) == 0
    unmarked = re.sub(rb'<w:bookmarkStart [^>]*w:name="sn_[^>]*/>', b"", zipfile.ZipFile(out).read("word/document.xml"))
    whole = zipfile.ZipFile(out).read("word/document.xml").decode()
    out.write_bytes(edited(out.read_bytes(), "word/document.xml", whole, unmarked.decode()))
    out.write_bytes(edited(out.read_bytes(), "word/comments.xml", "Really?", "By a colleague."))
    assert main(["import", str(out), *data]) == 1
    for _ in range(2):
        main(["import", str(out), str(folder), *data])
    with Store.open(tmp_path / "data") as store:
        assert sorted((a.note, a.targets[0].quote) for a in store.all()) == [
            ("By a colleague.", "Nobody spoke"),
            ("Really?", "Nobody spoke"),
        ]


def test_words_that_were_changed_in_the_document_or_the_source_are_found(
    story: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, data = story
    out = tmp_path / "out.docx"
    assert main(["export", "--format", "docx", str(folder), "-o", str(out), *data]) == 0
    good = out.read_bytes()
    out.write_bytes(edited(good, "word/document.xml", "on Friday", "on Monday"))
    assert main(["verify", str(out), *data]) == 1
    out.write_bytes(good)
    (folder / "a.txt").write_text("The fine\n\nThe court set the fine on Sunday. Nobody spoke.\n", "utf-8")
    assert main(["verify", str(out), *data]) == 1


def test_notes_become_a_document_with_footnotes_that_can_be_checked(
    story: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, data = story
    out = tmp_path / "notes.docx"
    assert main(["export", "--format", "docx", str(folder), "-o", str(out), "--footnotes", *data]) == 0
    again = out.read_bytes()
    with zipfile.ZipFile(out) as archive:
        footnotes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert "¶1, characters 44–56" in footnotes and "a.txt" in footnotes
    assert [body.count(w) for w in ("Nobody spoke", "Really?", "<w:footnoteReference ")] == [1, 1, 1]
    assert main(["verify", str(out), *data]) == 0
    assert main(["export", "--format", "docx", str(folder), "-o", str(out), "--footnotes", *data]) == 0
    assert out.read_bytes() == again
    out.write_bytes(edited(again, "word/document.xml", "Nobody spoke", "Nobody sang"))
    assert main(["verify", str(out), *data]) == 1


def test_quotations_over_a_hostile_alphabet_come_back_from_a_document_of_notes(tmp_path: Path) -> None:
    rng = random.Random(12)
    text = "\n\n".join(f"Now {''.join(rng.choice(HOSTILE) for _ in range(20))} end." for _ in range(40))
    source = Source.from_text(text, id="a.txt", title="".join(HOSTILE), outlet="<b>")
    notes = noted(tmp_path, source, *((p.start, p.end, "".join(rng.sample(HOSTILE, 9))) for p in source.passages))
    data = docx_notes(notes, [source])
    found = docx_quotations(read_docx(data))
    assert len(found) == len(source.passages)
    assert all(q.words == visible(text[q.citation.start : q.citation.end]) for q in found)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in ("word/footnotes.xml", "customXml/item2.xml"):
            ElementTree.fromstring(archive.read(name))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_is_written_without_repair(tmp_path: Path) -> None:
    notes = noted(tmp_path, sample().sources[0], (0, 30, "A note\n\nof two paragraphs."))
    source = sample().sources[0].id
    written = {"notes": docx_notes(notes, title="Notes"), "text": docx(sample(), source, notes)}
    for name, data in written.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    words = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*words, *(str(tmp_path / f"{name}.docx") for name in written)], check=True, capture_output=True)
    pdfium = pytest.importorskip("pypdfium2")
    for name, wanted in (("notes", "characters 0–30"), ("text", "lead")):
        pages = pdfium.PdfDocument((tmp_path / f"{name}.pdf").read_bytes())
        assert wanted in " ".join(page.get_textpage().get_text_range() for page in pages)


def test_what_was_deleted_with_changes_tracked_is_not_read() -> None:
    data = docx(sample(), sample().sources[0].id)
    whole = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    tracked = whole.replace(
        "</w:t></w:r>", "</w:t></w:r><w:del><w:r><w:t>X</w:t><w:delText>X</w:delText></w:r></w:del>"
    )
    assert tracked != whole
    assert read_docx(edited(data, "word/document.xml", whole, tracked)).passages == read_docx(data).passages


def test_a_document_that_is_not_ours_is_refused_in_a_sentence() -> None:
    data = docx(sample(), sample().sources[0].id)
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]>'
    for bad in (
        b"PK\x03\x04 broken",
        edited(data, "docProps/core.xml", "summitreader.docx/1", "something"),
        edited(data, "word/document.xml", "<w:document", bomb + "<w:document"),
        edited(data, "word/document.xml", "<w:body>", "<w:body>" + "<w:x>" * 60_000),
    ):
        with pytest.raises(SummitreaderError):
            read_docx(bad)


def test_the_sum_tells_whether_a_note_is_as_it_was() -> None:
    assert sum_of("a") != sum_of("b")
    assert sum_of("\ud800") == sum_of(visible("\ud800"))


def test_the_parts_are_xml_that_any_reader_takes() -> None:
    data = docx(sample(), sample().sources[0].id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
