"""JSON-LD, JSON-lines and CSV: what goes out comes in again, and goes out as the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader.export.interchange import jsonl, jsonld
from summitreader.export.tables import table
from summitreader.notes.importers import guarded, read_annotations, unguarded
from summitreader.notes.store import Store
from tests.unit.export.notes_of import some
from tests.unit.notes.accounts import STORY, account, span

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+\Z")
MOTIVATIONS = {"commenting", "tagging", "highlighting"}


def check_musts(item: dict[str, Any]) -> None:
    """What the W3C model says an annotation MUST be, for the kinds that this program makes."""
    context = item["@context"]
    assert context == "http://www.w3.org/ns/anno.jsonld" or "http://www.w3.org/ns/anno.jsonld" in context
    assert URI.match(item["id"]) and item["type"] == "Annotation" and item["motivation"] in MOTIVATIONS
    for name in ("created", "modified"):
        assert item[name].endswith("Z") and datetime.fromisoformat(item[name])
    assert "bodyValue" not in item
    for body in item.get("body", []):
        assert body["type"] == "TextualBody" and isinstance(body["value"], str)
        assert body["purpose"] in ("commenting", "tagging") and "items" not in body and "source" not in body
    assert item["target"]
    for target in item["target"]:
        assert URI.match(target["source"]) and "type" not in target and "items" not in target and "value" not in target
        quote, position = target["selector"]
        assert quote["type"] == "TextQuoteSelector" and quote["exact"]
        assert position["type"] == "TextPositionSelector" and type(position["start"]) is type(position["end"]) is int
        assert 0 <= position["start"] < position["end"]


def again(folder: Path, data: str, kind: str) -> str:
    with Store.open(folder) as store:
        incoming = read_annotations(data.encode("utf-8"))
        assert incoming.refused == ()
        store.bring_in(incoming.documents, incoming.texts)
        twice = store.bring_in(incoming.documents, incoming.texts)
        assert not (twice.added or twice.changed or twice.older)
        return jsonld(store.all()) if kind == "jsonld" else jsonl(store.all(), store.snapshot)


def test_a_page_of_annotations_is_what_the_model_says(tmp_path: Path) -> None:
    page = json.loads(jsonld(some(tmp_path)))
    assert (page["type"], len(page["items"])) == ("AnnotationPage", 3)
    for item in page["items"]:
        check_musts(item)
    assert [len(item["target"]) for item in page["items"]] == [1, 1, 2]
    assert [item["motivation"] for item in page["items"]] == ["commenting", "highlighting", "commenting"]


def test_out_in_and_out_again_is_the_same_bytes_whatever_state_the_places_are_in(tmp_path: Path) -> None:
    source = account(title="T", url="not an address <>")
    changed = account("New.\n\n" + STORY.replace("He hoped for peace.", "").replace("inseparable partners", "partners"))
    with Store.open(tmp_path / "one") as store:
        store.add([span(source, "He hoped for peace.")], "orphaned\ud800", ["t"], "red", root=tmp_path)
        kept = store.add([span(source, "two were inseparable partners"), span(source, "Saturday")], root=tmp_path)
        store.for_sources([changed], root=tmp_path)
        store.reattach(kept.id, 1, *span(changed, "reported"), root=tmp_path)
        store.reject(kept.id, 0)
        lines, page = jsonl(store.all(), store.snapshot), jsonld(store.all())
    with Store.open(tmp_path / "one") as store:
        assert {t.state for a in store.all() for t in a.targets} == {"orphan", "sure"}
    assert again(tmp_path / "two", lines, "jsonl") == lines
    assert again(tmp_path / "three", page, "jsonld") == page


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.text(max_size=5), unique=True, max_size=3)), max_size=4))
@settings(max_examples=15, deadline=None)
def test_any_note_and_tag_comes_back(tmp_path_factory: Any, notes: list[tuple[str, list[str]]]) -> None:
    folder = tmp_path_factory.mktemp("any")
    source = account()
    with Store.open(folder / "one") as store:
        for note, tags in notes:
            store.add([span(source, "peace")], note, [t for t in tags if t], root=folder)
        lines, page = jsonl(store.all(), store.snapshot), jsonld(store.all())
    assert again(folder / "two", lines, "jsonl") == lines
    assert again(folder / "three", page, "jsonld") == page
    for item in json.loads(page)["items"]:
        check_musts(item)


def test_a_table_guards_what_a_spreadsheet_would_run_and_import_takes_the_guard_off(tmp_path: Path) -> None:
    source = account('=HYPERLINK("http://evil","x")\n\n+1+1\n\n@SUM(1)\n\n\'quoted')
    with Store.open(tmp_path / "one") as store:
        for words in source.text.split("\n\n"):
            store.add([span(source, words)], words, root=tmp_path)
        text = table(store.all())
        wanted = [(a.id, a.note, a.targets[0].quote) for a in store.all()]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["quote"][:2] for row in rows] == ["'=", "'+", "'@", "''"]
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)
    with Store.open(tmp_path / "two") as store:
        store.bring_in(read_annotations(text.encode()).documents)
        assert [(a.id, a.note, a.targets[0].quote) for a in store.all()] == wanted


@given(st.text())
def test_a_guard_taken_off_leaves_the_cell(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
