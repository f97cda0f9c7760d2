"""As much of git as the sandbox needs: commits with whole trees, diffs between them, and history."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Mapping
from difflib import unified_diff

from mentorbot.sandbox.model import Account, ChangedFile, Commit, Repository
from mentorbot.sandbox.world import World

NO_COMMIT = "0" * 40
Changes = Mapping[str, str | None]
"""New contents of files by path; None removes one."""


def blob_sha(text: str) -> str:
    """The id git gives to a file's content."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def changed_file(path: str, before: str | None, after: str | None) -> ChangedFile | None:
    """What became of one file, None when nothing did."""
    if before == after:
        return None
    lines = list(unified_diff((before or "").splitlines(), (after or "").splitlines(), n=3, lineterm=""))[2:]
    return ChangedFile(
        path=path,
        status="added" if before is None else "removed" if after is None else "modified",
        additions=sum(line.startswith("+") for line in lines),
        deletions=sum(line.startswith("-") for line in lines),
        patch="\n".join(lines),
        blob_sha=blob_sha(after if after is not None else before or ""),
    )


def diff(
    before: Mapping[str, str], after: Mapping[str, str], paths: Iterable[str]
) -> tuple[ChangedFile, ...]:
    """What changed in `paths` between two trees, by path."""
    found = (changed_file(path, before.get(path), after.get(path)) for path in sorted(set(paths)))
    return tuple(file for file in found if file is not None)


def commit(
    world: World,
    repository: Repository,
    changes: Changes,
    *,
    parents: tuple[str, ...],
    author: Account | None,
    message: str,
    committer: Account | None = None,
    author_name: str | None = None,
) -> Commit:
    """A new commit on top of `parents` (no branch points at it yet).

    Without an `author` its address belongs to no account, as happens to people with unlinked e-mail.
    """
    before = world.commits[parents[0]].tree if parents else {}
    tree = dict(before)
    for path, text in changes.items():
        if text is None:
            tree.pop(path, None)
        else:
            tree[path] = text
    serial = world.next_id("commit")
    seed = f"{serial} {message} {parents} {sorted(changes)}"
    sha = hashlib.sha1(seed.encode(), usedforsecurity=False).hexdigest()
    made = Commit(
        sha=sha,
        tree_sha=hashlib.sha1(f"tree {sha}".encode(), usedforsecurity=False).hexdigest(),
        parents=parents,
        author=author,
        author_name=author_name or (author.name or author.login if author else "Somebody"),
        author_email=author.email if author else "somebody@example.com",
        committer=committer or author,
        message=message,
        at=world.clock.now(),
        tree=tree,
        changed=diff(before, tree, changes),
        repository=repository,
    )
    world.commits[sha] = made
    return made


def tree_of(world: World, sha: str) -> Mapping[str, str]:
    """All files as they were at a commit."""
    return world.commits[sha].tree


def resolve(world: World, repository: Repository, ref: str) -> str | None:
    """The commit that a branch, `refs/heads/…`, `HEAD` or a commit id means; None when it means none."""
    name = ref.removeprefix("refs/").removeprefix("heads/")
    if name in repository.branches:
        return repository.branches[name]
    if name == "HEAD":
        return repository.branches.get(repository.default_branch)
    return name if name in world.commits else None


def history(world: World, sha: str) -> list[Commit]:
    """A commit and all before it, newest first."""
    seen = {sha}
    found: list[Commit] = []
    waiting = [_newest_first(world.commits[sha], 0)]
    count = 1
    while waiting:
        *_, newest = heapq.heappop(waiting)
        found.append(newest)
        for parent in newest.parents:
            if parent not in seen:
                seen.add(parent)
                heapq.heappush(waiting, _newest_first(world.commits[parent], count))
                count += 1
    return found


def _newest_first(commit: Commit, serial: int) -> tuple[float, int, Commit]:
    return (-commit.at.timestamp(), serial, commit)


def new_to(world: World, repository: Repository, *, base: str, head: str) -> list[Commit]:
    """What the head commit `head` has and the branch `base` has not, oldest first.

    For the default branch this looks no further back than the new commits themselves.
    """
    if base == repository.default_branch:
        known = repository.landed
    else:
        known = {commit.sha for commit in history(world, repository.branches[base])}
    found: dict[str, Commit] = {}
    waiting = [head]
    while waiting:
        sha = waiting.pop()
        if sha not in known and sha not in found:
            found[sha] = world.commits[sha]
            waiting.extend(reversed(found[sha].parents))
    return list(reversed(found.values()))


def point(world: World, repository: Repository, branch: str, sha: str) -> list[Commit]:
    """Let a branch point at a commit; gives what is new on it, oldest first.

    Who has a commit on the default branch is a contributor from then on.
    """
    if branch not in repository.branches:
        repository.branches[branch] = sha
        fresh = [] if branch != repository.default_branch else list(reversed(history(world, sha)))
    else:
        fresh = new_to(world, repository, base=branch, head=sha)
        repository.branches[branch] = sha
    if branch == repository.default_branch:
        repository.landed.update(commit.sha for commit in fresh)
        repository.committers.update(commit.author.id for commit in fresh if commit.author)
    repository.pushed_at = world.clock.now()
    return fresh
