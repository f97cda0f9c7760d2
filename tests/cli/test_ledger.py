"""The queue and the ledger on the command line, beside a bot that runs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import World

CONFIG = "review_exchange:\n  checklist: off\n"
WORDS = (
    "I went through both loops with an empty list and a long one; the second visits every name twice, so a "
    "set would do better."
)


async def _one_reviewed_and_one_wanted(world: World) -> None:
    """Ada's pull request waits in the queue; Grace's was reviewed by Ada."""
    world.project(config=CONFIG)
    world.people("ada", "grace")
    hers = world.acts.open_pull_request("octo/tea", by="grace", title="Heat the kettle")
    mine = world.acts.open_pull_request("octo/tea", by="ada", title="Warm | the cup")
    await world.settled()
    await world.later(timedelta(hours=1))
    world.acts.review(hers, by="ada", body=WORDS)
    world.acts.comment(mine, by="olga", body="/credits give @ada 1 =SUM(A1)")
    await world.settled()
    world.acts.comment(mine, by="ada", body="/exchange")
    await world.settled()


@pytest.fixture
def played(beside: Beside) -> Beside:
    beside.do(_one_reviewed_and_one_wanted)
    return beside


@pytest.fixture
def switched_on(beside: Beside) -> None:
    """A project where nothing has happened yet."""

    async def begin(world: World) -> None:
        world.project(config=CONFIG)
        await world.settled()

    beside.do(begin)


async def a_repository_without_exchange(world: World) -> None:
    world.project(config="welcome:\n")
    await world.settled()


def test_where_the_exchange_is_off_there_is_no_queue_to_tell_of(beside: Beside) -> None:
    beside.do(a_repository_without_exchange)
    ended = command("queue", "octo/tea")
    assert ended.code == 2
    assert "The review exchange is off in octo/tea: put a section `review_exchange:`" in ended.err


def test_the_queue_is_told_with_reasons(played: Beside) -> None:
    ended = command("queue", "octo/tea")
    assert ended.code == 0
    assert "1. #" in ended.out
    assert "Warm | the cup (@ada)" in ended.out
    assert "waiting since today" in ended.out
    (placed,) = json.loads(command("queue", "octo/tea", "--json").out)
    assert placed["place"] == 1


def test_an_export_can_be_taken_in_again(played: Beside, tmp_path: Path) -> None:
    for name in ("ledger.csv", "ledger.json"):
        file = tmp_path / name
        assert command("ledger", "export", "octo/tea", str(file)).code == 0
        ended = command("ledger", "import", "octo/tea", str(file))
        assert ended.code == 0
        assert "0 of 4 entries were new" in ended.out
    assert "'=SUM(A1)" in (tmp_path / "ledger.csv").read_text(), "no formula for a spreadsheet"
    assert '"=SUM(A1)"' in (tmp_path / "ledger.json").read_text()


def test_what_does_not_add_up_is_not_taken_in(played: Beside, tmp_path: Path) -> None:
    rows = json.loads(command("ledger", "export", "octo/tea", "--json").out)
    spent = next(row for row in rows if row["kind"] == "spent")
    (tmp_path / "more.json").write_text(json.dumps([{**spent, "what": f"no{n}"} for n in (2, 3)]))
    ended = command("ledger", "import", "octo/tea", str(tmp_path / "more.json"))
    assert ended.code == 1
    assert "less than nothing" in ended.out


def test_a_new_entry_is_taken_in(played: Beside, tmp_path: Path) -> None:
    rows = json.loads(command("ledger", "export", "octo/tea", "--json").out)
    gift = next(row for row in rows if row["kind"] == "gifted")
    (tmp_path / "more.json").write_text(json.dumps([{**gift, "what": "from before"}]))
    assert (
        "1 of 1 entries was new" in command("ledger", "import", "octo/tea", str(tmp_path / "more.json")).out
    )
    assert "from before" in command("ledger", "export", "octo/tea").out


def test_the_rebuilt_ledger_is_the_same_and_mends_what_was_lost(played: Beside) -> None:
    ended = command("ledger", "rebuild", "octo/tea", "--dry-run")
    assert (ended.code, "The ledger is what GitHub's memory makes of it." in ended.out) == (0, True), (
        ended.out
    )

    async def lose(world: World) -> None:
        repository = world.github.world.find_repository("octo/tea")
        assert repository is not None
        from mentorbot.core.actions import Forget  # noqa: PLC0415 - in the bot's thread

        kept = await world.bot.store.records.all("review_exchange", repository.id, "entry")
        lost = next(record for record in kept if record.value["kind"] == "pending")
        await world.bot.engine.remember("octo/tea", "review_exchange", [Forget(kind="entry", key=lost.key)])

    played.do(lose)
    told = command("ledger", "rebuild", "octo/tea", "--dry-run")
    assert told.code == 1
    assert "+ " in told.out
    assert "@ada pending" in told.out
    mended = command("ledger", "rebuild", "octo/tea")
    assert mended.code == 0
    assert "1 entry was added, 0 taken out." in mended.out
    assert command("ledger", "rebuild", "octo/tea", "--dry-run").code == 0


def test_closed_groups_are_told_to_maintainers_only_where_there_are_any(played: Beside) -> None:
    assert "There is no such group." in command("ledger", "clusters", "octo/tea").out
    assert json.loads(command("ledger", "clusters", "octo/tea", "--json").out) == []


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("queue", "octo"), "write OWNER/REPO", id="no repository"),
        pytest.param(("queue", "octo/coffee"), "octo/coffee", id="unknown repository"),
        pytest.param(("ledger", "rebuild", "octo/tea", "--since", "Monday"), "is no day", id="no day"),
        pytest.param(("ledger", "import", "octo/tea", "none.csv"), "Cannot read none.csv", id="no file"),
    ],
)
def test_mistakes_end_with_2_and_name_the_fix(words: tuple[str, ...], says: str) -> None:
    ended = command(*words)
    assert ended.code == 2
    assert says in ended.err


@pytest.mark.usefixtures("switched_on")
def test_a_file_that_is_no_ledger_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kind,person\nearned,ada\n")
    assert "columns are missing" in command("ledger", "import", "octo/tea", str(tmp_path / "a.csv")).err
    (tmp_path / "a.json").write_text("{}x")
    assert "no ledger in JSON" in command("ledger", "import", "octo/tea", str(tmp_path / "a.json")).err
