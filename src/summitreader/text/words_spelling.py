"""UK and US spelling: one of the two for both.

The rules are applied to whole words only where no other English word is spelled like the result; for the rest there is
a list. ("four" is never made into "for".)
"""

from __future__ import annotations

_split = str.split

_US = dict(
    pair.split("/")
    for pair in _split("""
    arbour/arbor ardour/ardor armour/armor behaviour/behavior candour/candor clamour/clamor colour/color
    demeanour/demeanor endeavour/endeavor favour/favor favourite/favorite fervour/fervor flavour/flavor
    harbour/harbor honour/honor honourable/honorable humour/humor labour/labor labourer/laborer
    misdemeanour/misdemeanor neighbour/neighbor neighbouring/neighboring neighbourhood/neighborhood odour/odor
    parlour/parlor rancour/rancor rigour/rigor rumour/rumor saviour/savior savour/savor splendour/splendor
    tumour/tumor valour/valor vapour/vapor vigour/vigor favourable/favorable colourful/colorful
    behavioural/behavioral dishonour/dishonor centre/center theatre/theater metre/meter litre/liter
    kilometre/kilometer centimetre/centimeter millimetre/millimeter fibre/fiber calibre/caliber sabre/saber
    spectre/specter lustre/luster sombre/somber meagre/meager manoeuvre/maneuver epicentre/epicenter
    reconnoitre/reconnoiter defence/defense offence/offense licence/license pretence/pretense practise/practice
    programme/program cheque/check grey/gray tyre/tire kerb/curb plough/plow sceptic/skeptic sceptical/skeptical
    scepticism/skepticism mould/mold moult/molt smoulder/smolder storey/story draught/draft gaol/jail
    gaoler/jailer catalogue/catalog dialogue/dialog analogue/analog epilogue/epilog prologue/prolog
    monologue/monolog ageing/aging acknowledgement/acknowledgment judgement/judgment axe/ax whisky/whiskey
    pyjamas/pajamas aluminium/aluminum aeroplane/airplane mum/mom tonne/ton skilful/skillful wilful/willful
    fulfil/fulfill enrol/enroll enrolment/enrollment instalment/installment instil/instill distil/distill
    appal/appall anaemia/anemia anaesthetic/anesthetic archaeology/archeology encyclopaedia/encyclopedia
    foetus/fetus haemorrhage/hemorrhage leukaemia/leukemia mediaeval/medieval oesophagus/esophagus
    orthopaedic/orthopedic paediatric/pediatric paediatrician/pediatrician diarrhoea/diarrhea oestrogen/estrogen
    caesarean/cesarean counsellor/counselor traveller/traveler jeweller/jeweler jewellery/jewelry
    modelling/modeling labelled/labeled travelled/traveled travelling/traveling cancelled/canceled
    cancelling/canceling fuelled/fueled fuelling/fueling signalled/signaled signalling/signaling
    marshalled/marshaled channelled/channeled levelled/leveled quarrelled/quarreled rivalled/rivaled
    shovelled/shoveled totalled/totaled tunnelled/tunneled woollen/woolen marvellous/marvelous
    councillor/councilor libelled/libeled dialled/dialed duelled/dueled grovelled/groveled focussed/focused
    focussing/focusing learnt/learned burnt/burned dreamt/dreamed spelt/spelled spoilt/spoiled leapt/leaped
    towards/toward afterwards/afterward artefact/artifact cosy/cozy doughnut/donut furore/furor
    moustache/mustache omelette/omelet sulphur/sulfur vice/vise phoney/phony yoghurt/yogurt liquorice/licorice
""")
)
del _US["vice"]
_ALWAYS_ISE = frozenset(["prise", "crises", "crisis", "arises"])


def american_spelling(word: str) -> str:
    """`word`, in lower case, as an American paper spells it. What is not known to differ comes back unchanged.

    `-ise`, `-isation`, `-yse` become `-ize` … by rule, for words that are always written with s too ("promize"): the
    result is a key that both spellings share, not a word to show.
    """
    us = _US.get(word)
    if us is not None:
        return us
    if len(word) < 5:
        return word
    if "is" in word and word not in _ALWAYS_ISE:
        for ending in ("isation", "isations", "ise", "ised", "ises", "ising", "iser", "isers"):
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stop = len(word) - len(ending)
                return word[: stop + 1] + "z" + word[stop + 2 :]
    if "lys" in word and word.endswith(("lyse", "lysed", "lysing", "lyses")):
        return word.replace("lys", "lyz") if not word.endswith("lyses") else word
    return word
