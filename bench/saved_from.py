"""Makes a saved history, as the other scripts here read them, of an archive that projects keep in public.

    python bench/saved_from.py backup CLONE --to history.jsonl.gz
    python bench/saved_from.py ietf CLONE --to history.jsonl.gz [--archive archive.json]

`backup`: CLONE is a clone of a repository that the tool *github-metadata-backup* fills, with
`issues/7.json` and `pulls/8.json`. Everything is taken as it is there, except for the e-mail addresses of
commits and people.

`ietf`: CLONE is one of the repository of an IETF working group, made with `git clone --mirror`. What was
said in it is in the `archive.json` of its branch `gh-pages`, kept by the tool *i-d-template*, or in the
file named with `--archive`. Known are comments, reviews, line comments (their threads are guessed by their
place in the diff, their paths unknown), merging and closing; pushes are the commits of the last head, by
their committers' dates. Unknown are force-pushes, drafts, review requests, the times of labels and titles,
and who closed. Texts are as last edited; people's ids are made of their logins.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_ARCHIVE = "gh-pages:archive.json"
_SAVED = re.compile(r"(?:issues|pulls)/\d+\.json")
_ADDRESS = re.compile(r" ?<[^<>\s@]+@[^<>\s@]+>")
_FIRST_ID = 10_000_000
_MOST_COMMITS = 100
_COMMIT = "%H%x1f%cI%x1f%aI%x1f%P%x1f%B%x1e"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the history. Returns 2 where none can be made, else 0."""
    options = _options(arguments)
    try:
        clone = Clone(options.clone)
        threads = from_backup(clone) if options.kind == "backup" else from_ietf(clone, options.archive)
        ordered = sorted(threads, key=_number)
        with gzip.open(options.to, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(thread, ensure_ascii=False) + "\n" for thread in ordered)
    except (OSError, ValueError) as error:
        print(f"saved_from: {error}.", file=sys.stderr)
        return 2
    print(f"Wrote {len(ordered)} issues and pull requests to {options.to}.")
    if clone.lacking:
        print(f"Left out, as the clone lacks them: {', '.join(clone.lacking)}.")
    without = sum(thread["type"] == "pull" and not _has_commits(thread) for thread in ordered)
    if without:
        print(f"Of {without} pull requests it knows no commits.")
    return 0


def from_backup(clone: Clone) -> Iterator[Json]:
    """What github-metadata-backup has saved, without e-mail addresses."""
    for path, text in clone.files(_SAVED):
        try:
            thread = json.loads(text)
            _number(thread)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{clone.path}: {path} is no saved issue or pull request ({error!r})") from error
        yield _without_addresses(thread)


def from_ietf(clone: Clone, file: Path | None = None) -> Iterator[Json]:
    """What a working group's archive tells, with the commits that the clone has."""
    where = str(file) if file is not None else f"{clone.path} ({_ARCHIVE})"
    try:
        text = file.read_text(encoding="utf-8") if file is not None else clone.git("show", _ARCHIVE)
    except ValueError as error:
        raise ValueError(f"{error}; where archive.json is elsewhere, name it with --archive") from error
    if not any(ref.startswith("refs/pull/") for ref in clone.refs):
        raise ValueError(f"{clone.path} has no heads of pull requests: make it with git clone --mirror")
    try:
        archive = json.loads(text)
        group = WorkingGroup(clone)
        yield from [group.pull_request(pull) for pull in archive["pulls"]]
        yield from [group.issue(issue) for issue in archive["issues"]]
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{where} is no archive of a working group ({error!r})") from error


@dataclass(frozen=True)
class Clone:
    """A git repository on this machine, with or without files beside it. Its methods raise ValueError.

    `lacking` are the files whose content was looked for and isn't here.
    """

    path: Path
    refs: frozenset[str] = field(init=False)
    lacking: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "refs", frozenset(self.git("for-each-ref", "--format=%(refname)").split()))

    def git(self, *arguments: str) -> str:
        """What git answers."""
        ended = subprocess.run(  # noqa: S603 - git, with arguments of ours
            ["git", "-C", str(self.path), *arguments],  # noqa: S607 - wherever it is installed
            capture_output=True,
            check=False,
        )
        if ended.returncode != 0:
            said = ended.stderr.decode(errors="replace").strip().splitlines() or ["it failed"]
            raise ValueError(f"git {arguments[0]} in {self.path}: {said[0].rstrip('.')}")
        return ended.stdout.decode(errors="replace")

    def files(self, wanted: re.Pattern[str]) -> Iterator[tuple[str, str]]:
        """Path and text of the files of HEAD with such a path: one process of git for all of them."""
        entries = [line.split("\t") for line in self.git("ls-tree", "-r", "HEAD").splitlines()]
        blobs = {path: entry.split()[2] for entry, path in entries if wanted.fullmatch(path)}
        if not blobs:
            raise ValueError(f"{self.path} holds no files such as pulls/8.json, so it is no backup")
        with subprocess.Popen(  # noqa: S603 - as above
            ["git", "-C", str(self.path), "cat-file", "--batch"],  # noqa: S607 - as above
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as reader:
            assert reader.stdin is not None
            assert reader.stdout is not None
            for path, blob in blobs.items():
                reader.stdin.write(f"{blob}\n".encode())
                reader.stdin.flush()
                size = reader.stdout.readline().split()[-1]
                if size.isdigit():
                    yield path, reader.stdout.read(int(size)).decode(errors="replace")
                    reader.stdout.read(1)
                else:
                    self.lacking.append(path)

    def commits(self, number: int, *bases: str) -> list[Json]:
        """The commits of a pull request beyond the first of these bases that is known here, oldest first."""
        head = f"refs/pull/{number}/head"
        if head not in self.refs:
            return []
        for base in bases:
            try:
                told = self.git("log", f"--format={_COMMIT}", f"-{_MOST_COMMITS}", head, "--not", base, "--")
            except ValueError:  # a base that isn't here any more
                continue
            return [_commit(one.strip("\n")) for one in told.split("\x1e")[::-1] if one.strip("\n")]
        return []


@dataclass(frozen=True)
class WorkingGroup:
    """Turns what a working group's archive says into GitHub's shapes."""

    clone: Clone
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def pull_request(self, pull: Json) -> Json:
        number, base, owner = pull["number"], pull.get("baseRefName") or "", _owner(pull)
        # Once it is merged, its commits are in the base branch, too: where that stood before, they were not.
        bases = [one for one in (pull.get("baseRefOid"), base and f"refs/heads/{base}") if one]
        events = [*self.clone.commits(number, *bases), *map(self._comment, pull["comments"])]
        submitted = [review for review in pull["reviews"] if review["state"] != "PENDING"]
        events += [self._review(review) for review in submitted]
        merger = person(pull.get("mergedBy"))
        if pull.get("mergedAt"):
            events.append(self._event("merged", pull["mergedAt"], merger))
        if pull.get("closedAt"):
            events.append(self._event("closed", pull["closedAt"], merger))
        more = {
            "draft": False,
            "head": {"label": f"{owner}:{pull.get('headRefName') or ''}" if owner else ""},
            "base": {"ref": base},
        }
        return {
            "type": "pull",
            "pull": _opened(pull) | more,
            "events": sorted(events, key=_at),
            "comments": self._line_comments(submitted),
        }

    def issue(self, issue: Json) -> Json:
        events = list(map(self._comment, issue["comments"]))
        if issue.get("closedAt"):
            events.append(self._event("closed", issue["closedAt"], None))
        return {"type": "issue", "issue": _opened(issue), "events": sorted(events, key=_at)}

    def _comment(self, comment: Json) -> Json:
        return self._event("commented", comment["createdAt"], None) | _written(comment)

    def _review(self, review: Json) -> Json:
        return {
            "event": "reviewed",
            "id": next(self.ids),
            "submitted_at": review["createdAt"],
            "state": review["state"].lower(),
            "commit_id": (review.get("commit") or {}).get("abbreviatedOid"),
            **_written(review),
        }

    def _line_comments(self, reviews: Sequence[Json]) -> list[Json]:
        """Those at the same place of the diff are taken for one thread."""
        first: dict[int, int] = {}
        found = []
        for review, comment in ((one, comment) for one in reviews for comment in one["comments"]):
            number, place = next(self.ids), comment.get("originalPosition")
            said = {"id": number, "created_at": comment["createdAt"], "path": "?", "commit_id": None}
            said |= _written(review) | {"body": comment["body"]}
            if place in first:
                said["in_reply_to_id"] = first[place]
            elif place is not None:
                first[place] = number
            found.append(said)
        return found

    def _event(self, name: str, at: str, actor: Json | None) -> Json:
        return {"event": name, "id": next(self.ids), "created_at": at, "actor": actor}


def person(login: str | None) -> Json | None:
    """An account as GitHub tells of it; the id is made of the login, which is all that is known."""
    if not login:
        return None
    made_up = _FIRST_ID + zlib.crc32(login.lower().encode())
    return {"login": login, "id": made_up, "type": "Bot" if login.endswith("[bot]") else "User"}


def _opened(thread: Json) -> Json:
    return {
        "number": thread["number"],
        "created_at": thread["createdAt"],
        "title": thread["title"],
        "html_url": thread["url"],
        **_written(thread),
    }


def _written(said: Json) -> Json:
    return {
        "user": person(said["author"]),
        "body": said["body"],
        "author_association": said["authorAssociation"],
    }


def _owner(pull: Json) -> str:
    return str(pull.get("headRepository") or "").partition("/")[0]


def _commit(told: str) -> Json:
    sha, committed, authored, parents, message = told.split("\x1f", 4)
    return {
        "event": "committed",
        "sha": sha,
        "committer": {"date": committed},
        "author": {"date": authored},
        "message": _ADDRESS.sub("", message.strip()),
        "parents": [{"sha": parent} for parent in parents.split()],
    }


def _at(event: Json) -> datetime:
    when = event["committer"]["date"] if event["event"] == "committed" else event.get("created_at")
    return datetime.fromisoformat(when or event["submitted_at"])


def _without_addresses(thread: Json) -> Json:
    """The same without e-mail addresses: commits have some, as have their messages and signatures."""
    for event in thread.get("events") or ():
        if event.get("event") == "committed":
            event.pop("verification", None)
            event["message"] = _ADDRESS.sub("", event.get("message") or "")
    kept: Json = _without_key(thread, "email")
    return kept


def _without_key(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _without_key(one, key) for name, one in value.items() if name != key}
    return [_without_key(one, key) for one in value] if isinstance(value, list) else value


def _number(thread: Json) -> int:
    return int(thread[thread["type"]]["number"])


def _has_commits(thread: Json) -> bool:
    return any(event.get("event") == "committed" for event in thread["events"])


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("kind", choices=["backup", "ietf"], help="what kind of archive it is")
    parser.add_argument("clone", type=Path, help="the clone of a repository")
    parser.add_argument("--to", type=Path, required=True, help="the file to write, .jsonl.gz")
    parser.add_argument(
        "--archive", type=Path, help="ietf: archive.json, where it isn't on the branch gh-pages"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
