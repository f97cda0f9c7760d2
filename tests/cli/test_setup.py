"""`mentorbot setup` beside a console: what is refused, what is kept where, and how the bot finds it again."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from mentorbot.cli.setup import _keeping, settings_of
from mentorbot.github.registration import NewApp
from mentorbot.sandbox.apps import private_key
from mentorbot.settings import Settings, read_settings
from mentorbot.web.setup.choices import Choices
from tests.cli.commanded import command
from tests.cli.served import ask, mentorbot

APP = NewApp(
    id=7,
    slug="mentorbot-octo",
    name="mentorbot-octo",
    owner="octo",
    url="https://github.com/apps/mentorbot-octo",
    client_id="Iv1.abc",
    client_secret="c" * 40,
    private_key=private_key(),
    webhook_secret="w" * 40,
)


@pytest.fixture
def env(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_what_is_written_is_what_a_bot_reads(env: Path) -> None:
    env.write_text("PORT=3001\nSESSION_SECRET=\n")
    kept = _keeping(read_settings(), {}, show=False, replace=False)(
        APP, Choices(public_url="https://bot.example.org")
    )
    assert kept.file == str(env)
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    settings = read_settings()
    assert (settings.github_app_id, settings.port) == (7, 3001)
    assert settings.private_key.strip() == APP.private_key.strip()
    assert settings.webhook_secret == APP.webhook_secret
    assert settings.github_client_id == APP.client_id
    assert settings.session_secret is not None
    assert settings.public_url == "https://bot.example.org"
    assert "GITHUB_API_URL" not in dotenv_values(env)


def test_the_addresses_of_an_enterprise_server_are_written_too() -> None:
    settings = Settings.model_validate({"github_api_url": "https://github.acme.org/api/v3"})
    values = settings_of(APP, Choices(), settings)
    assert values["GITHUB_API_URL"] == "https://github.acme.org/api/v3"


def test_a_session_secret_that_is_there_stays(env: Path) -> None:
    env.write_text(f"SESSION_SECRET={'s' * 32}\n")
    _keeping(read_settings(), {}, show=False, replace=False)(APP, Choices())
    assert dotenv_values(env)["SESSION_SECRET"] == "s" * 32


@pytest.mark.parametrize(
    ("variable", "show", "why"),
    [
        pytest.param("", True, "you asked to be shown them", id="asked for"),
        pytest.param("DYNO", False, "files don't last on Heroku", id="a disk that doesn't last"),
    ],
)
def test_where_files_do_not_last_credentials_are_shown_and_written_nowhere(
    env: Path, monkeypatch: pytest.MonkeyPatch, variable: str, show: bool, why: str
) -> None:
    if variable:
        monkeypatch.setenv(variable, "web.1")
    values: dict[str, str] = {}
    kept = _keeping(Settings(), values, show=show, replace=False)(APP, Choices())
    assert why in kept.note
    assert "GITHUB_APP_ID=7\n" in kept.to_show
    assert not env.exists()
    assert read_settings(more=values).github_app_id == 7


def test_credentials_are_shown_where_the_file_can_not_be_written(env: Path) -> None:
    env.mkdir()
    assert "is no file" in _keeping(Settings(), {}, show=False, replace=False)(APP, Choices()).note


def test_an_app_that_came_meanwhile_is_not_overwritten(env: Path) -> None:
    env.write_text("GITHUB_APP_ID=1\n")
    kept = _keeping(Settings(), {}, show=False, replace=False)(APP, Choices())
    assert "names another App" in kept.note
    assert env.read_text() == "GITHUB_APP_ID=1\n"


def test_replacing_takes_the_place_of_the_old_app_with_all_that_belonged_to_it(env: Path) -> None:
    env.write_text("GITHUB_APP_ID=1\nGITHUB_PRIVATE_KEY_PATH=/old.pem\nGITHUB_WEBHOOK_SECRET=old\n")
    _keeping(Settings(), {}, show=False, replace=True)(APP, Choices())
    assert read_settings().github_app_id == 7


def _with_an_app(env: Path) -> None:
    env.write_text(
        "".join(f"{name}={value}\n" for name, value in settings_of(APP, Choices(), Settings()).items())
    )


def test_an_app_that_is_there_is_never_replaced_without_being_asked(env: Path) -> None:
    _with_an_app(env)
    ended = command("setup")
    assert ended.code == 2
    assert "There is an App already: GITHUB_APP_ID is 7" in ended.err
    assert "mentorbot setup --replace" in ended.err


def test_what_the_environment_says_can_not_be_replaced_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in settings_of(APP, Choices(), Settings()).items():
        monkeypatch.setenv(name, value)
    ended = command("setup", "--replace")
    assert ended.code == 2
    assert "GITHUB_APP_ID" in ended.err
    assert "take what belongs to the present App out of there first" in ended.err


def test_a_port_that_is_taken_is_exit_2_and_a_sentence(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "setup") as first:
        first.wait_until_said("token=")
        assert ask(f"{first.url}/healthz") == (200, "ok\n")
        assert ask(f"{first.url}/setup")[0] == 403
        assert ask(f"{first.url}/github/webhook", {})[0] == 404
        with mentorbot(tmp_path, "setup", port=first.port) as second:
            assert second.popen.wait(60) == 2
            assert f"Cannot listen on 127.0.0.1:{first.port}" in second.said()
        assert first.stop() == 0


def test_with_credentials_there_is_no_set_up(tmp_path: Path) -> None:
    variables = {
        **settings_of(APP, Choices(), Settings()),
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "HOST": "127.0.0.1",
    }
    with mentorbot(tmp_path, "serve", variables=variables) as bot:
        bot.wait_until_ready()
        for path in ("/setup", "/setup/done", "/setup/created"):
            assert ask(f"{bot.url}{path}")[0] == 404
        assert bot.stop() == 0


def test_the_sandbox_has_one_to_try(tmp_path: Path) -> None:
    with mentorbot(tmp_path, "serve") as bot:
        bot.wait_until_said("To try making an App:")
        assert ask(f"{bot.url}/setup")[0] == 403
        assert bot.stop() == 0
    assert not (tmp_path / ".env").exists()
