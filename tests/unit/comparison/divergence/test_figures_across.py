"""Figures of two languages: read alike, and held against each other where each passage has one left."""

from __future__ import annotations

import pytest

from summitreader.comparison.divergence.figures import Sort
from summitreader.comparison.divergence.figures_across import amounts_in, figures_apart, number_of

YEAR, MONTH = 31556952.0, 2629746.0


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("3,000", 3000), ("1천2백", 1200), ("3만5천", 35_000), ("70조", 7e13), ("2억5천만", 2.5e8), ("1.5만", 15_000),
        ("십", 10), ("百", 100), ("十一", 11), ("二十", 20), ("二十五", 25), ("一百零五", 105), ("三千亿", 3e11),
        ("四千三百", 4300), ("两", 2), ("两百", 200), ("三万六千", 36_000), ("一万亿", 1e12), ("二〇二五", 2025),
        ("十二万", 120_000), ("3800万", 3.8e7), ("6.5亿", 6.5e8), ("1兆2千億", 1.2e12), ("百二十", 120), ("九十", 90),
    ],
)  # fmt: skip
def test_numerals(numeral: str, number: float) -> None:
    assert number_of(numeral) == number


@pytest.mark.parametrize(
    ("language", "text", "sort", "unit", "amount"),
    [
        ("ko", "회담은 약 90분 동안 이어졌다", Sort.MEASURE, "time", 5400),
        ("ko", "회담은 1시간 37분 동안 이어졌다", Sort.MEASURE, "time", 5820),
        ("ko", "11년 만의 방문이다", Sort.MEASURE, "time", 11 * YEAR),
        ("ko", "6개월 연장했다", Sort.MEASURE, "time", 6 * MONTH),
        ("ko", "시민 1천2백여 명이 모였다", Sort.COUNT, "", 1200),
        ("ko", "양해각서 7건에 서명했다", Sort.COUNT, "", 7),
        ("ko", "70조 원 규모의 계약", Sort.MONEY, "KRW", 7e13),
        ("ko", "4천억 위안 규모", Sort.MONEY, "CNY", 4e11),
        ("ko", "3억 달러를 냈다", Sort.MONEY, "$", 3e8),
        ("ko", "주가는 6.5% 올랐다", Sort.SHARE, "%", 6.5),
        ("ko", "응답자의 52퍼센트가 찬성했다", Sort.SHARE, "%", 52),
        ("zh", "会谈持续了约一个半小时", Sort.MEASURE, "time", 5400),
        ("zh", "会谈持续了九十分钟", Sort.MEASURE, "time", 5400),
        ("zh", "时隔十一年再次访问", Sort.MEASURE, "time", 11 * YEAR),
        ("zh", "延长三个月", Sort.MEASURE, "time", 3 * MONTH),
        ("zh", "约三千人参加游行", Sort.COUNT, "", 3000),
        ("zh", "双方签署六份文件", Sort.COUNT, "", 6),
        ("zh", "规模为三千亿元人民币", Sort.MONEY, "CNY", 3e11),
        ("zh", "罚款3800万克朗", Sort.MONEY, "crown", 3.8e7),
        ("zh", "投资二十亿美元", Sort.MONEY, "$", 2e9),
        ("zh", "股价上涨6%", Sort.SHARE, "%", 6),
        ("zh", "增长百分之五", Sort.SHARE, "%", 5),
        ("ja", "会談は約90分間続いた", Sort.MEASURE, "time", 5400),
        ("ja", "11年ぶりの訪問", Sort.MEASURE, "time", 11 * YEAR),
        ("ja", "約３億円の罰金", Sort.MONEY, "JPY", 3e8),
        ("ja", "2千人が参加した", Sort.COUNT, "", 2000),
        ("ja", "6件の文書に署名した", Sort.COUNT, "", 6),
        ("ja", "株価は6パーセント上昇した", Sort.SHARE, "%", 6),
        ("en", "The talks ran for 90 minutes.", Sort.MEASURE, "time", 5400),
        ("en", "A swap line worth 400 billion yuan was renewed.", Sort.MONEY, "CNY", 4e11),
    ],
)
def test_amounts(language: str, text: str, sort: Sort, unit: str, amount: float) -> None:
    (found,) = amounts_in(text, language)
    assert (found.sort, found.unit) == (sort, unit) and found.low == pytest.approx(amount)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "2025년 11월 1일"), ("zh", "2025年11月1日"), ("ja", "2025年11月1日"), ("zh", "第二次会谈"),
        ("zh", "一带一路"), ("fi", "90 minuuttia"), ("ko", "이천 시장"),
    ],
)  # fmt: skip
def test_days_years_and_names_are_no_amounts(language: str, text: str) -> None:
    assert amounts_in(text, language) == []


@pytest.mark.parametrize(
    ("english", "other", "language", "apart"),
    [
        ("The visit is the first in 11 years.", "방문은 10년 만이다.", "ko", True),
        ("The visit is the first in 11 years.", "这是时隔十一年的访问。", "zh", False),
        ("The talks ran for 90 minutes.", "会谈持续了约一个半小时。", "zh", False),
        ("They signed seven documents.", "双方签署六份文件。", "zh", True),
        ("About 3,000 people marched.", "시민 3천여 명이 행진했다.", "ko", False),
        ("About 3,000 people marched.", "시민 1천2백여 명이 행진했다.", "ko", True),
        ("The fine is 38 million crowns.", "罚款3800万克朗。", "zh", False),
        ("Shares rose 6 percent.", "股价上涨9%。", "zh", True),
        ("Two of 300 delegates left.", "会议持续了九十分钟。", "zh", False),
        ("Four people were hurt.", "百人が参加した。", "ja", False),
    ],
)
def test_two_amounts_of_one_measure_are_apart_where_they_cannot_be_one(
    english: str, other: str, language: str, apart: bool
) -> None:
    assert bool(list(figures_apart(amounts_in(english, "en"), amounts_in(other, language)))) is apart
