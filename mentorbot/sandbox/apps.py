"""Apps of the sandbox: who they are, where they are installed, and what was delivered to them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import ClassVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mentorbot.sandbox.model import Account, Node, Repository

PERMISSIONS: Mapping[str, str] = {
    "actions": "read",
    "checks": "write",
    "contents": "read",
    "issues": "write",
    "members": "read",
    "metadata": "read",
    "pull_requests": "write",
    "statuses": "read",
}
"""What the sandbox's App asks for when nothing else is said."""

EVENTS: tuple[str, ...] = (
    "check_run",
    "check_suite",
    "issue_comment",
    "issues",
    "label",
    "member",
    "membership",
    "milestone",
    "organization",
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "push",
    "repository",
    "status",
    "team",
    "workflow_run",
)
"""What it listens to when nothing else is said."""

UNASKED_EVENTS = frozenset(
    {
        "github_app_authorization",
        "installation",
        "installation_repositories",
        "installation_target",
        "meta",
        "ping",
    }
)
"""Events every App gets without subscribing: https://docs.github.com/en/webhooks/webhook-events-and-payloads."""


@cache
def _key() -> rsa.RSAPrivateKey:
    """The first App's key, made once per process: a new one takes a tenth of a second."""
    return new_key()


def new_key() -> rsa.RSAPrivateKey:
    """A key for an App that is registered while the sandbox runs."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def private_key() -> str:
    """The key of the App that is there from the start, as PEM."""
    return _pem(_key())


def _pem(key: rsa.RSAPrivateKey) -> str:
    """A key as GitHub gives it out."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()


@dataclass(slots=True, eq=False, kw_only=True)
class App(Node):
    """A GitHub App: the first one, others that were registered since, or GitHub Actions.

    `hook_url` is where its webhooks go (None: nowhere); without a `webhook_secret` they are not signed.
    """

    NODE: ClassVar[str] = "A"
    id: int
    slug: str
    name: str
    owner: Account
    bot: Account
    created_at: datetime
    client_id: str = "Iv1.sandbox"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(20))
    webhook_secret: str = field(default_factory=lambda: secrets.token_hex(20))
    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))
    events: tuple[str, ...] = EVENTS
    hook_id: int = 1
    hook_url: str | None = None
    description: str | None = None
    external_url: str | None = None
    setup_url: str | None = None
    is_public: bool = True
    key: rsa.RSAPrivateKey = field(default_factory=_key)

    @property
    def private_key(self) -> str:
        """What it signs its JWTs with, as PEM."""
        return private_key() if self.key is _key() else _pem(self.key)

    @property
    def public_key(self) -> rsa.RSAPublicKey:
        """What its JWTs are checked with."""
        return self.key.public_key()


@dataclass(slots=True, eq=False, kw_only=True)
class Installation(Node):
    """The App on one account. `repository_ids` counts when `repository_selection` is `selected`."""

    NODE: ClassVar[str] = "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u"  # the old way, as GitHub still writes these
    id: int
    app: App
    account: Account
    created_at: datetime
    updated_at: datetime
    permissions: dict[str, str]
    events: tuple[str, ...]
    repository_selection: str = "all"
    repository_ids: set[int] = field(default_factory=set)
    suspended_by: Account | None = None
    suspended_at: datetime | None = None

    def covers(self, repository: Repository) -> bool:
        if repository.owner.id != self.account.id or repository.is_deleted:
            return False
        return self.repository_selection == "all" or repository.id in self.repository_ids


@dataclass(slots=True, eq=False, kw_only=True)
class Delivery:
    """One attempt to hand a webhook over; a redelivery has the same guid and an id of its own."""

    id: int
    app: App
    guid: str
    event: str
    action: str | None
    installation_id: int | None
    repository_id: int | None
    body: bytes
    delivered_at: datetime
    headers: Mapping[str, str]
    thread: tuple[int, int] | None = None
    is_redelivery: bool = False
    duration: float = 0.0
    status: str = "PENDING"
    status_code: int = 0
    response_headers: Mapping[str, str] = field(default_factory=dict)
    response_body: str = ""
