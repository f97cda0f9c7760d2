"""What a bot has done to the simulated GitHub, as far as it has to be the same in two runs of one load."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from bench.recorded_acts import Stage
from mentorbot.sandbox.model import Comment, Issue, PullRequest

_MARKER = re.compile(r"<!-- mentorbot:(\S+) -->\s*\Z")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?")
_SHA = re.compile(r"\b[0-9a-f]{40}\b")
_DELIVERY = re.compile(r", [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_SAID = re.compile(r"(?<=comment )\d+|(?<=review )\d+")


@dataclass(frozen=True, slots=True, order=True)
class Effect:
    """Something the bot did: `what`, where, and on what occasion (a comment's key)."""

    what: str
    where: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.what} in {self.where} {self.key}".rstrip()

    @property
    def is_advice(self) -> bool:
        """True for a comment that nobody asked for, greetings and celebrations aside: those always come."""
        feature = self.key.partition("/")[0]
        return self.what == "comment" and feature not in {"answers", "welcome", "first_merge"}


def effects_on(stages: Sequence[Stage]) -> Counter[Effect]:
    """Everything the bot did, and how often.

    Texts don't count, nor whether a reaction says yes or no: they tell times and what is the case then, and a
    delivery that got lost is worked off when its thread may have been closed.
    """
    return Counter(effect for stage in stages for effect in _in(stage))


def _in(stage: Stage) -> Iterator[Effect]:
    bot = stage.github.app.bot
    for thread in stage.repository.threads.values():
        where = thread.reference
        if thread.author is bot:
            yield Effect("issue", stage.repository.full_name, _key(thread.body or "", stage))
        for comment in thread.comments.values():
            if comment.author is bot:
                key = _key(comment.body, stage)
                # What is said to somebody once comes in whichever of their threads is heard first.
                yield Effect("comment", stage.repository.full_name if "/person " in key else where, key)
        yield from _reactions(thread, stage)
        # Labels are states, not acts: what counts is which ones it wears in the end. They follow the turn of
        # what is open; which one a thread wore as it was closed is a matter of moments.
        if thread.state == "open":
            yield from (Effect("label", where, one.name) for one in thread.labels.values())
        if isinstance(thread, PullRequest):
            for run in stage.github.world.check_runs.values():
                if run.suite.app is stage.github.app and run.head_sha == thread.head_sha:
                    yield Effect("check run", where, run.name)
            yield from (Effect("review request", where, one) for one in sorted(_asked(thread)))


def _asked(pull: PullRequest) -> Iterator[str]:
    for one in pull.requested.values():
        yield getattr(one, "login", None) or one.node_id


def _reactions(thread: Issue, stage: Stage) -> Iterator[Effect]:
    bot = stage.github.app.bot
    said: list[tuple[str, Comment]] = [
        (stage.said.get(id_, str(id_)), comment) for id_, comment in thread.comments.items()
    ]
    for name, comment in said:
        for reaction in comment.reactions.values():
            if reaction.user is bot:
                yield Effect("reaction", thread.reference, f"to {name}")
    for reaction in thread.reactions.values():
        if reaction.user is bot:
            yield Effect("reaction", thread.reference, "to its text")


def _key(body: str, stage: Stage) -> str:
    """A comment's key in words that are the same in every run."""
    found = _MARKER.search(body)
    key = unquote(found[1]) if found else "(no key)"
    key = _SHA.sub("<commit>", _TIME.sub("<time>", _DELIVERY.sub("", key)))
    return _SAID.sub(lambda id_: stage.said.get(int(id_[0]), id_[0]), key)


@dataclass(frozen=True, slots=True)
class Difference:
    """What one run did otherwise than the quiet one.

    `otherwise` is advice that was decided otherwise where a lost delivery was fetched back, and heard after
    later ones of its thread: it is decided on the state of then (a second review makes up for the first); and
    what was left unsaid in one of the runs, as its thread was closed by the time it was to be said.
    """

    lost: tuple[Effect, ...]
    doubled: tuple[Effect, ...]
    wrong: tuple[Effect, ...]
    otherwise: tuple[Effect, ...] = ()


def compared(
    quiet: Counter[Effect],
    wild: Counter[Effect],
    *,
    out_of_order: Collection[str] = (),
    unsaid: Collection[str] = (),
) -> Difference:
    """What never came, came twice, or had no reason to come.

    `out_of_order` are threads heard so, `unsaid` the keys of what was left unsaid in closed threads.
    """
    lost, wrong = only_in(quiet, wild), only_in(wild, quiet)
    excused = [
        one
        for one in (*lost, *wrong)
        if one.key in unsaid or (one.is_advice and _is_of_one(one, out_of_order))
    ]
    return Difference(
        lost=tuple(one for one in lost if one not in excused),
        doubled=tuple(sorted(effect for effect, times in wild.items() if times > max(1, quiet[effect]))),
        wrong=tuple(one for one in wrong if one not in excused),
        otherwise=tuple(excused),
    )


def _is_of_one(effect: Effect, threads: Collection[str]) -> bool:
    """What is said to somebody once may come of any thread of the repository."""
    return any(effect.where in {thread, thread.partition("#")[0]} for thread in threads)


def only_in(one: Counter[Effect], other: Counter[Effect]) -> list[Effect]:
    """What is in one run and not in the other."""
    return sorted(effect for effect in one if effect not in other)
