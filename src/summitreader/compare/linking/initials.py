"""Names that one passage spells out and another gives by their initials: "International Atomic Energy Agency", "IAEA".

Nothing is looked up: a short form counts where the initials of neighbouring capitalised words in the story make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_JOINING = frozenset({"of", "for", "and", "the", "on", "in", "to", "against", "de", "du", "des", "la", "der", "für"})
"""Words that a name may have inside, whose initials may count or not: FBI, but DOJ."""
_SHORTEST, _LONGEST = 3, 6


def short_forms(words: Mapping[str, str]) -> frozenset[str]:
    """Those of `words` (as written, to the word without case) that may be initials: three to six capitals, and never
    written otherwise, as a word in a headline all in capitals would be."""
    likely = {
        w for w in words if _SHORTEST <= len(w) <= _LONGEST and w.isalpha() and w.isupper() and w.upper() != w.lower()
    }
    otherwise = {plain for w, plain in words.items() if w not in likely}
    return frozenset(w for w in likely if words[w] not in otherwise)


def spelled_out(words: Sequence[str], short: Iterable[str]) -> list[tuple[str, int, int]]:
    """Those of `short` that the initials of neighbouring capitalised words of a passage make, each with the first of
    these words and the one after the last."""
    found: list[tuple[str, int, int]] = []
    for run in _runs(words):
        named = [n for n in run if words[n] not in _JOINING]
        if len(named) < _SHORTEST - 1:
            continue
        for counted in (named, run) if len(named) < len(run) else (run,):
            initials = "".join([words[n][0].upper() for n in counted])
            for s in short:
                at = initials.find(s)
                if at >= 0 and not any(s == met for met, _, _ in found):
                    found.append((s, counted[at], counted[at + len(s) - 1] + 1))
    return found


def _runs(words: Sequence[str]) -> list[list[int]]:
    """Neighbouring capitalised words, with the joining words between them; words that are all capitals end a run."""
    runs: list[list[int]] = []
    run: list[int] = []
    for n, word in enumerate(words):
        if (word[0].isupper() and not (len(word) > 1 and word.isupper())) or (run and word in _JOINING):
            run.append(n)
        else:
            if len(run) > 1:
                runs.append(run)
            run = []
    return [*runs, run] if len(run) > 1 else runs
