"""What depends on the repository when it is asked whose turn it is: whose word counts, who is a script."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mentorbot.core.people import Person
from mentorbot.domain.script_accounts import is_scripts_login
from mentorbot.domain.timeline import Act, Verdict
from mentorbot.domain.turns import phrases
from mentorbot.domain.turns.words_to_the_bot import OUR_NAME, only_speaks_to_the_bot

_NEWCOMERS = frozenset({"NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnSettings:
    """What maintainers may set, or what is known of a repository's people; the defaults fit any repository.

    - `maintainers`: numeric ids of people whose word counts whatever GitHub says of them.
    - `bots`: logins of accounts of type User that are scripts, beside those recognised by their name.
    - `external_labels`, `author_labels`, `reviewer_labels`: labels by which people say whose turn it is.
    - `approval_words`: what else is said here for LGTM, as a whole sentence's start.
    - `wip_titles`: regular expressions for what else marks a title as unfinished.
    - `bot_names`: by which people speak to the bot itself.
    """

    maintainers: frozenset[int] = frozenset()
    bots: frozenset[str] = frozenset()
    external_labels: frozenset[str] = frozenset()
    author_labels: frozenset[str] = frozenset()
    reviewer_labels: frozenset[str] = frozenset()
    approval_words: frozenset[str] = frozenset()
    wip_titles: tuple[str, ...] = ()
    bot_names: frozenset[str] = frozenset({OUR_NAME})

    def is_bot(self, person: Person | None) -> bool:
        """True for apps and for accounts known or named as scripts."""
        return person is not None and (person.is_bot or self.is_bots_name(person.login))

    def is_bots_name(self, login: str) -> bool:
        """True for logins known or named as scripts."""
        return login in self.bots or is_scripts_login(login)

    def carries_weight(self, act: Act) -> bool:
        """True unless whoever acted is a passer-by: new to the project and not named in the rules."""
        return act.association not in _NEWCOMERS or (act.by is not None and act.by.id in self.maintainers)

    def is_for_the_bot(self, act: Act) -> bool:
        """True for a comment that only speaks to the bot; a review with a verdict speaks by that."""
        says_no_more = act.is_remark and act.verdict in {None, Verdict.COMMENTED}
        return says_no_more and only_speaks_to_the_bot(act.body, self.bot_names)

    def is_unfinished(self, title: str) -> bool:
        """True for titles like "WIP: …"."""
        return bool(phrases.WIP_TITLE.search(title)) or any(
            re.search(pattern, title, re.IGNORECASE) for pattern in self.wip_titles
        )

    def approves(self, sentences: tuple[str, ...]) -> bool:
        """True when a sentence begins with one of the repository's own words of approval."""
        words = tuple(word.lower() for word in self.approval_words)
        return any(sentence.lower().startswith(words) for sentence in sentences)
