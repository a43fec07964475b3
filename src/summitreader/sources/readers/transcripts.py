"""Transcripts: subtitles (SRT, WebVTT, TTML), Whisper's JSON, and texts in turns, each line with its speaker.

What was said becomes paragraphs, a turn or a pause each, with the sentences that cues cut in two joined again. The
speaker is a line of its own before the turn; times and speakers are locators, so that a citation says 00:14:07.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import Any

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.xml import local, parse_xml, walk
from summitreader.text import Block, BlockKind, Locator
from summitreader.text.article_lines import looks_like_names

PAUSE = 4.0
"""Seconds without a word that end a paragraph, where a sentence ends."""

ROLLING = 4
"""One cue in so many repeats lines of the one before where captions roll; elsewhere somebody said a thing twice."""

LONG = 600
"""Characters of a paragraph after which the end of a sentence ends it."""

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})")
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?\s+([^<>]{1,200})>", re.IGNORECASE)
_SOUND = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\)|[♪♫][^♪♫]*[♪♫]?)\s*")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*\Z")
_NAME = r"[^\W\d_][\w.'’ -]{0,39}?(?:\s+\d{1,2}(?![\d:.]))?(?:\s*\((?![\d:.,]+\))[^()]{1,40}\))?"
_LABEL = re.compile(rf"\s*(?:>>+\s*|[-–—]\s*)?(?:\[({_NAME})\]:?|({_NAME})\s*[:：])\s+(?=\S)")
_CHANGE = re.compile(r"\s*(?:>>+|[-–—](?=\s*\S))\s*")
_BEFORE = rf"\s*(?:[\[(]?(?P<before>{_CLOCK})[\])]?\s*[-–—|]?\s*)?"
_AFTER = rf"(?:[-–—|,]?\s*[\[(]?(?P<after>{_CLOCK})[\])]?\s*)?"
_TURN = re.compile(rf"{_BEFORE}(?P<name>{_NAME})\s*{_AFTER}[:：](?!\d)\s*")
_HEADING = re.compile(rf"{_BEFORE}(?P<name>{_NAME})\s*{_AFTER}\Z")
_STAMP = re.compile(rf"\s*[\[(]?({_CLOCK})[\])]?\s*(?:[-–—|]\s*)?")
_NOT_SPEAKERS = frozenset(
    """note warning update correction source sources photo picture image caption credit tags share topics published
    updated date time place location subject from to cc re fwd http https title author byline headline section read
    watch listen related more contact email phone tel address by""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What was said from `start` to `end`, in seconds (None where unknown), and by whom, where that is said."""

    words: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    turn: bool = False
    """Whether somebody else speaks than before, where it is not said who."""


def read_subtitles(data: bytes, name: str) -> Iterator[Document]:
    """SRT and WebVTT, which are alike: a line with two times, then lines of words, then an empty line."""
    decoded = decode(data)
    cues = list(_with_speakers(list(_subtitle_cues(decoded.text.splitlines()))))
    yield transcript(cues, decoded.notices)


def read_ttml(data: bytes, name: str) -> Iterator[Document]:
    root, notices = parse_xml(data)
    yield ttml_document(root, notices)


def whisper_cues(value: Any) -> list[Cue]:
    """The segments of Whisper's output, of whisper.cpp's and WhisperX's; none where `value` is something else."""
    segments = value.get("segments", value.get("transcription")) if isinstance(value, dict) else value
    cues = []
    for segment in segments if isinstance(segments, list) else ():
        words = segment.get("text") if isinstance(segment, dict) else None
        if not isinstance(words, str):
            return []
        times = segment.get("offsets")
        start, end = (
            (_number(times.get("from"), 1000), _number(times.get("to"), 1000))
            if isinstance(times, dict)
            else (_number(segment.get("start")), _number(segment.get("end")))
        )
        if start is None:
            return []
        speaker = segment.get("speaker")
        cues.append(Cue(words.strip(), start, end, speaker.strip() if isinstance(speaker, str) else None))
    return cues


def _number(value: Any, part: float = 1.0) -> float | None:
    if isinstance(value, str):
        return seconds_of(value)
    usable = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9
    return value / part if usable else None


def turns(text: str) -> list[Cue]:
    """The turns of a text in which lines open with a speaker, a time, or both; none where it is not such a text.

    Without times, speakers must take turns: two at least, four turns, and more than half of the paragraphs.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not 3 <= len(lines) <= 200_000:
        return []
    found = [_turn(line[:400]) for line in lines]
    for n in range(1, len(lines)):  # a time, and who speaks on the line below it
        before, here = found[n - 1], _HEADING.match(lines[n][:100])
        if before is None or lines[n - 1][before[2] :].strip():
            continue
        if before[1]:  # below who speaks is what is said, also where it has a colon
            below = found[n]
            found[n] = below if below is not None and below[0] is not None else None
            continue
        if found[n] is not None:
            continue
        if here is not None and _is_name(here["name"]):
            found[n] = before[0], " ".join(here["name"].split()), len(lines[n])
    speakers = _speakers(turn[1] for turn in found if turn is not None and turn[1])
    found = [turn if turn is None or not turn[1] or turn[1] in speakers else None for turn in found]
    names = Counter(turn[1] for turn in found if turn is not None and turn[1])
    timed = sum(turn is not None and turn[0] is not None for turn in found)
    spoken = sum(names.values())
    repeated = sum(count for count in names.values() if count > 1)
    in_turns = len(names) >= 2 and spoken >= 4 and 2 * repeated > spoken and 2 * spoken > len(lines)
    exact = sum(line.count(":") > 1 for line in lines) > 2
    stamped = timed >= 3 and 3 * timed >= len(lines) and (repeated > 0 or exact)
    if not stamped and not in_turns:  # times alone, without seconds, are a live blog
        return []
    cues: list[Cue] = []
    start: float | None = None
    speaker: str | None = None
    for line, turn in zip(lines, found, strict=True):
        words, turned = line.strip(), False
        if turn is not None and (turn[0] is not None or names[turn[1]] > 1 or in_turns):
            start = turn[0] if turn[0] is not None or timed == 0 else start
            turned = bool(turn[1])
            speaker = turn[1] or speaker
            words = line[turn[2] :].strip()
        if words:
            cues.append(Cue(words, start, None, speaker, turned))
    return cues


def _turn(line: str) -> tuple[float | None, str, int] | None:
    """Time, speaker and where the words begin, of a line that opens with a time or a speaker."""
    for pattern in (_TURN, _HEADING):
        found = pattern.match(line)
        stamp = (found["before"] or found["after"]) if found is not None else None
        if found is not None and (stamp or pattern is _TURN) and _is_name(found["name"]):
            return seconds_of(stamp) if stamp else None, " ".join(found["name"].split()), found.end()
    stamp_alone = _STAMP.match(line)
    return (seconds_of(stamp_alone[1]), "", stamp_alone.end()) if stamp_alone is not None else None


def _speakers(labels: Iterable[str]) -> set[str]:
    """Which of the words before colons are speakers: where any that is written as a name speaks twice, only such."""
    counted = Counter(labels)
    as_names = {label for label in counted if looks_like_names(re.sub(r"\s*\(.*", "", label))}
    return as_names if any(counted[label] > 1 for label in as_names) else set(counted)


def _is_name(words: str) -> bool:
    parts = words.split()
    plain = re.sub(r"\s*\(.*", "", words)
    return (
        len(parts) <= 6
        and plain.split()[0].lower() not in _NOT_SPEAKERS
        and (plain[0].isupper() or not plain.islower())
    )


def _subtitle_cues(lines: list[str]) -> Iterator[Cue]:
    """The cues; where captions roll, what one repeats of the one before is left out."""
    read: list[tuple[re.Match[str], list[str]]] = []
    n = 0
    while n < len(lines):
        found = _CUE.match(lines[n])
        n += 1
        if found is None:
            continue
        words = []
        below = lines[n + 1].strip() if n + 1 < len(lines) and not lines[n].strip() else ""
        if below and not below.isdecimal() and _CUE.match(below) is None:
            n += 1  # an empty first line, as in captions that roll
        while n < len(lines) and lines[n].strip() and _CUE.match(lines[n]) is None:
            words.append(lines[n].strip())
            n += 1
        if n < len(lines) and _CUE.match(lines[n]) is not None and words and words[-1].isdecimal():
            words.pop()  # the number of the next cue, which no empty line parts from this one
        read.append((found, words))
    bare = [[_TAG.sub("", line) for line in words] for _, words in read]
    repeated = [0]
    for before, here in pairwise(bare):
        most = min(len(before), len(here))
        repeated.append(next((count for count in range(most, 0, -1) if here[:count] == before[-count:]), 0))
    rolls = ROLLING * sum(map(bool, repeated)) >= len(read)
    for (found, words), count in zip(read, repeated, strict=False):
        for part in _dialogue(words[count if rolls else 0 :]):
            yield Cue(part, seconds_of(found[1]), seconds_of(found[2]))


def _dialogue(lines: list[str]) -> list[str]:
    """The words of a cue; two lines that open with a hyphen are two who speak."""
    if sum(line.startswith(("-", "–", ">>")) for line in lines) < 2:
        return [" ".join(lines)] if lines else []
    parts: list[str] = []
    for line in lines:
        if line.startswith(("-", "–", ">>")) or not parts:
            parts.append(line)
        else:
            parts[-1] += f" {line}"
    return parts


def _with_speakers(cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues with what says who speaks taken out of the words, and without descriptions of sounds."""
    plain = [unescape(_TAG.sub("", cue.words)).replace("\xad", "").strip() for cue in cues]
    labels = [_LABEL.match(words) for words in plain]
    named = [" ".join((label[1] or label[2]).split()) if label else "" for label in labels]
    speakers = _speakers(name for name in named if name and _is_name(name))
    speaker: str | None = None
    for cue, words, label, name in zip(cues, plain, labels, named, strict=True):
        turned = False
        voice = _VOICE.search(cue.words)
        if voice is not None:
            speaker = " ".join(unescape(voice[1]).split())
        elif label is not None and name in speakers and (name.isupper() or label[1] or len(name.split()) <= 4):
            speaker = name
            words = words[label.end() :]
        elif (change := _CHANGE.match(words)) is not None:
            speaker, turned = None, True
            words = words[change.end() :]
        if words and not _SOUND.fullmatch(words):
            yield Cue(words, cue.start, cue.end, speaker, turned)


def ttml_document(root: Any, notices: tuple[str, ...] = ()) -> Document:
    """The paragraphs of a TTML document, with the agents that they name."""
    rate = next((float(v) for k, v in root.items() if k.endswith("tickRate") and v.isdecimal() and int(v)), 1.0)
    agents: dict[str, str] = {}
    cues: list[Cue] = []
    for agent in (e for e in root.iter() if local(e) == "agent"):
        id = next((value for key, value in agent.items() if key.endswith("}id") or key == "id"), "")
        agents[id] = " ".join("".join(e.text or "" for e in agent.iter() if local(e) == "name").split())
    words: list[str] | None = None
    for begins, element in walk(root):
        name = local(element)
        if name == "p":
            if begins:
                words = [element.text or ""]
                continue
            said = {key.rpartition("}")[2]: value for key, value in element.items()}
            text = " ".join("".join(words or []).split())
            times = [said.get("begin") or _first_time(element), said.get("end")]
            start, end = (_ttml_seconds(time, rate) if time else None for time in times)
            if text:
                cues.append(Cue(text, start, end, agents.get(said.get("agent", "")) or None))
            words = None
        elif words is not None:
            if begins:
                words.append(" " if name == "br" else (element.text or "") if name != "metadata" else "")
            else:
                words.append(element.tail or "")
    known = any(cue.speaker for cue in cues)
    return transcript(cues if known else list(_with_speakers(cues)), notices)


def _first_time(paragraph: Any) -> str | None:
    return next((e.get("begin") for e in paragraph if e.get("begin")), None)


def _ttml_seconds(time: str, rate: float) -> float | None:
    offset = re.fullmatch(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|t|f)", time.strip())
    if offset is not None:
        unit = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "t": 1 / rate, "f": 0.04}[offset[2]]
        return float(offset[1]) * unit
    return seconds_of(re.sub(r"\A(\d+:\d+:\d+):\d+\Z", r"\1", time.strip()))


def seconds_of(clock: str) -> float | None:
    """Seconds of `1:02:03.5`, `02:03`, `00:02:03,500`; None for what is not a time."""
    if not re.fullmatch(_CLOCK, clock):
        return None
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def label_of(seconds: float) -> str:
    """`00:14:07`."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def transcript(cues: Sequence[Cue], notices: tuple[str, ...] = (), **known: Any) -> Document:
    """The document of the cues. Raises `UnreadableFile` where nobody says anything."""
    parts: list[str] = []
    blocks: list[Block] = []
    locators: list[Locator] = []
    at = 0
    begun = 0
    title = False
    last: Cue | None = None
    for cue in cues:
        words = " ".join(cue.words.split())
        if not words:
            continue
        turn = last is None or title or cue.turn or cue.speaker != last.speaker
        ended = last is not None and _ENDED.search(parts[-1]) is not None
        pause = (
            last is not None and cue.start is not None and (before := last.end or last.start) is not None
            and cue.start - before >= PAUSE
        )  # fmt: skip
        if turn or (ended and (pause or at - begun >= LONG)):
            if blocks:
                parts.append("\n\n")
                at += 2
            if turn and cue.speaker:
                blocks.append(Block(BlockKind.BYLINE, at, at + len(cue.speaker)))
                locators.append(Locator(at, label_of(cue.start) if cue.start is not None else "", cue.speaker))
                parts += [cue.speaker, "\n\n"]
                at += len(cue.speaker) + 2
            begun = at
            blocks.append(Block(BlockKind.PARAGRAPH, at, at))
            title = last is None and words == known.get("title")
        else:
            parts.append(" ")
            at += 1
        locators.append(Locator(at, label_of(cue.start) if cue.start is not None else "", cue.speaker))
        parts.append(words)
        at += len(words)
        blocks[-1] = Block(BlockKind.TITLE if title else BlockKind.PARAGRAPH, begun, at)
        last = cue
    if last is None:
        raise UnreadableFile("there are no words in this transcript.")
    return Document(
        "".join(parts) + "\n", notices=notices, blocks=tuple(blocks), locators=tuple(_needed(locators)), **known
    )


def _needed(locators: list[Locator]) -> Iterator[Locator]:
    """Without those that say the same as the one before; none at all where nothing is known."""
    if any(locator.label or locator.speaker for locator in locators):
        last: tuple[str, str | None] | None = None
        for locator in locators:
            if (locator.label, locator.speaker) != last:
                yield locator
            last = (locator.label, locator.speaker)
