"""What owners do with the App: install it, choose its repositories, suspend it, remove it."""

from __future__ import annotations

from collections.abc import Iterable

from mentorbot.sandbox.acts.acting import Acting, Where, Who
from mentorbot.sandbox.apps import App, Installation
from mentorbot.sandbox.model import Account, Repository
from mentorbot.sandbox.shapes import accounts as shapes
from mentorbot.sandbox.shapes.repositories import named_repository
from mentorbot.sandbox.world import NotThereError


class AppActs(Acting):
    def install(
        self,
        on: Who,
        *,
        by: Who | None = None,
        app: App | None = None,
        repositories: Iterable[Where] | None = None,
        permissions: dict[str, str] | None = None,
    ) -> Installation:
        """Install an App on an account: for all repositories or some, with what it asks for or less.

        Unless `app` names another one, it is the one that is there from the start.
        """
        account, now, app = self.who(on), self.world.clock.now(), app or self.world.app
        installation = Installation(
            id=self.world.next_id("installation"),
            app=app,
            account=account,
            created_at=now,
            updated_at=now,
            permissions=dict(app.permissions if permissions is None else permissions),
            events=app.events,
        )
        if repositories is not None:
            installation.repository_selection = "selected"
            installation.repository_ids = {self.where(one).id for one in repositories}
        self.world.installations[installation.id] = installation
        self._tell(installation, "created", by)
        return installation

    def installed_repositories(self, installation: Installation) -> list[Repository]:
        return [one for one in self.world.repositories.values() if installation.covers(one)]

    def installation_on(self, on: Who) -> Installation:
        found = self.world.installation_on(self.who(on))
        if found is None:
            raise NotThereError(f"the App is not installed on {on}: use acts.install(…)")
        return found

    def uninstall(self, on: Who, *, by: Who | None = None) -> None:
        """Remove the App from an account; its tokens end at once."""
        installation = self.installation_on(on)
        self._tell(installation, "deleted", by)
        del self.world.installations[installation.id]

    def suspend(self, on: Who, *, by: Who | None = None) -> Installation:
        installation = self.installation_on(on)
        installation.suspended_by = self.who(by or installation.account)
        installation.suspended_at = self.world.clock.now()
        self._tell(installation, "suspend", by)
        return installation

    def unsuspend(self, on: Who, *, by: Who | None = None) -> Installation:
        installation = self.installation_on(on)
        installation.suspended_by = installation.suspended_at = None
        self._tell(installation, "unsuspend", by)
        return installation

    def accept_permissions(
        self,
        on: Who,
        *,
        permissions: dict[str, str] | None = None,
        events: tuple[str, ...] | None = None,
        by: Who | None = None,
    ) -> Installation:
        """Grant what the App asks for by now, or what is given."""
        installation = self.installation_on(on)
        installation.permissions = dict(installation.app.permissions if permissions is None else permissions)
        installation.events = installation.app.events if events is None else events
        self._tell(installation, "new_permissions_accepted", by)
        return installation

    def add_repositories(self, on: Who, repositories: Iterable[Where], *, by: Who | None = None) -> None:
        installation = self.installation_on(on)
        added = [self.where(one) for one in repositories]
        installation.repository_ids.update(one.id for one in added)
        self.webhooks.tell_of_repositories(installation, added=added, sender=self._sender(installation, by))

    def remove_repositories(self, on: Who, repositories: Iterable[Where], *, by: Who | None = None) -> None:
        installation = self.installation_on(on)
        removed = [self.where(one) for one in repositories]
        if installation.repository_selection == "all":
            installation.repository_ids = {one.id for one in self.installed_repositories(installation)}
            installation.repository_selection = "selected"
        installation.repository_ids.difference_update(one.id for one in removed)
        self.webhooks.tell_of_repositories(
            installation, removed=removed, sender=self._sender(installation, by)
        )

    def ping(self, app: App | None = None) -> None:
        """Let GitHub try an App's webhook, as it does when its URL was set."""
        app = app or self.world.app
        stamped = shapes.app(self.world, app)
        url = f"{self.world.api_url}/app/hook"
        self.webhooks.send(
            "ping",
            {
                "zen": "Keep it logically awesome.",
                "hook_id": app.hook_id,
                "hook": {
                    "type": "App",
                    "id": app.hook_id,
                    "name": "web",
                    "active": True,
                    "app_id": app.id,
                    "events": list(app.events),
                    "config": {
                        "content_type": "json",
                        "insecure_ssl": "0",
                        "secret": "********",
                        "url": app.hook_url,
                    },
                    "updated_at": stamped["updated_at"],
                    "created_at": stamped["created_at"],
                    "url": url,
                    "ping_url": f"{url}/pings",
                    "deliveries_url": f"{url}/deliveries",
                },
            },
            app=app,
        )

    def _sender(self, installation: Installation, by: Who | None) -> Account:
        return self.who(by or installation.account)

    def _tell(self, installation: Installation, action: str, by: Who | None) -> None:
        payload = {
            "action": action,
            "installation": shapes.installation(self.world, installation),
            "repositories": [named_repository(one) for one in self.installed_repositories(installation)],
            "sender": shapes.user(self.world, self._sender(installation, by)),
        }
        self.webhooks.send("installation", payload, installation=installation)
        self.world.changed()
