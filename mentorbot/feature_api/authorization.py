"""How somebody stands to an issue or pull request, and which commands that lets them give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.people import Permission, Person
from mentorbot.core.translator import phrase


class Who(StrEnum):
    """Who may give a command, as it is told in tables."""

    # Translators: who may use a command, in a table.
    ANYONE = phrase("anyone")
    AUTHOR = phrase("the author")
    MAINTAINERS = phrase("maintainers")
    MERGERS = phrase("people who may merge")
    AUTHOR_OR_MAINTAINERS = phrase("the author and maintainers")
    PARTIES = phrase("the author, the asked reviewers and maintainers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """What counts when somebody wants something of the bot in a thread."""

    permission: Permission = Permission.READ
    is_author: bool = False
    is_asked_reviewer: bool = False

    @classmethod
    def of(cls, person: Person, *, thread: Issue | PullRequest, permission: Permission) -> Authorization:
        asked = thread.requested_reviewers if isinstance(thread, PullRequest) else ()
        return cls(
            permission=permission, is_author=thread.author == person, is_asked_reviewer=person in asked
        )

    def may(self, who: Who) -> bool:
        return {
            Who.ANYONE: True,
            Who.AUTHOR: self.is_author,
            Who.MAINTAINERS: self.permission.is_maintainer,
            Who.MERGERS: self.permission >= Permission.WRITE,
            Who.AUTHOR_OR_MAINTAINERS: self.is_author or self.permission.is_maintainer,
            Who.PARTIES: self.is_author or self.is_asked_reviewer or self.permission.is_maintainer,
        }[who]
