"""What `/suggest reviews` finds."""

from __future__ import annotations

from mentorbot.feature_api.ports import ChangedFile
from tests.builders import a_person
from tests.features.review_exchange.project import a_project


async def test_suggestions_come_with_links_and_reasons_and_are_an_offer() -> None:
    project = a_project()
    for author in ("bob", "cyd", "dan", "eve"):
        number = await project.opens(author, title="Speed [it](https://evil.example) up")
        project.github.touched[number] = [ChangedFile(f"src/{author}.c", "modified", 1, 1)]
    await project.wait(days=2)
    await project.says("ada", 1, "/suggest reviews")
    text = project.answers[-1].text
    assert text.count("\n1. ") + text.count("\n2. ") + text.count("\n3. ") == 3
    assert "it changes one file" in text
    assert "it has waited 2 days for a reviewer's yes or no" in text
    assert "](https://evil" not in text
    assert ("offer", str(a_person("ada").id)) in project.records.kept
    assert "Each review that helps adds ½ to your credits." in text


async def test_where_nothing_waits_suggestions_say_so() -> None:
    project = a_project()
    number = await project.opens("ada")
    await project.says("ada", number, "/suggest reviews")
    assert "No pull request waits for your review right now." in project.answers[-1].text
