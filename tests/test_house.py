"""The hard gates of how easy the house is to live in, as `bench/house.py` finds them."""

from __future__ import annotations

from bench import house


def test_no_modules_import_one_another_however_far_around() -> None:
    assert house.circles() == []


def test_a_circle_is_found_however_far_around_it_goes() -> None:
    knows = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert [circle for circle in house.strongly_connected(knows) if len(circle) > 1] == [{"a", "b", "c"}]


def test_no_public_class_has_the_name_of_another() -> None:
    assert house.double_class_names() == {}


def test_every_card_lets_rules_decide() -> None:
    assert house.decides_outside_rules() == []
