from __future__ import annotations

from tests.github.conftest import Desk, as_person


async def test_reactions_to_reviews_comments_and_lines_are_read_with_one_question(desk: Desk) -> None:
    acts = desk.github.acts
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"})
    review = acts.review(pull, by="linus", body="Works here.", comments=[("engine.py", 1, "Why not stop?")])
    comment = acts.comment(pull, by="linus", body="Tested.")
    acts.react(review, "+1", by="ada")
    acts.react(review.comments[0], "-1", by="grace")
    asked = len(desk.github.requests)
    nodes = [review.node_id, review.comments[0].node_id, comment.node_id, "PRR_gone"]
    found = await desk.reader.reactions_to(nodes)
    assert len([one for one in desk.github.requests[asked:] if one.graphql is not None]) == 1
    assert [(one.by, one.content) for one in found[review.node_id]] == [
        (as_person(acts.who("ada")), "+1"),
    ]
    assert [(one.by.login, one.content) for one in found[review.comments[0].node_id]] == [("grace", "-1")]
    assert found[comment.node_id] == ()
    assert "PRR_gone" not in found


async def test_timelines_know_the_ids_that_reactions_are_asked_for_with(desk: Desk) -> None:
    acts = desk.github.acts
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"})
    review = acts.review(pull, by="linus", body="Works here.", comments=[("engine.py", 1, "Why not stop?")])
    comment = acts.comment(pull, by="linus", body="Tested.")
    timeline = await desk.reader.timeline(pull.number)
    assert timeline is not None
    assert {act.node for act in timeline.acts if act.is_remark} == {
        review.node_id,
        review.comments[0].node_id,
        comment.node_id,
    }
