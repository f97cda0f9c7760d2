"""Values that are one text in the file, such as a duration: what pydantic has to be told of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticSerializationUnexpectedValue, core_schema


class TextValue(ABC):
    """Read by `from_file`, written as `str` shows it, and described by `JSON_SCHEMA`."""

    __slots__ = ()
    JSON_SCHEMA: ClassVar[JsonSchemaValue]

    @classmethod
    @abstractmethod
    def from_file(cls, value: object) -> Self:
        """What stands in the file as one of these. Raises ValueError naming what to write instead."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.from_file(value),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._written),
        )

    @classmethod
    def _written(cls, value: object) -> str:
        """The text in the file. In a union pydantic tries each kind: what is another kind's is left to it."""
        if not isinstance(value, cls):
            raise PydanticSerializationUnexpectedValue("it is written by another of its kinds")
        return str(value)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(cls.JSON_SCHEMA)
