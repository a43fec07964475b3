"""Why two passages are linked or not: the figures are those of the links, the words those that both have."""

from __future__ import annotations

import pytest

from summitreader.comparison import PassageRef, Report, compare
from summitreader.comparison.linking.explain import why
from summitreader.errors import Cancelled
from summitreader.text import Source

ONE = (
    "The new bridge over the Aar opened on Monday after four years of work.\n\n"
    "About 300 people walked across before the first cars came.\n\nThe old ferry will stop in the spring."
)
TWO = (
    "Cars crossed the new bridge over the Aar for the first time on Monday, four years after work began.\n\n"
    "Some 300 people had walked over the bridge by then.\n\nShopkeepers fear for their trade."
)


@pytest.fixture(scope="module")
def report() -> Report:
    return compare([Source.from_text(t, id=i) for t, i in ((ONE, "a"), (TWO, "b"))])


def test_of_a_link_it_says_the_score_and_the_words_of_the_link(report: Report) -> None:
    assert report.links
    for link in report.links + report.possible_links:
        found = why(report, link.a, link.b)
        assert found.linked and found.score == pytest.approx(link.score, abs=1e-4)
        assert sorted((s.a, s.b) for s in found.shared) == sorted((s.a, s.b) for s in link.shared)
        assert found.verdict.startswith(f"{link.strength} link".capitalize())


def test_it_is_the_same_asked_the_other_way_round(report: Report) -> None:
    a, b = PassageRef("a", 1), PassageRef("b", 0)
    assert why(report, a, b) == why(report, b, a)


def test_of_two_that_are_not_linked_it_says_which_rule_decided_and_names_likelier_ones(report: Report) -> None:
    a, b = PassageRef("a", 2), PassageRef("b", 1)
    found = why(report, a, b)
    assert not found.linked and found.verdict.startswith("Not linked")
    assert PassageRef("b", 0) in {ref for ref, _ in found.rivals_a}


def test_of_two_that_share_no_letters_it_says_so() -> None:
    report = compare([Source.from_text("Bridge.\n\n" + ONE, id="a"), Source.from_text("Omul.\n\n" + TWO, id="b")])
    found = why(report, PassageRef("a", 0), PassageRef("b", 0))
    assert found.score is None and not found.linked and not found.shared


def test_what_is_no_part_of_an_account_was_not_weighed() -> None:
    article = "Bridge opens\n\n" + ONE + "\n\nRelated articles\n\nBread is dearer"
    report = compare([Source.from_text(article, id="a", article=True), Source.from_text(TWO, id="b")])
    source = report.sources[0]
    aside = next(n for n in range(len(source.passages)) if not source.is_told(n))
    assert "no part of its account" in why(report, PassageRef("a", aside), PassageRef("b", 0)).verdict


def test_two_passages_of_one_source_are_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="one source"):
        why(report, PassageRef("a", 0), PassageRef("a", 1))


def test_it_can_be_stopped(report: Report) -> None:
    def stop() -> None:
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        why(report, PassageRef("a", 0), PassageRef("b", 0), stop)
