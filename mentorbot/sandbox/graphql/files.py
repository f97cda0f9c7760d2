"""What the GraphQL API tells of a repository's files: a commit, a folder, a file."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.sandbox import git
from mentorbot.sandbox.graphql.fields import FieldContext, field
from mentorbot.sandbox.model import Commit, Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file's content."""

    text: str
    is_binary: bool = False
    is_truncated: bool = False

    @property
    def oid(self) -> str:
        return git.blob_sha(self.text)

    @property
    def byte_size(self) -> int:
        return len(self.text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeEntry:
    """What is in a folder: a file, or another folder."""

    name: str
    object: Blob | Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A folder of a commit."""

    commit: Commit
    path: str

    @property
    def oid(self) -> str:
        return git.blob_sha(f"{self.commit.tree_sha} {self.path}")

    @property
    def entries(self) -> list[TreeEntry]:
        start = f"{self.path}/" if self.path else ""
        inside = (path.removeprefix(start) for path in self.commit.tree if path.startswith(start))
        names = sorted({path.partition("/")[0] for path in inside})
        return [TreeEntry(name=name, object=_at(self.commit, start + name)) for name in names]


def _at(commit: Commit, path: str) -> Blob | Tree:
    return Blob(text=commit.tree[path]) if path in commit.tree else Tree(commit=commit, path=path)


@field("Repository", "object")
def _object(
    repository: Repository, asking: FieldContext, *, expression: str | None = None
) -> Commit | Blob | Tree | None:
    """A commit, or what is at a path in it (`HEAD:README.md`); null where there is nothing."""
    asking.need("contents:read")
    ref, colon, path = (expression or "HEAD").partition(":")
    sha = git.resolve(asking.world, repository, ref)
    if sha is None:
        return None
    commit = asking.world.commits[sha]
    if not colon:
        return commit
    is_there = path in commit.tree or not path or any(one.startswith(f"{path}/") for one in commit.tree)
    return _at(commit, path) if is_there else None
