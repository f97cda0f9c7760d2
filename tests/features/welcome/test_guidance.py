from __future__ import annotations

from collections.abc import Sequence

from mentorbot.config.configuration import Configuration
from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.events import IssueOpened, PullRequestOpened
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.feature_api.guidance import guidance, guidance_for
from mentorbot.feature_api.ports import ChangedFile
from mentorbot.features.help.config import Help
from mentorbot.features.mentoring.config import Area, Mentoring
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import GreetingOccasion, opening
from mentorbot.features.welcome.messages import greeting
from tests.builders import a_person, a_pull_request, an_event, an_issue
from tests.fakes import FakeGitHub, FakeGuided, FakePeople, some_ports

ADA = a_person("ada")
AREAS = Mentoring(
    areas={
        "docs": Area(paths=("docs/*",), labels=("topic-docs",), guide="https://example.org/docs"),
        "core": Area(paths=("src/*",), guide="https://example.org/core"),
    }
)
ONLY_LABELS = Mentoring(areas={"docs": Area(labels=("topic-docs",), guide="https://example.org/docs")})
IN_CORE = {2: (ChangedFile("src/a.c", "modified", 1, 1),)}


class WithoutFiles(FakeGitHub):
    """Answers whatever is asked, but for the files of a pull request."""

    async def files(self, number: int) -> Sequence[ChangedFile]:
        raise GitHubUnavailable(f"GitHub is slow with the files of #{number}")


async def said(
    event: IssueOpened | PullRequestOpened,
    github: FakeGitHub,
    *,
    mentoring: Mentoring = AREAS,
    welcome: Welcome | None = None,
) -> str:
    config = welcome or Welcome()
    ports = some_ports(
        configuration=Configuration(exists=True, sections={"mentoring": mentoring}),
        github=github,
        people=FakePeople(known={"ada": ContributorHistory(person=ADA)}),
    )
    occasion = (
        GreetingOccasion.FIRST_PULL_REQUEST
        if isinstance(event, PullRequestOpened)
        else GreetingOccasion.FIRST_ISSUE
    )
    return greeting(occasion, await opening(event, config, ports), config)


async def test_a_first_pull_request_is_shown_the_guide_of_the_area_it_touches() -> None:
    event = an_event(PullRequestOpened, thread=a_pull_request(number=2))
    text = await said(event, FakeGitHub(touched=dict(IN_CORE)))
    assert "https://example.org/core" in text
    assert "/mentor me" in text


async def test_where_short_commands_are_off_the_long_one_asks_for_a_mentor() -> None:
    configuration = Configuration(
        exists=True, sections={"mentoring": AREAS, "help": Help(short_commands=False)}
    )
    assert "Write `/mentorbot mentor me` in" in guidance(configuration, labels=(), paths=()).mentor


async def test_a_mentor_is_offered_to_nobody_who_has_waits_for_or_is_one() -> None:
    configuration = Configuration(exists=True, sections={"mentoring": AREAS})
    guided = FakeGuided(ids=frozenset({ADA.id}))
    found = await guidance_for(
        ADA, some_ports(configuration=configuration, guided=guided), labels=(), paths=("src/a.c",)
    )
    assert (found.mentor, found.mentor_command) == ("", "")
    assert found.guide == "https://example.org/core"
    others = await guidance_for(
        a_person("bob"), some_ports(configuration=configuration, guided=guided), labels=(), paths=()
    )
    assert others.mentor_command == "mentor me"


async def test_who_asks_for_a_mentor_in_the_text_itself_is_offered_none() -> None:
    for body, is_offered in (("Hello\n\n/mentor me", False), ("Is there a `/mentor me` here?", True)):
        text = await said(an_event(IssueOpened, thread=an_issue(number=2, body=body)), FakeGitHub())
        assert ("Would you like a mentor" in text) is is_offered


async def test_a_label_tells_the_area_too() -> None:
    labelled = a_pull_request(number=2, labels=frozenset({"Topic-Docs"}))
    text = await said(an_event(PullRequestOpened, thread=labelled), FakeGitHub())
    assert "https://example.org/docs" in text


async def test_an_issue_costs_no_question_about_files() -> None:
    github = FakeGitHub()
    text = await said(an_event(IssueOpened, thread=an_issue(number=2)), github)
    assert github.asked == ["permission ada"]
    assert "/mentor me" in text


async def test_nothing_is_asked_where_no_guide_depends_on_files() -> None:
    github = FakeGitHub()
    event = an_event(PullRequestOpened, thread=a_pull_request(number=2))
    await said(event, github, mentoring=ONLY_LABELS)
    assert github.asked == ["permission ada"]


async def test_a_greeting_does_not_fail_for_want_of_its_guide() -> None:
    event = an_event(PullRequestOpened, thread=a_pull_request(number=2))
    github = WithoutFiles()
    text = await said(event, github, welcome=Welcome(guide="CONTRIBUTING.md", mentor="Ask Grace."))
    assert "CONTRIBUTING.md" in text
    assert "Ask Grace." in text
