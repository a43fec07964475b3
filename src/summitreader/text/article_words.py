"""The set phrases by which an article's furniture is known: fields, bylines, credits, teasers, calls to subscribe.

All patterns are tried on a line without its markdown; none names an outlet. They are written to miss rather than to
take a sentence of the account for furniture: a phrase counts at the beginning of a short line, or as all of it.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


FIELD = re.compile(r"(?P<key>[^\W\d_][\w /-]{0,24}?)\s?[:：]\s*(?P<value>.*)\Z", re.DOTALL)
"""`Key: value`; it is a field where `FIELDS` knows the key."""

_MEANINGS = {
    "published": """
        date|published|publication date|date published|pub date|posted|published on|posted on|issued|first published
        veröffentlicht|datum|publié|publié le|fecha|publicado|data|дата|опубликовано
        날짜|입력|등록|日期|发布时间|發布時間|日付|公開日|التاريخ
        """,
    "updated": """
        updated|last updated|last modified|modified|updated on|aktualisiert|stand|mis à jour|actualizado|обновлено|수정
        最終更新|更新时间|更新時間
        """,
    "author": """
        author|authors|byline|by|written by|reporter|correspondent|autor|autorin|auteur|автор|기자|글|作者|记者|記者
        المؤلف
        """,
    "outlet": """
        source|outlet|publication|publisher|newspaper|site|website|site name|quelle|fuente|источник|출처|来源|來源|出典
        المصدر
        """,
    "title": "title|headline|subject|re|betreff|titel|titre|objet|título|asunto|заголовок|제목|标题|標題",
    "url": "url|link|permalink|canonical|web|adresse|链接|주소",
    "language": "language|lang|sprache|langue|idioma",
    "other": """
        section|category|categories|topic|topics|tag|tags|keywords|location|place|dateline|filed under|reading time
        contact|contacts|word count|words|id|doi|issn|edition|page|pages|time|views|type|status|reference|ref|embargo
        credit|photo|image|photograph|from|to|cc|sent|分类|标签|分類|분류
        """,
}
FIELDS = {
    key.strip(): meaning for meaning, keys in _MEANINGS.items() for key in re.split(r"[|\n]", keys) if key.strip()
}
"""What the value of each known key is, by the key in lower case."""

DATE_KEYS = frozenset(key for key, meaning in FIELDS.items() if meaning in ("published", "updated"))
"""Keys that also stand alone on a line, with the date on the next."""

BYLINE = re.compile(
    r"(?:By|BY|Words by|Story by|Written by|Reported by|Posted by|Published by|Analysis by|Opinion by|Text by|"
    r"Von|Par|Por|Di|Av|Door|Автор)\s+(?=[^\W\d_])(?![a-z]+ing\b|the\b)",
)
CJK_BYLINE = re.compile(
    r"(?:記者|记者|本报记者|新华社记者|通讯员|撰文|文)\s*[/／:： ]?\s*(?P<zh>\S{2,4}(?:[ 、]\S{2,4})*)\Z"
    r"|(?P<outlet>[^|]{2,20}\|\s*)?(?P<ko>[가-힣]{2,4}(?:[·,] ?[가-힣]{2,4})*) ?"
    r"(?:기자|특파원|선임기자|논설위원)(?:\s+\S+@\S+)?\Z"
)
ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|staff writer|bureau chief|columnist|special to|staff|desk|agencies|"
    r"contributor|commentator|Korrespondent(?:in)?|correspondante?|corresponsal)\b",
    _I,
)
CREDIT = re.compile(
    r"[(\[—–-]*\s*(?:With (?=(?:additional )?reporting ))?(?:additional |with |further |original )*"
    r"(?:reporting|writing|editing|edited|research|contributions?|"
    r"translation|translated|compiled|photographs?|photos?|video|graphics?|fact-?checked|material|files)"
    r"(?: and \w+)?(?: (?:in|for) [\w ,]+?)? (?:by|from)\s*:? "
    r"|SOURCE\s*:?\s+(?=[A-Z])"
    r"|\(?(?:Reporting|Editing|Writing|Compiled|Translated) by\b"
    r"|(?:[A-Z]\S+ ){1,6}(?:also )?(?:contributed (?:to|reporting)|reported from)\b"
    r"|(?:[A-Z]\S+ ){2,4}(?:in|from) (?:[A-Z]\S+ ?){1,3}(?:also )?contributed (?:to|reporting)\b"
    r"|[(\[]?(?:with|includes) (?:inputs?|reporting|material|additional reporting)(?: \w+)? from\b"
    r"|[（(\[【]?(?:责任编辑|責任編輯|责编|編輯|编辑|校对|审核|作者简介|翻译)\s*[:：]"
)
RELEASE = re.compile(
    r"(?:for immediate release|embargoed until\b.*|press release|news release|media release|public statement\b.{0,20}|"
    r"(?:last )?(?:updated|published|posted|modified)\b.{0,30}\b(?:ago|today|yesterday|now)|"
    r"pressemitteilung|communiqué de presse|(?:exclusive|opinion|analysis|editorial|live|breaking|news|world|politics|"
    r"business|sport|culture|local|national|international|commentary|explainer|interview)|abstract\.?|full text\.?)\Z",
    _I,
)

SECTION = re.compile(
    r"(?:related(?: articles?| stories| content| posts?| topics?| news| coverage| links?| reading)?"
    r"|(?:read|see|view|watch) (?:more|next|also|on)(?: (?:on|about|from|in) .{1,40})?"
    r"|(?:more|other|latest|top|also|further|recent|older|previous|next|similar|popular|featured|recommended|suggested)"
    r" (?:stories|news|articles?|posts?|reading|headlines|coverage|videos?|links|on this(?: story| topic)?)"
    r"(?: (?:from|on|in|about|for) .{1,40})?"
    r"|(?:more|also|latest|new|news) (?:from|on|in|by|about) .{1,40}"
    r"|most[ -](?:read|popular|viewed|shared|commented|recent)(?: (?:in|on) .{1,30})?"
    r"|(?:you (?:may|might) (?:also|be) .{1,40}|recommended(?: for you| reading)?|trending(?: now| stories| topics)?|"
    r"what to read next|up next|don['’]t miss|editors?['’]?s? picks?|sponsored(?: content)?|around the web|"
    r"from our partners|promoted|paid content|in this section|read next|read this next|keep reading|top picks)"
    r"|(?:related )?topics|tags|filed under|(?:about|on) this (?:story|topic)"
    r"|(?:comments?(?: \(\d+\))?|leave a (?:reply|comment)|join the (?:conversation|discussion)|\d+ comments)"
    r"|(?:mehr zum thema|lesen sie auch|das könnte sie auch interessieren|weitere artikel|meistgelesen|"
    r"à lire aussi|lire aussi|sur le même sujet|articles liés|les plus lus|voir aussi|"
    r"noticias relacionadas|lea también|te puede interesar|más noticias|lo más leído|relacionad[oa]s|"
    r"leia também|notícias relacionadas|leggi anche|articoli correlati|"
    r"читайте также|похожие материалы|по теме|ещё по теме)"
    r"|(?:관련 ?기사|관련 ?뉴스|많이 본 (?:뉴스|기사)|추천 ?(?:기사|뉴스)|주요 ?뉴스|인기 ?기사|"
    r"相关(?:新闻|阅读|报道|文章|链接)|延伸阅读|推荐阅读|热门(?:新闻|文章)|相關(?:新聞|報導|文章)|延伸閱讀|"
    r"関連(?:記事|ニュース|リンク)|おすすめ(?:記事)?|人気記事|あわせて読みたい|"
    r"اقرأ أيضا|اقرأ المزيد|مقالات ذات صلة|أخبار ذات صلة|مواضيع ذات صلة)"
    r")\s*[:：.…>»›]*\Z",
    _I,
)
"""Alone on a line: what follows is teasers, until paragraphs of the account come again."""

INLINE_TEASER = re.compile(
    r"(?:read (?:more|next|also|on)|see also|also read|read|related|more|watch|listen|older posts?|newer posts?|"
    r"previous(?:ly)?|recommended|must read|don['’]t miss|"
    r"lire aussi|à lire aussi|lesen sie auch|lea también|leia também|"
    r"leggi anche|читайте также|관련 ?기사|相关阅读|延伸阅读|関連記事|اقرأ أيضا)\s*(?:[:：»>]|\|)\s*\S",
    _I,
)
"""A teaser on one line: "Read more: …"."""

NOTICE = re.compile(
    r"(?:share (?:this|on|via|with|the)(?: \w+)?\b|share(?:\s*[|·•:]|\Z)"
    r"|(?:please )?(?:subscribe|sign up|sign in|log in|register|become a (?:member|subscriber)|donate|"
    r"support (?:our|us|independent|local|quality)|follow (?:us|me|our|\S+(?: \S+){0,4} on)|like us|"
    r"join (?:us|our|the conversation|now)|download (?:our|the) app|"
    r"get (?:our|the) (?:app|newsletter|latest)|contact us|advertise)\b"
    r"|(?:newsletter|advertisement|advertising|sponsored|anzeige|publicité|"
    r"publicidad|reklama|реклама|广告|廣告|광고)s?\b.{0,40}\Z"
    r"|(?:©|ⓒ|\(c\)|copyright\b|all rights reserved|tous droits réservés|alle rechte vorbehalten|"
    r"todos los derechos|все права защищены|版权所有|版權所有|"
    r"著作権|無断転載|무단 ?전재|저작권자|حقوق النشر|جميع الحقوق)"
    r"|(?:cookies?|privacy|terms)(?: policy| notice| of (?:use|service))?\s*(?:[|·•]|\Z)"
    r"|(?:this is a (?:developing|breaking) (?:news )?story|check back (?:for|later)|"
    r"more (?:details )?to (?:come|follow)|"
    r"this story (?:will be|is being) updated)"
    r"|(?:comments are closed|comments have been|leave a comment|view (?:all )?comments|show comments)"
    r"|(?:media|press) (?:contacts?|office|enquir(?:y|ies)|inquir(?:y|ies)|desk)\s*[:：]"
    r"|(?:-+ ?ends? ?-+|# ?# ?#|-30-|\*{3,}|\(end\)|ends?|enditem|\S+@\S+\.\w+)\Z"
    r"|to advertise\b|(?:for|to) (?:more|further) information,? (?:contact|visit|call|see|please)"
    r"|(?:tags?|filed under|topics?|keywords)\s*[:：]"
    r"|(?:listen to this (?:article|story)|\d+ min(?:ute)?s?\.? read|\d+ comments?|"
    r"print(?: this)?(?: article| page)?\Z|"
    r"email this|skip to (?:content|main)|click here|back to top|load more|show more|continue reading|"
    r"(?:image|photo|picture) (?:credit|source|caption)\s*[:：]|(?:getty|ap|afp|reuters) (?:images|photo)\b.{0,20}\Z)"
    r"|(?:reuse this content|our standards|a version of this (?:article|story) (?:appears|appeared|ran)"
    r"|explore more on)\b"
    r"|the (?:views|opinions) expressed\b|the associated press contributed"
    r"|(?:watch|see|listen to) the .{1,30} (?:above|below)[.:]?\Z)",
    _I,
)
"""At the beginning of a short line: it is no part of the account."""

TAIL = re.compile(
    r"\b(?:become a (?:member|subscriber)|subscribe|sign up (?:to|for)|newsletter|all rights reserved|privacy policy|"
    r"terms of (?:use|service)|cookie policy|to advertise|mailing list|donate to|support independent|follow us on|"
    r"may not be (?:published|reproduced|redistributed)|without (?:prior |written |express )*permission|"
    r"abonnez-vous|jetzt abonnieren|suscríbe(?:te|se)|abbonati|подпишитесь|\Aprinted from\b|"
    r"powered by|terms apply|see also:)|版权所有|版權所有|未经.{0,6}授权|禁止转载|무단 ?전재|재배포 ?금지|無断転載",
    _I,
)
"""Anywhere in a short paragraph at the very end of the file: it is no part of the account."""

BIOGRAPHY = re.compile(
    r"\b(?:is (?:an?|the) .{0,60}\b(?:author|writer|reporter|correspondent|editor|columnist|fellow|"
    r"professor|journalist|critic|analyst|historian|contributor)|"
    r"writes (?:for|about|on)|covers|can be reached at|reports? (?:on|from))\b",
)
"""In a last paragraph that opens with the author's own name: who the author is."""

OUTLET_WORD = re.compile(
    r"\b(?:agency|news|times|post|herald|wire|tribune|journal|gazette|daily|weekly|observer|courier|chronicle|mail|star|"
    r"telegraph|standard|examiner|review|magazine|media|press|broadcasting|radio|tv|television|network|bulletin|dispatch|"
    r"register|sentinel|monitor|globe|sun|mirror|express|echo|argus|advertiser|argus|desk|today|record|ledger|inquirer|"
    r"zeitung|nachrichten|anzeiger|rundschau|tageblatt|journal|diario|periódico|noticias|correio|folha|corriere|gazzetta|"
    r"ministry|department|office|council|university|institute|plc|ltd|inc|corp|corporation)\b"
    r"|日报|晚报|时报|快报|新闻|通讯社|财经|电视台|日報|時報|新聞|通信|일보|신문|뉴스|통신|방송|경제|новости|газета|известия|ведомости"
    r"|جريدة|صحيفة|وكالة|قناة",
    _I,
)
AGENCY = re.compile(
    r"\b(?:AP|A\.P\.|Associated Press|Reuters|AFP|Agence France-Presse|UPI|Xinhua|Yonhap|Kyodo|dpa|EFE|ANSA|TASS|"
    r"RIA Novosti|Interfax|PTI|ANI|Bernama|PA Media|Press Association|KCNA|Getty Images|Bloomberg|agencies)\b"
    r"|新华社|中新社|연합뉴스|뉴시스|뉴스1|共同通信|時事通信"
)
"""Agencies whose copy others print: their name in a byline or a copyright line does not say whose page it is."""

COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s*(?:by\s)?(?P<holder>[^\d.|·,\n]{2,60})",
    _I,
)
PUBLISHER = re.compile(
    r"[\s,&]+(?:(?:news\s)?media|newspapers?|publishing|publications|publishers|holdings|verlag|éditions|editorial)\s*\Z",
    _I,
)
"""What the name of a company adds to the name of its paper."""

COMPANY = re.compile(r"[\s,]+(?:ltd|limited|plc|inc|incorporated|llc|co|corp|gmbh|ag|s\.?a\.?|group)\.?\s*\Z", _I)
