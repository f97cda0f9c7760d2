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
