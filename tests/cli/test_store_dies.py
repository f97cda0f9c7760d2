"""The store dies, hangs or isn't there: the bot goes on, or ends with a reason, and always when told to."""

from __future__ import annotations

import fcntl
import hmac
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from mentorbot.db.embedded import EmbeddedPostgres
from tests.cli.served import Process, ask, mentorbot
from tests.cli.test_serve import CREDENTIALS
from tests.patience import PATIENCE
from tests.postgres import PostgresForTests


def test_a_store_that_is_killed_comes_back_and_the_bot_goes_on(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve", variables=CREDENTIALS) as bot:
        wait_until(lambda: is_ready(bot), bot)
        first = postmaster(tmp_path)
        first.kill()
        wait_until(lambda: "PostgreSQL runs again" in bot.said(), bot)
        assert postmaster(tmp_path).pid != first.pid
        wait_until(lambda: is_ready(bot), bot)
        wait_until(lambda: deliver(bot, "after") == 202, bot)
        assert stopped(bot) == 0
    assert left_in(tmp_path) == []


def kill_postmaster(folder: Path) -> None:
    postmaster(folder).kill()


def stop_postmaster(folder: Path) -> None:
    postmaster(folder).send_signal(signal.SIGSTOP)


def stop_backends(folder: Path) -> None:
    for child in postmaster(folder).children():
        if "mentorbot mentorbot" in " ".join(child.cmdline()):  # as its title has it: role and database
            child.send_signal(signal.SIGSTOP)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(kill_postmaster, id="dead, or about to be started again"),
        pytest.param(stop_postmaster, id="stopped"),
        pytest.param(stop_backends, id="stopped in the middle of its work"),
    ],
)
def test_told_to_stop_the_bot_ends_in_time_however_its_store_is(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    with mentorbot(tmp_path, "serve", variables=CREDENTIALS) as bot:
        wait_until(lambda: is_ready(bot), bot)
        harm(tmp_path)
        stopped(bot)
    assert left_in(tmp_path) == []


def test_a_bot_whose_data_were_removed_ends_with_a_sentence_for_its_supervisor(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve", variables=CREDENTIALS) as bot:
        wait_until(lambda: is_ready(bot), bot)
        shutil.rmtree(tmp_path / "data" / "postgres" / "data", ignore_errors=True)
        assert bot.popen.wait(PATIENCE) == 2
        assert "data are missing" in bot.said()


def test_told_to_stop_while_another_starts_the_store_the_bot_ends(tmp_path: Path) -> None:
    home = tmp_path / "data" / "postgres"
    home.mkdir(parents=True)
    with (home / "starting").open("w") as lock:
        (home / "starting").chmod(0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        with mentorbot(tmp_path, "serve", variables=CREDENTIALS) as bot:
            wait_until((home / "owner").exists, bot)
            stopped(bot)


def test_told_to_stop_while_migrations_wait_the_bot_ends(tmp_path: Path) -> None:
    embedded = EmbeddedPostgres(tmp_path / "data", own=False)
    with psycopg.connect(embedded.start(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7263001)")
        with mentorbot(tmp_path, "serve", variables=CREDENTIALS) as bot:
            waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            wait_until(lambda: connection.execute(waits).fetchone() == (1,), bot)
            stopped(bot)
    embedded.stop()


def test_where_the_database_swallows_every_word_deliveries_are_put_off_at_once_and_the_bot_ends(
    tmp_path: Path,
) -> None:
    with black_hole() as port:
        url = f"postgresql://u:p@127.0.0.1:{port}/none"
        variables = {**CREDENTIALS, "DATABASE_URL": url, "HOST": "127.0.0.1"}
        with mentorbot(tmp_path, "serve", "--no-worker", variables=variables) as bot:
            wait_until(lambda: "is not ready yet: the store takes no writes" in bot.said(), bot)
            assert "DATABASE_URL" in bot.said()
            assert "is ready" not in bot.said()
            assert deliver(bot, "lost") == 503
            stopped(bot)


def test_where_the_database_goes_away_deliveries_are_put_off_and_taken_in_once_it_is_back(
    tmp_path: Path, postgres: PostgresForTests
) -> None:
    url = postgres.fresh_database()
    variables = {**CREDENTIALS, "DATABASE_URL": url, "HOST": "127.0.0.1"}
    with mentorbot(tmp_path, "serve", variables=variables) as bot:
        wait_until(lambda: is_ready(bot), bot)
        wait_until(lambda: f"Mentorbot is ready: {bot.url}" in bot.said(), bot)
        postgres.refuse(url)
        wait_until(lambda: deliver(bot, "one") == 503, bot)
        postgres.allow(url)
        wait_until(lambda: deliver(bot, "one") == 202, bot)
        postgres.refuse(url)
        stopped(bot)
    postgres.allow(url)
    postgres.drop(url)


def postmaster(folder: Path) -> psutil.Process:
    """The PostgreSQL that works on the data below this folder. Raises OSError, psutil.Error."""
    words = (folder / "data" / "postgres" / "data" / "postmaster.pid").read_text().splitlines()
    return psutil.Process(int(words[0]))


def is_ready(bot: Process) -> bool:
    return ask(f"{bot.url}/readyz")[0] == 200


def deliver(bot: Process, id_: str) -> int:
    """Send a signed delivery, as GitHub does; return the status."""
    body = b'{"action": "opened"}'
    secret = CREDENTIALS["GITHUB_WEBHOOK_SECRET"].encode()
    request = urllib.request.Request(  # noqa: S310 - ours
        f"{bot.url}/github/webhook",
        body,
        {
            "Content-Type": "application/json",
            "X-GitHub-Event": "watch",
            "X-GitHub-Delivery": id_,
            "X-Hub-Signature-256": f"sha256={hmac.digest(secret, body, 'sha256').hex()}",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def stopped(bot: Process) -> int:
    """Tell it to stop: it does so in time. Returns its exit code."""
    return bot.stop()


def wait_until(condition: Callable[[], bool], bot: Process) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if condition():
                return
        except (OSError, psutil.Error, IndexError, ValueError):
            pass
        assert bot.popen.poll() is None, f"it ended with {bot.popen.returncode}: {bot.said()}"
        assert time.monotonic() < deadline, bot.said()
        time.sleep(0.05)


def left_in(folder: Path) -> list[str]:
    """Processes of PostgreSQL that still work below this folder; a moment is given them to end."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        lines = [" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])]
        if not (left := [line for line in lines if str(folder) in line]):
            return []
        time.sleep(0.1)
    return left


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=128)) as server:
        yield int(server.getsockname()[1])


@pytest.mark.parametrize("words", [("serve", "--no-worker"), ("worker",)], ids=" ".join)
def test_what_waits_for_its_database_says_so_and_is_ready_only_once_that_answers(
    tmp_path: Path, postgres: PostgresForTests, words: tuple[str, ...]
) -> None:
    url = postgres.fresh_database()
    postgres.refuse(url)
    variables = {**CREDENTIALS, "DATABASE_URL": url, "HOST": "127.0.0.1"}
    with mentorbot(tmp_path, *words, variables=variables) as bot:
        wait_until(lambda: "is not ready yet" in bot.said(), bot)
        assert "is ready" not in bot.said()
        postgres.allow(url)
        wait_until(lambda: "is ready" in bot.said(), bot)
        stopped(bot)
    postgres.drop(url)
