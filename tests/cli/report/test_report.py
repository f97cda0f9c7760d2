"""What a report says, each sentence with its numbers; what isn't known is never zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorbot.cli.feature_commands import known_features
from mentorbot.cli.report import Report, report_of, starter_text, tried_config
from mentorbot.config.configuration import CONFIG_PATH, Source
from mentorbot.core.actions import Occasion
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.survey import MergedWork, OpenPullRequest, OpenThread, PastIssue, ProjectPast
from tests.builders import NOW, a_person
from tests.cli.commanded import command
from tests.cli.report.projects import DAY, a_saved_past, a_survey, a_turn, an_open_pull, survey_at_the_end
from tests.domain.pasts import a_past, act, asks_for_changes


@pytest.fixture(scope="module")
def catalog() -> FeatureCatalog:
    return known_features()


def five_thousand() -> list[OpenPullRequest]:
    kinds = [(Holder.REVIEWERS, 2_100, True), (Holder.AUTHOR, 1_900, True), (Holder.REVIEWERS, 1_000, False)]
    turns = [a_turn(side, certain=certain) for side, count, certain in kinds for _ in range(count)]
    return [an_open_pull(number, turn=turn) for number, turn in enumerate(turns, start=1)]


def test_the_headline_tells_whose_turn_with_its_range(catalog: FeatureCatalog) -> None:
    report = report_of(a_survey(five_thousand()), catalog=catalog)
    assert report.headlines[0] == (
        "About 2,200 (1,900–2,500) of 5,000 open pull requests wait for a review, 1,800 for their author, "
        "1,000 can't be told."
    )


def test_what_was_not_read_is_said_to_be_not_read_and_never_zero(catalog: FeatureCatalog) -> None:
    pulls = [an_open_pull(1, turn=a_turn()), an_open_pull(2)]
    report = report_of(
        a_survey(pulls, total_pulls=10, total_issues=4, incomplete="GitHub's limit"), catalog=catalog
    )
    assert report.headlines[0].endswith(
        "of 10 open pull requests wait for a review, 0 for their author, 9 weren't read."
    )
    work = report.open_work
    assert work is not None
    assert (work.not_read, work.issues_not_read, work.stale.issues, work.newcomers.issues) == (
        9,
        4,
        None,
        None,
    )
    assert report.not_read == ("Not all of what is open was read: GitHub's limit.",)
    unread = report_of(a_survey([an_open_pull()]), catalog=catalog)
    assert unread.headlines[0] == "Whose turn 1 open pull request is wasn't read."
    assert unread.first_days is None


def test_an_empty_repository_is_told_in_one_sentence(catalog: FeatureCatalog) -> None:
    assert report_of(a_survey(), catalog=catalog).headlines == ("No pull request is open.",)


def test_what_stale_bots_would_have_closed_by_now_is_told_by_whose_turn_it_was(
    catalog: FeatureCatalog,
) -> None:
    pulls = [
        an_open_pull(1, turn=a_turn(), days=200, idle=68),
        an_open_pull(2, turn=a_turn(Holder.AUTHOR), days=200, idle=100),
        an_open_pull(3, turn=a_turn(), days=200, idle=66),
        an_open_pull(4, days=200, idle=90),
    ]
    report = report_of(a_survey(pulls), catalog=catalog)
    assert (
        "By its default rules actions/stale would have closed 1 pull request by now that waits for a review, "
        "of 3 idle for more than 67 days." in report.headlines
    )
    assert report.open_work is not None
    assert report.open_work.stale.by_side == {"reviewers": 1, "author": 1, "not read": 1}


def newcomers_work() -> tuple[list[OpenPullRequest], list[OpenThread]]:
    pulls = [
        an_open_pull(
            n, turn=a_turn(days=n), author=a_person(f"new{n}"), days=n, is_newcomers=True, is_answered=False
        )
        for n in range(1, 13)
    ]
    drafted = an_open_pull(
        50,
        turn=a_turn(Holder.AUTHOR),
        author=a_person("d"),
        is_newcomers=True,
        is_answered=False,
        is_draft=True,
    )
    answered = an_open_pull(51, turn=a_turn(), is_newcomers=True, is_answered=True)
    regular = an_open_pull(52, turn=a_turn(), is_answered=False)
    unread = an_open_pull(53, turn=a_turn(), is_newcomers=True)
    issue = OpenThread(
        number=60, title="It leaks", url="https://x.test/60", author=a_person("ivy"), opened_at=NOW - 3 * DAY,
        updated_at=NOW, is_answered=False, is_newcomers=True,
    )  # fmt: skip
    return [*pulls, drafted, answered, regular, unread], [issue]


def test_the_ten_newcomers_are_those_who_wait_for_a_review_the_latest_first(catalog: FeatureCatalog) -> None:
    pulls, issues = newcomers_work()
    base = MergedWork(pull_requests=300, since=NOW - 400 * DAY)
    waits = tuple(Wait(NOW - 90 * DAY, NOW - 90 * DAY + timedelta(days=n), NOW) for n in range(1, 21))
    report = report_of(a_survey(pulls, issues=issues, base=base, waits=waits), catalog=catalog)
    assert report.open_work is not None
    new = report.open_work.newcomers
    assert (new.people, new.pulls, new.issues, new.not_read) == (14, 13, 1, 1)
    # Half are answered within ten days, but after a week nobody should be told to wait.
    assert [one.number for one in new.most_helped] == [7, 8, 9, 10, 11, 12, 1, 2, 3, 4]
    first = new.most_helped[0]
    assert first.author == "new7"
    assert first.evidence == (
        "Opened on 23 February 2026, 7 days ago; nobody else has said anything.",
        "None of the latest 300 merged pull requests here is theirs.",
        "Half of 20 pull requests here had an answer within 10 days.",
        "It waits for a review. Nobody has looked at it yet.",
    )
    assert new.base == (
        "New is whose work is in none of the latest 300 merged pull requests since 26 January 2025; what "
        "came before wasn't read."
    )
    assert (
        "14 first-time contributors have had no answer yet (13 pull requests and 1 issue): here are 10 "
        "where ten minutes help most, each with its evidence." in report.headlines
    )


def test_only_where_all_was_read_everybody_new_is_said_to_have_an_answer(catalog: FeatureCatalog) -> None:
    answered = an_open_pull(1, turn=a_turn(), is_newcomers=True, is_answered=True)
    good = "Every newcomer's open pull request and issue has had an answer."
    assert good in report_of(a_survey([answered]), catalog=catalog).headlines
    unknown = replace(answered, number=2, is_answered=None)
    assert good not in report_of(a_survey([answered, unknown]), catalog=catalog).headlines
    assert good not in report_of(a_survey([answered], total_issues=3), catalog=catalog).headlines


def a_quiet_past(**more: object) -> ProjectPast:
    past = ProjectPast(
        repository="octo/tea",
        until=NOW + 100 * DAY,
        pulls=(replace(a_past(asks_for_changes("bob")), url="https://x.test/7"),),
    )
    return replace(past, **more)  # type: ignore[arg-type]


def test_a_year_tells_reminders_welcomes_and_what_stale_bots_had_closed(catalog: FeatureCatalog) -> None:
    merged = a_past(act(ActKind.MERGED, "bob"), number=8, author=a_person("eve"))
    issue = PastIssue(number=9, title="Tea", url="", author=a_person("ivy"), opened_at=NOW, acts=())
    past = a_quiet_past(pulls=(*a_quiet_past().pulls, merged), issues=(issue,))
    report = report_of(past=past, since=NOW - DAY, catalog=catalog)
    assert report.headlines == (
        (
            "From 1 March 2026 to 10 June 2026 the bot would have written 3 reminders in pull "
            "requests that were open then, 1 of 2: 3 to authors, 0 to reviewers. None would have been closed."
        ),
        (
            "In the same weeks actions/stale with its default settings would have closed 1 pull request and "
            "1 issue; 0 of 1 of these pull requests waited for a review."
        ),
        "3 newcomers would have been welcomed and 1 merge celebrated.",
    )
    year = report.year
    assert year is not None
    assert [(row.name, row.nudges) for row in year.rows] == [
        ("First reminder to the author", 1),
        ("May somebody else carry it on", 1),
        ("Offer of help to the author", 1),
        ("all", 3),
    ]
    assert year.nudges[0].text.startswith("Hi @author, this has been waiting for you since")
    assert "Please add a test." in year.nudges[0].text
    assert (year.mentions.people, year.mentions.most) == (1, 3)
    assert year.nudges[0].to == "@author"


def test_names_are_told_only_where_they_are_wanted(catalog: FeatureCatalog) -> None:
    named = report_of(past=a_quiet_past(), since=NOW - DAY, catalog=catalog, names=True)
    assert named.year is not None
    assert named.year.nudges[0].text.startswith("Hi @ada, this has been waiting")
    assert named.year.mentions.rows[1].names == "ada"


def test_of_a_past_read_in_part_welcomes_are_at_most_and_unread_issues_are_said(
    catalog: FeatureCatalog,
) -> None:
    past = a_quiet_past(known_since=NOW - DAY, has_issues=False, incomplete="it was interrupted", not_read=4,
        caveats=("Teams can't be read.",), read_from=NOW,
    )  # fmt: skip
    report = report_of(past=past, since=NOW - 10 * DAY, catalog=catalog)
    assert report.headlines[-1] == "At most 1 newcomer would have been welcomed and 0 merges celebrated."
    assert "issue" not in report.headlines[1]
    assert [sentence.partition(":")[0] for sentence in report.not_read] == [
        "Not all of the past was read",
        "4 pull requests of the span could not be read, and are in no number.",
        "Teams can't be read.",
        "Some of it is as it was on 2 March 2026.",
        "Issues were not read",
        "The past was read back to 1 March 2026",
        "The span begins on 20 February 2026, but nothing was read before 1 March 2026.",
    ]


def test_what_a_config_leaves_off_is_not_told_as_zero(catalog: FeatureCatalog, tmp_path: Path) -> None:
    file = tmp_path / "mentorbot.yml"
    file.write_text("welcome:\n", encoding="utf-8")
    report = report_of(past=a_quiet_past(), since=NOW - DAY, catalog=catalog, config=file)
    assert report.year is not None
    assert report.year.occasions == {Occasion.GREETING}
    assert not any("reminder" in sentence or "celebrated" in sentence for sentence in report.headlines)
    assert report.config.text == "welcome:\n"


def test_the_first_mornings_are_told_and_that_the_rest_comes_later(catalog: FeatureCatalog) -> None:
    quiet = [
        replace(a_past(asks_for_changes("bob"), number=n, author=a_person(f"p{n}")), opened_at=NOW)
        for n in range(1, 41)
    ]
    past = ProjectPast(repository="octo/tea", until=NOW + 28 * DAY, pulls=tuple(quiet))
    days = report_of(past=past, since=NOW + 27 * DAY, catalog=catalog).first_days
    assert days is not None
    assert 0 < days.first < 40
    assert days.first <= days.week
    assert (days.looked_at, days.total) == (40, 40)
    assert f"{days.first} reminders on the first morning" in days.sentence
    assert "spreads them over the mornings" in days.sentence


def test_the_config_to_commit_is_complete_and_passes_the_check(
    catalog: FeatureCatalog, tmp_path: Path
) -> None:
    file = tmp_path / "mentorbot.yml"
    file.write_text(starter_text(catalog), encoding="utf-8")
    ended = command("check", str(file))
    assert ended.code == 0, ended.out
    for feature in catalog.features:
        if feature.simulates is not None:
            assert feature.starter
            assert feature.name in ended.out


def test_the_repositorys_own_config_is_what_is_simulated(catalog: FeatureCatalog) -> None:
    own = Source("repository", "octo/tea", CONFIG_PATH, "stalled:\n  author: {nudge: false}\n")
    owners = Source("owner", "octo/.github", CONFIG_PATH, "first_merge:\n")
    report = report_of(past=a_quiet_past(config=(own, owners)), since=NOW - DAY, catalog=catalog)
    assert report.year is not None
    assert report.year.nudges == ()
    assert report.year.occasions == {Occasion.NUDGE, Occasion.CELEBRATION}
    assert "author: {nudge: false}" in report.config.text
    assert "first_merge:" in report.config.text


def test_a_mistake_in_the_repositorys_own_config_is_told_and_loses_nobody_the_report(
    catalog: FeatureCatalog, tmp_path: Path
) -> None:
    own = Source("repository", "octo/tea", CONFIG_PATH, "stalled: {aftr: 3}\n")
    report = report_of(past=a_quiet_past(config=(own,)), since=NOW - DAY, catalog=catalog)
    assert "the usual settings, as the repository's has a mistake: .github/mentorbot.yml:1:" in (
        report.config.origin
    )
    assert report.year is not None
    file = tmp_path / "tried.yml"
    file.write_text(own.text or "")
    with pytest.raises(CannotGoOn, match=r"tried\.yml:1:"):
        tried_config(catalog, file=file)


sides = st.sampled_from([*Holder])
turns = st.none() | st.builds(a_turn, sides, days=st.floats(0, 3_000), certain=st.booleans())
pulls = st.lists(
    st.tuples(turns, st.floats(0, 400), st.booleans(), st.sampled_from([None, True, False])), max_size=30
)


@settings(max_examples=60, deadline=None)
@given(drawn=pulls, unseen=st.integers(0, 50))
def test_counts_add_up_whatever_is_open(
    drawn: list[tuple[object, float, bool, bool | None]], unseen: int
) -> None:
    found = [
        an_open_pull(n, turn=turn, days=400, idle=idle, is_newcomers=new, is_answered=answered)  # type: ignore[arg-type]
        for n, (turn, idle, new, answered) in enumerate(drawn, start=1)
    ]
    report = report_of(a_survey(found, total_pulls=len(found) + unseen), catalog=_CATALOG)
    work = report.open_work
    assert work is not None
    assert sum(row.count for row in work.rows) + work.not_read == work.total_pulls == len(found) + unseen
    assert sum(work.stale.by_side.values()) == work.stale.pulls <= len(found)
    assert len(work.newcomers.most_helped) == min(work.newcomers.pulls, 10)
    assert work.newcomers.pulls + work.newcomers.not_read <= len(found)


_CATALOG = known_features()


@pytest.fixture(scope="module")
def whole(catalog: FeatureCatalog) -> Report:
    past = a_saved_past()
    return report_of(survey_at_the_end(past), past, catalog=catalog)


def test_counts_of_a_real_year_add_up(whole: Report) -> None:
    year = whole.year
    assert year is not None
    assert sum(month.authors + month.reviewers for month in year.months) == len(year.nudges) > 0
    assert year.rows[-1].nudges == len(year.nudges) == sum(row.nudges for row in year.rows[:-1])
    for row in year.rows:
        assert row.acted_next + row.others_first + row.nobody == row.nudges
    assert sum(row.people for row in year.mentions.rows) == year.mentions.people
    assert (
        sum(year.stale.sides.values())
        == year.stale.closed_pulls
        <= year.stale.labelled_pulls
        <= year.stale.pulls
    )
    assert year.nudged_pulls <= year.pulls
    assert all(one.is_certain for one in (*year.greetings, *year.celebrations))
