from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.commanded import Ended, command
from tests.cli.conftest import Beside
from tests.world import World


async def all_well(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()


def findings(ended: Ended) -> dict[str, dict[str, object]]:
    return {one["about"]: one for one in json.loads(ended.out)}


def test_where_all_is_well_the_doctor_says_so(beside: Beside) -> None:
    beside.do(all_well)
    ended = command("doctor")
    assert ended.code == 0, ended.out
    for about in ("credentials", "permissions", "events", "installation on octo", "clock", "store", "queue"):
        assert f"✓ {about}: " in ended.out
    assert "✗" not in ended.out


def test_what_the_app_lacks_is_named_with_the_cure(beside: Beside) -> None:
    beside.do(all_well)
    app = beside.world.github.app
    app.permissions["checks"] = "read"
    app.events = tuple(event for event in app.events if event != "push")
    ended = command("doctor", "--json")
    assert ended.code == 1
    found = findings(ended)
    assert "checks: write" in str(found["permissions"]["said"])
    assert "push" in str(found["events"]["said"])
    assert found["permissions"]["cure"]


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        pytest.param(
            lambda world: world.acts.accept_permissions("octo", permissions={"metadata": "read"}),
            "has not accepted",
            id="permissions not accepted",
        ),
        pytest.param(lambda world: world.acts.suspend("octo"), "suspended", id="suspended"),
    ],
)
def test_what_is_wrong_with_an_installation_is_named(happens: object, said: str, beside: Beside) -> None:
    async def act(world: World) -> None:
        await all_well(world)
        assert callable(happens)
        happens(world)
        await world.settled()

    beside.do(act)
    ended = command("doctor", "--json")
    assert ended.code == 1
    assert said in str(findings(ended)["installation on octo"]["said"])


BORING_CYBORG = ".github/boring-cyborg.yml"
GREETS = "labelerFlags:\n  labelOnPRUpdates: false\nfirstPRWelcomeComment: Hello there\n"


def test_other_bots_at_work_are_named_and_what_they_do(beside: Beside) -> None:
    async def act(world: World) -> None:
        await all_well(world)
        world.acts.push("octo/tea", by="olga", files={BORING_CYBORG: GREETS}, message="A bot")
        world.acts.open_issue("octo/tea", by="ada", title="Still cold")
        await world.settled()

    beside.do(act)
    ended = command("doctor")
    assert ended.code == 0, ended.out
    assert (
        f"✓ other bots in octo/tea: boring-cyborg ({BORING_CYBORG}, line 3) "
        "greets people on their first pull request: left to it"
    ) in ended.out


def test_where_github_does_not_tell_of_other_bots_the_doctor_says_so(beside: Beside) -> None:
    async def act(world: World) -> None:
        await all_well(world)
        (repository,) = (one for one in world.github.world.repositories.values() if one.name == "tea")
        stored = (await world.bot.store.configs.load([repository.id]))[repository.id]
        await world.bot.store.configs.put(
            repository.id, stored.sources, stored.last_good, now=world.github.clock.now()
        )

    beside.do(act)
    ended = command("doctor", "--json")
    assert ended.code == 1
    found = findings(ended)["other bots in octo/tea"]
    assert found["said"] == "GitHub doesn't tell which there are: nothing is left to them"
    assert "contents: read" in str(found["cure"])


def test_a_wrong_key_is_told_as_such(beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_APP_ID", "1")
    ended = command("doctor", "--json")
    assert ended.code == 1
    assert "GITHUB_APP_ID (1)" in str(findings(ended)["GitHub"]["cure"])


def test_a_parked_delivery_is_shown_with_its_reason(beside: Beside) -> None:
    async def act(world: World) -> None:
        await all_well(world)
        world.github.webhooks.send("issues", {"action": "opened", "repository": {"id": 1}})
        await world.settled()

    beside.do(act)
    ended = command("doctor")
    assert ended.code == 1
    assert "✗ parked delivery" in ended.out
    assert "unknown shape" in ended.out


def test_silence_for_days_is_worth_a_look(beside: Beside) -> None:
    async def act(world: World) -> None:
        await all_well(world)
        world.github.clock.move(timedelta(days=4))

    beside.do(act)
    assert "webhook URL" in str(findings(command("doctor", "--json"))["last delivery"]["cure"])


def test_github_that_breaks_off_in_the_middle_is_a_finding_and_no_traceback(beside: Beside) -> None:
    beside.do(all_well)
    beside.world.github.faults.add("status", method="GET", path="/app/hook/config", times=9)
    found = findings(command("doctor", "--json"))
    assert not found["webhook"]["well"]
    assert found["store"]["well"]


async def just_made(world: World) -> None:
    """An App that was made for `welcome` alone, and is not installed."""
    app = world.github.app
    app.permissions = {"checks": "write", "contents": "read", "issues": "write", "metadata": "read"}
    app.permissions["pull_requests"] = "write"
    app.events = tuple(one for one in app.events if one not in {"status", "workflow_run"})


def test_right_after_the_set_up_all_that_is_missing_is_the_installation(beside: Beside) -> None:
    async def act(world: World) -> None:
        await just_made(world)
        hook = world.github.webhooks.url
        world.github.deliver_to(f"{world.bot.url}/setup")  # there is no webhook while the set-up goes on
        world.acts.ping()
        await world.github.settled()
        world.github.deliver_to(hook)

    beside.do(act)
    ended = command("doctor", "--json")
    assert ended.code == 1
    found = findings(ended)
    assert [about for about, one in found.items() if not one["well"]] == ["installation"]
    assert "/installations/new" in str(found["installation"]["cure"])


def test_an_app_without_teams_is_well_and_told_what_is_off(beside: Beside) -> None:
    async def act(world: World) -> None:
        await just_made(world)
        await all_well(world)

    beside.do(act)
    ended = command("doctor", "--json")
    assert ended.code == 0, ended.out
    assert "`team:triage` mean nobody" in str(findings(ended)["teams of octo"]["said"])


def test_what_a_feature_needs_that_is_on_somewhere_is_missed(beside: Beside) -> None:
    async def act(world: World) -> None:
        await just_made(world)
        world.project(config="stalled:\n")
        await world.settled()

    beside.do(act)
    found = findings(command("doctor", "--json"))
    assert "statuses: read" in str(found["permissions"]["said"])
    assert "workflow_run" in str(found["events"]["said"])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param(None, "the App has none", id="no webhook"),
        pytest.param(
            "https://elsewhere.example/hook", "it goes to https://elsewhere.example/hook", id="elsewhere"
        ),
    ],
)
def test_a_webhook_that_does_not_lead_here_is_told_with_the_address_that_would(
    beside: Beside, monkeypatch: pytest.MonkeyPatch, url: str | None, said: str
) -> None:
    async def act(world: World) -> None:
        await all_well(world)
        world.github.deliver_to(url)

    beside.do(act)
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example.com")
    ended = command("doctor", "--json")
    assert ended.code == 1
    webhook = findings(ended)["webhook"]
    assert said in str(webhook["said"])
    assert "https://bot.example.com/github/webhook" in str(webhook["cure"])


@pytest.mark.parametrize("words", ["doctor", "serve", "worker"])
def test_a_webhook_secret_that_can_be_guessed_is_named_before_anything_starts(
    words: str, beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WEBHOOK_SECRET", "fifteen letters")
    ended = command(words)
    assert ended.code == 2
    assert "GITHUB_WEBHOOK_SECRET: so short that it can be guessed" in ended.err
    assert "at least 16 characters" in ended.err


def test_another_server_on_this_machine_is_not_called_the_sandbox(
    beside: Beside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as an Enterprise Server behind a tunnel, while a sandbox plays or not."""
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9/api/v3")  # nobody answers there
    for said in ("a sandbox plays", "none does"):
        ended = command("doctor")
        assert ended.code == 1, said
        assert "sandbox" not in ended.err + ended.out, said
        (tmp_path / "data" / "sandbox" / "playing.json").unlink(missing_ok=True)


def test_where_the_sandbox_has_gone_it_is_told(
    beside: Beside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    note = tmp_path / "data" / "sandbox" / "playing.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "github_api_url": "http://127.0.0.1:9"}))
    ended = command("doctor")
    assert ended.code == 2
    assert "The sandbox does not answer at http://127.0.0.1:9" in ended.err
