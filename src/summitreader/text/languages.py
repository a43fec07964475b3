"""Which language a text is in, by its script and by the small words that every text of a language is full of.

`language_of` answers only where it is sure: a short text, or one that fits two languages nearly as well, has none.
Languages that are not listed are not recognised, and a text in one of them has no language rather than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 4_000
"""Code points that are looked at: enough for any text, and little for a long one."""

FEWEST_WORDS = 8
"""Below so many words of a script that several languages share, nothing is said."""

_STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that is was for it with as his on be at by he this had not are but from or have an "
        "they which one were all we said has who would their been will more when if no out so what about its than into "
        "could other after also",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
        "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor "
        "zur bis mehr durch man sein wurde sei ich wir",
        "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou "
        "son lui ses mais comme était cette été aux leur ont elle deux ces même on nous fait aussi sa être d l qu",
        "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si "
        "sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
        "quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos são foi está ser tem",
        "it": "di e il la che in a per un è del non si da una con sono i le della al come più dei ha lo nel ma gli "
        "alla su anche o dal delle se ci questo ed essere era suo nella stato dalla degli ai loro due",
        "nl": "de van het een en in is dat op te zijn met voor die niet er aan om hij ook als maar dan was bij nog uit "
        "naar door over wordt worden zich hebben heeft had ze werd tot of meer geen",
        "sv": "och i att det som en på är av för med till den har de inte om ett han men var sig från vi så kan när "
        "man hade år under också efter eller nu sin där vid mot skulle",
        "pl": "w i na z się do nie to że o jest jak po za od przez co dla ale czy tym tego są oraz który być ma tak "
        "był już jego przed które tylko będzie może roku",
        "tr": "ve bir bu da de için ile olarak çok daha en olan gibi kadar sonra var ne ama o ki değil mi her olduğu "
        "dedi göre ise son yeni",
        "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada "
        "mereka lebih kata tahun sudah atau saat oleh menjadi orang ia telah",
        "vi": "và của là có được cho trong một những các không với người này đã để khi từ đến về như cũng ra tại theo "
        "vào nhiều ông sẽ năm việc trên",
        "ru": "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой что бы как от о "
        "так для ты все его ее было был года сказал также если уже или при до после",
        "uk": "і в не на я що з та у до це як за він а від але про його для так було був які який також вона року під "
        "після чи їх ще",
        "bg": "на и в да се за е от с не че са по си като ще до към или бе който през при той това тя след също беше",
        "ar": "في من على إلى أن عن التي الذي مع هذا هذه كان ما لا بعد قال بين و قد كما ذلك حيث لم أو إن كانت عام قبل",
        "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز می شد گفت ها شده بود های وی اما باید",
        "ur": "کے کی میں ہے اور سے کا کو اس کہ نے پر ہیں یہ بھی تھا ایک لیے کر گیا ان",
        "hi": "के में की है को और से का ने पर यह हैं कि इस एक भी हो कर था नहीं लिए गया",
        "mr": "आणि आहे या ते की तो मध्ये एक होते आहेत त्या हा यांनी होता असे",
        "ne": "र छ को मा ले छन् पनि यो हो भएको गरेको तथा लागि",
    }.items()
}
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
    found = [[counts[w] for w in _STOP_WORDS[language] if counts[w]] for language in languages]
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
    known = code in _STOP_WORDS or found not in _SHARED["Latin"]
    return found if known and found != code and len(text) >= 200 else declared
