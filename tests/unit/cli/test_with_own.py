"""`compare --with-own`: what the reader put right is in it, said to be theirs; without it nothing changes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from summitreader.cli import main
from summitreader.notes.model import Correction, What
from summitreader.notes.store import Store
from summitreader.sources import Corpus
from summitreader.text import Source

BRIDGE = {
    "alpine-post.txt": "The bridge opens at last\n\nThe new bridge over the Aar opened on Monday after four years.\n\n"
    "About 300 people walked across before the first cars came.\n\nThe old ferry will stop in the spring.\n",
    "valley-news.txt": "Keller opens valley bridge\n\nCars crossed the new bridge over the Aar for the first time on "
    "Monday.\n\nSome 300 people had walked over the bridge by then.\n\nShopkeepers fear for their trade.\n\n"
    "Subscribe to Valley News today.\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    folder = tmp_path / "bridge"
    folder.mkdir()
    for name, text in BRIDGE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Corpus.load(folder)


def place(source: Source, words: str) -> tuple[Source, int, int]:
    start = source.text.index(words)
    return source, start, start + len(words)


def put_right(corpus: Corpus, data: Path) -> None:
    a, b = corpus.sources
    with Store.open(data) as store:
        whole = (a, a.passages[0].start, a.passages[0].end)
        store.correct("date", [(Correction(What.FIELD, "published", "2025-03-03"), [whole])], root=corpus.root)
        pair = [place(a, "The old ferry will stop in the spring."), place(b, "Shopkeepers fear for their trade.")]
        store.correct("link", [(Correction(What.LINK), pair)], root=corpus.root)
        walked = [
            place(a, "About 300 people walked across before the first cars came."),
            place(b, "Some 300 people had walked over the bridge by then."),
        ]
        store.correct("cut", [(Correction(What.CUT), walked)], root=corpus.root)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["compare", *arguments]) == 0
    return capsys.readouterr().out


def test_without_it_the_output_is_what_it_was(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("json", "text", "markdown"):
        words = (str(corpus.root), "--format", form, "--data-dir", str(tmp_path / form))
        before = said(capsys, *words)
        put_right(corpus, tmp_path / form)
        assert said(capsys, *words) == before


def test_links_cuts_and_fields_are_in_the_json_by_the_reader(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (str(corpus.root), "--format", "json", "--data-dir", str(tmp_path / "data"))
    before: dict[str, Any] = json.loads(said(capsys, *words))
    put_right(corpus, tmp_path / "data")
    own: dict[str, Any] = json.loads(said(capsys, *words, "--with-own"))
    (made,) = [link for link in own["links"] if link["by"] == "reader"]
    texts = [own["sources"][n]["text"] for n in (0, 1)]
    ends = [own["sources"][n]["passages"][made[side]["passage"]] for n, side in enumerate("ab")]
    assert [t[e["start"] : e["end"]] for t, e in zip(texts, ends, strict=True)] == [
        "The old ferry will stop in the spring.",
        "Shopkeepers fear for their trade.",
    ]
    (cut,) = own["own"]["cuts"]
    pairs = [(link["a"], link["b"]) for link in own["links"]]
    assert (cut["a"], cut["b"]) not in pairs
    assert (cut["a"], cut["b"]) in [(link["a"], link["b"]) for link in before["links"]]
    assert own["sources"][0]["published"] == "2025-03-03"
    assert own["own"]["corrections"] == [
        {"source": "alpine-post.txt", "field": "published", "value": "2025-03-03", "page": None, "by": "reader"}
    ]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_and_markdown_say_what_is_by_hand(
    form: str, corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_right(corpus, tmp_path / "data")
    out = said(capsys, str(corpus.root), "--format", form, "--data-dir", str(tmp_path / "data"), "--with-own")
    for words in ("Your corrections", "published changed to 2025-03-03", "the page has none", "Linked", "Link removed"):
        assert words.replace("-", "\\-") in out or words in out


def test_a_link_whose_words_are_gone_says_that_it_is_not_in_effect(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_right(corpus, tmp_path / "data")
    changed = BRIDGE["alpine-post.txt"].replace(
        "The old ferry will stop in the spring.", "Nothing more is known of it."
    )
    (corpus.root / "alpine-post.txt").write_text(changed, encoding="utf-8")
    words = (str(corpus.root), "--data-dir", str(tmp_path / "data"), "--with-own")
    assert "Not in effect: link on “The old ferry will stop in the spring.”" in said(capsys, *words)
    own = json.loads(said(capsys, *words, "--format", "json"))
    assert [w["what"] for w in own["own"]["waiting"]] == ["link"] and not own["own"]["links"]


def test_a_source_in_a_story_of_its_own_is_left_out_of_the_other(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    b = corpus.sources[1]
    with Store.open(tmp_path / "data") as store:
        whole = (b, b.passages[0].start, b.passages[0].end)
        moved = Correction(What.STORY, str(corpus.root.resolve()), "shops")
        store.correct("move", [(moved, [whole])], root=corpus.root)
    words = (str(corpus.root), "--format", "json", "--data-dir", str(tmp_path / "data"), "--with-own")
    assert main(["compare", *words]) == 2
    assert "bridge, shops" in capsys.readouterr().err
    own = json.loads(said(capsys, *words, "--story", "shops"))
    assert [source["id"] for source in own["sources"]] == ["valley-news.txt"]


def test_nothing_is_made_on_the_disk_where_nothing_was_ever_kept(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, str(corpus.root), "--data-dir", str(tmp_path / "data"), "--with-own")
    assert not (tmp_path / "data" / "annotations.sqlite").exists()
    assert not list((tmp_path / "data").rglob("annotations.*"))


def test_json_lines_hold_what_is_by_hand_and_the_others_say_that_they_do_not(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_right(corpus, tmp_path / "data")
    a = corpus.sources[0]
    with Store.open(tmp_path / "data") as store:
        store.add([place(a, "About 300 people")], "a note", root=corpus.root)
    words = ["export", str(corpus.root), "--data-dir", str(tmp_path / "data"), "--format"]
    assert main([*words, "jsonl"]) == 0
    said = capsys.readouterr()
    assert said.out.count('"correction"') == 3 and "correction" not in said.err
    (tmp_path / "all.jsonl").write_text(said.out, "utf-8")
    for form in ("jsonld", "csv", "markdown"):
        assert main([*words, form]) == 0
        other = capsys.readouterr()
        assert "correction" not in other.out and "3 corrections are not in" in other.err
    assert main(["import", str(tmp_path / "all.jsonl"), "--data-dir", str(tmp_path / "new")]) == 0
    with Store.open(tmp_path / "new") as store:
        assert len(store.all()) == 1 and len(store.all_corrections()) == 3


def test_citations_are_as_put_right_only_when_asked(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_right(corpus, tmp_path / "data")
    with Store.open(tmp_path / "data") as store:
        store.add([place(corpus.sources[0], "About 300 people")], "a note", root=corpus.root)
    words = ["export", str(corpus.root), "--data-dir", str(tmp_path / "data")]
    assert main(words) == 0
    assert "2025-03-03" not in capsys.readouterr().out
    assert main([*words, "--with-own"]) == 0
    assert "2025-03-03" in capsys.readouterr().out


def test_the_queue_with_own_says_what_was_decided_of_each_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from summitreader.notes.model import Verdict, key_of

    for name, count in (("a.txt", "300"), ("b.txt", "500")):
        text = f"Some {count} people walked across the new bridge on Monday before noon.\n\nThe council met.\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = (
        *(str(tmp_path / name) for name in ("a.txt", "b.txt")),
        "--table",
        "queue",
        "--data-dir",
        str(tmp_path / "d"),
    )

    def rows(*more: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(said(capsys, *words, *more), newline="")))

    before = rows("--with-own")
    assert [row["decision"] for row in before] == ["", ""]
    (tmp_path / "d").mkdir(exist_ok=True)
    flagged = tuple(row["words"] for row in before)
    with Store.open(tmp_path / "d") as store:
        store.decide(key_of(before[0]["kind"], flagged), Verdict.RIGHT, before[0]["kind"], flagged)
    assert [row["decision"] for row in rows("--with-own")] == ["right", "right"]
    assert [row["decision"] for row in rows()] == ["", ""]
