"""Saved histories made of public archives: tiny repositories, read back as the bench reads them."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.saved_from import main, person
from mentorbot.domain.timeline import ActKind, PullRequestTimeline, Verdict
from mentorbot.github.archive import ArchivedIssue, ArchivedItem, read

AT = "2026-03-02T10:00:00Z"
ADA = {"login": "ada", "id": 1, "type": "User", "email": "ada@example.org"}


class Repository:
    """A git repository in which people commit at the hours one says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.git("init", "-q", "-b", "main", str(path), at=path.parent)

    def git(self, *arguments: str, hour: int = 0, at: Path | None = None) -> str:
        date = f"2026-03-02T{hour:02}:00:00+00:00"
        who = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", date))
        }
        ended = subprocess.run(  # noqa: S603 - git, with arguments of ours
            ["git", "-C", str(at or self.path), *arguments],  # noqa: S607 - wherever it is installed
            env={**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
            capture_output=True,
            text=True,
            check=True,
        )
        return ended.stdout.strip()

    def commit(self, message: str, *, hour: int, files: dict[str, Any] | None = None) -> str:
        """Commit these files, as JSON, and say under which name."""
        for name, content in (files or {}).items():
            (self.path / name).parent.mkdir(exist_ok=True)
            (self.path / name).write_text(json.dumps(content))
            self.git("add", name)
        self.git("commit", "-q", "--allow-empty", "-m", message, hour=hour)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "clone")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "history.jsonl.gz"


def items_of(history: Path) -> dict[int, ArchivedItem]:
    return {item.number: item for item in read(history)}


def written(by: str, body: str, hour: int) -> dict[str, Any]:
    when = f"2026-03-02T{hour:02}:00:00Z"
    return {"author": by, "authorAssociation": "CONTRIBUTOR", "body": body, "createdAt": when}


def an_ietf_pull(number: int, **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "title": "Fix it",
        "url": f"https://github.com/wg/draft/pull/{number}",
        **written("ada", "Mends #3.", 1),
        "baseRefName": "main",
        "headRepository": "ada/draft",
        "headRefName": "fix",
        "comments": [],
        "reviews": [],
        **more,
    }


def an_ietf_issue(number: int, **more: Any) -> dict[str, Any]:
    url = f"https://github.com/wg/draft/issues/{number}"
    return {
        "number": number,
        "title": "Unclear",
        "url": url,
        **written("eve", "?", 0),
        "comments": [],
        **more,
    }


def a_review(by: str, state: str, body: str, hour: int, *places: tuple[int | None, str]) -> dict[str, Any]:
    comments = [
        {"originalPosition": place, "body": said, "createdAt": f"2026-03-02T{hour:02}:00:00Z"}
        for place, said in places
    ]
    return {**written(by, body, hour), "state": state, "commit": None, "comments": comments}


def with_heads(repository: Repository) -> str:
    """Two commits of pull request 4, which were merged, and one of 5, which wasn't; says where 4 began."""
    base = repository.commit("Begin", hour=0)
    repository.git("switch", "-q", "-c", "fix")
    repository.commit("First\n\nSigned-off-by: Ada <ada@example.org>", hour=2)
    repository.git("update-ref", "refs/pull/4/head", repository.commit("Second", hour=5))
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "fix", hour=8)
    repository.git("switch", "-q", "-c", "other")
    repository.git("update-ref", "refs/pull/5/head", repository.commit("Third", hour=3))
    repository.git("switch", "-q", "main")
    return base


def test_a_working_groups_archive_becomes_a_saved_history(
    repository: Repository, history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = with_heads(repository)
    reviews = [
        a_review("bob", "COMMENTED", "", 3, (7, "Why?"), (9, "Typo")),
        a_review("ada", "COMMENTED", "", 4, (7, "Because."), (None, "Hm")),
        a_review("bob", "APPROVED", "Good", 6),
        a_review("carol", "PENDING", "Not said yet", 6, (7, "Nor this")),
    ]
    merged = {"baseRefOid": base, "mergedAt": AT, "mergedBy": "bob", "closedAt": AT, "reviews": reviews}
    closed_issue = an_ietf_issue(3, closedAt=AT, comments=[written("ada", "On it", 1)])
    pulls = [an_ietf_pull(5, baseRefOid="0" * 40), an_ietf_pull(4, **merged)]
    archive = {"pulls": pulls, "issues": [closed_issue]}
    repository.git("switch", "-q", "-c", "gh-pages")
    repository.commit("Publish", hour=9, files={"archive.json": archive})

    assert main(["ietf", str(repository.path), "--to", str(history)]) == 0
    assert capsys.readouterr().out == f"Wrote 3 issues and pull requests to {history}.\n"

    items = items_of(history)
    assert list(items) == [3, 4, 5]
    issue, merged_one, open_one = items[3], items[4], items[5]
    assert isinstance(issue, ArchivedIssue)
    assert [act.kind for act in issue.acts] == [ActKind.COMMENTED, ActKind.CLOSED]
    assert isinstance(merged_one, PullRequestTimeline)
    assert (merged_one.is_merged, merged_one.head, merged_one.base) == (True, "ada:fix", "main")
    pushed = [act.body for act in merged_one.acts if act.is_push]
    assert pushed == ["First\n\nSigned-off-by: Ada", "Second"]
    lines = [act for act in merged_one.acts if act.kind is ActKind.LINE_COMMENTED]
    assert [act.body for act in lines] == ["Why?", "Typo", "Because.", "Hm"]
    assert [act.thread == lines[0].thread for act in lines] == [True, False, True, False]
    verdicts = [act.verdict for act in merged_one.acts if act.kind is ActKind.REVIEWED]
    assert verdicts == [Verdict.COMMENTED, Verdict.COMMENTED, Verdict.APPROVED]
    assert merged_one.author is not None
    assert merged_one.author.login == "ada"
    assert merged_one.acts[-2].by == lines[0].by  # who merged it had asked first
    assert isinstance(open_one, PullRequestTimeline)
    assert [act.body for act in open_one.acts if act.is_push] == ["Third"]
    assert open_one.is_open


def test_an_archive_may_lie_elsewhere_and_lack_what_is_gone(
    repository: Repository, history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_heads(repository)
    gone = an_ietf_pull(5, author=None, headRepository=None, baseRefName="no-more")
    file = tmp_path / "archive.json"
    file.write_text(json.dumps({"pulls": [gone, an_ietf_pull(6)], "issues": []}))
    assert main(["ietf", str(repository.path), "--archive", str(file), "--to", str(history)]) == 0
    assert "Of 2 pull requests it knows no commits.\n" in capsys.readouterr().out
    pull = items_of(history)[5]
    assert isinstance(pull, PullRequestTimeline)
    assert (pull.author, pull.head) == (None, "")


def test_a_person_is_told_by_their_login_however_it_is_written() -> None:
    ada, again, bot = person("ada"), person("Ada"), person("ci[bot]")
    assert ada is not None
    assert again is not None
    assert bot is not None
    assert ada["id"] == again["id"] != bot["id"]
    assert (ada["type"], bot["type"]) == ("User", "Bot")
    assert person("") is None


def a_saved_pull(number: int) -> dict[str, Any]:
    commit = {
        "event": "committed",
        "sha": "c0ffee",
        "committer": {"date": AT, "email": "ada@example.org"},
        "message": "Fix\n\nReported-by: Eve <eve@example.org>",
        "verification": {"payload": "author Ada <ada@example.org>"},
    }
    said = {"event": "commented", "id": 1, "user": ADA, "created_at": AT, "body": "Mail eve@example.org"}
    pull = {"number": number, "user": ADA, "created_at": "2026-03-01T10:00:00Z", "title": "Fix it"}
    return {"type": "pull", "pull": pull, "events": [commit, said], "comments": []}


def test_a_backup_is_taken_as_it_is_but_for_addresses(
    repository: Repository, history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue = {"type": "issue", "issue": {"number": 3, "user": ADA, "created_at": AT}, "events": []}
    files = {"pulls/10.json": a_saved_pull(10), "pulls/9.json": a_saved_pull(9), "issues/3.json": issue}
    repository.commit(
        "Back up", hour=1, files={**files, "state.json": {"version": 2}, "pulls/README.json": 1}
    )
    assert main(["backup", str(repository.path), "--to", str(history)]) == 0
    assert capsys.readouterr().out == f"Wrote 3 issues and pull requests to {history}.\n"
    assert list(items_of(history)) == [3, 9, 10]
    text = gzip.decompress(history.read_bytes()).decode()
    assert "@example.org" not in text.replace("Mail eve@example.org", "")  # what people chose to say stays
    assert "Reported-by: Eve" in text


def test_a_file_that_a_clone_lacks_is_left_out_and_named(
    repository: Repository, history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"pulls/8.json": a_saved_pull(8), "pulls/9.json": a_saved_pull(9)}
    repository.commit("Back up", hour=1, files=files)
    blob = repository.git("rev-parse", "HEAD:pulls/9.json")
    (repository.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert main(["backup", str(repository.path), "--to", str(history)]) == 0
    assert "Left out, as the clone lacks them: pulls/9.json.\n" in capsys.readouterr().out
    assert list(items_of(history)) == [8]


@pytest.mark.parametrize(
    ("kind", "files", "complaint"),
    [
        ("backup", {"state.json": {}}, "holds no files such as pulls/8.json, so it is no backup."),
        ("backup", {"pulls/8.json": {"type": "pull"}}, "pulls/8.json is no saved issue or pull request"),
        ("backup", {"pulls/8.json": []}, "pulls/8.json is no saved issue or pull request"),
        ("ietf", {"state.json": {}}, "where archive.json is elsewhere, name it with --archive."),
    ],
)
def test_what_is_no_archive_is_refused_in_one_sentence(
    repository: Repository,
    history: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    files: dict[str, Any],
    complaint: str,
) -> None:
    repository.commit("Something", hour=1, files=files)
    assert main([kind, str(repository.path), "--to", str(history)]) == 2
    assert_one_complaint(capsys, complaint)


def test_an_ietf_clone_needs_heads_and_an_archive_of_its_form(
    repository: Repository, history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit("Something", hour=1)
    file = tmp_path / "archive.json"
    file.write_text('{"pulls": [{}], "issues": []}')
    arguments = ["ietf", str(repository.path), "--to", str(history), "--archive", str(file)]
    assert main(arguments) == 2
    assert_one_complaint(capsys, "has no heads of pull requests: make it with git clone --mirror.")
    with_heads(repository)
    for text in (file.read_text(), "{", "[]"):
        file.write_text(text)
        assert main(arguments) == 2
        assert_one_complaint(capsys, "archive.json is no archive of a working group (")
    file.unlink()
    assert main(arguments) == 2
    assert_one_complaint(capsys, "archive.json")


def test_a_folder_without_git_is_refused(
    tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path), "--to", str(history)]) == 2
    assert_one_complaint(capsys, "not a git repository")


def assert_one_complaint(capsys: pytest.CaptureFixture[str], complaint: str) -> None:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("saved_from: ")
    assert said.err.endswith(".\n")
    assert said.err.count("\n") == 1
    assert complaint in said.err
