"""The card: every side of a divergence, and where a passage is reported. Pure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summitreader import Corpus, compare
from summitreader.comparison.model import Strength
from summitreader.tui.story.card import check_card, day_in_words, passage_card
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import POSSIBLE, inspect_passage

STORY = Path(__file__).resolve().parents[3] / "sample_corpus" / "brightwater-verdict"


@pytest.fixture(scope="module")
def index() -> StoryIndex:
    return StoryIndex(compare(Corpus.load(STORY).sources))


def plain(line: tuple[tuple[str, str], ...]) -> str:
    return "".join(words for words, _ in line)


def test_the_card_of_a_check_names_every_side_and_every_source_on_it(index: StoryIndex) -> None:
    for n, divergence in enumerate(index.to_check, 1):
        lines = [plain(line) for line in check_card(index, divergence)]
        assert f"{n} of {len(index.to_check)}" in lines[0]
        for side, line in zip(divergence.sides, lines[1:], strict=False):
            assert " ".join(side.words.split()) in line
            for span in side.spans:
                source = index.sources[index.number[span.source]]
                assert source.place_name(source.passage_at(span.start)) in line


def test_a_passage_says_how_many_report_it_and_names_what_is_not_on_the_screen(index: StoryIndex) -> None:
    number, passage = next(
        (n, p)
        for n, source in enumerate(index.sources)
        for p in range(len(source.passages))
        if index.reporting[n][p] >= 3 and source.is_told(p)
    )
    others = {c.source for c in index.counterparts(number, passage)}
    alone = plain(passage_card(index, number, passage, {number}, compared=True))
    assert "also" in alone
    assert "also" not in plain(passage_card(index, number, passage, {number, *others}, compared=True))


def test_what_is_possible_is_shown_in_the_details_alone_and_counts_for_nothing(index: StoryIndex) -> None:
    linked = index.report.links[0]
    possible = (replace(linked, strength=Strength.POSSIBLE),)
    report = replace(index.report, links=index.report.links[1:], threads=(), possible_links=possible)
    found = StoryIndex(report)
    number, passage = found.number[linked.a.source], linked.a.passage
    assert [c.source for c in found.possible(number, passage)] == [found.number[linked.b.source]]
    assert all(c.source != found.number[linked.b.source] for c in found.counterparts(number, passage))
    assert POSSIBLE not in {e.relation for e in inspect_passage(found, number, passage, True).entries}
    shown = inspect_passage(found, number, passage, True, possible=True)
    assert POSSIBLE in {e.relation for e in shown.entries}


@pytest.mark.parametrize(
    ("published", "words"),
    [("2025-06-07T10:00", "7 Jun 2025"), ("--11-01", ""), (None, ""), ("2025-13-01", ""), ("soon", "")],
)
def test_a_day_is_written_as_people_write_it(published: str | None, words: str) -> None:
    assert day_in_words(published) == words
