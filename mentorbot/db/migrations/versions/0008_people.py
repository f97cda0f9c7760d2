"""Say of every record, effect and journal entry whom it is about, and keep who asked to be forgotten.

What is stored already is read by the shapes that features gave it: an id counts only where that kind of
record has a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

_AT_ONCE = 1000
_MENTION = re.compile(r"(?<![A-Za-z0-9])@[\\\u200b]*([A-Za-z0-9](?:[\\\u200b]*[-_]*[A-Za-z0-9])*)", re.ASCII)

# Whose a record is: the number with which its key begins.
_KEYS_BEGIN_WITH_THEIR_PERSON = frozenset(
    {
        ("review_exchange", "entry"),
        ("review_exchange", "account"),
        ("review_exchange", "offer"),
        ("first_merge", "landed"),
        *(
            ("mentoring", kind)
            for kind in (
                "pair", "bond", "story", "volunteer", "away", "opted out", "last asked", "seen", "reached",
                "confirmed", "guided", "rung", "apart", "for the desk",
            )
        ),
    }
)  # fmt: skip
# Whose a record is: a person in its value.
_THEIR_PERSON = {
    ("review_exchange", "exchange"): "author",
    ("review_exchange", "waiting"): "reviewer",
}
# Ids that stand in a value as bare numbers.
_NUMBERS = {
    ("mentoring", "bond"): ("mentor",),
    ("mentoring", "story"): ("by", "mentor"),
    ("mentoring", "posted"): ("about",),
    ("mentoring", "for the desk"): ("about",),
}
_PEOPLE_IN_KEYS = (
    re.compile(r"^(?:welcome|first_merge|review_exchange)/\d+/person (\d+)"),
    re.compile(r"^mentoring/\d+/(?:milestones|guide|pair) (\d+)/"),
    re.compile(r"^mentoring/\d+/notice \d+/(\d+)/"),
    re.compile(r"^review_exchange/\d+/pr\d+/why disputed by (\d+)$"),
    re.compile(r"^review_exchange/\d+/(?:label|unlabel) ready since (\d+)/"),
    re.compile(r"^review_exchange/\d+/balance on \w+ since (\d+)/"),
    re.compile(r"^stalled/\d+/.*/ask (\d+)$"),
)


def upgrade() -> None:
    """Add the columns and the list, and fill them from what is stored."""
    _extend()
    connection = op.get_bind()
    # Nobody needs to know who asked for silence; what others said of a pull request outlives one of them.
    op.execute("UPDATE records SET value = value - 'by' WHERE feature = 'help' AND kind = 'mute'")
    op.execute(
        "UPDATE records SET value = value || '{\"outlives_people\": true}'"
        " WHERE feature = 'stalled' AND kind = 'correction'"
    )
    _fill_records(connection)
    _fill_effects(connection)
    _fill_journal(connection)
    for table in ("records", "effects"):
        op.create_index(op.f(f"ix_{table}_people"), table, ["people"], unique=False, postgresql_using="gin")


def _extend() -> None:
    for table, comment in (
        ("records", "everybody who is in it"),
        ("effects", "everybody it tells of"),
        ("journal", "everybody it tells of"),
    ):
        people: sa.Column[Any] = sa.Column(
            "people", postgresql.ARRAY(sa.BigInteger()), nullable=False, server_default="{}", comment=comment
        )
        op.add_column(table, people)
    former: sa.Column[Any] = sa.Column(
        "former",
        postgresql.ARRAY(sa.Text()),
        nullable=False,
        server_default="{}",
        comment="logins they had before",
    )
    op.add_column("people", former)
    op.add_column("records", sa.Column("person_id", sa.BigInteger(), comment="whose it is"))
    op.create_table(
        "forgotten",
        sa.Column("id_hmac", sa.LargeBinary(), nullable=False, comment="keyed hash of the person's id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id_hmac", name=op.f("pk_forgotten")),
        comment="who asked to be forgotten: told apart, but named to nobody without the key",
    )
    op.alter_column(
        "journal",
        "place",
        comment="entries with the same place replace each other, day by day",
        existing_comment="entries with the same place replace each other: a sweep's daily 'not yet'",
    )
    op.create_table_comment(
        "secrets",
        "the keys of fingerprints: those of effects, and those of people who are forgotten",
        existing_comment="the key of the effects' fingerprints",
    )
    op.execute(
        "INSERT INTO secrets (name, value) VALUES ('forgotten',"
        " decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))"
    )


def _fill_records(connection: sa.Connection) -> None:
    keys = ("feature", "repository_id", "kind", "key")
    for page in _pages(connection, "records", keys, "value"):
        found = [(row, *_of_record((row.feature, row.kind), row.key, row.value)) for row in page]
        _write(
            connection,
            "UPDATE records SET people = CAST(:people AS bigint[]), person_id = :whose"
            " WHERE feature = :feature AND repository_id = :repository_id AND kind = :kind AND key = :key",
            [
                {"whose": whose, "people": sorted(people), **{name: getattr(row, name) for name in keys}}
                for row, whose, people in found
                if people
            ],
        )


def _of_record(kind: tuple[str, str], key: str, value: Any) -> tuple[int | None, set[int]]:
    """Whose a record is, and everybody in it."""
    people = set(_people_in(value))
    for name in _NUMBERS.get(kind, ()):
        numbers = value.get(name)
        people.update(n for n in (numbers if isinstance(numbers, list) else [numbers]) if _is_number(n))
    whose = None
    if kind in _KEYS_BEGIN_WITH_THEIR_PERSON and (number := key.partition("/")[0]).isdecimal():
        whose = int(number)
    elif kind in _THEIR_PERSON and isinstance(person := value.get(_THEIR_PERSON[kind]), Mapping):
        whose = person["id"]
    elif kind == ("mentoring", "listed"):
        whose = value["id"]
    if kind in {("mentoring", "apart"), ("mentoring", "posted")}:
        people.update(int(number) for number in key.split("/")[1:] if number.isdecimal())
    return whose, people | ({whose} if whose is not None else set())


def _fill_effects(connection: sa.Connection) -> None:
    for page in _pages(connection, "effects", ("id",), "key, because, action"):
        people = {row.id: set(_people_in(row.action)) for row in page}
        logins = {row.id: _mentioned(f"{row.because} {row.action}") for row in page}
        for row in page:
            for shape in _PEOPLE_IN_KEYS:
                people[row.id].update(int(number) for number in shape.findall(row.key or ""))
        _write_people(connection, "effects", people, logins)


def _fill_journal(connection: sa.Connection) -> None:
    for page in _pages(connection, "journal", ("id",), "person_id, because"):
        people = {row.id: {row.person_id} - {None} for row in page}
        _write_people(connection, "journal", people, {row.id: _mentioned(row.because) for row in page})


def _write_people(
    connection: sa.Connection,
    table: str,
    people: Mapping[int, set[int]],
    logins: Mapping[int, set[str]],
) -> None:
    wanted = sorted(set().union(*logins.values()))
    known = connection.execute(
        sa.text("SELECT lower(login) AS login, id FROM people WHERE lower(login) = ANY(:logins)"),
        {"logins": wanted},
    )
    ids: dict[str, set[int]] = {}
    for row in known:
        ids.setdefault(row.login, set()).add(row.id)
    found = [
        {"id": id_, "people": sorted(all_)}
        for id_, some in people.items()
        if (all_ := some.union(*(ids.get(login, ()) for login in logins[id_])))
    ]
    _write(
        connection,
        f"UPDATE {table} SET people = CAST(:people AS bigint[]) WHERE id = :id",  # noqa: S608 - two constants
        found,
    )


def _pages(
    connection: sa.Connection, table: str, keys: Sequence[str], columns: str
) -> Iterator[Sequence[sa.Row[Any]]]:
    """All rows, a page at a time in the order of their keys."""
    names = ", ".join(keys)
    beginning = f"SELECT {names}, {columns} FROM {table}"  # noqa: S608 - constants
    ending = f" ORDER BY {names} LIMIT {_AT_ONCE}"
    page = connection.execute(sa.text(beginning + ending)).all()
    while page:
        yield page
        after = ", ".join(f":{name}" for name in keys)
        last = {name: getattr(page[-1], name) for name in keys}
        statement = f"{beginning} WHERE ({names}) > ({after}){ending}"
        page = connection.execute(sa.text(statement), last).all()


def _write(connection: sa.Connection, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(sa.text(statement), rows)


def _people_in(value: Any) -> Iterator[int]:
    """People in JSON are objects with an id and a login."""
    if isinstance(value, Mapping):
        if "login" in value and _is_number(value.get("id")):
            yield value["id"]
        for one in value.values():
            yield from _people_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _people_in(one)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _mentioned(text: str) -> set[str]:
    return {re.sub(r"[\\\u200b]", "", found).lower() for found in _MENTION.findall(text)}
