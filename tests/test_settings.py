from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from mentorbot.settings import Settings, UnusableSettings, load_settings, named_features, read_settings

VARIABLES = [name.upper() for name in Settings.model_fields]


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, password: bytes | None = None) -> str:
    protection: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        protection = serialization.BestAvailableEncryption(password)
    encoding, shape = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(encoding, shape, protection).decode()


RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = _pem(RSA)
PUBLIC_PEM = (
    RSA.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
APP = {"GITHUB_APP_ID": "12", "GITHUB_PRIVATE_KEY": PEM, "GITHUB_WEBHOOK_SECRET": "s3cret s3cret s3cret"}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing set, and no .env file in the working directory."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def settings_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def problems_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, str]:
    with pytest.raises(UnusableSettings) as refused:
        settings_with(monkeypatch, **variables)
    return {problem.variable: problem.message for problem in refused.value.problems}


def test_an_empty_environment_is_a_sandbox_for_this_machine_only() -> None:
    settings = read_settings()
    assert not settings.has_credentials
    assert settings.listens_on == "127.0.0.1"
    assert settings.database_url is None
    with pytest.raises(LookupError, match="GITHUB_PRIVATE_KEY"):
        _ = settings.private_key
    with pytest.raises(LookupError, match="GITHUB_WEBHOOK_SECRET"):
        _ = settings.webhook_secret


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(PEM, id="as GitHub gives it"),
        pytest.param(PEM.replace("\n", "\\n"), id="on one line with \\n"),
        pytest.param(PEM.replace("\n", "\r\n"), id="with Windows line ends"),
        pytest.param(f'"{PEM}"', id="with the quotes copied along"),
        pytest.param(base64.b64encode(PEM.encode()).decode(), id="base64"),
        pytest.param(base64.encodebytes(PEM.encode()).decode(), id="base64 in lines"),
    ],
)
def test_a_private_key_is_understood_in_every_shape_people_paste(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_with(monkeypatch, **{**APP, "GITHUB_PRIVATE_KEY": written})
    key = serialization.load_pem_private_key(settings.private_key.encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.private_numbers() == RSA.private_numbers()
    assert settings.webhook_secret == "s3cret s3cret s3cret"
    assert settings.has_credentials


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("hello!", "neither PEM", id="some text"),
        pytest.param(base64.b64encode(b"\xff\xfe").decode(), "neither PEM", id="base64 of something else"),
        pytest.param(PEM[:300], "part of it may be missing", id="cut off"),
        pytest.param(PUBLIC_PEM, "public key", id="the public key"),
        pytest.param(_pem(RSA, b"pw"), "protected by a password", id="with a password"),
        pytest.param(_pem(ec.generate_private_key(ec.SECP256R1())), "RSA", id="another kind of key"),
    ],
)
def test_what_is_no_private_key_is_refused_with_the_reason_and_never_shown(
    written: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = problems_with(monkeypatch, **{**APP, "GITHUB_PRIVATE_KEY": written})["GITHUB_PRIVATE_KEY"]
    assert said in message
    assert "for example" in message
    assert written[-40:] not in message


def test_a_private_key_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text(PEM)
    variables = {name: value for name, value in APP.items() if name != "GITHUB_PRIVATE_KEY"}
    assert (
        settings_with(monkeypatch, **variables, GITHUB_PRIVATE_KEY_PATH=str(path)).private_key.strip()
        == PEM.strip()
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param(b"\xff\xfe", "not a text file", id="binary"),
        pytest.param(b"hello!", "neither PEM", id="no key in it"),
    ],
)
def test_a_key_file_that_cannot_be_used_is_named(
    content: bytes | None, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "key.pem"
    if content is not None:
        path.write_bytes(content)
    problems = problems_with(monkeypatch, GITHUB_PRIVATE_KEY_PATH=str(path))
    assert said in problems["GITHUB_PRIVATE_KEY_PATH"]


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        pytest.param(["GITHUB_APP_ID"], {"GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"}, id="only the id"),
        pytest.param(["GITHUB_PRIVATE_KEY"], {"GITHUB_APP_ID", "GITHUB_WEBHOOK_SECRET"}, id="only the key"),
        pytest.param(["GITHUB_APP_ID", "GITHUB_PRIVATE_KEY"], {"GITHUB_WEBHOOK_SECRET"}, id="no secret"),
    ],
)
def test_half_set_credentials_name_what_is_missing(
    given: list[str], missing: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = problems_with(monkeypatch, **{name: APP[name] for name in given})
    assert set(problems) == missing
    assert all(given[0] in message and "missing" in message for message in problems.values())


def test_login_needs_both_halves_and_a_session_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(problems_with(monkeypatch, **APP, GITHUB_CLIENT_ID="Iv1.x")) == {
        "GITHUB_CLIENT_SECRET",
        "SESSION_SECRET",
    }


def test_login_without_an_app_has_nothing_to_log_into(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = problems_with(
        monkeypatch, GITHUB_CLIENT_ID="Iv1.x", GITHUB_CLIENT_SECRET="y", SESSION_SECRET="z" * 32
    )
    assert set(problems) == {"GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"}


def test_two_keys_at_once_are_one_too_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text(PEM)
    problems = problems_with(monkeypatch, **APP, GITHUB_PRIVATE_KEY_PATH=str(path))
    assert "not both" in problems["GITHUB_PRIVATE_KEY"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        pytest.param("GITHUB_APP_ID", "mentorbot", id="a name instead of the id"),
        pytest.param("GITHUB_APP_ID", "0", id="zero"),
        pytest.param("GITHUB_API_URL", "github.example.com/api/v3", id="an address without https"),
        pytest.param("GITHUB_API_URL", "https://api.github.com?x=1", id="an address with a query"),
        pytest.param("GITHUB_GRAPHQL_URL", "ftp://github.example.com", id="another scheme"),
        pytest.param("GITHUB_SERVER_URL", "https://", id="no host"),
        pytest.param("DATABASE_URL", "sqlite:///mentorbot.db", id="another database"),
        pytest.param("PUBLIC_URL", "mentorbot", id="a public url without a scheme"),
        pytest.param("SESSION_SECRET", "short", id="a short session secret"),
        pytest.param("GITHUB_WEBHOOK_SECRET", "fifteen letters", id="a short webhook secret"),
        pytest.param("PORT", "http", id="a port by name"),
        pytest.param("PORT", "70000", id="a port too high"),
        pytest.param("SENTRY_DSN", "key", id="no dsn"),
        pytest.param("LOG_LEVEL", "LOUD", id="an unknown level"),
        pytest.param("LOG_FORMAT", "xml", id="an unknown format"),
    ],
)
def test_a_malformed_variable_is_named_with_what_is_expected_and_an_example(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = problems_with(monkeypatch, **{**APP, variable: value})[variable]
    assert "; expected " in message
    assert ", for example: " in message


def test_all_problems_are_told_at_once_and_the_exit_code_is_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_APP_ID", "x")
    monkeypatch.setenv("PORT", "y")
    monkeypatch.setenv("LOG_FORMAT", "z")
    with pytest.raises(SystemExit) as ended:
        load_settings()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    for name in ("GITHUB_APP_ID:", "PORT:", "LOG_FORMAT:", "GITHUB_PRIVATE_KEY:", "GITHUB_WEBHOOK_SECRET:"):
        assert name in said


def test_settings_that_can_be_used_are_loaded_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert load_settings().port == 3000
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("api", "graphql", "server"),
    [
        pytest.param(
            "https://api.github.com", "https://api.github.com/graphql", "https://github.com", id="public"
        ),
        pytest.param(
            "https://git.example.com/api/v3/",
            "https://git.example.com/api/graphql",
            "https://git.example.com",
            id="Enterprise Server",
        ),
        pytest.param(
            "https://api.octo.ghe.com",
            "https://api.octo.ghe.com/graphql",
            "https://octo.ghe.com",
            id="ghe.com",
        ),
        pytest.param(
            "http://127.0.0.1:4000",
            "http://127.0.0.1:4000/graphql",
            "http://127.0.0.1:4000",
            id="the sandbox",
        ),
    ],
)
def test_github_s_other_addresses_are_derived(
    api: str, graphql: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_with(monkeypatch, GITHUB_API_URL=api)
    assert (settings.graphql_url, settings.server_url) == (graphql, server)


def test_github_s_other_addresses_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(
        monkeypatch, GITHUB_GRAPHQL_URL="https://g.x/q/", GITHUB_SERVER_URL="https://s.x/"
    )
    assert (settings.graphql_url, settings.server_url) == ("https://g.x/q", "https://s.x")


def test_a_dotenv_file_is_read_and_the_environment_outranks_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f'GITHUB_APP_ID=7\nGITHUB_PRIVATE_KEY="{PEM}"\nGITHUB_WEBHOOK_SECRET=0123456789abcdef\nPORT=1\nUNRELATED=1\n'
    )
    settings = settings_with(monkeypatch, PORT="4000")
    assert (settings.github_app_id, settings.port) == (7, 4000)


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not settings_with(monkeypatch, GITHUB_APP_ID="", PORT="").has_credentials


def test_with_credentials_the_server_listens_everywhere_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert settings_with(monkeypatch, **APP).listens_on == "0.0.0.0"  # noqa: S104 - that is the promise
    assert settings_with(monkeypatch, **APP, HOST="10.0.0.1").listens_on == "10.0.0.1"


def test_secrets_do_not_appear_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = repr(settings_with(monkeypatch, **APP, SESSION_SECRET="q" * 32))
    assert "s3cret" not in printed
    assert "PRIVATE KEY" not in printed
    assert "qqq" not in printed


def test_the_data_folder_follows_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert read_settings().mentorbot_data in {tmp_path / "mentorbot", Path("/var/lib/mentorbot")}
    assert settings_with(monkeypatch, MENTORBOT_DATA="/srv/bot").mentorbot_data == Path("/srv/bot")


def test_features_from_elsewhere_are_named_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().outside_features == named_features() == ()
    settings = settings_with(monkeypatch, MENTORBOT_FEATURES=" tea, office_plants ,")
    assert settings.outside_features == named_features() == ("tea", "office_plants")


def test_features_can_be_named_in_the_file_and_the_environment_outranks_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("MENTORBOT_FEATURES=tea\n")
    assert named_features() == ("tea",)
    monkeypatch.setenv("MENTORBOT_FEATURES", "coffee")
    assert named_features() == read_settings().outside_features == ("coffee",)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        pytest.param("tea; coffee", "'tea; coffee' is no name of a feature", id="another separator"),
        pytest.param("tea,tea", "'tea' is named twice", id="twice"),
    ],
)
def test_what_names_no_features_says_what_to_write(
    written: str, reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reason in problems_with(monkeypatch, MENTORBOT_FEATURES=written)["MENTORBOT_FEATURES"]
    with pytest.raises(SystemExit) as ended:
        named_features()
    assert ended.value.code == 2
    assert f"MENTORBOT_FEATURES: {reason}; expected names of features" in capsys.readouterr().err


PYDANTIC = re.compile(
    r"input|should|valid\b|unable|pars(e|ing)|string|integer|literal|pydantic|type=|_error", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PORT", "abc", "not a whole number"),
        ("PORT", "3.5", "not a whole number"),
        ("PORT", "9" * 5000, "too large a number"),
        ("PORT", "-1", "too small: it has to be 0 or more"),
        ("PORT", "70000", "too large: it has to be 65535 or less"),
        ("GITHUB_APP_ID", "0", "too small: it has to be more than 0"),
        ("LOG_LEVEL", "LOUD", "none of the words that are known here"),
        ("LOG_FORMAT", "xml", "none of the words that are known here"),
    ],
)
def test_what_cannot_be_used_is_told_in_our_words(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = problems_with(monkeypatch, **{**APP, variable: value})[variable]
    reason, _, expected = told.partition("; ")
    assert reason == said
    assert expected.startswith("expected ")


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("value", ["?", "-7", "1e99", "[]", "9" * 5000, "\u0661", "  "])
def test_no_variable_s_trouble_is_told_in_the_words_of_a_library(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    try:
        read_settings()
    except UnusableSettings as unusable:
        for problem in unusable.problems:
            reason = problem.message.partition("; expected")[0]
            assert not PYDANTIC.search(reason), problem
