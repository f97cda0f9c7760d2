"""The phrases by which authors promise, offer, hand over and wait: lists as in `reviewer_phrases`."""

from __future__ import annotations

import re

from mentorbot.domain.turns.phrase_patterns import phrases

# What authors promise to do. The vaguer verbs count only after a plain "I will".
_TASK = (
    "(fix|updat|chang|add|address|rebas|push|work|rework|re-?writ|split|squash|mov|remov|investigat|submit|"
    "implement|revisit|clean|adjust|renam|includ|drop|appl|send|handl|resolv|finish|complet|switch|revert|"
    "simplif|correct|incorporat|debug|prepar|convert|edit|document)(e|es|ing|ed|y|ies|ping|ting)?"
)
_TRY = (
    "(look|do|test|try|check|see|get|come|take|follow|make|put|figure|think|reopen|re-open|write|give|play)"
)
PROMISE = phrases(rf"""
    (I|we)('ll| will) ... ({_TASK}|{_TRY})
    (I|we)('m| am|'re| are) (going to|gonna|about to|planning to) ... ({_TASK}|{_TRY})
    (I|we) (plan|intend) to ... ({_TASK}|{_TRY})
    (?<!do )(I|we)( (still )?(want|need|have|hope)|'d like| would like) to(?! be able) ... {_TASK}
    I should(?! (_ )?have) ... {_TASK}(?! that)
    let me(?! know) ... ({_TASK}|{_TRY})
    ^(so )?(will|gonna|going to|planning to|will try to) ... ({_TASK}|{_TRY})
    will do
    ^(I'm )?on it
    (stay tuned|still missing|coming (soon|up)|needs? more work)
    (^|I'm |I am |still |currently )working on
    needs? to be (updated|fixed|changed|reworked|rewritten|adapted)
    not (yet )?ready
    still (needs? (some|more|work|tests?|docs?)|(a )?wip|to ?do|in progress)
    ^wip
    on (vacation|holidays?|leave)
    (converted|converting|marked|marking) (_ )?(back )?(to|as) (a )?draft
""")
# A promise for another day, another place or another's word leaves this pull request to its reviewers.
PROMISE_ELSEWHERE = phrases(r"""
    (separate|another|new|later|future|different|subsequent|alternative) (_ )?(PR|pull|commit|release|issue)
    follow[- ]?ups?
    re-?touch
    next (time|push|update|PR|release)
    before merg…
    ^if
    (if|unless|when|once|after|until) ... (you|this|people|others|reviewers?|everyone|anyone|someone|there)
    (if|unless|when|once|after|until) ... (needed|necessary|required|desired|wanted|merged|approved)
    (if|unless|when|once|after|until) ... (reviewed?|acks?|done|settled)
    I'll (leave|wait|let|be|assume|note|say|keep|defer|close|merge)
""")
WANTS_REVIEW = phrases(r"""
    (ptal|wdyt|rfc|thoughts|opinions?|feedback|discussion|ping|bump)
    comments? (are )?welcome
    concept (ack|review)s?
    please (re-?)?(review|look|advise|comment|test|benchmark|tell|let me know)
    (let me know|tell me)
    what do (you|people|others) think
    ready (for|to) (re-?)?review
    right (path|track|direction)
    (mind|care|able|time|willing) to (re-?)?(review|look)
""")
# A proposal that the other side need only take up: then it is the author's to do.
OFFER = re.compile(
    r"\b(?:(?:should|shall) I|want me to|(?:do|would) you (?:want|prefer|like|rather)|(?:how|what) about"
    r"|(?<!what )do you think)\b"
    r"[^.!?]{0,200}\?",
    re.IGNORECASE,
)
# Said of a remark before anything was pushed, this promises to act on it.
CONCESSION = re.compile(
    r"^\W*(?:(?:thanks?|thank you|oh|ah|yes|yeah|ok|okay|right|@[\w-]+)\W+){0,3}"
    r"(?:(?:(?:really|very|a) )?(?:good|great|nice|fair|excellent) (?:point|idea|catch|suggestion|call|find)"
    r"|agreed|(?:that )?makes sense|you(?:'re| are) (?:\w+ )?right)\b(?!.*\bbut\b)",
    re.IGNORECASE,
)
DONE = phrases(r"""
    (done|fixed|addressed|updated|rebased|pushed|added|removed|changed|resolved|implemented|applied|squashed)
    (renamed|dropped|corrected|moved|reverted|adjusted|taken|un-?draft…)
    have made the requested changes
    @rustbot (ready|review)
    ready (for|to) (re-?)?review
""")
UNRELATED_FAILURE = phrases(r"""
    (un-?related|spurious|flaky|intermittent|known) ... (fail…|error|ci)
    (ci|fail…|errors?|tests?|checks?) ... (un-?related|spurious|flaky|intermittent)
    (ci|fail…|errors?|tests?|checks?) ... also (on|in) (main|master)
""")

# --- Waiting for something else --------------------------------------------------------------------------

_NUMBER = r"(?: (?:PR|pull request|merging|the merge of))?:? #(\d+)\b(?! by @)"
BUILDS_ON = re.compile(
    rf"(?<!rebased )\b(?:(?:based|stacked|builds?|built) (?:up)?on(?: top of)?|on top of){_NUMBER}",
    re.IGNORECASE,
)
WAITS_FOR = re.compile(
    rf"\b(?:depend(?:s|ent|ing)? (?:up)?on|blocked (?:by|on)|wait(?:ing|s)? (?:for|on|until)){_NUMBER}",
    re.IGNORECASE,
)
HOLD = phrases(r"""
    (wait|hold|leave|keep|postpone|revisit) ... (until|till|for) ... (merged|lands?|landed|released?)
    on hold
    hold(ing)? off
    blocked (by|on)(?! #)
    waiting (for|on) (the )?(upstream|release|next release|new release)
    (don't|do not|shouldn't|should not|doesn't make sense to|not) merge ... (until|before)
""")
