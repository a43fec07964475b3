"""Which language a text is in, by its script and by the small words that every text of a language is full of.

`language_of` answers only where it is sure: a short text, or one that fits two languages nearly as well, has none.
Languages that are not listed are not recognised, and a text in one of them has no language rather than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter

from summitreader.text.tokens import packaged_lines

SAMPLE = 4_000
"""Code points that are looked at: enough for any text, and little for a long one."""

FEWEST_WORDS = 8
"""Below so many words of a script that several languages share, nothing is said."""

_SMALL_WORDS: dict[str, set[str]] = {}
for _language, *_words in map(str.split, packaged_lines("small_words.txt")):
    _SMALL_WORDS.setdefault(_language, set()).update(_words)
_SCRIPTS = [
    (re.compile(pattern), script)
    for pattern, script in (
        ("[a-zß-öø-ɏḀ-ỿ]", "Latin"),
        ("[\u0400-\u052f]", "Cyrillic"),
        ("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]", "Arabic"),
        ("[\u0900-\u097f]", "Devanagari"),
        ("[\u4e00-\u9fff\u3400-\u4dbf]", "Han"),
        ("[\u3041-\u30ff]", "ja"),
        ("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]", "ko"),
        ("[\u0370-\u03ff\u1f00-\u1fff]", "el"),
        ("[\u0590-\u05ff]", "he"),
        ("[\u0e00-\u0e7f]", "th"),
        ("[\u0980-\u09ff]", "bn"),
        ("[\u0b80-\u0bff]", "ta"),
        ("[\u0c00-\u0c7f]", "te"),
        ("[\u10a0-\u10ff]", "ka"),
        ("[\u0530-\u058f]", "hy"),
        ("[\u1780-\u17ff]", "km"),
        ("[\u1000-\u109f]", "my"),
    )
]
_SHARED = {
    "Latin": ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "tr", "id", "vi"),
    "Cyrillic": ("ru", "uk", "bg"),
    "Arabic": ("ar", "fa", "ur"),
    "Devanagari": ("hi", "mr", "ne"),
}
_WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u0dff\u064b-\u065f]+[^\W\d_]*)*")
_ADDRESS = re.compile(r"https?://\S+|(?<!\S)[^\s@]+@\S+")
SHORT = 40
"""Words; below, more of them must be small words, and the next language must lie further behind."""

LEAST_SHARE = 0.12
"""Of the words, that must be the language's small words; English news has 0.35–0.45, a list of names 0.02."""

LEAST_LEAD = 1.35
"""Times the next language's share; measured on the sample corpus, the nearest pair (es, pt) is 1.6 apart."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, or None where it is too short or not sure."""
    sample = _ADDRESS.sub(" ", text[: SAMPLE * 2])[:SAMPLE].lower()
    if sample.isascii():
        return _by_small_words(_WORD.findall(sample), _SHARED["Latin"])
    counts = {script: len(pattern.findall(sample)) for pattern, script in _SCRIPTS}
    letters = sum(counts.values())
    if letters < 6:
        return None
    if counts["ja"] >= 0.08 * letters and counts["ja"] + counts["Han"] > 0.6 * letters:
        return "ja"
    script, share = max(counts.items(), key=lambda item: item[1])
    if share < 0.6 * letters and not (script in ("ko", "Han") and share > 0.35 * letters):
        return None
    if script == "Han":
        return "zh"
    if script not in _SHARED:
        return script
    return _by_small_words(_WORD.findall(sample), _SHARED[script])


def _by_small_words(words: list[str], languages: tuple[str, ...]) -> str | None:
    if len(words) < FEWEST_WORDS:
        return None
    counts = Counter(words)
    found = [[counts[w] for w in _SMALL_WORDS[language] if counts[w]] for language in languages]
    shares = sorted(((sum(hits) / len(words), len(hits), lang) for hits, lang in zip(found, languages, strict=True)))
    (second, _, _), (best, different, language) = shares[-2:]
    short = len(words) < SHORT
    if different < 3 or best < LEAST_SHARE * (1.5 if short else 1) or best < second * (2 if short else LEAST_LEAD):
        return None
    return language


def trusted_language(declared: str | None, text: str) -> str | None:
    """The language that a format declares, unless the words of `text` are clearly of another.

    The words decide only against a language that they could have spoken for: a text declared as Danish, of which no
    small words are known here, may look Swedish.
    """
    found = language_of(text)
    if declared is None or found is None:
        return declared or found
    code = re.split(r"[-_]", declared.strip().lower())[0]
    known = code in _SMALL_WORDS or found not in _SHARED["Latin"]
    return found if known and found != code and len(text) >= 200 else declared
