"""A past that is played once more: in order of time, seen as it was, kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from mentorbot.core.actions import Answer, Forget
from mentorbot.core.people import Permission
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.ports import Reacted
from mentorbot.feature_api.records import remember
from mentorbot.feature_api.replay import OPENING, Replay, ReplayedRecords, play
from tests.builders import NOW, a_person
from tests.fakes import FakeGitHub, some_ports

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Seen:
    KIND: ClassVar[str] = "seen"
    times: int


def pull(number: int, *acts: Act, opened: datetime = NOW, body: str = "") -> PullRequestTimeline:
    return PullRequestTimeline(
        number=number,
        author=a_person("ada"),
        opened_at=opened,
        opened_title="Speed",
        head_sha="s0",
        body=body,
    ).with_acts(acts)


def said(number: int, at: datetime, body: str, *, by: str = "bob") -> Act:
    return Act(
        kind=ActKind.COMMENTED, at=at, id=f"comment-{number}", by=a_person(by), body=body, node=f"n{number}"
    )


def closed(at: datetime) -> Act:
    return Act(kind=ActKind.CLOSED, at=at, id="closed-1", by=a_person("ada"))


def a_replay(*timelines: PullRequestTimeline, reactions: dict[str, list[Reacted]] | None = None) -> Replay:
    github = FakeGitHub(permissions={"olga": Permission.ADMIN})
    ports = some_ports(now=NOW + 100 * HOUR, github=github)
    by_number = {timeline.number: timeline for timeline in timelines}
    return Replay(ports, by_number, reactions or {}, ReplayedRecords(1))


@dataclass
class Listener:
    """Writes down what it hears, and looks at the clock at fixed moments."""

    replay: Replay
    moments: list[datetime] = field(default_factory=list)
    heard: list[tuple[datetime, str]] = field(default_factory=list)

    async def hear(self, timeline: PullRequestTimeline, act: Act) -> None:
        self.heard.append((act.at, f"#{timeline.number} {act.id}"))

    async def next_due(self) -> datetime | None:
        return min(self.moments, default=None)

    async def look(self, due: datetime) -> None:
        self.moments.remove(due)
        self.heard.append((due, "clock"))


async def test_everything_happens_in_order_of_time_and_the_clock_in_between() -> None:
    player = Listener(
        a_replay(pull(2, said(1, NOW + 3 * HOUR, "Hi")), pull(1, opened=NOW + HOUR)),
        moments=[NOW + 2 * HOUR, NOW + 5 * HOUR, NOW + 50 * HOUR],
    )
    await play([player], until=NOW + 10 * HOUR)
    assert [what for _, what in player.heard] == [
        f"#2 {OPENING}",
        f"#1 {OPENING}",
        "clock",
        "#2 comment-1",
        "clock",
    ]
    assert player.heard == sorted(player.heard, key=lambda of: of[0])


async def test_the_ports_answer_as_of_then() -> None:
    thumb = Reacted(a_person("ada"), "+1", NOW + 2 * HOUR)
    remark = said(1, NOW + HOUR, "Hi")
    replay = a_replay(pull(1, remark, closed(NOW + 3 * HOUR)), reactions={"n1": [thumb]})
    early, late = NOW + HOUR, NOW + 4 * HOUR
    ports = replay.ports_at(early)
    timeline = await ports.timelines.get(1)
    assert timeline is not None
    assert timeline.is_open
    assert await ports.github.reactions_to(["n1"]) == {"n1": []}
    assert [one.number for one in await ports.timelines.open_by(a_person("ada"))] == [1]
    assert [one.number async for one in ports.timelines.open()] == [1]
    assert [one.number async for one in ports.github.open_pull_requests()] == [1]
    assert [one.number for one in await ports.timelines.with_head("s0")] == [1]
    assert await ports.timelines.closed([1, 2]) == {}
    ports = replay.ports_at(late)
    found = await ports.github.pull_request(1)
    assert found is not None
    assert found.state == "closed"
    assert await ports.github.issue(1) == found
    assert await ports.github.reactions_to(["n1"]) == {"n1": [thumb]}
    assert await ports.timelines.closed([1, 2]) == {1: NOW + 3 * HOUR}
    assert await ports.timelines.open_by(a_person("ada")) == []
    assert await ports.github.pull_request(7) is None


async def test_what_the_past_does_not_tell_is_as_it_is_now_or_unknown() -> None:
    ports = a_replay(pull(1)).ports_at(NOW)
    bob = a_person("bob")
    assert await ports.github.permission(a_person("olga")) is Permission.ADMIN
    assert await ports.github.account("nobody") is None
    assert await ports.people.named("nobody") is None
    assert list(await ports.github.team_members("triage")) == []
    assert await ports.github.file("README") is None
    assert await ports.github.file_at("README", "main") is None
    assert not await ports.github.was_merged_by_commit(1)
    assert (await ports.people.contributor_history(bob, before=NOW, number=1)).person == bob
    assert not await ports.github.can_be_asked_to_review(bob)
    nothing = [
        await ports.github.files(1),
        await ports.github.away([bob]),
        await ports.github.open_issues(labels=["x"]),
        await ports.github.reactions("issue", 1),
        await ports.people.waits(since=NOW),
        await ports.journal.about(1),
    ]
    assert not any(nothing)
    assert await ports.journal.muted_until(1) is None
    assert await ports.journal.mentions_since(bob, NOW) == 0
    assert await ports.timelines.unknown() == ""
    assert (await ports.people.expertise()).acts == {}


async def test_commands_are_found_where_people_wrote_them_themselves() -> None:
    edit = Act(
        kind=ActKind.COMMENT_EDITED, at=NOW + 2 * HOUR, id="e1", by=a_person("bob"), about="comment-1",
        body="/turn\n\n/snooze 2 weeks",
    )  # fmt: skip
    foreign = Act(
        kind=ActKind.COMMENT_EDITED, at=NOW + 3 * HOUR, id="e2", by=a_person("olga"), about="comment-1",
        body="/snooze 3 weeks",
    )  # fmt: skip
    first = said(1, NOW + HOUR, "/turn")
    timeline = pull(1, first, edit, foreign)
    replay, known = a_replay(timeline), {"turn", "snooze"}
    (turn,) = replay.commands(timeline, first, known=known)
    assert (turn.name, turn.words, turn.by, turn.source.kind) == (
        "turn",
        (),
        a_person("bob"),
        "issue_comment",
    )
    (snooze,) = replay.commands(timeline, edit, known=known)
    assert (snooze.name, snooze.words, snooze.source.id) == ("snooze", ("2", "weeks"), 1)
    assert list(replay.commands(timeline, foreign, known=known)) == []
    assert list(replay.commands(timeline, said(2, NOW, "/unheard of"), known=known)) == []
    assert not await replay.may(Who.AUTHOR, turn)
    assert not await replay.may(Who.MAINTAINERS, turn)
    (hers,) = replay.commands(timeline, said(3, NOW + HOUR, "/turn", by="olga"), known=known)
    assert await replay.may(Who.MAINTAINERS, hers)


async def test_records_are_kept_forgotten_and_found_in_other_repositories() -> None:
    here, there = ReplayedRecords(1), ReplayedRecords(2)
    here.others = there.others = {"acme/tea": here, "acme/cups": there}
    here.take(
        [
            remember(Seen(1), key="7/a"),
            remember(Seen(2), key="7/b", repository_id=1),
            remember(Seen(3), key="8/a"),
            remember(Seen(4), key="7/c", repository_id=2),
            Answer(),
        ]
    )
    assert [one.value.times for one in await here.all(Seen, starting="7/")] == [1, 2]
    assert [one.value for one in await here.all("seen")] == [{"times": 1}, {"times": 2}, {"times": 3}]
    elsewhere = await here.elsewhere("Acme/Cups")
    assert elsewhere is there
    assert [one.key for one in await there.all(Seen)] == ["7/c"]
    here.take([remember(Seen(5), key="7/a"), Forget(kind="seen", key="7/b"), Forget(kind="seen", key="9")])
    again = await here.get(Seen, "7/a")
    assert again is not None
    assert (again.value, again.version) == (Seen(5), 2)
    stored = await here.get("seen", "7/a")
    assert stored is not None
    assert stored.value == {"times": 5}
    assert await here.get(Seen, "7/b") is None
    assert await here.elsewhere("acme/spoons") is None
    assert here.changes == 6


async def test_where_nothing_was_opened_nothing_happens() -> None:
    player = Listener(a_replay())
    await play([player], until=NOW)
    assert player.heard == []
