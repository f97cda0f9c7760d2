"""REST of the App itself: who it is, where it is installed, its tokens, and what was delivered to it."""

from __future__ import annotations

from mentorbot.sandbox import shapes_apps as shapes
from mentorbot.sandbox import shapes_repositories
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, not_found
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()


@ROUTES.add("GET", "/app", needs="app")
def get_app(call: Call) -> SandboxAnswer:
    """The App."""
    count = {"installations_count": len(call.world.installations)}
    return SandboxAnswer(json=shapes.app(call.world, call.world.app) | count)


@ROUTES.add("GET", "/app/installations", needs="app")
def list_installations(call: Call) -> Listing:
    """Where it is installed."""
    return Listing(
        items=list(call.world.installations.values()),
        shape=lambda one: shapes.installation(call.world, one),
    )


@ROUTES.add("POST", "/app/installations/{installation_id}/access_tokens", needs="app")
def create_token(call: Call) -> SandboxAnswer:
    """A token of an installation, for all it may."""
    installation = call.world.installations.get(call.number("installation_id"))
    if installation is None:
        raise not_found()
    if installation.suspended_at is not None:
        raise GitHubProblem(403, "This installation has been suspended")
    token = call.tokens.for_installation(installation)
    body: Json = {
        "token": token.token,
        "expires_at": stamp(token.expires_at),
        "permissions": dict(token.permissions),
        "repository_selection": installation.repository_selection,
    }
    return SandboxAnswer(status=201, json=body)


@ROUTES.add("GET", "/installation/repositories", needs="installation")
def list_installed_repositories(call: Call) -> Listing:
    """What this token sees."""
    seen = [one for one in call.world.repositories.values() if call.caller.may_see(one)]
    token = call.caller.token
    selection = "all" if token is None else token.installation.repository_selection
    return Listing(
        items=seen,
        shape=lambda one: shapes_repositories.repository(call.world, one),
        under="repositories",
        more={"repository_selection": selection},
    )


@ROUTES.add("GET", "/app/hook/deliveries", needs="app")
def list_deliveries(call: Call) -> SandboxAnswer:
    """What was delivered, newest first; pages go by cursor."""
    size = min(int(call.query.get("per_page", "30")), 100)
    cursor = call.query.get("cursor", "")
    newest_first = [one for one in reversed(call.webhooks.log.values()) if one.status != "PENDING"]
    if cursor:
        newest_first = [one for one in newest_first if one.id <= int(cursor.removeprefix("v1_"))]
    shown, rest = newest_first[:size], newest_first[size:]
    headers = {}
    if rest:
        url = f"{call.world.api_url}/app/hook/deliveries?per_page={size}&cursor=v1_{rest[0].id}"
        headers["Link"] = f'<{url}>; rel="next"'
    return SandboxAnswer(json=[shapes.delivery_item(one) for one in shown], headers=headers)


@ROUTES.add("GET", "/app/hook/deliveries/{delivery_id}", needs="app")
def get_delivery(call: Call) -> SandboxAnswer:
    """One delivery with its payload and the answer to it."""
    found = call.webhooks.log.get(call.number("delivery_id"))
    if found is None:
        raise not_found()
    return SandboxAnswer(json=shapes.delivery(found))
