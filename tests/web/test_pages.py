from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from mentorbot.config.other_bots.reading import Habit, OtherBot
from mentorbot.core.actions import (
    Action,
    AddLabel,
    Comment,
    MinimizeComment,
    Occasion,
    OpenIssue,
    RemoveLabel,
    RequestReview,
)
from mentorbot.core.journal import Outcome
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import WouldHaveSaid
from tests.builders import a_person
from tests.web.known import A_PROBLEM, NOW, KnownOverview, a_parked_effect, a_repository, an_entry
from tests.web.served import Served

SOON = NOW + timedelta(minutes=5)


async def page(site: Served, path: str) -> tuple[int, str]:
    async with site.http.get(site.url + path) as answer:
        return answer.status, await answer.text()


async def test_the_first_page_says_what_this_is_and_how_it_is_doing(
    site: Served, overview: KnownOverview
) -> None:
    overview.last_delivery_at = NOW - timedelta(minutes=3)
    overview.parked = [a_parked_effect(), a_parked_effect()]
    overview.repositories = [a_repository(), a_repository("octo/secret", private=True)]
    overview.reading = {"octo/tea": 12}
    status, text = await page(site, "/")
    assert status == 200
    for said in ("welcomes people", "3 minutes ago", "2 set aside", "octo/tea", "12 pages read"):
        assert said in text
    assert "octo/secret" not in text


async def test_a_bot_that_has_heard_nothing_yet_says_so(site: Served) -> None:
    _, text = await page(site, "/")
    assert "nothing yet" in text


async def test_a_repository_s_page_shows_features_problems_and_the_latest_decisions(
    site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository(problems=(A_PROBLEM,))]
    overview.entries = [
        an_entry("first pull request by @ada"),
        an_entry("@grace was here before", outcome=Outcome.NOTHING),
    ]
    status, text = await page(site, "/octo/tea")
    assert status == 200
    for said in (
        "first_merge",
        "did you mean <code>message</code>",
        "first pull request by @ada",
        "Left it alone:",
    ):
        assert said in text
    assert 'href="/octo/tea/7"' in text
    assert 'href="https://github.com/octo/tea"' in text


async def test_a_repository_s_page_names_the_other_bots_that_act_there(
    site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository()]
    assert "Other bots here" not in (await page(site, "/octo/tea"))[1]

    path = ".github/workflows/<b>greet.yml"
    habits = (Habit.GREETS_ISSUES, Habit.CLOSES_ISSUES)
    overview.repositories = [
        a_repository(other_bots=(OtherBot(name="a/b", path=path, line=7, habits=habits),))
    ]
    _, text = await page(site, "/octo/tea")
    said = " ".join(text.split())
    assert "Other bots here" in said
    assert "<strong>a/b</strong> (.github/workflows/&lt;b&gt;greet.yml, line 7):" in said
    assert "greets people on their first issue; closes issues</li>" in said
    assert "<code>other_bots</code>" in said


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        pytest.param(
            {"outcome": Outcome.DONE, "url": "https://github.com/octo/tea/issues/7#1"},
            ("Acted:", 'href="https://github.com/octo/tea/issues/7#1"'),
            id="done, with its link",
        ),
        pytest.param(
            {"outcome": Outcome.DONE, "refused": True}, ("Refused:", 'class="refused"'), id="told no"
        ),
        pytest.param(
            {"outcome": Outcome.WAITING, "why": "a limit", "next_try": SOON},
            ("Waits:", "first issue; a limit", "tried again at 2026-02-09 12:05 UTC"),
            id="waiting",
        ),
        pytest.param(
            {"outcome": Outcome.DROPPED, "why": "silence"},
            ("Dropped it:", "first issue; silence"),
            id="dropped",
        ),
        pytest.param({"outcome": Outcome.FAILED, "why": "no"}, ("Failed:", "first issue; no"), id="failed"),
        pytest.param({"outcome": Outcome.SHADOWED}, ("Would have said it:", 'class="shadowed"'), id="shadow"),
        pytest.param({"outcome": Outcome.UNKNOWN}, ("Decided:",), id="nobody knows"),
    ],
)
async def test_what_became_of_a_decision_is_told_beside_it(
    site: Served, overview: KnownOverview, entry: dict[str, object], said: Sequence[str]
) -> None:
    overview.repositories = [a_repository()]
    overview.entries = [an_entry("first issue", **entry)]
    _, text = await page(site, "/octo/tea/7")
    for words in said:
        assert words in text
    assert ("Acted" in text) == (said[0] == "Acted:")


@pytest.mark.parametrize(
    ("has_config", "said"),
    [
        pytest.param(True, "names no feature yet", id="an empty config"),
        pytest.param(False, "nothing is ever written here", id="no config"),
    ],
)
async def test_a_repository_in_which_nothing_is_on_says_why(
    has_config: bool, said: str, site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository(has_config=has_config, features_on=())]
    _, text = await page(site, "/octo/tea")
    assert said in text
    assert "Nothing has happened here" in text


async def test_a_thread_s_page_says_what_was_done_there_and_why(
    site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository()]
    overview.entries = [an_entry("first pull request by @ada"), an_entry("something else", number=8)]
    _, text = await page(site, "/octo/tea/7")
    assert "first pull request by @ada" in text
    assert "something else" not in text
    assert '<time datetime="2026-02-09T11:57:00+00:00"' in text


async def test_a_thread_nobody_heard_of_has_a_page_that_says_so(
    site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository()]
    status, text = await page(site, "/octo/tea/99")
    assert status == 200
    assert "has not heard of #99" in text


async def test_what_people_wrote_cannot_become_html(site: Served, overview: KnownOverview) -> None:
    overview.repositories = [a_repository()]
    overview.entries = [an_entry("<script>alert(1)</script>")]
    _, text = await page(site, "/octo/tea/7")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("path", ["/", "/octo/tea", "/octo/none", "/no/such/page/at/all"])
async def test_every_page_forbids_scripts_and_frames(
    path: str, site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository()]
    async with site.http.get(site.url + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script" not in text
    assert 'style="' not in text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/octo/none", id="no such repository"),
        pytest.param("/octo/secret", id="a private one"),
        pytest.param("/octo/secret/7", id="a thread in it"),
    ],
)
async def test_without_login_private_and_unknown_look_the_same(
    path: str, site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository("octo/secret", private=True)]
    overview.entries = [an_entry("a secret")]
    status, text = await page(site, path)
    assert status == 404
    assert "GITHUB_CLIENT_ID" in text
    assert "a secret" not in text


async def test_a_page_that_does_not_exist_says_so_in_words(site: Served) -> None:
    status, text = await page(site, "/no/such/page/at/all")
    assert status == 404
    assert "There is no such page" in text


async def test_what_is_not_asked_for_with_get_is_refused_plainly(site: Served) -> None:
    async with site.http.post(site.url + "/octo/tea") as answer:
        assert answer.status == 405


async def test_a_mistake_of_ours_is_logged_and_told_kindly(site: Served, overview: KnownOverview) -> None:
    overview.repositories = [a_repository(problems=None)]
    overview.entries = [an_entry("x", at=None)]
    status, text = await page(site, "/octo/tea")
    assert status == 500
    assert "The mistake is ours" in text
    assert "Traceback" not in text


async def test_style_and_icon_are_served(site: Served) -> None:
    for path in ("/static/style.css", "/static/icon.svg"):
        assert (await page(site, path))[0] == 200


async def test_whoever_the_bot_wrote_to_reads_what_it_is_how_it_stops_and_whom_to_ask(
    site: Served, overview: KnownOverview
) -> None:
    overview.run_by = Person(2, "octo")
    status, text = await page(site, "/about")
    assert status == 200
    for said in (
        "What is this bot that wrote to me?",
        "<code>/mentorbot why</code>",
        "<code>/mentorbot leave me alone</code>",
        "deleted",
        '<a href="https://github.com/octo">octo</a>',
        "docs/privacy.md",
    ):
        assert said in text
    assert 'href="/about"' in (await page(site, "/"))[1], "the first page leads there, too"


async def test_where_nobody_tells_who_runs_it_the_project_s_people_know(site: Served) -> None:
    status, text = await page(site, "/about")
    assert status == 200
    assert "ask the same people" in text


async def test_a_repository_that_was_tidied_is_told_how_it_gets_the_bot_back(
    site: Served, overview: KnownOverview
) -> None:
    overview.repositories = [a_repository(has_config=False, features_on=(), tidied=True)]
    _, text = await page(site, "/octo/tea")
    assert "until <code>.github/mentorbot.yml</code> is changed" in text
    assert "There is no" not in text


ADA = a_person("ada")
NOT_SAID = [
    (
        Comment(key="k", number=7, body="Hi @ada\n<b>hello</b>", occasion=Occasion.GREETING, mentions=(ADA,)),
        "A comment to @ada:",
    ),
    (Comment(key="k", number=7, body="Hi", occasion=Occasion.NUDGE), "A comment:"),
    (RequestReview(key="k", number=7, reviewer=ADA), "A review request to @ada:"),
    (RequestReview(key="k", number=7, team="triage"), "A review request to triage:"),
    (OpenIssue(key="k", title="A list", body="- one"), "An issue, “A list”:"),
    (AddLabel(key="k", number=7, label="stalled"), "The label “stalled”:"),
    (RemoveLabel(key="k", number=7, label="stalled"), "Taking off the label “stalled”:"),
    (MinimizeComment(key="k", number=7, comment="x"), "A small change:"),
]


@pytest.mark.parametrize(("action", "said"), NOT_SAID, ids=[said for _, said in NOT_SAID])
async def test_in_shadow_the_page_says_so_and_what_would_have_been_said(
    site: Served, overview: KnownOverview, action: Action, said: str
) -> None:
    told = WouldHaveSaid(at=NOW, feature="welcome", action=action, because="first issue by @ada")
    overview.repositories = [a_repository(would_have_said=[told])]
    _, text = await page(site, "/octo/tea")
    assert "Shadow mode: nothing is written here." in text
    assert said in text
    assert "first issue by @ada" in text
    assert "<b>" not in text
    assert ("&lt;b&gt;hello" in text) == ("hello" in getattr(action, "body", ""))


async def test_a_shadow_in_which_nothing_happened_yet_says_so(site: Served, overview: KnownOverview) -> None:
    overview.repositories = [a_repository(would_have_said=[])]
    _, text = await page(site, "/octo/tea")
    assert "Nothing so far." in text
