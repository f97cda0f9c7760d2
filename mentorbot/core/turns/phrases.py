r"""The phrases by which people in reviews approve, ask, promise, thank and wait.

Plain patterns in one place. Each is tried on one sentence of somebody's own words (see `wording`), in any case
unless it says `(?-i:…)`. `~` stands for `\b`, so that the lists stay readable.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns).replace("~", r"\b"), re.IGNORECASE)


# Approval ------------------------------------------------------------------------------------------------------
# "ACK", "utACK", "re-ACK" with or without a commit; "LGTM"; kernel trailers. Said of part of a thing or of later,
# it is none: see PARTIAL and NOT_YET, which look at the words before it.
APPROVAL_TOKEN = _any(
    r"(?-i:(?<![\w-])(?:[Rr]e-?)?(?:[a-z]{0,4}ACK|Acked-by|Reviewed-by|Tested-by)(?!\w))",
    r"~lgtm~",
    r"~looks? (?:\w+ )?(?:good|great|fine|correct|okay|ok|right|solid) to me~",
)
APPROVAL_PHRASE = _any(
    r"~looks? (?:very |really |pretty |all )?(?:good|great|fine|ok|okay|solid)(?:\s*[.!,:;–—-]|\s*$| now~)",
    r"~ship ?it~|:shipit:",
    r"@bors:? .*~(?:delegate|r) ?[+=]|~r\+(?:\s|$)|~r=me~|@bors merge~",
    r"^/(?:lgtm|approve)~(?! cancel)",
    r"^\W*approved~(?! by)|~I(?:'ve)? approved?~",
    r"~(?:good|ready) to (?:go|merge|be merged|land)~|~(?:let's|can) (?:merge|land) (?:this|it)~",
    r"^\W*(?:\+1|👍|:\+1:|:thumbsup:)(?!\d)",
)
PARTIAL = _any(r"~(?:concept|approach|idea|goal|light concept)\W*$")
NOT_YET = _any(
    r"~(?:not|before|until|unless|almost|nearly|waiting|awaiting|needs?|about to|without)~|n't~",
    r"~(?:would|will|may|might|could)~|'ll~|'d~|~(?:want|happy|going|like|prefer|able|ready) to~",
    r"~(?:your|the|an|any|another|more|previous|earlier|last|his|her|their|my|for|of|since|with)\s*$",
)
CONDITION_BEFORE = _any(
    r"~(?:otherwise|other than (?:that|this|the)|apart from|aside from|besides|with (?:that|those))~"
)
CONDITION_AFTER = _any(
    r"^\W*(?:\w+\W+){0,2}?(?:once|after|when|if|modulo|mod|except|assuming|provided|pending|apart from|aside from)~"
)
REJECTION = _any(r"^\W*(?:\w+\W+){0,3}?(?-i:NACK)~", r"^\W*-1(?!\d)~", r"^\W*(?:👎|:-1:|:thumbsdown:)")

# Requests and questions ------------------------------------------------------------------------------------------
REQUEST = _any(
    r"~(?:please|pls|plz)~",
    r"~(?:can|could|would|will|do|did|have|are|were) (?:you|we|u)~",
    r"(?<!I )~(?:should|shouldn't|must|mustn't|has to|have to)~|~needs?~(?! (?:\w+ )?re-?(?:view|ack))",
    r"~(?:I|we)(?:'d| would| do)? (?:\w+ )?(?:suggest|prefer|recommend|propose|expect|like to see|rather)~",
    r"~suggest(?:ion|ed|s)?~|~consider~|~let's~(?! (?:see|wait))|~let us~|~(?:how|what) about~|~what if~|~why~(?! not\W*$)|~instead~",
    r"~rather than~|~better (?:to|if)~|~would (?:\w+ )?be (?:\w+ )?(?:good|nicer?|better|great|helpful|useful|best)~",
    r"~(?:can|could|might) (?:\w+ )?(?:be|lose|drop|go|use|have|also|just|simply|remove|add)~",
    r"~(?:rebased?|squash(?:ed)?|conflicts?)~|~still (?:working|interested|planning|relevant)~",
    r"@rustbot author~|@rustbot label.*waiting-on-author",
)
# Criticism: no request by itself, but no mere politeness either.
DOUBT = _any(
    r"~(?:failures?|problem(?:s|atic)?|issues?|unfortunately|still (?:not|too|fails?)|too \w+)~",
    r"~(?:missing|typo|nits?|wrong|incorrect|broken|breaks|fail(?:s|ing|ed)?|errors?|bug|crash(?:es)?|leaks?)~",
    r"~(?:doesn't|don't|isn't|aren't|won't|can't|cannot|didn't)~|~(?:does|do|is|are) not~",
    r"~not (?:sure|convinced|a fan|clear|obvious)~|~un(?:clear|convinced|related)~|~confus\w+",
    r"~(?:concern(?:s|ed)?|worr(?:y|ied|ies)|disagree|objection|s[kc]eptical)~",
)
FIRM = _any(
    r"~needs? (?:\w+ )?(?:rebas(?:e|ing)|squash(?:ing)?|tests?|docs?|changes|work|updat(?:e|ing))~|@rustbot author~",
    r"~please~[^.?!]*~(?:rebase|squash|fix|change|address|update|add|remove)~|~must~",
)
QUESTION = re.compile(r"\?(?![\w=&])")
OPTIONAL = _any(
    r"nits?~|~nit-?pick\w*|~non-?blocking~|~not (?:a )?block(?:er|ing)~",
    r"~optional(?:ly)?~|~feel free~|~up to you~|~your call~|~no strong (?:opinion|feeling|preference)s?~",
    r"~if you (?:like|want|wish|prefer|feel|happen|have to|need to|re-?touch|end up|update|push|rebase)~",
    r"~could also~|~while (?:you're|you are) (?:at it|here)~",
    r"~(?:doesn't|does not) (?:have to|need to|matter)~|~just (?:curious|wondering)~|~out of curiosity~|~fwiw~|~fyi~",
)
# Asked for another day or another place: nothing to do here and now.
DEFERRED = _any(
    r"~follow[- ]?ups?~|~(?:separate|another|future|later|subsequent|different) (?:\w+ )?(?:PR|pull request|change|issue)s?~",
    r"~out of scope~|~not (?:in|for|part of) this (?:PR|pull request)~|~in the future~|~some ?day~|~eventually~",
)
INFORMATION = _any(
    r"^\W*(?:fwiw|fyi|for (?:the record|reference|future reference|context)|btw|by the way|side note)~"
)
TO_ANYBODY = _any(r"~(?:any ?one|any ?body|other reviewers|maintainers|people|folks)~[^.!]*\?")

# Words that ask nothing of the author ----------------------------------------------------------------------------
COURTESY = _any(
    r"^(?:oh|ah|hi|hey|hello|ok|okay|yes|yep|yeah|yup|sure|right|indeed|exactly|agreed?|same|cool|nice|great|"
    r"awesome|excellent|perfect|wow|good (?:catch|point|idea|job|work|find)|well done|thanks?|thx|ty|cheers|"
    r"welcome|congrat\w*|no (?:problem|worries)|np|sorry|apologies|done|merged|interesting|neat|love|excited|"
    r"looking forward|happy|(?:strong |big )?(?:concept|approach|idea)[ -]ACK)~",
    r"^I (?:see|agree|like|love|think so|believe so|guess so)~|^(?:sounds|seems) (?:good|great|fine|right)~",
    r"^(?:that )?makes (?:\w+ )?sense~|^\W*$|^see (?:also )?(?:#|url)|^(?:/?cc|ping|friendly ping)~",
    r"~(?:re-?started|re-?triggered|re-?ran|kicked|re-?starting|re-?running) (?:the )?(?:ci|jobs?|tests?|builds?|checks?)~",
)
WITHDRAWAL = _any(
    r"~never ?mind~|~nvm~|~you(?:'re| are| were) (?:\w+ )?right~|~fair (?:enough|point)~|~my (?:bad|mistake)~",
    r"~I (?:had |just |totally |must have )*(?:missed|misread|misunderstood|overlooked|was wrong|was mistaken)~",
    r"~(?:ignore|disregard|scratch|forget) (?:me|that|this|it|my|what|about)~|~false alarm~|~no objections?~",
    r"~(?:I'm|I am) (?:\w+ )?(?:ok|okay|fine|happy|good) (?:with|either way)~|~(?:ok|fine|good|works) (?:for|with|by) me~",
    r"^(?:oh|ah)[, ]+(?:I see|right|ok|okay|indeed|yes|got it)~|^I see~|^got it~|^(?:that )?makes sense~|^sounds good~",
    r"~no need~|~leave (?:it|this|that) (?:as|like)~|~(?:fine|okay|ok|good) as (?:it )?is~|^resolved~|~is resolved~",
    r"~(?:no|any) (?:strong )?(?:problems?|objections?|issues?|concerns?|complaints?) with~",
    r"~(?:seems|looks|is|sounds) (?:\w+ ){0,3}(?:fine|reasonable|adequate|okay|sensible|sufficient)~",
    r"~I(?:'m| am) convinced~|~thanks for (?:the )?(?:explanation|explaining|clarif\w+)~",
)
REPORT = _any(
    r"~I(?:'ve| have)? (?:also )?(?:tested|verified|ran|built|compiled|reproduced|benchmarked|confirm(?:ed)?)~",
    r"~(?:works|builds|passes|compiles) (?:\w+ )?(?:for me|on|with|here)~",
    r"\d ?(?:%|x~|[µμunm]?s~)",
)
WILL_REVIEW = _any(
    r"(?:~I(?:'ll| will| plan to| hope to| intend to| want to| can|'m going to)~|~let me~|^will~)[^.?!]*"
    r"~(?:re-?review|review|test|look|merge|land|get (?:back )?to|read|benchmark|try|check|re-?ack|ack|approve)~",
    r"~I (?:still )?(?:need|have|want|ought) to (?:think|look|review|read|check|understand|test|go)~|~still reviewing~",
    r"~(?:haven't|have not) (?:\w+ )?(?:reviewed|tested|looked|checked|read|finished)~|~more (?:later|to come|to follow)~",
    r"~on my (?:list|todo|radar)~|~in my (?:\w+ )?queue~|~backlogged~|~(?:started|am|I'm) (?:reviewing|testing)~",
    r"~I(?:'ve| have) (?:begun|started)~|~reviewed (?:up to|until|the first)~|~so far~",
)

# The author's words ----------------------------------------------------------------------------------------------
_WORK = (
    r"(?:fix|updat|chang|add|address|look|rebas|push|do|work|rework|re-?writ|split|squash|mov|remov|test|"
    r"investigat|try|check|submit|implement|revisit|get|com|clean|adjust|renam|includ|drop|appl|send|tak|handl|"
    r"resolv|follow|finish|complet|mak|put|switch|revert|simplif|correct|incorporat|figur|think|debug|prepar|"
    r"re-?open|convert|edit|document|write|see)(?:e|es|ing|ed|y|ies)?"
)
PROMISE = _any(
    r"(?:~(?:I|we)(?:'ll| will|'m going to| am going to|'m gonna|'m about to| plan(?: to)?|'m planning to| intend to| hope to|"
    r"'d like to| would like to| want to| need to| have to| still (?:need|have|want|plan|intend) to)~|~I should~|"
    r"~let me~|~going to~|~planning to~|~will try to~|^\W*(?:will|gonna)~)[^.?!]{0,80}?~" + _WORK + "~",
    r"~needs? to be (?:updated|fixed|changed|reworked|rewritten|adapted)~|~could use (?:some|a) \w+ indeed~|~still missing~",
    r"~will do~|~on it~|~(?:I'm|am|still|currently) working on~|~stay tuned~|~coming (?:soon|up)~|~needs? more work~",
    r"~not (?:yet )?ready~|~still (?:needs? (?:to|some|more)|a? ?wip|to ?do|in progress)~|^\W*wip~|~on (?:vacation|holidays?|leave)~",
    r"~(?:converted|converting|marked|marking) (?:\w+ )?(?:back )?(?:to|as) (?:a )?draft~",
)
# A promise for another day or another place leaves this pull request to its reviewers.
PROMISE_ELSEWHERE = _any(
    r"~(?:separate|another|new|later|future|different|subsequent|alternative) (?:\w+ )?(?:PR|pull|commit|release|issue)~",
    r"~follow[- ]?ups?~|~re-?touch~|~next (?:time|push|update|PR|release)~|~before merg\w+",
    r"~(?:if|unless|when|once|after|until)~[^,.;]*~(?:you|this|people|others|reviewers?|everyone|anyone|someone|there|"
    r"needed|necessary|required|desired|wanted|merged|approved|reviewed?|acks?)~",
    r"~I'll (?:leave|wait|let|be|assume|note|say|keep|defer|close|merge)~",
)
WANTS_REVIEW = _any(
    r"~(?:ptal|wdyt|rfc|thoughts|opinions?|feedback|discussion)~|~comments? (?:are )?welcome~|~concept (?:ack|review)s?~",
    r"~please (?:re-?)?(?:review|look|advise|comment|test|benchmark|tell|let me know)~|~let me know~|~tell me~",
    r"~what do (?:you|people|others) think~|~ready (?:for|to) (?:re-?)?review~|~right (?:path|track|direction)~",
    r"~(?:ping|bump)~|~(?:mind|care|able|time|willing) to (?:re-?)?(?:review|look)~",
)
DONE = _any(
    r"~(?:done|fixed|addressed|updated|rebased|pushed|added|removed|changed|resolved|implemented|applied|squashed|"
    r"renamed|dropped|corrected|moved|reverted|adjusted|taken)~",
    r"~have made the requested changes~|@rustbot (?:ready|review)~|~ready (?:for|to) (?:re-?)?review~|~un-?draft\w*",
)
UNRELATED_FAILURE = _any(
    r"~(?:un-?related|spurious|flaky|intermittent|known)~[^.?!]*~(?:fail\w*|error|ci)~",
    r"~(?:ci|fail\w*|errors?|tests?|checks?)~[^.?!]*~(?:un-?related|spurious|flaky|intermittent|also (?:on|in) (?:main|master))~",
)

# Waiting for something else --------------------------------------------------------------------------------------
_NUMBER = r"(?: (?:PR|pull request|merging|the merge of))?:? #(\d+)~(?! by @)"
BUILDS_ON = _any(
    r"(?<!rebased )~(?:(?:based|stacked|builds?|built) (?:up)?on(?: top of)?|on top of)" + _NUMBER
)
WAITS_FOR = _any(
    r"~(?:(?:depends?|dependent|depending) (?:up)?on|blocked (?:by|on)|wait(?:ing|s)? (?:for|on|until))"
    + _NUMBER,
)
HOLD = _any(
    r"~(?:wait|hold|leave|keep|postpone|revisit)~[^.?!]*~(?:until|till|for)~[^.?!]*~(?:merged|lands?|landed|released?)~",
    r"~(?:is |put |keep |leave )?(?:this )?on hold~|~hold(?:ing)? off~|~blocked (?:by|on) (?!#)|~waiting (?:for|on) (?:the )?"
    r"(?:upstream|release|next release|new release)~",
    r"~(?:don't|do not|shouldn't|should not|doesn't make sense to|not) merge~[^.?!]*~(?:until|before)~",
)

# What bots and titles say ----------------------------------------------------------------------------------------
CONFLICT_NOTICE = _any(
    r"~needs? (?:a )?rebase~|~merge conflicts?~|~conflicts? with the (?:target|base) branch~|~un-?mergeable~|"
    r"~(?:has|have) conflicts~|~cannot be (?:cleanly |automatically )?merged~"
)
CONFLICT_LABEL = _any(
    r"^\W*(?:needs?[ _:/-]*rebase|(?:has |merge )?[ _-]?conflicts?|merge[ _-]conflicts?)\W*$"
)
WIP_TITLE = _any(
    r"^\W*(?:wip|draft|(?:do not|don't) merge|dnm|not ready|work in progress)~|[\[(](?:wip|draft|dnm)~[^\])]*[\])]",
)
