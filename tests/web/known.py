"""What the pages of these tests show: a plain overview with memory, and a small GitHub to log in with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.web.overview import (
    BackfillProgress,
    BotStatus,
    DisplayedProblem,
    RepositoryStatus,
    Whereabouts,
)

NOW = datetime(2026, 2, 9, 12, tzinfo=UTC)
TOKEN = "ghu_adastokenadastokenadastoken"


def an_entry(because: str, **changed: object) -> JournalEntry:
    known: dict[str, object] = {
        "at": datetime(2026, 2, 9, 11, 57, tzinfo=UTC),
        "feature": "welcome",
        "outcome": Outcome.DONE,
        "number": 7,
        "person_id": 1,
        "delivery": "d-1",
    }
    return JournalEntry(because=because, **{**known, **changed})  # type: ignore[arg-type]  # checked by the tests


def a_repository(full_name: str = "octo/tea", **changed: object) -> RepositoryStatus:
    known: dict[str, object] = {
        "id": 40001,
        "private": False,
        "has_config": True,
        "features_on": ("welcome", "first_merge"),
        "problems": (),
    }
    return RepositoryStatus(full_name=full_name, **{**known, **changed})  # type: ignore[arg-type]  # checked by the tests


@dataclass
class KnownSessions:
    """Remembers which sessions go on."""

    going_on: set[str] = field(default_factory=set)

    async def begin(self, session: str, *, lasts: timedelta) -> None:
        assert lasts > timedelta(0)
        self.going_on.add(session)

    async def goes_on(self, session: str) -> bool:
        return session in self.going_on

    async def end(self, session: str) -> None:
        self.going_on.discard(session)


@dataclass
class KnownOverview:
    """Knows what it is told, and which questions it was asked."""

    repositories: list[RepositoryStatus] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)
    seeding: list[BackfillProgress] = field(default_factory=list)
    last_delivery_at: datetime | None = None
    parked: int = 0
    asked: list[str] = field(default_factory=list)

    async def status(self) -> BotStatus:
        return BotStatus(
            installations=1,
            repositories=len(self.repositories),
            waiting=3,
            parked=self.parked,
            last_delivery_at=self.last_delivery_at,
            seeding=self.seeding,
            public_repositories=[one.full_name for one in self.repositories if not one.private],
        )

    async def whereabouts(self, full_name: str) -> Whereabouts | None:
        self.asked.append("whereabouts")
        found = self._named(full_name)
        return Whereabouts(found.id, found.private) if found else None

    async def repository(self, full_name: str) -> RepositoryStatus | None:
        self.asked.append("repository")
        return self._named(full_name)

    def _named(self, full_name: str) -> RepositoryStatus | None:
        found = [one for one in self.repositories if one.full_name.lower() == full_name.lower()]
        return found[0] if found else None

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        return [entry for entry in self.entries if number in (None, entry.number)][:limit]


A_PROBLEM = DisplayedProblem(".github/mentorbot.yml:3:5", "unknown key `masage`; did you mean `message`?")


@dataclass
class LoginGitHub:
    """GitHub's login, for one person, and what they may read."""

    readable: dict[str, int] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    refuses_code: bool = False
    forgets_the_person: bool = False
    answers: tuple[int, dict[str, str]] | None = None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/login/oauth/access_token", self._token)
        app.router.add_get("/user", self._user)
        app.router.add_get("/repos/{owner}/{name}", self._repository)
        return app

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.forms.append({name: str(value) for name, value in form.items()})
        if self.refuses_code:
            return web.json_response({"error": "bad_verification_code"})
        return web.json_response({"access_token": TOKEN, "token_type": "bearer"})

    async def _user(self, request: web.Request) -> web.Response:
        if self.forgets_the_person or request.headers["Authorization"] != f"Bearer {TOKEN}":
            return web.Response(status=401, text="<html>who?</html>")
        return web.json_response({"id": 1001, "login": "ada"})

    async def _repository(self, request: web.Request) -> web.Response:
        full_name = "{owner}/{name}".format(**request.match_info)
        self.questions.append(full_name)
        if self.answers is not None:
            return web.json_response({"message": "no"}, status=self.answers[0], headers=self.answers[1])
        if full_name not in self.readable or request.headers["Authorization"] != f"Bearer {TOKEN}":
            return web.json_response({"message": "Not Found"}, status=404)
        return web.json_response({"id": self.readable[full_name]})
