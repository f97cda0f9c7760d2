"""Values of the config as one would write them there: `[Saturday, Sunday]`, `true`, `14 days`."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

_ONE_LINE = 100_000
_END = "...\n"  # what YAML puts behind a value that stands alone


def as_yaml(value: Any) -> str:
    """JSON as YAML on one line. A text stands as it is: its quotes depend on where it stands."""
    if isinstance(value, str):
        return value
    yaml, written = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = True, _ONE_LINE, True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.dump(value, written)
    return written.getvalue().removesuffix(_END).strip()
