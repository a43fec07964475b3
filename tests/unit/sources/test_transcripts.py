# ruff: noqa: E501, the files that are read stand on lines of their own
"""Transcripts in every dialect come to the same: who said what, and when."""

from __future__ import annotations

import json

import pytest

from summitreader import compare
from summitreader.sources.loader import source_of
from summitreader.sources.readers.transcripts import turns
from summitreader.sources.registry import reader_for
from summitreader.text import BlockKind, Source

BERG, AMDAHL = "Anna Berg", "Jonas Amdahl"
WANTED = [
    ("00:00:03", BERG, "The board voted to close the quay."),
    ("00:14:07", AMDAHL, "Who pays for it?"),
    ("00:14:20", BERG, "The state pays half."),
]

_SEGMENTS = [
    {"start": 3.2, "end": 5, "text": " The board voted", "speaker": BERG},
    {"start": 5, "end": 7, "text": " to close the quay.", "speaker": BERG},
    {"start": 847.9, "end": 850, "text": " Who pays for it?", "speaker": AMDAHL},
    {"start": 860, "end": 862, "text": " The state pays half.", "speaker": BERG},
]
DIALECTS = {
    "a.srt": "1\n00:00:03,200 --> 00:00:05,000\nAnna Berg: The board voted\n\n2\n00:00:05,000 --> 00:00:07,000\n"
    "to close <i>the quay</i>.\n\n3\n00:14:07,900 --> 00:14:10,000\nJonas Amdahl: Who pays\nfor it?\n\n"
    "4\n00:14:20,000 --> 00:14:22,000\nAnna Berg: The state pays half.\n",
    "a.vtt": "WEBVTT\n\nNOTE by hand\n\n00:03.200 --> 00:05.000 align:start\n<v Anna Berg>The board voted\n\n"
    "00:05.000 --> 00:07.000\n<v Anna Berg>to close the quay.</v>\n\ncue-3\n00:14:07.900 --> 00:14:10.000\n"
    "<v.loud Jonas Amdahl>Who pays for it?\n\n00:14:15.000 --> 00:14:16.000\n[applause]\n\n"
    "00:14:20.000 --> 00:14:22.000\n<v Anna Berg>The state pays half.\n",
    "a.json": json.dumps({"text": "…", "language": "en", "segments": _SEGMENTS}),
    "a.ttml": '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:m="http://www.w3.org/ns/ttml#metadata">'
    '<head><m:agent xml:id="b"><m:name>Anna Berg</m:name></m:agent><m:agent xml:id="j"><m:name>Jonas Amdahl</m:name>'
    '</m:agent></head><body><div><p begin="3.2s" end="5s" m:agent="b">The board<br/>voted</p>'
    '<p begin="5s" end="7s" m:agent="b">to close <span>the quay</span>.</p>'
    '<p begin="00:14:07.900" end="00:14:10" m:agent="j">Who pays for it?</p>'
    '<p begin="00:14:20:12" end="00:14:22" m:agent="b">The state pays half.</p></div></body></tt>',
    "time-before.txt": "[00:00:03] Anna Berg: The board voted to close the quay.\n"
    "[00:14:07] Jonas Amdahl: Who pays for it?\n[00:14:20] Anna Berg: The state pays half.\n",
    "time-after.txt": "Anna Berg (00:00:03): The board voted to close the quay.\n\n"
    "Jonas Amdahl (00:14:07): Who pays for it?\n\nAnna Berg (00:14:20): The state pays half.\n",
    "heading.txt": "Anna Berg  0:03\nThe board voted to close the quay.\n\nJonas Amdahl  14:07\nWho pays for it?\n\n"
    "Anna Berg  14:20\nThe state pays half.\n",
    "two-lines.txt": "00:00:03\nAnna Berg\nThe board voted to close the quay.\n\n00:14:07\nJonas Amdahl\nWho pays for it?\n\n"
    "00:14:20\nAnna Berg\nThe state pays half.\n",
}


def read(name: str, text: str) -> Source:
    data = text.encode()
    (document,) = reader_for(name, data)(data, name)
    return source_of(document, name)  # type: ignore[arg-type]


def said(source: Source) -> list[tuple[str, str | None, str]]:
    found = []
    for n, passage in enumerate(source.passages):
        locator = source.locator_at(passage.start)
        if source.blocks[passage.block].kind is BlockKind.PARAGRAPH:
            assert locator is not None
            assert source.place_name(n).endswith(locator.label)
            found.append((locator.label, locator.speaker, source.passage_text(n)))
    return found


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_says_who_what_and_when(name: str) -> None:
    source = read(name, DIALECTS[name])
    assert said(source) == WANTED
    assert [source.text[b.start : b.end] for b in source.blocks if b.kind is BlockKind.BYLINE] == [BERG, AMDAHL, BERG]
    assert (source.author, source.outlet) == (None, None)


def test_turns_without_times_have_speakers_and_a_title_stays() -> None:
    source = read("a.txt", "Board meeting\n\nQ: Why close it?\nA: It leaks.\nIt is old.\nQ: Who pays?\nA: The state.\n")
    assert source.title == "Board meeting"
    assert said(source) == [
        ("", "Q", "Why close it?"), ("", "A", "It leaks."), ("", "A", "It is old."), ("", "Q", "Who pays?"),
        ("", "A", "The state."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank\n\n14:07 The ferry left the quay.\n14:20 The coastguard was called.\n15:02 Nobody had died.\n",
        "Title: Quay closed\nAuthor: Anna Berg\nDate: 1 May 2024\n\nThe board voted to close it.\n",
        "The board voted.\n\nBerg: “We close.”\n\nAmdahl left the room. He came back later.\n\nNobody else spoke.\n",
        "Note: one.\nNote: two.\nUpdate: three.\nUpdate: four.\n",
    ],
)
def test_articles_are_not_transcripts(text: str) -> None:
    assert turns(text) == []


def test_a_time_is_never_a_speaker() -> None:
    cues = "1\n00:00:01,000 --> 00:00:02,000\nAt 14:07: nobody was there.\n\n2\n00:00:02,000 --> 00:00:03,000\n12:30: Lunch.\n"
    source = read("a.srt", cues)
    assert {locator.speaker for locator in source.locators} == {None}


def test_captions_that_roll_are_told_once() -> None:
    text = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\n \nthe<00:00.500><c> board</c>\n\n00:02.000 --> 00:02.010\nthe board\n \n\n"
    )
    text += "00:02.010 --> 00:04.000\nthe board\nvoted<00:02.500><c> on it</c>\n"
    assert [words for *_, words in said(read("a.vtt", text))] == ["the board voted on it"]


def test_two_who_speak_in_one_cue_are_two_paragraphs() -> None:
    source = read("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n- Who pays?\n- The state.\n")
    assert [source.text[b.start : b.end] for b in source.blocks] == ["Who pays?", "The state."]


def test_the_comparison_says_time_and_speaker_of_each_passage() -> None:
    report = compare([read("a.srt", DIALECTS["a.srt"]), Source.from_text("The board voted.", id="b")]).to_dict()
    passages = [
        p for p in report["sources"][0]["passages"] if report["sources"][0]["blocks"][p["block"]]["kind"] == "paragraph"
    ]
    assert [(p["locator"], p["speaker"]) for p in passages] == [wanted[:2] for wanted in WANTED]
    assert set(report["sources"][1]["passages"][0]) == {"start", "end", "block", "alone"}


def test_what_is_no_name_before_a_colon_is_said_where_names_speak() -> None:
    spoken = "Two things: the wall and the road."
    text = f"Anna Berg: The board voted.\nJonas Amdahl: {spoken}\nAnna Berg: I see.\nJonas Amdahl: Two things: both.\n"
    assert [(cue.speaker, cue.words) for cue in turns(text)][1] == (AMDAHL, spoken)
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{line}\n\n" for n, line in enumerate([*text.splitlines(), spoken]))
    read_back = read("a.vtt", f"WEBVTT\n\n{cues}")
    assert {locator.speaker for locator in read_back.locators} == {BERG, AMDAHL}
    below = "Anna Berg, 00:02:\nTwo things: the wall.\n\nJonas Amdahl, 00:09:\nWhy?\n\nAnna Berg, 00:14:\nWell.\n"
    assert [cue.speaker for cue in turns(below)] == [BERG, AMDAHL, BERG]


@pytest.mark.parametrize(("others", "times"), [(2, 1), (3, 2)])
def test_what_is_said_twice_stays_unless_captions_roll(others: int, times: int) -> None:
    said = ["No!", "No!", *(f"Number {n}." for n in range(others))]
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{words}\n\n" for n, words in enumerate(said))
    assert read("a.vtt", f"WEBVTT\n\n{cues}").text.count("No!") == times
