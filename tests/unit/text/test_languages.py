"""What `text.languages` promises: a language where it is sure, None where it is not."""

from __future__ import annotations

import pytest

from summitreader.text.languages import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The minister said on Friday that the ships had not been inspected for two years, and that they were old.",
        ),
        (
            "de",
            "Der Minister sagte am Freitag, dass die Schiffe seit zwei Jahren nicht geprüft worden sind und alt waren.",
        ),
        (
            "fr",
            "Le ministre a dit vendredi que les navires n'avaient pas été inspectés depuis deux ans, dans le port.",
        ),
        (
            "es",
            "El ministro dijo el viernes que los barcos no habían sido revisados desde hace dos años.",
        ),
        ("ru", "Министр сказал в пятницу, что корабли не проверяли уже два года и что они были старые, но это не так."),
        (
            "ar",
            "قال الوزير يوم الجمعة إن السفن لم تفحص منذ عامين وإن هذه السفن كانت قديمة و لا بد من فحص",
        ),
        ("ko", "장관은 금요일에 선박이 2년 동안 점검을 받지 않았다고 말했다."),
        ("ja", "大臣は金曜日に、船は二年間検査を受けていないと述べた。"),
        ("zh", "部长周五表示，这些船只已有两年没有接受检查。"),
    ],
)
def test_a_sentence_or_two_tell_the_language(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "Ferry fares", "Lee, Xi, Kim, Pak, Yoon, Li, Cho, Moon, Park, Wang, Liu", "12 345 — 67 %"]
)
def test_too_little_tells_nothing(text: str) -> None:
    assert language_of(text) is None
