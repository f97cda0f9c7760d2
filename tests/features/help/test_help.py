"""What the bot answers when it is asked about itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mentorbot.config.calendar import Calendar
from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.config.section import Section
from mentorbot.core.actions import Answer, Forget, Remember
from mentorbot.core.events import CommandGiven
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.core.people import Permission
from mentorbot.core.plan import Plan
from mentorbot.feature_api.authorization import Authorization, Who
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.muting import FOR_EVER
from mentorbot.feature_api.ports import Ports
from mentorbot.features.help import FEATURE
from mentorbot.features.help.config import Help
from mentorbot.features.help.facts import useful_commands
from mentorbot.features.welcome import FEATURE as WELCOME
from tests.builders import NOW, an_event, an_issue
from tests.fakes import FakeGitHub, FakeJournal, FakeOutlook, FakeRecords, FakeTimelines, some_ports

BOOK = FeatureCatalog((FEATURE, WELCOME))
BERLIN = Calendar(timezone="Europe/Berlin")


def configured(text: str | None, *, owner: str | None = None) -> Configuration:
    return read_configuration(
        [
            Source("repository", "acme/rockets", CONFIG_PATH, text),
            Source("owner", "acme/.github", CONFIG_PATH, owner),
        ],
        sections=BOOK.sections(),
        last_good={},
    )


def ports(*, text: str = "welcome:", **given: Any) -> Ports:
    return some_ports(catalog=BOOK, configuration=configured(text), calendar=BERLIN, **given)


async def decided(name: str, asked_of: Ports, *words: str) -> Plan:
    listed = BOOK.command(name)
    assert listed is not None
    event = an_event(CommandGiven, name=name, words=words, thread=an_issue(number=7))
    section: Section = Help()
    return listed.command.decide(await listed.command.ask(event, section, asked_of), section)


def answer(decision: Plan) -> Answer:
    (given,) = (action for action in decision.actions if isinstance(action, Answer))
    return given


def an_entry(because: str, *, feature: str = "welcome", acted: bool = True, minutes: int = 0) -> JournalEntry:
    return JournalEntry(
        at=NOW - timedelta(minutes=minutes),
        feature=feature,
        outcome=Outcome.DONE if acted else Outcome.NOTHING,
        because=because,
        number=7,
        person_id=None,
        delivery=None,
    )


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("help", Who.ANYONE),
        ("config", Who.ANYONE),
        ("why", Who.ANYONE),
        ("mute", Who.AUTHOR_OR_MAINTAINERS),
        ("unmute", Who.AUTHOR_OR_MAINTAINERS),
    ],
)
def test_everybody_may_ask_and_those_concerned_may_silence(name: str, who: Who) -> None:
    listed = BOOK.command(name)
    assert listed is not None
    assert listed.command.who is who
    assert not listed.command.short


async def test_help_is_for_the_one_who_asked() -> None:
    for_ada = answer(await decided("help", ports())).text
    assert "- `/mentorbot mute [duration]`: I stay quiet" in for_ada.partition("<details>")[0]
    assert "- **welcome**: Welcomes people" in for_ada
    stranger = an_event(CommandGiven, name="help", thread=an_issue(author="grace"), by=an_issue().author)
    github = FakeGitHub(permissions={"ada": Permission.READ})
    listed = BOOK.command("help")
    assert listed is not None
    facts = await listed.command.ask(stranger, Help(), ports(github=github))
    text = answer(listed.command.decide(facts, Help())).text
    assert "mute" not in text.partition("<details>")[0]
    assert github.asked == ["permission ada"]


async def test_help_says_what_is_off() -> None:
    assert "- **welcome** (off here): " in answer(await decided("help", ports(text=""))).text


async def test_settings_are_shown_with_where_they_come_from() -> None:
    shown = some_ports(
        catalog=BOOK,
        configuration=configured(
            "welcome: {back_after: 1 year, robots: [a|b]}", owner="welcome: {who: the crew}\nhelp:"
        ),
    )
    text = answer(await decided("config", shown)).text
    assert text.startswith("On here: `help`, `welcome`.")
    assert "| `welcome.back_after` | `1 year` | this repository |" in text
    assert "| `welcome.who` | `the crew` | its owner |" in text
    assert "| `welcome.eta` | `true` | built in |" in text
    assert "| `welcome.guide` | – | built in |" in text
    assert "`[a\\|b]`" in text


async def test_settings_name_what_is_broken() -> None:
    text = answer(await decided("config", ports(text="welcome:\n  etta: 1"))).text
    assert "Nothing is switched on here" in text
    assert "- Line 2 of the file of this repository: There is no key `etta`: did you mean `eta`?" in text


async def test_why_tells_the_journal_the_latest_first_and_repetitions_once() -> None:
    journal = FakeJournal(
        entries=[
            an_entry("first pull request by @ada", minutes=60),
            an_entry("quiet for 3 of 14 days", feature="stalled", acted=False, minutes=30),
            an_entry("quiet for 3 of 14 days", feature="stalled", acted=False),
            an_entry("@ada asked why", feature="help"),
        ]
    )
    text = answer(await decided("why", ports(journal=journal))).text
    assert text.splitlines()[2:] == [
        "- 2 March 2026, 11:00 CET and once before, **stalled**: I did nothing: quiet for 3 of 14 days",
        "- 2 March 2026, 10:00 CET, **welcome**: I acted: first pull request by @\u200bada",
    ]


async def test_why_folds_away_a_long_story() -> None:
    journal = FakeJournal(entries=[an_entry(f"reason {number}", minutes=number) for number in range(80)])
    text = answer(await decided("why", ports(journal=journal))).text
    first, _, folded = text.partition("<details>")
    assert first.count("\n- ") == 10
    assert folded.count("\n- ") == 40


async def test_why_says_so_where_nothing_has_happened() -> None:
    text = answer(await decided("why", ports())).text
    assert text == "I have done nothing here yet. Switched on in this repository: `help`, `welcome`."


async def test_why_does_not_say_that_nothing_happened_where_it_could_not_look() -> None:
    unread = FakeTimelines(unread="Its past is not read yet (reading its reviews: 3 pages read).")
    text = answer(await decided("why", ports(timelines=unread))).text
    assert "nothing has happened" not in text
    assert "reading its reviews: 3 pages read" in text


async def test_why_tells_what_it_did_and_what_it_does_not_know() -> None:
    journal = FakeJournal(entries=[an_entry("first pull request by @ada")])
    unread = FakeTimelines(unread="Could not read its open pull requests: GitHub answered 502.")
    text = answer(await decided("why", ports(journal=journal, timelines=unread))).text
    assert "GitHub answered 502" in text
    assert "first pull request by" in text


@pytest.mark.parametrize(
    ("until", "told"),
    [
        pytest.param(
            NOW + timedelta(days=1), "I stay quiet here until 3 March 2026, 11:00 CET, unless", id="for a day"
        ),
        pytest.param(FOR_EVER, "I stay quiet here, unless you ask me something.", id="for good"),
    ],
)
async def test_why_tells_that_the_thread_is_silenced(until: datetime, told: str) -> None:
    assert told in answer(await decided("why", ports(journal=FakeJournal(silences={7: until})))).text


async def test_a_silence_that_is_over_is_no_news() -> None:
    over = FakeJournal(silences={7: NOW - timedelta(days=1)})
    assert "I stay quiet" not in answer(await decided("why", ports(journal=over))).text


@pytest.mark.parametrize(
    ("words", "until"),
    [
        pytest.param((), None, id="for good, where nothing is said"),
        pytest.param(("for", "good"), None, id="for good, said"),
        pytest.param(("forever",), None, id="for ever"),
        pytest.param(("2", "weeks"), datetime(2026, 3, 16, 10, tzinfo=UTC), id="two weeks"),
        pytest.param(("For", "1", "day"), datetime(2026, 3, 3, 10, tzinfo=UTC), id="for a day"),
    ],
)
async def test_a_thread_is_quiet_for_as_long_as_was_asked(
    words: tuple[str, ...], until: datetime | None
) -> None:
    decision = await decided("mute", ports(), *words)
    (record,) = (action for action in decision.actions if isinstance(action, Remember))
    assert (record.kind, record.key) == ("mute", "7")
    assert record.value["until"] == (until.isoformat() if until else None)
    assert "`/mentorbot unmute` ends that." in answer(decision).text
    assert ("for good" in decision.because) is (until is None)


@pytest.mark.parametrize("words", [("14",), ("until", "Christmas"), ("@everyone",)])
async def test_a_silence_of_unclear_length_is_not_guessed(words: tuple[str, ...]) -> None:
    decision = await decided("mute", ports(), *words)
    assert answer(decision).reaction == "confused"
    assert [type(action) for action in decision.actions] == [Answer]


async def test_silence_can_be_ended() -> None:
    decision = await decided("unmute", ports(journal=FakeJournal(silences={7: FOR_EVER})))
    assert decision.actions == (Forget(kind="mute", key="7"), Answer())
    assert decision.because == "@ada ended the silence here"


async def test_there_is_no_silence_to_end_where_nobody_asked_for_one() -> None:
    assert answer(await decided("unmute", ports())).reaction == "confused"


async def test_why_tells_first_what_is_coming() -> None:
    outlook = FakeOutlook(comes=("If nothing happens here, I will remind you on 8 December 2026.",))
    journal = FakeJournal(entries=[an_entry("first pull request by @ada")])
    text = answer(await decided("why", ports(outlook=outlook, journal=journal))).text
    assert text.startswith(
        "**What comes next:**\n\n- If nothing happens here, I will remind you on 8 December 2026.\n\n"
        "**What I did here, and what not**, the latest first:\n\n- 2 March"
    )


async def test_what_people_asked_is_folded_away() -> None:
    journal = FakeJournal(
        entries=[
            replace(an_entry("@grace asked to be exchanged", feature="review_exchange"), is_reply=True),
            replace(an_entry("@grace wrote `/ready`, which is for the author"), is_reply=True, refused=True),
            an_entry("first pull request by @ada"),
        ]
    )
    shown, _, folded = answer(await decided("why", ports(journal=journal))).text.partition("<details>")
    assert "first pull request" in shown
    assert "grace" not in shown
    assert "I said no: @\u200bgrace wrote" in folded


async def test_why_tells_where_to_look_and_when_it_tries_again() -> None:
    journal = FakeJournal(
        entries=[
            replace(an_entry("first issue"), url="https://example.org/1"),
            replace(an_entry("2nd"), outcome=Outcome.WAITING, next_try=NOW, why="GitHub is slow"),
        ]
    )
    text = answer(await decided("why", ports(journal=journal))).text
    assert "**welcome**: I acted: first issue ([there](https://example.org/1))" in text
    assert "I still have to do it: 2nd; GitHub is slow (I try again on 2 March 2026, 11:00 CET)" in text


async def test_silence_is_offered_where_there_is_none_and_its_end_where_there_is() -> None:
    event = an_event(CommandGiven, name="help", thread=an_issue(number=7))
    asker = Authorization(is_author=True)
    assert await useful_commands(event, asker, Help(), ports()) == ["why", "mute"]
    silenced = ports(journal=FakeJournal(silences={7: FOR_EVER}))
    triager = Authorization(permission=Permission.TRIAGE)
    assert await useful_commands(event, triager, Help(), silenced) == ["why", "unmute", "config"]


async def spoken(words: str, records: FakeRecords, *, number: int = 7) -> Plan:
    assert BOOK.plain_words is not None
    _, trigger = BOOK.plain_words
    event = an_event(
        CommandGiven, name="", words=(), line=words, thread=an_issue(number=number), in_plain_words=True
    )
    decision = trigger.decide(await trigger.ask(event, Help(), ports(records=records)), Help())
    records.remember(decision.actions)
    return decision


async def test_who_speaks_to_it_as_to_a_person_is_told_once_in_a_thread_how_to_ask() -> None:
    records = FakeRecords()
    first = await spoken("@mentorbot can you help me?", records)
    assert answer(first).reaction == "confused"
    assert "[commands](https://" in answer(first).text
    assert "`/mentorbot help`" in answer(first).text
    assert first.because == "@ada said “@mentorbot can you help me?” to me, which I do not understand"
    assert answer(await spoken("@mentorbot please?", records)) == Answer(reaction="confused")
    assert answer(await spoken("@mentorbot please?", records, number=8)).text


async def test_what_is_told_of_speaking_to_it_is_theirs() -> None:
    decision = await spoken("@mentorbot hello", FakeRecords())
    (kept,) = (action for action in decision.actions if isinstance(action, Remember))
    assert kept.whose == an_event(CommandGiven, thread=an_issue()).by.id
