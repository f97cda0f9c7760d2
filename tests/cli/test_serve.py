from __future__ import annotations

import json
import signal
from pathlib import Path

import psutil
import pytest

from mentorbot.sandbox.apps import private_key
from tests.cli.commanded import command
from tests.cli.served import ask, mentorbot, two_free_ports
from tests.patience import PATIENCE
from tests.postgres import PostgresForTests

CREDENTIALS = {
    "GITHUB_APP_ID": "7",
    "GITHUB_PRIVATE_KEY": private_key(),
    "GITHUB_WEBHOOK_SECRET": "a secret for tests",
    "GITHUB_API_URL": "http://127.0.0.1:9",  # nobody answers there
}


def test_without_credentials_everything_starts_by_itself_and_stops_when_told(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve") as bot:
        bot.wait_until_ready()
        bot.wait_until_said("The sandbox to play in:")
        assert ask(f"{bot.url}/healthz")[0] == 200
        assert "mentorbot_jobs_waiting" in ask(f"{bot.url}/metrics")[1]
        assert ask(f"http://127.0.0.1:{bot.port + 1}/")[0] == 200
        children = psutil.Process(bot.popen.pid).children(recursive=True)
        code = bot.stop()
    assert code == 0, bot.said()
    assert not any(child.is_running() and "postgres" in child.name() for child in children)
    assert running_in(tmp_path) == []


def test_ctrl_c_is_a_way_to_stop_too(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "sandbox") as bot:
        bot.wait_until_ready()
        assert bot.stop(signal.SIGINT) == 0


def test_it_stops_when_told_though_nobody_reads_what_it_says_any_more(tmp_path: Path) -> None:
    """`make run | tee log`: Ctrl-C ends tee, too, and often first."""
    with mentorbot(tmp_path, "sandbox", is_read=False) as bot:
        bot.wait_until_ready()
        assert bot.stop(signal.SIGINT) == 0
    assert running_in(tmp_path) == []


def test_a_story_chosen_on_the_page_begins_afresh_at_the_same_address(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "sandbox") as bot:
        bot.wait_until_ready()
        bot.wait_until_said("Ctrl-C")
        sandbox = f"http://127.0.0.1:{bot.port + 1}/_sandbox"
        before = json.loads(ask(f"{sandbox}/world")[1])
        assert before["repositories"] == []
        assert "/mentor me [area]" in {one["text"] for one in before["commands"]}
        assert ask(f"{sandbox}/acts/begin_story", {"story": "month"})[0] == 200
        bot.wait_until_said("nancy installed the App on harbour")
        after = json.loads(ask(f"{sandbox}/world")[1])
        assert after["id"] != before["id"]
        assert after["stories"]["playing"]["story"] == "month"
        assert ask(f"{sandbox}/acts/begin_story", {"story": "newcomer"})[0] == 200
        bot.wait_until_said("grace installed the App on kettle")
        shown = json.loads(ask(f"{sandbox}/world")[1])["repositories"]
        assert [one["full_name"] for one in shown] == ["kettle/teapot"]
        assert bot.said().count("Mentorbot is ready") == 1
        assert bot.stop() == 0


def test_a_second_bot_on_the_same_data_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve") as first:
        first.wait_until_ready()
        with mentorbot(tmp_path, "serve") as second:
            assert second.popen.wait(PATIENCE) == 2
            assert "MENTORBOT_DATA" in second.said()


def test_commands_find_the_sandbox_that_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mentorbot(tmp_path, "serve") as bot:
        bot.wait_until_ready()
        bot.wait_until_said("Ctrl-C")
        monkeypatch.setenv("MENTORBOT_DATA", str(tmp_path / "data"))
        ended = command("doctor")
        assert "✓ credentials: GitHub knows us" in ended.out
        assert "✓ clock" in ended.out
        bot.stop()
    ended = command("sweep")
    assert ended.code == 2
    assert "start the sandbox" in ended.err


def test_with_credentials_it_serves_and_a_worker_works_on_one_database(
    tmp_path: Path, postgres: PostgresForTests
) -> None:
    url = postgres.empty_database()
    variables = {**CREDENTIALS, "DATABASE_URL": url, "HOST": "127.0.0.1"}
    with mentorbot(tmp_path, "serve", "--no-worker", variables=variables) as web:
        web.wait_until_said("ready")
        status, text = ask(f"{web.url}/readyz")
        assert status == 503
        assert "mentorbot migrate" in text
        health_port = two_free_ports()
        words = ["worker", "--health-port", str(health_port)]
        with mentorbot(tmp_path, *words, variables=variables) as worker:
            worker.wait_until_said("worker is not ready yet")
            assert ask(f"http://127.0.0.1:{health_port}/healthz")[0] == 200
            assert ask(f"http://127.0.0.1:{health_port}/github/webhook", {})[0] == 404
            worker.wait_until_said("Waiting for `mentorbot migrate`")
            with mentorbot(tmp_path, "migrate", variables=variables) as migrate:
                assert migrate.popen.wait(PATIENCE) == 0
                assert "Ran " in migrate.said()
            web.wait_until_ready()
            worker.wait_until_said("worker is ready")
            assert worker.stop() == 0
        assert ask(f"{web.url}/github/webhook", {})[0] == 401
        assert web.stop() == 0
    postgres.drop(url)


def test_a_migrated_database_stays_as_it_is(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    assert "up to date" in command("migrate").out


def test_a_database_that_is_not_there_is_exit_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    ended = command("migrate")
    assert ended.code == 2
    assert "DATABASE_URL" in ended.err


def test_a_port_that_is_taken_is_exit_2(tmp_path: Path, postgres: PostgresForTests) -> None:
    url = postgres.fresh_database()
    variables = {**CREDENTIALS, "DATABASE_URL": url, "HOST": "127.0.0.1"}
    with mentorbot(tmp_path, "serve", "--no-worker", variables=variables) as first:
        first.wait_until_ready()
        with mentorbot(tmp_path, "serve", "--no-worker", port=first.port, variables=variables) as second:
            assert second.popen.wait(PATIENCE) == 2
            assert f"Cannot listen on 127.0.0.1:{first.port}" in second.said()
    postgres.drop(url)


def test_where_the_sandbox_s_port_is_taken_it_says_so(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve") as first:
        first.wait_until_ready()
        elsewhere = {"MENTORBOT_DATA": str(tmp_path / "elsewhere")}
        with mentorbot(tmp_path, "serve", port=first.port, variables=elsewhere) as second:
            assert second.popen.wait(PATIENCE) == 2
            assert "choose another PORT" in second.said()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["worker"], "GITHUB_APP_ID", id="a worker without credentials"),
        pytest.param(["serve", "--no-worker"], "leave out --no-worker", id="half a sandbox"),
        pytest.param(["sandbox", "--story", "sequel"], "newcomer", id="an unknown story"),
    ],
)
def test_what_makes_no_sense_is_exit_2(words: list[str], said: str) -> None:
    ended = command(*words)
    assert ended.code == 2
    assert said in ended.err


def test_unusable_settings_are_all_named_and_exit_2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve", variables={"GITHUB_APP_ID": "seven", "LOG_LEVEL": "LOUD"}) as bot:
        assert bot.popen.wait(PATIENCE) == 2
        for name in ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET", "LOG_LEVEL"):
            assert f"  {name}: " in bot.said()


def running_in(folder: Path) -> list[str]:
    """Processes that still have something of this folder on their command line."""
    lines = (" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"]))
    return [line for line in lines if str(folder) in line]
