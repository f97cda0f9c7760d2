"""What people put into repositories, and set up there: commits, roles, names, owners, labels."""

from __future__ import annotations

from mentorbot.sandbox import git
from mentorbot.sandbox.acts.acting import Acting, RefusedError, Where, Who
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import (
    Account,
    ChangedFile,
    Commit,
    Label,
    Organization,
    PullRequest,
    PushedCommit,
    Repository,
    Role,
)
from mentorbot.sandbox.shapes import accounts as shapes_accounts
from mentorbot.sandbox.shapes import commits as shapes_commits
from mentorbot.sandbox.shapes import pulls as shapes_pulls
from mentorbot.sandbox.shapes import repositories as shapes


class RepositoryActs(Acting):
    """Acts about repositories: what is pushed to them, and what is set up there."""

    def owner_to_be(self, who: Who) -> Account:
        """Who is to own a repository: people and organisations do, bots can't (GraphQL: RepositoryOwner)."""
        owner = self.who(who)
        if owner.type == "Bot":
            raise RefusedError(f"{owner.login} is a bot, and bots own no repositories: name a user.")
        return owner

    def create_repository(
        self,
        full_name: str,
        *,
        files: git.Changes | None = None,
        private: bool = False,
        description: str | None = None,
        default_branch: str = "main",
        by: Who | None = None,
    ) -> Repository:
        """A new repository `owner/name` with a first commit by `by` (or its owner)."""
        login, _, name = full_name.partition("/")
        owner, now = self.owner_to_be(login), self.world.clock.now()
        sender = self.who(by or owner)
        repository = Repository(
            id=self.world.next_id("repository"),
            owner=owner,
            name=name,
            created_at=now,
            updated_at=now,
            pushed_at=now,
            is_private=private,
            description=description,
            default_branch=default_branch,
        )
        self.world.add_repository(repository)
        first = git.commit(
            self.world,
            repository,
            files or {"README.md": f"# {name}\n"},
            parents=(),
            author=sender,
            message="First commit",
        )
        git.point(self.world, repository, default_branch, first.sha)
        self.tell("repository", "created", repository, sender=sender, body=dict)
        return repository

    def fork(self, repository: Where, *, by: Who) -> Repository:
        """Somebody's fork of a repository; the one they have when they already have one."""
        source, owner = self.where(repository), self.owner_to_be(by)
        existing = self.world.find_repository(f"{owner.login}/{source.name}")
        if existing is not None and existing.fork_of is source:
            return existing
        now = self.world.clock.now()
        fork = Repository(
            id=self.world.next_id("repository"),
            owner=owner,
            name=source.name if existing is None else f"{source.name}-1",
            created_at=now,
            updated_at=now,
            pushed_at=now,
            is_private=source.is_private,
            default_branch=source.default_branch,
            fork_of=source,
        )
        source.fork_count += 1
        self.world.add_repository(fork)
        git.point(self.world, fork, source.default_branch, source.branches[source.default_branch])
        self.tell(
            "fork", None, source, sender=owner, body=lambda: {"forkee": shapes.repository(self.world, fork)}
        )
        return fork

    def push(
        self,
        repository: Where,
        *,
        by: Who,
        files: git.Changes,
        branch: str | None = None,
        message: str = "Change files",
        author: Account | None = None,
        force: bool = False,
    ) -> Commit:
        """Put a commit on a branch (the default one), made from it when there is none of that name.

        Pull requests from that branch move with it: theirs is `synchronize`; an App installed only on the
        repository they go to never sees a `push` for a fork. With `force` the last commit is replaced.
        """
        found, sender = self.where(repository), self.who(by)
        name = branch or found.default_branch
        before = found.branches.get(name)
        parent = before or found.branches[found.default_branch]
        parents = self.world.commits[parent].parents if force and before else (parent,)
        commit = git.commit(
            self.world,
            found,
            files,
            parents=parents,
            author=author or sender,
            committer=sender,
            message=message,
        )
        self.move_branch(found, name, commit, by=sender, force=force)
        return commit

    def edit_file(self, repository: Where, path: str, text: str | None, *, by: Who) -> Commit:
        """Change one file on the default branch, as people do on the web; None deletes it."""
        verb = "Delete" if text is None else "Update"
        return self.push(repository, by=by, files={path: text}, message=f"{verb} {path}")

    def move_branch(
        self, repository: Repository, branch: str, commit: Commit, *, by: Account, force: bool = False
    ) -> None:
        """Let a branch point at a commit, with all that follows from a push."""
        before = repository.branches.get(branch, git.NO_COMMIT)
        ends = f"{before[:12]}...{commit.sha[:12]}"
        fresh = git.point(self.world, repository, branch, commit.sha) or [commit]
        self.tell(
            "push",
            None,
            repository,
            sender=by,
            body=lambda: {
                "ref": f"refs/heads/{branch}",
                "before": before,
                "after": commit.sha,
                "created": before == git.NO_COMMIT,
                "deleted": False,
                "forced": force,
                "base_ref": None,
                "compare": f"{shapes.html_url(self.world, repository)}/compare/{ends}",
                "commits": [shapes_commits.pushed_commit(self.world, repository, one) for one in fresh],
                "head_commit": shapes_commits.pushed_commit(self.world, repository, commit),
                "pusher": {"name": by.login, "email": by.email},
            },
        )
        for pull in self.world.pulls_by_branch[repository.id, branch]:
            if pull.state == "open":
                self._synchronize(pull, before, commit, by=by, force=force)

    def _synchronize(
        self, pull: PullRequest, before: str, commit: Commit, *, by: Account, force: bool
    ) -> None:
        self.world.move_head(pull, commit.sha)
        known = {one.sha for one in pull.commits}
        pull.commits = git.new_to(self.world, pull.repository, base=pull.base_ref, head=commit.sha)
        pull.files = self.pull_files(pull)
        pull.updated_at = self.world.clock.now()
        present = {one.sha for one in pull.commits}
        pull.timeline = [
            item for item in pull.timeline if not isinstance(item, PushedCommit) or item.commit.sha in present
        ]
        self.note_commits(pull, [one for one in pull.commits if one.sha not in known])
        touched = {file.path for file in commit.changed}
        for thread in pull.review_threads.values():
            thread.is_outdated = thread.is_outdated or thread.path in touched
        if force:
            self.note(pull, "head_ref_force_pushed", by, commit_sha=commit.sha)
        self.tell(
            "pull_request",
            "synchronize",
            pull.repository,
            sender=by,
            body=lambda: {
                "number": pull.number,
                "before": before,
                "after": commit.sha,
                "pull_request": shapes_pulls.pull_request(self.world, pull),
            },
        )

    def note_commits(self, pull: PullRequest, commits: list[Commit]) -> None:
        for one in commits:
            pull.timeline.append(PushedCommit(pull_request=pull, commit=one))

    def pull_files(self, pull: PullRequest) -> tuple[ChangedFile, ...]:
        """What a pull request changes, against where it branched off."""
        if not pull.commits:
            return ()
        start = pull.commits[0].parents[0]
        paths = [file.path for commit in pull.commits for file in commit.changed]
        return git.diff(git.tree_of(self.world, start), git.tree_of(self.world, pull.head_sha), paths)

    # settings

    def set_role(self, repository: Where, member: Who, role: Role, *, by: Who) -> None:
        """Make somebody a collaborator with a role, change it, or with `none` end it."""
        found, person = self.where(repository), self.who(member)
        before = found.collaborators.get(person.id)
        if role == "none":
            found.collaborators.pop(person.id, None)
        else:
            found.collaborators[person.id] = role
        action = "removed" if role == "none" else "added" if before is None else "edited"
        changes: dict[str, Json] = {
            "added": {"changes": {"permission": {"to": "admin" if role == "admin" else "write"}}},
            "edited": {"changes": {"old_permission": {"from": before}}},
        }
        self.tell(
            "member",
            action,
            found,
            sender=self.who(by),
            body=lambda: {"member": shapes_accounts.user(self.world, person), **changes.get(action, {})},
        )

    def add_collaborator(self, repository: Where, member: Who, *, by: Who, role: Role = "write") -> None:
        """Invite somebody, who accepts at once."""
        self.set_role(repository, member, role, by=by)

    def give_team(self, repository: Where, team: str, role: Role, *, by: Who) -> None:
        found, group = self.where(repository), self.world.team(team)
        found.team_roles[group.slug] = role
        shape = {"team": shapes_accounts.team(self.world, group)}
        self.tell("team", "added_to_repository", found, sender=self.who(by), body=lambda: shape)

    def rename_repository(self, repository: Where, name: str, *, by: Who) -> Repository:
        """Give a repository another name; the old one leads to it."""
        found = self.where(repository)
        changes = {"repository": {"name": {"from": found.name}}}
        found.name = name
        self.world.name_repository(found)
        self.tell("repository", "renamed", found, sender=self.who(by), body=lambda: {"changes": changes})
        return found

    def transfer_repository(self, repository: Where, *, to: Who, by: Who) -> Repository:
        found, before = self.where(repository), self.where(repository).owner
        before_it = self.world.installations_for(found)
        found.owner = self.owner_to_be(to)
        found.team_roles.clear()
        self.world.name_repository(found)
        sender = self.who(by)
        source = (
            {"organization": shapes_accounts.organization(self.world, before)}
            if isinstance(before, Organization)
            else {"user": shapes_accounts.user(self.world, before)}
        )
        changes = {"owner": {"from": source}}
        self.tell("repository", "transferred", found, sender=sender, body=lambda: {"changes": changes})
        for old in before_it:
            old.repository_ids.discard(found.id)
            self.webhooks.tell_of_repositories(old, removed=[found], sender=sender)
        return found

    def delete_repository(self, repository: Where, *, by: Who) -> None:
        """Delete a repository; pull requests that came from it stay, without a place to push to."""
        found = self.where(repository)
        self.tell("repository", "deleted", found, sender=self.who(by), body=dict)
        found.is_deleted = True
        for (home, _), pulls in self.world.pulls_by_branch.items():
            for pull in pulls if home == found.id else ():
                pull.head_repository = None

    def archive_repository(self, repository: Where, *, by: Who, archived: bool = True) -> None:
        found = self.where(repository)
        found.is_archived = archived
        action = "archived" if archived else "unarchived"
        self.tell("repository", action, found, sender=self.who(by), body=dict)

    def create_label(
        self,
        repository: Where,
        name: str,
        *,
        by: Who,
        color: str = "ededed",
        description: str | None = None,
    ) -> Label:
        found = self.where(repository)
        label = self.world.add_label(found, name, color=color)
        label.description = description
        shape = {"label": shapes.label(self.world, found, label)}
        self.tell("label", "created", found, sender=self.who(by), body=lambda: shape)
        return label
