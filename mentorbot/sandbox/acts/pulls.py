"""What people do with pull requests: open, push to, merge, mark as draft or ready, ask for reviews."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mentorbot.sandbox import git
from mentorbot.sandbox.acts.acting import Pull, RefusedError, Where, Who
from mentorbot.sandbox.acts.issues import IssueActs, check_length
from mentorbot.sandbox.acts.repositories import RepositoryActs
from mentorbot.sandbox.model import Account, Commit, PullRequest, Repository, Team
from mentorbot.sandbox.shapes import accounts as shapes_accounts

_CLOSES = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)", re.IGNORECASE)


class PullRequestActs(RepositoryActs, IssueActs):
    """Acts on pull requests, apart from reviews."""

    def open_pull_request(
        self,
        repository: Where,
        *,
        by: Who,
        title: str,
        body: str | None = None,
        files: git.Changes | None = None,
        branch: str | None = None,
        base: str | None = None,
        draft: bool = False,
    ) -> PullRequest:
        """A new pull request that changes `files`, from the author's fork unless they may push here.

        Bots have no repositories of their own: those are Apps, and push to where they are installed. `branch`
        may exist already with commits on it; else it is made, under a name of its own.
        """
        found, author = self.where(repository), self.who(by)
        check_length(body or "")
        may_push = author.type == "Bot" or found.role_of(author) in {"write", "maintain", "admin"}
        head = found if may_push else self.fork(found, by=author)
        number = found.last_number + 1
        name = branch or f"patch-{number}"
        if files is not None or name not in head.branches:
            self._start_branch(found, head, name, base or found.default_branch)
            changes = files or {f"notes/{number}.md": f"# {title}\n"}
            self.push(head, by=author, files=changes, branch=name, message=title)
        return self._open(found, head, name, author=author, title=title, body=body, base=base, is_draft=draft)

    def _start_branch(self, to: Repository, head: Repository, name: str, base: str) -> None:
        """Begin a new branch where the pull request's base is now, not where an old fork stood."""
        if name not in head.branches:
            head.branches[name] = to.branches[base]

    def _open(
        self,
        repository: Repository,
        head: Repository,
        branch: str,
        *,
        author: Account,
        title: str,
        body: str | None,
        base: str | None,
        is_draft: bool,
    ) -> PullRequest:
        now, base_ref, head_sha = (
            self.world.clock.now(),
            base or repository.default_branch,
            head.branches[branch],
        )
        commits = git.new_to(self.world, repository, base=base_ref, head=head_sha)
        if not commits:
            raise RefusedError(f"No commits between {base_ref} and {branch}")
        repository.last_number += 1
        pull = PullRequest(
            id=self.world.next_id("issue"),
            pull_id=self.world.next_id("pull"),
            number=repository.last_number,
            repository=repository,
            author=author,
            title=title,
            body=body,
            created_at=now,
            updated_at=now,
            base_ref=base_ref,
            base_sha=repository.branches[base_ref],
            head_ref=branch,
            head_sha=head_sha,
            head_repository=head,
            head_owner=head.owner,
            is_draft=is_draft,
            commits=commits,
        )
        pull.files = self.pull_files(pull)
        self.note_commits(pull, commits)
        self.world.add_thread(pull)
        self.tell_of_thread(pull, "opened", author)
        self.note_references(pull, author, body)
        return pull

    def push_to(
        self,
        pull: Pull,
        *,
        files: git.Changes,
        by: Who | None = None,
        message: str = "Address review",
        force: bool = False,
    ) -> Commit:
        """Another commit on a pull request's branch (with `force`: its last one rewritten)."""
        found = self.pull(pull)
        if found.head_repository is None:
            raise RefusedError("The fork this pull request came from is gone: nothing can be pushed to it.")
        return self.push(
            found.head_repository,
            by=found.author if by is None else by,
            files=files,
            branch=found.head_ref,
            message=message,
            force=force,
        )

    def merge(self, pull: Pull, *, by: Who, method: str = "merge", message: str | None = None) -> Commit:
        """Merge it (`merge`, `squash` or `rebase`); issues it says it fixes are closed with it."""
        found, merger = self.pull(pull), self.who(by)
        if found.state == "closed" or found.is_draft or found.mergeable is False:
            raise RefusedError("Pull Request is not mergeable")
        text = message or f"{found.title} (#{found.number})"
        landed = self._land(found, merger, text, keeps_commits=method == "merge")
        found.merged_at, found.merged_by = self.world.clock.now(), merger
        found.merge_commit_sha = landed.sha
        found.requested.clear()
        self.note(found, "merged", merger, commit_sha=landed.sha)
        self.note_closed(found, merger)
        self.move_branch(found.repository, found.base_ref, landed, by=merger)
        self.tell_of_thread(found, "closed", merger)
        self._close_fixed(found, merger, landed)
        return landed

    def merge_by_bot(self, pull: Pull, *, by: Who, message: str | None = None) -> Commit:
        """Land it as merge bots do: its changes as a commit on the base branch, itself closed, unmerged."""
        found, bot = self.pull(pull), self.who(by)
        text = message or f"{found.title}\n\nCloses #{found.number}"
        landed = self._land(found, bot, text, keeps_commits=False)
        self.move_branch(found.repository, found.base_ref, landed, by=bot)
        self.close(found, by=bot, commit_sha=landed.sha)
        return landed

    def _land(self, pull: PullRequest, committer: Account, message: str, *, keeps_commits: bool) -> Commit:
        tree = git.tree_of(self.world, pull.head_sha)
        base = pull.repository.branches[pull.base_ref]
        return git.commit(
            self.world,
            pull.repository,
            {file.path: tree.get(file.path) for file in pull.files},
            parents=(base, pull.head_sha) if keeps_commits else (base,),
            author=committer if keeps_commits else pull.commits[0].author if pull.commits else pull.author,
            committer=committer,
            message=message,
        )

    def _close_fixed(self, pull: PullRequest, merger: Account, landed: Commit) -> None:
        for number in dict.fromkeys(_CLOSES.findall(pull.body or "")):
            issue = pull.repository.threads.get(int(number))
            if issue is not None and not isinstance(issue, PullRequest) and issue.state == "open":
                self.close(issue, by=merger, commit_sha=landed.sha)

    def mark_ready(self, pull: Pull, *, by: Who | None = None) -> PullRequest:
        return self._set_draft(pull, by, is_draft=False, kind="ready_for_review", action="ready_for_review")

    def convert_to_draft(self, pull: Pull, *, by: Who | None = None) -> PullRequest:
        return self._set_draft(pull, by, is_draft=True, kind="convert_to_draft", action="converted_to_draft")

    def _set_draft(
        self, pull: Pull, by: Who | None, *, is_draft: bool, kind: str, action: str
    ) -> PullRequest:
        found = self.pull(pull)
        actor = self.who(by or found.author)
        if found.is_draft != is_draft:
            found.is_draft = is_draft
            self.note(found, kind, actor)
            self.tell_of_thread(found, action, actor)
        return found

    def set_mergeable(self, pull: Pull, *, mergeable: bool | None) -> None:
        """Let it be mergeable, conflict (False), or not be known yet (None); GitHub sends no event for it."""
        self.pull(pull).mergeable = mergeable
        self.world.changed()

    def request_review(self, pull: Pull, who: Who | Team | Sequence[Who | Team], *, by: Who) -> None:
        """Ask people, or teams (`organisation/slug`), for a review; asking again is allowed."""
        found, actor = self.pull(pull), self.who(by)
        for one in [who] if isinstance(who, str | Account | Team) else who:
            asked = self.requested(one)
            found.requested.pop(asked.node_id, None)
            found.requested[asked.node_id] = asked
            self._note_request(found, asked, actor, kind="review_requested")

    def remove_review_request(self, pull: Pull, who: Who | Team, *, by: Who) -> None:
        found, asked = self.pull(pull), self.requested(who)
        if found.requested.pop(asked.node_id, None) is not None:
            self._note_request(found, asked, self.who(by), kind="review_request_removed")

    def _note_request(self, pull: PullRequest, asked: Account | Team, actor: Account, *, kind: str) -> None:
        self.note(pull, kind, actor, requested=asked)
        shape = (
            {"requested_team": shapes_accounts.team(self.world, asked)}
            if isinstance(asked, Team)
            else {"requested_reviewer": shapes_accounts.user(self.world, asked)}
        )
        self.tell_of_thread(pull, kind, actor, **shape)
