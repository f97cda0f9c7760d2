"""The phrases by which reviewers, authors and bots tell whose turn it is: lists, one phrase a line.

Each list is tried on one sentence of somebody's own words (see `comment_parser`), whatever the case. In them
`(a|b)` is a choice, `(a )?` may be left out, `…` stands for the rest of a word, ` ... ` for some words in
between, `_` for any one word, `^` for the start of the sentence and `$` for its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any


class Phrases:
    """A pattern that is compiled when it is first looked for.

    All of these take a thirtieth of a second, and most processes read no comment.
    """

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self._flags = flags

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[Any]:
        return self._compiled.findall(text)

    def sub(self, replacement: str, text: str) -> str:
        return self._compiled.sub(replacement, text)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)


def any_of(lines: str) -> Phrases:
    """One pattern of all the lines, each a whole word or several."""
    return Phrases(
        "|".join(_pattern(line.strip()) for line in lines.splitlines() if line.strip()), re.IGNORECASE
    )


def _pattern(phrase: str) -> str:
    start = "" if phrase.startswith("^") else r"(?<!\w)"
    end = "" if phrase.endswith(("…", "$")) else r"(?!\w)"
    for sign, meaning in (
        ("^", r"^\W*"),
        ("$", r"\W*$"),
        (" ... ", r" (?:[^.?!]{0,120} )?"),
        ("…", r"\w*"),
        ("_", r"[\w'-]+"),
        ("(", "(?:"),
    ):
        phrase = phrase.replace(sign, meaning) if sign != "(" else re.sub(r"\((?!\?)", meaning, phrase)
    return f"{start}(?:{phrase}){end}"


# --- Reviewers: approval ---------------------------------------------------------------------------------

# Case matters here: "ACK" and its kin (with or without a commit) and the trailers of the Linux kernel.
ACK = Phrases(r"(?<![\w-])(?:(?:[Rr]e|cr|ut|t)-?)?(?:[a-z]{0,4}ACK|Acked-by|Reviewed-by|Tested-by)(?!\w)")
LGTM = any_of(r"""
    (?<!/)lgtm
    looks? (_ )?(good|great|fine|correct|okay|ok|right|solid) to me
""")
APPROVAL = any_of(r"""
    looks? ((very|really|pretty|all) )?(good|great|fine|ok|okay|solid)(?=\s*[.!,:;–—-]|\s*$| now)
    ship ?it
    ^(:shipit:|🚢)
    (delegate|r)[+=]…
    ^@bors (merge|delegate)…
    ^approved(?! by)
    I('ve)? approved?
    (good|ready) to (go|merge|be merged|land)
    (let's|can) (merge|land) (this|it)
    ^(\+1|👍|:\+1:|:thumbsup:)
""")
# Commands of merge bots that begin with a slash.
APPROVAL_COMMAND = Phrases(r"^/(?:lgtm|approve)\b(?! cancel)", re.IGNORECASE)
# These take an approval back.
APPROVAL_CANCELLED = Phrases(r"^/(?:lgtm|approve) cancel\b|^@bors r-(?!\w)|^r-$", re.IGNORECASE)
# What stands before "ACK" and makes it less than approval of the whole, or none yet.
PARTIAL = any_of("(concept|approach|idea|goal)$")
NOT_YET = any_of(r"""
    ((?<!why )not|before|until|unless|almost|nearly|waiting|awaiting|needs?|about to|without)
    …n't
    (would|will|may|might|could)
    …('ll|'d)
    (want|happy|going|like|prefer|able|ready) to
    (your|the|an|any|another|more|previous|earlier|last|his|her|their|my|for|of|since|with)$
""")
CONDITION_BEFORE = any_of(
    "(otherwise|other than (that|this|the)|apart from|aside from|besides|with (that|those))"
)
CONDITION_AFTER = any_of(r"""
    ^(_ ){0,2}(once|after|when|if|modulo|mod|except|assuming|provided|pending|apart from|aside from)
    ^(_ ){0,2}with ... (fixed|addressed|resolved|applied|done|squashed|green)
    (but|just|only) (please|needs?|fix|add|remove|rename|update|rebase|squash|address|resolve|drop|move)
""")
NACK = Phrases(r"^\W*(?:\w+\W+){0,3}?NACK\b|^\W*-1(?!\d)|\bbut (?:an? )?-1\b|^\W*(?:👎|:-1:|:thumbsdown:)")
# Takes back what the same sentence approved of: "+1 on the changes, but -1 overall".
BUT_NO = Phrases(r"\bbut (?:an? )?(?:-1|NACK)\b")

# --- Reviewers: requests, questions, doubts --------------------------------------------------------------

QUESTION = Phrases(r"[?？؟](?![\w=&])")
# Nobody can take these for a passing thought.
PLAIN_REQUEST = any_of(r"""
    (please|pls|plz)(?! (wait|be patient|bear with|hold on|don't worry|do not worry))
    (typo|rebase|squash|nits?)
    (you|it|this|that|they) (must|has to|have to)
    (can|could|would|will|do|did|have|are) you
    needs?(?! to think| (_ ){0,2}(re-?(view|ack)|approval|sign-?off|vote|pair of eyes|discussion|decision))
    I'd (_ )?(prefer|like|suggest|rather)
    I (would |also )?suggest
    (my|a|one|some|small|minor) suggestions?
    @rustbot author
    @rustbot label ... waiting-on-author
""")
# These are milder.
SUGGESTION = any_of(r"""
    (can|could|would|will|do|did|have|are|were) we
    (?<!I )(should|shouldn't|mustn't)(?! (_ ){0,4}(fine|okay|ok|correct|enough|easy|good|work|hard))
    (I|we)( would| do)? (_ )?(prefer|recommend|propose|expect|like to see|rather)
    consider
    let's(?! (see|wait|go|merge|land|keep|leave))
    (let us|what if|instead|rather than|(how|what) about)
    better (to|if)
    ((would|might)(n't| not)?|'d) (_ )?be (_ )?(good|nice|[a-z]+er|great|helpful|useful|best|preferable)
    ideally
    (can|could|might) (_ )?(be|lose|drop|go|use|have|also|just|simply|remove|add)
    (rebased|squashed|conflicts?)
    still (working|interested|planning|relevant)
""")
# Criticism: no request by itself, but no mere politeness either.
DOUBT = any_of(r"""
    (I('m| am) )?not (sure|convinced|a fan|clear|obvious)
    I (really )?(don't|do not|wouldn't|would not) (_ )?(like|think|want|understand|agree|believe)
    too (slow|big|large|long|complex|complicated|early|fragile|invasive|much|many)
    (problematic|unfortunately|missing|wrong|incorrect|broken|breaks|fails|failing|fail with|slowdown)
    (NACK|concern(s|ed)?|worr(y|ied|ies)|disagree|objections?|s[kc]eptical|unclear|unconvinced|confus…)
    (doesn't|does not) (work|build|compile|pass|apply|merge|make sense|belong|seem)
""")
OPTIONAL = any_of(r"""
    …-?nits?
    nit-?pick…
    non-?blocking
    not (a )?block(er|ing)
    (optional(ly)?|feel free|up to you|your call|could also|out of curiosity|fwiw|fyi)
    (no|(don't|do not) have (a|any)) strong (opinion|feeling|preference|objection)s?
    if you (like|want|wish|prefer|feel|happen|have to|need to|re-?touch|end up|update|push|rebase)
    while (you're|you are) (at it|here)
    (doesn't|does not) (have to|need to|matter)
    just (curious|wondering)
""")
# Asked for another day or another place: nothing to do here and now.
DEFERRED = any_of(r"""
    follow[- ]?ups?
    (separate|another|additional|future|later|subsequent|different) (_ )?(PR|pull request|change|issue)s?
    (out of scope|in the future|some ?day|eventually)
    not (in|for|part of) this (PR|pull request)
""")
TO_ANYBODY = Phrases(
    r"\b(?:any ?one|any ?body|other reviewers|maintainers|(?<!these )(?<!those )(?:people|folks))\b"
    r"[^.!]{0,120}\?"
    r"|^\W*(?:fellow |other |dear )?(?:reviewers|maintainers|everyone|everybody|all|folks)\b[,:!]"
    r"|\bplease (?:re-?)?(?:review|ack)\b",
    re.IGNORECASE,
)

# --- Reviewers: words that ask nothing of the author -----------------------------------------------------

COURTESY = any_of(r"""
    ^(oh|ah|hi|hey|hello|ok|okay|yes|yep|yeah|yup|sure|right|indeed|exactly|agreed?|same|sorry|apologies)
    ^(cool|nice|great|awesome|excellent|perfect|wow|interesting|neat|love|excited|happy|looking forward)
    ^(well done|done|merged)
    ^good (catch|point|idea|job|work|find)
    ^(thanks?|thx|ty|cheers|welcome|congrat…|np|no (problem|worries))
    ^((strong|big) )?(concept|approach|idea)[ -]ACK
    ^I (see|agree|like|love|think so|believe so|guess so)
    ^(sounds|seems) (good|great|fine|right)
    ^(that )?makes (_ )?sense
    ^see (also )?(#…|url)
    ^(cc|ping|friendly ping)
    (re-?started|re-?triggered|re-?ran|kicked|re-?starting) (the )?(ci|jobs?|tests?|builds?|checks?)
""")
WITHDRAWAL = any_of(r"""
    (never ?mind|nvm|false alarm|no objections?|no need|my (bad|mistake)|fair (enough|point))
    you('re| are| were) (_ )?right
    I (had |just |totally |must have )*(missed|misread|misunderstood|overlooked|was wrong|was mistaken)
    (ignore|disregard|scratch|forget) (me|that|this|it|my|what|about)
    (I'm|I am) (_ )?(ok|okay|fine|happy|good) (with|either way)
    (ok|fine|good|works) (for|with|by) me
    ^(oh|ah)[, ]+(I see|right|ok|okay|indeed|yes|got it)
    ^(I see|got it|(that )?makes sense|sounds good|resolved)
    is resolved
    leave (it|this|that) (as|like)
    (fine|okay|ok|good) as (it )?is
    (no|any) (strong )?(problems?|objections?|issues?|concerns?|complaints?) with
    (seems|looks|is|sounds) (_ ){0,3}(fine|reasonable|adequate|okay|sensible|sufficient)
    I('m| am) convinced
    thanks for (the )?(explanation|explaining|clarif…)
""")
# Said last, this takes back the whole remark.
TAKEN_BACK = any_of(
    "(never ?mind|nvm|(please )?(ignore|disregard|scratch) (me|this|that|it|my comment))\\W*$"
)
# Tests and measurements: they move no turn, but are worth something to the exchange of reviews.
REPORT = any_of(r"""
    I('ve| have)? (also )?(tested|verified|ran|built|compiled|reproduced|benchmarked|confirm(ed)?)
    (works|builds|passes|compiles) (_ )?(for me|on|with|here)
""")
MEASUREMENT = Phrases(r"\d ?(?:%|x\b|[µμunm]?s\b)")
WILL_REVIEW = any_of(r"""
    I('ll| will| can|'m going to| (plan|hope|intend|want) to) ... (re-?)?(review|test|ack|check|read|look|try)
    I('ll| will| can|'m going to| (plan|hope|intend|want) to) ... (merge|land|get (back )?to|approve)
    let me ... (review|test|check|read|look|try|think)
    ^will ... (re-?)?(review|test|ack|check|look|merge|get (back )?to)
    I (still )?(need|have|want|ought) to (think|look|review|read|check|understand|test|go)
    (haven't|have not) (_ )?(reviewed|tested|looked|checked|read|finished)
    more (later|to come|to follow)
    on my (list|todo|radar)
    in my (_ )?queue
    (backlogged|still reviewing|so far)
    (started|am|I'm) (reviewing|testing)
    I('ve| have) (begun|started)
    reviewed (up to|until|the first)
""")


# --- Authors: promises, offers, what is done -------------------------------------------------------------

# What authors promise to do. The vaguer verbs count only after a plain "I will".
_TASK = (
    "(fix|updat|chang|add|address|rebas|push|work|rework|re-?writ|split|squash|mov|remov|investigat|submit|"
    "implement|revisit|clean|adjust|renam|includ|drop|appl|send|handl|resolv|finish|complet|switch|revert|"
    "simplif|correct|incorporat|debug|prepar|convert|edit|document)(e|es|ing|ed|y|ies|ping|ting)?"
)
_TRY = (
    "(look|do|test|try|check|see|get|come|take|follow|make|put|figure|think|reopen|re-open|write|give|play)"
)
PROMISE = any_of(rf"""
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
PROMISE_ELSEWHERE = any_of(r"""
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
WANTS_REVIEW = any_of(r"""
    (ptal|wdyt|rfc|thoughts|opinions?|feedback|discussion|ping|bump)
    comments? (are )?welcome
    (so|for) (that )?(people|others|you|we|everyone) (can|to) (review|comment|discuss|look)
    concept (ack|review)s?
    please (re-?)?(review|look|advise|comment|test|benchmark|tell|let me know)
    (let me know|tell me)
    what do (you|people|others) think
    ready (for|to) (re-?)?review
    right (path|track|direction)
    (mind|care|able|time|willing) to (re-?)?(review|look)
""")
DONE = any_of(r"""
    (done|fixed|addressed|updated|rebased|pushed|added|removed|changed|resolved|implemented|applied|squashed)
    (renamed|dropped|corrected|moved|reverted|adjusted|taken|un-?draft…)
    have made the requested changes
    @rustbot (ready|review)
    ready (for|to) (re-?)?review
""")
UNRELATED_FAILURE = any_of(r"""
    (un-?related|spurious|flaky|intermittent|known) ... (fail…|error|ci)
    (ci|fail…|errors?|tests?|checks?) ... (un-?related|spurious|flaky|intermittent)
    (ci|fail…|errors?|tests?|checks?) ... also (on|in) (main|master)
""")

# --- Authors: waiting for something else -----------------------------------------------------------------

_NUMBER = r"(?: (?:PR|pull request|merging|the merge of))?:? #(\d+)\b(?! by @)"
BUILDS_ON = Phrases(
    rf"(?<!rebased )\b(?:(?:based|stacked|builds?|built) (?:up)?on(?: top of)?|on top of){_NUMBER}",
    re.IGNORECASE,
)
WAITS_FOR = Phrases(
    rf"\b(?:depend(?:s|ent|ing)? (?:up)?on|blocked (?:by|on)|wait(?:ing|s)? (?:for|on|until)){_NUMBER}",
    re.IGNORECASE,
)
HOLD = any_of(r"""
    (wait|hold|leave|keep|postpone|revisit) ... (until|till|for) ... (merged|lands?|landed|released?)
    on hold
    hold(ing)? off
    (am|I'm|I'll|let's|let us)? ?(parking|park)(?! ?(lot|ing))
    (marking|marked) (_ )?(as )?parked
    blocked (by|on)(?! #)
    waiting (for|on) (the )?(upstream|release|next release|new release)
    (don't|do not|shouldn't|should not|doesn't make sense to|not) merge ... (until|before)
    NACK (until|before)
""")


# --- Bots, labels and titles -----------------------------------------------------------------------------

CONFLICT_NOTICE = any_of(r"""
    needs? (a )?rebase
    merge conflicts?
    conflicts? with the (target|base) branch
    un-?mergeable
    (has|have) conflicts
    cannot be (cleanly |automatically )?merged
""")
# The same words where all is well, or where a notice only speaks of them.
NO_CONFLICT = any_of(r"""
    (no|without|no longer|never) ... (conflicts?|needs?|unmergeable)
    (has|have|had|was|were|is|are) (now |all |been )*(resolved|solved|gone|fixed)
    (resolves|solves|fixes|handles?|handling|avoids?|prevents?|detects?|about|against) ... conflicts?
    (if|when|whenever|in case) (there|you|your|it|this|the|a|an|any|they)
""")
CONFLICT_LABEL = Phrases(r"^\W*(?:needs?[ _:/-]*rebase|(?:(?:has|merge)[ _-])?conflicts?)\W*$", re.IGNORECASE)
RED_LABEL = Phrases(
    r"^\W*(?:ci|tests?|build|checks?)[ _:/-]*(?:fail(?:s|ed|ing|ure)?|broken|red)\W*$", re.IGNORECASE
)
AGREEMENT = Phrases(r"\bCLA\b|contribut(?:or|ion)s?'? licen[cs]e agreement|\bDCO\b", re.IGNORECASE)
# Only what says that it is so here: bots greet with "please sign the agreement" whoever it is.
UNSIGNED = any_of(r"""
    (cla|dco|agreement)(-sign-?off)?[:\s-]*(no|not[ -]signed|unsigned|missing|required|needed)
    (have|has|had|did)(n't| not) (yet )?(_ )?sign(ed)?
    (you|they|contributors?|authors?|committers?) (all )?need(s)? to sign
    (are|is) not (_ ){0,3}(signed|covered)
    missing ... (signature|cla|agreement)
""")
IN_CASE = any_of("(if|unless|whether|in case)")
WIP_TITLE = any_of(r"""
    ^(wip|(do not|don't) merge|dnm|not ready|work in progress)
    ^draft(?=\s*[:\])–—-])
    [\[(](wip|draft|dnm)
""")
