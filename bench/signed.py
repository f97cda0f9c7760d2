"""Deliveries as GitHub sends them: real comments blown up to the size of real ones, and signed beforehand."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

SIZE = 24_000
"""Bytes of a payload, as those of pull requests have."""

_ASSIGNEES = 6
_PROSE = """\
It fails here, too, when the kettle is cold and nobody looks at what the sensor said before that, so I tried
main again with another compiler on a slower machine, where everything works but takes twice as long as in
release 3.2. Could this be about how we close files after errors, or do you think that my patch only hides
something deeper, which then returns once people use more threads than cores? Please have a look.
"""

Json = dict[str, Any]


def comments_like(delivered: Sequence[Json], *, threads: int = 200, count: int = 400) -> list[Json]:
    """`issue_comment` payloads on so many issues, made from one of each repository that GitHub delivered."""
    return [_comment(delivered[number % len(delivered)], number, threads) for number in range(count)]


def _comment(delivered: Json, number: int, threads: int) -> Json:
    payload = copy.deepcopy(delivered)
    payload["issue"]["number"] = 1000 + number % threads
    payload["issue"]["id"] = 900_000 + number % threads
    payload["issue"]["assignees"] = [payload["issue"]["user"]] * _ASSIGNEES
    payload["comment"]["id"] = 500_000 + number
    chance = random.Random(number)  # noqa: S311 - figures are to be the same each time
    left = SIZE - len(json.dumps(payload, separators=(",", ":")))
    payload["comment"]["body"] = " ".join(chance.choices(_PROSE.split(), k=max(left, 0)))[:left]
    return payload


def as_lines(event: str, payloads: Sequence[Json]) -> str:
    """What `bench/load.py` and wrk are given: one `{"event", "payload"}` a line."""
    return "\n".join(json.dumps({"event": event, "payload": payload}) for payload in payloads)


def presigned(lines: str, *, url: str, secret: str) -> list[tuple[bytes, bytes]]:
    """Whole HTTP requests, but for the delivery's id: what comes before it and after it."""
    return [_request(json.loads(line), url, secret) for line in lines.splitlines()]


def _request(told: Json, url: str, secret: str) -> tuple[bytes, bytes]:
    address = urlsplit(url)
    body = json.dumps(told["payload"], separators=(",", ":")).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    before = (
        f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
        f"X-GitHub-Event: {told['event']}\r\nX-Hub-Signature-256: sha256={signature}\r\n"
        f"Content-Length: {len(body)}\r\nUser-Agent: GitHub-Hookshot/bench\r\nX-GitHub-Delivery: "
    )
    return before.encode(), b"\r\n\r\n" + body
