"""The English words that the rules on quotations and reported speech go by, in all their forms.

Verbs stand here by how they are built into a sentence, not by how neutral they are: what takes a clause ("said that"),
what takes a person first ("told him that"), what takes the thing itself ("denied the charge"), what wants a preposition
("called for"). Nouns are those that people, bodies and documents speak through.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto


class Frame(Flag):
    """How a verb is built, and whether words between quotation marks may be its object."""

    CLAUSE = auto()  # said (that) …
    PERSON = auto()  # told someone (that) …
    THING = auto()  # denied the charge, criticized him
    TOWARD = auto()  # urged him to …
    INFINITIVE = auto()  # vowed to …
    MIND = auto()  # thinks, hopes: what is thought, not said
    SHOW = auto()  # the report shows
    QUOTE = auto()  # "…," he added; what may stand beside a whole quotation


class Form(Flag):
    BASE = auto()
    THIRD = auto()
    PAST = auto()
    PARTICIPLE = auto()
    GERUND = auto()


@dataclass(frozen=True, slots=True)
class Verb:
    lemma: str
    frame: Frame
    form: Form


_QUOTING = """say add note explain continue reply respond answer write tweet state declare conclude insist argue recall
admit warn joke quip remark observe announce claim charge acknowledge concede comment contend counter assert exclaim
shout yell cry whisper murmur mutter bark quote predict promise vow pledge repeat reiterate recount lament complain
muse proclaim report reveal suggest stress emphasize emphasise boast brag concur confess confirm deny elaborate opine
retort snap scoff sigh laugh interject agree allege advise inquire chant sing pray plead mention caution testify
indicate clarify disclose maintain post read go chime roar rail rant demand wonder reason protest object fume gush
volunteer specify stipulate speculate theorize theorise surmise attest affirm aver underscore underline highlight
summarize summarise blog retweet text email e-mail telegraph intone deadpan crow drawl growl grumble groan rejoin
enthuse bemoan decry marvel preach signal describe explode thunder gripe relate recite narrate propose counsel
intervene interrupt implore begin start open conclude finish close sum follow cite hint imply question grouse grumble carp
shrug smile nod gloat vent lecture tease protest plead croon bellow holler hiss snarl sneer spit sputter stammer recollect
reflect reckon cackle swear curse enunciate pronounce query quiz ponder posit expound philosophize""".split()
_SAYING_CLAUSE = """say add note explain reply respond answer write tweet state declare conclude insist argue recall admit
warn joke quip remark observe announce claim acknowledge concede comment contend counter assert predict promise vow
pledge repeat reiterate lament complain proclaim report reveal suggest stress emphasize emphasise boast brag concur
confess confirm deny opine retort allege caution testify indicate clarify disclose maintain mention speculate theorize
theorise surmise attest affirm aver underscore underline highlight bemoan signal propose hint imply estimate project
forecast agree demand advise recommend protest object rule hold find determine learn hear read decide recognize recognise
dispute swear guarantee assume wager bet calculate reckon""".split()
_PERSON = (
    "tell remind assure inform warn notify persuade convince advise reassure caution promise brief show teach".split()
)
_THING = """deny reject dismiss criticize criticise praise condemn denounce blast slam attack blame accuse endorse defend
propose welcome oppose mock ridicule decry lament bemoan acknowledge announce describe hail tout question challenge cite
support disavow discuss mention address detail outline repeat reiterate echo express voice stress emphasize emphasise
highlight underscore underline reference quote recount recall explain demand request condemn assail lambaste lambast
rebuke refute rebut dispute predict promise pledge threaten offer suggest recommend confirm reveal disclose report call
label brand dub deem portray characterize characterise paint cast liken compare back applaud thank congratulate champion
trumpet slap knock bash rip skewer excoriate castigate chide scold berate upbraid laud extol credit deride pan decline
invoke allege claim admit concede unveil brush downplay raise press issue deliver urge advocate tell protest contradict
contest disown lampoon taunt tweak chastise pillory vilify malign disparage insult berate commend salute cheer celebrate
vow float pitch list identify name""".split()
_TOWARD = """urge ask tell call press order warn encourage advise direct instruct beg implore invite challenge pressure
exhort remind want expect appeal plead beseech petition lobby request dare entreat forbid""".split()
_INFINITIVE = """vow promise pledge threaten offer refuse agree propose decline demand ask plan hope want expect seek
intend aim swear volunteer claim prefer wish resolve prepare""".split()
_MIND = """think believe hope fear want feel expect know consider suspect doubt worry wish understand see assume wonder
realize realise imagine prefer favor favour anticipate regard view figure guess remember forget trust""".split()
_SHOW = """show find suggest indicate reveal demonstrate conclude report estimate project document detail prove confirm
argue describe list note warn allege claim state say""".split()

_IRREGULAR = {
    "say": "said said",
    "tell": "told told",
    "write": "wrote written",
    "read": "read read",
    "go": "went gone",
    "sing": "sang sung",
    "begin": "began begun",
    "hold": "held held",
    "find": "found found",
    "hear": "heard heard",
    "swear": "swore sworn",
    "bet": "bet bet",
    "show": "showed shown",
    "teach": "taught taught",
    "cast": "cast cast",
    "think": "thought thought",
    "feel": "felt felt",
    "know": "knew known",
    "see": "saw seen",
    "understand": "understood understood",
    "seek": "sought sought",
    "forget": "forgot forgotten",
    "forbid": "forbade forbidden",
    "beseech": "besought besought",
    "plead": "pleaded pleaded",
    "bring": "brought brought",
    "put": "put put",
    "make": "made made",
    "give": "gave given",
    "speak": "spoke spoken",
    "bid": "bid bid",
    "shoot": "shot shot",
    "hit": "hit hit",
}
_DOUBLED = frozenset(
    "snap admit brag slam quip rip pan dub knot chat bet put tag nod rebut beg plan deter concur regret step".split()
)

PARTICLES = {
    "call": ("for", "on", "upon", "out"),
    "push": ("for", "back"),
    "press": ("for",),
    "appeal": ("for", "to"),
    "refer": ("to",),
    "point": ("to", "out"),
    "speak": ("of", "about", "out", "against"),
    "talk": ("about", "of", "up"),
    "complain": ("of", "about"),
    "warn": ("of", "against", "about"),
    "argue": ("for", "against"),
    "plead": ("for", "with"),
    "object": ("to",),
    "allude": ("to",),
    "hint": ("at",),
    "elaborate": ("on",),
    "lash": ("out",),
    "rail": ("against",),
    "inveigh": ("against",),
    "lay": ("out",),
    "spell": ("out",),
    "brush": ("off", "aside"),
    "play": ("down",),
    "rule": ("out",),
    "boast": ("of", "about"),
    "brag": ("about",),
    "joke": ("about",),
    "comment": ("on",),
    "apologize": ("for",),
    "apologise": ("for",),
    "insist": ("on",),
    "ask": ("for",),
    "swear": ("off",),
    "touch": ("on",),
    "plea": ("for",),
    "agree": ("to", "with"),
    "respond": ("to",),
    "react": ("to",),
    "vouch": ("for",),
    "wonder": ("about",),
    "think": ("of", "about"),
    "hear": ("about",),
    "learn": ("of", "about"),
    "worry": ("about",),
    "know": ("about", "of"),
    "advocate": ("for",),
    "fire": ("back",),
    "shoot": ("back", "down"),
    "hit": ("back", "out"),
    "write": ("about", "of"),
    "say": ("of", "about"),
    "opine": ("on",),
    "testify": ("about",),
    "dwell": ("on",),
    "campaign": ("for", "against"),
}
"""Verbs that need the word after them, or mean something else with it; without one of `CLAUSE` … they need it."""

NEEDS = {
    "put": ("it",),
    "go": ("on", "further"),
    "shoot": ("back",),
    "fire": ("back", "off"),
    "hit": ("back", "out"),
    "chime": ("in",),
    "lash": ("out",),
    "push": ("back",),
}
"""Verbs that say something only with one of these words after them."""

ASPECT = frozenset(
    "keeps kept keep began begins begin started starts stopped continues continued avoided resumed".split()
)
"""What may stand between a subject and the -ing form of a verb of saying."""

AUXILIARIES = frozenset(
    """have has had having do does did will would shall should can could may might must 'd 'll 've 's 're 'm am is are was
    were be been being ’s ’d ’ll ’ve ’re ’m don't doesn't didn't won't wouldn't can't cannot couldn't hasn't haven't hadn't
    isn't aren't wasn't weren't shouldn't don’t doesn’t didn’t won’t wouldn’t can’t couldn’t hasn’t haven’t hadn’t isn’t
    aren’t wasn’t weren’t shouldn’t ain't ain’t""".split()
)
BE = frozenset(
    "am is are was were be been being 's ’s isn't isn’t aren't aren’t wasn't wasn’t weren't weren’t 're ’re 'm ’m".split()
)
NEGATION = frozenset(
    """not never didn't doesn't don't won't wouldn't couldn't hasn't haven't hadn't didn’t doesn’t don’t won’t wouldn’t
    couldn’t hasn’t haven’t hadn’t cannot can't can’t n't""".split()
)
ADVERBS = frozenset(
    """also then later earlier again often once still even just now today yesterday tonight already always never ever
    not further soon too instead perhaps maybe meanwhile afterward afterwards thereafter first only simply all both
    recently previously reportedly repeatedly however therefore moreover thus nonetheless nevertheless though
    sometimes flatly long since pointedly either almost rather quite so likewise indeed elsewhere besides finally still
    well yes no additionally furthermore similarly back aloud""".split()
)
DETERMINERS = frozenset(
    "the a an this that these those some many several most few any all both another one two three four "
    "five six seven eight nine ten other every each no such more various numerous multiple dozens hundreds".split()
)
POSSESSIVES = frozenset("his her its their our my your whose".split())
PRONOUNS = frozenset("he she they it we i you who".split())
PERSONAL = frozenset("he she they it we i".split())
OBJECT_PRONOUNS = frozenset("him her them us me himself herself themselves itself it you yourself".split())
PREPOSITIONS = frozenset(
    """of in on at by for from with to into about over after before during against between through under within without
    amid among despite toward towards upon across behind beyond near since until via per including regarding concerning
    like unlike as than around along outside inside following besides except off onto out up down atop alongside""".split()
)
INSIDE_NOUN = frozenset("of for at from in with on to".split())
CONJUNCTIONS = frozenset(
    "and but or nor yet so because although though while whereas if unless when whenever where "
    "since as that which who whom whose whether after before until once why how what even".split()
)
CLAUSE_OPENERS = frozenset(
    "that because although though while whereas if unless when whether since as which but and or so "
    "yet before after until even".split()
)
WH = frozenset("what how why where when who whether which if".split())
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow january "
    "february march april june july august september october november december".split()
)
FUNCTION_WORDS = DETERMINERS | POSSESSIVES | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS | OBJECT_PRONOUNS

PEOPLE = frozenset(
    """spokesman spokeswoman spokesperson spokesmen spokeswomen spokespeople official officials aide aides adviser advisers
    advisor advisors minister ministers premier president chairman chairwoman chair director executive executives officer
    officers source sources analyst analysts expert experts critic critics supporter supporters opponent opponents lawyer
    lawyers attorney attorneys prosecutor prosecutors judge judges justice senator senators congressman congresswoman
    lawmaker lawmakers representative representatives governor mayor leader leaders candidate candidates strategist
    strategists operative operatives pollster pollsters professor professors researcher researchers scientist scientists
    economist economists historian author authors writer writers reporter reporters journalist journalists editor editors
    columnist host anchor man woman men women boy girl mother father son daughter brother sister wife husband friend friends
    colleague colleagues voter voters resident residents witness witnesses victim victims teacher teachers student students
    doctor doctors police cop cops sheriff agent agents soldier soldiers general commander chief head secretary ambassador
    envoy diplomat diplomats counterpart founder owner manager coach player businessman billionaire mogul tycoon veteran
    activist activists protester protesters organizer organizers organiser organisers member members democrat democrats
    republican republicans conservatives liberals nominee rival rivals frontrunner front-runner insiders insider observers
    observer commentators commentator pundits consultant lobbyist donor donors evangelicals pastor bishop pope cardinal imam
    priest rabbi king queen prince princess actor actress singer star director producer comedian lady neighbor neighbour
    neighbors neighbours people person family relatives relative lawyerless employee employees worker workers staffer
    staffers farmer driver pilot captain inspector investigator investigators detective regulator regulators negotiator
    negotiators delegate delegates delegation politician politicians mp mps ceo lieutenant sergeant colonel major admiral
    nurse physician patient customer customers investor investors trader traders user users fan fans reader readers
    american americans others everyone everybody someone somebody anyone nobody another one many some most few
    former newcomer incumbent successor predecessor mogul real-estate ex-president ex-governor native""".split()
)
BODIES = frozenset(
    """government administration ministry office department agency bureau commission committee council court campaign
    party company firm corporation bank group organization organisation association union foundation institute institution
    university college school church team league board panel parliament congress senate house assembly army military navy
    force forces police embassy delegation network channel station newspaper paper magazine outlet website site blog
    publication press media state nation country city regime white kremlin pentagon side sides coalition alliance
    federation chamber authority authorities center centre think-tank super pac watchdog""".split()
)
DOCUMENTS = frozenset(
    """statement report study survey poll polls surveys studies reports letter memo email e-mail document documents filing
    complaint lawsuit suit indictment affidavit article story editorial column book transcript post tweet message text
    release readout read-out communique communiqué brief motion ruling opinion order resolution bill law agreement note
    notice website ad ads advertisement commercial video speech data figures records analysis headline headlines op-ed
    caption sign signs banner placard petition essay paper invitation script clip recording file cable dispatch guide
    manual paper's newsletter log summary findings census index""".split()
)
TITLES = frozenset(
    """mr mrs ms miss dr sen sens rep reps gov govs gen lt col capt maj sgt adm cmdr prof rev hon sir dame lord lady
    president premier chancellor king queen prince princess pope cardinal bishop senator representative congressman
    congresswoman governor mayor secretary minister ambassador chairman chairwoman judge justice sheriff chief director
    general colonel captain major sergeant admiral professor attorney vice deputy prime foreign former leader spokesman
    spokeswoman spokesperson rep. sen. gov. mr. mrs. ms. dr. gen. lt. col. capt. maj. sgt. adm. prof. rev. hon. sens. reps.
    candidate nominee coach detective officer commissioner counsel envoy first u.s. us acting interim defense defence
    press national security speaker majority minority leader commander ceo chair founder strategist analyst columnist host
    anchor correspondent reporter author actor actress singer comedian businessman billionaire pollster adviser advisor
    aide manager consultant state assistant executive head supreme then gop democratic republican presidential campaign
    republican democrat independent communications official diplomat officer politician activist lawyer""".split()
)
PLANS = frozenset(
    "attempt attempts effort efforts decision plan plans proposal need ability reason right bid way refusal "
    "failure move chance opportunity time tendency license power willingness readiness pressure desire campaign".split()
)
"""Nouns whose "to …" is not said by anybody: an attempt to deny is no denial."""
FEMALE_TITLES = frozenset(
    "mrs mrs. ms ms. miss queen princess dame lady congresswoman chairwoman spokeswoman actress".split()
)
MALE_TITLES = frozenset("mr mr. sir lord king prince pope congressman chairman spokesman businessman".split())
FEMALE_NOUNS = frozenset(
    "spokeswoman woman girl mother wife daughter sister actress congresswoman chairwoman queen lady".split()
)
MALE_NOUNS = frozenset(
    "spokesman man boy father husband son brother actor congressman chairman king businessman".split()
)
MEDIA_WORDS = frozenset(
    """news agency newspaper times post journal tribune herald gazette daily weekly magazine network radio television tv
    broadcaster press wire website paper channel outlet media xinhua kcna yonhap reuters tass afp ap upi bloomberg bbc cnn
    nbc abc cbs fox msnbc npr kyodo interfax dpa ansa efe guardian telegraph observer mirror independent""".split()
)


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> str:
    if verb in _DOUBLED:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _gerund(verb: str) -> str:
    if verb in _DOUBLED or verb in ("begin", "forget", "forbid"):
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def _frames() -> dict[str, Frame]:
    frames: dict[str, Frame] = {}
    for verbs, frame in (
        (_QUOTING, Frame.QUOTE),
        (_SAYING_CLAUSE, Frame.CLAUSE),
        (_PERSON, Frame.PERSON | Frame.QUOTE),
        (_THING, Frame.THING),
        (_TOWARD, Frame.TOWARD),
        (_INFINITIVE, Frame.INFINITIVE),
        (_MIND, Frame.MIND),
        (_SHOW, Frame.SHOW),
        ((v for v in PARTICLES), Frame(0)),
    ):
        for verb in verbs:
            frames[verb] = frames.get(verb, Frame(0)) | frame
    frames["ask"] |= Frame.QUOTE | Frame.CLAUSE
    frames["call"] |= Frame.QUOTE
    frames["tell"] |= Frame.QUOTE
    for verb in NEEDS:
        frames[verb] = frames.get(verb, Frame(0)) | Frame.QUOTE
    return frames


def _verbs() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for verb, frame in _frames().items():
        past, participle = _IRREGULAR.get(verb, f"{_past(verb)} {_past(verb)}").split()
        spelled: dict[str, Form] = {}
        for word, form in (
            (verb, Form.BASE),
            (_third(verb), Form.THIRD),
            (past, Form.PAST),
            (participle, Form.PARTICIPLE),
            (_gerund(verb), Form.GERUND),
        ):
            spelled[word] = spelled.get(word, Form(0)) | form
        for word, form in spelled.items():
            forms.setdefault(word, Verb(verb, frame, form))
    return forms


VERBS = _verbs()
"""Every form of every verb above, in lower case."""
