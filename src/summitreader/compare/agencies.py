"""The news agency that an article says it is from: in its byline, its dateline, its metadata, its last line.

To quote an agency ("Xinhua said") is not to credit it: only those places are looked at.
"""

from __future__ import annotations

import re

from summitreader.text import BlockKind, Source

_AGENCIES = {
    "AP": ("Associated Press", "The Associated Press"),
    "Reuters": ("Thomson Reuters",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "UPI": ("United Press International",),
    "dpa": ("Deutsche Presse-Agentur", "DPA"),
    "Xinhua": ("Xinhua News Agency",),
    "TASS": ("ITAR-TASS",),
    "Interfax": (),
    "RIA Novosti": ("RIA",),
    "KCNA": ("Korean Central News Agency",),
    "Yonhap": ("Yonhap News Agency",),
    "Kyodo": ("Kyodo News",),
    "Jiji": ("Jiji Press",),
    "ANSA": (),
    "EFE": ("Agencia EFE",),
    "Europa Press": (),
    "Lusa": (),
    "PA": ("Press Association", "PA Media"),
    "AAP": ("Australian Associated Press",),
    "CP": ("The Canadian Press", "Canadian Press"),
    "PTI": ("Press Trust of India",),
    "ANI": ("Asian News International",),
    "IANS": (),
    "Anadolu": ("Anadolu Agency",),
    "IRNA": (),
    "Bernama": (),
    "Antara": (),
    "VNA": ("Vietnam News Agency",),
    "CNA": ("Central News Agency",),
    "SPA": ("Saudi Press Agency",),
    "WAM": (),
    "MENA": (),
    "APP": ("Associated Press of Pakistan",),
    "APA": ("Austria Presse Agentur",),
    "PAP": (),
    "CTK": ("ČTK",),
    "MTI": (),
    "Belga": (),
    "ANP": (),
    "NTB": (),
    "Ritzau": (),
    "Ukrinform": (),
    "Bloomberg": ("Bloomberg News",),
}
_NAMED = {name: agency for agency, others in _AGENCIES.items() for name in (agency, *others)}
_ANY = "|".join(re.escape(name) for name in sorted(_NAMED, key=lambda n: (-len(n), n)))
_WIRE = re.compile(
    r"\b(?:from|with|by) (?:the )?(?:wire|news agency|agency|staff and wire) (?:reports|services|service|inputs|copy)\b"
    r"|\bwith agencies\b",
    re.IGNORECASE,
)
WIRE = "wire reports"
_IN_CREDIT = re.compile(rf"(?<!\w)({_ANY})(?!\w)")
_OPENS = re.compile(rf"^[^\n]{{0,80}}?[(/\[]({_ANY})[)/\]]\s*(?:[-–—:]|\w)")
_CLOSES = re.compile(rf"^[\s(\[–—-]*(?:source|via|agency)?:?\s*({_ANY})(?:/({_ANY}))?[\s)\].]*$", re.IGNORECASE)


def credited_agency(source: Source) -> str | None:
    """The agency that `source` credits, in the form that it is best known by; `wire reports` where it names none."""
    for credit in (source.outlet, source.author):
        found = credit and _IN_CREDIT.search(credit)
        if found:
            return _NAMED[found[1]]
    text = source.text
    told = [b for b in source.blocks if b.kind is BlockKind.PARAGRAPH]
    for block in source.blocks:
        line = text[block.start : block.end]
        if block.kind in (BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.METADATA):
            found = _IN_CREDIT.search(line)
            if found:
                return _NAMED[found[1]]
            if _WIRE.search(line):
                return WIRE
    if told:
        found = _OPENS.match(text[told[0].start : told[0].end])
        if found:
            return _NAMED[found[1]]
    for block in source.blocks[-3:]:
        line = text[block.start : block.end]
        found = _CLOSES.match(line) if len(line) < 60 else None
        if found:
            name = found[1]
            return _NAMED.get(name) or next(a for n, a in _NAMED.items() if n.lower() == name.lower())
        if len(line) < 120 and _WIRE.search(line):
            return WIRE
    return None
