"""Searching as one does it: history, other spellings, the word under the cursor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from summitreader.cli import main
from summitreader.search import Query
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import Opening

GREEN = "The programme for peace\n\nThe programme was a pipe dream, said the mayor.\n\nNo more was said of it.\n"
RED = "A program for peace\n\nThe program was a pipedream in the eyes of all.\n"


def reader(pilot: Pilot[int]) -> ReaderScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


def said(pilot: Pilot[int]) -> str:
    return "".join(words for words, _ in reader(pilot).search_bar.found.right)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def until(pilot: Pilot[int], words: str) -> None:
    for _ in range(2_000):
        if words in said(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{words!r} was not said, but {said(pilot)!r}")


async def test_what_was_sought_comes_back_with_up_also_at_the_next_start(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "slash", *"ferry", "enter", "slash", *"bridge", "enter")
        await press(pilot, "slash", *"ma", "up")
        assert reader(pilot).search.query.text == "bridge"
        await press(pilot, "up", "up")
        assert reader(pilot).search.query.text == "ferry"
        await press(pilot, "down", "down")
        assert reader(pilot).search_bar.input.value == "ma"
        await press(pilot, "escape", "q")
    async with opened(corpus) as pilot:
        await press(pilot, "slash", "up")
        assert reader(pilot).search.query.text == "bridge"
        assert len(reader(pilot).search.hits) == 5


async def test_the_other_spelling_is_offered_and_tab_searches_both(opened: Opening, tmp_path: Path) -> None:
    folder = tmp_path / "peace"
    folder.mkdir()
    (folder / "a.txt").write_text(GREEN, encoding="utf-8")
    (folder / "b.txt").write_text(RED, encoding="utf-8")
    async with opened(folder, size=(140, 30)) as pilot:
        await press(pilot, "slash", *"pipedream")
        await until(pilot, "also pipe dream 1: Tab")
        await press(pilot, "tab")
        assert len(reader(pilot).search.hits) == 2
        assert "with pipe dream" in said(pilot)
        await press(pilot, "enter")
        assert len(reader(pilot).search.hits) == 2
        await press(pilot, "escape", "slash", *"mayor")
        assert len(reader(pilot).search.hits) == 1


@pytest.mark.covers("search-word")
async def test_the_star_searches_the_telling_word_of_the_passage_or_the_selection(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "asterisk")
        assert reader(pilot).search.query.text == "new"
        await press(pilot, "escape", "g", "j", "shift+right", "shift+right", "shift+right", "asterisk")
        assert reader(pilot).search.query.text == "Cars crossed the"
        assert len(reader(pilot).search.hits) == 1


async def test_an_expression_that_would_fill_the_memory_is_refused_in_the_bar(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(140, 30)) as pilot:
        await press(pilot, "slash", "f2", *"((a{999}){999}){99}")
        await until(pilot, "too many repetitions")


async def test_the_command_line_finds_what_the_reader_finds(
    opened: Opening, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (("bridge", "literal"), ("brigde", "fuzzy"), ("br.dge|ferry", "regex"))
    here = {}
    async with opened(corpus) as pilot:
        searching = reader(pilot).search
        ids = [source.id for source in reader(pilot).session.sources]
        for query, mode in asked:
            searching.query = Query("", mode)
            await searching.typed(query)
            for _ in range(2_000):
                if searching.hits:
                    break
                await pilot.pause(0.05)
            here[query] = [(ids[n], start, end) for n, start, end in searching.hits]
            searching.clear()
    for query, mode in asked:
        capsys.readouterr()
        assert main(["search", query, str(corpus), "--format", "json", *([f"--{mode}"] * (mode != "literal"))]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [(hit["source"], hit["start"], hit["end"]) for hit in told["hits"]] == here[query]
        assert told["total"] == len(here[query]) > 0


@pytest.mark.parametrize("size", [(120, 36), (60, 24)])
async def test_hits_are_marked_in_the_margin_too(opened: Opening, corpus: Path, size: tuple[int, int]) -> None:
    async with opened(corpus, size=size) as pilot:
        await pilot.press("L", "slash", *"valley", "enter")
        await pilot.pause()
        margin = reader(pilot).deck.margin_box.margin
        lines = margin.opened(50).lines
        style = margin.named_style("text-hit").bgcolor
        marked = [s.text for line in lines for s in line if s.style is not None and s.style.bgcolor == style]
        assert "valley" in marked
        await pilot.press("escape")
        lines = margin.opened(50).lines
        assert not [s for line in lines for s in line if s.style is not None and s.style.bgcolor == style]


@pytest.mark.covers("search-case")
async def test_the_toggles_stand_in_the_bar_with_their_keys(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "slash", *"Ferry")
        assert "F2 literal" in said(pilot)
        assert "F4 smart case" in said(pilot)
        assert len(reader(pilot).search.hits) == 0
        await press(pilot, "f4", "f4")
        assert "F4 any case" in said(pilot)
        assert len(reader(pilot).search.hits) == 1


async def test_while_one_types_no_letter_is_named_as_a_key(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(80, 24)) as pilot:
        bar = reader(pilot).key_bar
        assert "help" in bar.render_line(0).text and "passage" in bar.render_line(0).text
        await press(pilot, "slash", *"ferry")
        assert bar.render_line(0).text.split() == ["Enter", "accept", "Esc", "cancel"]
        await press(pilot, "enter")
        assert "help" in bar.render_line(0).text and "passage" in bar.render_line(0).text
        await press(pilot, "2", "slash", "x")
        assert "Enter accept" in pilot.app.screen.key_bar.render_line(0).text  # type: ignore[attr-defined]
