"""Where short commands are off, nobody is told to write one."""

from __future__ import annotations

import re

from mentorbot.config.section import Section
from mentorbot.config.templates import BUILT_IN
from mentorbot.core.actions import Comment, PublishCheckRun
from mentorbot.features.review_exchange.config import ReviewExchange
from tests.builders import a_person
from tests.features.review_exchange.project import Project


class LongCommandsOnly(Section):
    short_commands: bool = False


async def test_where_short_commands_are_off_every_text_of_the_exchange_names_the_long_ones() -> None:
    section = ReviewExchange(check_run=True, checklist=BUILT_IN)
    project = Project(section=section, other_sections={"help": LongCommandsOnly()})
    project.people.met["ada"] = a_person("ada")
    draft, number, his = [await project.opens("ada", draft=draft) for draft in (True, False, False)]
    await project.says("ada", draft, "/exchange")
    await project.says("ada", number, "/exchange")  # a first review is free
    await project.says("ada", his, "/exchange")
    theirs = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", theirs)
    await project.says("ada", theirs, "/credits")
    project.reacts("bob", theirs, "-1")
    await project.wait(hours=1)
    for asked in ("/credits @no!body", "/credits give", "/credits give @ada 0", "/thanks"):
        await project.says("olga", theirs, asked)
    told = [answer.text for answer in project.answers]
    told += [comment.body for comment in project.actions(Comment)]
    told += [f"{run.title} {run.summary}" for run in project.actions(PublishCheckRun)]
    found = set(re.findall(r"(?<!\S)[`]?(/\w+(?: \w+)?)", "\n".join(told)))
    assert found == {
        "/mentorbot credits",
        "/mentorbot exchange",
        "/mentorbot suggest",
        "/mentorbot thanks",
    }
