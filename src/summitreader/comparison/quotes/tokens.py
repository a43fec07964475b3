"""A paragraph as a row of tokens: words, marks and numbers outside quotation marks, and each quotation as one token.

The rules on who says what read this row, so that nothing inside a quotation can be taken for its attribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.quote_spans import QuotedSpan
from summitreader.text.tokens import compounds_of, visible

_ENDS = frozenset(".!?…")
_LONGEST = 150
"""Tokens of a sentence; what is longer is no prose, and is cut so that the work grows with the length of the text."""


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry an token. `kind` is W word, N number, P possessive, Q quotation, or its own mark.

    `sentence[i]` is the first token of i's sentence, `sentence_end[i]` one past its last; `quote[i]` the number of the
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
    """The Q tokens whose marks may not be quotation marks."""
    headline: bool = False
    """Whether nearly every word has a capital, so that capitals say nothing."""

    def __len__(self) -> int:
        return len(self.low)

    def words(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, both included, without characters that are not seen."""
        return visible(self.text[self.start[first] : self.end[last]])

    def nounish(self, i: int) -> bool:
        """Whether token i can stand inside a noun phrase, as far as its form shows."""
        if self.kind[i] == "N":
            return True
        if self.kind[i] != "W":
            return False
        low = self.low[i]
        if self.cap[i] and i != self.sentence[i]:
            return low not in lex.DAYS or low in ("march", "may")
        return (
            low not in lex.FUNCTION_WORDS
            and low not in lex.ADVERBS
            and low not in lex.DAYS
            and low not in lex.SPOKEN
            and not (low.endswith("ly") and low not in ("family", "ally", "daily", "weekly", "assembly"))
        )


def read_tokens(text: str, start: int, end: int, quotes: Sequence[QuotedSpan], breaks: frozenset[int]) -> Tokens:
    """The tokens of `text[start:end]`; its outermost quotations are `quotes`, its sentences begin at the `breaks`."""
    tokens = Tokens(text)
    at = start
    for number, q in enumerate(quotes):
        _words(tokens, at, q.start)
        _add(tokens, q.start, q.end, "“", "Q", False, number)
        at = q.end
    _words(tokens, at, end)
    tokens.doubtful = frozenset(i for i, q in enumerate(tokens.quote) if q >= 0 and quotes[q].doubtful)
    _lower_headline(tokens)
    _sentences(tokens, quotes, breaks)
    return tokens


def _add(tokens: Tokens, start: int, end: int, low: str, kind: str, cap: bool, quote: int) -> None:
    tokens.start.append(start)
    tokens.end.append(end)
    tokens.low.append(low)
    tokens.kind.append(kind)
    tokens.cap.append(cap)
    tokens.quote.append(quote)


def _words(tokens: Tokens, start: int, end: int) -> None:
    for at, to, word, kind in compounds_of(tokens.text, start, end):
        _add(tokens, at, to, word.lower(), kind, kind == "W" and (word[0].isupper() or word[0] == "@"), -1)


def _lower_headline(tokens: Tokens) -> None:
    """In a headline with capitals throughout, words that are known as verbs or function words count as small."""
    words = [i for i in range(len(tokens)) if tokens.kind[i] == "W" and len(tokens.low[i]) > 3]
    if len(words) < 4 or sum(tokens.cap[i] for i in words) < 0.8 * len(words):
        return
    small = [w for i, w in enumerate(tokens.low) if tokens.kind[i] == "W" and not tokens.cap[i] and len(w) > 2]
    if any(w not in lex.FUNCTION_WORDS for w in small):
        return
    tokens.headline = True
    for i in range(len(tokens)):
        if tokens.low[i] in lex.VERBS or tokens.low[i] in lex.FUNCTION_WORDS or tokens.low[i] in lex.ADVERBS:
            tokens.cap[i] = False


def _sentences(tokens: Tokens, quotes: Sequence[QuotedSpan], breaks: frozenset[int]) -> None:
    first = 0
    n = len(tokens)
    starts = [0] * n
    opening = _after_dateline(tokens, 0)
    for i in range(n):
        if i == opening or i - first >= _LONGEST or (i > first and _begins(tokens, i, quotes, breaks)):
            first = i
        starts[i] = first
    ends = [0] * n
    last = n
    for i in range(n - 1, -1, -1):
        ends[i] = last
        if starts[i] == i:
            last = i
    tokens.sentence, tokens.sentence_end = starts, ends


def _begins(tokens: Tokens, i: int, quotes: Sequence[QuotedSpan], breaks: frozenset[int]) -> bool:
    """Whether a sentence begins at token i: where passages do, and after a quotation that ends like a sentence."""
    before = tokens.kind[i - 1]
    if tokens.start[i] in breaks and before != ",":
        return before != "Q" or _quote_ends(tokens, i, quotes)
    if before == ".":
        return tokens.cap[i] or tokens.kind[i] in "QN("
    return before == "Q" and _quote_ends(tokens, i, quotes)


def _quote_ends(tokens: Tokens, i: int, quotes: Sequence[QuotedSpan]) -> bool:
    """A quotation before token i ends with a full stop and what follows is no "X said" that belongs to it."""
    q = quotes[tokens.quote[i - 1]]
    final = tokens.text[q.inner_end - 1]
    if final not in _ENDS or not (tokens.cap[i] or tokens.kind[i] == "Q"):
        return False
    if tokens.kind[i] == "Q":
        return True
    if final == ".":
        return True
    last = min(i + 12, len(tokens))
    words = [j for j in range(i, last) if tokens.kind[j] == "W"]
    verb = next((j for j in words if not tokens.cap[j] and tokens.low[j] != "of"), last)
    return not any(tokens.low[j] in lex.VERBS for j in words if j < max(i + 5, verb + 1))


def _after_dateline(t: Tokens, first: int) -> int:
    """The token that opens the sentence proper, past "WASHINGTON, Dec. 8 (UPI) —"; `first` where there is none."""
    if first >= len(t) or not t.words(first, first).isupper() or len(t.low[first]) < 3:
        return first
    for j in range(first + 1, min(first + 14, len(t))):
        if t.kind[j] == "-":
            return j + 1 if j + 1 < len(t) else first
        if not (t.cap[j] or t.kind[j] in "N,().P" or t.low[j] in ("of", "the")):
            return first
    return first
