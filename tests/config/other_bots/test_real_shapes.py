"""Files with the keys and shapes of real projects' (named beside each), their texts our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from mentorbot.config.configuration import Configuration, Source, read_configuration
from mentorbot.config.other_bots.found import found_in
from mentorbot.config.other_bots.importing import import_from
from mentorbot.config.other_bots.reading import Habit
from mentorbot.config.section import Section
from mentorbot.config.text_value import TextValue
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load

GREETS = (Habit.GREETS_ISSUES, Habit.GREETS_PULL_REQUESTS)
NUDGES = (Habit.NUDGES_PULL_REQUESTS, Habit.NUDGES_ISSUES)
CLOSES = (Habit.CLOSES_PULL_REQUESTS, Habit.CLOSES_ISSUES)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Files, and what is to become of them. `left_out` are keys; `deleted` says which part, where not all."""

    files: Mapping[str, str]
    does: Mapping[str, tuple[Habit, ...]]
    carried: Mapping[str, Any]
    left_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    deleted: Mapping[str, str] = field(default_factory=dict)


REACT = Shape(
    files={
        ".github/stale.yml": """\
# Configuration for probot-stale
daysUntilStale: 90
daysUntilClose: 7
exemptLabels:
  - "Partner"
  - "Type: Bug"
staleLabel: "Resolution: Stale"
issues:
  # When an issue is marked.
  markComment: >
    Nothing happened here for a while.
  closeComment: >
    We close this.
pulls:
  markComment: >
    Is this still worked on?
  closeComment: >
    We close this.
"""
    },
    does={"probot/stale": (*NUDGES, *CLOSES)},
    carried={
        "stalled.author.after": "90 days",
        "stalled.ignore.labels": ["Partner", "Type: Bug"],
    },
    left_out=("daysUntilClose", "staleLabel", "issues", "pulls.markComment", "pulls.closeComment"),
    deleted={".github/stale.yml": ""},
)

GQLGEN = Shape(
    files={
        ".github/stale.yml": """\
daysUntilStale: 60
daysUntilClose: 7
staleLabel: stale
markComment: >
  Nothing happened here
  for a while.
exemptLabels:
  - accepted
"""
    },
    does={"probot/stale": (*NUDGES, *CLOSES)},
    carried={"stalled.author.after": "60 days", "stalled.ignore.labels": ["accepted"]},
    left_out=("daysUntilClose", "staleLabel", "markComment"),
    deleted={".github/stale.yml": ""},
)

ONLY_ISSUES = Shape(
    files={".github/stale.yml": "only: issues\ndaysUntilStale: 30\ndaysUntilClose: false\nlimitPerRun: 5\n"},
    does={"probot/stale": (Habit.NUDGES_ISSUES,)},
    carried={},
    left_out=("only", "daysUntilStale", "daysUntilClose", "limitPerRun"),
    deleted={".github/stale.yml": ""},
)

CPYTHON = Shape(
    files={
        ".github/workflows/stale.yml": """\
name: Mark stale pull requests

on:
  schedule:
  - cron: "0 0 * * *"

permissions:
  pull-requests: write

jobs:
  stale:

    runs-on: ubuntu-latest

    steps:
    - name: "Check PRs with 'CLA signed' label"
      uses: actions/stale@v4
      with:
        repo-token: ${{ secrets.GITHUB_TOKEN }}
        only-pr-labels: 'CLA signed'
        stale-pr-message: 'Nothing happened here for 30 days.'
        stale-pr-label: 'stale'
        days-before-stale: 30
        days-before-close: -1

    - name: "Check PR's with 'CLA not signed' label"
      uses: actions/stale@v4
      with:
        repo-token: ${{ secrets.GITHUB_TOKEN }}
        only-pr-labels: 'CLA not signed'
        stale-pr-message: 'Please sign.'
        stale-pr-label: 'stale'
        close-pr-message: 'It was not signed.'
        days-before-stale: 30
        days-before-close: 14
"""
    },
    # Where no message is set for issues, none gets a comment; closing is on for what carries the label.
    does={"actions/stale": (Habit.NUDGES_PULL_REQUESTS, *CLOSES)},
    carried={"stalled.author.after": "30 days"},
    left_out=(
        *("repo-token", "only-pr-labels", "stale-pr-message", "stale-pr-label", "days-before-close"),
        *("repo-token", "only-pr-labels", "stale-pr-message", "stale-pr-label", "close-pr-message"),
        "days-before-close",
    ),
    deleted={".github/workflows/stale.yml": ""},
)

HOME_ASSISTANT = Shape(
    files={
        ".github/workflows/stale.yml": """\
name: Stale
on:
  schedule:
    - cron: "0 * * * *"
  workflow_dispatch:
jobs:
  stale:
    if: github.repository_owner == 'home-assistant'
    runs-on: ubuntu-latest
    steps:
      - name: 60 days stale PRs policy
        uses: actions/stale@997185467fa4f803885201cee163a9f38240193d # v10.1.1
        with:
          repo-token: ${{ secrets.GITHUB_TOKEN }}
          days-before-stale: 60
          days-before-close: 7
          days-before-issue-stale: -1
          days-before-issue-close: -1
          operations-per-run: 150
          remove-stale-when-updated: true
          stale-pr-label: "stale"
          exempt-pr-labels: "no-stale"
          stale-pr-message: >
            Nothing happened here for a while.
      - name: Generate app token
        id: token
        uses: tibdex/github-app-token@3beb63f4bd073e61482598c45c71c1019b59b73a
        with:
          app_id: ${{ secrets.ISSUE_TRIAGE_APP_ID }}
      - name: 90 days stale issues
        uses: actions/stale@997185467fa4f803885201cee163a9f38240193d # v10.1.1
        with:
          repo-token: ${{ steps.token.outputs.token }}
          days-before-stale: 90
          days-before-close: 7
          days-before-pr-stale: -1
          days-before-pr-close: -1
          stale-issue-message: >
            Does this still happen?
"""
    },
    does={
        "actions/stale": (
            Habit.NUDGES_PULL_REQUESTS,
            Habit.CLOSES_PULL_REQUESTS,
            Habit.NUDGES_ISSUES,
            Habit.CLOSES_ISSUES,
        )
    },
    carried={"stalled.author.after": "60 days", "stalled.ignore.labels": ["no-stale"]},
    left_out=(
        *("repo-token", "days-before-close", "days-before-issue-stale", "days-before-issue-close"),
        *("operations-per-run", "remove-stale-when-updated", "stale-pr-label", "stale-pr-message"),
        *("repo-token", "days-before-stale", "days-before-close", "days-before-pr-stale"),
        *("days-before-pr-close", "stale-issue-message"),
    ),
    deleted={".github/workflows/stale.yml": "only the steps named above: it has others"},
)

AIRFLOW = Shape(
    files={
        ".github/workflows/stale.yml": """\
---
name: 'Close stale PRs & Issues'
on:  # yamllint disable-line rule:truthy
  schedule:
    - cron: '0 0 * * *'
jobs:
  stale:
    runs-on: ubuntu-22.04
    steps:
      - uses: actions/stale@v8
        with:
          stale-pr-message: >
            Nothing happened here for a while.
          days-before-pr-stale: 45
          days-before-pr-close: 5
          exempt-pr-labels: 'pinned,security'
          only-issue-labels: 'pending-response'
          remove-stale-when-updated: true
          days-before-issue-stale: 30
          days-before-issue-close: 7
          stale-issue-message: >
            Please answer.
          close-issue-message: >
            There was no answer.
""",
        ".github/boring-cyborg.yml": """\
---
# Details: https://github.com/kaxil/boring-cyborg
labelPRBasedOnFilePath:
  provider:airbyte:
    - providers/airbyte/**

  area:API:
    - airflow/api/**/*
    - clients/**/*

# Various Flags to control behaviour of the "Labeler"
labelerFlags:
  labelOnPRUpdates: false

# Comment to be posted to welcome users when they open their first PR
firstPRWelcomeComment: >
  Welcome, and thank you!

  Please read:

  - the guide (https://example.org/guide#one)

# Comment to be posted to congratulate user on their first merged PR
firstPRMergeComment: >
  Your first one is in.

# Comment to be posted to on first time issues
firstIssueWelcomeComment: >
  Thank you for telling us.

checkUpToDate:
  targetBranch: main
  files: []
""",
    },
    does={
        "actions/stale": (*NUDGES, *CLOSES),
        "boring-cyborg": (
            Habit.GREETS_ISSUES,
            Habit.GREETS_PULL_REQUESTS,
            Habit.CELEBRATES_MERGES,
        ),
    },
    carried={
        "welcome.pull_request": (
            "Welcome, and thank you!\nPlease read:\n- the guide (https://example.org/guide#one)"
        ),
        "welcome.issue": "Thank you for telling us.",
        "first_merge.message": "Your first one is in.",
        "stalled.author.after": "45 days",
        "stalled.ignore.labels": ["pinned", "security"],
    },
    left_out=(
        *("labelPRBasedOnFilePath", "labelerFlags", "checkUpToDate"),
        *("stale-pr-message", "days-before-pr-close", "only-issue-labels", "remove-stale-when-updated"),
        *("days-before-issue-stale", "days-before-issue-close", "stale-issue-message"),
        "close-issue-message",
    ),
    deleted={".github/boring-cyborg.yml": "", ".github/workflows/stale.yml": ""},
)

ELECTRON = Shape(
    files={
        ".github/config.yml": """\
# Comment to be posted to on PRs from first time contributors in your repository
newPRWelcomeComment: |
  💖 Thank you! 💖

  Examples:

  - `fix: don't do it`

# Comment to be posted to on pull requests merged by a first time user
firstPRMergeComment: >
  Your first one is in! 🎉🎉🎉

# Users authorized to run manual trop backports
authorizedUsers:
  - ada
  - bob
"""
    },
    does={"behaviorbot": (Habit.GREETS_PULL_REQUESTS, Habit.CELEBRATES_MERGES)},
    carried={
        "welcome.pull_request": "💖 Thank you! 💖\n\nExamples:\n\n- `fix: don't do it`",
        "welcome.issue": "off",
        "first_merge.message": "Your first one is in! 🎉🎉🎉",
    },
    unknown=("authorizedUsers",),
    deleted={
        ".github/config.yml": "only newPRWelcomeComment, firstPRMergeComment: other bots may use the rest"
    },
)

REQUEST_INFO = Shape(
    files={
        ".github/config.yml": """\
requestInfoReplyComment: >
  Please tell us more.
requestInfoDefaultTitles:
  - update readme.md
requestInfoLabelToAdd: needs-more-info
newIssueWelcomeComment: |
  Hello!
"""
    },
    does={"behaviorbot": (Habit.GREETS_ISSUES,)},
    carried={"welcome.issue": "Hello!", "welcome.pull_request": "off"},
    left_out=("requestInfoReplyComment", "requestInfoDefaultTitles", "requestInfoLabelToAdd"),
    deleted={".github/config.yml": ""},
)

HOMEBREW = Shape(
    files={
        ".github/no-response.yml": """\
# Configuration for probot-no-response - https://github.com/probot/no-response
daysUntilClose: 14
# Label requiring a response
responseRequiredLabel: awaiting user reply
closeComment: >
  There was no answer.
"""
    },
    does={"probot/no-response": (Habit.CLOSES_ISSUES,)},
    carried={},
    left_out=("daysUntilClose", "responseRequiredLabel", "closeComment"),
    deleted={".github/no-response.yml": ""},
)

GITHUB_DOCS = Shape(
    files={
        ".github/workflows/no-response.yaml": """\
name: No Response
on:
  issue_comment:
    types: [created]
  schedule:
    - cron: '5 * * * *'
jobs:
  noResponse:
    runs-on: ubuntu-latest
    if: github.repository == 'github/docs-internal' || github.repository == 'github/docs'
    steps:
      - uses: lee-dohm/no-response@9bb0a4b5e6a45046f00353d5de7d90fb8bd773bb
        with:
          token: ${{ secrets.GITHUB_TOKEN }}
          closeComment: >
            There was no answer.
"""
    },
    does={"lee-dohm/no-response": (Habit.CLOSES_ISSUES,)},
    carried={},
    left_out=("token", "closecomment"),
    deleted={".github/workflows/no-response.yaml": ""},
)

FIRST_INTERACTION_V1 = Shape(
    files={
        ".github/workflows/greetings.yml": """\
name: Greetings

on: [pull_request, issues]

jobs:
  greeting:
    runs-on: ubuntu-latest
    permissions:
      issues: write
      pull-requests: write
    steps:
    - uses: actions/first-interaction@v1
      with:
        repo-token: ${{ secrets.GITHUB_TOKEN }}
        issue-message: 'Hello, @${{ github.actor }}: thank you for this issue.'
        pr-message: '# Welcome'
"""
    },
    does={"actions/first-interaction": GREETS},
    carried={
        "welcome.issue": "Hello, @${author}: thank you for this issue.",
        "welcome.pull_request": "# Welcome",
    },
    left_out=("repo-token",),
    deleted={".github/workflows/greetings.yml": ""},
)

FIRST_INTERACTION_V3 = Shape(
    files={
        ".github/workflows/greetings.yml": """\
name: Greetings

on:
  pull_request:
    types:
      - opened
  issues:
    types:
      - opened

jobs:
  greeting:
    name: Greet First-Time Contributors
    runs-on: ubuntu-latest

    steps:
      - uses: actions/first-interaction@v3
        with:
          repo_token: ${{ github.token }}
          issue_message: |
            # Thank you

            We look soon.
          pr_message: |
            # Thank you for #${{ github.event.pull_request.number }}
"""
    },
    does={"actions/first-interaction": GREETS},
    carried={
        "welcome.issue": "# Thank you\n\nWe look soon.",
        "welcome.pull_request": "# Thank you for #${number}",
    },
    left_out=("repo_token",),
    deleted={".github/workflows/greetings.yml": ""},
)

ADAM_JENSEN = Shape(
    files={
        ".github/workflows/greeting.yml": """\
name: Greeting
on:
  pull_request_target:
    types:
      - opened

jobs:
  greeting:
    name: Issue a greeting comment upon PR
    runs-on: ubuntu-latest

    steps:
      - name: Issue the greeting comment
        uses: peter-evans/create-or-update-comment@v1
        with:
          token: ${{ secrets.CI_TOKEN }}
          issue-number: ${{ github.event.pull_request.number }}
          body: |
            Hi @${{ github.event.pull_request.user.login }}. Good to see you!

            * `/rebase`
"""
    },
    does={"peter-evans/create-or-update-comment": (Habit.GREETS_PULL_REQUESTS,)},
    carried={
        "welcome.pull_request": "Hi @${author}. Good to see you!\n\n* `/rebase`",
        "welcome.issue": "off",
    },
    deleted={".github/workflows/greeting.yml": ""},
)

SCIKIT_LEARN = Shape(
    files={
        ".github/workflows/welcome.yml": """\
name: Welcome new contributors
on:
  pull_request_target:
    types:
      - opened
jobs:
  welcome:
    runs-on: ubuntu-latest
    permissions:
      pull-requests: write
    steps:
      - uses: actions/github-script@v7
        with:
          script: |
            const creator = context.payload.sender.login
            await github.rest.issues.createComment({...context.issue, body: `Hi`})
"""
    },
    does={"actions/github-script": (Habit.GREETS_PULL_REQUESTS,)},
    carried={"welcome.pull_request": "default", "welcome.issue": "off"},
    left_out=("script",),
    deleted={".github/workflows/welcome.yml": ""},
)

RUST = Shape(
    files={
        "triagebot.toml": '''\
# This file's format is documented at https://forge.rust-lang.org/triagebot/
[relabel]
allow-unauthenticated = [
    "A-*",
]

[review-submitted]
# This label is added when a "request changes" review is submitted.
reviewed_label = "S-waiting-on-author"
# These labels are removed when a "request changes" review is submitted.
review_labels = ["S-waiting-on-review"]

[review-requested]
remove_labels = ["S-waiting-on-author"]
add_labels = ["S-waiting-on-review"]

[ping.windows]
message = """\\
Somebody who knows Windows?
"""
label = "O-windows"

[autolabel."S-waiting-on-review"]
new_pr = true

[shortcut]

[mentions."compiler/rustc_codegen_cranelift"]
cc = ["@ada"]

[assign]
warn_non_default_branch = true
contributing_url = "https://example.org/contributing.html"

[assign.adhoc_groups]
docs = ["@ada", "@bob"]

[assign.owners]
"/compiler" = ["compiler"]

[something-new]
'''
    },
    does={"triagebot": (Habit.GREETS_PULL_REQUESTS,)},
    carried={
        "welcome.pull_request": "default",
        "welcome.issue": "off",
        "welcome.guide": "https://example.org/contributing.html",
        "stalled.labels.author": "S-waiting-on-author",
        "stalled.labels.reviewers": "S-waiting-on-review",
        "stalled.author.nudge": False,
        "stalled.reviewers.nudge": False,
        "stalled.digest": False,
    },
    left_out=(
        *("[relabel]", "[review-requested]", "[ping]", "[autolabel]", "[shortcut]", "[mentions]"),
        "[assign]",
    ),
    unknown=("[something-new]",),
    deleted={"triagebot.toml": ""},
)

ZULIP = Shape(
    files={
        "config/config.js": """\
/**
 * EXAMPLE CUSTOM ZULIPBOT CONFIGURATION
 */

exports.issues = {
  commands: {
    assign: {
      claim: ["claim"],
      limit: 1,
      newContributors: { permission: "pull", restricted: 1 }
    }
  },
  area: {
    labels: new Map([
      ["area: api", "server-api"],
    ]),
    references: true
  }
};

exports.pulls = {
  status: {
    mergeConflicts: {
      label: "has conflicts", // said once
      comment: true
    },
    wip: "[WIP]",
    size: { labels: new Map([["size: XS", 0]]), exclude: ['tests/'] }
  },
  references: { required: true }
};

exports.activity = {
  inactive: "inactive",
  check: {
    repositories: ["zulip/zulip"],
    interval: 6,
    reminder: 10,
    limit: 4
  },
  issues: { inProgress: "in progress", clearClosed: true },
  pulls: {
    autoUpdate: false,
    reviewed: { label: "reviewed" },
    needsReview: { label: "needs review", ignore: true }
  }
};

exports.eventsDelay = 3;
"""
    },
    does={},  # this is where the bot is kept: that it works in this repository can't be seen
    carried={
        "stalled.author.after": "10 days",
        "stalled.ignore.labels": ["inactive"],
        "stalled.labels.author": "reviewed",
        "stalled.labels.reviewers": "needs review",
        "stalled.words.unfinished": ["WIP"],
    },
    left_out=(
        *("issues", "pulls.status.mergeConflicts", "pulls.status.size", "pulls.references"),
        *("activity.check.repositories", "activity.check.interval", "activity.check.limit"),
        *("activity.issues", "activity.pulls.autoUpdate", "activity.pulls.needsReview.ignore"),
        "eventsDelay",
    ),
    deleted={"config/config.js": "in the zulipbot that runs, where it is kept"},
)

SHAPES = {
    "facebook/react: .github/stale.yml": REACT,
    "99designs/gqlgen: .github/stale.yml": GQLGEN,
    "probot/stale's README: only issues": ONLY_ISSUES,
    "python/cpython: .github/workflows/stale.yml": CPYTHON,
    "home-assistant/core: .github/workflows/stale.yml": HOME_ASSISTANT,
    "apache/airflow: .github/boring-cyborg.yml and workflows/stale.yml": AIRFLOW,
    "electron/electron: .github/config.yml": ELECTRON,
    "behaviorbot/request-info's README: .github/config.yml": REQUEST_INFO,
    "Homebrew/homebrew-cask: .github/no-response.yml": HOMEBREW,
    "github/docs: .github/workflows/no-response.yaml": GITHUB_DOCS,
    "actions/first-interaction's README, v1": FIRST_INTERACTION_V1,
    "actions/first-interaction's README, v3": FIRST_INTERACTION_V3,
    "a greeting with peter-evans/create-or-update-comment, of adamjensenbot's projects": ADAM_JENSEN,
    "a welcome by actions/github-script, as in several projects": SCIKIT_LEARN,
    "rust-lang/rust: triagebot.toml": RUST,
    "zulip/zulipbot: config/config-example.js": ZULIP,
}
each_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))


@each_shape
def test_what_other_bots_do_is_told(shape: Shape) -> None:
    found = found_in(shape.files)
    assert {bot.name: set(bot.habits) for bot in found} == {
        name: set(habits) for name, habits in shape.does.items()
    }
    for bot in found:
        assert bot.path in shape.files
        assert 1 <= bot.line <= shape.files[bot.path].count("\n")


@each_shape
def test_what_can_be_carried_over_is_and_the_rest_is_listed(shape: Shape) -> None:
    imported = import_from(shape.files)
    assert {".".join(one.place): one.value for one in imported.carried} == shape.carried
    assert sorted(one.key for one in imported.left_out if not one.is_unknown) == sorted(shape.left_out)
    assert tuple(one.key for one in imported.left_out if one.is_unknown) == shape.unknown
    assert {one.path: one.only for one in imported.to_delete} == shape.deleted
    assert all(one.why for one in imported.left_out)
    assert imported.unreadable == {}


@each_shape
def test_each_setting_is_told_with_the_line_where_it_stands(shape: Shape) -> None:
    imported = import_from(shape.files)
    told = {(one.path, one.line, one.key) for one in imported.carried if one.key} | {
        (one.path, one.line, one.key) for one in imported.left_out
    }
    for path, number, key in told:
        line = shape.files[path].splitlines()[number - 1].lower()
        assert key.rpartition(".")[2].rpartition(" ")[2].strip("[]").lower() in line, (path, number, key)


def _sections() -> Mapping[str, type[Section]]:
    return FeatureCatalog(load()).sections()


def checked(text: str) -> Configuration:
    """The configuration that `mentorbot check` finds in a file; `mode` may be unknown to it yet."""
    source = Source("repository", "acme/rockets", ".github/mentorbot.yml", text)
    found = read_configuration([source], sections=_sections(), last_good={})
    wrong = [one for one in found.problems if one.section != "mode" or "mode" in _sections()]
    assert wrong == [], text
    return found


@each_shape
def test_what_is_written_passes_the_check_and_has_these_values(shape: Shape) -> None:
    imported = import_from(shape.files)
    if not shape.carried:
        assert imported.text == ""
        return
    assert "\nmode: shadow\n" in imported.text
    configuration = checked(imported.text)
    for place, wanted in shape.carried.items():
        section, *path = place.split(".")
        value: Any = configuration.section(section)
        for part in path:
            value = getattr(value, part)
        if wanted == "off":
            assert value is None
        elif isinstance(wanted, list):
            assert list(value) == wanted
        elif isinstance(value, TextValue):
            assert str(value).rstrip("\n") == wanted
        else:
            assert value == wanted


@each_shape
def test_every_line_that_is_written_says_where_it_came_from(shape: Shape) -> None:
    imported = import_from(shape.files)
    for one in imported.carried:
        if one.key:
            assert f"# {one.path}, line {one.line}: {one.key}" in imported.text
    for path in shape.deleted if imported.text else ():
        assert f"# - {path}" in imported.text
