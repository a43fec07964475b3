"""The names of months, weekdays and time zones, lower case, in the languages whose dates are read."""

from __future__ import annotations

_MONTHS = """
january jan januar jänner janvier janv enero ene gennaio janeiro января январь янв januari stycznia يناير
february feb februar février févr febrero febbraio fevereiro февраля февраль фев februari lutego فبراير
march mar märz mrz mars marzo março марта март maart marca مارس
april apr avril avr abril abr aprile апреля апрель апр kwietnia أبريل
may mai mayo maggio maio мая май mei maja مايو
june jun juni juin junio giugno junho июня июнь czerwca يونيو
july jul juli juillet juil julio luglio julho июля июль lipca يوليو
august aug août agosto ago августа август авг augustus sierpnia أغسطس
september sep sept septembre septiembre settembre setembro сентября сентябрь сен сент września سبتمبر
october oct oktober okt octobre octubre ottobre outubro октября октябрь окт października أكتوبر
november nov novembre noviembre novembro ноября ноябрь ноя listopada نوفمبر
december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря декабрь дек grudnia ديسمبر
"""
_WEEKDAYS = """
monday mon montag lundi lunes lunedì понедельник 월요일 星期一 周一 週一 月曜日 الاثنين
tuesday tue tues dienstag mardi martes martedì вторник 화요일 星期二 周二 週二 火曜日 الثلاثاء
wednesday wed mittwoch mercredi miércoles mercoledì среда 수요일 星期三 周三 週三 水曜日 الأربعاء
thursday thu thur thurs donnerstag jeudi jueves giovedì четверг 목요일 星期四 周四 週四 木曜日 الخميس
friday fri freitag vendredi viernes venerdì пятница 금요일 星期五 周五 週五 金曜日 الجمعة
saturday sat samstag sonnabend samedi sábado sabato суббота 토요일 星期六 周六 週六 土曜日 السبت
sunday sun sonntag dimanche domingo domenica воскресенье 일요일 星期日 星期天 周日 週日 日曜日 الأحد
"""


def _numbered(table: str, first: int) -> dict[str, int]:
    return {name: n for n, line in enumerate(table.strip().splitlines(), first) for name in line.split()}


MONTHS = _numbered(_MONTHS, 1)
WEEKDAYS = _numbered(_WEEKDAYS, 0)

ZONES: dict[str, int | None] = {
    "UTC": 0,
    "GMT": 0,
    "KST": 540,
    "JST": 540,
    "HKT": 480,
    "SGT": 480,
    "AEST": 600,
    "AEDT": 660,
    "MSK": 180,
    "CET": 60,
    "CEST": 120,
    "EET": 120,
    "EEST": 180,
    "BST": 60,
    "EST": -300,
    "EDT": -240,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "CST": None,
    "IST": None,
    "ET": None,
    "CT": None,
    "PT": None,
    "AST": None,
}
"""Minutes east of Greenwich; None where the letters name several zones, or one whose offset depends on the season."""
