"""Finds again what we wrote, by the key hidden in it, and takes back what is there twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentorbot.core.errors import Impossible
from mentorbot.core.markers import key_in
from mentorbot.core.people import Person
from mentorbot.github.client import Client, path_segment
from mentorbot.github.error_mapping import Missing

_FURTHEST_BACK = timedelta(days=30)  # among everybody's issues; nothing is tried again for that long


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnComments:
    """What we wrote in one repository, oldest first. Its author must be us: anybody can write a marker.

    `path` is the repository's; `bot` tells who we are.
    """

    client: Client
    path: str
    bot: Callable[[], Awaitable[Person]]
    now: datetime

    async def comments(self, number: int, *, key: str) -> list[Any]:
        """Our comments under this key in one thread."""
        found = await self.client.pages(f"{self.path}/issues/{number}/comments?per_page=100")
        return _ours(found, await self.bot(), key)

    async def issues(self, *, key: str) -> list[Any]:
        """Our issues under this key: among all of ours, and among the newest where our name finds none."""
        bot = await self.bot()
        listing = f"{self.path}/issues?state=all&sort=created&direction=desc&per_page=100"
        if bot.login:
            # 422 where an account is unknown to the listing:
            # https://docs.github.com/en/rest/issues/issues#list-repository-issues
            with suppress(Impossible):
                found = await self.client.pages(f"{listing}&creator={path_segment(bot.login)}")
                if ours := _ours(found, bot, key):
                    return ours
        return _ours(await self._newest(listing), bot, key)

    async def delete(self, comments: Iterable[Any]) -> None:
        for comment in comments:
            with suppress(Missing):  # somebody was faster
                await self.client.write("DELETE", f"{self.path}/issues/comments/{comment['id']}")

    async def close(self, issues: Iterable[Any], *, in_favour_of: int) -> None:
        """Close issues that were opened twice, as nobody can delete them; without their key."""
        for issue in issues:
            path = f"{self.path}/issues/{issue['number']}"
            body = f"This was opened twice by mistake: #{in_favour_of} is the one that counts."
            data = {"body": body, "state": "closed"}
            try:
                await self.client.write("PATCH", path, {**data, "state_reason": "duplicate"})
            except Missing:
                continue
            except Impossible:  # an older Enterprise Server, which doesn't know that reason
                await self.client.write("PATCH", path, {**data, "state_reason": "not_planned"})

    async def _newest(self, listing: str) -> list[Any]:
        horizon = (self.now - _FURTHEST_BACK).strftime("%Y-%m-%dT%H:%M:%SZ")
        page = await self.client.page(listing)
        found = list(page.items)
        while page.next_url and str(found[-1].get("created_at")) > horizon:
            page = await self.client.page(page.next_url)
            found += page.items
        return found


def _ours(listing: Iterable[Any], bot: Person, key: str) -> list[Any]:
    ours = [one for one in listing if _is_by(one, bot) and key_in(one.get("body") or "") == key]
    return sorted(ours, key=lambda one: one["id"])


def _is_by(found: Any, bot: Person) -> bool:
    user = found.get("user") if isinstance(found, dict) else None
    if not isinstance(user, dict):
        return False
    # Names that end in [bot] are for Apps alone: where GitHub does not tell our id, a name will do.
    is_named_so = bool(bot.login) and str(user.get("login")).lower() == bot.login.lower()
    return is_named_so or (user.get("id") == bot.id if bot.id else user.get("type") == "Bot")
