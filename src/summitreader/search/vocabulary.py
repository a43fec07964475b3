"""The distinct words of many texts: which hold some letters, and which are nearly a word that is sought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

_END = "\n"
"""Between the words where they are searched as one text; no word has it."""
_MOST_ALIKE = 50


class Vocabulary:
    """Words, each once. Asking takes a few milliseconds for a hundred thousand of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._joined = _END + _END.join(self._words) + _END
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for word in self._words:
            self._of_length[len(word)].append(word)
        self._alike: dict[str, list[str]] = {}
        """What was found last: a search asks which texts to look at, and then again where in them."""

    def holding(self, letters: str, *, begins: bool = False, ends: bool = False) -> Iterator[str]:
        """The words that hold `letters`: at their beginning, at their end, or anywhere."""
        sought = (_END if begins else "") + letters + (_END if ends else "")
        joined, at = self._joined, 0
        while (found := joined.find(sought, at)) >= 0:
            inside = found + begins
            end = joined.index(_END, inside)
            yield joined[joined.rindex(_END, 0, inside) + 1 : end]
            at = end

    def alike(self, word: str) -> list[str]:
        """The words that are `word`, nearly so, or longer at its end.

        One of four letters may have one letter wrong, missing, added or exchanged, one of eight or more two.
        """
        if word not in self._alike:
            if len(self._alike) > _MOST_ALIKE:
                self._alike.clear()
            self._alike[word] = self._find_alike(word)
        return self._alike[word]

    def _find_alike(self, word: str) -> list[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        wrong = 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0
        lengths = range(len(word) - wrong, len(word) + wrong + 1)
        some: Sequence[str] = list(chain.from_iterable(self._of_length.get(length, ()) for length in lengths))
        near = process.extract(word, some, scorer=OSA.distance, score_cutoff=wrong, limit=None)
        found = [other for other, _, _ in near]
        if len(word) >= 4:
            found += [other for other in self.holding(word, begins=True) if len(other) > len(word) + wrong]
        return found
