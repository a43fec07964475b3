"""What crosses the pipe: a source once, of a report what is new, and what an index takes over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summitreader.comparison.engine import compare
from summitreader.comparison.model import Report
from summitreader.comparison.own import Own
from summitreader.sources.model import Arrival, LoadRequest, Skipped
from summitreader.text import Source
from summitreader.tui import workers
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.workers import Background
from tests.unit.tui.lists.made import made_report

TEXTS = {
    "a": "The mayor opened the bridge on Monday.\n\nThe bridge cost 40 million euros, the city said.",
    "b": "On Monday the mayor opened the bridge.\n\nThe city said that the bridge cost 60 million euros.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_sources_cross_once_and_reports_as_what_is_new(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    ask = Background._answers

    def noted(self: Background, request: tuple[object, ...]) -> object:
        asked.append(request)
        return ask(self, request)

    monkeypatch.setattr(Background, "_answers", noted)
    background = Background()
    try:
        arrived = list(background.load([folder], LoadRequest("", ()), lambda _: None))
        items = [one for part in arrived if isinstance(part, Arrival) for _, one in part.items]
        sources = [one for one in items if not isinstance(one, Skipped)]
        reports = [part for part in background.compare(sources) if isinstance(part, Report)]
        settled = background.settle(reports[-1], Own())
        corrected = replace(sources[0], outlet="Corrected")
        again = [part for part in background.compare([corrected, sources[1]]) if isinstance(part, Report)]
    finally:
        background.stop()
    assert [one if isinstance(one, str) else type(one) for one in asked[1][1][0]] == [s.id for s in sources]  # type: ignore[index]
    assert asked[2][1][0] is None  # type: ignore[index]
    assert [type(one) for one in asked[3][1][0]] == [Source, str]  # type: ignore[index]
    assert reports[-1] == compare(sources)
    assert settled is not None and settled.sources is reports[-1].sources
    assert again[-1].sources[0].outlet == "Corrected"
    assert all(later.quotations is reports[0].quotations for later in reports[1:])


def test_of_a_report_the_fields_cross_that_are_others() -> None:
    report = made_report()
    fuller = replace(report, threads=report.threads[:1])
    assert set(workers._new_in(fuller, report)) == {"threads"}
    assert "sources" not in workers._new_in(report, Report(sources=()))


def test_an_index_takes_over_what_is_the_same_and_says_what_a_new_one_says() -> None:
    report = made_report()
    before = StoryIndex(replace(report, divergences=()))
    extended, anew = StoryIndex(report, before=before), StoryIndex(report)
    assert extended._counterparts is before._counterparts
    assert extended.quotation_spans is before.quotation_spans
    assert extended.check_spans == anew.check_spans
    assert extended.passage_marks == anew.passage_marks
    fewer = StoryIndex(replace(report, links=(), threads=()), before=extended)
    assert fewer.counterparts(0, 0) == []


def test_what_is_left_of_an_answer_is_not_taken_for_the_next() -> None:
    texts = {"c": "The ferry to the island was cancelled on Tuesday.", "d": "On Tuesday the ferry did not sail."}
    stories = [[Source.from_text(text, id=id) for id, text in which.items()] for which in (TEXTS, texts)]
    background = Background()
    try:
        next(part for part in background.compare(stories[0]) if isinstance(part, Report))
        reports = [part for part in background.compare(stories[1]) if isinstance(part, Report)]
    finally:
        background.stop()
    assert reports[-1] == compare(stories[1])
