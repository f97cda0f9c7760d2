"""What the doctor looks at, one after the other: GitHub first, then our own house."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.cli.startup import is_sandbox
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.translator import english_plural
from mentorbot.db.schema import missing_migrations
from mentorbot.engine.completeness import unknown_of
from mentorbot.engine.status import slow_jobs
from mentorbot.feature_api.feature import OutsideFeature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.github.app import AppIdentity, InstallationGrant
from mentorbot.github.clock_skew import clock_skew
from mentorbot.github.manifest import OPTIONAL_PERMISSIONS, permissions_needed
from mentorbot.github.webhook_subscriptions import subscribed_events
from mentorbot.settings import Settings
from mentorbot.wiring import Bot

_PING = "ping"  # what a new App's webhook is tried with, as long as the set-up still goes on
_SILENCE = timedelta(days=3)
_ORDER = {"": 0, "read": 1, "write": 2, "admin": 3}
_MANY = 1000
_DRIFT = timedelta(seconds=30)
_MINUTE, _HOUR = 60, 3600
_UNKNOWN_BOTS = (
    "Has the App the permission contents: read there? If other bots greet or remind people as well, switch "
    "one of the two off."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: is it well, what is the matter, and how to mend it."""

    about: str
    well: bool
    said: str
    cure: str = ""


async def examine(bot: Bot, settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """Every finding, good or bad."""
    try:
        app = await bot.app.fetch_identity()
    except (GitHubUnavailable, Impossible, AccessLost) as error:
        yield Finding("GitHub", False, str(error), _why_github_says_no(settings))
    else:
        yield Finding("credentials", True, f"GitHub knows us as {app.name} (App {app.id})")
        needed = await _needed(bot)
        for finding in _of_app(needed, app):
            yield finding
        async for finding in _of_installations(bot, needed, app):
            yield finding
        async for finding in _of_webhook(bot, settings, app):
            yield finding
    for finding in _of_features(bot.catalog.outside):
        yield finding
    yield await _clock_skew(settings, now)
    for finding in _of_addresses(settings):
        yield finding
    async for finding in _of_store(bot, now):
        yield finding


def _why_github_says_no(settings: Settings) -> str:
    return (
        f"Is GITHUB_APP_ID ({settings.github_app_id}) the App that GITHUB_PRIVATE_KEY belongs to, "
        f"is this machine's clock right, and does {settings.github_api_url} answer from here?"
    )


async def _needed(bot: Bot) -> FeatureCatalog:
    """The features that some repository has on, and those that are always there: an App may lack others."""
    status = await bot.engine.status() if not await missing_migrations(bot.store.url) else None
    on = set[str]()
    for place in status.repositories if status else ():
        configuration = await bot.engine.known_configuration(place.repository.full_name)
        if configuration is not None:
            on.update(one.name for one in bot.catalog.features if bot.catalog.is_on(one, configuration))
    return FeatureCatalog(
        tuple(one for one in bot.catalog.features if one.name in on or one.always_on or one.without_config)
    )


def _of_app(needed: FeatureCatalog, app: AppIdentity) -> Iterator[Finding]:
    wanted = permissions_needed(needed)
    lacking = _lacking(wanted, app.permissions)
    yield Finding(
        "permissions",
        not lacking,
        f"the App lacks {', '.join(lacking)}" if lacking else "the App asks for all that is needed",
        f"Set them in the App's settings under Permissions: {app.url}" if lacking else "",
    )
    silent = sorted(set(subscribed_events(needed.features)) - set(app.events))
    yield Finding(
        "events",
        not silent,
        f"the App does not subscribe to {', '.join(silent)}"
        if silent
        else "the App subscribes to all that is heard",
        "Tick them in the App's settings under Subscribe to events." if silent else "",
    )


async def _of_installations(bot: Bot, needed: FeatureCatalog, app: AppIdentity) -> AsyncIterator[Finding]:
    try:
        grants = await bot.app.installations()
    except (GitHubUnavailable, Impossible, AccessLost) as error:
        yield Finding("installations", False, str(error), "Try again later.")
        return
    if not grants:
        yield Finding(
            "installation",
            False,
            "the App is installed nowhere yet",
            f"Install it where it is to work: {app.url}/installations/new",
        )
    for grant in grants:
        yield _of_installation(needed, app, grant)
        if not grant.suspended and (off := _lacking(OPTIONAL_PERMISSIONS, grant.permissions)):
            yield Finding(
                f"teams of {grant.account.login}",
                True,
                f"without {', '.join(off)} names like `team:triage` mean nobody; logins and roles work",
            )


async def _of_webhook(bot: Bot, settings: Settings, app: AppIdentity) -> AsyncIterator[Finding]:
    """Whether GitHub sends what happens to this server."""
    try:
        url = await bot.app.hook_url()
    except (GitHubUnavailable, Impossible, AccessLost) as error:
        yield Finding("webhook", False, str(error), "Try again later.")
        return
    home = settings.public_url
    if url is None:
        yield Finding(
            "webhook",
            False,
            "the App has none: the bot hears of nothing as it happens",
            f"Set its URL in the App's settings ({app.url}) to {home or 'PUBLIC_URL'}/github/webhook, and "
            "its secret to GITHUB_WEBHOOK_SECRET.",
        )
    elif home is not None and url.rstrip("/") != f"{home}/github/webhook":
        yield Finding(
            "webhook",
            False,
            f"it goes to {url}, and PUBLIC_URL says that this server is at {home}",
            f"Set one right: the webhook URL in the App's settings to {home}/github/webhook, or PUBLIC_URL.",
        )
    else:
        yield Finding("webhook", True, f"it goes to {url}")


def _of_installation(needed: FeatureCatalog, app: AppIdentity, grant: InstallationGrant) -> Finding:
    about = f"installation on {grant.account.login}"
    if grant.suspended:
        return Finding(about, False, "it is suspended", "Its owner can unsuspend it in their settings.")
    lacking = _lacking(permissions_needed(needed), grant.permissions)
    asked_for = [one for one in lacking if one not in _lacking(permissions_needed(needed), app.permissions)]
    if asked_for:
        return Finding(
            about,
            False,
            f"its owner has not accepted {', '.join(asked_for)} yet",
            "They find the request in their settings under GitHub Apps.",
        )
    return Finding(about, True, f"{grant.repositories} repositories")


def _lacking(wanted: Mapping[str, str], granted: Mapping[str, str]) -> list[str]:
    return [
        f"{name}: {access}"
        for name, access in wanted.items()
        if _ORDER[granted.get(name, "")] < _ORDER[access]
    ]


def _of_features(outside: Iterable[OutsideFeature]) -> Iterator[Finding]:
    """Those that MENTORBOT_FEATURES names."""
    for one in outside:
        cure = (
            f"Repositories that have a section `{one.name}` are told nothing, and it goes unread. Install or "
            "mend the package and start again, or take the name out of MENTORBOT_FEATURES."
        )
        brought = f" ({one.package})" if one.package else ""
        if one.left_out_because:
            said = f"it is left out{brought}: {one.left_out_because}"
            yield Finding(f"feature {one.name}", False, said, cure)
        else:
            yield Finding(f"feature {one.name}", True, f"it comes from {one.package}")


def of_commands(refused: Mapping[str, str]) -> Iterator[Finding]:
    """Features whose commands are not in `mentorbot`, though the feature itself works."""
    for name, why in refused.items():
        said = f"they are left out: {why}"
        yield Finding(f"commands of {name}", False, said, "Mend the package that brings it.")


async def _clock_skew(settings: Settings, now: datetime) -> Finding:
    """GitHub refuses an App whose clock is a minute off: its tokens are signed with the time."""
    try:
        off = abs(await clock_skew(settings.github_api_url, lambda: now))
    except GitHubUnavailable as error:
        return Finding("clock", False, error.why, "Try again later.")
    well = off < _DRIFT
    said = "it agrees with GitHub's" if well else f"it is {off.total_seconds():.0f} seconds off GitHub's"
    return Finding("clock", well, said, "" if well else "Switch time synchronisation on (NTP).")


def _of_addresses(settings: Settings) -> Iterator[Finding]:
    if is_sandbox(settings):
        return
    if settings.public_url is None:
        yield Finding(
            "PUBLIC_URL",
            False,
            "unset: links lead to this machine only",
            "Set it to the address that people see, for instance https://mentorbot.example.com.",
        )
    else:
        yield Finding("PUBLIC_URL", True, settings.public_url)


async def _of_store(bot: Bot, now: datetime) -> AsyncIterator[Finding]:
    missing = await missing_migrations(bot.store.url)
    yield Finding(
        "store",
        not missing,
        english_plural("{count} migration is missing", "{count} migrations are missing", len(missing))
        if missing
        else "it answers, and is up to date",
        "Run `mentorbot migrate`." if missing else "",
    )
    if missing:
        return
    for finding in await _of_repositories(bot):
        yield finding
    for finding in await _of_other_bots(bot):
        yield finding
    backlog, oldest = await bot.store.jobs.backlog(), await bot.store.jobs.oldest()
    slow = slow_jobs(oldest)
    yield Finding(
        "queue",
        backlog.waiting < _MANY and not slow,
        f"{backlog.waiting} waiting{_aged(oldest.waiting)}, {backlog.later} for later, "
        f"{backlog.running} under way{_aged(oldest.running)}",
        "Is a worker running? Start `mentorbot serve`, or more of `mentorbot worker`. If one is, its log "
        "tells what it is stuck with."
        if backlog.waiting >= _MANY or slow
        else "",
    )
    async for finding in _of_deliveries(bot, now):
        yield finding


def _aged(age: timedelta | None) -> str:
    return "" if age is None else f" (the oldest for {_in_words(age)})"


def _in_words(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < _MINUTE:
        return f"{seconds} s"
    return f"{seconds // _MINUTE} min" if seconds < 2 * _HOUR else f"{seconds // _HOUR} h"


async def _of_repositories(bot: Bot) -> list[Finding]:
    """What is not known of repositories: while one is being read that is as it should be, else it is not."""
    status = await bot.engine.status()
    findings = []
    for place in status.repositories:
        unread = status.unread.get(place.repository.id, ())
        if unknown := unknown_of(place, unread):
            cure = (
                "It is tried again every night; `githubstatus.com` and the App's permissions may explain it."
            )
            about = f"knowledge of {place.repository.full_name}"
            findings.append(Finding(about, not unread, unknown, cure if unread else ""))
    return findings


async def _of_other_bots(bot: Bot) -> list[Finding]:
    """Other bots at work in repositories: what they do is left to them, where that can be told."""
    places = {place.repository.id: place.repository for place in (await bot.engine.status()).repositories}
    findings = []
    for id_, stored in (await bot.store.configs.load(list(places))).items():
        has_config = any(source.text is not None for source in stored.sources)
        if not has_config or stored.other_bots == ():
            continue
        about = f"other bots in {places[id_].full_name}"
        if stored.other_bots is None:
            said = "GitHub doesn't tell which there are: nothing is left to them"
            findings.append(Finding(about, False, said, _UNKNOWN_BOTS))
            continue
        configuration = await bot.engine.known_configuration(places[id_].full_name)
        heeded = configuration.heeded_bots if configuration is not None else ()
        findings += [
            Finding(
                about,
                True,
                f"{one.name} ({one.path}, line {one.line}) {', '.join(one.habits)}: left to it",
            )
            for one in heeded
        ]
    return findings


async def _of_last_delivery(bot: Bot, now: datetime) -> Finding:
    """Silence is well as long as GitHub has had nothing to say."""
    last = await bot.store.deliveries.last()
    if last is not None:
        well, said = now - last < _SILENCE, f"at {last:%Y-%m-%d %H:%M} UTC"
    else:
        try:
            tried = await bot.app.deliveries_tried(since=now - _SILENCE)
            well = all(one.event == _PING for one in tried.everything)
            said = "none yet: GitHub has sent nothing" if well else "none yet, though GitHub has sent some"
        except (GitHubUnavailable, Impossible, AccessLost) as error:
            well, said = False, f"none yet, and GitHub does not tell of any: {error}"
    cure = "Look at Advanced in the App's settings: does its webhook URL lead here, to /github/webhook?"
    return Finding("last delivery", well, said, "" if well else cure)


async def _of_deliveries(bot: Bot, now: datetime) -> AsyncIterator[Finding]:
    yield await _of_last_delivery(bot, now)
    for delivery in await bot.store.deliveries.parked(limit=20):
        yield Finding(
            f"parked delivery {delivery.id}",
            False,
            f"{delivery.event} {delivery.action}: {delivery.reason}",
            "Its payload is kept, and is tried again after an upgrade, or now with "
            f"`mentorbot parked retry delivery-{delivery.id}`.",
        )
    for effect in await bot.store.parked.effects(limit=20):
        yield Finding(
            f"parked {effect.kind} of {effect.feature} on #{effect.number}",
            False,
            effect.why,
            f"The rest of the work went on; `mentorbot parked retry effect-{effect.id}` tries this again.",
        )
