"""Pages speak the repository's language, unless the visitor picks another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from mentorbot.core.languages import LANGUAGES
from tests.translated import translated
from tests.web.known import A_PROBLEM, KnownOverview, a_repository, an_entry
from tests.web.served import Served

GERMAN = {
    "What it does here": "Was er hier tut",
    "A friendly hand for new contributors": "Eine freundliche Hand für Neue",
    "Nothing here": "Hier ist nichts",
    "acted": "hat gehandelt",
    "line {line}, column {column}": "Zeile {line}, Spalte {column}",
}


@pytest.fixture(autouse=True)
def german(tmp_path: Path) -> Iterator[None]:
    with translated(tmp_path, "de", GERMAN):
        yield


@pytest.fixture
def overview() -> KnownOverview:
    german = a_repository("octo/tee", language="de", problems=(A_PROBLEM,))
    return KnownOverview(
        repositories=[a_repository(), german], entries=[an_entry("erster Pull Request von @ada")]
    )


async def page(site: Served, path: str, *, cookie: str = "", says: str = "") -> str:
    headers = {"Accept-Language": "fr", **({"Cookie": f"mentorbot_language={cookie}"} if cookie else {})}
    async with ClientSession() as http, http.get(f"{site.url}{path}", headers=headers) as answer:
        text = await answer.text()
    assert says in text
    return text


def language_of(text: str) -> str:
    found = re.search(r'<html lang="([^"]*)">', text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("path", "cookie", "language"),
    [
        pytest.param("/octo/tea", "", "en", id="a repository that speaks English"),
        pytest.param("/octo/tee", "", "de", id="one that speaks German"),
        pytest.param("/octo/tee/7", "", "de", id="an issue of it"),
        pytest.param("/octo/tee?language=pl", "", "pl", id="the visitor picks another now"),
        pytest.param("/octo/tee", "ja", "ja", id="the visitor picked another before"),
        pytest.param("/octo/tee?language=fr", "ja", "fr", id="now outdoes before"),
        pytest.param("/octo/tee?language=", "ja", "de", id="the visitor takes what comes again"),
        pytest.param("/octo/tee?language=tlh", "", "de", id="a language that is not spoken"),
        pytest.param("/octo/tee", "tlh", "de", id="a cookie that nobody wrote"),
        pytest.param("/", "", "en", id="the front page: nobody's language is guessed"),
        pytest.param("/", "de", "de", id="the front page, for who picked"),
        pytest.param("/octo/nowhere", "de", "de", id="a page that is not there"),
        pytest.param("/a/b/c/d", "de", "de", id="nor anything like it"),
    ],
)
async def test_a_page_is_in_the_language_that_was_picked_or_its_repository_s(
    site: Served, path: str, cookie: str, language: str
) -> None:
    text = await page(site, path, cookie=cookie)
    assert language_of(text) == language


async def test_the_words_are_those_of_the_language(site: Served) -> None:
    await page(site, "/octo/tee", says="Was er hier tut")
    await page(site, "/octo/tee", says="Zeile 3, Spalte 5")
    await page(site, "/octo/tee", says="Hat gehandelt:")
    await page(site, "/octo/tee", says="vor 3 Minuten")
    await page(site, "/octo/tee", cookie="en", says="What it does here")
    await page(site, "/", cookie="de", says="Eine freundliche Hand für Neue")
    await page(site, "/a/b/c/d", cookie="de", says="Hier ist nichts")


async def test_what_was_written_in_the_repository_is_marked_with_its_language(site: Served) -> None:
    await page(site, "/octo/tee", cookie="en", says='<span lang="de">erster Pull Request von @ada</span>')


async def test_every_language_can_be_picked_with_a_link_and_the_choice_is_kept(site: Served) -> None:
    text = await page(site, "/octo/tea")
    links = re.findall(r'<a href="\?language=([^"]*)" lang="\1"', text)
    assert links == list(LANGUAGES)
    assert 'href="?language="' not in text, "nothing is picked that could be taken back"
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        async with http.get(f"{site.url}/octo/tea?language=pt-BR") as answer:
            cookie = answer.cookies["mentorbot_language"]
            assert answer.headers["Vary"] == "Cookie"
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("pt-BR", True, "Lax")
        async with http.get(f"{site.url}/octo/tea") as answer:
            text = await answer.text()
        assert language_of(text) == "pt-BR"
        assert 'href="?language="' in text
        async with http.get(f"{site.url}/octo/tea?language=") as answer:
            assert answer.cookies["mentorbot_language"]["max-age"] == "0"
        async with http.get(f"{site.url}/octo/tea") as answer:
            assert language_of(await answer.text()) == "en"
