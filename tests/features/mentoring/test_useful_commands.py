"""Which commands of mentoring `/mentorbot help` shows first."""

from __future__ import annotations

import asyncio

import pytest

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission
from mentorbot.feature_api.authorization import Authorization
from mentorbot.features.mentoring.useful_commands import useful_commands
from tests.builders import a_person, an_event
from tests.features.mentoring.programme import Programme, settings


def useful(programme: Programme, login: str, *, in_thread_of: str = "") -> list[str]:
    thread = programme.thread(in_thread_of or login)
    event = an_event(CommandGiven, name="help", by=a_person(login), thread=thread)
    permission = programme.github.permissions.get(login, Permission.READ)
    asker = Authorization.of(event.by, thread=thread, permission=permission)
    return list(asyncio.run(useful_commands(event, asker, programme.config, programme.ports())))


@pytest.fixture
def programme() -> Programme:
    return Programme(settings("{mentors: [grace]}"), ("ada", "grace", "olga"))


def test_somebody_without_a_mentor_can_ask_for_one(programme: Programme) -> None:
    assert useful(programme, "ada") == ["mentor me"]


def test_somebody_who_may_merge_is_offered_no_mentor(programme: Programme) -> None:
    assert useful(programme, "olga") == ["mentor pair"]


def test_what_waits_for_an_answer_comes_first(programme: Programme) -> None:
    programme.do("ada", "mentor me")
    assert useful(programme, "grace", in_thread_of="ada")[:2] == ["mentor accept", "mentor decline"]
    assert "mentor me" not in useful(programme, "ada")


def test_both_sides_of_a_pair_see_what_they_can_do(programme: Programme) -> None:
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    assert useful(programme, "ada") == ["mentor help", "mentor pause"]
    assert useful(programme, "grace") == ["mentees", "mentor pause"]
    programme.do("ada", "mentor pause 2 weeks")
    assert useful(programme, "ada") == ["mentor help", "mentor resume"]


def test_a_request_that_nobody_took_can_be_taken_or_given_up() -> None:
    nobody_asked = Programme(settings("{}"), ("ada", "bob"))
    nobody_asked.do("ada", "mentor me")
    assert useful(nobody_asked, "ada") == ["mentor end"]
    assert useful(nobody_asked, "bob", in_thread_of="ada") == ["mentor me"], "only mentors can take it"


def test_a_mentor_is_offered_none_and_can_take_a_request_that_nobody_decides_about() -> None:
    programme = Programme(settings("{mentors: [{login: grace, capacity: 1}]}"), ("ada", "bob", "grace"))
    programme.do("bob", "mentor me")
    programme.do("ada", "mentor me")
    assert useful(programme, "grace", in_thread_of="ada") == ["mentor accept", "mentor decline"]
    programme.do("grace", "mentor decline", in_thread_of="bob")
    programme.do("grace", "mentor decline", in_thread_of="ada")
    assert useful(programme, "grace", in_thread_of="ada") == ["mentor accept"]
    assert useful(programme, "grace", in_thread_of="grace") == []


def test_somebody_whose_pair_has_ended_can_ask_for_a_mentor_again(programme: Programme) -> None:
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    programme.do("ada", "mentor end")
    assert useful(programme, "ada") == ["mentor me"]
    programme.do("ada", "mentor opt out")
    assert useful(programme, "ada") == []
