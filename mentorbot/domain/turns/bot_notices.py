"""What bots, labels and titles say: conflicts, red checks, missing signatures, unfinished work."""

from __future__ import annotations

import re

from mentorbot.domain.turns.phrase_patterns import phrases

CONFLICT_NOTICE = phrases(r"""
    needs? (a )?rebase
    merge conflicts?
    conflicts? with the (target|base) branch
    un-?mergeable
    (has|have) conflicts
    cannot be (cleanly |automatically )?merged
""")
CONFLICT_LABEL = re.compile(
    r"^\W*(?:needs?[ _:/-]*rebase|(?:(?:has|merge)[ _-])?conflicts?)\W*$", re.IGNORECASE
)
RED_LABEL = re.compile(
    r"^\W*(?:ci|tests?|build|checks?)[ _:/-]*(?:fail(?:s|ed|ing|ure)?|broken|red)\W*$", re.IGNORECASE
)
AGREEMENT = re.compile(r"\bCLA\b|contribut(?:or|ion)s?'? licen[cs]e agreement|\bDCO\b", re.IGNORECASE)
# Only what says that it is so here: bots greet with "please sign the agreement" whoever it is.
UNSIGNED = phrases(r"""
    (cla|dco|agreement)(-sign-?off)?[:\s-]*(no|not[ -]signed|unsigned|missing|required|needed)
    (have|has|had|did)(n't| not) (yet )?(_ )?sign(ed)?
    (you|they|contributors?|authors?|committers?) (all )?need(s)? to sign
    (are|is) not (_ ){0,3}(signed|covered)
    missing ... (signature|cla|agreement)
""")
WIP_TITLE = phrases(r"""
    ^(wip|draft|(do not|don't) merge|dnm|not ready|work in progress)
    [\[(](wip|draft|dnm)
""")
