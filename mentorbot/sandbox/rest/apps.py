"""REST of the App: who it is, where it is installed, its tokens, its deliveries, and signing in to it."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, existing, not_found
from mentorbot.sandbox.apps import App, Installation
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes import accounts as shapes
from mentorbot.sandbox.shapes import repositories as shapes_repositories

ROUTES = Routes()


@ROUTES.add("GET", "/app", needs="app")
def get_app(call: Call) -> SandboxAnswer:
    count = {"installations_count": len(_installations(call))}
    return SandboxAnswer(json=shapes.app(call.world, call.app) | count)


@ROUTES.add("GET", "/app/installations", needs="app")
def list_installations(call: Call) -> Listing:
    return Listing(items=_installations(call), shape=lambda one: shapes.installation(call.world, one))


def _installations(call: Call) -> list[Installation]:
    return [one for one in call.world.installations.values() if one.app is call.app]


@ROUTES.add("POST", "/app/installations/{installation_id}/access_tokens", needs="app")
def create_token(call: Call) -> SandboxAnswer:
    """A token of an installation, for all it may."""
    installation = existing(call.world.installations.get(call.number("installation_id")))
    if installation.app is not call.app:
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
    log = reversed(call.webhooks.log.values())
    newest_first = [one for one in log if one.app is call.app and one.status != "PENDING"]
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
    found = existing(call.webhooks.log.get(call.number("delivery_id")))
    if found.app is not call.app:
        raise not_found()
    return SandboxAnswer(json=shapes.delivery(found))


@ROUTES.add("GET", "/app/hook/config", needs="app")
def get_hook(call: Call) -> SandboxAnswer:
    if call.app.hook_url is None:
        raise not_found()
    return SandboxAnswer(json=_hook(call.app))


@ROUTES.add("PATCH", "/app/hook/config", needs="app")
def change_hook(call: Call) -> SandboxAnswer:
    """Where the App's webhooks go, and what they are signed with."""
    app = call.app
    app.hook_url = call.body.get("url", app.hook_url)
    if app.hook_url is None:
        raise not_found()
    app.webhook_secret = call.body.get("secret", app.webhook_secret)
    return SandboxAnswer(json=_hook(app))


def _hook(app: App) -> Json:
    return {
        "content_type": "json",
        "insecure_ssl": "0",
        "url": app.hook_url,
        **({"secret": "********"} if app.webhook_secret else {}),
    }


@ROUTES.add("GET", "/meta", needs="anyone")
def get_meta(call: Call) -> SandboxAnswer:
    version = call.world.server_version
    told: Json = {} if version is None else {"installed_version": version}
    return SandboxAnswer(json={"verifiable_password_authentication": False, **told})


@ROUTES.add("GET", "/apps/{slug}", needs="anyone")
def get_public_app(call: Call) -> SandboxAnswer:
    """A public App, for whoever knows its name."""
    app = existing(call.world.app_called(call.params["slug"]))
    if not app.is_public:
        raise not_found()
    return SandboxAnswer(json=shapes.app(call.world, app))


# registering: https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest


@ROUTES.add("POST", "/app-manifests/{code}/conversions", needs="anyone")
def convert_manifest(call: Call) -> SandboxAnswer:
    """The credentials of an App that somebody has just registered: within the hour, and once."""
    app = existing(call.tokens.redeem_registered(call.params["code"]))
    credentials = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "webhook_secret": app.webhook_secret or None,
        "pem": app.private_key,
    }
    return SandboxAnswer(status=201, json=shapes.app(call.world, app) | credentials)


# signing in: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app


_LIFE = 8 * 3600


@ROUTES.add("GET", "/login/oauth/authorize", needs="anyone")
def authorize(call: Call) -> SandboxAnswer:
    """Send somebody back to the App with a code: `login=` says whom, else the page asks."""
    app = existing(call.world.app_known_as(call.query.get("client_id", "")))
    login = call.query.get("login")
    if login is None:
        return SandboxAnswer(text=_choice(call, app), content_type="text/html; charset=utf-8")
    person = call.world.account(login)
    back = call.query.get("redirect_uri", "")
    answer = {"code": call.tokens.code_for(person)}
    if "state" in call.query:
        answer["state"] = call.query["state"]
    joint = "&" if "?" in back else "?"
    return SandboxAnswer(status=302, headers={"Location": f"{back}{joint}{urlencode(answer)}"})


def _choice(call: Call, app: App) -> str:
    people = [one for one in call.world.accounts.values() if one.type == "User"]
    links = "".join(
        f'<li><a href="?{escape(urlencode({**call.query, "login": one.login}))}">{escape(one.login)}</a></li>'
        for one in people
    )
    title = f"Sign in to {escape(app.name)} as …"
    return f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1><ul>{links}</ul></html>'


@ROUTES.add("POST", "/login/oauth/access_token", needs="anyone")
def exchange(call: Call) -> SandboxAnswer:
    """A code for a token; GitHub answers 200 even when it refuses."""
    given = call.body | dict(call.query)
    app = call.world.app_known_as(str(given.get("client_id")))
    if app is None or given.get("client_secret") != app.client_secret:
        return _refusal(
            "incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect."
        )
    person = call.tokens.redeem(str(given.get("code")))
    if person is None:
        return _refusal("bad_verification_code", "The code passed is incorrect or expired.")
    body: Json = {
        "access_token": call.tokens.for_user(person),
        "expires_in": _LIFE,
        "token_type": "bearer",
        "scope": "",
    }
    if "json" in call.headers.get("Accept", ""):
        return SandboxAnswer(json=body)
    return SandboxAnswer(
        text=urlencode(body), content_type="application/x-www-form-urlencoded; charset=utf-8"
    )


def _refusal(code: str, description: str) -> SandboxAnswer:
    return SandboxAnswer(json={"error": code, "error_description": description})


@ROUTES.add("GET", "/user", needs="user")
def get_me(call: Call) -> SandboxAnswer:
    private: Json = {
        "private_gists": 0,
        "total_private_repos": 0,
        "owned_private_repos": 0,
        "disk_usage": 0,
        "collaborators": 0,
        "two_factor_authentication": True,
        "user_view_type": "private",
    }
    return SandboxAnswer(json=shapes.public_user(call.world, call.actor) | private)
