"""What a report says of a divergence beside its sides."""

from __future__ import annotations

from dataclasses import replace

from summitreader.comparison.model import Link, LinkKind
from tests.unit.tui.lists.made import made_report, ref


def test_a_source_that_is_linked_to_a_side_is_not_said_to_have_no_match() -> None:
    report = made_report()
    number = report.divergences[0]
    post, _, wire, _ = report.sources
    assert report.off_sides(number) == ((), (wire.id,))
    link = Link(ref(post, "300 people"), ref(wire, "the day was good"), 0.7, LinkKind.PARTIAL)
    assert replace(report, links=(*report.links, link)).off_sides(number) == ((wire.id,), ())


def test_a_source_that_cannot_be_compared_is_neither() -> None:
    report = made_report()
    assert all(report.sources[3].id not in part for d in report.divergences for part in report.off_sides(d))
