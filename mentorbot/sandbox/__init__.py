"""A small GitHub over real HTTP: for `make run` without credentials, and for all tests.

| file | what is in it |
| --- | --- |
| `server.py` | `running_github()`: all of it, listening on 127.0.0.1 |
| `state.py` | the world: everything that exists (made of `accounts`, `repositories`, `threads`, …) |
| `acts.py`, `acts_*.py` | what people do: each act changes the world and causes GitHub's webhooks |
| `webhooks.py` | signing, delivering, the App's delivery log |
| `shapes_*.py` | the one place for GitHub's JSON, for webhooks and REST alike |
| `front.py`, `routes.py` | from request to answer: faults, identity, limits, permissions, pages, ETags |
| `rest_*.py` | the REST API by topic |
| `graph*.py`, `schema.graphql` | the GraphQL API |
| `page.py`, `page_*.py`, `static/`, `templates/` | its page: see, act as anybody, watch the bot answer |
| `story.py`, `story_stage.py`, `stories/` | what plays by itself, told line by line |
| `faults.py`, `clock.py`, `control.py` | what goes wrong on order, what time it is, remote control |
"""
