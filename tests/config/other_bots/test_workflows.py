"""Which workflows greet, celebrate or remind: by what starts them, and under which conditions."""

from __future__ import annotations

import textwrap

import pytest

from mentorbot.config.other_bots.families import worth_reading
from mentorbot.config.other_bots.found import MOST_BOTS, found_in
from mentorbot.config.other_bots.importing import import_from
from mentorbot.config.other_bots.reading import Habit

PATH = ".github/workflows/bot.yml"
FIRST = """
    - uses: actions/first-interaction@v1
      with: {issue-message: Hello there, pr-message: Hello here}"""
STALE = """
    - uses: actions/stale@v9
      with: {stale-pr-message: Old, stale-issue-message: Old, days-before-close: -1}"""
COMMENT = """
    - uses: peter-evans/create-or-update-comment@v4
      with: {issue-number: 1, body: Welcome}"""

OPENED = "{issues: {types: [opened]}}"
NEWCOMER = "github.event.pull_request.author_association == 'FIRST_TIME_CONTRIBUTOR'"


def workflow(on: str, steps: str, *, job: str = "") -> str:
    more = textwrap.indent(job, "    ")
    return f"on: {on}\njobs:\n  one:\n    runs-on: ubuntu-latest\n{more}\n    steps:{steps}\n"


def habits(*texts: str) -> set[Habit]:
    files = {f".github/workflows/{place}.yml": text for place, text in enumerate(texts)}
    return {habit for bot in found_in(files) for habit in bot.habits}


ISSUES, PULLS, MERGES = Habit.GREETS_ISSUES, Habit.GREETS_PULL_REQUESTS, Habit.CELEBRATES_MERGES
STALE_PULLS, STALE_ISSUES = Habit.NUDGES_PULL_REQUESTS, Habit.NUDGES_ISSUES


@pytest.mark.parametrize(
    ("on", "does"),
    [
        ("[issues, pull_request_target]", {ISSUES, PULLS}),
        ("issues", {ISSUES}),
        ("{issues: {types: [opened]}}", {ISSUES}),
        ("{issues: {types: opened}, pull_request: {types: [opened, edited]}}", {ISSUES, PULLS}),
        ("{issues: {types: [closed, labeled]}}", set()),
        ("{pull_request: {branches: [main]}}", {PULLS}),
        ("{pull_request: {types: [closed]}}", set()),
        ("push", set()),
        ("workflow_dispatch", set()),
        ("workflow_call", set()),
        ("7", set()),
    ],
)
def test_a_greeting_is_given_where_something_starts_it(on: str, does: set[Habit]) -> None:
    assert habits(workflow(on, FIRST)) == does


@pytest.mark.parametrize(
    ("condition", "does"),
    [
        ("if: github.event_name == 'issues'", {ISSUES}),
        ("if: ${{ github.event_name == 'pull_request' }}", {PULLS}),
        ("if: github.event_name == 'issues' || github.event_name == 'pull_request'", {ISSUES, PULLS}),
        ("if: github.event_name != 'issues'", {ISSUES, PULLS}),  # on doubt it is taken to act
        ("if: github.repository == 'acme/rockets'", {ISSUES, PULLS}),
        ("if: false", set()),
        ("if: ${{ false }}", set()),
        ("if: true", {ISSUES, PULLS}),
    ],
)
def test_conditions_that_name_events_are_understood(condition: str, does: set[Habit]) -> None:
    assert habits(workflow("[issues, pull_request]", FIRST, job=condition)) == does
    step = FIRST.replace("      with", f"      {condition}\n      with")
    assert habits(workflow("[issues, pull_request]", step)) == does


@pytest.mark.parametrize(
    ("given", "does"),
    [
        ("stale-pr-message: Old", {STALE_PULLS, Habit.CLOSES_PULL_REQUESTS, Habit.CLOSES_ISSUES}),
        ("stale-pr-message: Old, days-before-close: -1", {STALE_PULLS}),
        ("stale-pr-message: Old, days-before-close: '-1'", {STALE_PULLS}),
        ("stale-issue-message: Old, days-before-close: -1", {STALE_ISSUES}),
        ("stale-pr-message: '', days-before-close: -1", set()),
        ("stale-pr-message: Old, days-before-stale: -1", set()),
        ("stale-pr-message: Old, days-before-pr-stale: -1, days-before-close: -1", set()),
        (
            "stale-pr-message: Old, days-before-stale: -1, days-before-pr-stale: 9, days-before-close: -1",
            {STALE_PULLS},
        ),
        ("stale-pr-message: Old, skip-stale-pr-message: true, days-before-close: -1", set()),  # until v3
        ("stale-pr-message: Old, days-before-close: -1, debug-only: true", set()),
        (
            "stale-pr-message: Old, days-before-close: -1, days-before-stale: '${{ vars.DAYS }}'",
            {STALE_PULLS},
        ),
        ("days-before-close: -1, stale-pr-label: old", set()),  # it only labels
    ],
)
def test_actions_stale_reminds_where_it_has_words_and_days(given: str, does: set[Habit]) -> None:
    step = f"\n    - uses: actions/stale@v9\n      with: {{{given}}}"
    assert habits(workflow("{schedule: [{cron: 0 0 * * *}]}", step)) == does


def test_settings_for_pull_requests_that_are_never_said_are_left_out_with_the_true_reason() -> None:
    step = "\n    - uses: actions/stale@v9\n      with: {days-before-pr-stale: 9, days-before-issue-stale: 9}"
    imported = import_from({PATH: workflow("{schedule: [{cron: 0 0 * * *}]}", step)})
    why = {one.key: one.why for one in imported.left_out}
    assert "reminds nobody in pull requests" in why["days-before-pr-stale"]
    assert "about issues" in why["days-before-issue-stale"]


def test_labels_that_yaml_takes_for_numbers_are_carried_and_what_is_no_label_is_told() -> None:
    imported = import_from({".github/stale.yml": "exemptLabels: [pinned, 3, null, {b: c}]\n"})
    labels = next(one.value for one in imported.carried if one.place[-1] == "labels")
    assert labels == ["pinned", "3"]
    assert any(one.key == "exemptLabels" and "no label" in one.why for one in imported.left_out)


def test_what_only_people_start_reminds_nobody_by_itself() -> None:
    assert habits(workflow("workflow_dispatch", STALE)) == set()
    assert habits(workflow("{schedule: [{cron: 0 0 * * *}], workflow_dispatch: {}}", STALE)) == {
        STALE_PULLS,
        STALE_ISSUES,
    }


def test_a_reusable_workflow_acts_where_another_one_calls_it() -> None:
    called = workflow("workflow_call", FIRST)
    caller = "on: issues\njobs:\n  a: {uses: ./.github/workflows/0.yml}\n"
    assert habits(called) == set()
    assert habits(called, caller) == {ISSUES}

    middle = "on: workflow_call\njobs:\n  a: {uses: ./.github/workflows/0.yml}\n"
    outer = "on: pull_request\njobs:\n  a: {uses: ./.github/workflows/1.yml}\n"
    assert habits(called, middle, outer) == {PULLS}

    only_issues = workflow("workflow_call", FIRST, job="if: github.event_name == 'issues'")
    both = "on: [issues, pull_request]\njobs:\n  a: {uses: ./.github/workflows/0.yml}\n"
    assert habits(only_issues, both) == {ISSUES}


def test_workflows_that_call_one_another_in_a_circle_end() -> None:
    first = "on: issues\njobs:\n  a: {uses: ./.github/workflows/1.yml}\n"
    second = workflow("workflow_call", FIRST).replace(
        "jobs:", "jobs:\n  b: {uses: ./.github/workflows/0.yml}"
    )
    assert habits(first, second) == {ISSUES}


def test_a_workflow_of_somebody_else_is_told_as_unknown_not_guessed() -> None:
    text = "on: issues\njobs:\n  a: {uses: acme/shared/.github/workflows/greetings.yml@v1}\n"
    assert found_in({PATH: text}) == ()
    imported = import_from({PATH: text})
    [told] = imported.left_out
    assert (told.line, told.key) == (3, "uses: acme/shared/.github/workflows/greetings.yml@v1")
    assert "can't be seen from here" in told.why
    assert (imported.text, imported.to_delete) == ("", [])


def test_what_a_matrix_or_inputs_decide_is_told_as_unknown_not_guessed() -> None:
    step = """
    - uses: actions/stale@v9
      with:
        stale-pr-message: Old
        days-before-stale: ${{ matrix.days }}
        exempt-pr-labels: ${{ inputs.labels }}
        days-before-close: -1"""
    text = workflow("schedule", step, job="strategy: {matrix: {days: [30, 60]}}")
    imported = import_from({PATH: text})
    keys = [one.key for one in imported.left_out]
    assert {"days-before-stale", "exempt-pr-labels", "strategy.matrix"} <= set(keys)
    assert (
        "after: 14 days  # .github/workflows/bot.yml, line 10: days-before-stale; mentorbot's"
        in imported.text
    )
    assert "ignore" not in imported.text.partition("# Not carried over")[0].replace("# ", "")


@pytest.mark.parametrize(
    ("on", "condition", "body", "does"),
    [
        (OPENED, "", "Welcome to the project", {ISSUES}),
        (OPENED, "", "Your build number is 7", set()),
        ("issues", "", "Welcome to the project", set()),  # at every label?
        ("issues", "if: github.event.action == 'opened'", "Welcome to the project", {ISSUES}),
        ("{pull_request: {branches: [main]}}", "", "Thanks! The preview is at …", set()),
        (
            "pull_request_target",
            "if: github.event.pull_request.author_association != 'NONE'",
            "Thanks",
            set(),
        ),
        ("issue_comment", "", "Welcome", set()),
        (
            "pull_request_target",
            f"if: {NEWCOMER}",
            "Run the tests",
            {PULLS},
        ),
        (
            "pull_request_target",
            "if: contains(fromJSON('[\"NONE\"]'), github.event.pull_request.author_association)",
            "Run the tests",
            {PULLS},
        ),
        (
            "{pull_request_target: {types: [closed]}}",
            f"if: github.event.pull_request.merged && {NEWCOMER}",
            "It is in",
            {MERGES},
        ),
        ("{pull_request_target: {types: [closed]}}", "if: github.event.pull_request.merged", "Thanks", set()),
    ],
)
def test_a_comment_is_a_greeting_for_newcomers_or_by_its_words(
    on: str, condition: str, body: str, does: set[Habit]
) -> None:
    step = f"""
    - uses: peter-evans/create-or-update-comment@v4
      with: {{issue-number: 1, body: {body}}}"""
    assert habits(workflow(on, step, job=condition)) == does


def test_a_comment_that_is_rewritten_is_no_greeting() -> None:
    assert habits(workflow(OPENED, COMMENT)) == {ISSUES}
    assert habits(workflow(OPENED, COMMENT.replace("body", "comment-id: 7, body"))) == set()


def test_words_for_everybody_are_carried_over_with_a_remark() -> None:
    imported = import_from({PATH: workflow(OPENED, COMMENT)})
    assert "said to everybody there; here it is said to newcomers only" in imported.text


def test_words_in_another_file_are_not_carried_over() -> None:
    step = COMMENT.replace("body: Welcome", "body-path: welcome.md").replace(
        "- uses", "- name: Welcome\n      uses"
    )
    imported = import_from({PATH: workflow(OPENED, step)})
    assert [one.key for one in imported.left_out] == ["body-path"]
    assert "  issue: default  # .github/workflows/bot.yml" in imported.text


@pytest.mark.parametrize(
    ("step", "does"),
    [
        ("- {name: Greet, run: 'gh issue comment $N --body Hi'}", {ISSUES}),
        ("- {name: Publish, run: 'gh issue comment $N --body Hi'}", set()),
        ("- {name: Greet, run: 'echo Hi'}", set()),
        ("- {uses: actions/github-script@v7, with: {script: 'createComment() // NONE'}}", set()),
        (
            "- {uses: actions/github-script@v7, with: {script: 'author_association NONE createComment'}}",
            {ISSUES},
        ),
    ],
)
def test_scripts_greet_where_they_comment_and_say_so(step: str, does: set[Habit]) -> None:
    assert habits(workflow(OPENED, f"\n    {step}")) == does


def test_steps_of_a_file_are_one_bot_and_there_are_not_endlessly_many() -> None:
    [one] = found_in({PATH: workflow("[issues, pull_request]", FIRST + FIRST)})
    assert set(one.habits) == {ISSUES, PULLS}
    many = {f".github/workflows/{place}.yml": workflow("issues", FIRST) for place in range(MOST_BOTS + 3)}
    assert len(found_in(many)) == MOST_BOTS


def test_workflows_without_a_bot_are_never_parsed() -> None:
    build = "on: push\njobs: [\n"  # broken, and nobody has to know
    greeting, caller = workflow("issues", FIRST), "on: issues\njobs: {a: {uses: ./.github/workflows/x.yml}}"
    files = {
        ".github/workflows/build.yml": build,
        ".github/workflows/greet.yml": greeting,
        ".github/workflows/call.yml": caller,
        ".github/stale.yml": "",
    }
    assert set(worth_reading(files)) == set(files) - {".github/workflows/build.yml"}
    assert set(worth_reading({".github/workflows/call.yml": caller})) == set()


@pytest.mark.parametrize(
    "text",
    [
        "actions/stale\n",
        "on: issues # actions/stale",
        "on: [issues]\njobs: 7 # actions/stale",
        "on: issues\njobs: {a: 7, b: {steps: 7}, c: {steps: [7, {uses: 7}, {uses: actions/stale, with: 7}]}}",
        "on: {issues: {types: {a: b}}}\njobs: {a: {uses: 7, steps: [{uses: actions/stale@v9}]}}",
    ],
)
def test_a_strange_workflow_breaks_nothing(text: str) -> None:
    assert found_in({PATH: text}) in {(), found_in({PATH: text})}
    import_from({PATH: text})


def test_a_workflow_that_only_people_start_is_carried_over_and_can_go() -> None:
    imported = import_from({PATH: workflow("workflow_dispatch", STALE)})
    assert "after: 60 days" in imported.text
    assert [one.path for one in imported.to_delete] == [PATH]
    assert imported.bots == []
