"""What mentoring writes without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="Nobody is free",
        keys="pair */waits",
        when="Somebody has waited for a mentor for `waiting`.",
        to="`maintainers`",
        at_most="once in each `waiting`",
    ),
    Message(
        name="Request to another mentor",
        keys="pair */asks",
        when="Nobody answered an earlier request in time, or a seat is free for somebody who waits.",
        to="the mentor who is asked",
        at_most="one mentor at a time for each mentee",
    ),
    Message(
        name="Is the mentor there?",
        keys="pair */mentor silent since *",
        when="The mentor of a pair has done nothing here for `silent_mentor`.",
        to="the mentor",
        at_most="once for each of its steps; one nudge in 7 business days",
    ),
    Message(
        name="Is the mentee there?",
        keys="pair */mentee silent since *",
        when="The mentee of a pair has done nothing here for `silent_mentee`.",
        to="the mentee",
        at_most="once for each of its steps; one nudge in 7 business days",
    ),
    Message(
        name="The pair rests",
        keys="pair */rests",
        when="The mentee was asked and did not come back.",
        to="both",
        at_most="once for each silence",
    ),
    Message(
        name="The rest is over",
        keys="pair */rest over",
        when="Nobody came back from a rest.",
        to="both; nobody is mentioned",
        at_most="once for each rest",
    ),
    Message(
        name="Another mentor is looked for",
        keys="pair */relieved",
        when="The mentor was asked and did not come back.",
        to="the mentee",
        at_most="once for each silence",
    ),
    Message(
        name="Milestone of a mentee",
        keys="milestones *",
        when="A mentee reaches one of `milestones`.",
        to="the mentee",
        at_most="once for each milestone",
    ),
    Message(
        name="Guide for a failed check",
        keys="guide *",
        when="A check fails for a mentee for the first time, and `guides` names a page for it.",
        to="the mentee",
        at_most="once for each guide",
    ),
    Message(
        name="Weekly notice to maintainers",
        keys="notice */maintainers/*",
        when="Monday morning, where there is something to tell.",
        to="`maintainers`",
        at_most="one issue a week",
    ),
    Message(
        name="Weekly notice to a mentor",
        keys="notice *",
        when="Monday morning, where a mentor has mentees.",
        to="the mentor",
        at_most="one issue a week",
    ),
)
