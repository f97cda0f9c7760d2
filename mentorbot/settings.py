"""The only reader of the environment: every variable validated at start, and every problem named at once."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, NoReturn
from urllib.parse import urlsplit

import platformdirs
from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from mentorbot.private_key import private_key_from, private_key_in

PROGRAM = "mentorbot"
PUBLIC_API = "https://api.github.com"
GITHUB_APP_NAMES = ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET")
LOGIN_NAMES = ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - GitHub has to reach the webhook; HOST narrows it
_SHORTEST_SESSION_SECRET = 32
_SHORTEST_WEBHOOK_SECRET = 16
_FEATURES = "MENTORBOT_FEATURES"
PLATFORMS = {
    "DYNO": "Heroku",
    "FLY_APP_NAME": "Fly.io",
    "K_SERVICE": "Cloud Run",
    "KUBERNETES_SERVICE_HOST": "Kubernetes",
    "RAILWAY_ENVIRONMENT": "Railway",
    "RENDER": "Render",
    "VCAP_APPLICATION": "Cloud Foundry",
    "WEBSITE_INSTANCE_ID": "Azure App Service",
}
"""What tells by its environment that a program's files are gone with its next start."""
_FEATURE_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """What is wrong with one variable, and how to mend it."""

    variable: str
    message: str

    def __str__(self) -> str:
        return f"{self.variable}: {self.message}"


class UnusableSettings(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The environment cannot be worked with; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[SettingProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("not a web address")
    return text.rstrip("/")


def _postgres_address(text: str) -> str:
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValueError("not a PostgreSQL address")
    return text


def _key(secret: SecretStr) -> SecretStr:
    return SecretStr(private_key_in(secret.get_secret_value()))


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < _SHORTEST_SESSION_SECRET:
        raise ValueError("too short")
    return secret


def _not_to_be_guessed(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < _SHORTEST_WEBHOOK_SECRET:
        raise ValueError("so short that it can be guessed from one delivery")
    return secret


def _readable_key(path: Path) -> Path:
    private_key_from(path)
    return path


def _feature_names(text: str) -> str:
    """Names with commas between them, without spaces and empty places."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for place, name in enumerate(names):
        if not _FEATURE_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a feature")
        if name in names[:place]:
            raise ValueError(f"{name!r} is named twice")
    return ",".join(names)


def _data_folder() -> Path:
    """Where the embedded store keeps its files; never in root's home, as PostgreSQL runs as somebody else."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/mentorbot")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "mentorbot"


WebAddress = Annotated[str, AfterValidator(_web_address)]


def _variable(description: str, example: str, **more: Any) -> Any:
    """A field whose description says what is expected: shown in errors and in the docs."""
    if "default_factory" not in more:
        more.setdefault("default", None)
    return Field(description=description, examples=[example], **more)


class Settings(BaseModel):
    """What the environment says. Fields are the variables in lower case; an empty variable is unset."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    github_app_id: int | None = _variable("the App's number, from its settings page", "123456", gt=0)
    github_private_key: Annotated[SecretStr, AfterValidator(_key)] | None = _variable(
        "the App's private key: PEM, PEM with \\n for line ends, or base64 of the PEM",
        "-----BEGIN RSA PRIVATE KEY-----\\nMIIE…",
    )
    github_private_key_path: Annotated[Path, AfterValidator(_readable_key)] | None = _variable(
        "instead of GITHUB_PRIVATE_KEY: the file that GitHub gave you", "/run/secrets/mentorbot.pem"
    )
    github_webhook_secret: Annotated[SecretStr, AfterValidator(_not_to_be_guessed)] | None = _variable(
        "the secret typed into the App's webhook settings, at least 16 characters",
        "the output of: openssl rand -hex 32",
    )
    github_client_id: str | None = _variable("the App's client id; switches login on", "Iv1.8a61f9b3a7aba766")
    github_client_secret: SecretStr | None = _variable("the App's client secret", "40 characters from GitHub")
    github_api_url: WebAddress = _variable(
        "where GitHub's REST API answers", "https://github.example.com/api/v3", default=PUBLIC_API
    )
    github_graphql_url: WebAddress | None = _variable(
        "where GitHub's GraphQL API answers; derived from GITHUB_API_URL when unset",
        "https://github.example.com/api/graphql",
    )
    github_server_url: WebAddress | None = _variable(
        "where people see GitHub; derived from GITHUB_API_URL when unset", "https://github.example.com"
    )
    database_url: Annotated[str, AfterValidator(_postgres_address)] | None = _variable(
        "a PostgreSQL address; unset = the PostgreSQL that comes along",
        "postgresql://mentorbot:secret@db.example.com/mentorbot",
    )
    mentorbot_data: Path = _variable(
        "a folder for the PostgreSQL that comes along", "/var/lib/mentorbot", default_factory=_data_folder
    )
    public_url: WebAddress | None = _variable(
        "where people and GitHub reach this server; needed for login and for links in comments",
        "https://mentorbot.example.com",
    )
    session_secret: Annotated[SecretStr, AfterValidator(_long_enough)] | None = _variable(
        "at least 32 random characters that protect login cookies", "the output of: openssl rand -hex 32"
    )
    host: str | None = _variable(
        "the address to listen on; unset = everywhere with credentials, only this machine in the sandbox",
        "127.0.0.1",
    )
    port: int = _variable("the port to listen on", "3000", default=3000, ge=0, le=65535)
    mentorbot_features: Annotated[str, AfterValidator(_feature_names)] | None = _variable(
        "names of features that installed packages bring, with commas between them; they run with all the "
        "bot's rights, and no other is loaded",
        "tea, office_plants",
    )
    metrics_token: SecretStr | None = _variable(
        "who knows it may read /metrics; unset = requests from this machine itself, past any proxy",
        "the output of: openssl rand -hex 32",
    )
    sentry_dsn: WebAddress | None = _variable(
        "where Sentry takes errors", "https://key@o1.ingest.sentry.io/2"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _variable(
        "how much to log: DEBUG, INFO, WARNING or ERROR", "INFO", default="INFO"
    )
    log_format: Literal["text", "json"] = _variable(
        "text for people, json for machines", "json", default="text"
    )

    @property
    def has_credentials(self) -> bool:
        """True where the App is named; without it everything runs in the sandbox."""
        return self.github_app_id is not None

    @property
    def outside_features(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.mentorbot_features or "").split(",")))

    @property
    def private_key(self) -> str:
        """The App's private key as PEM; LookupError where there are no credentials."""
        if self.github_private_key is not None:
            return self.github_private_key.get_secret_value()
        if self.github_private_key_path is not None:
            return private_key_from(self.github_private_key_path)
        raise LookupError("No private key: set GITHUB_PRIVATE_KEY or GITHUB_PRIVATE_KEY_PATH.")

    @property
    def webhook_secret(self) -> str:
        """The webhook's secret; LookupError where there are no credentials."""
        if self.github_webhook_secret is None:
            raise LookupError("No webhook secret: set GITHUB_WEBHOOK_SECRET.")
        return self.github_webhook_secret.get_secret_value()

    @property
    def graphql_url(self) -> str:
        """GraphQL's address: Enterprise Server has it beside `/api/v3`, all others below the API's root."""
        return self.github_graphql_url or _graphql_beside(self.github_api_url)

    @property
    def server_url(self) -> str:
        """Where people see GitHub: Enterprise Server's host itself; github.com and ghe.com without `api.`."""
        if self.github_server_url:
            return self.github_server_url
        return _server_of(self.github_api_url)

    @property
    def listens_on(self) -> str:
        """The address to bind: a sandbox, where everybody may act as anybody, is for this machine only."""
        return self.host or (EVERYWHERE if self.has_credentials else "127.0.0.1")


class OwnTokenSettings(BaseModel):
    """What commands go by that read GitHub with a person's own token: of the environment alone.

    A `.env` file is not read for them: they are run in other people's checkouts, too, where it could say that
    the token is to be sent elsewhere.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    github_token: SecretStr | None = None
    gh_token: SecretStr | None = None
    github_api_url: WebAddress = PUBLIC_API
    github_graphql_url: WebAddress | None = None

    @property
    def graphql_url(self) -> str:
        return self.github_graphql_url or _graphql_beside(self.github_api_url)

    @property
    def server_url(self) -> str:
        return _server_of(self.github_api_url)

    @property
    def is_public_github(self) -> bool:
        return self.github_api_url == PUBLIC_API


def own_token_settings() -> OwnTokenSettings:
    """Those settings. Raises `UnusableSettings` for an address that is none."""
    given = {name.lower(): value for name, value in _given(None).items()}
    try:
        return OwnTokenSettings.model_validate(given)
    except ValidationError as error:
        raise UnusableSettings([_named(details) for details in error.errors()]) from error


def cache_folder() -> Path:
    """Where what can be done without is kept for this person: XDG_CACHE_HOME, or as the system has it."""
    return platformdirs.user_cache_path(PROGRAM, appauthor=False)


def _graphql_beside(api_url: str) -> str:
    if api_url.endswith("/api/v3"):
        return api_url.removesuffix("/v3") + "/graphql"
    return api_url + "/graphql"


def _server_of(api_url: str) -> str:
    return api_url.removesuffix("/api/v3").replace("://api.", "://", 1)


def read_settings(
    *, env_file: Path | None = Path(".env"), more: Mapping[str, str] = MappingProxyType({})
) -> Settings:
    """The settings from the environment and, behind it, a `.env` file. Raises `UnusableSettings`.

    `more` goes before both; what is empty there is unset.
    """
    given = {name: value for name, value in {**_given(env_file), **more}.items() if value}
    problems = _half_set(set(given))
    try:
        settings = Settings.model_validate({name.lower(): value for name, value in given.items()})
    except ValidationError as error:
        problems += [_named(details) for details in error.errors()]
        raise UnusableSettings(problems) from error
    if problems:
        raise UnusableSettings(problems)
    return settings


def named_features(*, env_file: Path | None = Path(".env")) -> tuple[str, ...]:
    """What MENTORBOT_FEATURES says, for commands that go by no other setting; its problem and exit code 2."""
    try:
        return tuple(filter(None, _feature_names(_given(env_file).get(_FEATURES, "")).split(",")))
    except ValueError as error:
        _give_up([SettingProblem(_FEATURES, f"{error}; {_expected(_FEATURES.lower())}")])


def platform_without_lasting_files() -> str | None:
    """Where this runs, if files that are written there are gone with the next start."""
    return next((name for variable, name in PLATFORMS.items() if os.environ.get(variable)), None)


def given_by_environment() -> frozenset[str]:
    """The variables that the environment itself sets: a `.env` file can't change them."""
    names = {name.upper() for name in Settings.model_fields}
    return frozenset(name.upper() for name, value in os.environ.items() if value and name.upper() in names)


def load_settings(*, env_file: Path | None = Path(".env")) -> Settings:
    """The settings, or every problem on standard error and exit code 2."""
    try:
        return read_settings(env_file=env_file)
    except UnusableSettings as error:
        _give_up(error.problems)


def _given(env_file: Path | None) -> Mapping[str, str]:
    """What is set, by the variables' names; the environment goes before the file."""
    in_file = dotenv_values(env_file) if env_file is not None and env_file.is_file() else {}
    return {name.upper(): value for name, value in (*in_file.items(), *os.environ.items()) if value}


def _give_up(problems: Sequence[SettingProblem]) -> NoReturn:
    sys.stderr.write("mentorbot cannot start with these settings:\n")
    for problem in problems:
        sys.stderr.write(f"  {problem}\n")
    sys.stderr.write("Set them in the environment or in a .env file; .env.example explains each.\n")
    raise SystemExit(2)


def _named(details: Mapping[str, Any]) -> SettingProblem:
    """A validation error in our words: what is wrong with the value, what is expected, an example."""
    name = str(details["loc"][0])
    context = details.get("ctx", {})
    # What was written is never shown: it may be a secret that was pasted into the wrong line.
    reason = str(context["error"]) if "error" in context else _REASONS.get(str(details["type"]), _UNUSABLE)
    reason = reason.format_map(context) if "error" not in context else reason
    return SettingProblem(name.upper(), f"{reason[0].lower()}{reason[1:].rstrip('.')}; {_expected(name)}")


_UNUSABLE = "this can't be used"
_REASONS: Mapping[str, str] = {
    "int_parsing": "not a whole number",
    "int_parsing_size": "too large a number",
    "greater_than": "too small: it has to be more than {gt}",
    "greater_than_equal": "too small: it has to be {ge} or more",
    "less_than_equal": "too large: it has to be {le} or less",
    "literal_error": "none of the words that are known here",
}
"""Pydantic's kinds of errors in our words."""


def _expected(name: str) -> str:
    field = Settings.model_fields[name]
    example = field.examples[0] if field.examples else ""
    return f"expected {field.description}, for example: {example}"


def _half_set(given: set[str]) -> list[SettingProblem]:
    """What is missing beside what is given: credentials come in groups."""
    problems = []
    if {"GITHUB_PRIVATE_KEY", "GITHUB_PRIVATE_KEY_PATH"} <= given:
        problems.append(SettingProblem("GITHUB_PRIVATE_KEY", "set this or GITHUB_PRIVATE_KEY_PATH, not both"))
    have = given | ({"GITHUB_PRIVATE_KEY"} if "GITHUB_PRIVATE_KEY_PATH" in given else set())
    app = [name for name in GITHUB_APP_NAMES if name in have]
    login = [name for name in LOGIN_NAMES if name in have]
    if app or login:
        problems += [_missing(name, beside=app or login) for name in GITHUB_APP_NAMES if name not in have]
    if login:
        needed = (*LOGIN_NAMES, "SESSION_SECRET")
        problems += [_missing(name, beside=login) for name in needed if name not in have]
    return problems


def _missing(name: str, *, beside: Sequence[str]) -> SettingProblem:
    or_path = " (so is GITHUB_PRIVATE_KEY_PATH)" if name == "GITHUB_PRIVATE_KEY" else ""
    present = f"{' and '.join(beside)} {'is' if len(beside) == 1 else 'are'} set"
    return SettingProblem(name, f"missing{or_path}, while {present}; {_expected(name.lower())}")
