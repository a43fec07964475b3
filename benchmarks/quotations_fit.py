"""Learn the weights of pronouns and of reported speech: `python benchmarks/quotations_fit.py EVAL [--write]`.

EVAL holds `quotations/polnear`, `stories` and `gold`. Every fifth document of polnear and the stories whose number ends
with 9 are never learnt from. Prints what is right on documents left out, by limit; `--write` writes the weights of
reports to the package, those of pronouns are printed for `coreference.WEIGHTS`. Needs numpy and scipy.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from quotations import is_right
from scipy.optimize import minimize

from summitreader import Corpus
from summitreader.comparison.quotes import coreference, find_quotations, reported
from summitreader.comparison.quotes.coreference import Candidate, Entity
from summitreader.text import Source

Floats = NDArray[np.float64]
WEIGHTS = Path(reported.__file__).parent / "data/en/reported.json"
_TITLES = frozenset(["jr", "sr", "iii", "the", "of", "mr", "ms", "mrs", "sen", "rep", "gov", "president"])


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def surname(name: str | None) -> str:
    words = [w for w in re.findall(r"[^\W\d_]+", (name or "").lower()) if w not in _TITLES]
    return words[-1] if words else ""


def documents(folder: Path) -> tuple[dict[str, str], set[str]]:
    """The texts of polnear, and which of them are set aside."""
    texts = {r["doc_id"]: r["text"] for r in read(folder / "docs.jsonl")}
    return texts, {d for n, d in enumerate(sorted(texts)) if n % 5 == 4}


def minimum(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)


class Pronouns:
    """Each "he" and "she" with its candidates and which of them is right, by document."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Floats, int]] = []
        self.met: dict[int, list[Candidate]] = {}
        choose, pronoun = coreference.likeliest, coreference._pronoun
        last: list[list[Candidate]] = []

        def spy(among: list[Candidate]) -> Entity | None:
            last[:] = [among]
            return choose(among)

        def at(names: Any, t: Any, i: int, speakers: Any) -> Entity | None:
            last.clear()
            found = pronoun(names, t, i, speakers)
            if last:
                self.met[t.start[i]] = last[0]
            return found

        coreference.likeliest, coreference._pronoun = spy, at  # type: ignore[assignment]

    def add(self, group: str, source: Source, mentions: Callable[[], list[tuple[int, str]]]) -> None:
        self.met.clear()
        for start, name in mentions():
            among = self.met.get(start, [])
            right = next((n for n, (e, _) in enumerate(among) if surname(name) in e.name.lower().split()), -1)
            if among:
                self.rows.append((group, np.array([row for _, row in among]), right))

    def collect(self, folder: Path) -> None:
        texts, aside = documents(folder / "quotations/polnear")
        for record in read(folder / "quotations/polnear/gold.jsonl"):
            known = [
                q for q in record["quotes"] if q.get("speaker_silver") and q["speaker_text"].lower() in ("he", "she")
            ]
            if not known or record["doc_id"] in aside:
                continue
            source = Source.from_text(texts[record["doc_id"]], id="a")

            def mentions(source: Source = source, known: list[Any] = known) -> list[tuple[int, str]]:
                find_quotations(source)
                return [(q["speaker"][0][0], q["speaker_silver"]) for q in known]

            self.add(record["doc_id"], source, mentions)
        for path in sorted((folder / "gold").glob("*[0-8].jsonl")):
            gold = [g for g in read(path) if g["type"] == "speaker" and "words_start" in g and g["speaker"]]
            for source in Corpus.load(str(folder / "stories" / path.stem)).sources:
                own = [g for g in gold if g["at"]["source"] == Path(str(source.path)).name]

                def spoken(source: Source = source, own: list[Any] = own) -> list[tuple[int, str]]:
                    found = [q for q in find_quotations(source) if q.kind != "reported" and q.speaker]
                    pairs = [(q, g) for g in own for q in found if q.start <= g["words_start"] < q.end]
                    return [(q.speaker.start, g["speaker"]) for q, g in pairs if q.speaker]

                self.add(f"story {path.stem}", source, spoken)

    def fit(self, groups: set[str]) -> Floats:
        rows = [(x, right) for group, x, right in self.rows if group in groups and right >= 0 and len(x) > 1]

        def loss(w: Floats) -> tuple[float, Floats]:
            total, slope = float(w @ w) / 2, w.copy()
            for x, right in rows:
                z = np.exp(x @ w - np.max(x @ w))
                p = z / z.sum()
                total -= float(np.log(p[right] + 1e-12))
                slope -= x[right] - p @ x
            return total, slope

        return minimum(loss, len(coreference.FEATURES))

    def report(self) -> None:
        groups = sorted({group for group, _, _ in self.rows})
        seen: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
        for fold in range(5):
            left_out = set(groups[fold::5])
            w = self.fit(set(groups) - left_out)
            for group, x, right in self.rows:
                if group in left_out:
                    ranked = np.sort(np.exp(x @ w))
                    ahead = ranked[-1] / ranked[-2] if len(x) > 1 else np.inf
                    for limit in (1, 1.3, 1.6, 2, 3):
                        hit = "right" if int(np.argmax(x @ w)) == right else "wrong"
                        where = "stories" if group.startswith("story") else "polnear"
                        seen[where, limit][hit if ahead >= limit else "none"] += 1
        for (where, limit), count in sorted(seen.items()):
            print(f"pronouns left out, {where}, {limit} times ahead: {dict(count)}")
        weights = self.fit(set(groups))
        print("coreference.WEIGHTS", dict(zip(coreference.FEATURES, weights.round(2).tolist(), strict=True)))


def reports(folder: Path) -> tuple[list[tuple[str, frozenset[str], bool]], set[str]]:
    """Each report that the rules find: its document, features, and whether the gold has it so and by this speaker."""
    texts, aside = documents(folder / "quotations/polnear")
    gold = {r["doc_id"]: r["reported"] for r in read(folder / "quotations/polnear/reported.jsonl")}
    rows: list[tuple[str, frozenset[str], bool]] = []
    features, likely = reported.features, reported.LIKELY
    current = [""]

    def spy(t: Any, s: Any, first: int, after: int) -> frozenset[str]:
        names = features(t, s, first, after)
        if any(j in t.doubtful for j in range(first, after)):  # in ''doubled'' marks: sure, and no measure of the rest
            return names
        start, end = t.start[first], t.end[after - 1]
        subject = t.start[s.subject[0]], t.end[s.subject[1]]
        rows.append((current[0], names, is_right(t.text, start, end, subject, gold.get(current[0], []))))
        return names

    reported.features, reported.LIKELY = spy, 0.0
    for doc, text in sorted(texts.items()):
        current[0] = doc
        find_quotations(Source.from_text(text, id="a"))
    reported.features, reported.LIKELY = features, likely
    return rows, aside


def fit_reports(rows: list[tuple[str, frozenset[str], bool]], aside: set[str], write: bool) -> None:
    names = [*sorted({n for _, features, _ in rows for n in features}), "bias"]
    x = np.array([[n in features or n == "bias" for n in names] for _, features, _ in rows], dtype=float)
    y = np.array([right for _, _, right in rows], dtype=float)
    held = np.array([d in aside for d, _, _ in rows])
    learnt, target = x[~held], y[~held]

    def loss(w: Floats) -> tuple[float, Floats]:
        p = 1 / (1 + np.exp(-learnt @ w))
        small = np.append(w[:-1], 0)
        likelihood = target * np.log(p + 1e-12) + (1 - target) * np.log(1 - p + 1e-12)
        return float(3 * small @ small / 2 - likelihood.sum()), learnt.T @ (p - target) + 3 * small

    w = minimum(loss, len(names))
    p = 1 / (1 + np.exp(-x @ w))
    for limit in (0, 0.5, 0.6, 0.7, 0.75, 0.77, 0.8, 0.85):
        kept = p >= limit
        print(
            f"reports at least {limit}: right {y[kept & ~held].mean():.3f} of {sum(kept & ~held)} learnt from, "
            f"{y[kept & held].mean():.3f} of {sum(kept & held)} set aside"
        )
    if write:
        weights = {n: round(float(v), 2) for n, v in sorted(zip(names, w, strict=True)) if abs(v) >= 0.1}
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    folder = Path(sys.argv[1])
    pronouns = Pronouns()
    pronouns.collect(folder)
    pronouns.report()
    fit_reports(*reports(folder), "--write" in sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
