"""Through whom words came: speaker, who reports it, this source; a document's words are those of who issued it."""

from __future__ import annotations

import pytest

from .said_by import found


def via(text: str, words: str) -> tuple[str | None, list[str | None]]:
    (q,) = [q for q in found(text) if words in q.text and q.kind.value != "reported"]
    return q.speaker.name if q.speaker else None, [m.name for m in q.via]


@pytest.mark.parametrize(
    ("text", "speaker", "passed"),
    [
        ("Ann Lee called for “closer ties” with the town, her office said.", "Ann Lee", ["her office"]),
        ("Ann Lee said they are “good neighbours,” according to the Harlow Times.", "Ann Lee", ["Harlow Times"]),
        ("“We are good neighbours,” Ann Lee said in a statement.", "Ann Lee", ["a statement"]),
        (
            "Ann Lee said in a statement that it is a “pipe dream,” the Harlow Times reported.",
            "Ann Lee",
            ["a statement", "Harlow Times"],
        ),
        ("The Harlow Times quoted Ann Lee as saying they are “good neighbours.”", "Ann Lee", ["Harlow Times"]),
        ("Ann Lee was quoted by the Harlow Times as saying they are “good neighbours.”", "Ann Lee", ["Harlow Times"]),
        ("Ann Lee told the Harlow Times that they are “good neighbours.”", "Ann Lee", ["Harlow Times"]),
        ("“We are good neighbours,” Ann Lee said.", "Ann Lee", []),
    ],
)
def test_the_chain_runs_from_the_speaker_to_this_source(text: str, speaker: str, passed: list[str]) -> None:
    words = "pipe dream" if "pipe" in text else "closer ties" if "closer" in text else "good neighbours"
    assert via(text, words) == (speaker, passed)


def test_the_statement_speaks_for_who_issued_it() -> None:
    text = (
        "Pak Myong Ho said in a statement that the plan was a “pipe dream.”\n\n"
        "It shows a “lack of common sense,” according to the statement carried by the Harlow Times."
    )
    assert via(text, "common sense") == ("Pak Myong Ho", ["the statement", "Harlow Times"])


def test_a_report_inside_a_report_keeps_both() -> None:
    text = "Ann Lee urged the towns to “mend the bridge,” the news agency Harlow Wire said."
    speaker, passed = via(text, "mend the bridge")
    assert speaker == "Ann Lee"
    assert len(passed) == 1


def test_it_after_an_agency_has_spoken_is_that_agency() -> None:
    text = "The bridge was closed, the Harlow News Agency said. It said Ann Lee urged all to “stay at home.”"
    assert via(text, "stay at home") == ("Ann Lee", ["Harlow News Agency"])
