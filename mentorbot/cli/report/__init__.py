"""Reports on a project, told on a terminal, as a page and for scripts.

`report_of` makes one of what was read with a token or from an archive; `print_report`, `page_of` and
`json_of` tell it.
"""

from __future__ import annotations

from mentorbot.cli.report.as_json import json_of
from mentorbot.cli.report.page import page_of
from mentorbot.cli.report.report import FIRST_WEEK, Report, report_of
from mentorbot.cli.report.terminal import print_report
from mentorbot.cli.report.tried_config import TriedConfig, starter_text, tried_config

__all__ = [
    "FIRST_WEEK",
    "Report",
    "TriedConfig",
    "json_of",
    "page_of",
    "print_report",
    "report_of",
    "starter_text",
    "tried_config",
]
