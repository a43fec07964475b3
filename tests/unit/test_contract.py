"""What other programs rely on and no other test holds: texts to the letter, order, offsets, the same bytes always."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader import Corpus, Selection, Source, compare, reanchor
from summitreader.cli import main

SAMPLE = Path(__file__).parents[2] / "sample_corpus"
STORIES = sorted(path.name for path in SAMPLE.iterdir() if path.is_dir())
anything = st.text(st.one_of(st.characters(), st.sampled_from(" \n\r\t.“”\"'\u2028\u00a0\ufeff\x00\ud800\u202e")))


@pytest.fixture(scope="module", params=STORIES)
def story(request: pytest.FixtureRequest) -> dict[str, Any]:
    return compare(Corpus.load(SAMPLE / request.param).sources).to_dict()


@given(anything)
def test_a_text_is_kept_code_point_for_code_point_and_nothing_in_it_is_guessed(text: str) -> None:
    source = Source.from_text(text, id="a\x1b")
    assert (source.id, source.text) == ("a\x1b", text)
    assert {block.kind for block in source.blocks} <= {"paragraph"}
    assert (source.title, source.outlet, source.author, source.published, source.url) == (None,) * 5


@given(anything, st.booleans())
@settings(deadline=None)
def test_every_block_has_a_passage_and_none_crosses_a_block(text: str, article: bool) -> None:
    source = Source.from_text(text, id="a", article=article)
    assert {passage.block for passage in source.passages} == set(range(len(source.blocks)))
    for passage in source.passages:
        block = source.blocks[passage.block]
        assert block.start <= passage.start < passage.end <= block.end
    for before, after in pairwise(source.passages):
        assert before.end <= after.start


def test_a_lone_newline_ends_no_paragraph_and_a_blank_line_does() -> None:
    blocks = Source.from_text("One thing\nhappened.\n\nThen another.", id="a").blocks
    assert [(block.start, block.end) for block in blocks] == [(0, 19), (21, 34)]


def test_sources_stand_in_order_of_path_by_code_point_however_they_were_named(tmp_path: Path) -> None:
    names = ["B.txt", "a.txt", "a/z.txt", "é.txt", "a-b.txt"]
    (tmp_path / "a").mkdir()
    for name in names:
        (tmp_path / name).write_text(f"In {name} one thing happened.\n")
    loaded = Corpus.load([tmp_path / name for name in names])
    assert [source.path for source in loaded.sources] == sorted(names)
    assert [source.path for source in Corpus.load(tmp_path).sources] == sorted(names)


def test_the_hash_is_of_the_text_in_utf_8(story: dict[str, Any]) -> None:
    for source in story["sources"]:
        assert source["sha256"] == hashlib.sha256(source["text"].encode()).hexdigest()


def test_each_pair_is_linked_once_and_scores_have_four_places(story: dict[str, Any]) -> None:
    pairs = [tuple((link[side]["source"], link[side]["passage"]) for side in "ab") for link in story["links"]]
    assert len(set(pairs)) == len(pairs)
    assert all(0 <= link["score"] <= 1 and round(link["score"], 4) == link["score"] for link in story["links"])


def test_a_quotation_stays_in_its_paragraph_and_its_text_has_no_marks(story: dict[str, Any]) -> None:
    sources = {source["id"]: source for source in story["sources"]}
    for quotation in story["quotations"]:
        source, start, end = sources[quotation["source"]], quotation["start"], quotation["end"]
        assert any(block["start"] <= start < end <= block["end"] for block in source["blocks"])
        if quotation["speaker"] is not None and quotation["speaker"]["start"] is not None:
            assert source["text"][quotation["speaker"]["start"] : quotation["speaker"]["end"]].strip()
        if quotation["kind"] != "reported":
            assert len(quotation["text"]) < end - start


def test_threads_utterances_and_shares_are_of_several(story: dict[str, Any]) -> None:
    ids = [source["id"] for source in story["sources"]]
    for thread in story["threads"]:
        assert thread["told_by"] == len({member["source"] for member in thread["members"]}) >= 2
        assert thread["representative"] in thread["members"]
    assert all(len(utterance["quotations"]) >= 2 for utterance in story["utterances"])
    given_for = {(share["a"], share["b"]) for share in story["independence"]}
    assert all((b, a) in given_for for a, b in given_for)
    assert sorted(id for account in story["accounts"] for id in account["sources"]) == sorted(ids)


def test_the_bytes_are_the_same_whatever_the_hash_seed_and_the_order_in_which_files_were_named(tmp_path: Path) -> None:
    files = sorted(str(path) for path in (SAMPLE / STORIES[-1]).iterdir() if path.suffix in (".txt", ".md"))[:3]

    def printed(seed: str, named: list[str]) -> bytes:
        call = [sys.executable, "-m", "summitreader", "compare", "--format", "json", "--data-dir", str(tmp_path / seed)]
        return subprocess.run(
            [*call, *named], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout

    assert printed("1", files) == printed("2", files[::-1])


def test_a_place_is_sure_or_gone_and_offsets_are_of_the_strings_as_passed() -> None:
    old = "Long before. " * 4 + "Ships met off Vane on Friday." + " Long after." * 4
    start = old.index("Ships")
    selection = Selection.of(old, start, start + 5)
    assert len(selection.prefix) >= 32 and len(selection.suffix) >= 32
    placed = reanchor(selection, "New. " + old, old_text=old)
    assert (placed.start, placed.end, placed.state) == (start + 5, start + 10, "sure")
    gone = reanchor(selection, "Nothing of it is left here.", old_text=old)
    assert (gone.start, gone.end, gone.state) == (None, None, "orphan")
    assert reanchor(selection, old).start == start


def test_what_scripts_call_works_in_a_process_that_loads_no_interface(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ships met off Vane on Friday.\n")
    script = (
        "import sys\n"
        "from summitreader import Corpus, Selection, Source, compare, reanchor\n"
        "report = compare(Corpus.load(sys.argv[1]).sources)\n"
        "assert report.to_dict()['schema'] == 'summitreader.compare/2'\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] in ('textual', 'rich')]\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)


def test_keys_give_every_command_with_its_id_its_keys_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "--format", "json"]) == 0
    commands = json.loads(capsys.readouterr().out)["commands"]
    assert len({command["id"] for command in commands}) == len(commands) > 50
    assert all(command["keys"] and command["does"] for command in commands)
