"""What the pages of these tests show: a plain overview with memory, and a small GitHub to log in with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

from mentorbot.config.configuration import ConfigProblem
from mentorbot.core.entities import Repository
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.core.people import Person
from mentorbot.db.jobs import Backlog, OldestJobs
from mentorbot.db.parked import ParkedEffect
from mentorbot.db.repositories import InstalledRepository, StoredInstallation
from mentorbot.engine.status import Status
from mentorbot.web.overview import RepositoryOverview

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


def a_repository(
    full_name: str = "octo/tea",
    *,
    id: int = 40001,  # noqa: A002 - as the field is called
    private: bool = False,
    **changed: object,
) -> RepositoryOverview:
    owner = Person(2, full_name.partition("/")[0])
    known: dict[str, object] = {
        "repository": Repository(id=id, full_name=full_name, owner=owner, private=private),
        "has_config": True,
        "features_on": ("welcome", "first_merge"),
        "problems": (),
    }
    return RepositoryOverview(**{**known, **changed})  # type: ignore[arg-type]  # checked by the tests


def a_parked_effect() -> ParkedEffect:
    return ParkedEffect(
        id=1, feature="welcome", kind="Comment", repository_id=40001, number=7, why="GitHub said no"
    )


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
    """Knows what it is told, and which questions it was asked. `reading` are pages read of the past."""

    repositories: list[RepositoryOverview] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)
    reading: dict[str, int] = field(default_factory=dict)
    last_delivery_at: datetime | None = None
    parked: list[ParkedEffect] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    run_by: Person | None = None

    async def status(self) -> Status:
        return Status(
            installations=[StoredInstallation(id=5, account=Person(2, "octo"), state="active")],
            repositories=[self._workplace(one.repository) for one in self.repositories],
            backlog=Backlog(waiting=3, later=0, running=0),
            oldest=OldestJobs(None, None),
            parked_deliveries=(),
            parked_effects=self.parked,
            last_delivery_at=self.last_delivery_at,
        )

    async def owner(self) -> Person | None:
        return self.run_by

    async def repository_named(self, full_name: str) -> Repository | None:
        self.asked.append("repository named")
        found = self._named(full_name)
        return found.repository if found else None

    async def repository(self, full_name: str) -> RepositoryOverview | None:
        self.asked.append("repository")
        return self._named(full_name)

    def _named(self, full_name: str) -> RepositoryOverview | None:
        found = [one for one in self.repositories if one.repository.full_name.lower() == full_name.lower()]
        return found[0] if found else None

    def _workplace(self, repository: Repository) -> InstalledRepository:
        pages = self.reading.get(repository.full_name)
        return InstalledRepository(
            repository=repository,
            installation_id=5,
            active=True,
            seeding="finished" if pages is None else "threads",
            pages=pages or 0,
        )

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        return [entry for entry in self.entries if number in (None, entry.number)][:limit]


A_PROBLEM = ConfigProblem(
    section="welcome", line=3, column=5, message="unknown key `masage`; did you mean `message`?"
)


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
