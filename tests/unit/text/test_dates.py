"""What `text.dates` promises: a date is read as it is meant, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from summitreader.text.dates import is_date_line, read_date, weekday_on_or_before


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


def test_on_saturday_is_the_last_saturday_up_to_that_day() -> None:
    assert weekday_on_or_before(date(2025, 11, 1), 5) == date(2025, 11, 1)
    assert weekday_on_or_before(date(2025, 11, 3), 5) == date(2025, 11, 1)
