"""Brings newcomers and mentors together, both agreeing, and sees to it that nobody is left waiting."""

from __future__ import annotations

from mentorbot.core.events import ChecksFinished, Commented, IssueChanged, PullRequestPushed, ReviewSubmitted
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On
from mentorbot.features.mentoring import (
    asking,
    celebrating,
    facts,
    helping,
    keeping_up,
    parting,
    signs,
    status,
    upkeep,
    weekly,
)
from mentorbot.features.mentoring.command_line import add_commands
from mentorbot.features.mentoring.config import Mentoring

FEATURE = Feature(
    name="mentoring",
    summary="Finds newcomers a mentor who agreed and has time, and notices when somebody is left waiting.",
    config=Mentoring,
    triggers=(
        Command(
            usage="mentor me [area]",
            help="Find me a mentor: somebody to ask, for an area or for anything.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=asking.ask_for_mentor,
        ),
        Command(
            usage="mentor offer [area]",
            help="Offer to be the mentor of whoever opened this thread.",
            who=Who.ANYONE,
            ask=facts.given_with_rights,
            decide=asking.offer_to_mentor,
        ),
        Command(
            usage="mentor accept [@user]",
            help="Say yes to a pair you were asked about, or take a request that waits here.",
            who=Who.ANYONE,
            ask=facts.given_with_rights,
            decide=asking.accept,
        ),
        Command(
            usage="mentor decline [@user]",
            help="Say no to a pair you were asked about; no reason is needed.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=asking.decline,
        ),
        Command(
            usage="mentor pair @mentee @mentor [area]",
            help="Propose two people to each other; it begins when both agree.",
            who=Who.MAINTAINERS,
            ask=facts.given,
            decide=asking.propose_pair,
        ),
        Command(
            usage="mentor help [question]",
            help="Bring a question to your mentor, or to somebody else who is here.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=helping.bring_question,
        ),
        Command(
            usage="mentor pause <duration> [@user]",
            help="Take a break with your mentor or mentee, for instance `2 weeks`.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=parting.pause,
        ),
        Command(
            usage="mentor resume [@user]",
            help="End a break.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=parting.resume,
        ),
        Command(
            usage="mentor change [@user]",
            help="Another match, please; nobody is told who asked, or why.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=parting.change,
        ),
        Command(
            usage="mentor graduate [@user]",
            help="The mentee goes on without a mentor from here: well done.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=parting.graduate,
        ),
        Command(
            usage="mentor end [@user]",
            help="End a pair without fault, or take back your wish for a mentor.",
            who=Who.ANYONE,
            ask=facts.given_with_rights,
            decide=parting.end,
        ),
        Command(
            usage="mentor volunteer [area]",
            help="Be one of those who are asked to be a mentor.",
            who=Who.ANYONE,
            ask=facts.given_with_rights,
            decide=helping.volunteer,
        ),
        Command(
            usage="mentor away [duration]",
            help="Not to be asked as a mentor for that long; without a duration, you are back.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=helping.be_away,
        ),
        Command(
            usage="mentor opt out",
            help="Have nothing to do with mentoring here.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=helping.opt_out,
        ),
        Command(
            usage="mentor opt in",
            help="Undo that.",
            who=Who.ANYONE,
            ask=facts.given,
            decide=helping.opt_in,
        ),
        Command(
            usage="mentees [@mentor]",
            help="How your mentees are doing, and who needs you today.",
            who=Who.ANYONE,
            ask=status.overview,
            decide=status.show_mentees,
        ),
        On(Commented, ask=signs.sign_of_life, decide=signs.notice),
        On(ReviewSubmitted, ask=signs.sign_of_life, decide=signs.notice),
        On(PullRequestPushed, ask=signs.sign_of_life, decide=signs.notice),
        Every("hour", each=upkeep.pairs, decide=keeping_up.look_after),
        Every("hour", each=upkeep.listed, decide=keeping_up.remember_listed),
        Every("Monday 06:00", each=weekly.notices, decide=weekly.deliver),
        Every("hour", each=weekly.at_the_desk, decide=weekly.deliver),
        Every("day 06:00", each=celebrating.ways, decide=celebrating.celebrate),
        On(IssueChanged, ask=celebrating.labelled, decide=celebrating.confirm),
        On(ChecksFinished, ask=celebrating.failed_check, decide=celebrating.offer_guide),
    ),
    permissions={"issues": "write", "pull_requests": "write", "members": "read", "checks": "read"},
    events=("check_run",),
    command_line=add_commands,
    example="""\
mentoring:
  areas:
    subinterpreters:
      paths: ["Python/*interp*"]
      labels: [topic-subinterpreters]
      guide: https://devguide.example.org/subinterpreters
  mentors:
    - {login: ada, areas: [subinterpreters], capacity: 2, timezone: Europe/London}
    - team:mentors
  eligible: {merged: 3}
  maintainers: [team:core]
""",
)
