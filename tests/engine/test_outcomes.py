"""The journal tells what became of each decision, read from what is true, through engine and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy
import structlog
from sqlalchemy import create_engine

from mentorbot.core.actions import AddLabel
from mentorbot.core.errors import GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.db import schema
from mentorbot.db.alembic_upgrade import upgrade
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.db.url import sqlalchemy_url
from tests.builders import NOW
from tests.engine.office import Office
from tests.engine.test_act import a_comment, a_nudge, an_office_with, decide
from tests.engine.test_commands import an_office_that_talks, say
from tests.engine.test_decide import due_now
from tests.github import hooks
from tests.postgres import PostgresForTests

A_WEEK = timedelta(days=7)


async def told(office: Office, number: int = 4) -> Sequence[JournalEntry]:
    return await office.store.journal.about(1, number, limit=100)


async def outcomes(office: Office) -> list[tuple[Outcome, str | None]]:
    return [(entry.outcome, entry.why) for entry in await told(office)]


async def test_what_is_not_done_yet_waits_and_what_is_done_has_a_link(store: Store) -> None:
    office, _ = await an_office_with(store)

    await decide(office, a_comment())
    (before,) = await told(office)
    await office.work()
    (after,) = await told(office)

    assert (before.outcome, before.acted, before.url) == (Outcome.WAITING, False, None)
    assert (after.outcome, after.acted) == (Outcome.DONE, True)
    assert after.url == "https://github.com/acme/rockets/issues/4#1"
    assert after.keys == (a_comment().key,), "rules go by keys, as sentences are in anybody's language"


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(LimitReached("a limit of GitHub's", retry_at=NOW + timedelta(hours=1)), id="a limit"),
        pytest.param(GitHubUnavailable("GitHub answered 502"), id="an outage"),
    ],
)
async def test_what_waits_says_what_github_said_and_when_it_is_tried_again(
    store: Store, refusal: GitHubUnavailable
) -> None:
    office, _ = await an_office_with(store, refusal)

    await decide(office, a_comment())
    await office.work()

    (entry,) = await told(office)
    assert (entry.outcome, entry.why) == (Outcome.WAITING, refusal.why)
    assert entry.next_try is not None


async def test_what_failed_is_never_called_acting(store: Store) -> None:
    office, _ = await an_office_with(store, Impossible("locked", status=403))

    await decide(office, a_comment())
    await office.work()

    assert await outcomes(office) == [(Outcome.FAILED, "GitHub said no: locked")]


async def test_a_program_error_is_told_without_its_words_while_it_is_tried_again(store: Store) -> None:
    office, _ = await an_office_with(store, KeyError("the words of somebody"))

    await decide(office, a_comment())
    await office.work()

    assert await outcomes(office) == [(Outcome.WAITING, "something went wrong on my side (KeyError)")]


async def test_what_is_decided_week_after_week_and_dropped_each_time_is_dropped_each_time(
    store: Store,
) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_nudge("first"))
    await office.work()

    for _ in range(3):
        office.wait(timedelta(days=1))
        await decide(office, a_nudge("again"))
        await office.work()

    found = await told(office)
    assert [entry.outcome for entry in found] == [Outcome.DROPPED] * 3 + [Outcome.DONE]
    assert all("at most once in 7 business days" in str(entry.why) for entry in found[:3])


async def test_what_was_dropped_and_is_wanted_again_is_done_for_the_newer_decision_only(
    store: Store,
) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_nudge("first"))
    await office.work()
    office.wait(timedelta(days=1))
    await decide(office, a_nudge("again"))
    await office.work()
    office.wait(timedelta(days=14))
    await decide(office, a_nudge("again"))
    await office.work()

    newest, dropped, _ = await told(office)

    assert (newest.outcome, newest.why) == (Outcome.DONE, None)
    assert dropped.outcome is Outcome.DROPPED
    assert "at most once in 7 business days" in str(dropped.why)


async def test_what_had_been_done_already_is_not_called_acting_once_more(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_comment())
    await office.work()
    office.wait(A_WEEK)

    await decide(office, a_comment())
    await office.work()

    again, first = await told(office)
    assert (first.outcome, again.outcome) == (Outcome.DONE, Outcome.NOTHING)
    assert again.sentence == "somebody wanted it; that had been done already"


async def test_of_several_things_the_part_that_was_left_out_is_named(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_nudge("first"))
    await office.work()
    office.wait(timedelta(days=1))

    await decide(office, AddLabel(key="l", number=4, label="quiet"), a_nudge("second"))
    await office.work()

    entry = (await told(office))[0]
    assert entry.outcome is Outcome.DONE
    assert str(entry.why).startswith("the comment: held back, as I wrote here unasked")


async def test_a_refused_command_is_told_as_refused(store: Store) -> None:
    office = an_office_that_talks(store)

    await say(office, "/ready", by=hooks.GRACE)
    await say(office, "/turn please", by=hooks.GRACE, id=22)

    done, refused = await told(office)
    assert (refused.verb, refused.acted) == ("refused", False)
    assert (done.verb, done.acted) == ("acted", True)


async def test_the_third_failure_is_a_warning_and_the_first_two_are_news(store: Store) -> None:
    office, _ = await an_office_with(store, *[GitHubUnavailable("GitHub answered 502")] * 4)
    await decide(office, a_comment())

    with structlog.testing.capture_logs() as logs:
        for _ in range(5):
            await office.work()
            await due_now(store)

    levels = [line["log_level"] for line in logs if line["event"] == "effect_postponed"]
    assert levels == ["info", "info", "warning", "warning"]
    assert [entry.outcome for entry in await told(office)] == [Outcome.DONE]


async def test_a_limit_however_often_it_is_met_is_no_failure(store: Store) -> None:
    limit = LimitReached("a limit of GitHub's", retry_at=NOW + timedelta(minutes=1))
    office, _ = await an_office_with(store, *[limit] * 4)
    await decide(office, a_comment())

    with structlog.testing.capture_logs() as logs:
        for _ in range(5):
            await office.work()
            await due_now(store)

    assert {line["log_level"] for line in logs if line["event"] == "effect_postponed"} == {"info"}


async def test_pruning_the_journal_leaves_no_loose_ends(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_comment())
    await office.work()

    await store.retention.prune(now=NOW + timedelta(days=365))

    async with store.transaction() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM consequences")) == 0
        assert await connection.scalar(text("SELECT count(*) FROM effects")) == 1


async def test_what_was_decided_before_outcomes_were_kept_is_told_as_far_as_it_is_known(
    postgres: PostgresForTests,
) -> None:
    url = before_outcomes_were_kept(postgres)
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        connection.execute(
            sqlalchemy.text(
                """INSERT INTO effects (fingerprint, key, feature, kind, installation_id, repository_id,
                                        number, action, because, delivery, state, why, result, created_at)
                   VALUES ('a', 'a', 'f', 'Comment', 5, 1, 4, '{}', 'done once', 'd', 'done', NULL,
                           '{"url": "https://there"}', :at),
                          ('b', 'b', 'f', 'Comment', 5, 1, 4, '{}', 'dropped once', NULL, 'dropped',
                           'silence', NULL, :at)"""
            ),
            {"at": NOW},
        )
        connection.execute(
            sqlalchemy.text(
                """INSERT INTO journal (at, feature, acted, because, repository_id, number, delivery)
                   VALUES (:at, 'f', TRUE, 'done once', 1, 4, 'd'),
                          (:at, 'f', TRUE, 'dropped once', 1, 4, NULL),
                          (:at, 'f', TRUE, 'nobody knows', 1, 4, 'e'),
                          (:at, 'f', FALSE, 'left', 1, 4, 'g')"""
            ),
            {"at": NOW},
        )
    engine.dispose()

    await schema.migrate(url)

    store = Store(url)
    await store.start()
    found = {entry.because: entry for entry in await store.journal.about(1, 4, limit=10)}
    await store.close()
    postgres.drop(url)
    assert (found["done once"].outcome, found["done once"].url) == (Outcome.DONE, "https://there")
    assert (found["dropped once"].outcome, found["dropped once"].why) == (Outcome.DROPPED, "silence")
    assert found["nobody knows"].outcome is Outcome.UNKNOWN
    assert found["left"].outcome is Outcome.NOTHING


async def test_each_thread_of_an_old_sweep_has_its_own_outcome_though_all_have_the_same_words(
    postgres: PostgresForTests,
) -> None:
    url = before_outcomes_were_kept(postgres)
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        for number in (4, 5, 6):
            values = {"number": number, "at": NOW + timedelta(seconds=number), "written": NOW}
            connection.execute(
                sqlalchemy.text(
                    """INSERT INTO effects (fingerprint, key, feature, kind, installation_id, repository_id,
                                            number, action, because, state, why, created_at)
                       VALUES (CAST(CAST(:number AS text) AS bytea), CAST(:number AS text), 'f', 'Comment', 5,
                               1, :number, '{}', 'silent for long', 'dropped',
                               'because of ' || CAST(:number AS text), :written)"""
                ),
                values,
            )
            connection.execute(
                sqlalchemy.text(
                    """INSERT INTO journal (at, feature, acted, because, repository_id, number)
                       VALUES (:at, 'f', TRUE, 'silent for long', 1, :number)"""
                ),
                values,
            )
    engine.dispose()

    await schema.migrate(url)

    store = Store(url)
    await store.start()
    whys = [(await store.journal.about(1, number, limit=10))[0].why for number in (4, 5, 6)]
    await store.close()
    postgres.drop(url)
    assert whys == ["because of 4", "because of 5", "because of 6"]


def before_outcomes_were_kept(postgres: PostgresForTests) -> str:
    """A database as the version before left it."""
    url = postgres.empty_database()
    known = schema.known_migrations()
    upgrade(url, to=known[known.index("0005") - 1])
    return url
