"""What two passages have in common, as numbers: the evidence that a link is weighed by.

Each is symmetric, 0 where there is nothing to say, and free of the story's size as far as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log1p

from summitreader.comparison.linking.letters import Letters
from summitreader.comparison.linking.story import UNIT, Story, Terms

NAMES = (
    "words",  # the weight of shared words, little where both only say who speaks, less the longer the passages are
    "letters",  # the same of letter sequences; see letters.py
    "contained",  # the share of the shorter passage's weight that the other has too, 0 to 1
    "frames",  # the same news frame or place in other words, 0 to 1
    "more_frames",  # how many more things both tell in other words, 0 to 2
    "quoted",  # shared words that both quote
    "figures",  # the same figures
    "other_figures",  # figures on both sides that the other has not
    "other_names",  # names on both sides that the other has not
    "no_name",  # names on both sides, and none in common
    "early",  # both stand towards the head of their account
    "headline",  # one of the two is a headline
    "length",  # how much both tell: long passages have words in common that mean nothing
)
"""The names of the features, in the order of `pair_features`."""

_FRAMES_SAY = 0.35
"""From this weight on a frame says no more: that two passages use two words of one class makes no link. Two things that
both tell in other words do ("omitted any reference", "did not touch on")."""

_ONLY_SAYS = 0.8
"""So much less counts a shared word that says on both sides who said it: one speaker, introduced alike, says two things
("Police Constable Tim Fanning told reporters")."""


def pair_features(story: Story, letters: Letters | None, i: int, j: int) -> tuple[float, ...]:
    """The features of passages `i` and `j` of `story`, in the order of `NAMES`."""
    return next(row_features(story, letters, i, (j,)))


def row_features(story: Story, letters: Letters | None, i: int, others: Iterable[int]) -> Iterator[tuple[float, ...]]:
    """The features of passage `i` of `story` with each of `others` in turn, in the order of `NAMES`."""
    weigh = story.weight.__getitem__
    alike = letters.beside(i) if letters is not None else None
    all_terms, all_frames, all_quoted = story.terms, story.frames, story.quoted
    all_names, all_figures = story.names, story.figures
    masses, damps, places, headlines = story.mass, story.damp, story.place_at, story.headline
    ti, framed, said, fi, ni = all_terms[i], all_frames[i], all_quoted[i], all_figures[i], all_names[i]
    all_saying = story.attributing
    saying = all_saying[i]
    mass_i, damp_i, after, is_headline = masses[i], damps[i], 1 - places[i], headlines[i]
    named, of_term = story.name_mass, story.term_frames
    named_i = named[i]
    for j in others:
        tj = all_terms[j]
        shared = ti & tj
        mass = sum(map(weigh, shared))
        if saying and (both_say := shared & saying & all_saying[j]):
            mass -= round(_ONLY_SAYS * sum(map(weigh, both_say)))
        frames = more_frames = quoted = figures = other_figures = other_names = no_name = 0.0
        meant: float = mass
        if framed and (both := framed & all_frames[j]):
            for t in shared:
                if t in of_term:
                    both -= of_term[t]
            if both:
                hinted = sum(map(weigh, both))
                frames = min(1.0, hinted / (_FRAMES_SAY * UNIT))
                more_frames = float(min(2, _meanings(story, ti - shared, tj - shared, both) - 1))
                meant += hinted * 0.7
        if said and (both := said & all_quoted[j]):
            quoted = log1p(sum(map(weigh, both)) / UNIT)
        if fi and (fj := all_figures[j]):
            same = fi & fj
            figures = log1p(sum(map(weigh, same)) / UNIT)
            if len(same) < len(fi) and len(same) < len(fj):
                other_figures = log1p(min(sum(map(weigh, fi - same)), sum(map(weigh, fj - same))) / UNIT)
        if ni and (nj := all_names[j]):
            both = ni & nj
            if len(both) < len(ni) and len(both) < len(nj):
                named_j = named[j]
                other = named_i if named_i < named_j else named_j
                if both:
                    other -= sum(map(weigh, both))
                else:
                    no_name = 1.0
                other_names = log1p(other / UNIT)
        mass_j = masses[j]
        less = (mass_i if mass_i < mass_j else mass_j) or 1
        yield (
            mass * (damp_i + damps[j]),
            alike(j) if alike is not None else 0.0,
            meant / less if meant < less else 1.0,
            frames,
            more_frames,
            quoted,
            figures,
            other_figures,
            other_names,
            no_name,
            after * (1 - places[j]),
            float(is_headline != headlines[j]),
            log1p((mass_i + mass_j) / (2 * UNIT)),
        )


def _meanings(story: Story, left: Terms, right: Terms, both: Terms) -> int:
    """How many things the frames `both` stand for at most: a word that stands for several frames ("suit", "shot") tells
    one. `left` and `right` are the words of either side that the other has not; a frame of no word is of a phrase."""
    if len(both) == 1:
        return 1
    of_term = story.term_frames
    least = len(both)
    for terms in (left, right):
        said = [f for t in terms if (f := of_term.get(t, both - both) & both)]
        least = min(least, len(said) + len(both.difference(*said)))
    return least
