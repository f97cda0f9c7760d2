from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.config.durations import Duration
from mentorbot.config.templates import Template
from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.entities import Issue
from mentorbot.core.people import Association
from mentorbot.core.plan import Plan
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.feature_api.records import Record
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import Greeted, OpenedThread
from mentorbot.features.welcome.rules import welcome
from tests import plans
from tests.builders import NOW, a_person, a_pull_request, a_repository, an_issue

ADA = a_person("ada")
A_YEAR_AGO = datetime(2025, 2, 14, 12, 0, tzinfo=UTC)
WELCOMES_BACK = Welcome(back_after=Duration.parse("1 year"))


def comment_in(decision: Plan) -> Comment:
    return plans.comment_in(decision, beside=(Remember,))


def someone_who_did(
    *,
    issues: int = 0,
    pull_requests: int = 0,
    reviews: int = 0,
    insider: bool = False,
    contributor: bool = False,
    last_seen: datetime | None = None,
    certain: bool = True,
) -> ContributorHistory:
    return ContributorHistory(
        person=ADA,
        issues=issues,
        pull_requests=pull_requests,
        reviews=reviews,
        insider=insider,
        contributor=contributor,
        last_seen=last_seen,
        certain=certain,
    )


def an_opening(thread: Issue, past: ContributorHistory | None = None, **different: object) -> OpenedThread:
    opening = OpenedThread(
        now=NOW + timedelta(seconds=2),
        repository=a_repository(),
        thread=thread,
        by=thread.author or a_person("ghost"),
        past=past or someone_who_did(),
    )
    return replace(opening, **different)  # type: ignore[arg-type]  # any field, as the case wants


def greeted_in(number: int, *, at: datetime) -> Record[Greeted]:
    return Record(Greeted.KIND, str(ADA.id), Greeted(number, at), version=3)


@pytest.mark.parametrize(
    ("opening", "config", "key", "because", "says"),
    [
        pytest.param(
            an_opening(an_issue()),
            Welcome(),
            f"person {ADA.id}/issue",
            "first issue by @ada",
            "welcome to **rockets**. Thank you for your first issue.",
            id="first issue of somebody who never did anything here",
        ),
        pytest.param(
            an_opening(a_pull_request()),
            Welcome(),
            f"person {ADA.id}/pull request",
            "first pull request by @ada",
            "welcome to **rockets**. Thank you for your first pull request.",
            id="first pull request of somebody who never did anything here",
        ),
        pytest.param(
            an_opening(a_pull_request(), someone_who_did(issues=2)),
            Welcome(),
            f"person {ADA.id}/pull request",
            "first pull request by @ada, who had opened an issue before",
            "good to see you again",
            id="first pull request after an issue: other words, same occasion",
        ),
        pytest.param(
            an_opening(a_pull_request(), someone_who_did(issues=1, last_seen=A_YEAR_AGO)),
            WELCOMES_BACK,
            f"person {ADA.id}/pull request",
            "first pull request by @ada, who had opened an issue before",
            "your first pull request",
            id="first pull request long after an issue is a first, no return",
        ),
        pytest.param(
            an_opening(a_pull_request(), someone_who_did(pull_requests=3, last_seen=A_YEAR_AGO)),
            WELCOMES_BACK,
            f"person {ADA.id}/back, last seen 2025-02-14",
            "@ada is back, last seen on 14 February 2025",
            "welcome back to **rockets**",
            id="back with a pull request after more than a year",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(reviews=1, last_seen=A_YEAR_AGO)),
            WELCOMES_BACK,
            f"person {ADA.id}/back, last seen 2025-02-14",
            "@ada is back, last seen on 14 February 2025",
            "welcome back to **rockets**",
            id="back with an issue after more than a year",
        ),
        pytest.param(
            an_opening(a_pull_request(association=Association.FIRST_TIME_CONTRIBUTOR)),
            Welcome(),
            f"person {ADA.id}/pull request",
            "first pull request by @ada",
            "first pull request",
            id="GitHub calls them a first-time contributor",
        ),
        pytest.param(
            an_opening(an_issue(), now=NOW + timedelta(days=7)),
            Welcome(),
            f"person {ADA.id}/issue",
            "first issue by @ada",
            "first issue",
            id="seven days late is still in time",
        ),
        pytest.param(
            an_opening(an_issue(author="abbot")),
            Welcome(),
            f"person {ADA.id}/issue",
            "first issue by @abbot",
            "Hi @abbot",
            id="a name that merely ends like a bot's",
        ),
        pytest.param(
            an_opening(a_pull_request()),
            Welcome(issue=None),
            f"person {ADA.id}/pull request",
            "first pull request by @ada",
            "first pull request",
            id="greetings on issues are off, on pull requests on",
        ),
    ],
)
def test_somebody_is_greeted(
    opening: OpenedThread, config: Welcome, key: str, because: str, says: str
) -> None:
    decision = welcome(opening, config)
    comment = comment_in(decision)
    assert comment.key == key
    assert decision.because == because
    assert says in comment.body
    assert comment.number == opening.thread.number
    assert comment.occasion is Occasion.GREETING
    assert comment.mentions == (opening.thread.author,)


@pytest.mark.parametrize(
    ("opening", "config", "because"),
    [
        pytest.param(
            an_opening(an_issue()),
            Welcome(issue=None),
            "greetings on issues are switched off here",
            id="greetings on issues are off",
        ),
        pytest.param(
            an_opening(a_pull_request()),
            Welcome(pull_request=None, back_after=Duration.parse("1 year")),
            "greetings on pull requests are switched off here",
            id="greetings on pull requests are off, returns too",
        ),
        pytest.param(
            an_opening(an_issue(author=None)),
            Welcome(),
            "the account that opened this is gone",
            id="a deleted account",
        ),
        pytest.param(
            an_opening(a_pull_request(author=a_person("dependabot[bot]", is_bot=True))),
            Welcome(),
            "@dependabot[bot] is a bot",
            id="a bot",
        ),
        pytest.param(
            an_opening(a_pull_request(author="gentoo-bot")),
            Welcome(),
            "@gentoo-bot looks like a script with an ordinary account",
            id="a script that by its name says what it is",
        ),
        pytest.param(
            an_opening(a_pull_request(author="miss-islington")),
            Welcome(robots=("@Miss-Islington",)),
            "@miss-islington looks like a script with an ordinary account",
            id="a script that the maintainers named",
        ),
        pytest.param(
            an_opening(an_issue(association=Association.MANNEQUIN)),
            Welcome(),
            "@ada stands in for somebody elsewhere: this was imported",
            id="a mannequin",
        ),
        pytest.param(
            an_opening(an_issue(), by=a_person("grace")),
            Welcome(),
            "@grace brought this here, not its author @ada",
            id="an issue that somebody transferred",
        ),
        pytest.param(
            an_opening(a_pull_request(), now=NOW + timedelta(days=7, seconds=1)),
            Welcome(),
            "this was opened more than a week ago: too late for a greeting",
            id="too late",
        ),
        pytest.param(
            replace(an_opening(a_pull_request(association=Association.MEMBER)), past=None),
            Welcome(),
            "@ada belongs to the project",
            id="a member",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(insider=True)),
            Welcome(),
            "@ada belongs to the project",
            id="a collaborator, as we know from elsewhere",
        ),
        pytest.param(
            an_opening(a_pull_request(), may_merge=True),
            Welcome(),
            "@ada belongs to the project",
            id="somebody who may merge, whom GitHub calls nobody",
        ),
        pytest.param(
            an_opening(a_pull_request(number=7), greeted=greeted_in(8, at=NOW + timedelta(seconds=5))),
            Welcome(),
            "@ada was greeted in #8 already, which was opened after this",
            id="greeted on what was opened later, but delivered before",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(issues=1)),
            Welcome(),
            "@ada was here before: one issue",
            id="a second issue",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(pull_requests=2, reviews=1)),
            Welcome(),
            "@ada was here before: 2 pull requests and one review",
            id="a first issue after pull requests and a review",
        ),
        pytest.param(
            an_opening(a_pull_request(), someone_who_did(reviews=3)),
            Welcome(),
            "@ada was here before: 3 reviews",
            id="a first pull request of a reviewer",
        ),
        pytest.param(
            an_opening(a_pull_request(association=Association.CONTRIBUTOR)),
            Welcome(),
            "@ada was here before: commits",
            id="a contributor of commits alone, as GitHub says",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(contributor=True)),
            Welcome(),
            "@ada was here before: commits",
            id="a contributor of commits alone, as we know from elsewhere",
        ),
        pytest.param(
            an_opening(a_pull_request(), someone_who_did(pull_requests=1, last_seen=A_YEAR_AGO)),
            Welcome(),
            "@ada was here before: one pull request",
            id="back after a year where returns are not greeted",
        ),
        pytest.param(
            an_opening(a_pull_request(), someone_who_did(pull_requests=1, last_seen=A_YEAR_AGO)),
            Welcome(back=None, back_after=Duration.parse("1 year")),
            "@ada was here before: one pull request",
            id="back after a year where the greeting for it is off",
        ),
        pytest.param(
            an_opening(
                a_pull_request(), someone_who_did(pull_requests=1, last_seen=NOW - timedelta(days=364))
            ),
            WELCOMES_BACK,
            "@ada was here before: one pull request",
            id="back after less than a year",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(contributor=True)),
            WELCOMES_BACK,
            "@ada was here before: commits",
            id="somebody of whom nobody knows when they were here",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(certain=False)),
            Welcome(),
            "it is not certain yet whether @ada was here before",
            id="seemingly new, but the past is not known yet",
        ),
        pytest.param(
            an_opening(an_issue(), someone_who_did(pull_requests=1, last_seen=A_YEAR_AGO, certain=False)),
            WELCOMES_BACK,
            "it is not certain yet whether @ada was here before",
            id="seemingly back, but the past is not known yet",
        ),
    ],
)
def test_somebody_is_left_alone(opening: OpenedThread, config: Welcome, because: str) -> None:
    decision = welcome(opening, config)
    assert not decision.acts
    assert decision.because == because


def test_the_same_person_has_the_same_key_under_another_login() -> None:
    renamed = a_person("ada-lovelace", id=ADA.id)
    before, after = an_opening(an_issue()), an_opening(an_issue(number=9, author=renamed))
    assert comment_in(welcome(before, Welcome())).key == comment_in(welcome(after, Welcome())).key


def test_issue_and_pull_request_are_two_occasions() -> None:
    first, second = an_opening(an_issue()), an_opening(a_pull_request())
    assert comment_in(welcome(first, Welcome())).key != comment_in(welcome(second, Welcome())).key


def test_each_return_is_an_occasion_of_its_own() -> None:
    def key(last_seen: datetime) -> str:
        opening = an_opening(an_issue(), someone_who_did(issues=1, last_seen=last_seen))
        return comment_in(welcome(opening, WELCOMES_BACK)).key

    assert key(A_YEAR_AGO) != key(A_YEAR_AGO - timedelta(days=400))


def test_the_maintainers_own_words_are_used() -> None:
    config = Welcome(issue=Template("Hello ${author}, about #${number} in ${repo}."))
    comment = comment_in(welcome(an_opening(an_issue(number=7)), config))
    assert comment.body == "Hello ada, about #7 in rockets."


def test_an_issue_is_greeted_also_where_the_pull_request_after_it_arrived_first() -> None:
    opening = an_opening(an_issue(number=7), greeted=greeted_in(8, at=NOW + timedelta(seconds=5)))
    assert "first issue" in comment_in(welcome(opening, Welcome())).body


def test_somebody_who_was_greeted_on_an_issue_is_greeted_on_the_pull_request_after_it() -> None:
    opening = an_opening(
        a_pull_request(number=9), someone_who_did(issues=1), greeted=greeted_in(8, at=NOW - timedelta(days=1))
    )
    decision = welcome(opening, Welcome())
    (kept,) = (action for action in decision.actions if isinstance(action, Remember))
    assert "good to see you again" in comment_in(decision).body
    assert (kept.key, kept.value["number"], kept.expected, kept.whose) == (str(ADA.id), 9, 3, ADA.id)
