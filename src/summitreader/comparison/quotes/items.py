"""A paragraph as a row of items: words, marks and numbers outside quotation marks, and each quotation as one item.

The rules on who says what read this row, so that nothing inside a quotation can be taken for its attribution.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from summitreader.comparison.quotes.lexicon import ADVERBS, DAYS, FUNCTION_WORDS, VERBS, Form
from summitreader.comparison.quotes.marks import Marked

_ITEM = re.compile(
    r"(?P<w>(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|St|Jr|Sr|Prof|Rev|Adm|Capt|Sgt|Maj|Cmdr|Hon|vs|"
    r"Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No)\.|[A-Z]\.(?=\s?[A-Z])|"
    r"[^\W\d_]+(?:(?:['’](?![sS]\b)|[-‐‑&@./](?=[^\W_]))[^\W_]+)*)"
    r"|(?P<p>['’][sS]?\b|(?<=s)['’](?=\s))|(?P<n>[$€£]?\d+(?:[.,:/]\d+)*%?(?:[^\W\d_]+|-[^\W_]+)*)"
    r"|(?P<dot>[.!?…]+)|(?P<comma>,)|(?P<colon>:)|(?P<semi>;)|(?P<dash>[—–―]+|--+|(?<=\s)-(?=\s))|(?P<lp>[(\[])|(?P<rp>[)\]])"
    r"|(?P<at>@\w+)"
)
_KINDS = {
    "w": "W",
    "p": "P",
    "n": "N",
    "dot": ".",
    "comma": ",",
    "colon": ":",
    "semi": ";",
    "dash": "-",
    "lp": "(",
    "rp": ")",
}
_ENDS = frozenset(".!?…")
SPOKEN = frozenset(
    f for f, v in VERBS.items() if v.lemma in ("say", "tell", "write") and v.form & (Form.PAST | Form.THIRD)
) | frozenset(["was", "were", "is", "are", "has", "had", "did", "does"])


@dataclass(slots=True)
class Items:
    """Parallel lists, one entry an item. `kind` is W word, N number, P possessive, Q quotation, or its own mark.

    `sentence[i]` is the first item of i's sentence, `sentence_end[i]` one past its last; `quote[i]` the number of the
    quotation that a Q stands for, or -1.
    """

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    cap: list[bool] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    sentence_end: list[int] = field(default_factory=list)
    doubtful: frozenset[int] = frozenset()
    """The Q items whose marks may not be quotation marks."""
    headline: bool = False
    """Whether nearly every word has a capital, so that capitals say nothing."""

    def __len__(self) -> int:
        return len(self.low)

    def words(self, first: int, last: int) -> str:
        """The text from item `first` to item `last`, both included."""
        return self.text[self.start[first] : self.end[last]]

    def nounish(self, i: int) -> bool:
        """Whether item i can stand inside a noun phrase, as far as its form shows."""
        if self.kind[i] == "N":
            return True
        if self.kind[i] != "W":
            return False
        low = self.low[i]
        if self.cap[i] and i != self.sentence[i]:
            return low not in DAYS or low in ("march", "may")
        return (
            low not in FUNCTION_WORDS
            and low not in ADVERBS
            and low not in DAYS
            and low not in SPOKEN
            and not (low.endswith("ly") and low not in ("family", "ally", "daily", "weekly", "assembly"))
        )


def read_items(text: str, start: int, end: int, quotes: Sequence[Marked], breaks: frozenset[int]) -> Items:
    """The items of `text[start:end]`; its outermost quotations are `quotes`, its sentences begin at the `breaks`."""
    items = Items(text)
    at = start
    for number, q in enumerate(quotes):
        _words(items, at, q.start)
        _add(items, q.start, q.end, "“", "Q", False, number)
        at = q.end
    _words(items, at, end)
    items.doubtful = frozenset(i for i, q in enumerate(items.quote) if q >= 0 and quotes[q].doubtful)
    _lower_headline(items)
    _sentences(items, quotes, breaks)
    return items


def _add(items: Items, start: int, end: int, low: str, kind: str, cap: bool, quote: int) -> None:
    items.start.append(start)
    items.end.append(end)
    items.low.append(low)
    items.kind.append(kind)
    items.cap.append(cap)
    items.quote.append(quote)


def _words(items: Items, start: int, end: int) -> None:
    for m in _ITEM.finditer(items.text, start, end):
        group = m.lastgroup or "w"
        word = m.group()
        kind = _KINDS.get(group, "W")
        _add(items, m.start(), m.end(), word.lower(), kind, kind == "W" and (word[0].isupper() or word[0] == "@"), -1)


def _lower_headline(items: Items) -> None:
    """In a headline with capitals throughout, words that are known as verbs or function words count as small."""
    words = [i for i in range(len(items)) if items.kind[i] == "W" and len(items.low[i]) > 3]
    if len(words) < 4 or sum(items.cap[i] for i in words) < 0.8 * len(words):
        return
    small = [w for i, w in enumerate(items.low) if items.kind[i] == "W" and not items.cap[i] and len(w) > 2]
    if any(w not in FUNCTION_WORDS for w in small):
        return
    items.headline = True
    for i in range(len(items)):
        if items.low[i] in VERBS or items.low[i] in FUNCTION_WORDS or items.low[i] in ADVERBS:
            items.cap[i] = False


def _sentences(items: Items, quotes: Sequence[Marked], breaks: frozenset[int]) -> None:
    first = 0
    n = len(items)
    starts = [0] * n
    opening = _after_dateline(items, 0)
    for i in range(n):
        if i == opening or (i > first and _begins(items, i, quotes, breaks)):
            first = i
        starts[i] = first
    ends = [0] * n
    last = n
    for i in range(n - 1, -1, -1):
        ends[i] = last
        if starts[i] == i:
            last = i
    items.sentence, items.sentence_end = starts, ends


def _begins(items: Items, i: int, quotes: Sequence[Marked], breaks: frozenset[int]) -> bool:
    """Whether a sentence begins at item i: where passages do, and after a quotation that ends like a sentence."""
    before = items.kind[i - 1]
    if items.start[i] in breaks and before != ",":
        return before != "Q" or _quote_ends(items, i, quotes)
    if before == ")" and "\n" in items.text[items.end[i - 1] : items.start[i]]:
        return items.cap[i] or items.kind[i] == "Q"
    if before == ".":
        return items.cap[i] or items.kind[i] in "QN("
    return before == "Q" and _quote_ends(items, i, quotes)


def _quote_ends(items: Items, i: int, quotes: Sequence[Marked]) -> bool:
    """A quotation before item i ends with a full stop and what follows is no "X said" that belongs to it."""
    q = quotes[items.quote[i - 1]]
    final = items.text[q.inner_end - 1]
    if final not in _ENDS or not (items.cap[i] or items.kind[i] == "Q"):
        return False
    if items.kind[i] == "Q":
        return True
    return final == "." or not any(
        items.low[j] in VERBS for j in range(i, min(i + 5, len(items))) if items.kind[j] == "W"
    )


def _after_dateline(t: Items, first: int) -> int:
    """The item that opens the sentence proper, past "WASHINGTON, Dec. 8 (UPI) —"; `first` where there is none."""
    if first >= len(t) or not t.words(first, first).isupper() or len(t.low[first]) < 3:
        return first
    for j in range(first + 1, min(first + 14, len(t))):
        if t.kind[j] == "-":
            return j + 1 if j + 1 < len(t) else first
        if not (t.cap[j] or t.kind[j] in "N,().P" or t.low[j] in ("of", "the")):
            return first
    return first
