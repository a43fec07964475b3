"""What `summitreader compare` promises: the JSON of the contract, the same bytes each time, and words for a pipe."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from summitreader import Corpus, Source, compare
from summitreader.cli import main
from summitreader.comparison.serialise import schema
from summitreader.export.briefing import briefing_markdown, briefing_text
from summitreader.export.outline import outline
from summitreader.notes.model import Verdict, key_of
from summitreader.notes.store import Store

SAMPLE = Path(__file__).parents[3] / "sample_corpus"
STORIES = sorted(path.name for path in SAMPLE.iterdir() if path.is_dir())
HOSTILE = "Ships\x1b[2J collide\n\nTwo [b]ships[/] met off V\u202eane on Friday, `rm` said.\x07 \udce9\n"


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["compare", *words]) == 0
    return capsys.readouterr().out


def check_spans(report: dict[str, Any]) -> None:
    """What a schema cannot say: indices and spans that point at what they are of."""
    sources = {source["id"]: source for source in report["sources"]}
    order = list(sources)
    for source in sources.values():
        for passage in source["passages"]:
            block = source["blocks"][passage["block"]]
            assert block["start"] <= passage["start"] < passage["end"] <= block["end"] <= len(source["text"])
        assert {p["block"] for p in source["passages"]} == set(range(len(source["blocks"])))
    for link in report["links"]:
        assert order.index(link["a"]["source"]) < order.index(link["b"]["source"])
        for side in "ab":
            source = sources[link[side]["source"]]
            passage = source["passages"][link[side]["passage"]]
            assert source["blocks"][passage["block"]]["kind"] in ("title", "heading", "paragraph")
            assert all(passage["start"] <= s[side][0] <= s[side][1] <= passage["end"] for s in link["shared"])
    ids = {quotation["id"] for quotation in report["quotations"]}
    for quotation in report["quotations"]:
        assert quotation["text"] in sources[quotation["source"]]["text"][quotation["start"] : quotation["end"]]
        assert quotation["continues"] is None or quotation["continues"] in ids
    assert all(set(utterance["quotations"]) <= ids for utterance in report["utterances"])


@pytest.mark.parametrize("story", STORIES)
def test_the_json_is_valid_and_its_spans_hold(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(printed(capsys, str(SAMPLE), "--story", story, "--format", "json"))
    jsonschema.validate(report, schema())
    check_spans(report)
    members = [s for s in Corpus.load(SAMPLE).sources if s.path and s.path.startswith(story + "/")]
    assert compare(members).to_dict() == report


def test_the_same_input_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    words = (str(SAMPLE / STORIES[0]), "--format", "json")
    assert printed(capsys, *words) == printed(capsys, *words)


@pytest.mark.parametrize(
    "texts", [["One thing happened."], [""], ["One thing happened.", "", "Un día pasó algo, dijo él."]]
)
def test_one_source_and_empty_ones_are_compared_too(texts: list[str]) -> None:
    report = compare([Source.from_text(text, id=str(n)) for n, text in enumerate(texts)]).to_dict()
    jsonschema.validate(report, schema())
    check_spans(report)


def test_several_stories_want_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(SAMPLE)]) == 2
    err = capsys.readouterr().err
    assert all(story in err for story in STORIES)
    assert main(["compare", str(SAMPLE), "--story", "none"]) == 2


def test_where_nothing_could_be_read_it_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    assert main(["compare", str(tmp_path)]) == 1
    assert "x.png" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_of_a_source_can_steer_a_terminal(form: str, tmp_path: Path, capfdbinary: Any) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_bytes(HOSTILE.encode("utf-8", "surrogateescape"))
    assert main(["compare", str(tmp_path), "--format", form]) == 0
    out = capfdbinary.readouterr().out
    assert not any(byte in out for byte in b"\x1b\x07")
    assert not any("\x80" <= c <= "\x9f" or c == "\u202e" for c in out.decode())
    if form == "json":
        assert json.loads(out)["sources"][0]["text"].startswith("Ships\x1b[2J collide")


def test_the_output_file_is_written_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.json"
    assert printed(capsys, str(SAMPLE / STORIES[0]), "--format", "json", "-o", str(target)) == ""
    assert json.loads(target.read_text())["schema"] == "summitreader.compare/2"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert main(["compare", str(SAMPLE / STORIES[0]), "-o", str(tmp_path / "none" / "x")]) == 1


def test_the_text_says_everything_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, str(SAMPLE / STORIES[1]))
    assert out.startswith(STORIES[1].replace("-", " ").upper())
    for source in Corpus.load(SAMPLE / STORIES[1]).sources:
        assert source.title is not None
        assert source.title in out
    assert not set("│─≈❝○") & set(out)


def test_a_source_that_cannot_be_compared_says_so() -> None:
    report = compare([Source.from_text("One thing happened.", id="a"), Source.from_text("Él dijo algo.", id="b")])
    assert "not compared" in briefing_text(outline(replace(report, comparable=(True, False))))


def test_what_was_dismissed_is_left_out_only_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (str(SAMPLE / STORIES[1]), "--format", "json", "--data-dir", str(tmp_path))
    before = json.loads(printed(capsys, *words))
    texts = {source["id"]: source["text"] for source in before["sources"]}
    first = before["divergences"][0]
    flagged = [texts[s["source"]][s["start"] : s["end"]] for s in first["spans"]]
    with Store.open(tmp_path) as store:
        store.decide(key_of(first["kind"], flagged), Verdict.DISMISSED, first["kind"], flagged)
    assert json.loads(printed(capsys, *words)) == before
    own = json.loads(printed(capsys, *words, "--with-own"))
    assert own["divergences"] == [d for d in before["divergences"] if d != first]


def test_a_second_run_reads_what_the_first_worked_out_and_prints_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call = ("--data-dir", str(tmp_path), str(SAMPLE), "--story", STORIES[0], "--format", "json")
    first = printed(capsys, *call)
    kept = sorted((tmp_path / "cache" / "compare").rglob("*"))
    assert any(path.is_file() for path in kept)
    assert printed(capsys, *call) == first
    assert sorted((tmp_path / "cache" / "compare").rglob("*")) == kept


def test_kinds_are_chosen_by_name_and_an_unknown_one_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("One\n\nThe quake near Oslo killed ten people on Monday.\n")
    (tmp_path / "b.txt").write_text("Two\n\nThe quake near Oslo killed three people on Monday.\n")

    def kinds(*words: str) -> set[str]:
        report = json.loads(printed(capsys, str(tmp_path), "--format", "json", *words))
        return {d["kind"] for d in report["divergences"]}

    assert "number" in kinds() and "number" in kinds("--kinds", "all")
    assert "number" not in kinds("--kinds=-number")
    assert main(["compare", str(tmp_path), "--kinds", "moods"]) == 2
    assert "moods" in capsys.readouterr().err


def test_each_list_of_a_story_comes_out_as_csv_and_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    import csv
    import io

    story = str(SAMPLE / "kestrel-sound-ferry")
    for table, column in (("queue", "summary"), ("quotations", "speaker"), ("coverage", "reported by")):
        rows = list(csv.DictReader(io.StringIO(printed(capsys, story, "--table", table))))
        assert rows and all(row[column] is not None for row in rows)
        markdown = printed(capsys, story, "--table", table, "--format", "markdown").splitlines()
        assert len(markdown) == len(rows) + 2 and markdown[1].startswith("| --- |")
    assert main(["compare", story, "--format", "csv"]) == 2
    assert "--table" in capsys.readouterr().err


def test_every_span_of_the_queue_is_the_words_at_its_offsets(capsys: pytest.CaptureFixture[str]) -> None:
    import csv
    import io

    from summitreader.notes.importers import unguarded

    story = SAMPLE / "brightwater-verdict"
    texts = {source.sha256: source.text for source in Corpus.load(story).sources}
    for row in csv.DictReader(io.StringIO(printed(capsys, str(story), "--table", "queue"), newline="")):
        assert unguarded(row["words"]) == texts[row["sha256"]][int(row["start"]) : int(row["end"])]


def test_the_briefing_answers_in_the_order_in_which_an_editor_asks() -> None:
    report = compare(Corpus.load(SAMPLE / "brightwater-verdict").sources)
    lines = briefing_markdown(outline(report)).splitlines()
    heads = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    asked = ["In ", "To check", "Only in one source", "Left out", "Quoted"]
    places = [n for words in asked for n, head in enumerate(heads) if head.startswith(words)]
    assert len(places) == len(heads) >= 3
    assert places == sorted(places)
