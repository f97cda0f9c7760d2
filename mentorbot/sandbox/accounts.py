"""Who can act in the sandbox: people, bots, organisations and their teams."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AccountType = Literal["User", "Bot", "Organization"]

_NODE_PREFIX = {"User": "U", "Bot": "BOT", "Organization": "O"}


def node_id(prefix: str, number: int) -> str:
    """An opaque id as GraphQL hands them out; `prefix` says what it is of, as on GitHub (`PR`, `IC`, …)."""
    return f"{prefix}_kwDO{number:08x}"


@dataclass(slots=True, eq=False, kw_only=True)
class Account:
    """Somebody with a login. The numeric id stays for ever, the login may change."""

    id: int
    login: str
    type: AccountType
    created_at: datetime
    name: str | None = None
    is_busy: bool = False
    status_message: str | None = None
    has_private_profile: bool = False
    is_deleted: bool = False

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id(_NODE_PREFIX[self.type], self.id)

    @property
    def email(self) -> str:
        """The address GitHub gives to commits of people who keep theirs private."""
        return f"{self.id}+{self.login}@users.noreply.example.com"


@dataclass(slots=True, eq=False, kw_only=True)
class Organization(Account):
    """An account that others are members of; members map numeric ids to `member` or `admin`."""

    type: AccountType = "Organization"
    members: dict[int, str] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)


@dataclass(slots=True, eq=False, kw_only=True)
class Team:
    """Some members of an organisation under a name; members by numeric id."""

    id: int
    name: str
    slug: str
    organization: Organization
    members: dict[int, Account] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("T", self.id)
