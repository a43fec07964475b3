"""Who speaks: the mention that the text gives, the name that it stands for, and no name where there is doubt."""

from __future__ import annotations

import pytest

from summitreader.comparison.quotes.quote_spans import find_quote_spans
from summitreader.comparison.quotes.tokens import read_tokens

from .said_by import found, reported, speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It rains,” Ann Lee said.", "Ann Lee"),
        ("“It rains,” said Ann Lee, who came late.", "Ann Lee"),
        ("Ann Lee said: “It rains.”", "Ann Lee"),
        ("Ann Lee, the mayor of Harlow, told reporters on Tuesday, “It rains.”", "Ann Lee"),
        ("Rep. Ann Lee (D-Ohio) tweeted that it was “a great day for rain.”", "Ann Lee"),
        ("According to Ann Lee, the rain is “the worst in years.”", "Ann Lee"),
        ("The rain is “the worst in years,” according to Ann Lee.", "Ann Lee"),
        ("Ann Lee criticized the plan, calling it “a waste of rain.”", "Ann Lee"),
        ("Ann Lee: “It rains.”", "Ann Lee"),
        ("In a speech on Friday, Ann Lee called for “more umbrellas.”", "Ann Lee"),
        ("As Ann Lee put it, “it rains.”", "Ann Lee"),
        ("Ann Lee went on to say, “It rains.”", "Ann Lee"),
        ("“It rains,” a spokeswoman for the ministry said.", "a spokeswoman for the ministry"),
        ("“It rains,” said a person familiar with the weather.", "a person familiar with the weather"),
        ("Ann Lee’s office said it was “no weather for ducks.”", "Ann Lee’s office"),
        ("A spokesman, Conrad Lyle, said: “It rains.”", "Conrad Lyle"),
        ("The newspaper quoted Ann Lee as saying: “It rains.”", "Ann Lee"),
        ("“It rains,” Ann Lee groaned.", "Ann Lee"),
        ("Asked about the weather, Ann Lee demurred: “It rains.”", "Ann Lee"),
    ],
)
def test_the_speaker_stands_where_news_puts_it(text: str, speaker: str) -> None:
    assert [name for _, name in speakers(text)] == [speaker]


def test_what_follows_in_the_paragraph_is_by_the_same_speaker() -> None:
    assert speakers("“It rains,” said Ann Lee. “It will stop.”") == [
        ("It rains", "Ann Lee"),
        ("It will stop", "Ann Lee"),
    ]


def test_an_office_is_not_the_person_who_holds_it() -> None:
    text = "President Lee Jae Myung met him. Lee's office said the talks were “good for both sides.”"
    assert speakers(text) == [("good for both sides", "Lee's office")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chinese President Xi Jinping came. “We are neighbours,” Xi said.", "Xi Jinping"),
        ("Ursula von der Leyen came. “We are neighbours,” von der Leyen said.", "Ursula von der Leyen"),
        ("Martin Luther King Jr. came. “We are neighbours,” King said.", "Martin Luther King"),
        ("Dr. John F. Smith came. “We are neighbours,” Smith said.", "John F. Smith"),
        ("The Korean Central News Agency wrote it. “They are neighbours,” KCNA said.", "Korean Central News Agency"),
    ],
)
def test_a_short_name_stands_for_the_fullest_in_the_article(text: str, name: str) -> None:
    assert [n for _, n in speakers(text)] == [name]


def test_a_description_stands_for_the_only_one_whom_it_fits_and_is_inferred() -> None:
    text = (
        "Chinese President Xi Jinping met South Korean President Lee Jae Myung.\n\n"
        "The Chinese leader said: “We are neighbours.”"
    )
    (q,) = [q for q in found(text) if "neighbours" in q.text]
    assert q.speaker is not None
    assert (q.speaker.name, q.speaker.inferred) == ("Xi Jinping", True)


def test_a_clear_pronoun_is_resolved_and_shown_as_inferred() -> None:
    (q,) = [q for q in found("Ann Lee came home. “It rains,” she said.") if q.text == "It rains,"]
    assert q.speaker is not None
    assert (q.speaker.name, q.speaker.inferred) == ("Ann Lee", True)


def test_who_is_told_of_as_a_person_is_who_the_next_pronoun_means_though_the_name_is_not_known() -> None:
    text = (
        "The judge turned to Helena Strand. Helena Strand was acquitted.\n\n"
        "Ngozi Adair, who speaks for the mothers, put her bottle into her bag. “We boiled it,” she said."
    )
    (q,) = [q for q in found(text) if q.text == "We boiled it,"]
    assert q.speaker is not None
    assert q.speaker.name == "Ngozi Adair"


def test_a_pronoun_between_two_who_fit_has_no_name() -> None:
    text = "The meeting between John Smith and Paul Brown was short. “It rains,” he said."
    (q,) = [q for q in found(text) if q.text == "It rains,"]
    assert q.speaker is not None
    assert q.speaker.name is None


def test_who_says_that_somebody_did_a_thing_is_not_that_person() -> None:
    text = "Helena Strand was cleared. About Strand she was careful. She said that Strand “had not known of it.”"
    assert speakers(text) == [("had not known of it", None)]


def test_a_report_of_nobody_whom_the_text_names_is_not_listed() -> None:
    assert reported("It was cold. She said that the bridge was safe.") == []


def test_a_name_that_goes_on_with_who_is_a_persons_whatever_the_given_name() -> None:
    text = "Ann Lee left. Nqobi Adara, who speaks for the mothers, shut her bag. “It rains,” she said."
    assert speakers(text) == [("It rains", "Nqobi Adara")]


def test_what_was_written_is_not_what_the_pronoun_for_it_says() -> None:
    assert reported("Ann Lee wrote it on a Sunday, and in March they threw the letter away.") == []


def test_a_pronoun_of_the_other_sex_is_not_the_last_one_named() -> None:
    text = "Ann Lee met John Smith. “It rains,” she said."
    assert speakers(text) == [("It rains", "Ann Lee")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said that the bridge was safe.", ("the bridge was safe", "Ann Lee")),
        ("Ann Lee said the bridge was safe.", ("the bridge was safe", "Ann Lee")),
        ("The bridge was safe, Ann Lee said.", ("The bridge was safe", "Ann Lee")),
        ("The bridge was safe, said Ann Lee.", ("The bridge was safe", "Ann Lee")),
        ("According to Ann Lee, the bridge was safe.", ("the bridge was safe", "Ann Lee")),
        ("Ann Lee denied that the bridge was unsafe.", ("the bridge was unsafe", "Ann Lee")),
        ("Officials warned that the bridge was unsafe.", ("the bridge was unsafe", "Officials")),
        ("While Ann Lee said that the bridge was safe, the town closed it.", ("the bridge was safe", "Ann Lee")),
    ],
)
def test_speech_without_marks_is_heard_with_its_speaker(text: str, expected: tuple[str, str]) -> None:
    assert reported(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on Friday.",
        "The town's attempt to deny the charge of neglect failed.",
        "Two reports on the state of the bridge were lost.",
        "When Ann Lee said the bridge was safe, everyone laughed.",
        "Ann Lee held a meeting with the council on Friday.",
    ],
)
def test_what_nobody_is_said_to_have_said_is_not_reported(text: str) -> None:
    assert reported(text) == []


def test_two_sayings_joined_by_and_are_two() -> None:
    text = "Ann Lee said the plan was a waste and warned that the bridge was unsafe."
    assert [words for words, _ in reported(text)] == ["the plan was a waste", "the bridge was unsafe"]


def test_a_source_in_another_language_has_no_speakers() -> None:
    assert [q.speaker for q in found("« On vient », a dit Anne Martin.", language="fr")] == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ten minutes later, Ann Lee of the ferry company offered her view, saying, “We sail.”", "Ann Lee"),
        ("After the reporter Max Orr finished, Ann Lee leaned in and said, “We sail.”", "Ann Lee"),
        ("“We sail,” said Lee campaign manager Max Orr. “At noon.”", "Max Orr"),
        ("It is no surprise that officials say “we sail.”", "officials"),
        ("House Minority Whip Ann Lee said, “We sail.”", "Ann Lee"),
        ("Ann Lee said the company was guilty of backing “the sailing of ships.”", "Ann Lee"),
        ("“Do you sail?” Senate Majority Leader Ann Lee, R-Ky., asked on Tuesday.", "Ann Lee"),
    ],
)
def test_times_titles_and_fronted_clauses_are_nobody(text: str, speaker: str) -> None:
    assert {q.speaker.name for q in found(text) if q.speaker and q.kind != "reported"} == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: “The ferry sails.”",
        "The ferry timetable changes at noon, including “the late boat.”",
        "Federal subsidies rose while saying “the late boat” sails.",
    ],
)
def test_nobody_speaks_where_no_phrase_is_for_somebody(text: str) -> None:
    assert [q.speaker for q in found(text)] == [None]


def test_he_is_who_spoke_last_unless_another_came_between() -> None:
    text = "Ann Lee said the bridge was safe.\n\nMax Orr told Paul Brown that it leaked.\n\n“It is old,” he said."
    (q,) = [q for q in found(text) if q.text == "It is old,"]
    assert q.speaker is not None and q.speaker.name == "Max Orr"


def test_it_and_they_are_the_body_and_the_people_that_spoke_last() -> None:
    text = "The Harlow Ferry Company said the bridge was safe. “It is old,” it said."
    assert {q.speaker.name for q in found(text) if q.speaker} == {"Harlow Ferry Company"}
    text = "Local officials said the bridge was safe. “It is old,” they said."
    assert {q.speaker.name for q in found(text) if q.speaker} == {"Local officials"}


def test_a_report_in_doubt_is_not_listed() -> None:
    assert not reported("Ann Lee wanted to mention the bridge, but the ferry sailed.")
    assert not reported("Harlow, which called the bridge a name that nobody knew, sailed on.")


def test_characters_without_width_are_not_part_of_a_name() -> None:
    (q,) = found("The well-known Ann L\u00adee s\u200caid: “It r\u00adains.”")
    assert q.speaker is not None and (q.speaker.name, q.speaker.end) == ("Ann Lee", 23)


def test_the_work_grows_with_the_length_of_the_text() -> None:
    for unit in ('"x," said ', ' ," added ', "he said that "):
        text = unit * 2000
        tokens = read_tokens(text, 0, len(text), find_quote_spans(text, 0, len(text)), frozenset())
        assert max(end - first for first, end in zip(tokens.sentence, tokens.sentence_end, strict=True)) <= 150
