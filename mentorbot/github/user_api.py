"""What GitHub tells somebody who logs in: a token for their code, who they are, what they may read."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp

from mentorbot.core.errors import GitHubUnavailable, LimitReached

_TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserApi:
    """Asks as the person whose token it is; what they may do is not what the App may."""

    http: aiohttp.ClientSession
    server_url: str
    api_url: str

    async def exchange(self, **form: str) -> dict[str, Any]:
        """GitHub's answer to a code: a token, or an error in words. Raises GitHubUnavailable."""
        url, headers = f"{self.server_url}/login/oauth/access_token", {"Accept": "application/json"}
        try:
            async with self.http.post(url, data=form, headers=headers, timeout=_TIMEOUT) as answer:
                return await _object_in(answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise GitHubUnavailable("GitHub does not answer.") from error

    async def ask(self, path: str, *, token: str) -> tuple[int, dict[str, Any]]:
        """The status of GitHub's answer, and what it holds. Raises GitHubUnavailable."""
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
        try:
            async with self.http.get(f"{self.api_url}{path}", headers=headers, timeout=_TIMEOUT) as answer:
                if _is_limited(answer):
                    raise LimitReached("GitHub's limit for this person is in force.")
                return answer.status, await _object_in(answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise GitHubUnavailable("GitHub does not answer.") from error


def _is_limited(answer: aiohttp.ClientResponse) -> bool:
    """Limits come as 429, or as the 403 that else means no."""
    return answer.status == HTTPStatus.TOO_MANY_REQUESTS or (
        answer.status == HTTPStatus.FORBIDDEN
        and (answer.headers.get("x-ratelimit-remaining") == "0" or "retry-after" in answer.headers)
    )


async def _object_in(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    """The JSON object of an answer; errors may come as HTML."""
    try:
        said = await answer.json(content_type=None)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
