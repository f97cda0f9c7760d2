"""From request to answer: records it, lets faults strike, finds out who asks, counts, writes headers."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.addresses import find
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, invalid, secondary_limit
from mentorbot.sandbox.auth import SIGN_ON_NEEDED, Caller
from mentorbot.sandbox.faults import RequestFault
from mentorbot.sandbox.routes import Call, Route, check_permission
from mentorbot.sandbox.simulated_github import RecordedRequest, SimulatedGitHub
from mentorbot.sandbox.world import NotThereError

_PAGE = 30
_LARGEST_PAGE = 100
_READS = {"GET", "HEAD"}


class Front:
    def __init__(self, github: SimulatedGitHub) -> None:
        self._github = github

    async def answer(self, request: web.Request) -> web.StreamResponse:
        github = self._github
        record = RecordedRequest(
            method=request.method,
            path=re.sub(r"^/api/v3", "", request.path),
            query=request.query_string,
            at=github.world.clock.precise(),
        )
        github.requests.append(record)
        fault = github.faults.for_request(record.method, record.path)
        raw = await request.read()  # at once: who asked may be gone before a slow answer
        if fault is not None:
            record.fault, record.fault_lasts = fault.kind, fault.seconds
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "drop_before":
            return _dropped(request)
        response = self._respond(request, record, fault, raw)
        if fault is not None and fault.kind == "drop_after":
            return _dropped(request)
        if fault is not None and fault.kind == "status_after":
            response = web.json_response({"message": "Server Error"}, status=fault.status)
        record.status = response.status
        if fault is not None and fault.kind == "broken_body":
            return web.Response(
                status=200,
                text=(response.text or '{"')[: len(response.text or '{"') // 2] or "{",
                content_type="application/json",
            )
        return response

    def _respond(
        self,
        request: web.Request,
        record: RecordedRequest,
        fault: RequestFault | None,
        raw: bytes,
    ) -> web.Response:
        github = self._github
        caller = Caller(kind="anonymous", key="anonymous")
        resource = _resource(record.path)
        try:
            caller = github.tokens.identify(request.headers.get("Authorization"))
            record.caller = caller.key
            record.installation_id = caller.token.installation.id if caller.token else None
            if fault is not None:
                self._strike(fault, caller, resource)
            if caller.kind != "app":
                github.limits.check(caller.key, resource)
            record.body = _read_body(raw, request.content_type)
            route, params = find(request.method, request.rel_url.raw_path)
            call = self._call(request, record, caller, params)
            unseen = fault.seconds if fault is not None and fault.kind == "stale" else 0.0
            answer = self._act(call, route, unseen=unseen)
        except GitHubProblem as problem:
            answer = _refused(problem, resource) or SandboxAnswer(
                status=problem.status, json=problem.body(), headers=problem.headers
            )
        except RefusedError as refusal:
            answer = SandboxAnswer(
                status=422, json=GitHubProblem(422, "Validation Failed", errors=[str(refusal)]).body()
            )
        except NotThereError as missing:
            answer = SandboxAnswer(status=422, json=GitHubProblem(422, str(missing)).body())
        return self._write(request, answer, caller, resource)

    def _strike(self, fault: RequestFault, caller: Caller, resource: str) -> None:
        if fault.kind == "status":
            raise GitHubProblem(fault.status, "Server Error")
        if caller.kind == "app" and fault.kind in {"primary_limit", "revoked_token"}:
            raise GitHubProblem(502, "Server Error")  # an App itself has neither: something else goes wrong
        if fault.kind == "secondary_limit":
            raise secondary_limit(fault.seconds)
        if fault.kind == "primary_limit":
            self._github.limits.exhaust(caller.key, resource, seconds=fault.seconds)
        if fault.kind == "revoked_token" and caller.token is not None:
            self._github.tokens.revoke(caller.token)
            raise GitHubProblem(401, "Bad credentials")

    def _call(
        self, request: web.Request, record: RecordedRequest, caller: Caller, params: Mapping[str, str]
    ) -> Call:
        github = self._github
        return Call(
            world=github.world,
            acts=github.acts,
            webhooks=github.webhooks,
            tokens=github.tokens,
            limits=github.limits,
            caller=caller,
            method=record.method,
            path=record.path,
            params=params,
            query=request.query,
            headers=request.headers,
            body=record.body,
        )

    def _act(self, call: Call, route: Route, *, unseen: float) -> SandboxAnswer:
        if "owner" in call.params and "repo" in call.params:
            moved = self._moved(call)
            if moved is not None:
                return moved
            sign_on_url = call.caller.sign_on_url(call.repository)
            if sign_on_url is not None:
                raise GitHubProblem(
                    403, SIGN_ON_NEEDED, headers={"X-GitHub-SSO": f"required; url={sign_on_url}"}
                )
        check_permission(call, route.needs)
        if call.method == "POST" and call.path.startswith("/repo"):
            self._github.limits.count_content(call.caller.key)
        if "{repository_id}" in route.path or "{repo}" in route.path:
            self._check_writable(call)
        outcome = route.handler(call)
        if not isinstance(outcome, Listing):
            return outcome
        if unseen:
            outcome = replace(outcome, items=self._older(outcome.items, than=unseen))
        return self._page(call, outcome)

    def _older(self, items: Sequence[Any], *, than: float) -> Sequence[Any]:
        """What a replica shows that is some seconds behind."""
        until = self._github.world.clock.precise() - timedelta(seconds=than)
        return [one for one in items if getattr(one, "created_at", until) <= until]

    def _moved(self, call: Call) -> SandboxAnswer | None:
        """Where a repository is now that was asked for by a name it had before."""
        repository = call.repository
        asked = f"{call.params['owner']}/{call.params['repo']}"
        if asked.lower() == repository.full_name.lower():
            return None
        rest = call.path.split(asked, 1)[1]
        url = f"{call.world.api_url}/repositories/{repository.id}{rest}"
        if call.query:
            url = f"{url}?{urlencode(dict(call.query))}"
        body = {
            "message": "Moved Permanently",
            "url": url,
            "documentation_url": "https://docs.github.com/rest",
        }
        status = 301 if call.method in _READS else 307
        return SandboxAnswer(status=status, json=body, headers={"Location": url})

    @staticmethod
    def _check_writable(call: Call) -> None:
        if call.method not in _READS and call.repository.is_archived:
            raise GitHubProblem(403, "Repository was archived so is read-only.")

    def _page(self, call: Call, listing: Listing) -> SandboxAnswer:
        size = min(_whole(call.query, "per_page", _PAGE), _LARGEST_PAGE)
        page = _whole(call.query, "page", 1)
        last = max(1, -(-len(listing.items) // size))
        shown = [listing.shape(item) for item in listing.items[(page - 1) * size : page * size]]
        targets = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        if page <= 1:
            del targets["prev"], targets["first"]
        if page >= last:
            del targets["next"], targets["last"]
        base = f"{call.world.api_url}{call.path}"
        links = ", ".join(
            f'<{base}?{urlencode({**call.query, "page": number})}>; rel="{name}"'
            for name, number in targets.items()
        )
        if listing.under is None:
            return SandboxAnswer(json=shown, headers={"Link": links} if links else {})
        body = {"total_count": len(listing.items), listing.under: shown, **listing.more}
        return SandboxAnswer(json=body, headers={"Link": links} if links else {})

    def _write(
        self, request: web.Request, answer: SandboxAnswer, caller: Caller, resource: str
    ) -> web.Response:
        github = self._github
        text = answer.text
        if text is None and answer.json is not None:
            text = json.dumps(answer.json, separators=(",", ":"))
        headers = {
            "Date": format_datetime(github.world.clock.now(), usegmt=True),
            "X-GitHub-Media-Type": "github.v3; format=json",
            "X-GitHub-Request-Id": f"{len(github.requests):08X}",
            **answer.headers,
        }
        status = answer.status
        if request.method in _READS and status == 200 and text is not None:  # noqa: PLR2004 — OK
            etag = f'W/"{hashlib.sha256(text.encode()).hexdigest()}"'
            headers["ETag"] = etag
            asked = request.headers.get("If-None-Match", "")
            if etag.removeprefix("W/") in asked:
                status, text = 304, None
        if caller.kind != "app":
            if status not in {304, 401}:
                github.limits.window(caller.key, resource).used += 0 if resource == "graphql" else 1
            headers |= github.limits.headers(caller.key, resource)
        if text is not None:
            headers["Content-Type"] = answer.content_type
        return web.Response(status=status, body=None if text is None else text.encode(), headers=headers)


def _refused(problem: GitHubProblem, resource: str) -> SandboxAnswer | None:
    """GraphQL says that nothing is left of the primary limit with 200 and an error in its answer."""
    if resource != "graphql" or "API rate limit exceeded" not in problem.message:
        return None
    return SandboxAnswer(json={"errors": [{"type": "RATE_LIMITED", "message": problem.message}]})


def _dropped(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _resource(path: str) -> str:
    return "graphql" if path.endswith("/graphql") else "core"


def _read_body(raw: bytes, content_type: str) -> Json:
    """The JSON of a body; only signing in takes forms, the rest reads anything as JSON, as GitHub does."""
    if not raw.strip():
        return {}
    if content_type == "application/x-www-form-urlencoded" and not raw.lstrip().startswith((b"{", b"[")):
        return dict(parse_qsl(raw.decode(errors="replace")))
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise GitHubProblem(400, "Problems parsing JSON") from error
    if not isinstance(body, dict):
        raise GitHubProblem(400, "Body should be a JSON object")
    return body


def _whole(query: Mapping[str, str], name: str, otherwise: int) -> int:
    text = query.get(name, "")
    if text and not text.lstrip("-").isdecimal():
        raise invalid("Query", name)
    return max(1, int(text)) if text else otherwise
