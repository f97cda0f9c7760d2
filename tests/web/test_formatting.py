from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.web.formatting import ago, moment_tag, with_code
from tests.web.known import NOW


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        pytest.param(timedelta(seconds=-5), "just now", id="another clock is ahead"),
        pytest.param(timedelta(seconds=59), "just now", id="under a minute"),
        pytest.param(timedelta(minutes=1), "1 minute ago", id="a minute"),
        pytest.param(timedelta(minutes=119), "1 hour ago", id="almost two hours"),
        pytest.param(timedelta(days=6, hours=23), "6 days ago", id="almost a week"),
        pytest.param(timedelta(days=15), "2 weeks ago", id="weeks"),
        pytest.param(timedelta(days=61), "2 months ago", id="months"),
        pytest.param(timedelta(days=800), "2 years ago", id="years"),
    ],
)
def test_moments_are_told_as_people_tell_them(passed: timedelta, said: str) -> None:
    assert ago(NOW - passed, NOW) == said


def test_a_moment_carries_its_exact_time_along() -> None:
    assert str(moment_tag(NOW - timedelta(hours=2), NOW)) == (
        '<time datetime="2026-02-09T10:00:00+00:00" title="2026-02-09 10:00 UTC">2 hours ago</time>'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("use `message`", "use <code>message</code>", id="code"),
        pytest.param("`<b>` & more", "<code>&lt;b&gt;</code> &amp; more", id="both are escaped"),
        pytest.param("one ` too <many>", "one ` too &lt;many&gt;", id="a lone backtick"),
    ],
)
def test_words_between_backticks_are_shown_as_code(text: str, shown: str) -> None:
    assert str(with_code(text)) == shown
