"""What people are in the sandbox: joining, belonging to organisations and teams, changing their names."""

from __future__ import annotations

from mentorbot.sandbox.acts.acting import Acting, Who
from mentorbot.sandbox.model import Account, AccountType, Organization, Team
from mentorbot.sandbox.shapes import accounts as shapes


class PeopleActs(Acting):
    def add_user(
        self,
        login: str,
        *,
        name: str | None = None,
        kind: AccountType = "User",
        account_id: int | None = None,
    ) -> Account:
        """A new person (or another bot, with `kind="Bot"`); ValueError when the login is taken."""
        account = self.world.add_account(Account, login, kind=kind, name=name, account_id=account_id)
        self.world.changed()
        return account

    def add_organization(self, login: str, *, owners: tuple[Who, ...] = ()) -> Organization:
        self.world.add_account(Organization, login)
        group = self.world.organization(login)
        for owner in owners:
            group.members[self.who(owner).id] = "admin"
        return group

    def add_member(self, organization: str, member: Who, *, by: Who, role: str = "member") -> None:
        """Take somebody into an organisation as `member` or `admin`."""
        group, person = self.world.organization(organization), self.who(member)
        group.members[person.id] = role
        self.tell(
            "organization",
            "member_added",
            group,
            sender=self.who(by),
            body=lambda: {"membership": shapes.membership(self.world, group, person)},
        )

    def remove_member(self, organization: str, member: Who, *, by: Who) -> None:
        """Let somebody leave an organisation and its teams."""
        group, person = self.world.organization(organization), self.who(member)
        shape = shapes.membership(self.world, group, person)
        group.members.pop(person.id, None)
        for team in group.teams.values():
            team.members.pop(person.id, None)
        self.tell(
            "organization",
            "member_removed",
            group,
            sender=self.who(by),
            body=lambda: {"membership": shape},
        )

    def add_team(self, organization: str, name: str, *, by: Who, members: tuple[Who, ...] = ()) -> Team:
        """A new team; its slug is its name in small letters with dashes."""
        group = self.world.organization(organization)
        team = Team(
            id=self.world.next_id("team"),
            name=name,
            slug=name.lower().replace(" ", "-"),
            organization=group,
        )
        group.teams[team.slug] = team
        shape = shapes.team(self.world, team)
        self.tell("team", "created", group, sender=self.who(by), body=lambda: {"team": shape})
        for member in members:
            self.add_to_team(team, member, by=by)
        return team

    def add_to_team(self, team: Team | str, member: Who, *, by: Who) -> None:
        found = self.world.team(team) if isinstance(team, str) else team
        person = self.who(member)
        found.organization.members.setdefault(person.id, "member")
        found.members[person.id] = person
        self.tell(
            "membership",
            "added",
            found.organization,
            sender=self.who(by),
            body=lambda: {
                "scope": "team",
                "member": shapes.user(self.world, person),
                "team": shapes.team(self.world, found),
            },
        )

    def rename_user(self, who: Who, login: str) -> Account:
        """Give somebody, or an organisation, another login. An App hears of it only where it is installed."""
        account = self.who(who)
        before = account.login
        self.world.rename_account(account, login)
        for installation in self.world.installations_on(account):
            kind = "Organization" if isinstance(account, Organization) else "User"
            payload = {
                "action": "renamed",
                "account": shapes.user(self.world, account),
                "changes": {"login": {"from": before}},
                "target_type": kind,
                "sender": shapes.user(self.world, account),
                "installation": {"id": installation.id, "node_id": installation.node_id},
            }
            self.webhooks.send("installation_target", payload, installation=installation)
        if isinstance(account, Organization):
            changes = {"login": {"from": before}}
            self.tell("organization", "renamed", account, sender=account, body=lambda: {"changes": changes})
        return account

    def delete_user(self, who: Who) -> None:
        """Let an account be gone; what it wrote stays, under @ghost."""
        account = self.who(who)
        account.is_deleted = True
        self.world.forget_login(account)
        self.world.changed()

    def set_status(self, who: Who, *, busy: bool, message: str | None = None) -> None:
        """Show somebody as busy, or not, with a message; GitHub sends no event for it."""
        account = self.who(who)
        account.is_busy, account.status_message = busy, message
        self.world.changed()
