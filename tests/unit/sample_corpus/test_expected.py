"""The yardstick of the sample corpus says nothing that its texts do not bear out, and is counted as it promises."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "sample_corpus"
STORIES = sorted(p.parent for p in SAMPLES.glob("*/expected.json"))
KINDS_OF_QUOTATION = {"speech", "fragment", "term", "title"}
KINDS_OF_DIVERGENCE = {
    *("only", "silent", "says-silent", "number", "date", "name", "polarity", "attribution", "quotation"),
    *("certainty", "placement", "update"),
}


@pytest.fixture(scope="module")
def path_to_benchmarks() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def story(path_to_benchmarks: None) -> ModuleType:
    """The module that reads `expected.json`."""
    return importlib.import_module("expected_story")


@pytest.fixture(scope="module")
def table(path_to_benchmarks: None) -> ModuleType:
    """The module that judges a report by it."""
    return importlib.import_module("expected")


@pytest.fixture(params=STORIES, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def read(folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return expected, {n: (folder / s["file"]).read_text(encoding="utf-8") for n, s in expected["sources"].items()}


def addresses(expected: dict[str, Any]) -> Iterator[tuple[str, str | dict[str, Any]]]:
    for name, source in expected["sources"].items():
        yield from ((name, a) for key in ("about", "headings", "boilerplate", "aside") for a in source.get(key, ()))
        if source["dateline"]:
            yield name, source["dateline"]
    told = [part for t in expected["threads"] for part in (t["members"], t.get("may", {}))]
    for part in (*told, expected["alone"]):
        yield from ((name, a) for name, at in part.items() for a in at)
    for key in ("quotations", "reported", "may"):
        yield from ((q["in"], {**q, "at": q["says"]} if "occurrence" in q else q["says"]) for q in expected[key])
    for d in expected["divergences"]:
        yield from ((s["in"], s["at"]) for side in d["sides"] for s in side)
    for a in expected["agree"]:
        yield from ((s["in"], s["at"]) for s in a["spans"])


def test_there_are_three_stories() -> None:
    assert [s.name for s in STORIES] == ["brightwater-verdict", "gyeongju-summit", "kestrel-sound-ferry"]


def test_every_text_of_a_story_is_described(folder: Path) -> None:
    expected, _ = read(folder)
    files = {p.name for p in folder.iterdir() if not p.name.startswith(".")} - {"expected.json"}
    assert {s["file"] for s in expected["sources"].values()} == files


def test_every_address_stands_in_its_text_and_only_once_unless_it_says_which(folder: Path, story: ModuleType) -> None:
    expected, texts = read(folder)
    wrong = []
    for name, address in addresses(expected):
        found = story.occurrences(texts[name], address)
        if isinstance(address, str) and len(found) != 1:
            wrong.append((name, address, len(found)))
        if not isinstance(address, str) and not 1 <= address["occurrence"] <= len(found):
            wrong.append((name, address["at"], len(found)))
    assert wrong == []


def test_what_is_named_elsewhere_exists(folder: Path) -> None:
    expected, _ = read(folder)
    spoken = [*expected["quotations"], *expected["reported"]]
    ids = [q["id"] for q in spoken]
    assert len(ids) == len(set(ids))
    assert {i for u in expected["utterances"] for i in u["quotations"]} <= set(ids)
    assert {q["continues"] for q in spoken if "continues" in q} <= set(ids)
    assert {s for d in expected["divergences"] for s in d.get("silent", ())} <= set(expected["sources"])
    assert {s for a in expected["accounts"] for s in a["sources"]} <= set(expected["sources"])


def test_only_kinds_of_the_contract_are_used(folder: Path) -> None:
    expected, _ = read(folder)
    assert {q["kind"] for q in expected["quotations"]} <= KINDS_OF_QUOTATION
    assert {k for t in expected["threads"] for k in t.get("kinds", {})} <= {"same", "near", "restated", "partial"}
    assert {u["relation"] for u in expected["utterances"]} <= {"identical", "excerpt", "reworded", "reported"}
    kinds = {k for d in expected["divergences"] for k in (d["kind"], *d.get("or", ()))}
    assert kinds <= KINDS_OF_DIVERGENCE


def test_no_passage_is_both_linked_and_alone(folder: Path, story: ModuleType) -> None:
    expected, texts = read(folder)
    linked = {
        (name, story.locate(texts[name], a))
        for t in expected["threads"]
        for name, at in t["members"].items()
        if len(t["members"]) > 1
        for a in at
    }
    alone = {(name, story.locate(texts[name], a)) for name, at in expected["alone"].items() for a in at}
    assert not linked & alone


def test_quotations_in_marks_stand_between_marks(folder: Path, story: ModuleType) -> None:
    expected, texts = read(folder)
    for q in expected["quotations"]:
        start, end = story.locate(texts[q["in"]], q, "says")
        assert texts[q["in"]][start - 1] in '“"‘', q["says"]
        assert texts[q["in"]][end] in '”"’\n', q["says"]


@pytest.mark.parametrize(
    ("expected", "shown", "right"),
    [
        ("Lee Jae Myung", "South Korean President Lee Jae Myung", True),
        ("Lee Jae Myung", "Lee", False),
        ("Mr. Lee", "Lee", True),
        ("the presidential office in Seoul", "presidential office in Seoul", True),
        ("Lee's office", "Mr Lee’s office", True),
        ("Pak Myong Ho", None, False),
    ],
)
def test_a_name_may_say_more_than_is_expected_and_never_less(
    story: ModuleType, expected: str, shown: str | None, right: bool
) -> None:
    assert story.same_name(expected, shown) is right


def test_what_went_back_is_named(table: ModuleType) -> None:
    before = "### A story\n\n| links | 10 | 8 | 2 | 1 |\n| surely alone | 3 | 1 | 2 | 0 |"
    now = "### A story\n\n| links | 10 | 9 | 1 | 2 |\n| surely alone | 3 | 2 | 1 | 0 |"
    assert table.gone_back(before, now) == ["A story · links: found 8 → 9, too many 1 → 2"]
    assert table.gone_back(before, before) == []


def test_addresses_bridge_line_ends(story: ModuleType) -> None:
    assert story.locate("a state\nvisit, a state visit", "state visit") == (2, 13)
    assert story.locate("a state\nvisit, a state visit", {"at": "state visit", "occurrence": 2}) == (17, 28)


def test_a_table_counts_what_is_right_missed_and_too_many(table: ModuleType) -> None:
    source = {
        "id": "x", "outlet": None, "language": "en", "comparable": True,
    }  # fmt: skip
    texts = {"x": "Six died. It rained.", "y": "Six people died. A cow survived."}
    cuts = {"x": [(0, 9), (10, 20)], "y": [(0, 16), (17, 32)]}
    sources = [
        {**source, "id": n, "path": f"{n}.txt", "text": t, "blocks": [{"kind": "paragraph", "start": 0, "end": len(t)}],
         "passages": [{"start": s, "end": e, "block": 0, "alone": "unsure"} for s, e in cuts[n]]}
        for n, t in texts.items()
    ]  # fmt: skip
    known: dict[str, Any] = {"language": "en", "dateline": None, "about": [], "headings": [], "boilerplate": []}
    expected = {
        "sources": {n: {"file": f"{n}.txt", **known} for n in texts},
        "threads": [{"tells": "six died", "members": {"x": ["Six died"], "y": ["Six people"]}}],
        "alone": {"y": ["A cow"]},
        **{k: [] for k in ("quotations", "reported", "may", "utterances", "divergences", "agree", "accounts")},
    }
    wrong = {"a": {"source": "x", "passage": 1}, "b": {"source": "y", "passage": 1}, "kind": "near", "score": 0.5}
    right = {"a": {"source": "x", "passage": 0}, "b": {"source": "y", "passage": 0}, "kind": "near", "score": 0.9}
    report = {
        "sources": sources,
        "links": [wrong, right],
        "quotations": [],
        "utterances": [],
        "divergences": [],
        "accounts": [],
    }
    tallies = {t.kind: t for t in table.judge(expected, report)}
    assert (tallies["links"].expected, tallies["links"].found, len(tallies["links"].extra)) == (1, 1, 1)
    assert tallies["kind of link, of those found"].missed == [
        "near, should be restated: x: Six died. <> y: Six people died."
    ]
    assert tallies["surely alone"].missed == ["y: A cow survived."]
