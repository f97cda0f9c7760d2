"""What a maintainer can set for greetings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorbot.config.durations import Duration
from mentorbot.config.section import OFF_IS_NONE, Section
from mentorbot.config.templates import BUILT_IN, Offers, Template
from mentorbot.core.translator import phrase

THE_MAINTAINERS = phrase("the maintainers")
"""Who looks, where nobody else is named; the only value of `who` that is translated."""

Greeting = Annotated[
    Template | None,
    Offers(
        author="login of the person who is greeted",
        repo="name of the repository",
        thread="`issue` or `pull request`",
        number="its number",
        title="its title",
        who="who looks at it: the setting `who`",
        eta="how long a first answer takes here, in a sentence; empty where too little is known",
        draft="what happens with drafts, in a sentence; empty where it is none",
        branch="`your branch …` with its name; empty for issues",
        guide="the guide of the touched area (`mentoring`), else the setting `guide`",
        mentor="the setting `mentor`, else how one is found where `mentoring` is on",
        office_hours="the setting `office_hours`",
    ),
    OFF_IS_NONE,
]
ShortText = Annotated[str, Field(max_length=1_000)]


class Welcome(Section):
    """Greetings for people who are new here: once per person, never to bots, members or collaborators."""

    pull_request: Greeting = Template(BUILT_IN)
    """The greeting on somebody's first pull request: `default`, a text of your own in Markdown, or `off`."""

    issue: Greeting = Template(BUILT_IN)
    """The greeting on somebody's first issue, where nothing earlier of theirs is here: as above."""

    back_after: Duration | None = None
    """Greet people who come back after this long, for instance `1 year`. Leave it out, and nobody is."""

    back: Greeting = Template(BUILT_IN)
    """The greeting for people who come back: `default`, or a text of your own. Only with `back_after`."""

    who: ShortText = THE_MAINTAINERS
    """Who looks at new issues and pull requests, as it reads in a sentence: `the triage team`."""

    eta: bool = True
    """Say how long a first answer takes here, computed from this repository's pull requests of the last year.

    Those still unanswered count too. Nothing is said with fewer than ten, nor while too few of them have
    waited long enough.
    """

    guide: ShortText = ""
    """Where newcomers find how things are done here: an address, or a sentence with one."""

    mentor: ShortText = ""
    """How somebody finds a mentor here, in a sentence."""

    office_hours: ShortText = ""
    """When and where people can be met, for instance `Thursdays, 17:00 UTC, in https://…`."""

    robots: tuple[str, ...] = ()
    """Logins of scripts that use an ordinary account. Accounts that GitHub calls bots are known anyway."""

    def greets_on(self, *, pull_request: bool) -> bool:
        """True where somebody who opens one of these may be greeted at all."""
        return (self.pull_request if pull_request else self.issue) is not None

    def text_for(self, *, pull_request: bool, back: bool) -> Template:
        """The text for an occasion; the built-in one for what is switched off."""
        first = self.pull_request if pull_request else self.issue
        return (self.back if back else first) or Template(BUILT_IN)
