"""What story discovery promises: accounts of one event fall together, others stay apart."""

from __future__ import annotations

from pathlib import Path

from summitreader import Corpus, Source
from summitreader.sources.stories import discover_stories

SAMPLE = Path(__file__).parents[3] / "sample_corpus"


def test_the_sample_s_stories_are_found_again() -> None:
    corpus = Corpus.load(SAMPLE)
    english = [s for s in corpus.sources if s.language == "en"]
    folders = {frozenset(id for id in ids if any(s.id == id for s in english)) for _, ids in corpus.stories}
    assert {frozenset(story.sources) for story in discover_stories(english)} == folders


def test_every_source_is_in_one_story() -> None:
    sources = Corpus.load(SAMPLE).sources
    found = [id for story in discover_stories(sources) for id in story.sources]
    assert sorted(found) == sorted(s.id for s in sources)


def test_nothing_shared_is_nothing_joined() -> None:
    sources = [
        Source.from_text("Ada Quill opened the Vane bridge.", id="a", language="en"),
        Source.from_text("Potatoes were dear in Skarn.", id="b", language="en"),
        Source.from_text("", id="c"),
    ]
    assert [story.sources for story in discover_stories(sources)] == [("a",), ("b",), ("c",)]
    assert discover_stories([]) == ()


def test_the_same_words_a_year_later_are_another_story() -> None:
    text = "Ada Quill opened the Vane bridge on Friday and the Skarn ferry stopped."
    days = ("2024-05-03", "2024-05-04", "2025-05-03")
    sources = [Source.from_text(text, id=day, published=day, language="en") for day in days]
    assert [story.sources for story in discover_stories(sources)] == [days[:2], days[2:]]
