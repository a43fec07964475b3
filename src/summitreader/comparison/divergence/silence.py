"""Sentences in which a source says of someone that they did not speak of something.

"The Xinhua report did not touch on North Korea", "Chinese media reports notably omitted any reference to …",
"Xi … Sidesteps NK Issue", "a statement that made no mention of …". Whoever refuses to comment, or denies, is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEFT_OUT = re.compile(
    r"""\b(?:
        (?:omit(?:s|ted|ting)?|sidestep(?:s|ped|ping)?|skirt(?:s|ed|ing)?|gloss(?:es|ed|ing)?\ over
            |steer(?:s|ed|ing)?\ clear\ of
            |skip(?:s|ped)(?!\ (?:class|school|work|bail|town|the\ country))
          )\ (?:any\ |all\ |the\ |its\ |their\ |his\ |her\ )?\w+
      | (?:did|does|do|has|have|had|would)(?:\ not|n['’]t)\ (?:\w+ly\ )?
            (?:mention(?:ed)?|touch(?:ed)?\ (?:on|upon)|refer(?:red)?\ to|address(?:ed)?|allude(?:d)?\ to
              |bring\ up|speak\ of|raise(?:d)?\ the)
      | (?:makes?|made|making|contain(?:s|ed|ing)?|with|carried|carries|gave|gives)\ no\ (?:\w+\ )?
            (?:mention|reference|word|allusion)
      | without\ (?:\w+ly\ )?(?:mentioning|referring\ to|touching\ on|any\ (?:mention|reference))
      | (?:is|was|were|are|stay(?:s|ed)?|remain(?:s|ed)?|keep(?:s)?|kept|fell)\ (?:\w+ly\ )?
            (?:silent|mum|quiet)\ (?:on|about|over)
      | (?:silent|mum)\ on\ (?:the\ )?[A-Z]
      | avoid(?:s|ed|ing)?\ (?:any\ |all\ )?(?:mention|reference|mentioning|naming|the\ (?:subject|topic|issue))
      | never\ (?:\w+ly\ )?(?:mentioned|mentions|touched\ on|referred\ to|named)
      | was\ in\ none\ of\ (?:them|it)
      | absent\ from\ (?:the\ )?(?:\w+\ ){0,3}
            (?:statement|report|reports|read-?out|communiqu[eé]|account|speech|remarks)
      | (?:go|goes|went|gone|going)\ unmentioned
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TELLERS = re.compile(
    r"""\b(?:reports?|media|agency|agencies|statements?|read-?outs?|communiqu[eé]s?|accounts?|articles?|coverage|speech
    |remarks|newspapers?|papers?|broadcast(?:er)?s?|television|dispatch(?:es)?|comments|letter|announcement|press
    |newscast|bulletins?|summary|transcript|post|tweet|text|declaration|Xinhua|KCNA|Reuters|TASS|Yonhap|ministry|office
    |headline)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:to|can|could|may|might|would|should|will|shall)\s(?:\w+ly\s)?\Z", re.IGNORECASE)
"""Before a verb that is then no report of what was done: "allowed the agencies to sidestep the evidence"."""
_NAMED = re.compile(r"\b[A-Z][\w'’.-]+")


@dataclass(frozen=True, slots=True)
class Silence:
    """`[start, end)` of the passage: the words that say so; `media` where what is silent is a report or a speech."""

    start: int
    end: int
    media: bool


def silences_in(text: str, title: bool = False) -> tuple[Silence, ...]:
    """Where `text` says that someone left something out; in a title a name will do for who did."""
    found = []
    for match in _LEFT_OUT.finditer(text):
        before = text[: match.start()]
        clause = re.split(r"[;:.]\s|(?<=\w),\s(?:and|but)\s", before)[-1]
        media = bool(_TELLERS.search(clause))
        if _POSSIBLE.search(before):
            continue
        if media or (title and _NAMED.search(before)):
            found.append(Silence(match.start(), match.end(), media))
    return tuple(found)
