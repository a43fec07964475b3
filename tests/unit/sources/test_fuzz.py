"""Whatever bytes come, a reader gives documents or says why not: no crash, no hang, no flood of memory.

Bytes are those of the saved documents, cut, mixed up, repeated and sprinkled with what each format finds hard, and
bytes of no format at all. `FUZZ_EXAMPLES=2000 pytest tests/unit/sources/test_fuzz.py` looks for longer.
"""

from __future__ import annotations

import os
import resource
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitreader.sources.loader import source_of
from summitreader.sources.model import Skipped, UnreadableFile
from summitreader.sources.registry import reader_for, suffixes
from tests.unit.sources.saved_documents import expected, saved_file

LONGEST = 5.0
"""Seconds for one file."""

MOST_MEMORY = 512 * 1024 * 1024
"""Bytes that reading may add at its highest."""

HARD = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b"<", b"<!--", b"<![CDATA[", b"]]>", b"</", b"<p>"),
    *(b"<table><tr><td>", b"&#x110000;", b"&#0;", b"&lt;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<q><blockquote>"),
    *(b"[", b"{", b"[](", b'"', b"\\u0000", b"\\ud800", b"1e999", b"-1", b"99999999999999999999", b"null", b"---\n"),
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"%PDF-", b"endobj", b"stream\n", b"xref", b"/Kids [1 0 R]"),
    *(b"--b1\n", b"Content-Type: ", b"charset=utf-7", b"base64", b"=?utf-8?Q?=00?=", b"WARC/1.0\r\n", b"HTTP/1.1 200 "),
    *("\u202e\u0301\u200d\ud7ff가字あع".encode(), "“„«".encode(), b"\xc3\x28", b"\x80\x81\xa0"),
)
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
SUFFIXES = sorted({reader_for(f"x{suffix}"): suffix for suffix in sorted(suffixes())}.values())
"""One for each reader."""

SEEDS = {name: saved_file(name, wanted) for name, wanted in expected().items()}

fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` after one to four accidents."""
    for _ in range(draw(st.integers(1, 4))):
        a, b = sorted((draw(st.integers(0, len(whole))), draw(st.integers(0, len(whole)))))
        accident = draw(st.sampled_from(("cut", "lost", "twice", "often", "hard", "noise", "moved", "flipped")))
        if accident == "cut":
            whole = whole[:b]
        elif accident == "lost":
            whole = whole[:a] + whole[b:]
        elif accident == "twice":
            whole = whole[:b] + whole[a:]
        elif accident == "often":
            whole = whole[:a] + whole[a : a + 40] * draw(st.sampled_from((10, 1000, 5000))) + whole[a:]
        elif accident == "hard":
            whole = whole[:a] + draw(st.sampled_from(HARD)) * draw(st.sampled_from((1, 3, 2000))) + whole[a:]
        elif accident == "noise":
            whole = whole[:a] + draw(st.binary(max_size=60)) + whole[a:]
        elif accident == "moved":
            whole = whole[b:] + whole[a:b] + whole[:a]
        elif whole:
            at = min(a, len(whole) - 1)
            whole = whole[:at] + bytes([whole[at] ^ 1 << draw(st.integers(0, 7))]) + whole[at + 1 :]
    return whole[:400_000]


def reads_or_says_why(name: str, data: bytes) -> None:
    before = _highest()
    begun = time.process_time()
    try:
        for document in reader_for(name, data)(data, name):
            if not isinstance(document, Skipped):
                source = source_of(document, name)
                assert all(0 <= p.start < p.end <= len(source.text) for p in source.passages)
                assert all(a.end <= b.start for a, b in zip(source.passages, source.passages[1:], strict=False))
    except UnreadableFile as refused:
        assert str(refused).endswith(".")
    assert time.process_time() - begun < LONGEST
    assert _highest() - before < MOST_MEMORY


def _highest() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.mark.parametrize("name", sorted(SEEDS))
@fuzzed
@given(data=st.data())
def test_a_damaged_document_is_read_or_refused(name: str, data: st.DataObject) -> None:
    reads_or_says_why(name, data.draw(damaged(SEEDS[name])))


@pytest.mark.parametrize("suffix", SUFFIXES)
@fuzzed
@given(data=st.binary(max_size=3000) | st.lists(st.sampled_from(HARD), max_size=200).map(b"".join))
def test_bytes_of_no_format_are_read_or_refused(suffix: str, data: bytes) -> None:
    reads_or_says_why(f"x{suffix}", data)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_again_and_again_is_read_or_refused(suffix: str) -> None:
    for hard in HARD:
        reads_or_says_why(f"x{suffix}", hard * (20_000 // len(hard)))
