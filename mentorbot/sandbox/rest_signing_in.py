"""How people sign in to the App with GitHub, and who they are then.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from mentorbot.sandbox import shapes_accounts
from mentorbot.sandbox.answers import GitHubProblem, Json, SandboxAnswer
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()

_LIFE = 8 * 3600


@ROUTES.add("GET", "/login/oauth/authorize", needs="anyone")
def authorize(call: Call) -> SandboxAnswer:
    """Send somebody back to the App with a code: `login=` says whom, else the page asks."""
    if call.query.get("client_id") != call.world.app.client_id:
        raise GitHubProblem(404, "Not Found")
    login = call.query.get("login")
    if login is None:
        return SandboxAnswer(text=_choice(call), content_type="text/html; charset=utf-8")
    person = call.world.account(login)
    back = call.query.get("redirect_uri", "")
    answer = {"code": call.tokens.code_for(person)}
    if "state" in call.query:
        answer["state"] = call.query["state"]
    joint = "&" if "?" in back else "?"
    return SandboxAnswer(status=302, headers={"Location": f"{back}{joint}{urlencode(answer)}"})


def _choice(call: Call) -> str:
    people = [one for one in call.world.accounts.values() if one.type == "User"]
    links = "".join(
        f'<li><a href="?{escape(urlencode({**call.query, "login": one.login}))}">{escape(one.login)}</a></li>'
        for one in people
    )
    title = f"Sign in to {escape(call.world.app.name)} as …"
    return f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1><ul>{links}</ul></html>'


@ROUTES.add("POST", "/login/oauth/access_token", needs="anyone")
def exchange(call: Call) -> SandboxAnswer:
    """A code for a token; GitHub answers 200 even when it refuses."""
    app, given = call.world.app, call.body | dict(call.query)
    if given.get("client_id") != app.client_id or given.get("client_secret") != app.client_secret:
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
    """Who signed in."""
    private: Json = {
        "private_gists": 0,
        "total_private_repos": 0,
        "owned_private_repos": 0,
        "disk_usage": 0,
        "collaborators": 0,
        "two_factor_authentication": True,
        "user_view_type": "private",
    }
    return SandboxAnswer(json=shapes_accounts.public_user(call.world, call.actor) | private)
