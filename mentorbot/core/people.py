"""Who somebody is, and how GitHub says they belong to a repository."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

LOGIN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}"
"""A login, as a regular expression. Only those of Enterprise Managed Users have an underscore.

https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
"""

MENTION = re.compile(rf"(?<![\w/`.@-])@({LOGIN})(?![\w/@])")
"""Where a text names somebody with an @, as GitHub notifies them; `@acme/team` names a team, and nobody."""

_NAMED_LIKE_A_ROBOT = re.compile(r".+[-_]bot", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A GitHub account. Compared by numeric id only, because logins change and ids don't.

    `is_bot` is true for accounts of type Bot; people who run a script under a user account are not known to
    be one.
    """

    id: int
    login: str = field(compare=False)
    is_bot: bool = field(default=False, compare=False)

    @property
    def is_nameless(self) -> bool:
        """True for who asked to be forgotten, and of whom only the place is left (`domain.anonymization`)."""
        return self.id < 0

    @property
    def is_named_like_a_robot(self) -> bool:
        """True for `deploy-bot` with an ordinary account: on doubt, nobody talks to it."""
        return _NAMED_LIKE_A_ROBOT.fullmatch(self.login) is not None


class Association(StrEnum):
    """How an author belongs to a repository, as GitHub says it in `author_association`.

    https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
    NONE proves nothing (regulars who never had a merge have it too); the first four are a safe "not new".
    """

    OWNER = "OWNER"
    MEMBER = "MEMBER"
    COLLABORATOR = "COLLABORATOR"
    CONTRIBUTOR = "CONTRIBUTOR"
    FIRST_TIME_CONTRIBUTOR = "FIRST_TIME_CONTRIBUTOR"
    FIRST_TIMER = "FIRST_TIMER"
    MANNEQUIN = "MANNEQUIN"
    NONE = "NONE"

    @property
    def is_insider(self) -> bool:
        return self in {Association.OWNER, Association.MEMBER, Association.COLLABORATOR}


class Permission(IntEnum):
    """What somebody may do in a repository, in GitHub's order; comparable with `>=`.

    https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    """

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5

    @property
    def is_maintainer(self) -> bool:
        """Those who may decide for the project here: triage and above."""
        return self >= Permission.TRIAGE
