from __future__ import annotations

import pytest

from summitreader.search.matching import find
from summitreader.search.query import Query

TEXT = "The oﬃce of the clerk gave the ﬁgure; aﬀairs went on in the oﬀice."


@pytest.mark.parametrize(("words", "hits"), [("office", 2), ("oﬃce", 2), ("figure", 1), ("affairs", 1), ("off", 1)])
def test_ligatures_are_the_letters_that_they_join(words: str, hits: int) -> None:
    assert len(find(TEXT, Query(words))) == hits
