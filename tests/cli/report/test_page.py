"""The page: complete in itself, harmless whatever people wrote, and naming nobody unless that is wanted."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mentorbot.cli.report import Report, json_of, page_of, print_report, report_of
from mentorbot.cli.report.page import MOST_SHOWN, rendered, shares
from mentorbot.domain.timeline import ActKind
from mentorbot.feature_api.survey import ProjectPast
from tests.builders import NOW, a_person
from tests.cli.report.projects import DAY, a_saved_past, a_survey, a_turn, an_open_pull, survey_at_the_end
from tests.domain.pasts import a_past, act, asks_for_changes, says

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>](javascript:alert(1)) "
    '"onclick="x" \x1b[31m ${7*7} {{7*7}}'
)


class Seen(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


@pytest.fixture(scope="module")
def report() -> Report:
    past = a_saved_past()
    return report_of(survey_at_the_end(past), past)


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return page_of(report)


def test_it_loads_nothing_runs_nothing_and_its_policy_forbids_it_to(page: str) -> None:
    seen = Seen(page)
    names = {name for name, _ in seen.tags}
    assert names.isdisjoint(
        {"script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
    )
    for _, attributes in seen.tags:
        assert attributes.keys().isdisjoint({"src", "srcset", "style", "background", "data", "action"})
        assert not any(name.startswith("on") for name in attributes)
    [policy] = [
        one["content"] for one in seen.all("meta") if one.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    [style] = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert "url(" not in style
    assert "@import" not in style


def test_links_lead_to_the_web_or_within_the_page(page: str) -> None:
    ids = {attributes.get("id") for _, attributes in Seen(page).tags}
    for link in Seen(page).all("a"):
        href = link["href"] or ""
        assert href.startswith(("https://", "http://")) or href[1:] in ids, href


def test_every_drawing_is_named_and_has_its_table(page: str) -> None:
    for drawing in Seen(page).all("svg"):
        assert drawing.get("aria-hidden") == "true" or (drawing["role"] == "img" and drawing["aria-label"])
    figures = re.findall("<figure>.*?</figure>", page, re.DOTALL)
    assert len(figures) == 3
    for figure in figures:
        assert "<svg" in figure
        assert "<caption>" in figure
        assert "<figcaption>" in figure


def test_it_says_what_it_is_about_and_has_each_part(page: str, report: Report) -> None:
    for sentence in report.headlines:
        assert sentence.replace("'", "&#39;") in page
    for part in (
        "turns",
        "newcomers",
        "waits",
        "year",
        "reminders",
        "welcomes",
        "merges",
        "stale",
        "start",
        "config",
        "how",
    ):
        assert f'id="{part}"' in page
    assert "785 moments of six projects" in page
    assert "stalled:" in page


def test_what_people_wrote_does_nothing() -> None:
    pull = an_open_pull(
        1, turn=a_turn(), title=HOSTILE, url="javascript:alert(1)", is_newcomers=True, is_answered=False,
        author=a_person("new"),
    )  # fmt: skip
    past = ProjectPast(
        repository="octo/tea",
        until=NOW + 60 * DAY,
        pulls=(
            replace(a_past(asks_for_changes("bob", HOSTILE)), opened_title=HOSTILE, url="data:text/html,x"),
        ),
    )
    page = page_of(report_of(a_survey([pull]), past, since=NOW))
    seen = Seen(page)
    assert {name for name, _ in seen.tags}.isdisjoint({"script", "img"})
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert not any((link["href"] or "").startswith(("javascript:", "data:")) for link in seen.all("a"))
    assert "&lt;script&gt;" in page
    assert "${7*7} {{7*7}}" in page, "no template is filled in"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[b](https://x.test)", '<p><a href="https://x.test" rel="noopener noreferrer">b</a></p>'),
        ("![a](https://x.test/a.png)", "<p></p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("<a href='javascript:alert(1)'>a</a>", '<p><a rel="noopener noreferrer">a</a></p>'),
        (
            "<details open ontoggle=x><summary>s</summary>\n\nt\n\n</details>",
            "<details><summary>s</summary>\n<p>t</p>\n</details>",
        ),
        ("<style>*{}</style><svg onload=x>", ""),
    ],
)  # fmt: skip
def test_comments_are_shown_as_github_shows_them_less_what_could_do_anything(text: str, html: str) -> None:
    assert rendered(text).strip() == html


def test_private_repositories_say_so_on_top() -> None:
    page = page_of(report_of(a_survey([an_open_pull(1, turn=a_turn())], is_private=True)))
    assert "This repository is private" in page
    assert page.index("This repository is private") < page.index("<h1>")
    assert "is private" not in page_of(report_of(a_survey([an_open_pull(1, turn=a_turn())])))


def busy_past() -> ProjectPast:
    talk = [
        says("zebediah", "@quentin-x, did Xaviera-7 see what yolanda_corp wrote? cc @unknownfriend"),
        asks_for_changes("quentin-x", "As zebediah said: ask yolanda_corp, or zebediah's friend."),
        act(ActKind.REVIEW_REQUESTED, "wilhelmina", subject=a_person("xaviera-7")),
        act(ActKind.LABELED, "yolanda_corp", label="bug"),
    ]
    pulls = [
        replace(
            a_past(*talk[: 1 + number % 4], author=a_person("wilhelmina"), number=number),
            opened_title=f"Do what zebediah-and-xaviera-7 want {number}",
        )
        for number in range(1, 9)
    ]
    return ProjectPast(repository="octo/tea", until=NOW + 120 * DAY, pulls=tuple(pulls))


LOGINS = ("zebediah", "quentin-x", "xaviera-7", "yolanda_corp", "wilhelmina", "unknownfriend")


def told_everywhere(report: Report, capsys: pytest.CaptureFixture[str]) -> str:
    print_report(report)
    told = page_of(report) + json.dumps(json_of(report)) + capsys.readouterr().out
    return told.replace("\\\\", "").replace("\\u200b", "").replace("\u200b", "").replace("\\", "").lower()


def test_nobody_is_named_anywhere_but_newcomers_who_wait(capsys: pytest.CaptureFixture[str]) -> None:
    past = busy_past()
    waiting = an_open_pull(
        90, turn=a_turn(), author=a_person("newcomer-n"), is_newcomers=True, is_answered=False,
        title="As @zebediah and newcomer-n said",
    )  # fmt: skip
    told = told_everywhere(report_of(a_survey([waiting]), past, since=NOW - DAY), capsys)
    for login in LOGINS:
        assert login not in told
    assert "@newcomer-n" in told
    named = told_everywhere(report_of(a_survey([waiting]), past, since=NOW - DAY, names=True), capsys)
    assert "wilhelmina" in named
    assert "quentin-x" in named


def test_nobody_of_a_real_project_is_named(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    past = a_saved_past()
    assert report.open_work is not None
    shown = {one.author.lower() for one in report.open_work.newcomers.most_helped}
    people = {
        act.by.login for pull in past.pulls for act in pull.acts if act.by is not None and not act.by.is_bot
    }
    people |= {pull.author.login for pull in past.pulls if pull.author is not None}
    people |= {issue.author.login for issue in past.issues if issue.author is not None}
    told = told_everywhere(report, capsys)
    for login in sorted(people - {"bitcoin-core"}):
        if login.lower() in shown:
            continue
        assert not re.search(rf"(?<![\w-]){re.escape(login.lower())}(?![\w-])", told), login


def test_of_very_many_messages_the_latest_are_shown_and_the_others_counted(report: Report) -> None:
    assert report.year is not None
    many = replace(report.year, nudges=report.year.nudges[:1] * (MOST_SHOWN + 5))
    page = page_of(replace(report, year=many))
    assert f"{MOST_SHOWN + 5} messages, the latest {MOST_SHOWN} of them here" in page


def test_parts_of_a_bar_fill_it_and_no_more() -> None:
    assert shares([1, 0, 3], 4) == [{"x": 0, "width": 25}, {"x": 25, "width": 0}, {"x": 25, "width": 75}]
