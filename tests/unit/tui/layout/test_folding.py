"""Folded passages stand as one row each, and every other passage is where it can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitreader import Source
from summitreader.tui.layout.document import Document
from summitreader.tui.layout.folding import Fold, Folds, folded_rows, runs_of

TEXT = "One is here. Two is there. Three is gone.\n\nFour came late. Five left.\n\nSix is the last of all."


def source() -> Source:
    return Source.from_text(TEXT, id="a", article=False)


def rows(folds: Folds, width: int = 40) -> list[str]:
    """What stands on each row; a fold by its number."""
    document = Document(source())
    plan = folded_rows(document.text, document.source, folds, width)
    found = []
    for row in range(len(plan)):
        added = plan.added(row)
        start, end = plan.bounds(row)
        found.append(f"<{added[0]}>" if added is not None else document.text[start:end].strip())
    return found


def test_nothing_folded_is_the_text_as_it_is() -> None:
    whole = ["", "One is here. Two is there. Three is", "gone.", "", "Four came late. Five left.", ""]
    assert rows(Folds()) == [*whole, "Six is the last of all.", ""]


def test_a_fold_inside_a_paragraph_parts_it_without_an_empty_row() -> None:
    assert rows(Folds([Fold(1, 1)]))[:5] == ["", "One is here.", "<0>", "Three is gone.", ""]


def test_a_fold_over_paragraphs_takes_one_row() -> None:
    assert rows(Folds([Fold(2, 4)])) == ["", "One is here. Two is there.", "<0>", "", "Six is the last of all.", ""]
    assert rows(Folds([Fold(0, 4)])) == ["", "<0>", "", "Six is the last of all.", ""]


def test_a_fold_is_one_place_on_the_way() -> None:
    folds = Folds([Fold(1, 3)])
    assert [folds.beside(n, 1) for n in (0, 1, 2, 4)] == [1, 4, 4, 5]
    assert [folds.beside(n, -1) for n in (5, 4, 3, 1)] == [4, 1, 0, 0]


def test_runs_are_as_long_as_they_can_be() -> None:
    assert runs_of([True, False, True, True]) == (Fold(0, 0), Fold(2, 3))
    assert runs_of([]) == ()


@given(st.lists(st.booleans(), min_size=6, max_size=6), st.integers(1, 60))
def test_each_passage_has_a_row_and_only_folded_ones_share_it(folded: list[bool], width: int) -> None:
    document = Document(source())
    folds = Folds(runs_of(folded))
    plan = folded_rows(document.text, document.source, folds, width)
    shown = set()
    for n, passage in enumerate(document.source.passages):
        own = plan.rows_of(passage.start, passage.end)
        assert 0 <= own.start < own.stop <= len(plan)
        fold = folds.at(n)
        added = plan.added(own.start)
        assert (added is not None) is folded[n]
        if fold is not None and added is not None:
            assert folds.folds[added[0]] == fold
            assert len(own) == 1
        elif fold is None:
            letters = "".join(document.text[slice(*plan.bounds(row))] for row in own).replace(" ", "")
            assert document.source.passage_text(n).replace(" ", "") in letters
            shown.add(n)
    assert sum(plan.added(row) is not None for row in range(len(plan))) == len(folds)
