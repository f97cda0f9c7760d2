"""A GitHub App that helps newcomers become contributors, and spares maintainers and mentors the bookkeeping.

The map, one line per folder; start reading at `core`, then one feature, then `engine`:

- `core`: the words everybody speaks: events, actions, plans, the feature card; pure
- `features`: what the bot does; a folder here is a feature, and nothing else has to know it
- `engine`: hear, decide, act: the three stages, the clock, the why
- `github`: everything that knows GitHub's shapes: payloads in, questions and writes out
- `db`: everything that knows SQL, and the PostgreSQL that comes along
- `web`: everything that knows HTTP requests: the webhook, health, metrics, the pages for people
- `sandbox`: a small GitHub over real HTTP, to play with and to test against
- `cli`: the command line

Beside them: `settings`, the only reader of the environment, and `wiring`, the only place where things are
constructed.
"""

from __future__ import annotations

__version__ = "0.1.0"
