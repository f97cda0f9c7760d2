"""The phrases by which reviewers approve, ask, doubt, thank and put off: lists, one phrase a line.

Each list is tried on one sentence of somebody's own words (see `comment_parser`), whatever the case;
`phrase_patterns` says what the signs in them mean.
"""

from __future__ import annotations

import re

from mentorbot.domain.turns.phrase_patterns import phrases

# --- Approval --------------------------------------------------------------------------------------------

# Case matters here: "ACK" and its kin (with or without a commit) and the trailers of the Linux kernel.
ACK = re.compile(r"(?<![\w-])(?:(?:[Rr]e|cr|ut|t)-?)?(?:[a-z]{0,4}ACK|Acked-by|Reviewed-by|Tested-by)(?!\w)")
LGTM = phrases(r"""
    (?<!/)lgtm
    looks? (_ )?(good|great|fine|correct|okay|ok|right|solid) to me
""")
APPROVAL = phrases(r"""
    looks? ((very|really|pretty|all) )?(good|great|fine|ok|okay|solid)(?=\s*[.!,:;–—-]|\s*$| now)
    ship ?it
    ^(:shipit:|🚢)
    (delegate|r)[+=]…
    ^@bors (r|merge|delegate)…
    ^approved(?! by)
    I('ve)? approved?
    (good|ready) to (go|merge|be merged|land)
    (let's|can) (merge|land) (this|it)
    ^(\+1|👍|:\+1:|:thumbsup:)
""")
# Commands of merge bots that begin with a slash.
APPROVAL_COMMAND = re.compile(r"^/(?:lgtm|approve)\b(?! cancel)", re.IGNORECASE)
# What stands before "ACK" and makes it less than approval of the whole, or none yet.
PARTIAL = phrases("(concept|approach|idea|goal)$")
NOT_YET = phrases(r"""
    ((?<!why )not|before|until|unless|almost|nearly|waiting|awaiting|needs?|about to|without)
    …n't
    (would|will|may|might|could)
    …('ll|'d)
    (want|happy|going|like|prefer|able|ready) to
    (your|the|an|any|another|more|previous|earlier|last|his|her|their|my|for|of|since|with)$
""")
CONDITION_BEFORE = phrases(
    "(otherwise|other than (that|this|the)|apart from|aside from|besides|with (that|those))"
)
CONDITION_AFTER = phrases(r"""
    ^(_ ){0,2}(once|after|when|if|modulo|mod|except|assuming|provided|pending|apart from|aside from)
""")
NACK = re.compile(r"^\W*(?:\w+\W+){0,3}?NACK\b|^\W*-1(?!\d)|^\W*(?:👎|:-1:|:thumbsdown:)")

# --- Requests, questions, doubts -------------------------------------------------------------------------

QUESTION = re.compile(r"\?(?![\w=&])")
# Nobody can take these for a passing thought.
PLAIN_REQUEST = phrases(r"""
    (please|pls|plz|typo|rebase|squash|nits?)
    (you|it|this|that|they) (must|has to|have to)
    (can|could|would|will|do|did|have|are) you
    needs?(?! (_ )?re-?(view|ack))
    I'd (_ )?(prefer|like|suggest|rather)
    suggest(ion|ed|s)?
    @rustbot author
    @rustbot label ... waiting-on-author
""")
# These are milder.
SUGGESTION = phrases(r"""
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
DOUBT = phrases(r"""
    (I('m| am) )?not (sure|convinced|a fan|clear|obvious)
    I (really )?(don't|do not|wouldn't|would not) (_ )?(like|think|want|understand|agree|believe)
    too (slow|big|large|long|complex|complicated|early|fragile|invasive|much|many)
    (problematic|unfortunately|missing|wrong|incorrect|broken|breaks|fails|failing|fail with|slowdown)
    (concern(s|ed)?|worr(y|ied|ies)|disagree|objections?|s[kc]eptical|unclear|unconvinced|confus…)
    (doesn't|does not) (work|build|compile|pass|apply|merge|make sense|belong|seem)
""")
# Too plain to be outweighed by an approval.
FIRM_REQUEST = phrases(r"""
    needs? (_ )?(rebas(e|ing)|squash(ing)?|tests?|docs?|changes|work|updat(e|ing))
    please ... (rebase|squash|fix|change|address|update|add|remove)
    must be (fixed|changed|addressed|updated|rebased|removed|added|done)
    @rustbot author
""")
OPTIONAL = phrases(r"""
    …-?nits?
    nit-?pick…
    non-?blocking
    not (a )?block(er|ing)
    (optional(ly)?|feel free|up to you|your call|could also|out of curiosity|fwiw|fyi)
    no strong (opinion|feeling|preference)s?
    if you (like|want|wish|prefer|feel|happen|have to|need to|re-?touch|end up|update|push|rebase)
    while (you're|you are) (at it|here)
    (doesn't|does not) (have to|need to|matter)
    just (curious|wondering)
""")
# Asked for another day or another place: nothing to do here and now.
DEFERRED = phrases(r"""
    follow[- ]?ups?
    (separate|another|future|later|subsequent|different) (_ )?(PR|pull request|change|issue)s?
    (out of scope|in the future|some ?day|eventually)
    not (in|for|part of) this (PR|pull request)
""")
INFORMATION = phrases(r"""
    ^(fwiw|fyi|for (the record|reference|future reference|context)|btw|by the way|side note)
""")
TO_ANYBODY = re.compile(
    r"\b(?:any ?one|any ?body|other reviewers|maintainers|people|folks)\b[^.!]{0,120}\?", re.IGNORECASE
)

# --- Words that ask nothing of the author ----------------------------------------------------------------

COURTESY = phrases(r"""
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
WITHDRAWAL = phrases(r"""
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
TAKEN_BACK = phrases(
    "(never ?mind|nvm|(please )?(ignore|disregard|scratch) (me|this|that|it|my comment))\\W*$"
)
REPORT = phrases(r"""
    I('ve| have)? (also )?(tested|verified|ran|built|compiled|reproduced|benchmarked|confirm(ed)?)
    (works|builds|passes|compiles) (_ )?(for me|on|with|here)
""")
MEASUREMENT = re.compile(r"\d ?(?:%|x\b|[µμunm]?s\b)")
WILL_REVIEW = phrases(r"""
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
