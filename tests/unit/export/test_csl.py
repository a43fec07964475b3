"""References: valid CSL-JSON and RIS, keys that stay the same, and the same keys in markdown."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from summitreader import Source
from summitreader.cli import main
from summitreader.export.csl import Reference, csl_json, keys_of, references, ris, source_of
from summitreader.export.markdown import markdown, markdown_files
from summitreader.export.verify import quotations
from summitreader.notes.model import About
from tests.unit.export.notes_of import some
from tests.unit.export.rendering import HOSTILE, PARSERS

CSL = {"id", "type", "title", "container-title", "author", "issued", "URL", "language"}


def key_of(about: About, of: str = "/x/a-file.txt") -> str:
    source = Source.from_text(
        "Words.", id=of, **{n: getattr(about, n) for n in ("title", "outlet", "author", "published")}
    )
    (found,) = references([], [source])
    return found.key


@pytest.mark.parametrize(
    ("about", "key"),
    [
        (About("The Bridge opens", "Aldermere Post", "By Anna Keller and Bo Li", "2025-06-07"), "keller2025bridge"),
        (About("The Bridge opens", "Aldermere Post", None, "2025"), "aldermerepost2025bridge"),
        (About(None, None, None, None), "afile"),
        (About("亮水公司", "南海财经", None, "2025-06-07"), "afile2025"),
    ],
)
def test_keys_are_made_of_what_is_known(about: About, key: str) -> None:
    assert key_of(about) == key


def test_sources_that_would_share_a_key_get_letters_in_the_order_of_their_names() -> None:
    a, b = (Source.from_text("Words.", id=id, outlet="Post", title=id, published="2025") for id in ("b.txt", "a.txt"))
    same = [replace(s, title="Bridge") for s in (a, b)]
    assert dict(keys_of(references([], same))) == {"a.txt": "post2025bridgea", "b.txt": "post2025bridgeb"}
    assert dict(keys_of(references([], same[::-1]))) == dict(keys_of(references([], same)))


def test_each_source_is_one_item_of_csl_and_one_record_of_ris(tmp_path: Path) -> None:
    notes = some(tmp_path)
    found = references(notes)
    items = json.loads(csl_json(found))
    assert [item["id"] for item in items] == [r.key for r in found]
    assert all(set(item) <= CSL for item in items)
    assert items[0]["issued"] == {"date-parts": [[2025, 11, 1]]}
    records = ris(found).split("ER  - \r\n")[:-1]
    assert len(records) == len(found)
    assert "DA  - 2025/11/01\r\n" in records[0]


def test_nothing_in_a_field_breaks_a_line_of_ris_or_the_json() -> None:
    rng = random.Random(3)
    for _ in range(300):
        words = ["".join(rng.choice(HOSTILE) for _ in range(rng.randrange(1, 20))) for _ in range(6)]
        found = [Reference("x", "key", About(*words))]
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris(found).rstrip("\r\n").split("\r\n"))
        (item,) = json.loads(csl_json(found).encode("ascii"))
        assert item["type"] in ("article-newspaper", "webpage", "document") and item["id"] == "key"
        assert set(item) <= CSL and all(item[name] for name in item)
        assert all(list(name) == ["literal"] and name["literal"] for name in item.get("author", ()))
        (parts,) = item["issued"]["date-parts"] if "issued" in item else [[1]]
        assert 1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts)


def test_a_reference_manager_makes_a_bibliography_of_them() -> None:
    citeproc = pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    json_source = pytest.importorskip("citeproc.source.json")
    source = Source.from_text(
        "Words.", id="a", title="The Bridge opens", outlet="Post", author="Anna Keller", published="2025-06-07"
    )
    items = json.loads(csl_json(references([], [source])))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, json_source.CiteProcJSON(items), citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(items[0]["id"])]))
    (line,) = map(str, bibliography.bibliography())
    assert all(words in line for words in ("Anna Keller", "2025", "The Bridge opens", "Post", "7 June"))


def test_markdown_cites_with_the_keys_of_the_references(tmp_path: Path) -> None:
    notes = some(tmp_path)
    keys = keys_of(references(notes))
    text = markdown(notes, keys=keys)
    assert set(re.findall(r"\[@([a-z0-9]+), ¶ \d+\]", text)) == set(keys.values())
    assert keys[source_of(notes[0].targets[0])] in text


def test_clean_markdown_has_no_hidden_markers_and_reads_as_the_words(tmp_path: Path) -> None:
    notes = some(tmp_path)
    text = markdown(notes, clean=True)
    assert "<!--" not in text and "SHA-256" not in text and "characters" not in text and not text.startswith("---")
    assert text == markdown(notes, clean=True)
    for parse in PARSERS.values():
        html = parse(text)
        assert all(t.quote.split()[0] in html for a in notes for t in a.targets)
    assert not quotations(text)
    assert quotations(markdown(notes))


def test_an_obsidian_folder_has_properties_and_a_block_id_a_note(tmp_path: Path) -> None:
    notes = some(tmp_path)
    files = markdown_files(notes, keys=keys_of(references(notes)), vault=True)
    whole = "".join(files.values())
    assert all(f"\n^{a.id}\n" in whole for a in notes)
    first = next(text for name, text in files.items() if "Leaders" in name)
    front = first.split("---\n")[1]
    assert 'outlet: "The Paper"\n' in front and "citekey: " in front
    assert "> \\[!quote\\]" in first or "> [!quote]" in first


def test_references_and_clean_notes_come_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Title\n\nOne thing happened there.\n")
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["notes", "add", str(tmp_path / "a.txt"), "--quote", "thing happened", "--note", "n", *data]) == 0
    for form, ending in (("csl-json", ".json"), ("ris", ".ris"), ("markdown", ".md")):
        out = str(tmp_path / f"out{ending}")
        clean = ["--clean"] if form == "markdown" else []
        assert main(["export", "--format", form, "-o", out, *clean, *data]) == 0
        before = Path(out).read_bytes()
        assert main(["export", "--format", form, "-o", out, *clean, *data]) == 0
        assert Path(out).read_bytes() == before
    (tmp_path / "out.md").write_text("Mine now")
    assert main(["export", "--clean", "-o", str(tmp_path / "out.md"), *data]) == 1
    assert main(["export", "--format", "obsidian", "-o", str(tmp_path / "vault"), *data]) == 0
    assert [p.suffix for p in (tmp_path / "vault").iterdir()] == [".md"]
