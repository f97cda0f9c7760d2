"""probot/no-response (`.github/no-response.yml`) and lee-dohm/no-response: close issues nobody answers in."""

from __future__ import annotations

from mentorbot.config.other_bots import reminders
from mentorbot.config.other_bots.reading import FileReading, Habit, YamlFile

NAME = "probot/no-response"
REASONS = {
    "daysuntilclose": reminders.NEVER_CLOSES,
    "closecomment": reminders.NEVER_CLOSES,
    "responserequiredlabel": "mentorbot asks for no further information about issues",
    "responserequiredcolor": "mentorbot asks for no further information about issues",
    "token": "mentorbot has its own",
    "_extends": "what is in the file that this one extends isn't read; import it there",
}
"""Why each setting of either is not carried over, by its name in small letters."""


def read(file: YamlFile) -> FileReading:
    reading = FileReading(path=file.path)
    reading.found(NAME, 1, Habit.CLOSES_ISSUES)
    for key in file.values:
        if key.lower() in REASONS:
            reading.leave_out(key, file.line(key), REASONS[key.lower()])
        else:
            reading.unknown(key, file.line(key))
    return reading
