"""Numbers that count nothing: clock times, days, years, telephone numbers, and those that name something."""

from __future__ import annotations

from summitreader.comparison.divergence import quantities as q
from summitreader.comparison.divergence.words import DASHES, listed, word_set
from summitreader.text.tokens import Token

MONTHS = word_set("non_quantities.months")
_BEFORE_PRONOUN = listed("the no this that any every each which another last next only")
"""Words before "one" that make it a pronoun."""


def clock_or_date(words: tuple[Token, ...], i: int) -> int | None:
    """The last word of a clock time, a day of a month or a year that begins at `i`, or None."""
    word = words[i]
    after = words[i + 1] if i + 1 < len(words) else None
    before = words[i - 1] if i > 0 else None
    if (
        after is not None
        and after.text in {":", "/"}
        and words[i + 2 : i + 3]
        and words[i + 2].kind == "number"
        and after.start == word.end
    ):
        return i + 2
    if after is not None and after.low.replace(".", "") in {"am", "pm", "o'clock", "gmt"}:
        return i + 1
    if word.text.isdigit():
        day = 1 <= int(word.text) <= 31
        named = words[i - 2] if before is not None and before.text == "." and i > 1 else before
        if day and ((named and named.low.rstrip(".") in MONTHS) or _month_after(words, i + 1)):
            return i
        if _season(words, i):
            return i + 2
        if len(word.text) == 4 and 1500 <= int(word.text) <= 2100 and _reads_as_year(before, after):
            return i
    return None


def _season(words: tuple[Token, ...], i: int) -> bool:
    """ "2008-09", "2008/09": a year and the next."""
    if i + 2 >= len(words) or len(words[i].text) != 4 or words[i + 1].text not in {*DASHES, "/"}:
        return False
    after = words[i + 2]
    return (
        after.text.isdigit()
        and len(after.text) in {2, 4}
        and after.start == words[i + 1].end
        and words[i].text[:2]
        in {
            "19",
            "20",
        }
    )


def long_chain(words: tuple[Token, ...], i: int) -> int | None:
    """The end of a telephone or file number ("217-732-2156", "0800 555 111"), or None."""
    bare = i
    while bare + 1 < len(words) and words[bare + 1].kind == "number" and words[bare + 1].start == words[bare].end + 1:
        bare += 1
    if bare > i + (not words[i].text.startswith("0")):
        return bare
    k, longest = i, len(words[i].text)
    while k + 2 < len(words) and words[k + 1].text in {"-", "."} and words[k + 2].kind == "number":
        if words[k + 1].start != words[k].end or words[k + 2].start != words[k + 1].end:
            break
        k += 2
        longest = max(longest, len(words[k].text))
    return k if k - i >= 4 and longest >= 3 else None


def _month_after(words: tuple[Token, ...], i: int) -> bool:
    if i < len(words) and words[i].low in {"st", "nd", "rd", "th"}:
        i += 1
    if i < len(words) and words[i].low == "of":
        i += 1
    return i < len(words) and words[i].is_capital and words[i].low.rstrip(".") in MONTHS


def _reads_as_year(before: Token | None, after: Token | None) -> bool:
    if after is not None and (after.low in q.MAGNITUDES or after.low in q.UNITS or after.text == "%"):
        return False
    if before is not None and before.low in {
        "least",
        "than",
        "about",
        "around",
        "over",
        "nearly",
        "some",
        "$",
        "killed",
    }:
        return False
    return after is None or after.low not in {"people", "persons", "troops", "soldiers", "jobs", "homes"}


def names_something(words: tuple[Token, ...], i: int, k: int, glued: bool) -> bool:
    before = words[i - 1] if i > 0 else None
    if glued and words[k].kind == "word" and words[k].low not in q.UNITS:
        return True
    if words[i].low == "one" and k == i + 1:
        after = words[k].low if k < len(words) else ""
        if after in {"of", "another", "who", "that", "which", "'s", "day", "thing"} or (
            before and before.low in _BEFORE_PRONOUN
        ):
            return True
    if k + 1 < len(words) and words[k].text in DASHES and words[k + 1].low == "by":
        return True
    if before is None:
        return False
    if before.text in DASHES and i > 1 and words[i - 2].low == "by":
        return True
    if before.kind == "word" and before.text.isupper() and 1 < len(before.text) < 5 and words[i].kind == "number":
        return True
    touching = before.end == words[i].start
    if before.text in {"#", "№"} or before.low.rstrip(".") in q.FIGURE_LABELS:
        return True
    if before.text in DASHES and touching and i > 1 and words[i - 2].kind == "word":
        return words[i - 2].end == before.start
    return touching and before.kind == "word"
