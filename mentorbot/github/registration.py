"""Registers an App at GitHub from a manifest: what can be asked before, and fetching the credentials after.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.github.client import path_segment
from mentorbot.github.error_mapping import Missing, error_of
from mentorbot.github.http_client import HttpClient, HttpRequest
from mentorbot.github.json_reader import JsonReader, UnexpectedJson
from mentorbot.github.tokens import AppCredential, Credential, NoCredential

PUBLIC_API = "https://api.github.com"
_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
_log = structlog.get_logger(__name__)


class RegistrationFailed(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The App was not made, or its credentials can't be had; the text names the cure.

    `may_retry` where the same step may yet succeed.
    """

    def __init__(self, why: str, *, may_retry: bool = False) -> None:
        super().__init__(why)
        self.may_retry = may_retry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApp:
    """An App that has just been made, with its credentials. Without a webhook secret GitHub gave none."""

    id: int
    slug: str
    name: str
    owner: str
    url: str
    client_id: str
    client_secret: str
    private_key: str
    webhook_secret: str | None

    @property
    def install_url(self) -> str:
        return f"{self.url}/installations/new"

    def __repr__(self) -> str:  # credentials have no business in logs
        return f"NewApp(id={self.id}, slug={self.slug!r})"


class Registration:
    """Asks one GitHub, as nobody in particular: there is no App yet."""

    def __init__(self, session: aiohttp.ClientSession, *, api_url: str, clock: Clock) -> None:
        self._api_url = api_url.rstrip("/")
        self._clock = clock
        self._http = HttpClient(session, base_urls=(self._api_url,), observe=_unobserved, timeout=_TIMEOUT)

    async def server_version(self) -> str | None:
        """The version of an Enterprise Server; None for github.com, and where nobody tells."""
        if self._api_url == PUBLIC_API:
            return None
        try:
            found = await self._ask("GET", "/meta")
        except (GitHubUnavailable, AccessLost, Impossible) as error:
            _log.info("server_version_unknown", why=str(error))
            return None
        version = found.get("installed_version")
        return version if isinstance(version, str) else None

    async def check_owner(self, organization: str) -> None:
        """Raises RegistrationFailed where there surely is no organisation of this name."""
        found = await self._public(f"/users/{path_segment(organization)}")
        if found is None:
            raise RegistrationFailed(
                f"GitHub knows no organisation {organization!r}: type its name as in its address on GitHub."
            )
        if found.get("type") == "User":
            raise RegistrationFailed(
                f"{organization!r} is a person's account: for your own one choose “my own account”, "
                "for an organisation type its name."
            )

    async def check_name(self, name: str) -> None:
        """Raises RegistrationFailed where there surely is an App of this name; private ones don't show."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        if await self._public(f"/apps/{path_segment(slug)}"):
            raise RegistrationFailed(
                f"There is an App called {name!r} on GitHub already: choose another name, "
                "for instance one with your organisation's name in it."
            )

    async def convert(self, code: str) -> NewApp:
        """The new App's credentials, for the code with which GitHub sent the browser back; it is good once.

        Raises RegistrationFailed.
        """
        try:
            return _new_app(await self._ask("POST", f"/app-manifests/{path_segment(code)}/conversions"))
        except Missing as error:
            raise RegistrationFailed(
                "GitHub doesn't know this code any more: it is good for one hour, and once. Start again. "
                "If an App was made, delete it first in GitHub's settings under Developer settings, "
                "GitHub Apps: its name is taken as long as it is there."
            ) from error
        except GitHubUnavailable as error:
            raise RegistrationFailed(
                f"GitHub does not answer ({error.why.rstrip('.')}). Load this page again in a minute: the "
                "code is good for one hour.",
                may_retry=True,
            ) from error
        except (Impossible, AccessLost) as error:
            raise RegistrationFailed(
                f"GitHub gave no credentials ({error.why.rstrip('.')}). Start again, or register the App by "
                "hand as docs/install.md says."
            ) from error
        except UnexpectedJson as error:
            raise RegistrationFailed(
                f"GitHub's answer makes no sense ({error.reason}). Is GITHUB_API_URL right? If the App was "
                "made, its settings on GitHub give you new keys, which go into .env as .env.example says."
            ) from error

    async def with_webhook_secret(self, app: NewApp, *, hook_url: str | None) -> NewApp:
        """The App with a webhook secret: GitHub's own, or one of ours that GitHub is told of."""
        if app.webhook_secret:
            return app
        app = replace(app, webhook_secret=secrets.token_hex(32))
        if hook_url is not None:
            credential = AppCredential(app_id=str(app.id), private_key=app.private_key, clock=self._clock)
            hook = {"url": hook_url, "content_type": "json", "secret": app.webhook_secret}
            try:
                await self._ask("PATCH", "/app/hook/config", hook, credential=credential)
            except (GitHubUnavailable, AccessLost, Impossible) as error:
                _log.warning("webhook_secret_not_set", why=str(error))
                raise SecretNotSet(app) from error
        return app

    async def _public(self, path: str) -> dict[str, Any] | None:
        """What GitHub tells everybody; None where there is nothing, something empty where it doesn't say."""
        try:
            return await self._ask("GET", path)
        except Missing:
            return None
        except (GitHubUnavailable, AccessLost, Impossible) as error:
            _log.info("not_told_before_registering", path=path, why=str(error))
            return {}

    async def _ask(
        self,
        method: str,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        credential: Credential | None = None,
    ) -> dict[str, Any]:
        answer = await self._http.send(
            HttpRequest(
                method=method,
                url=f"{self._api_url}{path}",
                headers={
                    "accept": "application/vnd.github+json",
                    "content-type": "application/json",
                    "user-agent": "mentorbot",
                },
                body=b"" if data is None else json.dumps(data).encode(),
                api="rest",
            ),
            authorization=await (credential or NoCredential()).authorization(),
        )
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise AccessLost("GitHub wants to know who asks.")
        refused = error_of(answer.status, answer.body)
        if refused is not None:
            raise refused
        try:
            found = json.loads(answer.body)
        except ValueError:
            found = None
        return found if isinstance(found, dict) else {}


class SecretNotSet(Exception):  # noqa: N818 - says what is the case, as callers read it
    """GitHub could not be told the webhook secret: whoever registers the App has to type it there."""

    def __init__(self, app: NewApp) -> None:
        super().__init__("The webhook secret was not set.")
        self.app = app


def _new_app(answer: dict[str, Any]) -> NewApp:
    found = JsonReader(answer, "conversion")
    return NewApp(
        id=found.number("id"),
        slug=found.text("slug"),
        name=found.text("name", ""),
        owner=found.or_empty("owner").text("login", ""),
        url=found.text("html_url"),
        client_id=found.text("client_id"),
        client_secret=found.text("client_secret"),
        private_key=found.text("pem"),
        webhook_secret=found.text("webhook_secret", "") or None,
    )


def _unobserved(api: str, status: str) -> None:
    """Counts nothing: there are no figures yet."""
