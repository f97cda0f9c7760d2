"""`mentorbot look` as a person runs it: against a GitHub over real HTTP, with nothing but a token."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.many_pulls import REPOSITORY, populate
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.cli.commanded import command
from tests.cli.small_github import SmallGitHub, small_github
from tests.patience import until

PULLS = 230
STRETCH = Path(__file__).parents[1] / "history" / "secp256k1-1765-1850.jsonl.gz"
EXECUTABLE = (sys.executable, "-m", "mentorbot")


def _fill(github: SimulatedGitHub) -> None:
    populate(github, PULLS, until=datetime.now(UTC))
    acts = github.acts
    acts.add_user("newcomer")
    acts.open_issue(REPOSITORY, by="newcomer", title="The lid rattles")
    acts.create_repository("octo/secret", private=True, by="olga")


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[SmallGitHub]:
    """A GitHub with some hundred open pull requests, and an environment that leads there."""
    with small_github(_fill) as github:
        monkeypatch.setenv("GITHUB_API_URL", github.url)
        monkeypatch.setenv("GITHUB_TOKEN", github.token)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setenv("PATH", str(tmp_path))  # no `gh`
        yield github


def _questions(there: SmallGitHub) -> Counter[str]:
    """What GitHub has answered, each question with how often."""
    return Counter(
        json.dumps(one.body, sort_keys=True)
        for one in there.requests()
        if one.status == 200 and not one.fault
    )


def _names(there: SmallGitHub) -> list[str]:
    """The names of the questions that were asked, in their order."""
    return [re.search(r"query (\w+)", one.graphql or "query REST")[1] for one in there.requests()]  # type: ignore[index]


def _sizes(there: SmallGitHub) -> list[int]:
    return [one.body["variables"]["size"] for one in there.requests() if "LightOpen" in (one.graphql or "")]


def _not_read(said: Mapping[str, Any]) -> int:
    return int(said["open"]["pull_requests_not_read"])


def test_a_token_is_all_it_needs(there: SmallGitHub) -> None:
    ended = command("look", REPOSITORY, "--json")
    said = json.loads(ended.out)
    assert (ended.code, said["open"]["pull_requests"], _not_read(said)) == (0, PULLS, 0)
    assert sum(row["count"] for row in said["open"]["turns"]) == PULLS
    assert said["open"]["newcomers"]["people"] >= 1
    assert {one.method for one in there.requests()} == {"POST"}, "GraphQL is always posted"
    assert {one.path for one in there.requests()} == {"/graphql"}, "and nothing else is asked"


STALE = """\
on: {schedule: [{cron: "0 1 * * *"}]}
jobs:
  stale:
    runs-on: ubuntu-latest
    steps: [{uses: actions/stale@v10}]
"""


def test_it_names_the_other_bots_that_are_at_work(there: SmallGitHub) -> None:
    path = ".github/workflows/stale.yml"
    there.do(lambda github: github.acts.push(REPOSITORY, by="olga", files={path: STALE}))
    ended = command("look", REPOSITORY, "--fresh", "--json")
    [bot] = json.loads(ended.out)["other_bots"]
    assert (bot["name"], bot["file"]) == ("actions/stale", path)
    assert "closes pull requests" in bot["does"]
    assert f"Other bots here: actions/stale ({path})" in command("look", REPOSITORY).out


def test_it_asks_for_a_hundred_at_once(there: SmallGitHub) -> None:
    ended = command("look", REPOSITORY)
    assert ended.code == 0
    assert _names(there) == [
        "AboutRepository", "OtherBotsFiles", "MergedWork", "LightOpen", "LightOpen", "LightOpen",
        "OpenIssues", "RecentWork", "RecentWork",
    ]  # fmt: skip
    assert "Reading 230 open pull requests and 1 open issue:" in ended.err
    assert "requests" in ended.err.splitlines()[0], "what it will cost is told first"


def test_nothing_that_was_answered_is_asked_again_unless_it_is_to_be_fresh(there: SmallGitHub) -> None:
    first = command("look", REPOSITORY, "--json")
    asked = len(there.requests())
    again = command("look", REPOSITORY, "--json")
    assert len(there.requests()) == asked
    assert "is used again; --fresh asks anew" in again.err
    once, twice = json.loads(first.out), json.loads(again.out)
    assert twice.pop("requests") == 0
    assert once.pop("requests") == asked
    assert once == twice, "it is as of then"
    command("look", REPOSITORY, "--fresh")
    assert len(there.requests()) == 2 * asked


def test_what_the_token_had_left_in_an_earlier_reading_is_not_told_as_of_now(there: SmallGitHub) -> None:
    first, again = command("look", REPOSITORY), command("look", REPOSITORY)
    assert re.search(r"points of the [\d,]+ left", first.err)
    assert re.search(r"about \d+ requests and \d+ points \(", again.err), again.err


def test_where_the_report_cannot_go_is_told_before_anything_is_read(
    there: SmallGitHub, tmp_path: Path
) -> None:
    taken = tmp_path / "mentorbot.yml"
    taken.write_text("welcome: {}\n")
    for command_ in ("look", "simulate"):
        for option, place in (
            ("--write-config", taken),
            ("--html", tmp_path),
            ("--html", tmp_path / "no" / "page.html"),
        ):
            ended = command(command_, REPOSITORY, option, str(place))
            assert (ended.code, ended.out) == (2, "")
            assert str(place) in ended.err
    assert there.requests() == []
    assert taken.read_text() == "welcome: {}\n"


def test_a_terminal_that_lacks_letters_gets_the_rest() -> None:
    ended = subprocess.run(  # noqa: S603 - our own program
        [*EXECUTABLE, "look", "--archive", str(STRETCH)],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False)
    assert b"open pull requests wait for a review" in ended.stdout


def test_killed_half_way_and_run_again_it_asks_only_what_was_not_answered(there: SmallGitHub) -> None:
    there.do(lambda github: github.faults.add("slow", path="/graphql", times=1000, seconds=0.2))
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*EXECUTABLE, "look", REPOSITORY], stdout=subprocess.DEVNULL
    )
    asyncio.run(until(lambda: _names(there).count("LightOpen") >= 2))
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    there.do(lambda github: github.faults.clear())
    kept = sum(1 for _ in Path(os.environ["XDG_CACHE_HOME"]).rglob("*.answers"))
    before = len(there.requests())
    ended = command("look", REPOSITORY, "--json")
    assert _not_read(json.loads(ended.out)) == 0
    assert kept >= 3
    assert len(there.requests()) - before == 9 - kept
    again = json.loads(command("look", REPOSITORY, "--json").out)
    assert again["requests"] == 0


def test_pages_shrink_where_github_gives_up_and_grow_again(there: SmallGitHub) -> None:
    # The first three are about the repository, other bots and merged work.
    there.do(lambda github: github.faults.add("slow", path="/graphql", times=3, seconds=0.0))
    there.do(lambda github: github.faults.add("status", path="/graphql", times=2))
    ended = command("look", REPOSITORY, "--json")
    assert (ended.code, _not_read(json.loads(ended.out))) == (0, 0)
    assert [one.status for one in there.requests()].count(502) == 2
    sizes = _sizes(there)  # of those that were answered
    assert sizes[:4] == [20, 20, 20, 20]
    assert sizes[-1] > 20


def test_a_limit_that_lifts_soon_is_waited_for(there: SmallGitHub) -> None:
    there.do(lambda github: github.faults.add("secondary_limit", path="/graphql", times=1, seconds=1))
    ended = command("look", REPOSITORY)
    assert ended.code == 0
    assert "Ctrl-C reports what is there" in ended.err


def test_a_limit_that_lasts_ends_it_with_what_there_is(there: SmallGitHub) -> None:
    there.do(lambda github: github.faults.add("slow", path="/graphql", times=5, seconds=0.0))
    there.do(lambda github: github.faults.add("primary_limit", path="/graphql", seconds=3000))
    ended = command("look", REPOSITORY, "--json")
    said = json.loads(ended.out)
    assert ended.code == 1
    assert 0 < _not_read(said) < PULLS
    assert "GitHub's limit for this token is in force until" in ended.err
    assert "not asked twice" in said["not_read"][0]


def test_ctrl_c_keeps_what_is_there_and_reports_on_it(there: SmallGitHub) -> None:
    there.do(lambda github: github.faults.add("slow", path="/graphql", times=5, seconds=0.0))
    there.do(lambda github: github.faults.add("slow", path="/graphql", times=1, seconds=15.0))
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*EXECUTABLE, "look", REPOSITORY, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    asyncio.run(until(lambda: len(there.requests()) >= 6))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert 0 < _not_read(json.loads(out)) < PULLS
    assert "interrupted" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("repository", ["octo/nowhere", "octo/secret"])
def test_a_repository_that_is_not_there_for_this_token_is_one_sentence(
    there: SmallGitHub, repository: str
) -> None:
    _refused(2, "shows this token no repository", repository)


def test_a_token_that_github_does_not_know_is_told_with_its_origin_and_without_itself(
    there: SmallGitHub,
) -> None:
    ended = _refused(2, "does not accept the token from --token", REPOSITORY, "--token", "ghp_mistyped")
    assert "ghp_mistyped" not in ended


def test_single_sign_on_is_told_with_the_address_where_to_let_the_token_in(there: SmallGitHub) -> None:
    where = "https://github.com/orgs/octo/sso?authorization_request=A1"
    there.do(lambda github: setattr(github.world.organization("octo"), "sign_on_url", where))
    said = _refused(2, "single sign-on", REPOSITORY)
    assert where in said


def test_an_address_where_there_is_no_github_is_told(
    there: SmallGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_API_URL", f"{there.url}/wrong")
    _refused(2, "check GITHUB_API_URL", REPOSITORY)
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    _refused(2, "check GITHUB_API_URL", REPOSITORY)
    monkeypatch.setenv("GITHUB_API_URL", "github.example.com")
    _refused(2, "GITHUB_API_URL: not a web address", REPOSITORY)


@pytest.mark.parametrize("fault", ["status", "drop_before", "broken_body"])
def test_what_passes_by_itself_is_told_and_exits_with_1(there: SmallGitHub, fault: str) -> None:
    command("look", REPOSITORY)  # so that it is known for a GitHub
    there.do(lambda github: github.faults.add(fault, path="/graphql", times=1000))  # type: ignore[arg-type]
    said = _refused(2 if fault == "broken_body" else 1, "", REPOSITORY, "--fresh")
    assert len(said.strip().splitlines()) == 1


def _refused(code: int, sentence: str, *words: str) -> str:
    ended = command("look", *words)
    assert ended.code == code
    assert sentence in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""
    return ended.err


def test_without_a_token_it_says_how_to_get_one(there: SmallGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    said = _refused(2, "gh auth login", REPOSITORY)
    assert "set GITHUB_TOKEN" in said
    assert there.requests() == []


def test_it_takes_what_gh_has_and_waits_for_it_no_longer_than_it_may(
    there: SmallGitHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    gh = tmp_path / "gh"
    gh.write_text(f'#!/bin/sh\n[ "$*" = "auth token --hostname 127.0.0.1" ] && echo {there.token}\n')
    gh.chmod(0o755)
    assert command("look", REPOSITORY).code == 0
    gh.write_text("#!/bin/sh\nexit 1\n")
    _refused(2, "gh auth login", REPOSITORY)


def test_a_token_can_come_from_standard_input(there: SmallGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    assert command("look", REPOSITORY, "--token", "-", stdin=f"{there.token}\n").code == 0


@pytest.mark.parametrize("token", ["", "two words", "line\nend", "smörgås"])
def test_what_can_be_no_token_is_never_sent(there: SmallGitHub, token: str) -> None:
    ended = command("look", REPOSITORY, "--token", token)
    assert ended.code == 2
    assert "The token from --token" in ended.err
    assert token == "" or token not in ended.err
    assert there.requests() == []


def test_what_is_kept_is_for_its_owner_only_and_does_not_show_the_token(there: SmallGitHub) -> None:
    os.umask(0o022)
    command("look", REPOSITORY)
    base = Path(os.environ["XDG_CACHE_HOME"]) / "mentorbot"
    kept = [base, *base.rglob("*")]
    assert len(kept) > 5
    for one in kept:
        assert stat.S_IMODE(one.stat().st_mode) == (0o700 if one.is_dir() else 0o600)
        assert there.token not in str(one)
        assert one.is_dir() or there.token.encode() not in one.read_bytes()


def test_a_env_file_that_lies_around_does_not_lead_the_token_elsewhere(
    there: SmallGitHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path(".env").write_text("GITHUB_API_URL=http://127.0.0.1:9\n")
    assert command("look", REPOSITORY).code == 0


def test_it_starts_without_the_store_and_the_server() -> None:
    asked = (
        "import sys, mentorbot.cli, mentorbot.cli.sources as s; "
        "from mentorbot.github import archived_project, survey_reader, token_access; "
        "print([one for one in sys.modules if one.startswith(('sqlalchemy', 'psycopg', 'procrastinate', "
        "'mentorbot.db', 'mentorbot.web', 'mentorbot.engine'))])"
    )
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert ended.stdout.strip() == "[]"


def test_a_saved_history_needs_no_token() -> None:
    ended = command("look", "--archive", str(STRETCH), "--json")
    said = json.loads(ended.out)
    assert ended.code == 0
    assert said["repository"] == "bitcoin-core/secp256k1"
    assert _not_read(said) == 0
    assert "all" in said["open"]["newcomers"]["base"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param((), "one of the two", id="nothing named"),
        pytest.param(("octo/tea", "--archive", "x"), "one of the two", id="both named"),
        pytest.param(("tea",), "OWNER/REPO", id="no repository"),
        pytest.param(("--archive", "nowhere.jsonl"), "No such file", id="no file"),
        pytest.param(("--archive", str(STRETCH), "--config", "nowhere.yml"), "Cannot read", id="no config"),
    ],
)
def test_what_cannot_be_done_names_the_fix(words: tuple[str, ...], complaint: str) -> None:
    ended = command("look", *words)
    assert ended.code == 2
    assert complaint in ended.err


def test_broken_archives_are_said_to_be_none(tmp_path: Path) -> None:
    empty, cut, odd = tmp_path / "empty.jsonl", tmp_path / "cut.jsonl.gz", tmp_path / "odd.jsonl"
    empty.write_text("")
    cut.write_bytes(STRETCH.read_bytes()[:5000])
    odd.write_bytes(b"\xff\xfe\x00")
    for one in (empty, cut, odd, tmp_path):
        ended = command("look", "--archive", str(one))
        assert ended.code == 2
        assert str(one) in ended.err
