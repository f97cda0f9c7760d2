"""What people set up in repositories: roles, names, owners, labels, milestones."""

from __future__ import annotations

from datetime import datetime

from mentorbot.sandbox import shapes_accounts
from mentorbot.sandbox import shapes_repositories as shapes
from mentorbot.sandbox.accounts import Organization
from mentorbot.sandbox.acting import Acting, Where, Who
from mentorbot.sandbox.repositories import Label, Milestone, Repository, Role
from mentorbot.sandbox.shapes_accounts import Json


class SettingsActs(Acting):
    """Acts about what a repository is, rather than what is in it."""

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

    def remove_collaborator(self, repository: Where, member: Who, *, by: Who) -> None:
        """Take somebody's access away."""
        self.set_role(repository, member, "none", by=by)

    def give_team(self, repository: Where, team: str, role: Role, *, by: Who) -> None:
        """Give a team (`organisation/slug`) a role in a repository."""
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
        """Give a repository to another owner."""
        found, before = self.where(repository), self.where(repository).owner
        old = self.world.installation_for(found)
        found.owner = self.who(to)
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
        if old is not None:
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
        """Make a repository read-only, or end that."""
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
        """A new label."""
        found = self.where(repository)
        label = self.world.add_label(found, name, color=color)
        label.description = description
        shape = {"label": shapes.label(self.world, found, label)}
        self.tell("label", "created", found, sender=self.who(by), body=lambda: shape)
        return label

    def create_milestone(
        self, repository: Where, title: str, *, by: Who, due_on: datetime | None = None
    ) -> Milestone:
        """A new milestone."""
        found, creator, now = self.where(repository), self.who(by), self.world.clock.now()
        milestone = Milestone(
            id=self.world.next_id("milestone"),
            repository=found,
            number=len(found.milestones) + 1,
            title=title,
            creator=creator,
            created_at=now,
            updated_at=now,
            due_on=due_on,
        )
        found.milestones[milestone.number] = milestone
        self.world.nodes[milestone.node_id] = milestone
        shape = {"milestone": shapes.milestone(self.world, found, milestone)}
        self.tell("milestone", "created", found, sender=creator, body=lambda: shape)
        return milestone
