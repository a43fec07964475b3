"""Sources in other languages: an encoder finds the counterpart, and never says that two agree or that one is silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summitreader import Corpus, Report, Source, compare
from summitreader.comparison.divergence import Telling, coverage
from summitreader.comparison.encoders import Multilingual, languages_encoder, not_compared
from summitreader.comparison.linking.explain import why
from summitreader.comparison.model import Alone

ENGLISH = """The ferry sank off Orlo on Monday.

Divers found nine people alive in the hull.

More rain is expected in the hills.

The harbour stays closed until Friday."""
GERMAN = """Neun Menschen wurden von Tauchern im Rumpf lebend gefunden.

Die Fähre sank am Montag vor Orlo.

Der Bürgermeister sprach den Familien sein Beileid aus."""
SAMPLES = Path(__file__).resolve().parents[3] / "sample_corpus"
MEANINGS = ("sank", "alive|lebend", "rain", "harbour", "Beileid")


class ByMeaning:
    """An encoder that knows what a sentence is about by one word."""

    name = "by-meaning"
    languages = frozenset({"en", "de"})

    def encode(self, texts: list[str], /) -> list[list[float]]:
        return [[float(any(w in text for w in words.split("|"))) for words in MEANINGS] + [0.2] for text in texts]


class Wrong(ByMeaning):
    def encode(self, texts: list[str], /) -> list[list[float]]:
        return super().encode(texts)[1:]


def sources() -> list[Source]:
    english = [Source.from_text(ENGLISH, id=name, language="en") for name in ("a", "b")]
    return [*english, Source.from_text(GERMAN, id="c", language="de")]


@pytest.fixture
def report() -> Report:
    return compare(sources(), languages=ByMeaning())


def test_the_same_is_linked_across_languages_whatever_the_order(report: Report) -> None:
    found = {(k.a.source, k.a.passage, k.b.passage) for k in report.links if k.kind == "translated"}
    assert found == {("a", 0, 1), ("a", 1, 0), ("b", 0, 1), ("b", 1, 0)}
    assert report.comparable == (True, True, True) and report.by_meaning == ("c",)


def test_a_passage_joins_the_thread_of_its_counterpart(report: Report) -> None:
    told_by = ["".join(sorted({m.source for m in t.members})) for t in report.threads]
    assert told_by == ["abc", "abc", "ab", "ab"]
    assert [t.id for t in report.threads] == ["t1", "t2", "t3", "t4"]


def test_nothing_is_said_to_be_left_out_by_it_or_only_in_it(report: Report) -> None:
    assert report.alone[2] == (Alone.NO, Alone.NO, Alone.UNSURE)
    assert all("c" not in d.silent for d in report.divergences)
    assert {row.cells[2].telling for row in coverage(report)} == {Telling.TOLD, Telling.UNSURE}


def test_why_it_is_linked_says_that_it_is_no_agreement(report: Report) -> None:
    link = next(k for k in report.links if k.kind == "translated")
    assert "not that they agree" in why(report, link.a, link.b).verdict


def test_without_an_encoder_and_in_one_language_all_is_as_it_was() -> None:
    assert compare(sources(), languages=None).comparable == (True, True, False)
    english = sources()[:2]
    assert compare(english, languages=ByMeaning()) == compare(english, languages=None)


def test_a_language_that_the_encoder_does_not_know_is_not_compared() -> None:
    found = compare([*sources()[:2], replace(sources()[2], language="fi")], languages=ByMeaning())
    assert found.comparable == (True, True, False)


def test_vectors_are_cached_and_change_nothing(tmp_path: Path) -> None:
    first = compare(sources(), languages=ByMeaning(), cache=tmp_path)
    again = compare(sources(), languages=ByMeaning(), cache=tmp_path)
    assert first.to_dict() == again.to_dict() == compare(sources(), languages=ByMeaning()).to_dict()
    assert compare(sources(), languages=None, cache=tmp_path).comparable == (True, True, False)


def test_an_encoder_that_gives_too_few_vectors_is_refused() -> None:
    with pytest.raises(ValueError, match="one vector a text"):
        compare(sources(), languages=Wrong())


def test_an_installation_that_is_damaged_leaves_what_the_words_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(self: Multilingual, texts: list[str], /) -> list[list[float]]:
        raise OSError("weights.npz is damaged")

    monkeypatch.setattr(Multilingual, "encode", damaged)
    monkeypatch.delenv("SUMMITREADER_ENCODER")
    assert compare(sources()) == compare(sources(), languages=None)


def test_a_source_that_is_too_long_for_it_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitreader.comparison.translated._MOST", 2)
    assert compare(sources(), languages=ByMeaning()).comparable == (True, True, False)


@pytest.mark.parametrize("vector", [[float("nan")] * 3, ["no", "number", "here"]])
def test_vectors_that_are_no_numbers_are_refused(vector: list[float]) -> None:
    class Other:
        def encode(self, texts: list[str], /) -> list[list[float]]:
            return [vector for _ in texts]

    with pytest.raises(ValueError, match="the vectors of the encoder must be"):
        compare(sources(), languages=Other())


def test_an_encoder_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="no encoder named nothing"):
        compare(sources(), languages="nothing")
    monkeypatch.setattr("summitreader.comparison.encoders.find_spec", lambda name: None)
    monkeypatch.delenv("SUMMITREADER_ENCODER")
    assert languages_encoder("installed") is None
    assert not_compared("de", "en") == "another language (de); the extra languages compares it"
    assert not_compared("fi", "en") == "another language (fi)" and not_compared("en", "en") == ""


def test_two_texts_that_run_in_one_order_are_linked_in_it() -> None:
    """Every third sentence says nothing that the encoder knows; its place says what it answers to."""

    class Numbers:
        def encode(self, texts: list[str], /) -> list[list[float]]:
            numbers = [int("".join(filter(str.isdigit, text))) for text in texts]
            return [[float(n == k and n % 3 > 0) for k in range(30)] + [0.3] for n in numbers]

    english, german = ("\n\n".join(f"{word} number {n} ends here." for n in range(30)) for word in ("Verse", "Vers"))
    pair = [Source.from_text(english, id="a", language="en"), Source.from_text(german, id="b", language="de")]
    links = compare(pair, languages=Numbers()).links
    assert {(k.a.passage, k.b.passage) for k in links} >= {(n, n) for n in range(30) if n % 3}
    assert all(abs(k.a.passage - k.b.passage) <= 1 for k in links)


def test_the_installed_encoder_links_the_chinese_report_of_the_sample() -> None:
    found = compare(Corpus.load(SAMPLES / "brightwater-verdict").sources, languages=Multilingual())
    by_id = {s.id: s for s in found.sources}
    ends = [(link.a, link.b) for link in found.links if link.kind == "translated"]
    linked = [{by_id[end.source].passage_text(end.passage) for end in pair} for pair in ends]
    assert {"亮水公司股价周五收盘上涨6%。", "Shares in Brightwater closed 6 per cent higher."} in linked
    assert len(linked) >= 10
    assert any("两年" in side.words for d in found.divergences if d.kind == "number" for side in d.sides)
