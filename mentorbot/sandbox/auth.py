"""Who is asking: App JWTs, installation tokens and people's tokens, as GitHub tells them apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import jwt

from mentorbot.sandbox.answers import GitHubProblem
from mentorbot.sandbox.apps import App, Installation
from mentorbot.sandbox.model import Account, Repository
from mentorbot.sandbox.world import World

TOKEN_LIFE = timedelta(hours=1)
"""How long an installation token lasts: https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app."""

CODE_LIFE = timedelta(hours=1)
"""How long a new App waits for whoever registered it to fetch its credentials."""

SIGN_ON_NEEDED = (
    "Resource protected by organization SAML enforcement. You must grant your Personal Access token access "
    "to this organization."
)
_JWT_LIFE = 600
_JWT_DRIFT = 60
_JWT_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationToken:
    """A token of an installation, with what the installation may when it is made."""

    token: str
    installation: Installation
    permissions: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sent a request, for an App also through one of its installations; limits are counted by `key`."""

    kind: Literal["app", "installation", "user", "anonymous"]
    key: str
    app: App | None = None
    token: InstallationToken | None = None
    user: Account | None = None

    def may_see(self, repository: Repository) -> bool:
        """Whether the repository exists for this caller."""
        if self.token is not None:
            return self.token.installation.covers(repository)
        if self.user is not None:
            return repository.role_of(self.user) != "none"
        return not repository.is_private

    def sign_on_url(self, repository: Repository) -> str | None:
        """Where this caller's token has to be let in by its owner's single sign-on first; None: nowhere."""
        organization = repository.organization
        return organization.sign_on_url if self.user is not None and organization is not None else None

    def may(self, permission: str, level: str) -> bool:
        """Whether an installation token carries `level` of `permission`; others than installations read."""
        if self.token is None:
            return level == "read" or self.user is not None
        if permission == "metadata" and level == "read":
            return True
        granted = self.token.permissions.get(permission)
        return granted == level or granted in {"write", "admin"}


class Tokens:
    """Gives out tokens and knows them again.

    `grace` is for clocks that jump: so long after its end a token is still good, as it was when it was sent.
    """

    def __init__(self, world: World) -> None:
        self.grace = timedelta(0)
        self._world = world
        self._installations: dict[str, InstallationToken] = {}
        self._users: dict[str, Account] = {}
        self._codes: dict[str, Account] = {}
        self._registered: dict[str, tuple[App, datetime]] = {}
        self._count = 0

    def _secret(self, prefix: str) -> str:
        self._count += 1
        seed = f"{prefix} {self._count} {self._world.app.client_secret}"
        return f"{prefix}_{hashlib.sha256(seed.encode()).hexdigest()[:36]}"

    def for_installation(self, installation: Installation) -> InstallationToken:
        token = InstallationToken(
            token=self._secret("ghs"),
            installation=installation,
            permissions=installation.permissions,
            expires_at=self._world.clock.now() + TOKEN_LIFE,
        )
        self._installations[token.token] = token
        return token

    def revoke(self, token: InstallationToken) -> None:
        self._installations.pop(token.token, None)

    def for_user(self, user: Account) -> str:
        token = self._secret("ghu")
        self._users[token] = user
        return token

    def code_for(self, user: Account) -> str:
        """A new code that can be exchanged once for a token of that person."""
        code = self._secret("code")
        self._codes[code] = user
        return code

    def redeem(self, code: str) -> Account | None:
        """Whose code it is, once."""
        return self._codes.pop(code, None)

    def code_for_registered(self, app: App) -> str:
        """A new code that can be exchanged once, within the hour, for the credentials of a new App."""
        code = self._secret("registered")
        self._registered[code] = app, self._world.clock.now() + CODE_LIFE
        return code

    def redeem_registered(self, code: str) -> App | None:
        """Which App it stands for, once."""
        app, ends_at = self._registered.pop(code, (None, None))
        return app if ends_at is not None and self._world.clock.now() < ends_at else None

    def identify(self, authorization: str | None) -> Caller:
        """Who sends this `Authorization` header; Problem 401 when it is good for nobody."""
        if not authorization:
            return Caller(kind="anonymous", key="anonymous")
        _, _, token = authorization.strip().partition(" ")
        if token.count(".") == _JWT_PARTS - 1:
            app = self._app_of_jwt(token)
            return Caller(kind="app", key="app" if app is self._world.app else f"app {app.id}", app=app)
        known = self._installations.get(token)
        if known is not None:
            return self._installation(known)
        if token in self._users:
            user = self._users[token]
            return Caller(kind="user", key=f"user {user.id}", user=user)
        raise GitHubProblem(401, "Bad credentials")

    def _installation(self, token: InstallationToken) -> Caller:
        installation = token.installation
        ended = token.expires_at <= self._world.clock.now() - self.grace
        if ended or installation.id not in self._world.installations:
            raise GitHubProblem(401, "Bad credentials")
        if installation.suspended_at is not None:
            raise GitHubProblem(403, "This installation has been suspended")
        return Caller(
            kind="installation", key=f"installation {installation.id}", token=token, app=installation.app
        )

    def _app_of_jwt(self, token: str) -> App:
        """The App that signed it, for ten minutes at most by the sandbox's clock; problem 401 otherwise."""
        try:
            issuer = str(jwt.decode(token, options={"verify_signature": False}).get("iss"))
            app = self._world.app_known_as(issuer)
            claims = jwt.decode(
                token,
                (app or self._world.app).public_key,
                algorithms=["RS256"],
                options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
            issued, expires = float(claims["iat"]), float(claims["exp"])
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise GitHubProblem(401, "A JSON web token could not be decoded") from error
        now = self._world.clock.precise().timestamp()
        if app is None:
            raise GitHubProblem(401, "Integration must generate a public key")
        if expires <= now - self.grace.total_seconds():
            raise GitHubProblem(
                401,
                "'Expiration time' claim ('exp') must be a numeric value representing the future",
            )
        if expires - now > _JWT_LIFE:
            raise GitHubProblem(401, "'Expiration time' claim ('exp') is too far in the future")
        if issued > now + _JWT_DRIFT:
            raise GitHubProblem(
                401,
                "'Issued at' claim ('iat') must be an Integer in the past",
            )
        return app
