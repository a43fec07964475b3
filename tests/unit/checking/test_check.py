"""What is said of each sentence of a draft."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from summitreader.checking import Finding, Verdict, check_draft, with_draft
from summitreader.cli import main
from summitreader.notes.model import Verdict as Decided
from summitreader.notes.model import key_of
from summitreader.notes.store import Store
from summitreader.text import Source

POST = """The ferry Marigold sank off Kestrel Sound on Sunday with 41 people on board, the coastguard said.

"We heard the hull crack like a plate," said Ada Brandt, the ship's engineer. Captain Tom Hale was not on the bridge
when the ferry struck the rocks.

The operator, Northern Lines, paid 20,000 crowns in fines after an inspection in 2019. Its director, Helga Moss, has
withdrawn her support for the inquiry."""
HERALD = """Rescuers pulled 38 survivors from the water near Kestrel Sound after the Marigold went down on Sunday.

Helga Moss, the director of Northern Lines, wrote to the families on Monday."""


def checked(draft: str, *texts: str) -> tuple[Finding, ...]:
    sources = [Source.from_text(text, id=f"{n}.txt") for n, text in enumerate(texts or (POST, HERALD))]
    return check_draft(Source.from_text(draft, id="draft.md"), sources)


def kinds(findings: Sequence[Finding]) -> list[str]:
    return [difference.kind for finding in findings for difference in finding.differences]


@pytest.mark.parametrize(
    ("sentence", "verdict", "kind"),
    [
        ("The Marigold, a ferry, sank off Kestrel Sound on Sunday with 41 people aboard.", Verdict.SUPPORTED, None),
        ("The ferry Marigold sank off Kestrel Sound on Sunday with 47 people on board.", Verdict.DIFFERS, "figure"),
        ("The ferry Marigold sank off Kestrel Sound on Friday with 41 people on board.", Verdict.DIFFERS, "time"),
        ("Northern Lines paid 20,000 crowns in fines after an inspection in 2012.", Verdict.DIFFERS, "time"),
        ('"We heard the hull crack like a whip," said Ada Brandt.', Verdict.QUOTED_OTHERWISE, "quotation"),
        ('"We heard the hull crack like a plate," said Tom Hale.', Verdict.DIFFERS, "speaker"),
        ('The engineer Ada Brandt said they "heard the hull crack."', Verdict.SUPPORTED, None),
        ("Captain Tom Hale was on the bridge when the ferry struck the rocks.", Verdict.DIFFERS, "denial"),
        ("The director, Helga Moss, has maintained her support for the inquiry.", Verdict.DIFFERS, "denial"),
        ("Helga Moss, the secretary of Northern Lines, wrote to the families on Monday.", Verdict.DIFFERS, "role"),
        (
            '"We heard the hull crack, not the mast," said Ada Brandt, the engineer, on Sunday.',
            Verdict.QUOTED_OTHERWISE,
            "quotation",
        ),
        (
            "Northern Lines paid 20,000 crowns in fines for two voyages after an inspection in 2019.",
            Verdict.PARTLY,
            None,
        ),
        ("Gales and snow kept everybody in Aldermere at home on Sunday.", Verdict.NOT_FOUND, None),
        ("The choir of Aldermere won a prize in Lisbon for its Christmas record.", Verdict.NOT_FOUND, None),
        ("Such is life.", Verdict.NOT_CHECKABLE, None),
    ],
)
def test_a_sentence_of_a_draft(sentence: str, verdict: Verdict, kind: str | None) -> None:
    (finding,) = checked(sentence)
    assert (finding.verdict, kinds([finding])) == (verdict, [kind] if kind else [])


def test_the_evidence_is_the_sentence_that_says_it_and_a_difference_is_where_it_stands() -> None:
    (finding,) = checked("The ferry Marigold sank off Kestrel Sound on Sunday with 47 people on board.")
    span = finding.evidence[0].span
    assert (span.source, POST[span.start : span.end].split()[:3]) == ("0.txt", ["The", "ferry", "Marigold"])
    there = finding.differences[0].there
    assert there is not None
    assert POST[there.start : there.end] == "41"


def test_a_reason_that_no_source_gives_is_partly_found() -> None:
    (finding,) = checked("The ferry Marigold sank off Kestrel Sound on Sunday because its radar antenna was broken.")
    assert (finding.verdict, kinds([finding])) == (Verdict.PARTLY, ["reason"])


@pytest.mark.parametrize(
    "draft", ["", "   \n\n ", "\N{HANGUL SYLLABLE GA}\N{HANGUL SYLLABLE NA}. 船沉了。", "x" * 5000]
)
def test_odd_drafts_have_a_result(draft: str) -> None:
    assert all(f.verdict in (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE) for f in checked(draft))


def test_a_denial_that_one_of_two_has_within_quotation_marks_is_no_difference() -> None:
    headline = "Bring a coat to the ferry and not an umbrella\n\nThat is what passengers of the Marigold were advised."
    (finding,) = checked('"Bring a coat to the ferry and not an umbrella," the captain advised.', headline)
    assert finding.differences == ()


def test_a_source_held_against_itself_is_supported() -> None:
    assert {finding.verdict for finding in checked(POST, POST)} == {Verdict.SUPPORTED}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("post.txt", POST), ("herald.txt", HERALD)):
        (tmp_path / "sources" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "sources" / name).write_text(text, encoding="utf-8")
    (tmp_path / "draft.md").write_text(
        "The ferry Marigold sank off Kestrel Sound on Sunday with 47 people on board.\n\n"
        '"We heard the hull crack like a plate," said Ada Brandt.\n',
        encoding="utf-8",
    )
    return tmp_path


def test_the_command_writes_each_format_and_verify_reads_what_it_wrote(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", str(folder / "draft.md"), str(folder / "sources"), "--data-dir", str(folder / "data")]
    assert main(words) == 0
    assert "has “41”" in capsys.readouterr().out
    assert main([*words, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "summitreader.check/1"
    assert [sentence["finding"] for sentence in document["sentences"]] == ["differs", "supported"]
    first = document["sentences"][0]
    assert {"source", "path", "start", "end"} <= first["evidence"][0].keys()
    (difference,) = first["differences"]
    start, end = difference["draft"]
    written = (folder / "draft.md").read_text(encoding="utf-8")
    assert (difference["kind"], written[start:end]) == ("figure", "47")
    assert POST[difference["start"] : difference["end"]] == "41" and difference["source"] == difference["path"]
    for form in ("markdown", "html", "csv", "docx"):
        assert main([*words, "--format", form, "-o", str(folder / f"checked.{form}")]) == 0
        assert (folder / f"checked.{form}").stat().st_size > 200
    for form in ("markdown", "html"):
        assert main(["verify", str(folder / f"checked.{form}"), "--data-dir", str(folder / "data")]) == 0
    (folder / "sources" / "post.txt").write_text(POST.replace("41", "43"), encoding="utf-8")
    for form in ("markdown", "html"):
        assert main(["verify", str(folder / f"checked.{form}"), "--data-dir", str(folder / "data")]) == 1


def test_what_was_decided_and_noted_in_the_reader_is_written_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(folder / "data")]
    note = ["--quote", "47 people", "--note", "Ask the coastguard"]
    assert main(["notes", "add", str(folder / "draft.md"), *note, *data]) == 0
    with Store.open(folder / "data") as store:
        store.decide(key_of("draft", ["47", "41"]), Decided.RIGHT, "draft", ["47", "41"])
    assert main(["check", str(folder / "draft.md"), str(folder / "sources"), "--format", "json", *data]) == 0
    sentences = json.loads(capsys.readouterr().out.partition("\n")[2])["sentences"]
    assert [s["decision"] for s in sentences] == ["query: Ask the coastguard", None]


def test_where_the_sources_contradict_each_other_a_sentence_says_so() -> None:
    from summitreader import compare
    from summitreader.export.checked_draft import CheckedDraft

    sources = [Source.from_text(text, id=id) for id, text in (("a", POST), ("b", POST.replace("with 41", "with 43")))]
    draft = Source.from_text("The ferry Marigold sank off Kestrel Sound on Sunday with 41 people on board.", id="draft")
    findings = check_draft(draft, sources)
    divergences = compare(sources).divergences
    (remark,) = CheckedDraft(draft, sources, findings, divergences=divergences).remarks(findings[0])
    assert findings[0].verdict is Verdict.SUPPORTED
    assert "41" in remark and "43" in remark and "A ¶1" in remark and "B ¶1" in remark


def test_in_a_report_the_findings_on_the_draft_are_what_to_check_in_its_order() -> None:
    from summitreader import compare

    draft = (
        "Rescuers flew the captain to a hospital in Lisbon, said Ida Berg.\n\n"
        "The ferry Marigold sank off Kestrel Sound on Sunday with 47 people on board."
    )
    sources = [Source.from_text(text, id=id) for id, text in (("draft", draft), ("post", POST), ("herald", HERALD))]
    report = with_draft(compare(sources), "draft")
    first, second, *rest = report.divergences
    assert (first.kind, first.summary) == ("draft", draft.partition("\n")[0])
    assert [side.words for side in second.sides] == ["47", "41"]
    twice = with_draft(
        replace(report, sources=(Source.from_text(f"{draft}\n\n{draft}", id="draft"), *sources[1:])), "draft"
    )
    assert len({d.id for d in twice.divergences}) == len(twice.divergences)
    assert all(span.source != "draft" for divergence in rest for span in divergence.spans)
    assert with_draft(report, "none") is report


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("", "The draft has no sentence"),
        (POST, "The draft is the text of A"),
        ("Die Fähre sank am Sonntag vor der Küste. Der Kapitän war nicht auf der Brücke.", "another language (de)"),
    ],
)
def test_an_odd_draft_is_said_to_be_one(
    draft: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "draft.md").write_text(draft, encoding="utf-8")
    words = [
        "check",
        str(folder / "draft.md"),
        str(folder / "sources" / "post.txt"),
        "--data-dir",
        str(folder / "data"),
    ]
    assert main(words) == 0
    assert said in capsys.readouterr().out.splitlines()[0]


def test_a_draft_that_is_not_there_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder / "none.md"), str(folder / "sources")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
