"""REST of the App itself: who it is, where it is installed, its tokens, and what was delivered to it."""

from __future__ import annotations

from collections.abc import Mapping

from mentorbot.sandbox import shapes_apps as shapes
from mentorbot.sandbox import shapes_repositories
from mentorbot.sandbox.accounts import Account, Organization
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, not_found
from mentorbot.sandbox.apps import Delivery, Installation
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


def _installation(call: Call) -> Installation:
    found = call.world.installations.get(call.number("installation_id"))
    if found is None:
        raise not_found()
    return found


@ROUTES.add("GET", "/app/installations/{installation_id}", needs="app")
def get_installation(call: Call) -> SandboxAnswer:
    """One installation."""
    return SandboxAnswer(json=shapes.installation(call.world, _installation(call)))


@ROUTES.add("POST", "/app/installations/{installation_id}/access_tokens", needs="app")
def create_token(call: Call) -> SandboxAnswer:
    """A token of an installation, for all it may or for less."""
    installation = _installation(call)
    if installation.suspended_at is not None:
        raise GitHubProblem(403, "This installation has been suspended")
    permissions: Mapping[str, str] = call.body.get("permissions") or installation.permissions
    for name, level in permissions.items():
        if not installation.allows(name, level):
            raise GitHubProblem(422, "The permissions requested are not granted to this installation.")
    ids = _repository_ids(call, installation)
    token = call.tokens.for_installation(installation, permissions=permissions, repository_ids=ids)
    body: Json = {
        "token": token.token,
        "expires_at": stamp(token.expires_at),
        "permissions": dict(token.permissions),
        "repository_selection": "selected" if ids is not None else installation.repository_selection,
    }
    return SandboxAnswer(status=201, json=body)


def _repository_ids(call: Call, installation: Installation) -> frozenset[int] | None:
    """The repositories a token is asked for, None for all; 422 when one is not the installation's."""
    wanted_ids, names = call.body.get("repository_ids"), call.body.get("repositories")
    if wanted_ids is None and names is None:
        return None
    seen = {one.id: one.name for one in call.acts.installed_repositories(installation)}
    chosen = {one for one in seen if one in set(wanted_ids or ()) or seen[one] in set(names or ())}
    if len(chosen) < len(wanted_ids or names or ()):
        message = "There is at least one repository that does not exist or is not accessible"
        raise GitHubProblem(422, f"{message} to the parent installation.")
    return frozenset(chosen)


def _on_account(call: Call, account: Account | None) -> SandboxAnswer:
    found = None if account is None else call.world.installation_on(account)
    if found is None:
        raise not_found()
    return SandboxAnswer(json=shapes.installation(call.world, found))


@ROUTES.add("GET", "{o}/installation", needs="app")
def get_installation_of_repository(call: Call) -> SandboxAnswer:
    """The installation a repository is seen through."""
    repository = call.world.find_repository(f"{call.params['owner']}/{call.params['repo']}")
    found = None if repository is None else call.world.installation_for(repository)
    if found is None:
        raise not_found()
    return SandboxAnswer(json=shapes.installation(call.world, found))


@ROUTES.add("GET", "/orgs/{org}/installation", needs="app")
def get_installation_of_organization(call: Call) -> SandboxAnswer:
    """The installation on an organisation."""
    account = call.world.find_account(call.params["org"])
    return _on_account(call, account if isinstance(account, Organization) else None)


@ROUTES.add("GET", "/users/{username}/installation", needs="app")
def get_installation_of_user(call: Call) -> SandboxAnswer:
    """The installation on a person's account."""
    return _on_account(call, call.world.find_account(call.params["username"]))


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


@ROUTES.add("GET", "/app/hook/config", needs="app")
def get_hook_config(call: Call) -> SandboxAnswer:
    """Where the App wants its webhooks."""
    return _hook_config(call)


def _hook_config(call: Call) -> SandboxAnswer:
    url = call.webhooks.url or ""
    return SandboxAnswer(json={"content_type": "json", "insecure_ssl": "0", "secret": "********", "url": url})


@ROUTES.add("PATCH", "/app/hook/config", needs="app")
def change_hook_config(call: Call) -> SandboxAnswer:
    """Change where the App wants its webhooks, or their secret."""
    if "url" in call.body:
        call.webhooks.url = str(call.body["url"])
    if "secret" in call.body:
        call.world.app.webhook_secret = str(call.body["secret"])
    return _hook_config(call)


@ROUTES.add("GET", "/app/hook/deliveries", needs="app")
def list_deliveries(call: Call) -> SandboxAnswer:
    """What was delivered, newest first; pages go by cursor."""
    size = min(int(call.query.get("per_page", "30")), 100)
    cursor = call.query.get("cursor", "")
    newest_first = [one for one in reversed(call.webhooks.log.values()) if one.status != "PENDING"]
    if call.query.get("status") == "failure":
        newest_first = [one for one in newest_first if not _is_delivered(one)]
    if call.query.get("status") == "success":
        newest_first = [one for one in newest_first if _is_delivered(one)]
    if cursor:
        newest_first = [one for one in newest_first if one.id <= int(cursor.removeprefix("v1_"))]
    shown, rest = newest_first[:size], newest_first[size:]
    headers = {}
    if rest:
        url = f"{call.world.api_url}/app/hook/deliveries?per_page={size}&cursor=v1_{rest[0].id}"
        headers["Link"] = f'<{url}>; rel="next"'
    return SandboxAnswer(json=[shapes.delivery_item(one) for one in shown], headers=headers)


def _is_delivered(delivery: Delivery) -> bool:
    return delivery.status == "OK"


def _delivery(call: Call) -> Delivery:
    found = call.webhooks.log.get(call.number("delivery_id"))
    if found is None:
        raise not_found()
    return found


@ROUTES.add("GET", "/app/hook/deliveries/{delivery_id}", needs="app")
def get_delivery(call: Call) -> SandboxAnswer:
    """One delivery with its payload and the answer to it."""
    return SandboxAnswer(json=shapes.delivery(_delivery(call)))


@ROUTES.add("POST", "/app/hook/deliveries/{delivery_id}/attempts", needs="app")
def redeliver(call: Call) -> SandboxAnswer:
    """Deliver once more."""
    call.webhooks.redeliver(_delivery(call))
    return SandboxAnswer(status=202, json={})
