from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.deliveries_of import ToldThen, deliveries_of
from bench.saved_history import read, thread_of
from mentorbot.github.payloads import parse_webhook

Json = dict[str, Any]
START = datetime(2020, 1, 1, tzinfo=UTC)
ADA = {"login": "ada", "id": 11, "type": "User"}
GRACE = {"login": "grace", "id": 12, "type": "User"}
REPOSITORY = {"id": 5, "name": "rockets", "full_name": "acme/rockets", "owner": {"login": "acme", "id": 3}}


def day(number: float) -> str:
    return (START + timedelta(days=number)).isoformat().replace("+00:00", "Z")


def an_archived_issue(
    number: int, *, user: Json | None = ADA, at: float, events: tuple[Json, ...] = ()
) -> Json:
    issue: Json = {
        "number": number,
        "user": user,
        "title": f"Issue {number}",
        "created_at": day(at),
        "labels": [],
    }
    address = f"https://github.com/acme/rockets/issues/{number}"
    return {"type": "issue", "issue": {**issue, "html_url": address}, "events": list(events)}


def an_archived_pull_request(
    number: int,
    *,
    user: Json | None = ADA,
    at: float,
    events: tuple[Json, ...] = (),
    comments: tuple[Json, ...] = (),
    **more: Any,
) -> Json:
    pull = {
        "number": number,
        "user": user,
        "title": f"Pull request {number}",
        "html_url": f"https://github.com/acme/rockets/pull/{number}",
        "created_at": day(at),
        "author_association": "MEMBER",
        "head": {"ref": "winter", "sha": "c0ffee", "repo": None},
        "base": {"ref": "main", "sha": "ba5e", "repo": REPOSITORY},
        **more,
    }
    return {"type": "pull", "pull": pull, "events": list(events), "comments": list(comments)}


def an_event(name: str, at: float, by: Json | None = GRACE, **more: Any) -> Json:
    return {"event": name, "id": int(at * 1000), "actor": by, "created_at": day(at), **more}


def told(*archived: Json) -> list[ToldThen]:
    return list(deliveries_of(map(thread_of, archived), installation_id=7))


def short(deliveries: list[ToldThen]) -> list[str]:
    return [f"{one.event} {one.payload.get('action', '')}".strip() for one in deliveries]


def test_threads_are_told_in_order_of_time_not_of_number() -> None:
    deliveries = told(
        an_archived_issue(1, at=1, events=(an_event("closed", 5),)),
        an_archived_pull_request(2, at=3),
    )
    assert short(deliveries) == ["issues opened", "pull_request opened", "issues closed"]
    assert [one.payload["number"] for one in deliveries] == [1, 2, 1]


def test_a_merge_noted_as_two_events_is_told_once() -> None:
    deliveries = told(
        an_archived_pull_request(
            1, at=1, merged_at=day(2), merged_by=GRACE, events=(an_event("merged", 2), an_event("closed", 2))
        )
    )
    assert short(deliveries) == ["pull_request opened", "pull_request closed"]
    opened, closed = (one.payload["pull_request"] for one in deliveries)
    assert (opened["merged"], opened["state"], opened["merged_at"]) == (False, "open", None)
    assert (closed["merged"], closed["state"], closed["merged_at"]) == (True, "closed", day(2))
    assert deliveries[1].payload["sender"]["login"] == "grace"


def test_a_pull_request_is_shown_as_it_was_then() -> None:
    label = {"name": "bug", "color": "ff0000"}
    deliveries = told(
        an_archived_pull_request(
            1,
            at=1,
            title="Second title",
            draft=False,
            events=(
                an_event("labeled", 2, label=label),
                an_event("renamed", 3, rename={"from": "First title", "to": "Second title"}),
                an_event("ready_for_review", 4),
                an_event("unlabeled", 5, label=label),
                an_event("head_ref_force_pushed", 6, by=ADA, commit_id="decade"),
                an_event("closed", 7),
                an_event("reopened", 8),
            ),
        )
    )
    shown = [one.payload["pull_request"] for one in deliveries]
    assert [one["title"] for one in shown] == ["First title"] * 2 + ["Second title"] * 6
    assert [one["draft"] for one in shown] == [True] * 3 + [False] * 5
    assert [len(one["labels"]) for one in shown] == [0, 1, 1, 1, 0, 0, 0, 0]
    assert [one["head"]["sha"] for one in shown] == ["c0ffee"] * 5 + ["decade"] * 3
    assert [one["state"] for one in shown] == ["open"] * 6 + ["closed", "open"]
    assert deliveries[5].payload["action"] == "synchronize"


def test_people_belong_to_the_project_as_they_did_then() -> None:
    deliveries = told(
        an_archived_pull_request(1, at=1, merged_at=day(2), merged_by=GRACE),
        an_archived_issue(2, at=1.5),
        an_archived_issue(3, at=3),
        an_archived_issue(4, user=GRACE, at=1.2),
        an_archived_issue(5, user=GRACE, at=4),
    )
    said = {
        (one.payload["number"], one.payload["action"]): (
            one.payload.get("pull_request") or one.payload.get("issue") or {}
        )["author_association"]
        for one in deliveries
    }
    assert said == {
        (1, "opened"): "NONE",
        (2, "opened"): "NONE",
        (4, "opened"): "NONE",
        (1, "closed"): "CONTRIBUTOR",
        (3, "opened"): "CONTRIBUTOR",
        (5, "opened"): "COLLABORATOR",
    }


def test_who_closes_their_own_issue_has_no_rights_by_that() -> None:
    deliveries = told(
        an_archived_issue(1, at=1, events=(an_event("closed", 2, by=ADA),)), an_archived_issue(2, at=3)
    )
    assert deliveries[-1].payload["issue"]["author_association"] == "NONE"


def test_words_are_told_with_who_wrote_them() -> None:
    review = {
        "event": "reviewed",
        "id": 1,
        "user": GRACE,
        "submitted_at": day(2),
        "state": "APPROVED",
        "body": "Yes",
    }
    line = {
        "id": 2,
        "user": GRACE,
        "created_at": day(3),
        "body": "Here",
        "path": "a.c",
        "commit_id": "c0ffee",
    }
    comment = {"event": "commented", "id": 3, "user": GRACE, "created_at": day(4), "body": "Thanks"}
    deliveries = told(an_archived_pull_request(1, at=1, events=(review, comment), comments=(line,)))
    assert short(deliveries) == [
        "pull_request opened",
        "pull_request_review submitted",
        "pull_request_review_comment created",
        "issue_comment created",
    ]
    assert deliveries[1].payload["review"]["state"] == "approved"
    assert deliveries[2].payload["comment"]["path"] == "a.c"
    assert "pull_request" in deliveries[3].payload["issue"]
    assert {one.payload["sender"]["login"] for one in deliveries[1:]} == {"grace"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param(
            ({"event": "reviewed", "id": 1, "user": GRACE, "state": "PENDING", "submitted_at": day(2)},),
            ["pull_request opened"],
            id="a review nobody saw",
        ),
        pytest.param(
            ({"event": "subscribed", "id": 1, "created_at": day(2)}, {"event": "mentioned", "id": 2}),
            ["pull_request opened"],
            id="what GitHub sends no webhook about",
        ),
        pytest.param(
            (
                {"event": "committed", "sha": "a", "committer": {"date": day(2)}},
                {"event": "committed", "sha": "b", "committer": {"date": day(2)}},
                {"event": "committed", "sha": "c", "committer": {"date": day(0)}},
            ),
            ["pull_request opened", "pull_request synchronize"],
            id="commits of one push, and one made before it was opened",
        ),
        pytest.param(
            (an_event("closed", 2, commit_id="5ha"),),
            ["pull_request opened", "push", "pull_request closed"],
            id="closed by a commit on the base branch",
        ),
    ],
)
def test_events_become(events: tuple[Json, ...], expected: list[str]) -> None:
    assert short(told(an_archived_pull_request(1, at=1, events=events))) == expected


def test_an_issue_from_another_repository_arrives_when_it_was_moved() -> None:
    events = (an_event("commented", 2, by=ADA, body="Hm"), an_event("transferred", 9))
    (arrival,) = told(an_archived_issue(1, at=1, events=events))
    assert arrival.at == START + timedelta(days=9)
    assert arrival.payload["issue"]["created_at"] == day(1)
    assert arrival.payload["sender"]["login"] == "grace"


def test_every_delivery_is_understood_even_where_people_are_gone_and_keys_are_missing() -> None:
    archived = (
        an_archived_pull_request(
            1,
            user=None,
            at=1,
            events=(
                an_event("closed", 2, by=None),
                {"event": "commented", "id": 4, "created_at": day(3)},
                {"event": "labeled", "id": 5, "created_at": day(4), "label": None},
                {"event": "review_requested", "id": 6, "created_at": day(5)},
            ),
        ),
        an_archived_pull_request(2, at=1, head={}, base={}, merged_at=day(6)),
        {
            "type": "issue",
            "issue": {"number": 3, "created_at": day(1), "html_url": "https://github.com/a/b/issues/3"},
        },
    )
    deliveries = told(*archived)
    heard = [parse_webhook(one.event, one.payload, delivery=one.id).events for one in deliveries]
    assert [one.event for one, events in zip(deliveries, heard, strict=True) if not events] == []
    assert deliveries[0].payload["pull_request"]["user"] is None
    assert {one.payload["sender"]["login"] for one in deliveries[:1]} == {"ghost"}


def test_ids_are_the_same_in_every_replay_and_differ_from_each_other() -> None:
    archived = an_archived_pull_request(1, at=1, events=(an_event("closed", 2), an_event("reopened", 2)))
    once, again = told(archived), told(archived)
    assert [one.id for one in once] == [one.id for one in again]
    assert len({one.id for one in once}) == 3


def test_a_line_that_is_nothing_of_the_kind_is_named(tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl.gz"
    with gzip.open(archive, "wt") as lines:
        lines.write(json.dumps(an_archived_issue(1, at=1)) + "\n\n" + '{"type": "pull"}\n')
    with pytest.raises(ValueError, match=r"archive.jsonl.gz, line 3: not a saved issue or pull request"):
        list(read(archive))
