"""Brings newcomers and mentors together, both agreeing, and sees to it that nobody is left waiting."""

from __future__ import annotations

from mentorbot.core.events import ChecksFinished, Commented, IssueChanged, PullRequestPushed, ReviewSubmitted
from mentorbot.core.translator import phrase
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On
from mentorbot.features.mentoring.availability import rules as availability
from mentorbot.features.mentoring.command_line import add_commands
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import graduation, mentor_command, mentor_command_with_rights
from mentorbot.features.mentoring.guides import rules as guides
from mentorbot.features.mentoring.guides.facts import failed_check
from mentorbot.features.mentoring.hourly_check import rules as hourly_check
from mentorbot.features.mentoring.hourly_check.facts import pairs
from mentorbot.features.mentoring.inactivity import rules as inactivity
from mentorbot.features.mentoring.inactivity.facts import sign_of_life, words_to_mentees
from mentorbot.features.mentoring.matching import rules as matching
from mentorbot.features.mentoring.mentees import rules as mentees
from mentorbot.features.mentoring.mentees.facts import mentees_overview
from mentorbot.features.mentoring.milestones import rules as milestones
from mentorbot.features.mentoring.milestones.facts import mentee_with_labelled_issue, milestone_progress
from mentorbot.features.mentoring.pausing_and_ending import rules as pausing_and_ending
from mentorbot.features.mentoring.questions import rules as questions
from mentorbot.features.mentoring.roster import rules as roster
from mentorbot.features.mentoring.roster.facts import guided, newly_listed
from mentorbot.features.mentoring.unasked import MESSAGES
from mentorbot.features.mentoring.useful_commands import useful_commands
from mentorbot.features.mentoring.weekly_summary import rules as weekly_summary
from mentorbot.features.mentoring.weekly_summary.facts import summaries, summaries_at_desk

FEATURE = Feature(
    name="mentoring",
    summary=phrase(
        "Finds newcomers a mentor who agreed and has time, and notices when somebody is left waiting."
    ),
    config=Mentoring,
    triggers=(
        Command(
            usage="mentor me [area]",
            help=phrase("Ask for a mentor: somebody to ask, for an area or for anything."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=matching.ask_for_mentor,
        ),
        Command(
            usage="mentor offer [area]",
            help=phrase("Offer to be the mentor of whoever opened this thread."),
            who=Who.ANYONE,
            ask=mentor_command_with_rights,
            decide=matching.offer_to_mentor,
            offers_help=True,
        ),
        Command(
            usage="mentor accept [@user]",
            help=phrase("Say yes when you were asked, or become the mentor of somebody who waits here."),
            who=Who.ANYONE,
            ask=mentor_command_with_rights,
            decide=matching.accept,
        ),
        Command(
            usage="mentor decline [@user]",
            help=phrase("Say no when you were asked; no reason is needed."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=matching.decline,
        ),
        Command(
            usage="mentor pair @mentee @mentor [area]",
            help=phrase("Suggest a mentor to somebody; it begins when both agree."),
            who=Who.MAINTAINERS,
            ask=mentor_command,
            decide=matching.propose_pair,
        ),
        Command(
            usage="mentor help [question]",
            help=phrase("Bring a question to your mentor, or to somebody else who is here."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=questions.bring_question,
        ),
        Command(
            usage="mentor pause <duration> [@user]",
            help=phrase("Take a break with your mentor or mentee, for instance `2 weeks`."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=pausing_and_ending.pause,
        ),
        Command(
            usage="mentor resume [@user]",
            help=phrase("End a break."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=pausing_and_ending.resume,
        ),
        Command(
            usage="mentor change [@user]",
            help=phrase("Ask for another match. You need not say why: the reason stays with you."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=pausing_and_ending.change,
        ),
        Command(
            usage="mentor graduate [@user]",
            help=phrase("Go on without a mentor from here."),
            who=Who.ANYONE,
            ask=graduation,
            decide=pausing_and_ending.graduate,
        ),
        Command(
            usage="mentor end [@user]",
            help=phrase("End a pair, or take back your wish for a mentor; no reason is needed."),
            who=Who.ANYONE,
            ask=mentor_command_with_rights,
            decide=pausing_and_ending.end,
        ),
        Command(
            usage="mentor volunteer [area]",
            help=phrase("Be asked when somebody looks for a mentor."),
            who=Who.ANYONE,
            ask=mentor_command_with_rights,
            decide=availability.volunteer,
            offers_help=True,
        ),
        Command(
            usage="mentor away [duration]",
            help=phrase("Ask me not to bring you mentees for that long; without a duration, you are back."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=availability.be_away,
        ),
        Command(
            usage="mentor opt out",
            help=phrase("Have nothing to do with mentoring here."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=availability.opt_out,
        ),
        Command(
            usage="mentor opt in",
            help=phrase("Undo that."),
            who=Who.ANYONE,
            ask=mentor_command,
            decide=availability.opt_in,
            offers_help=True,
        ),
        Command(
            usage="mentees [@mentor]",
            help=phrase("What your mentees work on, and who needs you."),
            who=Who.ANYONE,
            ask=mentees_overview,
            decide=mentees.show_mentees,
        ),
        On(Commented, ask=sign_of_life, decide=inactivity.remember_activity),
        On(ReviewSubmitted, ask=sign_of_life, decide=inactivity.remember_activity),
        On(Commented, ask=words_to_mentees, decide=inactivity.remember_words),
        On(ReviewSubmitted, ask=words_to_mentees, decide=inactivity.remember_words),
        On(PullRequestPushed, ask=sign_of_life, decide=inactivity.remember_activity),
        Every("hour", each=pairs, decide=hourly_check.look_after),
        Every("hour", each=newly_listed, decide=roster.remember_listed),
        Every("Monday 06:00", each=summaries, decide=weekly_summary.deliver),
        Every("hour", each=summaries_at_desk, decide=weekly_summary.deliver),
        Every("day 06:00", each=milestone_progress, decide=milestones.celebrate),
        On(IssueChanged, ask=mentee_with_labelled_issue, decide=milestones.confirm_issue),
        On(ChecksFinished, ask=failed_check, decide=guides.offer_guide),
    ),
    permissions={"issues": "write", "pull_requests": "write", "members": "read", "checks": "read"},
    events=("check_run",),
    command_line=add_commands,
    guided=guided,
    useful_commands=useful_commands,
    messages=MESSAGES,
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
