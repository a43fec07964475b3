"""A source without a word among others changes nothing of what is found in them, and nothing breaks on it."""

from __future__ import annotations

from pathlib import Path

from summitreader import Corpus, Source, compare

SAMPLE = Path(__file__).parents[3] / "sample_corpus"


def test_a_blank_source_is_compared_with_a_whole_story() -> None:
    corpus = Corpus.load(SAMPLE)
    ids = corpus.stories[0][1]
    story = [source for source in corpus.sources if source.id in ids]
    report = compare([*story, Source.from_text(" \n", id="~blank")])
    assert all("~blank" not in (link.a.source, link.b.source) for link in report.links)
    assert report.links
