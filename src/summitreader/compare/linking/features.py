"""What two passages have in common, as numbers."""

from __future__ import annotations

from math import log1p, sqrt

from summitreader.compare.linking.story import UNIT, Story

NAMES = (
    "words",
    "letters",
    "contained",
    "evidence",
    "rarest",
    "names",
    "other_names",
    "figures",
    "other_figures",
    "places",
    "frames",
    "quoted",
    "both_early",
    "headlines",
    "shorter",
    "length_ratio",
    "phrases",
    "few_names",
    "damped",
    "wide",
    "letters_wide",
    "linear",
    "count",
)


def pair_features(story: Story, i: int, j: int) -> list[float]:
    w, sq = story.weight, story.square
    ti, tj = story.terms[i], story.terms[j]
    shared = ti & tj
    ni, nj = story.norm[i] or 1.0, story.norm[j] or 1.0
    dot = mass = rarest = 0
    for t in shared:
        dot += sq[t]
        mass += w[t]
        if w[t] > rarest:
            rarest = w[t]
    mi, mj = story.mass[i], story.mass[j]
    gi, gj = story.grams[i], story.grams[j]
    letters = (
        (gi[0] & gj[0]).bit_count()
        + 2 * (gi[1] & gj[1]).bit_count()
        + 3 * (gi[2] & gj[2]).bit_count()
        + 4 * (gi[3] & gj[3]).bit_count()
    ) / ((story.gram_norm[i] * story.gram_norm[j]) or 1.0)
    names_i, names_j = story.names[i], story.names[j]
    names = sum(w[t] for t in names_i & names_j)
    only_i = sum(w[t] for t in names_i - tj)
    only_j = sum(w[t] for t in names_j - ti)
    fi, fj = story.figures[i], story.figures[j]
    figures = sum(w[t] for t in fi & fj)
    only_fi, only_fj = sum(w[t] for t in fi - fj), sum(w[t] for t in fj - fi)
    pi, pj = story.places[i], story.places[j]
    places = sum(w[t] for t in pi & pj)
    ri, rj = story.frames[i], story.frames[j]
    frames = sum(sq[t] for t in ri & rj) / (sqrt(sum(sq[t] for t in ri) * sum(sq[t] for t in rj)) or 1.0)
    qi, qj = story.quoted[i], story.quoted[j]
    quoted = sum(w[t] for t in qi & qj)
    phrases = len(story.pairs[i] & story.pairs[j])
    small, large = min(mi, mj), max(mi, mj)
    return [
        dot / (ni * nj),
        letters,
        mass / (small or 1),
        log1p(mass / UNIT),
        rarest / UNIT,
        log1p(names / UNIT),
        log1p(min(only_i, only_j) / UNIT),
        log1p(figures / UNIT),
        log1p(min(only_fi, only_fj) / UNIT),
        log1p(places / UNIT),
        frames,
        log1p(quoted / UNIT),
        (1 - story.place_at[i]) * (1 - story.place_at[j]),
        float(story.headline[i]) + float(story.headline[j]),
        log1p(small / UNIT),
        small / (large or 1),
        log1p(phrases),
        float(not names and bool(only_i) and bool(only_j)),
        mass / UNIT * (story.damp[i] + story.damp[j]),
        mass / ((mi * mj) ** 0.3 or 1),
        letters * ((story.gram_norm[i] * story.gram_norm[j]) ** 0.4),
        mass / (sqrt(mi * mj) or 1),
        log1p(len(shared)),
    ]
