"""What somebody chooses before an App is made, and what of that GitHub can take."""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yarl import URL

from mentorbot.feature_api.feature import Feature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.github.manifest import NAME, ManifestRequest
from mentorbot.web.setup.guard import is_this_machine

LONGEST_NAME = 34
WEBHOOK = "/github/webhook"

_LOGIN = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,99}")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?")
_WORD = re.compile(r"[a-z_]{1,60}")
_AT_HOME = (".local", ".internal", ".lan", ".home.arpa", ".test", ".example", ".invalid")


class ChoicesRefused(Exception):  # noqa: N818 - says what is the case, as callers read it
    """What was chosen can't be had; `problems` says why, each with the name of its field and the cure."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A form as it was filled in. `organization` is empty for one's own account; all texts may be."""

    organization: str = ""
    name: str = ""
    public_url: str = ""
    relay: str = ""
    features: frozenset[str] = frozenset()
    teams: bool = False
    public: bool = False
    leave_out: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def app_name(self) -> str:
        """Names are unique on all of GitHub, and can still be changed there."""
        if self.name:
            return self.name
        return f"{NAME}-{self.organization or secrets.token_hex(3)}"[:LONGEST_NAME].rstrip("-")


def optional_features(catalog: FeatureCatalog) -> Sequence[Feature[Any]]:
    """Those that a repository may have or not; the others come with every App."""
    return [one for one in catalog.features if not (one.always_on or one.without_config)]


def chosen_catalog(catalog: FeatureCatalog, names: frozenset[str]) -> FeatureCatalog:
    optional = {one.name for one in optional_features(catalog)}
    return FeatureCatalog(
        tuple(one for one in catalog.features if one.name not in optional or one.name in names)
    )


def read_choices(form: Mapping[str, Sequence[str]], catalog: FeatureCatalog, *, server_url: str) -> Choices:
    """What a form says. Raises ChoicesRefused, with what can be seen to be wrong."""

    def text(name: str) -> str:
        return (form.get(name) or [""])[0].strip()

    known = {one.name for one in optional_features(catalog)}
    choices = Choices(
        organization=text("organization").removeprefix("@") if text("owner") == "organization" else "",
        name=text("name"),
        public_url=text("public_url").rstrip("/"),
        relay=text("relay"),
        features=frozenset(form.get("feature", ())) & known,
        teams=bool(text("teams")),
        public=bool(text("public")),
        leave_out=tuple(text("leave_out").replace(",", " ").split()),
    )
    wrong = dict(
        _problems(choices, wants_organization=text("owner") == "organization", server_url=server_url)
    )
    if wrong:
        raise ChoicesRefused(wrong)
    return choices


def can_reach(address: str, *, server_url: str) -> bool:
    """Whether this GitHub may be able to send webhooks to an address: what it surely refuses is False."""
    host, github = URL(address).host or "", URL(server_url).host or ""
    if is_this_machine(github):
        return True
    if is_this_machine(host):
        return False
    is_public_github = github == "github.com" or github.endswith(".ghe.com")
    return not is_public_github or not _is_at_home(host)


def request_of(choices: Choices, *, origin: str, server_url: str) -> ManifestRequest:
    """What is asked of GitHub. `origin` is where the browser finds this server now."""
    home = choices.public_url or origin
    reached = can_reach(home, server_url=server_url)
    return ManifestRequest(
        name=choices.app_name,
        public_url=home if reached else "",
        hook_url=f"{home}{WEBHOOK}" if reached else choices.relay or None,
        redirect_url=f"{origin}/setup/created",
        login_urls=tuple(dict.fromkeys([f"{home}/login/callback", f"{origin}/login/callback"])),
        public=choices.public,
        with_teams=choices.teams,
        leave_out=choices.leave_out,
    )


def _problems(choices: Choices, *, wants_organization: bool, server_url: str) -> Iterator[tuple[str, str]]:
    if wants_organization and not _LOGIN.fullmatch(choices.organization):
        yield (
            "organization",
            "Type the organisation's name as in its address on GitHub, or choose your own account.",
        )
    if choices.name and (len(choices.name) > LONGEST_NAME or not _NAME.fullmatch(choices.name)):
        yield "name", f"A name has at most {LONGEST_NAME} letters, digits, spaces, dots and hyphens."
    if choices.public_url and not _is_address(choices.public_url):
        yield "public_url", "Type an address such as https://mentorbot.example.com, or leave it empty."
    if choices.relay and not (_is_address(choices.relay) and can_reach(choices.relay, server_url=server_url)):
        yield (
            "relay",
            "Type the address of a relay on the internet, such as https://smee.io/abc, or leave it empty.",
        )
    if odd := [one for one in choices.leave_out if not _WORD.fullmatch(one)]:
        yield "leave_out", f"“{odd[0][:40]}” is no name of a permission or an event, such as `workflow_run`."


def _is_address(text: str) -> bool:
    try:
        url = URL(text)
    except ValueError:
        return False
    plain = url.scheme in {"http", "https"} and url.host and not url.user and not url.query_string
    return bool(plain) and not url.fragment and text.isascii() and text.isprintable() and " " not in text


def _is_at_home(host: str) -> bool:
    """Whether a name or number only means something in some house."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_AT_HOME)
