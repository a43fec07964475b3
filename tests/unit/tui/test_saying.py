from __future__ import annotations

from summitreader.tui.messages import GRAVE_SEEN_AFTER, GRAVE_STANDS, SEEN_AFTER, MessageQueue


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def words(saying: MessageQueue) -> str:
    return saying.now.words if saying.now else ""


def test_a_sentence_goes_at_the_next_key_once_it_could_be_seen() -> None:
    clock = Clock()
    saying = MessageQueue(lambda: None, clock)
    saying.say("Noted.", grave=False, seconds=4)
    saying.key_pressed()
    assert words(saying) == "Noted."
    clock.now += SEEN_AFTER
    saying.key_pressed()
    assert words(saying) == ""


def test_a_sentence_goes_when_its_time_is_over_and_not_before() -> None:
    clock = Clock()
    saying = MessageQueue(lambda: None, clock)
    saying.say("Noted.", grave=False, seconds=4)
    clock.now += 3
    saying.time_passed()
    assert words(saying) == "Noted."
    clock.now += 1
    saying.time_passed()
    assert words(saying) == ""


def test_what_is_grave_outlives_keys_and_what_is_said_after_it() -> None:
    clock = Clock()
    saying = MessageQueue(lambda: None, clock)
    saying.say("The disk is full.", grave=True, seconds=4)
    clock.now += SEEN_AFTER
    saying.key_pressed()
    assert words(saying) == "The disk is full."
    saying.say("No linked passage.", grave=False, seconds=4)
    assert words(saying) == "No linked passage."
    clock.now += 4
    saying.time_passed()
    assert words(saying) == "The disk is full."
    clock.now += GRAVE_SEEN_AFTER
    saying.key_pressed()
    assert words(saying) == ""


def test_the_time_of_what_is_grave_is_counted_while_it_is_seen() -> None:
    clock = Clock()
    saying = MessageQueue(lambda: None, clock)
    saying.say("One.", grave=True, seconds=1)
    clock.now += 4
    saying.say("Two.", grave=True, seconds=1)
    clock.now += GRAVE_STANDS
    saying.time_passed()
    assert words(saying) == "One."
    assert saying.now is not None
    assert saying.now.left == GRAVE_STANDS - 4


def test_whatever_changes_is_told() -> None:
    told: list[str] = []
    clock = Clock()
    saying = MessageQueue(lambda: told.append(words(saying)), clock)
    saying.say("One.", grave=False, seconds=1)
    saying.say("Two.", grave=False, seconds=1)
    clock.now += 1
    saying.time_passed()
    assert told == ["One.", "Two.", ""]
