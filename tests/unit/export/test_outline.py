"""The outline of a comparison: every excerpt is a source's own words, and facts rest on likely links only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from summitreader import Corpus, Source, compare
from summitreader.comparison import Divergence, Link, LinkKind, PassageRef, Report, Side, SourceSpan, Thread
from summitreader.comparison.model import letter_of
from summitreader.export.outline import outline
from summitreader.export.outline_model import FEWEST, MOST, Excerpt, Outline, Status

SAMPLE = Path(__file__).parents[3] / "sample_corpus"


@cache
def sample(story: str = "brightwater-verdict") -> Report:
    return compare(Corpus.load(SAMPLE / story).sources)


def excerpts(o: Outline) -> Iterator[Excerpt]:
    for fact in o.facts:
        yield from (fact.lead, *fact.also)
    for check in o.to_check:
        for side in check.sides:
            yield from side.excerpts
    yield from (*o.unique, *o.said_to_omit, *(row.lead for row in o.coverage))
    for omission in o.omissions:
        yield from omission.reported
    for speaker in o.speakers:
        yield from (w.excerpt for s in speaker.statements for w in s.wordings)


@pytest.mark.parametrize("story", ["brightwater-verdict", "kestrel-sound-ferry"])
def test_every_excerpt_is_the_words_at_its_offsets(story: str) -> None:
    report = sample(story)
    texts = {s.id: s.text for s in report.sources}
    letters = {s.id: letter_of(n) for n, s in enumerate(report.sources)}
    found = list(excerpts(outline(report)))
    assert found
    for e in found:
        assert texts[e.source][e.start : e.end] == e.words
        assert letters[e.source] == e.letter


def test_what_all_report_is_three_to_seven_facts_the_heaviest_first() -> None:
    o = outline(sample("kestrel-sound-ferry"))
    assert FEWEST <= len(o.agreed) <= MOST
    assert [f.weight for f in o.facts] == sorted((f.weight for f in o.facts), reverse=True)


def made(*scores: float) -> Report:
    """Three sources of one sentence; A is linked to B and B to C with these scores, and all are one thread."""
    words = "The harbour office closed the northern quay on Friday."
    sources = tuple(Source.from_text(words, id=id) for id in "abc")
    refs = tuple(PassageRef(id, 0) for id in "abc")
    links = tuple(Link(a, b, score, LinkKind.SAME) for a, b, score in zip(refs, refs[1:], scores, strict=False))
    return Report(sources, comparable=(True,) * 3, links=links, threads=(Thread("t", refs, refs[0]),))


def test_a_fact_names_the_sources_that_are_linked_to_its_lead() -> None:
    (fact,) = outline(made(0.9, 0.9)).facts
    assert (fact.lead.letter, fact.letters, fact.by_all) == ("B", ("B", "A", "C"), True)
    (fact,) = outline(made(0.9)).facts
    assert (fact.letters, fact.of, fact.by_all) == (("A", "B"), 3, False)


def test_links_that_are_only_possible_make_no_fact() -> None:
    report = made(0.9)
    assert outline(report).facts
    assert not outline(replace(report, links=(), possible_links=report.links)).facts


def conflict() -> Report:
    texts = ("The fine is 36 million crowns.", "The fine is 38 million crowns.", "They fined it 38 million crowns.")
    sources = tuple(Source.from_text(words, id=id) for id, words in zip("abc", texts, strict=True))
    a, b, c = (SourceSpan(s.id, at := s.text.index("3"), at + 2) for s in sources)
    divergence = Divergence("number", (Side((a,), "36"), Side((b, c), "38")), (), 0.64, "They differ.", id="number-1")
    return Report(sources, comparable=(True,) * 3, divergences=(divergence,))


def test_a_check_has_every_side_with_every_place() -> None:
    (check,) = outline(conflict()).to_check
    sides = [(s.words, [e.letter for e in s.excerpts]) for s in check.sides]
    assert sides == [("36", ["A"]), ("38", ["B", "C"])]
    assert (check.number, check.likelihood, check.unmatched, check.confirmed) == (1, 6, (), False)
    first = check.sides[0].excerpts[0]
    assert first.mark is not None
    assert first.words[slice(*first.mark)] == "36"


def test_the_readers_verdict_counts() -> None:
    assert outline(conflict(), confirmed={"number-1"}).to_check[0].confirmed
    assert not outline(conflict(), dismissed={"number-1"}).to_check


def test_a_statement_is_listed_once() -> None:
    o = outline(sample())
    places = [
        (s.name, e.source, e.start, e.mark)
        for s in o.speakers
        for e in {w.excerpt for x in s.statements for w in x.wordings}
    ]
    assert len({place[1:] for place in places}) == len(places)


def test_coverage_has_a_cell_a_source_and_says_what_differs() -> None:
    o = outline(sample())
    letters = [s.letter for s in o.sources]
    assert all([c.letter for c in row.cells] == letters for row in o.coverage)
    found = {c.status for row in o.coverage for c in row.cells}
    assert found == set(Status)
    touched = {e.letter for check in o.to_check for side in check.sides for e in side.excerpts}
    assert {c.letter for row in o.coverage for c in row.cells if c.status is Status.DIFFERS} <= touched


def test_one_source_alone_has_an_outline() -> None:
    o = outline(compare([Source.from_text("“We stay,” Ann Lee said.", id="a")]))
    assert [s.letter for s in o.sources] == ["A"]
    assert not o.facts and not o.to_check
