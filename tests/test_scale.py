"""What `docs/scale.md` says follows from the figures that were kept."""

from __future__ import annotations

import json

from bench import scale
from bench.figures import Figure, table


def test_the_page_on_scale_says_what_the_kept_figures_give() -> None:
    page = scale.PAGE.read_text(encoding="utf-8")
    figures = json.loads(scale.FIGURES.read_text(encoding="utf-8"))
    assert scale.written_into(page, figures) == page, "Run `python bench/scale.py --write`."


def test_the_rate_is_no_lower_than_either_way_to_estimate_it() -> None:
    assert scale.rate() >= max(scale.of_events(), scale.of_merges())
    assert 0.5 < scale.of_events() / scale.of_merges() < 2


def test_a_figure_that_misses_its_goal_stands_out() -> None:
    missed = Figure(key="start", what="start to ready", measured="2 s", goal="< 1.2 s", ok=False)
    assert "| start to ready | 2 s |  | < 1.2 s | **missed** |" in table([missed])
