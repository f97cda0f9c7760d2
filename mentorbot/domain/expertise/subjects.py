"""What a pull request is about, as comparable words: from its title, the paths it touches and its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePosixPath

_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_LOWER_BEFORE_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Words of three letters and more that bind, count, order or say how; words for what is done rather than to
# what; and words for any change or report whatever: none is a reason to ask somebody.
_SAYS_NOTHING = frozenset(
    re.findall(
        r"\w+",
        """
        able about above across after afterward again against all almost alone along already also although
        always among amongst and another any anybody anyhow anymore anyone anything anyway anywhere are aren
        around aside away back became because become becomes becoming been before beforehand began begin
        behind being below beside besides best better between beyond big both but came can cannot cant come
        could couldn couldnt current currently despite did didn didnt different directly does doesn doesnt
        doing don done dont down due during each early easier easily easy eight either eleven else elsewhere
        enough entire especially etc even ever every everybody everyone everything everywhere exactly except
        far few fifteen fifth fifty finally find first five for former formerly forty found four fourth from
        full fully further furthermore get give given goes going gone good got had hadn half has hasn hasnt
        have haven havent having hence her here hereafter hereby herein hereupon hers herself him himself
        his how however hundred incorrect incorrectly indeed inside instead into isn isnt its itself just
        keep kept large last lately later latest latter latterly least less let like likely little longer
        lot made mainly make many may maybe meanwhile merely might million mine minor misc more moreover
        most mostly much must mustn myself namely near nearly necessary neither never nevertheless new next
        nice nine nobody none nonetheless noone nor not nothing now nowhere off often okay old once one only
        onto other otherwise ought our ourselves out outside over overall own part particular per perhaps
        please plus possible possibly pre previous previously probably proper properly put quite rather
        really recent recently regarding same second see seem seemed seeming seen seven several shall she
        should shouldn simple simply since six sixty small some somebody somehow someone something sometime
        sometimes somewhat somewhere soon still such sure take taken ten than that the their theirs them
        themselves then thence there thereafter thereby therefore therein thereupon these they thing third
        thirty this those though thousand three through throughout thru thus tidy together told too toward
        try twelve twenty twice two under unless unnecessary until unused upon use used useful useless using
        usually various very via want was wasn way well went were weren what whatever when whence whenever
        where whereafter whereas whereby wherein whereupon wherever whether which while whither who whoever
        whole whom whose why will with within without won work working worse worst would wouldn wrong yes
        yet you your yours yourself yourselves zero
        add added adding addition additional adjust allow allowed avoid bump change changed cleanup clean
        consider correct correctly create created delete disable drop enable ensure expand extend fix fixed
        fixes followup handle improve improved improvement include introduce missing move prepare
        prevent provide reduce refactor refactoring remove removal rename replace resolve restore revert
        rework rewrite run set show simplification simplify speed split start stop support switch tweak update
        updated upgrade
        bug bugfix chore draft feat feature hotfix issue task todo wip
        """,
    )
)
_SHORTEST_PLURAL = 4
_NO_PLURAL = ("as", "is", "ss", "us")  # alias, analysis, class, status
_LABEL = "label "


class SubjectKind(StrEnum):
    """What a subject is: a word, files, or a label."""

    WORD = "word"
    FILES = "files"
    LABEL = "label"


def subjects_of_title(title: str) -> frozenset[str]:
    """The words of a title that say something: lower case, `camelCase` and `snake_case` apart."""
    return frozenset(_words(title))


def subjects_of_paths(paths: Iterable[str]) -> frozenset[str]:
    """Each file, each folder above it (ending in `/`), and the words in the file's name.

    The words are the same as a title's, so that "scalar: …" and `src/scalar_impl.h` meet.
    """
    found: set[str] = set()
    for path in paths:
        parts = PurePosixPath(path)
        found.add(path)
        found.update(f"{folder}/" for folder in parts.parents if str(folder) not in {".", "/"})
        found.update(_words(parts.stem))
    return frozenset(found)


def subjects_of_labels(labels: Iterable[str]) -> frozenset[str]:
    """Labels, marked as such so that they don't mix with words."""
    return frozenset(f"{_LABEL}{label.lower()}" for label in labels)


def kind_of(subject: str) -> tuple[SubjectKind, str]:
    """What a subject is, and what to call it to people."""
    if subject.startswith(_LABEL):
        return SubjectKind.LABEL, subject.removeprefix(_LABEL)
    is_word = subject.isalnum() and subject == subject.lower()
    return (SubjectKind.WORD if is_word else SubjectKind.FILES), subject


def _words(text: str) -> Iterable[str]:
    for word in _WORD.findall(_LOWER_BEFORE_UPPER.sub(" ", text)):
        plain = word.lower()
        is_plural = plain.endswith("s") and not plain.endswith(_NO_PLURAL) and len(plain) >= _SHORTEST_PLURAL
        singular = plain[:-1] if is_plural else plain
        if singular not in _SAYS_NOTHING and plain not in _SAYS_NOTHING:
            yield singular
