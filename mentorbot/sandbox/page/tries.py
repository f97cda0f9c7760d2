"""What the page offers to try with one click: each shows something that the bot does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, count

from mentorbot.sandbox import git
from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import Account, Issue, PullRequest, Repository
from mentorbot.sandbox.page.rights import has_role
from mentorbot.sandbox.page.world import CONFIG_PATH
from mentorbot.sandbox.simulated_github import SimulatedGitHub

_NEWCOMERS = ("mary", "alan", "hedy", "emmy", "sophie", "rachel", "chien", "lise")
_SLIP = "\nwelcom:\n  issue: default\n"
"""A section that there is not: a letter is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One click: the repository it happens in, and the thread, where one is looked at."""

    github: SimulatedGitHub
    repository: Repository
    thread: Issue | None = None

    @property
    def pull(self) -> PullRequest | None:
        """The open pull request that is meant: the one looked at, or else the newest that a person opened."""
        if self.thread is not None:
            is_open = self.thread.state == "open"
            return self.thread if isinstance(self.thread, PullRequest) and is_open else None
        pulls = (one for one in reversed(self.repository.pull_requests.values()) if one.state == "open")
        return next((one for one in pulls if one.author.type == "User"), None)

    @property
    def open_pull(self) -> PullRequest:
        if self.pull is None:
            raise RefusedError("There is no open pull request: have somebody new open one first.")
        return self.pull

    @property
    def maintainer(self) -> Account:
        """Who decides here; not the author of the pull request, where another one does."""
        those = [one for one in _people(self.github) if has_role(self.repository, one, "write")]
        if not those:
            raise RefusedError("Nobody may write here: let somebody come in who may merge.")
        author = self.pull.author if self.pull else None
        return next((one for one in those if one is not author), those[0])

    @property
    def config(self) -> str | None:
        branch = self.repository.branches[self.repository.default_branch]
        return git.tree_of(self.github.world, branch).get(CONFIG_PATH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Something to try. `does` returns whom to act as afterwards and where to look, where that changes."""

    label: str
    shows: str
    does: Callable[[Attempt], Json]
    makes_sense: Callable[[Attempt], bool] = lambda _: True


def _people(github: SimulatedGitHub) -> Iterator[Account]:
    return (one for one in github.world.accounts.values() if one.type == "User")


def _somebody_new(attempt: Attempt) -> Json:
    world, acts = attempt.github.world, attempt.github.acts
    names = chain(_NEWCOMERS, (f"{name}-{number}" for number in count(2) for name in _NEWCOMERS))
    person = acts.add_user(next(name for name in names if world.find_account(name) is None))
    pull = acts.open_pull_request(
        attempt.repository,
        by=person,
        title="Say hello in the README",
        body="I was reading it, and missed a word of welcome.",
        files={f"docs/hello-{person.login}.md": f"# Hello\n\nFrom {person.login}.\n"},
    )
    return {"number": pull.number, "by": person.login}


def _ask_for_mentor(attempt: Attempt) -> Json:
    pull = attempt.open_pull
    acts = attempt.github.acts
    acts.comment(pull, by=pull.author, body="I could use somebody to ask.\n\n/mentor me")
    return {"number": pull.number, "by": pull.author.login}


def _ask_for_changes(attempt: Attempt) -> Json:
    pull, reviewer = attempt.open_pull, attempt.maintainer
    words = "I like it. Could you add a test, and say in the text what it is for?"
    attempt.github.acts.request_changes(pull, by=reviewer, body=words)
    return {"number": pull.number, "by": pull.author.login}


def _fail_a_check(attempt: Attempt) -> Json:
    pull, acts = attempt.open_pull, attempt.github.acts
    run = acts.start_check(attempt.repository, pull.head_sha, "lint")
    changes = {"title": "1 problem", "summary": "A line is too long.", "conclusion": "failure"}
    path = pull.files[0].path if pull.files else "README.md"
    note = {"path": path, "start_line": 1, "end_line": 1, "annotation_level": "failure"}
    acts.change_check(run, changes, annotations=[note | {"message": "Line too long (112 > 110)"}])
    return {"number": pull.number}


def _whose_turn(attempt: Attempt) -> Json:
    pull = attempt.open_pull
    attempt.github.acts.comment(pull, by=pull.author, body="/turn")
    return {"number": pull.number, "by": pull.author.login}


def _merge(attempt: Attempt) -> Json:
    pull, maintainer = attempt.open_pull, attempt.maintainer
    if pull.is_draft:
        attempt.github.acts.mark_ready(pull)
    attempt.github.acts.merge(pull, by=maintainer)
    return {"number": pull.number}


def _slip(attempt: Attempt) -> Json:
    text = (attempt.config or "") + _SLIP
    attempt.github.acts.edit_file(attempt.repository, CONFIG_PATH, text, by=attempt.maintainer)
    return {}


def _mend(attempt: Attempt) -> Json:
    text = (attempt.config or "").replace(_SLIP, "")
    attempt.github.acts.edit_file(attempt.repository, CONFIG_PATH, text, by=attempt.maintainer)
    return {}


def _has_slip(attempt: Attempt) -> bool:
    return _SLIP in (attempt.config or "")


def _has_pull(attempt: Attempt) -> bool:
    return attempt.pull is not None


TRIES: dict[str, Try] = {
    "newcomer": Try(
        label="Somebody new opens a pull request",
        shows="They are welcomed, and told what happens next.",
        does=_somebody_new,
        makes_sense=lambda attempt: attempt.thread is None,
    ),
    "mentor": Try(
        label="Ask for a mentor",
        shows="Somebody who fits is asked, with the reason.",
        does=_ask_for_mentor,
        makes_sense=_has_pull,
    ),
    "changes": Try(
        label="A reviewer wants changes",
        shows="Now it is the author’s turn.",
        does=_ask_for_changes,
        makes_sense=_has_pull,
    ),
    "turn": Try(
        label="Ask whose turn it is",
        shows="The answer, and what it rests on.",
        does=_whose_turn,
        makes_sense=_has_pull,
    ),
    "check": Try(
        label="Fail a check",
        shows="The ball is with the author, or help is at hand.",
        does=_fail_a_check,
        makes_sense=_has_pull,
    ),
    "merge": Try(
        label="A maintainer merges it",
        shows="A first merge is celebrated.",
        does=_merge,
        makes_sense=_has_pull,
    ),
    "slip": Try(
        label="Make a slip in the config",
        shows="One issue says where; the rest goes on.",
        does=_slip,
        makes_sense=lambda attempt: attempt.config is not None and not _has_slip(attempt),
    ),
    "mend": Try(
        label="Mend the config",
        shows="The issue is closed again.",
        does=_mend,
        makes_sense=_has_slip,
    ),
}
SKIP = "skip"
_TWO_WEEKS = timedelta(days=14)


def offered(attempt: Attempt) -> Sequence[Json]:
    """What there is to try here and now."""
    those = [
        {"name": name, "label": one.label, "shows": one.shows}
        for name, one in TRIES.items()
        if one.makes_sense(attempt)
    ]
    skip = {
        "name": SKIP,
        "label": "Skip two weeks",
        "shows": "Day after day, who is quiet is reminded.",
    }
    return [*those, skip]


async def attempt_it(name: str, attempt: Attempt) -> Json:
    """Do it. RefusedError for what there is not, and for what can't be done here."""
    if name == SKIP:
        await attempt.github.pass_time(_TWO_WEEKS)
        return {}
    found = TRIES.get(name)
    if found is None:
        raise RefusedError(f"Please choose: one of {', '.join([*TRIES, SKIP])}.")
    return found.does(attempt)
