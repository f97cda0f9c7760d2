"""A pull request's past: what is known after which acts, and that it survives being stored."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act, drafts, marks_ready, pushes, says

STORED = json.loads(Path(__file__).with_name("timelines_as_stored.json").read_text(encoding="utf-8"))
"""One with an act of every kind and one with nothing, as they were written before pydantic wrote them."""


def test_simultaneous_acts_stand_in_the_same_order_however_they_arrive() -> None:
    acts = [says("bob", "One", id="comment-1", at=NOW), says("bob", "Two", id="comment-2", at=NOW)]
    one, other = a_past(), a_past()
    assert one.with_acts(acts) == other.with_acts(reversed(acts))


def test_an_act_heard_twice_is_one_act() -> None:
    comment = says("bob", "Why?", id="comment-1")
    assert len(a_past(comment).with_acts([replace(comment, at=NOW + timedelta(hours=1))]).acts) == 1


def test_the_fresher_telling_of_an_act_wins_whichever_comes_first() -> None:
    old = says("bob", "Why?", id="comment-1", edited_at=NOW)
    new = replace(old, body="Never mind", edited_at=NOW + timedelta(hours=5))
    for tellings in ([old, new], [new, old]):
        (kept,) = a_past().with_acts(tellings).acts
        assert kept.body == "Never mind"


def test_until_knows_nothing_of_what_came_later() -> None:
    past = a_past(says("bob", "One"), says("bob", "Two"))
    assert [one.body for one in past.until(NOW + timedelta(hours=1)).acts] == ["One"]
    assert past.until(NOW).acts == ()


def test_people_see_edited_words_and_no_deleted_ones() -> None:
    past = a_past(
        says("bob", "One", id="comment-1"),
        says("bob", "Two", id="comment-2"),
        act(ActKind.COMMENT_EDITED, "bob", about="comment-1", body="Uno"),
        act(ActKind.COMMENT_DELETED, "bob", about="comment-2"),
    )
    assert [one.body for one in past.standing_acts() if one.is_remark] == ["Uno"]


def test_the_title_is_that_after_the_last_renaming() -> None:
    past = a_past(
        act(ActKind.RETITLED, "ada", title_after="Second"), act(ActKind.RETITLED, "ada", title_after="Third")
    )
    assert past.title == "Third"
    assert past.until(NOW).title == "Make rockets fly"


@pytest.mark.parametrize(
    ("past", "is_draft"),
    [
        pytest.param(a_past(), False, id="opened ready"),
        pytest.param(a_past(opened_as_draft=True), True, id="opened as a draft"),
        pytest.param(a_past(marks_ready(), opened_as_draft=True), False, id="marked ready"),
        pytest.param(a_past(drafts()), True, id="turned into a draft"),
        pytest.param(a_past(drafts(), marks_ready()), False, id="there and back"),
    ],
)
def test_it_is_a_draft_after_the_last_switch(past: PullRequestTimeline, *, is_draft: bool) -> None:
    assert past.is_draft is is_draft


@pytest.mark.parametrize(
    ("past", "is_open", "is_merged"),
    [
        pytest.param(a_past(), True, False, id="open"),
        pytest.param(a_past(act(ActKind.CLOSED, "bob")), False, False, id="closed"),
        pytest.param(
            a_past(act(ActKind.CLOSED, "bob"), act(ActKind.REOPENED, "bob")), True, False, id="reopened"
        ),
        pytest.param(
            a_past(act(ActKind.MERGED, "bob"), act(ActKind.CLOSED, "bob")), False, True, id="merged"
        ),
    ],
)
def test_it_is_open_until_closed_or_merged(
    past: PullRequestTimeline, *, is_open: bool, is_merged: bool
) -> None:
    assert (past.is_open, past.is_merged) == (is_open, is_merged)


def test_the_head_is_the_last_commit_pushed() -> None:
    assert a_past(head_sha="aa").current_head == "aa"
    assert (
        a_past(pushes(sha="bb"), act(ActKind.FORCE_PUSHED, "ada", sha="cc"), head_sha="aa").current_head
        == "cc"
    )


def test_labels_are_those_put_on_and_not_taken_off() -> None:
    past = a_past(
        act(ActKind.LABELED, "bob", label="bug"),
        act(ActKind.LABELED, "bob", label="docs"),
        act(ActKind.UNLABELED, "bob", label="bug"),
    )
    assert past.labels == {"docs"}


def test_it_survives_being_stored() -> None:
    past = a_past(
        says("bob", "Why?", edited_at=NOW),
        act(
            ActKind.REVIEWED,
            None,
            verdict=Verdict.APPROVED,
            sha="aa",
            subject=Person(id=3, login="c", is_bot=True),
        ),
        act(ActKind.SNOOZED, "ada", ends_at=NOW + timedelta(days=3)),
        opened_as_draft=True,
    )
    stored = json.loads(json.dumps(past.to_json()))
    again = PullRequestTimeline.from_json(stored)
    assert again == past
    assert again.to_json() == past.to_json()  # people compare by id only; this compares every field


@pytest.mark.parametrize("stored", STORED, ids=["everything", "bare"])
def test_stored_timelines_are_read_and_written_as_ever(stored: dict[str, Any]) -> None:
    past = PullRequestTimeline.from_json(stored)
    assert json.dumps(past.to_json()) == json.dumps(stored)


def test_every_kind_of_act_and_every_field_is_read_from_what_was_stored() -> None:
    past = PullRequestTimeline.from_json(STORED[0])
    assert {one.kind for one in past.acts} == set(ActKind)
    unset = {
        name for name in (one.name for one in fields(Act)) if not any(getattr(act, name) for act in past.acts)
    }
    assert unset == set()
    first, reviewed = past.acts[0], past.acts[1]
    assert (first.at, first.at.tzinfo) == (datetime(2026, 2, 9, 9, tzinfo=UTC), UTC)
    assert first.edited_at == datetime(2026, 2, 10, 8, microsecond=17, tzinfo=UTC)
    assert (reviewed.verdict, reviewed.by, past.author) == (
        Verdict.CHANGES_REQUESTED, Person(8, "bob"), Person(7, "ada"),
    )  # fmt: skip
    labeler = next(one.by for one in past.acts if one.kind is ActKind.LABELED)
    assert (labeler and (labeler.login, labeler.is_bot)) == ("ci[bot]", True)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "forgotten"},
        {"at": "yesterday"},
        {"at": 17},
        {"at": "2026-02-09T08:00:00"},
        {"by": {"login": "a"}},
    ],
)
def test_what_is_no_act_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(change)).replace("at", "at|moment")):
        Act.from_json(STORED[0]["acts"][0] | change)


def test_words_that_no_store_can_hold_are_passed_on_unread() -> None:
    words = "half a pair \ud800, a NUL \0"
    past = a_past(says("bob", words), body=words, author=Person(8, words))
    again = PullRequestTimeline.from_json(past.to_json())
    assert (again.body, again.acts[0].body, again.author and again.author.login) == (words, words, words)


def test_a_timeline_whose_author_left_survives_too() -> None:
    past = a_past(author=None)
    assert PullRequestTimeline.from_json(past.to_json()) == past


def test_moments_without_a_time_zone_are_refused_with_advice() -> None:
    naive = datetime(2026, 3, 2, 10, 0, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="pass one with tzinfo"):
        Act(kind=ActKind.COMMENTED, at=naive, id="comment-1", by=a_person("bob"))
