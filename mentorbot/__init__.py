"""A GitHub App that helps newcomers become contributors, and spares maintainers and mentors the bookkeeping.

The map, one line per folder; start reading at `core` and `feature_api`, then one feature, then `engine`:

- `core`: the nouns: people, entities, events, actions, plans, errors, Markdown; the translator; pure
- `config`: `mentorbot.yml`: YAML, sections, keys and mistakes; calendar, durations, templates
- `domain`: what is known about the work: timelines, whose turn it is and how sure, who knows what; pure
- `feature_api`: the feature card, the ports a feature may look through, the catalog of all cards
- `features`: what the bot does; a folder here is a feature, and nothing else has to know it
- `engine`: hear, decide, act: the three stages, the clock, the why
- `github`: everything that knows GitHub's shapes: payloads in, questions and writes out
- `db`: everything that knows SQL, and the PostgreSQL that comes along
- `web`: everything that knows HTTP requests: the webhook, health, metrics, the pages for people
- `sandbox`: a small GitHub over real HTTP, to play with and to test against
- `cli`: the command line
- `observability`: logs and crash reports, without secrets and without people's words

Beside them: `settings`, the only reader of the environment, `env_file`, which keeps new settings, `wiring`,
the only place where things are constructed, and `loading`, for whoever imports many modules at once.
"""

from __future__ import annotations

from mentorbot.observability.structlog_without_rich import import_structlog

__version__ = "0.1.0"

import_structlog()  # before anything of ours does
