"""Annotations from elsewhere: each form is taken, and what is wrong is refused record by record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summitreader.errors import SummitreaderError
from summitreader.notes.importers import ParsedImport, read_annotations
from summitreader.notes.model import State
from summitreader.notes.store import Store
from tests.unit.notes.accounts import STORY, account

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def read(value: Any) -> ParsedImport:
    return read_annotations(json.dumps(value).encode())


def web(**more: Any) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": "inseparable partners", "prefix": "the two were ", "suffix": ", the"}
    target = {"source": "https://paper.example/1", "selector": quote}
    return {"@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "target": target, **more}


def placed(tmp_path: Path, incoming: ParsedImport) -> tuple[str, State]:
    """Where the first annotation stands once its source is read."""
    source = account(STORY, url="https://paper.example/1")
    with Store.open(tmp_path) as store:
        store.bring_in(incoming.documents, incoming.texts)
        (found,) = store.for_sources([source], root=tmp_path)
        target = found.targets[0]
        assert store.all()[0].targets[0].start == target.start
        return source.text[target.start : target.end], target.state


@pytest.mark.parametrize("wrapped", [web(), [web()], {"type": "AnnotationPage", "items": [web()]}])
def test_the_model_of_the_w3c_is_taken_in_each_wrapping(wrapped: Any, tmp_path: Path) -> None:
    incoming = read(wrapped)
    assert (incoming.kind, len(incoming.documents), incoming.refused) == ("JSON-LD", 1, ())
    assert placed(tmp_path, incoming) == ("inseparable partners", State.SURE)


@pytest.mark.parametrize(
    ("body", "note", "tags"),
    [
        ({"bodyValue": "n"}, "n", []),
        ({"body": "https://x.example/body"}, "", []),
        ({"body": {"type": "TextualBody", "value": "n"}}, "n", []),
        ({"body": [{"value": "n"}, {"value": "t", "purpose": "tagging"}, {"value": "m"}]}, "n\n\nm", ["t"]),
    ],
)
def test_a_body_is_taken_in_each_form(body: dict[str, Any], note: str, tags: list[str]) -> None:
    (document,) = read(web(**body)).documents
    assert (document["note"], document["tags"]) == (note, tags)


def test_selectors_refined_by_others_are_found() -> None:
    refined = {"type": "CssSelector", "value": "p", "refinedBy": web()["target"]["selector"]}
    (document,) = read(web(target={"source": "https://x.example", "selector": [refined]})).documents
    assert document["targets"][0]["exact"] == "inseparable partners"


def test_hypothesis_is_taken_with_user_tags_and_title_and_its_page_notes_are_refused(tmp_path: Path) -> None:
    row = {
        "id": "abc",
        "uri": "https://paper.example/1",
        "text": "a note",
        "tags": ["t"],
        "user": "acct:ann@hypothes.is",
        "created": "2025-11-02T10:00:00.123456+00:00",
        "updated": "2025-11-02T11:00:00+01:00",
        "document": {"title": ["The Title"]},
        "target": [{"source": "https://paper.example/1", "selector": [web()["target"]["selector"]]}],
    }
    page_note = {**row, "id": "def", "target": [{"source": "https://paper.example/1"}]}
    incoming = read({"total": 2, "rows": [row, page_note]})
    (document,) = incoming.documents
    assert (document["creator"], document["tags"], document["iri"]) == ("ann", ["t"], "https://hypothes.is/a/abc")
    assert document["created"] == "2025-11-02T10:00:00.123Z" and document["modified"] == "2025-11-02T10:00:00.000Z"
    assert document["targets"][0]["source"]["about"]["title"] == "The Title"
    assert incoming.refused == ("record 2: it quotes no words (a page note or a reply).",)
    assert placed(tmp_path, incoming) == ("inseparable partners", State.SURE)


def test_readium_is_taken_with_colour_and_keyword_and_its_bookmarks_are_refused() -> None:
    item = web(
        body={"type": "TextualBody", "value": "j'adore", "color": "pink", "keyword": "k"},
        created="2025-01-01T00:00:00Z",
    )
    item["target"]["source"] = "OEBPS/text/chapter1.html"
    mark = {**web(), "id": "urn:x:2", "motivation": "bookmarking"}
    about = {"dc:title": "Book", "dc:publisher": "House"}
    incoming = read({"@context": CONTEXT, "type": "AnnotationSet", "about": about, "items": [item, mark]})
    (document,) = incoming.documents
    assert (document["note"], document["colour"], document["tags"]) == ("j'adore", "pink", ["k"])
    assert document["targets"][0]["source"]["about"]["title"] == "Book"
    assert incoming.refused == ("record 2: it is a bookmark, not about words.",)


def test_taken_in_twice_it_is_there_once_and_what_was_changed_here_since_stays(tmp_path: Path) -> None:
    incoming = read(web(bodyValue="theirs", created="2020-01-01T00:00:00Z"))
    with Store.open(tmp_path) as store:
        (id,) = store.bring_in(incoming.documents).added
        assert store.bring_in(incoming.documents).added == ()
        store.edit(id, note="mine")
        assert store.bring_in(incoming.documents).older == (id,)
        assert [a.note for a in store.all()] == ["mine"]


def test_an_import_is_undone_in_one_step(tmp_path: Path) -> None:
    incoming = read([web(), web(id="urn:x:2"), web(id="urn:x:3")])
    with Store.open(tmp_path) as store:
        store.bring_in(incoming.documents)
        assert store.undo() == "Undone: import of 3 annotations."
        assert store.all() == []


def test_before_its_source_is_read_an_annotation_from_elsewhere_is_an_orphan_and_not_called_sure(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path) as store:
        store.bring_in(read(web()).documents)
        (found,) = store.all()
        assert (found.targets[0].state, found.targets[0].quote) == (State.ORPHAN, "inseparable partners")
        (here,) = store.for_sources([account(STORY, url="https://paper.example/1")], root=tmp_path)
        assert here.targets[0].state is State.SURE


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (7, "no object"),
        ({"type": "Note", "id": "x"}, "no Annotation"),
        (web(id=None), "id is no text"),
        (web(target="https://x.example"), "about a whole source"),
        (web(target=[]), "no target"),
        (
            web(target={"source": "x", "selector": {"type": "TextPositionSelector", "start": -5, "end": 10**18}}),
            "no words",
        ),
        (web(target={"source": 5, "selector": web()["target"]["selector"]}), "source is no text"),
        (web(created="yesterday"), "time is none"),
        (web(id="urn:x-summitreader:annotation:../../x"), "not one of ours"),
    ],
)
def test_a_record_that_is_wrong_is_refused_with_a_reason_and_the_others_are_taken(record: Any, why: str) -> None:
    incoming = read([record, web(id="urn:x:fine")])
    assert [d["iri"] for d in incoming.documents] == ["urn:x:fine"]
    assert len(incoming.refused) == 1 and why in incoming.refused[0]


def test_of_two_records_with_one_id_one_is_kept_and_one_reported() -> None:
    incoming = read([web(), web()])
    assert len(incoming.documents) == 1 and "twice" in incoming.refused[0]


@pytest.mark.parametrize("data", [b"[" * 100_000, b"\xff\xfe\x00", b"plain words", b"{}", b'{"a": 1}', b"", b'"x"'])
def test_a_file_of_another_kind_is_an_error_in_one_sentence(data: bytes) -> None:
    with pytest.raises(SummitreaderError, match="This"):
        read_annotations(data)


def test_what_was_tampered_with_in_our_own_lines_is_refused(tmp_path: Path) -> None:
    from summitreader.export.interchange import jsonl
    from tests.unit.notes.accounts import span

    with Store.open(tmp_path) as store:
        store.add([span(account(), "peace")], "n", root=tmp_path)
        lines = jsonl(store.all(), store.snapshot)
    for old, new, why in (
        ('"end":', '"end":-', ".end"),
        ('"text":"', '"text":"x', "not the one with that hash"),
        ('"state":"sure"', '"state":"certain"', ".state"),
        ('"tags":[]', '"tags":7', "array"),
    ):
        incoming = read_annotations(lines.replace(old, new).encode())
        assert why in incoming.refused[0], new


def test_no_file_that_a_record_names_is_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("inseparable partners")
    record = web(target={"source": (tmp_path / "secret").as_uri(), "selector": web()["target"]["selector"]})
    with Store.open(tmp_path / "data") as store:
        store.bring_in(read(record).documents)
        (found,) = store.all()
        assert found.targets[0].state is State.ORPHAN and store.snapshot(found.targets[0].sha256) is None
