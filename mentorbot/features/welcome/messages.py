"""What a greeting says: that they are seen, who looks, how long it takes, what they can do, whom to ask."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from mentorbot.core.entities import PullRequest
from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.translator import phrase, say, say_plural
from mentorbot.domain.response_time import Estimate
from mentorbot.features.welcome.config import THE_MAINTAINERS, Welcome
from mentorbot.features.welcome.facts import GreetingOccasion, OpenedThread

_HELLO = {
    # Translators: the first line of a greeting; {author} is a login with an @.
    GreetingOccasion.FIRST_ISSUE: phrase(
        "Hi {author}, welcome to **{repo}**. Thank you for your first issue."
    ),
    GreetingOccasion.FIRST_PULL_REQUEST: phrase(
        "Hi {author}, welcome to **{repo}**. Thank you for your first pull request."
    ),
    GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE: phrase(
        "Hi {author}, good to see you again. Thank you for your first pull request."
    ),
    GreetingOccasion.RETURN: phrase(
        "Hi {author}, welcome back to **{repo}**. If anything is unclear, just ask."
    ),
}
_KINDS = {"issue": phrase("issue"), "pull request": phrase("pull request")}
_A_LONG_WAIT = timedelta(days=30)


def greeting(occasion: GreetingOccasion, opening: OpenedThread, config: Welcome) -> str:
    """The greeting: the maintainer's text where there is one, else the built-in one."""
    thread = opening.thread
    pull_request = thread if isinstance(thread, PullRequest) else None
    chosen = config.text_for(pull_request=pull_request is not None, back=occasion is GreetingOccasion.RETURN)
    if chosen.is_built_in:
        return _built_in(occasion, opening, config)
    branch = pull_request.head_ref if pull_request else ""
    return chosen.render(
        author=thread.author.login if thread.author else "",
        repo=as_text(opening.repository.name),
        thread=say(_KINDS[opening.kind]),
        number=str(thread.number),
        title=as_text(thread.title),
        who=_who(config),
        eta=eta(opening.waits) if opening.waits else "",
        draft=_draft() if _is_draft(opening) else "",
        branch=say("your branch {branch}", branch=code(branch)) if branch else "",
        guide=opening.guidance.guide or config.guide,
        mentor=config.mentor or opening.guidance.mentor,
        office_hours=config.office_hours,
    )


def _built_in(occasion: GreetingOccasion, opening: OpenedThread, config: Welcome) -> str:
    author = opening.thread.author
    hello = say(
        _HELLO[occasion],
        author=mention(author) if author else "",
        repo=as_text(opening.repository.name),
    )
    lines = [_what_happens_next(opening, config)]
    if _is_draft(opening):
        # Translators: {how} tells what to press.
        lines.append(say("**Your draft:** {how}", how=_draft()))
    elif occasion is not GreetingOccasion.RETURN:
        lines.append(_until_then(opening))
    lines.append(say("**Questions?** Ask in a comment. People read it; I am a bot."))
    guide = opening.guidance.guide or config.guide
    if guide:
        lines.append(say("**Guide:** {guide}", guide=guide))
    mentor = config.mentor or opening.guidance.mentor
    if mentor:
        # Translators: {mentor} is a sentence that tells how to find a mentor.
        lines.append(say("**A mentor:** {mentor}", mentor=mentor))
    if config.office_hours:
        # Translators: {when} is a day, a time and a place, as the maintainers wrote it.
        lines.append(say("**Office hours:** {when}", when=config.office_hours))
    return f"{hello}\n\n" + "\n".join(f"- {line}" for line in lines)


def _what_happens_next(opening: OpenedThread, config: Welcome) -> str:
    """Who looks, and how long that takes. Of a draft nobody knows: people look when it is ready."""
    looks = (
        say("**What happens next:** the maintainers will look at it.")
        if config.who == THE_MAINTAINERS
        # Translators: {who} is somebody as the maintainers named them, such as "the triage team".
        else say("**What happens next:** {who} will look at it.", who=config.who)
    )
    how_long = eta(opening.waits) if opening.waits and not _is_draft(opening) else ""
    if not how_long:
        how_long = say("If that takes long, it says nothing about your work.")
    return f"{looks} {how_long}"


def _is_draft(opening: OpenedThread) -> bool:
    return isinstance(opening.thread, PullRequest) and opening.thread.draft


def _until_then(opening: OpenedThread) -> str:
    """What they can do, and that nothing has to be done."""
    thread = opening.thread
    if not isinstance(thread, PullRequest):
        return say("**Until then** you can add what you did, what happened, and what you expected.")
    if not thread.head_ref:
        return say("**Until then** you need to do nothing. What you push shows up here.")
    return say(
        "**Until then** you need to do nothing. What you push to {branch} shows up here.",
        branch=code(thread.head_ref),
    )


def _draft() -> str:
    # Translators: "Ready for review" is a button of GitHub's, which is English in every language.
    return say("when it is ready, press **Ready for review** below.")


def _who(config: Welcome) -> str:
    return say(THE_MAINTAINERS) if config.who == THE_MAINTAINERS else config.who


def eta(waits: Estimate) -> str:
    """How long a first answer takes, in a sentence that tells only what was seen; empty for what was not."""
    if waits.half_within is None:
        if waits.half_beyond is None or waits.half_beyond < _A_LONG_WAIT:
            return ""
        return say("Many pull requests here wait more than a month for an answer. It is not about your work.")
    half = in_words(waits.half_within)
    if waits.most_within is None:
        return say("Half of the pull requests here are answered within {half}.", half=half)
    most = in_words(waits.most_within)
    if half == most:
        return say("Most pull requests here are answered within {most}.", most=most)
    return say(
        "Half of the pull requests here are answered within {half}, most within {most}.",
        half=half,
        most=most,
    )


def in_words(wait: timedelta) -> str:
    """A wait as people would put it, rounded up: "an hour", "9 hours", "13 days", "6 weeks", "4 months"."""
    if wait <= timedelta(hours=20):
        # Translators: comes after "within".
        return say_plural("an hour", "{count} hours", _units(wait, timedelta(hours=1)))
    if wait <= timedelta(days=13):
        # Translators: comes after "within".
        return say_plural("a day", "{count} days", _units(wait, timedelta(days=1)))
    if wait <= timedelta(weeks=9):
        # Translators: comes after "within".
        return say_plural("a week", "{count} weeks", _units(wait, timedelta(weeks=1)))
    # Translators: comes after "within".
    return say_plural("a month", "{count} months", _units(wait, timedelta(days=30)))


def _units(wait: timedelta, unit: timedelta) -> int:
    return max(ceil(wait / unit), 1)
