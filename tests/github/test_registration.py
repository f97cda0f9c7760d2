"""Every way in which GitHub may not give credentials is one sentence that names the cure."""

from __future__ import annotations

import aiohttp
import pytest

from mentorbot.core.clock import Clock
from mentorbot.github.registration import Registration, RegistrationFailed
from tests.github.scripted import Say, ScriptedGitHub

CONVERSION = "/app-manifests/abc/conversions"


def clock() -> Clock:
    from datetime import UTC, datetime  # noqa: PLC0415

    return lambda: datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def registration(scripted: ScriptedGitHub, session: aiohttp.ClientSession) -> Registration:
    return Registration(session, api_url=scripted.url, clock=clock())


@pytest.mark.parametrize(
    ("said", "words", "may_retry"),
    [
        pytest.param(Say(status=404, json={"message": "Not Found"}), "Start again", False, id="unknown code"),
        pytest.param(
            Say(status=422, json={"message": "No"}), "register the App by hand", False, id="refused"
        ),
        pytest.param(
            Say(status=401, json={"message": "No"}), "wants to know who asks", False, id="private mode"
        ),
        pytest.param(Say(status=403, json={"message": "No"}), "gave no credentials", False, id="forbidden"),
        pytest.param(Say(status=500, json={}), "Load this page again", True, id="down"),
        pytest.param(Say(status=429, json={"message": "Slow"}), "Load this page again", True, id="limited"),
        pytest.param(Say(status=201, json={"id": 1}), "Is GITHUB_API_URL right?", False, id="half an answer"),
        pytest.param(Say(status=201, json=[]), "makes no sense", False, id="no object"),
    ],
)
async def test_a_code_that_gives_no_credentials_is_told_with_the_cure(
    registration: Registration, scripted: ScriptedGitHub, said: Say, words: str, may_retry: bool
) -> None:
    scripted.on("POST", CONVERSION, said)
    with pytest.raises(RegistrationFailed, match=words) as failed:
        await registration.convert("abc")
    assert failed.value.may_retry is may_retry
    assert "Traceback" not in str(failed.value)


@pytest.mark.parametrize(
    ("said", "version"),
    [
        pytest.param(Say(json={"installed_version": "3.19.1"}), "3.19.1", id="Enterprise Server"),
        pytest.param(Say(json={"installed_version": 3}), None, id="a number"),
        pytest.param(Say(json={}), None, id="Enterprise Cloud"),
        pytest.param(Say(status=401, json={"message": "who?"}), None, id="private mode"),
        pytest.param(Say(status=500, json={}), None, id="down"),
    ],
)
async def test_the_version_of_a_server_is_asked_and_may_stay_unknown(
    registration: Registration, scripted: ScriptedGitHub, said: Say, version: str | None
) -> None:
    scripted.on("GET", "/meta", said)
    assert await registration.server_version() == version


async def test_github_itself_is_not_asked_for_its_version(session: aiohttp.ClientSession) -> None:
    # It would fail: no test reaches the internet.
    there = Registration(session, api_url="https://api.github.com/", clock=clock())
    assert await there.server_version() is None
