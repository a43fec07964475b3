"""What `text.dates` promises: a date is read as it is meant, or not at all."""

from __future__ import annotations

import pytest

from summitreader.text.dates import is_date_line, is_stamp, read_date


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Saturday 1 November 2025, 9:40 p.m. KST", "2025-11-01T21:40+09:00"),
        ("Published: Nov. 1st, 2025 at 12:04 am EDT", "2025-11-01T00:04-04:00"),
        ("Sat, 01 Nov 2025 10:00:00 +0900", "2025-11-01T10:00+09:00"),
        ("2025-11-01T22:15:00Z", "2025-11-01T22:15+00:00"),
        ("입력 2025.11.01. 21:05", "2025-11-01T21:05"),
        ("2025년 11월 1일 오후 3:05", "2025-11-01T15:05"),
        ("2025年6月7日 09:30", "2025-06-07T09:30"),
        ("1. November 2025 um 14.30 Uhr", "2025-11-01T14:30"),
        ("le 1er novembre 2025 à 14h30", "2025-11-01T14:30"),
        ("1 de noviembre de 2025", "2025-11-01"),
        ("1 ноября 2025 г. 10:00", "2025-11-01T10:00"),
        ("١ نوفمبر ٢٠٢٥", "2025-11-01"),
        ("13/11/2025", "2025-11-13"),
    ],
)
def test_dates_of_many_pages_are_read(line: str, iso: str) -> None:
    moment = read_date(line)
    assert moment is not None
    assert moment.iso() == iso


@pytest.mark.parametrize(
    "line",
    [
        "11/12/2025",
        "31 February 2025",
        "Sunday 1 November 2025",
        "May 2025",
        "He left on 1 November 2025",
        "12 people",
        "",
    ],
)
def test_what_is_not_certain_is_not_read(line: str) -> None:
    assert read_date(line) is None


def test_a_day_without_a_year_keeps_none() -> None:
    moment = read_date("Nov 1")
    assert moment is not None
    assert (moment.iso(), moment.month_day()) == (None, "--11-01")


def test_a_line_that_contradicts_itself_is_a_date_line_all_the_same() -> None:
    assert is_date_line("Sunday 1 November 2025")


@pytest.mark.parametrize(
    "line",
    [
        "Updated: 20:09", "Updated 9:06 AM", "Updated on: 05/11/2025 20:09",
        "Story Created: Aug 7, 2012 at 9:56 AM AKDT",
        "Posted: 04/9/2012 8:33 am Updated: 04/9/2012 8:33 am", "First Published: Wed, Nov 05 2025. 08 09 PM IST",
        "Date created : 05/11/2025 - 20:09", "5 Nov 2025, 2009 hrs IST", "Updated: 05 Nov 2025 20:09 (IST)",
    ],
)  # fmt: skip
def test_a_line_that_only_says_when_its_page_was_made_is_a_stamp_readable_or_not(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    ["Updated rules for 2025", "Missing: 8.", "At 20:09 the bridge fell.", "Monday at 5 p.m.", "12 March",
     "Published works", "Filed 12 complaints in May 2025"],
)  # fmt: skip
def test_a_line_that_tells_anything_else_is_no_stamp(line: str) -> None:
    assert not is_stamp(line)
