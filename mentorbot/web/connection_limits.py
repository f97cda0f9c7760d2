"""Limits connections: how many there may be, and how long each may keep us waiting.

aiohttp waits for ever for a request's head, and for its answers to be read. Here whoever owes us one of these
is hung up on after a while, and earlier where there are too many: then the one that has owed us the longest
makes room for whoever comes. Whoever has signed a delivery is hung up on last.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web

log = structlog.get_logger("web")

HEAD_SECONDS = 10.0
"""How long a request's head may take; GitHub and proxies send it at once."""

IDLE_SECONDS = 75.0
"""How long a connection may stay open between two requests: longer than proxies do, commonly 60."""

UNREAD_SECONDS = 30.0
"""How long somebody may take to read what we have to say, until there is room for more of it."""

LINGERING_SECONDS = 1.0
"""How long the rest of a refused body is read and dropped, so that its sender gets to see the answer."""

MOST_CONNECTIONS = 500
_FILES_FOR_OTHERS = 2  # of the open files a process may have, half are for the store, GitHub and the rest


def connection_limit() -> int:
    """How many connections there may be at once, as far as the operating system lets us."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:  # pragma: no cover - Windows
        return MOST_CONNECTIONS
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_CONNECTIONS if files < 0 else max(min(MOST_CONNECTIONS, files // _FILES_FOR_OTHERS), 8)


@dataclass(slots=True)
class ConnectionLimiter:
    """Knows who is connected, and lets no more than `most` be."""

    most: int
    head_seconds: float = HEAD_SECONDS
    idle_seconds: float = IDLE_SECONDS
    unread_seconds: float = UNREAD_SECONDS
    connected: set[ClientConnection] = field(default_factory=set)

    def connection(self, server: web.Server) -> ClientConnection:
        """What asyncio asks for at each new connection."""
        return ClientConnection(
            server,
            self,
            loop=asyncio.get_running_loop(),
            access_log=None,  # the webhook writes what matters
            auto_decompress=False,  # signatures are over the bytes as sent, and small bombs stay small
            keepalive_timeout=self.idle_seconds,
            lingering_time=LINGERING_SECONDS,
        )

    def admit(self, fresh: ClientConnection) -> bool:
        """Make room for somebody; False where everybody who is there is being served."""
        if len(self.connected) >= self.most:
            owing = [connection for connection in self.connected if connection.keeps_us_waiting]
            if not owing:
                log.warning("Too many connections, all of them busy; one was turned away", most=self.most)
                return False
            log.warning("Too many connections; who kept us waiting the longest made room", most=self.most)
            min(owing, key=lambda one: (one.has_signed, one.is_served, one.since)).hang_up()
        self.connected.add(fresh)
        return True


class ClientConnection(web.RequestHandler):
    """A connection that knows since when it owes us (the rest of) a request, or reading our answer."""

    __slots__ = ("_head_timer", "_limiter", "_unread_timer", "has_signed", "is_refused", "since")

    def __init__(self, server: web.Server, limiter: ConnectionLimiter, **settings: Any) -> None:
        super().__init__(server, **settings)
        self._limiter = limiter
        self._head_timer: asyncio.TimerHandle | None = None
        self._unread_timer: asyncio.TimerHandle | None = None
        self.since = self._loop.time()
        self.has_signed = False
        self.is_refused = False

    @property
    def is_served(self) -> bool:
        """True while a request is being answered, or waits for that."""
        return self._current_request is not None or bool(self._messages)

    @property
    def keeps_us_waiting(self) -> bool:
        """True where nothing can be done before bytes of a head or a body come, or ours are read."""
        if self._unread_timer is not None:
            return True
        request = self._current_request
        return not self._messages if request is None else not request.content.is_eof()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connects: from now on the first request's head is awaited."""
        super().connection_made(transport)
        if self._limiter.admit(self):
            self._await_head()
        else:
            self.hang_up()

    def data_received(self, data: bytes) -> None:
        """Bytes came: a head has to be complete a while after its first one."""
        if self.is_refused:  # the rest of a body that nobody wants: not worth parsing
            return
        if data and not self.is_served and self._head_timer is None:
            self._await_head()
        super().data_received(data)
        if self.is_served:
            self.since = self._loop.time() if self._head_timer else self.since
            self._head_came()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.since = self._loop.time()
        self._unread_timer = self._loop.call_later(self._limiter.unread_seconds, self.hang_up)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._was_read()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._head_came()
        self._was_read()
        self._limiter.connected.discard(self)
        super().connection_lost(exc)

    def hang_up(self) -> None:
        """End it at once, whatever is still to be said."""
        self._head_came()
        self._was_read()
        self._limiter.connected.discard(self)
        if self.transport is not None:
            self.transport.abort()

    def _await_head(self) -> None:
        self.since = self._loop.time()
        self._head_timer = self._loop.call_later(self._limiter.head_seconds, self.hang_up)

    def _head_came(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _was_read(self) -> None:
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None


def note_refused(request: web.Request) -> None:
    """Look at nothing any more that comes on this connection."""
    if isinstance(request.protocol, ClientConnection):
        request.protocol.is_refused = True


def note_signed(request: web.Request) -> None:
    """Remember that whoever sends this knows the secret: GitHub, or a proxy in between."""
    if isinstance(request.protocol, ClientConnection):
        request.protocol.has_signed = True
