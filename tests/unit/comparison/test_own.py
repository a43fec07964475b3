"""The reader's links, cuts and speakers in a comparison: their word wins, and everything that follows, follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summitreader.comparison import Alone, Link, PassageRef, Report, compare
from summitreader.comparison.own import Own, Place, settled, with_own
from summitreader.text import Source

ONE = (
    "The new bridge over the Aar opened on Monday after four years of work.\n\n"
    '"It is a good day for the valley," said Anna Keller, the mayor.\n\n'
    "About 300 people walked across before the first cars came.\n\n"
    "The old ferry will stop in the spring, and its two boats will be sold."
)
TWO = (
    "Cars crossed the new bridge over the Aar for the first time on Monday, four years after work began.\n\n"
    'Mayor Anna Keller called it "a good day for the valley" before she cut the ribbon.\n\n'
    "Not everyone was pleased: shopkeepers on the left bank fear for their trade.\n\n"
    "Some 300 people had walked over the bridge by then."
)
THREE = "The Aar has a new bridge since Monday. It took four years of work. Boats are idle now."


@pytest.fixture(scope="module")
def report() -> Report:
    return compare([Source.from_text(t, id=i) for t, i in ((ONE, "a"), (TWO, "b"), (THREE, "c"))])


def place(report: Report, source: str, passage: int) -> Place:
    found = next(s for s in report.sources if s.id == source).passages[passage]
    return (source, found.start, found.end)


def links(report: Report) -> set[tuple[PassageRef, PassageRef]]:
    return {(link.a, link.b) for link in report.links}


def threads_of(report: Report, ref: PassageRef) -> list[set[PassageRef]]:
    return [set(thread.members) for thread in report.threads if ref in thread.members]


FERRY, SHOPS, IDLE = PassageRef("a", 3), PassageRef("b", 2), PassageRef("c", 2)


def test_without_anything_by_hand_it_is_the_same_report(report: Report) -> None:
    assert with_own(report, Own()) is report
    assert settled(report, Own()) is report


def test_a_link_by_hand_stands_among_the_links_and_in_one_thread(report: Report) -> None:
    own = with_own(report, Own(links=((place(report, "c", 2), place(report, "a", 3)),)))
    (made,) = [link for link in own.links if link.by == "reader"]
    assert (made.a, made.b, made.score) == (FERRY, IDLE, 1.0)
    assert [ONE[s.a.start : s.a.end] for s in made.shared] == ["boats"]
    assert any({FERRY, IDLE} <= members for members in threads_of(own, FERRY))
    assert own.alone[0][3] is Alone.NO and own.alone[2][2] is Alone.NO
    order = [(link.a.source, link.a.passage, link.b.source, link.b.passage) for link in own.links]
    assert order == sorted(order)


def test_a_tie_joins_a_thread_that_the_engine_would_not_let_it_join(report: Report) -> None:
    own = with_own(report, Own(links=((place(report, "a", 0), place(report, "b", 2)),)))
    assert any({PassageRef("a", 0), SHOPS} <= members for members in threads_of(own, SHOPS))


def test_a_link_that_is_cut_is_gone_from_links_and_thread(report: Report) -> None:
    first, second = PassageRef("a", 0), PassageRef("b", 0)
    assert (first, second) in links(report)
    own = with_own(report, Own(cuts=((place(report, "b", 0), place(report, "a", 0)),)))
    assert links(own) == links(report) - {(first, second)}
    assert not any({first, second} <= members for members in threads_of(own, first))


def test_of_a_passage_whose_last_link_was_cut_nothing_is_sure(report: Report) -> None:
    a, b = PassageRef("a", 2), PassageRef("b", 3)
    mine = [pair for pair in links(report) if a in pair]
    assert mine == [(a, b)] and report.alone[0][2] is Alone.NO
    own = with_own(report, Own(cuts=((place(report, "a", 2), place(report, "b", 3)),)))
    assert own.alone[0][2] is Alone.UNSURE


def test_a_link_of_the_engine_that_the_reader_makes_too_keeps_its_evidence(report: Report) -> None:
    pair = (PassageRef("a", 0), PassageRef("b", 0))
    before = next(link for link in report.links if (link.a, link.b) == pair)
    own = with_own(report, Own(links=((place(report, "a", 0), place(report, "b", 0)),)))
    after = next(link for link in own.links if (link.a, link.b) == pair)
    assert after == replace(before, score=1.0, by="reader")


def test_two_passages_of_one_source_or_of_one_not_loaded_are_no_link(report: Report) -> None:
    own = Own(
        links=(
            (place(report, "a", 0), place(report, "a", 1)),
            (place(report, "a", 0), ("gone", 0, 5)),
        )
    )
    assert with_own(report, own) == report


def test_threads_regrouped_from_the_engines_links_are_the_engines_threads(report: Report) -> None:
    """A cut of what was never linked, and in no common thread, changes nothing."""
    own = with_own(report, Own(cuts=((place(report, "a", 3), place(report, "b", 2)),)))
    assert (own.links, own.threads) == (report.links, report.threads)


def test_a_speaker_by_hand_is_the_speaker_and_says_so(report: Report) -> None:
    start = ONE.index('"It is')
    own = with_own(report, Own(speakers=((("a", start, start + 20), "The council"),)))
    (named,) = [q for q in own.quotations if q.by == "reader"]
    assert named.speaker is not None and named.speaker.name == "The council"
    nobody = with_own(report, Own(speakers=((("a", start, start + 20), None),)))
    assert [q.speaker for q in nobody.quotations if q.by == "reader"] == [None]
    json = own.to_dict()
    assert [q["by"] for q in json["quotations"] if "by" in q] == ["reader"]
    assert all("by" not in q for q in report.to_dict()["quotations"])


def test_a_speaker_that_the_source_names_is_mentioned_where_it_names_them(report: Report) -> None:
    start = TWO.index('"a good day')
    own = with_own(report, Own(speakers=((("b", start, start + 5), "Keller"),)))
    (named,) = [q for q in own.quotations if q.by == "reader"]
    assert named.speaker is not None
    assert TWO[named.speaker.start : named.speaker.end] == "Keller"


def test_what_follows_from_a_cut_is_worked_out_anew() -> None:
    texts = [
        "The fire killed 12 people in the old mill on Friday.",
        "The fire killed 19 people in the old mill on Friday.",
    ]
    more = " Firefighters came from three towns. The mill had stood empty for years."
    before = compare([Source.from_text(t + more, id=i) for t, i in zip(texts, "ab", strict=True)])
    assert [d.kind for d in before.divergences if d.kind == "number"] == ["number"]
    after = settled(before, Own(cuts=((place(before, "a", 0), place(before, "b", 0)),)))
    assert not [d for d in after.divergences if d.kind == "number"]


def test_a_tie_undone_is_as_before(report: Report) -> None:
    own = Own(links=((place(report, "c", 2), place(report, "a", 3)),))
    assert isinstance(with_own(report, own).links[0], Link)
    assert with_own(report, Own()) == report
