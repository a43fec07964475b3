"""What saved pages and documents promise: their words come out, and what is said of them is right or not said."""

from __future__ import annotations

import pytest

from tests.unit.sources.saved_documents import expected
from tests.unit.sources.score_saved import scores_of

EXPECTED = expected()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_saved_document_comes_in_with_its_words_and_what_is_known_of_it(name: str) -> None:
    scores = scores_of(name, EXPECTED[name])
    assert len(scores) == len(EXPECTED[name])
    for score in scores:
        assert score.f1 >= 0.95, score
        assert [value for value in score.fields.values() if value.startswith("wrong")] == [], score
        assert score.fields["title"] == "right", score


def test_what_a_page_tells_of_itself_is_mostly_found() -> None:
    scores = [score for name, wanted in EXPECTED.items() for score in scores_of(name, wanted)]
    for field in ("outlet", "author", "published", "language"):
        assert sum(score.fields[field] == "right" for score in scores) >= 0.95 * len(scores), field
