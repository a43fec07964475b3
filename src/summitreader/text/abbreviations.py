"""Words that end with a full stop without ending a sentence, by what may follow them.

Gathered from style guides (AP, Reuters, Duden, RAE, Lexique de l'Imprimerie nationale); lower case, without the stop.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE_NAME = _words(
    """
    mr mrs ms mx messrs mmes dr drs prof profs rev revs fr sr sra srta srs msgr hon pres gov govs sen sens rep reps
    gen gens adm brig col cols maj lt capt capts cpl cmdr comdr sgt sgts pvt supt insp det amb asst assoc atty sec dep
    st ste ft mt pt hwy rt gen.-maj mme mmes mlle mlles mgr me dott dra lic ing dipl doc hr fr frl hrn gebr
    ts gs pgs ths डॉ श्री श्रीमती
    д-р проф акад им ул пр просп пл г гг с дер пос р
    """
)
"""A name follows: never the end of a sentence before a capital."""

BEFORE_NUMBER = _words(
    """
    no nos nr núm n° art arts sec secs sect § vol vols ch chap chs fig figs p pp pg par para paras pt cl ex app approx
    aprox env ok ca c circa ver tel fax ext rm apt ste ed bk pág págs pag pagg tab tabs abb abs ziff rn rdnr bd kap lit
    nr zit str tabl poz ust lit пп ч ст стр п гл рис табл № разд с s l ll
    jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc ene abr ago set dic
    mon tue tues wed thu thur thurs fri sat sun
    """
)
"""A number follows: not the end of a sentence before a digit."""

WITHIN = _words(
    """
    vs v cf viz al resp e.g i.e eg ie incl excl est approx dept depts univ intl govt natl mfg bros
    z.b d.h u.a bzw ca ggf evtl usw vgl sog inkl zzgl mio mrd
    p.ej ee aprox env
    т.е т.к т.н т.д т.п др тыс млн млрд руб стр
    """
)
"""More of the same sentence nearly always follows."""

CLOCK = _words("a.m p.m am pm")

BEFORE_ORDINAL = {
    "de": _words(
        """
        der die das den dem des im am zum zur beim vom ans ins jeder jede jedes jeden jedem dieser diese dieses diesen
        diesem sein seine seinem seinen seiner ihr ihre ihrem ihren ihrer unser unsere unserem ein eine einem einen
        einer
        """
    ),
    "da": _words("den det de der sin sit sine hans hendes"),
    "nb": _words("den det de der sin sitt sine hans hennes"),
    "no": _words("den det de der sin sitt sine hans hennes"),
}
"""By language: words after which a figure with a full stop is an ordinal ("die 2. Sitzung")."""

AFTER_CLOCK = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest kst jst ist msk eastern central pacific mountain
    """
)
"""What stands after a time of day and still belongs to it."""

MONTHS = _words(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts jahrestag mal stock platz lebensjahr weltkrieg weltkriegs
    """
)
"""What a German ordinal ("19.") is most often followed by."""

STARTERS = _words(
    """
    the a an he she it they we you i this that these those his her its their our my your there here who what when
    where why how which if in on at by for from with without after before since during while although though because
    as but and or yet so still then now however meanwhile also both all some many most more no not one two three
    under over about according asked among despite instead last earlier later next today yesterday
    """
)
"""Words that begin a sentence far oftener than they follow an initial or an acronym as part of a name."""

ACRONYMS = _words(
    """
    u.s u.k u.n e.u d.c n.y l.a u.a.e u.s.a u.s.s.r r.o.k d.p.r.k p.r.c a.m p.m ph.d b.a m.a b.s m.s m.d m.b.a
    b.c a.d r.i.p g.o.p f.b.i c.i.a n.c s.c n.j n.m n.h n.d s.d w.va
    """
)
"""Acronyms that end sentences as well as stand inside them; the segmenter's own guess holds for these."""
