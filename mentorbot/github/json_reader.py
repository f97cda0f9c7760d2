"""Reads JSON whose shape GitHub decides, and says which part of it was not as expected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.storable_text import storable

T = TypeVar("T")
_DECODER = msgspec.json.Decoder()
_MOST_DIGITS = 18
_LARGEST_ID = 2**63 - 1  # what a PostgreSQL bigint holds; GitHub's ids are far below


class UnexpectedJson(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A payload or an answer lacks something needed; `reason` names the path: "issue.number is missing"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def loads(text: bytes) -> Any:
    """Parse JSON. Raises ValueError where it is none, RecursionError where it is nested too deeply.

    What msgspec refuses goes to the standard library, which takes more (lone surrogates, NaN, other encodings
    than UTF-8) and says what is wrong.
    """
    try:
        return _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return json.loads(text)


class JsonReader:
    """A JSON object and where it was found. Every method raises `UnexpectedJson`, and nothing else.

    Where it was received at `received_at`, that stands for moments it doesn't tell.
    """

    __slots__ = ("_object", "_path", "_received_at")

    def __init__(self, value: object, path: str = "", *, received_at: datetime | None = None) -> None:
        if not isinstance(value, (dict, Mapping)):  # nearly always a dict, which is told more cheaply
            raise UnexpectedJson(f"{path or 'the payload'} is {_kind(value)} where an object was expected")
        self._object: Mapping[str, Any] = value
        self._path = path
        self._received_at = received_at

    def __contains__(self, key: str) -> bool:
        return self._object.get(key) is not None

    def at(self, key: str) -> JsonReader:
        return self._inner(self._needed(key), self._under(key))

    def maybe(self, key: str) -> JsonReader | None:
        """The object under a key; None where it is missing or null."""
        return self.at(key) if key in self else None

    def or_empty(self, key: str) -> JsonReader:
        """The object under a key; an empty one where it is missing or null."""
        return self.maybe(key) or self._inner({}, self._under(key))

    def each(self, key: str) -> tuple[JsonReader, ...]:
        """The objects of the list under a key; none where it is missing or null. Nulls in it are left out."""
        found = self._object.get(key) or []
        if not isinstance(found, list):
            raise UnexpectedJson(f"{self._under(key)} is {_kind(found)} where a list was expected")
        return tuple(
            self._inner(one, f"{self._under(key)}[{place}]")
            for place, one in enumerate(found)
            if one is not None
        )

    def objects(self, key: str) -> tuple[Any, ...]:
        """The same as they are, to be read later."""
        return tuple(one for one in self._object.get(key) or () if one is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list under a key; none where it is missing or null."""
        found = self._object.get(key) or []
        if not isinstance(found, list):
            raise UnexpectedJson(f"{self._under(key)} is {_kind(found)} where a list was expected")
        return tuple(storable(one) for one in found if isinstance(one, str))

    def text_map(self, key: str) -> dict[str, str]:
        """The texts of the object under a key by theirs; none where it is missing or null."""
        found = self.maybe(key)
        if found is None:
            return {}
        return {name: storable(one) for name, one in found._object.items() if isinstance(one, str)}  # noqa: SLF001 - its own kind

    def text(self, key: str, default: str | None = None) -> str:
        """The text under a key; `default`, where given, stands for a missing or null one."""
        if default is not None and key not in self:
            return default
        found = self._needed(key)
        if not isinstance(found, str):
            raise UnexpectedJson(f"{self._under(key)} is {_kind(found)} where a text was expected")
        return storable(found)

    def number(self, key: str, default: int | None = None) -> int:
        """The whole number under a key; `default`, where given, stands for a missing or null one."""
        if default is not None and key not in self:
            return default
        found = self._needed(key)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= _LARGEST_ID:
            raise UnexpectedJson(f"{self._under(key)} is {_kind(found)} where a positive number was expected")
        return found

    def big_number(self, key: str) -> int:
        """A number that GraphQL may write as a text: its BigInt, for what may outgrow 32 bits.

        https://docs.github.com/en/graphql/reference/scalars#bigint
        """
        found = self._needed(key)
        if isinstance(found, str) and len(found) <= _MOST_DIGITS and found.isascii() and found.isdecimal():
            return int(found)
        return self.number(key)

    def flag(self, key: str) -> bool:
        """True where the key is there and true."""
        return self._object.get(key) is True

    def moment(self, *keys: str) -> datetime:
        """The moment under the first of these keys that is there; else when it was received, where known."""
        for key in keys:
            found = self.moment_or_none(key)
            if found is not None:
                return found
        if self._received_at is not None:
            return self._received_at
        raise UnexpectedJson(f"{self._under(keys[0])} is missing")

    def moment_or_none(self, key: str) -> datetime | None:
        """The moment under a key, None where it is missing or null; pushes count seconds since 1970."""
        found = self._object.get(key)
        if found is None:
            return None
        try:
            if isinstance(found, int) and not isinstance(found, bool):
                return datetime.fromtimestamp(found, UTC)
            moment = datetime.fromisoformat(found)
        except (TypeError, ValueError, OverflowError, OSError):
            raise UnexpectedJson(
                f"{self._under(key)} is {_kind(found)} where a date and time was expected"
            ) from None
        return moment.replace(tzinfo=moment.tzinfo or UTC)

    def _needed(self, key: str) -> Any:
        found = self._object.get(key)
        if found is None:
            raise UnexpectedJson(f"{self._under(key)} is missing")
        return found

    def _inner(self, value: object, path: str) -> JsonReader:
        return JsonReader(value, path, received_at=self._received_at)

    def _under(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


@contextmanager
def parsing_response() -> Iterator[None]:
    """Within it `UnexpectedJson` becomes `GitHubUnavailable`: such an answer is as good as none."""
    try:
        yield
    except UnexpectedJson as error:
        raise GitHubUnavailable(f"GitHub's answer is not as expected: {error.reason}") from error


def parse_response(found: Any, name: str, read: Callable[[JsonReader], T]) -> T:
    """GitHub's answer to a question, read by `read`; `name` is what messages call it."""
    with parsing_response():
        return read(JsonReader(found, name))


def parse_items(found: Iterable[Any], name: str, read: Callable[[JsonReader], T]) -> tuple[T, ...]:
    """GitHub's listing, each of its items read by `read`."""
    return tuple(parse_response(one, name, read) for one in found)


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a fraction",
    }
    return names.get(type(value), "null")
