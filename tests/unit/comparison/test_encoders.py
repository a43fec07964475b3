"""What an encoder may do: grade what the words have found, after the words, from a cache where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitreader import Source, compare
from summitreader.comparison.encoders import MiniLM, closeness, installed_encoder
from summitreader.comparison.engine import stages

A = "The ferry sank off Orlo on Monday.\n\nDivers found nine survivors in the hull.\n\nMore rain is expected."
B = "A ferry went down near Orlo on Monday.\n\nNine people were found alive in its hull by divers.\n\nMany prayed."


class Counting:
    """An encoder by first letters that counts what it is asked."""

    def __init__(self, name: str = "") -> None:
        self.asked = 0
        if name:
            self.name = name

    def encode(self, texts: list[str], /) -> list[list[float]]:
        self.asked += len(texts)
        return [[float(t[0] == "M"), float(t[0] == "A"), len(t) / 100] for t in texts]


def sources() -> list[Source]:
    return [Source.from_text(A, id="a", language="en"), Source.from_text(B, id="b", language="en")]


def test_the_words_score_comes_first_and_the_encoder_s_after_it() -> None:
    reports = list(stages(sources(), encoder=Counting()))
    by_words = compare(sources())
    graded = compare(sources(), encoder=Counting())
    assert by_words.to_dict() in [r.to_dict() for r in reports[:-1]]
    assert reports[-1].to_dict() == graded.to_dict() != by_words.to_dict()


def test_vectors_of_a_named_encoder_are_cached_and_change_nothing(tmp_path: Path) -> None:
    first, again, more = Counting("counting"), Counting("counting"), Counting("counting")
    plain = compare(sources(), encoder=Counting())
    assert compare(sources(), encoder=first, cache=tmp_path) == plain
    assert compare(sources(), encoder=again, cache=tmp_path).to_dict() == plain.to_dict()
    third = Source.from_text("Divers left the hull on Tuesday.", id="c", language="en")
    compare([*sources(), third], encoder=more, cache=tmp_path)
    assert (first.asked, again.asked, more.asked) == (6, 0, 1)


def test_what_is_kept_of_one_grading_is_not_taken_for_another(tmp_path: Path) -> None:
    compare(sources(), encoder=Counting("counting"), cache=tmp_path)
    assert compare(sources(), cache=tmp_path).to_dict() == compare(sources()).to_dict()


def test_what_all_passages_share_is_no_evidence() -> None:
    cosine = closeness(Counting(), [["Mary", "Ann"], ["Mark", "Bo"]])
    assert cosine(0, 2) > 0.9 > 0 > cosine(0, 1)


@pytest.mark.parametrize("vectors", [[[1.0]], [[1.0], [1.0, 2.0]]])
def test_vectors_that_do_not_fit_are_an_error(vectors: list[list[float]]) -> None:
    class Wrong:
        def encode(self, texts: list[str], /) -> list[list[float]]:
            return vectors

    with pytest.raises(ValueError, match="encoder"):
        closeness(Wrong(), [["one", "two"]])


def test_the_environment_says_which_encoder_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("off", "nowhere"):
        monkeypatch.setenv("SUMMITREADER_ENCODER", name)
        assert installed_encoder() is None


def test_the_packaged_encoder_knows_a_paraphrase() -> None:
    pytest.importorskip("onnxruntime")
    try:
        encoder = MiniLM()
    except ValueError as error:
        pytest.skip(str(error))
    vectors = encoder.encode(["A man is eating food.", "A man eats a piece of bread.", "Shares fell on Monday."])
    assert {len(v) for v in vectors} == {384}
    one, other, third = ([x / sum(y * y for y in v) ** 0.5 for x in v] for v in vectors)
    assert sum(map(float.__mul__, one, other)) > 0.6 > 0.2 > sum(map(float.__mul__, one, third))
